"""Rules on breakdowns: a total beside the sum of its parts."""

from __future__ import annotations

from collections.abc import Iterator

from levier.compute.checks.rules import Found, RuleSet, first_few, rule
from levier.compute.findings import Severity
from levier.compute.indicators.breakdowns import (
    Asked,
    DimensionBreakdown,
    DimensionValues,
    divisions,
    is_additive,
)
from levier.compute.indicators.candidates import Query
from levier.compute.indicators.series import held_point
from levier.model.indicators import Indicator
from levier.model.observations import ObservationKind
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.territories import Territory
from levier.wording.messages import Message, items, message
from levier.wording.values import Name, Number

__all__ = ["total_differs_from_parts"]


_KINDS = (ObservationKind.BASELINE, ObservationKind.ACTUAL, ObservationKind.TARGET)


@rule(
    "total-differs-from-parts",
    Severity.WARNING,
    RuleSet.CONSISTENCY,
    remedy=message("Check the total and its parts, or do not declare the dimension a partition."),
)
def total_differs_from_parts(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """
    Find totals that differ from the sum of their parts.

    Only values that add up are compared: those of an indicator that is summed over territories, by a dimension whose
    codes form the whole and all have a value of the same period, definition and territories.
    """
    for (indicator_id, place_id), asked in divisions(portfolio).items():
        indicator, place = portfolio.indicators[indicator_id], portfolio.territories[place_id]
        found = (one for part in asked for one in _breakdowns(portfolio, indicator, place, part, as_of))
        if apart := [one for one in found if one.agrees is False]:
            yield (
                f"indicators/{indicator_id}/{place_id}",
                message(
                    "The indicator '{indicator}' has totals that differ from the sum of their parts ({place}): "
                    "{values}.",
                    indicator=Name.of(indicator),
                    place=Name.of(place),
                    values=first_few(map(_apart, apart)),
                ),
            )


def _breakdowns(
    portfolio: Portfolio, indicator: Indicator, place: Territory, asked: Asked, as_of: Day
) -> Iterator[DimensionBreakdown]:
    dimension, within = asked
    query = Query(as_of=as_of, breakdown=within)
    for kind in (one for one in _KINDS if dimension.is_partition and is_additive(indicator, one)):
        values = DimensionValues(portfolio, indicator, dimension, place, query, kind)
        yield from map(values.broken_down, values.months)


def _apart(found: DimensionBreakdown) -> Message:
    total, parts = (Number(held_point(one).value, found.unit, found.decimals) for one in (found.total, found.sum))
    return message(
        "{kind} {period} by {dimension}: {total} in total, {sum} in all parts",
        kind=found.kind,
        period=held_point(found.total).period,
        dimension=items(found.dimension, *found.within),
        total=total,
        sum=parts,
    )
