"""Indicators: the latest value, the target, the progress, and the reason where one is missing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from attrs import evolve

from levier.compute.exact import rounded, written
from levier.compute.indicators.points import coverage_of
from levier.compute.indicators.progress import Progress, progress_of
from levier.compute.indicators.series import Exclusion
from levier.display.pages import Cell, Section, Table
from levier.display.phrases import DASH, UNKNOWN, in_parentheses
from levier.display.sections.attainments import attainment_cell, attainments_table, with_upper_end
from levier.display.sections.breakdowns import breakdowns_table
from levier.display.sections.surveys import surveys_table
from levier.display.view import ColumnOf, Owned, View
from levier.model.indicators import Definition, Indicator
from levier.model.observations import ObservationKind
from levier.model.quantities import PERCENT, Unit
from levier.model.territories import NATION
from levier.wording.messages import message, message_in
from levier.wording.reasons import MissingReason
from levier.wording.said import Value
from levier.wording.values import Number

__all__ = ["indicators_section", "progress_explained"]

_SAID_EMPTY = (Exclusion.ERASED, Exclusion.ANNOUNCED)
_NOTHING = {
    ObservationKind.BASELINE: message_in("of a baseline", "none"),
    ObservationKind.ACTUAL: message("no value"),
    ObservationKind.TARGET: message("no target"),
}


def indicators_section(view: View) -> Section:
    """Return the indicators, the breaks of their definitions, and the results of surveys."""
    rows = [row for indicator in view.portfolio.indicators.values() for row in _rows(view, indicator)]
    caption = message("Latest value, target and result of each indicator")
    tables = [
        view.table("indicators", caption, _NAMED + _RESULTS, rows),
        breakdowns_table(view),
        attainments_table(view),
        _definitions(view),
        surveys_table(view),
    ]
    return view.section("indicators", message("Indicators"), tables)


def progress_explained(view: View) -> Table:
    """Return the explanation of each progress: values, dates, sources, what was left out."""
    told = [indicator for indicator in view.portfolio.indicators.values() if indicator.id in view.lines]
    rows = [row for indicator in told for row in _rows(view, indicator)]
    return view.table("progress-explained", message("Progress of the indicators"), _NAMED + _EXPLAINED, rows)


def _rows(view: View, indicator: Indicator) -> Iterator[tuple[str, Owned[Progress]]]:
    for line in _lines(view, indicator):
        yield f"indicators/{indicator.id}/{line.territory_id}", Owned(indicator, line)


def _lines(view: View, indicator: Indicator) -> list[Progress]:
    """Return an indicator's progress in each territory known by the day: the nation first, even if only rolled up."""
    told = {NATION, *view.portfolio.observations.territories(indicator.id)}
    found = [line for line in view.lines.get(indicator.id, ()) if line.territory_id in told]
    return sorted(found, key=lambda line: (line.territory_id != NATION, line.territory_id)) or [
        progress_of(view.portfolio, indicator.id, as_of=view.as_of)
    ]


def _value(view: View, progress: Progress, kind: ObservationKind, limit: Decimal | None = None) -> Cell:
    """Return a value, compared with a *limit*: an observation, or a total with its number of parts."""
    about, point = progress.about, _point(progress, kind)
    if point is None or point.value is None:
        return view.scribe.missing(_why_missing(progress, point, kind))
    cell = view.scribe.number(point.value, Unit(about.unit), about.decimals, limit=limit)
    cell = with_upper_end(view, cell, point, Unit(about.unit), about.decimals)
    coverage = coverage_of(point)
    if coverage is not None and (coverage.carried or not coverage.is_complete):
        cell = evolve(cell, text=view.scribe.say(in_parentheses(cell.text, coverage.counted)))
    return cell


def _period(view: View, progress: Progress, kind: ObservationKind) -> Cell:
    point = _point(progress, kind)
    is_there = point is not None and point.value is not None
    return view.scribe.period(point.period) if is_there else view.scribe.missing(DASH)


def _point(progress: Progress, kind: ObservationKind) -> Any:
    points = {_BASELINE: progress.baseline, _ACTUAL: progress.actual, _TARGET: progress.target}
    return points[kind]


def _latest(view: View, progress: Progress) -> Cell:
    target = progress.target
    return _value(view, progress, _ACTUAL, None if target is None else target.value)


def _why_missing(progress: Progress, point: Any, kind: ObservationKind) -> Value:
    """Return why a value is missing: the reason of the progress, or that of the last document."""
    reason: MissingReason | None = getattr(point, "reason", None)
    if reason is not None:
        return reason
    said = [
        one.observation
        for one in progress.left_out
        if one.because in _SAID_EMPTY
        and one.observation.kind is kind
        and one.observation.value is None
        and one.observation.territory_id == progress.territory_id
    ]
    return max(said, key=lambda row: row.period).state if said else _NOTHING[kind]


def _attainment(view: View, indicator: Indicator, progress: Progress) -> Cell:
    """Return whether the target of the latest value's own year was met, or which later year has a target."""
    point, goal = progress.actual, progress.target
    if point is None or point.value is None:
        return view.scribe.missing(_why_missing(progress, point, ObservationKind.ACTUAL))
    due = None if goal is None or goal.value is None else goal.period.last_month // 12
    return attainment_cell(view, indicator, progress.territory_id, point.period.last_month // 12, due=due)


def _progress(view: View, progress: Progress) -> Cell:
    value, unbounded = progress.value, progress.unbounded
    if value is None:
        return view.scribe.missing(progress.reason or UNKNOWN)
    if unbounded is None or unbounded == value:
        return Cell(text=view.scribe.say(Number(value, PERCENT, 1)), value=written(value))
    bounded = Number(value, PERCENT, 0)
    before = Number(unbounded, PERCENT, 1 if rounded(unbounded, 1) != value else 2)
    if unbounded > value:
        said = message("{value} (capped; {unbounded} before capping)", value=bounded, unbounded=before)
    else:
        said = message("{value} (moving away from the target: {unbounded})", value=bounded, unbounded=before)
    return Cell(text=view.scribe.say(said), value=written(value))


def _definitions(view: View) -> Table:
    rows = [
        (f"indicators/{indicator.id}/definitions/{definition.version}", Owned(indicator, definition))
        for indicator in view.portfolio.indicators.values()
        if len(indicator.definitions) > 1
        for definition in indicator.definitions
    ]
    caption = message("Changes of definition: breaks in series")
    return view.table("definitions", caption, _DEFINITION_COLUMNS, rows)


_BASELINE, _ACTUAL, _TARGET = ObservationKind.BASELINE, ObservationKind.ACTUAL, ObservationKind.TARGET
_NAMED: tuple[ColumnOf[Owned[Progress]], ...] = (
    ColumnOf("indicator", message("Indicator"), lambda view, row: view.scribe.name(row.owner)),
    ColumnOf("territory", message("Territory"), lambda view, row: view.place(row.part.territory_id)),
)
_RESULTS: tuple[ColumnOf[Owned[Progress]], ...] = (
    ColumnOf("baseline", message("Baseline"), lambda view, row: _value(view, row.part, _BASELINE), numeric=True),
    ColumnOf("latest", message("Latest value"), lambda view, row: _latest(view, row.part), numeric=True),
    ColumnOf("period", message("Period"), lambda view, row: _period(view, row.part, _ACTUAL)),
    ColumnOf("target", message("Target"), lambda view, row: _value(view, row.part, _TARGET), numeric=True),
    ColumnOf("target-period", message("Target date"), lambda view, row: _period(view, row.part, _TARGET)),
    ColumnOf("attainment", message("Target met?"), lambda view, row: _attainment(view, row.owner, row.part)),
    ColumnOf("progress", message("Progress"), lambda view, row: _progress(view, row.part), numeric=True),
)
_EXPLAINED: tuple[ColumnOf[Owned[Progress]], ...] = (
    ColumnOf(
        "how",
        message("How it is computed"),
        lambda view, row: view.scribe.text(row.part.explain(view.scribe.lang)),
    ),
)
_DEFINITION_COLUMNS: tuple[ColumnOf[Owned[Definition]], ...] = (
    ColumnOf("indicator", message("Indicator"), lambda view, row: view.scribe.name(row.owner)),
    ColumnOf("version", message("Version"), lambda view, row: view.scribe.count(row.part.version)),
    ColumnOf("period", message("Period"), lambda view, row: view.scribe.period(row.part.period)),
    ColumnOf("definition", message("Definition"), lambda view, row: view.scribe.text(row.part.text)),
)
