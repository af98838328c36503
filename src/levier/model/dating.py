"""
The day since which a thing was known: the rule by which the portfolio of a past day excludes later things.

1. A thing that was recorded or stated on a day is known from that day.
2. A thing that documents state is known from the publication of the first one; a document dated to the month or the
   year counts from the last day of it.
3. A thing that no dated document states is known from its own date; this is an inference, and marked as one.
4. A thing without any date is kept, because nobody knows since when it was known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from attrs import NOTHING, fields, frozen

from levier._once import once
from levier.errors.final import final
from levier.model._shapes import fields_with_parts
from levier.model.awards import Award
from levier.model.budget import BudgetAction, BudgetProgramme, ScheduledPayment, ScopeChange
from levier.model.challenges import ChallengeStage
from levier.model.levers import EffectHorizon
from levier.model.observations import Observation, ObservationKind
from levier.model.organisations import Organisation
from levier.model.periods import Day, Period, Precision
from levier.model.registry import Registry
from levier.model.reserves import ReserveRate
from levier.model.savings import Saving, SavingKind
from levier.model.sources import Source, Sourced, Stated
from levier.model.territories import Territory

__all__ = ["KnownSince", "dated", "documents_of", "is_datable", "known_since", "published_by"]

_STATED = ("recorded_on", "stated_on")
_OWN = (
    "published_on",
    "opened_on",
    "launched_on",
    "decided_on",
    "on",
    "submitted_on",
    "contracted_on",
    "until",
    "period",
    "year",
    "since",
)
_GRANTED = ("decided_on", "contracted_on")
_DATED_OTHERWISE = (Award, Organisation, Sourced, Stated, Territory)
_PLANNED = (ScheduledPayment, ChallengeStage, EffectHorizon, ReserveRate)
_FROM_THE_START = (BudgetAction, BudgetProgramme, ScopeChange)


@final
@frozen
class KnownSince:
    """
    The day since which a thing was known, and whether it is inferred from the thing's own date.

    >>> KnownSince(Day(2019, 6, 14), inferred=False).day
    Date(2019, 6, 14)
    """

    day: Day
    inferred: bool


def known_since(value: Any, sources: Registry[Source]) -> KnownSince | None:
    """
    Return the day since which a thing was known; `None` if no date tells.

    >>> from levier.model.events import Event
    >>> seen = Event(id="e", label="E", on=Sourced(value=Period("2019-11-25"), source_id="interview"))
    >>> known_since(seen, Registry([Source(id="interview", title="Interview", published_on="2019-06")]))
    KnownSince(day=Date(2019, 6, 30), inferred=False)
    >>> known_since(seen, Registry([Source(id="interview", title="Interview")]))
    KnownSince(day=Date(2019, 11, 25), inferred=True)
    """
    named = dict.fromkeys(documents_of(value)) if _dates(type(value)).documents else {}
    day, inferred = dated(value, {name: published_by(sources[name]) for name in named})
    return None if day is None else KnownSince(day, inferred=inferred)


def dated(value: Any, published: Mapping[str, Day | None]) -> tuple[Day | None, bool]:
    """
    Return the day since which a thing was known, `None` if no date tells, and whether it is inferred.

    *published* gives the day by which each document of the thing was published; a cut of a whole portfolio asks here,
    with those of all documents.

    >>> dated(Source(id="interview", title="Interview", published_on="2019-06"), {})
    (Date(2019, 6, 30), False)
    """
    if isinstance(value, Territory):
        return None, False  # territories are older than the documents; `_as_known` asks when they began
    if isinstance(value, Organisation):
        return _first_named(value), False
    dates = _dates(type(value))
    day = _first(value, dates.stated) if dates.stated else None
    if day is None and dates.documents:
        days = [known for name in documents_of(value) if (known := published[name]) is not None]
        day = min(days) if days else None
    if day is not None:
        return day, False
    return _own_day(value), not isinstance(value, Source)


def published_by(source: Source) -> Day | None:
    """Return the day by which a document was published; `None` if it is undated."""
    return None if source.published_on is None else source.published_on.known_by


def is_datable(cls: type[Any]) -> bool:
    """
    Return whether things of a class may be unknown on some day, because they have a date or documents.

    >>> from levier import Appropriations, BudgetLine
    >>> is_datable(BudgetLine), is_datable(Appropriations)
    (True, False)
    """
    return issubclass(cls, _DATED_OTHERWISE) or any(_dates(cls))


class _Dates(NamedTuple):
    """The fields of a class that date its values, read off it once."""

    stated: tuple[str, ...]
    """The days on which it was recorded or stated."""
    own: tuple[str, ...]
    """Its own dates, the one that counts first."""
    documents: tuple[str, ...]
    """The fields that tell the documents that state it: their identifiers, and those that may hold a sourced fact."""


@once
def _dates(cls: type[Any]) -> _Dates:
    sourced = tuple(name for name, held in fields_with_parts(cls).items() if Sourced in held)
    return _Dates(
        stated=tuple(name for name in _STATED if hasattr(cls, name)),
        own=tuple(name for name in _OWN if hasattr(cls, name)),
        documents=(*(name for name in ("source_id", "source_ids") if hasattr(cls, name)), *sourced),
    )


def _first_named(body: Organisation) -> Day | None:
    """Return since when an organisation has had a name: organisations are older than the documents that name them."""
    periods = [name.period for name in body.names if name.period is not None]
    return min(periods).first_day if periods and len(periods) == len(body.names) else None


def documents_of(value: Any) -> Iterator[str]:
    """Yield the documents that state the thing itself, without those of its parts."""
    if isinstance(value, (Sourced, Stated)):
        yield value.source_id
        yield from (other.source_id for other in getattr(value, "alternatives", ()))
        return
    for name in _dates(type(value)).documents:
        held = getattr(value, name)
        if isinstance(held, str):
            yield held
        elif isinstance(held, Sourced):
            yield from documents_of(held)
        elif name == "source_ids":
            yield from held


def _own_day(value: Any) -> Day | None:
    """Return the day of the thing itself, not that of a document about it."""
    if isinstance(value, _PLANNED) or (isinstance(value, Saving) and value.kind is not SavingKind.ACHIEVED):
        return None  # a target or forecast was stated before the day it is for
    if isinstance(value, Award):  # an award dated "2019" with a contract in June was known by June
        return min(filter(None, (_first(value, (name,)) for name in _GRANTED)), default=None)
    if isinstance(value, Observation):
        return value.period.known_from if value.kind is ObservationKind.ACTUAL else None
    if isinstance(value, (Sourced, Stated)):
        stated = value.on.known_by if value.on is not None else None
        return stated or (value.value.known_by if isinstance(value.value, Period) else None)
    return _first(value, _dates(type(value)).own)


def _first(value: Any, names: Iterable[str]) -> Day | None:
    """Return the day in the first of these fields that is not empty."""
    for name in names:
        held = getattr(value, name, None)
        if isinstance(held, Sourced):
            return min(filter(None, map(_own_day, (held, *held.alternatives))), default=None)
        if isinstance(held, Day):
            return held
        if isinstance(held, int):
            return Day(held, 1, 1) if isinstance(value, _FROM_THE_START) else Day(held, 12, 31)
        if isinstance(held, Period):
            begun = held.precision is Precision.INTERVAL and not _is_statement(value)
            return held.known_from if begun else held.known_by
    return None


def _is_statement(value: Any) -> bool:
    """Return whether a thing is a statement of documents, that is whether its source is required."""
    required = (attribute for attribute in fields(type(value)) if attribute.default is NOTHING)
    return any(attribute.name == "source_id" or "Sourced" in str(attribute.type) for attribute in required)
