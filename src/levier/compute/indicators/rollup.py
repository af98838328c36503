"""
Roll-up: the value of a territory, computed from the values of the territories below.

PILOTE adds up values dated in the same month.
The strict ruleset carries the last known value forward within a stated limit, gives each territory its own baseline and
target, and compares only totals of the same territories.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from attrs import evolve, frozen

from levier.compute.coverage import Coverage
from levier.compute.exact import EXACT, HUNDRED
from levier.compute.indicators.aggregation import (
    RATES,
    WEIGHTED,
    Aggregate,
    RollUp,
    as_aggregation,
    combined,
    territories_below,
)
from levier.compute.indicators.rulesets import Horizon, MonthLimits, Ruleset
from levier.compute.indicators.series import (
    ExcludedObservation,
    Exclusion,
    Series,
    Typed,
    baseline_among,
    observations_of,
    series_of,
    target_among,
)
from levier.errors.final import final
from levier.model.dimensions import Breakdown
from levier.model.indicators import Aggregation, Indicator
from levier.model.insee import COLLECTIVITIES
from levier.model.lifetimes import Lifetime, existed_on, lifetimes
from levier.model.observations import ObservationKind
from levier.model.periods import Day, Period
from levier.model.portfolio import Portfolio
from levier.model.quantities import PERCENT
from levier.model.registry import Registry
from levier.model.sources import Source, Sourced
from levier.model.territories import Territory
from levier.wording.reasons import MissingReason
from levier.wording.values import Name

__all__ = ["Parts", "Rolled", "rolled"]


@final
@frozen(kw_only=True)
class Parts:
    """
    The part of each territory below in one value: its own baseline or target, or its actual value as of a month.

    >>> Parts(kind=ObservationKind.ACTUAL, rows={"75": None}).known
    {}
    """

    kind: ObservationKind
    rows: Mapping[str, Typed | None]
    as_of: int | None = None
    """The month for which actual values are carried forward."""

    @property
    def known(self) -> dict[str, Typed]:
        """The parts that have a value, by territory."""
        return {place: row for place, row in self.rows.items() if row is not None}

    @property
    def month(self) -> int:
        """The month of the whole: the month requested, or the latest month of its parts."""
        return self.as_of or max((row.period.last_month for row in self.known.values()), default=0)


@final
@frozen(kw_only=True)
class Rolled:
    """
    The series of the territories below, and how to aggregate them.

    *lacking* gives, for each rule that cannot be applied, the reason: numerators or denominators are missing.

    >>> Rolled(rules=RollUp(), series={}, weights={}, ruleset=Ruleset.STRICT).reports(ObservationKind.ACTUAL)
    False
    """

    rules: RollUp
    series: dict[str, Series]
    weights: dict[str, Callable[[int], Decimal | None]]
    ruleset: Ruleset
    lacking: Mapping[Aggregation, MissingReason] = MappingProxyType({})
    scale: Decimal = Decimal(1)
    """The factor of a ratio of sums: 100 for an indicator in percent."""
    names: Mapping[str, Name] = MappingProxyType({})
    """The names of the territories below."""
    lived: Mapping[str, Lifetime] = MappingProxyType({})
    """The lifetimes of the territories below that did not always exist."""

    def reports(self, kind: ObservationKind) -> bool:
        """Return whether a kind is computed at this level: it has a rule, and a territory below has a value."""
        return self.rules.rule(kind) is not None and any(each.of_kind(kind) for each in self.series.values())

    def points(self, kind: ObservationKind, places: Collection[str] | None = None) -> tuple[Any, ...]:
        """Return one value for each month in which a territory reports, oldest first; of *places* only, where given."""
        counted = (each for place, each in self.series.items() if places is None or place in places)
        months = sorted({row.period.last_month for each in counted for row in each.of_kind(kind)})
        made = (self.made(self.as_of_month(kind, month), places) for month in months)
        return tuple(point for point in made if point is not None)

    def as_of_month(self, kind: ObservationKind, month: int) -> Parts:
        """Return each territory's value of a month; if strict, its last one, if that may be carried forward."""
        carried = 0 if self.ruleset is Ruleset.PILOTE else self.rules.carry_forward_months
        rows = {place: _last(each.of_kind(kind), month, carried) for place, each in self.series.items()}
        return Parts(kind=kind, rows=self._existing(rows, month), as_of=month)

    def last(self, kind: ObservationKind) -> Parts:
        """Return each territory's last value."""
        rows = {place: next(reversed(each.of_kind(kind)), None) for place, each in self.series.items()}
        return self._parts(kind, rows)

    def baselines(self, limits: MonthLimits, sources: Registry[Source]) -> Parts:
        """Return each territory's own baseline."""
        rows = {place: baseline_among(each.baselines, limits, sources) for place, each in self.series.items()}
        return self._parts(ObservationKind.BASELINE, rows)

    def targets(self, limits: MonthLimits, horizon: Horizon, year: int) -> Parts:
        """Return each territory's own target."""
        rows = {place: target_among(each.targets, limits, horizon, year) for place, each in self.series.items()}
        return self._parts(ObservationKind.TARGET, rows)

    def _parts(self, kind: ObservationKind, rows: dict[str, Typed | None]) -> Parts:
        """Return the parts of a whole, dated to the latest of them: those of the territories that existed then."""
        parts = Parts(kind=kind, rows=rows)
        return evolve(parts, rows=self._existing(rows, parts.month)) if self.lived else parts

    def _existing(self, rows: dict[str, Typed | None], month: int) -> Mapping[str, Typed | None]:
        """Return the rows of the territories that existed at the end of a month: a merged one would count twice."""
        return {place: row for place, row in rows.items() if self._existed(place, month)} if self.lived else rows

    def _existed(self, place: str, month: int) -> bool:
        year, number = divmod(max(month, 12), 12)
        return existed_on(self.lived, place, date(year, number + 1, monthrange(year, number + 1)[1]))

    def usable(self, parts: Parts) -> frozenset[str]:
        """Return the territories whose part counts: it has a value, and a weight where the rule needs one."""
        weights = self._weights(parts)
        return frozenset(
            place for place, row in parts.known.items() if row.value is not None and weights[place] is not None
        )

    def made(self, parts: Parts, places: Collection[str] | None = None) -> Aggregate | None:
        """Return the aggregate of parts, those of *places* only where given; `None` where there are no parts."""
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
            period=max((row.period for row in known.values()), key=lambda period: period.last_month),
            observations=tuple(row for place in used for row in observations_of(known[place])),
        )

    def too_old(self, actual: Aggregate) -> tuple[ExcludedObservation, ...]:
        """Return the last values of the territories that reported too long before *actual* to be carried forward."""
        month = 0 if actual.period is None else actual.period.last_month
        known = self.as_of_month(ObservationKind.ACTUAL, month).known
        absent = ((place, each.actuals) for place, each in self.series.items() if place not in known)
        past = ((place, [row for row in rows if row.period.last_month < month]) for place, rows in absent)
        stale = ((place, row) for place, rows in past if rows for row in observations_of(rows[-1]))
        why = {True: Exclusion.TOO_OLD, False: Exclusion.NOT_THEN}
        return tuple(
            ExcludedObservation(observation=row, because=why[self._existed(place, month)]) for place, row in stale
        )

    def unmatched(self, picks: Iterable[Any], places: Collection[str] | None) -> Iterator[ExcludedObservation]:
        """Yield the values of territories that lack one of the other kinds of value."""
        for pick in picks if places is not None else ():
            if isinstance(pick, Parts):
                for place in sorted(self.usable(pick).difference(places or ())):
                    for row in observations_of(pick.known[place]):
                        yield ExcludedObservation(observation=row, because=Exclusion.UNMATCHED)

    def months_differ(self, kind: ObservationKind) -> bool:
        """Return whether the territories that report do so in different months."""
        months = [
            {row.period.last_month for row in rows} for each in self.series.values() if (rows := each.of_kind(kind))
        ]
        return any(month != months[0] for month in months)

    def _scaled(self, rule: Aggregation, value: Decimal | None) -> Decimal | None:
        is_ratio = rule is Aggregation.RATIO_OF_SUMS
        return EXACT.multiply(value, self.scale) if is_ratio and value is not None else value

    def _weights(self, parts: Parts) -> Mapping[str, Decimal | None]:
        rule = self.rules.rule(parts.kind)
        if rule not in WEIGHTED or rule in self.lacking:
            return dict.fromkeys(parts.rows, Decimal(1))
        return {place: self.weights[place](parts.month) for place in parts.rows}


def _why_none(rule: Aggregation, parts: Iterable[Typed], used: Collection[str]) -> MissingReason:
    """Return why parts have no aggregate: each is disputed, or their weights are unknown or zero."""
    return MissingReason.DISPUTED if all(part.value is None for part in parts) else WEIGHTED[rule][bool(used)]


def _last(rows: tuple[Typed, ...], month: int, carried: int) -> Typed | None:
    found = (row for row in reversed(rows) if 0 <= month - row.period.last_month <= carried)
    return next(found, None)


def _carried(parts: Parts, used: Iterable[str]) -> tuple[tuple[str, Period], ...]:
    """Return the values that are carried forward to the month, each with its own period."""
    known, month = parts.known, parts.as_of or 0
    return tuple((place, known[place].period) for place in used if known[place].period.last_month < month)


def rolled(  # noqa: PLR0913  # indicator, place, rules, day and ruleset
    portfolio: Portfolio,
    indicator: Indicator,
    territory: Territory,
    rules: RollUp,
    *,
    as_of: Day,
    ruleset: Ruleset,
    breakdown: Breakdown = (),
) -> Rolled:
    """
    Return the roll-up of *indicator* from the territories below *territory*, as known on *as_of*.

    With a *breakdown*, values and weights are those of the part; a population is that of the whole, so it weights none.
    """
    named = portfolio.indicators[rules.numerator_id or indicator.id]
    places = _expected(portfolio, named, territories_below(portfolio, territory.id, rules.from_level))
    asked = {rules.baseline, rules.actual, rules.target}
    return Rolled(
        rules=rules,
        series=_series(portfolio, named.id, places, as_of, breakdown),
        weights=_weights(portfolio, rules, places, as_of, breakdown) if not asked.isdisjoint(WEIGHTED) else {},
        ruleset=ruleset,
        lacking=_lacking(rules, named),
        scale=HUNDRED if indicator.unit == PERCENT else Decimal(1),
        names={place: Name.of(portfolio.territories[place]) for place in places},
        lived=_lived(portfolio, places),
    )


def _expected(portfolio: Portfolio, indicator: Indicator, places: tuple[str, ...]) -> tuple[str, ...]:
    """
    Return the territories that a total is expected to cover: overseas collectivities only where they have a value.

    "France" is 101 departments; who adds a collectivity says so.
    Source: Insee, définition « France (champ statistique) » (https://www.insee.fr/fr/metadonnees/definition/c1696).
    """
    rows = portfolio.observations
    return tuple(place for place in places if place not in COLLECTIVITIES or rows.of(indicator.id, territory_id=place))


def _lived(portfolio: Portfolio, places: Iterable[str]) -> Mapping[str, Lifetime]:
    lived = lifetimes(portfolio.territories)
    return {place: lived[place] for place in places if place in lived} if lived else {}


def _lacking(rules: RollUp, named: Indicator) -> Mapping[Aggregation, MissingReason]:
    """Return the rules that cannot be applied: rates do not add up, and only their denominators can weight them."""
    is_rate, found = named.unit in RATES, dict[Aggregation, MissingReason]()
    if rules.weight_id is None:
        found[Aggregation.RATIO_OF_SUMS] = MissingReason.UNKNOWN_DENOMINATOR
        if is_rate:
            found[Aggregation.WEIGHTED_MEAN] = MissingReason.UNKNOWN_DENOMINATOR
    elif is_rate:
        found[Aggregation.RATIO_OF_SUMS] = MissingReason.NO_NUMERATOR
    return MappingProxyType(found)


def _series(
    portfolio: Portfolio, indicator_id: str, places: Iterable[str], as_of: Day, breakdown: Breakdown
) -> dict[str, Series]:
    table = portfolio.observations.broken_down(breakdown) if breakdown else portfolio.observations
    rows = {place: table.of(indicator_id, territory_id=place) for place in places}
    return {place: series_of(found, as_of, portfolio.sources) for place, found in rows.items()}


def _weights(
    portfolio: Portfolio, rules: RollUp, places: tuple[str, ...], as_of: Day, breakdown: Breakdown
) -> dict[str, Callable[[int], Decimal | None]]:
    if rules.weight_id is None:
        return {place: _population(None if breakdown else portfolio.territories[place].population) for place in places}
    series = _series(portfolio, portfolio.indicators[rules.weight_id].id, places, as_of, breakdown)
    return {place: _weight_at(found.actuals) for place, found in series.items()}


def _population(population: Sourced[int] | None) -> Callable[[int], Decimal | None]:
    people = None if population is None else Decimal(population.value)
    return lambda _: people


def _weight_at(rows: tuple[Typed, ...]) -> Callable[[int], Decimal | None]:
    def at(month: int) -> Decimal | None:
        return next((row.value for row in reversed(rows) if row.period.last_month <= month), None)

    return at
