"""
How every test of the project runs: the same examples each time, and our own kit at hand.

With `LEVIER_TESTS_DECIMAL=hostile` each test runs in a decimal context that makes any number wrong, and any that does
not fit raise: what a test computes by itself it computes in fractions, or in a context of its own.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Generator, Iterator
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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """
    Let a test that is marked `untraced` run, with the processes that it starts, as if coverage did not.

    Tracing makes a line of Python two to three times slower. A law runs the same lines a thousand times, and none of
    them for its coverage: CI asks 100 % of the other tests alone, so no line counts as tested because a law met it.
    """
    if item.get_closest_marker("untraced") is None:
        return (yield)
    here, threads = sys.gettrace(), threading.gettrace()
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)  # set by `patch = ["subprocess"]`
        sys.settrace(None)
        threading.settrace(None)
        try:
            return (yield)
        finally:
            threading.settrace(threads)
            sys.settrace(here)


def pytest_configure(config: pytest.Config) -> None:
    """Do what the entry points do, where the tests run on a checkout that is not installed."""
    if not config.pluginmanager.is_registered(plugin):
        config.pluginmanager.register(plugin, "levier")
        register()
