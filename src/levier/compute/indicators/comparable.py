"""
Comparable values: a cumulative or seasonal series converted to the basis of its target.

First, optionally, decumulation (a value minus the previous one); then the value itself, or a sum or mean over a window.
Source of the rules: PILOTE (`compute_vaca.sql`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from itertools import pairwise, starmap
from types import MappingProxyType
from typing import ClassVar

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.coverage import Coverage
from levier.compute.exact import EXACT, NumberLike, as_number
from levier.compute.indicators.aggregation import combined
from levier.compute.indicators.points import Given, coverage_of, why_missing, why_unlike
from levier.compute.indicators.rulesets import Ruleset, RulesetDifference
from levier.compute.indicators.series import Point, observations_of
from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model.indicators import Aggregation
from levier.model.observations import Observation
from levier.model.periods import Period, PeriodLike, Precision, as_period_or_none
from levier.model.terms import Term
from levier.wording.explained import Explained
from levier.wording.messages import items, message, plural
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value

__all__ = ["Comparable", "ComparableRule", "Decumulation", "Window", "comparable_points", "comparable_values"]

_WINDOWS_IN_MONTHS = (3, 6, 12, 48)
"""The rolling windows that PILOTE supports; another one gives no value, with the reason."""


class Decumulation(Term):
    """How a cumulative series is converted to increments."""

    NONE = "none", "sans décumul", "no decumulation"
    YEAR = "year", "décumul depuis le 1er janvier", "decumulated since 1 January"
    SINCE = "since", "décumul depuis une date", "decumulated since a date"


class Window(Term):
    """The months over which values are summed or averaged."""

    CURRENT = "current", "valeur courante", "current value"
    YEAR = "year", "depuis le 1er janvier", "since 1 January"
    MONTHS = "months", "derniers mois", "last months"
    SINCE = "since", "depuis une date", "since a date"


@final
@frozen(kw_only=True, field_transformer=by_type)
class ComparableRule(Explained):
    """
    How values are made comparable: whether they are decumulated, over which window, and whether summed or averaged.

    *months* is the length of a window of the last months; *since* is the start of a decumulation or of a window.
    Weekly values have no sum or mean over several months, because one value a month counts.
    Values whose periods overlap, such as a year's and one of its months', are not summed: the result is missing, with
    the reason, because the same days would count twice.

    Attributes:
        decumulation: How a cumulative series is converted to increments.
        window: The months over which values are taken.
        operation: Whether values are summed or averaged.

    >>> ComparableRule(window="months", months=3, operation="mean").window
    <Window.MONTHS: 'months'>
    """

    _IS_WRITTEN: ClassVar[bool] = True

    decumulation: Decumulation = field(default=Decumulation.NONE, converter=Decumulation)
    window: Window = field(default=Window.CURRENT, converter=Window)
    operation: Aggregation = field(default=Aggregation.SUM, converter=Aggregation)
    months: int = 12
    since: Period | None = field(default=None, converter=as_period_or_none)

    @property
    def first_month(self) -> int:
        """The month of *since*; the earliest possible one where it is not given."""
        first = None if self.since is None else self.since.first_day
        return 0 if first is None else Period(first).last_month

    @property
    def message(self) -> Said:
        """The rule: how values are decumulated, and over which months they are summed or averaged."""
        return items(self._decumulated(), self._over())

    def _decumulated(self) -> Value | None:
        if self.decumulation is Decumulation.NONE:
            return None
        if self.decumulation is Decumulation.SINCE and (since := self._since()) is not None:
            return message("decumulated since {month}", month=since)
        return self.decumulation

    def _over(self) -> Value | None:
        match self.window:
            case Window.CURRENT:
                return self.window if self.decumulation is Decumulation.NONE else None
            case Window.YEAR:
                return message("{operation} since 1 January", operation=self.operation)
            case Window.MONTHS:
                return plural(
                    "{operation} of the last month",
                    "{operation} of the last {n} months",
                    n=self.months,
                    operation=self.operation,
                )
            case Window.SINCE if (since := self._since()) is not None:
                return message("{operation} since {month}", operation=self.operation, month=since)
            case _:  # without a *since*, every month counts
                return message("{operation} of all values", operation=self.operation)

    def _since(self) -> Period | None:
        """Return the first month whose values count, or the year that begins with it."""
        if self.since is None or self.since.precision is Precision.YEAR:
            return self.since
        return None if self.since.first_day is None else Period(str(self.since.first_day)[: len("2019-05")])


@final
@frozen(kw_only=True, field_transformer=by_type)
class Comparable(Explained):
    """
    A comparable value, with its month and the values it was computed from; `None` where *reason* says why.

    Attributes:
        value: The value, in the indicator's unit.
        period: The month of the value.
        rule: How it was made comparable.
        parts: The values it was computed from, oldest first.
        differences: The rules by which the two rulesets differ for this value.

    >>> comparable_values({"2024-01": 10, "2024-02": 30}, ComparableRule(decumulation="year"))[1].value
    Decimal('20')
    """

    value: Decimal | None
    period: Period
    rule: ComparableRule
    reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])
    parts: tuple[Point, ...] = field(default=(), repr=False)
    differences: tuple[RulesetDifference, ...] = ()

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The observations it was computed from."""
        return tuple(dict.fromkeys(row for part in self.parts for row in observations_of(part)))

    @property
    def coverage(self) -> Coverage | None:
        """The territories of its last part; `None` where its parts are recorded values."""
        return coverage_of(self.parts[-1]) if self.parts else None

    @property
    def definition(self) -> int:
        """The version of the definition that its parts share; 0 where they do not share one."""
        versions = {getattr(part, "definition", 1) for part in self.parts}
        return versions.pop() if len(versions) == 1 else 0

    @property
    def message(self) -> Said:
        """Its month, its rule, and the number of values behind it."""
        return items(self.period, self.rule.message, plural("{n} value", "{n} values", n=len(self.parts)))


@asked
def comparable_values(
    values: Mapping[PeriodLike, NumberLike],
    rule: ComparableRule,
    *,
    targets: Iterable[PeriodLike] = (),
    ruleset: Ruleset | str = Ruleset.STRICT,
) -> tuple[Comparable, ...]:
    """
    Return the comparable values of a series given by period, oldest first.

    *targets* are the periods that have a target and no value. They interrupt PILOTE's decumulation; the strict ruleset
    ignores them, and gives no comparable value before *since*.

    Raises:
        InvalidValueError: For a float, NaN or infinity, which names the period, and for two values in one month.

    >>> rule = ComparableRule(decumulation="since", window="since", since="2023-01")
    >>> said = {"2023-11": 50, "2024-01": 60}
    >>> [point.value for point in comparable_values(said, rule, targets=["2023-12"])]
    [Decimal('50'), Decimal('60')]
    >>> [point.value for point in comparable_values(said, rule, targets=["2023-12"], ruleset="pilote")]
    [Decimal('50'), Decimal('110')]
    """
    found = [(Period(when), as_number(value, "comparable_values", str(when))) for when, value in values.items()]
    known = sorted(((value, when) for when, value in found if value is not None), key=lambda row: row[1].last_month)
    if len({when.last_month for _, when in known}) < len(known):
        raise InvalidValueError("comparable_values", dict(values), "at most one value a month")
    points = [Given(value=value, period=when) for value, when in known]
    months = {Period(when).last_month for when in targets}
    return comparable_points(points, rule, ruleset=Ruleset(ruleset), target_months=months)


def comparable_points(
    points: Sequence[Point], rule: ComparableRule, *, ruleset: Ruleset, target_months: Collection[int] = ()
) -> tuple[Comparable, ...]:
    """Return the comparable values of points in the order of their months, at most one a month."""
    with localcontext(EXACT):
        months = [point.period.last_month for point in points]
        run = _Run(points, months, rule, ruleset, frozenset(target_months).difference(months))
        steps = [run.step(place) for place in range(len(points))]
        made = (run.windowed(place, steps) for place in range(len(points)))
        return tuple(point for point in made if point is not None)


@final
@frozen
class _Step:
    """An increment, or why it is missing; and whether the row before it has only a target, or another definition."""

    value: Decimal | None
    reason: MissingReason | None = None
    unlike: MissingReason | None = None
    broken: bool = False


@final
@frozen
class _Run:
    """A series while it is made comparable."""

    points: Sequence[Point]
    months: list[int]
    rule: ComparableRule
    ruleset: Ruleset
    only_targets: frozenset[int]

    def step(self, place: int) -> _Step:
        """Return the increment at *place*: the value itself where it is the first of a span."""
        point = self.points[place]
        missing, is_strict = why_missing(point, MissingReason.NO_ACTUAL), self.ruleset is Ruleset.STRICT
        # A count starts again from zero with each span, so its first value is an increment by itself.
        if place == 0 or not self._same_span(self.months[place - 1], self.months[place]):
            return _Step(point.value, missing)
        before = self.points[place - 1]
        broken = any(self.months[place - 1] < month < self.months[place] for month in self.only_targets)
        if broken and not is_strict:
            return _Step(point.value, missing, broken=True)
        unlike = why_unlike(before, point)
        reason = missing or why_missing(before, MissingReason.NO_ACTUAL) or (unlike if is_strict else None)
        increment = None if reason is not None else point.value - before.value
        return _Step(increment, reason=reason, unlike=unlike, broken=broken)

    def _same_span(self, before: int, now: int) -> bool:
        if self.rule.decumulation is Decumulation.YEAR:
            return before // 12 == now // 12
        return self.rule.decumulation is Decumulation.SINCE and before >= self.rule.first_month

    def windowed(self, place: int, steps: list[_Step]) -> Comparable | None:
        """Return the comparable value at *place*; `None` where its month is before the window."""
        rule, period = self.rule, self.points[place].period
        inside = self._window(place)
        if not inside:
            return None
        if (refused := self._why_refused(inside)) is not None:
            return Comparable(value=None, reason=refused, period=period, rule=rule)
        parts, taken = tuple(self.points[each] for each in inside), [steps[each] for each in inside]
        unlike = why_unlike(*parts)
        otherwise = unlike if self.ruleset is Ruleset.STRICT else None
        reason = next((step.reason for step in taken if step.reason is not None), otherwise)
        values = [step.value for step in taken if step.value is not None]
        return Comparable(
            value=combined(rule.operation, values, []) if reason is None else None,
            reason=reason,
            period=period,
            rule=rule,
            parts=parts,
            differences=tuple(dict.fromkeys(self._differences(taken, unlike))),
        )

    def _why_refused(self, inside: range) -> MissingReason | None:
        """Return why a window has no value: its length is unsupported, or it would miss weeks or count a day twice."""
        if self.rule.window is Window.MONTHS and self.rule.months not in _WINDOWS_IN_MONTHS:
            return MissingReason.UNSUPPORTED_WINDOW
        if self.rule.decumulation is not Decumulation.NONE:
            return None  # increments may be summed: each covers only the time since the value before
        precisions = {self.points[place].period.precision for place in inside}
        if self.rule.window is not Window.CURRENT and Precision.WEEK in precisions:
            return MissingReason.SHORTER_THAN_A_MONTH
        if self.rule.operation is not Aggregation.SUM:
            return None
        periods = sorted(self.points[place].period for place in inside)
        return MissingReason.OVERLAPPING_PERIODS if any(starmap(Period.overlaps, pairwise(periods))) else None

    def _differences(self, steps: list[_Step], unlike: MissingReason | None) -> Iterator[RulesetDifference]:
        """Yield the rules by which the rulesets differ over the steps of one window."""
        if any(step.broken for step in steps):
            yield RulesetDifference.TARGET_ROW
        if self.rule.window is Window.SINCE and self.months[0] < self.rule.first_month:
            yield RulesetDifference.WINDOW_START
        for reason in (unlike, *(step.unlike for step in steps)):
            if reason is not None:
                yield _OF_UNLIKE[reason]

    def _window(self, place: int) -> range:
        now = self.months[place]
        first = {
            Window.CURRENT: now,
            Window.YEAR: now // 12 * 12,
            Window.MONTHS: now - self.rule.months + 1,
            Window.SINCE: self.rule.first_month if self.ruleset is Ruleset.STRICT else 0,
        }[self.rule.window]
        return range(bisect_left(self.months, first), place + 1)


_OF_UNLIKE = MappingProxyType(
    {
        MissingReason.DEFINITION_CHANGED: RulesetDifference.DEFINITION_BREAK,
        MissingReason.UNEVEN_PLACES: RulesetDifference.UNEVEN_PLACES,
    }
)
