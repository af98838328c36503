"""
Keeping: targets that a value is held to in every period, instead of being moved towards.

Where a value is to be kept at or below a limit, at or above it, or within a band, there is no way from a baseline to a
target. Progress is then the share of the periods with a value in which it was held, as in the *Maintain above*, *below*
and *constant* targets of ServiceNow's Goal Framework, whose progress counts the check-in periods that meet the target.
With one value it is 100 or 0, which is what PILOTE gives where a baseline is already at its target.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from attrs import frozen

from levier.compute._types import by_type
from levier.compute.exact import EXACT, HUNDRED, rounded
from levier.compute.indicators.points import why_missing, why_unlike
from levier.compute.indicators.rulesets import Ruleset
from levier.compute.indicators.series import observations_of
from levier.errors.final import final
from levier.model.indicators import Direction
from levier.wording.reasons import MissingReason

__all__ = ["Kept", "Limits", "is_band", "kept_over", "limits_of", "why_no_limits"]


@final
@frozen
class Limits:
    """
    What a value is to be kept within, both ends included; a missing end is no limit.

    >>> Limits(Decimal(3), Decimal(5)).outside(Decimal(7)), Limits(None, Decimal(5)).outside(Decimal(2))
    (Decimal('2'), Decimal('0'))
    """

    lower: Decimal | None
    upper: Decimal | None

    def outside(self, value: Decimal) -> Decimal:
        """Return how far a value is outside: above zero over the upper limit, below zero under the lower one."""
        if self.upper is not None and value > self.upper:
            return EXACT.subtract(value, self.upper)
        if self.lower is not None and value < self.lower:
            return EXACT.subtract(value, self.lower)
        return Decimal(0)

    def nearest(self, value: Decimal) -> Decimal:
        """Return the limit that is nearest to a value; the upper one of two that are as near."""
        ends = [end for end in (self.upper, self.lower) if end is not None]
        return min(ends, key=lambda end: EXACT.subtract(end, value).copy_abs())


@final
@frozen(field_transformer=by_type)
class Kept:
    """
    In how many periods a value was held to its target, and how far outside the latest one is.

    *outside* is in the indicator's unit: above zero over an upper limit, below zero under a lower one, zero if held.

    Attributes:
        held: The number of periods in which the value was held.
        periods: The number of periods that have a value.

    >>> Kept(3, 4, Decimal(0)).share, Kept(3, 4, Decimal(0)).is_held
    (Decimal('75.00'), True)
    """

    held: int
    periods: int
    outside: Decimal

    @property
    def is_held(self) -> bool:
        """Whether the latest value is held."""
        return not self.outside

    @property
    def share(self) -> Decimal:
        """The share of the periods in which the value was held, in percent, to two decimals."""
        return rounded(EXACT.divide(EXACT.multiply(HUNDRED, Decimal(self.held)), Decimal(self.periods)), 2)


def limits_of(target: Any, direction: Direction) -> Limits | None:
    """
    Return what a target keeps a value within; `None` where it does not say: a band needs both of its ends.

    >>> from levier.compute.indicators.points import Given
    >>> limits_of(Given(value=Decimal(60)), Direction.KEEP_AT_OR_BELOW)
    Limits(lower=None, upper=Decimal('60'))
    """
    if direction is Direction.KEEP_WITHIN:
        upper = getattr(target, "upper", None)
        return None if upper is None else Limits(target.value, upper)
    if is_band(target):
        return None
    return Limits(None, target.value) if direction is Direction.KEEP_AT_OR_BELOW else Limits(target.value, None)


def is_band(target: Any) -> bool:
    """
    Return whether a target, or one of the targets that it was aggregated from, is a band.

    >>> is_band(None)
    False
    """
    given = getattr(target, "upper", None) is not None
    return given or any(row.upper is not None for row in observations_of(target))


def why_no_limits(actual: Any, target: Any, direction: Direction, ruleset: Ruleset) -> MissingReason | None:
    """
    Return why nobody can say whether a value is held; `None` where it is known.

    >>> why_no_limits(None, None, Direction.KEEP_WITHIN, Ruleset.STRICT)
    <MissingReason.NO_ACTUAL: 'no-actual'>
    """
    if ruleset is Ruleset.PILOTE:
        return MissingReason.UNKNOWN_TO_PILOTE
    missing = why_missing(actual, MissingReason.NO_ACTUAL) or why_missing(target, MissingReason.NO_TARGET)
    if missing is not None:
        return missing
    if limits_of(target, direction) is None:
        return MissingReason.NO_BAND if direction is Direction.KEEP_WITHIN else MissingReason.BAND
    return why_unlike(actual, target)


def kept_over(earlier: Iterable[Any], actual: Any, limits: Limits) -> Kept:
    """
    Return in how many periods a value was held: *actual*, the latest, and those *earlier* that compare with it.

    >>> from levier.compute.indicators.points import Given
    >>> one, two = Given(value=Decimal(70)), Given(value=Decimal(50))
    >>> kept_over([one], two, Limits(None, Decimal(60)))
    Kept(held=1, periods=2, outside=Decimal('0'))
    """
    alike = [point.value for point in earlier if point.value is not None and why_unlike(point, actual) is None]
    counted = [*alike, actual.value]
    held = sum(not limits.outside(value) for value in counted)
    return Kept(held, len(counted), limits.outside(actual.value))
