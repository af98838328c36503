"""
How people write days, months and numbers, and how documents do: the spelling that a refused text stands for.

A spelling is proposed only if one meaning is left. In French, `05/10/2023` is the 5th of October and `12,5` is twelve
and a half; `1,000` may be one thousand in English, so nothing is proposed for it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from levier.errors import InvalidValueError
from levier.model._numbers import plain, written
from levier.model.periods import Period

__all__ = ["respelled"]

_GAP = "[ \u00a0\u202f]"
"""The spaces that French puts between groups of three digits, and before a unit."""
_LONGEST = 40
_MULTIPLES = {"k": 3, "M": 6, "Md": 9}
_DATES = (
    re.compile(r"(?P<day>[0-9]{1,2})([/.-])(?P<month>[0-9]{1,2})\2(?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})([/.-])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})[/.-](?P<month>[0-9]{1,2})"),
)
_NUMBER = re.compile(
    rf"(?P<sign>[-\u2212]?)(?P<whole>[0-9]{{1,3}}(?:{_GAP}[0-9]{{3}})+|[0-9]{{1,3}}(?:\.[0-9]{{3}})+(?=,)|[0-9]+|(?=\.))"
    rf"(?:,(?P<part>[0-9]+)|\.(?P<point>[0-9]+))?{_GAP}?(?P<unit>%|€|EUR|euros?|(?P<times>k|Md|M)€)?"
)


def respelled(text: str) -> str:
    """
    Return the day, month or number that a text means, as documents hold it; an empty text if that is not certain.

    >>> respelled("16/10/2023"), respelled("10/2023"), respelled("1 234,50"), respelled("40 M€"), respelled("soon")
    ('2023-10-16', '2023-10', '1234.5', '40000000', '')
    """
    return _date(text) or _number(text) if len(text) <= _LONGEST else ""


def _date(text: str) -> str:
    parts = next((found.groupdict() for pattern in _DATES if (found := pattern.fullmatch(text))), {})
    try:
        return Period("-".join(parts[part].zfill(2) for part in ("year", "month", "day") if part in parts)).text
    except InvalidValueError:  # an empty text too
        return ""


def _number(text: str) -> str:
    found = _NUMBER.fullmatch(text)
    if not found or re.fullmatch("0[0-9]+", found["whole"]):  # a code, such as 01
        return ""
    if re.fullmatch("[0-9]{3}", found["part"] or "") and found["whole"].isdigit():  # 1,000 is a thousand in English
        return ""
    sign, digits = "-" if found["sign"] else "", re.sub(r"[^0-9]", "", found["whole"])
    power = _MULTIPLES.get(found["times"], 0)
    return written(plain(Decimal(f"{sign}{digits or 0}.{found['part'] or found['point'] or '0'}E{power}")))
