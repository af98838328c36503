"""
Attainment: was the target met, and if not, did things improve? The budget law's question, which needs no baseline.

Source of the question: annual performance reports (RAP), which set each indicator's result against the year's target.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, final

from attrs import field, frozen

from levier.compute._wording import colon
from levier.compute.exact import EXACT, NumberLike, as_number, common_unit
from levier.compute.indicators.choices import ALWAYS, LeftOut
from levier.compute.indicators.chooser import Wanted, choose_year
from levier.compute.indicators.explanations import joined, left_out_said, point_said
from levier.compute.indicators.following import territory_of
from levier.compute.indicators.likeness import why_missing, why_unlike
from levier.compute.indicators.measure import Given
from levier.compute.indicators.series import observations_of
from levier.compute.statements.known import known
from levier.model.indicators import Direction, Indicator
from levier.model.observations import Observation
from levier.model.periods import DayLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.registry import Registry
from levier.model.sources import Source
from levier.model.terms import Lang, Term
from levier.model.territories import NATION, Territory
from levier.wording.reasons import MissingReason

__all__ = ["Attainment", "AttainmentVerdict", "attainment", "attainment_of"]


class AttainmentVerdict(Term):
    """Whether a target was met, and if not, whether things improved."""

    MET = "met", "atteinte", "met"
    IMPROVED = "improved", "non atteinte, mais en progrès", "not met but improved"
    NOT_IMPROVED = "not-improved", "non atteinte, sans progrès", "not met and not improved"
    NOT_MET = "not-met", "non atteinte, progrès inconnu", "not met, improvement unknown"
    UNKNOWN = "unknown", "inconnue", "unknown"


@final
@frozen(kw_only=True)
class Attainment:
    """
    Whether a target was met, with the values that say so.

    *reason* says why the verdict is unknown, or why the improvement is.

    >>> print(attainment(95, 60, "decrease", previous=71))
    not met and not improved: 95 for a target of 60, after 71
    >>> attainment(95, None, "decrease").reason
    <MissingReason.NO_TARGET: 'no-target'>
    """

    verdict: AttainmentVerdict
    reason: MissingReason | None
    direction: Direction | None
    actual: Any
    target: Any
    previous: Any
    indicator: Indicator | None = None
    territory: Territory | None = None
    year: int | None = None
    unit: str = ""
    left_out: tuple[LeftOut, ...] = field(default=(), repr=False)
    sources: Registry[Source] | None = field(default=None, eq=False, repr=False)

    @property
    def met(self) -> bool | None:
        """Whether the target was met; `None` where unknown."""
        return None if self.verdict is AttainmentVerdict.UNKNOWN else self.verdict is AttainmentVerdict.MET

    @property
    def improved(self) -> bool | None:
        """Whether things improved since the previous value; `None` where that is unknown, or not asked: met."""
        return {AttainmentVerdict.IMPROVED: True, AttainmentVerdict.NOT_IMPROVED: False}.get(self.verdict)

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The observations used, those inside aggregates among them."""
        points = (self.actual, self.target, self.previous)
        return tuple(dict.fromkeys(row for point in points for row in observations_of(point)))

    def explain(self, lang: Lang) -> str:
        """Say in one sentence whether the target was met: values, dates and sources."""
        clauses = (
            f"{self.verdict.label(lang)}{self._because(lang)}",
            left_out_said(self.left_out, lang, lambda row: self._point(row, None, lang)),
        )
        return self._subject(lang) + joined(clauses, lang)

    def __str__(self) -> str:
        return self.explain("en")

    def _subject(self, lang: Lang) -> str:
        if self.indicator is None or self.territory is None:
            return ""
        label = (self.indicator.label_en if lang == "en" else "") or self.indicator.label
        goal = "cible" if lang == "fr" else "target"
        return f"{label}, {self.territory.label}, {goal} {self.year}{colon(lang)}"

    def _because(self, lang: Lang) -> str:
        names = ("", "pour une cible de ", "après ") if lang == "fr" else ("", "for a target of ", "after ")
        limits = (self.target, None, self.actual)
        points = zip(names, (self.actual, self.target, self.previous), limits, strict=True)
        known = ((name, point, limit) for name, point, limit in points if point is not None and point.value is not None)
        said = [name + self._point(point, limit, lang) for name, point, limit in known]
        values = f"{' '.join(said[:2])}{', ' if said[2:] else ''}{''.join(said[2:])}"
        reason = "" if self.reason is None else self.reason.label(lang)
        listed = ", ".join(part for part in (values, reason) if part)
        return f"{colon(lang)}{listed}" if listed else ""

    def _point(self, point: Any, limit: Any, lang: Lang) -> str:
        decimals = None if self.indicator is None else self.indicator.decimals
        held = None if limit is None else limit.value
        return point_said(point, self.unit, lang, self.sources, decimals, held)


def attainment(
    actual: NumberLike | None,
    target: NumberLike | None,
    direction: Direction | str | None,
    previous: NumberLike | None = None,
) -> Attainment:
    """
    Return whether *actual* meets *target*, and if not, whether it is better than *previous*.

    Upward or stable, a target is met at or above it; downward, at or below it.
    For a stable indicator, better is nearer to the target.

    Raises:
        InvalidValueError: For a float, NaN, infinity, or an unknown direction; names the field.
        MixedUnitsError: For quantities of several units.

    >>> attainment(58, 60, Direction.DECREASE).verdict
    <AttainmentVerdict.MET: 'met'>
    >>> attainment(95, 60, "decrease", previous=120).verdict
    <AttainmentVerdict.IMPROVED: 'improved'>
    """
    unit = common_unit((actual, target, previous), "judge the attainment of")
    numbers = {"actual": actual, "target": target, "previous": previous}
    points = [as_number(number, "attainment", name) for name, number in numbers.items()]
    now, goal, before = (None if point is None else Given(value=point) for point in points)
    return _judged(now, goal, before, None if direction is None else Direction(direction), unit=unit)


def _judged(now: Any, goal: Any, before: Any, direction: Direction | None, **rest: Any) -> Attainment:
    verdict, reason = _verdict(now, goal, before, direction)
    return Attainment(
        verdict=verdict, reason=reason, direction=direction, actual=now, target=goal, previous=before, **rest
    )


def _verdict(
    now: Any, goal: Any, before: Any, direction: Direction | None
) -> tuple[AttainmentVerdict, MissingReason | None]:
    if (reason := _unknown(now, goal, direction)) is not None:
        return AttainmentVerdict.UNKNOWN, reason
    if now.value <= goal.value if direction is Direction.DECREASE else now.value >= goal.value:
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
    return MissingReason.NO_DIRECTION if direction is None else why_unlike(now, goal)


def _better(now: Any, before: Any, goal: Any, direction: Direction | None) -> bool:
    match direction:
        case Direction.DECREASE:
            return bool(now.value < before.value)
        case Direction.STABLE:
            return _apart(goal.value, now.value) < _apart(goal.value, before.value)
        case _:
            return bool(now.value > before.value)


def _apart(one: Decimal, other: Decimal) -> Decimal:
    return EXACT.subtract(one, other).copy_abs()


def attainment_of(
    portfolio: Portfolio, indicator_id: str, year: int, territory: str = NATION, *, as_of: DayLike | None = None
) -> Attainment:
    """
    Return whether an indicator met its target of a calendar *year*, as known on *as_of* (or by everything recorded).

    The target and the actual value are the latest of that year, the previous value the latest before it: chosen, and
    rolled up from the territories below, as `progress_of` does.
    Where a later document states another target, that one is used and the earlier one listed as left out.

    Raises:
        UnknownItemError: For an indicator or a territory that the portfolio does not hold.

    >>> from levier import catalogue
    >>> plan = catalogue.action_publique_2022()
    >>> appraisal = attainment_of(plan, "p349-appraisal-time", year=2020)
    >>> appraisal.verdict.label("en"), appraisal.actual.value, appraisal.target.value
    ('not met and not improved', Decimal('95'), Decimal('60'))
    """
    portfolio = known(portfolio, as_of)
    indicator, place = portfolio.indicators[indicator_id], territory_of(portfolio, territory)
    wanted = Wanted(as_of=ALWAYS if as_of is None else parse_day(as_of))
    choice, before = choose_year(portfolio, indicator, place, wanted, year)
    return _judged(
        choice.actual,
        choice.target,
        before,
        indicator.direction,
        indicator=indicator,
        territory=place,
        year=year,
        unit=indicator.unit,
        left_out=choice.left_out,
        sources=portfolio.sources,
    )
