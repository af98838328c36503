"""
Quantities as published: exact, approximate, at least, at most, between; always with a unit.

A share (0 to 1), a percentage (0 to 100) and percentage points are three different units and are never mixed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NewType, Self

from attrs import Attribute, field, frozen

from levier.errors import InexactQuantityError, InvalidValueError, MixedUnitsError
from levier.errors.final import final
from levier.model._converters import as_decimal_or_none
from levier.model._facts import Between, InUnit, OpenSet, states
from levier.model._fields import (
    Validator,
    all_of,
    as_decimal,
    decimal,
    flag,
    not_blank,
    optional,
    refuse,
    sum_from,
    trimmed,
)
from levier.model._numbers import EXACT, rounded, written
from levier.model.terms import Term

__all__ = [
    "COUNT",
    "DAYS",
    "EUROS",
    "MARK_OUT_OF_10",
    "MONTHS",
    "PERCENT",
    "POINTS",
    "RATIO",
    "SHARE",
    "Exactness",
    "Quantity",
    "Unit",
    "counted_in",
]

Unit = NewType("Unit", str)

COUNT = Unit("count")
DAYS = Unit("days")
EUROS = Unit("EUR")
MARK_OUT_OF_10 = Unit("/10")
MONTHS = Unit("months")
PERCENT = Unit("%")
POINTS = Unit("points")
RATIO = Unit("ratio")
SHARE = Unit("share")

_MOST_DECIMALS = 20
_KNOWN = (COUNT, DAYS, EUROS, MARK_OUT_OF_10, MONTHS, PERCENT, POINTS, RATIO, SHARE)
states(OpenSet("What a number counts; an open set, of which formulas know a few.", _KNOWN))(Unit)


class Exactness(Term):
    """How precisely a published number fixes its value."""

    EXACT = "exact", "exactement", "exactly"
    ABOUT = "about", "environ", "about"
    AT_LEAST = "at-least", "au moins", "at least"
    AT_MOST = "at-most", "au plus", "at most"
    BETWEEN = "between", "entre", "between"


def _in_order(instance: Quantity, attribute: Attribute[Any], value: Decimal | None) -> None:
    if value is None and instance.lower is None:
        refuse(instance, attribute, value, "at least one bound")
    if value is not None and instance.lower is not None and value < instance.lower:
        refuse(instance, attribute, value, f"an upper bound of at least {written(instance.lower)}")


def _needs_a_value(instance: Quantity, attribute: Attribute[Any], value: object) -> None:
    if value and (instance.lower is None or instance.lower != instance.upper):
        refuse(instance, attribute, value, "a single number behind 'about'")


@final
@frozen(kw_only=True)
class Quantity:
    """
    A number as its source states it, with bounds if it is not exact.

    *lower* and *upper* are bounds, both included, in *unit*. They are equal for an exact and for an *approximate*
    number ("about 40"); a missing bound is `None`.
    *stated* is the original wording, if it says more than the bounds ("more than two thirds").
    Bounds add up to bounds. An approximate number has no real bounds, so arithmetic on it raises an error.

    Raises:
        InvalidValueError: If both bounds are missing, they are in the wrong order, or one is a float.

    >>> grant = Quantity.between(150_000, 250_000, EUROS)
    >>> print(grant * 3)
    between 450000 and 750000 EUR
    >>> print(Quantity.exact(24 * 25_000, EUROS) + grant * 3)
    between 1050000 and 1350000 EUR
    >>> Quantity.about(40, COUNT) * 2
    Traceback (most recent call last):
        ...
    levier.errors.InexactQuantityError: cannot multiply 'about 40 count': it is inexact as published; use its bounds
    """

    lower: Decimal | None = field(default=None, converter=as_decimal_or_none, validator=optional(decimal))
    upper: Decimal | None = field(
        default=None, converter=as_decimal_or_none, validator=all_of(optional(decimal), _in_order)
    )
    unit: Unit = field(converter=Unit, validator=not_blank)
    approximate: bool = field(default=False, validator=all_of(flag, _needs_a_value))
    stated: str = field(default="", validator=trimmed)

    @classmethod
    def exact(cls, value: Decimal | int | str, unit: str, *, stated: str = "") -> Self:
        """Return an exact number."""
        return cls(lower=value, upper=value, unit=unit, stated=stated)

    @classmethod
    def about(cls, value: Decimal | int | str, unit: str, *, stated: str = "") -> Self:
        """Return a number that its source calls approximate."""
        return cls(lower=value, upper=value, unit=unit, approximate=True, stated=stated)

    @classmethod
    def at_least(cls, value: Decimal | int | str, unit: str, *, stated: str = "") -> Self:
        """Return a number of which only the lower bound is known."""
        return cls(lower=value, unit=unit, stated=stated)

    @classmethod
    def at_most(cls, value: Decimal | int | str, unit: str, *, stated: str = "") -> Self:
        """Return a number of which only the upper bound is known."""
        return cls(upper=value, unit=unit, stated=stated)

    @classmethod
    def between(cls, lower: Decimal | int | str, upper: Decimal | int | str, unit: str, *, stated: str = "") -> Self:
        """Return a number between two known bounds."""
        return cls(lower=lower, upper=upper, unit=unit, stated=stated)

    @property
    def exactness(self) -> Exactness:
        """How precisely the number is known."""
        if self.approximate:
            return Exactness.ABOUT
        if self.upper is None:
            return Exactness.AT_LEAST
        if self.lower is None:
            return Exactness.AT_MOST
        return Exactness.EXACT if self.lower == self.upper else Exactness.BETWEEN

    @property
    def value(self) -> Decimal:
        """
        The exact number.

        Raises:
            InexactQuantityError: If the source states only bounds or an approximation.
        """
        if self.exactness is not Exactness.EXACT or self.lower is None:
            raise InexactQuantityError(str(self), "take one value of")
        return self.lower

    def __add__(self, other: Quantity) -> Quantity:
        """Add the bounds of a quantity in the same unit."""
        left, right = self._paired(other, "add")
        return Quantity(lower=_sum(left.lower, right.lower), upper=_sum(left.upper, right.upper), unit=self.unit)

    def __sub__(self, other: Quantity) -> Quantity:
        """Subtract the bounds of a quantity in the same unit."""
        left, right = self._paired(other, "subtract")
        return left + Quantity(lower=_negative(right.upper), upper=_negative(right.lower), unit=right.unit)

    def __mul__(self, factor: Decimal | int) -> Quantity:
        """Multiply the bounds by an exact number."""
        if type(factor) not in (int, Decimal):
            return NotImplemented
        if not Decimal(factor).is_finite():
            raise InvalidValueError("Quantity", factor, "a finite factor", "factor")
        bounded = self._bounded("multiply")
        lower, upper = _times(bounded.lower, factor), _times(bounded.upper, factor)
        return (
            Quantity(lower=upper, upper=lower, unit=self.unit)
            if factor < 0
            else Quantity(lower=lower, upper=upper, unit=self.unit)
        )

    __rmul__ = __mul__

    def _bounded(self, operation: str) -> Self:
        if self.approximate:
            raise InexactQuantityError(str(self), operation)
        return self

    def _paired(self, other: Quantity, operation: str) -> tuple[Quantity, Quantity]:
        if not isinstance(other, Quantity):
            raise MixedUnitsError(operation, str(self), repr(other))
        if self.unit != other.unit:
            raise MixedUnitsError(operation, str(self), str(other))
        return self._bounded(operation), other._bounded(operation)

    def __radd__(self, other: int) -> Quantity:
        """Add to the whole number 0, from which `sum` starts, and to no other."""
        return sum_from(other, self)

    def __str__(self) -> str:
        ends = " and ".join(_shown(bound) for bound in dict.fromkeys((self.lower, self.upper)) if bound is not None)
        words = "" if self.exactness is Exactness.EXACT else f"{self.exactness.en} "
        return f"{words}{ends} {self.unit}"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


def _shown(bound: Decimal) -> str:
    """Return the text of a bound as published; a quotient, which has up to 28 decimals, is rounded to two."""
    text = written(bound)
    return text if len(text.partition(".")[2]) <= _MOST_DECIMALS else written(rounded(bound, 2))


def _sum(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else as_decimal(EXACT.add(left, right))


def _negative(bound: Decimal | None) -> Decimal | None:
    return None if bound is None else as_decimal(bound.copy_negate())


def _times(bound: Decimal | None, factor: Decimal | int) -> Decimal | None:
    return None if bound is None else as_decimal(EXACT.multiply(bound, factor))


def counted_in(unit: Unit) -> Validator:
    """
    Return a validator that accepts a quantity of at least zero in *unit*.

    Raises:
        InvalidValueError: When the validator is given anything else.
    """

    def check(instance: object, attribute: Attribute[Any], value: object) -> None:
        if type(value) is not Quantity or value.unit != unit:
            refuse(instance, attribute, value, f"a quantity in {unit!r}")
        if any(bound is not None and bound < 0 for bound in (value.lower, value.upper)):
            refuse(instance, attribute, value, "a quantity of at least zero")

    return states(InUnit((unit,)), Between(0))(check)
