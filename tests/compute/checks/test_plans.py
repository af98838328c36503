"""The rules on what is planned and measured, closer: milestones, contracts, indicators and levers."""

from __future__ import annotations

from typing import Any

import pytest

from levier import (
    NATION,
    Award,
    Fund,
    Indicator,
    IntendedEffect,
    Lever,
    Milestone,
    Observation,
    Portfolio,
    Programme,
    Project,
    Reform,
    Source,
    Territory,
)
from levier.compute.checks.check import RULES
from levier.compute.checks.indicators import values_by_indicator
from levier.indicators import IndicatorWeight
from levier.model.periods import Day
from levier.rules import Finding, check

DAY = "2019-06-14"
FRANCE = Territory(id=NATION, label="France")
INDICATOR = Indicator(
    id="wait", label="Attente", label_en="Waiting time", unit="days", periodicity_months=12, lag_months=3
)
LATE = Milestone(id="pilot", label="Pilote", planned="2019-05")


def found_by(rule: str, *items: Any, as_of: str = DAY) -> tuple[Finding, ...]:
    """Return what one rule finds."""
    return check(Portfolio.of(FRANCE, *items), as_of=as_of, rules=[RULES[rule]])


def observed(kind: str, period: str = "2018", **more: Any) -> Observation:
    """Return an observation of the indicator."""
    given = {"value": None if "state" in more else 1, **more}
    return Observation(indicator_id="wait", kind=kind, period=period, **given)


def fund(**more: Any) -> Fund:
    """Return a fund of one award."""
    return Fund(id="f", label="F", awards=[Award(id="a", label="Cloud", **more)])


@pytest.mark.parametrize(
    ("as_of", "late"),
    [("2018-06-01", False), ("2020-03-30", False), ("2020-03-31", True)],
)
def test_a_value_is_recent_for_its_period_and_its_delay(as_of: str, late: bool) -> None:
    """2018's value, due every 12 months with 3 of delay, is recent until 31 March 2020, the day it is due."""
    rule = "indicator-without-recent-value"
    found = found_by(rule, INDICATOR, observed("actual", "2018"), as_of=as_of)
    assert bool(found) is late
    assert [str(finding) for finding in found] == ["The indicator 'Waiting time' has had no value since 2018."] * late


def test_an_indicator_without_frequency_is_yearly() -> None:
    """Where no source says how often a value comes, a year is long enough; an open interval is never old."""
    bare = Indicator(id="wait", label="Attente", unit="days")
    rule = "indicator-without-recent-value"
    assert found_by(rule, bare, observed("actual", "2018"), as_of="2019-12-30") == ()
    (late,) = found_by(rule, bare, observed("actual", "2018"), as_of="2019-12-31")
    assert late.sentence("fr") == "L’indicateur «\u00a0Attente\u00a0» n’a pas de valeur depuis 2018."
    assert found_by(rule, bare, observed("actual", "2010/.."), as_of="2020-01-01") == ()


def test_the_end_of_time_is_no_obstacle() -> None:
    """A value of the last year that a calendar has is not old on its last day."""
    assert found_by("indicator-without-recent-value", INDICATOR, observed("actual", "9999"), as_of="9999-12-31") == ()


def test_a_territory_that_is_late_is_found() -> None:
    """Where most territories are up to date, those that are not are named, the oldest first; where all are, none is."""
    places = [Territory(id=code, label=f"Place {code}", parent_id="FR") for code in ("01", "02", "03")]
    years = {"01": "2018", "02": "2015", "03": "2016"}
    rows = [observed("actual", year, territory_id=place) for place, year in years.items()]
    (found,) = found_by("indicator-without-recent-value", INDICATOR, *places, *rows)
    assert (
        str(found) == "The indicator 'Waiting time' has no recent value: Place 02 (since 2015); Place 03 (since 2016)."
    )
    assert "n’a pas de valeur récente\u00a0: Place 02 (depuis 2015)" in found.sentence("fr")
    (all_late,) = found_by("indicator-without-recent-value", INDICATOR, *places, *rows, as_of="2021-01-01")
    assert str(all_late) == "The indicator 'Waiting time' has had no value since 2018."


def test_a_late_value_of_a_quarter_is_named() -> None:
    """The last value of a quarter, a week or a school year is named as such, in words that need no article."""
    rule = "indicator-without-recent-value"
    (late,) = found_by(rule, INDICATOR, observed("actual", "2017-Q4"))
    assert str(late) == "The indicator 'Waiting time' has no recent value (latest: 4th quarter 2017)."
    assert late.sentence("fr").endswith("n’a pas de valeur récente (dernière\u00a0: 4e trimestre 2017).")
    places = [Territory(id=code, label=f"Place {code}", parent_id="FR") for code in ("01", "02", "03")]
    periods = {"01": "2019", "02": "2015-2016-SY", "03": "2019"}
    rows = [observed("actual", period, territory_id=place) for place, period in periods.items()]
    (found,) = found_by(rule, INDICATOR, *places, *rows)
    assert "Place 02 (latest: school year 2015-2016)" in str(found)


def test_many_late_territories_are_counted() -> None:
    """A sentence names five of them."""
    codes = [f"{code:02d}" for code in range(10, 20)]
    places = [Territory(id=code, label=f"Place {code}") for code in codes]
    rows = [observed("actual", "2018" if code == "19" else "2015", territory_id=code) for code in codes]
    (found,) = found_by("indicator-without-recent-value", INDICATOR, *places, *rows)
    assert str(found).endswith("Place 14 (since 2015); 4 others.")


def test_a_territory_that_is_late_since_a_day_is_found() -> None:
    """A value of a day names that day."""
    places = [Territory(id=code, label=f"Place {code}", parent_id="FR") for code in ("01", "02")]
    rows = [observed("actual", "2018", territory_id="01"), observed("actual", "2015-03-31", territory_id="02")]
    (found,) = found_by("indicator-without-recent-value", INDICATOR, *places, *rows)
    assert str(found).endswith("has no recent value: Place 02 (since 31 March 2015).")


def test_contradictions_of_unsourced_values_are_told() -> None:
    """A value that names no document is told as unsourced, beside the one that contradicts it."""
    rivals = [observed("actual", "2018", value=3, source_id="one"), observed("actual", "2018", value=4)]
    (found,) = found_by("month-disputed", INDICATOR, Source(id="one", title="One"), *rivals)
    assert "France, actual 4 days (2018, unsourced)" in str(found)


def test_contradictions_are_told_with_both_sides() -> None:
    """Each value of a disputed month is named with its place and its document, and both dates of a target too early."""
    sources = [Source(id=name, title=name.title()) for name in ("one", "two")]
    rivals = [observed("actual", "2018", value=value, source_id=name) for value, name in ((1, "one"), (2, "two"))]
    (found,) = found_by("month-disputed", INDICATOR, *sources, *rivals)
    said = "France, actual 1 day (2018, One); France, actual 2 days (2018, Two)."
    assert str(found) == f"Documents contradict each other on the indicator 'Waiting time': {said}"
    assert found.sentence("fr").endswith("France, réalisation 2\u00a0jours (2018, Two).")
    (early,) = found_by(
        "target-before-baseline", INDICATOR, observed("baseline", "2018"), observed("target", "2017-06")
    )
    assert str(early).endswith("dated before its baseline: France, target June 2017, baseline 2018.")
    assert early.sentence("fr").endswith("France, cible juin 2017, valeur initiale 2018.")


def test_what_is_not_in_the_books_yet_does_not_count() -> None:
    """A value recorded later, of a later period, or not measured, is no value on the day; a later target is one."""
    rule = "indicator-without-recent-value"
    for row in (
        observed("actual", "2018", recorded_on="2019-07-01"),
        observed("actual", "2020"),
        observed("actual", "2018", state="coming"),
    ):
        (found,) = found_by(rule, INDICATOR, row)
        assert str(found) == "The indicator 'Waiting time' has no value yet."
    assert found_by(rule, INDICATOR, observed("actual", "2018", recorded_on="2019-06-14")) == ()
    assert found_by("indicator-without-target", INDICATOR, observed("target", "2022")) == ()


def test_context_needs_neither_baseline_nor_target() -> None:
    """An indicator of context is not steered."""
    context = Indicator(id="wait", label="Attente", unit="days", kind="context")
    for rule in ("indicator-without-baseline", "indicator-without-target"):
        assert found_by(rule, context) == ()


def test_a_contract_counts_from_its_day() -> None:
    """A contract signed after the day is none yet; a decision of unknown date starts no clock."""
    rule = "award-without-contract"
    assert found_by(rule, fund(decided_on="2018-06-20", contracted_on="2018-09-01")) == ()
    (found,) = found_by(rule, fund(decided_on="2018-06-20", contracted_on="2019-09-01"))
    assert found.sentence("fr").endswith("plus de six mois après la décision (20 juin 2018).")
    assert found_by(rule, fund()) == ()


def test_milestones_of_projects_and_programmes_count() -> None:
    """A late milestone is found wherever it stands, with its date in the language of the sentence."""
    items = [
        Programme(id="p", label="P", kind="national", milestones=[LATE]),
        Project(id="q", label="Q", milestones=[LATE, Milestone(id="next", label="N", planned="2020")]),
    ]
    found = found_by("milestone-past-and-not-done", *items)
    assert [finding.subject for finding in found] == ["programmes/p/milestones/pilot", "projects/q/milestones/pilot"]
    assert found[0].sentence("fr") == (
        "Le jalon «\u00a0Pilote\u00a0» était prévu (mai 2019)\u00a0: échéance passée, rien ne dit s’il est atteint."
    )


def test_a_milestone_is_late_where_a_document_says_so() -> None:
    """What a document says was not reached is late; what nothing says is not; a project that ended has none late."""
    rule = "milestone-past-and-not-done"
    project = Project(id="q", label="Q", milestones=[LATE.not_done("2019-06-10")])
    (late,) = found_by(rule, project)
    assert str(late) == ("The milestone 'Pilote' was due (May 2019): not reached on 10 June 2019, 10 days late.")
    (unknown,) = found_by(rule, Project(id="q", label="Q", milestones=[LATE.not_done("2019-05-31")]))
    assert "due date passed, nothing says whether reached" in str(unknown)
    stopped = project.moved_to("stopped", on="2019-06-11", because="said")
    assert found_by(rule, stopped) == ()
    assert len(found_by(rule, stopped.moved_to("framing", on="2019-06-12", because="said"))) == 1
    completed = project.moved_to("deployment", on="2019-06-11", because="said").moved_to(
        "completed", on="2019-06-11", because="said"
    )
    assert "nothing says" in str(found_by(rule, completed)[0])


def test_nobody_waits_for_the_contract_of_a_stopped_project() -> None:
    """An award whose project was stopped waits for no contract; one whose project was stopped later still did."""
    project = Project(id="q", label="Q").moved_to("stopped", on="2019-06-14", because="said")
    granted = fund(decided_on="2018-06-20", project_id="q")
    assert found_by("award-without-contract", project, granted) == ()
    later = Project(id="q", label="Q").moved_to("stopped", on="2019-06-15", because="said")
    assert len(found_by("award-without-contract", later, granted)) == 1


def test_a_milestone_is_held_to_the_date_known_then() -> None:
    """The date said is the one that made it late on the day, whatever was decided later."""
    moved = LATE.revised_to("2020-01", on="2019-07-01", because="contract signed late")
    (found,) = found_by("milestone-past-and-not-done", Project(id="q", label="Q", milestones=[moved]))
    assert "was due (May 2019)" in str(found)


@pytest.mark.parametrize(
    ("steps", "late"),
    [((), True), (("deployment",), True), (("deployment", "completed"), False), (("stopped",), False)],
)
def test_a_project_is_held_to_its_calendar_until_it_ends(steps: tuple[str, ...], late: bool) -> None:
    """What is past its calendar is found while it goes on; completed late, or stopped, it is late no more."""
    project = Project(id="q", label="Guichet", label_en="Desk", calendar="2019-03")
    for phase in steps:
        project = project.moved_to(phase, on="2019-05-02", because="said")
    found = found_by("project-past-its-calendar", project)
    assert [str(one) for one in found] == [
        "The project 'Desk' was due to end on 31 March 2019 and was neither completed nor stopped by 14 June 2019."
    ] * late
    assert found_by("project-past-its-calendar", project, as_of="2019-03-31") == ()


def test_nothing_is_past_a_calendar_without_an_end() -> None:
    """Without a calendar, or with one that is open, a project is not late: nobody knows."""
    for calendar in (None, "2018/.."):
        assert found_by("project-past-its-calendar", Project(id="q", label="Q", calendar=calendar)) == ()


def test_a_weight_of_one_level_is_a_weight() -> None:
    """A reform is weighted where an indicator counts at any level; one without indicators has none to weigh."""
    rule, about = "reform-without-weights", {"id": "r", "label": "R", "indicator_ids": ["wait"]}
    none, some = (IndicatorWeight(indicator_id="wait", level="region", weight=weight) for weight in (0, 1))
    assert len(found_by(rule, INDICATOR, Reform(**about, weights=[none]))) == 1
    assert found_by(rule, INDICATOR, Reform(**about, weights=[some])) == ()
    assert found_by(rule, Reform(id="r", label="R")) == ()


def test_levers_are_measured_at_the_ends_of_their_branches() -> None:
    """A lever above others is measured by those below it, and is found itself only where nothing stands below."""
    effect = IntendedEffect(indicator_id="wait", direction="decrease")
    items = (
        INDICATOR,
        Lever(id="above", label="Au-dessus"),
        Lever(id="aims", label="Vise", parent_id="above", effects=[effect]),
        Lever(id="idle", label="Ne vise rien", label_en="Idle", parent_id="above"),
    )
    (found,) = found_by("lever-without-indicator", *items)
    assert found.subject == "levers/idle"
    assert str(found).startswith("The lever 'Idle' targets no indicator")


def test_what_is_of_the_day_itself_counts() -> None:
    """A contract signed on the day is known, and a value whose period begins on it is one; neither the day before."""
    late = fund(decided_on="2018-01-01", contracted_on=DAY)
    before = str(Day.fromisoformat(DAY).add(days=-1))
    assert found_by("award-without-contract", late) == ()
    assert found_by("award-without-contract", late, as_of=before)
    indicator, begun = Indicator(id="wait", label="Wait", unit="days"), observed("actual", DAY)
    held = Portfolio.of(FRANCE, indicator, begun)
    assert list(values_by_indicator(held, Day.fromisoformat(DAY))) == [(indicator, [begun])]
    assert [values for _, values in values_by_indicator(held, Day.fromisoformat(before))] == [()]
