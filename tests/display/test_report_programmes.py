"""What a report says of plans under way: risks, decisions, ratings, progress, calendars and who carries what."""

from __future__ import annotations

from typing import Any

import pytest

from levier import (
    Award,
    Decision,
    Fund,
    Indicator,
    Milestone,
    Observation,
    Organisation,
    Period,
    Portfolio,
    Programme,
    Project,
    Reform,
    Risk,
    Source,
    Sourced,
    Territory,
)
from levier.display.pages import Cell
from levier.display.report import report
from levier.indicators import IndicatorWeight
from levier.model.terms import Lang
from levier.plans import ConfidenceRating, Lead
from levier.rules import findings_of

DAY = "2019-06-14"
BODIES = tuple(Organisation(id=name, label=name.upper(), kind="ministry") for name in ("ditp", "dinum", "sg"))
NOTE = Source(id="note", title="Note", published_on="2019-01")


def rows(name: str, *things: Any, lang: Lang = "en") -> dict[str, dict[str, Cell]]:
    """Return the rows of one table of a report, by their path, cell by column; none where it is not there."""
    made = report(Portfolio.of(*BODIES, NOTE, *things), as_of=DAY, lang=lang)
    found = [table for section in made.sections for table in section.tables if table.id == name]
    columns = [column.id for table in found for column in table.columns]
    return {row.id: dict(zip(columns, row.cells, strict=True)) for table in found for row in table.rows}


def on(when: str) -> Sourced[Period]:
    """Return a date that the note states."""
    return Sourced(value=Period(when), source_id="note")


def test_open_risks_stand_with_what_is_done() -> None:
    """A risk is shown from the day it is raised until it is closed, wherever it stands, with its response."""
    late = Risk(id="late", label="Marché tardif", label_en="Late contract", on=on("2019-03"), response="second bidder")
    closed = Risk(id="closed", label="Clos", on=on("2019-01"), closed_on=on("2019-05"))
    bare = Risk(id="bare", label="Nu", on=on("2019-02"))
    found = rows(
        "risks",
        Project(id="p", label="P", risks=[late, closed]),
        Programme(id="t", label="T", kind="national", risks=[bare]),
    )
    assert list(found) == ["programmes/t/risks/bare", "projects/p/risks/late"]
    told = found["projects/p/risks/late"]
    assert [told[name].text for name in ("risk", "subject", "raised", "response", "source")] == [
        "Late contract",
        "P",
        "March 2019",
        "second bidder",
        "Note",
    ]
    assert (found["programmes/t/risks/bare"]["response"].text) == "no response stated"
    assert rows("risks", Project(id="p", label="P", risks=[closed])) == {}


def test_decisions_say_when_by_whom_and_who_says_so() -> None:
    """Decisions stand in the order of their dates, with the body and the source."""
    one = Decision(id="one", label="Un guichet", label_en="One counter", on=on("2019-05-02"), by_id="ditp")
    two = Decision(id="two", label="Deux", on=on("2019-04"))
    found = rows("decisions", Reform(id="r", label="R", decisions=[one, two]))
    assert list(found) == ["reforms/r/decisions/two", "reforms/r/decisions/one"]
    told = found["reforms/r/decisions/one"]
    assert [told[name].text for name in ("decision", "date", "decided-by", "source")] == [
        "One counter",
        "2 May 2019",
        "DITP",
        "Note",
    ]
    assert found["reforms/r/decisions/two"]["decided-by"].text == "not given"


@pytest.mark.parametrize(("because", "said"), [("deux recrutements", True), ("x" * 81, False), ("", False)])
def test_the_reason_of_a_rating_is_said_where_it_is_short(because: str, said: bool) -> None:
    """The reason of the latest rating stands beside it where it is short enough to be read there."""
    rating = ConfidenceRating(level="attainable", on="2019-06-01", by_id="ditp", because=because)
    cell = rows("reforms", Reform(id="r", label="R", ratings=[rating]), lang="fr")["reforms/r"]["confidence"]
    assert cell.text.endswith("objectifs atteignables, le 1er juin 2019" + (f" ({because})" if said else ""))
    assert cell.value == "attainable 2019-06-01"


def test_a_reform_shows_its_progress_or_why_there_is_none() -> None:
    """The progress of the nation, by the weights; without weights, or where values are at odds, the reason."""
    wait = Indicator(id="wait", label="Wait", unit="days", direction="decrease")
    said = [("2018-12", "baseline", 40), ("2019-05", "actual", 25), ("2020-12", "target", 16)]
    values = [Observation(indicator_id="wait", period=when, kind=kind, value=value) for when, kind, value in said]
    weight = IndicatorWeight(indicator_id="wait", level="nation", weight=1)
    weighted = Reform(id="r", label="R", indicator_ids=["wait"], weights=[weight])
    things = (Territory(id="FR", label="France"), wait, weighted, Reform(id="s", label="S", indicator_ids=["wait"]))
    found = rows("reforms", *things, *values)
    assert [
        (found[f"reforms/{name}"]["progress"].text, found[f"reforms/{name}"]["progress"].value) for name in "rs"
    ] == [
        ("62.5%", "62.5"),
        ("no weight", None),
    ]
    assert rows("reforms", Reform(id="t", label="T"))["reforms/t"]["progress"].text == "no indicator"
    early = Observation(indicator_id="wait", period="2017", kind="target", value=10)
    assert (
        rows("reforms", *things, *values[:2], early)["reforms/r"]["progress"].text
        == "one weighted part has no progress"
    )


@pytest.mark.parametrize(
    ("calendar", "text", "value"),
    [
        ("2019-05", "14\u00a0jours de retard", "14"),
        ("2020", "pas encore d’écart\u00a0: échéance à venir", None),
        (None, "écart inconnu\u00a0: pas de calendrier", None),
    ],
    ids=["late", "to come", "unknown"],
)
def test_projects_are_held_to_their_calendars(calendar: str | None, text: str, value: str | None) -> None:
    """A project shows its calendar and how late it is, or why that is unknown."""
    found = rows("calendars", Project(id="p", label="P", calendar=calendar), lang="fr")["projects/p/calendar"]
    assert (found["slip"].text, found["slip"].value) == (text, value)


def plan_of_axes() -> list[Any]:
    """Return a plan of two axes: a reform in each, one in both, with milestones, money and something to be found."""
    wait = Indicator(id="wait", label="Wait", unit="days", direction="decrease")
    said = [("2018-12", "baseline", 40), ("2019-05", "actual", 25), ("2020-12", "target", 16)]
    weight = IndicatorWeight(indicator_id="wait", level="nation", weight=1)
    measured = {"indicator_ids": ["wait"], "weights": [weight]}
    overdue = Milestone(id="a", label="A", planned="2019-05")
    return [
        Territory(id="FR", label="France"),
        wait,
        *(Observation(indicator_id="wait", period=when, kind=kind, value=value) for when, kind, value in said),
        Programme(id="plan", label="Plan", kind="ministerial-plan"),
        *(Programme(id=f"axis-{n}", label=f"Axe {n}", kind="workstream", parent_id="plan") for n in (1, 2)),
        Programme(id="empty", label="Vide", kind="workstream", parent_id="axis-2"),
        Reform(id="r", label="R", programme_ids=["axis-1"], milestones=[overdue], **measured),
        Reform(id="s", label="S", programme_ids=["axis-1", "axis-2", "plan"], **measured),
        Project(id="p", label="P", reform_id="r", milestones=[overdue.not_done("2019-06-03")]),
        Project(id="q", label="Q", reform_id="s"),
        Fund(id="f", label="F", awards=[Award(id="a", label="A", project_id="p", amount=100)]),
    ]


def test_a_programme_counts_what_its_axes_hold() -> None:
    """A plan shows the reforms and projects of its axes, each once, with their progress, milestones and findings."""
    found = rows("programmes", *plan_of_axes())
    counts = {name: (cells["reforms"].value, cells["projects"].value) for name, cells in found.items()}
    assert counts == {
        "programmes/plan": ("2", "2"),
        "programmes/axis-1": ("2", "2"),
        "programmes/axis-2": ("1", "1"),
        "programmes/empty": ("0", "0"),
    }
    standings = rows("standings", *plan_of_axes())
    columns = ("progress", "late", "unreported", "cost")
    assert {name: tuple(cells[one].text for one in columns) for name, cells in standings.items()} == {
        "programmes/plan/standing": ("62.5%", "1", "1", "€100 (1 of 2)"),
        "programmes/axis-1/standing": ("62.5%", "1", "1", "€100 (1 of 2)"),
        "programmes/axis-2/standing": ("62.5%", "0", "0", "unknown"),
        "programmes/empty/standing": ("no reform", "0", "0", "unknown"),
    }
    portfolio = Portfolio.of(*BODIES, NOTE, *plan_of_axes())
    for name in portfolio.programmes:
        findings = findings_of(portfolio, portfolio.programmes[name], as_of=DAY).findings
        assert standings[f"programmes/{name}/standing"]["findings"].value == str(len(findings))


def test_one_contradictory_reform_stops_no_table() -> None:
    """A programme one of whose reforms has conflicting values has no progress; the others keep theirs."""
    rivals = [
        Observation(indicator_id="other", period="2019-05", kind="actual", value=value, source_id=source)
        for value, source in ((1, "note"), (2, "memo"))
    ]
    weight = IndicatorWeight(indicator_id="other", level="nation", weight=1)
    things = [
        *plan_of_axes(),
        Source(id="memo", title="Memo", published_on="2019-01"),
        Indicator(id="other", label="Other", unit="days", direction="decrease"),
        *rivals,
        Reform(id="t", label="T", programme_ids=["axis-2"], indicator_ids=["other"], weights=[weight]),
    ]
    found = rows("standings", *things)
    progress = {name: cells["progress"].text for name, cells in found.items()}
    assert progress["programmes/axis-1/standing"] == "62.5%"
    assert progress["programmes/axis-2/standing"] == progress["programmes/plan/standing"]
    assert progress["programmes/plan/standing"] == "one weighted part has no progress"


LEAD = Lead(organisation_id="dinum", role="head")


@pytest.mark.parametrize(
    ("project", "reform", "programme", "text", "ministry"),
    [
        ({"owner_id": "ditp"}, {"owner_id": "sg"}, {}, "DITP", "ditp"),
        ({"lead": LEAD}, {"owner_id": "sg"}, {}, "DINUM", "dinum"),
        ({}, {"owner_id": "sg"}, {"owner_id": "ditp"}, "SG (by its reform)", "sg"),
        ({}, {"lead": LEAD}, {}, "DINUM (by its reform)", "dinum"),
        ({}, {}, {"owner_id": "ditp"}, "DITP (by its programme)", "ditp"),
        ({}, {}, {}, "not given", None),
    ],
)
def test_a_project_is_carried_by_whom_a_selection_finds_it(
    project: Any, reform: Any, programme: Any, text: str, ministry: str | None
) -> None:
    """What a project does not say of its owner it has from its reform, then its programme, as `where` has it."""
    things = (
        Programme(id="t", label="T", kind="national", **programme),
        Reform(id="r", label="R", programme_ids=["t"], **reform),
        Project(id="p", label="P", reform_id="r", **project),
    )
    cell = rows("projects", *things)["projects/p"]["owner"]
    assert (cell.text, cell.value) == (text, ministry)
    if ministry is not None:
        assert "p" in Portfolio.of(*BODIES, NOTE, *things).where(ministry_id=ministry).projects


def test_a_project_is_carried_through_programmes_of_programmes() -> None:
    """What neither a project nor its reform nor its programme says, it has from the programme above that one."""
    things = (
        Programme(id="top", label="Top", kind="national", owner_id="sg"),
        Programme(id="axis", label="Axis", kind="workstream", parent_id="top"),
        Programme(id="other", label="Other", kind="workstream", owner_id="ditp", parent_id="top"),
        Reform(id="r", label="R", programme_ids=["axis", "other"]),
        Project(id="p", label="P", reform_id="r"),
    )
    cell = rows("projects", *things)["projects/p"]["owner"]
    assert (cell.text, cell.value) == ("DITP, SG (by its programme)", "ditp sg")
    for ministry in ("ditp", "sg"):
        assert "p" in Portfolio.of(*BODIES, NOTE, *things).where(ministry_id=ministry).projects
