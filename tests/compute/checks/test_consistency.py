"""The rules on what cannot all be right, closer: months, risks, bounds, applications; circles of any length."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import (
    Campus,
    CampusSession,
    CarteBlanche,
    ChallengeCall,
    CommunityHub,
    Figure,
    Indicator,
    Lever,
    Objective,
    Organisation,
    Period,
    Portfolio,
    Programme,
    Project,
    Quantity,
    Reform,
    Risk,
    Source,
    Sourced,
    Territory,
)
from levier.compute.checks.check import HIERARCHY_RULES, RULES
from levier.errors import DanglingReferenceError
from levier.instruments import ChallengeStage
from levier.model.trees import circles
from levier.rules import Finding, check

LOT = Territory(id="46", label="Lot")
SIX = Quantity.exact(6, "count")


def found_by(rule: str, *items: Any) -> tuple[Finding, ...]:
    """Return what one rule finds."""
    return check(Portfolio.of(Source(id="note", title="Note"), LOT, *items), as_of="2020-06-14", rules=[RULES[rule]])


def sourced(value: Any) -> Sourced[Any]:
    """Return a value with its source."""
    return Sourced(value=value, source_id="note")


@pytest.mark.parametrize(
    ("launched", "closed", "amiss"),
    [
        ("2020-03", "2019-01", True),
        ("2020-03-02", "2020-03-01", True),
        ("2020-03", "2020-03-01", False),
        ("2020", "2020-03", False),
        ("../2020", "2019", False),
        ("2019-Q2", "2019-Q1", True),
        (None, "2019-01", False),
        ("2020-03", None, False),
    ],
)
def test_a_closing_is_held_to_the_launch_as_finely_as_both_are_known(
    launched: str | None, closed: str | None, amiss: bool
) -> None:
    """Only what surely was closed before is found: within one month, or without one of the dates, nobody can say."""
    given = {"launched_on": launched, "closed_on": closed}
    dates = {name: sourced(Period(date)) for name, date in given.items() if date is not None}
    assert bool(found_by("closed-before-begun", CarteBlanche(id="c", label="Cahors", **dates))) is amiss


def test_risks_are_found_wherever_they_stand() -> None:
    """A risk of a programme, a reform or a project is found where it was closed before it was raised."""
    dates = {"on": sourced(Period("2019-03")), "closed_on": sourced(Period("2019-02-01"))}
    risk = Risk(id="late", label="Marché tardif", label_en="Late contract", **dates)
    owners = (
        Programme(id="p", label="P", kind="national", risks=[risk]),
        Reform(id="r", label="R", risks=[risk]),
        Project(id="q", label="Q", risks=[risk]),
    )
    found = found_by("closed-before-begun", *owners)
    assert [one.subject.split("/")[0] for one in found] == ["programmes", "reforms", "projects"]
    assert found[0].subject == "programmes/p/risks/late"
    assert str(found[0]) == "'Late contract' was closed (1 February 2019) before it began (March 2019)."
    assert (
        found[0].sentence("fr")
        == "«\u00a0Marché tardif\u00a0»\u00a0: la clôture (1er février 2019) précède le début (mars 2019)."
    )


def test_a_session_is_one_of_a_campus() -> None:
    """A session of a hub is found, with what it names; one of a campus is not."""
    hub, campus = CommunityHub(id="hub", label="Hub"), Campus(id="campus", label="Campus")
    about = {"label": "Design", "territory_id": "46", "period": "2019-03"}
    sessions = [CampusSession(id=f"s-{held}", campus_id=held, **about) for held in ("hub", "campus")]
    (found,) = found_by("session-of-no-campus", hub, campus, *sessions)
    assert found.subject == "instruments/s-hub"
    assert str(found) == "The session 'Design' belongs to 'Hub', which is not a campus."


def call(*teams: Quantity | None, applied: Quantity | None = None) -> ChallengeCall:
    """Return a challenge call with so many teams at each stage, and so many that applied."""
    phases = ("exploration", "incubation", "experimentation")
    stages = [ChallengeStage(phase=phase, teams=count) for phase, count in zip(phases, teams, strict=False)]
    applications = [] if applied is None else [Figure(id="applications", label="Candidatures", value=sourced(applied))]
    return ChallengeCall(id="defis", label="Défis", stages=stages, figures=applications)


@pytest.mark.parametrize(
    ("teams", "before", "amiss"),
    [
        (Quantity.exact(7, "count"), SIX, True),
        (Quantity.between(7, 9, "count"), Quantity.at_most(6, "count"), True),
        (SIX, SIX, False),
        (Quantity.between(5, 9, "count"), SIX, False),
        (Quantity.at_most(9, "count"), SIX, False),
        (Quantity.exact(7, "count"), Quantity.at_least(6, "count"), False),
        (Quantity.about(7, "count"), SIX, False),
        (Quantity.exact(7, "count"), Quantity.about(6, "count"), False),
        (None, SIX, False),
        (SIX, None, False),
    ],
)
def test_more_teams_only_where_that_is_sure(teams: Quantity | None, before: Quantity | None, amiss: bool) -> None:
    """Bounds that overlap, numbers that are about, and those that are not published are no finding."""
    assert bool(found_by("stage-with-more-teams", call(before, teams))) is amiss


def test_a_stage_is_held_to_the_last_number_known() -> None:
    """A stage is held to the one before it that has a number, and to the applications where none has."""
    after_none = found_by("stage-with-more-teams", call(SIX, None, Quantity.exact(7, "count")))
    assert [one.subject for one in after_none] == ["instruments/defis/stages/2"]
    (applied,) = found_by(
        "stage-with-more-teams", call(Quantity.exact(24, "count"), applied=Quantity.exact(20, "count"))
    )
    assert str(applied) == "'Défis', exploration: more teams (24) than before (20)."
    assert applied.sentence("fr") == "«\u00a0Défis\u00a0», exploration\u00a0: plus d’équipes (24) qu’avant (20)."


def levers(**parents: str) -> list[Lever]:
    """Return levers by the parent of each."""
    return [Lever(id=name, label=name.upper(), parent_id=parent or None) for name, parent in parents.items()]


def circles_in(*items: Any) -> tuple[Finding, ...]:
    """Return what the rules on hierarchies find."""
    return check(Portfolio.of(*items), as_of="2019-06-14", rules=HIERARCHY_RULES)


@pytest.mark.parametrize(
    ("parents", "said"),
    [
        ({"a": "a"}, ["'A' → 'A'"]),
        ({"a": "b", "b": "a"}, ["'A' → 'B' → 'A'"]),
        ({"c": "a", "a": "b", "b": "c"}, ["'A' → 'B' → 'C' → 'A'"]),
        ({"a": "b", "b": "a", "c": "c"}, ["'A' → 'B' → 'A'", "'C' → 'C'"]),
        ({"a": "c", "b": "c", "c": "b", "d": "a"}, ["'B' → 'C' → 'B'"]),
        ({"a": "", "b": "a", "c": "a"}, []),
    ],
)
def test_each_circle_is_found_once(parents: dict[str, str], said: list[str]) -> None:
    """A circle of one, two, three, two circles, one that others hang on, and none: each once, with its members."""
    found = circles_in(*levers(**parents))
    assert [str(finding) for finding in found] == [f"Circular hierarchy: {circle}." for circle in said]
    assert [finding.subject for finding in found] == [f"levers/{circle[1].lower()}" for circle in said]


def test_a_circle_is_said_in_french() -> None:
    """The French sentence has French quotation marks."""
    (found,) = circles_in(*levers(a="a"))
    assert found.sentence("fr") == "Rattachement circulaire\u00a0: «\u00a0A\u00a0» → «\u00a0A\u00a0»."


def test_every_registry_with_parents_is_looked_at() -> None:
    """Bodies, objectives, indicators and programmes may stand in circles as levers do."""
    found = circles_in(
        Indicator(id="a", label="A", unit="days", parent_id="a"),
        Objective(id="a", label="A", parent_id="a"),
        Organisation(id="a", label="A", kind="operator", parent_id="a"),
        Programme(id="a", label="A", kind="national", parent_id="a"),
    )
    assert [finding.subject for finding in found] == ["organisations/a", "objectives/a", "indicators/a", "programmes/a"]


def test_bodies_do_not_succeed_themselves() -> None:
    """A body among several predecessors of itself is found, by way of the one that leads back."""
    found = circles_in(
        Organisation(id="a", label="A", kind="operator", predecessor_ids=["b", "c"]),
        Organisation(id="b", label="B", kind="operator"),
        Organisation(id="c", label="C", kind="operator", predecessor_ids=["a", "b"]),
    )
    assert [str(finding) for finding in found] == ["Circular succession: 'A' → 'C' → 'A'."]


def test_what_dangles_never_gets_here() -> None:
    """A parent that is not there is refused by the portfolio."""
    with pytest.raises(DanglingReferenceError):
        Portfolio.of(*levers(a="b"))


def test_a_deep_hierarchy_is_walked() -> None:
    """Ten thousand steps down, the circle at the bottom is found without recursion."""
    links = {str(step): [str(step + 1)] for step in range(10_000)} | {"10000": ["9999"]}
    assert list(circles(links)) == [("10000", "9999")]


NAMES = "abcdef"


@given(st.fixed_dictionaries({name: st.lists(st.sampled_from(NAMES), max_size=3, unique=True) for name in NAMES}))
def test_circles_are_circles(links: dict[str, list[str]]) -> None:
    """Every circle found follows the links and is found once; there is one exactly where no order exists."""
    found = list(circles(links))
    assert len(set(found)) == len(found)
    for circle in found:
        assert all(after in links[before] for before, after in pairwise((*circle, circle[0])))
    try:
        TopologicalSorter(links).prepare()
    except CycleError:
        assert found
    else:
        assert not found
