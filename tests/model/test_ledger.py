"""The money of a journal: seen as columns, it is as when its entries are seen one by one."""

from __future__ import annotations

from unittest.mock import patch

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier import Award, Day, Euros, JournalEntry
from levier.fund import EntryKind
from levier.model import _ledger


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b"]),
            st.sampled_from(list(EntryKind)),
            st.integers(1, 6),
            st.integers(1, 28),
        ),
        max_size=8,
    ),
    st.none() | st.lists(st.tuples(st.integers(1, 28), st.integers(-4, 12)), max_size=3),
    st.sampled_from([None, "2020-01-01", "2020-01-15"]),
)
def test_the_columns_of_a_journal_never_accept_what_its_entries_refuse(
    moves: list[tuple[str, EntryKind, int, int]], limit: list[tuple[int, int]] | None, contracted_on: str | None
) -> None:
    """What is accepted by columns is accepted entry by entry: the quick look decides nothing by itself."""
    entries = [
        JournalEntry(award_id=award_id, kind=kind, amount=amount, on=Day(2020, 1, day))
        for award_id, kind, amount, day in moves
    ]
    awards = {name: Award(id=name, label=name, amount=8, contracted_on=contracted_on) for name in "ab"}
    changes = None if limit is None else [(_ledger.START, Euros(9)), *((Day(2020, 1, d), Euros(n)) for d, n in limit)]
    if _ledger.is_plainly_covered(entries, awards, changes):
        with patch.object(_ledger, "is_plainly_covered", return_value=False):
            _ledger.check_money("f", entries, awards, changes)


def test_entries_out_of_the_order_of_their_days_are_seen_in_it() -> None:
    """A payment recorded before an earlier commitment is covered; one before its commitment is not."""
    award = {"a": Award(id="a", label="A", amount=8, contracted_on="2020-01-01")}
    paid, committed = (
        JournalEntry(award_id="a", kind=kind, amount=3, on=f"2020-01-{day}")
        for kind, day in (("payment", "20"), ("commitment", "10"))
    )
    assert _ledger.is_plainly_covered([paid, committed], award, None)
    assert not _ledger.is_plainly_covered([evolve(paid, on="2020-01-05"), committed], award, None)
    assert not _ledger.is_plainly_covered([committed], {"a": evolve(award["a"], amount=None)}, None)
