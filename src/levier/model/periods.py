"""
Days and periods: the only module that uses pendulum.

A `Day` is exactly a `pendulum.Date`.
A `Period` is a day, a week, a month, a quarter, a half-year, a year, a school year or an interval, as text: ISO 8601
where it has a form; a partial date such as `2017-12` is a period. The texts and their days are in `_calendar`.
No function reads the clock: time is always an argument.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache, total_ordering
from typing import Any, TypeAlias

import pendulum
from attrs import Attribute

from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model._calendar import (
    DAY,
    PERIOD,
    PERIOD_EXPECTED,
    bounds_of,
    end_of,
    months_of,
    moved,
    of_whole_months,
    text_of,
)
from levier.model._facts import Matching, states
from levier.model._fields import asks_type_only, asks_value_only, hold_types, refuse
from levier.model._immutable import Immutable
from levier.model.terms import Term

__all__ = [
    "Day",
    "DayLike",
    "Period",
    "PeriodLike",
    "Precision",
    "as_day",
    "as_day_or_none",
    "as_period",
    "as_period_or_none",
    "is_begun",
    "is_day",
    "is_period",
    "parse_day",
]

Day: TypeAlias = pendulum.Date
DayLike: TypeAlias = str | date

_ISO_DAY = re.compile(DAY)
states(Matching(DAY))(Day)
_DAY_EXPECTED = "a day such as '2019-06-14' (ISO 8601)"
_ONE_DAY = timedelta(days=1)
_IN_CALENDAR = "a period that stays within the years 1 to 9999 when it moves"


def parse_day(value: DayLike) -> Day:
    """
    Return the day of an ISO 8601 text or a date; the compact form `20190614` and datetimes are refused.

    Raises:
        InvalidValueError: If a text is not a valid date `YYYY-MM-DD`, and for any other value.

    >>> parse_day("2019-06-14")
    Date(2019, 6, 14)
    """
    if type(value) is Day:
        return value
    if type(value) is str and _ISO_DAY.fullmatch(value):
        try:
            return Day.fromisoformat(value)
        except ValueError:
            pass
    if type(value) is date:
        return _day(value)
    raise InvalidValueError("Day", value, _DAY_EXPECTED)


def as_day(value: DayLike) -> Day:
    """Convert a text, or any date that is not a datetime; return anything else unchanged, for `is_day` to refuse."""
    try:
        return parse_day(value)
    except InvalidValueError:
        return value  # type: ignore[return-value]  # the validator refuses it


@asks_type_only
def is_day(instance: object, attribute: Attribute[Any], value: object) -> None:
    """
    Accept a `Day`; a datetime, which is a date by inheritance only, is refused.

    Raises:
        InvalidValueError: For anything else.
    """
    if type(value) is not Day:
        refuse(instance, attribute, value, _DAY_EXPECTED)


class Precision(Term):
    """The precision of a period."""

    DAY = "day", "jour", "day"
    WEEK = "week", "semaine", "week"
    MONTH = "month", "mois", "month"
    QUARTER = "quarter", "trimestre", "quarter"
    HALF_YEAR = "half-year", "semestre", "half-year"
    YEAR = "year", "année", "year"
    SCHOOL_YEAR = "school-year", "année scolaire", "school year"
    INTERVAL = "interval", "intervalle", "interval"


_OF_LENGTH = {4: Precision.YEAR, 8: Precision.WEEK, 10: Precision.DAY, 12: Precision.SCHOOL_YEAR}
_OF_NAME = {"Q": Precision.QUARTER, "S": Precision.HALF_YEAR}
_MONTHS = {
    Precision.MONTH: 1,
    Precision.QUARTER: 3,
    Precision.HALF_YEAR: 6,
    Precision.YEAR: 12,
    Precision.SCHOOL_YEAR: 12,
}
_DAYS = {Precision.DAY: 1, Precision.WEEK: 7}


@states(Matching(PERIOD))
@final
@total_ordering
class Period(Immutable):
    """
    A period of the calendar, or an interval between two dates of one form, both ends included; in documents, a text.

    The texts are `2019`, `2019-S1` (half-year), `2019-Q1` (quarter), `2017-12`, `2019-W05` (week of ISO 8601),
    `2019-06-14`, `2022-2023-SY` (school year, from 1 September to 31 August) and intervals such as `2018/2022`.
    An interval may be open: `2018/..` starts in 2018 and has no end, `../2019` ends with 2019 and has no start.
    A period is defined by its first and last day; *text* is the one text of both, so `2019-01/2019-03` is `2019-Q1`.
    Periods are ordered by their first day, then by their last; an open start comes before any other, an open end after.
    Equal periods may share one object. A `pendulum.Date` has a `__dict__` and is therefore not fully immutable, so each
    access to a day returns a new one.

    >>> Period("2017-12").first_day, Period("2017-12").last_day
    (Date(2017, 12, 1), Date(2017, 12, 31))
    >>> Period("2020-01-01/2020-12-31"), Period("2018-01/.."), Period("2023-01/2023-03")
    (Period('2020'), Period('2018/..'), Period('2023-Q1'))
    >>> Period("2018/2022").covers("2019-06-14"), Period("2018/2022").overlaps("2022-12/..")
    (True, True)
    >>> Period("2019-13")
    Traceback (most recent call last):
        ...
    levier.errors.InvalidValueError: Period: expected a year, half-year, quarter, ..., found '2019-13'
    """

    __slots__ = ("_first", "_last", "last_month", "text")

    text: str
    _first: date | None
    _last: date | None
    last_month: int
    """The number of the last month, counted from year 0, for comparisons; for an interval without end, of the first."""

    def __new__(cls, value: PeriodLike) -> Period:  # noqa: PYI034  # a final class
        """Create a period from ISO text or a date; a period is returned as it is."""
        if type(value) is cls:
            return value
        if type(value) in (date, Day):
            value = str(value)
        if type(value) is not str:
            raise InvalidValueError("Period", value, PERIOD_EXPECTED)
        return _period(value)

    def __init__(self, value: PeriodLike) -> None:
        """Documented in `__new__`, which does the work and may return a shared value."""

    @property
    def first_day(self) -> Day | None:
        """The first day; `None` for an interval without a start."""
        return None if self._first is None else _day(self._first)

    @property
    def last_day(self) -> Day | None:
        """The last day; `None` for an interval without an end."""
        return None if self._last is None else _day(self._last)

    @property
    def precision(self) -> Precision:
        """The precision of this period: what the calendar calls it, or an interval."""
        if "/" in self.text:
            return Precision.INTERVAL
        return _OF_LENGTH.get(len(self.text)) or _OF_NAME.get(self.text[5], Precision.MONTH)

    @property
    def length_months(self) -> int | None:
        """
        The number of months, where it is made of whole months; else `None`.

        >>> Period("2023-Q1").length_months, Period("2018/2022").length_months, Period("2023-W05").length_months
        (3, 60, None)
        """
        return months_of(self._first, self._last)

    @property
    def is_of_whole_months(self) -> bool:
        """Whether it begins and ends with a month, where it begins and ends: such periods move by months."""
        return of_whole_months(self._first, self._last)

    @property
    def year(self) -> int:
        """The calendar year of the first day; of the last one where the start is open."""
        return (self._first or self._end).year

    @property
    def known_by(self) -> Day:
        """The day from which a fact of this date is known: the last day or, for an interval without end, the first."""
        return _day(self._end)

    @property
    def known_from(self) -> Day:
        """The first day on which a fact of this date may be known: the first day or, without a start, the last."""
        return _day(self._first or self._end)

    @property
    def _end(self) -> date:
        """Return the last day; the first where the end is open. One of the two is known."""
        return self._last or self._first or date.max

    @property
    def next(self) -> Period:
        """
        The period of the same length that begins on the day after this one.

        Raises:
            InvalidValueError: For an interval that is open or not of whole months, and past the year 9999.

        >>> Period("2023-Q4").next, Period("2022-2023-SY").next, Period("2020-W53").next
        (Period('2024-Q1'), Period('2023-2024-SY'), Period('2021-W01'))
        """
        return self._moved(1)

    @property
    def previous(self) -> Period:
        """
        The period of the same length that ends on the day before this one.

        Raises:
            InvalidValueError: For an interval that is open or not of whole months, and before the year 1.

        >>> Period("2023-S1").previous, Period("2023-01").previous
        (Period('2022-S2'), Period('2022-12'))
        """
        return self._moved(-1)

    def _moved(self, times: int) -> Period:
        if (months := self.length_months) is not None:
            return self.plus(months=times * months)
        days = _DAYS.get(self.precision)
        if days is None or self._first is None or self._last is None:
            raise InvalidValueError("Period", self.text, "a period of whole months, a week or a day, with both ends")
        try:
            return _of_days(self._first + timedelta(times * days), self._last + timedelta(times * days))
        except OverflowError:
            raise InvalidValueError("Period", self.text, _IN_CALENDAR) from None

    def plus(self, *, months: int) -> Period:
        """
        Return this period some months later, or earlier for a negative number; an open end stays open.

        A series moves by its periodicity: `plus(months=indicator.periodicity_months)`.

        Raises:
            InvalidValueError: For a period that is not made of whole months, or outside the years 1 to 9999.

        >>> Period("2023-Q1").plus(months=3), Period("2020").plus(months=6), Period("../2019").plus(months=-1)
        (Period('2023-Q2'), Period('2020-07/2021-06'), Period('../2019-11'))
        """
        if type(months) is not int:
            raise InvalidValueError("Period.plus", months, "a whole number of months", "months")
        if not self.is_of_whole_months:
            raise InvalidValueError("Period", self.text, "a period of whole months, which months can move")
        try:
            return _of_days(*moved(self._first, self._last, months))
        except (ValueError, OverflowError):
            raise InvalidValueError("Period", self.text, _IN_CALENDAR) from None

    def parts(self, precision: Precision | str) -> tuple[Period, ...]:
        """
        Return the periods of a precision that this one consists of, oldest first.

        Raises:
            InvalidValueError: If they do not fill it exactly, as weeks do not fill a month; for an open interval, and
                for the precision "interval".

        >>> Period("2023").parts("half-year")
        (Period('2023-S1'), Period('2023-S2'))
        >>> [str(month) for month in Period("2023-Q1").parts("month")]
        ['2023-01', '2023-02', '2023-03']
        """
        wanted = Precision(precision)
        found: list[Period] = []
        first, last = self._first, self._last
        while first is not None and last is not None and (part := _begun(first, wanted)) is not None:
            end = part.known_by
            if end > last:
                break
            found.append(part)
            if end == last:
                return tuple(found)
            first = end + _ONE_DAY
        raise InvalidValueError("Period.parts", self.text, f"a period that consists of whole {wanted.en}s", "precision")

    def contains(self, other: PeriodLike) -> bool:
        """
        Return whether all of *other* lies in this period; a period contains itself.

        Raises:
            InvalidValueError: If *other* is not a valid period.

        >>> (
        ...     Period("2023").contains("2023-Q4"),
        ...     Period("2023").contains("2022-2023-SY"),
        ...     Period("../2019").contains("1990"),
        ... )
        (True, False, True)
        """
        held = Period(other)
        begins = self._first is None or (held._first is not None and self._first <= held._first)
        return begins and (self._last is None or (held._last is not None and held._last <= self._last))

    def starts_by(self, day: DayLike) -> bool:
        """
        Return whether the first day is on or before *day*.

        >>> Period("2019").starts_by("2019-01-01"), Period("2019").starts_by("2018-12-31")
        (True, False)
        """
        return self._first is None or self._first <= parse_day(day)

    def covers(self, day: DayLike) -> bool:
        """Return whether *day* is in this period."""
        wanted = parse_day(day)
        return (self._first is None or self._first <= wanted) and (self._last is None or wanted <= self._last)

    def overlaps(self, other: PeriodLike) -> bool:
        """
        Return whether this period and *other* have a day in common; a period overlaps itself.

        Raises:
            InvalidValueError: If *other* is not a valid period.

        >>> Period("2020").overlaps("2020-03"), Period("2020").overlaps("2021")
        (True, False)
        """
        held = Period(other)
        begins = self._first is None or held._last is None or self._first <= held._last
        return begins and (self._last is None or held._first is None or held._first <= self._last)

    def is_before(self, day: DayLike) -> bool:
        """
        Return whether the whole period ends before *day*; one that contains *day* may be neither before nor since.

        >>> Period("2024-05").is_before("2024-06-01"), Period("2024").is_before("2024-06-01")
        (True, False)
        """
        return self._last is not None and self._last < parse_day(day)

    def is_since(self, day: DayLike) -> bool:
        """
        Return whether the whole period is on or after *day*; one that contains *day* may be neither before nor since.

        >>> Period("2024-06").is_since("2024-06-01"), Period("2024").is_since("2024-06-01")
        (True, False)
        """
        return self._first is not None and self._first >= parse_day(day)

    def __str__(self) -> str:
        return self.text

    def __format__(self, spec: str) -> str:
        return format(self.text, spec)

    def __repr__(self) -> str:
        return f"Period({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Period) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def __lt__(self, other: Period) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return self._bounds < other._bounds

    @property
    def _bounds(self) -> tuple[bool, date, date, bool]:
        """Return the order: an open start first, then the days; 0001-01-01 and 9999-12-31 are not open ends."""
        return self._first is not None, self._first or date.min, self._last or date.max, self._last is None

    def __reduce__(self) -> tuple[Callable[[str], Period], tuple[str]]:
        return Period, (self.text,)


@lru_cache(maxsize=65_536)
def _period(text: str) -> Period:
    first, last = bounds_of(text)
    if "/" in text and text != (canonical := text_of(first, last)):  # one date of a form is the one text of its days
        return _period(canonical)
    period = object.__new__(Period)
    object.__setattr__(period, "text", text)
    object.__setattr__(period, "_first", first)
    object.__setattr__(period, "_last", last)
    end = last or first or date.max
    object.__setattr__(period, "last_month", end.year * 12 + end.month - 1)
    return period


def _of_days(first: date | None, last: date | None) -> Period:
    return _period(text_of(first, last))


def _begun(first: date, precision: Precision) -> Period | None:
    """Return the period of a precision that begins on a day; `None` where none does, and for an interval."""
    days = _DAYS.get(precision)
    try:
        last = end_of(first, _MONTHS.get(precision, 1)) if days is None else first + timedelta(days - 1)
    except (ValueError, OverflowError):  # past the year 9999
        return None
    found = _of_days(first, last)
    return found if found.precision is precision else None


def _day(of: date) -> Day:
    return Day(of.year, of.month, of.day)


PeriodLike: TypeAlias = str | date | Period


def as_period(value: PeriodLike) -> Period:
    """Convert a text or a date; return anything else unchanged, for `is_period` to refuse."""
    try:
        return Period(value)
    except InvalidValueError:
        return value  # type: ignore[return-value]  # the validator refuses it


def as_day_or_none(value: DayLike | None) -> Day | None:
    """Convert as `as_day` does; keep `None`."""
    return None if value is None else as_day(value)


def as_period_or_none(value: PeriodLike | None) -> Period | None:
    """Convert as `as_period` does; keep `None`."""
    return None if value is None else as_period(value)


hold_types(as_day, as_period, as_day_or_none, as_period_or_none)


@asks_type_only
def is_period(instance: object, attribute: Attribute[Any], value: object) -> None:
    """
    Accept a `Period`.

    Raises:
        InvalidValueError: For anything else.
    """
    if type(value) is not Period:
        refuse(instance, attribute, value, _what_is_wrong(value))


@asks_value_only
def is_begun(instance: object, attribute: Attribute[Any], value: object) -> None:
    """
    Accept a `Period` that has a first day.

    Raises:
        InvalidValueError: For an interval without a start, and for anything else.
    """
    is_period(instance, attribute, value)
    if isinstance(value, Period) and value.first_day is None:
        refuse(instance, attribute, value, "a period with a first day")


def _what_is_wrong(value: Any) -> str:
    """Return what was expected of a period; a text of two dates in the wrong order gets a message of its own."""
    try:
        Period(value)
    except InvalidValueError as error:
        return error.expected
    return PERIOD_EXPECTED
