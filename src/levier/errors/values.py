"""Errors of values that a constructor or an operation refuses."""

from __future__ import annotations

from attrs import frozen

from levier._printing import shown
from levier.errors.final import final
from levier.errors.root import LevierError

__all__ = [
    "InexactQuantityError",
    "InvalidValueError",
    "MissingSampleSizeError",
    "MixedUnitsError",
    "UnlikeSharesError",
]


@final
@frozen
class InvalidValueError(LevierError, ValueError):
    """
    A value is not valid: the message names the field, the value found and what was expected.

    >>> from levier import Euros
    >>> Euros(0.1)
    Traceback (most recent call last):
        ...
    levier.errors.InvalidValueError: Euros: expected whole or decimal euros ..., found 0.1
    """

    subject: str
    found: object
    expected: str
    field: str = ""

    def __str__(self) -> str:
        where = f"{self.subject}.{self.field}" if self.field else self.subject
        return f"{where}: expected {self.expected}, found {shown(self.found)}"


@final
@frozen
class MixedUnitsError(LevierError, TypeError):
    """Two values of different types or units were added, subtracted or compared."""

    operation: str
    left: str
    right: str
    way_out: str = "bring both to the same kind first"

    def __str__(self) -> str:
        return f"cannot {self.operation} {self.left} and {self.right}: {self.way_out}"


@final
@frozen
class InexactQuantityError(LevierError, ValueError):
    """An exact number was required of a quantity that is published as inexact."""

    quantity: str
    operation: str

    def __str__(self) -> str:
        return f"cannot {self.operation} {self.quantity!r}: it is inexact as published; use its bounds"


@final
@frozen
class UnlikeSharesError(LevierError, ValueError):
    """Two shares that do not measure the same thing were to be compared or pooled; lists the differences."""

    differences: tuple[tuple[str, str, str], ...]

    def __str__(self) -> str:
        listed = "; ".join(f"{name}: {left!r} and {right!r}" for name, left, right in self.differences)
        return f"not like with like: {listed}"


@final
@frozen
class MissingSampleSizeError(LevierError, ValueError):
    """No interval can be computed for a share, because its sample size is unknown."""

    subject: str

    def __str__(self) -> str:
        return f"{self.subject}: no interval without the number of answers behind it; give the sample size"
