"""Numbers and dates are written as CLDR writes them, and as the explanations of `compute` do."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

from levier import Day, Euros, Period, Quantity
from levier.compute import _wording
from levier.display import locale
from levier.model.quantities import COUNT, DAYS, EUROS, MARK_OUT_OF_10, MONTHS, PERCENT, Unit

LANGS = ("fr", "en")
BABEL = {"fr": "fr", "en": "en_GB"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (locale.compact_euros(Euros(42_800_000), "fr"), "42,8\u00a0M\u00a0€"),
        (locale.compact_euros(Euros(1_200_000_000), "fr"), "1,2\u00a0Md\u00a0€"),
        (locale.compact_euros(Euros(-179_900_000), "fr"), "-179,9\u00a0M\u00a0€"),
        (locale.compact_euros(Euros(42_800_000), "en"), "€42.8m"),
        (locale.compact_euros(Euros(950), "en"), "€950"),
        (locale.percent(Decimal("86.0"), "fr"), "86,0\u00a0%"),
        (locale.percent(Decimal("86.0"), "en"), "86.0%"),
        (locale.percent(Decimal("86.25"), "en", None), "86.25%"),
        (locale.day(Day(2019, 6, 14), "fr"), "14 juin 2019"),
        (locale.day(Day(2019, 6, 14), "en"), "14 June 2019"),
        (locale.day(Day(2019, 2, 1), "fr"), "1er février 2019"),
        (locale.day(Day(2019, 2, 1), "en"), "1 February 2019"),
        (locale.euros(Euros(166_988_229), "fr"), "166\u202f988\u202f229\u00a0€"),
        (locale.euros(Euros("-0.50"), "en"), "-€0.50"),
        (locale.value(Decimal(1), DAYS, "fr"), "1\u00a0jour"),
        (locale.value(Decimal(95), DAYS, "fr"), "95\u00a0jours"),
        (locale.value(Decimal(1234), MONTHS, "en"), "1,234 months"),
        (locale.value(Decimal("12.5"), EUROS, "en"), "€12.50"),
        (locale.value(Decimal("7.5"), MARK_OUT_OF_10, "fr"), "7,5\u00a0/10"),
        (locale.value(Decimal(3), COUNT, "fr"), "3"),
        (locale.value(Decimal(3), Unit("ETP"), "fr"), "3\u00a0ETP"),
        (locale.months(12, "fr"), "12\u00a0mois"),
    ],
)
def test_forms(written: str, expected: str) -> None:
    """Amounts, percentages, days and units come out as people of each language expect them."""
    assert written == expected


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("number", ["0", "7", "1234.5", "-354523095.25", "86"])
def test_numbers_are_those_of_cldr(lang: str, number: str) -> None:
    """A number with its own decimals is exactly what Babel writes of it."""
    exact = Decimal(number)
    assert locale.number(exact, lang) == format_decimal(exact, locale=BABEL[lang])
    assert locale.percent(exact, lang, None) == format_percent(
        exact / 100, locale=BABEL[lang], decimal_quantization=False
    )


@pytest.mark.parametrize("lang", LANGS)
def test_cents_are_those_of_cldr(lang: str) -> None:
    """An amount with cents is exactly what Babel writes of it."""
    assert locale.euros(Euros("1234.56"), lang) == format_currency(Decimal("1234.56"), "EUR", locale=BABEL[lang])


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("month", range(1, 13))
def test_days_are_those_of_cldr(lang: str, month: int) -> None:
    """A day is Babel's long form, but for the French first of a month."""
    date = Day(2021, month, 14)
    assert locale.day(date, lang) == format_date(date, "long", locale=BABEL[lang])


@pytest.mark.parametrize(("exact", "expected"), [("0.25", "0.3"), ("-0.25", "-0.3"), ("2.45", "2.5"), ("-0.04", "0.0")])
def test_rounding_is_half_away_from_zero(exact: str, expected: str) -> None:
    """Halves go away from zero, as in published figures, and nothing is rounded to minus zero."""
    assert locale.number(Decimal(exact), "en", 1) == expected
    assert str(locale.rounded(Decimal(exact), 1)) == expected


def test_rounding_may_change_the_magnitude() -> None:
    """An amount just under a billion is rounded to one billion, not to a thousand millions."""
    assert locale.compact_euros(Euros(999_960_000), "en") == "€1bn"


def test_long_numbers_stay_exact() -> None:
    """A number of more digits than a decimal context has is written digit by digit."""
    assert locale.number(Decimal("1" * 40), "en").replace(",", "") == "1" * 40
    assert locale.number(Decimal("0." + "1" * 40), "en", 40) == "0." + "1" * 40
    assert locale.value(Decimal("1" * 40), EUROS, "en").replace(",", "") == "€" + "1" * 40
    assert locale.percent(Decimal("1" * 40), "en", 0).replace(",", "") == "1" * 40 + "%"
    assert locale.value(Decimal("1" * 40), DAYS, "en").replace(",", "") == "1" * 40 + " days"


@pytest.mark.parametrize(
    ("text", "fr", "en"),
    [
        ("2019", "2019", "2019"),
        ("2017-12", "décembre 2017", "December 2017"),
        ("2019-06-14", "14 juin 2019", "14 June 2019"),
        ("2018/2022", "2018 – 2022", "2018 – 2022"),
        ("2019-11-25/2019-11-30", "25 novembre 2019 – 30 novembre 2019", "25 November 2019 – 30 November 2019"),
        ("2018/..", "depuis 2018", "since 2018"),
        ("2019-06/..", "depuis juin 2019", "since June 2019"),
        ("2019-06-20/..", "depuis le 20 juin 2019", "since 20 June 2019"),
    ],
)
def test_periods(text: str, fr: str, en: str) -> None:
    """A period is written as finely as it is known."""
    assert (locale.period(Period(text), "fr"), locale.period(Period(text), "en")) == (fr, en)


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (Quantity.exact(40, COUNT), "40"),
        (Quantity.about(40, COUNT), "environ 40"),
        (Quantity.at_least(10, DAYS), "au moins 10\u00a0jours"),
        (Quantity.at_most(50_000_000, EUROS), "au plus 50\u202f000\u202f000\u00a0€"),
        (Quantity.between(3, 5, COUNT), "entre 3 et 5"),
    ],
)
def test_inexact_quantities_say_so(quantity: Quantity, expected: str) -> None:
    """A number that its source gives as inexact is written as inexact."""
    assert locale.quantity(quantity, "fr") == expected


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("number", ["0", "12", "354523095", "1234.5", "-42.75"])
def test_numbers_agree_with_the_explanations(lang: str, number: str) -> None:
    """A report and an explanation write one number one way, in every form that both have."""
    exact = Decimal(number)
    assert locale.number(exact, lang) == _wording.number(exact, lang)
    assert locale.number(exact, lang, 1) == _wording.number(exact, lang, 1)
    assert locale.percent(exact, lang) == _wording.percent(exact, lang)
    assert locale.euros(Euros(exact), lang) == _wording.euros(Euros(exact), lang)
    assert locale.value(exact, PERCENT, lang, 1) == _wording.value(exact, PERCENT, lang, 1)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "text", ["2019", "2017-12", "2019-06-14", "2019-06-01", "2018/2022", "2018-01/2019-03", "2018/.."]
)
def test_periods_agree_with_the_explanations(lang: str, text: str) -> None:
    """A report and an explanation write one period one way."""
    assert locale.period(Period(text), lang) == _wording.period(Period(text), lang)


@pytest.mark.parametrize(
    ("unit", "fr", "en"),
    [(COUNT, "nombre", "number"), (DAYS, "jours", "days"), (PERCENT, "%", "%"), (Unit("ETP"), "ETP", "ETP")],
)
def test_units_have_names(unit: Unit, fr: str, en: str) -> None:
    """A unit that stands alone is named in words, not by the word that documents write."""
    assert (locale.unit_name(unit, "fr"), locale.unit_name(unit, "en")) == (fr, en)
