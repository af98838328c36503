"""
The texts of periods: which days a text means, and which text two days have.

Quarters (`2023-Q1`), half-years (`2023-S1`) and weeks (`2023-W05`) are written as in SDMX, the standard of official
statistics; weeks are those of ISO 8601, from Monday to Sunday. No standard writes a school year: `2022-2023-SY` names
both of its years, so that it cannot be taken for the one before or after. It runs from 1 September to 31 August.

Two days have one text: the name of the period where the calendar names it, else an interval of years, months or days,
in the shortest form that fits.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from levier.errors import InvalidValueError

__all__ = [
    "DAY",
    "PERIOD",
    "PERIOD_EXPECTED",
    "bounds_of",
    "end_of",
    "months_of",
    "moved",
    "of_whole_months",
    "text_of",
]

_YEAR = "[0-9]{4}"
_MONTH = f"{_YEAR}-(?:0[1-9]|1[0-2])"
DAY = f"{_MONTH}-(?:0[1-9]|[12][0-9]|3[01])"
_QUARTER, _HALF_YEAR = f"{_YEAR}-Q[1-4]", f"{_YEAR}-S[12]"
_WEEK = f"{_YEAR}-W(?:0[1-9]|[1-4][0-9]|5[0-3])"
_SCHOOL_YEAR = f"{_YEAR}-{_YEAR}-SY"
_FORMS = (_YEAR, _MONTH, DAY, _QUARTER, _HALF_YEAR, _WEEK, _SCHOOL_YEAR)
PERIOD = "|".join(rf"{form}(?:/(?:{form}|\.\.))?|\.\./{form}" for form in _FORMS)
"""The grammar of periods: one date, or two dates of one form, one of which may be open."""
PERIOD_EXPECTED = (
    "a year, half-year, quarter, month, week, day, school year or interval such as '2019', '2019-S1', '2019-Q1', "
    "'2017-12', '2019-W05', '2019-06-14', '2022-2023-SY', '2018/2022' or '../2019'"
)
_INTERVAL_EXPECTED = "two dates of the same form, the second one not before the first"
_PLAIN, _NAMED = re.compile(f"{_YEAR}|{_MONTH}|{DAY}"), re.compile("|".join(_FORMS[3:]))
_DIGIT = re.compile("[0-9]")
_SIX_DAYS = timedelta(days=6)
_SEPTEMBER = 9
"""The month in which a school year begins."""
_MONTHS_OF = {"Q": 3, "S": 6}
_NAMES = {(3, 1): "Q1", (3, 4): "Q2", (3, 7): "Q3", (3, 10): "Q4", (6, 1): "S1", (6, 7): "S2"}
"""The names of quarters and half-years, by their length in months and the month in which they begin."""


def bounds_of(text: str) -> tuple[date | None, date | None]:
    """
    Return the first and the last day that a text means; `None` is an open end.

    Raises:
        InvalidValueError: If it is not the text of a period.

    >>> bounds_of("2023-Q1"), bounds_of("../2019")
    ((datetime.date(2023, 1, 1), datetime.date(2023, 3, 31)), (None, datetime.date(2019, 12, 31)))
    """
    start, slash, end = text.partition("/")
    if not slash:
        return _days_of(text, text)
    if start == "..":
        return None, _days_of(end, text)[1]
    first, last = _days_of(start, text)
    if end == "..":
        return first, None
    last = _days_of(end, text)[1]
    if len(start) != len(end) or _DIGIT.sub("", start) != _DIGIT.sub("", end) or last < first:
        raise InvalidValueError("Period", text, _INTERVAL_EXPECTED)
    return first, last


def text_of(first: date | None, last: date | None) -> str:
    """
    Return the one text of two days, so that equal periods have equal texts; `None` is an open end.

    >>> text_of(date(2020, 1, 1), date(2020, 12, 31)), text_of(date(2022, 9, 1), date(2023, 8, 31))
    ('2020', '2022-2023-SY')
    >>> text_of(date(2023, 1, 30), date(2023, 2, 5)), text_of(None, date(2023, 2, 5))
    ('2023-W05', '../2023-02-05')
    """
    if first is not None and last is not None and (name := _name_of(first, last)):
        return name
    from_january = first is None or first.month == first.day == 1
    to_december = last is None or (last.month == 12 and last.day == 31)  # noqa: PLR2004  # 31 December
    length = 4 if from_january and to_december else 7 if of_whole_months(first, last) else 10
    start, end = (".." if day is None else day.isoformat()[:length] for day in (first, last))
    return start if start == end else f"{start}/{end}"


def months_of(first: date | None, last: date | None) -> int | None:
    """
    Return how many months there are from *first* to *last*; `None` if these are not whole months, or an end is open.

    >>> months_of(date(2020, 1, 1), date(2020, 12, 31)), months_of(date(2020, 1, 2), date(2020, 12, 31))
    (12, None)
    """
    if first is None or last is None or not of_whole_months(first, last):
        return None
    return (last.year - first.year) * 12 + last.month - first.month + 1


def moved(first: date | None, last: date | None, months: int) -> tuple[date | None, date | None]:
    """
    Return the days of a period of whole months, some months later; an open end stays open.

    >>> moved(date(2023, 1, 1), date(2023, 1, 31), 1)
    (datetime.date(2023, 2, 1), datetime.date(2023, 2, 28))
    """
    begins = None if first is None else _month(first, months)
    return begins, None if last is None else end_of(last, months + 1)


def end_of(first: date, months: int) -> date:
    """
    Return the last day of so many months, the first of which is that of *first*.

    >>> end_of(date(2023, 1, 30), 2)
    datetime.date(2023, 2, 28)
    """
    last = _month(first, months - 1)
    return last.replace(day=monthrange(last.year, last.month)[1])


def _month(day: date, months: int) -> date:
    """Return the first day of the month that is some months after that of a day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _name_of(first: date, last: date) -> str:
    """Return the name of a quarter, a half-year, a school year or a week; empty for any other two days."""
    if last - first == _SIX_DAYS and first.weekday() == 0:
        year, week, _ = first.isocalendar()
        return f"{year:04}-W{week:02}"
    months = months_of(first, last)
    if months == 12 and first.month == _SEPTEMBER:  # noqa: PLR2004  # a year
        return f"{first.year:04}-{last.year:04}-SY"
    name = _NAMES.get((months or 0, first.month))
    return f"{first.year:04}-{name}" if name else ""


def of_whole_months(first: date | None, last: date | None) -> bool:
    """
    Return whether a period begins and ends with a month, where it begins and ends.

    >>> of_whole_months(None, date(2019, 6, 30)), of_whole_months(date(2019, 6, 14), None)
    (True, False)
    """
    begins = first is None or first.day == 1
    return begins and (last is None or last.day == monthrange(last.year, last.month)[1])


def _days_of(part: str, text: str) -> tuple[date, date]:
    """Return the first and the last day of one date of a text."""
    try:
        if _PLAIN.fullmatch(part):
            return _plain_days(part)
        if _NAMED.fullmatch(part):
            return _named_days(part)
    except (ValueError, OverflowError):  # a year 0, a 30 February, a 53rd week of a shorter year
        pass
    raise InvalidValueError("Period", text, PERIOD_EXPECTED)


def _plain_days(part: str) -> tuple[date, date]:
    year = int(part[:4])
    match len(part):
        case 4:
            return date(year, 1, 1), date(year, 12, 31)
        case 7:
            month = int(part[5:])
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        case _:
            day = date.fromisoformat(part)
            return day, day


def _named_days(part: str) -> tuple[date, date]:
    year, kind, number = int(part[:4]), part[5], part[6:]
    if kind == "W":
        monday = date.fromisocalendar(year, int(number), 1)
        return monday, monday + _SIX_DAYS
    if part.endswith("SY"):
        if int(part[5:9]) != year + 1:
            raise ValueError
        return date(year, _SEPTEMBER, 1), date(year + 1, _SEPTEMBER - 1, 31)
    length = _MONTHS_OF[kind]
    end = int(number) * length
    return date(year, end - length + 1, 1), date(year, end, monthrange(year, end)[1])
