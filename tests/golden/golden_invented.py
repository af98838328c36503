"""An invented portfolio in which a report has everything to say: disputes, restatements, overlaps, partial sums."""

from __future__ import annotations

from functools import cache

from attrs import evolve
from golden_history import SURVEY, row
from golden_lives import activate, awarded
from golden_money import DOCUMENTS, asked, award, cost, line, moved, saving, used
from golden_plans import departments

from levier import (
    BudgetProgramme,
    Call,
    Campus,
    CampusSession,
    CarteBlanche,
    CommunityHub,
    Euros,
    Fund,
    Indicator,
    IntendedEffect,
    Lever,
    Organisation,
    Period,
    Portfolio,
    Programme,
    Project,
    Quantity,
    Reform,
    Sourced,
    Territory,
)
from levier.budget import OutstandingStatement, ScopeChange
from levier.indicators import IndicatorWeight
from levier.model.quantities import PERCENT
from levier.model.sources import Stated

DAY = "2022-06-30"


def _fund() -> Fund:
    return Fund(
        id="f",
        label="Fonds inventé",
        calls=[Call(id="one", label="Un", opened_on="2018-01-15", decided_on="2018-06-20", source_ids=["rap"])],
        applications=[asked("a", 100, call_id="one"), asked("b", 200, call_id="one")],
        awards=[
            award("a", 500, "2018-06-30", contracted_on="2018-08-31", call_id="one", owner_id="o"),
            award("b", None, "2019", call_id="one"),
        ],
        savings=[
            saving("a", 60, "2019", stated_on="2019-01-01"),
            saving("a", 70, "2019", stated_on="2020-01-01", source_id="audit"),
            saving("b", 70, "2020", nature="one-off"),
            saving("b", 90, "2020", nature="one-off", source_id="audit"),
            saving("a", 5, None, kind="achieved"),
            saving(None, 9, None, kind="revised"),
        ],
        costs=[cost("a", "planned", 400), cost("a", "final", 500)],
        source_ids=["rap"],
    )


def _budget() -> BudgetProgramme:
    return BudgetProgramme(
        id=349,
        label="Programme inventé",
        lines=[
            line(100, 90),
            line(100, 95, source_id="audit", caveat="provisoire"),
            line(10, 8, title="staff", reliability="computed", caveat="au titre 2"),
            line(5, None, action="01"),
            line(300, 290, year=2021),
        ],
        executions=[used(110, 60), used(100, 90, year=2021), used(20, 10, year=2022, until="2022-03-31")],
        movements=[moved("carry-over", 5, 4, caveat="arrêté non retrouvé"), moved("cancellation", -2, -2)],
        outstanding=[
            OutstandingStatement(on="2020-12-31", amount=45, source_id="rap"),
            OutstandingStatement(on="2020-12-31", amount=47, source_id="audit"),
        ],
        scope_changes=[ScopeChange(year=2021, label="D’autres actions", label_en="Other actions", source_id="rap")],
    )


@cache
def invented() -> Portfolio:
    """Return the portfolio."""
    effects = [IntendedEffect(indicator_id=name, direction="increase") for name in ("visits", "silent", "delay")]
    digital = Lever(id="digital", label="Numérique", label_en="Digital", effects=effects)
    weights = [IndicatorWeight(indicator_id="visits", level="nation", weight=1)]
    reform = Reform(
        id="r",
        label="Accueil",
        label_en="Welcome",
        indicator_ids=["visits"],
        weights=weights,
        programme_ids=["p"],
        lever_ids=["digital"],
        activations=[evolve(activate("digital", 500), cost=Sourced(value=Euros(500), source_id="rap"))],
    )
    goals = (("baseline", "2019", 0), ("target", "2022", 100))
    sums = [
        row(value, kind, indicator_id="visits", period=when, territory_id=place)
        for place in ("75", "91")
        for kind, when, value in (*goals, *((("actual", "2021-03", 50),) if place == "75" else ()))
    ]
    late = row(40, "actual", indicator_id="visits", period="2020-12", territory_id="91")
    near = [
        row(value, kind, indicator_id="near", period=when, source_id="rap")
        for kind, when, value in (("baseline", "2019", 10), ("actual", "2021", "49.996"), ("target", "2021", 50))
    ]
    return Portfolio.of(
        *DOCUMENTS,
        *departments("75", "91"),
        Territory(id="46", label="Lot", parent_id="FR"),
        Organisation(id="o", label="Direction", kind="ministry"),
        Programme(id="p", label="Plan inventé", label_en="Invented plan", kind="national"),
        Programme(id="q", label="Autre plan", kind="national"),
        Programme(id="s", label="Troisième plan", kind="national"),
        digital,
        reform,
        Project(id="a", label="Projet", reform_id="r", lever_ids=["digital"], owner_id="o"),
        awarded(a=100),
        Indicator(
            id="visits", label="Visites", label_en="Visits", unit="count", direction="increase", aggregation="sum"
        ),
        Indicator(id="silent", label="Muet", label_en="Silent", unit="days", direction="decrease"),
        Indicator(id="near", label="Presque", label_en="Near", unit="%", decimals=1, direction="increase"),
        Indicator(id="delay", label="Délai", label_en="Delay", unit="days"),
        *sums,
        late,
        *near,
        row(None, "actual", indicator_id="silent", period="2021", state="not-collected"),
        row(5, "actual", period="2019", source_id="rap"),
        row(5, "actual", period="2019", source_id="audit", definition=2),
        evolve(
            SURVEY,
            self_selected=True,
            results=[
                evolve(SURVEY.results[0], source_id="rap", caveat="provisoire", decimals=1),
                evolve(SURVEY.results[0], id="b", share=Quantity.about(70, PERCENT), source_id="rap", sample_size=900),
            ],
        ),
        Campus(id="campus", label="Campus"),
        CampusSession(id="session", label="Session", campus_id="campus", territory_id="46", period="2021-03"),
        CarteBlanche(
            id="c",
            label="Carte",
            launched_on=Sourced(
                value=Period("2019-12"),
                source_id="rap",
                scope="ouverture",
                caveat="à confirmer",
                alternatives=[Stated(value=Period("2020-01"), source_id="audit")],
                preferred_because="plus précis",
            ),
        ),
        CommunityHub(id="hub", label="Communauté"),
        _fund(),
        _budget(),
    )
