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
from levier.model.entries import EntryKind, JournalEntry
from levier.model.fund import Fund
from levier.model.journal import Journal
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


def pots(entries: list[JournalEntry], award: str) -> list[tuple[date, int, int, int]]:
    """
    Return, after each entry of an award by day: what is unpaid, what came back and is held, what is paid in the end.

    Two pots, filled and emptied one entry at a time: a decommitment empties the second one first.
    """
    unpaid = held = paid = 0
    found = []
    for one in sorted((one for one in entries if one.award_id == award), key=lambda one: one.on):
        cents = one.amount.cents
        if one.kind is EntryKind.COMMITMENT:
            unpaid += cents
        elif one.kind is EntryKind.PAYMENT:
            unpaid, paid = unpaid - cents, paid + cents
        elif one.kind is EntryKind.RECOVERY:
            held, paid = held + cents, paid - cents
        else:
            unpaid, held = unpaid - max(cents - held, 0), max(held - cents, 0)
        found.append((one.on, unpaid, held, paid))
    return found


def from_day(entries: list[JournalEntry], award: str, on: date) -> list[tuple[int, int, int]]:
    """Return the pots at the end of a day, and after each later entry."""
    found = pots(entries, award)
    before = [rest for day, *rest in found if day <= on][-1:] or [[0, 0, 0]]
    return [tuple(rest) for rest in (*before, *(rest for day, *rest in found if day > on))]


def is_lawful(entries: list[JournalEntry], award: str) -> bool:
    """Say whether no pot was ever below zero."""
    return all(min(unpaid, held, paid) >= 0 for _, unpaid, held, paid in pots(entries, award))


@given(ENTRIES, OFFSETS)
def test_what_may_be_paid_leaves_no_later_day_short(entries: list[JournalEntry], offset: int) -> None:
    """What may be paid on a day is the lowest that is unpaid from that day on; what may come back, that is paid."""
    day = Day(2019, 1, 1).add(days=offset)
    for journal in (Journal(entries), Journal().with_(*entries)):
        for award in "abc":
            later = from_day(entries, award, day)
            assert journal.payable(award, on=day).cents == min(unpaid for unpaid, _, _ in later)
            assert journal.recoverable(award, on=day).cents == min(paid for _, _, paid in later)
            assert journal.outstanding(award).cents == from_day(entries, award, date.max)[0][0]


@given(st.lists(ENTRIES, max_size=3).map(lambda drawn: [one for some in drawn for one in some]), OFFSETS)
def test_what_may_be_released_leaves_no_later_day_short(drawn: list[JournalEntry], offset: int) -> None:
    """Of lawful entries, a decommitment of what may be released is lawful too, and one of a cent more is not."""
    entries: list[JournalEntry] = []
    for one in drawn:
        if is_lawful([*entries, one], one.award_id):
            entries.append(one)
    day = Day(2019, 1, 1).add(days=offset)
    for award in "ab":
        most = Journal(entries).releasable(award, on=day).cents
        assert most == Journal().with_(*entries).releasable(award, on=day).cents
        if most:
            assert is_lawful([*entries, entry(most, award, "decommitment", str(day))], award)
        assert not is_lawful([*entries, entry(most + 1, award, "decommitment", str(day))], award)


@given(ENTRIES)
def test_a_decommitment_releases_what_came_back_first(entries: list[JournalEntry]) -> None:
    """The parts of decommitments that release recoveries are those that empty the pot of what came back."""
    parts = Journal(entries).released_recoveries()
    for award in "ab":
        recovered = sum(e.amount.cents for e in entries if (e.award_id, e.kind) == (award, EntryKind.RECOVERY))
        closed = sum(part.cents for place, part in parts.items() if entries[place].award_id == award)
        assert recovered - closed == from_day(entries, award, date.max)[0][1]
    for place, part in parts.items():
        assert entries[place].kind is EntryKind.DECOMMITMENT
        assert Euros(0) < part <= entries[place].amount


def test_money_that_came_back_by_the_order_of_days() -> None:
    """A recovery before, on or after the day of a decommitment: by days and not by recording, the pots say what is."""
    start = [entry(100, on="2019-01-01"), entry(60, kind="payment", on="2019-02-01")]
    back, release = entry(20, kind="recovery", on="2019-03-01"), entry(20, kind="decommitment", on="2019-03-01")
    assert Journal([*start, back, release]).outstanding("a").cents == 40
    assert Journal([*start, release, back]).outstanding("a").cents == 20
    late = entry(20, kind="decommitment", on="2019-04-01")
    early = entry(20, kind="decommitment", on="2019-02-15")
    for release in (late, early):
        for order in ([*start, back, release], [*start, release, back]):
            journal = Journal().with_(*order)
            assert journal.outstanding("a").cents == (40 if release is late else 20)
            assert journal.payable("a", on="2019-12-31") == journal.outstanding("a")
            assert journal.releasable("a", on="2019-12-31").cents == 40
            assert journal.releasable("a", on="2019-02-20").cents == (40 if release is late else 20)
            assert journal.recoverable("a", on="2019-12-31").cents == 40
            assert journal.recoverable("a", on="2019-01-15").cents == 0
            assert (journal.paid("a").cents, journal.recovered("a").cents, journal.recovered().cents) == (60, 20, 20)
            assert len(journal.released_recoveries()) == (release is late)


@given(
    ENTRIES, OFFSETS, st.lists(st.tuples(st.integers(0, 30), st.integers(-400, 400)), max_size=3), st.integers(0, 900)
)
def test_what_is_left_of_a_limit_holds_on_every_later_day(
    entries: list[JournalEntry], offset: int, changes: list[tuple[int, int]], enough: int
) -> None:
    """What commitments leave of a limit is its lowest from a day on; with *enough*, never more than that if less."""
    day, journal = Day(2019, 1, 1).add(days=offset), Journal(entries)
    limit = [(Day(1, 1, 1), 600), *((Day(2019, 1, 1).add(days=later), cents) for later, cents in changes)]
    signs = {EntryKind.COMMITMENT: -1, EntryKind.DECOMMITMENT: 1}
    for award in ("a", None):
        taken = [(e.on, signs.get(e.kind, 0) * e.amount.cents) for e in entries if award in (e.award_id, None)]
        gains, cuts = [move for move in limit if move[1] > 0], [move for move in limit if move[1] <= 0]
        exact = least([*gains, *taken, *cuts], day)
        moves = [(on, Euros.of_cents(cents)) for on, cents in limit]
        assert journal.room(moves, on=day, award_id=award).cents == exact
        quick = journal.room(moves, on=day, award_id=award, enough=Euros.of_cents(enough)).cents
        assert quick == exact or enough <= quick <= exact
