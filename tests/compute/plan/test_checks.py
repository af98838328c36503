"""Each rule has one portfolio that trips only it, and one that does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from levier import (
    NATION,
    Award,
    Day,
    Euros,
    Event,
    Figure,
    Fund,
    Indicator,
    IntendedEffect,
    InvalidValueError,
    Lead,
    Lever,
    Milestone,
    Observation,
    Organisation,
    Period,
    Portfolio,
    Programme,
    Project,
    Quantity,
    Reform,
    Source,
    Sourced,
    Stated,
    Survey,
    SurveyResult,
    Territory,
    catalogue,
)
from levier.compute import Finding, Severity
from levier.compute.plan.checks import RULES, check

DAY = "2019-06-14"
DITP = Organisation(id="ditp", label="DITP", kind="interministerial-directorate")
SOURCES = (Source(id="one", title="One"), Source(id="two", title="Two"))
FRANCE = Territory(id=NATION, label="France")
INDICATOR = Indicator(id="wait", label="Attente", label_en="Waiting time", unit="days", frequency=12, delay=3)
GOOD_REFORM = {
    "id": "r",
    "label": "Réforme",
    "lead": Lead(organisation_id="ditp", role="head"),
    "calendar": "2018/2022",
    "indicator_ids": ["wait"],
}


def observed(kind: str, period: str = "2018", **more: Any) -> Observation:
    """Return an observation of the indicator."""
    given = {"value": None if "state" in more else 1, **more}
    return Observation(indicator_id="wait", kind=kind, period=period, **given)


MEASURED = (INDICATOR, observed("baseline", "2017"), observed("target", "2022"), observed("actual", "2018"))


def reform(**changes: Any) -> tuple[Any, ...]:
    """Return a reform in order, but for *changes*, with all it refers to."""
    return (DITP, *MEASURED, Reform(**{**GOOD_REFORM, **changes}))


def measured_but(*gone: str) -> tuple[Any, ...]:
    """Return the indicator and its values, but for some kinds."""
    return tuple(item for item in MEASURED if not (isinstance(item, Observation) and item.kind in gone))


def lever(**more: Any) -> Lever:
    """Return a lever."""
    return Lever(**{"id": "digital", "label": "Numérique", "label_en": "Digital", **more})


def fund(**more: Any) -> Fund:
    """Return a fund of one award."""
    return Fund(id="f", label="F", awards=[Award(id="a", label="Cloud", **more)])


def survey(**more: Any) -> Survey:
    """Return a survey of one result."""
    share = Quantity.exact("86.0", "%")
    result = SurveyResult(id="s", question="Satisfied?", share=share, source_id="one", **more)
    return Survey(id="firms", label="Firms", population="Firms", results=[result])


def event(**more: Any) -> tuple[Any, ...]:
    """Return a programme with one event whose date is sourced."""
    date = Sourced(value=Period("2017-12-14"), source_id="one", **more)
    return (*SOURCES, Programme(id="p", label="P", kind="national", events=[Event(id="e", label="E", on=date)]))


DISPUTE = {
    "alternatives": [Stated(value=Period("2017-12-15"), source_id="two")],
    "preferred_because": "it was there",
}
LATE = Milestone(id="pilot", label="Pilote", planned="2019-05")
EFFECT = IntendedEffect(indicator_id="wait", direction="decrease")

CASES: dict[str, tuple[tuple[Any, ...], tuple[Any, ...], str]] = {
    "reform-without-lead": (reform(lead=None), reform(), "reforms/r"),
    "reform-without-calendar": (reform(calendar=None), reform(), "reforms/r"),
    "reform-without-indicator": (reform(indicator_ids=[]), reform(), "reforms/r"),
    "indicator-without-baseline": (measured_but("baseline"), MEASURED, "indicators/wait"),
    "indicator-without-target": (measured_but("target"), MEASURED, "indicators/wait"),
    "indicator-without-recent-value": (measured_but("actual"), MEASURED, "indicators/wait"),
    "milestone-past-and-not-done": (
        reform(milestones=[LATE]),
        reform(milestones=[LATE.done("2019-06-01")]),
        "reforms/r/milestones/pilot",
    ),
    "award-without-contract": (
        (fund(decided_on="2018-12-13"),),
        (fund(decided_on="2018-12-14"),),
        "funds/f/awards/a",
    ),
    "lever-without-indicator": ((lever(),), (*MEASURED, lever(effects=[EFFECT])), "levers/digital"),
    "result-without-sample-size": (
        (*SOURCES, survey()),
        (*SOURCES, survey(sample_size=100)),
        "surveys/firms/results/s",
    ),
    "sources-in-conflict": (event(**DISPUTE), event(), "programmes/p/events/e/on"),
}


@pytest.mark.parametrize("rule", CASES)
def test_a_portfolio_that_trips_one_rule(rule: str) -> None:
    """One portfolio trips this rule and no other, with a subject, two sentences and what mends it."""
    (found,) = check(Portfolio.of(FRANCE, *CASES[rule][0]), as_of=DAY)
    assert (found.rule, found.subject) == (rule, CASES[rule][2])
    assert all([found.fr, found.en, found.mend_fr, found.mend_en])
    assert found.severity in {Severity.NOTE, Severity.WARNING}


@pytest.mark.parametrize("rule", CASES)
def test_a_portfolio_that_trips_none(rule: str) -> None:
    """Its neighbour, with the one thing put right, trips none."""
    assert check(Portfolio.of(FRANCE, *CASES[rule][1]), as_of=DAY) == ()


def test_every_rule_has_its_case() -> None:
    """No rule of the table is without its two portfolios; ceilings have theirs in the tests of the legal rules."""
    assert set(RULES) == {*CASES, "budget-ceilings"}


# ---------------------------------------------------------------- the rules, closer


def found_by(rule: str, *items: Any, as_of: str = DAY) -> list[Finding]:
    """Return what one rule finds."""
    return list(check(Portfolio.of(FRANCE, *items), as_of=as_of, rules=[RULES[rule]]))


@pytest.mark.parametrize(
    ("as_of", "late"),
    [("2018-06-01", False), ("2020-03-31", False), ("2020-04-01", True)],
)
def test_a_value_is_recent_for_its_period_and_its_delay(as_of: str, late: bool) -> None:
    """2018's value, due every 12 months with 3 of delay, is recent until 31 March 2020."""
    rule = "indicator-without-recent-value"
    found = found_by(rule, INDICATOR, observed("actual", "2018"), as_of=as_of)
    assert bool(found) is late
    assert [finding.en for finding in found] == ["The indicator 'Waiting time' has had no value since 2018."] * late


def test_an_indicator_without_frequency_is_yearly() -> None:
    """Where no source says how often a value comes, a year is long enough; an open interval is never old."""
    bare = Indicator(id="wait", label="Attente", unit="days")
    rule = "indicator-without-recent-value"
    assert found_by(rule, bare, observed("actual", "2018"), as_of="2019-12-31") == []
    (late,) = found_by(rule, bare, observed("actual", "2018"), as_of="2020-01-01")
    assert late.fr == "L’indicateur «\u00a0Attente\u00a0» n’a pas de valeur depuis 2018."
    assert found_by(rule, bare, observed("actual", "2010/.."), as_of="2020-01-01") == []


def test_what_is_not_in_the_books_yet_does_not_count() -> None:
    """A value recorded later, of a later period, or not measured, is no value on the day; a later target is one."""
    rule = "indicator-without-recent-value"
    for row in (
        observed("actual", "2018", recorded_on="2019-07-01"),
        observed("actual", "2020"),
        observed("actual", "2018", state="coming"),
    ):
        (found,) = found_by(rule, INDICATOR, row)
        assert found.en == "The indicator 'Waiting time' has no value yet."
    assert found_by(rule, INDICATOR, observed("actual", "2018", recorded_on="2019-06-14")) == []
    assert found_by("indicator-without-target", INDICATOR, observed("target", "2022")) == []


def test_context_needs_neither_baseline_nor_target() -> None:
    """An indicator of context is not steered."""
    context = Indicator(id="wait", label="Attente", unit="days", kind="context")
    for rule in ("indicator-without-baseline", "indicator-without-target"):
        assert found_by(rule, context) == []


def test_a_contract_counts_from_its_day() -> None:
    """A contract signed after the day is none yet; a decision of unknown date starts no clock."""
    rule = "award-without-contract"
    assert found_by(rule, fund(decided_on="2018-06-20", contracted_on="2018-09-01")) == []
    assert len(found_by(rule, fund(decided_on="2018-06-20", contracted_on="2019-09-01"))) == 1
    assert found_by(rule, fund()) == []


def test_milestones_of_projects_and_programmes_count() -> None:
    """A late milestone is found wherever it stands, with its date in the language of the sentence."""
    items = [
        Programme(id="p", label="P", kind="national", milestones=[LATE]),
        Project(id="q", label="Q", milestones=[LATE, Milestone(id="next", label="N", planned="2020")]),
    ]
    found = found_by("milestone-past-and-not-done", *items)
    assert [finding.subject for finding in found] == ["programmes/p/milestones/pilot", "projects/q/milestones/pilot"]
    assert found[0].fr == ("Le jalon «\u00a0Pilote\u00a0» était prévu (mai 2019) et n’est pas atteint au 14 juin 2019.")


def test_a_lever_above_one_that_aims_is_in_order() -> None:
    """A lever is measured by those below it; a tree that runs in circles does not hang."""
    below = lever(id="cloud", parent_id="digital", effects=[EFFECT])
    rule = "lever-without-indicator"
    assert found_by(rule, *MEASURED, lever(), below) == []
    circle = (lever(id="a", parent_id="b"), lever(id="b", parent_id="a"))
    assert len(found_by(rule, *circle)) == 2


def test_conflicts_say_what_each_source_says() -> None:
    """The sentence gives every value with its source, in the form its kind and language want."""
    (found,) = found_by("sources-in-conflict", *event(**DISPUTE))
    assert found.en == "Sources disagree: 14 December 2017 (one); 15 December 2017 (two). Preferred: one, it was there."
    assert found.fr == (
        "Les sources divergent\u00a0: 14 décembre 2017 (one)\u00a0; 15 décembre 2017 (two). "
        "Retenu\u00a0: one, it was there."
    )


@pytest.mark.parametrize(
    ("value", "other", "said"),
    [
        (Quantity.exact(17, "count"), Quantity.about(16, "count"), "17 (one); about 16 (two)."),
        (
            Quantity.between(3, 5, "days"),
            Quantity.at_least(4, "days"),
            "between 3\u00a0days and 5\u00a0days (one); at least 4\u00a0days (two).",
        ),
    ],
)
def test_conflicts_word_quantities(value: Quantity, other: Quantity, said: str) -> None:
    """A quantity in conflict is written with its bounds and its unit."""
    stated = Stated(value=other, source_id="two")
    sourced = Sourced(value=value, source_id="one", alternatives=[stated], preferred_because="newer")
    figure = Figure(id="n", label="N", value=sourced)
    (found,) = found_by("sources-in-conflict", *SOURCES, Reform(id="r", label="R", figures=[figure]))
    assert said in found.en
    assert found.subject == "reforms/r/figures/n/value"


def test_conflicts_word_amounts() -> None:
    """An amount in conflict is written in euros, in the way of the language."""
    stated = Stated(value=Euros(764), source_id="two")
    size = Sourced(value=Euros(700), source_id="one", alternatives=[stated], preferred_because="announced.")
    (found,) = found_by("sources-in-conflict", *SOURCES, Fund(id="f", label="F", allocation=size))
    assert found.en == "Sources disagree: €700 (one); €764 (two). Preferred: one, announced."
    assert "700\u00a0€ (one)\u00a0; 764\u00a0€ (two)." in found.fr


def test_conflicts_word_counts() -> None:
    """A bare number in conflict is written with grouped thousands."""
    stated = Stated(value=45_123, source_id="two")
    people = Sourced(value=45_500, source_id="one", alternatives=[stated], preferred_because="newer")
    found = check(Portfolio.of(*SOURCES, Territory(id=NATION, label="F", population=people)), as_of=DAY)
    assert [finding.subject for finding in found] == ["territories/FR/population"]
    assert "45,500 (one); 45,123 (two)" in found[0].en


# ---------------------------------------------------------------- sets of rules


def labels_are_short(portfolio: Portfolio, as_of: Day) -> Iterator[Finding]:
    """Find, as a user's own rule would, the projects whose label is long."""
    for project in portfolio.projects.values():
        if len(project.label) > 10:
            subject = f"projects/{project.id}"
            yield Finding(rule="long", severity="note", subject=subject, fr=f"Long au {as_of}.", en=f"Long on {as_of}.")


def test_users_add_their_own_rule() -> None:
    """A plain function stands beside the rules of the table, alone or with them, and is given the day."""
    plan = Portfolio.of(Project(id="p", label="A very long label"), Reform(id="r", label="R"))
    (alone,) = check(plan, as_of=DAY, rules=[labels_are_short])
    assert alone.en == "Long on 2019-06-14."
    together = check(plan, as_of=DAY, rules=(*RULES.values(), labels_are_short))
    assert [finding.rule for finding in together] == [
        "reform-without-lead",
        "reform-without-calendar",
        "reform-without-indicator",
        "long",
    ]


def test_a_day_is_asked_for() -> None:
    """Nothing reads the clock: a check without a proper day is refused."""
    with pytest.raises(InvalidValueError, match=r"check.as_of: expected a day"):
        check(Portfolio(), as_of="today")


def test_the_catalogue_is_checked_without_error() -> None:
    """The catalogue's own disputes are found, the fund's size among them, and its budget breaches no ceiling."""
    found = check(catalogue.action_publique_2022(), as_of="2019-06-14")
    assert "funds/ftap/allocation" in {finding.subject for finding in found if finding.rule == "sources-in-conflict"}
    assert all(finding.severity is not Severity.BREACH for finding in found)
    assert check(Portfolio(), as_of=DAY) == ()
