"""A strategy for a small plan on which progress and rates exist: drawn numbers in a fixed frame."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from levier.model.appropriations import Appropriations, Execution
from levier.model.awards import Award
from levier.model.budget import BudgetProgramme
from levier.model.budget_lines import BudgetLine, BudgetStage, ExecutionLine
from levier.model.entries import EntryKind, JournalEntry
from levier.model.fund import Fund
from levier.model.indicators import Direction, Indicator, IndicatorWeight
from levier.model.money import Euros
from levier.model.observations import Observation, ObservationKind, ObservationState
from levier.model.programmes import Programme, ProgrammeKind, Project, Reform
from levier.model.savings import Saving, SavingKind, SavingNature
from levier.model.sources import Source
from levier.model.territories import NATION, Territory, TerritoryLevel
from levier.testing import scalars

__all__ = ["computable_things"]

_NAME = "computable"
_ABSENT = (ObservationState.MEASURED,) * 7 + (ObservationState.NOT_COLLECTED,)
"""One actual value in eight is missing, so that this is met too."""


@st.composite
def computable_things(draw: st.DrawFn) -> list[Any]:
    """
    Lists of things that answer together, each with the identifier "computable", all in euros or in percent.

    They are an indicator with its baseline, actual value and target in the nation, a reform that it measures, the
    programme and a project of that reform, a programme of the State budget with what was voted and used in 2020, and a
    fund with an award, its money and its savings. Their document has no date, so any day from 2021 on may be asked.
    """
    return [
        Source(id=_NAME, title="Document"),
        Territory(id=NATION, label="France"),
        Programme(id=_NAME, label="Programme", kind=ProgrammeKind.NATIONAL),
        Project(id=_NAME, label="Projet", reform_id=_NAME),
        *_measured(draw),
        _budget(draw),
        _fund(draw),
    ]


def _measured(draw: st.DrawFn) -> list[Any]:
    """Draw an indicator, from its baseline to its target in the direction that it is meant to move."""
    direction = draw(st.sampled_from((Direction.INCREASE, Direction.DECREASE)))
    start, way, state = draw(st.integers(0, 1000)), draw(st.integers(1, 1000)), draw(st.sampled_from(_ABSENT))
    goal = start + way if direction is Direction.INCREASE else start - way
    actual = draw(scalars.decimals(-1000, 2000)) if state is ObservationState.MEASURED else None
    weight = IndicatorWeight(indicator_id=_NAME, level=TerritoryLevel.NATION, weight=1)
    common: dict[str, Any] = {"indicator_id": _NAME, "source_id": _NAME}
    return [
        Indicator(id=_NAME, label="Indicateur", unit="%", direction=direction),
        Reform(id=_NAME, label="Réforme", programme_ids=[_NAME], indicator_ids=[_NAME], weights=[weight]),
        Observation(kind=ObservationKind.BASELINE, period="2018", value=start, **common),
        Observation(kind=ObservationKind.ACTUAL, period="2020", value=actual, state=state, **common),
        Observation(kind=ObservationKind.TARGET, period="2022", value=goal, **common),
    ]


def _budget(draw: st.DrawFn) -> BudgetProgramme:
    voted, used = (draw(scalars.amounts()) for _ in range(2)), (draw(scalars.amounts()) for _ in range(2))
    line = BudgetLine(year=2020, stage=BudgetStage.VOTED, amounts=Appropriations(*voted), source_id=_NAME)
    spent = ExecutionLine(year=2020, amounts=Execution(*used), source_id=_NAME)
    return BudgetProgramme(id=_NAME, label="Programme budgétaire", since=2020, lines=[line], executions=[spent])


def _fund(draw: st.DrawFn) -> Fund:
    amount, saved = draw(scalars.amounts()) + Euros(1), draw(scalars.amounts())
    entry = JournalEntry(award_id=_NAME, kind=EntryKind.COMMITMENT, amount=amount, on="2019-09-02")
    saving = Saving(
        award_id=_NAME,
        kind=SavingKind.ACHIEVED,
        nature=SavingNature.RECURRENT,
        amount=saved,
        whose="État",
        method="déclaré",
        source_id=_NAME,
    )
    award = Award(
        id=_NAME,
        label="Projet lauréat",
        project_id=_NAME,
        amount=amount,
        decided_on="2019-06",
        contracted_on="2019-09-02",
    )
    return Fund(id=_NAME, label="Fonds", awards=[award], entries=[entry], savings=[saving])
