"""Numbers are rounded one way, written in full, and computed in contexts that owe nothing to anyone."""

from __future__ import annotations

from decimal import (
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
    Rounded,
    localcontext,
)
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.errors import InvalidValueError
from levier.model._numbers import fixed_context, plain, rounded, rounded_to_whole, unsigned_zero, written

numbers = st.integers(-(10**40), 10**40).flatmap(
    lambda digits: st.integers(-5, 60).map(lambda places: Decimal(f"{digits}E{-places}"))
)
narrow = Context(prec=1, Emin=0, Emax=1, capitals=0, clamp=1, traps=[Inexact, Rounded, Overflow, InvalidOperation])


@given(numbers, st.integers(0, 40))
def test_numbers_are_rounded_half_away_from_zero(number: Decimal, decimals: int) -> None:
    """The nearest number of so many decimals, halves away from zero, whatever the caller's context."""
    with localcontext(narrow):
        found = rounded(number, decimals)
    scaled = abs(Fraction(number)) * 10**decimals + Fraction(1, 2)
    whole = scaled.numerator // scaled.denominator
    assert abs(Fraction(found)) * 10**decimals == whole
    assert (found < 0) is (number < 0 and whole != 0)
    assert not (found.is_signed() and not found)
    assert found.as_tuple().exponent == -decimals


@given(st.fractions(-(10**6), 10**6, max_denominator=1000))
def test_fractions_are_rounded_as_decimals_are(number: Fraction) -> None:
    """A fraction is rounded to the whole number that `decimal` calls half up, of either sign."""
    context = Context(prec=60, rounding=ROUND_HALF_UP)
    exact = context.divide(Decimal(number.numerator), Decimal(number.denominator))
    if Fraction(exact) == number:
        assert rounded_to_whole(number) == int(exact.to_integral_value(ROUND_HALF_UP))
    assert abs(rounded_to_whole(number) - number) <= Fraction(1, 2)
    assert rounded_to_whole(-number) == -rounded_to_whole(number)
    assert rounded_to_whole(number) >= 0 if number >= 0 else rounded_to_whole(number) <= 0


def test_halves_go_away_from_zero() -> None:
    """One half is one, of either sign; less than a half is nothing."""
    halves = {Fraction(1, 2): 1, Fraction(-1, 2): -1, Fraction(3, 4): 1, Fraction(1, 3): 0, Fraction(-1, 3): 0}
    assert {number: rounded_to_whole(number) for number in halves} == halves


@given(numbers)
def test_numbers_are_written_in_full(number: Decimal) -> None:
    """A text has no exponent and no sign on zero, means the same number, and is one for equal numbers."""
    with localcontext(narrow):
        text, short = written(number), plain(number)
    assert set(text) <= set("-.0123456789")
    assert Fraction(text) == Fraction(number) == Fraction(short)
    assert text.startswith("-") is (number < 0)
    assert plain(Decimal(text)).as_tuple() == short.as_tuple() == plain(short).as_tuple()
    assert written(short) == (text.rstrip("0").rstrip(".") if "." in text else text)


@pytest.mark.parametrize("zero", ["-0", "-0.00", "0E-9", "-0E+5"])
def test_zero_has_no_sign(zero: str) -> None:
    """Minus zero is zero, however many decimals it has, and at once however large its exponent is."""
    assert not unsigned_zero(Decimal(zero)).is_signed()
    assert not written(Decimal(zero)).startswith("-")
    assert plain(Decimal("-0E-99999999")).as_tuple() == Decimal(0).as_tuple()


def test_a_fixed_context_shares_nothing() -> None:
    """Two contexts of ours are apart, and trap only what no number can follow from."""
    one, other = fixed_context(3), fixed_context(3)
    one.prec = 4
    assert other.prec == 3
    trapped = {signal for signal, is_trapped in other.traps.items() if is_trapped}
    assert trapped == {InvalidOperation, DivisionByZero, Overflow}
    assert (other.rounding, other.capitals, other.clamp) == (ROUND_HALF_UP, 1, 0)


def test_an_error_writes_a_number_in_full() -> None:
    """A refusal shows a small number as a person writes it, and one that cannot be written as Python does."""
    with localcontext(narrow):
        assert str(InvalidValueError("x", Decimal("5E-7"), "more")).endswith("found Decimal('0.0000005')")
    assert str(InvalidValueError("x", Decimal("1E+999999999"), "less")).endswith("found Decimal('1E+999999999')")
    assert str(InvalidValueError("x", Decimal("NaN"), "a number")).endswith("found Decimal('NaN')")
