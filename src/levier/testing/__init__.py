"""
For your tests: a pytest plugin, Hypothesis strategies, samples, a builder and assertions.

Install the extra `testing`.
pytest finds the fixtures `levier_portfolio`, `levier_fund` and `levier_document` by itself.
`samples.portfolio(projects=3)` invents a plan of another size (2,000 projects unless told otherwise), and
`build(Project)` makes one minimal valid thing.
The strategies are registered with Hypothesis when it starts: `st.from_type(levier.Indicator)` needs no import of ours.
`assert_same_portfolio` says what differs, `assert_round_trips` whether a value survives each format,
`assert_no_findings` what the rules find in a plan, and `assert_explains` whether a text can be read in both languages.
Each name here is loaded when first used, so the plugin costs a test run next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from levier.testing import samples, strategies
    from levier.testing.assertions import assert_no_findings, assert_same_portfolio
    from levier.testing.building import build
    from levier.testing.explaining import assert_explains
    from levier.testing.round_trips import assert_round_trips

__all__ = [
    "assert_explains",
    "assert_no_findings",
    "assert_round_trips",
    "assert_same_portfolio",
    "build",
    "samples",
    "strategies",
]

_HOMES = {
    "assert_explains": "explaining",
    "assert_no_findings": "assertions",
    "assert_round_trips": "round_trips",
    "assert_same_portfolio": "assertions",
    "build": "building",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'levier.testing' has no attribute {name!r}")
    module = import_module(f"levier.testing.{_HOMES.get(name, name)}")
    value = getattr(module, name) if name in _HOMES else module
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
