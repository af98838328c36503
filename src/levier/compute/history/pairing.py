"""Two portfolios side by side: each thing as it stands in the one and in the other, where it differs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from levier.model.observations import Observation, Observations
from levier.model.portfolio import NOUNS, Portfolio

__all__ = ["Pair", "pairs", "path_of", "row_pairs", "standing_in"]

Pair: TypeAlias = tuple[Any, Any]
"""A thing as it stands in the one portfolio and in the other, `None` where it does not."""


def pairs(old: Portfolio, new: Portfolio) -> Iterator[Pair]:
    """
    Yield what differs between two portfolios, noun by noun, then the observations; what they share is not looked at.

    >>> from levier import Method
    >>> plan = Portfolio.of(Method(id="nudge", label="Nudge"))
    >>> [(before and before.id, after and after.id) for before, after in pairs(plan, Portfolio())]
    [('nudge', None)]
    """
    others = new.registries()
    for noun, registry in old.registries().items():
        yield from registry.changes(others[noun])
    yield from row_pairs(old.observations, new.observations)


def row_pairs(old: Observations, new: Observations) -> Iterator[Pair]:
    """
    Yield what differs between two tables, row by row, in the order of their keys.

    >>> row = Observation(indicator_id="a", period="2020", kind="actual", value=1)
    >>> [
    ...     (before and before.value, after and after.value)
    ...     for before, after in row_pairs(Observations([row]), Observations())
    ... ]
    [(Decimal('1'), None)]
    """
    if old.rows is new.rows:
        return
    here = there = 0
    while here < len(old.rows) and there < len(new.rows):
        before, after = old.rows[here], new.rows[there]
        if before is after or before == after:
            here, there = here + 1, there + 1
            continue
        gone, come = before.key <= after.key, after.key <= before.key
        yield before if gone else None, after if come else None
        here, there = here + gone, there + come
    yield from ((row, None) for row in old.rows[here:])
    yield from ((None, row) for row in new.rows[there:])


def path_of(item: Any) -> str:
    """
    Return where a thing or an observation stands, such as `projects/franceconnect`.

    >>> path_of(Observation(indicator_id="a", period="2020", kind="actual", value=1))
    'observations/a FR 2020 actual'
    """
    if isinstance(item, Observation):
        return "observations/" + " ".join(item.key).strip()
    return f"{NOUNS[type(item)]}/{item.id}"


def standing_in(portfolio: Portfolio, item: Any) -> Any:
    """
    Return what bears the identifier, or the key, of a thing in a portfolio; `None` where nothing does.

    >>> from levier import Method
    >>> standing_in(Portfolio(), Method(id="nudge", label="Nudge")) is None
    True
    """
    if not isinstance(item, Observation):
        return getattr(portfolio, NOUNS[type(item)]).get(item.id)
    rows = portfolio.observations.of(item.indicator_id, territory=item.territory_id, kind=item.kind)
    return next((row for row in rows if row.key == item.key), None)
