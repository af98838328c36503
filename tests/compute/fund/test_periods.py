"""The years of a period: parts by days, and no cent lost."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Award, Euros
from levier.compute.fund.periods import by_year, is_within_a_year, prorated
from levier.fund import Instalment, spread_award
from levier.model.periods import Period

DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
AMOUNTS = st.integers(-(10**7), 10**7).map(Euros.of_cents)


@given(AMOUNTS, DAYS, st.integers(0, 364))
def test_parts_are_by_days_and_sum_to_the_amount(amount: Euros, first: date, more: int) -> None:
    """Counted day by day, each year has its share to half a cent, and all years together have the amount."""
    days = [first + timedelta(days=n) for n in range(more + 1)]
    counts = Counter(day.year for day in days)
    found = by_year(amount, Period(f"{first}/{days[-1]}") if more else Period(first))
    assert found.keys() == counts.keys()
    assert Euros.total(found.values()) == amount
    for year, part in found.items():
        assert abs(part.cents - Fraction(amount.cents * counts[year], len(days))) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("period", "years"),
    [
        ("2020", [2020]),
        ("2020-03", [2020]),
        ("2020-07/2021-06", [2020, 2021]),
        ("2020-03-01/2021-02-28", [2020, 2021]),
        ("2020-07/2021-07", []),
        ("2020/2021", []),
        ("2020-12/2022-01", []),
        ("2020/..", []),
        (None, []),
        ("9999", [9999]),
    ],
)
def test_twelve_months_have_years_and_more_have_none(period: str | None, years: list[int]) -> None:
    """What lasts a year at most has its years; what is longer, has no end or is not said is never spread."""
    found = None if period is None else Period(period)
    assert list(by_year(Euros(10), found)) == years
    assert found is None or is_within_a_year(found) is bool(years)


def test_half_a_cent_is_rounded_away_from_zero() -> None:
    """As all money is: a saving and a loss of the same size have parts of the same size."""
    assert by_year(Euros("0.01"), Period("2020-12-31/2021-01-01")) == {2020: Euros("0.01"), 2021: Euros(0)}
    assert [prorated(Euros.of_cents(cents), days=1, of=2).cents for cents in (1, -1, 3, -3)] == [1, -1, 2, -2]


def test_an_instalment_due_over_the_end_of_a_year_is_spread() -> None:
    """Due in the twelve months from July 2020, half falls in each year; what is due in two years stays a remainder."""
    parts = [Instalment(amount=365, due="2020-07/2021-06"), Instalment(amount=100, due="2021/2022")]
    spread = spread_award(Award(id="a", label="A", amount=465, instalments=parts))
    assert (spread.of(2020), spread.of(2021), spread.remainder) == (Euros(184), Euros(181), Euros(100))


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("2022-2023-SY", {2022: 122, 2023: 243}),
        ("2022-S2", {2022: 365}),
        ("2022-Q4", {2022: 365}),
        ("2020-W53", None),
        ("../2022", {}),
        ("2022/..", {}),
    ],
)
def test_named_periods_are_split_by_their_days(text: str, split: dict[int, int] | None) -> None:
    """A school year falls in two years by its days, 122 of 365 before January; without both ends nothing is split."""
    found = by_year(Euros(365), Period(text))
    expected = {2020: Euros("208.57"), 2021: Euros("156.43")} if split is None else split
    assert {year: Euros(amount) if isinstance(amount, int) else amount for year, amount in expected.items()} == found
