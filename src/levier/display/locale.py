"""Numbers, amounts, days and periods of a report: those of `levier.wording.formats`."""

from __future__ import annotations

from levier.model.quantities import MONTHS, Unit
from levier.model.terms import Lang
from levier.wording.formats import compact_euros, day, euros, number, percent, period, quantity, value
from levier.wording.said import said
from levier.wording.units import unit_name as named

__all__ = [
    "compact_euros",
    "day",
    "euros",
    "months",
    "number",
    "percent",
    "period",
    "quantity",
    "unit_name",
    "value",
]


def unit_name(unit: Unit, lang: Lang) -> str:
    """
    Name a unit in words.

    >>> unit_name(Unit("count"), "fr")
    'nombre'
    """
    return said(named(unit), lang)


def months(number: int, lang: Lang) -> str:
    """
    Write a number of months.

    >>> months(3, "en"), months(1, "en")
    ('3 months', '1 month')
    """
    return value(number, MONTHS, lang)
