"""
Series carried across the mergers and renumberings of territories.

Before a merger, the value of the new territory is the sum of those of its predecessors, where the indicator adds up and
all of them have a value of the same period. A renumbered territory continues the series of its predecessor.
Nothing is carried across a division, because no rule says which part of a value belongs to which part of a territory;
nor is a sum over some of the predecessors, or a rate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from attrs import evolve, field, frozen

from levier.compute._types import asked, by_type
from levier.compute.indicators.aggregation import combined
from levier.compute.indicators.breakdowns import is_additive
from levier.compute.indicators.select import territory_of
from levier.compute.indicators.series import observations_of, series_of
from levier.compute.statements.known import known
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model.indicators import Aggregation, Indicator
from levier.model.lifetimes import Lifetime, existed_in, existed_on, lifetimes
from levier.model.observations import Observation, ObservationKind
from levier.model.periods import Day, DayLike, Period, parse_day
from levier.model.portfolio import Portfolio
from levier.model.territories import NATION, Succession, Territory
from levier.wording.explained import Explained
from levier.wording.messages import clauses, items, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value
from levier.wording.values import Name, Number

__all__ = ["CarriedSeries", "CarriedValue", "carried_series_of"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class CarriedValue(Explained):
    """
    A value of a territory in a period: recorded for the territory itself, or carried from its predecessors.

    *value* is `None` where *reason* says why.
    *carried_across* is the day of the succession across which it was carried, the first one where there are several;
    `None` if it was recorded for the territory as it has been since.
    *parts* are the territories that were counted, *missing* those because of which there is no value.

    Attributes:
        period: The period in which the value held.
        observations: The observations that were counted.
        shown: The value in its unit, to be shown.

    >>> print(CarriedValue(period=Period("2016"), reason=MissingReason.DIVIDED))
    2016: the territory was divided
    """

    period: Period
    value: Decimal | None = None
    reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])
    carried_across: Day | None = None
    parts: tuple[Name, ...] = ()
    missing: tuple[Name, ...] = ()
    observations: tuple[Observation, ...] = field(default=(), repr=False)
    shown: Value = field(default="", eq=False, repr=False)

    @property
    def is_carried(self) -> bool:
        """Whether it is a value that was recorded for other territories, or for this one with another area."""
        return self.carried_across is not None and self.value is not None

    @property
    def message(self) -> Said:
        """The period and the value, with the parts of a carried one; or the reason why there is no value."""
        if self.reason is not None:
            names = items(*self.missing)
            if not self.missing:
                return message("{period}: {reason}", period=self.period, reason=self.reason)
            return message("{period}: {reason} ({names})", period=self.period, reason=self.reason, names=names)
        if self.carried_across is None:
            return message("{period}: {value}", period=self.period, value=self.shown)
        return message(
            "{period}: {value}, carried across {day} from {names}",
            period=self.period,
            value=self.shown,
            day=self.carried_across,
            names=items(*self.parts),
        )


@final
@frozen(kw_only=True, field_transformer=by_type)
class CarriedSeries(Explained):
    """
    The values of an indicator in a territory as it stands, those of its predecessors included, oldest first.

    Attributes:
        indicator: The name of the indicator.
        territory: The name of the territory.
        kind: The kind of the values.
        as_of: The day of knowledge: what was recorded later is ignored.
        values: A value, or the reason for its absence, for each period in which a territory concerned has one.

    >>> from levier import Indicator, Portfolio, Territory
    >>> wait = Indicator(id="visits", label="Visits", unit="count")
    >>> plan = Portfolio.of(wait, Territory(id="74010", label="Annecy"))
    >>> carried_series_of(plan, "visits", "74010", as_of="2020-01-01").values
    ()
    """

    indicator: Name
    territory: Name
    kind: ObservationKind = field(converter=ObservationKind)
    as_of: Day
    values: tuple[CarriedValue, ...] = ()

    @property
    def carried(self) -> tuple[CarriedValue, ...]:
        """The values that were carried from predecessors."""
        return tuple(value for value in self.values if value.is_carried)

    @property
    def refused(self) -> tuple[CarriedValue, ...]:
        """The periods without a value, each with its reason."""
        return tuple(value for value in self.values if value.reason is not None)

    @property
    def message(self) -> Said:
        """The indicator, the territory and each value."""
        return message(
            "{indicator}, {territory}, {kind}, as of {day}: {values}",
            indicator=self.indicator,
            territory=self.territory,
            kind=self.kind,
            day=self.as_of,
            values=clauses(*(value.message for value in self.values)) if self.values else MissingReason.NO_REPORT,
        )


@asked
def carried_series_of(
    portfolio: Portfolio,
    indicator_id: str,
    territory_id: str = NATION,
    *,
    as_of: DayLike,
    kind: ObservationKind | str = ObservationKind.ACTUAL,
) -> CarriedSeries:
    """
    Return the values of an indicator in a territory, those before a merger or a renumbering carried from predecessors.

    A value of a period before a succession is the sum of those that all predecessors have for that same period, where
    the indicator is added up (its aggregation is a sum, and its unit no rate). From a single predecessor, any value is
    carried. Otherwise there is a reason: a predecessor without a value, one that was divided or went on with a part of
    its area, one that would count twice, a period that the succession cuts.

    Raises:
        UnknownItemError: For an indicator or a territory that the portfolio does not hold.

    >>> from levier import Indicator, Observation, Portfolio, Territory
    >>> from levier.plans import Succession
    >>> merger = Succession(on="2017-01-01", predecessor_ids=["74010", "74268"])
    >>> rows = [("74010", "2016", 50), ("74268", "2016", 20), ("74010", "2017", 75), ("74010", "2015", 49)]
    >>> plan = Portfolio.of(
    ...     Territory(id="74010", label="Annecy", successions=[merger]),
    ...     Territory(id="74268", label="Seynod"),
    ...     Indicator(id="visits", label="Visits", unit="count", aggregation="sum"),
    ...     *(
    ...         Observation(indicator_id="visits", territory_id=place, period=year, kind="actual", value=value)
    ...         for place, year, value in rows
    ...     ),
    ... )
    >>> for value in carried_series_of(plan, "visits", "74010", as_of="2018-01-01").values:
    ...     print(value)
    2015: a part is missing (Seynod)
    2016: 70, carried across 1 January 2017 from Annecy, Seynod
    2017: 75
    """
    portfolio = known(portfolio, as_of)
    indicator, place, wanted = portfolio.indicators[indicator_id], territory_of(portfolio, territory_id), kind
    lineage = _Lineage.of(portfolio, indicator, ObservationKind(wanted), parse_day(as_of))
    found = lineage.values_of(place, None)
    return CarriedSeries(
        indicator=Name.of(indicator),
        territory=Name.of(place),
        kind=lineage.kind,
        as_of=lineage.as_of,
        values=tuple(found[period] for period in sorted(found)),
    )


_Values = dict[Period, CarriedValue]


@final
@frozen(kw_only=True)
class _Lineage:
    """What is needed to walk from a territory to its predecessors."""

    portfolio: Portfolio
    indicator: Indicator
    kind: ObservationKind
    as_of: Day
    adds_up: bool
    lived: Mapping[str, Lifetime]
    takers: Mapping[tuple[str, date], tuple[str, ...]]
    """The territories that took over a predecessor on a day."""
    known: dict[tuple[str, date | None], _Values]
    """The values found so far, by territory and by the day before which they were asked for."""

    @classmethod
    def of(cls, portfolio: Portfolio, indicator: Indicator, kind: ObservationKind, as_of: Day) -> _Lineage:
        takers: dict[tuple[str, date], tuple[str, ...]] = defaultdict(tuple)
        for place in portfolio.territories.values():
            for step in place.successions:
                for code in step.predecessor_ids:
                    takers[code, step.on] += (place.id,)
        return cls(
            portfolio=portfolio,
            indicator=indicator,
            kind=kind,
            as_of=as_of,
            adds_up=is_additive(indicator, kind),
            lived=lifetimes(portfolio.territories),
            takers=dict(takers),
            known={},
        )

    def values_of(self, place: Territory, before: date | None) -> _Values:
        """
        Return the values of a territory as it was on the day before *before*, or as it stands.

        Each step leads to an earlier day, so the earliest are computed first: a chain of any length needs no recursion.
        """
        waiting, needed = [(place, before)], dict[tuple[str, date | None], Territory]()
        while waiting:
            one, day = waiting.pop()
            if (one.id, day) not in needed:
                needed[one.id, day] = one
                change = self._last_change(one, day)
                steps = (step for step in one.successions if step.on == change)
                codes = (code for step in steps for code in step.predecessor_ids)
                waiting.extend((self.portfolio.territories[code], change) for code in codes)
        for (code, day), one in sorted(needed.items(), key=lambda item: item[0][1] or date.max):
            self.known[code, day] = self._values(one, day)
        return self.known[place.id, before]

    def _values(self, place: Territory, before: date | None) -> _Values:
        change = self._last_change(place, before)
        rows = self._recorded(place, before)
        if change is None:
            return rows
        since = {period: value for period, value in rows.items() if period.is_since(change)}
        cut = (period for period in rows if not period.is_since(change) and not period.is_before(change))
        across = {period: CarriedValue(period=period, reason=MissingReason.ONLY_ACROSS) for period in cut}
        step = next((step for step in place.successions if step.on == change), None)
        if step is not None:
            return self._carried(place, step) | across | since
        lost = (period for period in rows if period.is_before(change))
        divided = {period: self._refused(period, MissingReason.DIVIDED, (place.id,), change) for period in lost}
        return divided | across | since

    def _recorded(self, place: Territory, before: date | None) -> _Values:
        """Return the values recorded for a territory while it existed, in periods that ended before a day."""
        rows = self.portfolio.observations.of(self.indicator.id, territory_id=place.id)
        held = series_of(rows, self.as_of, self.portfolio.sources).of_kind(self.kind)
        return {
            row.period: CarriedValue(
                period=row.period,
                value=row.value,
                reason=None if isinstance(row, Observation) else row.reason,
                parts=(Name.of(place),),
                observations=observations_of(row),
                shown=self._shown(row.value),
            )
            for row in held
            if (before is None or row.period.is_before(before)) and existed_in(self.lived, place.id, row.period)
        }

    def _last_change(self, place: Territory, before: date | None) -> Day | None:
        """Return the last day on which a territory took over others, or on which others took a part of it."""
        lost = (
            day
            for (code, day), takers in self.takers.items()
            if code == place.id and takers != (place.id,) and existed_on(self.lived, code, day)
        )
        days = (*(step.on for step in place.successions), *lost)
        return max((parse_day(day) for day in days if before is None or day < before), default=None)

    def _carried(self, place: Territory, step: Succession) -> _Values:
        """Return the values of the predecessors of a territory, each period with its sum or with a reason."""
        earlier: dict[str, _Values] = {code: self.known[code, step.on] for code in step.predecessor_ids}
        divided = tuple(code for code in step.predecessor_ids if not self._is_whole(code, place, step.on))
        periods = {period for values in earlier.values() for period in values}
        return {period: self._carried_value(period, step, earlier, divided) for period in periods}

    def _carried_value(
        self, period: Period, step: Succession, earlier: Mapping[str, _Values], divided: tuple[str, ...]
    ) -> CarriedValue:
        if divided:
            return self._refused(period, MissingReason.DIVIDED, divided, step.on)
        parts = {code: values.get(period) for code, values in earlier.items()}
        known = [part for part in parts.values() if part is not None]
        if len(parts) == 1:
            return evolve(known[0], carried_across=known[0].carried_across or step.on)
        if not self.adds_up:
            return self._refused(period, MissingReason.NOT_ADDITIVE, (), step.on)
        absent = tuple(code for code, part in parts.items() if part is None or part.value is None)
        if absent:
            return self._refused(period, MissingReason.INCOMPLETE, absent, step.on)
        names = tuple(name for part in known for name in part.parts)
        twice = tuple(name.id for name in dict.fromkeys(names) if names.count(name) > 1)
        if twice:
            return self._refused(period, MissingReason.COUNTED_TWICE, twice, step.on)
        value = combined(Aggregation.SUM, [part.value for part in known if part.value is not None], [])
        return CarriedValue(
            period=period,
            value=value,
            carried_across=min(part.carried_across or step.on for part in known),
            parts=names,
            observations=tuple(row for part in known for row in part.observations),
            shown=self._shown(value),
        )

    def _is_whole(self, code: str, place: Territory, day: Day) -> bool:
        """Return whether a territory took over the whole of a predecessor, which then ended or is itself."""
        is_gone = code == place.id or not existed_on(self.lived, code, day)
        return is_gone and self.takers[code, day] == (place.id,)

    def _refused(self, period: Period, reason: MissingReason, codes: Iterable[str], day: Day) -> CarriedValue:
        names = tuple(Name.of(self.portfolio.territories[code]) for code in codes)
        return CarriedValue(period=period, reason=reason, missing=names, carried_across=day)

    def _shown(self, value: Decimal | None) -> Value:
        return "" if value is None else Number.trimmed(value, self.indicator.unit, self.indicator.decimals)
