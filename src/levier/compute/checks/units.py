"""
Rules on units: values on two scales in one series, values that their unit does not have, effects in another unit.

A share from 0 to 1 typed into a series of percentages is a slip of two powers of ten, and hides from every formula.
It shows between two neighbours in time: where one value is between 10^1.5 and 10^2.5 times the other, the factor is
nearer to a hundred than to any other power of ten, and no series whose steps are less than √10 has such a factor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import TypeAlias

from levier.compute.checks.indicators import known_values
from levier.compute.checks.rules import Found, worded
from levier.compute.findings import Severity
from levier.model.indicators import Indicator
from levier.model.levers import Lever
from levier.model.observations import Observation, ObservationKind
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.quantities import COUNT, DAYS, MARK_OUT_OF_10, MONTHS, PERCENT, POINTS, SHARE, Unit
from levier.wording.messages import Listing, Message, clauses, message
from levier.wording.said import Value
from levier.wording.values import Name, Number

__all__ = ["effect_in_another_unit", "value_off_scale", "value_out_of_range"]

_Pair: TypeAlias = tuple[Observation, Observation]

_OBSERVED = (ObservationKind.BASELINE, ObservationKind.ACTUAL)
_PARTS_OF_A_WHOLE = (PERCENT, SHARE)
_RANGES: Mapping[Unit, tuple[int, int | None]] = MappingProxyType(
    {COUNT: (0, None), DAYS: (0, None), MARK_OUT_OF_10: (0, 10), MONTHS: (0, None), PERCENT: (0, 100), SHARE: (0, 1)}
)
"""From what to what a unit runs, where it has a range; points, ratios and euros have none."""
_ANY_RATE = (PERCENT, DAYS, MONTHS)
"""Units of which an observed value may lie outside: 100 % is no bound of a rate, and what came early came in days."""


@worded(
    "value-off-scale",
    Severity.WARNING,
    remedy=message("Check the unit of these values: a share is written from 0 to 1, a percentage from 0 to 100."),
)
def value_off_scale(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """
    Find the series in which a value is about a hundred times its neighbour in time, or a percentage leaves its scale.

    About a hundred times means between 10^1.5 and 10^2.5 times, up or down; in percent also more than 10^0.5 times and
    past 100. Observed values are compared with each other and planned ones with each other, because a target may well
    be a hundred times its baseline; in percent and in shares, which have one scale, all are.
    Zeros, and values of two definitions, are not compared.
    """
    for indicator in portfolio.indicators.values():
        rows = known_values(portfolio, indicator, as_of)
        for place, series in groupby(rows, key=lambda row: row.territory_id):
            if jumps := list(_jumps(indicator, series)):
                at = Name.of(portfolio.territories[place])
                yield (
                    f"indicators/{indicator.id}/{place}",
                    message(
                        "The indicator '{indicator}' changes scale from one value to the next ({place}): {jumps}.",
                        indicator=Name.of(indicator),
                        place=at,
                        jumps=_points(indicator, jumps),
                    ),
                )


@worded("value-out-of-range", Severity.WARNING, remedy=message("Correct the value, or the unit of the indicator."))
def value_out_of_range(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """
    Find the values that lie outside the range of their unit: a target of 120 %, a share of 2, a count below zero.

    Of percentages, days and months only what is planned is judged: a rate may pass 100 %, and what came early may count
    in negative days.
    """
    for indicator in portfolio.indicators.values():
        outside = [row for row in known_values(portfolio, indicator, as_of) if _is_outside(row, indicator.unit)]
        for place, rows in groupby(outside, key=lambda row: row.territory_id):
            at, values = Name.of(portfolio.territories[place]), clauses(*(_point(indicator, row) for row in rows))
            yield (
                f"indicators/{indicator.id}/{place}",
                message(
                    "The indicator '{indicator}' has values outside the range of its unit ({place}): {values}.",
                    indicator=Name.of(indicator),
                    place=at,
                    values=values,
                ),
            )


@worded(
    "effect-in-another-unit",
    Severity.WARNING,
    remedy=message("State the effect in the unit of the indicator, in points for a percentage."),
)
def effect_in_another_unit(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find the effects of levers whose size is stated in another unit than their indicator's."""
    for lever in portfolio.levers.values():
        for effect in lever.effects:
            indicator = portfolio.indicators[effect.indicator_id]
            if effect.size is not None and not _fits(effect.size.unit, indicator.unit):
                yield f"levers/{lever.id}/effects/{indicator.id}", _other_unit(lever, indicator, effect.size.unit)


def _other_unit(lever: Lever, indicator: Indicator, found: Unit) -> Message:
    return message(
        "The effect of the lever '{lever}' on '{indicator}' is stated in '{found}', the indicator in '{unit}'.",
        lever=Name.of(lever),
        indicator=Name.of(indicator),
        found=found,
        unit=indicator.unit,
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
    low, high = sorted(abs(Fraction(row.value or 1)) for row in (one, other))
    squared = (high / low) ** 2  # compared in squares, because the bounds are powers of √10
    leaves_scale = unit == PERCENT and low <= 100 < high and squared > 10  # noqa: PLR2004  # as the docstring says
    return leaves_scale or 10**3 < squared < 10**5


def _is_outside(row: Observation, unit: Unit) -> bool:
    if unit not in _RANGES or row.value is None or (unit in _ANY_RATE and row.kind in _OBSERVED):
        return False
    least, most = _RANGES[unit]
    return row.value < least or (most is not None and row.value > most)


def _fits(size: Unit, unit: Unit) -> bool:
    return size == unit or (unit == PERCENT and size == POINTS)


def _points(indicator: Indicator, jumps: Iterable[_Pair]) -> Listing:
    """Return values with their dates, those that were compared side by side."""
    pairs = ((_point(indicator, one), _point(indicator, other)) for one, other in jumps)
    return clauses(*(message("{before} → {after}", before=one, after=other) for one, other in pairs))


def _point(indicator: Indicator, row: Observation) -> Message:
    value: Value = "" if row.value is None else Number(row.value, indicator.unit, indicator.decimals)
    return message("{kind} {value} ({period})", kind=row.kind, value=value, period=row.period)
