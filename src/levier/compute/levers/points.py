"""Observed values as sentences write them: with their date, and their source or what they were made of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from levier.compute.indicators.aggregation import Aggregate
from levier.model.observations import Observation
from levier.model.quantities import Unit
from levier.wording.messages import Listing, Message, items, message
from levier.wording.said import Value
from levier.wording.values import Name, Number

__all__ = ["point"]


def point(
    value: Any,
    unit: Unit | str,
    sources: tuple[Name, ...] = (),
    decimals: int | None = None,
    limit: Decimal | None = None,
) -> Message:
    """
    Return a value with its date, and its source or what it was made of; *limit* is what it was held against.

    >>> row = Observation(indicator_id="a", period="2019-05", kind="actual", value=25)
    >>> print(point(row, ""))
    25 (May 2019, unsourced)
    """
    amount = Number(value.value, unit, decimals, limit)
    return message("{value} ({origin})", value=amount, origin=_origin(value, sources))


def _origin(value: Any, sources: tuple[Name, ...]) -> Listing:
    if isinstance(value, Observation):
        return items(value.period, _source(value, sources))
    return items(value.period if isinstance(value, Aggregate) else None, value.message)


def _source(row: Observation, sources: tuple[Name, ...]) -> Value:
    if row.source_id is None:
        return message("unsourced")
    return next((name for name in sources if name.id == row.source_id), str(row.source_id))
