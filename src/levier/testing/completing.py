"""
What given values require of the other fields: a sum, a reason for what is missing, the steps to a phase.

Each function takes the fields that are given, and adds to them; the builder fills in the rest.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from levier.model.appropriations import AppropriationKind, Appropriations, Execution
from levier.model.awards import Award
from levier.model.budget import PaymentSchedule
from levier.model.budget_lines import BudgetLine, BudgetMovement, ExecutionLine
from levier.model.calls import NEEDED, CallRule, RuleKind
from levier.model.instruments import BEFORE_FIRST_WEEK, InnovationWeek
from levier.model.lifecycle import TRANSITIONS, Phase, PhaseStep
from levier.model.money import Euros
from levier.model.observations import Observation, ObservationState
from levier.model.organisations import OrganisationKind
from levier.model.periods import Day, Period
from levier.model.programmes import Project
from levier.model.quantities import PERCENT, Quantity
from levier.model.sources import Sourced
from levier.model.surveys import SurveyResult
from levier.model.territories import NATION, Succession

__all__ = ["COMPLETED", "YEAR", "Given"]

Given = dict[str, Any]

YEAR = 2019
"""The year of everything that is built."""


def _give_steps(given: Given) -> None:
    if "phase" not in given:
        return
    if "steps" in given:
        raise TypeError("cannot build Project with both 'phase' and 'steps': the phase is that of the last step")
    way = _shortest_way(Phase(given.pop("phase")))
    given["steps"] = [
        PhaseStep(phase=phase, on=Day(YEAR + place, 1, 1), because="sample") for place, phase in enumerate(way)
    ]


def _shortest_way(goal: Phase) -> tuple[Phase, ...]:
    """Return the phases of the shortest sequence from framing, which needs no step, to *goal*."""
    ways: dict[Phase, tuple[Phase, ...]] = {Phase.FRAMING: ()}
    waiting = deque(ways)
    while goal not in ways:
        here = waiting.popleft()
        for phase in TRANSITIONS[here]:
            if phase not in ways:
                ways[phase] = (*ways[here], phase)
                waiting.append(phase)
    return ways[goal]


def _give_bound(given: Given) -> None:
    if "lower" not in given and "upper" not in given:
        given["lower"] = given["upper"] = 1


def _give_side(given: Given) -> None:
    if all(value is None for value in given.values()):
        given["commitment"] = Euros(1)


def _give_used_side(given: Given) -> None:
    if all(value is None for value in given.values()):
        given["committed"] = Euros(1)


def _give_both_sides(given: Given) -> None:
    given.setdefault("amounts", Appropriations(1, 1))
    _give_why_missing(given)


def _give_both_used_sides(given: Given) -> None:
    given.setdefault("amounts", Execution(1, 1))
    _give_why_missing(given)


def _give_why_missing(given: Given) -> None:
    amounts = given["amounts"]
    if isinstance(amounts, Appropriations | Execution) and any(amounts[kind] is None for kind in AppropriationKind):
        given.setdefault("missing_because", "sample")


def _give_reason(given: Given) -> None:
    if given.get("alternatives"):
        given.setdefault("preferred_because", "sample")


def _give_value(given: Given) -> None:
    if "value" in given and given["value"] is None:
        given.setdefault("state", ObservationState.NOT_COLLECTED)
    elif given.get("state", ObservationState.MEASURED) == ObservationState.MEASURED:
        given.setdefault("value", 1)


def _give_share(given: Given) -> None:
    given.setdefault("share", Quantity.exact(50, PERCENT))


def _give_edition(given: Given) -> None:
    year = given["edition"] + BEFORE_FIRST_WEEK if type(given.get("edition")) is int else YEAR
    given.setdefault("period", Sourced(value=Period(str(year)), source_id="source"))
    given.setdefault("edition", given["period"].value.year - BEFORE_FIRST_WEEK)


def _give_stock(given: Given) -> None:
    given["payments"] = tuple(given.get("payments", ()))
    given.setdefault("stock", Euros.total(payment.amount for payment in given["payments"]))


def _give_amount(given: Given) -> None:
    if given.get("instalments"):
        given["instalments"] = tuple(given["instalments"])
        given.setdefault("amount", Euros.total(instalment.amount for instalment in given["instalments"]))


def _give_what_the_kind_needs(given: Given) -> None:
    kind = RuleKind(given.setdefault("kind", RuleKind.DOCUMENT))
    needed = NEEDED[kind]
    given.setdefault(needed, Decimal(1) if kind is RuleKind.RETURN else _ASKED[needed])


def _give_predecessor(given: Given) -> None:
    given.setdefault("predecessor_ids", (NATION,))


_ASKED: Mapping[str, Any] = MappingProxyType(
    {
        "amount": Euros(1),
        "document": "sample",
        "owner_kinds": (OrganisationKind.OPERATOR,),
        "share": Decimal("0.5"),
    }
)
"""The required field of each kind of rule, with its value."""

COMPLETED: Mapping[type[Any], Callable[[Given], None]] = MappingProxyType(
    {
        Appropriations: _give_side,
        Award: _give_amount,
        BudgetLine: _give_both_sides,
        BudgetMovement: _give_both_sides,
        CallRule: _give_what_the_kind_needs,
        Execution: _give_used_side,
        ExecutionLine: _give_both_used_sides,
        InnovationWeek: _give_edition,
        Observation: _give_value,
        PaymentSchedule: _give_stock,
        Project: _give_steps,
        Quantity: _give_bound,
        Sourced: _give_reason,
        Succession: _give_predecessor,
        SurveyResult: _give_share,
    }
)
