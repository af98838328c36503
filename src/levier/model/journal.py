"""
The journal of a fund's money: an immutable, append-only sequence of entries with running balances.

The theory. A fund is a value: each change returns a new fund, and the earlier one stays usable. A plain tuple of n
entries would be copied for each new entry, so n entries would cost n² steps, and each earlier journal would keep a
full copy. The journal is instead a tree with three levels, in base 64, all of tuples:

- `lines`: the last page, with fewer than 64 entries;
- `pages`: the full pages of 64 entries that do not fill a book yet, fewer than 64;
- `books`: the full books of 64 pages, that is of 4,096 entries.

An append copies `lines`, at most 63 references. When a page is full, `pages` is copied too, and when a book is full, so
is `books`. No tuple ever changes, so journals that grew from one share all full pages, and need no lock.
Entry number i is in page i // 64, line i % 64, and that page is in book i // 4096: access by index takes three steps.

Balances work in the same way: each award has a running balance (`_running`), in a mapping chosen by the hash of its
identifier among 64. An append copies one of these mappings, so `committed` and `paid` never read the entries.

Days may come in any order, because a payment may be recorded late. Whether money was available on a day and on every
later one is therefore a question about the lowest balance from that day on (`_least`). The running balances answer
it at once if no movement is dated later, for which they keep the last days of each kind of movement. Otherwise, for
an entry that is dated before others, the answer takes a pass over the journal.

Money that came back. A recovery (*reversement*, *recouvrement d'un indu*, by a *titre de perception*) lowers what was
paid in the end; it does not reopen what remains to be paid, because the payment that was made still covers the
commitment. A decommitment therefore releases recovered money first, and unpaid commitments only beyond it; to pay the
money again, it is committed again. `_recoveries` computes the rule.
Source: décret n° 2012-1246 du 7 novembre 2012 (GBCP), articles 23 to 28 (revenue) and 29 to 33 (spending); LOLF,
article 17, IV, 1°.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Self, TypeAlias, cast, overload

from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model._fields import as_tuple
from levier.model._immutable import Immutable, summed
from levier.model._recoveries import Flow, least_unpaid, most_released, recovered_parts
from levier.model._running import Running
from levier.model.entries import EntryKind, JournalEntry
from levier.model.money import Euros
from levier.model.periods import Day, DayLike, parse_day

__all__ = ["Journal", "Move"]

Move: TypeAlias = tuple[Day, Euros]
"""A day, with the euros by which a limit rises or falls on it."""

_PAGE = 64
_SHELVES = 64
_LAST = Day(9999, 12, 31)
_Page: TypeAlias = "tuple[JournalEntry, ...]"
_Held: TypeAlias = "tuple[tuple[tuple[_Page, ...], ...], tuple[_Page, ...], _Page]"
_set: Callable[[object, str, object], None] = object.__setattr__


_NOTHING = Running()
_Shelves: TypeAlias = tuple[Mapping[str, Running], ...]
_BARE: Mapping[str, Running] = MappingProxyType({})
_EMPTY: _Shelves = (_BARE,) * _SHELVES


@final
class Journal(Immutable, Sequence[JournalEntry]):
    """
    An immutable sequence of entries in the order of their recording; adding one costs the same at any length.

    The days of the entries may come in any order.
    A journal only adds up its entries; the fund checks that the money was available.

    Raises:
        InvalidValueError: If anything else than an entry is given.

    >>> empty = Journal()
    >>> one = empty.with_(JournalEntry(award_id="a", kind="commitment", amount=60, on="2018-10-01"))
    >>> len(empty), len(one), one.committed("a")
    (0, 1, Euros('60.00'))
    """

    __slots__ = ("_balances", "_hash", "_held")

    _INSTEAD = "use with_"

    _held: _Held
    _balances: tuple[_Shelves, Running] | None
    """The running balances of the awards and of all; `None` until one is asked for, which takes a pass."""
    _hash: int | None

    def __new__(cls, entries: Iterable[JournalEntry] = ()) -> Self:
        """Create a journal of *entries*, in the order of their recording."""
        given = as_tuple(entries)
        if type(given) is not tuple or not {type(entry) for entry in given} <= {JournalEntry}:
            raise InvalidValueError("Journal", given, "journal entries")
        journal = object.__new__(cls)
        journal._fill(_bound(given), None)
        return journal

    def __init__(self, entries: Iterable[JournalEntry] = ()) -> None:
        """Documented in `__new__`, which does the work."""

    def _fill(self, held: _Held, balances: tuple[_Shelves, Running] | None) -> None:
        _set(self, "_held", held)
        _set(self, "_balances", balances)
        _set(self, "_hash", None)

    def with_(self, *entries: JournalEntry) -> Self:
        """
        Return this journal with *entries* added at its end.

        Raises:
            InvalidValueError: If anything else than an entry is given.
        """
        grown = self
        for entry in entries:
            if type(entry) is not JournalEntry:
                raise InvalidValueError("Journal", entry, "journal entries")
            following, (shelves, total) = object.__new__(type(self)), grown._reckoned
            following._fill(_written(grown._held, entry), (_shelved(shelves, entry), total.after(entry)))
            grown = following
        return grown

    def committed(self, award_id: str | None = None) -> Euros:
        """Return the commitments minus the decommitments, in euros, of one award or of all."""
        return Euros.of_cents(self._of(award_id).committed)

    def paid(self, award_id: str | None = None) -> Euros:
        """Return the payments, in euros, of one award or of all, whatever came back of them."""
        return Euros.of_cents(self._of(award_id).paid)

    def recovered(self, award_id: str | None = None) -> Euros:
        """Return the payments that came back, in euros, of one award or of all."""
        return Euros.of_cents(self._of(award_id).recovered)

    def outstanding(self, award_id: str) -> Euros:
        """
        Return the commitments of an award that are not yet paid, in euros; a recovery does not reopen them.

        >>> flows = [("commitment", 60), ("payment", 60), ("recovery", 20), ("decommitment", 20)]
        >>> held = Journal(JournalEntry(award_id="a", kind=kind, amount=n, on="2018-10-01") for kind, n in flows)
        >>> held.outstanding("a"), held.committed("a"), held.paid("a") - held.recovered("a")
        (Euros('0.00'), Euros('40.00'), Euros('40.00'))
        """
        return self.payable(award_id, on=_LAST)

    def payable(self, award_id: str, *, on: DayLike) -> Euros:
        """
        Return the euros that may be paid for an award on a day without overdrawing any later day.

        It takes a pass over the journal if the award has commitments after that day.

        >>> held = Journal([JournalEntry(award_id="a", kind="commitment", amount=60, on="2018-10-01")])
        >>> held.payable("a", on="2018-09-30"), held.payable("a", on="2018-10-01")
        (Euros('0.00'), Euros('60.00'))
        """
        day, running = parse_day(on), self._of(award_id)
        if day >= running.last_commitment and running.unpaid is not None:
            return Euros.of_cents(running.unpaid)
        return Euros.of_cents(least_unpaid(self._flows(award_id), day))

    def releasable(self, award_id: str, *, on: DayLike) -> Euros:
        """
        Return the euros that may be decommitted for an award on a day without overdrawing any later day.

        These are the unpaid commitments, and the recovered money that no decommitment released yet.
        It takes a pass over the journal if the award has commitments or recoveries after that day.

        >>> flows = [("commitment", 60), ("payment", 50), ("recovery", 20)]
        >>> held = Journal(JournalEntry(award_id="a", kind=kind, amount=n, on="2018-10-01") for kind, n in flows)
        >>> held.payable("a", on="2018-10-01"), held.releasable("a", on="2018-10-01")
        (Euros('10.00'), Euros('30.00'))
        """
        day, running = parse_day(on), self._of(award_id)
        if running.returned is None:
            return self.payable(award_id, on=day)
        if day >= max(running.last_commitment, running.returned.last):
            return Euros.of_cents(running.committed - running.paid + running.recovered)
        return Euros.of_cents(most_released(self._flows(award_id), day))

    def recoverable(self, award_id: str, *, on: DayLike) -> Euros:
        """
        Return the euros that may still come back for an award on a day: paid by then, and on no later day recovered.

        It takes a pass over the journal if the award has payments after that day.

        >>> held = Journal([JournalEntry(award_id="a", kind="payment", amount=50, on="2018-10-01")])
        >>> held.recoverable("a", on="2018-09-30"), held.recoverable("a", on="2018-10-01")
        (Euros('0.00'), Euros('50.00'))
        """
        day, running = parse_day(on), self._of(award_id)
        if day >= running.last_payment:
            return Euros.of_cents(running.paid - running.recovered)
        return Euros.of_cents(_least([(e.on, _paid(e)) for e in self if e.award_id == award_id], day))

    def released_recoveries(self) -> Mapping[int, Euros]:
        """
        Return the part of each decommitment that releases recovered money, in euros, by the index of its entry.

        >>> flows = [("commitment", 60), ("payment", 50), ("recovery", 20), ("decommitment", 25)]
        >>> held = Journal(JournalEntry(award_id="a", kind=kind, amount=n, on="2018-10-01") for kind, n in flows)
        >>> held.released_recoveries()
        {3: Euros('20.00')}
        """
        if self._of(None).returned is None:
            return {}
        awards: dict[str, list[tuple[int, JournalEntry]]] = defaultdict(list)
        for place, entry in enumerate(self):
            if self._of(entry.award_id).returned is not None:
                awards[entry.award_id].append((place, entry))
        parts: dict[int, Euros] = {}
        for held in awards.values():
            found = recovered_parts([_flow(entry) for _, entry in held])
            parts |= {held[index][0]: Euros.of_cents(cents) for index, cents in found.items()}
        return parts

    def room(
        self, limit: Iterable[Move], *, on: Day, award_id: str | None = None, enough: Euros | None = None
    ) -> Euros:
        """
        Return the lowest amount that the commitments leave of a limit on a day or any later one, in euros.

        *limit* is the sequence of its increases and decreases; without *award_id*, the commitments of all awards count.
        With *enough*, any amount of at least *enough* may be returned instead, which saves a pass over the journal.

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

    def _flows(self, award_id: str) -> list[Flow]:
        return [_flow(entry) for entry in self if entry.award_id == award_id]

    def _of(self, award_id: str | None) -> Running:
        shelves, total = self._reckoned
        return total if award_id is None else shelves[hash(award_id) % _SHELVES].get(award_id, _NOTHING)

    @property
    def _reckoned(self) -> tuple[_Shelves, Running]:
        """The running balances, computed when first asked for; two threads may both compute them, alike."""
        if self._balances is None:
            _set(self, "_balances", _balanced(tuple(self)))
        return cast("tuple[_Shelves, Running]", self._balances)

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
    """Return *entries* cut into books, pages and a last page; see the module for the invariants."""
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


def _balanced(entries: _Page) -> tuple[_Shelves, Running]:
    if not entries:
        return _EMPTY, _NOTHING
    running: dict[str, Running] = {}
    total = _NOTHING
    for entry in entries:
        running[entry.award_id] = running.get(entry.award_id, _NOTHING).after(entry)
        total = total.after(entry)
    shelves: dict[int, dict[str, Running]] = defaultdict(dict)
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
    """Return the cents that an entry adds to the commitments."""
    cents, kind = entry.amount.cents, entry.kind
    return cents if kind is EntryKind.COMMITMENT else -cents if kind is EntryKind.DECOMMITMENT else 0


def _paid(entry: JournalEntry) -> int:
    """Return the cents that an entry adds to what was paid and did not come back."""
    cents, kind = entry.amount.cents, entry.kind
    return cents if kind is EntryKind.PAYMENT else -cents if kind is EntryKind.RECOVERY else 0


def _flow(entry: JournalEntry) -> Flow:
    """Return an entry as `_recoveries` reads it."""
    cents, kind = entry.amount.cents, entry.kind
    if kind in (EntryKind.COMMITMENT, EntryKind.PAYMENT):
        return entry.on, cents if kind is EntryKind.COMMITMENT else -cents, 0
    return entry.on, 0, cents if kind is EntryKind.DECOMMITMENT else -cents


def _least(moves: Iterable[tuple[Day, int]], on: Day) -> int:
    """Return the lowest running sum of *moves* from the end of a day on; moves of one day stay in the given order."""
    before = 0
    later: list[tuple[Day, int]] = []
    for move in moves:
        if move[0] > on:
            later.append(move)
        else:
            before += move[1]
    later.sort(key=itemgetter(0))
    return min(accumulate((cents for _, cents in later), initial=before))
