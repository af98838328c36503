"""
From a portfolio to what a number is computed from: typed values, values rolled up, or comparable ones.

Every question about an indicator asks here, so that no two of them answer from different values.
Where the territories below report, a baseline or an actual value typed for the territory above takes no part; a target
typed there stays in the strict reading.
In PILOTE what is typed for the nation stays for each month without a sum, and then competes by the ordinary rule (its
rule 544).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, final

from attrs import evolve, field, frozen

from levier.compute.findings import Finding, Severity
from levier.compute.indicators.choices import NO_CUTOFFS, Choice, Cutoffs, Exclusion, Horizon, LeftOut, Limits, month_of
from levier.compute.indicators.comparable import Comparable, ComparableRule, Window, comparable_points
from levier.compute.indicators.horizons import both_limits
from levier.compute.indicators.readings import Difference, Reading
from levier.compute.indicators.rollup import Parts, Rolled, RollUp, rolled
from levier.compute.indicators.series import Series, baseline_among, observations_of, series_of, target_among
from levier.model.indicators import Indicator
from levier.model.observations import ObservationKind
from levier.model.periods import Day, Period
from levier.model.portfolio import Portfolio
from levier.model.registry import Registry
from levier.model.sources import Source
from levier.model.territories import Territory, TerritoryLevel
from levier.wording.messages import message, message_in
from levier.wording.said import Said
from levier.wording.values import Number

__all__ = ["Chosen", "Wanted", "actual_months", "choose", "choose_year", "last_periods"]

_LEVELS = tuple(TerritoryLevel)
_ACTUAL, _BASELINE, _TARGET = ObservationKind.ACTUAL, ObservationKind.BASELINE, ObservationKind.TARGET


@final
@frozen(kw_only=True)
class Wanted:
    """
    How values are to be chosen: by which reading, up to when, against which target, and how computed.

    *until* is a month up to which actual values count, as `month_of` numbers it.

    >>> Wanted(as_of=Day(2019, 6, 14)).horizon
    <Horizon.FINAL: 'final'>
    """

    as_of: Day
    reading: Reading = field(default=Reading.STRICT, converter=Reading)
    horizon: Horizon = field(default=Horizon.FINAL, converter=Horizon)
    cutoffs: Cutoffs = NO_CUTOFFS
    roll_up: RollUp | None = None
    comparable: ComparableRule | None = None
    until: int | None = None

    @property
    def is_plain(self) -> bool:
        """Whether the latest actual value is asked against the final target, by no rule of the caller's."""
        return self.horizon is Horizon.FINAL and self.until is None and self.roll_up is None and self.comparable is None

    def year(self, month: int | None) -> int:
        """Return the year whose target is asked; *month* is that of the actual value."""
        if self.horizon is Horizon.OWN_YEAR and month is not None:
            return month // 12
        return self.cutoffs.year or self.as_of.year


@final
@frozen(kw_only=True)
class Chosen:
    """
    What was chosen, with the findings, every actual value, and the rules by which the readings may differ.

    >>> Chosen(choice=Choice()).months
    ()
    """

    choice: Choice
    findings: tuple[Finding, ...] = ()
    differences: tuple[Difference, ...] = ()
    points: tuple[Any, ...] = ()

    @property
    def months(self) -> tuple[int, ...]:
        """The months in which there is an actual value, oldest first."""
        return tuple(month_of(point.period) for point in self.points)


def choose(portfolio: Portfolio, indicator: Indicator, territory: Territory, wanted: Wanted) -> Chosen:
    """
    Return the baseline, the actual value and the target of one indicator in one territory.

    In the strict reading, values that are rolled up are of the same territories: those that have all three.
    """
    held, rule = _held(portfolio, indicator, territory, wanted), wanted.comparable
    points = held.actuals()
    month = month_of(points[-1].period) if points else None
    goal, two = held.target(wanted.horizon, wanted.year(month))
    picks = (held.baseline(), held.actual(month), goal)
    places = held.shared(*picks)
    choice = Choice(
        baseline=held.point(picks[0], places),
        actual=held.point(picks[1], places) if rule is None else held.comparable(rule, places),
        target=held.point(goal, places),
        left_out=(*held.left_out(wanted.horizon, points), *held.before_window(points), *held.unmatched(picks, places)),
    )
    differences = (*held.differences(), *_of_comparable(choice.actual))
    return Chosen(choice=choice, findings=two, differences=differences, points=tuple(points))


def choose_year(
    portfolio: Portfolio, indicator: Indicator, territory: Territory, wanted: Wanted, year: int
) -> tuple[Choice, Any]:
    """
    Return the last actual value of a calendar year with that year's target, and the last actual value before the year.

    They are chosen as by `choose`, among values of the same territories.
    """
    held = _held(portfolio, indicator, territory, wanted)
    points = held.actuals()
    months = [month_of(point.period) for point in points]
    of_year = [month for month in months if month // 12 == year]
    earlier = [month for month in months if month // 12 < year]
    picks = (
        held.actual(earlier[-1] if earlier else None),
        held.actual(of_year[-1] if of_year else None),
        held.target(Horizon.YEAR, year)[0],
    )
    places = held.shared(*picks)
    before, now, goal = (held.point(pick, places) for pick in picks)
    left = [*held.left_out(Horizon.YEAR, points), *held.unmatched(picks, places)]
    left_out = tuple(one for one in left if month_of(one.observation.period) // 12 == year)
    return Choice(actual=now, target=goal, left_out=left_out), before


def actual_months(portfolio: Portfolio, indicator: Indicator, territory: Territory, wanted: Wanted) -> tuple[int, ...]:
    """Return the months in which an indicator has an actual value in a territory, oldest first."""
    return tuple(month_of(point.period) for point in _held(portfolio, indicator, territory, wanted).actuals())


def last_periods(
    portfolio: Portfolio, indicator: Indicator, territory: Territory, wanted: Wanted
) -> tuple[Period | None, Mapping[str, Period]]:
    """Return the period of the last actual value, and of that of each territory below, where values are rolled up."""
    held = _held(portfolio, indicator, territory, wanted)
    points, below = held.actuals(), held.computed(_ACTUAL)
    parts: dict[str, Any] = {} if below is None else below.last(_ACTUAL).known
    return points[-1].period if points else None, {place: row.period for place, row in parts.items()}


def _held(portfolio: Portfolio, indicator: Indicator, territory: Territory, wanted: Wanted) -> _Held:
    rows = portfolio.observations.of(indicator.id, territory=territory.id)
    both, is_strict = both_limits(portfolio, indicator, wanted.cutoffs), wanted.reading is Reading.STRICT
    return _Held(
        indicator=indicator,
        own=series_of(rows, wanted.as_of, portfolio.sources),
        below=_below(portfolio, indicator, territory, wanted),
        wanted=wanted,
        limits=both.strict if is_strict else both.pilote,
        others=both.pilote if is_strict else both.strict,
        sources=portfolio.sources,
        is_nation=territory.level is TerritoryLevel.NATION,
    )


def _below(portfolio: Portfolio, indicator: Indicator, territory: Territory, wanted: Wanted) -> Rolled | None:
    """
    Return what the territories below say, where this territory's values are computed; `None` where they are typed.

    Without a roll-up given, the indicator's own aggregation holds, from departments, or from regions where no
    department reports.
    """
    level = _LEVELS.index(territory.level)
    if wanted.roll_up is not None:
        candidates = [wanted.roll_up]
    elif indicator.aggregation is not None:
        rules = RollUp.of(indicator)
        candidates = [rules, evolve(rules, from_level=TerritoryLevel.REGION)]
    else:
        return None
    for rules in candidates:
        if level < _LEVELS.index(rules.from_level):
            found = rolled(portfolio, indicator, territory, rules, as_of=wanted.as_of, reading=wanted.reading)
            if any(found.reports(kind) for kind in ObservationKind):
                return found
    return None


@final
@frozen(kw_only=True)
class _Held:
    """What there is to choose from: a territory's own series, what those below it say, and the months that count."""

    indicator: Indicator
    own: Series
    below: Rolled | None
    wanted: Wanted
    limits: Limits
    others: Limits
    """The limits of the other reading."""
    sources: Registry[Source]
    is_nation: bool

    @property
    def is_strict(self) -> bool:
        """Whether the strict reading is asked."""
        return self.wanted.reading is Reading.STRICT

    def computed(self, kind: ObservationKind) -> Rolled | None:
        """Return those below where they make the values of a kind; where they cannot, typed values stay."""
        if self.below is None or not self.below.reports(kind):
            return None
        cannot = self.below.rules.rule(kind) in self.below.lacking
        return None if cannot and self.own.of_kind(kind) else self.below

    def actuals(self, places: frozenset[str] | None = None) -> Sequence[Any]:
        """Return every actual value that counts, oldest first; of *places* only, where values are rolled up."""
        below = self.computed(_ACTUAL)
        points: Sequence[Any] = self.own.actuals if below is None else below.points(_ACTUAL, places)
        until = self.wanted.until
        return points if until is None else [point for point in points if month_of(point.period) <= until]

    def actual(self, month: int | None) -> Any:
        """Return the actual value of a month in which there is one."""
        if month is None:
            return None
        below = self.computed(_ACTUAL)
        if below is not None:
            return below.as_of_month(_ACTUAL, month)
        return next(point for point in self.own.actuals if month_of(point.period) == month)

    def baseline(self) -> Any:
        """Return the baseline, or what each territory below brings to it."""
        below = self.computed(_BASELINE)
        if below is None:
            return baseline_among(self.own.baselines, self.limits, self.sources)
        if self.is_strict:
            return below.baselines(self.limits, self.sources)
        return baseline_among(self._by_month(below, _BASELINE), self.limits, self.sources)

    def target(self, horizon: Horizon, year: int) -> tuple[Any, tuple[Finding, ...]]:
        """Return the target, or what each territory below brings to it, with the finding where there are two."""
        typed, below = target_among(self.own.targets, self.limits, horizon, year), self.computed(_TARGET)
        if below is None:
            return typed, ()
        parts = below.targets(self.limits, horizon, year)
        found: Any = typed if typed is not None and self.is_strict else parts
        if not self.is_strict:
            found = target_among(self._by_month(below, _TARGET), self.limits, horizon, year)
        total = None if typed is None or typed.value is None else below.made(parts)
        return found, () if total is None else (_two_targets(typed, total, self.indicator),)

    def _by_month(self, below: Rolled, kind: ObservationKind) -> list[Any]:
        """Return PILOTE's values of a kind: the sum of each month, or for the nation what is typed for one without."""
        sums = below.points(kind)
        months = {month_of(point.period) for point in sums}
        typed = self.own.of_kind(kind) if self.is_nation else ()
        return [*sums, *(point for point in typed if month_of(point.period) not in months)]

    def shared(self, *picks: Any) -> frozenset[str] | None:
        """Return the territories that have a part in each of the picks; `None` where that is no question."""
        below = self.below
        parts = [pick for pick in picks if isinstance(pick, Parts)]
        if below is None or not self.is_strict:
            return None
        usable = [below.usable(part) for part in parts if part.known]
        return (frozenset.intersection(*usable) if usable else frozenset()) or None

    def point(self, pick: Any, places: frozenset[str] | None) -> Any:
        """Return the value of a pick: what is typed, or what the territories below make together."""
        if self.below is None or not isinstance(pick, Parts):
            return pick
        return self.below.made(pick, places)

    def comparable(self, rule: ComparableRule, places: frozenset[str] | None) -> Any:
        """Return the last actual value, made comparable."""
        below = self.computed(_TARGET)
        targets = self.own.targets if below is None else below.points(_TARGET)
        months = {month_of(point.period) for point in targets}
        found = comparable_points(self.actuals(places), rule, reading=self.wanted.reading, target_months=months)
        return found[-1] if found else None

    def left_out(self, horizon: Horizon, points: Sequence[Any]) -> Iterator[LeftOut]:
        """Yield what takes no part beside the actual values *points*, each with the reason."""
        yield from self.own.left_out
        if self.computed(_BASELINE) is None:
            yield from self._outside(_BASELINE, Exclusion.BEFORE_CUTOFF)
        if horizon is Horizon.FINAL:
            yield from self._outside(_TARGET, Exclusion.AFTER_CUTOFF)
        if self.below is None:
            return
        for kind in (_BASELINE, _ACTUAL, _TARGET):
            if self.computed(kind) is not None:
                yield from self._typed_in_vain(kind)
        if points and self.computed(_ACTUAL) is not None:
            yield from self.below.too_old(points[-1])
        yield from (one for series in self.below.series.values() for one in series.left_out)

    def _outside(self, kind: ObservationKind, because: Exclusion) -> Iterator[LeftOut]:
        admits = self.limits.admits_baseline if kind is _BASELINE else self.limits.admits_target
        for point in self.own.of_kind(kind):
            if not admits(month_of(point.period)):
                yield from (LeftOut(observation=row, because=because) for row in observations_of(point))

    def _typed_in_vain(self, kind: ObservationKind) -> Iterator[LeftOut]:
        """Yield what is typed for this territory and stands behind what those below make."""
        if self.is_strict and kind is _TARGET:
            return
        kept: list[Any] = []
        if self.below is not None and not self.is_strict and kind is not _ACTUAL:
            kept = self._by_month(self.below, kind)
        for point in self.own.of_kind(kind):
            if not any(point is one for one in kept):
                rows = observations_of(point)
                yield from (LeftOut(observation=row, because=Exclusion.COMPUTED_LEVEL) for row in rows)

    def before_window(self, points: Sequence[Any]) -> Iterator[LeftOut]:
        """Yield what stands before the window of a comparable value."""
        rule = self.wanted.comparable
        if rule is None or rule.window is not Window.SINCE or not self.is_strict:
            return
        early = (point for point in points if month_of(point.period) < rule.first_month)
        for row in (row for point in early for row in observations_of(point)):
            yield LeftOut(observation=row, because=Exclusion.OUTSIDE_WINDOW)

    def unmatched(self, picks: Sequence[Any], places: frozenset[str] | None) -> Iterator[LeftOut]:
        """Yield the values of the territories that lack one of the others."""
        if self.below is None or places is None:
            return
        for pick in picks:
            if isinstance(pick, Parts):
                for place in sorted(self.below.usable(pick) - places):
                    for row in observations_of(pick.known[place]):
                        yield LeftOut(observation=row, because=Exclusion.UNMATCHED)

    def differences(self) -> Iterator[Difference]:
        """Yield the rules by which the readings may differ here."""
        if self._is_cut_apart():
            yield Difference.CUTOFFS
        if self.below is None:
            return
        for kind, difference in ((_TARGET, Difference.TYPED_TARGET), (_BASELINE, Difference.TYPED_BASELINE)):
            if self.computed(kind) is not None and self.own.of_kind(kind):
                yield difference
        if any(self._months_differ(kind) for kind in (_BASELINE, _ACTUAL, _TARGET)):
            yield Difference.OTHER_MONTH
        if self._places_differ():
            yield Difference.UNEVEN_PLACES

    def _is_cut_apart(self) -> bool:
        """Say whether the limits of the two readings admit different baselines or targets."""
        series = (self.own, *(() if self.below is None else self.below.series.values()))
        first, second = self.limits, self.others
        starts = {month_of(point.period) for each in series for point in each.baselines}
        goals = {month_of(point.period) for each in series for point in each.targets}
        return any(first.admits_baseline(month) != second.admits_baseline(month) for month in starts) or any(
            first.admits_target(month) != second.admits_target(month) for month in goals
        )

    def _places_differ(self) -> bool:
        """Say whether the territories below report each kind, and all of them where a typed value stands beside."""
        below, everyone = self.below, frozenset[str]() if self.below is None else frozenset(self.below.series)
        kinds = [kind for kind in (_BASELINE, _ACTUAL, _TARGET) if self.computed(kind) is not None]
        typed = any(self.own.of_kind(kind) for kind in (_BASELINE, _ACTUAL, _TARGET) if kind not in kinds)
        places = {below.usable(below.last(kind)) for kind in kinds} if below is not None else set()
        return len(places) > 1 or (bool(typed or self.own.targets) and any(each != everyone for each in places))

    def _months_differ(self, kind: ObservationKind) -> bool:
        below = self.computed(kind)
        if below is None:
            return False
        rows = (each.of_kind(kind) for each in below.series.values())
        months = [{month_of(row.period) for row in each} for each in rows if each]
        return any(month != months[0] for month in months)


def _of_comparable(actual: Any) -> tuple[Difference, ...]:
    return actual.differences if isinstance(actual, Comparable) else ()


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
