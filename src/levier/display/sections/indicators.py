"""Indicators: the latest value, the target, how far one has come, and the reason where one cannot say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from levier.compute.exact import rounded, written
from levier.compute.indicators.choices import month_of
from levier.compute.indicators.progress import Progress, progress_of
from levier.display import locale
from levier.display.heads import Head
from levier.display.pages import Cell, Row, Section, Table
from levier.display.phrases import Phrase
from levier.display.sections.attainments import attainment_cell, attainments_table
from levier.display.sections.surveys import surveys_table
from levier.display.view import View
from levier.display.wording import Caption, Title
from levier.errors import LevierError, RepeatedMonthError, TargetBeforeBaselineError
from levier.model.indicators import Indicator
from levier.model.observations import ObservationKind
from levier.model.periods import Period
from levier.model.terms import Term
from levier.model.territories import NATION

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
    places = _places(view, indicator)
    if not places:
        yield _row(view, indicator, NATION)
    for place in places:
        yield _row(view, indicator, place)


def _places(view: View, indicator: Indicator) -> list[str]:
    """Return where an indicator was told of by the day: the nation first, even where it is only added up."""
    places = {row.territory_id for row in view.series.get(indicator.id, ())}
    if places and indicator.aggregation is not None:
        places.add(NATION)
    return sorted(places, key=lambda place: (place != NATION, place))


def _row(view: View, indicator: Indicator, place: str) -> Row:
    name, found = _named(view, indicator, place), _followed(view, indicator, place)
    if isinstance(found, LevierError):
        dashes = [view.scribe.missing(Phrase.DASH)] * (len(_HEADS) - len(name) - 1)
        results = [*dashes, _not_computed(view, found)]
    else:
        results = _results(view, indicator, place, found)
    return Row(id=f"indicators/{indicator.id}/{place}", cells=[*name, *results])


def _results(view: View, indicator: Indicator, place: str, progress: Progress) -> list[Cell]:
    stated = {kind: view.absence(indicator.id, place, kind) for kind in _NOTHING}
    said = {kind: _NOTHING[kind] if row is None else row.state for kind, row in stated.items()}
    return [
        _point(view, indicator, progress.baseline, said[ObservationKind.BASELINE])[0],
        *_point(view, indicator, progress.actual, said[ObservationKind.ACTUAL], progress.target),
        *_point(view, indicator, progress.target, said[ObservationKind.TARGET]),
        _attainment(view, indicator, place, progress, said[ObservationKind.ACTUAL]),
        _progress(view, progress),
    ]


def _point(view: View, indicator: Indicator, point: Any, otherwise: Term, goal: Any = None) -> list[Cell]:
    """Return a value, held against its goal, and its period: an observation, or what those below add up to."""
    if point is None or point.value is None:
        return [view.scribe.missing(otherwise), view.scribe.missing(Phrase.DASH)]
    return [
        view.scribe.number(point.value, indicator.unit, indicator.decimals, limit=None if goal is None else goal.value),
        view.scribe.period(point.period),
    ]


def _attainment(view: View, indicator: Indicator, place: str, progress: Progress, otherwise: Term) -> Cell:
    """Say whether the target of the latest value's own year was met, or of which later year there is one."""
    point, goal = progress.actual, progress.target
    if point is None or point.value is None:
        return view.scribe.missing(otherwise)
    due = None if goal is None or goal.value is None else month_of(goal.period) // 12
    return attainment_cell(view, indicator, place, month_of(point.period) // 12, due=due)


def progress_explained(view: View) -> Table:
    """Return how each progress came about: values, dates, sources, what was left out."""
    rows = [
        Row(
            id=f"indicators/{indicator.id}/{place}",
            cells=[*_named(view, indicator, place), view.scribe.text(found.explain(view.scribe.lang))],
        )
        for indicator in view.portfolio.indicators.values()
        for place in _places(view, indicator)
        if isinstance(found := _followed(view, indicator, place), Progress)
    ]
    return view.table(Caption.PROGRESS_EXPLAINED, (Head.INDICATOR, Head.TERRITORY, Head.HOW), rows)


def _named(view: View, indicator: Indicator, place: str) -> list[Cell]:
    return [view.scribe.name(indicator), view.place(place)]


def _followed(view: View, indicator: Indicator, place: str) -> Progress | LevierError:
    """Return a progress, or what keeps one from being computed at all."""
    try:
        return progress_of(view.portfolio, indicator.id, place, as_of=view.as_of)
    except LevierError as error:
        return error


def _not_computed(view: View, error: LevierError) -> Cell:
    """Say in the language of the report what keeps a progress from being computed."""
    scribe = view.scribe
    match error:
        case RepeatedMonthError():
            kind = ObservationKind(error.kind).label(scribe.lang)
            return scribe.missing(Phrase.REPEATED_MONTH, kind=kind, month=scribe.period(Period(error.month)).text)
        case TargetBeforeBaselineError():
            target, baseline = (scribe.period(Period(text)).text for text in (error.target, error.baseline))
            return scribe.missing(Phrase.TARGET_FIRST, target=target, baseline=baseline)
        case _:
            return scribe.missing(Phrase.NOT_COMPUTABLE)


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
