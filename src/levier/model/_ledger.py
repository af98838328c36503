"""
What holds between the parts of a fund: calls and ceilings, contracts and commitments, the allocation and its use.

Money is checked in the order of its days, those of one day in the order they were recorded; on one day an allocation
grows before it is used, and shrinks after.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from operator import itemgetter

from levier.errors import (
    AboveCeilingError,
    InsufficientAllocationError,
    InvalidValueError,
    NotContractedError,
    OvercommitmentError,
    OverpaymentError,
)
from levier.model.allocations import AllocationChange, YearClosing
from levier.model.awards import Award
from levier.model.calls import Call
from levier.model.journal import EntryKind, JournalEntry, Move
from levier.model.money import ZERO, Euros
from levier.model.organisations import OrganisationKind
from levier.model.periods import Day

START = Day(1, 1, 1)
"""From when the first allocation holds."""

_LAST = Day(9999, 12, 31)
_INCREASES, _CUTS = 0, 1


def limit_of(
    allocation: Euros, changes: Iterable[AllocationChange], closings: Iterable[YearClosing]
) -> tuple[Move, ...]:
    """Return the moves that make what a fund may commit."""
    lapsed = [(closing.last_day, -closing.lapsed) for closing in closings]
    return ((START, allocation), *((change.on, change.amount) for change in changes), *lapsed)


def check_ceiling(award: Award, call: Call, owner_kind: OrganisationKind | None = None) -> None:
    """
    Refuse an award beyond the ceiling of its call.

    Raises:
        AboveCeilingError: If it is.
    """
    ceiling = call.ceiling(on=award.decided_on, owner_kind=owner_kind)
    if ceiling is not None and award.amount is not None and award.amount > ceiling:
        raise AboveCeilingError(award.id, call.id, award.amount, ceiling)


def check_contract(award: Award, on: Day, entry: int | None = None) -> None:
    """
    Refuse money before the contract of its award.

    Raises:
        NotContractedError: If it is.
    """
    if award.contracted_on is None or on < award.contracted_on:
        raise NotContractedError(award.id, str(on), str(award.contracted_on or ""), entry)


def amount_of(award: Award) -> Euros:
    """
    Return what can be committed for an award, which may be published without an exact amount; missing is not zero.

    Raises:
        InvalidValueError: If no amount is known.
    """
    if award.amount is None:
        raise InvalidValueError(f"Award {award.id!r}", None, f"an amount of award {award.id!r} to commit against")
    return award.amount


def check_money(
    fund_id: str, entries: Sequence[JournalEntry], awards: dict[str, Award], limit: Iterable[Move] | None
) -> None:
    """
    Refuse a journal in which money moves that was not there; its awards are known.

    Raises:
        NotContractedError: Before the contract of an award, or without one.
        InvalidValueError: If money is committed for an award whose amount is not known.
        OvercommitmentError: Beyond what an award or the allocation leaves.
        OverpaymentError: Beyond what is committed and not yet paid.
        InsufficientAllocationError: If the allocation shrinks below what is committed.
    """
    purse = _Purse(fund_id, limit)
    committed: dict[str, int] = defaultdict(int)
    paid: dict[str, int] = defaultdict(int)
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
        left = committed[award.id] - paid[award.id]
        if cents > left:
            raise OverpaymentError(award.id, entry.amount, Euros.of_cents(left), place)
        check_contract(award, entry.on, place)
        if entry.kind is EntryKind.PAYMENT:
            paid[award.id] += cents
        else:
            committed[award.id] -= cents
            purse.put_back(entry)
    purse.close()


class _Purse:
    """What the allocation leaves, as the days go by; without a limit it is never empty."""

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
        """Go to the end of all days."""
        self._forward((_LAST, _CUTS + 1))

    def _forward(self, to: tuple[Day, int]) -> None:
        while self._moves and self._moves[0][0] < to:
            _, amount = self._moves.popleft()
            if self._left + amount.cents < 0:
                raise InsufficientAllocationError(self._fund_id, -amount, Euros.of_cents(self._left))
            self._left += amount.cents


def _by_day(limit: Iterable[Move]) -> list[tuple[tuple[Day, int], Euros]]:
    """Return moves in the order of their days, on each the increases first."""
    placed = [((day, _CUTS if amount < ZERO else _INCREASES), amount) for day, amount in limit]
    return sorted(placed, key=itemgetter(0))
