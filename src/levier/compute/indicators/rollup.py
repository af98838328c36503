"""
Rolling up: what the territories below say of an indicator, for the territory above.

PILOTE adds up what is dated in the same month.
The strict reading carries the last known value forward within a stated limit, gives each territory its own baseline
and target, and sets only totals of the same territories against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, final

from attrs import field, frozen

from levier.compute._types import by_type
from levier.compute.exact import EXACT, HUNDRED
from levier.compute.indicators.aggregation import WEIGHTED, Aggregate, Coverage, as_aggregation, combined
from levier.compute.indicators.choices import Exclusion, Horizon, LeftOut, Limits, month_of
from levier.compute.indicators.readings import Reading
from levier.compute.indicators.series import (
    Series,
    Typed,
    baseline_among,
    observations_of,
    series_of,
    target_among,
)
from levier.model._fields import hold_types
from levier.model.indicators import Aggregation, Indicator
from levier.model.observations import ObservationKind
from levier.model.periods import Day, Period
from levier.model.portfolio import Portfolio
from levier.model.quantities import PERCENT, RATIO, SHARE
from levier.model.registry import Registry
from levier.model.sources import Source
from levier.model.territories import Territory, TerritoryLevel
from levier.wording.reasons import MissingReason
from levier.wording.values import Name

__all__ = ["CARRY_FORWARD", "Parts", "RollUp", "Rolled", "rolled", "territories_below"]

CARRY_FORWARD = 12
"""For how many months the strict reading carries a value forward, unless told otherwise."""

_RATES = frozenset({PERCENT, SHARE, RATIO})


def _rule(found: Aggregation | str | None) -> Aggregation | None:
    return None if found is None else as_aggregation(found)


hold_types(_rule)


@final
@frozen(kw_only=True, field_transformer=by_type)
class RollUp:
    """
    How values of the territories below make the value of one above, apart for baseline, actual value and target.

    A rule that is `None` leaves what is typed at that level.
    *from_level* is the level that is added up; *carry_forward* the months for which the strict reading keeps a value.
    A weighted mean is weighted by *weight_id*, an indicator, or by population where it is `None`; but rates only by
    their denominators.
    A ratio of sums divides the values of *numerator_id* (the indicator's own where `None`) by those of *weight_id*:
    there is none without denominators, nor of numerators that are rates, because rates do not add up.

    Attributes:
        baseline: The rule for baselines; `None` leaves what is typed.
        actual: The rule for actual values; `None` leaves what is typed.
        target: The rule for targets; `None` leaves what is typed.

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

    def rule(self, kind: ObservationKind | str) -> Aggregation | None:
        """Return the rule for one kind of value."""
        match ObservationKind(kind):
            case ObservationKind.BASELINE:
                return self.baseline
            case ObservationKind.ACTUAL:
                return self.actual
            case ObservationKind.TARGET:
                return self.target
            case _:  # nothing is computed from forecasts
                return None


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
class Parts:
    """
    What each territory below brings to one value: its own baseline or target, or its actual value as of a month.

    >>> Parts(kind=ObservationKind.ACTUAL, rows={"75": None}).known
    {}
    """

    kind: ObservationKind = field(converter=ObservationKind)
    rows: Mapping[str, Typed | None]
    as_of: int | None = None
    """The month for which actual values are carried forward."""

    @property
    def known(self) -> dict[str, Typed]:
        """The parts that are there, by territory."""
        return {place: row for place, row in self.rows.items() if row is not None}

    @property
    def month(self) -> int:
        """The month of the whole: that which was asked, or the latest among the parts that are there."""
        return self.as_of or max((month_of(row.period) for row in self.known.values()), default=0)


@final
@frozen(kw_only=True)
class Rolled:
    """
    What the territories below say: their series, and how to make one value of them.

    *lacking* says by which rules no value can be made at all, for want of numerators or denominators.

    >>> Rolled(rules=RollUp(), series={}, weights={}, reading=Reading.STRICT).reports(ObservationKind.ACTUAL)
    False
    """

    rules: RollUp
    series: dict[str, Series]
    weights: dict[str, Callable[[int], Decimal | None]]
    reading: Reading = field(converter=Reading)
    lacking: Mapping[Aggregation, MissingReason] = MappingProxyType({})
    scale: Decimal = Decimal(1)
    """By what a ratio of sums is multiplied: 100 for an indicator in percent."""
    names: Mapping[str, Name] = MappingProxyType({})
    """What the territories below are called."""

    def reports(self, kind: ObservationKind) -> bool:
        """Say whether a kind is computed at this level: it has a rule, and some territory below has a value."""
        return self.rules.rule(kind) is not None and any(each.of_kind(kind) for each in self.series.values())

    def points(self, kind: ObservationKind, places: Collection[str] | None = None) -> tuple[Any, ...]:
        """Return one value a month in which a territory reports, oldest first; of *places* only, where given."""
        counted = (each for place, each in self.series.items() if places is None or place in places)
        months = sorted({month_of(row.period) for each in counted for row in each.of_kind(kind)})
        made = (self.made(self.as_of_month(kind, month), places) for month in months)
        return tuple(point for point in made if point is not None)

    def as_of_month(self, kind: ObservationKind, month: int) -> Parts:
        """Return each territory's value of a month; in the strict reading its last, where that may be carried."""
        carried = 0 if self.reading is Reading.PILOTE else self.rules.carry_forward
        rows = {place: _last(each.of_kind(kind), month, carried) for place, each in self.series.items()}
        return Parts(kind=kind, rows=rows, as_of=month)

    def last(self, kind: ObservationKind) -> Parts:
        """Return each territory's last value."""
        rows = {place: next(reversed(each.of_kind(kind)), None) for place, each in self.series.items()}
        return Parts(kind=kind, rows=rows)

    def baselines(self, limits: Limits, sources: Registry[Source]) -> Parts:
        """Return each territory's own baseline."""
        rows = {place: baseline_among(each.baselines, limits, sources) for place, each in self.series.items()}
        return Parts(kind=ObservationKind.BASELINE, rows=rows)

    def targets(self, limits: Limits, horizon: Horizon, year: int) -> Parts:
        """Return each territory's own target."""
        rows = {place: target_among(each.targets, limits, horizon, year) for place, each in self.series.items()}
        return Parts(kind=ObservationKind.TARGET, rows=rows)

    def usable(self, parts: Parts) -> frozenset[str]:
        """Return the territories whose part counts: it has a value, and a weight where one is needed."""
        weights = self._weights(parts)
        return frozenset(
            place for place, row in parts.known.items() if row.value is not None and weights[place] is not None
        )

    def made(self, parts: Parts, places: Collection[str] | None = None) -> Aggregate | None:
        """Return the value of parts, those of *places* only where given; `None` where no territory has a part."""
        known, weights, counted = parts.known, self._weights(parts), self.usable(parts)
        if not known:
            return None
        rule = as_aggregation(self.rules.rule(parts.kind))
        used = [place for place in known if place in counted and (places is None or place in places)]
        numbers = [known[place].value or Decimal(0) for place in used]
        value = combined(rule, numbers, [weights[place] or Decimal(0) for place in used])
        reason = self.lacking.get(rule) or (None if value is not None else _why_none(rule, known.values(), used))
        return Aggregate(
            kind=rule,
            value=None if reason is not None else self._scaled(rule, value),
            reason=reason,
            coverage=Coverage(
                reported=tuple(used),
                missing=tuple(place for place in parts.rows if place not in used),
                carried=_carried(parts, used),
            ).named(self.names),
            period=max((row.period for row in known.values()), key=month_of),
            observations=tuple(row for place in used for row in observations_of(known[place])),
        )

    def too_old(self, actual: Aggregate) -> tuple[LeftOut, ...]:
        """Return the last values of the territories that reported too long before *actual* to be carried forward."""
        month = 0 if actual.period is None else month_of(actual.period)
        known = self.as_of_month(ObservationKind.ACTUAL, month).known
        absent = (each.actuals for place, each in self.series.items() if place not in known)
        past = ([row for row in rows if month_of(row.period) < month] for rows in absent)
        stale = (row for rows in past if rows for row in observations_of(rows[-1]))
        return tuple(LeftOut(observation=row, because=Exclusion.TOO_OLD) for row in stale)

    def _scaled(self, rule: Aggregation, value: Decimal | None) -> Decimal | None:
        is_ratio = rule is Aggregation.RATIO_OF_SUMS
        return EXACT.multiply(value, self.scale) if is_ratio and value is not None else value

    def _weights(self, parts: Parts) -> Mapping[str, Decimal | None]:
        rule = self.rules.rule(parts.kind)
        if rule not in WEIGHTED or rule in self.lacking:
            return dict.fromkeys(parts.rows, Decimal(1))
        return {place: self.weights[place](parts.month) for place in parts.rows}


def _why_none(rule: Aggregation, parts: Iterable[Typed], used: Collection[str]) -> MissingReason:
    """Return why parts have no value together: each is disputed, or their weights are unknown or zero."""
    return MissingReason.DISPUTED if all(part.value is None for part in parts) else WEIGHTED[rule][bool(used)]


def _last(rows: tuple[Typed, ...], month: int, carried: int) -> Typed | None:
    found = (row for row in reversed(rows) if 0 <= month - month_of(row.period) <= carried)
    return next(found, None)


def _carried(parts: Parts, used: Iterable[str]) -> tuple[tuple[str, Period], ...]:
    """Return which values are carried forward to the month asked, each with its own period."""
    known, month = parts.known, parts.as_of or 0
    return tuple((place, known[place].period) for place in used if month_of(known[place].period) < month)


def rolled(  # noqa: PLR0913  # what, where, by which rules, when, by which reading
    portfolio: Portfolio, indicator: Indicator, territory: Territory, rules: RollUp, *, as_of: Day, reading: Reading
) -> Rolled:
    """Return what the territories below *territory* say of *indicator* on the day *as_of*."""
    places = territories_below(portfolio, territory.id, rules.from_level)
    named = portfolio.indicators[rules.numerator_id or indicator.id]
    asked = {rules.baseline, rules.actual, rules.target}
    return Rolled(
        rules=rules,
        series=_series(portfolio, named.id, places, as_of),
        weights=_weights(portfolio, rules, places, as_of) if not asked.isdisjoint(WEIGHTED) else {},
        reading=reading,
        lacking=_lacking(rules, named),
        scale=HUNDRED if indicator.unit == PERCENT else Decimal(1),
        names={place: Name.of(portfolio.territories[place]) for place in places},
    )


def _lacking(rules: RollUp, named: Indicator) -> Mapping[Aggregation, MissingReason]:
    """Return which rules cannot be applied: rates do not add up, and only their denominators weigh them."""
    is_rate, found = named.unit in _RATES, dict[Aggregation, MissingReason]()
    if rules.weight_id is None:
        found[Aggregation.RATIO_OF_SUMS] = MissingReason.UNKNOWN_DENOMINATOR
        if is_rate:
            found[Aggregation.WEIGHTED_MEAN] = MissingReason.UNKNOWN_DENOMINATOR
    elif is_rate:
        found[Aggregation.RATIO_OF_SUMS] = MissingReason.NO_NUMERATOR
    return MappingProxyType(found)


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


def _weight_at(rows: tuple[Typed, ...]) -> Callable[[int], Decimal | None]:
    def at(month: int) -> Decimal | None:
        return next((row.value for row in reversed(rows) if month_of(row.period) <= month), None)

    return at
