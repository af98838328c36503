"""How numbers are displayed: their decimals, and whether two of them look the same."""

from __future__ import annotations

from decimal import Decimal

from levier.model._numbers import rounded, written

__all__ = [
    "MOST_DECIMALS",
    "cents_shown",
    "decimals_needed",
    "decimals_of",
    "decimals_shown",
    "reads_alike",
    "shown",
]

MOST_DECIMALS = 2
"""How many decimals a sentence prints by default."""


def decimals_of(value: Decimal) -> int:
    """
    Return the number of decimals of a finite number.

    >>> decimals_of(Decimal("25.50")), decimals_of(Decimal("1E+2"))
    (2, 0)
    """
    return len(written(value).partition(".")[2])


def decimals_shown(value: Decimal, stated: int | None = None) -> int:
    """
    Return how many decimals a sentence prints: those stated, or else those of the number, at most two.

    >>> decimals_shown(Decimal("25.5")), decimals_shown(Decimal("0.3333")), decimals_shown(Decimal("25.5"), 3)
    (1, 2, 3)
    """
    return min(decimals_of(value), MOST_DECIMALS) if stated is None else stated


def shown(value: Decimal, stated: int | None = None) -> Decimal:
    """
    Return a number as a sentence prints it: rounded half away from zero, to the decimals shown.

    >>> shown(Decimal("2.675")), shown(Decimal(3), 1)
    (Decimal('2.68'), Decimal('3.0'))
    """
    return rounded(value, decimals_shown(value, stated))


def decimals_needed(value: Decimal, stated: int | None = None) -> int:
    """
    Return how many decimals a displayed number needs: without trailing zeros.

    >>> decimals_needed(Decimal("62.50"), 2), decimals_needed(Decimal("99.996"), 2)
    (1, 0)
    """
    return len(written(shown(value, stated)).partition(".")[2].rstrip("0"))


def cents_shown(amount: Decimal) -> int:
    """
    Return how many decimals an amount in euros needs: two, or none for whole euros.

    >>> cents_shown(Decimal("12.50")), cents_shown(Decimal("12.001"))
    (2, 0)
    """
    return 0 if rounded(amount, 2) == rounded(amount, 0) else 2


def reads_alike(number: Decimal, other: Decimal, decimals: int | None = None) -> bool:
    """
    Return whether two different numbers look the same when displayed.

    >>> reads_alike(Decimal("49.996"), Decimal(50)), reads_alike(Decimal(50), Decimal(50))
    (True, False)
    """
    return number != other and shown(number, decimals) == shown(other, decimals)
