"""
What a cell of a table kept by hand says: a number, a day or a period, as French and English offices write them.

A cell is read exactly or refused; nothing is guessed. Which mark separates decimals is a fact of a file or of a column
and not of a cell: "12.435" is twelve or twelve thousand, and the cell cannot tell. `decimal_mark` finds the mark of a
column, `number` reads a cell by it.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias

from levier.errors import InvalidValueError
from levier.model.periods import Day, Period, Precision
from levier.model.terms import LANGS
from levier.wording.formats import month_names
from levier.wording.messages import Message, message

__all__ = ["Cell", "DecimalMark", "Number", "Refused", "day", "decimal_mark", "number", "period"]

DecimalMark: TypeAlias = Literal[",", "."]
"""The mark before the decimals of a number."""


class Number(NamedTuple):
    """A number in a cell: its value, in euros where an amount was written in thousands or millions, and its unit."""

    value: Decimal
    unit: str = ""
    """`€`, `%` or empty: nothing was written."""


Cell: TypeAlias = str | Number | Day
"""What a cell holds: a text, or what a spreadsheet keeps as a number or a day."""


class Refused(NamedTuple):
    """A cell that cannot be read: what was expected of it, and what may be wrong."""

    expected: Message


# ---------------------------------------------------------------- numbers

_GAPS = " \u00a0\u202f\u2009'’"
"""What separates thousands beside the mark that is not of decimals: spaces of four widths, and apostrophes."""
_EUROS: Final[Mapping[str, int]] = MappingProxyType(
    {"€": 0, "eur": 0, "euro": 0, "euros": 0, "k€": 3, "m€": 6, "meur": 6, "md€": 9, "mds€": 9, "mrd€": 9}
)
"""How many zeros an amount in each unit leaves out; units are compared in small letters, without spaces."""
_MINUS = "-−–"
_GROUP = 3
"""The digits between two separators of thousands."""


@cache
def _numbers(mark: DecimalMark) -> re.Pattern[str]:
    """
    Return the grammar of numbers with a mark.

    The other mark may separate thousands where this leaves no doubt: in two places at least, or before decimals. Whole
    groups have one separator throughout.
    """
    other = re.escape("." if mark == "," else ",")
    dot = re.escape(mark)
    spaced = rf"\d{{1,3}}(?P<gap>[{_GAPS}])\d{{3}}(?:(?P=gap)\d{{3}})*"
    marked = rf"\d{{1,3}}(?:{other}\d{{3}}){{2,}}|\d{{1,3}}{other}\d{{3}}(?={dot})"
    return re.compile(
        rf"(?P<open>\()?(?P<sign>[+{re.escape(_MINUS)}])?[{_GAPS}]?(?P<whole>{spaced}|{marked}|\d+)(?:{dot}(?P<part>\d+))?"
        rf"[{_GAPS}]?(?P<unit>%|[a-zA-Z]{{0,5}}[{_GAPS}]?€|[Ee]uros?|M?EUR)?(?(open)\))",
        re.ASCII,
    )


def number(cell: Cell, mark: DecimalMark = ",") -> Number | Refused:
    """
    Return the number in a cell, exactly, with its unit; an amount in thousands or millions is turned into euros.

    *mark* is the mark before decimals of the file or the column. Negative amounts may be in parentheses, as accountants
    write them.

    >>> number("354 523 095"), number("+ 179,9 M€")
    (Number(value=Decimal('354523095'), unit=''), Number(value=Decimal('179900000'), unit='€'))
    >>> print(number("12.435").expected)
    a number whose decimals follow a comma; the point may separate thousands or decimals
    >>> number("12.435", ".").value
    Decimal('12.435')
    """
    if isinstance(cell, Number):
        return cell
    text = str(cell)
    found = _numbers(mark).fullmatch(text.strip())
    unit = _plain(found["unit"] or "") if found else ""
    if found is None or (unit not in _EUROS and unit not in ("", "%")) or (found["open"] and found["sign"]):
        return Refused(_what_a_number_is(text, mark))
    whole = re.sub(r"\D", "", found["whole"])
    sign = "-" if found["open"] or (found["sign"] or "+") in _MINUS else ""
    value = Decimal(f"{sign}{whole}.{found['part'] or ''}e{_EUROS.get(unit, 0)}")
    return Number(_shortest(value) if unit in _EUROS else value, "€" if unit in _EUROS else unit)


def _shortest(value: Decimal) -> Decimal:
    """Return an amount without an exponent: 42.8 millions are 42800000."""
    return Decimal(f"{value:f}")


def _plain(unit: str) -> str:
    return unit.casefold().translate(dict.fromkeys(map(ord, _GAPS)))


def _what_a_number_is(text: str, mark: DecimalMark) -> Message:
    if mark == "," and re.fullmatch(r"\D*\d{1,3}\.\d+\D*", text):
        return message(
            "a number whose decimals follow a comma; the point may separate thousands or decimals",
        )
    if mark == "." and re.fullmatch(r"\D*\d{1,3},\d+\D*", text):
        return message(
            "a number whose decimals follow a point; the comma may separate thousands or decimals",
        )
    return message("a number, such as 354 523 095 or 42,8 M€")


_TELLING = re.compile(rf"[^\d]*\d[\d{_GAPS}]*(?P<first>[.,])(?P<rest>\d+)(?P<second>[.,]\d+)?\D*", re.ASCII)


def decimal_mark(texts: Iterable[str]) -> DecimalMark | None:
    """
    Return the mark before decimals of the cells of a column; `None` if they do not tell, or contradict each other.

    A mark tells where it stands once and three digits do not follow it, or after another mark.

    >>> decimal_mark(["12.435", "7.5"]), decimal_mark(["12.435", "1 234"]), decimal_mark(["1.234,5"])
    ('.', None, ',')
    >>> decimal_mark(["7.5", "7,5"])
    """
    told = {mark for text in texts if (mark := _told_mark(text)) is not None}
    return told.pop() if len(told) == 1 else None


def _told_mark(text: str) -> DecimalMark | None:
    found = _TELLING.fullmatch(text.strip())
    if found is None:
        return None
    first: DecimalMark = "," if found["first"] == "," else "."
    other: DecimalMark = "." if first == "," else ","
    if found["second"]:
        return other if found["second"][0] == other else None
    return None if len(found["rest"]) == _GROUP else first


# ---------------------------------------------------------------- days and periods

_DAY = re.compile(r"(?P<day>\d{1,2})(?P<gap>[/.-])(?P<month>\d{1,2})(?P=gap)(?P<year>\d{4}|\d\d)", re.ASCII)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:[t ]00:00(?::00(?:\.0+)?)?z?)?)?", re.ASCII)
_WORDED = re.compile(r"(?:(?P<day>\d{1,2})(?:er|st|nd|rd|th)? )?(?P<name>[a-z]+) (?P<year>\d{4}|\d\d)", re.ASCII)
_MONTH = re.compile(r"(?P<month>\d{1,2})[/-](?P<year>\d{4})", re.ASCII)
_PART = re.compile(
    r"(?P<short>[tqs])(?P<place>\d)[ /-]?(?P<year>\d{4})"
    r"|(?P<first>\d{4})[ /-]?(?P<after>[tqs])(?P<last>\d)"
    r"|(?P<number>\d) ?(?:er|e|eme|st|nd|rd|th)? ?(?P<kind>[a-z]+) (?P<of>\d{4})",
    re.ASCII,
)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_KINDS = MappingProxyType(
    {"t": "Q", "q": "Q", "trimestre": "Q", "trim": "Q", "quarter": "Q", "s": "S", "semestre": "S", "half": "S"}
)
_OF_A_YEAR = range(1, 13)
_CENTURY_TURNS = 69
"""Years of two digits from here on are of the twentieth century, as in POSIX."""


def day(cell: Cell) -> Day | Refused:
    """
    Return the day in a cell: `14/06/2019`, `14/06/19`, `14.06.2019`, `2019-06-14`, `14 juin 2019`, `1er févr. 2019`.

    >>> day("14/06/19"), day("1er févr. 2019")
    (Date(2019, 6, 14), Date(2019, 2, 1))
    >>> print(day("06/14/2019").expected)
    a day before its month, such as 14/06/2019; 14 is no month: day and month may be exchanged
    >>> print(day("31/06/2023").expected)
    a day that exists; this month has 30 days
    >>> print(day("juin 2019").expected)
    a day, such as 14/06/2019
    """
    found = period(cell)
    if isinstance(found, Period):
        return Day.fromisoformat(found.text) if found.precision == Precision.DAY else Refused(_a_day())
    return found if isinstance(cell, str) and _is_of_days(cell) else Refused(_a_day())


def period(cell: Cell) -> Period | Refused:
    """
    Return the period in a cell: a day as `day` reads it, a month, a quarter, a half-year or a year.

    Months are `juin 2019`, `juin-19`, `06/2019` or `2019-06`, quarters `T2 2019`, `2e trimestre 2019` or `2019-Q2`.

    >>> period("Juin 2019"), period("févr. 19"), period("06/2019"), period("T2 2019"), period("2e semestre 2019")
    (Period('2019-06'), Period('2019-02'), Period('2019-06'), Period('2019-Q2'), Period('2019-S2'))
    >>> print(period("bientôt").expected)
    a day, a month, a quarter, a half-year or a year, such as 14/06/2019, juin 2019, T2 2019, S1 2019 or 2019
    """
    if isinstance(cell, Number):  # a year; a serial of a spreadsheet is no day here, because any number may be one
        cell = f"{cell.value:f}" if not cell.unit else ""
    folded = _folded(str(cell))
    for grammar in (_DAY, _ISO, _MONTH):
        if found := grammar.fullmatch(folded):
            return _dated(found.groupdict().get("day"), int(found["month"]), _year(found["year"]))
    if (found := _WORDED.fullmatch(folded.replace("-", " "))) and found["name"] in _months():
        return _dated(found["day"], _months()[found["name"]], _year(found["year"]))
    if _YEAR.fullmatch(folded):
        return _period(folded)
    if found := _PART.fullmatch(folded):
        year, kind, place = filter(None, _in_order(found))
        return _period(f"{year}-{_KINDS.get(kind, 'no part of a year')}{place}")
    return Refused(_a_period())


def _in_order(found: re.Match[str]) -> Iterable[str | None]:
    """Yield the year, the name and the number of a quarter or a half-year; `None` for the ways not taken."""
    return found.group("year", "first", "of", "short", "after", "kind", "place", "last", "number")


def _dated(in_month: str | None, month: int, year: int) -> Period | Refused:
    """Return a month, or the day in it."""
    if in_month is None:
        return _period(f"{year:04}-{month:02}")
    if month not in _OF_A_YEAR:
        return Refused(_exchanged(month) if int(in_month) in _OF_A_YEAR else _a_day())
    last = monthrange(year, month)[1]
    if not 1 <= int(in_month) <= last:
        return Refused(message("a day that exists; this month has {last} days", last=last))
    return _period(f"{year:04}-{month:02}-{int(in_month):02}")


def _period(text: str) -> Period | Refused:
    try:
        return Period(text)
    except InvalidValueError:
        return Refused(_a_period())


def _year(written: str) -> int:
    century = 0 if len(written) > len("19") else 1900 if int(written) >= _CENTURY_TURNS else 2000
    return century + int(written)


def _is_of_days(text: str) -> bool:
    """Return whether a cell looks like a day, so that what is wrong is its day or its month."""
    return any(grammar.fullmatch(_folded(text)) for grammar in (_DAY, _ISO, _WORDED))


@cache
def _months() -> Mapping[str, int]:
    """Return the number of each month by its names, long and short, in French and English, without accents."""
    names = {_folded(name): month for lang in LANGS.values() for name, month in month_names(lang)}
    return MappingProxyType(names)


def _folded(text: str) -> str:
    """Return a text in small letters, without accents, points after letters and double spaces."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return " ".join(_POINT.sub("", "".join(part for part in apart if not unicodedata.combining(part))).split())


_POINT = re.compile(r"(?<=[a-z])\.")


def _a_day() -> Message:
    return message("a day, such as 14/06/2019")


def _a_period() -> Message:
    return message(
        "a day, a month, a quarter, a half-year or a year, such as 14/06/2019, juin 2019, T2 2019, S1 2019 or 2019"
    )


def _exchanged(month: int) -> Message:
    return message(
        "a day before its month, such as 14/06/2019; {found} is no month: day and month may be exchanged",
        found=str(month),
    )
