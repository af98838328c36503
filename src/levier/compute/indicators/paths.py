"""
Expected paths: where an indicator should be between its baseline and its target, and whether it is on track.

A path is linear, stepwise (each target holds from its date, the baseline until then), or given point by point.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, localcontext
from typing import Any

from attrs import evolve, field, frozen

from levier.compute._types import asked, by_type
from levier.compute.exact import EXACT, NumberLike, as_number
from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model.indicators import Direction
from levier.model.periods import Period, PeriodLike
from levier.model.quantities import MONTHS, PERCENT, POINTS
from levier.model.terms import Term
from levier.wording.explained import Explained
from levier.wording.messages import items, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value
from levier.wording.values import Number

__all__ = [
    "Distance",
    "ExpectedPath",
    "OnTrack",
    "PathShape",
    "Track",
    "difference",
    "distance",
    "expected_path",
    "on_track",
    "unit_of_difference",
]


class PathShape(Term):
    """How a path runs between two points."""

    LINEAR = "linear", "linéaire", "linear"
    STEPWISE = "stepwise", "par paliers", "stepwise"


@final
@frozen(kw_only=True, field_transformer=by_type)
class ExpectedPath:
    """
    The values expected month by month: points, and how the path runs between them.

    *points* are pairs (month, value), oldest first; months are counted from year 0.

    Attributes:
        shape: How the path runs between two points, such as a straight line.

    >>> path = expected_path({"2018-12": 40, "2020-12": 16})
    >>> path.at("2019-12"), path.at("2030-01")
    (Decimal('28'), Decimal('16'))
    """

    points: tuple[tuple[int, Decimal], ...]
    shape: PathShape = field(default=PathShape.LINEAR, converter=PathShape)

    def at(self, when: PeriodLike) -> Decimal | None:
        """Return the value expected in the last month of *when*; `None` before the start; its last value afterwards."""
        month = Period(when).last_month
        before = [point for point in self.points if point[0] <= month]
        after = [point for point in self.points if point[0] > month]
        if not before:
            return None
        if not after or self.shape is PathShape.STEPWISE:
            return before[-1][1]
        (start, low), (end, high) = before[-1], after[0]
        with localcontext(EXACT):
            return low + (high - low) * (month - start) / (end - start)


@asked
def expected_path(
    points: Mapping[str, NumberLike] | Iterable[tuple[PeriodLike, NumberLike]],
    shape: PathShape | str = PathShape.LINEAR,
) -> ExpectedPath:
    """
    Return the path through *points*: a baseline and targets, or a value for each month.

    Raises:
        InvalidValueError: For a float, NaN or infinity, for no points, or for two points in one month.

    >>> expected_path([("2018-12", 40), ("2019-12", 30), ("2020-12", 16)], "stepwise").at("2020-06")
    Decimal('30')
    """
    given: Any = points.items() if isinstance(points, Mapping) else points
    pairs: tuple[tuple[PeriodLike, NumberLike], ...] = tuple(given)
    found = {Period(when).last_month: as_number(value, "expected_path", str(when)) for when, value in pairs}
    known = tuple(sorted((month, value) for month, value in found.items() if value is not None))
    if not known or len(known) != len(pairs):
        raise InvalidValueError("expected_path", pairs, "at least one point, each with a value, one a month")
    return ExpectedPath(points=known, shape=PathShape(shape))


_DOWNWARD = (Direction.DECREASE, Direction.KEEP_AT_OR_BELOW)


class Track(Term):
    """Whether a value is ahead of its path, on it or behind it."""

    AHEAD = "ahead", "en avance", "ahead"
    ON_TRACK = "on-track", "conforme", "on track"
    BEHIND = "behind", "en retard", "behind"


@final
@frozen(kw_only=True, field_transformer=by_type)
class OnTrack(Explained):
    """
    Whether a value is on its path, and how far from it, in the indicator's unit.

    *track* is `None` where *reason* says why. *unit* and *decimals* format the numbers in sentences.

    Attributes:
        expected: The value of the path in that month, in *unit*.
        difference: The actual value minus the expected one, in *unit*.
        is_kept: Whether the value is to be kept on its side of the path, which then is a limit; it is never ahead.

    >>> path = expected_path({"2018-12": 40, "2020-12": 16})
    >>> judged = on_track(25, "2019-12", path, "decrease")
    >>> judged.track, judged.expected, judged.difference
    (<Track.AHEAD: 'ahead'>, Decimal('28'), Decimal('-3'))
    """

    track: Track | None = field(converter=TermOrNone[Track])
    expected: Decimal | None = None
    difference: Decimal | None = None
    reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])
    unit: str = ""
    decimals: int | None = None
    is_kept: bool = False

    @property
    def message(self) -> Said:
        """Whether the value is on its path, and the value expected."""
        if self.track is None or self.expected is None:
            return message("position on its path unknown ({reason})", reason=self.reason or MissingReason.NO_PATH)
        actual = EXACT.add(self.expected, self.difference or Decimal(0))
        expected = Number.trimmed(self.expected, self.unit, self.decimals, actual)
        if self.is_kept and self.track is Track.BEHIND:
            return message("not held to its target (limit: {value})", value=expected)
        if self.is_kept:
            return message("held to its target (limit: {value})", value=expected)
        match self.track:
            case Track.AHEAD:
                return message("ahead of its path (expected: {value})", value=expected)
            case Track.ON_TRACK:
                return message("on its path (expected: {value})", value=expected)
            case _:
                return message("behind its path (expected: {value})", value=expected)


@asked
def on_track(  # noqa: PLR0913  # the value, its path, and its format
    actual: NumberLike | None,
    when: PeriodLike,
    path: ExpectedPath,
    direction: Direction | str | None,
    *,
    tolerance: NumberLike = 0,
    unit: str = "",
    decimals: int | None = None,
) -> OnTrack:
    """
    Return whether *actual*, the value of the last month of *when*, is on *path*, within *tolerance*.

    *unit* and *decimals* are those of the indicator; they format the numbers in sentences.

    Raises:
        InvalidValueError: For a float, NaN or infinity.

    >>> on_track(30, "2018-01", expected_path({"2018-12": 40}), "decrease").reason
    <MissingReason.NO_PATH: 'no-path'>
    """
    found = as_number(actual, "on_track", "actual")
    margin = as_number(tolerance, "on_track", "tolerance") or Decimal(0)
    expected = path.at(when)
    if found is None or expected is None:
        return OnTrack(
            track=None,
            expected=expected,
            reason=MissingReason.NO_PATH if found is not None else MissingReason.NO_ACTUAL,
        )
    difference = EXACT.subtract(found, expected)
    if direction is None:
        return OnTrack(track=None, expected=expected, difference=difference, reason=MissingReason.NO_DIRECTION)
    way = Direction(direction)
    if way is Direction.KEEP_WITHIN:
        return OnTrack(track=None, expected=expected, difference=difference, reason=MissingReason.NO_BAND)
    good = EXACT.minus(difference) if way in _DOWNWARD else difference
    if way.is_kept:
        track = Track.ON_TRACK if good >= 0 or difference.copy_abs() <= margin else Track.BEHIND
        return OnTrack(
            track=track, expected=expected, difference=difference, unit=unit, decimals=decimals, is_kept=True
        )
    track = Track.ON_TRACK if difference.copy_abs() <= margin else Track.AHEAD if good > 0 else Track.BEHIND
    return OnTrack(track=track, expected=expected, difference=difference, unit=unit, decimals=decimals)


@final
@frozen(kw_only=True, field_transformer=by_type)
class Distance(Explained):
    r"""
    The distance to a target, in the indicator's unit: how much, over how many months, hence how much a month.

    *remaining* is the target minus the value; *per_month* is `None` where no time remains or the target is met, with
    the reason.
    *unit* and *decimals* format the numbers in sentences.

    Attributes:
        months: The months from the value to the target; zero or less once the date has passed.
        reason: Why *remaining* or *per_month* is missing; `None` where neither is.

    >>> left = distance(25, 16, on="2019-05", target_on="2020-05")
    >>> left.remaining, left.months, left.per_month
    (Decimal('-9'), 12, Decimal('-0.75'))
    >>> print(left.explain("fr"))
    cible plus basse de 9, à atteindre dans 12\xa0mois, soit 0,75 de moins par mois
    """

    remaining: Decimal | None
    months: int
    per_month: Decimal | None
    reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])
    unit: str = ""
    decimals: int | None = None

    @property
    def message(self) -> Said:
        """The distance, and over how many months."""
        if self.remaining is None:
            return items(self.reason)
        if not self.remaining:
            return message("target equal to the value")
        left = self._size(self.remaining)
        if self.reason is MissingReason.TARGET_MET:
            return message("target already met, by a margin of {left}", left=left)
        if self.remaining > 0:
            return items(message("target {left} higher", left=left), self._pace())
        return items(message("target {left} lower", left=left), self._pace())

    def _pace(self) -> Value | None:
        if self.per_month is None:
            return self.reason
        months, pace = Number(self.months, MONTHS), self._size(self.per_month)
        if self.per_month > 0:
            return message("due in {months}, that is {pace} more a month", months=months, pace=pace)
        return message("due in {months}, that is {pace} less a month", months=months, pace=pace)

    def _size(self, amount: Decimal) -> Number:
        """Return a distance without its sign, which the sentence puts in words."""
        return difference(amount, self.unit, self.decimals)


def _is_met(remaining: Decimal, direction: Direction | None) -> bool:
    """Return whether a value has passed its target, in the direction of the indicator."""
    if direction is Direction.INCREASE:
        return remaining < 0
    if direction is Direction.KEEP_AT_OR_BELOW:
        return remaining > 0
    if direction is Direction.KEEP_AT_OR_ABOVE:
        return remaining < 0
    return direction is Direction.DECREASE and remaining > 0


def unit_of_difference(unit: str) -> str:
    """
    Return the unit of a difference of two values: percentages differ by points.

    >>> unit_of_difference("%"), unit_of_difference("days")
    ('points', 'days')
    """
    return POINTS if unit == PERCENT else unit


def difference(amount: Decimal, unit: str, decimals: int | None) -> Number:
    """
    Return a difference of two values without its sign, as sentences write it.

    >>> print(difference(Decimal(-3), "%", None))
    3 points
    """
    return Number.trimmed(amount.copy_abs(), unit_of_difference(unit), decimals, Decimal(0))


@asked
def distance(  # noqa: PLR0913  # both points, and their format
    actual: NumberLike | None,
    target: NumberLike | None,
    *,
    on: PeriodLike,
    target_on: PeriodLike,
    unit: str = "",
    decimals: int | None = None,
    direction: Direction | str | None = None,
) -> Distance:
    """
    Return the distance from *actual*, of the period *on*, to *target*, of the period *target_on*.

    *unit* and *decimals* are those of the indicator; they format the numbers in sentences. With its *direction*, a
    target that is already met has no *per_month*, with that reason.

    Raises:
        InvalidValueError: For a float, NaN or infinity, or an unknown direction.

    >>> distance(25, 16, on="2020-05", target_on="2020-05").reason
    <MissingReason.DATE_PASSED: 'date-passed'>
    """
    now, goal = as_number(actual, "distance", "actual"), as_number(target, "distance", "target")
    months = Period(target_on).last_month - Period(on).last_month
    if now is None or goal is None:
        reason = MissingReason.NO_ACTUAL if now is None else MissingReason.NO_TARGET
        return Distance(remaining=None, months=months, per_month=None, reason=reason)
    left = EXACT.subtract(goal, now)
    known = Distance(remaining=left, months=months, per_month=None, unit=unit, decimals=decimals)
    way = None if direction is None else Direction(direction)
    if left and _is_met(left, way):
        return evolve(known, reason=MissingReason.TARGET_MET)
    if left and way is not None and way.is_kept:
        return evolve(known, reason=MissingReason.TO_BE_KEPT)
    if months <= 0:
        return evolve(known, reason=MissingReason.DATE_PASSED)
    return evolve(known, per_month=EXACT.divide(left, Decimal(months)))
