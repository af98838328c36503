"""
The quick way: the values of a plain series, selected in one pass.

Most series state each month once, so that the rules of `levier.compute.indicators.series` have nothing to decide. Bulk
functions ask here first, a hundred thousand times; where a rule has to decide, they ask the full way instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from levier.compute.indicators.series import ExcludedObservation, Exclusion
from levier.model.observations import Observation, ObservationKind, ObservationState
from levier.model.periods import Day

__all__ = ["Quick", "select_quickly"]

_ACTUAL, _BASELINE, _TARGET = ObservationKind.ACTUAL, ObservationKind.BASELINE, ObservationKind.TARGET
_FORECAST, _COMING = ObservationKind.FORECAST, ObservationState.COMING

_Three: TypeAlias = tuple[Observation | None, Observation | None, Observation | None]
Quick: TypeAlias = tuple[_Three, tuple[ExcludedObservation, ...]]
"""A baseline, an actual value and a final target; and what was left out."""


def select_quickly(  # noqa: C901  # one pass, for a hundred thousand series
    rows: Iterable[Observation], as_of: Day, first: int, last: int
) -> Quick | None:
    """
    Return the baseline, actual value and final target of a series, and what is left out; `None` for the full way.

    *first* and *last* are the months of the cut-offs.
    The choice equals that of `series_of`, `baseline_among` and `target_among`. It needs one statement of each kind and
    month, one baseline, all baselines and targets within the cut-offs, one definition, and a target not before the
    baseline and not a band.
    """
    this_month = as_of.year * 12 + as_of.month - 1
    baseline = actual = target = None
    baseline_month = actual_month = target_month = -1
    early: list[ExcludedObservation] = []
    empty: list[Observation] = []
    for row in rows:  # written out, a month for each kind, because a table of months takes a tenth more
        kind, month, is_empty = row.kind, row.period.last_month, row.value is None
        if kind is _ACTUAL and month >= this_month and not row.period.starts_by(as_of):
            early.append(ExcludedObservation(observation=row, because=Exclusion.FUTURE))
            continue
        if is_empty and row.state is _COMING:
            early.append(ExcludedObservation(observation=row, because=Exclusion.ANNOUNCED))
            continue
        if is_empty and kind is not _FORECAST:
            empty.append(row)
        if kind is _ACTUAL:
            if month <= actual_month:
                return None  # a month stated twice, or a month after a year that ends later
            actual, actual_month = actual if is_empty else row, month
        elif kind is _TARGET:
            if month <= target_month or row.upper is not None or (month > last and not is_empty):
                return None
            target, target_month = target if is_empty else row, month
        elif kind is _BASELINE:
            if month <= baseline_month or not (is_empty or (baseline is None and month >= first)):
                return None
            baseline, baseline_month = baseline if is_empty else row, month
    if baseline is not None and actual is not None and target is not None:
        is_reversed = target.period.last_month < baseline.period.last_month
        if is_reversed or not baseline.definition == actual.definition == target.definition:
            return None
    return (baseline, actual, target), (*early, *_erased(empty)) if early or empty else ()


def _erased(rows: list[Observation]) -> Iterator[ExcludedObservation]:
    """Yield empty values, month by month: each cancels its month, of which nothing else is stated."""
    for row in sorted(rows, key=lambda row: row.period.last_month):
        yield ExcludedObservation(observation=row, because=Exclusion.ERASED)
