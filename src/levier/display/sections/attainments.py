"""Targets of a year: met or not, and if not, better than before or not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from levier.compute.indicators.attainment import Attainment, attainment_of
from levier.display.heads import Head
from levier.display.pages import Cell, Row, Table
from levier.display.phrases import Phrase
from levier.display.view import View
from levier.display.wording import Caption
from levier.model.indicators import Indicator
from levier.wording.reasons import MissingReason

__all__ = ["attainment_cell", "attainments_table"]

_HEADS = (Head.INDICATOR, Head.TERRITORY, Head.YEAR, Head.VALUE, Head.TARGET, Head.ATTAINMENT)


def attainments_table(view: View) -> Table:
    """Return the years of which both a value and a target are known by the day, typed or added up."""
    rows = [
        _row(view, indicator, place, found)
        for indicator in view.portfolio.indicators.values()
        for place in sorted({line.territory_id for line in view.lines.get(indicator.id, ())})
        for year in view.target_years(indicator.id)
        for found in [_attainment(view, indicator, place, year)]
        if found.actual is not None and found.target is not None
    ]
    return view.table(Caption.ATTAINMENTS, _HEADS, rows)


def attainment_cell(view: View, indicator: Indicator, place: str, year: int, *, due: int | None = None) -> Cell:
    """Return whether the target of a year was met, or the reason why one cannot say: it may be *due* later."""
    found = _attainment(view, indicator, place, year)
    if found.reason is MissingReason.NO_TARGET and due is not None and due > year:
        return view.scribe.missing(Phrase.TARGET_LATER, year=due)
    return _cell(view, found, year)


def _attainment(view: View, indicator: Indicator, place: str, year: int) -> Attainment:
    return attainment_of(view.portfolio, indicator.id, year, place, as_of=view.as_of)


def _cell(view: View, found: Attainment, year: int | None) -> Cell:
    if found.met is None:
        return view.scribe.missing(Phrase.IN_YEAR, said=view.scribe.term(found.reason).text, year=year)
    said = view.scribe.term(found.verdict).text
    return Cell(text=view.scribe.say(Phrase.IN_YEAR, said=said, year=year), value=found.verdict.value)


def _row(view: View, indicator: Indicator, place: str, found: Attainment) -> Row:
    return Row(
        id=f"indicators/{indicator.id}/{place}/{found.year}",
        cells=[
            view.scribe.name(indicator),
            view.place(place),
            Cell(text=str(found.year), value=str(found.year)),
            _value(view, indicator, found.actual, found.target.value),
            _value(view, indicator, found.target),
            _cell(view, found, found.year),
        ],
    )


def _value(view: View, indicator: Indicator, point: Any, limit: Decimal | None = None) -> Cell:
    """Return a value, held against a limit, or why it has none."""
    reason = getattr(point, "reason", None) or Phrase.UNKNOWN
    return view.scribe.number(point.value, indicator.unit, indicator.decimals, reason, limit)
