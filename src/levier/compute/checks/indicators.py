"""Rules on indicators: a baseline, a target, and a recent value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from levier._remembering import Remembering
from levier.compute.checks.rules import Found, RuleSet, first_few, rule
from levier.compute.findings import Severity
from levier.compute.indicators.freshness import is_overdue
from levier.compute.indicators.points import coverage_of
from levier.compute.indicators.progress import Progress, progress_table
from levier.compute.indicators.series import held_point
from levier.model.indicators import Indicator, IndicatorKind
from levier.model.observations import Observation, ObservationKind
from levier.model.periods import Day, Precision
from levier.model.portfolio import Portfolio
from levier.wording.messages import Message, message
from levier.wording.values import Name

__all__ = [
    "indicator_without_baseline",
    "indicator_without_recent_value",
    "indicator_without_target",
    "series_by_indicator",
    "territory_name",
    "values_by_indicator",
]

_USUAL_FREQUENCY = 12
_BREAKDOWN = attrgetter("breakdown")
_PLAIN = (Precision.YEAR, Precision.MONTH)
"""What follows "since" without an article, in French."""


@rule(
    "indicator-without-baseline",
    Severity.NOTE,
    RuleSet.INDICATOR,
    remedy=message("Add an observation of the kind 'baseline'."),
)
def indicator_without_baseline(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """
    Find indicators without a baseline in any territory, hence without progress.

    Context indicators need none, nor do those that are kept to a target.
    """
    for indicator in _without("baseline", portfolio, as_of):
        if indicator.direction is not None and indicator.direction.is_kept:
            continue
        yield (
            f"indicators/{indicator.id}",
            message(
                "The indicator '{indicator}' has no baseline: its progress cannot be computed.",
                indicator=Name.of(indicator),
            ),
        )


@rule(
    "indicator-without-target",
    Severity.WARNING,
    RuleSet.INDICATOR,
    remedy=message("Add an observation of the kind 'target'."),
)
def indicator_without_target(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find indicators without a target that counts in any territory; context indicators need none."""
    for indicator in _without("target", portfolio, as_of):
        yield (
            f"indicators/{indicator.id}",
            message("The indicator '{indicator}' has no target.", indicator=Name.of(indicator)),
        )


@rule(
    "indicator-without-recent-value",
    Severity.WARNING,
    RuleSet.INDICATOR,
    RuleSet.LATENESS,
    remedy=message("Add the latest actual value, or state why there is none."),
)
def indicator_without_recent_value(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """
    Find the indicators and territories whose next value is overdue.

    Freshness decides, by the periodicity, one year where it is unknown, and the lag, none where it is unknown. A
    rolled-up value is as old as its parts, so each of the parts is judged instead.

    >>> plan = Portfolio.of(Indicator(id="waiting-time", label="Waiting time", unit="days"))
    >>> [str(finding) for finding in indicator_without_recent_value(plan, Day(2019, 6, 14))]
    ["The indicator 'Waiting time' has no value yet."]
    """
    for indicator, lines in series_by_indicator(portfolio, as_of):
        typed = [line for line in lines if line.actual is not None and coverage_of(line.actual) is None]
        late = sorted(
            (line for line in typed if _is_overdue(line, as_of)), key=lambda line: held_point(line.actual).period
        )
        if late or not typed:
            yield f"indicators/{indicator.id}", _late(Name.of(indicator), late, everywhere=len(late) == len(typed))


def values_by_indicator(portfolio: Portfolio, as_of: Day) -> Iterator[tuple[Indicator, Sequence[Observation]]]:
    """
    Yield every indicator with all its values, in any territory: targets, and other values whose period has begun.

    The values of the whole come first, then those of each breakdown; each in the order of territories.

    >>> list(values_by_indicator(Portfolio(), Day(2019, 6, 14)))
    []
    """
    values = _values(portfolio, as_of)  # computed once, because several rules need them
    for indicator in portfolio.indicators.values():
        yield indicator, values.get(indicator.id, ())


def _known_values(portfolio: Portfolio, as_of: Day) -> Mapping[str, Sequence[Observation]]:
    found: dict[str, list[Observation]] = defaultdict(list)
    for row in portfolio.observations.rows:
        if row.value is not None and (row.kind is ObservationKind.TARGET or row.period.starts_by(as_of)):
            found[row.indicator_id].append(row)
    if portfolio.observations.breakdowns:
        for rows in found.values():
            rows.sort(key=_BREAKDOWN)
    return found


_values: Remembering[Portfolio, Day, Mapping[str, Sequence[Observation]]] = Remembering(_known_values)


def series_by_indicator(portfolio: Portfolio, as_of: Day) -> Iterator[tuple[Indicator, list[Progress]]]:
    """
    Yield the progress of every indicator in each territory with a series: the input of the other rules.

    >>> list(series_by_indicator(Portfolio(), Day(2019, 6, 14)))
    []
    """
    lines = _lines(portfolio, as_of)  # computed once, because several rules need them
    for indicator in portfolio.indicators.values():
        yield indicator, lines.get(indicator.id, [])


def _by_indicator(portfolio: Portfolio, as_of: Day) -> Mapping[str, list[Progress]]:
    found: dict[str, list[Progress]] = defaultdict(list)
    for line in progress_table(portfolio, as_of=as_of):
        found[line.indicator_id].append(line)
    return found


_lines: Remembering[Portfolio, Day, Mapping[str, list[Progress]]] = Remembering(_by_indicator)


def territory_name(line: Progress) -> Name:
    """Return the name of the territory of a progress; its identifier where it has no name."""
    return Name(line.territory_id) if line.territory is None else Name.of(line.territory)


def _without(name: str, portfolio: Portfolio, as_of: Day) -> Iterator[Indicator]:
    for indicator, lines in series_by_indicator(portfolio, as_of):
        if indicator.kind is not IndicatorKind.CONTEXT and all(getattr(line, name) is None for line in lines):
            yield indicator


def _is_overdue(line: Progress, as_of: Day) -> bool:
    about = line.about
    periodicity_months, lag_months = (
        (about.periodicity_months, about.lag_months) if isinstance(about, Indicator) else (None, None)
    )
    return is_overdue(
        held_point(line.actual).period,
        periodicity_months=periodicity_months or _USUAL_FREQUENCY,
        lag_months=lag_months or 0,
        as_of=as_of,
    )


def _late(indicator: Name, late: list[Progress], *, everywhere: bool) -> Message:
    """Return since when there is no value; if other territories are up to date, the late ones, oldest value first."""
    if not late:
        return message("The indicator '{indicator}' has no value yet.", indicator=indicator)
    if not everywhere:
        places = first_few(map(_place_since, late))
        return message("The indicator '{indicator}' has no recent value: {places}.", indicator=indicator, places=places)
    latest = held_point(late[-1].actual).period
    if latest.precision is Precision.DAY:
        day = latest.known_by
        return message("The indicator '{indicator}' has had no value since {day}.", indicator=indicator, day=day)
    if latest.precision in _PLAIN:
        return message(
            "The indicator '{indicator}' has had no value since {period}.", indicator=indicator, period=latest
        )
    return message(
        "The indicator '{indicator}' has no recent value (latest: {period}).", indicator=indicator, period=latest
    )


def _place_since(line: Progress) -> Message:
    place, latest = territory_name(line), held_point(line.actual).period
    if latest.precision is Precision.DAY:
        return message("{place} (since {day})", place=place, day=latest.known_by)
    if latest.precision in _PLAIN:
        return message("{place} (since {period})", place=place, period=latest)
    return message("{place} (latest: {period})", place=place, period=latest)
