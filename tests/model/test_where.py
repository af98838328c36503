"""What of a portfolio is of a ministry, a lever, a territory or a phase: closed, and no more than that."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from levier.errors import InvalidValueError, UnknownItemError
from levier.model.indicators import Indicator
from levier.model.instruments import CarteBlanche, Consultation, InnovationWeek, LocalEvent
from levier.model.levers import Lever, LeverActivation, Method
from levier.model.lifecycle import Phase
from levier.model.observations import Observation
from levier.model.organisations import Organisation
from levier.model.periods import Period
from levier.model.portfolio import Portfolio
from levier.model.programmes import ConfidenceRating, Lead, Programme, Project, Reform
from levier.model.references import find_references
from levier.model.sources import Source, Sourced
from levier.model.territories import Territory
from levier.testing.strategies import of

PLACES = [
    Territory(id="FR", label="France"),
    Territory(id="R76", label="Occitanie", parent_id="FR"),
    Territory(id="46", label="Lot", parent_id="R76"),
    Territory(id="46042", label="Cahors", parent_id="46"),
    Territory(id="75", label="Paris", parent_id="FR"),
]
BODIES = [
    Organisation(id="interior", label="Intérieur", kind="ministry"),
    Organisation(id="police", label="Police", kind="central-administration", parent_id="interior"),
    Organisation(id="labour", label="Travail", kind="ministry"),
]
LEVERS = [
    Lever(id="invest", label="Invest"),
    Lever(id="digital", label="Digital", parent_id="invest"),
    Lever(id="consult", label="Consult"),
]
PLAN = Programme(id="plan", label="Plan", kind="ministerial-plan", owner_id="interior", lever_ids=["invest"])
COUNTERS = Reform(id="counters", label="Counters", programme_ids=["plan"])
JOBS = Reform(
    id="jobs", label="Jobs", lead=Lead(organisation_id="labour", role="head"), lever_ids=["consult"],
    indicator_ids=["wait"], activations=[LeverActivation(lever_id="consult", territory_ids=["75"])],
)  # fmt: skip
PROJECTS = [
    Project(id="app", label="App", reform_id="counters", territory_ids=["46042"], indicator_ids=["wait"]),
    Project(id="badge", label="Badge", owner_id="police", lever_ids=["digital"]).moved_to(
        Phase.EXPERIMENTATION, on="2019-06-20", because="third CITP"
    ),
    Project(id="loose", label="Loose", method_ids=["nudge"]),
]
WAIT = Indicator(id="wait", label="Wait", unit="days")
ROWS = [
    Observation(indicator_id="wait", territory_id=place.id, period="2019", kind="actual", value=1) for place in PLACES
]
INSTRUMENTS = [
    CarteBlanche(id="cahors", label="Cahors", territory_id="46042"),
    Consultation(id="debate", label="Debate", initiator_id="labour"),
]
METHODS = [Method(id="nudge", label="Nudge"), Method(id="design", label="Design")]
WHOLE = Portfolio.of(*PLACES, *BODIES, *LEVERS, PLAN, COUNTERS, JOBS, *PROJECTS, WAIT, *ROWS, *INSTRUMENTS, *METHODS)
NAMES = ("programmes", "reforms", "projects", "instruments")


def found(**asked: Any) -> set[str]:
    """Return the identifiers of the programmes, reforms, projects and instruments that a question keeps."""
    kept = WHOLE.where(**asked)
    return {identifier for name in NAMES for identifier in getattr(kept, name)}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"ministry_id": "interior"}, {"plan", "counters", "app", "badge"}),
        ({"ministry_id": "police"}, {"badge"}),
        ({"ministry_id": "labour"}, {"jobs", "debate"}),
        ({"lever_id": "invest"}, {"plan", "counters", "app", "badge"}),
        ({"lever_id": "digital"}, {"badge"}),
        ({"territory_id": "R76"}, {"app", "cahors", "counters", "plan"}),
        ({"territory_id": "75"}, {"jobs"}),
        ({"phase": "experimentation"}, {"badge"}),
        ({"phase": Phase.FRAMING}, {"app", "counters", "plan", "loose"}),
        ({"ministry_id": "interior", "phase": "framing"}, {"app", "counters", "plan"}),
        ({"ministry_id": "labour", "territory_id": "46"}, set()),
    ],
)
def test_what_is_asked_is_kept(asked: dict[str, str], expected: set[str]) -> None:
    """A body or a lever stands for those below it, a place for those within it; what is not said comes from above."""
    assert found(**asked) == expected


def test_nothing_else_comes_along() -> None:
    """Bodies, levers, methods and places that nothing kept refers to are not there; a territory cuts the values too."""
    kept = WHOLE.where(territory_id="46")
    assert list(kept.organisations) == ["interior"]
    assert list(kept.levers) == ["invest"]
    assert list(kept.methods) == []
    assert [row.territory_id for row in kept.observations] == ["46", "46042", "FR", "R76"]
    assert [row.territory_id for row in WHOLE.where(lever_id="consult").observations] == sorted(p.id for p in PLACES)


def test_a_rating_puts_nothing_in_a_place() -> None:
    """To rate a national reform in one place does not take it out of the others; an event is where it is."""
    rating = ConfidenceRating(level="secured", on="2019-06-01", by_id="labour", territory_id="46")
    rated = Reform(id="r", label="R", ratings=[rating])
    week = InnovationWeek(
        id="w",
        label="W",
        edition=6,
        period=Sourced(value=Period("2019"), source_id="s"),
        events=[LocalEvent(id="e", label="E", territory_id="46042", period="2019-11-26")],
    )
    plan = Portfolio.of(*PLACES, *BODIES, Source(id="s", title="S"), rated, week)
    assert len(plan.where(territory_id="46").reforms) == 0
    assert list(plan.where(territory_id="46").instruments) == ["w"]
    assert len(plan.where(territory_id="75").instruments) == 0


def test_a_place_stands_for_all_that_lie_in_it_whatever_parents_are_named() -> None:
    """What is in the first arrondissement is in Paris, the city and the department, and in Île-de-France."""
    places = [Territory(id=code, label=code) for code in ("FR", "R11", "75", "75056", "75101", "92")]
    plan = Portfolio.of(*places, Project(id="p", label="P", territory_ids=["75101"]))
    kept = {place.id for place in places if plan.where(territory_id=place.id).projects}
    assert kept == {"FR", "R11", "75", "75056", "75101"}


def test_no_question_is_the_portfolio_itself() -> None:
    """Without a criterion nothing is left out."""
    assert WHOLE.where() is WHOLE


def test_a_question_about_nothing_is_refused() -> None:
    """A body, a lever, a territory or a phase that there is not is a mistake, not an empty answer."""
    for asked in ({"ministry_id": "interieur"}, {"lever_id": "digitl"}, {"territory_id": "2A"}):
        with pytest.raises(UnknownItemError):
            WHOLE.where(**asked)
    with pytest.raises(InvalidValueError):
        WHOLE.where(phase="done")


def test_programmes_in_a_circle_end() -> None:
    """Programmes that are part of each other, which is a finding and no error, are asked once each."""
    circle = [Programme(id=a, label=a, kind="national", parent_id=b) for a, b in (("a", "b"), ("b", "a"))]
    plan = Portfolio.of(*circle, *BODIES, Lever(id="x", label="X", parent_id="x"))
    assert list(plan.where(ministry_id="interior").programmes) == []
    assert list(plan.where(lever_id="x").programmes) == []


def reachable(plan: Portfolio) -> Portfolio:
    """Return all that projects lead to, one step at a time: a second, slower computation."""
    kept = {("projects", identifier) for identifier in plan.projects}
    size = -1
    while size != len(kept):
        size = len(kept)
        items = [getattr(plan, name)[identifier] for name, identifier in kept]
        rows = [row for row in plan.observations if ("indicators", row.indicator_id) in kept]
        kept |= {(name, target) for item in (*items, *rows) for _, target, name in find_references(item)}
    return Portfolio.of(*(getattr(plan, name)[identifier] for name, identifier in kept), *rows)


@given(of(Portfolio))
def test_a_partition_merged_gives_the_whole_back(plan: Portfolio) -> None:
    """Every project is in one phase: the phases together give all that projects lead to."""
    parts = [plan.where(phase=phase) for phase in Phase]
    assert sum(len(part.projects) for part in parts) == len(plan.projects)
    shared_once = dict.fromkeys(item for part in parts for item in part)  # what two phases lead to is in both parts
    assert Portfolio().with_(*shared_once) == reachable(plan)
