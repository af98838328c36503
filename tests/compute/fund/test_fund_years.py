"""A fund year by year, and two of them side by side: every euro in its year, and none lost between them."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from levier import Award, Euros, Fund, Instalment, JournalEntry, Saving
from levier.compute import Delay, FundYear, applied, balances, compare_funds, fund_years
from levier.testing import samples

SAVING: dict[str, Any] = {"kind": "expected", "whose": "State", "method": "declared", "source_id": "s"}
FUND = Fund(
    id="f",
    label="F",
    awards=[
        Award(
            id="a",
            label="A",
            amount=500,
            decided_on="2018-06-30",
            contracted_on="2018-08-31",
            instalments=[Instalment(amount=200, due="2018-09"), Instalment(amount=300)],
        ),
        Award(id="b", label="B", amount=400, decided_on="2019", contracted_on="2019-02-01"),
        Award(id="c", label="C"),
    ],
    entries=[
        JournalEntry(award_id="a", kind="commitment", amount=300, on="2018-08-31"),
        JournalEntry(award_id="a", kind="payment", amount=100, on="2018-12-31"),
        JournalEntry(award_id="b", kind="commitment", amount=400, on="2019-02-01"),
        JournalEntry(award_id="b", kind="decommitment", amount=50, on="2020-02-01"),
    ],
    savings=[
        Saving(award_id="a", nature="recurrent", amount=70, period="2020", **SAVING),
        Saving(award_id="b", nature="one-off", amount=70, period="2020", **SAVING),
        Saving(award_id="b", nature="recurrent", amount=5, period="2020/..", **SAVING),
        Saving(nature="recurrent", amount=9, **SAVING),
    ],
)


def test_a_fund_year_by_year() -> None:
    """What is decided, falls due, is committed, paid and saved stands in its year; what has none stands last."""
    assert fund_years(FUND) == (
        FundYear(year=2018, decided=Euros(500), due=Euros(200), committed=Euros(300), paid=Euros(100)),
        FundYear(year=2019, decided=Euros(400), committed=Euros(400)),
        FundYear(year=2020, committed=Euros(-50), saved=Euros(70)),
        FundYear(year=None, due=Euros(300), saved=Euros(14)),
    )


def test_years_agree_with_the_balances() -> None:
    """What a year commits and pays is what the balance of that year says."""
    fund = samples.fund(awards=50)
    found = {str(one.year): (one.committed, one.paid) for one in fund_years(fund)}
    for one in balances(fund, by="year"):
        assert found[one.key] == (one.net, one.paid)


def test_two_funds_side_by_side() -> None:
    """Each year of either fund has a row, one that only the other has is nothing, and a fund is equal to itself."""
    late = applied(FUND, Delay(months=6)).fund
    rows = {row.year: row for row in compare_funds(FUND, late)}
    assert list(rows) == [2018, 2019, 2020, None]
    assert (rows[2018].change("committed"), rows[2018].change("due")) == (Euros(-300), Euros(-200))
    assert (rows[2019].change("committed"), rows[2019].change("paid")) == (Euros(300), Euros(100))
    assert rows[None].change("saved") == Euros(70)  # twelve months from July are no calendar year
    assert rows[2018].is_changed
    assert not any(row.is_changed for row in compare_funds(FUND, FUND))
    (alone, *_) = compare_funds(Fund(id="e", label="Empty"), FUND)
    assert alone.before == FundYear(year=2018)


@given(st.integers(-24, 24))
def test_a_delay_loses_nothing(months: int) -> None:
    """However long a delay, the money of all years together is the same."""
    fund = samples.fund(awards=3)
    rows = compare_funds(fund, applied(fund, Delay(months=months)).fund)
    for name in ("decided", "due", "committed", "paid", "saved"):
        assert Euros.total(row.change(name) for row in rows) == Euros(0)
