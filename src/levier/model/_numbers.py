"""
Exact numbers: how they are computed, rounded and written, whatever the decimal context of the caller.

Operators on a `Decimal` (`+`, `-x`, `abs`, `round`) and `str` work in the context of the thread, which belongs to the
program around us: it may keep three digits, trap what is inexact, or write a small "e".
So every context used here or above is made by `fixed_context`, and every number is written by `written`.

Rounding has one rule: half away from zero, as published figures are. Where another one must hold, so that parts never
sum to more than their whole, the function says so.
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
    Return a context that owes nothing to the caller's, nor to `decimal.DefaultContext`, which a program may change.

    >>> fixed_context(28).divide(Decimal(1), Decimal(8))
    Decimal('0.125')
    """
    traps = [DivisionByZero, InvalidOperation, Overflow]
    return Context(digits, rounding, MIN_EMIN, MAX_EMAX, capitals=1, clamp=0, flags=[], traps=traps)


EXACT = fixed_context(MAX_PREC)
"""Adds and multiplies without rounding; shortens half away from zero."""


def rounded(number: Decimal, decimals: int) -> Decimal:
    """
    Return *number* to so many decimals, half away from zero, and never minus zero.

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
    Return the whole number nearest to a fraction, half away from zero.

    >>> rounded_to_whole(Fraction(5, 2)), rounded_to_whole(Fraction(-5, 2))
    (3, -3)
    """
    size = (2 * abs(number.numerator) + number.denominator) // (2 * number.denominator)
    return -size if number < 0 else size


def unsigned_zero(number: Decimal) -> Decimal:
    """
    Return *number*, of zero the one without a sign.

    >>> unsigned_zero(Decimal("-0.0"))
    Decimal('0.0')
    """
    return number or number.copy_abs()


def plain(number: Decimal) -> Decimal:
    """Return *number* in the one form that equal numbers share: no exponent above zero, no trailing zero, no -0."""
    text = format(number, "f") if number else "0"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def written(number: Decimal) -> str:
    """
    Return the text of a finite number: never with an exponent, which `str` writes below a millionth, and never `-0`.

    >>> written(Decimal("0.0000005")), written(Decimal("1E+2"))
    ('0.0000005', '100')
    """
    return format(unsigned_zero(number), "f")
