"""
Exact numbers: arithmetic, rounding and text that do not depend on the caller's decimal context.

Operators on a `Decimal` (`+`, `-x`, `abs`, `round`) and `str` use the context of the thread, which belongs to the
calling program: it may keep three digits, trap inexact results, or write a small "e".
Every context used here and in the layers above is therefore created by `fixed_context`, and every number is converted
to text by `written`.
There is one rule of rounding: half away from zero, as in published figures. A function that needs another one, so that
parts never add up to more than their whole, says so.
"""

from __future__ import annotations

from decimal import (
    MAX_EMAX,
    MAX_PREC,
    MIN_EMIN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from fractions import Fraction
from functools import lru_cache

__all__ = ["EXACT", "fixed_context", "plain", "rounded", "rounded_to_whole", "unsigned_zero", "written"]


def fixed_context(digits: int, rounding: str = ROUND_HALF_UP) -> Context:
    """
    Return a context independent of the caller's and of `decimal.DefaultContext`, which a program may change.

    >>> fixed_context(28).divide(Decimal(1), Decimal(8))
    Decimal('0.125')
    """
    traps = [DivisionByZero, InvalidOperation, Overflow]
    return Context(digits, rounding, MIN_EMIN, MAX_EMAX, capitals=1, clamp=0, flags=[], traps=traps)


EXACT = fixed_context(MAX_PREC)
"""Adds and multiplies without rounding; shortens half away from zero."""


def rounded(number: Decimal, decimals: int) -> Decimal:
    """
    Return *number* rounded to *decimals* decimals, half away from zero, never -0.

    >>> rounded(Decimal("2.675"), 2), rounded(Decimal("-0.04"), 1)
    (Decimal('2.68'), Decimal('0.0'))
    """
    return unsigned_zero(EXACT.quantize(number, _quantum(decimals)))


@lru_cache(maxsize=64)
def _quantum(decimals: int) -> Decimal:
    """Return the unit of the last decimal."""
    return Decimal((0, (1,), -decimals))


def rounded_to_whole(number: Fraction) -> int:
    """
    Return a fraction rounded to a whole number, half away from zero.

    >>> rounded_to_whole(Fraction(5, 2)), rounded_to_whole(Fraction(-5, 2))
    (3, -3)
    """
    size = (2 * abs(number.numerator) + number.denominator) // (2 * number.denominator)
    return -size if number < 0 else size


def unsigned_zero(number: Decimal) -> Decimal:
    """
    Return *number*, with -0 replaced by 0.

    >>> unsigned_zero(Decimal("-0.0"))
    Decimal('0.0')
    """
    return number or number.copy_abs()


def plain(number: Decimal) -> Decimal:
    """Return *number* in the form that all equal numbers share: no positive exponent, no trailing zero, no -0."""
    text = format(number, "f") if number else "0"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def written(number: Decimal) -> str:
    """
    Return the text of a finite number without exponent, which `str` uses below a millionth, and without `-0`.

    >>> written(Decimal("0.0000005")), written(Decimal("1E+2"))
    ('0.0000005', '100')
    """
    return format(unsigned_zero(number), "f")
