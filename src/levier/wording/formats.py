"""
Formats of numbers, percentages, euros, units, days and periods in sentences, reports and tables: those of CLDR.

English is British, the English of the other European administrations: `14 June 2019`.
Everything is rounded half away from zero, as published figures are, before Babel formats it.
A negative number has the minus sign −, in every language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from levier.model._numbers import EXACT, rounded
from levier.model.money import Euros
from levier.model.periods import Day, Period, Precision
from levier.model.quantities import COUNT, DAYS, EUROS, MONTHS, PERCENT, POINTS, RATIO, SHARE, Exactness, Quantity, Unit
from levier.model.terms import Lang, LangLike, language
from levier.wording.catalogue import translated, translated_plural
from levier.wording.shown import MOST_DECIMALS, cents_shown, decimals_of, decimals_shown, shown

__all__ = [
    "compact_euros",
    "day",
    "euros",
    "month_names",
    "number",
    "percent",
    "period",
    "quantity",
    "value",
]

_MOST_PUBLISHED = 6
"""A number with more decimals is a quotient, not a published figure."""
_BARE = (COUNT, RATIO, SHARE)
_DURATIONS: Mapping[Unit, str] = MappingProxyType({DAYS: "day", MONTHS: "month"})


def number(value: Decimal | int, lang: LangLike, decimals: int | None = None) -> str:
    """
    Write a number with grouped thousands; *decimals* fixes how many decimals, `None` writes at most two.

    >>> number(354_523_095, "en"), number(Decimal("-1.005"), "en", 2)
    ('354,523,095', '−1.01')
    """
    from levier.wording import _cldr

    exact = Decimal(value)
    places = decimals_shown(exact, decimals)
    return _cldr.decimal(rounded(exact, places), language(lang), places)


def percent(value: Decimal | int, lang: LangLike, decimals: int | None = 1) -> str:
    """
    Write a percentage, given of 100.

    >>> percent(Decimal("86"), "en")
    '86.0%'
    """
    from levier.wording import _cldr

    exact = Decimal(value)
    places = decimals_shown(exact, decimals)
    return _cldr.percent(rounded(exact, places), language(lang), places)


def euros(amount: Euros | Decimal, lang: LangLike, decimals: int | None = None) -> str:
    """
    Write an amount to the euro, or to the cent where it has cents.

    >>> euros(Euros(166_988_229), "en"), euros(Euros("-0.50"), "en")
    ('€166,988,229', '−€0.50')
    """
    from levier.wording import _cldr

    exact = amount.amount if isinstance(amount, Euros) else amount
    places = cents_shown(exact) if decimals is None else decimals
    return _cldr.euros(rounded(exact, places), language(lang), places)


def compact_euros(amount: Euros, lang: LangLike) -> str:
    """
    Write an amount in thousands, millions or billions with one decimal, for headlines beside the exact amount.

    >>> compact_euros(Euros(42_800_000), "en"), compact_euros(Euros(1_200_000_000), "en")
    ('€42.8m', '€1.2bn')
    """
    from levier.wording import _cldr

    exact = amount.amount
    magnitude = next((power for power in (9, 6, 3) if exact.copy_abs() >= 10**power), 0)
    if magnitude:
        exact = EXACT.scaleb(rounded(EXACT.scaleb(exact, -magnitude), 1), magnitude)
    return _cldr.compact_euros(exact, language(lang))


def value(amount: Decimal | int, unit: Unit | str, lang: LangLike, decimals: int | None = None) -> str:
    """
    Write a value with its unit; a unit unknown to CLDR is written as given.

    >>> value(Decimal(95), DAYS, "en"), value(Decimal("86.0"), PERCENT, "en", 1), value(1, POINTS, "en")
    ('95 days', '86.0%', '1 point')
    """
    if unit == PERCENT:
        return percent(amount, lang, decimals)
    if unit == EUROS:
        return euros(Decimal(amount), lang, decimals)
    written = number(amount, lang, decimals)
    if not unit or unit in _BARE:
        return written
    return _with_unit(shown(Decimal(amount), decimals), written, Unit(unit), lang)


def _with_unit(number: Decimal, written: str, unit: Unit, lang: LangLike) -> str:
    from levier.wording import _cldr

    spoken = language(lang)
    if unit in _DURATIONS:
        return _cldr.duration(number, written, _DURATIONS[unit], spoken)
    if unit == POINTS:
        return translated_plural("{n} point", "{n} points", number, spoken).format(n=written)
    return f"{written}\u00a0{unit}"


def quantity(published: Quantity, lang: LangLike, decimals: int | None = None) -> str:
    """
    Write a number with its precision, and all decimals as published: "at least 0.67" would overstate 0.6667.

    >>> quantity(Quantity.between(3, 5, COUNT), "en"), quantity(Quantity.about(40, COUNT), "en")
    ('3 to 5', 'about 40')
    """
    spoken = language(lang)
    ends = [
        _bound(bound, published.unit, spoken, decimals)
        for bound in (published.lower, published.upper)
        if bound is not None
    ]
    match published.exactness:
        case Exactness.EXACT:
            return ends[0]
        case Exactness.BETWEEN:
            return translated("{low} to {high}", spoken).format(low=ends[0], high=ends[1])
        case exactness:
            return f"{exactness.label(spoken)} {ends[0]}"


def _bound(bound: Decimal, unit: Unit, lang: LangLike, decimals: int | None) -> str:
    published = decimals_of(bound)
    stated = published if decimals is None and MOST_DECIMALS < published <= _MOST_PUBLISHED else decimals
    return value(bound, unit, lang, stated)


def day(date: Day, lang: LangLike) -> str:
    """
    Write a day.

    In French the first of a month is `1er`; CLDR's pattern has no ordinals.

    >>> day(Day(2019, 6, 14), "en"), day(Day(2019, 2, 1), "fr")
    ('14 June 2019', '1er février 2019')
    """
    from levier.wording import _cldr

    spoken = language(lang)
    written = _cldr.date(date, spoken)
    return f"1er{written[1:]}" if spoken == "fr" and date.day == 1 else written


def month_names(lang: LangLike) -> list[tuple[str, int]]:
    """
    Return the names of months, long and short, each with its number; some stand there twice.

    >>> ("févr.", 2) in month_names("fr"), ("September", 9) in month_names("en")
    (True, True)
    """
    from levier.wording import _cldr

    return _cldr.month_names(language(lang))


def period(span: Period, lang: LangLike) -> str:
    """
    Write a period with its own precision; a week also with its days, because few readers know its number.

    >>> period(Period("2017-12"), "en"), period(Period("2018/.."), "en"), period(Period("2023-Q1"), "fr")
    ('December 2017', 'since 2018', '1er trimestre 2023')
    >>> period(Period("2023-W05"), "fr"), period(Period("2022-2023-SY"), "fr")
    ('semaine 5 de 2023 (30 janvier au 5 février 2023)', 'année scolaire 2022-2023')
    """
    return _WRITTEN[span.precision](span, language(lang))


def _half_year(span: Period, lang: Lang) -> str:
    is_first = span.text.endswith("1")
    words = translated("first half of {year}", lang) if is_first else translated("second half of {year}", lang)
    return words.format(year=span.text[:4])


def _school_year(span: Period, lang: Lang) -> str:
    return translated("school year {start}-{end}", lang).format(start=span.text[:4], end=span.text[5:9])


def _quarter(span: Period, lang: Lang) -> str:
    from levier.wording import _cldr

    return _cldr.quarter(span.known_from, lang)


def _month(span: Period, lang: Lang) -> str:
    from levier.wording import _cldr

    return _cldr.month(span.known_from, lang)


def _week(span: Period, lang: Lang) -> str:
    """Write a week; its first day without what the last one says too."""
    from levier.wording import _cldr

    first, last = span.known_from, span.known_by
    written = day(first, lang)
    if first.year == last.year:
        written = str(first.day) if first.month == last.month else _cldr.day_of_year(first, lang)
        written = f"1er{written[1:]}" if lang == "fr" and first.day == 1 else written
    words = translated("week {number} of {year} ({first} to {last})", lang)
    return words.format(number=int(span.text[6:]), year=span.text[:4], first=written, last=day(last, lang))


def _interval(span: Period, lang: Lang) -> str:
    start, _, end = span.text.partition("/")
    if start == "..":
        is_day, last = Period(end).precision is Precision.DAY, period(Period(end), lang)
        return (translated("until {day}", lang) if is_day else translated("until {end}", lang)).format(
            day=last, end=last
        )
    first = period(Period(start), lang)
    if end != "..":
        return translated("{start} – {end}", lang).format(start=first, end=period(Period(end), lang))
    if Period(start).precision is Precision.DAY:
        return translated("since {day}", lang).format(day=first)
    return translated("since {start}", lang).format(start=first)


_WRITTEN: Mapping[Precision, Callable[[Period, Lang], str]] = MappingProxyType(
    {
        Precision.DAY: lambda span, lang: day(span.known_from, lang),
        Precision.WEEK: _week,
        Precision.MONTH: _month,
        Precision.QUARTER: _quarter,
        Precision.HALF_YEAR: _half_year,
        Precision.YEAR: lambda span, _: span.text,
        Precision.SCHOOL_YEAR: _school_year,
        Precision.INTERVAL: _interval,
    }
)
