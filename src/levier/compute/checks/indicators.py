"""Rules on indicators: where one starts, where one goes, how old the last value is, and what levers aim at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from levier.compute._wording import said
from levier.compute.checks.rules import Found, first_few, worded
from levier.compute.findings import Severity
from levier.compute.indicators.freshness import freshness
from levier.compute.indicators.likeness import coverage_of
from levier.compute.indicators.progress import Progress, progress_table
from levier.model.indicators import Indicator, IndicatorKind
from levier.model.observations import Observation, ObservationKind
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.terms import Lang

__all__ = [
    "indicator_without_baseline",
    "indicator_without_recent_value",
    "indicator_without_target",
    "known_values",
    "lever_without_indicator",
    "series_by_indicator",
]

_USUAL_FREQUENCY = 12


@worded(
    "indicator-without-baseline",
    Severity.NOTE,
    fr="L’indicateur « {indicator} » n’a pas de valeur initiale : pas de taux d’avancement.",
    en="The indicator '{indicator}' has no baseline: no progress.",
    mend_fr="Ajouter une observation de nature « valeur initiale ».",
    mend_en="Add an observation of the kind 'baseline'.",
)
def indicator_without_baseline(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find the indicators without a baseline anywhere, and so without progress; those of context need none."""
    return _without("baseline", portfolio, as_of)


@worded(
    "indicator-without-target",
    Severity.WARNING,
    fr="L’indicateur « {indicator} » n’a pas de cible.",
    en="The indicator '{indicator}' has no target.",
    mend_fr="Ajouter une observation de nature « cible ».",
    mend_en="Add an observation of the kind 'target'.",
)
def indicator_without_target(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find the indicators without a target that counts anywhere; those of context need none."""
    return _without("target", portfolio, as_of)


@worded(
    "indicator-without-recent-value",
    Severity.WARNING,
    fr="L’indicateur « {indicator} » {since}.",
    en="The indicator '{indicator}' {since}.",
    mend_fr="Ajouter la dernière réalisation, ou dire pourquoi il n’y en a pas.",
    mend_en="Add the latest actual value, or say why there is none.",
)
def indicator_without_recent_value(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """
    Find the indicators, and their territories, whose next value is overdue.

    Freshness decides: by their frequency, a year where it is unknown, and their delay, none where that is unknown.
    A value that is rolled up is as old as those it is made of, so that each of these is judged in its place.

    >>> plan = Portfolio.of(Indicator(id="waiting-time", label="Waiting time", unit="days"))
    >>> [finding.en for finding in indicator_without_recent_value(plan, Day(2019, 6, 14))]
    ["The indicator 'Waiting time' has no value yet."]
    """
    for indicator, lines in series_by_indicator(portfolio, as_of):
        typed = [line for line in lines if line.actual is not None and coverage_of(line.actual) is None]
        late = sorted((line for line in typed if _is_overdue(line, as_of)), key=lambda line: line.actual.period)
        if late or not typed:
            since = _all_late(late) if len(late) == len(typed) else _some_late(late)
            yield f"indicators/{indicator.id}", {"indicator": indicator, "since": since}


@worded(
    "lever-without-indicator",
    Severity.NOTE,
    fr="Le levier « {lever} » ne vise aucun indicateur : son effet ne peut pas être mesuré.",
    en="The lever '{lever}' aims at no indicator: its effect cannot be measured.",
    mend_fr="Dire quel indicateur il doit faire bouger, et dans quel sens.",
    mend_en="Say which indicator it is meant to move, and which way.",
)
def lever_without_indicator(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find the levers that are meant to move nothing measured; one that stands above others is measured by those."""
    above = {lever.parent_id for lever in portfolio.levers.values()}
    for lever in portfolio.levers.values():
        if not lever.effects and lever.id not in above:
            yield f"levers/{lever.id}", {"lever": lever}


def known_values(portfolio: Portfolio, indicator: Indicator, as_of: Day) -> list[Observation]:
    """
    Return every measured value of an indicator, in any territory and by any document, whose period has begun.

    >>> known_values(Portfolio(), Indicator(id="wait", label="Waiting time", unit="days"), Day(2019, 6, 14))
    []
    """
    return [
        row
        for territory in portfolio.observations.territories(indicator.id)
        for row in portfolio.observations.of(indicator.id, territory=territory)
        if row.value is not None and (row.kind is ObservationKind.TARGET or row.period.first_day <= as_of)
    ]


def series_by_indicator(portfolio: Portfolio, as_of: Day) -> Iterator[tuple[Indicator, list[Progress]]]:
    """
    Yield every indicator with how far it has come, wherever it has a series: what all other questions answer from.

    >>> list(series_by_indicator(Portfolio(), Day(2019, 6, 14)))
    []
    """
    lines: dict[str, list[Progress]] = defaultdict(list)
    for line in progress_table(portfolio, as_of=as_of):
        lines[line.indicator_id].append(line)
    for indicator in portfolio.indicators.values():
        yield indicator, lines[indicator.id]


def _without(name: str, portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    for indicator, lines in series_by_indicator(portfolio, as_of):
        if indicator.kind is not IndicatorKind.CONTEXT and all(getattr(line, name) is None for line in lines):
            yield f"indicators/{indicator.id}", {"indicator": indicator}


def _is_overdue(line: Progress, as_of: Day) -> bool:
    about = line.asked.about
    frequency, delay = (about.frequency, about.delay) if isinstance(about, Indicator) else (None, None)
    found = freshness(line.actual.period, frequency=frequency or _USUAL_FREQUENCY, delay=delay or 0, as_of=as_of)
    return found.up_to_date is False


def _all_late(late: list[Progress]) -> dict[Lang, str]:
    if not late:
        return {"fr": "n’a encore aucune valeur", "en": "has no value yet"}
    latest = late[-1].actual.period
    return {
        "fr": f"n’a pas de valeur depuis {said(latest, 'fr')}",
        "en": f"has had no value since {said(latest, 'en')}",
    }


def _some_late(late: list[Progress]) -> dict[Lang, str]:
    """Name the territories that are late, those of the oldest value first."""
    return {
        "fr": f"n’a pas de valeur récente\u00a0: {first_few((_place_since(line, 'fr') for line in late), 'fr')}",
        "en": f"has no recent value: {first_few((_place_since(line, 'en') for line in late), 'en')}",
    }


def _place_since(line: Progress, lang: Lang) -> str:
    since = "depuis" if lang == "fr" else "since"
    return f"{said(line.territory, lang)} ({since} {said(line.actual.period, lang)})"
