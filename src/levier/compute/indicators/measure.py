"""
Progress: how far an indicator has come from its baseline to its target, by the Government's own formula.

Source: PILOTE, DITP's tool (`compute_ta_macro.sql`): upward or stable, 100·(actual − baseline)/(target − baseline), or
100 and 0 as the target is met or not where the baseline is already there; downward, the same mirrored; rounded to two
decimals, half away from zero, on the decimal value, then bounded to [0, 100].
Missing inputs give no value, with the reason; zero is a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from attrs import evolve, field, frozen

from levier.compute.exact import EXACT, HUNDRED, ZERO, rounded
from levier.compute.findings import Finding
from levier.compute.indicators.candidates import Query
from levier.compute.indicators.keeping import Kept, kept_over, limits_of, why_no_limits
from levier.compute.indicators.paths import difference
from levier.compute.indicators.points import left_out, other_reading, point, why_missing
from levier.compute.indicators.rulesets import Ruleset, RulesetDifference
from levier.compute.indicators.series import Disputed, ExcludedObservation, Point, held_point, observations_of
from levier.errors import RepeatedMonthError, TargetBeforeBaselineError
from levier.errors.final import final
from levier.model.indicators import Direction, Indicator
from levier.model.observations import Observation
from levier.model.periods import Day
from levier.model.quantities import PERCENT
from levier.wording.explained import Explained
from levier.wording.messages import about, clauses, message, plural
from levier.wording.reasons import MissingReason
from levier.wording.said import Said
from levier.wording.values import Name, Number

__all__ = ["NO_NOTES", "Bare", "Notes", "Progress", "compared", "measured", "unbounded_progress"]

_UP, _DOWN = Direction.INCREASE, Direction.DECREASE
_subtract, _multiply, _divide = EXACT.subtract, EXACT.multiply, EXACT.divide


@final
@frozen
class Bare:
    """
    A stand-in for the indicator of bare numbers: a direction, and a unit where a quantity carries one.

    The number of decimals is unknown.

    >>> Bare(Direction.INCREASE, "days").unit
    'days'
    """

    direction: Direction | None = None
    unit: str = ""
    decimals: None = None


@final
@frozen(kw_only=True)
class Notes:
    """
    Notes on a result: what was left out, the findings, and where the other ruleset differs.

    *kept* is in how many periods a target to keep to was held.
    *sources* are the names of the documents behind the values; *part* are those of the codes of a breakdown.

    >>> Notes().differences
    ()
    """

    left_out: tuple[ExcludedObservation, ...] = ()
    findings: tuple[Finding, ...] = ()
    differences: tuple[RulesetDifference, ...] = ()
    other: Decimal | None = None
    kept: Kept | None = None
    sources: tuple[Name, ...] = field(default=(), eq=False, repr=False)
    part: tuple[Name, ...] = ()


NO_NOTES = Notes()
_BARE = Bare()


@final
@frozen  # positional, unlike its neighbours: built by the hundred thousand, and keywords cost a third more
class Progress(Explained):
    """
    How far an indicator has come: a percentage of the way from its baseline to its target.

    Where the direction is to keep to the target, it is the percentage of the periods in which the value was held.

    *value* is bounded to [0, 100] and *unbounded* is not; both have two decimals, and are `None` where *reason* says
    why.
    *baseline*, *actual* and *target* are the observations used (or aggregates of them, or the numbers given).

    Attributes:
        asked: The query that it answers; `None` for bare numbers.
        territory: The territory; `None` for bare numbers.
        about: The indicator as it was known on the day, or the direction and unit of bare numbers.
        notes: What was left out, the findings, and where the other ruleset differs.

    >>> from levier.compute.indicators.progress import progress
    >>> result = progress(baseline=40, actual=25, target=16, direction="decrease")
    >>> result.value
    Decimal('62.50')
    >>> print(result)
    62.5% of the way from 40 to the target of 16; latest value 25
    """

    value: Decimal | None
    unbounded: Decimal | None
    reason: MissingReason | None
    baseline: Point | None
    actual: Point | None
    target: Point | None
    asked: Query
    territory: Name | None = None
    about: Indicator | Bare = _BARE
    notes: Notes = field(default=NO_NOTES, repr=False)

    @property
    def indicator(self) -> Indicator | None:
        """The indicator; `None` for bare numbers."""
        return self.about if isinstance(self.about, Indicator) else None

    @property
    def direction(self) -> Direction | None:
        """The direction in which the indicator should move."""
        return self.about.direction

    @property
    def unit(self) -> str:
        """The unit of the three values; empty where bare numbers have none."""
        return self.about.unit

    @property
    def indicator_id(self) -> str:
        """The identifier of the indicator; empty for bare numbers."""
        return "" if self.indicator is None else self.indicator.id

    @property
    def territory_id(self) -> str:
        """The identifier of the territory; empty for bare numbers."""
        return "" if self.territory is None else self.territory.id

    @property
    def ruleset(self) -> Ruleset:
        """The ruleset it was computed by."""
        return self.asked.ruleset

    @property
    def as_of(self) -> Day | None:
        """The day of knowledge of the query; `None` for bare numbers."""
        return None if self.indicator is None else self.asked.as_of

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The observations used, including those inside aggregates."""
        points = (self.baseline, self.actual, self.target)
        return tuple(dict.fromkeys(row for point in points for row in observations_of(point)))

    @property
    def left_out(self) -> tuple[ExcludedObservation, ...]:
        """The observations that were left out, each with the reason."""
        return self.notes.left_out

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings about the data behind it."""
        return self.notes.findings

    @property
    def differences(self) -> tuple[RulesetDifference, ...]:
        """The rules by which the two rulesets give different numbers; empty where they agree."""
        return self.notes.differences

    @property
    def kept(self) -> Kept | None:
        """In how many periods a target to keep to was held; `None` for other directions, and where unknown."""
        return self.notes.kept

    @property
    def contradiction(self) -> RepeatedMonthError | TargetBeforeBaselineError | None:
        """The contradiction in the data that *reason* names, as an error that a caller may raise; else `None`."""
        for used in (self.baseline, self.actual, self.target):
            if self.reason is MissingReason.DISPUTED and isinstance(used, Disputed):
                return used.error
        if self.reason is not MissingReason.TARGET_BEFORE_BASELINE:
            return None
        dates = (str(held_point(used).period) for used in (self.baseline, self.target))
        return TargetBeforeBaselineError(self.indicator_id, self.territory_id, *dates)

    @property
    def differs_from_pilote(self) -> bool:
        """Whether the two rulesets give different values."""
        return bool(self.notes.differences)

    @property
    def other_value(self) -> Decimal | None:
        """The value by the other ruleset: the same value where they agree."""
        return self.notes.other if self.notes.differences else self.value

    @property
    def message(self) -> Said:
        """How the number was computed, or why there is none, in one sentence: values, dates and sources."""
        content = clauses(
            *(self._measured() if self.value is not None else self._missing()),
            left_out(self.left_out, self._point),
            *(finding.message for finding in self.findings),
            other_reading(self.ruleset, self.notes.other, self.differences),
        )
        named = None if self.indicator is None else Name.of(self.indicator)
        return about(content, named, *self.notes.part, self.territory, as_of=self.as_of)

    def _point(self, value: Any) -> Said:
        return point(value, self.unit, self.notes.sources, self.about.decimals)

    def _measured(self) -> Iterator[Said]:
        if self.kept is not None:
            yield from self._held(self.kept)
            return
        start, goal = self._point(self.baseline), self._point(self.target)
        share, before = (Number.trimmed(number or ZERO, PERCENT, 2) for number in (self.value, self.unbounded))
        yield message("{share} of the way from {start} to the target of {goal}", share=share, start=start, goal=goal)
        if self.unbounded != self.value:
            yield message("unbounded: {share}", share=before)
        yield self._latest()

    def _held(self, kept: Kept) -> Iterator[Said]:
        share = Number.trimmed(kept.share, PERCENT, 2)
        yield plural(
            "{share} of the periods held ({held} of {n})",
            "{share} of the periods held ({held} of {n})",
            n=kept.periods,
            share=share,
            held=Number(kept.held),
        )
        yield message("{direction}: {target}", direction=self.direction or "", target=self._point(self.target))
        yield self._latest()
        if not kept.is_held:
            yield message("outside by {distance}", distance=difference(kept.outside, self.unit, self.about.decimals))

    def _latest(self) -> Said:
        return message("latest value {point}", point=self._point(self.actual))

    def _missing(self) -> Iterator[Said]:
        yield message("progress not computable ({reason})", reason=self.reason or MissingReason.NO_PROGRESS)
        if _value_of(self.baseline) is not None:
            yield message("baseline {point}", point=self._point(self.baseline))
        if _value_of(self.actual) is not None:
            yield self._latest()
        if _value_of(self.target) is not None:
            yield message("target {point}", point=self._point(self.target))


def unbounded_progress(baseline: Decimal, actual: Decimal, target: Decimal, direction: Direction) -> Decimal:
    """
    Return the percentage of the way, to two decimals, half away from zero, whatever the caller's decimal context.

    >>> unbounded_progress(Decimal(0), Decimal("2.675"), Decimal(100), Direction.INCREASE)
    Decimal('2.68')
    """
    # A baseline that is already at its target or past it leaves no way to measure, and no division by zero: PILOTE
    # then gives 100 or 0, as the target is met or not.
    if direction is _DOWN:
        if baseline <= target:
            return HUNDRED if actual <= target else ZERO
    elif baseline >= target:
        return HUNDRED if actual >= target else ZERO
    share = _divide(_multiply(HUNDRED, _subtract(actual, baseline)), _subtract(target, baseline))
    return rounded(share, 2)


def measured(  # noqa: PLR0913, PLR0917  # every part of a result, positional for speed
    start: Any,
    now: Any,
    goal: Any,
    about: Indicator | Bare,
    asked: Query,
    territory: Name | None = None,
    notes: Notes = NO_NOTES,
    way: Direction | None = None,
    earlier: Iterable[Any] = (),
) -> Progress:
    """
    Return the progress from *start* to *goal* with *now*, in the indicator's direction unless *way* is given.

    *earlier* are the values before *now*, which count where the target is one to keep to.
    """
    direction = way or about.direction
    if direction is not _UP and direction is not _DOWN and direction is not None and direction.is_kept:
        reason = why_no_limits(now, goal, direction, asked.ruleset)
        limits = None if reason is not None else limits_of(goal, direction)
        if limits is None:
            return Progress(None, None, reason, start, now, goal, asked, territory, about, notes)
        kept = kept_over(earlier, now, limits)
        notes = evolve(notes, kept=kept)
        return Progress(kept.share, kept.share, None, start, now, goal, asked, territory, about, notes)
    if start is None or now is None or goal is None or direction is None:
        return Progress(None, None, _missing_input(start, now, goal), start, now, goal, asked, territory, about, notes)
    first, present, last = start.value, now.value, goal.value
    if first is None or present is None or last is None:
        return Progress(None, None, _missing_input(start, now, goal), start, now, goal, asked, territory, about, notes)
    unbounded = unbounded_progress(first, present, last, direction)
    value = ZERO if unbounded < ZERO else HUNDRED if unbounded > HUNDRED else unbounded  # noqa: FURB136  # for speed
    return Progress(value, unbounded, None, start, now, goal, asked, territory, about, notes)


def _value_of(point: Any) -> Decimal | None:
    return None if point is None else point.value


def _missing_input(start: Any, now: Any, goal: Any) -> MissingReason:
    if start is None:  # a shared constant, because a hundred thousand results may be missing
        return MissingReason.NO_BASELINE
    return (
        why_missing(start, MissingReason.NO_BASELINE)
        or why_missing(now, MissingReason.NO_ACTUAL)
        or why_missing(goal, MissingReason.NO_TARGET)
        or MissingReason.NO_DIRECTION
    )


def compared(result: Progress, other: Progress, differences: tuple[RulesetDifference, ...]) -> Progress:
    """Return *result* with the *other* ruleset's value and the rules behind the difference, if the two disagree."""
    if (result.value, result.unbounded, result.reason) == (other.value, other.unbounded, other.reason):
        return result
    return evolve(result, notes=evolve(result.notes, differences=differences, other=other.value))
