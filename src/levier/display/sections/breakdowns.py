"""Breakdowns: the last value of an indicator by the codes of a dimension, with each code's share."""

from __future__ import annotations

from collections.abc import Iterator

from levier.compute.exact import written
from levier.compute.indicators.breakdowns import BreakdownPart, DimensionBreakdown, DimensionValues, divisions
from levier.compute.indicators.candidates import Query
from levier.display.pages import Cell, Table
from levier.display.phrases import DASH, UNKNOWN
from levier.display.view import ColumnOf, Owned, View
from levier.model.observations import ObservationKind
from levier.model.quantities import PERCENT, Unit
from levier.wording.messages import items, message
from levier.wording.values import Number

__all__ = ["breakdowns_table"]


def breakdowns_table(view: View) -> Table:
    """Return the last actual value of each breakdown, code by code; a code without a value says why."""
    caption = message("Latest values by dimension, with the share of each code")
    return view.table("breakdowns", caption, _COLUMNS, _rows(view))


def _rows(view: View) -> Iterator[tuple[str, Owned[BreakdownPart]]]:
    plan = view.portfolio
    for (indicator_id, place_id), asked in divisions(plan).items():
        indicator, place = plan.indicators[indicator_id], plan.territories[place_id]
        for dimension, within in asked:
            query = Query(as_of=view.as_of, breakdown=within)
            values = DimensionValues(plan, indicator, dimension, place, query, ObservationKind.ACTUAL)
            found = values.broken_down(values.last)
            path = "/".join(("indicators", indicator_id, place_id, *map(str, within), dimension.id))
            yield from ((f"{path}/{part.code.id}", Owned(found, part)) for part in found.parts)


def _value(view: View, part: BreakdownPart) -> Cell:
    if part.value is None:
        return view.scribe.missing(part.reason or UNKNOWN)
    return view.scribe.number(part.value, Unit(part.unit), part.decimals)


def _share(view: View, part: BreakdownPart) -> Cell:
    if part.share is None:
        return view.scribe.missing(DASH)
    return Cell(text=view.scribe.say(Number(part.share, PERCENT, 1)), value=written(part.share))


def _base(view: View, found: DimensionBreakdown) -> Cell:
    if found.base is None:
        return view.scribe.missing(found.share_reason or UNKNOWN)
    return view.scribe.term(found.base)


_COLUMNS: tuple[ColumnOf[Owned[BreakdownPart]], ...] = (
    ColumnOf("indicator", message("Indicator"), lambda view, row: view.scribe.name(row.owner.indicator)),
    ColumnOf("territory", message("Territory"), lambda view, row: view.scribe.name(row.owner.territory)),
    ColumnOf(
        "dimension",
        message("Dimension"),
        lambda view, row: Cell(text=view.scribe.say(items(row.owner.dimension, *row.owner.within))),
    ),
    ColumnOf("code", message("Code"), lambda view, row: view.scribe.name(row.part.code)),
    ColumnOf("period", message("Period"), lambda view, row: view.scribe.period(row.owner.period)),
    ColumnOf("value", message("Value"), lambda view, row: _value(view, row.part), numeric=True),
    ColumnOf("share", message("Share"), lambda view, row: _share(view, row.part), numeric=True),
    ColumnOf("base", message("Share of"), lambda view, row: _base(view, row.owner)),
)
