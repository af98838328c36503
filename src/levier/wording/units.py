"""Names of units."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from levier.model.quantities import COUNT, DAYS, EUROS, MARK_OUT_OF_10, MONTHS, POINTS, RATIO, SHARE, Unit
from levier.wording.messages import Message, message
from levier.wording.said import Value

__all__ = ["unit_name"]

_NAMES: Mapping[Unit, Message] = MappingProxyType(
    {
        COUNT: message("number"),
        DAYS: message("days"),
        EUROS: message("euros"),
        MARK_OUT_OF_10: message("mark out of 10"),
        MONTHS: message("months"),
        POINTS: message("points"),
        RATIO: message("ratio"),
        SHARE: message("share (from 0 to 1)"),
    }
)


def unit_name(unit: Unit) -> Value:
    """
    Return the name of a unit; an unknown unit is returned as given.

    >>> print(unit_name(COUNT), unit_name(Unit("kWh")))
    number kWh
    """
    return _NAMES.get(unit, str(unit))
