"""
Choosing, among the observations of one indicator in one territory, those that a computation uses.

The rules are those of DITP's tool: one value a month, the latest import wins (tie: the latest date), an empty value
erases its month; the baseline is the latest imported (tie: the oldest) since a cut-off; the final target is the latest
up to a cut-off, a year's target the latest of that year.
What takes no part is listed with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar, final

from attrs import frozen

from levier.compute.indicators.choices import NEVER, Cutoffs, Exclusion, Horizon, LeftOut, Point, month_of
from levier.errors import RepeatedMonthError
from levier.model.observations import Observation, ObservationKind, ObservationState
from levier.model.periods import Day, Period
from levier.model.registry import Registry
from levier.model.sources import Source

__all__ = ["Series", "baseline_among", "quickly_chosen", "series_of", "target_among"]

P = TypeVar("P", bound=Point)
T = TypeVar("T")

_ACTUAL, _BASELINE, _TARGET = ObservationKind.ACTUAL, ObservationKind.BASELINE, ObservationKind.TARGET


@final
@frozen(kw_only=True)
class Series:
    """
    What one territory says of one indicator on a day: at most one value a kind and month, oldest first.

    *disputed* are the months with several targets that nothing tells apart: using one of them is an error, having them
    is not, because documents restate targets.

    >>> rows = [Observation(indicator_id="a", period="2020-01", kind="actual", value=1, recorded_on="2020-02-01")]
    >>> series_of(rows, Day(2020, 1, 15)).left_out[0].because
    <Exclusion.NOT_YET_RECORDED: 'not-yet-recorded'>
    """

    baselines: tuple[Observation, ...] = ()
    actuals: tuple[Observation, ...] = ()
    targets: tuple[Observation, ...] = ()
    disputed: tuple[RepeatedMonthError, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def target(self, cutoffs: Cutoffs, horizon: Horizon, year: int) -> Observation | None:
        """
        Return the target used: the latest up to the cut-off, or of *year*.

        Raises:
            RepeatedMonthError: If that target's month has another that nothing tells apart from it.
        """
        return self.undisputed(target_among(self.targets, cutoffs, horizon, year)[0])

    def undisputed(self, target: T) -> T:
        """
        Return *target* if its month is not disputed here.

        Raises:
            RepeatedMonthError: If it is.
        """
        for dispute in self.disputed:
            if isinstance(target, Observation) and month_of(Period(dispute.month)) == month_of(target.period):
                raise dispute
        return target


def quickly_chosen(  # noqa: C901, PLR0911  # one pass, for a hundred thousand series
    rows: Iterable[Observation], as_of: Day, first: int, last: int
) -> tuple[Observation | None, Observation | None, Observation | None] | None:
    """
    Return the baseline, actual value and final target where *rows* ask no question; else `None`: look closer.

    *first* and *last* are the months of the cut-offs.
    The same choice as by `series_of`, `baseline_among` and `target_among`, made in one pass: no month twice, nothing
    empty, nothing outside the cut-offs, one definition, the target not before the baseline.
    """
    this_month = as_of.year * 12 + as_of.month - 1
    baseline = actual = target = None
    baseline_month = actual_month = target_month = -1
    for row in rows:
        recorded, kind, month = row.recorded_on, row.kind, row.period.last_month
        if row.value is None or (recorded is not None and recorded > as_of):
            return None
        if kind is _ACTUAL:
            if month <= actual_month or (month >= this_month and not row.period.starts_by(as_of)):
                return None
            actual, actual_month = row, month
        elif kind is _TARGET:
            if month <= target_month or month > last:
                return None
            target, target_month = row, month
        elif kind is _BASELINE:
            if baseline is not None or month < first:
                return None
            baseline, baseline_month = row, month
    if baseline is None or actual is None or target is None:
        return baseline, actual, target
    if target_month < baseline_month or not baseline.definition == actual.definition == target.definition:
        return None
    return baseline, actual, target


def series_of(rows: Iterable[Observation], as_of: Day, sources: Registry[Source] | None = None) -> Series:
    """
    Return what *rows*, all of one indicator in one territory, say on the day *as_of*.

    Actual values count once their period has begun and, where it is known, once they are recorded.
    Where two values of a month were recorded alike, the later date wins, then the source published later.

    Raises:
        RepeatedMonthError: If two different baselines or actual values of a month cannot be told apart by that.
    """
    left_out: list[LeftOut] = []
    disputed: list[RepeatedMonthError] = []
    months: dict[tuple[ObservationKind, int], list[Observation]] = {}
    for row in rows:
        if (because := _not_yet(row, as_of)) is not None:
            left_out.append(LeftOut(observation=row, because=because))
        elif row.kind is not ObservationKind.FORECAST:
            months.setdefault((row.kind, month_of(row.period)), []).append(row)
    kept: dict[ObservationKind, list[Observation]] = {kind: [] for kind in ObservationKind}
    for (kind, _), same in sorted(months.items(), key=lambda item: item[0][1]):
        best, others = _one_a_month(same, sources)
        kept[kind] += [] if best is None else [best]
        left_out += others
        if (dispute := _dispute(best, others)) is not None:
            disputed.append(dispute)
            if kind is not ObservationKind.TARGET:
                raise dispute
    return Series(
        baselines=tuple(kept[ObservationKind.BASELINE]),
        actuals=tuple(kept[ObservationKind.ACTUAL]),
        targets=tuple(kept[ObservationKind.TARGET]),
        disputed=tuple(disputed),
        left_out=tuple(left_out),
    )


def _not_yet(row: Observation, as_of: Day) -> Exclusion | None:
    if row.recorded_on is not None and row.recorded_on > as_of:
        return Exclusion.NOT_YET_RECORDED
    if row.kind is ObservationKind.ACTUAL and not row.period.starts_by(as_of):
        return Exclusion.FUTURE
    return Exclusion.ANNOUNCED if row.state is ObservationState.COMING else None


def _one_a_month(rows: list[Observation], sources: Registry[Source] | None) -> tuple[Observation | None, list[LeftOut]]:
    if any(row.value is None for row in rows):
        return None, [LeftOut(observation=row, because=Exclusion.ERASED) for row in rows]
    if len(rows) == 1:
        return rows[0], []
    best = max(rows, key=lambda row: _rank(row, sources))
    others = [row for row in rows if row is not best]
    return best, [LeftOut(observation=row, because=_second_best(row, best, sources)) for row in others]


def _dispute(best: Observation | None, others: list[LeftOut]) -> RepeatedMonthError | None:
    rivals = [one.observation for one in others if one.because is Exclusion.DISPUTED]
    if best is None or not rivals:
        return None
    stated = tuple(f"{row.value} by {row.source_id or 'no source'}" for row in (best, *rivals))
    return RepeatedMonthError(best.indicator_id, best.territory_id, str(best.period), str(best.kind), stated)


def _second_best(row: Observation, best: Observation, sources: Registry[Source] | None) -> Exclusion:
    if row.value == best.value:
        return Exclusion.RESTATED
    return Exclusion.DISPUTED if _rank(row, sources) == _rank(best, sources) else Exclusion.SUPERSEDED


def _rank(row: Observation, sources: Registry[Source] | None) -> tuple[Day, Day, Day]:
    source: Source | None = None if sources is None or row.source_id is None else sources.get(row.source_id)
    published = None if source is None else source.published_on
    stated = NEVER if published is None else _end(published)
    return row.recorded_on or NEVER, _end(row.period), stated


def _end(period: Period) -> Day:
    return period.last_day or period.first_day


def baseline_among(rows: Iterable[P], cutoffs: Cutoffs) -> tuple[P | None, tuple[P, ...]]:
    """Return the baseline used, the latest recorded (tie: the oldest) since the cut-off, and those before it."""
    first = month_of(cutoffs.baseline_from)
    given = tuple(rows)
    admitted = [row for row in given if month_of(row.period) >= first]
    best = max(admitted, key=lambda row: (row.recorded_on or NEVER, -month_of(row.period)), default=None)
    return best, tuple(row for row in given if month_of(row.period) < first)


def target_among(rows: Iterable[P], cutoffs: Cutoffs, horizon: Horizon, year: int) -> tuple[P | None, tuple[P, ...]]:
    """Return the target used, the latest up to the cut-off or of *year*, and those after the cut-off."""
    last = month_of(cutoffs.target_until)
    given = tuple(rows)
    if horizon is Horizon.FINAL:
        admitted = [row for row in given if month_of(row.period) <= last]
    else:
        admitted = [row for row in given if month_of(row.period) // 12 == year]
    best = max(admitted, key=lambda row: month_of(row.period), default=None)
    beyond = (row for row in given if month_of(row.period) > last) if horizon is Horizon.FINAL else ()
    return best, tuple(beyond)
