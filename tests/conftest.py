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

_COVERAGE = "COVERAGE_PROCESS_CONFIG"
"""What coverage tells the processes that are started under it, by `patch = ["subprocess"]`."""


@pytest.fixture(autouse=True)
def _callers_context() -> Iterator[None]:
    """Set the decimal context that is asked for around each test."""
    with localcontext(_CONTEXTS[os.environ.get("LEVIER_TESTS_DECIMAL", "")]):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """
    Let a law, and a test that is marked `untraced`, run without coverage, and so the processes that it starts.

    Tracing makes a line of Python two to three times slower, and a law runs the same lines a thousand times. What is
    asked of coverage is asked of the other tests: no line counts as tested because an example that was drawn met it.
    """
    is_law = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    is_untraced = is_law or item.get_closest_marker("untraced") is not None
    if not is_untraced or _COVERAGE not in os.environ:  # what else traces, such as a debugger, goes on
        return (yield)
    here, threads = sys.gettrace(), threading.gettrace()
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(_COVERAGE)
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
