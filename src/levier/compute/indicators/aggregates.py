"""Aggregates of an indicator: the value of a region or of the nation, made of those of the territories below."""

from __future__ import annotations

from attrs import evolve

from levier.compute.indicators.aggregation import Aggregate, Coverage, as_aggregation
from levier.compute.indicators.choices import NO_CUTOFFS, Horizon, Limits, month_of
from levier.compute.indicators.following import territory_of
from levier.compute.indicators.horizons import horizon_of
from levier.compute.indicators.rollup import CARRY_FORWARD, Rolled, RollUp, rolled
from levier.compute.indicators.rulesets import Ruleset
from levier.compute.indicators.series import baseline_among, target_among
from levier.compute.statements.known import known
from levier.errors import WrongLevelError
from levier.model.indicators import Aggregation
from levier.model.observations import ObservationKind
from levier.model.periods import DayLike, Period, PeriodLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.registry import Registry
from levier.model.sources import Source
from levier.model.territories import NATION, TerritoryLevel
from levier.wording.reasons import MissingReason

__all__ = ["aggregate_of"]


def aggregate_of(  # noqa: PLR0913  # each is a rule of choice
    portfolio: Portfolio,
    indicator_id: str,
    territory_id: str = NATION,
    *,
    as_of: DayLike,
    by: Aggregation | str | None = None,
    kind: ObservationKind | str = ObservationKind.ACTUAL,
    month: PeriodLike | None = None,
    from_level: TerritoryLevel | str = TerritoryLevel.DEPARTMENT,
    carry_forward_months: int = CARRY_FORWARD,
    weight_id: str | None = None,
    numerator_id: str | None = None,
    ruleset: Ruleset | str = Ruleset.STRICT,
) -> Aggregate:
    """
    Return one value for a territory from those of *from_level* below it, with its coverage.

    *by* is the rule, the indicator's own where `None`; *month* the month asked.
    Where *month* is `None` it is the value that progress is computed from: the last actual value, the baseline or the
    target, of every territory that has one.
    The strict ruleset keeps a territory's last value for *carry_forward_months* months, PILOTE adds up one month only.
    *weight_id* and *numerator_id* are as in `RollUp`.

    Raises:
        UnknownItemError: For an indicator or a territory that the portfolio does not hold.
        UnknownAggregationError: For a rule that is not known, or an indicator that has none.
        WrongLevelError: If the territory does not stand above *from_level*.

    >>> from levier import Indicator, Observation, Territory
    >>> visits = Indicator(id="visits", label="Visits", unit="count", aggregation="sum")
    >>> places = [
    ...     Territory(id="R94", label="Corse"),
    ...     *(Territory(id=p, label=p, parent_id="R94") for p in ("2A", "2B")),
    ... ]
    >>> row = Observation(indicator_id="visits", territory_id="2A", period="2019-05", kind="actual", value=3)
    >>> total = aggregate_of(Portfolio.of(visits, row, *places), "visits", "R94", as_of="2019-06-14")
    >>> total.value, total.coverage.missing
    (Decimal('3'), ('2B',))
    """
    portfolio = known(portfolio, as_of)
    indicator, place = portfolio.indicators[indicator_id], territory_of(portfolio, territory_id)
    rule = as_aggregation(indicator.aggregation if by is None else by, indicator.id, place.id)
    level, wanted = TerritoryLevel(from_level), ObservationKind(kind)
    levels = list(TerritoryLevel)
    if levels.index(place.level) >= levels.index(level):
        when = "" if month is None else str(month)
        raise WrongLevelError(indicator.id, place.id, str(place.level), f"a level above {level.en}", when)
    rules = RollUp(
        baseline=rule,
        actual=rule,
        target=rule,
        from_level=level,
        carry_forward_months=carry_forward_months,
        weight_id=weight_id,
        numerator_id=numerator_id,
    )
    below = rolled(portfolio, indicator, place, rules, as_of=parse_day(as_of), ruleset=Ruleset(ruleset))
    if month is None:
        limits = NO_CUTOFFS.limits(below.ruleset, horizon_of(portfolio, indicator))
        found = _last(below, wanted, limits, portfolio.sources)
    else:
        found = below.made(below.as_of_month(wanted, month_of(Period(month))))
    if found is None:
        missing = Coverage(missing=tuple(below.series)).named(below.names)
        return Aggregate(kind=rule, reason=MissingReason.NO_REPORT, coverage=missing)
    return found if month is None else evolve(found, period=Period(month))


def _last(below: Rolled, kind: ObservationKind, limits: Limits, sources: Registry[Source]) -> Aggregate | None:
    """Return the value that a progress is computed from, of every territory that has a part in it."""
    is_strict, points = below.ruleset is Ruleset.STRICT, below.points(kind)
    found: Aggregate | None
    match kind:
        case ObservationKind.BASELINE:
            if is_strict:
                return below.made(below.baselines(limits, sources))
            found = baseline_among(points, limits, sources)
        case ObservationKind.TARGET:
            if is_strict:
                return below.made(below.targets(limits, Horizon.FINAL, 0))
            found = target_among(points, limits, Horizon.FINAL, 0)
        case _:
            found = points[-1] if points else None
    return found
