"""Rules on series that contradict themselves: two values of one month, a target before its baseline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from levier.compute._wording import said
from levier.compute.checks.indicators import series_by_indicator
from levier.compute.checks.rules import Found, first_few, in_both, worded
from levier.compute.findings import Severity
from levier.compute.indicators.choices import Exclusion
from levier.compute.indicators.explanations import point_said
from levier.compute.indicators.likeness import is_reversed
from levier.compute.indicators.progress import Progress
from levier.model.indicators import Indicator
from levier.model.observations import Observation
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.terms import Lang

__all__ = ["month_disputed", "target_before_baseline"]


@worded(
    "month-disputed",
    Severity.WARNING,
    fr="Des documents se contredisent sur l’indicateur « {indicator} » : {values}.",
    en="Documents contradict each other on the indicator '{indicator}': {values}.",
    mend_fr="Dater ces documents ou ces enregistrements, ou n’en garder qu’un.",
    mend_en="Date the documents or the recordings, or keep one of them.",
)
def month_disputed(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find the indicators of which documents state several values of a month, and nothing tells which holds."""
    for indicator, lines in series_by_indicator(portfolio, as_of):
        left_out = (one for line in lines for one in line.left_out)
        rows = tuple(dict.fromkeys(one.observation for one in left_out if one.because is Exclusion.DISPUTED))
        if rows:
            yield f"indicators/{indicator.id}", {"indicator": indicator, "values": _stated(portfolio, indicator, rows)}


@worded(
    "target-before-baseline",
    Severity.WARNING,
    fr="La cible de l’indicateur « {indicator} » est antérieure à sa valeur initiale : {dates}.",
    en="The target of the indicator '{indicator}' is dated before its baseline: {dates}.",
    mend_fr="Corriger l’une des deux dates : une cible suit sa valeur initiale.",
    mend_en="Correct one of the two dates: a target comes after its baseline.",
)
def target_before_baseline(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find the indicators whose target is dated before the baseline it would be measured from."""
    for indicator, lines in series_by_indicator(portfolio, as_of):
        reversed_ = [line for line in lines if is_reversed(line.baseline, line.target)]
        if reversed_:
            yield f"indicators/{indicator.id}", {"indicator": indicator, "dates": _dates(reversed_)}


def _stated(portfolio: Portfolio, indicator: Indicator, rows: Iterable[Observation]) -> Mapping[Lang, str]:
    return in_both(lambda lang: first_few((_statement(portfolio, indicator, row, lang) for row in rows), lang))


def _statement(portfolio: Portfolio, indicator: Indicator, row: Observation, lang: Lang) -> str:
    stated = point_said(row, indicator.unit, lang, portfolio.sources, indicator.decimals)
    return f"{portfolio.territories[row.territory_id].label}, {row.kind.label(lang)} {stated}"


def _dates(lines: Iterable[Progress]) -> Mapping[Lang, str]:
    return in_both(lambda lang: first_few((_both_dates(line, lang) for line in lines), lang))


def _both_dates(line: Progress, lang: Lang) -> str:
    goal, start = (said(point.period, lang) for point in (line.target, line.baseline))
    dates = f"cible {goal}, valeur initiale {start}" if lang == "fr" else f"target {goal}, baseline {start}"
    return f"{said(line.territory, lang)}, {dates}"
