"""Small questions about what changed, what conflicts, and what is found amiss: every branch of what is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve
from golden_said import Case, case

from levier import (
    Appropriations,
    Award,
    BudgetLine,
    BudgetProgramme,
    Campus,
    CampusSession,
    CarteBlanche,
    ChallengeCall,
    CommunityHub,
    Euros,
    Event,
    Figure,
    Fund,
    Indicator,
    IntendedEffect,
    JournalEntry,
    Lever,
    LeverActivation,
    Milestone,
    Observation,
    Organisation,
    Period,
    Portfolio,
    Programme,
    Project,
    Quantity,
    Reform,
    Risk,
    Saving,
    Source,
    Sourced,
    Survey,
    Territory,
    history,
    rules,
)
from levier.budget import OutstandingStatement, PaymentSchedule, ScheduledPayment
from levier.fund import Journal
from levier.indicators import IndicatorWeight
from levier.instruments import ChallengeStage
from levier.model.quantities import COUNT, PERCENT
from levier.model.sources import Stated
from levier.plans import ConfidenceRating, Lead, PhaseStep, Revision
from levier.statistics import SurveyResult

AROUND = (
    Territory(id="FR", label="France"),
    Territory(id="46", label="Lot", parent_id="FR"),
    Organisation(id="ditp", label="DITP", kind="other"),
    Lever(id="digital", label="Numérique", label_en="Digital"),
    Indicator(id="delay", label="Délai", label_en="Delay", unit="days"),
    Source(id="old", title="Ancien document", published_on="2018-10"),
    Source(id="late", title="Document récent", published_on="2019-10"),
    Source(id="may", title="Tableau de bord", published_on="2024-05"),
    Source(id="june", title="Tableau de bord", published_on="2024-06"),
)
PROJECT = Project(id="fc", label="FranceConnect")
PILOT = Milestone(id="pilot", label="Pilote ouvert", planned="2019-09")
LATE = PILOT.revised_to("2020-01", on="2019-10-01", because="contrat tardif")
STEP = PhaseStep(phase="experimentation", on="2019-06-20", because="3e CITP")
RATING = ConfidenceRating(level="attainable", on="2024-01-12", by_id="ditp")
REFORM = Reform(id="r", label="Réforme", label_en="Reform R", indicator_ids=["delay"])
SAVED = {"kind": "achieved", "nature": "unstated", "whose": "État", "method": "déclaré", "source_id": "old"}


def row(value: Any, kind: str = "target", **more: Any) -> Observation:
    """Return one observation, of the year 2020 unless another is named."""
    return Observation(**{"indicator_id": "delay", "period": "2020", "kind": kind, "value": value, **more})


def at(**more: Any) -> Project:
    """Return the project with other fields."""
    return evolve(PROJECT, **more)


def fund(**more: Any) -> Fund:
    """Return a fund."""
    return Fund(id="ftap", label="FTAP", **more)


def granted(**more: Any) -> Fund:
    """Return a fund of one award."""
    return fund(awards=[Award(id="a", label="Cloud", **more)])


def budget(**more: Any) -> BudgetProgramme:
    """Return a budget programme."""
    return BudgetProgramme(id=349, label="Transformation", **more)


def voted(commitment: int, payment: int = 148, source: str = "old", **more: Any) -> BudgetLine:
    """Return what was voted."""
    return BudgetLine(year=2021, stage="voted", amounts=Appropriations(commitment, payment), source_id=source, **more)


def sourced(value: Any, source: str = "old", **more: Any) -> Sourced[Any]:
    """Return a value with its source."""
    return Sourced(value=value, source_id=source, **more)


def number(value: Quantity, **more: Any) -> Figure:
    """Return a published figure."""
    return Figure(id="n", label="Communes", value=sourced(value, **more))


TWO = [PILOT, evolve(PILOT, id="end", label="Fin")]
PULL = LeverActivation(lever_id="digital", cost=sourced(Euros(1)))
SURVEY = Survey(
    id="s",
    label="Baromètre",
    population="Usagers",
    results=[SurveyResult(id="a", question="Satisfait ?", share=Quantity.exact(80, PERCENT), source_id="old")],
)
EVENT = Event(id="citp", label="3e CITP", label_en="3rd CITP", on=sourced(Period("2019-06-20")))
ENTRY = JournalEntry(award_id="a", kind="commitment", amount=60, on="2018-10-01")
BASE = fund(awards=[Award(id="a", label="Cloud", amount=100, contracted_on="2018-09-01")], entries=[ENTRY])
CHANGES: dict[str, tuple[Any, Any]] = {
    "a project comes": (None, PROJECT),
    "a project goes": (PROJECT, None),
    "an event comes": (
        Programme(id="p", label="AP", kind="national"),
        Programme(id="p", label="AP", kind="national", events=[EVENT]),
    ),
    "a figure comes": (PROJECT, at(figures=[number(Quantity.about(40, COUNT))])),
    "a figure changes": (
        at(figures=[number(Quantity.about(40, COUNT))]),
        at(figures=[number(Quantity.at_least(40, COUNT))]),
    ),
    "a figure reads alike": (
        at(figures=[number(Quantity.about(40, COUNT))]),
        at(figures=[number(Quantity.about(40, COUNT, stated="une quarantaine"))]),
    ),
    "a phase": (PROJECT, at(steps=[STEP])),
    "two phases": (PROJECT, at(steps=[STEP, PhaseStep(phase="deployment", on="2020-02-01", because="bilan")])),
    "a phase with its source": (PROJECT, at(steps=[evolve(STEP, source_id="old")])),
    "steps written anew": (at(steps=[STEP]), at(steps=[evolve(STEP, because="autre raison")])),
    "a target revised in its place": (row(60, territory_id="46"), row(55, territory_id="46")),
    "a target that has no value now": (row(60), row(None, state="coming")),
    "a target that reads alike": (row("60.0001"), row("60.0002")),
    "a target of another document": (row(60, source_id="old"), row(55, source_id="late")),
    "a target told by no document": (row(60, source_id="old"), row(55)),
    "the same target of another document": (row(60, source_id="old"), row(60, source_id="late")),
    "a value recorded again": (row(60), row(60, recorded_on="2020-01-01")),
    "a target goes": (row(60), None),
    "a target without a value goes": (row(None, state="coming"), None),
    "a value comes": (None, row(4, "actual", source_id="old")),
    "two documents of one title": (row(20, source_id="may"), row(21, source_id="june")),
    "the source and the day": (
        row(20, source_id="may", recorded_on="2024-05-02"),
        row(20, source_id="june", recorded_on="2024-06-03"),
    ),
    "a milestone revised": (at(milestones=[PILOT]), at(milestones=[LATE])),
    "a milestone reached": (at(milestones=[PILOT]), at(milestones=[PILOT.done("2020-05-15")])),
    "a milestone planned anew": (at(milestones=[PILOT]), at(milestones=[evolve(PILOT, planned="2019-12")])),
    "revisions written anew": (
        at(milestones=[LATE]),
        at(milestones=[evolve(LATE, revisions=[Revision(planned="2020", decided_on="2019-09-01", because="x")])]),
    ),
    "done on another day": (at(milestones=[PILOT.done("2020-01-15")]), at(milestones=[PILOT.done("2020-01-16")])),
    "another order": (at(milestones=TWO), at(milestones=TWO[::-1])),
    "a milestone comes": (PROJECT, at(milestones=[LATE])),
    "an amount becomes known": (granted(amount=None), granted(amount=24_300_000)),
    "an amount changes": (granted(amount=1), granted(amount=2)),
    "an award comes": (fund(), granted(amount=500_000, decided_on="2023-06")),
    "an award goes": (granted(amount=500_000, decided_on="2023-06"), fund()),
    "both sides of a line": (budget(lines=[voted(40)]), budget(lines=[voted(41, 149)])),
    "a line of another document": (budget(lines=[voted(40)]), budget(lines=[voted(40, source="late")])),
    "a line with a caveat": (budget(lines=[voted(40)]), budget(lines=[voted(40, source="late", caveat="provisoire")])),
    "a line comes": (budget(), budget(lines=[voted(40)])),
    "a later line beside": (budget(lines=[voted(40)]), budget(lines=[voted(40), voted(45, source="late")])),
    "an allocation": (fund(), fund(allocation=sourced(Euros(700)))),
    "an allocation goes": (fund(allocation=sourced(Euros(700))), fund()),
    "an allocation revised": (
        fund(allocation=sourced(Euros(700))),
        fund(
            allocation=sourced(
                Euros(764),
                "late",
                alternatives=[Stated(value=Euros(700), source_id="old")],
                preferred_because="plus récent",
            )
        ),
    ),
    "an allocation confirmed": (
        fund(allocation=sourced(Euros(700))),
        fund(allocation=sourced(Euros(700), "late", on="2024")),
    ),
    "an entry": (BASE, BASE.with_payment("a", Euros(20), on="2019-01-01")),
    "an entry changes": (BASE, evolve(BASE, entries=Journal([evolve(ENTRY, amount=61)]))),
    "a saving": (fund(savings=[Saving(amount=1, **SAVED)]), fund(savings=[Saving(amount=2, **SAVED)])),
    "what is outstanding": (
        budget(outstanding=[OutstandingStatement(on="2019-12-31", amount=1, source_id="old")]),
        budget(outstanding=[OutstandingStatement(on="2019-12-31", amount=2, source_id="old")]),
    ),
    "a forecast comes": (
        budget(),
        budget(outstanding=[OutstandingStatement(on="2019-12-31", amount=1, source_id="old", is_forecast=True)]),
    ),
    "a schedule": (
        budget(schedules=[PaymentSchedule(payments=[ScheduledPayment(2025, 20)], stock=99, source_id="may")]),
        budget(schedules=[PaymentSchedule(payments=[ScheduledPayment(2025, 21)], stock=99, source_id="june")]),
    ),
    "a label": (PROJECT, at(label="FranceConnect+")),
    "a lead": (PROJECT, at(lead=Lead(organisation_id="ditp", role="cheffe"))),
    "a lever": (PROJECT, at(lever_ids=["digital"])),
    "an activation": (PROJECT, PROJECT.with_activations(LeverActivation(lever_id="digital", territory_ids=["46"]))),
    "the cost of an activation": (
        at(lever_ids=["digital"], activations=[PULL]),
        at(lever_ids=["digital"], activations=[evolve(PULL, cost=sourced(Euros(2)))]),
    ),
    "an instrument of another kind": (Campus(id="x", label="X"), CommunityHub(id="x", label="X")),
    "a first rating": (REFORM, evolve(REFORM, ratings=[RATING])),
    "another rating": (
        evolve(REFORM, ratings=[RATING]),
        evolve(
            REFORM,
            ratings=[
                RATING,
                ConfidenceRating(level="compromised", on="2024-03-12", by_id="ditp", because="retard"),
                ConfidenceRating(level="secured", on="2024-03-12", by_id="ditp", territory_id="46"),
            ],
        ),
    ),
    "a rating corrected": (
        evolve(REFORM, ratings=[RATING]),
        evolve(REFORM, ratings=[evolve(RATING, level="compromised")]),
    ),
    "a rating goes": (evolve(REFORM, ratings=[RATING]), REFORM),
    "a weight": (
        evolve(REFORM, weights=[IndicatorWeight(indicator_id="delay", level="nation", weight=30)]),
        evolve(REFORM, weights=[IndicatorWeight(indicator_id="delay", level="nation", weight=50)]),
    ),
    "places and dates": (
        at(territory_ids=["FR"], calendar="2024-03-01"),
        at(territory_ids=["46"]),
    ),
    "a weight that reads alike": (
        evolve(REFORM, weights=[IndicatorWeight(indicator_id="delay", level="nation", weight="30.0001")]),
        evolve(REFORM, weights=[IndicatorWeight(indicator_id="delay", level="nation", weight="30.0002")]),
    ),
    "a value that reads alike": (row("60.0001", "actual"), row("60.0002", "actual")),
    "a list that reads alike": (
        at(figures=[number(Quantity.exact("1.0001", COUNT))]),
        at(figures=[number(Quantity.exact("1.0002", COUNT))]),
    ),
    "a flag comes": (None, evolve(SURVEY, self_selected=True)),
    "a year": (budget(since=2018), budget(since=2019)),
    "a flag": (SURVEY, evolve(SURVEY, self_selected=True)),
    "a share": (
        SURVEY,
        evolve(SURVEY, results=[evolve(SURVEY.results[0], share=Quantity.exact(81, PERCENT), sample_size=1000)]),
    ),
    "a unit": (None, Indicator(id="share", label="Part", unit="%", periodicity_months=3, lag_months=1, decimals=1)),
    "a direction": (
        Indicator(id="i", label="I", unit="days"),
        Indicator(id="i", label="I", unit="%", direction="decrease"),
    ),
}


def changes() -> Iterator[Case]:
    """Yield what is said of every kind of change."""
    for name, (before, after) in CHANGES.items():
        old, new = (Portfolio.of(*AROUND, *([] if thing is None else [thing])) for thing in (before, after))
        yield case(name, history.difference, old, new)
    base = Portfolio.of(*AROUND)
    old = base.with_(REFORM, *(row(value, "actual", period=str(2010 + value), source_id="may") for value in range(3)))
    new = base.with_(REFORM, *(row(value, "actual", period=str(2010 + value), source_id="june") for value in range(3)))
    yield case("a whole dashboard", history.difference, old, new)
    yield case(
        "a later target beside",
        history.difference,
        base.with_(row(60, source_id="old")),
        base.with_(row(60, source_id="old"), row(55, source_id="late")),
    )
    yield case("nothing", history.difference, base, base)
    kept = base.with_(at(milestones=[LATE], steps=[STEP]), evolve(REFORM, ratings=[RATING]), row(4, "actual"))
    yield case("timeline", history.timeline, kept)
    yield case("timeline of a year", history.timeline, kept, between="2019")


def conflicts() -> Iterator[Case]:
    """Yield what is said of portfolios put together."""
    moved = at(steps=[STEP])
    for name, things in {
        "nothing": (PROJECT, PROJECT),
        "a label and a calendar": (at(lever_ids=["digital"]), at(label="Autre"), at(calendar="2019")),
        "steps and levers": (at(lever_ids=["digital"]), moved),
        "a milestone kept": (at(milestones=[PILOT]), PROJECT),
        "a milestone left": (PROJECT, at(milestones=[PILOT])),
        "two classes": (Campus(id="x", label="X"), CommunityHub(id="x", label="X")),
        "values": (row(2, "actual"), row(3, "actual")),
        "overlap": (row(2, "actual"), row(3, "actual", period="2020-06")),
        "amounts": (granted(amount=1), granted(amount=2)),
        "targets": (row(60), row(55)),
    }.items():
        plans = [Portfolio.of(*AROUND, thing) for thing in things]
        if name == "overlap":
            counted = evolve(AROUND[4], unit="visits")
            plans = [plan.with_(counted) for plan in plans]
        yield case(name, history.merge, *plans)


def amiss() -> Iterator[Case]:
    """Yield what the rules find in portfolios in which nothing is right."""
    risk = Risk(
        id="late",
        label="Marché tardif",
        label_en="Late contract",
        on=sourced(Period("2019-03")),
        closed_on=sourced(Period("2019-02-01")),
    )
    six, seven = (Quantity.exact(count, COUNT) for count in (6, 7))
    about = {"label": "Session", "territory_id": "46", "period": "2019-03"}
    effect = IntendedEffect(indicator_id="delay", direction="decrease", size=Quantity.at_least(10, PERCENT))
    rate = Indicator(
        id="rate", label="Taux", label_en="Rate", unit="%", periodicity_months=1, lag_months=0, direction="increase"
    )
    plans: dict[str, tuple[Any, ...]] = {
        "hierarchies": (
            Lever(id="a", label="A", parent_id="b"),
            Lever(id="b", label="B", parent_id="a"),
            Organisation(id="x", label="X", kind="operator", predecessor_ids=["x"]),
        ),
        "consistency": (
            CarteBlanche(
                id="c", label="Cahors", launched_on=sourced(Period("2020-03")), closed_on=sourced(Period("2019-01"))
            ),
            at(risks=[risk]),
            CommunityHub(id="hub", label="Communauté"),
            CampusSession(id="s", campus_id="hub", **about),
            ChallengeCall(
                id="defis",
                label="Défis",
                stages=[
                    ChallengeStage(phase="exploration", teams=six),
                    ChallengeStage(phase="incubation", teams=seven),
                ],
            ),
        ),
        "units": (
            Lever(id="wrong", label="Faux", effects=[effect]),
            rate,
            *(
                row(value, "actual", indicator_id="rate", period=str(2010 + n))
                for n, value in enumerate(("78", "0.78", 8000))
            ),
            row(-5, "target", indicator_id="rate", period="2022"),
        ),
        "disputes": (
            row(50, "actual", source_id="may"),
            row(60, "actual", source_id="twin"),
            row(None, "actual", period="2021", state="not-collected", source_id="may"),
            row(5, "actual", period="2021", source_id="twin"),
            Source(id="twin", title="Jumeau", published_on="2024-05"),
            budget(lines=[voted(40, source="may"), voted(45, source="twin"), voted(47, source="third")]),
            Source(id="third", title="Troisième", published_on="2024-05"),
        ),
        "reversed": (
            row(50, "baseline", period="2022"),
            row(60, "target", period="2020"),
        ),
        "surveys": (SURVEY,),
        "plans": (
            evolve(REFORM, indicator_ids=[]),
            Reform(id="bare", label="Nue"),
            at(calendar="2018-01/2019-03", milestones=[PILOT.not_done("2019-12-01"), *TWO[1:]]),
            granted(amount=5, decided_on="2018-01-01"),
            Indicator(
                id="followed", label="Suivi", unit="days", periodicity_months=3, lag_months=1, direction="decrease"
            ),
            row(5, "actual", indicator_id="followed", period="2018-03"),
            row(5, "actual", indicator_id="followed", period="2018-03", territory_id="46"),
        ),
        "definitions": (
            row(50, "baseline", period="2018", definition=1),
            row(60, "actual", period="2019", definition=2),
            row(70, "target", period="2022", definition=2),
            row(50, "baseline", period="2018", definition=1, territory_id="46"),
            row(60, "actual", period="2019", definition=2, territory_id="46"),
            row(70, "target", period="2022", definition=2, territory_id="46"),
        ),
        "no source": (fund(awards=[Award(id="a", label="A", amount=5)]), row(5, "actual")),
    }
    places = [Territory(id=code, label=f"Lieu {code}", parent_id="FR") for code in ("12", "31", "32", "65", "81", "82")]
    many = [
        row(value, kind, period=when, territory_id=place.id)
        for place in places
        for kind, when, value in (("baseline", "2022", 50), ("target", "2020", 60), ("actual", "2019-03", 5))
    ]
    plans["many places"] = (*places, evolve(AROUND[4], periodicity_months=3, lag_months=1, direction="decrease"), *many)
    places = (
        Territory(id="12", label="Aveyron", parent_id="FR"),
        evolve(AROUND[4], periodicity_months=3, lag_months=1),
    )
    some = [row(5, "actual", period=when, territory_id=place) for when, place in (("2018-03", "46"), ("2024-10", "12"))]
    plans["some late"] = (*places, *some)
    counted = evolve(AROUND[4], unit="count", aggregation="sum", direction="increase")
    kinds = (("baseline", "2018", 1), ("actual", "2019", 2), ("target", "2022", 3))
    rolled = [
        row(value, kind, period=when, territory_id=place, definition=1 + (kind == "actual" and place == "12"))
        for kind, when, value in kinds
        for place in ("46", "12")
    ]
    plans["several versions"] = (places[0], counted, *rolled)
    for name, things in plans.items():
        yield case(name, rules.check, Portfolio.of(*_base(things), *things), as_of="2024-12-31")


def _base(things: tuple[Any, ...]) -> list[Any]:
    return [
        one for one in AROUND if (type(one), one.id) not in {(type(each), getattr(each, "id", "")) for each in things}
    ]


CASES = {"changes": changes, "conflicts": conflicts, "findings-small": amiss}
