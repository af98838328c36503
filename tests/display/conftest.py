"""Small portfolios to look at."""

from __future__ import annotations

from pathlib import Path

import pytest

import levier
from levier import (
    Appropriations,
    BudgetLine,
    BudgetProgramme,
    Execution,
    ExecutionLine,
    Indicator,
    IntendedEffect,
    Lever,
    Observation,
    Organisation,
    Portfolio,
    Project,
    Source,
    Territory,
)

ROOT = Path(__file__).parents[2]
HOSTILE = "<script>alert('x')</script> & \"quotes\" | *stars*"


@pytest.fixture
def hostile() -> str:
    """A label that would break a page which trusts it."""
    return HOSTILE


@pytest.fixture
def hostile_plan() -> Portfolio:
    """A portfolio in which every text that reaches a page is hostile."""
    return Portfolio.of(
        Source(
            id="s",
            title=HOSTILE,
            publisher=HOSTILE,
            url="https://example.org/a|b*c*",
            published_on="2019-06-14",
        ),
        Organisation(id="o", label=HOSTILE, kind="ministry"),
        Lever(id="l", label=HOSTILE),
        Project(id="p", label=HOSTILE, owner_id="o", lever_ids=["l"]).moved_to(
            "experimentation", on="2019-06-01", because=HOSTILE
        ),
        Indicator(id="i", label=HOSTILE, unit="days", universe=HOSTILE),
    )


@pytest.fixture
def waiting_plan() -> Portfolio:
    """An indicator with a baseline, two values and a target in Lot, and the lever that should move it."""
    said = [
        ("2018-01", "baseline", 40, "2018-02-15"),
        ("2019-03", "actual", 30, "2019-04-15"),
        ("2019-05", "actual", 25, "2019-06-10"),
        ("2020-12", "target", 16, "2018-02-15"),
    ]
    rows = [
        Observation(indicator_id="wait", territory_id="46", period=when, kind=kind, value=value, recorded_on=on)
        for when, kind, value, on in said
    ]
    return Portfolio.of(
        Territory(id="46", label="Lot"),
        Indicator(id="wait", label="Délai", label_en="Waiting time", unit="days", direction="decrease"),
        Lever(
            id="desks",
            label="Guichets",
            label_en="Desks",
            effects=[IntendedEffect(indicator_id="wait", direction="decrease")],
        ),
        *rows,
    )


@pytest.fixture
def budget_plan() -> Portfolio:
    """The year 2021 of programme 349, and a year of which one side was not published."""
    lines = [
        BudgetLine(year=2021, stage="voted", amounts=Appropriations(40_000_000, 148_743_689), source_id="rap"),
        BudgetLine(year=2021, stage="opened", amounts=Appropriations(427_750_100, 147_964_069), source_id="rap"),
        BudgetLine(
            year=2020,
            stage="voted",
            amounts=Appropriations(200_000_000, None),
            missing_because="no document gives it",
            source_id="rap",
        ),
    ]
    used = ExecutionLine(year=2021, amounts=Execution(166_988_229, 133_919_661), source_id="rap")
    return Portfolio.of(
        Source(id="rap", title="RAP 2021", published_on="2022-05"),
        BudgetProgramme(id=349, label="Transformation publique", since=2020, lines=lines, executions=[used]),
    )


@pytest.fixture(scope="session")
def example() -> Portfolio:
    """The ministry's plan of the documentation."""
    return levier.load(ROOT / "docs" / "examples" / "plan-ministere.toml")
