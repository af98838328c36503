"""Indicators: the latest value, the target, how far one has come, and the reason where one cannot say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve

from levier.compute.exact import rounded, written
from levier.compute.indicators.choices import Exclusion, month_of
from levier.compute.indicators.likeness import coverage_of
from levier.compute.indicators.progress import Progress, progress_of
from levier.display import locale
from levier.display.heads import Head
from levier.display.pages import Cell, Row, Section, Table
from levier.display.phrases import Phrase
from levier.display.sections.attainments import attainment_cell, attainments_table
from levier.display.sections.surveys import surveys_table
from levier.display.view import View
from levier.display.wording import Caption, Title
from levier.model.indicators import Indicator
from levier.model.observations import ObservationKind
from levier.model.quantities import Unit
from levier.model.terms import Term
from levier.model.territories import NATION
from levier.wording.reasons import MissingReason

__all__ = ["indicators_section", "progress_explained"]

_HEADS = (
    Head.INDICATOR,
    Head.TERRITORY,
    Head.BASELINE,
    Head.LATEST,
    Head.PERIOD,
    Head.TARGET,
    Head.TARGET_PERIOD,
    Head.ATTAINMENT,
    Head.PROGRESS,
)

_SAID_EMPTY = (Exclusion.ERASED, Exclusion.ANNOUNCED)
_NOTHING = {
    ObservationKind.BASELINE: Phrase.NO_BASELINE,
    ObservationKind.ACTUAL: Phrase.NO_VALUE,
    ObservationKind.TARGET: Phrase.NO_TARGET,
}


def indicators_section(view: View) -> Section:
    """Return the indicators, the breaks of their definitions, and the results of surveys."""
    rows = [row for indicator in view.portfolio.indicators.values() for row in _rows(view, indicator)]
    tables = [
        view.table(Caption.INDICATORS, _HEADS, rows),
        attainments_table(view),
        _definitions(view),
        surveys_table(view),
    ]
    return view.section(Title.INDICATORS, tables)


def _rows(view: View, indicator: Indicator) -> Iterator[Row]:
    for progress in _lines(view, indicator):
        yield Row(
            id=f"indicators/{indicator.id}/{progress.territory_id}",
            cells=[*_named(view, indicator, progress), *_results(view, indicator, progress)],
        )


def _lines(view: View, indicator: Indicator) -> list[Progress]:
    """Return how far an indicator has come where it was told of by the day: the nation first, even if only added up."""
    told = {NATION, *view.portfolio.observations.territories(indicator.id)}
    found = [line for line in view.lines.get(indicator.id, ()) if line.territory_id in told]
    return sorted(found, key=lambda line: (line.territory_id != NATION, line.territory_id)) or [
        progress_of(view.portfolio, indicator.id, as_of=view.as_of)
    ]


def _results(view: View, indicator: Indicator, progress: Progress) -> list[Cell]:
    baseline, actual, target = ObservationKind.BASELINE, ObservationKind.ACTUAL, ObservationKind.TARGET
    return [
        _point(view, progress, progress.baseline, baseline)[0],
        *_point(view, progress, progress.actual, actual, progress.target),
        *_point(view, progress, progress.target, target),
        _attainment(view, indicator, progress),
        _progress(view, progress),
    ]


def _point(view: View, progress: Progress, point: Any, kind: ObservationKind, goal: Any = None) -> list[Cell]:
    """Return a value, held against its goal, and its period: an observation, or a total with how many it is of."""
    about = progress.asked.about
    if point is None or point.value is None:
        return [view.scribe.missing(_why_missing(progress, point, kind)), view.scribe.missing(Phrase.DASH)]
    limit = None if goal is None else goal.value
    cell = view.scribe.number(point.value, Unit(about.unit), about.decimals, limit=limit)
    coverage = coverage_of(point)
    if coverage is not None and (coverage.carried or not coverage.is_complete):
        cell = evolve(cell, text=f"{cell.text} ({coverage.counted.say(view.scribe.lang)})")
    return [cell, view.scribe.period(point.period)]


def _why_missing(progress: Progress, point: Any, kind: ObservationKind) -> Term:
    """Return why a value is missing: what is wrong with it, or what the last document says in its place."""
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
    """Say whether the target of the latest value's own year was met, or of which later year there is one."""
    point, goal = progress.actual, progress.target
    if point is None or point.value is None:
        return view.scribe.missing(_why_missing(progress, point, ObservationKind.ACTUAL))
    due = None if goal is None or goal.value is None else month_of(goal.period) // 12
    return attainment_cell(view, indicator, progress.territory_id, month_of(point.period) // 12, due=due)


def progress_explained(view: View) -> Table:
    """Return how each progress came about: values, dates, sources, what was left out."""
    rows = [
        Row(
            id=f"indicators/{indicator.id}/{progress.territory_id}",
            cells=[*_named(view, indicator, progress), view.scribe.text(progress.explain(view.scribe.lang))],
        )
        for indicator in view.portfolio.indicators.values()
        for progress in _lines(view, indicator)
        if indicator.id in view.lines
    ]
    return view.table(Caption.PROGRESS_EXPLAINED, (Head.INDICATOR, Head.TERRITORY, Head.HOW), rows)


def _named(view: View, indicator: Indicator, progress: Progress) -> list[Cell]:
    return [view.scribe.name(indicator), view.place(progress.territory_id)]


def _progress(view: View, progress: Progress) -> Cell:
    if progress.value is None:
        return view.scribe.missing(progress.reason or Phrase.UNKNOWN)
    lang = view.scribe.lang
    if progress.unbounded is None or progress.unbounded == progress.value:
        return Cell(text=locale.percent(progress.value, lang), value=written(progress.value))
    phrase = Phrase.CAPPED if progress.unbounded > progress.value else Phrase.FLOORED
    decimals = 1 if rounded(progress.unbounded, 1) != progress.value else 2
    unbounded = locale.percent(progress.unbounded, lang, decimals)
    named = {"value": locale.percent(progress.value, lang, 0), "unbounded": unbounded}
    return Cell(text=view.scribe.say(phrase, **named), value=written(progress.value))


def _definitions(view: View) -> Table:
    rows = [
        Row(
            id=f"indicators/{indicator.id}/definitions/{definition.version}",
            cells=[
                view.scribe.name(indicator),
                view.scribe.count(definition.version),
                view.scribe.period(definition.period),
                view.scribe.text(definition.text),
            ],
        )
        for indicator in view.portfolio.indicators.values()
        if len(indicator.definitions) > 1
        for definition in indicator.definitions
    ]
    heads = (Head.INDICATOR, Head.VERSION, Head.PERIOD, Head.DEFINITION)
    return view.table(Caption.DEFINITIONS, heads, rows)
