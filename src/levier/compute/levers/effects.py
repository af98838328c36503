"""
Effects of levers: the indicators that each should move, which of them are measured, and how they moved since.

An indicator is measured if it has an actual value in any territory, as in `lever_coverage`. It is compared if one
territory has a value before the activation of the lever and one since; a value whose period contains that day is
neither.

This is association in time: an indicator that moved after a lever was activated is no proof that the lever moved it.
Nothing here is a causal claim, and "not measured" is a good answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.coverage import Coverage
from levier.compute.exact import EXACT
from levier.compute.indicators.candidates import Query
from levier.compute.indicators.keeping import limits_of, why_no_limits
from levier.compute.indicators.paths import PathShape
from levier.compute.indicators.rulesets import Ruleset
from levier.compute.indicators.select import ObservationSelection, select_observations, territory_of
from levier.compute.indicators.series import Point, held_point
from levier.compute.levers.coverage import measured_indicators
from levier.compute.levers.horizons import Horizon, HorizonSize, observed_by, size_by, with_observed
from levier.compute.levers.moves import around, as_meant, point, why_not_compared
from levier.compute.levers.starts import Start, starts_of
from levier.compute.statements.known import known
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model.identifiers import LeverId
from levier.model.indicators import Direction, Indicator
from levier.model.levers import IntendedEffect, Lever
from levier.model.observations import Observation
from levier.model.periods import Day, DayLike, PeriodLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.quantities import Unit
from levier.model.territories import NATION, Territory
from levier.model.trees import branch_of
from levier.wording.explained import Explained
from levier.wording.messages import Message, about, clauses, items, message, plural
from levier.wording.reasons import MissingReason
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = ["Effect", "LeverEffects", "effects_of"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class Effect(Explained):
    """
    The change of one indicator since the activation of a lever meant to move it: an association, not a cause.

    *before* is the last value whose whole period is before that day, else the baseline if it is as early
    (*from_baseline*); *after* is the latest whose whole period is since; *across* are the values that are neither.
    The values are in the *unit* of the indicator; sentences write them with its *decimals*.
    Values of two definitions are not compared, nor totals of different territories, nor a disputed value.
    *lever* is the lever meant to move the indicator, and *since* the day of its activation.
    *as_expected* tells whether the change goes in the intended direction; `None` where *reason* says why it is unknown.
    *by_horizon* is the size intended by the horizon that was asked for, and what part of it has come by then.

    Attributes:
        indicator: The name of the indicator.
        intended: The intended effect: the direction and the sizes, where stated.
        change: The later value minus the earlier one, in *unit*; `None` where it is unknown.
        source_names: The names of the documents behind the values.

    >>> meant = IntendedEffect(indicator_id="visits", direction="increase")
    >>> Effect(indicator=Name("visits", "Visits"), intended=meant, reason=MissingReason.NOT_MEASURED).is_measured
    False
    """

    indicator: Name
    intended: IntendedEffect
    unit: Unit | str = ""
    decimals: int | None = field(default=None, eq=False, repr=False)
    before: Point | None = None
    after: Point | None = None
    change: Decimal | None = None
    as_expected: bool | None = None
    reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])
    from_baseline: bool = False
    across: tuple[Point, ...] = ()
    lever: Name | None = None
    since: Day | None = None
    by_horizon: HorizonSize | None = None
    source_names: tuple[Name, ...] = field(default=(), eq=False, repr=False)

    @property
    def is_measured(self) -> bool:
        """Whether the indicator has an actual value by the day, in any territory."""
        return self.reason is not MissingReason.NOT_MEASURED

    @property
    def is_compared(self) -> bool:
        """Whether the indicator has a value before and one since, of one definition."""
        return self.change is not None

    @property
    def message(self) -> Said:
        """The change of the indicator with both values, or why it is unknown."""
        size = None if self.by_horizon is None else self.by_horizon.message
        return about(items(self._unknown() if self.change is None else self._change(), size), self.indicator)

    def _change(self) -> Message:
        before, after = self._before(), self._point(self.after, held_point(self.before).value)
        way = self.intended.meant_direction
        if way is None:
            return message("{before} → {after}, no intended direction", before=before, after=after)
        if self.as_expected is None:
            return message("{before} → {after} ({way}: no target to compare with)", before=before, after=after, way=way)
        if self.as_expected:
            return message("{before} → {after}, as expected ({way})", before=before, after=after, way=way)
        return message("{before} → {after}, not as expected ({way})", before=before, after=after, way=way)

    def _before(self) -> Said:
        before = self._point(self.before)
        return message("baseline {value}", value=before) if self.from_baseline else before

    def _point(self, value: Any, limit: Decimal | None = None) -> Said:
        return point(value, self.unit, self.source_names, self.decimals, limit)

    def _unknown(self) -> Said:
        """Return why the change is unknown, with the values that may not replace the missing one."""
        if not self.across or self.reason is None:
            return items(self.reason)
        periods = items(*(point.period for point in self.across))
        if self.reason is MissingReason.ONLY_ACROSS:
            return message("{reason} ({periods})", reason=self.reason, periods=periods)
        return plural(
            "{reason} (period that spans it: {periods})",
            "{reason} (periods that span it: {periods})",
            n=len(self.across),
            reason=self.reason,
            periods=periods,
        )


@final
@frozen(kw_only=True, field_transformer=by_type)
class LeverEffects(Explained):
    """
    The changes of the indicators that a lever or its sub-levers should move, since its activation: association only.

    *covers* are the levers whose effects are listed, the lever itself first. An effect of a sub-lever counts from the
    activation of that sub-lever, which the effect names.

    Attributes:
        lever: The name of the lever.
        territory: The name of the territory.
        since: The first day of activation; `None` where it is unknown.
        as_of: The day of knowledge: what was recorded later is ignored.
        effects: The change of each indicator, or why it is unknown.

    >>> plan = Portfolio.of(Lever(id="digital", label="Digital"))
    >>> effects = effects_of(plan, "digital", as_of="2019-06-14")
    >>> effects.coverage.expected, effects.explain("en")
    (0, 'Digital: no target indicator')
    """

    lever: Name
    territory: Name
    since: Day | None
    as_of: Day
    effects: tuple[Effect, ...]
    covers: tuple[LeverId, ...] = ()

    @property
    def coverage(self) -> Coverage:
        """The indicators that are measured, of those it should move, each once."""
        return Coverage.of({effect.indicator.id: effect.is_measured for effect in self.effects}, self._names)

    @property
    def compared(self) -> Coverage:
        """The indicators that are compared, before and since, for one lever at least."""
        compared = {effect.indicator.id for effect in self.effects if effect.is_compared}
        return Coverage.of(
            {effect.indicator.id: effect.indicator.id in compared for effect in self.effects}, self._names
        )

    @property
    def message(self) -> Said:
        """The start, how many indicators are measured and compared, and how each moved; and that this is no proof."""
        if not self.effects:
            return about(message("no target indicator"), self.lever)
        measured, compared = self.coverage, self.compared
        content = clauses(
            message("indicators measured: {n} of {expected}", n=len(measured.reported), expected=measured.expected),
            message(
                "compared before and after: {n} of {expected}", n=len(compared.reported), expected=compared.expected
            ),
            *map(self._moved, self.effects),
            message("association, no proof of cause"),
        )
        return about(content, self.lever, self.territory, _since(self.since))

    @property
    def _names(self) -> Mapping[str, Name]:
        return {effect.indicator.id: effect.indicator for effect in self.effects}

    def _moved(self, effect: Effect) -> Said:
        """Return the change of an indicator, with the name of the sub-lever where it is that one's effect."""
        if effect.lever is None or effect.lever.id == self.lever.id:
            return effect.message
        return about(effect.message, effect.lever, _since(effect.since))


def _since(start: Day | None) -> Message | None:
    return None if start is None else message("since {day}", day=start)


@asked
def effects_of(  # noqa: PLR0913  # the lever, where, and the days of the comparison
    portfolio: Portfolio,
    lever_id: str,
    territory_id: str = NATION,
    *,
    as_of: DayLike,
    since: DayLike | None = None,
    horizon: PeriodLike | None = None,
    shape: PathShape | str | None = None,
) -> LeverEffects:
    """
    Return how the indicators of a lever and its sub-levers moved in a territory since its activation.

    *since* is the day of activation; where it is `None`, the first day that `first_activation_day` returns for each
    lever. A value is before or since that day only if its whole period is; an activation dated to a year may have begun
    on any day of it. Where no actual value is before, the baseline takes its place, if it is as early and has the
    definition of the value since. Association only: no causal claim.

    With a *horizon*, such as "2030", the value since is the latest by its end, and each effect has the size intended by
    then. Between two horizons that sources state, a size is unknown, unless *shape* says how it runs from one to the
    other.

    Raises:
        UnknownItemError: For a lever or a territory that the portfolio does not hold.
        InvalidValueError: If *horizon* is not a valid period or has no end, or *shape* is not a shape.

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
    by = None if horizon is None else Horizon(period=horizon, shape=shape)
    place, branch = territory_of(portfolio, territory_id), branch_of(portfolio.levers, lever_id)
    starts = starts_of(portfolio, branch) if given is None else {one.id: given for one in branch}
    start = starts[branch[0].id]
    return LeverEffects(
        lever=Name.of(branch[0]),
        territory=Name.of(place),
        since=None if start is None else start.latest,
        as_of=asked,
        effects=tuple(
            _effect(portfolio, one, intended, place, starts[one.id], asked, by)
            for one in branch
            for intended in one.effects
        ),
        covers=tuple(one.id for one in branch),
    )


def _effect(  # noqa: PLR0913, PLR0917  # every part of an effect
    portfolio: Portfolio,
    lever: Lever,
    intended: IntendedEffect,
    place: Territory,
    start: Start | None,
    as_of: Day,
    by: Horizon | None,
) -> Effect:
    indicator = portfolio.indicators[intended.indicator_id]
    chosen = select_observations(portfolio, indicator, place, Query(as_of=as_of))
    seen = chosen if by is None else observed_by(chosen, by.period)
    found = around(seen, start)
    reason = why_not_compared(found, start) if seen.actuals else _unmeasured(portfolio, indicator, chosen)
    change = None if reason is not None else EXACT.subtract(found.after.value, found.before.value)
    way = intended.meant_direction
    kept = None if change is None or way is None else _is_kept(found.after, chosen, way)
    return Effect(
        indicator=Name.of(indicator),
        intended=intended,
        unit=indicator.unit,
        decimals=indicator.decimals,
        before=found.before,
        after=found.after,
        change=change,
        as_expected=None if change is None or way is None else as_meant(change, way, kept=kept),
        reason=MissingReason.NO_DIRECTION if reason is None and way is None else reason,
        from_baseline=found.before is not None and found.before is chosen.baseline,
        across=found.across,
        lever=Name.of(lever),
        since=None if start is None else start.latest,
        by_horizon=None if by is None else with_observed(size_by(intended, by), change, reason, indicator.unit),
        source_names=_sources(portfolio, (found.before, found.after)),
    )


def _is_kept(after: Any, chosen: ObservationSelection, way: Direction) -> bool | None:
    """Return whether a value is held to the target of its indicator; `None` where there is none to keep to."""
    if not way.is_kept or why_no_limits(after, chosen.target, way, Ruleset.STRICT) is not None:
        return None
    limits = limits_of(chosen.target, way)
    return None if limits is None else not limits.outside(after.value)


def _sources(portfolio: Portfolio, points: Iterable[Any]) -> tuple[Name, ...]:
    """Return the names of the sources of observations; a value made of several has no source of its own."""
    named = [one.source_id for one in points if isinstance(one, Observation)]
    return tuple(Name.of(portfolio.sources[one]) for one in dict.fromkeys(named) if one is not None)


def _unmeasured(portfolio: Portfolio, indicator: Indicator, chosen: ObservationSelection) -> MissingReason:
    """Return why a territory has no value: it has none by the horizon, only others have one, or none has."""
    if chosen.actuals:
        return MissingReason.NO_ACTUAL
    elsewhere = indicator.id in measured_indicators(portfolio)
    return MissingReason.MEASURED_ELSEWHERE if elsewhere else MissingReason.NOT_MEASURED
