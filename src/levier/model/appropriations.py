"""Appropriations and their execution, each a pair of commitments and payments, which are never added to each other."""

from __future__ import annotations

from typing import Any

from attrs import Attribute, field, frozen

from levier.errors import MixedUnitsError
from levier.errors.final import final
from levier.model._fields import all_of, asks_value_only, optional, refuse, sum_from
from levier.model.money import (
    Euros,
    as_euros_or_none,
    is_euros,
    is_total,
)
from levier.model.terms import Term

__all__ = ["AppropriationKind", "Appropriations", "Execution", "is_stated_pair"]


class AppropriationKind(Term):
    """The two kinds of appropriation of the organic law on finance acts (LOLF, article 8)."""

    COMMITMENT = "commitment", "autorisations d’engagement", "commitment appropriations"
    PAYMENT = "payment", "crédits de paiement", "payment appropriations"


def _one_side(instance: Appropriations | Execution, attribute: Attribute[Any], value: Euros | None) -> None:
    if value is None and instance[AppropriationKind.COMMITMENT] is None:
        refuse(instance, attribute, value, "at least one of the two amounts")


@final
@frozen
class Appropriations:
    """
    The appropriations granted: a ceiling on commitments (AE) and a ceiling on payments (CP), in euros.

    A side is `None` if it was not published, which is not zero: the sum of a missing and a known amount is missing.
    A sum with both sides missing raises an error.

    Source: LOLF, article 8.

    Attributes:
        commitment: The commitment appropriations (AE), in euros.
        payment: The payment appropriations (CP), in euros.

    Raises:
        InvalidValueError: If both sides are missing or one is not an exact amount.

    >>> Appropriations(200_000_000, None) + Appropriations(1, 1)
    Appropriations(commitment=Euros('200000001.00'), payment=None)
    >>> Appropriations(40_000_000, 148_743_689)[AppropriationKind.PAYMENT]
    Euros('148743689.00')
    """

    commitment: Euros | None = field(default=None, converter=as_euros_or_none, validator=optional(is_total))
    payment: Euros | None = field(
        default=None, converter=as_euros_or_none, validator=all_of(optional(is_total), _one_side)
    )

    def __getitem__(self, kind: AppropriationKind | str) -> Euros | None:
        """Return the amount of one kind, in euros; `None` if it was not published."""
        return self.commitment if AppropriationKind(kind) is AppropriationKind.COMMITMENT else self.payment

    def __add__(self, other: Appropriations) -> Appropriations:
        """Add appropriations to appropriations."""
        return Appropriations(*_pairwise(self, other, "add", 1))

    def __radd__(self, other: int) -> Appropriations:
        """Add to 0, from which `sum` starts; any other number is refused."""
        return sum_from(other, self)

    def __sub__(self, other: Appropriations) -> Appropriations:
        """Subtract appropriations from appropriations."""
        return Appropriations(*_pairwise(self, other, "subtract", -1))

    def __neg__(self) -> Appropriations:
        """Return the opposite amounts: an opening becomes a cancellation."""
        return Appropriations(
            None if self.commitment is None else -self.commitment,
            None if self.payment is None else -self.payment,
        )


@final
@frozen
class Execution:
    """
    The appropriations used: committed (AE) and paid (CP), in euros.

    A side is `None` if it was not published, which is not zero.

    Attributes:
        committed: The commitments, in euros, counted against AE.
        paid: The payments, in euros, counted against CP.

    Raises:
        InvalidValueError: If both sides are missing or one is not an exact amount.

    >>> Execution(committed=166_988_229, paid=133_919_661).committed
    Euros('166988229.00')
    >>> Execution(1, 1) + Appropriations(1, 1)
    Traceback (most recent call last):
        ...
    levier.errors.MixedUnitsError: cannot add Execution and Appropriations: bring both to the same kind first
    """

    committed: Euros | None = field(default=None, converter=as_euros_or_none, validator=optional(is_total))
    paid: Euros | None = field(
        default=None, converter=as_euros_or_none, validator=all_of(optional(is_total), _one_side)
    )

    def __getitem__(self, kind: AppropriationKind | str) -> Euros | None:
        """Return the amount used of one kind of appropriation, in euros; `None` if it was not published."""
        return self.committed if AppropriationKind(kind) is AppropriationKind.COMMITMENT else self.paid

    def __add__(self, other: Execution) -> Execution:
        """Add an execution to an execution."""
        return Execution(*_pairwise(self, other, "add", 1))

    def __radd__(self, other: int) -> Execution:
        """Add to 0, from which `sum` starts; any other number is refused."""
        return sum_from(other, self)

    def __sub__(self, other: Execution) -> Execution:
        """Subtract an execution from an execution."""
        return Execution(*_pairwise(self, other, "subtract", -1))


def _pairwise(
    left: Appropriations | Execution, right: Appropriations | Execution, operation: str, sign: int
) -> list[Euros | None]:
    if type(left) is not type(right):
        raise MixedUnitsError(operation, type(left).__name__, type(right).__name__)
    sides = [(left[kind], right[kind]) for kind in AppropriationKind]
    return [None if a is None or b is None else a + b * sign for a, b in sides]


@asks_value_only
def is_stated_pair(instance: object, attribute: Attribute[Any], value: Appropriations | Execution) -> None:
    """
    Accept a pair whose amounts a document may state.

    Raises:
        InvalidValueError: If an amount is 10^15 euros or more.
    """
    pair = (value.commitment, value.payment) if isinstance(value, Appropriations) else (value.committed, value.paid)
    for side in pair:
        if side is not None:
            is_euros(instance, attribute, side)
