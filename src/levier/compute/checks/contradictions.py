"""Rules on series that contradict themselves: two values of one month, a target before its baseline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from levier.compute.checks.indicators import series_by_indicator, territory_name
from levier.compute.checks.rules import Found, first_few, worded
from levier.compute.findings import Severity
from levier.compute.indicators.choices import Exclusion, held_point
from levier.compute.indicators.likeness import is_reversed
from levier.compute.indicators.progress import Progress
from levier.model.indicators import Indicator
from levier.model.observations import Observation
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.wording.messages import Listing, Message, message
from levier.wording.values import Name, Number

__all__ = ["month_disputed", "target_before_baseline"]


@worded(
    "month-disputed", Severity.WARNING, remedy=message("Date the documents or the recordings, or keep one of them.")
)
def month_disputed(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find the indicators of which documents state several values of a month, and nothing tells which holds."""
    for indicator, lines in series_by_indicator(portfolio, as_of):
        left_out = (one for line in lines for one in line.left_out)
        rows = tuple(dict.fromkeys(one.observation for one in left_out if one.because is Exclusion.DISPUTED))
        if rows:
            named = Name.of(indicator)
            yield (
                f"indicators/{indicator.id}",
                message(
                    "Documents contradict each other on the indicator '{indicator}': {values}.",
                    indicator=named,
                    values=_stated(portfolio, indicator, rows),
                ),
            )


@worded(
    "target-before-baseline",
    Severity.WARNING,
    remedy=message("Correct one of the two dates: a target comes after its baseline."),
)
def target_before_baseline(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find the indicators whose target is dated before the baseline it would be measured from."""
    for indicator, lines in series_by_indicator(portfolio, as_of):
        reversed_ = [line for line in lines if is_reversed(line.baseline, line.target)]
        if reversed_:
            named = Name.of(indicator)
            yield (
                f"indicators/{indicator.id}",
                message(
                    "The target of the indicator '{indicator}' is dated before its baseline: {dates}.",
                    indicator=named,
                    dates=first_few(map(_both_dates, reversed_)),
                ),
            )


def _stated(portfolio: Portfolio, indicator: Indicator, rows: Iterable[Observation]) -> Listing:
    return first_few(_statement(portfolio, indicator, row) for row in rows)


def _statement(portfolio: Portfolio, indicator: Indicator, row: Observation) -> Message:
    return message(
        "{place}, {kind} {value}",
        place=Name.of(portfolio.territories[row.territory_id]),
        kind=row.kind,
        value=_value(portfolio, indicator, row),
    )


def _value(portfolio: Portfolio, indicator: Indicator, row: Observation) -> Message:
    """Return a value with its date and its document; of one that is missing, why."""
    value = row.state if row.value is None else Number(row.value, indicator.unit, indicator.decimals)
    if row.source_id is None:
        return message("{value} ({period}, unsourced)", value=value, period=row.period)
    source = portfolio.sources[row.source_id]
    return message("{value} ({period}, {source})", value=value, period=row.period, source=Name.of(source))


def _both_dates(line: Progress) -> Message:
    return message(
        "{place}, target {target}, baseline {baseline}",
        place=territory_name(line),
        target=held_point(line.target).period,
        baseline=held_point(line.baseline).period,
    )
