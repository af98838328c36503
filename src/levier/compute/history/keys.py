"""
The keys that identify the parts of an item, and the paths built from them.

A statement (a budget line, a saving, an observation, ...) is one document's value for a fact. Its key contains the
document, its *series* does not: two statements of one series are about the same fact.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from attrs import fields, has

from levier.model.allocations import AllocationChange, YearClosing
from levier.model.budget import BudgetAction, OutstandingStatement, PaymentSchedule, ScheduledPayment, ScopeChange
from levier.model.budget_lines import BudgetLine, BudgetMovement, ExecutionLine
from levier.model.calls import CallRule
from levier.model.challenges import ChallengeStage
from levier.model.dimensions import DimensionCode
from levier.model.establishments import Establishment
from levier.model.indicators import Definition, IndicatorWeight, RollUp
from levier.model.journal import Journal
from levier.model.levers import EffectHorizon, IntendedEffect, LeverActivation
from levier.model.names import DatedName
from levier.model.observations import Observation
from levier.model.organisations import Trait
from levier.model.portfolio import NOUNS
from levier.model.programmes import ConfidenceRating
from levier.model.reserves import ReserveRate
from levier.model.savings import CostStatement, Saving
from levier.model.territories import Succession

__all__ = [
    "ONE_FACT",
    "YEARS",
    "differing",
    "is_parts",
    "item_path",
    "key_names",
    "key_of",
    "keyed_parts",
    "naming_fields",
    "segment",
    "series_key",
    "series_names",
]

_KEYS: Mapping[type[Any], tuple[str, ...]] = MappingProxyType(
    {
        BudgetAction: ("code",),
        BudgetLine: ("year", "stage", "action", "title", "source_id"),
        CallRule: ("kind", "owner_kinds", "document", "period", "source_id"),
        ChallengeStage: ("phase",),
        ConfidenceRating: ("on", "by_id", "territory_id"),
        DatedName: ("name",),
        Definition: ("version",),
        EffectHorizon: ("period",),
        DimensionCode: ("code",),
        Establishment: ("siret",),
        ExecutionLine: ("year", "action", "title", "until", "source_id"),
        IndicatorWeight: ("indicator_id", "level"),
        IntendedEffect: ("indicator_id",),
        LeverActivation: ("lever_id", "territory_ids"),
        ReserveRate: ("year", "title", "source_id"),
        Observation: ("indicator_id", "territory_id", "period", "kind", "source_id", "breakdown"),
        RollUp: ("level",),
        ScheduledPayment: ("year",),
        ScopeChange: ("year",),
        Succession: ("on",),
        Trait: ("label", "source_id"),
    }
)
_SERIES: Mapping[type[Any], tuple[str, ...]] = MappingProxyType(
    {
        AllocationChange: ("on",),
        BudgetLine: ("year", "stage", "action", "title"),
        BudgetMovement: ("year", "kind", "action", "title", "on", "counterpart"),
        CallRule: ("kind", "owner_kinds", "document", "period"),
        CostStatement: ("award_id", "kind"),
        ExecutionLine: ("year", "action", "title", "until"),
        Observation: ("indicator_id", "territory_id", "period", "kind", "breakdown"),
        OutstandingStatement: ("on", "is_forecast"),
        PaymentSchedule: (),
        ReserveRate: ("year", "title"),
        Saving: ("award_id", "kind", "nature", "whose", "period"),
        Trait: ("label",),
        YearClosing: ("year",),
    }
)
ONE_FACT = (BudgetLine, CostStatement, ExecutionLine, Observation, OutstandingStatement, ReserveRate, Saving)
"""Statements with one fact in each series; two other statements may look alike and be two facts."""
_SAID_OF_IT = frozenset(
    {"amount", "amounts", "because", "caveat", "lapsed", "missing_because", "payments", "reliability", "share", "stock"}
)
"""Fields that describe what the other fields identify."""
_NAMING = ("label", "name", "title", "question", "text")
YEARS = ("since", "year")
"""Fields that hold a year, a whole number that is written without grouping."""
_ESCAPES = (("~", "~0"), ("/", "~1"), (" ", "~2"))
"""As in JSON pointers (RFC 6901), and for the space, which stands between the parts of a key."""


def key_of(part: Any) -> tuple[Hashable, ...]:
    """
    Return the key of a part among its siblings: its identifier or key, or else all its fields except amounts.

    >>> from levier.fund import YearClosing
    >>> key_of(YearClosing(year=2020, lapsed="394960", source_id="rap"))
    (2020, 'rap')
    """
    return tuple(getattr(part, name) for name in key_names(part))


def key_names(part: Any) -> tuple[str, ...]:
    """
    Return the names of the fields in the key of a part.

    >>> from levier import Milestone
    >>> key_names(Milestone(id="pilot", label="Pilot open", planned="2019-09"))
    ('id',)
    """
    if type(part) in _KEYS:
        return _KEYS[type(part)]
    if hasattr(part, "id"):
        return ("id",)
    return tuple(attribute.name for attribute in fields(type(part)) if attribute.name not in _SAID_OF_IT)


def series_names(part: Any) -> tuple[str, ...] | None:
    """
    Return the names of the fields that identify the fact of a statement, without its document.

    `None` for a part that is not a statement.

    >>> from levier import Milestone
    >>> from levier.budget import OutstandingStatement
    >>> series_names(OutstandingStatement(on="2019-12-31", amount=1, source_id="plf-2021"))
    ('on', 'is_forecast')
    >>> series_names(Milestone(id="pilot", label="Pilot open", planned="2019-09")) is None
    True
    """
    return _SERIES.get(type(part))


def series_key(part: Any) -> tuple[Hashable, ...] | None:
    """
    Return the fact that a statement is about, from its own property if it has one; `None` for other parts.

    >>> from levier.budget import Execution
    >>> told = {"year": 2021, "amounts": Execution(2, 1), "source_id": "report"}
    >>> series_key(ExecutionLine(**told)) == series_key(ExecutionLine(**told, until="2021-12-31"))
    True
    """
    names = series_names(part)
    if names is None:
        return None
    own: tuple[Hashable, ...] | None = getattr(part, "about", None)
    return tuple(getattr(part, name) for name in names) if own is None else own


def segment(part: Any, names: Iterable[str]) -> str:
    """
    Return some fields of a part as one segment of a path; two different keys never give the same segment.

    >>> from levier.plans import Trait
    >>> segment(Trait(label="Trust / speed", source_id="s"), ("label", "source_id"))
    'Trust~2~1~2speed s'
    """
    return " ".join(_escaped(getattr(part, name)) for name in names).rstrip() or type(part).__name__


def item_path(item: Any) -> str:
    """
    Return the path of a thing or an observation, such as `projects/franceconnect`.

    >>> item_path(Observation(indicator_id="a", period="2020/2021", kind="actual", value=1))
    'observations/a FR 2020~12021 actual'
    """
    if isinstance(item, Observation):
        return f"observations/{segment(item, key_names(item))}"
    return f"{NOUNS[type(item)]}/{item.id}"


def is_parts(held: Any) -> bool:
    """
    Return whether a field holds parts, each with a name of its own.

    >>> is_parts(("a", "b")), is_parts(Journal())
    (False, True)
    """
    return isinstance(held, Journal) or (isinstance(held, tuple) and bool(held) and has(type(held[0])))


def keyed_parts(value: Any) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the fields of a value that hold parts, and the parts; what belongs to its key, as a breakdown, is none."""
    own = _KEYS.get(type(value), ())
    for attribute in fields(type(value)):
        held = getattr(value, attribute.name)
        if attribute.name not in own and is_parts(held):
            yield attribute.name, tuple(held)


def naming_fields(thing: Any) -> tuple[str, ...]:
    """
    Return the fields that name a thing or a part: its label, name, title, question or text; empty where it has none.

    >>> from levier import Lever
    >>> from levier.budget import ScheduledPayment
    >>> naming_fields(Lever(id="digital", label="Numérique")), naming_fields(ScheduledPayment(2021, 5))
    (('label', 'label_en'), ())
    """
    own = (name for name in _NAMING if type(text := getattr(thing, name, "")) is str and text)
    first = next(own, None)
    return () if first is None else (first, "label_en")


def differing(before: Any, after: Any) -> tuple[str, ...]:
    """
    Return the names of the fields in which two values of a class differ.

    >>> from levier import Lever
    >>> differing(Lever(id="a", label="A"), Lever(id="a", label="B"))
    ('label',)
    """
    names = (attribute.name for attribute in fields(type(before)))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _escaped(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(map(_escaped, value))
    if value is None or value is False:
        return ""
    text = str(value)
    for plain, written in _ESCAPES:
        text = text.replace(plain, written)
    return text
