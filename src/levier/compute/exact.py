"""
Exact arithmetic: the numbers that formulas accept, and how they divide, round and count days.

No formula may depend on the decimal context of its caller: a single operation uses a method of `EXACT`, several run in
`with localcontext(EXACT):`, and rounding always goes through `rounded`, half away from zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_05UP, Decimal, InvalidOperation
from typing import TypeAlias

from levier.errors import InvalidValueError, MixedUnitsError
from levier.model._numbers import fixed_context, rounded, unsigned_zero, written
from levier.model.periods import Day
from levier.model.quantities import Quantity

__all__ = [
    "EXACT",
    "HUNDRED",
    "ZERO",
    "NumberLike",
    "as_number",
    "common_unit",
    "days_between",
    "mean",
    "percentage",
    "rounded",
    "written",
]

NumberLike: TypeAlias = Decimal | int | str | Quantity

EXACT = fixed_context(60, ROUND_05UP)
"""Sixty digits, rounded so that a second rounding to fewer of them is still the right one (IBM's *round 05 up*)."""

ZERO = Decimal("0.00")
HUNDRED = Decimal("100.00")
_MOST_DIGITS = 1000
_EXPECTED = "a finite exact number: a Decimal, an int, a text such as '86.5' or an exact quantity, not a float"


def as_number(value: NumberLike | None, subject: str, field: str) -> Decimal | None:
    """
    Return *value* as a finite Decimal, zero without a sign; `None` stays `None`.

    Raises:
        InvalidValueError: For a float, NaN, infinity, or a text that is not a number; names *subject* and *field*.
        InexactQuantityError: For a quantity that is published as inexact.

    >>> as_number("86.5", "progress", "actual")
    Decimal('86.5')
    """
    if value is None:
        return None
    if type(value) is Quantity:
        return value.value
    try:
        number = Decimal(value) if type(value) in (int, str, Decimal) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or abs(number.adjusted()) >= _MOST_DIGITS:
        raise InvalidValueError(subject, value, _EXPECTED, field)
    return unsigned_zero(number)


def common_unit(values: Iterable[NumberLike | None], operation: str) -> str:
    """
    Return the unit that the quantities among *values* share; empty where there are no quantities.

    Raises:
        MixedUnitsError: If they have several units; convert them to one first.

    >>> common_unit([Quantity.exact(40, "days"), 38, None], "measure")
    'days'
    """
    found = [value for value in values if type(value) is Quantity]
    for quantity in found[1:]:
        if quantity.unit != found[0].unit:
            raise MixedUnitsError(operation, str(found[0]), str(quantity))
    return found[0].unit if found else ""


def mean(values: Iterable[Decimal]) -> Decimal:
    """
    Return the arithmetic mean of at least one value, to 60 digits.

    >>> mean([Decimal(1), Decimal(2)])
    Decimal('1.5')
    """
    numbers = tuple(values)
    total = Decimal(0)
    for number in numbers:
        total = EXACT.add(total, number)
    return EXACT.divide(total, Decimal(len(numbers)))


def percentage(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """
    Return *part* as a percentage of *whole*.

    >>> percentage(1, 4)
    Decimal('25.00')
    """
    return EXACT.divide(EXACT.multiply(Decimal(part), HUNDRED), Decimal(whole))


def days_between(first: Day, last: Day) -> int:
    """
    Return the days from *first* to *last*; negative if *last* is earlier.

    >>> days_between(Day(2019, 6, 14), Day(2019, 6, 20))
    6
    """
    return last.toordinal() - first.toordinal()
