"""
The position of a territory among its peers, and its trend: gap to the median, trend, summary, ranking.

Source of the rules: PILOTE; the strict ruleset keeps zero as a value and gives no trend without a previous value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, localcontext

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.coverage import Coverage
from levier.compute.exact import EXACT, NumberLike, as_number, mean, rounded
from levier.compute.indicators.aggregation import median
from levier.compute.indicators.rulesets import Ruleset, RulesetDifference
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model.quantities import PERCENT, POINTS
from levier.model.terms import Term
from levier.wording.explained import Explained
from levier.wording.messages import message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said
from levier.wording.values import Number

__all__ = ["Gap", "Side", "Summary", "Trend", "TrendDirection", "gap", "gap_to", "rank", "summary", "trend"]


class Side(Term):
    """The side of the median on which a territory is."""

    AHEAD = "ahead", "en avance", "ahead"
    LEVEL = "level", "à la médiane", "at the median"
    BEHIND = "behind", "en retard", "behind"


@final
@frozen(kw_only=True, field_transformer=by_type)
class Gap(Explained):
    """
    The gap between a progress and the median of its level, in points.

    *value* is `None` where *reason* says why.

    Attributes:
        median: The median progress of the level, in percent.
        differences: The rules by which the two rulesets differ for this gap.

    >>> behind = gap(30, [30, 45, 60])
    >>> behind.value, behind.median, behind.side
    (Decimal('-15'), Decimal('45'), <Side.BEHIND: 'behind'>)
    """

    value: Decimal | None
    median: Decimal | None
    reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])
    differences: tuple[RulesetDifference, ...] = ()

    @property
    def rounded(self) -> Decimal | None:
        """The gap to one decimal, half away from zero; never minus zero."""
        return None if self.value is None else rounded(self.value, 1)

    @property
    def side(self) -> Side | None:
        """The side of the median, after rounding."""
        if self.rounded is None:
            return None
        return Side.LEVEL if not self.rounded else Side.AHEAD if self.rounded > 0 else Side.BEHIND

    @property
    def message(self) -> Said:
        """The gap and the median, or why there is no gap."""
        if self.value is None or self.median is None:
            reason = self.reason or MissingReason.NO_PROGRESS
            return message("gap to the median not computable ({reason})", reason=reason)
        middle = Number.trimmed(self.median, PERCENT, 1)
        points = Number.trimmed(self.value.copy_abs(), POINTS, 1)
        match self.side:
            case Side.AHEAD:
                return message("{points} above the median ({median})", points=points, median=middle)
            case Side.BEHIND:
                return message("{points} below the median ({median})", points=points, median=middle)
            case _:
                return message("at the median ({median})", median=middle)


@asked
def gap(
    progress: NumberLike | None, peers: Iterable[NumberLike | None], *, ruleset: Ruleset | str = Ruleset.STRICT
) -> Gap:
    """
    Return *progress* minus the median of *peers*, its whole level, the territory included; blanks are ignored.

    Raises:
        InvalidValueError: For a float, NaN or infinity.

    >>> gap(10, [10, 0, -10]).value, gap(10, [10, 0, -10], ruleset="pilote").value
    (Decimal('10'), None)
    """
    found = as_number(progress, "gap", "progress")
    numbers = [each for each in (as_number(peer, "gap", "peers") for peer in peers) if each is not None]
    return gap_to(found, median(numbers) if numbers else None, Ruleset(ruleset))


def gap_to(found: Decimal | None, middle: Decimal | None, ruleset: Ruleset) -> Gap:
    """
    Return a progress minus the median of its level, where that is computed already.

    >>> gap_to(Decimal(30), Decimal(45), Ruleset.STRICT).value
    Decimal('-15')
    """
    if found is None or middle is None:
        return Gap(
            value=None, median=middle, reason=MissingReason.NO_PEERS if found is not None else MissingReason.NO_PROGRESS
        )
    differences = () if middle else (RulesetDifference.ZERO_MEDIAN,)
    if differences and ruleset is Ruleset.PILOTE:
        return Gap(value=None, median=middle, reason=MissingReason.ZERO_MEDIAN, differences=differences)
    return Gap(value=EXACT.subtract(found, middle), median=middle, differences=differences)


class TrendDirection(Term):
    """The direction of a trend."""

    RISING = "rising", "hausse", "rising"
    LEVEL = "level", "stagnation", "level"
    FALLING = "falling", "baisse", "falling"


@final
@frozen(kw_only=True, field_transformer=by_type)
class Trend(Explained):
    """
    The change of a progress since the previous one, in points, and its direction.

    *direction* is `None` where *reason* says why.

    Attributes:
        change: The change, in points; `None` where it is unknown.
        tolerance: The largest change, in points, that still counts as stable.
        differences: The rules by which the two rulesets differ for this trend.

    >>> trend(75, 70).direction, trend(75, 70, tolerance=5).direction
    (<TrendDirection.RISING: 'rising'>, <TrendDirection.LEVEL: 'level'>)
    """

    direction: TrendDirection | None = field(converter=TermOrNone[TrendDirection])
    change: Decimal | None = None
    reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])
    tolerance: Decimal = Decimal(0)
    differences: tuple[RulesetDifference, ...] = ()

    @property
    def message(self) -> Said:
        """The direction, and by how many points."""
        if self.direction is None:
            return message("trend unknown ({reason})", reason=self.reason or MissingReason.NO_PREVIOUS)
        if not self.change:
            return message("progress level")
        points = Number.trimmed(self.change.copy_abs(), POINTS, 1, self.tolerance)
        match self.direction:
            case TrendDirection.RISING:
                return message("progress up by {points}", points=points)
            case TrendDirection.FALLING:
                return message("progress down by {points}", points=points)
            case _ if self.change > 0:
                return message("progress level ({points} more)", points=points)
            case _:
                return message("progress level ({points} less)", points=points)


@asked
def trend(
    current: NumberLike | None,
    previous: NumberLike | None,
    *,
    tolerance: NumberLike = 0,
    ruleset: Ruleset | str = Ruleset.STRICT,
) -> Trend:
    """
    Return the trend of a progress: a change of at most *tolerance* points is stable.

    Raises:
        InvalidValueError: For a float, NaN or infinity.

    >>> trend(10, None).reason, trend(10, None, ruleset="pilote").direction
    (<MissingReason.NO_PREVIOUS: 'no-previous'>, <TrendDirection.LEVEL: 'level'>)
    """
    now, before = as_number(current, "trend", "current"), as_number(previous, "trend", "previous")
    margin = (as_number(tolerance, "trend", "tolerance") or Decimal(0)).copy_abs()
    if now is None:
        return Trend(direction=None, reason=MissingReason.NO_PROGRESS, tolerance=margin)
    if before is None:
        level = TrendDirection.LEVEL if Ruleset(ruleset) is Ruleset.PILOTE else None
        return Trend(
            direction=level,
            reason=MissingReason.NO_PREVIOUS,
            tolerance=margin,
            differences=(RulesetDifference.NO_PREVIOUS,),
        )
    change = EXACT.subtract(now, before)
    way = TrendDirection.RISING if change > 0 else TrendDirection.FALLING
    return Trend(
        direction=TrendDirection.LEVEL if change.copy_abs() <= margin else way, change=change, tolerance=margin
    )


@final
@frozen(kw_only=True, field_transformer=by_type)
class Summary:
    """
    The minimum, median, maximum and mean of the progress of a level; blanks are ignored, and counted.

    Attributes:
        minimum: The lowest progress, in percent.
        median: The median progress, in percent.
        maximum: The highest progress, in percent.
        mean: The arithmetic mean of the progress, in percent.
        coverage: Which territories have a value, and which do not.
        differences: The rules by which the two rulesets differ for this summary.

    >>> summary({"a": 42, "b": 40, "c": 60, "d": 55, "e": None}).median
    Decimal('48.5')
    """

    minimum: Decimal | None
    median: Decimal | None
    maximum: Decimal | None
    mean: Decimal | None
    coverage: Coverage
    differences: tuple[RulesetDifference, ...] = ()


@asked
def summary(values: Mapping[str, NumberLike | None], *, ruleset: Ruleset | str = Ruleset.STRICT) -> Summary:
    """
    Return the minimum, median, maximum and mean of *values*, by territory.

    In one of its views, PILOTE drops zeros from the minimum and the median.

    Raises:
        InvalidValueError: For a float, NaN or infinity; names the territory.

    >>> summary({"a": 0, "b": 40}).minimum, summary({"a": 0, "b": 40}, ruleset="pilote").minimum
    (Decimal('0'), Decimal('40'))
    """
    numbers = {place: as_number(value, "summary", place) for place, value in values.items()}
    known = {place: number for place, number in numbers.items() if number is not None}
    coverage = Coverage(reported=tuple(known), missing=tuple(place for place in numbers if place not in known))
    kept = [value for value in known.values() if value or Ruleset(ruleset) is Ruleset.STRICT]
    with localcontext(EXACT):
        return Summary(
            minimum=min(kept, default=None),
            median=median(kept) if kept else None,
            maximum=max(known.values(), default=None),
            mean=mean(known.values()) if known else None,
            coverage=coverage,
            differences=(RulesetDifference.ZERO_DROPPED,) if any(not value for value in known.values()) else (),
        )


@asked
def rank(values: Mapping[str, NumberLike | None]) -> tuple[str, ...]:
    """
    Return the names of *values* from the highest progress to the lowest, those without a value last.

    Raises:
        InvalidValueError: For a float, NaN or infinity; names the item.

    >>> rank({"CH-001": None, "CH-002": 40, "CH-003": 25})
    ('CH-002', 'CH-003', 'CH-001')
    """
    numbers = {name: as_number(value, "rank", name) for name, value in values.items()}
    blank = sorted(name for name, value in numbers.items() if value is None)
    known = sorted(((EXACT.minus(value), name) for name, value in numbers.items() if value is not None))
    return (*(name for _, name in known), *blank)
