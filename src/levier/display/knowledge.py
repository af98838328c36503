"""The latest day that a portfolio knows of, and the fact behind it; nothing here reads the clock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from levier.errors.final import final
from levier.model._shapes import nested
from levier.model.budget import ScheduledPayment, ScopeChange
from levier.model.dating import documents_of, known_since
from levier.model.events import Milestone
from levier.model.figures import Figure
from levier.model.indicators import Definition
from levier.model.levers import IntendedEffect
from levier.model.observations import Observation, ObservationKind
from levier.model.periods import Day, Period
from levier.model.portfolio import Portfolio
from levier.model.reserves import ReserveRate
from levier.model.sources import Source, Sourced, Stated

__all__ = ["Fact", "latest_day", "latest_fact"]

_HOLDERS = ("surveys", "programmes", "reforms", "projects", "instruments", "budget_programmes", "funds")
_REFERENCE = (Definition, Figure, IntendedEffect, ReserveRate, ScheduledPayment, ScopeChange, Sourced, Stated)
"""Descriptions and plans: they date their document, but are not results."""


@final
@frozen
class Fact:
    """
    A fact with the day since when it was known: *owner* is the thing it is about, *source* the document that dates it.

    *when* is the period that the fact is about.

    >>> Fact(Day(2019, 6, 14), None).source is None
    True
    """

    day: Day
    owner: Any
    source: Source | None = None
    when: Period | None = None


def latest_day(portfolio: Portfolio) -> Day | None:
    """
    Return the latest day on which a result was published, recorded or done; `None` where nothing is dated.

    A document known to the month or the year counts as published by its last day.
    Plans and announcements do not count; nor do documents, where any result is dated.

    >>> from levier import Portfolio, Source
    >>> latest_day(Portfolio.of(Source(id="plan", title="Plan", published_on="2018-10")))
    Date(2018, 10, 31)
    """
    found = latest_fact(portfolio)
    return None if found is None else found.day


def latest_fact(portfolio: Portfolio) -> Fact | None:
    """Return the fact that sets the latest day of a portfolio; `None` where nothing is dated."""
    results = max(_results(portfolio), key=lambda fact: fact.day, default=None)
    return results or max(_documents(portfolio), key=lambda fact: fact.day, default=None)


def _results(portfolio: Portfolio) -> Iterator[Fact]:
    for row in portfolio.observations:
        yield from _fact(portfolio, row, portfolio.indicators[row.indicator_id])
    for name in _HOLDERS:
        for owner in getattr(portfolio, name).values():
            is_one = name == "instruments"
            for part in (owner, *_parts(owner)) if is_one else _parts(owner):
                yield from _fact(portfolio, part, part if hasattr(part, "label") else owner)


def _parts(value: Any) -> Iterator[Any]:
    """Yield the parts of a thing, at any depth, except those that are not results."""
    for _, _, part in nested(value):
        if not isinstance(part, _REFERENCE):
            yield part
            yield from _parts(part)


def _fact(portfolio: Portfolio, part: Any, owner: Any) -> Iterator[Fact]:
    if isinstance(part, Milestone):
        yield from (Fact(day, owner) for day in (part.done_on, part.not_done_on) if day is not None)
    since = known_since(part, portfolio.sources)
    day = _end(part.period) if _is_bare(portfolio, part) else None if since is None else since.day
    if day is not None:
        dated = (portfolio.sources[identifier] for identifier in documents_of(part))
        behind = (source for source in dated if source.published_on and _end(source.published_on) == day)
        yield Fact(day, owner, next(behind, None), _when(part))


def _when(part: Any) -> Period | None:
    """Return the period or the year that a fact is about."""
    period, year = getattr(part, "period", None), getattr(part, "year", None)
    if isinstance(period, Sourced):
        period = period.value
    return Period(str(year)) if period is None and isinstance(year, int) else period


def _is_bare(portfolio: Portfolio, part: Any) -> bool:
    """Return whether only its own period dates a value: it was complete at the end of that period."""
    if not isinstance(part, Observation) or part.kind is not ObservationKind.ACTUAL:
        return False
    since = known_since(part, portfolio.sources)
    return since is not None and since.inferred


def _documents(portfolio: Portfolio) -> Iterator[Fact]:
    for source in portfolio.sources.values():
        day = None if source.published_on is None else _end(source.published_on)
        if day is not None:
            yield Fact(day, source, source)


def _end(period: Period) -> Day | None:
    return period.last_day
