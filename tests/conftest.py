"""
How every test of the project runs: the same examples each time, and our own kit at hand.

With `LEVIER_TESTS_DECIMAL=hostile` each test runs in a decimal context that makes any number wrong, and any that does
not fit raise: what a test computes by itself it computes in fractions, or in a context of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from decimal import ROUND_UP, Context, DivisionByZero, Inexact, InvalidOperation, Overflow, localcontext

import pytest
from hypothesis import Phase, settings

from levier.testing import plugin
from levier.testing.registration import register

settings.register_profile("levier", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("brief", settings.get_profile("levier"), max_examples=15)
settings.register_profile(
    "hasty", settings.get_profile("brief"), phases=(Phase.explicit, Phase.generate)
)  # no shrinking
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "levier"))

_TRAPS = [DivisionByZero, Inexact, InvalidOperation, Overflow]
_CONTEXTS = {
    "": Context(),
    "hostile": Context(prec=3, rounding=ROUND_UP, capitals=0, clamp=1, traps=_TRAPS),
}


@pytest.fixture(autouse=True)
def _callers_context() -> Iterator[None]:
    """Set the decimal context that is asked for around each test."""
    with localcontext(_CONTEXTS[os.environ.get("LEVIER_TESTS_DECIMAL", "")]):
        yield


def pytest_configure(config: pytest.Config) -> None:
    """Do what the entry points do, where the tests run on a checkout that is not installed."""
    if not config.pluginmanager.is_registered(plugin):
        config.pluginmanager.register(plugin, "levier")
        register()
