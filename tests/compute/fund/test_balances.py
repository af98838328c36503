"""Balances: any day, any division, and the parts are always the whole."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Award, Euros, Fund, Organisation, catalogue
from levier.budget import ageing_by_award
from levier.compute.fund.balances import ministry_of
from levier.errors import InvalidValueError
from levier.fund import Balance, BalanceBy, EntryKind, balance, balances
from levier.model.periods import Day
from levier.testing import samples

BODIES = {
    "justice": Organisation(id="justice", label="Justice", kind="ministry"),
    "unit": Organisation(id="unit", label="Unit", kind="central-administration", parent_id="justice"),
    "agency": Organisation(id="agency", label="Agency", kind="operator"),
    "ring": Organisation(id="ring", label="Ring", kind="other", parent_id="gnir"),
    "gnir": Organisation(id="gnir", label="Gnir", kind="other", parent_id="ring"),
    "lost": Organisation(id="lost", label="Lost", kind="other", parent_id="nowhere"),
}


def test_each_award_as_it_was_on_a_day() -> None:
    """On each day the sample fund holds what its entries up to that day add up to, award by award."""
    fund = samples.fund(awards=50)
    for day in (None, "2017-12-31", "2018-12-31", "2019-06-30", "2030-01-01"):
        sums: dict[str, Counter[EntryKind]] = {}
        for entry in fund.entries:
            if day is None or entry.on <= Day.fromisoformat(day):
                sums.setdefault(entry.award_id, Counter())[entry.kind] += entry.amount.cents
        found = {one.key: one for one in balances(fund, as_of=day)}
        assert list(found) == sorted(sums)
        for name, kinds in sums.items():
            assert found[name].committed.cents == kinds[EntryKind.COMMITMENT]
            assert found[name].paid.cents == kinds[EntryKind.PAYMENT]
            assert found[name].outstanding.cents == kinds[EntryKind.COMMITMENT] - kinds[EntryKind.PAYMENT]


@given(st.sampled_from(list(BalanceBy)), st.integers(2017, 2023), st.integers(1, 12))
def test_parts_are_the_whole(by: BalanceBy, year: int, month: int) -> None:
    """However a journal is divided, on any day, its parts add up to the whole."""
    fund = samples.fund(awards=9)
    day = Day(year, month, 15)
    parts, whole = balances(fund, by=by, as_of=day, organisations=BODIES), balance(fund, as_of=day)
    assert Euros.total(part.net for part in parts) == whole.net
    assert Euros.total(part.outstanding for part in parts) == whole.outstanding
    assert Euros.total(stock.amount for stock in ageing_by_award(fund, as_of=day)) == whole.outstanding


def test_by_ministry_a_body_counts_under_the_one_it_stands_under() -> None:
    """A unit counts under its ministry; what stands under none, or in a circle, or is not known, has no key."""
    names = ["justice", "unit", "agency", "ring", "lost", "gone", None]
    expected = ["justice", "justice", "", "", "", "", ""]
    assert [ministry_of(name, BODIES) for name in names] == expected
    awards = [
        Award(id=f"a{n}", label="A", owner_id=name, amount=10, contracted_on="2018-01-01")
        for n, name in enumerate(names)
    ]
    fund = Fund(id="f", label="F", awards=awards)
    for award in awards:
        fund = fund.with_commitment(award.id, 10, on="2018-01-01").with_decommitment(award.id, 1, on="2018-02-01")
    assert [(one.key, one.net) for one in balances(fund, by="ministry", organisations=BODIES)] == [
        ("", Euros(45)),
        ("justice", Euros(18)),
    ]
    with pytest.raises(InvalidValueError, match=r"^balances\.organisations: expected the organisations, .*found None$"):
        balances(fund, by="ministry")


@pytest.mark.parametrize("by", [*BalanceBy, None])
def test_what_is_entered_on_the_day_itself_counts(by: BalanceBy | None) -> None:
    """A balance up to a day holds the entries of that day, and none of the next one."""
    award = Award(id="a", label="A", amount=100, contracted_on="2018-01-01")
    fund = Fund(id="f", label="F", awards=[award])
    fund = fund.with_commitment("a", 60, on="2018-10-01").with_commitment("a", 5, on="2018-10-02")
    for day, committed in {"2018-09-30": 0, "2018-10-01": 60, "2018-10-02": 65}.items():
        found = [balance(fund, as_of=day)] if by is None else balances(fund, by=by, as_of=day, organisations=BODIES)
        assert Euros.total(one.committed for one in found) == Euros(committed)


def test_no_entry_is_no_balance() -> None:
    """The catalogue's fund has no journal: it has no balance of an award, and none of them is zero."""
    fund = catalogue.action_publique_2022().funds["ftap"]
    for by in (BalanceBy.AWARD, BalanceBy.YEAR):
        assert balances(fund, by=by) == ()
    assert balance(fund) == Balance(key="ftap", committed=Euros(0), decommitted=Euros(0), paid=Euros(0))
    assert ageing_by_award(fund, as_of="2025-12-31") == ()
