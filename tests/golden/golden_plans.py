"""The portfolios that are asked: what we ship, the example of the documentation, and samples."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import levier
from levier import Portfolio, catalogue
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
DAYS = {"catalogue": "2022-12-31", "ministry": "2025-06-30", "sample": "2021-12-31", "fund": "2022-06-30"}
