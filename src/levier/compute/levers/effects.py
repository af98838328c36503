"""
Effects of levers: the indicators each should move, which are measured, and how they moved since it was pulled.

This is association in time, no more: that an indicator moved after a lever was pulled does not say that the lever moved
it. Nothing here is a causal claim, and "not measured" is a good answer.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, final

from attrs import field, frozen

from levier.compute._wording import colon, day
from levier.compute.exact import EXACT
from levier.compute.indicators.aggregation import Coverage
from levier.compute.indicators.choices import month_of
from levier.compute.indicators.chooser import Wanted, choose
from levier.compute.indicators.explanations import joined, point_said
from levier.compute.indicators.following import territory_of
from levier.compute.indicators.readings import Reason
from levier.compute.levers.pulls import pulls_of
from levier.model.indicators import Direction, Indicator
from levier.model.levers import IntendedEffect, Lever
from levier.model.periods import Day, DayLike, Period, parse_day
from levier.model.portfolio import Portfolio
from levier.model.registry import Registry
from levier.model.sources import Source
from levier.model.terms import Lang
from levier.model.territories import NATION

__all__ = ["Effect", "LeverEffects", "effects_of", "pulled_on"]


@final
@frozen(kw_only=True)
class Effect:
    """
    How one indicator moved since a lever meant to move it was pulled: an association, not a cause.

    *before* is the last value of that month or earlier, *after* the latest since; *as_expected* says whether the change
    goes the way that was meant, `None` where *reason* says why it is unknown.

    >>> from levier import Indicator
    >>> visits = Indicator(id="visits", label="Visits", unit="count")
    >>> meant = IntendedEffect(indicator_id="visits", direction="increase")
    >>> Effect(indicator=visits, intended=meant, reason=Reason.NOT_MEASURED).is_measured
    False
    """

    indicator: Indicator
    intended: IntendedEffect
    before: Any = None
    after: Any = None
    change: Decimal | None = None
    as_expected: bool | None = None
    reason: Reason | None = None
    sources: Registry[Source] | None = field(default=None, eq=False, repr=False)

    @property
    def is_measured(self) -> bool:
        """Whether the indicator has a value before and one since."""
        return self.change is not None

    def explain(self, lang: Lang) -> str:
        """Say how the indicator moved, from which value to which, or why that is unknown."""
        label = (self.indicator.label_en if lang == "en" else "") or self.indicator.label
        if self.change is None:
            return f"{label}{colon(lang)}{'' if self.reason is None else self.reason.label(lang)}"
        values = (point_said(point, self.indicator.unit, lang, self.sources) for point in (self.before, self.after))
        way = self.intended.direction.label(lang)
        words = ("dans le sens attendu", "pas dans le sens attendu") if lang == "fr" else ("as meant", "not as meant")
        return f"{label}{colon(lang)}{' → '.join(values)}, {words[0 if self.as_expected else 1]} ({way})"


@final
@frozen(kw_only=True)
class LeverEffects:
    """
    What became of the indicators that a lever should move, since it was pulled: association only.

    >>> plan = Portfolio.of(Lever(id="digital", label="Digital"))
    >>> effects = effects_of(plan, "digital", as_of="2019-06-14")
    >>> effects.coverage.expected, effects.explain("en")
    (0, 'Digital: no indicator that it should move is named')
    """

    lever: Lever
    since: Day | None
    as_of: Day
    effects: tuple[Effect, ...]

    @property
    def coverage(self) -> Coverage:
        """Which of the indicators that it should move are measured before and since."""
        measured = tuple(effect.indicator.id for effect in self.effects if effect.is_measured)
        missing = tuple(effect.indicator.id for effect in self.effects if not effect.is_measured)
        return Coverage(reported=measured, missing=missing)

    def explain(self, lang: Lang) -> str:
        """Say since when, how many indicators are measured, and how each moved; and that this is no proof of cause."""
        label = (self.lever.label_en if lang == "en" else "") or self.lever.label
        if not self.effects:
            nothing = "no indicator that it should move is named"
            return f"{label}{colon(lang)}{'aucun indicateur visé n’est nommé' if lang == 'fr' else nothing}"
        caution = "association, sans preuve de cause" if lang == "fr" else "association, no proof of cause"
        counted = f"{self.coverage.explain(lang)} {'mesuré(s)' if lang == 'fr' else 'measured'}"
        moves = (effect.explain(lang) for effect in self.effects)
        return f"{label}{self._since(lang)}{colon(lang)}" + joined((counted, *moves, caution), lang)

    def _since(self, lang: Lang) -> str:
        if self.since is None:
            return ""
        return f", {'depuis le' if lang == 'fr' else 'since'} {day(self.since, lang)}"


def pulled_on(portfolio: Portfolio, lever_id: str) -> Day | None:
    """
    Return the first day on which a lever was pulled; `None` where no date is known.

    A pull begins with its own period, where it has one.
    Else it begins with what pulls it: a project with its first step, or with its calendar; a reform or a programme with
    its calendar.

    Raises:
        UnknownItemError: For a lever that the portfolio does not hold.

    >>> from levier import Project
    >>> digital = Lever(id="digital", label="Digital")
    >>> project = Project(id="p", label="P", lever_ids=["digital"], calendar="2019-03/2020-12")
    >>> str(pulled_on(Portfolio.of(digital, project), "digital"))
    '2019-03-01'
    """
    starts = (pull.since for pull in pulls_of(portfolio, lever_id))
    return min((start for start in starts if start is not None), default=None)


def effects_of(
    portfolio: Portfolio,
    lever_id: str,
    territory: str = NATION,
    *,
    as_of: DayLike,
    since: DayLike | None = None,
) -> LeverEffects:
    """
    Return how the indicators that a lever should move have moved in a territory since it was pulled.

    *since* is when it was pulled; where it is `None`, the first day that `pulled_on` finds.
    Association only: no causal claim.

    Raises:
        UnknownItemError: For a lever or a territory that the portfolio does not hold.
        RepeatedMonthError: If a month has two values that nothing tells apart.

    >>> from levier import Observation, Territory
    >>> visits = Indicator(id="visits", label="Visits", unit="count")
    >>> lever = Lever(id="l", label="L", effects=[IntendedEffect(indicator_id="visits", direction="increase")])
    >>> said = [("2019-01", 10), ("2019-05", 14)]
    >>> rows = [Observation(indicator_id="visits", period=when, kind="actual", value=value) for when, value in said]
    >>> plan = Portfolio.of(visits, lever, Territory(id="FR", label="France"), *rows)
    >>> effect = effects_of(plan, "l", as_of="2019-06-14", since="2019-03-01").effects[0]
    >>> effect.change, effect.as_expected
    (Decimal('4'), True)
    """
    lever = portfolio.levers[lever_id]
    asked = parse_day(as_of)
    start = pulled_on(portfolio, lever_id) if since is None else parse_day(since)
    effects = tuple(_effect(portfolio, effect, territory, start, asked) for effect in lever.effects)
    return LeverEffects(lever=lever, since=start, as_of=asked, effects=effects)


def _effect(portfolio: Portfolio, intended: IntendedEffect, territory: str, start: Day | None, as_of: Day) -> Effect:
    indicator = portfolio.indicators[intended.indicator_id]
    points = choose(portfolio, indicator, territory_of(portfolio, territory), Wanted(as_of=as_of)).points
    before, after = _around(points, start)
    reason = _unknown(before, after, start, measured=bool(points))
    change = None if reason is not None else EXACT.subtract(after.value, before.value)
    return Effect(
        indicator=indicator,
        intended=intended,
        before=before,
        after=after,
        change=change,
        as_expected=None if change is None else _as_meant(change, intended.direction),
        reason=reason,
        sources=portfolio.sources,
    )


def _around(points: tuple[Any, ...], start: Day | None) -> tuple[Any, Any]:
    if start is None:
        return None, None
    month = month_of(Period(start))
    before = [point for point in points if month_of(point.period) <= month]
    after = [point for point in points if month_of(point.period) > month]
    return (before[-1] if before else None), (after[-1] if after else None)


def _unknown(before: Any, after: Any, start: Day | None, *, measured: bool) -> Reason | None:
    if not measured:
        return Reason.NOT_MEASURED
    if start is None:
        return Reason.NO_START
    if before is None:
        return Reason.ONLY_AFTER
    if after is None:
        return Reason.ONLY_BEFORE
    return Reason.DEFINITION_CHANGED if before.definition != after.definition else None


def _as_meant(change: Decimal, direction: Direction) -> bool:
    match direction:
        case Direction.INCREASE:
            return change > 0
        case Direction.DECREASE:
            return change < 0
        case _:
            return not change
