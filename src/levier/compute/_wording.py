"""
Numbers, amounts and dates in the two languages that explanations speak.

The core carries no locale library, so these few forms are our own; the tests hold them against Babel's (CLDR).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from levier.model._fields import EXACT
from levier.model.money import Euros
from levier.model.periods import Day, Period, Precision
from levier.model.quantities import PERCENT, Unit
from levier.model.terms import Lang

_GROUP = {"fr": "\u202f", "en": ","}
_POINT = {"fr": ",", "en": "."}
_MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_UNITS = {
    "fr": {"days": "jours", "months": "mois", "count": "", "share": "", "ratio": "", "EUR": "€", "points": "points"},
    "en": {"days": "days", "months": "months", "count": "", "share": "", "ratio": "", "EUR": "EUR", "points": "points"},
}


def number(value: Decimal | int, lang: Lang, decimals: int | None = None) -> str:
    """Write a number with grouped thousands; *decimals* rounds half away from zero, `None` keeps what there is."""
    exact = Decimal(value)
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, EXACT)
    whole, _, rest = format(exact, ",f").partition(".")
    whole = whole.replace(",", _GROUP[lang])
    return f"{whole}{_POINT[lang]}{rest}" if rest else whole


def percent(value: Decimal, lang: Lang, decimals: int | None = 1) -> str:
    """Write a percentage, of 100: `86,0 %` and `86.0%`."""
    return number(value, lang, decimals) + ("\u00a0%" if lang == "fr" else "%")


def euros(amount: Euros, lang: Lang) -> str:
    """Write an amount to the euro, or to the cent where it has cents: `166 988 229 €` and `€166,988,229`."""
    written = number(amount.amount, lang, 2 if amount.cents % 100 else 0)
    if lang == "fr":
        return f"{written}\u00a0€"
    return f"-€{written[1:]}" if written.startswith("-") else f"€{written}"


def value(amount: Decimal, unit: Unit, lang: Lang, decimals: int | None = None) -> str:
    """Write a value with its unit."""
    if unit == PERCENT:
        return percent(amount, lang, decimals)
    word = _UNITS[lang].get(unit, unit)
    return f"{number(amount, lang, decimals)}\u00a0{word}" if word else number(amount, lang, decimals)


def colon(lang: Lang) -> str:
    """Return the colon of *lang*, with the spaces around it."""
    return "\u00a0: " if lang == "fr" else ": "


def listed(parts: Iterable[str], lang: Lang) -> str:
    """Put sentences side by side, with the semicolon of *lang*."""
    return ("\u00a0; " if lang == "fr" else "; ").join(parts)


def day(date: Day, lang: Lang) -> str:
    """Write a day: `14 juin 2019` and `14 June 2019`; in French the first of a month is `1er`."""
    ordinal = "1er" if lang == "fr" and date.day == 1 else str(date.day)
    return f"{ordinal} {_MONTHS[lang][date.month - 1]} {date.year}"


def period(span: Period, lang: Lang) -> str:
    """Write a period as finely as it is known."""
    if span.precision is Precision.YEAR:
        return span.text
    if span.precision is Precision.MONTH:
        return f"{_MONTHS[lang][span.first_day.month - 1]} {span.year}"
    return day(span.first_day, lang) if span.precision is Precision.DAY else _interval(span, lang)


def _interval(span: Period, lang: Lang) -> str:
    start, _, end = span.text.partition("/")
    first = period(Period(start), lang)
    if end == "..":
        le = "le " if Period(start).precision is Precision.DAY else ""
        return f"depuis {le}{first}" if lang == "fr" else f"since {first}"
    return f"{first} – {period(Period(end), lang)}"
