"""Counts by place, inside or outside a territory; and the number that agreement in grammar follows."""

from __future__ import annotations

from decimal import Decimal

from attrs import field, frozen

from levier.compute._types import by_type
from levier.compute.exact import EXACT, percentage
from levier.errors.final import final
from levier.model._fields import integer
from levier.model.portfolio import Portfolio
from levier.model.quantities import PERCENT, SHARE, Quantity
from levier.model.territories import Territory
from levier.wording.explained import Explained
from levier.wording.messages import items, message
from levier.wording.said import Said
from levier.wording.values import Number

__all__ = ["PlacedCount", "is_outside", "most"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class PlacedCount(Explained):
    """
    The number of sessions or people outside a territory, inside it, and of unknown place.

    Attributes:
        outside: The number outside the territory.
        inside: The number inside the territory.
        undecided: The number whose place is unknown.

    >>> count = PlacedCount(outside=3, inside=1, undecided=1)
    >>> count.share, print(count.bounds)
    between 0.6 and 0.8 share
    (Decimal('0.75'), None)
    >>> count.explain("en")
    '75.0% excluding unknown locations (60.0% to 80.0% of all)'
    """

    outside: int = field(validator=integer(0))
    inside: int = field(validator=integer(0))
    undecided: int = field(default=0, validator=integer(0))

    @property
    def placed(self) -> int:
        """The number whose place is known."""
        return self.outside + self.inside

    @property
    def share(self) -> Decimal | None:
        """The share outside of those placed, from 0 to 1; `None` where none are placed."""
        return _quotient(self.outside, self.placed)

    @property
    def bounds(self) -> Quantity | None:
        """The lowest and highest share possible, wherever the undecided were; `None` without any."""
        whole = self.placed + self.undecided
        lower, upper = _quotient(self.outside, whole), _quotient(self.outside + self.undecided, whole)
        return None if lower is None or upper is None else Quantity.between(lower, upper, SHARE)

    @property
    def message(self) -> Said:
        """The share of those placed, with the bounds of the share of all; empty where none are placed."""
        if not self.placed:
            return items()
        whole = self.placed + self.undecided
        of_placed = _percentage(self.outside, self.placed)
        if not self.undecided:
            return of_placed
        least, largest = (_percentage(part, whole) for part in (self.outside, self.outside + self.undecided))
        return message(
            "{share} excluding unknown locations ({least} to {most} of all)", share=of_placed, least=least, most=largest
        )


def is_outside(portfolio: Portfolio, place: str, territory: Territory) -> bool | None:
    """
    Return whether a place is outside a territory; `None` where that is unknown.

    It is inside if it is the territory or lies in it. It is unknown if the territory lies in the place: a session "in
    France" may have been in Paris.

    Raises:
        UnknownItemError: For a territory that the portfolio does not hold.

    >>> france, paris = Territory(id="FR", label="France"), Territory(id="75", label="Paris")
    >>> plan = Portfolio.of(france, paris, Territory(id="46", label="Lot"))
    >>> [is_outside(plan, place, paris) for place in ("46", "75", "FR")]
    [True, False, None]
    """
    held = portfolio.territories[place]
    if territory.id == held.id or territory.contains(held):
        return False
    return None if held.contains(territory) else True


def most(quantity: Quantity) -> Decimal:
    """
    Return the number that words beside a quantity agree with: its upper bound, or else its lower one.

    >>> most(Quantity.between(1, 2, "count")), most(Quantity.at_least(1, "count"))
    (Decimal('2'), Decimal('1'))
    """
    return next(bound for bound in (quantity.upper, quantity.lower) if bound is not None)


def _percentage(part: int, whole: int) -> Number:
    return Number(percentage(part, whole), PERCENT, 1)


def _quotient(part: int, whole: int) -> Decimal | None:
    return EXACT.divide(Decimal(part), Decimal(whole)) if whole else None
