"""From a portfolio to what a progress is computed from: typed values, values rolled up, or comparable ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, final

from attrs import evolve, frozen

from levier.compute._wording import value
from levier.compute.findings import Finding, Severity
from levier.compute.indicators.choices import PILOTE_CUTOFFS, Choice, Cutoffs, Exclusion, Horizon, LeftOut, month_of
from levier.compute.indicators.comparable import Comparable, ComparableRule, Window, comparable_points
from levier.compute.indicators.readings import Difference, Reading
from levier.compute.indicators.rollup import Rolled, RollUp, of_kind, rolled
from levier.compute.indicators.series import Series, baseline_among, series_of, target_among
from levier.model.indicators import Indicator
from levier.model.observations import ObservationKind
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.terms import Lang
from levier.model.territories import Territory, TerritoryLevel

__all__ = ["Chosen", "Wanted", "actual_months", "choose", "rolling"]

_LEVELS = tuple(TerritoryLevel)


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
    reading: Reading = Reading.STRICT
    horizon: Horizon = Horizon.FINAL
    cutoffs: Cutoffs = PILOTE_CUTOFFS
    roll_up: RollUp | None = None
    comparable: ComparableRule | None = None
    until: int | None = None

    @property
    def is_plain(self) -> bool:
        """Whether the latest actual value is asked against the final target, by no rule of the caller's."""
        return self.horizon is Horizon.FINAL and self.until is None and self.roll_up is None and self.comparable is None

    def year(self, actual: Any) -> int:
        """Return the year whose target is asked."""
        if self.horizon is Horizon.OWN_YEAR and actual is not None:
            return month_of(actual.period) // 12
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


def rolling(portfolio: Portfolio, indicator: Indicator, territory: Territory, wanted: Wanted) -> Rolled | None:
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


def choose(portfolio: Portfolio, indicator: Indicator, territory: Territory, wanted: Wanted) -> Chosen:
    """
    Return the baseline, the actual value and the target of one indicator in one territory.

    Raises:
        RepeatedMonthError: If a month has two values that nothing tells apart.
        TargetBeforeBaselineError: If the target is dated before the baseline.
    """
    rows = portfolio.observations.of(indicator.id, territory=territory.id)
    own = series_of(rows, wanted.as_of, portfolio.sources)
    below = rolling(portfolio, indicator, territory, wanted)
    points = _points(own, below, ObservationKind.ACTUAL)
    points = [point for point in points if wanted.until is None or month_of(point.period) <= wanted.until]
    actuals = _comparable(points, own, below, wanted)
    actual = actuals[-1] if actuals else None
    goal, findings, typed = _target(indicator, own, below, wanted, actual)
    choice = Choice(
        baseline=_baseline(own, below, wanted),
        actual=actual,
        target=goal,
        left_out=_left_out(own, below, wanted, points),
    ).checked(indicator.id, territory.id)
    differences = (*typed, *_other_months(below), *_of_comparable(actual))
    findings += _uneven(choice)
    return Chosen(choice=choice, findings=findings, differences=differences, points=tuple(points))


def actual_months(portfolio: Portfolio, indicator: Indicator, territory: Territory, wanted: Wanted) -> tuple[int, ...]:
    """Return the months in which an indicator has an actual value in a territory, oldest first."""
    return choose(portfolio, indicator, territory, wanted).months


def _points(own: Series, below: Rolled | None, kind: ObservationKind) -> Sequence[Any]:
    return below.points(kind) if below is not None and below.reports(kind) else of_kind(own, kind)


def _baseline(own: Series, below: Rolled | None, wanted: Wanted) -> Any:
    if below is not None and below.reports(ObservationKind.BASELINE):
        return below.baseline(wanted.cutoffs)
    return baseline_among(own.baselines, wanted.cutoffs)[0]


def _target(
    indicator: Indicator, own: Series, below: Rolled | None, wanted: Wanted, actual: Any
) -> tuple[Any, tuple[Finding, ...], tuple[Difference, ...]]:
    year = wanted.year(actual)
    typed = own.target(wanted.cutoffs, wanted.horizon, year)
    if below is None or not below.reports(ObservationKind.TARGET):
        return typed, (), ()
    computed = below.target(wanted.cutoffs, wanted.horizon, year)
    if typed is None or computed is None:
        return typed or computed, (), ()
    used = typed if wanted.reading is Reading.STRICT else computed
    return used, (_two_targets(typed, computed, indicator),), (Difference.TYPED_TARGET,)


def _comparable(points: Sequence[Any], own: Series, below: Rolled | None, wanted: Wanted) -> Sequence[Any]:
    if wanted.comparable is None:
        return points
    targets = {month_of(point.period) for point in _points(own, below, ObservationKind.TARGET)}
    return comparable_points(points, wanted.comparable, reading=wanted.reading, target_months=targets)


def _left_out(own: Series, below: Rolled | None, wanted: Wanted, points: Sequence[Any]) -> tuple[LeftOut, ...]:
    found = list(own.left_out)
    if below is None or not below.reports(ObservationKind.BASELINE):
        early = baseline_among(own.baselines, wanted.cutoffs)[1]
        found += [LeftOut(observation=row, because=Exclusion.BEFORE_CUTOFF) for row in early]
    late = target_among(own.targets, wanted.cutoffs, wanted.horizon, 0)[1]
    found += [LeftOut(observation=row, because=Exclusion.AFTER_CUTOFF) for row in late]
    if below is not None:
        found += _typed_left_out(own, below, wanted)
        found += below.too_old(points[-1] if points and below.reports(ObservationKind.ACTUAL) else None)
        found += [one for series in below.series.values() for one in series.left_out]
    found += _before_window(points, wanted)
    return tuple(found)


def _typed_left_out(own: Series, below: Rolled, wanted: Wanted) -> list[LeftOut]:
    kinds = [ObservationKind.BASELINE, ObservationKind.ACTUAL]
    kinds += [ObservationKind.TARGET] if wanted.reading is Reading.PILOTE else []
    rows = [row for kind in kinds if below.reports(kind) for row in of_kind(own, kind)]
    return [LeftOut(observation=row, because=Exclusion.COMPUTED_LEVEL) for row in rows]


def _before_window(points: Sequence[Any], wanted: Wanted) -> list[LeftOut]:
    rule = wanted.comparable
    if rule is None or rule.window is not Window.SINCE or wanted.reading is Reading.PILOTE:
        return []
    early = [point for point in points if month_of(point.period) < rule.first_month]
    rows = [row for point in early for row in getattr(point, "observations", (point,))]
    return [LeftOut(observation=row, because=Exclusion.OUTSIDE_WINDOW) for row in rows]


def _other_months(below: Rolled | None) -> tuple[Difference, ...]:
    if below is None:
        return ()
    kinds = (ObservationKind.BASELINE, ObservationKind.ACTUAL, ObservationKind.TARGET)
    differ = any(_months_differ(below, kind) for kind in kinds if below.reports(kind))
    return (Difference.OTHER_MONTH,) if differ else ()


def _months_differ(below: Rolled, kind: ObservationKind) -> bool:
    months = [{month_of(row.period) for row in rows} for rows in below.rows(kind).values() if rows]
    return any(month != months[0] for month in months)


def _of_comparable(actual: Any) -> tuple[Difference, ...]:
    return actual.differences if isinstance(actual, Comparable) else ()


_NO_VALUE: dict[Lang, str] = {"fr": "sans valeur", "en": "no value"}


def _value(point: Any, indicator: Indicator, lang: Lang, nothing: str) -> str:
    return nothing if point.value is None else value(point.value, indicator.unit, lang, indicator.decimals)


def _two_targets(typed: Any, computed: Any, indicator: Indicator) -> Finding:
    fr, en = (
        [_value(point, indicator, lang, nothing) for point in (typed, computed)] for lang, nothing in _NO_VALUE.items()
    )
    return Finding(
        rule="two-targets",
        severity=Severity.WARNING,
        subject=f"indicators/{typed.indicator_id}/{typed.territory_id}",
        fr=f"cible saisie à ce niveau {fr[0]}, cible calculée {fr[1]} ({computed.explain('fr')})",
        en=f"target typed at this level {en[0]}, target computed {en[1]} ({computed.explain('en')})",
        mend_fr="faire dire au porteur laquelle vaut",
        mend_en="ask who steers it which one holds",
    )


def _uneven(choice: Choice) -> tuple[Finding, ...]:
    kinds = ObservationKind.BASELINE, ObservationKind.ACTUAL, ObservationKind.TARGET
    points = dict(zip(kinds, (choice.baseline, choice.actual, choice.target), strict=True))
    covered = {kind: point.coverage for kind, point in points.items() if hasattr(point, "coverage")}
    if len({coverage.reported for coverage in covered.values()}) < 2:  # noqa: PLR2004  # two of them differ
        return ()
    row = next(row for point in points.values() for row in getattr(point, "observations", ()))
    return (
        Finding(
            rule="uneven-coverage",
            severity=Severity.WARNING,
            subject=f"indicators/{row.indicator_id}",
            fr="territoires inégalement couverts\u00a0: "
            + ", ".join(f"{kind.fr} {coverage.explain('fr')}" for kind, coverage in covered.items()),
            en="territories unevenly covered: "
            + ", ".join(f"{kind.en} {coverage.explain('en')}" for kind, coverage in covered.items()),
        ),
    )
