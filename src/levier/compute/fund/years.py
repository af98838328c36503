"""
The years of a period: in which of them an amount falls.

An amount that is due or saved within twelve months that cross the end of a year falls in both years by their days; this
is what a year becomes once it is delayed by six months. A longer period is not broken down by the document that states
it, and is never spread; neither is one without an end.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from levier.model._numbers import rounded_to_whole
from levier.model.money import Euros
from levier.model.periods import Period

__all__ = ["by_year", "is_within_a_year", "prorated"]


def is_within_a_year(period: Period) -> bool:
    """
    Say whether a period lasts twelve months at most, wherever they begin.

    >>> is_within_a_year(Period("2020-07/2021-06")), is_within_a_year(Period("2020/2021"))
    (True, False)
    """
    first, last = period.first_day, period.last_day
    if last is None or last.year > first.year + 1:
        return False
    return last.year == first.year or (last.month, last.day) < (first.month, first.day)


def prorated(amount: Euros, *, days: int, of: int) -> Euros:
    """
    Return the part of an amount that falls in some days of its period, to the cent, half a cent away from zero.

    >>> prorated(Euros(1), days=1, of=3)
    Euros('0.33')
    """
    return Euros.of_cents(rounded_to_whole(Fraction(amount.cents * days, of)))


def by_year(amount: Euros, period: Period | None) -> Mapping[int, Euros]:
    """
    Return what of an amount falls in each year, by days; nothing where its period has no year.

    The part of the first year is rounded to the cent, and the second year has the rest: no cent is lost.

    >>> by_year(Euros(10), Period("2020-07/2021-06"))
    {2020: Euros('5.04'), 2021: Euros('4.96')}
    >>> by_year(Euros(10), Period("2020/2022"))
    {}
    """
    if period is None or period.last_day is None or not is_within_a_year(period):
        return {}
    first, last = period.first_day, period.last_day
    if first.year == last.year:
        return {first.year: amount}
    days = last.toordinal() - first.toordinal() + 1
    part = prorated(amount, days=days - last.day_of_year, of=days)
    return {first.year: part, last.year: amount - part}
