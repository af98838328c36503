"""Counts of what was held where: outside a territory, inside it, or nobody can say."""

from __future__ import annotations

from decimal import Decimal
from typing import final

from attrs import field, frozen

from levier.compute._wording import Explained, percent
from levier.compute.exact import EXACT, HUNDRED
from levier.model._fields import integer
from levier.model.quantities import SHARE, Quantity
from levier.model.terms import Lang

__all__ = ["PlacedCount"]


@final
@frozen(kw_only=True)
class PlacedCount(Explained):
    """
    How many sessions, or people, were outside a territory, inside it, or nobody can say where.

    >>> count = PlacedCount(outside=3, inside=1, undecided=1)
    >>> count.share, print(count.bounds)
    between 0.6 and 0.8 share
    (Decimal('0.75'), None)
    >>> count.explain("en")
    '75.0% of those placed (60.0% to 80.0% of all)'
    """

    outside: int = field(validator=integer(0))
    inside: int = field(validator=integer(0))
    undecided: int = field(default=0, validator=integer(0))

    @property
    def placed(self) -> int:
        """How many could be placed."""
        return self.outside + self.inside

    @property
    def share(self) -> Decimal | None:
        """The share outside of those placed, from 0 to 1; `None` where none is."""
        return _quotient(self.outside, self.placed)

    @property
    def bounds(self) -> Quantity | None:
        """The least and the most that the share of all can be, wherever the undecided were; `None` of none."""
        whole = self.placed + self.undecided
        lower, upper = _quotient(self.outside, whole), _quotient(self.outside + self.undecided, whole)
        return None if lower is None or upper is None else Quantity.between(lower, upper, SHARE)

    def explain(self, lang: Lang) -> str:
        """Say the share of those placed, and in bounds that of all where some were not; nothing where none was."""
        if not self.placed:
            return ""
        whole = self.placed + self.undecided
        of_placed = _percentage(self.outside, self.placed, lang)
        least, most = (_percentage(part, whole, lang) for part in (self.outside, self.outside + self.undecided))
        if not self.undecided:
            return of_placed
        if lang == "fr":
            return f"{of_placed} de ceux qui sont situés (de {least} à {most} de tous)"
        return f"{of_placed} of those placed ({least} to {most} of all)"


def _percentage(part: int, whole: int, lang: Lang) -> str:
    return percent(EXACT.divide(EXACT.multiply(Decimal(part), HUNDRED), Decimal(whole)), lang)


def _quotient(part: int, whole: int) -> Decimal | None:
    return EXACT.divide(Decimal(part), Decimal(whole)) if whole else None
