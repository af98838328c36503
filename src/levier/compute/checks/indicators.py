"""Rules on indicators: where one starts, where one goes, how old the last value is, and what levers aim at."""

from __future__ import annotations

from collections.abc import Iterator

from levier.compute._wording import said
from levier.compute.checks.rules import Found, has_passed, worded
from levier.compute.findings import Severity
from levier.model.indicators import Indicator, IndicatorKind
from levier.model.observations import Observation, ObservationKind, ObservationState
from levier.model.periods import Day, Period
from levier.model.portfolio import Portfolio
from levier.model.terms import Lang

__all__ = [
    "indicator_without_baseline",
    "indicator_without_recent_value",
    "indicator_without_target",
    "known_values",
    "lever_without_indicator",
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
    """Find the indicators without a baseline, and so without progress; those of context need none."""
    return _without(ObservationKind.BASELINE, portfolio, as_of)


@worded(
    "indicator-without-target",
    Severity.WARNING,
    fr="L’indicateur « {indicator} » n’a pas de cible.",
    en="The indicator '{indicator}' has no target.",
    mend_fr="Ajouter une observation de nature « cible ».",
    mend_en="Add an observation of the kind 'target'.",
)
def indicator_without_target(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find the indicators without a target; those of context need none."""
    return _without(ObservationKind.TARGET, portfolio, as_of)


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
    Find the indicators whose next value is overdue: by their frequency, a year where it is unknown, and their delay.

    >>> plan = Portfolio.of(Indicator(id="waiting-time", label="Waiting time", unit="days"))
    >>> [finding.en for finding in indicator_without_recent_value(plan, Day(2019, 6, 14))]
    ["The indicator 'Waiting time' has no value yet."]
    """
    for indicator in portfolio.indicators.values():
        values = known_values(portfolio, indicator, as_of, ObservationKind.ACTUAL)
        latest = max((value.period for value in values), key=lambda p: p.last_day or as_of, default=None)
        if latest is None or _is_overdue(latest, indicator, as_of):
            yield f"indicators/{indicator.id}", {"indicator": indicator, "since": _since(latest)}


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


def known_values(
    portfolio: Portfolio, indicator: Indicator, as_of: Day, kind: ObservationKind | None = None
) -> list[Observation]:
    """Return the measured values of one kind or of all, in any territory, that are in the books on the day."""
    return [
        row
        for territory in portfolio.observations.territories(indicator.id)
        for row in portfolio.observations.of(indicator.id, territory=territory, kind=kind)
        if row.state is ObservationState.MEASURED and (row.recorded_on is None or row.recorded_on <= as_of)
        if row.kind is ObservationKind.TARGET or row.period.first_day <= as_of
    ]


def _without(kind: ObservationKind, portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    for indicator in portfolio.indicators.values():
        if indicator.kind is not IndicatorKind.CONTEXT and not known_values(portfolio, indicator, as_of, kind):
            yield f"indicators/{indicator.id}", {"indicator": indicator}


def _is_overdue(latest: Period, indicator: Indicator, as_of: Day) -> bool:
    months = (indicator.frequency or _USUAL_FREQUENCY) + (indicator.delay or 0)
    return latest.last_day is not None and has_passed(months, latest.last_day, as_of)


def _since(latest: Period | None) -> dict[Lang, str]:
    if latest is None:
        return {"fr": "n’a encore aucune valeur", "en": "has no value yet"}
    fr, en = said(latest, "fr"), said(latest, "en")
    return {"fr": f"n’a pas de valeur depuis {fr}", "en": f"has had no value since {en}"}
