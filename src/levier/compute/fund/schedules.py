"""
Payment schedules: an amount spread over years by key, by milestone, or by the profile of past payments.

Totals are equal to the cent; an amount without a year is a *remainder*, shown and never spread.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import TypeAlias

from attrs import frozen

from levier.compute._types import asked, by_type
from levier.compute.budget.ageing import Vintage, age
from levier.compute.fund.periods import by_year
from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model._numbers import fixed_context, plain, rounded_to_whole
from levier.model.awards import Award
from levier.model.budget import ScheduledPayment
from levier.model.money import ZERO, Euros, EurosLike
from levier.model.periods import Period, PeriodLike

__all__ = ["Spread", "payment_profile", "spread_award", "spread_by_key", "spread_by_milestone", "spread_by_profile"]

_DOWN = fixed_context(60, ROUND_FLOOR)
"""Sixty digits, rounded down, so that shares of a whole never sum to more than the whole."""

Weight: TypeAlias = Decimal | int
_WEIGHTS = "exact weights of at least zero, not all of them zero"


@final
@frozen(kw_only=True, field_transformer=by_type)
class Spread:
    """
    An amount spread over years, in euros: the payments of each year, and the remainder without a year.

    Attributes:
        amount: The whole amount, in euros.
        payments: The payments by year, in euros.

    >>> Spread(amount=Euros(100), payments=(ScheduledPayment(2021, 60), ScheduledPayment(2022, 30))).remainder
    Euros('10.00')
    """

    amount: Euros
    payments: tuple[ScheduledPayment, ...]

    @property
    def remainder(self) -> Euros:
        """The part that no year is given for."""
        return self.amount - Euros.total(payment.amount for payment in self.payments)

    def of(self, year: int) -> Euros:
        """Return the payments of a year; zero where none are planned."""
        return Euros.total(payment.amount for payment in self.payments if payment.year == year)


@asked
def spread_by_key(amount: EurosLike, key: Mapping[int, Weight]) -> Spread:
    """
    Return an amount spread over years in proportion to their weights.

    Each year gets its share rounded down to the cent; the cents left go to the largest fractions, earlier years first.

    Raises:
        InvalidValueError: For weights that are inexact, negative, or all zero.

    >>> [str(payment.amount) for payment in spread_by_key(100, {2021: 1, 2022: 1, 2023: 1}).payments]
    ['33.34 EUR', '33.33 EUR', '33.33 EUR']
    """
    asked = ("spread_by_key", "key")
    return _in_proportion(Euros(amount), {year: _weight(weight, *asked) for year, weight in key.items()}, *asked)


@asked
def spread_by_milestone(amount: EurosLike, milestones: Iterable[tuple[PeriodLike, Weight]]) -> Spread:
    """
    Return an amount spread over the years of its milestones, in proportion to their weights.

    Raises:
        InvalidValueError: For a milestone that spans several years, or weights that are not exact and positive.

    >>> half, rest = ("2021-06", 1), ("2022", 1)
    >>> spread_by_milestone(100, [half, rest]).of(2022)
    Euros('50.00')
    """
    asked, key = ("spread_by_milestone", "milestones"), defaultdict[int, Fraction](Fraction)
    for due, weight in milestones:
        if (year := _year(Period(due))) is None:
            raise InvalidValueError("spread_by_milestone", str(due), "a milestone within one year", "milestones")
        key[year] += _weight(weight, *asked)
    return _in_proportion(Euros(amount), key, *asked)


@asked
def spread_award(award: Award) -> Spread:
    """
    Return an award spread over the years of its instalments; those without a year stay in the remainder.

    An instalment due within twelve months that cross the end of a year, as after a delay, counts in both by its days.

    Raises:
        InvalidValueError: If the award has no exact amount.

    >>> from levier.fund import Instalment
    >>> parts = [Instalment(amount=60, due="2019-03"), Instalment(amount=40)]
    >>> spread_award(Award(id="a", label="A", amount=100, instalments=parts)).remainder
    Euros('40.00')
    """
    if award.amount is None:
        raise InvalidValueError(f"Award {award.id!r}", None, "an award of an exact amount", "amount")
    cents: dict[int, int] = defaultdict(int)
    for instalment in award.instalments:
        for year, part in by_year(instalment.amount, instalment.due).items():
            cents[year] += part.cents
    return Spread(amount=award.amount, payments=_payments(cents))


@asked
def spread_by_profile(amount: EurosLike, profile: Iterable[Decimal], *, first_year: int) -> Spread:
    """
    Return an amount spread by a profile of past payments: one share for each year, from *first_year* on.

    The cumulated payments are rounded to the cent each year, half away from zero, so that no cent is lost; what the
    profile does not cover is the remainder.

    Raises:
        InvalidValueError: For shares that are inexact, negative, or above 1 in total.

    >>> spread = spread_by_profile(1_000, [Decimal("0.5"), Decimal("0.3")], first_year=2021)
    >>> str(spread.of(2022)), str(spread.remainder)
    ('300.00 EUR', '200.00 EUR')
    """
    whole, shares = Euros(amount), [_weight(share, "spread_by_profile", "profile") for share in profile]
    if sum(shares) > 1:
        come_to = plain(_DOWN.divide(Decimal(sum(shares).numerator), Decimal(sum(shares).denominator)))
        raise InvalidValueError("spread_by_profile", come_to, "shares that sum to 1 at most", "profile")
    ends = [rounded_to_whole(whole.cents * part) for part in accumulate(shares, initial=Fraction(0))]
    cents = {first_year + place: after - before for place, (before, after) in enumerate(pairwise(ends))}
    return Spread(amount=whole, payments=_payments(cents))


@asked
def payment_profile(
    committed: Mapping[int, EurosLike], paid: Mapping[int, EurosLike], *, years: int
) -> tuple[Decimal, ...]:
    """
    Return the share of commitments paid in each of their first *years* years, the oldest commitments being paid first.

    Only commitments whose first *years* years are all known count; the shares, rounded down at sixty digits, sum to at
    most one.

    Raises:
        InvalidValueError: If no commitment is old enough.
        ContradictoryFlowsError: If the payments exceed the commitments.

    >>> payment_profile({2018: 100, 2019: 100}, {2018: 20, 2019: 100}, years=2)
    (Decimal('0.2'), Decimal('0.8'))
    """
    settled = _settled(committed, paid)
    last = max([*committed, *paid], default=0)
    known = {year: Euros(value) for year, value in committed.items() if year + years - 1 <= last and Euros(value)}
    total = Euros.total(known.values())
    if years < 1 or not total:
        raise InvalidValueError("payment_profile", years, "a number of years that some commitments have behind them")
    by_age = [Euros.total(settled.get((year, age), ZERO) for year in known) for age in range(years)]
    return tuple(_DOWN.divide(Decimal(part.cents), Decimal(total.cents)) for part in by_age)


def _settled(committed: Mapping[int, EurosLike], paid: Mapping[int, EurosLike]) -> dict[tuple[int, int], Euros]:
    """Return the payments of each year's commitments at each age, first in, first out."""
    stock: tuple[Vintage, ...] = ()
    settled: dict[tuple[int, int], Euros] = {}
    for year in sorted({*committed, *paid}):
        made = committed.get(year, ZERO)
        due = {vintage.year: vintage.amount for vintage in stock} | {year: Euros(made)}
        stock = age(stock, year=year, committed=made, paid=paid.get(year, ZERO))
        left = {vintage.year: vintage.amount for vintage in stock}
        settled |= {(vintage, year - vintage): amount - left.get(vintage, ZERO) for vintage, amount in due.items()}
    return settled


def _in_proportion(whole: Euros, weights: Mapping[int, Fraction], function: str, field: str) -> Spread:
    total = sum(weights.values(), Fraction(0))
    if not total:
        raise InvalidValueError(function, sorted(weights), _WEIGHTS, field)
    shares = {year: whole.cents * weight / total for year, weight in sorted(weights.items())}
    cents = {year: math.floor(share) for year, share in shares.items()}
    left = whole.cents - sum(cents.values())
    for year in sorted(shares, key=lambda year: (cents[year] - shares[year], year))[:left]:
        cents[year] += 1
    return Spread(amount=whole, payments=_payments(cents))


def _weight(weight: Weight, function: str, field: str) -> Fraction:
    if type(weight) not in (int, Decimal) or not Decimal(weight).is_finite() or weight < 0:
        raise InvalidValueError(function, weight, _WEIGHTS, field)
    return Fraction(weight)


def _payments(cents: Mapping[int, int]) -> tuple[ScheduledPayment, ...]:
    return tuple(ScheduledPayment(year, Euros.of_cents(cents[year])) for year in sorted(cents))


def _year(due: Period) -> int | None:
    first, last = due.first_day, due.last_day
    return None if first is None or last is None or first.year != last.year else last.year
