"""
Periods: how an amount is split over years, and how days and periods are shifted by a delay.

An amount due or saved within twelve months that cross the end of a year is split over both years by days; a calendar
year delayed by six months is such a period. A longer period is never spread, because the document that states it does
not break it down; neither is a period without an end.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from levier.compute.exact import days_between
from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model._numbers import rounded_to_whole
from levier.model.money import Euros
from levier.model.periods import Day, Period

__all__ = ["Shift", "by_year", "is_within_a_year", "prorated"]


@final
@frozen(kw_only=True)
class Shift:
    """
    A shift by some months, negative for earlier, of everything on or after the day *since*; of everything without one.

    A day that does not exist in its new month becomes the last day of that month. A year that no longer starts in
    January becomes a period of twelve months; a week becomes the days from its Monday to its Sunday, each shifted.

    >>> Shift(months=6, since=Day(2021, 3, 1)).day(Day(2021, 8, 31))
    Date(2022, 2, 28)
    """

    months: int
    since: Day | None = None

    def day(self, day: Day) -> Day:
        """
        Return the shifted day.

        Raises:
            InvalidValueError: If it would be before the day *since*.
        """
        if self._stays(day):
            return day
        return self._allowed(day.add(months=self.months), day)

    def period(self, period: Period) -> Period:
        """
        Return the shifted period; a period that has begun stays, even if it has not ended.

        Raises:
            InvalidValueError: If it would begin before the day *since*.
        """
        if self._stays(period.first_day):
            return period
        moved = period.plus(months=self.months) if period.is_of_whole_months else self._by_day(period)
        self._allowed(moved.known_from, period)
        return moved

    def _stays(self, day: Day | None) -> bool:
        return self.since is not None and (day is None or day < self.since)

    def _by_day(self, period: Period) -> Period:
        ends = (period.first_day, period.last_day)
        return Period("/".join(".." if day is None else str(day.add(months=self.months)) for day in ends))

    def _allowed(self, moved: Day, was: Day | Period) -> Day:
        if self._stays(moved):
            expected = f"months that bring {was} to {self.since} or later: what is past does not change"
            raise InvalidValueError("apply", self.months, expected, "changes")
        return moved


def is_within_a_year(period: Period) -> bool:
    """
    Return whether a period lasts twelve months at most, whatever month it begins in.

    >>> is_within_a_year(Period("2020-07/2021-06")), is_within_a_year(Period("2020/2021"))
    (True, False)
    """
    first, last = period.first_day, period.last_day
    if first is None or last is None or last.year > first.year + 1:
        return False
    return last.year == first.year or (last.month, last.day) < (first.month, first.day)


def prorated(amount: Euros, *, days: int, of: int) -> Euros:
    """
    Return the part of an amount for some days of its period, to the cent, half a cent away from zero.

    >>> prorated(Euros(1), days=1, of=3)
    Euros('0.33')
    """
    return Euros.of_cents(rounded_to_whole(Fraction(amount.cents * days, of)))


def by_year(amount: Euros, period: Period | None) -> Mapping[int, Euros]:
    """
    Return an amount split over years by days; empty where its period has no year.

    The part of the first year is rounded to the cent, and the second year gets the rest: no cent is lost.

    >>> by_year(Euros(10), Period("2020-07/2021-06"))
    {2020: Euros('5.04'), 2021: Euros('4.96')}
    >>> by_year(Euros(10), Period("2020/2022"))
    {}
    """
    first, last = (None, None) if period is None else (period.first_day, period.last_day)
    if period is None or first is None or last is None or not is_within_a_year(period):
        return {}
    if first.year == last.year:
        return {first.year: amount}
    days = days_between(first, last) + 1
    part = prorated(amount, days=days - last.day_of_year, of=days)
    return {first.year: part, last.year: amount - part}
