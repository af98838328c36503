"""Scalars made column by column: the same values and texts as one by one, and the same refusals."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Award, Euros, Observation, Portfolio, Quantity, dumps, loads
from levier.errors import InvalidDocumentError, InvalidValueError
from levier.model._numbers import written
from levier.serialization import unstructure
from levier.serialization._columns import COLUMNS, fill

MANY = 1_200
"""More than two runs of objects."""


class Held:
    """An object with one slot."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


def filled(values: list[Any], kind: Any) -> tuple[list[Any], list[Any]]:
    """Return the values of a filled column, and those that were said to be different."""
    batch = list(map(Held, values))
    different = fill(vars(Held)["value"], batch, COLUMNS[kind])
    return [each.value for each in batch], list(different)


@pytest.mark.parametrize("texts", [["1.00"], ["12", "12.5", "-0.05"], ["0.00", "-3.10"] * MANY])
def test_amounts_are_those_of_their_texts(texts: list[str]) -> None:
    """Each text gives its amount, in the usual form with two decimals and in any other."""
    found, different = filled(texts, Euros)
    assert found == list(map(Euros, texts))
    assert {*different} == {*found}


@pytest.mark.parametrize("texts", [["86.5"], ["1.20", "0", "-0.50"], ["0.0000001", "7"] * MANY])
def test_numbers_are_in_their_plain_form(texts: list[str]) -> None:
    """Each text gives its number, and the number has no zero at its end."""
    found, _ = filled(texts, Decimal)
    assert found == list(map(Decimal, texts))
    assert not any(str(written(number)).endswith(".0") or written(number).endswith(".50") for number in found)


@pytest.mark.parametrize("kind", [Decimal, Euros])
@pytest.mark.parametrize("wrong", ["1.00\n2.00", "", "x", "1_000", " 1.00", "1.00\n", "٣.00", "1e3"])
def test_what_is_no_number_is_refused(kind: Any, wrong: str) -> None:
    """A wrong text is refused beside right ones too, also one that would be two lines."""
    for texts in ([wrong], ["3.25", wrong], [wrong, *(f"{n}.25" for n in range(MANY))]):
        with pytest.raises((InvalidValueError, ArithmeticError)):
            filled(texts, kind)


def test_a_number_of_too_many_digits_is_refused() -> None:
    """A document states numbers of at most a thousand characters."""
    with pytest.raises(InvalidValueError):
        filled(["7" * 1001], Decimal)


def test_values_that_repeat_are_one_object() -> None:
    """A column that repeats has one object for each text; one whose texts differ has one for each."""
    found, different = filled(["2.50", "3.50"] * MANY, Decimal)
    assert len(set(map(id, found))) == len(different) == 2
    found, different = filled([f"{n}.5" for n in range(MANY)], Decimal)
    assert found == different == [Decimal(n) + Decimal("0.5") for n in range(MANY)]


def test_a_column_may_begin_with_other_values_and_then_repeat() -> None:
    """The first run has no value twice, the later ones repeat, and some values are missing."""
    texts = [f"{n}.5" for n in range(512)] + [None, "7.25"] * 400 + [f"{n}.5" for n in range(512)]
    found, different = filled(texts, Decimal)
    assert found == [None if text is None else Decimal(text) for text in texts]
    assert set(different) == set(found)


@given(st.integers(-10_000, 10_000) | st.integers(-(10**30), 10**30))
def test_amounts_are_written_with_two_decimals(cents: int) -> None:
    """Amounts of every size and sign are written exactly, below one euro too."""
    award = Award(id="a", label="A", amount=Euros.of_cents(abs(cents) % 10**17))
    assert Decimal(unstructure(award)["amount"]) * 100 == abs(cents) % 10**17
    assert unstructure(award)["amount"] == award.amount.text  # type: ignore[union-attr]  # it has one
    assert Euros(Euros.of_cents(cents % 10**30).text).cents == cents % 10**30


@pytest.mark.parametrize("number", ["1.5", "0.0000005", "-0.0000005", "3", "0", "-12.25", "100000000000"])
def test_numbers_are_written_without_exponent(number: str) -> None:
    """Numbers are written as people do, however small; `str` would write some with an exponent."""
    assert unstructure(Quantity.exact(number, "share"))["lower"] == number


def document(values: list[str]) -> bytes:
    """Return a document of observations of these values."""
    rows = [
        {"indicator_id": "i", "kind": "actual", "period": str(1000 + place), "territory_id": "FR", "value": value}
        for place, value in enumerate(values)
    ]
    things = {"indicators": [{"id": "i", "label": "I", "unit": "%"}], "territories": [{"id": "FR", "label": "France"}]}
    return json.dumps({"format": "levier", "version": 1, **things, "observations": rows}).encode()


def test_a_table_is_read_and_written_to_the_same_values() -> None:
    """A table of other values and one of equal values are read as single observations are, and written so."""
    for values in ([f"{n}.5" for n in range(MANY)], ["1.50", "2"] * (MANY // 2)):
        read = loads(document(values))
        assert [row.value for row in read.observations] == list(map(Decimal, values))
        assert all(loads(dumps(row), type=Observation) == row for row in read.observations[:5])
        assert json.loads(dumps(read))["observations"] == list(map(unstructure, read.observations))
        assert loads(dumps(read)) == read


def test_a_bad_value_in_a_column_is_explained() -> None:
    """One wrong number among many is found, with its place."""
    values = [f"{n}.5" for n in range(MANY)]
    values[700] = "about ten"
    with pytest.raises(InvalidDocumentError, match="/observations/700/value") as caught:
        loads(document(values))
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(
    ("amounts", "is_sound"), [(["1.00", "2.00"], True), (["1.00", "-2.00"], False), (["0.00"], False)]
)
def test_the_range_of_amounts_is_checked_at_both_ends(amounts: list[str], is_sound: bool) -> None:
    """One amount out of range among others is refused, wherever it stands."""
    award = {"id": "a", "label": "A", "amount": "1000.00", "contracted_on": "2018-09-01"}
    entries = [{"award_id": "a", "kind": "commitment", "on": "2019-01-01", "amount": amount} for amount in amounts]
    fund = {"id": "f", "label": "F", "awards": [award], "entries": entries}
    data = json.dumps({"format": "levier", "version": 1, "funds": [fund]}).encode()
    if is_sound:
        assert isinstance(loads(data), Portfolio)
        return
    with pytest.raises(InvalidDocumentError, match="above zero"):
        loads(data)
