"""Observed values as sentences write them: with their date, and their source or what they were made of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from levier.compute.indicators.aggregation import Aggregate
from levier.model.observations import Observation
from levier.model.quantities import Unit
from levier.wording.messages import Listing, Message, items, message
from levier.wording.values import Name, Number

__all__ = ["point_message"]


def point_message(
    point: Any, unit: Unit | str = "", decimals: int | None = None, source: Name | None = None, *, limit: Decimal | None
) -> Message:
    """
    Return a value with its date, and its source or what it was made of; *limit* is what it was held against.

    >>> row = Observation(indicator_id="a", period="2019-05", kind="actual", value=25)
    >>> print(point_message(row, limit=None))
    25 (May 2019, unsourced)
    """
    return message(
        "{value} ({origin})", value=Number(point.value, unit, decimals, limit), origin=_origin(point, source)
    )


def _origin(point: Any, source: Name | None) -> Listing:
    if not isinstance(point, Observation):
        return items(point.period if isinstance(point, Aggregate) else None, point.message)
    return items(point.period, source or point.source_id or message("unsourced"))
