"""
Numbers, amounts, days and periods as CLDR writes them, in French and in English; the only door to Babel.

English is British, the English of the other European administrations: `14 June 2019`.
Everything is rounded half away from zero, as published figures are, and before Babel sees it.
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from functools import lru_cache

from levier.compute.exact import MOST_DECIMALS, cents_shown, decimals_of, decimals_shown, rounded
from levier.compute.plan.agreement import agreed
from levier.errors import MissingExtraError
from levier.model._numbers import fixed_context
from levier.model.money import Euros
from levier.model.periods import Day, Period, Precision
from levier.model.quantities import (
    COUNT,
    DAYS,
    EUROS,
    MARK_OUT_OF_10,
    MONTHS,
    PERCENT,
    POINTS,
    RATIO,
    SHARE,
    Exactness,
    Quantity,
    Unit,
)
from levier.model.terms import Lang

try:
    from babel import Locale
    from babel.dates import format_date
    from babel.numbers import NumberPattern, format_compact_currency, format_currency, format_decimal, format_percent
    from babel.units import format_unit
except ModuleNotFoundError as error:  # pragma: no cover  # the tests have the extra; a subprocess proves the message
    raise MissingExtraError("writing numbers and dates in French and English", "report") from error

__all__ = [
    "compact_euros",
    "day",
    "euros",
    "months",
    "number",
    "percent",
    "period",
    "quantity",
    "unit_name",
    "value",
]

_WIDE = fixed_context(2100)
"""Room for every digit that a number may have: Babel works in whichever context is there, and divides."""
_MOST_PUBLISHED = 6
"""What has more decimals is a quotient, and nobody published it."""
_FRACTION = re.compile(r"0(?:\.[0#]+)?")
_LOCALES: dict[Lang, str] = {"fr": "fr", "en": "en_GB"}
_BARE = (COUNT, RATIO, SHARE)
_DURATIONS = {DAYS: "duration-day", MONTHS: "duration-month"}
_SINCE = {"fr": "depuis {}", "en": "since {}"}
_SINCE_DAY = {"fr": "depuis le {}", "en": "since {}"}
_UNITS = {
    COUNT: {"fr": "nombre", "en": "number"},
    DAYS: {"fr": "jours", "en": "days"},
    EUROS: {"fr": "euros", "en": "euros"},
    MARK_OUT_OF_10: {"fr": "note sur 10", "en": "mark out of 10"},
    MONTHS: {"fr": "mois", "en": "months"},
    RATIO: {"fr": "rapport", "en": "ratio"},
    SHARE: {"fr": "part (de 0 à 1)", "en": "share (from 0 to 1)"},
}


@lru_cache(maxsize=64)
def _pattern(kind: str, lang: Lang, decimals: int) -> str:
    """Return CLDR's pattern with exactly that many decimals."""
    locale = Locale.parse(_LOCALES[lang])
    patterns: dict[str, NumberPattern] = {
        "decimal": locale.decimal_formats[None],
        "percent": locale.percent_formats[None],
        "currency": locale.currency_formats["standard"],
    }
    fraction = "0." + "0" * decimals if decimals else "0"
    return _FRACTION.sub(fraction, patterns[kind].pattern, count=1)


def number(value: Decimal | int, lang: Lang, decimals: int | None = None) -> str:
    """
    Write a number with grouped thousands; *decimals* fixes how many, `None` writes two at most, as sentences do.

    >>> number(354_523_095, "en"), number(Decimal("1.005"), "en", 2)
    ('354,523,095', '1.01')
    """
    exact = Decimal(value)
    shown = decimals_shown(exact, decimals)
    with localcontext(_WIDE):
        return format_decimal(rounded(exact, shown), format=_pattern("decimal", lang, shown), locale=_LOCALES[lang])


def percent(value: Decimal | int, lang: Lang, decimals: int | None = 1) -> str:
    """
    Write a percentage, given of 100.

    >>> percent(Decimal("86"), "en")
    '86.0%'
    """
    exact = Decimal(value)
    shown = decimals_shown(exact, decimals)
    with localcontext(_WIDE):
        return format_percent(
            rounded(exact, shown).scaleb(-2), format=_pattern("percent", lang, shown), locale=_LOCALES[lang]
        )


def euros(amount: Euros, lang: Lang) -> str:
    """
    Write an amount to the euro, or to the cent where it has cents.

    >>> euros(Euros(166_988_229), "en"), euros(Euros("0.50"), "en")
    ('€166,988,229', '€0.50')
    """
    return _currency(amount.amount, lang)


def _currency(exact: Decimal, lang: Lang, decimals: int | None = None) -> str:
    decimals = cents_shown(exact) if decimals is None else decimals
    pattern = _pattern("currency", lang, decimals)
    with localcontext(_WIDE):
        return format_currency(
            rounded(exact, decimals), "EUR", format=pattern, locale=_LOCALES[lang], currency_digits=False
        )


def compact_euros(amount: Euros, lang: Lang) -> str:
    """
    Write an amount in thousands, millions or billions with one decimal: for headlines, where the exact one stands too.

    >>> compact_euros(Euros(42_800_000), "en"), compact_euros(Euros(1_200_000_000), "en")
    ('€42.8m', '€1.2bn')
    """
    exact = amount.amount
    magnitude = next((power for power in (9, 6, 3) if exact.copy_abs() >= 10**power), 0)
    with localcontext(_WIDE):
        if magnitude:
            exact = rounded(exact.scaleb(-magnitude), 1).scaleb(magnitude)
        return format_compact_currency(exact, "EUR", locale=_LOCALES[lang], fraction_digits=1)


def value(amount: Decimal, unit: Unit, lang: Lang, decimals: int | None = None) -> str:
    """
    Write a value with its unit; a unit that CLDR does not know is written as it is given.

    >>> value(Decimal(95), DAYS, "en"), value(Decimal("86.0"), PERCENT, "en", 1)
    ('95 days', '86.0%')
    """
    if unit == PERCENT:
        return percent(amount, lang, decimals)
    if unit == EUROS:
        return _currency(amount, lang, decimals)
    written = number(amount, lang, decimals)
    if unit in _DURATIONS:
        return _duration(rounded(amount, decimals_shown(amount, decimals)), written, unit, lang)
    word = agreed(rounded(amount, decimals_shown(amount, decimals)), "point", unit, lang) if unit == POINTS else unit
    return written if unit in _BARE else f"{written}\u00a0{word}"


def unit_name(unit: Unit, lang: Lang) -> str:
    """
    Name a unit in words; one that has none of ours is written as it is given.

    >>> unit_name(COUNT, "fr"), unit_name(PERCENT, "en")
    ('nombre', '%')
    """
    return _UNITS[unit][lang] if unit in _UNITS else unit


def _duration(amount: Decimal, written: str, unit: Unit, lang: Lang) -> str:
    """Let CLDR choose between singular and plural, and keep the number as it was written."""
    with localcontext(_WIDE):
        plain = format_decimal(amount, locale=_LOCALES[lang])
        said = format_unit(amount, _DURATIONS[unit], length="long", locale=_LOCALES[lang])
    return said.replace(plain, written, 1)


def months(number: int, lang: Lang) -> str:
    """
    Write a number of months.

    >>> months(3, "en"), months(1, "en")
    ('3 months', '1 month')
    """
    return value(Decimal(number), MONTHS, lang)


def quantity(published: Quantity, lang: Lang) -> str:
    """
    Write a number with how exact it is, and all decimals it was published with: "at least 0.67" would overstate 0.6667.

    >>> quantity(Quantity.between(3, 5, COUNT), "en"), quantity(Quantity.about(40, COUNT), "en")
    ('between 3 and 5', 'about 40')
    """
    match published.exactness:
        case Exactness.EXACT:
            return _bound(published.lower, published.unit, lang)
        case Exactness.BETWEEN:
            joint = " et " if lang == "fr" else " and "
            bounds = joint.join(_bound(bound, published.unit, lang) for bound in (published.lower, published.upper))
            return f"{published.exactness.label(lang)} {bounds}"
        case exactness:
            bound = published.upper if published.lower is None else published.lower
            return f"{exactness.label(lang)} {_bound(bound, published.unit, lang)}"


def _bound(bound: Decimal | None, unit: Unit, lang: Lang) -> str:
    if bound is None:
        return ""
    published = decimals_of(bound)
    return value(bound, unit, lang, published if MOST_DECIMALS < published <= _MOST_PUBLISHED else None)


def day(date: Day, lang: Lang) -> str:
    """
    Write a day.

    In French the first of a month is `1er`, as everyone writes it; CLDR's pattern knows no ordinals.

    >>> day(Day(2019, 6, 14), "en"), day(Day(2019, 2, 1), "fr")
    ('14 June 2019', '1er février 2019')
    """
    written = format_date(date, "long", locale=_LOCALES[lang])
    return f"1er{written[1:]}" if lang == "fr" and date.day == 1 else written


def period(span: Period, lang: Lang) -> str:
    """
    Write a period as finely as it is known.

    >>> period(Period("2017-12"), "en"), period(Period("2018/.."), "en")
    ('December 2017', 'since 2018')
    """
    match span.precision:
        case Precision.YEAR:
            return span.text
        case Precision.MONTH:
            return format_date(span.first_day, "MMMM y", locale=_LOCALES[lang])
        case Precision.DAY:
            return day(span.first_day, lang)
        case Precision.INTERVAL:
            return _interval(span, lang)


def _interval(span: Period, lang: Lang) -> str:
    start, _, end = span.text.partition("/")
    first = period(Period(start), lang)
    if end == "..":
        is_day = Period(start).precision is Precision.DAY
        return (_SINCE_DAY if is_day else _SINCE)[lang].format(first)
    return f"{first} – {period(Period(end), lang)}"
