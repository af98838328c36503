"""
Effects of levers: the indicators each should move, which are measured, and how they moved since it was pulled.

An indicator is measured where it has an observed value, in any territory, as `lever_coverage` has it; it is compared
where one territory has a value before the lever was pulled and one since. A value whose period holds that day is
neither.

This is association in time, no more: that an indicator moved after a lever was pulled does not say that the lever moved
it. Nothing here is a causal claim, and "not measured" is a good answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, final

from attrs import field, frozen

from levier.compute._wording import colon, day, label_of, period
from levier.compute.exact import EXACT
from levier.compute.indicators.aggregation import Coverage
from levier.compute.indicators.chooser import Wanted, choose
from levier.compute.indicators.explanations import joined, point_said, subject_said
from levier.compute.indicators.following import territory_of
from levier.compute.levers.coverage import measured_indicators
from levier.compute.levers.moves import around, as_meant, why_not_compared
from levier.compute.levers.starts import Start, starts_of
from levier.compute.plan.covering import covered
from levier.compute.statements.known import known
from levier.model.identifiers import LeverId
from levier.model.indicators import Indicator
from levier.model.levers import IntendedEffect, Lever
from levier.model.observations import ObservationKind
from levier.model.periods import Day, DayLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.registry import Registry
from levier.model.sources import Source
from levier.model.terms import Lang
from levier.model.territories import NATION, Territory
from levier.model.trees import branch_of
from levier.wording.reasons import MissingReason

__all__ = ["Effect", "LeverEffects", "effects_of"]


@final
@frozen(kw_only=True)
class Effect:
    """
    How one indicator moved since a lever meant to move it was pulled: an association, not a cause.

    *before* is the last value whose whole period is before that day, else the baseline if it is as early
    (*from_baseline*), *after* the latest whose whole period is since; *across* are those that are neither.
    Values of two definitions are not compared, nor is a baseline of another definition, nor totals of different
    territories, nor a value that documents dispute.
    *lever* is the one meant to move it, and *since* when that one was pulled.
    *as_expected* says whether the change goes the way that was meant, `None` where *reason* says why it is unknown.

    >>> from levier import Indicator
    >>> visits = Indicator(id="visits", label="Visits", unit="count")
    >>> meant = IntendedEffect(indicator_id="visits", direction="increase")
    >>> Effect(indicator=visits, intended=meant, reason=MissingReason.NOT_MEASURED).is_measured
    False
    """

    indicator: Indicator
    intended: IntendedEffect
    before: Any = None
    after: Any = None
    change: Decimal | None = None
    as_expected: bool | None = None
    reason: MissingReason | None = None
    from_baseline: bool = False
    across: tuple[Any, ...] = ()
    lever: Lever | None = None
    since: Day | None = None
    sources: Registry[Source] | None = field(default=None, eq=False, repr=False)

    @property
    def is_measured(self) -> bool:
        """Whether the indicator has an observed value by the day, in any territory."""
        return self.reason is not MissingReason.NOT_MEASURED

    @property
    def is_compared(self) -> bool:
        """Whether the indicator has a value before and one since, of one definition."""
        return self.change is not None

    def explain(self, lang: Lang) -> str:
        """Say how the indicator moved, from which value to which, or why that is unknown."""
        label = label_of(self.indicator, lang)
        if self.change is None:
            reason = "" if self.reason is None else self.reason.label(lang)
            return f"{label}{colon(lang)}{reason}{self._across(lang)}"
        before, after = self._point(self.before, None, lang), self._point(self.after, self.before.value, lang)
        start = f"{ObservationKind.BASELINE.label(lang)} " if self.from_baseline else ""
        way = self.intended.direction.label(lang)
        words = ("dans le sens attendu", "pas dans le sens attendu") if lang == "fr" else ("as meant", "not as meant")
        return f"{label}{colon(lang)}{start}{before} → {after}, {words[0 if self.as_expected else 1]} ({way})"

    def _point(self, point: Any, limit: Decimal | None, lang: Lang) -> str:
        return point_said(point, self.indicator.unit, lang, self.sources, self.indicator.decimals, limit)

    def _across(self, lang: Lang) -> str:
        """Name the values that may not stand for the one that is missing."""
        if not self.across:
            return ""
        named = ", ".join(period(point.period, lang) for point in self.across)
        return f" ({'à cheval' if lang == 'fr' else 'across'}{colon(lang)}{named})"


@final
@frozen(kw_only=True)
class LeverEffects:
    """
    What became of the indicators that a lever, or one below it, should move, since it was pulled: association only.

    *covers* are the levers whose effects are here, the one asked first. An effect of one below counts since that one
    was pulled, which the effect says.

    >>> plan = Portfolio.of(Lever(id="digital", label="Digital"))
    >>> effects = effects_of(plan, "digital", as_of="2019-06-14")
    >>> effects.coverage.expected, effects.explain("en")
    (0, 'Digital: no indicator that it should move is named')
    """

    lever: Lever
    territory: Territory
    since: Day | None
    as_of: Day
    effects: tuple[Effect, ...]
    covers: tuple[LeverId, ...] = ()

    @property
    def coverage(self) -> Coverage:
        """Which of the indicators that it should move are measured, each once."""
        return covered({effect.indicator.id: effect.is_measured for effect in self.effects})

    @property
    def compared(self) -> Coverage:
        """Which of the indicators that it should move are compared, before and since, for one lever at least."""
        compared = {effect.indicator.id for effect in self.effects if effect.is_compared}
        return covered({effect.indicator.id: effect.indicator.id in compared for effect in self.effects})

    def explain(self, lang: Lang) -> str:
        """Say since when, how many indicators are measured and compared, how each moved; and that this is no proof."""
        label = label_of(self.lever, lang)
        if not self.effects:
            nothing = "no indicator that it should move is named"
            return f"{label}{colon(lang)}{'aucun indicateur visé n’est nommé' if lang == 'fr' else nothing}"
        caution = "association, sans preuve de cause" if lang == "fr" else "association, no proof of cause"
        moves = (self._moved(effect, lang) for effect in self.effects)
        named = subject_said(f"{label}, {label_of(self.territory, lang)}", _since(self.since, lang), None, lang)
        return named + joined((*self._counted(lang), *moves, caution), lang)

    def _moved(self, effect: Effect, lang: Lang) -> str:
        """Say how an indicator moved, with whose effect it is where it is that of a lever below."""
        if effect.lever is None or effect.lever.id == self.lever.id:
            return effect.explain(lang)
        return subject_said(label_of(effect.lever, lang), _since(effect.since, lang), None, lang) + effect.explain(lang)

    def _counted(self, lang: Lang) -> Iterator[str]:
        words = ("measured", "compared before and since") if lang == "en" else ("mesurés", "comparés, avant et depuis")
        for word, found in zip(words, (self.coverage, self.compared), strict=True):
            yield f"{word}{colon(lang)}{len(found.reported)} {'sur' if lang == 'fr' else 'of'} {found.expected}"


def _since(start: Day | None, lang: Lang) -> str:
    return "" if start is None else f"{'depuis le' if lang == 'fr' else 'since'} {day(start, lang)}"


def effects_of(
    portfolio: Portfolio,
    lever_id: str,
    territory: str = NATION,
    *,
    as_of: DayLike,
    since: DayLike | None = None,
) -> LeverEffects:
    """
    Return how the indicators that a lever, or one below it, should move have moved in a territory since it was pulled.

    *since* is when they were pulled; where it is `None`, the first day that `pulled_on` finds for each of them.
    A value is before that day or since only if its whole period is; a pull known to the year may have begun on any day
    of it. Where no value was observed before, the baseline counts as the value before, if it is as early and of the
    definition of the value since. Association only: no causal claim.

    Raises:
        UnknownItemError: For a lever or a territory that the portfolio does not hold.

    >>> from levier import Observation
    >>> visits = Indicator(id="visits", label="Visits", unit="count")
    >>> lever = Lever(id="l", label="L", effects=[IntendedEffect(indicator_id="visits", direction="increase")])
    >>> said = [("2019-01", 10), ("2019-05", 14)]
    >>> rows = [Observation(indicator_id="visits", period=when, kind="actual", value=value) for when, value in said]
    >>> plan = Portfolio.of(visits, lever, Territory(id="FR", label="France"), *rows)
    >>> effect = effects_of(plan, "l", as_of="2019-06-14", since="2019-03-01").effects[0]
    >>> effect.change, effect.as_expected
    (Decimal('4'), True)
    """
    asked = parse_day(as_of)
    portfolio = known(portfolio, asked)
    given = None if since is None else Start(parse_day(since), parse_day(since))
    place, branch = territory_of(portfolio, territory), branch_of(portfolio.levers, lever_id)
    starts = starts_of(portfolio, branch) if given is None else {one.id: given for one in branch}
    start = starts[branch[0].id]
    return LeverEffects(
        lever=branch[0],
        territory=place,
        since=None if start is None else start.latest,
        as_of=asked,
        effects=tuple(
            _effect(portfolio, one, intended, place, starts[one.id], asked)
            for one in branch
            for intended in one.effects
        ),
        covers=tuple(one.id for one in branch),
    )


def _effect(  # noqa: PLR0913, PLR0917  # all that an effect is made of
    portfolio: Portfolio, lever: Lever, intended: IntendedEffect, place: Territory, start: Start | None, as_of: Day
) -> Effect:
    indicator = portfolio.indicators[intended.indicator_id]
    chosen = choose(portfolio, indicator, place, Wanted(as_of=as_of))
    found = around(chosen, start)
    reason = why_not_compared(found, start) if chosen.points else _unmeasured(portfolio, indicator)
    change = None if reason is not None else EXACT.subtract(found.after.value, found.before.value)
    return Effect(
        indicator=indicator,
        intended=intended,
        before=found.before,
        after=found.after,
        change=change,
        as_expected=None if change is None else as_meant(change, intended.direction),
        reason=reason,
        from_baseline=found.before is not None and found.before is chosen.choice.baseline,
        across=found.across,
        lever=lever,
        since=None if start is None else start.latest,
        sources=portfolio.sources,
    )


def _unmeasured(portfolio: Portfolio, indicator: Indicator) -> MissingReason:
    """Return why a territory has no value: nobody has one, or others only."""
    elsewhere = indicator.id in measured_indicators(portfolio)
    return MissingReason.MEASURED_ELSEWHERE if elsewhere else MissingReason.NOT_MEASURED
