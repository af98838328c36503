"""Appropriations and their execution: commitments and payments, which are never added to each other."""

from __future__ import annotations

from typing import Any, final

from attrs import Attribute, field, frozen

from levier.errors import MixedUnitsError
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
    What was granted: a ceiling on commitments (AE) and a ceiling on payments (CP), in euros.

    A side is `None` where it was not published, which is not zero; sums keep what is missing missing, and a sum of
    which neither side is known is refused.

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
        """Return the amount of one kind."""
        return self.commitment if AppropriationKind(kind) is AppropriationKind.COMMITMENT else self.payment

    def __add__(self, other: Appropriations) -> Appropriations:
        """Add what was granted to what was granted."""
        return Appropriations(*_pairwise(self, other, "add", 1))

    def __radd__(self, other: int) -> Appropriations:
        """Add to the whole number 0, from which `sum` starts, and to no other."""
        return sum_from(other, self)

    def __sub__(self, other: Appropriations) -> Appropriations:
        """Subtract what was granted from what was granted."""
        return Appropriations(*_pairwise(self, other, "subtract", -1))

    def __neg__(self) -> Appropriations:
        """Turn an opening into a cancellation."""
        return Appropriations(
            None if self.commitment is None else -self.commitment,
            None if self.payment is None else -self.payment,
        )


@final
@frozen
class Execution:
    """
    What was used: committed (against AE) and paid (against CP), in euros.

    A side is `None` where it was not published, which is not zero.

    Attributes:
        committed: What was committed, in euros.
        paid: What was paid, in euros.

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
        """Return the amount used of one kind of appropriation."""
        return self.committed if AppropriationKind(kind) is AppropriationKind.COMMITMENT else self.paid

    def __add__(self, other: Execution) -> Execution:
        """Add what was used to what was used."""
        return Execution(*_pairwise(self, other, "add", 1))

    def __radd__(self, other: int) -> Execution:
        """Add to the whole number 0, from which `sum` starts, and to no other."""
        return sum_from(other, self)

    def __sub__(self, other: Execution) -> Execution:
        """Subtract what was used from what was used."""
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
        InvalidValueError: For an amount of 10^15 euros and more.
    """
    for side in (value[AppropriationKind.COMMITMENT], value[AppropriationKind.PAYMENT]):
        if side is not None:
            is_euros(instance, attribute, side)
