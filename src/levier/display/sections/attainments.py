"""The targets of a year: met or not, and if not, whether the value improved."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from attrs import evolve

from levier.compute.indicators.attainment import Attainment, attainment_of
from levier.compute.indicators.series import held_point
from levier.display.pages import Cell, Table
from levier.display.phrases import UNKNOWN
from levier.display.view import ColumnOf, View
from levier.model.indicators import Indicator
from levier.model.quantities import Unit
from levier.wording.messages import message
from levier.wording.reasons import MissingReason

__all__ = ["attainment_cell", "attainments_table", "with_upper_end"]


class _Row(NamedTuple):
    """The outcome of an indicator's target in a territory."""

    indicator: Indicator
    place: str
    year: int
    found: Attainment


def attainments_table(view: View) -> Table:
    """Return the years with both a value and a target known by the day, recorded or rolled up."""
    rows = [
        (f"indicators/{indicator.id}/{place}/{year}", _Row(indicator, place, year, found))
        for indicator in view.portfolio.indicators.values()
        for place in sorted({line.territory_id for line in view.lines.get(indicator.id, ())})
        for year in view.target_years(indicator.id)
        for found in [_attainment(view, indicator, place, year)]
        if found.actual is not None and found.target is not None
    ]
    return view.table("attainments", message("Targets of each year"), _COLUMNS, rows)


def attainment_cell(view: View, indicator: Indicator, place: str, year: int, *, due: int | None = None) -> Cell:
    """Return whether the target of a year was met, or why that is unknown: it may be *due* later."""
    found = _attainment(view, indicator, place, year)
    if found.reason is MissingReason.NO_TARGET and due is not None and due > year:
        return view.scribe.missing(message("due {year}", year=str(due)))
    return _cell(view, found, year)


def _attainment(view: View, indicator: Indicator, place: str, year: int) -> Attainment:
    return view.once(
        ("attainment", indicator.id, year, place),
        lambda: attainment_of(view.portfolio, indicator.id, year, place, as_of=view.as_of),
    )


def _cell(view: View, found: Attainment, year: int) -> Cell:
    if found.met is None:
        return view.scribe.missing(message("{said} ({year})", said=found.reason or UNKNOWN, year=str(year)))
    said = message("{said} ({year})", said=found.verdict, year=str(year))
    return Cell(text=view.scribe.say(said), value=found.verdict.value)


def _value(view: View, indicator: Indicator, point: Any, limit: Decimal | None = None) -> Cell:
    """Return a value, compared with a limit, or why it is missing."""
    reason = getattr(point, "reason", None) or UNKNOWN
    cell = view.scribe.number(point.value, indicator.unit, indicator.decimals, reason, limit)
    return with_upper_end(view, cell, point, indicator.unit, indicator.decimals)


def with_upper_end(view: View, cell: Cell, point: Any, unit: Unit, decimals: int | None) -> Cell:
    """Return the cell of a target, with its upper end where it is a band."""
    upper = getattr(point, "upper", None)
    if upper is None:
        return cell
    high = view.scribe.number(upper, unit, decimals).text
    return evolve(cell, text=view.scribe.say(message("{low} to {high}", low=cell.text, high=high)))


def _actual(view: View, row: _Row) -> Cell:
    return _value(view, row.indicator, row.found.actual, held_point(row.found.target).value)


_COLUMNS: tuple[ColumnOf[_Row], ...] = (
    ColumnOf("indicator", message("Indicator"), lambda view, row: view.scribe.name(row.indicator)),
    ColumnOf("territory", message("Territory"), lambda view, row: view.place(row.place)),
    ColumnOf("year", message("Year"), lambda view, row: view.scribe.year(row.year)),
    ColumnOf("value", message("Value"), _actual, numeric=True),
    ColumnOf(
        "target", message("Target"), lambda view, row: _value(view, row.indicator, row.found.target), numeric=True
    ),
    ColumnOf("attainment", message("Target met?"), lambda view, row: _cell(view, row.found, row.year)),
)
