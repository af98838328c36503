"""The portfolios that are asked: what we ship, the example of the documentation, and samples."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import levier
from levier import (
    Dimension,
    DimensionCode,
    Indicator,
    IntendedEffect,
    Lever,
    Observation,
    Portfolio,
    Territory,
    catalogue,
)
from levier.testing import samples

ROOT = Path(__file__).parents[2]


@cache
def shipped() -> Portfolio:
    """Return the catalogue."""
    return catalogue.action_publique_2022()


@cache
def ministry() -> Portfolio:
    """Return the example of the documentation."""
    return levier.load(ROOT / "docs" / "examples" / "plan-ministere.toml")


@cache
def sampled() -> Portfolio:
    """Return a sample of each kind of thing."""
    return samples.portfolio(projects=6)


@cache
def funded() -> Portfolio:
    """Return a sample of a fund."""
    return Portfolio.of(samples.fund(awards=4))


PLANS = {"catalogue": shipped, "ministry": ministry, "sample": sampled, "fund": funded}
DAYS = {"catalogue": "2022-12-31", "ministry": "2025-06-30", "sample": samples.DAY, "fund": "2022-06-30"}


# ---------------------------------------------------------------- small ones

NATION = Territory(id="FR", label="France")


def row(kind: str, when: str, value: Any = None, place: str = "FR", **more: Any) -> Observation:
    """Return one observation of the indicator `visits`, unless another is named."""
    name = more.pop("indicator", "visits")
    return Observation(indicator_id=name, territory_id=place, period=when, kind=kind, value=value, **more)


def said(place: str = "FR", *, start: Any = 0, now: Any = 50, goal: Any = 100, **more: Any) -> list[Observation]:
    """Return a baseline of January 2019, an actual value of May 2020 and a target of December 2022; none for `None`."""
    months = {"baseline": "2019-01", "actual": "2020-05", "target": "2022-12"} | more.pop("months", {})
    values = {"baseline": start, "actual": now, "target": goal}
    return [row(kind, months[kind], value, place, **more) for kind, value in values.items() if value is not None]


def departments(*codes: str, region: str = "R11") -> list[Territory]:
    """Return the nation, one region, and these departments of it."""
    below = [Territory(id=code, label=f"Department {code}", parent_id=region) for code in codes]
    return [NATION, Territory(id=region, label=f"Region {region}", parent_id="FR"), *below]


def plan(*things: Any, **about: Any) -> Portfolio:
    """Return the portfolio of one indicator, `visits`, and these things; the nation unless there are territories."""
    known = {"label": "Visits", "unit": "count", "direction": "increase", **about}
    held = [Indicator(id="visits", **known), *things]
    held += [] if any(isinstance(thing, Territory) for thing in things) else [NATION]
    return Portfolio.of(*held)


def lever_of() -> Lever:
    """Return a lever that should move the visits."""
    effect = IntendedEffect(indicator_id="visits", direction="increase")
    return Lever(id="digital", label="Numérique", label_en="Digital", effects=[effect])


def coded(*rows: Any) -> Portfolio:
    """Return a plan with a dimension of two codes, and these values."""
    codes = [DimensionCode(code="F", label="Femmes", label_en="Women"), DimensionCode(code="M", label="Hommes")]
    return plan(Dimension(id="sex", label="Sexe", codes=codes, is_partition=True), *rows, aggregation="sum")
