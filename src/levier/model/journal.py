"""
The journal of a fund's money: append-only, every earlier journal readable, one more entry as cheap as the first.

Entries stand in pages of 64, pages in books of 64, and none of these ever changes: one more entry copies the last page,
and now and then a row of pages. So two journals that grow from one share it, and no lock is needed.
The running balance of each award is kept beside them in the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, chain
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple, Self, TypeAlias, cast, final, overload

from attrs import field, frozen

from levier.errors import InvalidValueError
from levier.model._fields import as_tuple, instance_of
from levier.model._immutable import Immutable, summed
from levier.model.identifiers import AwardId, reference
from levier.model.money import Euros, as_euros, is_positive
from levier.model.periods import Day, DayLike, as_day, is_day, parse_day
from levier.model.terms import Term

__all__ = ["EntryKind", "Journal", "JournalEntry", "Move"]

Move: TypeAlias = tuple[Day, Euros]
"""What a limit gains or loses on a day."""

_PAGE = 64
_SHELVES = 64
_NEVER = date.min
_Page: TypeAlias = "tuple[JournalEntry, ...]"
_Held: TypeAlias = "tuple[tuple[tuple[_Page, ...], ...], tuple[_Page, ...], _Page]"
_set: Callable[[object, str, object], None] = object.__setattr__


class EntryKind(Term):
    """What an entry of the journal records."""

    COMMITMENT = "commitment", "engagement", "commitment"
    PAYMENT = "payment", "paiement", "payment"
    DECOMMITMENT = "decommitment", "désengagement", "decommitment"


@final
@frozen(kw_only=True)
class JournalEntry:
    """
    One movement of an award's money, in euros, always above zero.

    Attributes:
        award_id: The award, by its identifier.
        kind: Of which kind it is.
        amount: The amount, in euros.
        on: On which day, or in which period.

    Raises:
        InvalidValueError: For an amount of zero, or below.

    >>> JournalEntry(award_id="france-cloud", kind="payment", amount="1000.50", on="2019-03-01").amount
    Euros('1000.50')
    """

    award_id: AwardId = field(converter=AwardId, validator=reference)
    kind: EntryKind = field(converter=EntryKind, validator=instance_of(EntryKind))
    amount: Euros = field(converter=as_euros, validator=is_positive)
    on: Day = field(converter=as_day, validator=is_day)


class _Running(NamedTuple):
    """What entries add up to, in cents, and the last days on which they committed and released."""

    committed: int = 0
    paid: int = 0
    gross: int = 0
    last_commitment: date = _NEVER
    last_release: date = _NEVER

    def after(self, entry: JournalEntry) -> _Running:
        """Return the balance after one more entry."""
        committed, paid, gross, last_commitment, last_release = self
        cents, on = entry.amount.cents, entry.on
        if entry.kind is EntryKind.PAYMENT:
            return _Running(committed, paid + cents, gross, last_commitment, last_release)
        if entry.kind is EntryKind.COMMITMENT:
            return _Running(committed + cents, paid, gross + cents, max(on, last_commitment), last_release)
        return _Running(committed - cents, paid, gross, last_commitment, max(on, last_release))


_NOTHING = _Running()
_Shelves: TypeAlias = tuple[Mapping[str, _Running], ...]
_BARE: Mapping[str, _Running] = MappingProxyType({})
_EMPTY: _Shelves = (_BARE,) * _SHELVES


@final
class Journal(Immutable, Sequence[JournalEntry]):
    """
    An immutable sequence of entries in the order they were recorded; one more costs the same however many there are.

    Their days may come in any order.
    A journal adds up what it is given; whether the money was there is the fund's question.

    Raises:
        InvalidValueError: For anything but entries.

    >>> empty = Journal()
    >>> one = empty.with_(JournalEntry(award_id="a", kind="commitment", amount=60, on="2018-10-01"))
    >>> len(empty), len(one), one.committed("a")
    (0, 1, Euros('60.00'))
    """

    __slots__ = ("_hash", "_held", "_shelves", "_total")

    _INSTEAD = "use with_"

    _held: _Held
    _shelves: _Shelves
    _total: _Running
    _hash: int | None

    def __new__(cls, entries: Iterable[JournalEntry] = ()) -> Self:
        """Take entries in the order of their recording."""
        given = as_tuple(entries)
        if type(given) is not tuple or not {type(entry) for entry in given} <= {JournalEntry}:
            raise InvalidValueError("Journal", given, "journal entries")
        journal = object.__new__(cls)
        journal._fill(_bound(given), *_balanced(given))
        return journal

    def __init__(self, entries: Iterable[JournalEntry] = ()) -> None:
        """Documented in `__new__`, which does the work."""

    def _fill(self, held: _Held, shelves: _Shelves, total: _Running) -> None:
        _set(self, "_held", held)
        _set(self, "_shelves", shelves)
        _set(self, "_total", total)
        _set(self, "_hash", None)

    def with_(self, *entries: JournalEntry) -> Self:
        """
        Return this journal with *entries* added at its end.

        Raises:
            InvalidValueError: For anything but entries.
        """
        grown = self
        for entry in entries:
            if type(entry) is not JournalEntry:
                raise InvalidValueError("Journal", entry, "journal entries")
            following = object.__new__(type(self))
            following._fill(_written(grown._held, entry), _shelved(grown._shelves, entry), grown._total.after(entry))
            grown = following
        return grown

    def committed(self, award_id: str | None = None) -> Euros:
        """Return what is committed, less what was decommitted, in euros: for an award, or for all."""
        return Euros.of_cents(self._of(award_id).committed)

    def paid(self, award_id: str | None = None) -> Euros:
        """Return what is paid, in euros: for an award, or for all."""
        return Euros.of_cents(self._of(award_id).paid)

    def payable(self, award_id: str, *, on: DayLike) -> Euros:
        """
        Return what may be paid or released for an award on a day, in euros, so that no later day is overdrawn.

        Costs a pass over the journal where the award has commitments after that day.

        >>> held = Journal([JournalEntry(award_id="a", kind="commitment", amount=60, on="2018-10-01")])
        >>> held.payable("a", on="2018-09-30"), held.payable("a", on="2018-10-01")
        (Euros('0.00'), Euros('60.00'))
        """
        day, running = parse_day(on), self._of(award_id)
        if day >= running.last_commitment:
            return Euros.of_cents(running.committed - running.paid)
        return Euros.of_cents(_least([(e.on, _outstanding(e)) for e in self if e.award_id == award_id], day))

    def room(
        self, limit: Iterable[Move], *, on: Day, award_id: str | None = None, enough: Euros | None = None
    ) -> Euros:
        """
        Return the least that commitments leave of a limit on a day or after it, in euros.

        *limit* are the moves that make it; without *award_id* all awards count.
        With *enough*, any amount of at least that much may be returned: it saves a pass over the journal.

        >>> held = Journal([JournalEntry(award_id="a", kind="commitment", amount=60, on="2018-10-01")])
        >>> held.room([(Day(2018, 1, 1), Euros(100)), (Day(2020, 1, 1), Euros(-30))], on=Day(2019, 1, 1))
        Euros('10.00')
        """
        moves = [(day, amount.cents) for day, amount in limit]
        running, least = self._of(award_id), _least(moves, on)
        if on >= running.last_release and all(day <= on for day, _ in moves):
            return Euros.of_cents(least - running.committed)
        if enough is not None and least - running.gross >= enough.cents:
            return Euros.of_cents(least - running.gross)
        taken = [(e.on, -_commitment(e)) for e in self if award_id is None or e.award_id == award_id]
        gains, losses = [move for move in moves if move[1] > 0], [move for move in moves if move[1] <= 0]
        return Euros.of_cents(_least([*gains, *taken, *losses], on))

    def _of(self, award_id: str | None) -> _Running:
        if award_id is None:
            return self._total
        return self._shelves[hash(award_id) % _SHELVES].get(award_id, _NOTHING)

    @overload
    def __getitem__(self, index: int) -> JournalEntry: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[JournalEntry, ...]: ...
    def __getitem__(self, index: int | slice) -> JournalEntry | tuple[JournalEntry, ...]:
        if isinstance(index, slice):
            return tuple(self)[index]
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(f"the journal has {len(self)} entries: none at {index}")
        books, pages, lines = self._held
        page, line = divmod(place, _PAGE)
        book, leaf = divmod(page, _PAGE)
        if book < len(books):
            return books[book][leaf][line]
        return pages[leaf][line] if leaf < len(pages) else lines[line]

    def __len__(self) -> int:
        books, pages, lines = self._held
        return (len(books) * _PAGE + len(pages)) * _PAGE + len(lines)

    def __iter__(self) -> Iterator[JournalEntry]:
        books, pages, lines = self._held
        return chain.from_iterable((*chain.from_iterable(books), *pages, lines))

    def __eq__(self, other: object) -> bool:
        return self._held == other._held if isinstance(other, Journal) else NotImplemented

    def __hash__(self) -> int:
        if self._hash is None:
            _set(self, "_hash", hash(self._held))
        return cast("int", self._hash)

    def __repr__(self) -> str:
        return summed("Journal", {"entries": len(self)})

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[tuple[JournalEntry, ...]]]:
        return Journal, (tuple(self),)


def _bound(entries: _Page) -> _Held:
    """Return *entries* in pages and books; only the last page and the last row of pages may be short."""
    cut = [entries[start : start + _PAGE] for start in range(0, len(entries), _PAGE)]
    lines = cut.pop() if cut and len(cut[-1]) < _PAGE else ()
    full = len(cut) - len(cut) % _PAGE
    books = tuple(tuple(cut[start : start + _PAGE]) for start in range(0, full, _PAGE))
    return books, tuple(cut[full:]), lines


def _written(held: _Held, entry: JournalEntry) -> _Held:
    books, pages, lines = held
    lines = (*lines, entry)
    if len(lines) < _PAGE:
        return books, pages, lines
    pages = (*pages, lines)
    return (books, pages, ()) if len(pages) < _PAGE else ((*books, pages), (), ())


def _balanced(entries: _Page) -> tuple[_Shelves, _Running]:
    if not entries:
        return _EMPTY, _NOTHING
    running: dict[str, _Running] = {}
    total = _NOTHING
    for entry in entries:
        running[entry.award_id] = running.get(entry.award_id, _NOTHING).after(entry)
        total = total.after(entry)
    shelves: dict[int, dict[str, _Running]] = defaultdict(dict)
    for award_id, balance in running.items():
        shelves[hash(award_id) % _SHELVES][award_id] = balance
    fixed = (MappingProxyType(shelves[place]) if place in shelves else _BARE for place in range(_SHELVES))
    return tuple(fixed), total


def _shelved(shelves: _Shelves, entry: JournalEntry) -> _Shelves:
    place = hash(entry.award_id) % _SHELVES
    shelf = shelves[place]
    changed = list(shelves)
    changed[place] = MappingProxyType({**shelf, entry.award_id: shelf.get(entry.award_id, _NOTHING).after(entry)})
    return tuple(changed)


def _commitment(entry: JournalEntry) -> int:
    """Return what an entry adds to the commitments, in cents."""
    if entry.kind is EntryKind.PAYMENT:
        return 0
    return _outstanding(entry)


def _outstanding(entry: JournalEntry) -> int:
    """Return what an entry adds to the commitments not yet paid, in cents."""
    return entry.amount.cents if entry.kind is EntryKind.COMMITMENT else -entry.amount.cents


def _least(moves: Iterable[tuple[Day, int]], on: Day) -> int:
    """Return the lowest that *moves* add up to on a day or after it; moves of one day in their own order."""
    before = 0
    later: list[tuple[Day, int]] = []
    for move in moves:
        if move[0] > on:
            later.append(move)
        else:
            before += move[1]
    later.sort(key=itemgetter(0))
    return min(accumulate((cents for _, cents in later), initial=before))
