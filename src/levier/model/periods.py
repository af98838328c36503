"""
Days and periods: the only module that uses pendulum.

A `Day` is exactly a `pendulum.Date`.
A `Period` is a day, a month, a year or an interval, as ISO 8601 text; a partial date such as `2017-12` is a period.
No function reads the clock: time is always an argument.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import lru_cache, total_ordering
from typing import Any, TypeAlias

import pendulum
from attrs import Attribute

from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model._facts import Matching, states
from levier.model._fields import asks_type_only, hold_types, refuse
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
    "is_day",
    "is_period",
    "parse_day",
]

Day: TypeAlias = pendulum.Date
DayLike: TypeAlias = str | date

_YEAR = "[0-9]{4}"
_MONTH = f"{_YEAR}-(?:0[1-9]|1[0-2])"
_DAY = f"{_MONTH}-(?:0[1-9]|[12][0-9]|3[01])"
_ISO_DAY = re.compile(_DAY)
_ISO_PARTIAL = re.compile(f"{_YEAR}|{_MONTH}|{_DAY}")
_ISO_PERIOD = "|".join(rf"{part}(?:/(?:{part}|\.\.))?" for part in (_YEAR, _MONTH, _DAY))
states(Matching(_DAY))(Day)
_DAY_EXPECTED = "a day such as '2019-06-14' (ISO 8601)"
_PERIOD_EXPECTED = "a year, month, day or interval such as '2019', '2017-12', '2019-06-14' or '2018/2022' (ISO 8601)"


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
    MONTH = "month", "mois", "month"
    YEAR = "year", "année", "year"
    INTERVAL = "interval", "intervalle", "interval"


@states(Matching(_ISO_PERIOD))
@final
@total_ordering
class Period(Immutable):
    """
    A day, a month, a year, or an interval between two of them, both ends included; in documents, ISO 8601 text.

    An interval may be open-ended: `2018/..` starts in 2018 and has no end.
    A period is defined by its first and last day; *text* is the shortest text for both.
    Periods are ordered by their first day, then by their last; an open end comes after any other.
    Equal periods may share one object. A `pendulum.Date` has a `__dict__` and is therefore not fully immutable, so each
    access to a day returns a new one.

    >>> Period("2017-12").first_day, Period("2017-12").last_day
    (Date(2017, 12, 1), Date(2017, 12, 31))
    >>> Period("2020-01-01/2020-12-31"), Period("2018-01/..")
    (Period('2020'), Period('2018/..'))
    >>> Period("2018/2022").covers("2019-06-14"), Period("2018/2022").overlaps("2022-12/..")
    (True, True)
    >>> Period("2019-13")
    Traceback (most recent call last):
        ...
    levier.errors.InvalidValueError: Period: expected a year, month, day ..., found '2019-13'
    """

    __slots__ = ("_first", "_last", "last_month", "text")

    text: str
    _first: date
    _last: date | None
    last_month: int
    """The number of the last month, counted from year 0, for comparisons; for an open-ended interval, of the first."""

    def __new__(cls, value: PeriodLike) -> Period:  # noqa: PYI034  # a final class
        """Create a period from ISO text or a date; a period is returned as it is."""
        if type(value) is cls:
            return value
        if type(value) in (date, Day):
            value = str(value)
        if type(value) is not str:
            raise InvalidValueError("Period", value, _PERIOD_EXPECTED)
        return _period(value)

    def __init__(self, value: PeriodLike) -> None:
        """Documented in `__new__`, which does the work and may return a shared value."""

    @property
    def first_day(self) -> Day:
        """The first day."""
        return _day(self._first)

    @property
    def last_day(self) -> Day | None:
        """The last day; `None` for an open-ended interval."""
        return None if self._last is None else _day(self._last)

    @property
    def precision(self) -> Precision:
        """The precision of this period: day, month, year or interval."""
        if "/" in self.text:
            return Precision.INTERVAL
        return {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}[len(self.text)]

    @property
    def year(self) -> int:
        """The calendar year of the first day."""
        return int(self.text[:4])

    @property
    def known_by(self) -> Day:
        """The day from which a fact of this date is known: the last day or, for an open-ended interval, the first."""
        return _day(self._last or self._first)

    def starts_by(self, day: DayLike) -> bool:
        """
        Return whether the first day is on or before *day*.

        >>> Period("2019").starts_by("2019-01-01"), Period("2019").starts_by("2018-12-31")
        (True, False)
        """
        return self._first <= parse_day(day)

    def covers(self, day: DayLike) -> bool:
        """Return whether *day* is in this period."""
        wanted = parse_day(day)
        return self._first <= wanted and (self._last is None or wanted <= self._last)

    def overlaps(self, other: PeriodLike) -> bool:
        """
        Return whether this period and *other* have a day in common; a period overlaps itself.

        Raises:
            InvalidValueError: If *other* is not a valid period.

        >>> Period("2020").overlaps("2020-03"), Period("2020").overlaps("2021")
        (True, False)
        """
        early, late = sorted((self, Period(other)))
        return early._last is None or late._first <= early._last  # noqa: SLF001  # its own class

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
        return self._first >= parse_day(day)

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
    def _bounds(self) -> tuple[date, date, bool]:
        """Return the first day, the last possible day, and whether the end is open; 9999-12-31 is not an open end."""
        return self._first, self._last or date.max, self._last is None

    def __reduce__(self) -> tuple[Callable[[str], Period], tuple[str]]:
        return Period, (self.text,)


@lru_cache(maxsize=65_536)
def _period(text: str) -> Period:
    first, last = _interval(text) if "/" in text else _bounds(text, text)
    if text != (shortest := _shortest(first, last)):
        return _period(shortest)
    period = object.__new__(Period)
    object.__setattr__(period, "text", text)
    object.__setattr__(period, "_first", first)
    object.__setattr__(period, "_last", last)
    end = last or first
    object.__setattr__(period, "last_month", end.year * 12 + end.month - 1)
    return period


def _day(of: date) -> Day:
    return Day(of.year, of.month, of.day)


def _interval(text: str) -> tuple[date, date | None]:
    start, _, end = text.partition("/")
    first, last = _bounds(start, text)
    if end == "..":
        return first, None
    last = _bounds(end, text)[1]
    if len(start) != len(end) or last < first:
        raise InvalidValueError("Period", text, "two dates of the same form, the second one not before the first")
    return first, last


def _shortest(first: date, last: date | None) -> str:
    """Return the shortest text of these bounds (whole years, months, days), so that equal periods have equal texts."""
    is_year = first.month == first.day == 1 and (last is None or (last.month, last.day) == (12, 31))
    is_month = first.day == 1 and (last is None or last.day == monthrange(last.year, last.month)[1])
    length = 4 if is_year else 7 if is_month else 10
    start, end = first.isoformat()[:length], "" if last is None else last.isoformat()[:length]
    return start if start == end else f"{start}/{end or '..'}"


def _bounds(part: str, text: str) -> tuple[date, date]:
    if _ISO_PARTIAL.fullmatch(part):
        numbers = [int(number) for number in part.split("-")]
        try:
            match numbers:
                case [year]:
                    return date(year, 1, 1), date(year, 12, 31)
                case [year, month]:
                    return date(year, month, 1), date(year, month, monthrange(year, month)[1])
                case _:
                    return date(*numbers), date(*numbers)
        except ValueError:
            pass
    raise InvalidValueError("Period", text, _PERIOD_EXPECTED)


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


def _what_is_wrong(value: Any) -> str:
    """Return what was expected of a period; a text of two dates in the wrong order gets a message of its own."""
    try:
        Period(value)
    except InvalidValueError as error:
        return error.expected
    return _PERIOD_EXPECTED
