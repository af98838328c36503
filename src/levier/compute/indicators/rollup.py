"""
Rolling up: what the territories below say of an indicator, for the territory above.

PILOTE adds up what is dated in the same month; the strict reading carries the last known value forward within a stated
limit, and gives each territory its own baseline and target.
A baseline or an actual value typed at a level that is computed takes no part; a target typed there stays (strict).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import final

from attrs import field, frozen

from levier.compute.exact import EXACT, HUNDRED
from levier.compute.indicators.aggregation import Aggregate, Coverage, as_aggregation, combined
from levier.compute.indicators.choices import Cutoffs, Exclusion, Horizon, LeftOut, month_of
from levier.compute.indicators.readings import Reading, Reason
from levier.compute.indicators.series import Series, baseline_among, series_of, target_among
from levier.model.indicators import Aggregation, Indicator
from levier.model.observations import Observation, ObservationKind
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.quantities import PERCENT
from levier.model.registry import Registry
from levier.model.territories import Territory, TerritoryLevel

__all__ = ["CARRY_FORWARD", "RollUp", "Rolled", "of_kind", "rolled", "territories_below"]

CARRY_FORWARD = 12
"""For how many months the strict reading carries a value forward, unless told otherwise."""

_WEIGHTED = frozenset({Aggregation.WEIGHTED_MEAN, Aggregation.RATIO_OF_SUMS})


def _rule(found: Aggregation | str | None) -> Aggregation | None:
    return None if found is None else as_aggregation(found)


@final
@frozen(kw_only=True)
class RollUp:
    """
    How values of the territories below make the value of one above, apart for baseline, actual value and target.

    A rule that is `None` leaves what is typed at that level.
    *from_level* is the level that is added up; *carry_forward* the months for which the strict reading keeps a value.
    A weighted mean is weighted by *weight_id*, an indicator, or by population where it is `None`; a ratio of sums
    divides the values of *numerator_id* (the indicator's own where `None`) by those of *weight_id*.

    Raises:
        UnknownAggregationError: For a rule that is not known.

    >>> RollUp(actual="sum").from_level
    <TerritoryLevel.DEPARTMENT: 'department'>
    """

    baseline: Aggregation | None = field(default=None, converter=_rule)
    actual: Aggregation | None = field(default=None, converter=_rule)
    target: Aggregation | None = field(default=None, converter=_rule)
    from_level: TerritoryLevel = field(default=TerritoryLevel.DEPARTMENT, converter=TerritoryLevel)
    carry_forward: int = CARRY_FORWARD
    numerator_id: str | None = None
    weight_id: str | None = None

    @classmethod
    def of(cls, indicator: Indicator) -> RollUp:
        """Return the roll-up that an indicator declares: its one rule for all three."""
        rule = indicator.aggregation
        return cls(baseline=rule, actual=rule, target=rule)

    def rule(self, kind: ObservationKind) -> Aggregation | None:
        """Return the rule for one kind of value."""
        match kind:
            case ObservationKind.BASELINE:
                return self.baseline
            case ObservationKind.TARGET:
                return self.target
            case _:
                return self.actual


def territories_below(portfolio: Portfolio, territory_id: str, level: TerritoryLevel) -> tuple[str, ...]:
    """
    Return the territories of *level* that lie in one, by their codes, whatever parent they name.

    Among municipalities the arrondissements of Paris, Lyon and Marseille stand for a city that is not there; they never
    stand beside it, because they are parts of it.

    >>> places = [Territory(id=code, label=code) for code in ("R11", "75", "75056", "75101", "92012")]
    >>> territories_below(Portfolio.of(*places), "R11", TerritoryLevel.MUNICIPALITY)
    ('75056', '92012')
    """
    held = portfolio.territories
    inside = (place for place in held.values() if territory_id in place.lies_in)
    return tuple(place.id for place in inside if place.level is level or _stands_for_city(place, level, held))


def _stands_for_city(place: Territory, level: TerritoryLevel, held: Registry[Territory]) -> bool:
    is_part = place.level is TerritoryLevel.MUNICIPAL_ARRONDISSEMENT and level is TerritoryLevel.MUNICIPALITY
    return is_part and place.lies_in[0] not in held


@final
@frozen(kw_only=True)
class Rolled:
    """
    What the territories below say: their series, and how to make one value of them.

    >>> Rolled(kind_rules=RollUp(), series={}, weights={}, reading=Reading.STRICT).reports(ObservationKind.ACTUAL)
    False
    """

    kind_rules: RollUp
    series: dict[str, Series]
    weights: dict[str, Callable[[int], Decimal | None]]
    reading: Reading
    scale: Decimal = Decimal(1)
    """By what a ratio of sums is multiplied: 100 for an indicator in percent."""

    def rows(self, kind: ObservationKind) -> dict[str, tuple[Observation, ...]]:
        """Return the observations of one kind, by territory."""
        return {place: of_kind(series, kind) for place, series in self.series.items()}

    def reports(self, kind: ObservationKind) -> bool:
        """Say whether a kind is computed at this level: it has a rule, and some territory below has a value."""
        return self.kind_rules.rule(kind) is not None and any(self.rows(kind).values())

    def points(self, kind: ObservationKind) -> tuple[Aggregate, ...]:
        """Return one value a month in which a territory reports, oldest first."""
        months = sorted({month_of(row.period) for each in self.rows(kind).values() for row in each})
        made = (self.at(kind, month) for month in months)
        return tuple(point for point in made if point is not None)

    def at(self, kind: ObservationKind, month: int) -> Aggregate | None:
        """Return the value of one month; `None` where no territory has one, carried forward or not."""
        carried = 0 if self.reading is Reading.PILOTE else self.kind_rules.carry_forward
        return self._of_each(kind, {place: _last(each, month, carried) for place, each in self.rows(kind).items()})

    def baseline(self, cutoffs: Cutoffs) -> Aggregate | None:
        """Return the baseline: of each territory's own (strict), or the one chosen among the months' (PILOTE)."""
        kind = ObservationKind.BASELINE
        if self.reading is Reading.PILOTE:
            return baseline_among(self.points(kind), cutoffs)[0]
        return self._of_each(kind, {place: baseline_among(rows, cutoffs)[0] for place, rows in self.rows(kind).items()})

    def target(self, cutoffs: Cutoffs, horizon: Horizon, year: int) -> Aggregate | None:
        """Return the target: of each territory's own (strict), or the one chosen among the months' (PILOTE)."""
        kind = ObservationKind.TARGET
        if self.reading is Reading.PILOTE:
            best = target_among(self.points(kind), cutoffs, horizon, year)[0]
            for row in () if best is None else best.observations:
                self.series[row.territory_id].undisputed(row)
            return best
        return self._of_each(kind, {place: each.target(cutoffs, horizon, year) for place, each in self.series.items()})

    def too_old(self, actual: Aggregate | None) -> tuple[LeftOut, ...]:
        """Return the last values of the territories that reported too long before *actual* to be carried forward."""
        if actual is None or actual.period is None:
            return ()
        month = month_of(actual.period)
        past = (
            [row for row in rows if month_of(row.period) < month] for rows in self.rows(ObservationKind.ACTUAL).values()
        )
        stale = (rows[-1] for rows in past if rows and rows[-1].territory_id not in actual.coverage.reported)
        return tuple(LeftOut(observation=row, because=Exclusion.TOO_OLD) for row in stale)

    def _of_each(self, kind: ObservationKind, rows: dict[str, Observation | None]) -> Aggregate | None:
        return self._made(kind, rows) if any(row is not None for row in rows.values()) else None

    def _made(self, kind: ObservationKind, rows: dict[str, Observation | None]) -> Aggregate:
        rule = as_aggregation(self.kind_rules.rule(kind))
        known = {place: row for place, row in rows.items() if row is not None}
        period = max((row.period for row in known.values()), key=month_of)
        weights = self._weights(rule, known, month_of(period))
        used = [place for place in known if weights[place] is not None]
        values = [known[place].value or Decimal(0) for place in used]
        value = combined(rule, values, [weights[place] or Decimal(0) for place in used]) if used else None
        return Aggregate(
            kind=rule,
            value=value
            if value is None or rule is not Aggregation.RATIO_OF_SUMS
            else EXACT.multiply(value, self.scale),
            reason=Reason.NO_WEIGHT if value is None else None,
            coverage=Coverage(reported=tuple(used), missing=tuple(place for place in rows if place not in used)),
            period=period,
            observations=tuple(known[place] for place in used),
        )

    def _weights(self, rule: Aggregation, known: Iterable[str], month: int) -> dict[str, Decimal | None]:
        if rule not in _WEIGHTED:
            return dict.fromkeys(known, Decimal(0))
        return {place: self.weights[place](month) for place in known}


def of_kind(series: Series, kind: ObservationKind) -> tuple[Observation, ...]:
    """Return the observations of one kind in a series."""
    match kind:
        case ObservationKind.BASELINE:
            return series.baselines
        case ObservationKind.TARGET:
            return series.targets
        case _:
            return series.actuals


def _last(rows: tuple[Observation, ...], month: int, carried: int) -> Observation | None:
    found = (row for row in reversed(rows) if 0 <= month - month_of(row.period) <= carried)
    return next(found, None)


def rolled(  # noqa: PLR0913  # what, where, by which rules, when, by which reading
    portfolio: Portfolio, indicator: Indicator, territory: Territory, rules: RollUp, *, as_of: Day, reading: Reading
) -> Rolled:
    """Return what the territories below *territory* say of *indicator* on the day *as_of*."""
    places = territories_below(portfolio, territory.id, rules.from_level)
    weighted = not _WEIGHTED.isdisjoint((rules.baseline, rules.actual, rules.target))
    return Rolled(
        kind_rules=rules,
        series=_series(portfolio, rules.numerator_id or indicator.id, places, as_of),
        weights=_weights(portfolio, rules, places, as_of) if weighted else {},
        reading=reading,
        scale=HUNDRED if indicator.unit == PERCENT else Decimal(1),
    )


def _series(portfolio: Portfolio, indicator_id: str, places: Iterable[str], as_of: Day) -> dict[str, Series]:
    rows = {place: portfolio.observations.of(indicator_id, territory=place) for place in places}
    return {place: series_of(found, as_of, portfolio.sources) for place, found in rows.items()}


def _weights(
    portfolio: Portfolio, rules: RollUp, places: tuple[str, ...], as_of: Day
) -> dict[str, Callable[[int], Decimal | None]]:
    if rules.weight_id is None:
        return {place: _population(portfolio.territories[place]) for place in places}
    series = _series(portfolio, portfolio.indicators[rules.weight_id].id, places, as_of)
    return {place: _weight_at(found.actuals) for place, found in series.items()}


def _population(territory: Territory) -> Callable[[int], Decimal | None]:
    people = None if territory.population is None else Decimal(territory.population.value)
    return lambda _: people


def _weight_at(rows: tuple[Observation, ...]) -> Callable[[int], Decimal | None]:
    def at(month: int) -> Decimal | None:
        return next((row.value for row in reversed(rows) if month_of(row.period) <= month), None)

    return at
