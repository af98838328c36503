"""The rules on what cannot all be right, closer: months, risks, bounds, applications."""

from __future__ import annotations

from typing import Any

import pytest

from levier import (
    Campus,
    CampusSession,
    CarteBlanche,
    ChallengeCall,
    CommunityHub,
    Figure,
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
from levier.compute.checks.sets import RULES
from levier.instruments import ChallengeStage
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
