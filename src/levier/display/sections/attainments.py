"""Targets of a year: met or not, and if not, better than before or not."""

from __future__ import annotations

from levier.compute.indicators.attainment import Attainment, attainment_of
from levier.compute.indicators.choices import month_of
from levier.compute.indicators.readings import Reason
from levier.display.heads import Head
from levier.display.pages import Cell, Row, Table
from levier.display.phrases import Phrase
from levier.display.view import View
from levier.display.wording import Caption
from levier.errors import RepeatedMonthError
from levier.model.identifiers import TerritoryId
from levier.model.indicators import Indicator
from levier.model.observations import Observation, ObservationKind

__all__ = ["attainment_cell", "attainments_table"]

_HEADS = (Head.INDICATOR, Head.TERRITORY, Head.YEAR, Head.VALUE, Head.TARGET, Head.ATTAINMENT)


def attainments_table(view: View) -> Table:
    """Return the years of which both a value and a target are known by the day."""
    rows = [
        _row(view, indicator, place, year)
        for indicator in view.portfolio.indicators.values()
        for place, year in sorted(_years(view.series.get(indicator.id, ())))
    ]
    return view.table(Caption.ATTAINMENTS, _HEADS, rows)


def attainment_cell(view: View, indicator: Indicator, place: str, year: int, *, due: int | None = None) -> Cell:
    """Return whether the target of a year was met, or the reason why one cannot say: it may be *due* later."""
    found = _attainment(view, indicator, place, year)
    if found is not None and found.reason is Reason.NO_TARGET and due is not None and due > year:
        return view.scribe.missing(Phrase.TARGET_LATER, year=due)
    return _cell(view, found, year)


def _years(rows: tuple[Observation, ...]) -> set[tuple[TerritoryId, int]]:
    """Return the places and years that have a value of each kind."""
    actual, target = (
        {(row.territory_id, _year(row)) for row in rows if row.kind is kind and row.value is not None}
        for kind in (ObservationKind.ACTUAL, ObservationKind.TARGET)
    )
    return actual & target


def _year(row: Observation) -> int:
    return month_of(row.period) // 12


def _attainment(view: View, indicator: Indicator, place: str, year: int) -> Attainment | None:
    """Return an attainment; `None` where the observations contradict each other."""
    try:
        return attainment_of(view.portfolio, indicator.id, year, place, as_of=view.as_of)
    except RepeatedMonthError:
        return None


def _cell(view: View, found: Attainment | None, year: int) -> Cell:
    if found is None:
        return view.scribe.missing(Phrase.IN_YEAR, said=view.scribe.say(Phrase.CONTRADICTORY), year=year)
    if found.met is None:
        return view.scribe.missing(Phrase.IN_YEAR, said=view.scribe.term(found.reason).text, year=year)
    said = view.scribe.term(found.verdict).text
    return Cell(text=view.scribe.say(Phrase.IN_YEAR, said=said, year=year), value=found.verdict.value)


def _row(view: View, indicator: Indicator, place: str, year: int) -> Row:
    found = _attainment(view, indicator, place, year)
    points = (None, None) if found is None else (found.actual, found.target)
    actual, goal = (None if point is None else point.value for point in points)
    return Row(
        id=f"indicators/{indicator.id}/{place}/{year}",
        cells=[
            view.scribe.name(indicator),
            view.place(place),
            Cell(text=str(year), value=str(year)),
            *(
                view.scribe.number(value, indicator.unit, indicator.decimals, Phrase.CONTRADICTORY, limit)
                for value, limit in ((actual, goal), (goal, None))
            ),
            _cell(view, found, year),
        ],
    )
