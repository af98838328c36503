"""
Rules on series: changed definitions, duplicate statements, wrong order of dates, values off the scale of their unit.

A share from 0 to 1 typed into a series of percentages is wrong by a factor of a hundred, and no formula notices. It
shows between two neighbours in time: where one value is between 10^1.5 and 10^2.5 times the other, the factor is nearer
to a hundred than to any other power of ten, and no series whose steps are less than √10 has such a factor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import groupby, pairwise
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeAlias

from levier.compute.checks.indicators import series_by_indicator, territory_name, values_by_indicator
from levier.compute.checks.rules import Found, RuleSet, first_few, rule
from levier.compute.findings import Severity
from levier.compute.indicators.points import code_names, is_reversed
from levier.compute.indicators.progress import Progress
from levier.compute.indicators.select import territory_of
from levier.compute.indicators.series import Exclusion, held_point
from levier.model.indicators import Indicator
from levier.model.observations import Observation, ObservationKind
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.quantities import COUNT, DAYS, MARK_OUT_OF_10, MONTHS, PERCENT, SHARE, Unit
from levier.model.territories import TerritoryLevel
from levier.wording.messages import Listing, Message, clauses, items, message
from levier.wording.said import Said, Value
from levier.wording.values import Name, Number

__all__ = [
    "definition_break_crossed",
    "month_disputed",
    "target_before_baseline",
    "value_off_scale",
    "value_out_of_range",
]

_LEVELS = tuple(TerritoryLevel)

_Pair: TypeAlias = tuple[Observation, Observation]

_series = attrgetter("territory_id", "breakdown")
_OBSERVED = (ObservationKind.BASELINE, ObservationKind.ACTUAL)
_PARTS_OF_A_WHOLE = (PERCENT, SHARE)
_RANGES: Mapping[Unit, tuple[int, int | None]] = MappingProxyType(
    {COUNT: (0, None), DAYS: (0, None), MARK_OUT_OF_10: (0, 10), MONTHS: (0, None), PERCENT: (0, 100), SHARE: (0, 1)}
)
"""The lowest and highest value of each unit; points, ratios and euros have no range."""
_ANY_RATE = (PERCENT, DAYS, MONTHS)
"""Units whose actual values may leave the range: a rate may exceed 100 %, and an early event has negative days."""

_DIGITS_OF_A_HUNDRED = Decimal(100).adjusted()


@rule(
    "definition-break-crossed",
    Severity.WARNING,
    RuleSet.INDICATOR,
    remedy=message("Restate the earlier values under the new definition, or start from a new baseline."),
)
def definition_break_crossed(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """
    Find indicators whose progress would compare values of two definitions.

    The values are those that `progress_of` selects on the day; two of them, such as a value and its target, suffice.
    Disputed values are ignored.
    """
    for indicator, lines in series_by_indicator(portfolio, as_of):
        broken = sorted(filter(_crosses_a_break, lines), key=partial(_rank, portfolio))
        if broken:
            yield f"indicators/{indicator.id}", _said(indicator, broken[0], len(broken) - 1)


@rule(
    "month-disputed",
    Severity.WARNING,
    RuleSet.INDICATOR,
    remedy=message("Date the documents or the recordings, or keep one of them."),
)
def month_disputed(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find indicators with contradictory values for one month, none of which prevails."""
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


@rule(
    "target-before-baseline",
    Severity.WARNING,
    RuleSet.INDICATOR,
    remedy=message("Correct one of the two dates: a target comes after its baseline."),
)
def target_before_baseline(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find indicators whose target is dated before its baseline."""
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


@rule(
    "value-off-scale",
    Severity.WARNING,
    RuleSet.CONSISTENCY,
    remedy=message("Check the unit of these values: a share is written from 0 to 1, a percentage from 0 to 100."),
)
def value_off_scale(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """
    Find series in which a value is about a hundred times its neighbour in time, or a percentage is off its scale.

    About a hundred times means between 10^1.5 and 10^2.5 times, up or down; in percent also more than 10^0.5 times and
    above 100. Actual values are compared with each other and planned ones with each other, because a target may well be
    a hundred times its baseline; in percent and in shares, which have one scale, all are compared. Zeros, and values of
    two definitions, are not compared.
    """
    for indicator, rows in values_by_indicator(portfolio, as_of):
        for (place, part), series in groupby(rows, key=_series):
            if jumps := list(_jumps(indicator, series)):
                at = items(Name.of(portfolio.territories[place]), *code_names(portfolio, part))
                yield (
                    f"indicators/{indicator.id}/{place}",
                    message(
                        "The indicator '{indicator}' changes scale from one value to the next ({place}): {jumps}.",
                        indicator=Name.of(indicator),
                        place=at,
                        jumps=_points(indicator, jumps),
                    ),
                )


@rule(
    "value-out-of-range",
    Severity.WARNING,
    RuleSet.CONSISTENCY,
    remedy=message("Correct the value, or the unit of the indicator."),
)
def value_out_of_range(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """
    Find values outside the range of their unit: a target of 120 %, a share of 2, a negative count.

    Of percentages, days and months only planned values are checked: a rate may exceed 100 %, and an early event may
    count in negative days.
    """
    for indicator, values in values_by_indicator(portfolio, as_of):
        outside = [row for row in values if _is_outside(row, indicator.unit)]
        for (place, part), rows in groupby(outside, key=_series):
            at = items(Name.of(portfolio.territories[place]), *code_names(portfolio, part))
            yield (
                f"indicators/{indicator.id}/{place}",
                message(
                    "The indicator '{indicator}' has values outside the range of its unit ({place}): {values}.",
                    indicator=Name.of(indicator),
                    place=at,
                    values=clauses(*(_point(indicator, row) for row in rows)),
                ),
            )


def _rank(portfolio: Portfolio, found: Progress) -> tuple[int, str]:
    """Return the sort key of territories, the highest level first."""
    return _LEVELS.index(territory_of(portfolio, found.territory_id).level), found.territory_id


def _used(found: Progress) -> list[tuple[ObservationKind, Any]]:
    points = zip(ObservationKind, (found.baseline, found.actual, found.target), strict=False)
    return [(kind, point) for kind, point in points if point is not None and point.value is not None]


def _crosses_a_break(found: Progress) -> bool:
    """Return whether the values used have several definitions; a value rolled up over several has version 0."""
    versions = {point.definition for _, point in _used(found)}
    return len(versions) > 1 or 0 in versions


def _said(indicator: Indicator, found: Progress, others: int) -> Said:
    points = clauses(*(_version(kind, point) for kind, point in _used(found)))
    changed = message(
        "The indicator '{indicator}' changes definition between the values compared ({place}): {points}.",
        indicator=Name.of(indicator),
        place=territory_name(found),
        points=points,
    )
    if not others:
        return changed
    return message("{finding} Other territories in this case: {n}.", finding=changed, n=others)


def _version(kind: ObservationKind, point: Any) -> Message:
    if not point.definition:
        return message("{kind} {period} (several versions)", kind=kind, period=point.period)
    return message("{kind} {period} (version {n})", kind=kind, period=point.period, n=point.definition)


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
    """Return a value with its date and its document; for a missing value, the reason."""
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


def _jumps(indicator: Indicator, rows: Iterable[Observation]) -> Iterator[_Pair]:
    known = sorted((row for row in rows if row.value), key=lambda row: (row.period.last_month, row.period.text))
    together = indicator.unit in _PARTS_OF_A_WHOLE
    groups: dict[tuple[int, bool], list[Observation]] = {}
    for row in known:
        groups.setdefault((row.definition, together or row.kind in _OBSERVED), []).append(row)
    for group in groups.values():
        yield from ((one, other) for one, other in pairwise(group) if _is_jump(one, other, indicator.unit))


def _is_jump(one: Observation, other: Observation, unit: Unit) -> bool:
    numbers = (one.value or Decimal(1), other.value or Decimal(1))
    digits = numbers[0].adjusted()
    if digits == numbers[1].adjusted() and (unit != PERCENT or digits < _DIGITS_OF_A_HUNDRED):
        return False  # less than ten times; said first, because nearly all neighbours are so
    low, high = sorted(abs(Fraction(number)) for number in numbers)
    squared = (high / low) ** 2  # compared in squares, because the bounds are powers of √10
    leaves_scale = unit == PERCENT and low <= 100 < high and squared > 10  # noqa: PLR2004  # as the docstring says
    return leaves_scale or 10**3 < squared < 10**5


def _is_outside(row: Observation, unit: Unit) -> bool:
    if unit not in _RANGES or row.value is None or (unit in _ANY_RATE and row.kind in _OBSERVED):
        return False
    least, most = _RANGES[unit]
    return row.value < least or (most is not None and row.value > most)


def _points(indicator: Indicator, jumps: Iterable[_Pair]) -> Listing:
    """Return values with their dates, compared pairs side by side."""
    pairs = ((_point(indicator, one), _point(indicator, other)) for one, other in jumps)
    return clauses(*(message("{before} → {after}", before=one, after=other) for one, other in pairs))


def _point(indicator: Indicator, row: Observation) -> Message:
    value: Value = "" if row.value is None else Number(row.value, indicator.unit, indicator.decimals)
    return message("{kind} {value} ({period})", kind=row.kind, value=value, period=row.period)
