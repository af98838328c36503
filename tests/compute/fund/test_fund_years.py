"""A fund year by year, and two of them side by side: every euro in its year, and none lost between them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Award, Euros, Fund, JournalEntry, Saving
from levier.errors import DuplicateItemsError, MixedUnitsError
from levier.fund import Delay, FundYear, Instalment, SavingKind, YearSavings, apply, balances, compare_funds, fund_years
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


def savings(amount: int, *, of_fund: bool = False, **more: Any) -> YearSavings:
    """Return what a year has of expected savings of the State."""
    about: dict[str, Any] = {"kind": SavingKind.EXPECTED, "whose": "State", **more}
    return YearSavings(of_fund=of_fund, amount=Euros(amount), **about)


def test_a_fund_year_by_year() -> None:
    """What is decided, falls due, is committed, paid and saved stands in its year; what has none stands last."""
    assert fund_years(FUND) == (
        FundYear(year=2018, decided=Euros(500), due=Euros(200), committed=Euros(300), paid=Euros(100)),
        FundYear(year=2019, decided=Euros(400), committed=Euros(400)),
        FundYear(year=2020, committed=Euros(-50), savings=(savings(70),)),
        FundYear(year=None, due=Euros(300), savings=(savings(9, of_fund=True), savings(5)), unweighed=("c",)),
    )


def test_the_savings_of_the_fund_and_of_its_awards_stand_apart() -> None:
    """Both are in the row; whoever asks for their sum is told that they do not add up, and where they are."""
    *_, row = fund_years(FUND)
    with pytest.raises(MixedUnitsError) as refused:
        row.expected  # noqa: B018  # to ask is to be refused
    assert str(refused.value) == (
        "cannot add expected savings of the fund (State) and expected savings of its awards (State): "
        "take the one you mean from savings"
    )
    assert (row.revised, row.saved) == (None, None)


def test_expected_revised_and_achieved_are_three_series() -> None:
    """100 expected, 80 then 90 revised, 40 achieved: three numbers, each the latest of its kind, and none is a sum."""
    said = [
        Saving(award_id="a", nature="recurrent", period="2022", stated_on=on, **(SAVING | {"kind": kind, "amount": n}))
        for kind, n, on in (
            ("revised", 90, "2021"),
            ("expected", 100, None),
            ("revised", 80, "2020"),
            ("achieved", 40, None),
        )
    ]
    for order in (said, said[::-1]):
        (row,) = (row for row in fund_years(attrs.evolve(FUND, savings=order)) if row.year == 2022)
        assert (row.expected, row.revised, row.saved) == (Euros(100), Euros(90), Euros(40))
    then = fund_years(attrs.evolve(FUND, savings=said), as_of="2020-12-31")
    assert [row.revised for row in then if row.year == 2022] == [Euros(80)]


def test_what_disputes_or_overlaps_is_named_and_not_summed() -> None:
    """Two amounts for one year of one day, and a month beside its year: the row names them, its sum is refused."""
    for periods, found in ((("2022", "2022"), "a, 2022: 1.00 EUR"), (("2022", "2022-03"), "a, 2022 and 2022-03")):
        said = [
            Saving(award_id="a", nature="recurrent", amount=n, period=period, **SAVING)
            for n, period in enumerate(periods, 1)
        ]
        (row,) = (row for row in fund_years(attrs.evolve(FUND, savings=said)) if row.year == 2022)
        assert [conflict[: len(found)] for conflict in row.savings[0].conflicts] == [found]
        with pytest.raises(DuplicateItemsError, match=found):
            row.expected  # noqa: B018  # to ask is to be refused


def test_what_was_not_known_on_a_day_does_not_count() -> None:
    """On 31 December 2018 award b was neither decided nor under contract; what nothing dates, as forecasts, stays."""
    then = fund_years(FUND, as_of="2018-12-31")
    assert then == (
        FundYear(year=2018, decided=Euros(500), due=Euros(200), committed=Euros(300), paid=Euros(100)),
        FundYear(year=2020, savings=(savings(70),)),
        FundYear(year=None, due=Euros(300), savings=(savings(9, of_fund=True),), unweighed=("c",)),
    )
    assert compare_funds(FUND, FUND, as_of="2018-12-31")[0].after == then[0]


def test_years_agree_with_the_balances() -> None:
    """What a year commits and pays is what the balance of that year says."""
    fund = samples.fund(awards=50)
    found = {str(one.year): (one.committed, one.paid) for one in fund_years(fund)}
    for one in balances(fund, by="year"):
        assert found[one.key] == (one.net, one.paid)


def test_two_funds_side_by_side() -> None:
    """Each year of either fund has a row, one that only the other has is nothing, and a fund is equal to itself."""
    late = apply(FUND, Delay(months=6)).fund
    rows = {row.year: row for row in compare_funds(FUND, late)}
    assert list(rows) == [2018, 2019, 2020, 2021, None]
    assert (rows[2018].change("committed"), rows[2018].change("due")) == (Euros(-300), Euros(-200))
    assert (rows[2019].change("committed"), rows[2019].change("paid")) == (Euros(300), Euros(100))
    later = Euros.of_cents(round(Fraction(7000 * 181, 365)))  # 181 of the 365 days from July 2020 are in 2021
    assert (rows[2020].change("expected"), rows[2021].change("expected")) == (-later, later)
    assert rows[2018].is_changed
    assert not any(row.is_changed for row in compare_funds(FUND, FUND))
    (alone, *_) = compare_funds(Fund(id="e", label="Empty"), FUND)
    assert alone.before == FundYear(year=2018)


@given(st.integers(-24, 24))
def test_a_delay_loses_nothing(months: int) -> None:
    """However long a delay, the money of all years together is the same."""
    sample = samples.fund(awards=3)
    said = [
        Saving(award_id=one.id, nature="recurrent", amount="9.99", period=str(2020 + place), **SAVING)
        for place, one in enumerate(sample.awards)
    ]
    fund = attrs.evolve(sample, savings=said)
    rows = compare_funds(fund, apply(fund, Delay(months=months)).fund)
    for name in ("decided", "due", "committed", "paid", "expected"):
        assert Euros.total(row.change(name) for row in rows) == Euros(0)
