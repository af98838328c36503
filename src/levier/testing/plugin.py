"""
The pytest plugin: fixtures that hold small samples, and why two values that should be equal are not.

Every test run in an environment with levier loads this module, so it imports nothing until a fixture is used.
"""

from __future__ import annotations

from collections.abc import Generator
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from levier.model.fund import Fund
    from levier.model.portfolio import Portfolio

__all__ = [
    "levier_document",
    "levier_fund",
    "levier_portfolio",
    "pytest_assertrepr_compare",
    "pytest_configure",
]


@pytest.fixture(scope="session")
def levier_portfolio() -> Portfolio:
    """A portfolio of twenty projects, on which every public function has an answer."""
    from levier.testing import samples

    return samples.portfolio(projects=20)


@pytest.fixture(scope="session")
def levier_fund(levier_portfolio: Portfolio) -> Fund:
    """The fund of `levier_portfolio`: five awards, the first of which has no payment yet."""
    return levier_portfolio.funds["sample-fund"]


@pytest.fixture(scope="session")
def levier_document(levier_portfolio: Portfolio) -> bytes:
    """The portfolio of `levier_portfolio` as a JSON document."""
    from levier.serialization import dumps

    return dumps(levier_portfolio)


# ---------------------------------------------------------------- why two values are not equal


class _ExplainedError(Exception):
    """The comparison is explained: pytest must not compare the values line by line, which may take minutes."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self.lines = lines


class _Explaining:
    """The innermost wrapper of the hook: it alone can keep pytest's own explanation from being computed."""

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> Generator[None, Any, Any]:
        if op == "==" and type(left) is type(right) and _may_be_ours(left):
            from levier.testing.unequal import explanation

            if lines := explanation(left, right):
                raise _ExplainedError([f"{_cut(left)} == {_cut(right)}", *lines])
        return (yield)


def _may_be_ours(value: Any) -> bool:
    if type(value) in (tuple, list, dict, set, frozenset):
        return any(map(_may_be_ours, islice(value.values() if type(value) is dict else value, 1)))
    return type(value).__module__.startswith("levier.")


def _cut(value: object) -> str:
    from levier._printing import shown

    return shown(value)


def pytest_configure(config: pytest.Config) -> None:
    """Register the innermost wrapper."""
    config.pluginmanager.register(_Explaining(), "levier-explanations")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_assertrepr_compare() -> Generator[None, Any, Any]:
    """Explain why two values of levier are not equal, where they differ."""
    try:
        return (yield)
    except _ExplainedError as explained:
        return [explained.lines]
