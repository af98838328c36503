"""The change of an indicator around a day: the values before and since, and whether they may be compared."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from attrs import frozen

from levier.compute.indicators.points import origin_of, why_missing, why_unlike
from levier.compute.indicators.select import ObservationSelection
from levier.compute.levers.starts import Start
from levier.errors.final import final
from levier.model.indicators import Direction
from levier.model.periods import Period
from levier.model.quantities import Unit
from levier.wording.messages import Message, items, message
from levier.wording.reasons import MissingReason
from levier.wording.values import Name, Number

__all__ = ["Around", "around", "as_meant", "periods_of", "point", "why_not_compared"]


@final
@frozen
class Around:
    """
    The last value before a start, the latest one since, and the values whose period contains the start.

    >>> Around().before is None
    True
    """

    before: Any = None
    after: Any = None
    across: tuple[Any, ...] = ()


def around(chosen: ObservationSelection, start: Start | None) -> Around:
    """
    Return the last actual value before a start and the latest since; neither where there is no start.

    A value is before or since only if its whole period is; of a value made of several, the periods of all of them.
    Where no actual value is before, the baseline takes its place, if it is as early.

    >>> from levier import Observation
    >>> from levier.compute.indicators.select import ObservationSelection
    >>> first = Observation(indicator_id="visits", period="2019-01", kind="baseline", value=10)
    >>> rows = [
    ...     Observation(indicator_id="visits", period=when, kind="actual", value=value)
    ...     for when, value in [("2019-03", 12), ("2019-05", 14)]
    ... ]
    >>> from levier import Day
    >>> found = around(
    ...     ObservationSelection(baseline=first, actuals=tuple(rows)), Start(Day(2019, 3, 5), Day(2019, 3, 5))
    ... )
    >>> found.before.value, found.after.value, [str(point.period) for point in found.across]
    (Decimal('10'), Decimal('14'), ['2019-03'])
    """
    if start is None:
        return Around()
    baseline = chosen.baseline
    before = [point for point in chosen.actuals if _is_before(point, start)]
    after = [point for point in chosen.actuals if _is_since(point, start)]
    across = tuple(point for point in chosen.actuals if not _is_before(point, start) and not _is_since(point, start))
    if not before and baseline is not None and baseline.value is not None and _is_before(baseline, start):
        before = [baseline]
    return Around(before[-1] if before else None, after[-1] if after else None, across)


def _is_before(point: Any, start: Start) -> bool:
    return all(period.is_before(start.earliest) for period in periods_of(point))


def _is_since(point: Any, start: Start) -> bool:
    return all(period.is_since(start.latest) for period in periods_of(point))


def periods_of(point: Any) -> Iterable[Period]:
    """
    Return the periods of a value or of its parts: a value carried forward is older than the sum it is in.

    >>> from levier import Observation
    >>> list(periods_of(Observation(indicator_id="visits", period="2019-01", kind="actual", value=10)))
    [Period('2019-01')]
    """
    return (one.period for one in getattr(point, "observations", (point,)))


def why_not_compared(found: Around, start: Start | None) -> MissingReason | None:
    """
    Return why the values before and since are not compared; `None` where they are.

    >>> why_not_compared(Around(), None)
    <MissingReason.NO_START: 'no-start'>
    """
    if start is None:
        return MissingReason.NO_START
    if found.before is None and found.after is None:
        return MissingReason.ONLY_ACROSS
    if found.before is None:
        return MissingReason.ONLY_AFTER
    if found.after is None:
        return MissingReason.ONLY_BEFORE
    missing = why_missing(found.before, MissingReason.NO_ACTUAL) or why_missing(found.after, MissingReason.NO_ACTUAL)
    return missing or why_unlike(found.before, found.after)


def as_meant(change: Decimal, direction: Direction, *, kept: bool | None = None) -> bool | None:
    """
    Return whether a change goes in the intended direction.

    *kept* is whether the value after it is held to its target, which is what a direction to keep intends.

    >>> as_meant(Decimal(0), Direction.STABLE), as_meant(Decimal(0), Direction.INCREASE)
    (True, False)
    """
    if direction.is_kept:
        return kept
    match direction:
        case Direction.INCREASE:
            return change > 0
        case Direction.DECREASE:
            return change < 0
        case _:
            return not change


def point(
    value: Any,
    unit: Unit | str,
    sources: tuple[Name, ...] = (),
    decimals: int | None = None,
    limit: Decimal | None = None,
) -> Message:
    """
    Return a value with its date, and its source or its parts; *limit* is the value that it was compared with.

    >>> from levier import Observation
    >>> row = Observation(indicator_id="a", period="2019-05", kind="actual", value=25)
    >>> print(point(row, ""))
    25 (May 2019, unsourced)
    """
    amount = Number(value.value, unit, decimals, limit)
    return message("{value} ({origin})", value=amount, origin=items(origin_of(value, sources)))
