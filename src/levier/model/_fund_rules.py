"""Validators that relate the fields of a fund to each other; `_ledger` checks the money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from attrs import Attribute

from levier.errors import InvalidValueError
from levier.model._ceilings import awards_above
from levier.model._fields import hold_types, refuse
from levier.model._ledger import check_ceiling, check_money, limit_of
from levier.model.allocations import AllocationChange, YearClosing
from levier.model.awards import Award
from levier.model.calls import Application
from levier.model.entries import JournalEntry
from levier.model.journal import Journal
from levier.model.savings import CostStatement, Saving


def as_journal(entries: Iterable[JournalEntry]) -> Journal:
    """Convert entries, in the order of their recording, to a journal; the validator refuses anything else."""
    if isinstance(entries, Journal):
        return entries
    try:
        return Journal(entries)
    except InvalidValueError:
        return entries  # type: ignore[return-value]  # the validator refuses it


hold_types(as_journal)


def allocated(
    instance: Any,
    attribute: Attribute[Any],
    value: tuple[AllocationChange | YearClosing, ...],
) -> None:
    """Accept changes and lapses only if there is an allocation."""
    if instance.allocation is None and any(type(item) is AllocationChange or item.lapsed for item in value):
        refuse(instance, attribute, value, "an allocation first: nothing says what changes or lapses")


def in_order(instance: Any, attribute: Attribute[Any], value: tuple[YearClosing, ...]) -> None:
    """Accept closings of consecutive, unique years, in order."""
    years = [closing.year for closing in value]
    if years != sorted(set(years)):
        refuse(instance, attribute, years, "each year closed once, in the order of the years")


def calls_known(instance: Any, attribute: Attribute[Any], value: tuple[Award | Application, ...]) -> None:
    """Accept awards and applications whose call the fund has, or that name no call."""
    known = {call.id for call in instance.calls}
    for item in value:
        if item.call_id is not None and item.call_id not in known:
            refuse(instance, attribute, item.call_id, "a call of this fund")


def within_ceilings(instance: Any, _: Attribute[Any], value: tuple[Award, ...]) -> None:
    """Accept awards that do not exceed the ceiling of their call."""
    calls = {call.id: call for call in instance.calls}
    by_call: dict[str, list[Award]] = defaultdict(list)
    for award in value:
        if award.call_id is not None:
            by_call[award.call_id].append(award)
    above = {award.id for call_id, awards in by_call.items() for award in awards_above(calls[call_id], awards)}
    for award in value:
        if award.id in above and award.call_id is not None:
            check_ceiling(award, calls[award.call_id])


def awards_known(
    instance: Any,
    attribute: Attribute[Any],
    value: Iterable[JournalEntry | Saving | CostStatement],
) -> None:
    """Accept statements whose award the fund has, or that name no award."""
    known = {award.id for award in instance.awards} | {None}
    if not known.issuperset(item.award_id for item in value):
        stray = next(item.award_id for item in value if item.award_id not in known)
        refuse(instance, attribute, stray, "an award of this fund")


def covered(instance: Any, attribute: Attribute[Any], value: Journal) -> None:
    """Accept a journal of the fund's awards that never overdraws an award or the allocation."""
    if type(value) is not Journal:
        refuse(instance, attribute, value, "a sequence of journal entries")
    if not value and instance.allocation is None:
        return
    awards_known(instance, attribute, value)
    limit = None
    if instance.allocation is not None:
        limit = limit_of(instance.allocation.value, instance.allocation_changes, instance.closings)
    check_money(instance.id, tuple(value), awards_by_id(instance.awards), limit)


class _Same:
    """A key that is equal only for the same object."""

    __slots__ = ("it",)

    def __init__(self, it: tuple[Award, ...]) -> None:
        self.it = it

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.it is other.it

    def __hash__(self) -> int:
        return id(self.it)


@lru_cache(maxsize=64)
def _index(awards: _Same) -> dict[str, Award]:
    return {award.id: award for award in awards.it}


def awards_by_id(awards: tuple[Award, ...]) -> dict[str, Award]:
    """Return the awards of a fund by identifier; cached for the same tuple."""
    return _index(_Same(awards))
