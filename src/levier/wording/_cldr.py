"""
The only module that imports Babel: how CLDR writes numbers, amounts, dates, durations and lists.

Babel is slow to import, so this module is imported at the first sentence only. Numbers arrive rounded; the minus sign
is − where CLDR writes a hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, localcontext
from functools import lru_cache
from importlib.resources import files

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import NumberPattern, format_compact_currency, format_decimal, parse_pattern
from babel.units import format_unit

from levier.model._numbers import fixed_context
from levier.model.periods import Day
from levier.model.terms import Lang

_WIDE = fixed_context(2100)
"""Room for every digit of a number, because Babel divides in the decimal context of its caller."""
_FRACTION = re.compile(r"0(?:\.[0#]+)?")
_LOCALES: dict[Lang, str] = {"fr": "fr", "en": "en_GB"}
_KEPT = 4096
"""How many written numbers, and how many dates, are kept: a report writes the same ones again and again."""
_PLURAL_FORMS = ("zero", "one", "two", "few", "many", "other")
"""CLDR's names of plural forms, in gettext's order."""


@lru_cache(maxsize=8)
def _locale(lang: Lang) -> Locale:
    return Locale.parse(_LOCALES[lang])


@lru_cache(maxsize=64)
def _pattern(kind: str, lang: Lang, decimals: int) -> NumberPattern:
    """Return CLDR's pattern with exactly that many decimals."""
    locale = _locale(lang)
    patterns: dict[str, NumberPattern] = {
        "decimal": locale.decimal_formats[None],
        "percent": locale.percent_formats[None],
        "currency": locale.currency_formats["standard"],
    }
    fraction = "0." + "0" * decimals if decimals else "0"
    return parse_pattern(_FRACTION.sub(fraction, patterns[kind].pattern, count=1))


def _signed(text: str, number: Decimal) -> str:
    """Write the minus sign of a number below zero."""
    return text.replace("-", "−", 1) if number < 0 else text


def decimal(number: Decimal, lang: Lang, decimals: int) -> str:
    """Write a rounded number with grouped thousands."""
    return _written("decimal", str(number), lang, decimals)


def percent(number: Decimal, lang: Lang, decimals: int) -> str:
    """Write a rounded percentage, given of 100."""
    return _written("percent", str(number), lang, decimals)


@lru_cache(maxsize=_KEPT)
def _written(kind: str, text: str, lang: Lang, decimals: int) -> str:
    """Write a number, given as text: in a cache, 0 and −0 and 1.0 and 1.00 would be one number."""
    with localcontext(_WIDE):
        number = Decimal(text)
        shown = number.scaleb(-2) if kind == "percent" else number
        return _signed(_pattern(kind, lang, decimals).apply(shown, _locale(lang)), number)


def euros(number: Decimal, lang: Lang, decimals: int) -> str:
    """Write a rounded amount."""
    pattern = _pattern("currency", lang, decimals)
    with localcontext(_WIDE):
        return _signed(pattern.apply(number, _locale(lang), currency="EUR", currency_digits=False), number)


def compact_euros(number: Decimal, lang: Lang) -> str:
    """Write an amount in thousands, millions or billions, with one decimal."""
    with localcontext(_WIDE):
        written = format_compact_currency(number, "EUR", locale=_locale(lang), fraction_digits=1)
        return _signed(written, number)


def duration(number: Decimal, written: str, unit: str, lang: Lang) -> str:
    """Write a number, given as text in *written*, of `day`s or `month`s."""
    with localcontext(_WIDE):
        return _duration(_locale(lang).plural_form(number), unit, lang, abs(number)).format(written)


_durations: dict[tuple[str, str, Lang], str] = {}


def _duration(form: str, unit: str, lang: Lang, example: Decimal) -> str:
    """Return the pattern of a plural form, extracted from an example, because CLDR's own is private in Babel."""
    about = form, unit, lang
    if about not in _durations:
        said = format_unit(example, f"duration-{unit}", length="long", locale=_locale(lang))
        _durations[about] = said.replace(format_decimal(example, locale=_locale(lang)), "{}", 1)
    return _durations[about]


def plural_index(number: Decimal | int, lang: Lang, forms: int) -> int:
    """Return the index of a number's plural form among *forms*, as gettext numbers them."""
    rule = _locale(lang).plural_form
    with localcontext(_WIDE):
        form = rule(number)
    known = [name for name in _PLURAL_FORMS if name == "other" or name in rule.tags]
    return min(known.index(form), forms - 1)


@lru_cache(maxsize=_KEPT)
def date(day: Day, lang: Lang) -> str:
    """Write a day."""
    return format_date(day, "long", locale=_locale(lang))


@lru_cache(maxsize=_KEPT)
def month(day: Day, lang: Lang) -> str:
    """Write the month of a day, with its year."""
    return format_date(day, "MMMM y", locale=_locale(lang))


def month_names(lang: Lang) -> list[tuple[str, int]]:
    """Return the names of months, long and short, as they stand in dates and alone, each with its number."""
    forms = [_locale(lang).months[use][width] for use in ("format", "stand-alone") for width in ("wide", "abbreviated")]
    return [(name, number) for form in forms for number, name in form.items()]


@lru_cache(maxsize=_KEPT)
def quarter(day: Day, lang: Lang) -> str:
    """Write the quarter of a day, with its year."""
    return format_date(day, "QQQQ y", locale=_locale(lang))


@lru_cache(maxsize=_KEPT)
def day_of_year(day: Day, lang: Lang) -> str:
    """Write a day without its year."""
    return format_date(day, "d MMMM", locale=_locale(lang))


def listed(parts: Sequence[str], lang: Lang) -> str:
    """Write a list: commas, and a conjunction before the last item."""
    return format_list(parts, locale=_locale(lang))


def catalogues(lang: Lang) -> list[Catalog]:
    """Read the files of translations into a language, one for each subject."""
    folder = files("levier.wording").joinpath("locale", lang)
    texts = [file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".po")]
    return [read_po(text.splitlines(), locale=_LOCALES[lang], abort_invalid=True) for text in texts]
