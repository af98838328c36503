"""
Candidates: the values that may answer a query about one indicator in one territory.

Where the territories below report, a baseline or an actual value recorded for the territory above is ignored; a target
recorded there is used by the strict ruleset.
In PILOTE a value recorded for the nation is kept for each month without a sum, and then competes by the ordinary rule
(its rule 544).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from levier.compute.indicators.comparable import ComparableRule, Window, comparable_points
from levier.compute.indicators.rollup import Parts, Rolled
from levier.compute.indicators.rulesets import (
    NO_CUTOFFS,
    Cutoffs,
    Horizon,
    MonthLimits,
    Ruleset,
    RulesetDifference,
)
from levier.compute.indicators.series import (
    ExcludedObservation,
    Exclusion,
    Series,
    baseline_among,
    observations_of,
    target_among,
)
from levier.errors.final import final
from levier.model.dimensions import Breakdown
from levier.model.indicators import RollUp
from levier.model.observations import ObservationKind
from levier.model.periods import Day
from levier.model.registry import Registry
from levier.model.sources import Source

__all__ = ["ALWAYS", "Candidates", "Query"]

ALWAYS = Day(9999, 12, 31)
"""A day after all others, for queries that use everything recorded."""
_ACTUAL, _BASELINE, _TARGET = ObservationKind.ACTUAL, ObservationKind.BASELINE, ObservationKind.TARGET


@final
@frozen
class Query:
    """
    A query: the day, the ruleset, the target, the last month, and how values are computed.

    *until* is the last month whose actual values count, numbered as `Period.last_month` does.
    *breakdown* is the part of the whole that is asked about; empty for the whole.

    >>> Query(as_of=Day(2019, 6, 14)).horizon
    <Horizon.FINAL: 'final'>
    """

    as_of: Day = ALWAYS
    ruleset: Ruleset = Ruleset.STRICT
    horizon: Horizon = Horizon.FINAL
    cutoffs: Cutoffs = NO_CUTOFFS
    roll_ups: tuple[RollUp, ...] = ()
    comparable: ComparableRule | None = None
    until: int | None = None
    breakdown: Breakdown = ()

    @property
    def is_plain(self) -> bool:
        """Whether the query is the default one: the latest actual value against the final target, without options."""
        return self.horizon is Horizon.FINAL and self.until is None and not self.roll_ups and self.comparable is None

    def year(self, month: int | None) -> int:
        """Return the year of the target; *month* is that of the actual value."""
        if self.horizon is Horizon.OWN_YEAR and month is not None:
            return month // 12
        return self.cutoffs.year or self.as_of.year


@final
@frozen(kw_only=True)
class Candidates:
    """
    The candidates: a territory's own series, the values of those below it, and the months that count.

    In a chain, the territories below have candidates of their own.
    """

    place: str
    own: Series
    below: Rolled | None
    query: Query
    limits: MonthLimits
    others: MonthLimits
    """The limits of the other ruleset."""
    sources: Registry[Source]
    is_nation: bool

    @property
    def is_strict(self) -> bool:
        """Whether the query uses the strict ruleset."""
        return self.query.ruleset is Ruleset.STRICT

    def computed(self, kind: ObservationKind) -> Rolled | None:
        """Return the roll-up that computes a kind of value; `None` where the recorded values are used."""
        if self.below is None or not self.below.reports(kind):
            return None
        cannot = self.below.rules.rule(kind) in self.below.lacking
        return None if cannot and self.own.of_kind(kind) else self.below

    @property
    def leaves(self) -> frozenset[str]:
        """The lowest territories that its values are computed from; itself where all are recorded."""
        below = self.below
        if below is None or all(self.computed(kind) is None for kind in (_BASELINE, _ACTUAL, _TARGET)):
            return frozenset((self.place,))
        return frozenset(below.leaves)

    def months(self, kind: ObservationKind) -> Sequence[int]:
        """Return the months in which a kind has a value, oldest first."""
        below = self.computed(kind)
        own = self.own.of_kind(kind)
        return [point.period.last_month for point in own] if below is None else below.months(kind)

    def as_of_month(self, kind: ObservationKind, month: int, carried: int) -> Any:
        """Return the value of a month, or the last one of at most *carried* months before; `None` without one."""
        below = self.computed(kind)
        if below is not None:
            parts = below.as_of_month(kind, month)
            return parts if parts.known else None
        own = reversed(self.own.of_kind(kind))
        return next((point for point in own if 0 <= month - point.period.last_month <= carried), None)

    def actuals(self, places: frozenset[str] | None = None) -> Sequence[Any]:
        """Return every actual value that counts, oldest first; of *places* only, where values are rolled up."""
        below = self.computed(_ACTUAL)
        points: Sequence[Any] = self.own.actuals if below is None else below.points(_ACTUAL, places)
        until = self.query.until
        return points if until is None else [point for point in points if point.period.last_month <= until]

    def actual(self, month: int | None) -> Any:
        """Return the actual value of a month that has one."""
        if month is None:
            return None
        below = self.computed(_ACTUAL)
        if below is not None:
            return below.as_of_month(_ACTUAL, month)
        return next(point for point in self.own.actuals if point.period.last_month == month)

    def of_kind(self, kind: ObservationKind) -> Sequence[Any]:
        """Return every value of a kind, oldest first, whatever the limits."""
        below = self.computed(kind)
        return self.own.of_kind(kind) if below is None else below.points(kind)

    def baseline(self) -> Any:
        """Return the baseline, or the baselines of the territories below."""
        below = self.computed(_BASELINE)
        if below is None:
            return baseline_among(self.own.baselines, self.limits, self.sources)
        if self.is_strict:
            parts = below.baselines()
            return parts if parts.known else None
        return baseline_among(self._by_month(below, _BASELINE), self.limits, self.sources)

    def target(self, horizon: Horizon, year: int) -> tuple[Any, tuple[Any, Any] | None]:
        """Return the target, or those of the territories below; and the recorded and the computed one if both exist."""
        typed, below = target_among(self.own.targets, self.limits, horizon, year), self.computed(_TARGET)
        if below is None:
            return typed, None
        parts = below.targets(horizon, year)
        found: Any = typed if typed is not None and self.is_strict else (parts if parts.known else None)
        if not self.is_strict:
            found = target_among(self._by_month(below, _TARGET), self.limits, horizon, year)
        total = None if typed is None or typed.value is None else below.made(parts)
        return found, None if total is None else (typed, total)

    def _by_month(self, below: Rolled, kind: ObservationKind) -> list[Any]:
        """Return PILOTE's values of a kind: the sum of each month; for the nation, the recorded value without a sum."""
        sums = below.points(kind)
        months = {point.period.last_month for point in sums}
        typed = self.own.of_kind(kind) if self.is_nation else ()
        return [*sums, *(point for point in typed if point.period.last_month not in months)]

    def shared(self, *picks: Any) -> frozenset[str] | None:
        """
        Return the area that has a part in each of the picks; `None` where nothing is rolled up, or there is none.

        A total that misses nothing of its area at its own month stands for its whole territory.
        """
        below = self.below
        parts = [pick for pick in picks if isinstance(pick, Parts)]
        if below is None or not self.is_strict:
            return None
        if not parts:
            return None
        found = frozenset.intersection(*(below.usable(part) for part in parts))
        while (cut := self._cut(parts, found)) != found:
            found = cut
        return found or None

    def _cut(self, parts: Sequence[Parts], places: frozenset[str]) -> frozenset[str]:
        for part in parts:
            places = part.below.cut(part, places)
        return places

    def point(self, pick: Any, places: frozenset[str] | None) -> Any:
        """Return the value of a pick: the recorded one, or the one aggregated from the territories below."""
        if self.below is None or not isinstance(pick, Parts):
            return pick
        return self.below.made(pick, places)

    def comparable(self, rule: ComparableRule, places: frozenset[str] | None) -> Any:
        """Return the last actual value, made comparable."""
        below = self.computed(_TARGET)
        targets = self.own.targets if below is None else below.points(_TARGET)
        months = {point.period.last_month for point in targets}
        found = comparable_points(self.actuals(places), rule, ruleset=self.query.ruleset, target_months=months)
        return found[-1] if found else None

    def left_out(
        self, horizon: Horizon, points: Sequence[Any], picks: Sequence[Any], places: frozenset[str] | None
    ) -> Iterator[ExcludedObservation]:
        """Yield what was left out beside the actual values *points* and the picks, each with the reason."""
        yield from self.own.left_out
        if self.computed(_BASELINE) is None:
            yield from self._outside(_BASELINE, Exclusion.BEFORE_CUTOFF)
        if horizon is Horizon.FINAL:
            yield from self._outside(_TARGET, Exclusion.AFTER_CUTOFF)
        for kind in (_BASELINE, _ACTUAL, _TARGET):
            if self.computed(kind) is not None:
                yield from self._typed_in_vain(kind)
        if self.below is None:
            yield from self._before_window(points)
            return
        if points and self.computed(_ACTUAL) is not None:
            yield from self.below.too_old(points[-1].period.last_month)
        yield from dict.fromkeys(self._not_counted(picks))
        for place in self.below.places.values():
            yield from place.below_left_out()
        yield from self._before_window(points)
        parts = (pick for pick in picks if isinstance(pick, Parts) and places is not None)
        yield from (one for part in parts for one in part.below.unmatched(part, places or frozenset()))

    def _not_counted(self, picks: Sequence[Any]) -> Iterator[ExcludedObservation]:
        """Yield the baselines and targets of territories that ended, or had another area than the total is of."""
        for kind in (_BASELINE, _TARGET):
            if (below := self.computed(kind)) is not None:
                yield from below.not_then(kind, below.areas, ())
        for pick in picks:
            if isinstance(pick, Parts) and pick.kind is not _ACTUAL:
                yield from pick.below.dropped(pick)

    def below_left_out(self) -> Iterator[ExcludedObservation]:
        """Yield what was left out of the values of a territory below: by itself, or because they are computed."""
        yield from self.own.left_out
        for kind in (_BASELINE, _ACTUAL, _TARGET):
            if self.computed(kind) is not None:
                yield from self._typed_in_vain(kind)
        for place in () if self.below is None else self.below.places.values():
            yield from place.below_left_out()

    def _outside(self, kind: ObservationKind, because: Exclusion) -> Iterator[ExcludedObservation]:
        admits = self.limits.admits_baseline if kind is _BASELINE else self.limits.admits_target
        for point in self.own.of_kind(kind):
            if not admits(point.period.last_month):
                yield from (ExcludedObservation(observation=row, because=because) for row in observations_of(point))

    def _typed_in_vain(self, kind: ObservationKind) -> Iterator[ExcludedObservation]:
        """Yield the recorded values of this territory that the values of the territories below replace."""
        if self.is_strict and kind is _TARGET:
            return
        kept: list[Any] = []
        if self.below is not None and not self.is_strict and kind is not _ACTUAL:
            kept = self._by_month(self.below, kind)
        for point in self.own.of_kind(kind):
            if not any(point is one for one in kept):
                rows = observations_of(point)
                yield from (ExcludedObservation(observation=row, because=Exclusion.COMPUTED_LEVEL) for row in rows)

    def _before_window(self, points: Sequence[Any]) -> Iterator[ExcludedObservation]:
        """Yield the values before the window of a comparable value."""
        rule = self.query.comparable
        if rule is None or rule.window is not Window.SINCE or not self.is_strict:
            return
        early = (point for point in points if point.period.last_month < rule.first_month)
        for row in (row for point in early for row in observations_of(point)):
            yield ExcludedObservation(observation=row, because=Exclusion.OUTSIDE_WINDOW)

    def differences(self) -> Iterator[RulesetDifference]:
        """Yield the rules by which the rulesets may differ here."""
        if self._is_cut_apart():
            yield RulesetDifference.CUTOFFS
        if self.below is None:
            return
        for kind, difference in (
            (_TARGET, RulesetDifference.TYPED_TARGET),
            (_BASELINE, RulesetDifference.TYPED_BASELINE),
        ):
            if self.computed(kind) is not None and self.own.of_kind(kind):
                yield difference
        computed = (kind for kind in (_BASELINE, _ACTUAL, _TARGET) if self.computed(kind) is not None)
        if any(map(self.below.months_differ, computed)):
            yield RulesetDifference.OTHER_MONTH
        if self._places_differ():
            yield RulesetDifference.UNEVEN_PLACES

    def _is_cut_apart(self) -> bool:
        """Return whether the limits of the two rulesets admit different baselines or targets."""
        series = tuple(self.every_series())
        first, second = self.limits, self.others
        starts = {point.period.last_month for each in series for point in each.baselines}
        goals = {point.period.last_month for each in series for point in each.targets}
        return any(first.admits_baseline(month) != second.admits_baseline(month) for month in starts) or any(
            first.admits_target(month) != second.admits_target(month) for month in goals
        )

    def every_series(self) -> Iterator[Series]:
        """Yield every recorded series: its own, and those of the territories below."""
        yield self.own
        for place in () if self.below is None else self.below.places.values():
            yield from place.every_series()

    def _places_differ(self) -> bool:
        """Return whether kinds are reported by different territories, or not by all beside a recorded value."""
        kinds = [kind for kind in (_BASELINE, _ACTUAL, _TARGET) if self.computed(kind) is not None]
        typed = any(self.own.of_kind(kind) for kind in (_BASELINE, _ACTUAL, _TARGET) if kind not in kinds)
        below = self.below
        last = [below.last(kind) for kind in kinds] if below is not None else []
        if below is None or all(map(below.is_complete, last)):
            return False
        return len({below.usable(parts) for parts in last}) > 1 or bool(typed or self.own.targets)
