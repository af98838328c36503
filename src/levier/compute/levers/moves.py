"""How an indicator moved around a day: the value before, the value since, and whether they may be compared."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from levier.compute.indicators.choices import month_of
from levier.compute.indicators.chooser import Chosen
from levier.compute.indicators.readings import Reason
from levier.model.indicators import Direction
from levier.model.periods import Day, Period

__all__ = ["as_meant", "before_and_after", "why_not_compared"]


def before_and_after(chosen: Chosen, start: Day | None) -> tuple[Any, Any]:
    """
    Return the last value observed up to the month of a day, and the latest since; `None` for what is not there.

    Where nothing was observed before, the baseline is the value before, if it is as early.

    >>> from levier import Observation
    >>> from levier.compute.indicators.choices import Choice
    >>> first = Observation(indicator_id="visits", period="2019-01", kind="baseline", value=10)
    >>> later = Observation(indicator_id="visits", period="2019-05", kind="actual", value=14)
    >>> chosen = Chosen(choice=Choice(baseline=first, actual=later), points=(later,))
    >>> [point.value for point in before_and_after(chosen, Day(2019, 3, 1))]
    [Decimal('10'), Decimal('14')]
    """
    if start is None:
        return None, None
    month, baseline = month_of(Period(start)), chosen.choice.baseline
    before = [point for point in chosen.points if month_of(point.period) <= month]
    after = [point for point in chosen.points if month_of(point.period) > month]
    if not before and baseline is not None and baseline.value is not None and month_of(baseline.period) <= month:
        before = [baseline]
    return (before[-1] if before else None), (after[-1] if after else None)


def why_not_compared(before: Any, after: Any, start: Day | None) -> Reason | None:
    """
    Return why a value before and one since are not compared; `None` where they are.

    >>> why_not_compared(None, None, None)
    <Reason.NO_START: 'no-start'>
    """
    if start is None:
        return Reason.NO_START
    if before is None:
        return Reason.ONLY_AFTER
    if after is None:
        return Reason.ONLY_BEFORE
    return Reason.DEFINITION_CHANGED if before.definition != after.definition else None


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
