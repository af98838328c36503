"""
Attainment: whether a target was met, and if not, whether the value improved. No baseline is needed.

Source: annual performance reports (RAP) of the budget acts, which compare each indicator's result with the year's
target.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.exact import EXACT, NumberLike, as_number, common_unit
from levier.compute.indicators.candidates import ALWAYS, Query
from levier.compute.indicators.keeping import Kept, is_band, kept_over, limits_of, why_no_limits
from levier.compute.indicators.paths import difference
from levier.compute.indicators.points import (
    Given,
    cited_names,
    code_names,
    given_target,
    left_out,
    part_of,
    point,
    why_missing,
    why_unlike,
)
from levier.compute.indicators.rulesets import Ruleset
from levier.compute.indicators.select import select_year, territory_of
from levier.compute.indicators.series import ExcludedObservation, Point, observations_of
from levier.compute.statements.known import known
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model.dimensions import BreakdownLike
from levier.model.indicators import Direction
from levier.model.observations import Observation
from levier.model.periods import DayLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.terms import Term
from levier.model.territories import NATION
from levier.wording.explained import Explained
from levier.wording.messages import about, clauses, items, message, plural
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value
from levier.wording.values import Name, Number

__all__ = ["Attainment", "AttainmentVerdict", "attainment", "attainment_of"]


class AttainmentVerdict(Term):
    """Whether a target was met, and if not, whether the value improved."""

    MET = "met", "atteinte", "met"
    IMPROVED = "improved", "non atteinte, mais en progrès", "not met but improved"
    NOT_IMPROVED = "not-improved", "non atteinte, sans progrès", "not met and not improved"
    NOT_MET = "not-met", "non atteinte, progrès inconnu", "not met, improvement unknown"
    UNKNOWN = "unknown", "non déterminée", "undetermined"


@final
@frozen(kw_only=True, field_transformer=by_type)
class Attainment(Explained):
    """
    Whether a target was met, with the values behind the verdict.

    *reason* says why the verdict, or the improvement, is unknown.

    Attributes:
        verdict: Whether the target was met, and if not, whether the value improved.
        direction: The direction in which the indicator should move.
        actual: The actual value: an observation, an aggregate or a bare number.
        target: The target of the year: an observation, an aggregate or a bare number.
        previous: The actual value before the year, which the improvement is measured from.
        indicator: The name of the indicator; `None` for bare numbers.
        territory: The name of the territory; `None` for bare numbers.
        part: The names of the codes of a breakdown; empty for the whole.
        year: The calendar year, such as 2024; `None` for bare numbers.
        unit: The unit of the values, such as `%`.
        decimals: How many decimals sentences show.
        kept: In how many of the periods of the year the value was held; `None` unless the direction is to keep.
        left_out: The observations that were left out, each with its reason.
        sources: The names of the documents behind the values.

    >>> print(attainment(95, 60, "decrease", previous=71))
    not met and not improved; 95 for a target of 60, previously 71
    >>> attainment(95, None, "decrease").reason
    <MissingReason.NO_TARGET: 'no-target'>
    """

    verdict: AttainmentVerdict = field(converter=AttainmentVerdict)
    reason: MissingReason | None = field(converter=TermOrNone[MissingReason])
    direction: Direction | None = field(converter=TermOrNone[Direction])
    actual: Point | None
    target: Point | None
    previous: Point | None
    indicator: Name | None = None
    territory: Name | None = None
    part: tuple[Name, ...] = ()
    year: int | None = None
    unit: str = ""
    decimals: int | None = None
    kept: Kept | None = None
    left_out: tuple[ExcludedObservation, ...] = field(default=(), repr=False)
    sources: tuple[Name, ...] = field(default=(), eq=False, repr=False)

    @property
    def met(self) -> bool | None:
        """Whether the target was met; `None` where unknown."""
        return None if self.verdict is AttainmentVerdict.UNKNOWN else self.verdict is AttainmentVerdict.MET

    @property
    def improved(self) -> bool | None:
        """Whether the value improved since the previous one; `None` where that is unknown, or the target was met."""
        return {AttainmentVerdict.IMPROVED: True, AttainmentVerdict.NOT_IMPROVED: False}.get(self.verdict)

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The observations used, including those inside aggregates."""
        points = (self.actual, self.target, self.previous)
        return tuple(dict.fromkeys(row for point in points for row in observations_of(point)))

    @property
    def message(self) -> Said:
        """Whether the target was met, in one sentence: values, dates and sources."""
        content = clauses(self._judged(), self._values(), self._held(), left_out(self.left_out, self._point))
        if self.indicator is None or self.territory is None:
            return content
        return about(content, self.indicator, *self.part, self.territory, message("target {year}", year=str(self.year)))

    def _judged(self) -> Value:
        if self.reason is None:
            return self.verdict
        return message("{verdict} ({reason})", verdict=self.verdict, reason=self.reason)

    def _held(self) -> Said | None:
        """Return how far outside the value is, and in how many periods it was held."""
        if self.kept is None:
            return None
        away = None
        if not self.kept.is_held:
            away = message("outside by {distance}", distance=difference(self.kept.outside, self.unit, self.decimals))
        held, n = Number(self.kept.held), self.kept.periods
        return items(away, plural("held in {held} of {n} period", "held in {held} of {n} periods", n=n, held=held))

    def _values(self) -> Said:
        held = None if self.target is None else self.target.value
        now, goal = self._known(self.actual, held), self._known(self.target)
        before = self._known(self.previous, None if self.actual is None else self.actual.value)
        if now is not None and goal is not None:
            now = message("{actual} for a target of {target}", actual=now, target=goal)
        elif goal is not None:
            now = message("target of {target}", target=goal)
        return items(now, None if before is None else message("previously {previous}", previous=before))

    def _known(self, value: Any, limit: Decimal | None = None) -> Said | None:
        return None if value is None or value.value is None else self._point(value, limit)

    def _point(self, value: Any, limit: Decimal | None = None) -> Said:
        return point(value, self.unit, self.sources, self.decimals, limit)


@asked
def attainment(
    actual: NumberLike | None,
    target: NumberLike | None,
    direction: Direction | str | None,
    previous: NumberLike | None = None,
) -> Attainment:
    """
    Return whether *actual* meets *target*, and if not, whether it improves on *previous*.

    Upward or stable, a target is met at or above it; downward, at or below it.
    For a stable indicator, an improvement is a value nearer to the target.
    A target to keep to is met where the value is held, and improved where it is less far outside.

    Raises:
        InvalidValueError: For a float, NaN, infinity, or an unknown direction; names the field.
        MixedUnitsError: For quantities of several units.

    >>> attainment(58, 60, Direction.DECREASE).verdict
    <AttainmentVerdict.MET: 'met'>
    >>> attainment(95, 60, "decrease", previous=120).verdict
    <AttainmentVerdict.IMPROVED: 'improved'>
    """
    unit = common_unit((actual, target, previous), "judge the attainment of")
    way = None if direction is None else Direction(direction)
    numbers = {"actual": actual, "previous": previous}
    points = [as_number(number, "attainment", name) for name, number in numbers.items()]
    now, before = (None if point is None else Given(value=point) for point in points)
    return _judged(now, given_target(target, way, "attainment"), before, way, unit=unit)


def _judged(
    now: Any, goal: Any, before: Any, direction: Direction | None, earlier: Iterable[Any] = (), **rest: Any
) -> Attainment:
    verdict, reason = _verdict(now, goal, before, direction)
    is_known = verdict is not AttainmentVerdict.UNKNOWN and direction is not None and direction.is_kept
    limits = limits_of(goal, direction) if is_known and direction is not None else None
    return Attainment(
        verdict=verdict,
        reason=reason,
        direction=direction,
        actual=now,
        target=goal,
        previous=before,
        kept=None if limits is None else kept_over(earlier, now, limits),
        **rest,
    )


def _verdict(
    now: Any, goal: Any, before: Any, direction: Direction | None
) -> tuple[AttainmentVerdict, MissingReason | None]:
    if (reason := _unknown(now, goal, direction)) is not None:
        return AttainmentVerdict.UNKNOWN, reason
    if _is_met(now, goal, direction):
        return AttainmentVerdict.MET, None
    if (reason := why_missing(before, MissingReason.NO_PREVIOUS) or why_unlike(before, now)) is not None:
        return AttainmentVerdict.NOT_MET, reason
    return (
        AttainmentVerdict.IMPROVED if _better(now, before, goal, direction) else AttainmentVerdict.NOT_IMPROVED
    ), None


def _unknown(now: Any, goal: Any, direction: Direction | None) -> MissingReason | None:
    missing = why_missing(now, MissingReason.NO_ACTUAL) or why_missing(goal, MissingReason.NO_TARGET)
    if missing is not None:
        return missing
    if direction is None:
        return MissingReason.NO_DIRECTION
    if direction.is_kept:
        return why_no_limits(now, goal, direction, Ruleset.STRICT)
    return MissingReason.BAND if is_band(goal) else why_unlike(now, goal)


def _is_met(now: Any, goal: Any, direction: Direction | None) -> bool:
    if direction is not None and direction.is_kept:
        return not _outside(now, goal, direction)
    return bool(now.value <= goal.value if direction is Direction.DECREASE else now.value >= goal.value)


def _outside(point: Any, goal: Any, direction: Direction) -> Decimal:
    """Return how far a value is from where it is to be kept."""
    limits = limits_of(goal, direction)
    return Decimal(0) if limits is None else limits.outside(point.value).copy_abs()


def _better(now: Any, before: Any, goal: Any, direction: Direction | None) -> bool:
    if direction is not None and direction.is_kept:
        return _outside(now, goal, direction) < _outside(before, goal, direction)
    match direction:
        case Direction.DECREASE:
            return bool(now.value < before.value)
        case Direction.STABLE:
            return _apart(goal.value, now.value) < _apart(goal.value, before.value)
        case _:
            return bool(now.value > before.value)


def _apart(one: Decimal, other: Decimal) -> Decimal:
    return EXACT.subtract(one, other).copy_abs()


@asked
def attainment_of(  # noqa: PLR0913  # each is an option
    portfolio: Portfolio,
    indicator_id: str,
    year: int,
    territory_id: str = NATION,
    *,
    as_of: DayLike | None = None,
    breakdown: BreakdownLike = (),
) -> Attainment:
    """
    Return whether an indicator met its target of a calendar *year*, as known on *as_of* (`None`: all that is recorded).

    The target and the actual value are the latest of that year, and the previous value is the latest before it. They
    are selected, and rolled up from the territories below, as in `progress_of`.
    Where a later document states another target, the later target is used and the earlier one is listed in `left_out`.
    *breakdown* asks about a part of the whole, such as `{"sex": "F"}`, whose own values are then used.

    Raises:
        UnknownItemError: For an indicator, a territory, a dimension or a code that the portfolio does not hold.

    >>> from levier import catalogue
    >>> plan = catalogue.action_publique_2022()
    >>> appraisal = attainment_of(plan, "p349-appraisal-time", year=2020)
    >>> appraisal.verdict.label("en"), appraisal.actual.value, appraisal.target.value
    ('not met and not improved', Decimal('95'), Decimal('60'))
    """
    portfolio = known(portfolio, as_of)
    indicator, place = portfolio.indicators[indicator_id], territory_of(portfolio, territory_id)
    query = Query(as_of=ALWAYS if as_of is None else parse_day(as_of), breakdown=part_of(portfolio, breakdown))
    found = select_year(portfolio, indicator, place, query, year)
    return _judged(
        found.actual,
        found.target,
        found.previous,
        indicator.direction,
        found.actuals[:-1],
        indicator=Name.of(indicator),
        territory=Name.of(place),
        part=code_names(portfolio, query.breakdown),
        year=year,
        unit=indicator.unit,
        decimals=indicator.decimals,
        left_out=found.left_out,
        sources=cited_names(portfolio.sources, (found.actual, found.target, found.previous), found.left_out),
    )
