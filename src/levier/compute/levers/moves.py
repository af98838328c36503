"""How an indicator moved around a day: the value before and since, as written, and whether they may be compared."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, final

from attrs import frozen

from levier.compute.indicators.points import origin_of, why_missing, why_unlike
from levier.compute.indicators.select import ObservationSelection
from levier.compute.levers.starts import Start
from levier.model.indicators import Direction
from levier.model.periods import Period
from levier.model.quantities import Unit
from levier.wording.messages import Message, items, message
from levier.wording.reasons import MissingReason
from levier.wording.values import Name, Number

__all__ = ["Around", "around", "as_meant", "point", "why_not_compared"]


@final
@frozen
class Around:
    """
    The last value before a start, the latest since, and those that are neither: their period holds the start.

    >>> Around().before is None
    True
    """

    before: Any = None
    after: Any = None
    across: tuple[Any, ...] = ()


def around(chosen: ObservationSelection, start: Start | None) -> Around:
    """
    Return the last value observed before a start and the latest since; none of either without a start.

    A value is before only if its whole period is, and since only if its whole period is; of a value that is made of
    several, the periods of all of them. Where nothing was observed before, the baseline is the value before, if it is
    as early.

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
    return all(period.is_before(start.earliest) for period in _periods(point))


def _is_since(point: Any, start: Start) -> bool:
    return all(period.is_since(start.latest) for period in _periods(point))


def _periods(point: Any) -> Iterable[Period]:
    """Return the period of a value, or of those that it is made of: one carried forward is older than its sum."""
    return (one.period for one in getattr(point, "observations", (point,)))


def why_not_compared(found: Around, start: Start | None) -> MissingReason | None:
    """
    Return why a value before and one since are not compared; `None` where they are.

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


def as_meant(change: Decimal, direction: Direction) -> bool:
    """
    Say whether a change goes the way that was meant.

    >>> as_meant(Decimal(0), Direction.STABLE), as_meant(Decimal(0), Direction.INCREASE)
    (True, False)
    """
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
    Return a value with its date, and its source or what it was made of; *limit* is what it was held against.

    >>> from levier import Observation
    >>> row = Observation(indicator_id="a", period="2019-05", kind="actual", value=25)
    >>> print(point(row, ""))
    25 (May 2019, unsourced)
    """
    amount = Number(value.value, unit, decimals, limit)
    return message("{value} ({origin})", value=amount, origin=items(origin_of(value, sources)))
