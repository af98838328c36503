"""A cell is read exactly, or refused with what was expected: what French and English offices write is read back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Day, Euros, Period
from levier.interop.cells import Number, Refused, day, decimal_mark, number, period
from levier.wording import formats

FRENCH = {
    "354 523 095": "354523095",
    "354\u202f523\u202f095": "354523095",
    "354\u00a0523\u00a0095": "354523095",
    "1234": "1234",
    "-12,5": "-12.5",
    "−12,50": "-12.50",
    "+ 179,9": "179.9",
    "(1 234,5)": "-1234.5",
    "1.234.567": "1234567",
    "1.234,5": "1234.5",
    "0,05": "0.05",
    " 7 ": "7",
    "007": "7",
}


@pytest.mark.parametrize(("text", "value"), FRENCH.items())
def test_a_number_is_read_exactly(text: str, value: str) -> None:
    """Every digit counts, trailing zeros too, whatever separates the thousands."""
    found = number(text)
    assert found == Number(Decimal(value))
    assert str(found.value) == value


UNITS = {
    "42,8 M€": (42_800_000, "€"),
    "1,2 Md€": (1_200_000_000, "€"),
    "1,2 Mds €": (1_200_000_000, "€"),
    "+ 179,9 M€": (179_900_000, "€"),
    "3,5 k€": (3_500, "€"),
    "12 €": (12, "€"),
    "12 euros": (12, "€"),
    "12 EUR": (12, "€"),
    "12 MEUR": (12_000_000, "€"),
    "86,0 %": (Decimal("86.0"), "%"),
    "86,0\u202f%": (Decimal("86.0"), "%"),
}


@pytest.mark.parametrize(("text", "expected"), UNITS.items())
def test_a_unit_is_read_with_it(text: str, expected: tuple[Decimal | int, str]) -> None:
    """An amount in thousands, millions or billions becomes euros; a percentage stays what is written."""
    assert number(text) == expected


NO_NUMBERS = [
    "", "SO", "1e5", "12 34", "1 23 456", "1\u202f234 567", "1,2,3", "12,", ",5", "--1", "(-1)", "(1", "1)", "½", "٣",
    "1 2", "12 pommes", "12 t€", "0x10", "1_000", "inf", "nan", "12,5.", "#DIV/0!", "12%%", "1 234,5 6", "12.5 €",
    "12.435", "1.23.456", "12²",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_NUMBERS, ids=repr)
def test_what_is_no_number_is_refused(text: str) -> None:
    """Nothing is guessed: what could be two numbers, or is none, is refused with a sentence in both languages."""
    found = number(text)
    assert isinstance(found, Refused)
    assert found.expected.say("fr").startswith("un nombre")
    assert found.expected.say("en").startswith("a number")


def test_the_mark_of_the_file_decides() -> None:
    """The same cell is another number in a file with decimal points, and in doubt the refusal says why."""
    assert number("12.435", ".") == Number(Decimal("12.435"))
    assert number("1,234.5", ".") == Number(Decimal("1234.5"))
    assert number("1,234,567", ".") == Number(Decimal(1234567))
    refused = number("1,234", ".")
    assert isinstance(refused, Refused)
    assert "the comma may separate thousands or decimals" in refused.expected.say("en")


MARKS: list[tuple[list[str], str | None]] = [
    (["12,5", "SO", "7"], ","),
    (["12.5"], "."),
    (["12.435"], None),
    (["12.435", "1 234"], None),
    (["12.435", "1,5"], ","),
    (["1.234,5"], ","),
    (["1,234.5"], "."),
    (["1.234.567"], None),
    (["7.5", "7,5"], None),
    ([], None),
    (["14.06.2019"], None),
    (["86,0 %"], ","),
]


@pytest.mark.parametrize(("texts", "mark"), MARKS, ids=str)
def test_the_mark_of_a_column_is_found(texts: list[str], mark: str | None) -> None:
    """A column tells its mark by the cells that leave no doubt; contradictions tell nothing."""
    assert decimal_mark(texts) == mark


amounts = st.decimals(-(10**12), 10**12, places=2)


@given(amounts)
def test_what_we_write_in_french_is_read_back(value: Decimal) -> None:
    """Numbers, percentages and amounts come back as they were, as CLDR writes them in French and in English."""
    assert number(formats.number(value, "fr", 2)) == Number(value)
    assert number(formats.number(value, "en", 2), ".") == Number(value)
    assert number(formats.euros(Euros(value), "fr", 2)) == Number(value, "€")
    assert number(formats.value(value, "%", "fr", 2)) == Number(value, "%")


@given(st.text(alphabet="0123456789 .,-+()€%MkdeE\u202f/juinT", max_size=14), st.sampled_from([",", "."]))
def test_no_text_is_read_as_another_number(text: str, mark: str) -> None:
    """What is read has the digits of the cell, in their order, and no others."""
    found = number(text, mark)  # type: ignore[arg-type]
    if isinstance(found, Number):
        written = "".join(character for character in text if character.isdigit()).lstrip("0")
        assert f"{abs(found.value):f}".replace(".", "").strip("0") == written.strip("0")
        assert found.value.is_finite()


DAYS = {
    "14/06/2019": "2019-06-14",
    "14/06/19": "2019-06-14",
    "01/02/98": "1998-02-01",
    "14.06.2019": "2019-06-14",
    "14-06-2019": "2019-06-14",
    "2019-06-14": "2019-06-14",
    "2019-06-14 00:00:00": "2019-06-14",
    "2019-06-14T00:00:00Z": "2019-06-14",
    "14 juin 2019": "2019-06-14",
    "1er février 2019": "2019-02-01",
    "1ER FÉVR. 2019": "2019-02-01",
    "3 août 19": "2019-08-03",
    "14 June 2019": "2019-06-14",
    "29/02/2020": "2020-02-29",
}


@pytest.mark.parametrize(("text", "expected"), DAYS.items())
def test_a_day_is_read(text: str, expected: str) -> None:
    """Days as offices write them, the day before the month."""
    assert day(text) == Day.fromisoformat(expected)
    assert period(text) == Period(expected)


NO_DAYS = {
    "06/14/2019": "day and month may be exchanged",
    "31/06/2023": "this month has 30 days",
    "29/02/2023": "this month has 28 days",
    "2019-13-01": "day and month may be exchanged",
    "2019-14-14": "a day, such as 14/06/2019",
    "00/00/2019": "a day, such as",
    "juin 2019": "a day, such as",
    "2019": "a day, such as",
    "14/06": "a day, such as",
    "43630": "a day, such as",
    "14/06/2019 12:30": "a day, such as",
    "": "a day, such as",
    "14//06/2019": "a day, such as",
    "1²/06/2019": "a day, such as",
    "31/04/0000": "a day that exists",
}


@pytest.mark.parametrize(("text", "expected"), NO_DAYS.items())
def test_what_is_no_day_is_refused(text: str, expected: str) -> None:
    """A day that does not exist is refused with what is wrong with it."""
    found = day(text)
    assert isinstance(found, Refused)
    assert expected in found.expected.say("en")
    assert found.expected.say("fr").startswith("un jour")


PERIODS = {
    "juin 2019": "2019-06",
    "Juin-19": "2019-06",
    "févr. 2019": "2019-02",
    "decembre 2019": "2019-12",
    "sept. 2019": "2019-09",
    "06/2019": "2019-06",
    "2019-06": "2019-06",
    "T2 2019": "2019-Q2",
    "2e trimestre 2019": "2019-Q2",
    "1er trimestre 2019": "2019-Q1",
    "2ème trimestre 2019": "2019-Q2",
    "2019-T3": "2019-Q3",
    "2019-Q3": "2019-Q3",
    "Q4 2019": "2019-Q4",
    "S1 2019": "2019-S1",
    "2e semestre 2019": "2019-S2",
    "2019": "2019",
}


@pytest.mark.parametrize(("text", "expected"), PERIODS.items())
def test_a_period_is_read(text: str, expected: str) -> None:
    """Months, quarters, half-years and years as offices write them."""
    assert period(text) == Period(expected)


@pytest.mark.parametrize(
    "text", ["bientôt", "T5 2019", "S3 2019", "13/2019", "0000", "T2", "3e mois 2019", "juin", "20190614"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    """What could be several periods, or is none, is refused."""
    found = period(text)
    assert isinstance(found, Refused)
    assert found.expected.say("fr").startswith("un jour, un mois")


spans = st.dates(date(1970, 1, 1), date(2068, 12, 31))


@given(spans, st.sampled_from(["fr", "en"]))
def test_days_and_periods_that_we_write_are_read_back(when: date, lang: str) -> None:
    """A day, its month and its quarter come back as they were, as CLDR writes them."""
    on = Day(when.year, when.month, when.day)
    assert day(formats.day(on, lang)) == on
    assert day(f"{when:%d/%m/%Y}") == day(f"{when:%d/%m/%y}") == day(f"{when:%d.%m.%Y}") == on
    month = Period(f"{when:%Y-%m}")
    assert period(formats.period(month, lang)) == month
    quarter = Period(f"{when.year}-Q{(when.month + 2) // 3}")
    assert period(formats.period(quarter, "fr")) == quarter


@given(st.text(max_size=20))
def test_every_text_is_read_or_refused(text: str) -> None:
    """No cell makes a reader fail, whatever it holds."""
    assert isinstance(number(text), Number | Refused)
    assert isinstance(day(text), Day | Refused)
    assert isinstance(period(text), Period | Refused)
