"""Inside a territory, outside it, or nobody can say: by all that a place lies in."""

from __future__ import annotations

from levier.model.portfolio import Portfolio
from levier.model.territories import Territory

__all__ = ["is_outside"]


def is_outside(portfolio: Portfolio, place: str, territory: Territory) -> bool | None:
    """
    Return whether a place is outside a territory; `None` where nobody can say.

    It is inside where it is the territory or lies in it; nobody can say where the territory lies in the place: what
    took place "in France" may have been in Paris.

    Raises:
        UnknownItemError: For a territory that the portfolio does not hold.

    >>> france, paris = Territory(id="FR", label="France"), Territory(id="75", label="Paris")
    >>> plan = Portfolio.of(france, paris, Territory(id="46", label="Lot"))
    >>> [is_outside(plan, place, paris) for place in ("46", "75", "FR")]
    [True, False, None]
    """
    if territory.id in (place, *portfolio.territories[place].lies_in):
        return False
    return None if place in territory.lies_in else True
