"""Minimal values for tests: give the fields that matter, and the other ones are filled in."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Any, NewType, TypeVar, cast

from attrs import NOTHING, fields, has

from levier.model._shapes import class_of, hints_of
from levier.model.appropriations import AppropriationKind, Appropriations, Execution
from levier.model.awards import Award
from levier.model.budget import PaymentSchedule
from levier.model.budget_lines import BudgetLine, BudgetMovement, ExecutionLine
from levier.model.calls import NEEDED, CallRule, RuleKind
from levier.model.extra import NO_EXTRA, Extra
from levier.model.identifiers import InstrumentId, TerritoryId
from levier.model.instruments import BEFORE_FIRST_WEEK, CommunityHub, InnovationWeek, Instrument
from levier.model.journal import Journal
from levier.model.lifecycle import TRANSITIONS, Phase, PhaseStep
from levier.model.money import Euros
from levier.model.observations import Observation, Observations, ObservationState
from levier.model.organisations import OrganisationKind
from levier.model.periods import Day, Period
from levier.model.programmes import Project
from levier.model.quantities import COUNT, PERCENT, Quantity, Unit
from levier.model.registry import Registry
from levier.model.sources import Sourced, Stated
from levier.model.surveys import SurveyResult
from levier.model.terms import Term
from levier.model.territories import NATION, Succession

__all__ = ["build"]

T = TypeVar("T")
_Given = dict[str, Any]

_YEAR = 2019


def build(cls: type[T], **values: Any) -> T:
    """
    Return a minimal valid instance of a public class, with *values*.

    Missing fields always get the same values: identifiers and labels are named after the class, a reference names the
    object that `build` makes of its class, a day is 2019-01-01, an amount 1 €, a kind the first of its vocabulary.
    Fields with a default keep it, unless the given values require another one: `build(Award, instalments=…)` has
    the sum of its instalments as its amount.
    `phase` of a project may be given, although it follows from the steps: the shortest sequence of steps is filled in.

    Raises:
        TypeError: If *cls* is not a class of levier, or a name is not a field of it; lists the fields.
        LevierError: If the class refuses a given value.

    >>> from levier import Lever, Phase, Project
    >>> build(Project, phase=Phase.STOPPED).steps[0].because
    'sample'
    >>> build(Lever, parent_id="above")
    Lever(id='lever', label='Lever', label_en='', parent_id='above', objective='', tags=(), effects=(), source_ids=())
    """
    _refuse_other_than_ours(cls)
    if not has(cls):
        return cast("T", _scalar(cls, values))
    given = dict(values)
    if cls is Project and "phase" in given:
        _give_steps(given)
    _refuse_unknown(cls, given)
    if cls in _COMPLETED:
        _COMPLETED[cls](given)
    return cast("T", cls(**(dict(_filled_in(cls, given)) | given)))


def _refuse_other_than_ours(cls: object) -> None:
    if isinstance(cls, type):
        is_ours = cls is Day or cls.__module__.startswith("levier.")
        if is_ours and cls is not Term and not issubclass(cls, Exception):
            return
        found = cls.__name__
    else:
        found = f"{cls!r}, which is text" if isinstance(cls, str) else f"{cls!r}"
    raise TypeError(f"cannot build {found}: expected a class of levier itself, such as build(Project)")


def _scalar(cls: type[Any], values: _Given) -> Any:
    if cls is Instrument:
        return build(CommunityHub, **values)
    if cls not in _CONSTANTS and not issubclass(cls, Enum):
        raise TypeError(f"cannot build {cls.__name__}: no value is of this class alone")
    if values:
        raise TypeError(f"{cls.__name__} has no named fields to give; call {cls.__name__}(…) itself")
    return _value(cls, cls.__name__)


def _refuse_unknown(cls: type[Any], given: _Given) -> None:
    known = [attribute.name for attribute in fields(cls)]
    for name in given:
        if name not in known:
            what = "follows from its fields" if isinstance(getattr(cls, name, None), property) else "is no field of it"
            raise TypeError(f"cannot build {cls.__name__} with {name!r}, which {what}; give any of {', '.join(known)}")


def _filled_in(cls: type[Any], given: _Given) -> Iterator[tuple[str, Any]]:
    hints = hints_of(cls)
    for attribute in fields(cls):
        if attribute.default is NOTHING and attribute.name not in given:
            yield attribute.name, _value(hints[attribute.name], cls.__name__, attribute.name)


def _value(hint: Any, owner: str, name: str = "") -> Any:
    """Return the value for a field of this type."""
    if hint is str or (name == "id" and hint is not TerritoryId):
        words = _slug(owner).replace("-", " ").capitalize()
        return {"id": _slug(owner), "label": words, "siret": "13000548100010"}.get(name, "sample")
    if name == "year":
        return _YEAR
    if hint is Day:
        return Day(_YEAR, 1, 1)  # a new one each time: a pendulum.Date is not fully immutable
    if hint in _CONSTANTS:
        return _CONSTANTS[hint]
    if isinstance(hint, NewType):
        return _slug(hint.__name__.removesuffix("Id"))
    return _of_class(hint)


def _of_class(hint: Any) -> Any:
    if class_of(hint) is Sourced:
        return build(Sourced, value=_value(hints_of(hint)["value"], "Sourced"))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    return build(class_of(hint))


_CONSTANTS: Mapping[Any, Any] = MappingProxyType(
    {
        int: 1,
        bool: False,
        Decimal: Decimal(1),
        Day: Day(_YEAR, 1, 1),
        Period: Period(str(_YEAR)),
        Euros: Euros(1),
        InstrumentId: "campus",  # only a session refers to an instrument: its campus
        TerritoryId: NATION,
        Unit: COUNT,
        Registry: Registry(),
        Observations: Observations(),
        Journal: Journal(),
        Extra: NO_EXTRA,
    }
)


def _slug(name: str) -> str:
    return "-".join(re.findall(r"[A-Z][a-z]*", name)).lower()


# ---------------------------------------------------------------- what the given values require


def _give_steps(given: _Given) -> None:
    if "steps" in given:
        raise TypeError("cannot build Project with both 'phase' and 'steps': the phase is that of the last step")
    way = _shortest_way(Phase(given.pop("phase")))
    given["steps"] = [
        PhaseStep(phase=phase, on=Day(_YEAR + place, 1, 1), because="sample") for place, phase in enumerate(way)
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


def _give_bound(given: _Given) -> None:
    if "lower" not in given and "upper" not in given:
        given["lower"] = given["upper"] = 1


def _give_side(given: _Given) -> None:
    if all(value is None for value in given.values()):
        given["commitment"] = Euros(1)


def _give_used_side(given: _Given) -> None:
    if all(value is None for value in given.values()):
        given["committed"] = Euros(1)


def _give_both_sides(given: _Given) -> None:
    given.setdefault("amounts", Appropriations(1, 1))
    _give_why_missing(given)


def _give_both_used_sides(given: _Given) -> None:
    given.setdefault("amounts", Execution(1, 1))
    _give_why_missing(given)


def _give_why_missing(given: _Given) -> None:
    amounts = given["amounts"]
    if isinstance(amounts, Appropriations | Execution) and any(amounts[kind] is None for kind in AppropriationKind):
        given.setdefault("missing_because", "sample")


def _give_number(given: _Given) -> None:
    given.setdefault("value", 1)


def _give_reason(given: _Given) -> None:
    _give_number(given)
    if given.get("alternatives"):
        given.setdefault("preferred_because", "sample")


def _give_value(given: _Given) -> None:
    if "value" in given and given["value"] is None:
        given.setdefault("state", ObservationState.NOT_COLLECTED)
    elif given.get("state", ObservationState.MEASURED) == ObservationState.MEASURED:
        given.setdefault("value", 1)


def _give_share(given: _Given) -> None:
    given.setdefault("share", Quantity.exact(50, PERCENT))


def _give_edition(given: _Given) -> None:
    year = given["edition"] + BEFORE_FIRST_WEEK if type(given.get("edition")) is int else _YEAR
    given.setdefault("period", build(Sourced, value=Period(str(year))))
    given.setdefault("edition", given["period"].value.year - BEFORE_FIRST_WEEK)


def _give_stock(given: _Given) -> None:
    given["payments"] = tuple(given.get("payments", ()))
    given.setdefault("stock", Euros.total(payment.amount for payment in given["payments"]))


def _give_amount(given: _Given) -> None:
    if given.get("instalments"):
        given["instalments"] = tuple(given["instalments"])
        given.setdefault("amount", Euros.total(instalment.amount for instalment in given["instalments"]))


def _give_what_the_kind_needs(given: _Given) -> None:
    kind = RuleKind(given.setdefault("kind", RuleKind.DOCUMENT))
    needed = NEEDED[kind]
    given.setdefault(needed, Decimal(1) if kind is RuleKind.RETURN else _ASKED[needed])


def _give_predecessor(given: _Given) -> None:
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

_COMPLETED: Mapping[type[Any], Callable[[_Given], None]] = MappingProxyType(
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
        Quantity: _give_bound,
        Sourced: _give_reason,
        Stated: _give_number,
        Succession: _give_predecessor,
        SurveyResult: _give_share,
    }
)
