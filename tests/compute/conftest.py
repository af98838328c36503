"""Small portfolios for the tests of what follows from observations, each maker a fixture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from levier import Indicator, Observation, Portfolio, Territory

NATION = Territory(id="FR", label="France")


def make_row(kind: str, when: str, value: Any = None, place: str = "FR", **more: Any) -> Observation:
    """Return one observation, of the indicator `visits` unless named."""
    name = more.pop("indicator", "visits")
    return Observation(indicator_id=name, territory_id=place, period=when, kind=kind, value=value, **more)


def make_said(place: str = "FR", *, start: Any = 0, now: Any = 50, goal: Any = 100, **more: Any) -> list[Observation]:
    """Return a baseline of January 2019, an actual value of May 2020 and a target of December 2022; none for `None`."""
    months = {"baseline": "2019-01", "actual": "2020-05", "target": "2022-12"} | more.pop("months", {})
    values = {"baseline": start, "actual": now, "target": goal}
    return [make_row(kind, months[kind], value, place, **more) for kind, value in values.items() if value is not None]


def make_departments(*codes: str, region: str = "R11") -> list[Territory]:
    """Return the nation, one region, and these departments of it."""
    below = [Territory(id=code, label=f"Department {code}", parent_id=region) for code in codes]
    return [NATION, Territory(id=region, label=f"Region {region}", parent_id="FR"), *below]


def make_plan(*things: Any, **about: Any) -> Portfolio:
    """Return the portfolio of one indicator, `visits`, and these things; the nation unless there are territories."""
    known = {"label": "Visits", "unit": "count", "direction": "increase", **about}
    held = [Indicator(id="visits", **known), *things]
    held += [] if any(isinstance(thing, Territory) for thing in things) else [NATION]
    return Portfolio.of(*held)


@pytest.fixture(scope="session")
def row() -> Callable[..., Observation]:
    """Make one observation."""
    return make_row


@pytest.fixture(scope="session")
def said() -> Callable[..., list[Observation]]:
    """Make the three observations of a progress."""
    return make_said


@pytest.fixture(scope="session")
def departments() -> Callable[..., list[Territory]]:
    """Make territories."""
    return make_departments


@pytest.fixture(scope="session")
def plan() -> Callable[..., Portfolio]:
    """Make a portfolio."""
    return make_plan
