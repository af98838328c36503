"""What tells the parts of a thing apart: their keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from attrs import fields, has

from levier.model.budget import BudgetAction, BudgetLine, ExecutionLine, ScheduledPayment, ScopeChange
from levier.model.challenges import ChallengeStage
from levier.model.indicators import Definition, IndicatorWeight
from levier.model.journal import Journal
from levier.model.levers import IntendedEffect, LeverPull
from levier.model.organisations import DatedName
from levier.model.programmes import ConfidenceRating

__all__ = ["is_parts", "key_names", "key_of", "keyed", "parts_of"]

_KEYS: Mapping[type[Any], tuple[str, ...]] = MappingProxyType(
    {
        BudgetAction: ("code",),
        BudgetLine: ("year", "stage", "action", "title", "source_id"),
        ChallengeStage: ("phase",),
        ConfidenceRating: ("on", "by_id", "territory_id"),
        DatedName: ("name",),
        Definition: ("version",),
        ExecutionLine: ("year", "action", "title", "until", "source_id"),
        IndicatorWeight: ("indicator_id", "level"),
        IntendedEffect: ("indicator_id",),
        LeverPull: ("lever_id", "territory_ids"),
        ScheduledPayment: ("year",),
        ScopeChange: ("year",),
    }
)
_SAID_OF_IT = frozenset(
    {"amount", "amounts", "because", "caveat", "lapsed", "missing_because", "payments", "reliability", "share", "stock"}
)
"""Fields that say something of what the others identify."""


def key_of(part: Any) -> tuple[Hashable, ...]:
    """
    Return what tells a part from the others that stand beside it: its identifier or key, or else all but its amounts.

    >>> from levier import YearClosing
    >>> key_of(YearClosing(year=2020, lapsed="394960", source_id="rap"))
    (2020, 'rap')
    """
    return tuple(getattr(part, name) for name in key_names(part))


def key_names(part: Any) -> tuple[str, ...]:
    """
    Return the names of the fields that make the key of a part.

    >>> from levier import Milestone
    >>> key_names(Milestone(id="pilot", label="Pilot open", planned="2019-09"))
    ('id',)
    """
    if type(part) in _KEYS:
        return _KEYS[type(part)]
    if hasattr(part, "id"):
        return ("id",)
    return tuple(attribute.name for attribute in fields(type(part)) if attribute.name not in _SAID_OF_IT)


def keyed(parts: Iterable[Any]) -> dict[Hashable, Any]:
    """Return parts by their key; of those that share one, the first stands against the first, and so on."""
    seen: Counter[Hashable] = Counter()
    found: dict[Hashable, Any] = {}
    for part in parts:
        key = key_of(part)
        found[key, seen[key]] = part
        seen[key] += 1
    return found


def is_parts(held: Any) -> bool:
    """
    Say whether a field holds parts, each with a name of its own.

    >>> is_parts(("a", "b")), is_parts(Journal())
    (False, True)
    """
    return isinstance(held, Journal) or (isinstance(held, tuple) and bool(held) and has(type(held[0])))


def parts_of(value: Any) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the fields of a value that hold parts, and the parts."""
    for attribute in fields(type(value)):
        held = getattr(value, attribute.name)
        if is_parts(held):
            yield attribute.name, tuple(held)
