"""Inside a territory, outside it, or nobody can say: by walking up from a place to all that stand above it."""

from __future__ import annotations

from collections.abc import Mapping

from levier.model.portfolio import Portfolio
from levier.model.territories import Territory, TerritoryLevel

__all__ = ["is_outside"]


def is_outside(portfolio: Portfolio, place: str, territory: Territory) -> bool | None:
    """
    Return whether a place is outside a territory; `None` where nobody can say.

    It is inside where the territory is the place or stands above it; outside where the two differ at a level that is
    known of both. What took place "in France" may have been in Paris.

    Raises:
        UnknownItemError: For a territory that the portfolio does not hold.

    >>> france, paris = Territory(id="FR", label="France"), Territory(id="75", label="Paris")
    >>> plan = Portfolio.of(france, paris, Territory(id="46", label="Lot"))
    >>> [is_outside(plan, place, paris) for place in ("46", "75", "FR")]
    [True, False, None]
    """
    here, there = _levels(portfolio, place), _levels(portfolio, territory.id)
    if here.get(territory.level) == territory.id:
        return False
    return True if any(there.get(level, found) != found for level, found in here.items()) else None


def _levels(portfolio: Portfolio, place: str) -> Mapping[TerritoryLevel, str]:
    """Return a territory and all above it by their levels; a parent is of a level above, so this ends."""
    found: dict[TerritoryLevel, str] = {}
    current: str | None = place
    while current is not None:
        territory = portfolio.territories[current]
        found[territory.level] = territory.id
        current = territory.parent_id
    return found
