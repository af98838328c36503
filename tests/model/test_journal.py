"""The journal: a sequence like any other, of which every earlier state stays, and what it leaves of a limit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.errors import InvalidValueError
from levier.model.awards import Award
from levier.model.fund import Fund
from levier.model.journal import EntryKind, Journal, JournalEntry
from levier.model.money import Euros
from levier.model.periods import Day

PAGE, BOOK = 64, 64 * 64


def entry(cents: int = 1, award: str = "a", kind: str = "commitment", on: str = "2019-01-01") -> JournalEntry:
    """Return an entry of so many cents."""
    return JournalEntry(award_id=award, kind=kind, amount=Euros.of_cents(cents), on=on)


@pytest.mark.parametrize("length", [0, 1, PAGE - 1, PAGE, PAGE + 1, BOOK - 1, BOOK, BOOK + 1, 2 * BOOK + PAGE + 3])
def test_a_journal_is_the_sequence_of_its_entries(length: int) -> None:
    """Given whole or one by one, at any length, a journal reads as the tuple of its entries, by place and by slice."""
    entries = tuple(entry(number) for number in range(1, length + 1))
    whole, grown = Journal(entries), Journal().with_(*entries)
    assert whole == grown
    assert hash(whole) == hash(grown) == hash(grown)
    for journal in (whole, grown):
        assert len(journal) == length
        assert tuple(journal) == entries
        assert tuple(journal[place] for place in range(-length, length)) == entries * 2
        assert journal[3:70:7] == entries[3:70:7]
        assert journal.committed() == Euros.of_cents(sum(range(length + 1)))


def test_there_is_nothing_beyond_the_end() -> None:
    """A place that the journal does not have is refused with its length."""
    journal = Journal([entry()])
    for place in (1, -2):
        with pytest.raises(IndexError, match=r"the journal has 1 entries: none at "):
            journal[place]


def test_every_earlier_journal_stays() -> None:
    """Journals that grow from one ancestor, at every length, do not know of each other."""
    journals = [Journal()]
    for number in range(1, 3 * PAGE + 1):
        other = journals[-1].with_(entry(10**6))
        assert other.committed() - journals[-1].committed() == Euros(10_000)
        journals.append(journals[-1].with_(entry(number)))
    for length, journal in enumerate(journals):
        assert [found.amount.cents for found in journal] == list(range(1, length + 1))
        assert journal.committed("a") == Euros.of_cents(sum(range(length + 1)))


def test_threads_that_append_to_one_ancestor_each_get_their_own() -> None:
    """Eight threads, each recording a thousand entries from one fund at once, get the fund they would get alone."""
    awards = [Award(id=f"award-{n}", label="A", amount=10**9, contracted_on="2018-09-01") for n in range(8)]
    ancestor = Fund(id="f", label="F", awards=awards)
    for number in range(PAGE - 3):
        ancestor = ancestor.with_commitment(f"award-{number % 8}", 1, on="2019-01-01")
    start = Barrier(8)

    def record(thread: int) -> Fund:
        start.wait()
        fund = ancestor
        for number in range(1000):
            fund = fund.with_commitment(f"award-{thread}", Euros.of_cents(number + thread + 1), on="2019-01-01")
        return fund

    with ThreadPoolExecutor(8) as pool:
        funds = list(pool.map(record, range(8)))
    for thread, fund in enumerate(funds):
        assert fund.entries[: PAGE - 3] == tuple(ancestor.entries)
        own = fund.entries[PAGE - 3 :]
        assert [(e.award_id, e.amount.cents) for e in own] == [(f"award-{thread}", n + thread + 1) for n in range(1000)]
        assert fund.committed(f"award-{thread}") - ancestor.committed(f"award-{thread}") == Euros.of_cents(
            sum(range(1000)) + 1000 * (thread + 1)
        )
    assert len(ancestor.entries) == PAGE - 3


@pytest.mark.parametrize("given_entries", ["payment", 3, [3], [None], {"a": 1}])
def test_only_entries_are_taken(given_entries: Any) -> None:
    """A text, a number, or a sequence of anything else is refused, whole or one by one."""
    with pytest.raises(InvalidValueError, match=r"^Journal: expected journal entries"):
        Journal(given_entries)
    with pytest.raises(InvalidValueError, match=r"^Journal: expected journal entries"):
        Journal().with_(given_entries)


KINDS = st.sampled_from(list(EntryKind))
ENTRIES = st.lists(
    st.tuples(st.integers(1, 500), st.sampled_from("ab"), KINDS, st.integers(0, 30)).map(
        lambda drawn: entry(drawn[0], drawn[1], drawn[2], str(date(2019, 1, 1) + timedelta(drawn[3])))
    ),
    max_size=12,
)
OFFSETS = st.integers(-1, 31)


def least(moves: list[tuple[date, int]], on: date) -> int:
    """Return the lowest that moves add up to from the end of a day on, going through them one by one."""
    ordered = sorted(moves, key=lambda move: move[0])
    totals = [sum(cents for _, cents in ordered[: place + 1]) for place in range(len(ordered))]
    before = [total for (day, _), total in zip(ordered, totals, strict=True) if day <= on][-1:] or [0]
    return min([*before, *(total for (day, _), total in zip(ordered, totals, strict=True) if day > on)])


@given(ENTRIES, OFFSETS)
def test_what_may_be_paid_leaves_no_later_day_short(entries: list[JournalEntry], offset: int) -> None:
    """What may be paid on a day is the lowest that is outstanding from that day on, counted entry by entry."""
    day = Day(2019, 1, 1).add(days=offset)
    for journal in (Journal(entries), Journal().with_(*entries)):
        for award in "abc":
            signs = {EntryKind.COMMITMENT: 1, EntryKind.PAYMENT: -1, EntryKind.DECOMMITMENT: -1}
            moves = [(e.on, signs[e.kind] * e.amount.cents) for e in entries if e.award_id == award]
            assert journal.payable(award, on=day).cents == least(moves, day)


@given(
    ENTRIES, OFFSETS, st.lists(st.tuples(st.integers(0, 30), st.integers(-400, 400)), max_size=3), st.integers(0, 900)
)
def test_what_is_left_of_a_limit_holds_on_every_later_day(
    entries: list[JournalEntry], offset: int, changes: list[tuple[int, int]], enough: int
) -> None:
    """What commitments leave of a limit is its lowest from a day on; with *enough*, never more than that if less."""
    day, journal = Day(2019, 1, 1).add(days=offset), Journal(entries)
    limit = [(Day(1, 1, 1), 600), *((Day(2019, 1, 1).add(days=later), cents) for later, cents in changes)]
    signs = {EntryKind.COMMITMENT: -1, EntryKind.PAYMENT: 0, EntryKind.DECOMMITMENT: 1}
    for award in ("a", None):
        taken = [(e.on, signs[e.kind] * e.amount.cents) for e in entries if award in (e.award_id, None)]
        gains, cuts = [move for move in limit if move[1] > 0], [move for move in limit if move[1] <= 0]
        exact = least([*gains, *taken, *cuts], day)
        moves = [(on, Euros.of_cents(cents)) for on, cents in limit]
        assert journal.room(moves, on=day, award_id=award).cents == exact
        quick = journal.room(moves, on=day, award_id=award, enough=Euros.of_cents(enough)).cents
        assert quick == exact or enough <= quick <= exact
