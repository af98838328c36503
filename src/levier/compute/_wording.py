"""
Numbers, amounts and dates in the two languages that explanations speak.

The core carries no locale library, so these few forms are our own; the tests hold them against Babel's (CLDR).
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeVar

from levier.compute.exact import EXACT, cents_shown, decimals_shown, reads_alike, rounded
from levier.errors import InvalidValueError
from levier.model.money import Euros
from levier.model.periods import Day, Period, Precision
from levier.model.quantities import COUNT, DAYS, EUROS, MONTHS, PERCENT, POINTS, RATIO, SHARE, Exactness, Quantity, Unit
from levier.model.terms import Lang, Term

T = TypeVar("T")

_MONTHS = (
    " janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    " January February March April May June July August September October November December",
)
_UNITS: Mapping[Unit, tuple[tuple[str, str], tuple[str, str]]] = MappingProxyType(
    {
        DAYS: (("jour", "jours"), ("day", "days")),
        MONTHS: (("mois", "mois"), ("month", "months")),
        POINTS: (("point", "points"), ("point", "points")),
        COUNT: (("", ""), ("", "")),
        SHARE: (("", ""), ("", "")),
        RATIO: (("", ""), ("", "")),
    }
)
"""Each unit in French and in English, alone and in the plural; what stands in no sentence is empty."""
_PLURAL = 2


class Explained:
    """A result that explains itself: printed, it speaks English."""

    __slots__ = ()

    @abstractmethod
    def explain(self, lang: Lang) -> str:
        """Say the result, in *lang*."""

    def __str__(self) -> str:
        return self.explain("en")


def by_language(lang: Lang, fr: T, en: T) -> T:
    """
    Return what is said in *lang*.

    Raises:
        InvalidValueError: For any other language.

    >>> by_language("fr", "rien", "nothing")
    'rien'
    """
    match lang:
        case "fr":
            return fr
        case "en":
            return en
        case _:
            raise InvalidValueError("lang", lang, "'fr' or 'en'")


def number(value: Decimal | int, lang: Lang, decimals: int | None = None) -> str:
    """
    Write a number with grouped thousands, rounded half away from zero; without *decimals*, to two at most.

    Every number in a sentence is written here: never with an exponent, nor as minus zero.

    >>> number(Decimal("1234.5678"), "en"), number(Decimal("-0.04"), "en", 1)
    ('1,234.57', '0.0')
    """
    exact = Decimal(value)
    whole, _, rest = format(rounded(exact, decimals_shown(exact, decimals)), ",f").partition(".")
    whole = whole.replace(",", by_language(lang, "\u202f", ","))
    return f"{whole}{by_language(lang, ',', '.')}{rest}" if rest else whole


def percent(value: Decimal, lang: Lang, decimals: int | None = 1) -> str:
    """Write a percentage, of 100: `86,0 %` and `86.0%`."""
    return number(value, lang, decimals) + by_language(lang, "\u00a0%", "%")


def share_said(share: Decimal, lang: Lang, decimals: int = 1) -> str:
    """
    Write a share, from 0 to 1, as a percentage.

    >>> share_said(Decimal("0.8605"), "en")
    '86.1%'
    """
    return percent(EXACT.scaleb(share, 2), lang, decimals)


def euros(amount: Euros, lang: Lang) -> str:
    """Write an amount to the euro, or to the cent where it has cents: `166 988 229 €` and `€166,988,229`."""
    return value(amount.amount, EUROS, lang)


def _with_euro(written: str, lang: Lang) -> str:
    before = f"-€{written[1:]}" if written.startswith("-") else f"€{written}"
    return by_language(lang, f"{written}\u00a0€", before)


def value(amount: Decimal, unit: Unit | str, lang: Lang, decimals: int | None = None) -> str:
    r"""
    Write a value with its unit.

    >>> value(Decimal(1), "days", "en"), value(Decimal("-2.5"), "points", "fr")
    ('1\xa0day', '-2,5\xa0points')
    """
    if unit == PERCENT:
        return percent(amount, lang, decimals)
    if unit == EUROS:
        return _with_euro(number(amount, lang, cents_shown(amount) if decimals is None else decimals), lang)
    written = number(amount, lang, decimals)
    word = unit_said(Unit(unit), rounded(amount, decimals_shown(amount, decimals)), lang)
    return f"{written}\u00a0{word}" if word else written


def unit_said(unit: Unit, shown: Decimal | int, lang: Lang) -> str:
    """
    Write a unit as it follows a number as shown; nothing for one that stands in no sentence.

    >>> unit_said(DAYS, 1, "en"), unit_said(COUNT, 3, "en")
    ('day', '')
    """
    return _UNITS[unit][lang == "en"][is_plural(shown, lang)] if unit in _UNITS else unit


def is_plural(shown: Decimal | int, lang: Lang) -> bool:
    """
    Say whether a number as it is shown takes the plural: in French from two on, in English all but a bare one.

    >>> is_plural(Decimal("1.9"), "fr"), is_plural(Decimal("1.0"), "en"), is_plural(0, "en")
    (False, True, True)
    """
    return not -_PLURAL < shown < _PLURAL if lang == "fr" else str(shown) not in {"1", "-1"}


def beside(amount: Decimal, limit: Decimal, unit: Unit | str, lang: Lang, decimals: int | None = None) -> str:
    """
    Write a value that was held against a limit: "more than" or "less than" it where the two would read alike.

    >>> beside(Decimal("50.004"), Decimal(50), "%", "en", 1), beside(Decimal(51), Decimal(50), "%", "en", 1)
    ('more than 50.0%', '51.0%')
    """
    if not reads_alike(amount, limit, decimals):
        return value(amount, unit, lang, decimals)
    words = by_language(lang, ("moins de", "plus de"), ("less than", "more than"))
    return f"{words[amount > limit]} {value(limit, unit, lang, decimals)}"


def colon(lang: Lang) -> str:
    """Return the colon of *lang*, with the spaces around it."""
    return by_language(lang, "\u00a0: ", ": ")


def listed(parts: Iterable[str], lang: Lang) -> str:
    """Put sentences side by side, with the semicolon of *lang*."""
    return by_language(lang, "\u00a0; ", "; ").join(parts)


def day(date: Day, lang: Lang) -> str:
    """Write a day: `14 juin 2019` and `14 June 2019`; in French the first of a month is `1er`."""
    ordinal = "1er" if lang == "fr" and date.day == 1 else str(date.day)
    return f"{ordinal} {_month(date, lang)} {date.year}"


def _month(date: Day, lang: Lang) -> str:
    return by_language(lang, *_MONTHS).split(" ")[date.month]


def period(span: Period, lang: Lang) -> str:
    """Write a period as finely as it is known."""
    if span.precision is Precision.YEAR:
        return span.text
    if span.precision is Precision.MONTH:
        return f"{_month(span.first_day, lang)} {span.year}"
    return day(span.first_day, lang) if span.precision is Precision.DAY else _interval(span, lang)


def _interval(span: Period, lang: Lang) -> str:
    start, _, end = span.text.partition("/")
    first = period(Period(start), lang)
    if end == "..":
        le = "le " if Period(start).precision is Precision.DAY else ""
        return f"depuis {le}{first}" if lang == "fr" else f"since {first}"
    return f"{first} – {period(Period(end), lang)}"


def label_of(thing: Any, lang: Lang) -> str:
    """
    Return what a thing is called: in English where it has an English name.

    >>> from levier import Lever
    >>> label_of(Lever(id="digital", label="Numérique", label_en="Digital"), "en")
    'Digital'
    """
    english: str = by_language(lang, "", getattr(thing, "label_en", ""))
    return english or str(thing.label)


def days_between(first: Day, last: Day) -> int:
    """
    Return how many days after *first* the day *last* is; negative where it is before.

    >>> days_between(Day(2019, 6, 14), Day(2019, 6, 20))
    6
    """
    return last.toordinal() - first.toordinal()


def days_said(days: int, lang: Lang) -> str:
    """
    Write a number of days: in French none and one are singular.

    >>> days_said(0, "en"), days_said(1, "en")
    ('0 days', '1 day')
    """
    return by_language(lang, "\u00a0", " ").join((number(days, lang), unit_said(DAYS, days, lang)))


def bounds_said(quantity: Quantity, lang: Lang, decimals: int | None = None) -> str:
    """
    Write a quantity with its unit, or its bounds.

    >>> bounds_said(Quantity.between("12.5", "20.83", "%"), "en", 1)
    '12.5% to 20.8%'
    >>> bounds_said(Quantity.at_least(350, "count"), "en")
    'at least 350'
    """
    ends = [value(end, quantity.unit, lang, decimals) for end in (quantity.lower, quantity.upper) if end is not None]
    match quantity.exactness:
        case Exactness.EXACT:
            return ends[0]
        case Exactness.BETWEEN:
            return f"de {ends[0]} à {ends[1]}" if lang == "fr" else f"{ends[0]} to {ends[1]}"
        case exactness:
            return f"{exactness.label(lang)} {ends[0]}"


def said(value: Any, lang: Lang) -> str:
    """
    Write what a sentence names: a text, a term, a number, an amount, a date, a quantity; of a thing, its label.

    >>> said(Period("2019-06"), "fr"), said(45_123, "en")
    ('juin 2019', '45,123')
    """
    for kind, write in _WRITERS.items():
        if isinstance(value, kind):
            return write(value, lang)
    return label_of(value, lang)


_WRITERS: Mapping[type[Any], Callable[[Any, Lang], str]] = MappingProxyType(
    {
        Term: lambda term, lang: str(term.label(lang)),
        str: lambda text, _lang: str(text),
        Mapping: lambda both, lang: str(both[lang]),
        bool: lambda flag, lang: by_language(lang, *(("oui", "yes") if flag else ("non", "no"))),
        int: number,
        Decimal: number,
        Euros: euros,
        Period: period,
        Day: day,
        Quantity: bounds_said,
    }
)
"""How each kind of value is written; what is none of them is a thing, and is called by its label."""
