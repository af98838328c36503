"""
Selection: the values that a number is computed from. One query, one selection.

Every computation about an indicator uses it, so that no two results come from different values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve, frozen

from levier.compute._types import asked, by_type
from levier.compute.coverage import Coverage
from levier.compute.findings import Finding, Severity
from levier.compute.indicators.aggregation import Aggregate, as_aggregation, makes_up
from levier.compute.indicators.candidates import Query
from levier.compute.indicators.chain import candidates_for, rolled
from levier.compute.indicators.comparable import Comparable
from levier.compute.indicators.points import part_of
from levier.compute.indicators.rollup import Rolled
from levier.compute.indicators.rulesets import (
    NO_CUTOFFS,
    Horizon,
    Ruleset,
    RulesetDifference,
    horizon_of,
)
from levier.compute.indicators.series import (
    ExcludedObservation,
    Point,
    baseline_among,
    target_among,
)
from levier.compute.statements.known import known
from levier.errors import WrongLevelError
from levier.errors.final import final
from levier.model.dimensions import BreakdownLike
from levier.model.indicators import Aggregation, Indicator, RollUp
from levier.model.observations import ObservationKind
from levier.model.periods import DayLike, Period, PeriodLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.territories import NATION, Territory, TerritoryLevel
from levier.wording.messages import message, message_in
from levier.wording.reasons import MissingReason
from levier.wording.said import Said
from levier.wording.values import Number

__all__ = [
    "ObservationSelection",
    "actual_months",
    "aggregate_of",
    "last_periods",
    "points_of",
    "select_observations",
    "select_year",
    "territory_of",
]

_ACTUAL, _BASELINE, _TARGET = ObservationKind.ACTUAL, ObservationKind.BASELINE, ObservationKind.TARGET


@final
@frozen(kw_only=True, field_transformer=by_type)
class ObservationSelection:
    """
    The values that a query selects: baseline, actual value and target, and what was left out, with the reason.

    *previous* is the actual value before the year, in a query by year; *actuals* are all actual values, oldest first.
    *differences* are the rules by which the two rulesets may differ for this query.

    >>> ObservationSelection().values
    (None, None, None)
    """

    baseline: Point | None = None
    actual: Point | None = None
    target: Point | None = None
    previous: Point | None = None
    actuals: tuple[Any, ...] = ()
    left_out: tuple[ExcludedObservation, ...] = ()
    findings: tuple[Finding, ...] = ()
    differences: tuple[RulesetDifference, ...] = ()

    @property
    def values(self) -> tuple[Point | None, Point | None, Point | None]:
        """The three values that a progress is computed from."""
        return self.baseline, self.actual, self.target


def territory_of(portfolio: Portfolio, territory_id: str) -> Territory:
    """Return a territory of the portfolio; the nation even where the portfolio does not list it."""
    found: Territory | None = portfolio.territories.get(territory_id)
    if found is None and territory_id == NATION:
        return Territory(id=NATION, label="France")
    return found or portfolio.territories[territory_id]


def select_observations(
    portfolio: Portfolio, indicator: Indicator, territory: Territory, query: Query
) -> ObservationSelection:
    """
    Return the baseline, the actual value and the target of one indicator in one territory.

    In the strict ruleset, rolled-up values cover the territories that have all three values, and only those.
    """
    held, rule = candidates_for(portfolio, indicator, territory, query), query.comparable
    points = held.actuals()
    month = points[-1].period.last_month if points else None
    goal, two = held.target(query.horizon, query.year(month))
    picks = (held.baseline(), held.actual(month), goal)
    places = held.shared(*picks)
    actual = held.point(picks[1], places) if rule is None else held.comparable(rule, places)
    return ObservationSelection(
        baseline=held.point(picks[0], places),
        actual=actual,
        target=held.point(goal, places),
        actuals=tuple(points),
        left_out=tuple(held.left_out(query.horizon, points, picks, places)),
        findings=() if two is None else (_two_targets(*two, indicator),),
        differences=(*held.differences(), *(actual.differences if isinstance(actual, Comparable) else ())),
    )


def select_year(
    portfolio: Portfolio, indicator: Indicator, territory: Territory, query: Query, year: int
) -> ObservationSelection:
    """
    Return the last actual value of a calendar year with that year's target, and the last actual value before the year.

    They are selected as in `select_observations`, from values of the same territories.
    """
    held = candidates_for(portfolio, indicator, territory, query)
    points = held.actuals()
    months = [point.period.last_month for point in points]
    of_year = [month for month in months if month // 12 == year]
    earlier = [month for month in months if month // 12 < year]
    picks = (
        held.actual(earlier[-1] if earlier else None),
        held.actual(of_year[-1] if of_year else None),
        held.target(Horizon.YEAR, year)[0],
    )
    places = held.shared(*picks)
    before, now, goal = (held.point(pick, places) for pick in picks)
    left = held.left_out(Horizon.YEAR, points, picks, places)
    left_out = tuple(one for one in left if one.observation.period.last_month // 12 == year)
    actuals = tuple(point for point in points if point.period.last_month // 12 == year)
    return ObservationSelection(actual=now, target=goal, previous=before, actuals=actuals, left_out=left_out)


def actual_months(portfolio: Portfolio, indicator: Indicator, territory: Territory, query: Query) -> tuple[int, ...]:
    """Return the months in which an indicator has an actual value in a territory, oldest first."""
    return tuple(point.period.last_month for point in candidates_for(portfolio, indicator, territory, query).actuals())


def points_of(
    portfolio: Portfolio, indicator: Indicator, territory: Territory, query: Query, kind: ObservationKind
) -> tuple[Any, ...]:
    """Return every value of a kind in a territory, oldest first: one a month, as recorded or rolled up."""
    return tuple(candidates_for(portfolio, indicator, territory, query).of_kind(kind))


def last_periods(
    portfolio: Portfolio, indicator: Indicator, territory: Territory, query: Query
) -> tuple[Period | None, Mapping[str, Period]]:
    """Return the period of the last actual value, and that of each territory below where values are rolled up."""
    held = candidates_for(portfolio, indicator, territory, query)
    points, below = held.actuals(), held.computed(_ACTUAL)
    parts: dict[str, Any] = {} if below is None else below.last(_ACTUAL).known
    return points[-1].period if points else None, {place: row.period for place, row in parts.items()}


def _value(point: Any, indicator: Indicator) -> Said:
    if point.value is None:
        return message_in("of a target", "no value")
    return Number.trimmed(point.value, indicator.unit, indicator.decimals)


def _two_targets(typed: Any, computed: Any, indicator: Indicator) -> Finding:
    found = message(
        "two targets at this level: {entered} entered, {computed} computed ({how})",
        entered=_value(typed, indicator),
        computed=_value(computed, indicator),
        how=computed.message,
    )
    mend = message("ask the owner which one to keep")
    return Finding(
        rule="two-targets",
        severity=Severity.WARNING,
        subject=f"indicators/{typed.indicator_id}/{typed.territory_id}",
        message=found,
        remedy=mend,
    )


@asked
def aggregate_of(  # noqa: PLR0913  # each is an option
    portfolio: Portfolio,
    indicator_id: str,
    territory_id: str = NATION,
    *,
    as_of: DayLike,
    by: Aggregation | str | None = None,
    kind: ObservationKind | str = ObservationKind.ACTUAL,
    month: PeriodLike | None = None,
    from_level: TerritoryLevel | str | None = None,
    carry_forward_months: int | None = None,
    weight_id: str | None = None,
    numerator_id: str | None = None,
    ruleset: Ruleset | str = Ruleset.STRICT,
    breakdown: BreakdownLike = (),
) -> Aggregate:
    """
    Return one value for a territory from those of *from_level* below it, with its coverage.

    *by* is the rule, the indicator's own for the level and the kind where `None`; *month* is the month of the value.
    Where *month* is `None`, the value is the one that progress uses: the last actual value, the baseline or the target
    of every territory that has one.
    The strict ruleset carries a value forward for *carry_forward_months* months; PILOTE adds up one month only.
    *from_level* is the level whose values are aggregated. Where an option is `None`, the indicator's roll-up for the
    level says it, or else the default of `RollUp`.
    *weight_id* and *numerator_id* are as in `RollUp`.
    *breakdown* asks about a part of the whole, such as `{"sex": "F"}`, whose own values are then used.

    Raises:
        UnknownItemError: For an indicator, a territory, a dimension or a code that the portfolio does not hold.
        UnknownAggregationError: For a rule that is not known, or an indicator that has none.
        WrongLevelError: If the territory is not above *from_level*, or *from_level* does not make it up: mainland
            France is only a part of the nation, and intercommunalities cross departments.

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
    wanted = ObservationKind(kind)
    options: dict[str, Any] = {
        "from_level": None if from_level is None else TerritoryLevel(from_level),
        "carry_forward_months": carry_forward_months,
        "weight_id": weight_id,
        "numerator_id": numerator_id,
    }
    given = {name: value for name, value in options.items() if value is not None}
    own = () if by is not None else (one for one in indicator.roll_ups if one.level in {place.level, None})
    stated = max(own, key=lambda one: one.level is not None, default=None)
    found_rule = (indicator.aggregation if by is None else by) if stated is None else stated.rule(wanted)
    rule = as_aggregation(found_rule, indicator.id, place.id)
    level = given.get("from_level", TerritoryLevel.DEPARTMENT if stated is None else stated.from_level)
    levels = list(TerritoryLevel)
    when = "" if month is None else str(month)
    if levels.index(place.level) >= levels.index(level):
        raise WrongLevelError(indicator.id, place.id, str(place.level), f"a level above {level.en}", when)
    if not makes_up(level, place):
        raise WrongLevelError(indicator.id, place.id, str(place.level), f"one that the level {level.en} makes up", when)
    rules = evolve(stated or RollUp(baseline=rule, actual=rule, target=rule), level=place.level, **given)
    others = () if stated is None else (one for one in indicator.roll_ups if one is not stated)
    query = Query(
        as_of=parse_day(as_of),
        ruleset=Ruleset(ruleset),
        roll_ups=(rules, *others),
        breakdown=part_of(portfolio, breakdown),
    )
    below = rolled(portfolio, indicator, place, rules, query)
    if month is None:
        found = _whole(below, wanted, query, portfolio, indicator)
    else:
        found = below.made(below.as_of_month(wanted, Period(month).last_month))
    if found is None:
        missing = below.leaves if month is None else below.leaves_in(Period(month).last_month)
        coverage = Coverage(missing=missing).named(below.names)
        return Aggregate(kind=rule, reason=MissingReason.NO_REPORT, coverage=coverage)
    return found if month is None else evolve(found, period=Period(month))


def _whole(
    below: Rolled, kind: ObservationKind, query: Query, portfolio: Portfolio, indicator: Indicator
) -> Aggregate | None:
    """Return the value that progress uses, aggregated from every territory that has a part in it."""
    if kind is _ACTUAL or below.ruleset is Ruleset.PILOTE:
        points, limits = below.points(kind), NO_CUTOFFS.limits(query.ruleset, horizon_of(portfolio, indicator))
        if kind is _BASELINE:
            return baseline_among(points, limits, portfolio.sources)
        if kind is _TARGET:
            return target_among(points, limits, Horizon.FINAL, 0)
        return points[-1] if points else None
    if kind is _BASELINE:
        return below.made(below.baselines())
    return below.made(below.targets(Horizon.FINAL, 0)) if kind is _TARGET else None
