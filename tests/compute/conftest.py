"""Small portfolios for the tests of what follows from observations, each maker a fixture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from levier import Direction, Indicator, Observation, Portfolio, Source, Sourced, Territory
from levier.indicators import Aggregation

NATION = Territory(id="FR", label="France")
DOCUMENTS = {"first": "2019-03", "second": "2020-01-15", "third": "2021", "undated": None}
"""Documents that state the same things, and when they were published."""


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


# ---------------------------------------------------------------- drawn series, restated by several documents

_PERIODS = (
    "2017-12",
    "2018-12-31",
    "2019",
    "2019-01/2019-12",
    "2019-12",
    "2019-12-15",
    "2020-01",
    "2020-02",
    "2020-05-31",
    "2020-11",
    "2021",
    "2022-12",
    "2030",
)
_PLACES = ("75", "77", "91", "R11", "FR")
_STATES = ("not-collected", "too-few", "coming")


@st.composite
def statements(draw: st.DrawFn, indicator: str = "visits") -> Observation:
    """Draw a statement of one fact among few, so that several documents state the same."""
    state = draw(st.sampled_from(("measured", "measured", "measured", *_STATES)))
    return Observation(
        indicator_id=indicator,
        territory_id=draw(st.sampled_from(_PLACES)),
        kind=draw(st.sampled_from(("baseline", "actual", "target", "actual", "forecast"))),
        period=draw(st.sampled_from(_PERIODS)),
        value=draw(st.integers(-5, 20)) if state == "measured" else None,
        state=state,
        definition=draw(st.sampled_from((1, 1, 1, 2))),
        source_id=draw(st.sampled_from((None, *DOCUMENTS))),
        recorded_on=draw(st.sampled_from((None, None, "2019-06-30", "2020-02-01", "2021-03-01"))),
    )


def held_once(rows: list[Observation]) -> list[Observation]:
    """Keep one row a fact and document: a period may be written in two ways."""
    return list({(*row.key[:2], row.period.first_day, row.period.last_day, *row.key[3:]): row for row in rows}.values())


@st.composite
def drawn_plans(draw: st.DrawFn) -> Portfolio:
    """Draw what several documents state of one indicator in a nation, its region and three departments."""
    people = [Sourced(value=number, source_id=name) for number, name in ((90, "first"), (10, "second"))]
    places = [
        NATION,
        Territory(id="R11", label="Region R11", parent_id="FR"),
        *(
            Territory(id=code, label=f"Department {code}", parent_id="R11", population=population)
            for code, population in zip(("75", "77", "91"), (*people, None), strict=True)
        ),
    ]
    indicator = Indicator(
        id="visits",
        label="Visits",
        unit=draw(st.sampled_from(("count", "%"))),
        direction=draw(st.sampled_from((None, *Direction, *Direction))),
        aggregation=draw(st.sampled_from((None, None, *Aggregation))),
        periodicity_months=draw(st.sampled_from((None, 1, 12))),
        lag_months=draw(st.sampled_from((None, 0, 2))),
    )
    documents = [Source(id=name, title=name.title(), published_on=on) for name, on in DOCUMENTS.items()]
    sound = [row for place in draw(st.sets(st.sampled_from(_PLACES))) for row in draw(series(place))]
    rows = held_once([*sound, *draw(st.lists(statements(), max_size=12, unique_by=lambda row: row.key))])
    return Portfolio.of(indicator, *places, *documents, *rows)


@st.composite
def series(draw: st.DrawFn, place: str) -> list[Observation]:
    """Draw a sound series of one place, which other statements may contradict."""
    months = (
        ("baseline", ("2019-01", "2017-12")),
        ("actual", ("2020-01", "2020-05-31")),
        ("target", ("2022-12", "2030")),
    )
    source = draw(st.sampled_from((None, "first", "undated")))
    return [
        make_row(kind, draw(st.sampled_from(when)), draw(st.integers(-5, 20)), place, source_id=source)
        for kind, when in months
    ]


@pytest.fixture(scope="session")
def plans() -> SearchStrategy[Portfolio]:
    """Portfolios of one indicator of which several documents state the same facts."""
    return drawn_plans()
