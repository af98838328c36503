"""Numbers and dates are written as CLDR writes them, in any decimal context."""

from __future__ import annotations

from decimal import ROUND_UP, Context, Decimal, Inexact, InvalidOperation, Overflow, localcontext
from fractions import Fraction

import pytest
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit
from hypothesis import given
from hypothesis import strategies as st

from levier import Day, Euros, Period, Quantity
from levier.model.quantities import COUNT, DAYS, EUROS, MARK_OUT_OF_10, MONTHS, PERCENT, POINTS, Unit
from levier.wording import formats
from levier.wording.values import Number

LANGS = ("fr", "en")
BABEL = {"fr": "fr", "en": "en_GB"}


def minus(text: str) -> str:
    """Return what Babel wrote with the minus sign in place of its hyphen."""
    return text.replace("-", "−")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (formats.compact_euros(Euros(42_800_000), "fr"), "42,8\u00a0M\u00a0€"),
        (formats.compact_euros(Euros(1_200_000_000), "fr"), "1,2\u00a0Md\u00a0€"),
        (formats.compact_euros(Euros(-179_900_000), "fr"), "−179,9\u00a0M\u00a0€"),
        (formats.compact_euros(Euros(42_800_000), "en"), "€42.8m"),
        (formats.compact_euros(Euros(950), "en"), "€950"),
        (formats.percent(Decimal("86.0"), "fr"), "86,0\u00a0%"),
        (formats.percent(Decimal("86.0"), "en"), "86.0%"),
        (formats.percent(Decimal("86.25"), "en", None), "86.25%"),
        (formats.day(Day(2019, 6, 14), "fr"), "14 juin 2019"),
        (formats.day(Day(2019, 6, 14), "en"), "14 June 2019"),
        (formats.day(Day(2019, 2, 1), "fr"), "1er février 2019"),
        (formats.day(Day(2019, 2, 1), "en"), "1 February 2019"),
        (formats.euros(Euros(166_988_229), "fr"), "166\u202f988\u202f229\u00a0€"),
        (formats.euros(Euros("-0.50"), "en"), "−€0.50"),
        (formats.value(Decimal(1), DAYS, "fr"), "1\u00a0jour"),
        (formats.value(Decimal(95), DAYS, "fr"), "95\u00a0jours"),
        (formats.value(Decimal(1234), MONTHS, "en"), "1,234 months"),
        (formats.value(Decimal("12.5"), EUROS, "en"), "€12.50"),
        (formats.value(Decimal("7.5"), MARK_OUT_OF_10, "fr"), "7,5\u00a0/10"),
        (formats.value(Decimal(3), COUNT, "fr"), "3"),
        (formats.value(Decimal(3), Unit("ETP"), "fr"), "3\u00a0ETP"),
        (formats.value(12, MONTHS, "fr"), "12\u00a0mois"),
        (formats.value(0, DAYS, "fr"), "0\u00a0jour"),
        (formats.value(0, DAYS, "en"), "0 days"),
        (formats.value(1, DAYS, "en"), "1 day"),
        (formats.value(Decimal("1.0"), DAYS, "en"), "1.0 days"),
        (formats.value(-1, DAYS, "en"), "−1 day"),
        (formats.value(Decimal("-1.5"), POINTS, "fr"), "−1,5\u00a0point"),
        (formats.value(Decimal("-2.5"), POINTS, "en"), "−2.5 points"),
        (formats.percent(Decimal("-12.34"), "fr"), "−12,3\u00a0%"),
        (formats.day(Day(2019, 2, 1), "fr-FR"), "1er février 2019"),
        (formats.number(1234, "en_GB"), "1,234"),
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
    assert formats.number(exact, lang) == minus(format_decimal(exact, locale=BABEL[lang]))
    percent = format_percent(exact / 100, locale=BABEL[lang], decimal_quantization=False)
    assert formats.percent(exact, lang, None) == minus(percent)


@pytest.mark.parametrize("lang", LANGS)
def test_cents_are_those_of_cldr(lang: str) -> None:
    """An amount with cents is exactly what Babel writes of it."""
    assert formats.euros(Euros("1234.56"), lang) == format_currency(Decimal("1234.56"), "EUR", locale=BABEL[lang])


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("month", range(1, 13))
def test_days_are_those_of_cldr(lang: str, month: int) -> None:
    """A day is Babel's long form, but for the French first of a month."""
    date = Day(2021, month, 14)
    assert formats.day(date, lang) == format_date(date, "long", locale=BABEL[lang])


@pytest.mark.parametrize(("exact", "expected"), [("0.25", "0.3"), ("-0.25", "−0.3"), ("2.45", "2.5"), ("-0.04", "0.0")])
def test_rounding_is_half_away_from_zero(exact: str, expected: str) -> None:
    """Halves go away from zero, as in published figures, and nothing is rounded to minus zero."""
    assert formats.number(Decimal(exact), "en", 1) == expected


def test_rounding_may_change_the_magnitude() -> None:
    """An amount just under a billion is rounded to one billion, not to a thousand millions."""
    assert formats.compact_euros(Euros(999_960_000), "en") == "€1bn"


def test_long_numbers_stay_exact() -> None:
    """A number of more digits than a decimal context has is written digit by digit."""
    assert formats.number(Decimal("1" * 40), "en").replace(",", "") == "1" * 40
    assert formats.number(Decimal("0." + "1" * 40), "en", 40) == "0." + "1" * 40
    assert formats.value(Decimal("1" * 40), EUROS, "en").replace(",", "") == "€" + "1" * 40
    assert formats.percent(Decimal("1" * 40), "en", 0).replace(",", "") == "1" * 40 + "%"
    assert formats.value(Decimal("1" * 40), DAYS, "en").replace(",", "") == "1" * 40 + " days"


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
        ("../2019", "jusqu’en 2019", "until 2019"),
        ("../2019-06", "jusqu’en juin 2019", "until June 2019"),
        ("../2019-06-20", "jusqu’au 20 juin 2019", "until 20 June 2019"),
        ("2023-Q1", "1er trimestre 2023", "1st quarter 2023"),
        ("2023-Q4", "4e trimestre 2023", "4th quarter 2023"),
        ("2023-S1", "1er semestre 2023", "first half of 2023"),
        ("2023-S2", "2e semestre 2023", "second half of 2023"),
        ("2022-2023-SY", "année scolaire 2022-2023", "school year 2022-2023"),
        (
            "2023-W05",
            "semaine 5 de 2023 (30 janvier au 5 février 2023)",
            "week 5 of 2023 (30 January to 5 February 2023)",
        ),
        ("2023-W06", "semaine 6 de 2023 (6 au 12 février 2023)", "week 6 of 2023 (6 to 12 February 2023)"),
        ("2023-W18", "semaine 18 de 2023 (1er au 7 mai 2023)", "week 18 of 2023 (1 to 7 May 2023)"),
        (
            "2019-W01",
            "semaine 1 de 2019 (31 décembre 2018 au 6 janvier 2019)",
            "week 1 of 2019 (31 December 2018 to 6 January 2019)",
        ),
    ],
)
def test_periods(text: str, fr: str, en: str) -> None:
    """A period is written as finely as it is known."""
    assert (formats.period(Period(text), "fr"), formats.period(Period(text), "en")) == (fr, en)


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (Quantity.exact(40, COUNT), "40"),
        (Quantity.about(40, COUNT), "environ 40"),
        (Quantity.at_least(10, DAYS), "au moins 10\u00a0jours"),
        (Quantity.at_most(50_000_000, EUROS), "au plus 50\u202f000\u202f000\u00a0€"),
        (Quantity.between(3, 5, COUNT), "de 3 à 5"),
    ],
)
def test_inexact_quantities_say_so(quantity: Quantity, expected: str) -> None:
    """A number that its source gives as inexact is written as inexact."""
    assert formats.quantity(quantity, "fr") == expected


SYMBOLS = {"fr": ("\u202f", ","), "en": (",", ".")}
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=4) | st.decimals(
    min_value=-(10**30), max_value=10**30, places=9
)
HOSTILE = Context(prec=3, rounding=ROUND_UP, capitals=0, clamp=1, traps=[Inexact, InvalidOperation, Overflow])


def half_away(number: Decimal, decimals: int) -> Fraction:
    """Return a number rounded half away from zero, computed in fractions."""
    scaled = abs(Fraction(number)) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(-whole if number < 0 else whole, 10**decimals)


@given(numbers, st.integers(0, 6), st.sampled_from(LANGS))
def test_what_is_written_reads_back(number: Decimal, decimals: int, lang: str) -> None:
    """Whatever the caller's context, the text is the number rounded half away from zero, and its sign is − or none."""
    with localcontext(HOSTILE):
        written = formats.number(number, lang, decimals)
        forms = [formats.percent(number, lang, decimals), formats.euros(number, lang, decimals)]
    group, point = SYMBOLS[lang]
    read = Fraction(written.replace(group, "").replace(point, ".").replace("−", "-"))
    assert read == half_away(number, decimals)
    assert (written[0] == "−") is (read < 0)
    assert "-" not in written
    plain = written.lstrip("−")
    for form in forms:
        assert plain in form
        assert form.startswith("−") is (read < 0)


@given(numbers, st.none() | st.integers(0, 4), st.sampled_from(LANGS))
def test_a_trimmed_number_loses_only_zeros(number: Decimal, decimals: int | None, lang: str) -> None:
    """It is written as with all its decimals, but for the zeros at their end; euros have two or none."""
    whole = formats.number(number, lang, decimals)
    point = SYMBOLS[lang][1]
    trimmed = whole.rstrip("0").rstrip(point) if point in whole else whole
    assert Number.trimmed(number, "", decimals).say(lang) == trimmed
    cents = Number.trimmed(number, EUROS, decimals).say(lang)
    assert cents == formats.euros(number, lang, 2 if point in trimmed else 0)


@given(numbers, numbers, st.none() | st.integers(0, 4))
def test_a_trimmed_number_never_reads_as_its_limit(number: Decimal, limit: Decimal, decimals: int | None) -> None:
    """Two numbers that differ never read alike: one is more or less than the other."""
    said, other = (Number.trimmed(*pair).say("en") for pair in ((number, "", decimals, limit), (limit, "", decimals)))
    assert (said == other) is (number == limit)


@given(numbers, st.sampled_from([DAYS, MONTHS, POINTS, EUROS, PERCENT, Unit("ETP")]), st.sampled_from(LANGS))
def test_values_owe_nothing_to_the_context(number: Decimal, unit: Unit, lang: str) -> None:
    """A value with its unit is the same in a context of three digits as in any other."""
    with localcontext(HOSTILE):
        written = formats.value(number, unit, lang)
    with localcontext(Context(prec=100)):
        assert formats.value(number, unit, lang) == written


@given(st.integers(0, 2_000_000), st.sampled_from(LANGS))
def test_durations_are_those_of_cldr(number: int, lang: str) -> None:
    """Days and months are exactly what Babel writes of them."""
    for unit, name in ((DAYS, "duration-day"), (MONTHS, "duration-month")):
        assert formats.value(number, unit, lang) == format_unit(number, name, length="long", locale=BABEL[lang])
