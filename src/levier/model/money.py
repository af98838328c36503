"""
Money: exact amounts in euros, and the validators of fields that hold them.

Amounts are held as a whole number of cents, so that sums are exact in any decimal context.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache, total_ordering
from typing import Any, Self, TypeAlias

from attrs import Attribute

from levier import errors
from levier.errors import InvalidValueError, MixedUnitsError
from levier.errors.final import final
from levier.model._facts import Between, Matching, NonZero, states
from levier.model._fields import asks_range_only, asks_type_only, hold_types, refuse, sum_from
from levier.model._immutable import Immutable
from levier.model._numbers import EXACT, fixed_context, plain, written

__all__ = [
    "ZERO",
    "Euros",
    "EurosLike",
    "as_euros",
    "as_euros_or_none",
    "is_amount",
    "is_euros",
    "is_positive",
    "is_total",
    "is_total_amount",
]

_EXPECTED = "whole or decimal euros with at most two decimals, such as 40_000_000, '0.01' or Decimal('12.50')"
# A document may state amounts below 10^15 euros. Any sum of amounts in a document stays far below 10^30, so that
# a total of accepted amounts is never refused.
_GRAMMAR = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,2})?")
_LIMIT = 10**32
_STATED_LIMIT = 10**17
_MOST_DIGITS = 30
_QUOTIENTS = fixed_context(28)
_MOST_ADJUSTED = 17


@states(Matching(_GRAMMAR.pattern))
@final
@total_ordering
class Euros(Immutable):
    """
    An amount in euros, exact to the cent; in documents, a text with two decimals.

    Euros add to and subtract from euros only; `sum` works, starting from its 0. Euros times an exact number are
    rounded to the cent, half away from zero. Euros divided by euros give a `Decimal` of 28 digits.
    None of this depends on the caller's decimal context. Format specifications apply to the text: `f"{amount:>20}"`.

    Raises:
        InvalidValueError: For a float, a fraction of a cent, an amount of at least 10^30 euros, or a division by zero.

    >>> Euros(419_854_003) - Euros(65_330_908)
    Euros('354523095.00')
    >>> Euros("166988229") / Euros("40000000")
    Decimal('4.174705725')
    >>> Euros(1) + 1
    Traceback (most recent call last):
        ...
    levier.errors.MixedUnitsError: cannot add 1.00 EUR and 1: bring both to the same kind first
    """

    __slots__ = ("cents",)

    _INSTEAD = "make another amount"

    cents: int
    """The amount in cents."""

    def __new__(cls, value: EurosLike) -> Self:
        """Create an amount from a whole number, a decimal or a text."""
        if type(value) is cls:
            return value
        if type(value) is str:
            return cls.of_cents(_parsed(value))
        if type(value) is int:
            return cls.of_cents(value * 100)
        if type(value) is Decimal:
            is_short = value.is_finite() and (not value or abs(value.adjusted()) < _MOST_DIGITS)
            return cls.of_cents(_parsed(written(plain(value)) if is_short else str(value)))
        raise InvalidValueError("Euros", value, _EXPECTED)

    def __init__(self, value: EurosLike) -> None:
        """Documented in `__new__`, which does the work."""

    @classmethod
    def of_cents(cls, cents: int) -> Self:
        """Return the amount of *cents* cents."""
        if not -_LIMIT < cents < _LIMIT:
            raise InvalidValueError("Euros", cents // 100, "an amount of less than 10^30 euros")
        euros = object.__new__(cls)
        object.__setattr__(euros, "cents", cents)
        return euros

    @classmethod
    def total(cls, amounts: Iterable[Euros]) -> Euros:
        """Return the sum of *amounts*; zero if there are none."""
        return cls.of_cents(sum(amount.cents for amount in amounts))

    @property
    def text(self) -> str:
        """The amount as text, with two decimals and without thousands separators."""
        sign, digits = ("-" if self.cents < 0 else ""), f"{abs(self.cents):03d}"
        return f"{sign}{digits[:-2]}.{digits[-2:]}"

    @property
    def amount(self) -> Decimal:
        """The exact amount, with two decimals."""
        return EXACT.scaleb(Decimal(self.cents), -2)

    def __add__(self, other: Euros) -> Euros:
        return Euros.of_cents(self.cents + _cents(other, "add", self))

    def __radd__(self, other: int) -> Euros:
        return sum_from(other, self)

    def __sub__(self, other: Euros) -> Euros:
        return Euros.of_cents(self.cents - _cents(other, "subtract", self))

    def __neg__(self) -> Euros:
        return Euros.of_cents(-self.cents)

    def __abs__(self) -> Euros:
        return Euros.of_cents(abs(self.cents))

    def __mul__(self, factor: Decimal | int) -> Euros:
        if type(factor) is int:
            return Euros.of_cents(self.cents * factor)
        if type(factor) is Decimal:
            if not factor.is_finite() or factor.adjusted() > _MOST_ADJUSTED:
                raise InvalidValueError("Euros", factor, "a finite factor of less than 10^18", "factor")
            product = EXACT.multiply(Decimal(self.cents), factor)
            return Euros.of_cents(int(EXACT.to_integral_value(product)))
        raise MixedUnitsError("multiply", str(self), repr(factor))

    __rmul__ = __mul__

    def __truediv__(self, other: Euros) -> Decimal:
        divisor = _cents(other, "divide", self)
        if divisor == 0:
            raise InvalidValueError("Euros", other, "an amount other than zero to divide by")
        return _QUOTIENTS.divide(Decimal(self.cents), Decimal(divisor))

    def __bool__(self) -> bool:
        return self.cents != 0

    def __eq__(self, other: object) -> bool:
        return self.cents == other.cents if isinstance(other, Euros) else NotImplemented

    def __lt__(self, other: Euros) -> bool:
        return self.cents < _cents(other, "compare", self)

    def __hash__(self) -> int:
        return hash((Euros, self.cents))

    def __str__(self) -> str:
        return f"{self.text} EUR"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __repr__(self) -> str:
        return f"Euros({self.text!r})"

    def __reduce__(self) -> tuple[Callable[[int], Euros], tuple[int]]:
        return Euros.of_cents, (self.cents,)


def _cents(other: object, operation: str, left: Euros) -> int:
    if not isinstance(other, Euros):
        raise MixedUnitsError(operation, str(left), repr(other))
    return other.cents


@lru_cache(maxsize=65_536)
def _parsed(text: str) -> int:
    if not _GRAMMAR.fullmatch(text):
        raise InvalidValueError("Euros", text, _EXPECTED)
    whole, _, cents = text.partition(".")
    return int(whole + cents.ljust(2, "0"))


ZERO = Euros(0)


EurosLike: TypeAlias = Euros | Decimal | int | str


def as_euros(value: EurosLike) -> Euros:
    """Convert an amount in any form that `Euros` takes; return anything else unchanged, for `is_euros` to refuse."""
    try:
        return Euros(value)
    except InvalidValueError:
        return value  # type: ignore[return-value]  # the validator refuses it


def as_euros_or_none(value: EurosLike | None) -> Euros | None:
    """Convert as `as_euros` does; keep `None`."""
    return None if value is None else as_euros(value)


hold_types(as_euros, as_euros_or_none)
for _error in (
    errors.AboveCeilingError,
    errors.ContradictoryFlowsError,
    errors.EnvelopeExceededError,
    errors.InsufficientAllocationError,
    errors.OvercommitmentError,
    errors.OverpaymentError,
    errors.OverrecoveryError,
):  # defined below; their annotations name amounts for type checkers only
    hold_types(_error, _error.__init__, Euros=Euros)
hold_types(vars(errors.EnvelopeExceededError)["excess"].fget, Euros=Euros)


@asks_type_only
def is_total(instance: object, attribute: Attribute[Any], value: object) -> None:
    """
    Accept an amount in euros of any size, such as a sum of amounts from documents.

    Raises:
        InvalidValueError: For anything else.
    """
    if type(value) is not Euros:
        refuse(instance, attribute, value, _EXPECTED)


@states(Between(0))
@asks_range_only
def is_total_amount(instance: object, attribute: Attribute[Any], value: object) -> None:
    """
    Accept a total of at least zero.

    Raises:
        InvalidValueError: For anything else.
    """
    is_total(instance, attribute, value)
    if isinstance(value, Euros) and value.cents < 0:
        refuse(instance, attribute, value, "an amount of at least zero")


@asks_range_only
def is_euros(instance: object, attribute: Attribute[Any], value: object) -> None:
    """
    Accept an amount in euros that a document may state: below 10^15.

    Raises:
        InvalidValueError: For anything else.
    """
    is_total(instance, attribute, value)
    if isinstance(value, Euros) and not -_STATED_LIMIT < value.cents < _STATED_LIMIT:
        refuse(instance, attribute, value, "an amount of less than 10^15 euros")


@states(Between(0))
@asks_range_only
def is_amount(instance: object, attribute: Attribute[Any], value: object) -> None:
    """
    Accept an amount in euros of at least zero.

    Raises:
        InvalidValueError: For anything else.
    """
    is_euros(instance, attribute, value)
    is_total_amount(instance, attribute, value)


@states(Between(0), NonZero())
@asks_range_only
def is_positive(instance: object, attribute: Attribute[Any], value: object) -> None:
    """
    Accept an amount in euros above zero.

    Raises:
        InvalidValueError: For anything else.
    """
    is_euros(instance, attribute, value)
    if isinstance(value, Euros) and value.cents <= 0:
        refuse(instance, attribute, value, "an amount above zero")
