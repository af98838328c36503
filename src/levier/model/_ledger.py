"""
The rules of the money of a fund: ceilings, contracts, commitments, payments and the allocation.

Entries are checked by day, and those of one day in the order of their recording. On one day, increases of the
allocation count before the entries and decreases after them, so that no order of recording within a day is an error.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, islice
from operator import attrgetter, itemgetter, le, mul

from levier.errors import (
    AboveCeilingError,
    InsufficientAllocationError,
    InvalidValueError,
    NotContractedError,
    OvercommitmentError,
    OverpaymentError,
    OverrecoveryError,
)
from levier.model.allocations import AllocationChange, YearClosing
from levier.model.awards import Award
from levier.model.calls import Call
from levier.model.entries import EntryKind, JournalEntry
from levier.model.journal import Move
from levier.model.money import ZERO, Euros
from levier.model.organisations import OrganisationKind
from levier.model.periods import Day

START = Day(1, 1, 1)
"""The day of the initial allocation, before any other."""

_LAST = Day(9999, 12, 31)
_INCREASES, _CUTS = 0, 1


def limit_of(
    allocation: Euros, changes: Iterable[AllocationChange], closings: Iterable[YearClosing]
) -> tuple[Move, ...]:
    """Return the dated increases and decreases of the amount that a fund may commit."""
    lapsed = [(closing.last_day, -closing.lapsed) for closing in closings]
    return ((START, allocation), *((change.on, change.amount) for change in changes), *lapsed)


def check_ceiling(award: Award, call: Call, owner_kind: OrganisationKind | None = None) -> None:
    """
    Raise if an award exceeds the ceiling of its call.

    Raises:
        AboveCeilingError: If it does.
    """
    ceiling = call.ceiling(on=award.decided_on, owner_kind=owner_kind)
    if ceiling is not None and award.amount is not None and award.amount > ceiling:
        raise AboveCeilingError(award.id, call.id, award.amount, ceiling)


def check_contract(award: Award, on: Day, entry: int | None = None) -> None:
    """
    Raise if money moves before the contract of its award.

    Raises:
        NotContractedError: If the award has no contract on that day.
    """
    if award.contracted_on is None or on < award.contracted_on:
        raise NotContractedError(award.id, str(on), str(award.contracted_on or ""), entry)


def amount_of(award: Award) -> Euros:
    """
    Return the amount of an award; raise if it was published without one, because missing is not zero.

    Raises:
        InvalidValueError: If the amount is unknown.
    """
    if award.amount is None:
        raise InvalidValueError(f"Award {award.id!r}", None, f"an amount of award {award.id!r} to commit against")
    return award.amount


def check_money(
    fund_id: str, entries: Sequence[JournalEntry], awards: dict[str, Award], limit: Sequence[Move] | None
) -> None:
    """
    Raise if an entry of a journal overdraws an award or the allocation; all awards are known.

    Raises:
        NotContractedError: If money moves before the contract of an award, or without one.
        InvalidValueError: If money is committed for an award whose amount is unknown.
        OvercommitmentError: If commitments exceed an award or the allocation.
        OverpaymentError: If a payment exceeds the unpaid commitments, or a release exceeds these and what came back.
        OverrecoveryError: If more comes back than was paid.
        InsufficientAllocationError: If the allocation is cut below the commitments.
    """
    if is_plainly_covered(entries, awards, limit):
        return
    purse = _Purse(fund_id, limit)
    committed: dict[str, int] = defaultdict(int)
    paid: dict[str, int] = defaultdict(int)
    back: dict[str, int] = defaultdict(int)  # money that came back and is not released; `paid` counts the rest
    days = [entry.on for entry in entries]
    for place in sorted(range(len(days)), key=days.__getitem__):
        entry = entries[place]
        award, cents = awards[entry.award_id], entry.amount.cents
        if entry.kind is EntryKind.COMMITMENT:
            check_contract(award, entry.on, place)
            left = amount_of(award).cents - committed[award.id]
            if cents > left:
                raise OvercommitmentError(award.id, entry.amount, Euros.of_cents(left), entry=place)
            purse.take(entry, place)
            committed[award.id] += cents
            continue
        if entry.kind is EntryKind.RECOVERY:
            if cents > paid[award.id]:
                raise OverrecoveryError(award.id, entry.amount, Euros.of_cents(paid[award.id]), place)
            paid[award.id] -= cents
            back[award.id] += cents
            continue
        is_payment = entry.kind is EntryKind.PAYMENT
        left = committed[award.id] - paid[award.id] - (back[award.id] if is_payment else 0)
        if cents > left:
            raise OverpaymentError(award.id, entry.amount, Euros.of_cents(left), place)
        check_contract(award, entry.on, place)
        if is_payment:
            paid[award.id] += cents
        else:
            committed[award.id] -= cents
            back[award.id] -= min(cents, back[award.id])
            purse.put_back(entry)
    purse.close()


_SIGNS = {EntryKind.COMMITMENT: 1, EntryKind.PAYMENT: -1, EntryKind.DECOMMITMENT: -1}
"""How each kind of entry changes what is committed and not paid, while nothing comes back."""
_kind, _on, _award_id, _cents = map(attrgetter, ("kind", "on", "award_id", "amount.cents"))


def is_plainly_covered(
    entries: Sequence[JournalEntry], awards: Mapping[str, Award], limit: Sequence[Move] | None
) -> bool:
    """
    Return whether a journal certainly overdraws nothing; `False` leaves it open.

    It is certain if nothing comes back, no award is paid or released more than was committed by then, money moves after
    the contract only, and all commitments ever made exceed neither their award nor the least that the allocation is.
    Most journals are such, and columns are looked at in a fifth of the time that entries take.
    """
    ordered = _in_order(entries)
    kinds = list(map(_kind, ordered))
    if not _SIGNS.keys() >= set(kinds):
        return False
    flows: dict[str, list[int]] = defaultdict(list)
    signed = map(mul, map(_cents, ordered), map(_SIGNS.__getitem__, kinds))
    for award_id, cents in zip(map(_award_id, ordered), signed, strict=True):
        flows[award_id].append(cents)
    committed = {award_id: sum(cents for cents in moved if cents > 0) for award_id, moved in flows.items()}
    first = dict(zip(map(_award_id, reversed(ordered)), map(_on, reversed(ordered)), strict=True))
    return (
        all(min(accumulate(moved)) >= 0 for moved in flows.values())
        and all(_is_granted(awards[award_id], cents, first[award_id]) for award_id, cents in committed.items())
        and (limit is None or sum(committed.values()) <= min(accumulate(cut.cents for _, cut in _by_day(limit))))
    )


def _in_order(entries: Sequence[JournalEntry]) -> Sequence[JournalEntry]:
    """Return entries in the order of their days; most are."""
    days = list(map(_on, entries))
    return entries if all(map(le, days, islice(days, 1, None))) else sorted(entries, key=_on)


def _is_granted(award: Award, cents: int, first: Day) -> bool:
    """Return whether an award is of at least so many cents, under a contract on the day of its first entry."""
    return (
        award.amount is not None
        and cents <= award.amount.cents
        and award.contracted_on is not None
        and award.contracted_on <= first
    )


class _Purse:
    """The rest of the allocation, day by day; unlimited if there is no allocation."""

    def __init__(self, fund_id: str, limit: Iterable[Move] | None) -> None:
        self._fund_id = fund_id
        self._has_limit = limit is not None
        self._moves = deque(_by_day(limit or ()))
        self._left = 0

    def take(self, entry: JournalEntry, place: int) -> None:
        """Commit an amount."""
        self._forward((entry.on, _CUTS))
        if self._has_limit and entry.amount.cents > self._left:
            left = Euros.of_cents(self._left)
            raise OvercommitmentError(entry.award_id, entry.amount, left, of_fund=True, entry=place)
        self._left -= entry.amount.cents

    def put_back(self, entry: JournalEntry) -> None:
        """Release an amount."""
        self._forward((entry.on, _CUTS))
        self._left += entry.amount.cents

    def close(self) -> None:
        """Apply all remaining changes of the allocation."""
        self._forward((_LAST, _CUTS + 1))

    def _forward(self, to: tuple[Day, int]) -> None:
        while self._moves and self._moves[0][0] < to:
            _, amount = self._moves.popleft()
            if self._left + amount.cents < 0:
                raise InsufficientAllocationError(self._fund_id, -amount, Euros.of_cents(self._left))
            self._left += amount.cents


def _by_day(limit: Iterable[Move]) -> list[tuple[tuple[Day, int], Euros]]:
    """Return changes in the order of their days, increases first on each day."""
    placed = [((day, _CUTS if amount < ZERO else _INCREASES), amount) for day, amount in limit]
    return sorted(placed, key=itemgetter(0))
