"""A small plan, written by hand: every number of it can be checked on paper."""

from __future__ import annotations

from typing import Any

from levier.model.appropriations import Appropriations, Execution
from levier.model.awards import Award
from levier.model.budget import BudgetProgramme
from levier.model.budget_lines import BudgetLine, BudgetStage, ExecutionLine
from levier.model.calls import Call
from levier.model.entries import EntryKind, JournalEntry
from levier.model.events import Milestone
from levier.model.fund import Fund
from levier.model.indicators import Direction, Indicator, IndicatorWeight
from levier.model.levers import IntendedEffect, Lever
from levier.model.lifecycle import Phase, PhaseStep
from levier.model.observations import Observation, ObservationKind, ObservationState
from levier.model.organisations import Organisation, OrganisationKind
from levier.model.portfolio import Portfolio
from levier.model.programmes import Programme, ProgrammeKind, Project, Reform
from levier.model.quantities import DAYS, PERCENT, Quantity
from levier.model.savings import Saving, SavingKind, SavingNature
from levier.model.sources import Source
from levier.model.surveys import Survey, SurveyResult
from levier.model.territories import NATION, Territory, TerritoryLevel

__all__ = ["small"]

_KINDS = tuple(ObservationKind)[:3]  # baseline, actual value, target


def small() -> Portfolio:
    """Return the plan: a reform of two projects, two indicators, a budget, a fund and a survey."""
    return Portfolio.of(
        Source(id="plan", title="Plan de transformation", published_on="2019-01-15"),
        Source(id="bilan", title="Bilan 2020", published_on="2021-03-31"),
        Territory(id=NATION, label="France"),
        Organisation(id="dsp", label="Direction des services publics", kind=OrganisationKind.CENTRAL_ADMINISTRATION),
        *_plan(),
        *_measures(),
        _budget(),
        _fund(),
        Survey(
            id="usagers",
            label="Enquête auprès des usagers",
            population="usagers des guichets",
            results=[
                _result("2019", share=60, answers=400),
                _result("2020", share=80, answers=400),
            ],
        ),
    )


def _plan() -> list[Any]:
    shorter = IntendedEffect(indicator_id="delai", direction=Direction.DECREASE)
    weight = IndicatorWeight(indicator_id="delai", level=TerritoryLevel.NATION, weight=1)
    opened = Milestone(id="ouverture", label="Ouverture du guichet", planned="2019-09-30").done("2019-10-10")
    late = Milestone(id="antennes", label="Dix antennes ouvertes", planned="2020-12-31").not_done("2021-02-01")
    started = PhaseStep(phase=Phase.EXPERIMENTATION, on="2019-02-01", because="décision du comité")
    return [
        Lever(id="guichet", label="Guichet unique", effects=[shorter], source_ids=["plan"]),
        Programme(id="services", label="Services publics proches", kind=ProgrammeKind.NATIONAL, source_ids=["plan"]),
        Reform(
            id="accueil",
            label="Accueillir mieux",
            programme_ids=["services"],
            owner_id="dsp",
            indicator_ids=["delai", "en-ligne"],
            weights=[weight],
            lever_ids=["guichet"],
            source_ids=["plan"],
        ),
        Project(
            id="maison",
            label="Maison des services",
            reform_id="accueil",
            steps=[started, PhaseStep(phase=Phase.DEPLOYMENT, on="2020-03-02", because="essai concluant")],
            lever_ids=["guichet"],
            milestones=[opened, late],
            source_ids=["plan"],
        ),
        Project(
            id="borne",
            label="Borne interactive",
            reform_id="accueil",
            steps=[started, PhaseStep(phase=Phase.STOPPED, on="2020-06-01", because="trop peu d’usagers")],
            source_ids=["plan"],
        ),
    ]


def _measures() -> list[Any]:
    """Return a delay that is three quarters of the way to its target, and a share that nobody collected."""
    common: dict[str, Any] = {"universe": "demandes de l’année", "periodicity_months": 12, "source_ids": ["plan"]}
    return [
        Indicator(id="delai", label="Délai de réponse", unit=DAYS, direction=Direction.DECREASE, **common),
        Indicator(id="en-ligne", label="Demandes en ligne", unit=PERCENT, direction=Direction.INCREASE, **common),
        *(
            Observation(indicator_id="delai", kind=kind, period=year, value=value, source_id=source)
            for kind, year, value, source in zip(
                _KINDS, ("2018", "2020", "2022"), (40, 25, 20), ("plan", "bilan", "plan"), strict=True
            )
        ),
        Observation(
            indicator_id="en-ligne",
            kind=ObservationKind.ACTUAL,
            period="2020",
            state=ObservationState.NOT_COLLECTED,
            source_id="bilan",
        ),
    ]


def _budget() -> BudgetProgramme:
    """Return ten million voted to commit, of which nine were, and eight to pay, of which six were."""
    voted, used = Appropriations(10_000_000, 8_000_000), Execution(9_000_000, 6_000_000)
    return BudgetProgramme(
        id="100",
        label="Accueil des usagers",
        since=2020,
        lines=[BudgetLine(year=2020, stage=BudgetStage.VOTED, amounts=voted, source_id="plan")],
        executions=[ExecutionLine(year=2020, amounts=used, source_id="bilan")],
    )


def _fund() -> Fund:
    """Return an award of a million: 800,000 committed, half of it paid, and 200,000 saved of 500,000 expected."""
    award = Award(
        id="maison",
        label="Maison des services",
        call_id="2019",
        project_id="maison",
        owner_id="dsp",
        amount=1_000_000,
        decided_on="2019-06-20",
        contracted_on="2019-09-02",
        source_ids=["plan"],
    )
    flows = ((EntryKind.COMMITMENT, 800_000, "2019-09-02"), (EntryKind.PAYMENT, 400_000, "2020-01-15"))
    savings = ((SavingKind.EXPECTED, 500_000, "plan"), (SavingKind.ACHIEVED, 200_000, "bilan"))
    return Fund(
        id="fonds",
        label="Fonds de transformation",
        calls=[Call(id="2019", label="Appel 2019", decided_on="2019-06-20")],
        awards=[award],
        entries=[JournalEntry(award_id="maison", kind=kind, amount=amount, on=on) for kind, amount, on in flows],
        savings=[
            Saving(
                award_id="maison",
                kind=kind,
                nature=SavingNature.RECURRENT,
                amount=amount,
                whose="État",
                method="déclaré",
                period="2020",
                source_id=source,
            )
            for kind, amount, source in savings
        ],
    )


def _result(year: str, *, share: int, answers: int) -> SurveyResult:
    return SurveyResult(
        id=year,
        question="Êtes-vous satisfait de l’accueil ?",
        share=Quantity.exact(share, PERCENT),
        sample_size=answers,
        period=year,
        source_id="bilan",
    )
