"""Payment schedules: whatever the key, not a cent is lost, and what has no year is not spread."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from levier import Award, Euros, Period
from levier.budget import ScheduledPayment
from levier.errors import ContradictoryFlowsError, InvalidValueError
from levier.fund import Instalment, payment_profile, spread_award, spread_by_key, spread_by_milestone, spread_by_profile

cents = st.integers(0, 10**12).map(Euros.of_cents)
keys = st.dictionaries(st.integers(2018, 2040), st.integers(0, 1000), min_size=1, max_size=8).filter(
    lambda key: any(key.values())
)


@given(cents, keys)
def test_a_key_spreads_everything(amount: Euros, key: dict[int, int]) -> None:
    """Every cent is in a year, and no year is a cent or more away from its exact share."""
    spread = spread_by_key(amount, key)
    assert spread.remainder == Euros(0)
    assert [payment.year for payment in spread.payments] == sorted(key)
    for year, weight in key.items():
        share = Fraction(amount.cents * weight, sum(key.values()))
        assert abs(spread.of(year).cents - share) < 1


@given(keys)
def test_a_year_of_no_weight_gets_nothing(key: dict[int, int]) -> None:
    """A weight of zero is a year without payment, whatever the cents left over."""
    spread = spread_by_key("100.01", key)
    assert all(spread.of(year) == Euros(0) for year, weight in key.items() if not weight)


def test_cents_left_go_to_the_largest_fractions() -> None:
    """Of 100.00 in proportion 1 to 5, the cent left goes to the larger fraction; of equals, the earlier year."""
    assert spread_by_key(100, {2022: 1, 2021: 5}).of(2021) == Euros("83.33")
    assert spread_by_key(100, {2022: 1, 2021: 5}).of(2022) == Euros("16.67")
    assert spread_by_key("0.01", {2022: 1, 2021: 1}).of(2021) == Euros("0.01")
    assert spread_by_key(1, {2021: Decimal("0.5"), 2022: Decimal("1.5")}).of(2022) == Euros("0.75")


@pytest.mark.parametrize("key", [{}, {2021: 0}, {2021: -1}, {2021: 0.5}, {2021: Decimal("NaN")}, {2021: True}])
def test_bad_weights_are_refused(key: Any) -> None:
    """No weight at all, nothing but zeros, a negative, a float, no number, a flag: none is a key."""
    with pytest.raises(InvalidValueError, match=r"^spread_by_key\.key: expected exact weights"):
        spread_by_key(100, key)
    milestones = [(Period(str(year)), weight) for year, weight in key.items()]
    with pytest.raises(InvalidValueError, match=r"^spread_by_milestone\.milestones: expected exact weights"):
        spread_by_milestone(100, milestones)


@pytest.mark.parametrize("share", [-1, 0.5, Decimal("NaN"), True, "1"])
def test_bad_shares_are_refused(share: Any) -> None:
    """A share of a profile is exact and at least zero, as weights are."""
    with pytest.raises(InvalidValueError, match=r"^spread_by_profile\.profile: expected exact weights"):
        spread_by_profile(100, [share], first_year=2021)
    assert spread_by_profile(100, [Decimal(0)], first_year=2021).remainder == Euros(100)


def test_milestones_of_one_year_go_together() -> None:
    """Milestones count for the year they fall in, whatever their precision; one over several years is refused."""
    spread = spread_by_milestone(
        100, [(Period("2021-03"), 1), (Period("2021-09-01/2021-10-01"), 1), (Period("2022"), 2)]
    )
    assert (spread.of(2021), spread.of(2022), spread.of(2023)) == (Euros(50), Euros(50), Euros(0))
    for due in ("2021/2022", "2021/.."):
        with pytest.raises(InvalidValueError, match=r"^spread_by_milestone\.milestones: .* within one year"):
            spread_by_milestone(100, [(Period(due), 1)])


def test_an_award_is_spread_by_its_instalments() -> None:
    """Instalments go to the year they fall due in; without one, they are the remainder."""
    parts = [
        Instalment(amount=30, due="2019-03"),
        Instalment(amount=20, due="2019-09"),
        Instalment(amount=25, due="2020"),
        Instalment(amount=15, due="2021/2022"),
        Instalment(amount=10),
    ]
    spread = spread_award(Award(id="a", label="A", amount=100, instalments=parts))
    assert spread.payments == (ScheduledPayment(2019, 50), ScheduledPayment(2020, 25))
    assert spread.remainder == Euros(25)
    assert spread_award(Award(id="a", label="A", amount=100)).remainder == Euros(100)


def test_an_award_of_unknown_amount_is_refused() -> None:
    """An award whose exact amount was not published cannot be spread."""
    with pytest.raises(InvalidValueError, match="an award of an exact amount"):
        spread_award(Award(id="a", label="A"))


@given(cents, st.lists(st.integers(0, 100), max_size=10).filter(lambda shares: sum(shares) <= 100))
def test_a_profile_rounds_half_away_from_zero(amount: Euros, percents: list[int]) -> None:
    """What is paid by the end of each year is the amount times what is due by then, rounded as all money is."""
    spread = spread_by_profile(amount, [Decimal(f"{percent}E-2") for percent in percents], first_year=2021)
    for years in range(1, len(percents) + 1):
        paid = Euros.total(payment.amount for payment in spread.payments[:years])
        assert paid == amount * Decimal(f"{sum(percents[:years])}E-2")


def test_half_a_cent_goes_away_from_zero() -> None:
    """Half of five cents is three cents, as half of that amount is."""
    spread = spread_by_profile("0.05", [Decimal("0.5")], first_year=2021)
    assert spread.of(2021) == Euros("0.05") * Decimal("0.5") == Euros("0.03")


@pytest.mark.parametrize("profile", [["0.9", "0.7"], ["80"]])
def test_a_profile_is_of_shares(profile: list[str]) -> None:
    """Shares of more than the whole, such as percentages, are refused with what they come to."""
    with pytest.raises(InvalidValueError, match="shares that sum to 1 at most, found Decimal"):
        spread_by_profile(100, [Decimal(share) for share in profile], first_year=2021)


@given(cents, st.lists(st.integers(0, 100), max_size=10).filter(lambda shares: sum(shares) <= 100))
def test_a_profile_and_its_remainder_are_the_whole(amount: Euros, percents: list[int]) -> None:
    """Payments and remainder make the amount to the cent; a profile that covers it all leaves nothing."""
    spread = spread_by_profile(amount, [Decimal(f"{percent / 100:.2f}") for percent in percents], first_year=2021)
    assert Euros.total(payment.amount for payment in spread.payments) + spread.remainder == amount
    assert len(spread.payments) == len(percents)
    if sum(percents) == 100:
        assert spread.remainder == Euros(0)


def test_a_profile_of_more_than_everything_is_refused() -> None:
    """Shares that sum to more than one would pay more than there is."""
    with pytest.raises(InvalidValueError, match="sum to 1 at most"):
        spread_by_profile(100, [Decimal("0.6"), Decimal("0.5")], first_year=2021)


def test_past_payments_give_a_profile() -> None:
    """By hand: 2018 is paid 20 then 80 of 100; 2019's first payments are 20 of its 100; 2020 is too young to count."""
    profile = payment_profile({2018: 100, 2019: 100, 2020: 50}, {2018: 20, 2019: 100, 2020: 40}, years=2)
    assert profile == (Decimal("0.2"), Decimal("0.6"))
    assert payment_profile({2018: 100}, {2018: 0, 2019: 100}, years=1) == (Decimal(0),)


@example([(92, 33), (124_999_996, 100), (1, 0)])
@given(st.lists(st.tuples(st.integers(1, 10**9), st.integers(0, 100)), min_size=3, max_size=8))
def test_a_profile_never_pays_more_than_everything(years: list[tuple[int, int]]) -> None:
    """The shares of a profile sum to one at most, so that it can always be applied."""
    committed, paid, left = {}, {}, 0
    for year, (made, percent) in enumerate(years, start=2000):
        committed[year], paid[year] = made, (left + made) * percent // 100
        left += made - paid[year]
    profile = payment_profile(committed, paid, years=2)
    assert all(share >= 0 for share in profile)
    assert sum(map(Fraction, profile)) <= 1
    assert spread_by_profile(1, profile, first_year=2021).remainder >= Euros(0)


def test_a_profile_needs_commitments_old_enough() -> None:
    """With nothing old enough, or no year asked for, there is no profile; contradictory payments are refused."""
    for committed, years in (({2018: 100}, 2), ({}, 1), ({2018: 100}, 0), ({2018: 0}, 1)):
        with pytest.raises(InvalidValueError, match="behind them"):
            payment_profile(committed, {}, years=years)
    with pytest.raises(ContradictoryFlowsError):
        payment_profile({2018: 1}, {2018: 2}, years=1)
