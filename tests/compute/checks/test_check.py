"""Each rule has one portfolio that trips only it, and one that trips none; sets of rules compose."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

import levier
from levier import (
    NATION,
    Appropriations,
    Award,
    BudgetLine,
    BudgetMovement,
    BudgetProgramme,
    Campus,
    CampusSession,
    CarteBlanche,
    ChallengeCall,
    Day,
    Dimension,
    DimensionCode,
    Event,
    Fund,
    Indicator,
    IntendedEffect,
    JournalEntry,
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
    Survey,
    Territory,
    catalogue,
)
from levier.compute.checks.check import RULES
from levier.errors import InvalidValueError
from levier.indicators import IndicatorWeight
from levier.instruments import ChallengeStage
from levier.model.sources import Stated
from levier.plans import Establishment, Lead, Succession
from levier.rules import LATENESS_RULES, MONEY_RULES, REFORM_RULES, Finding, Severity, check
from levier.statistics import SurveyResult

DAY = "2019-06-14"
DITP = Organisation(id="ditp", label="DITP", kind="interministerial-directorate")
SOURCES = (Source(id="one", title="One"), Source(id="two", title="Two"))
FRANCE = Territory(id=NATION, label="France")
INDICATOR = Indicator(
    id="wait", label="Attente", label_en="Waiting time", unit="days", periodicity_months=12, lag_months=3
)
GOOD_REFORM = {
    "id": "r",
    "label": "Réforme",
    "lead": Lead(organisation_id="ditp", role="head"),
    "calendar": "2018/2022",
    "indicator_ids": ["wait"],
    "weights": [IndicatorWeight(indicator_id="wait", level="nation", weight=1)],
    "source_ids": ["one"],
}


def observed(kind: str, period: str = "2018", **more: Any) -> Observation:
    """Return a sourced observation of the indicator."""
    given = {"value": 1, "source_id": "one", **more}
    return Observation(indicator_id="wait", kind=kind, period=period, **given)


BASELINE, TARGET, ACTUAL = observed("baseline", "2018"), observed("target", "2022"), observed("actual", "2018")
MEASURED = (INDICATOR, BASELINE, TARGET, ACTUAL)


def reform(**changes: Any) -> tuple[Any, ...]:
    """Return a reform in order, but for *changes*, with all it refers to."""
    return (DITP, *MEASURED, Reform(**{**GOOD_REFORM, **changes}))


def lever(**more: Any) -> Lever:
    """Return a lever."""
    return Lever(**{"id": "digital", "label": "Numérique", "effects": [EFFECT], "source_ids": ["one"], **more})


def project(**more: Any) -> Project:
    """Return a sourced project."""
    return Project(id="p", label="Projet", source_ids=["one"], **more)


def body(identifier: str, **more: Any) -> Organisation:
    """Return a body."""
    return Organisation(id=identifier, label=identifier.upper(), kind="operator", **more)


def offices(*periods: str) -> Organisation:
    """Return a body that had a head office in each period."""
    sirets = ("13000548100010", "13000548100028")
    held = [Establishment(siret=siret, head_office=period) for siret, period in zip(sirets, periods, strict=True)]
    return body("b", siren="130005481", establishments=held)


def annecy(last: str) -> tuple[Territory, ...]:
    """Return a municipality and another one that it took over after a year."""
    step = Succession(on=f"{int(last) + 1}-01-01", predecessor_ids=["74010", "74268"])
    return Territory(id="74010", label="Annecy", successions=[step]), Territory(id="74268", label="Seynod")


def pair(period: str) -> tuple[Territory, ...]:
    """Return two intercommunalities with one municipality, the second one of a period."""
    one = Territory(id="200023737", label="CA du Grand Cahors", part_ids=["46042"])
    two = Territory(id="200066793", label="CA voisine", part_ids=["46042"], period=period)
    return Territory(id="46042", label="Cahors"), one, two


def fund(**more: Any) -> Fund:
    """Return a fund of one award."""
    return Fund(id="f", label="F", awards=[Award(id="a", label="Cloud", source_ids=["one"], **more)])


def spent(*kinds: str) -> Fund:
    """Return a fund that committed and paid 60 for its award, with entries of more kinds of 20 each."""
    signed = fund(amount=100, contracted_on="2018-09-01").with_commitment("a", 60, on="2018-10-01")
    entries = [JournalEntry(award_id="a", kind=kind, amount=20, on="2019-03-01") for kind in kinds]
    paid = signed.with_payment("a", 60, on="2019-02-01")
    return evolve(paid, entries=[*paid.entries, *entries])


def survey(**more: Any) -> Survey:
    """Return a survey of one result."""
    share = Quantity.exact("86.0", "%")
    result = SurveyResult(id="s", question="Satisfied?", share=share, source_id="one", **more)
    return Survey(id="firms", label="Firms", population="Firms", results=[result])


def event(**more: Any) -> Programme:
    """Return a programme with one event whose date is sourced."""
    date = Sourced(value=Period("2017-12-14"), source_id="one", **more)
    return Programme(id="p", label="P", kind="national", events=[Event(id="e", label="E", on=date)])


def staff(commitment: int, payment: int) -> BudgetProgramme:
    """Return a budget programme with what was voted for its staff."""
    amounts = Appropriations(commitment, payment)
    line = BudgetLine(year=2018, stage="voted", title="staff", amounts=amounts, source_id="one")
    return BudgetProgramme(id=349, label="P349", lines=[line])


def voted(*amounts: int) -> BudgetProgramme:
    """Return a budget programme with the payments that each document says were voted."""
    lines = [
        BudgetLine(year=2018, stage="voted", amounts=Appropriations(1, amount), source_id=source.id)
        for amount, source in zip(amounts, SOURCES, strict=True)
    ]
    return BudgetProgramme(id=349, label="P349", lines=lines)


def transfers(*days: str) -> BudgetProgramme:
    """Return a budget programme of which one document tells a transfer of these days."""
    amounts = Appropriations(1, 1)
    moves = [BudgetMovement(year=2018, kind="transfer", on=day, amounts=amounts, source_id="one") for day in days]
    return BudgetProgramme(id=349, label="P349", movements=moves)


def dated(**dates: str) -> dict[str, Sourced[Period]]:
    """Return dates with their source."""
    return {name: Sourced(value=Period(date), source_id="one") for name, date in dates.items()}


def carte_blanche(**dates: str) -> CarteBlanche:
    """Return a sourced Carte blanche."""
    return CarteBlanche(id="c", label="Cahors", source_ids=["one"], **dated(**dates))


def session(campus_id: str) -> tuple[Any, ...]:
    """Return a session of what is named, with a campus and a Carte blanche."""
    held = {"campus_id": campus_id, "territory_id": NATION, "period": "2019-03", "source_ids": ["one"]}
    campus = Campus(id="campus", label="Campus", source_ids=["one"])
    return (campus, carte_blanche(), CampusSession(id="s", label="Design", **held))


def call(*teams: int) -> ChallengeCall:
    """Return a sourced challenge call with so many teams at each stage."""
    stages = [
        ChallengeStage(phase=phase, teams=Quantity.exact(count, "count"))
        for phase, count in zip(("exploration", "incubation"), teams, strict=True)
    ]
    return ChallengeCall(id="defis", label="Défis", stages=stages, source_ids=["one"])


def by_sex(total: int) -> tuple[Any, ...]:
    """Return a total of jobs, with one woman and one man."""
    codes = [DimensionCode(code=code, label=code) for code in ("F", "M")]
    jobs = Indicator(id="jobs", label="Emplois", unit="count", kind="context", aggregation="sum")
    about = {"indicator_id": "jobs", "period": "2018", "kind": "actual", "source_id": "one"}
    parts = [Observation(value=1, breakdown={"sex": code.code}, **about) for code in codes]
    return (
        jobs,
        Dimension(id="sex", label="Sexe", codes=codes, is_partition=True),
        Observation(value=total, **about),
        *parts,
    )


DISPUTE = {
    "alternatives": [Stated(value=Period("2017-12-15"), source_id="two")],
    "preferred_because": "it was there",
}
LATE = Milestone(id="pilot", label="Pilote", planned="2019-05")
EFFECT = IntendedEffect(indicator_id="wait", direction="decrease")


class Case(NamedTuple):
    """What trips a rule and no other, what trips none, the subject found, and the finding where not the rule's name."""

    trips: tuple[Any, ...]
    mended: tuple[Any, ...]
    subject: str
    finding: str = ""


CASES = {
    "reform-without-lead": Case(reform(lead=None), reform(), "reforms/r"),
    "reform-without-calendar": Case(reform(calendar=None), reform(), "reforms/r"),
    "reform-without-indicator": Case(reform(indicator_ids=[], weights=[]), reform(), "reforms/r"),
    "indicator-without-baseline": Case((INDICATOR, TARGET, ACTUAL), MEASURED, "indicators/wait"),
    "indicator-without-target": Case((INDICATOR, BASELINE, ACTUAL), MEASURED, "indicators/wait"),
    "indicator-without-recent-value": Case((INDICATOR, BASELINE, TARGET), MEASURED, "indicators/wait"),
    "definition-break-crossed": Case(
        (INDICATOR, BASELINE, observed("target", "2022", definition=2), observed("actual", definition=2)),
        (INDICATOR, *[observed(row.kind, row.period.text, definition=2) for row in (BASELINE, TARGET, ACTUAL)]),
        "indicators/wait",
    ),
    "month-disputed": Case(
        (*MEASURED, observed("actual", value=2, source_id="two")),
        (*MEASURED, observed("actual", value=1, source_id="two")),
        "indicators/wait",
    ),
    "target-before-baseline": Case(
        (INDICATOR, BASELINE, ACTUAL, observed("target", "2017")), MEASURED, "indicators/wait"
    ),
    "reform-without-weights": Case(reform(weights=[]), reform(), "reforms/r"),
    "lever-without-indicator": Case((lever(effects=[]),), (*MEASURED, lever()), "levers/digital"),
    "result-without-sample-size": Case((survey(),), (survey(sample_size=100),), "surveys/firms/results/s"),
    "milestone-past-and-not-done": Case(
        reform(milestones=[LATE]), reform(milestones=[LATE.done("2019-06-01")]), "reforms/r/milestones/pilot"
    ),
    "project-past-its-calendar": Case((project(calendar="2019-05"),), (project(calendar="2019-06"),), "projects/p"),
    "award-without-contract": Case(
        (fund(decided_on="2018-12-13"),), (fund(decided_on="2018-12-14"),), "funds/f/awards/a"
    ),
    "recovery-not-released": Case((spent("recovery"),), (spent("recovery", "decommitment"),), "funds/f/awards/a"),
    "circular-hierarchy": Case(
        (*MEASURED, lever(parent_id="cloud"), lever(id="cloud", parent_id="digital")),
        (*MEASURED, lever(), lever(id="cloud", parent_id="digital")),
        "levers/cloud",
    ),
    "circular-succession": Case(
        (body("dinsic", predecessor_ids=["dinum"]), body("dinum", predecessor_ids=["dinsic"])),
        (body("dinsic"), body("dinum", predecessor_ids=["dinsic"])),
        "organisations/dinsic",
    ),
    "closed-before-begun": Case(
        (carte_blanche(launched_on="2019-03", closed_on="2019-01"),),
        (carte_blanche(launched_on="2019-01", closed_on="2019-03"),),
        "instruments/c",
    ),
    "session-of-no-campus": Case(session("c"), session("campus"), "instruments/s"),
    "stage-with-more-teams": Case((call(20, 24),), (call(24, 20),), "instruments/defis/stages/1"),
    "two-head-offices": Case((offices("2008/..", "2015/.."),), (offices("2008/2015", "2015/.."),), "organisations/b"),
    "value-off-scale": Case(
        (INDICATOR, BASELINE, TARGET, observed("actual", value=78)), MEASURED, f"indicators/wait/{NATION}"
    ),
    "value-out-of-range": Case(
        (INDICATOR, BASELINE, observed("target", "2022", value=-1), ACTUAL), MEASURED, f"indicators/wait/{NATION}"
    ),
    "total-differs-from-parts": Case(by_sex(3), by_sex(2), f"indicators/jobs/{NATION}"),
    "value-outside-lifetime": Case(
        (*MEASURED, *annecy("2016"), observed("forecast", "2017", territory_id="74268")),
        (*MEASURED, *annecy("2016"), observed("forecast", "2016", territory_id="74268")),
        "indicators/wait/74268",
    ),
    "predecessor-not-there": Case(
        (annecy("2016")[0], Territory(id="74268", label="Seynod", period="2018/..")),
        annecy("2016"),
        "territories/74010/successions/2017-01-01",
    ),
    "part-of-two": Case(pair("2017/.."), pair("2017/2018"), "territories/46042"),
    "effect-in-another-unit": Case(
        (*MEASURED, lever(effects=[evolve(EFFECT, size=Quantity.exact(5, "months"))])),
        (*MEASURED, lever(effects=[evolve(EFFECT, size=Quantity.exact(5, "days"))])),
        "levers/digital/effects/wait",
    ),
    "effect-against-its-direction": Case(
        (*MEASURED, lever(effects=[evolve(EFFECT, direction="increase", size=Quantity.exact(-5, "days"))])),
        (*MEASURED, lever(effects=[evolve(EFFECT, direction="decrease", size=Quantity.exact(-5, "days"))])),
        "levers/digital/effects/wait",
    ),
    "source-missing": Case(reform(source_ids=[]), reform(), "reforms/r"),
    "value-without-source": Case(
        (INDICATOR, BASELINE, TARGET, observed("actual", source_id=None)), MEASURED, "indicators/wait"
    ),
    "sources-in-conflict": Case((event(**DISPUTE),), (event(),), "programmes/p/events/e/on"),
    "movements-alike": Case(
        (transfers("2018-03-12", "2018-03-12"),),
        (transfers("2018-03-12", "2018-04-12"),),
        "budget_programmes/349/2018",
    ),
    "budget-statements-disputed": Case((voted(10, 9),), (voted(10, 10),), "budget_programmes/349"),
    "budget-ceilings": Case(
        (staff(10, 9),), (staff(10, 10),), "budget_programmes/349/2018", "staff-commitments-equal-payments"
    ),
}


@pytest.mark.parametrize("rule", CASES)
def test_a_portfolio_that_trips_one_rule(rule: str) -> None:
    """One portfolio trips this rule and no other, with a subject, two sentences and what mends it."""
    case = CASES[rule]
    (found,) = check(Portfolio.of(FRANCE, *SOURCES, *case.trips), as_of=DAY)
    assert (found.rule, found.subject) == (case.finding or rule, case.subject)
    assert all([found.sentence("fr"), str(found), found.mend("fr"), found.mend("en")])


@pytest.mark.parametrize("rule", CASES)
def test_a_portfolio_that_trips_none(rule: str) -> None:
    """Its neighbour, with the one thing put right, trips none."""
    assert check(Portfolio.of(FRANCE, *SOURCES, *CASES[rule].mended), as_of=DAY) == ()


def test_every_rule_has_its_case() -> None:
    """No rule of the table is without its two portfolios."""
    assert set(RULES) == set(CASES)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_says_what_it_finds(rule: str) -> None:
    """The first line of a rule's docstring is one sentence, for a page to list."""
    first, *_ = (inspect.getdoc(RULES[rule]) or "").splitlines()
    assert first.startswith("Find ")
    assert first.endswith(".")


# ---------------------------------------------------------------- whatever the portfolio


@given(st.from_type(Portfolio), st.from_type(Day))
def test_checks_hold_for_every_portfolio(plan: Portfolio, day: Day) -> None:
    """Nothing raises, whatever is known; each subject leads into a registry or the budget; twice is the same."""
    found = check(plan, as_of=day)
    places = {attribute.name for attribute in fields(Portfolio)} - {"observations"} | {"budget"}
    assert {finding.subject.partition("/")[0] for finding in found} <= places
    assert check(plan, as_of=day) == found


# ---------------------------------------------------------------- sets of rules


def labels_are_short(portfolio: Portfolio, as_of: Day) -> Iterator[Finding]:
    """Find, as a user's own rule would, the projects whose label is long."""
    for project in portfolio.projects.values():
        if len(project.label) > 10:
            subject = f"projects/{project.id}"
            yield Finding(rule="long", severity="note", subject=subject, message=f"Long on {as_of}.")


@pytest.mark.parametrize("text", ["", " ", None, 3])
def test_a_finding_says_something(text: Any) -> None:
    """A blank text, and what is no text at all, are refused."""
    with pytest.raises(InvalidValueError, match="not blank"):
        Finding(rule="r", severity="note", subject="s", message=text)


PLAN = Portfolio.of(Project(id="p", label="A very long label"), Reform(id="r", label="R"))


def test_users_add_their_own_rule() -> None:
    """A plain function stands beside a set, alone or with several sets, and is given the day."""
    (alone,) = check(PLAN, as_of=DAY, rules=[labels_are_short])
    assert str(alone) == "Long on 2019-06-14."
    expected = ["reform-without-lead", "reform-without-calendar", "reform-without-indicator", "long"]
    for rules in (
        REFORM_RULES | {"long": labels_are_short},
        [*REFORM_RULES.values(), labels_are_short],
        REFORM_RULES | MONEY_RULES | {"long": labels_are_short},
    ):
        assert [finding.rule for finding in check(PLAN, as_of=DAY, rules=rules)] == expected


def test_sets_are_parts_of_the_whole() -> None:
    """Every set is part of the table, together they are the table, and a rule in two of them finds things once."""
    sets = [getattr(levier.rules, name) for name in levier.rules.__all__ if name.endswith("_RULES")]
    assert {name: rule for rules in sets for name, rule in rules.items()} == RULES
    both = LATENESS_RULES | MONEY_RULES
    plan = Portfolio.of(*SOURCES, fund(decided_on="2018-01-01"))
    assert [finding.rule for finding in check(plan, as_of=DAY, rules=both)] == ["award-without-contract"]


def test_a_signature_says_how_many_rules_there_are() -> None:
    """What `help` prints of `check` is one line, not a table of functions; a set that was joined is as short."""
    assert f"= <Rules: {len(RULES)}>)" in str(inspect.signature(check))
    assert repr(REFORM_RULES | {"long": labels_are_short}) == "<Rules: 4>"
    assert [*({"long": labels_are_short} | REFORM_RULES)] == ["long", *REFORM_RULES]


def test_the_order_of_findings_is_not_that_of_imports() -> None:
    """Whoever imports one module of rules first gets the same table."""
    program = "import levier.compute.checks.sources; from levier.rules import RULES; print(*RULES)"
    listed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert listed.stdout.split() == list(RULES)


def test_what_cannot_be_called_is_no_rule() -> None:
    """The name of a rule in place of the rule is refused, with what a rule is."""
    with pytest.raises(InvalidValueError, match=r"check.rules: expected functions from a portfolio and a day"):
        check(Portfolio(), as_of=DAY, rules=["reform-without-lead"])


def test_a_day_is_asked_for() -> None:
    """Nothing reads the clock: a check without a proper day is refused."""
    with pytest.raises(InvalidValueError, match=r"check.as_of: expected a day"):
        check(Portfolio(), as_of="today")


def test_the_catalogue_is_checked_without_error() -> None:
    """The catalogue's disputes are found, no fact of it lacks a source, and its budget breaches no ceiling."""
    found = check(catalogue.action_publique_2022(), as_of="2025-01-01")
    assert "funds/ftap/allocation" in {finding.subject for finding in found if finding.rule == "sources-in-conflict"}
    assert {finding.rule for finding in found}.isdisjoint({"source-missing", "value-without-source"})
    assert all(finding.severity is not Severity.BREACH for finding in found)
    assert check(Portfolio(), as_of=DAY) == ()
