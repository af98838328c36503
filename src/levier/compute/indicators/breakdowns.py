"""
Breakdowns: the value of each code of a dimension, its share of the whole, and the total beside the sum of its parts.

A total is compared with its parts, never added to them. Parts are added only where the indicator's roll-up rule is a
sum and its unit is no rate, and where the dimension is said to be a partition: otherwise a case could count twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal, localcontext
from typing import Any, TypeAlias

from attrs import evolve, field, frozen

from levier.compute._types import asked, by_type
from levier.compute.coverage import Coverage
from levier.compute.exact import EXACT, HUNDRED
from levier.compute.indicators.aggregation import NEVER_ADDED, Aggregate
from levier.compute.indicators.candidates import Query
from levier.compute.indicators.points import (
    cited_names,
    code_names,
    part_of,
    point,
    why_missing,
    why_unlike,
)
from levier.compute.indicators.rulesets import Ruleset
from levier.compute.indicators.select import points_of, territory_of
from levier.compute.indicators.series import Point, observations_of
from levier.compute.statements.known import known
from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model.dimensions import Breakdown, BreakdownCode, BreakdownLike, Dimension, DimensionCode
from levier.model.indicators import Aggregation, Indicator, RollUp
from levier.model.observations import ObservationKind
from levier.model.periods import Day, DayLike, Period, PeriodLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.quantities import PERCENT
from levier.model.terms import Term
from levier.model.territories import NATION, Territory
from levier.wording.explained import Explained
from levier.wording.messages import about, clauses, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said
from levier.wording.values import Name, Number

__all__ = [
    "Asked",
    "BreakdownPart",
    "DimensionBreakdown",
    "DimensionValues",
    "ShareBase",
    "breakdown_of",
    "divisions",
    "is_additive",
]

_NONE = {
    ObservationKind.BASELINE: MissingReason.NO_BASELINE,
    ObservationKind.ACTUAL: MissingReason.NO_ACTUAL,
    ObservationKind.TARGET: MissingReason.NO_TARGET,
    ObservationKind.FORECAST: MissingReason.NO_FORECAST,
}


class ShareBase(Term):
    """The denominator of the shares of a breakdown."""

    TOTAL = "total", "total publié", "recorded total"
    SUM = "sum", "somme des modalités", "sum of the codes"


@final
@frozen(kw_only=True, field_transformer=by_type)
class BreakdownPart(Explained):
    """
    The value of one code of a dimension, and its share of the whole.

    *share* is in percent; it is `None` where the code has no value, or the breakdown says why it has no shares.
    *reason* says why there is no value.

    Attributes:
        code: The name of the code.
        value: The value, in the indicator's unit.
        point: The value with its period and origin: an observation, or an aggregate of territories.
        unit: The unit of the value.
        decimals: How many decimals sentences show.

    >>> BreakdownPart(code=Name("F", "Femmes"), reason=MissingReason.NO_ACTUAL).value is None
    True
    """

    code: Name
    value: Decimal | None = None
    reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])
    share: Decimal | None = None
    point: Point | None = field(default=None, repr=False)
    unit: str = ""
    decimals: int | None = None

    @property
    def message(self) -> Said:
        """The code with its value and its share, or why it has no value."""
        if self.value is None:
            return message("{code}: no value ({reason})", code=self.code, reason=self.reason or MissingReason.NO_ACTUAL)
        value = Number.trimmed(self.value, self.unit, self.decimals)
        if self.share is None:
            return message("{code} {value}", code=self.code, value=value)
        share = Number.trimmed(self.share, PERCENT, 1)
        return message("{code} {value} ({share})", code=self.code, value=value, share=share)


@final
@frozen(kw_only=True, field_transformer=by_type)
class DimensionBreakdown(Explained):
    """
    An indicator's value of one period by the codes of a dimension, beside its total.

    *sum* is the sum of the codes that have a value; its coverage names those that have none, and its reason says why
    codes are not added. *difference* is the total minus the sum; `None` where *difference_reason* says why the two
    cannot be compared. *base* is the denominator of the shares; `None` where *share_reason* says why there are none.

    Attributes:
        indicator: The name of the indicator.
        dimension: The name of the dimension.
        territory: The name of the territory.
        within: The names of the codes that the whole is limited to, such as an age; empty for all of it.
        kind: Whether the values are baselines, actual values or targets.
        as_of: The day of knowledge.
        period: The period of the values; `None` where there is no value.
        total: The value of the whole, as recorded or rolled up; `None` where there is none.
        parts: The value of each code, in the order of the dimension.
        unit: The unit of the values.
        decimals: How many decimals sentences show.
        sources: The names of the documents behind the values.

    >>> from levier import DimensionCode, Observation
    >>> codes = [DimensionCode(code="F", label="Femmes"), DimensionCode(code="M", label="Hommes")]
    >>> sex = Dimension(id="sex", label="Sexe", codes=codes, is_partition=True)
    >>> jobs = Indicator(id="jobs", label="Emplois", unit="count", aggregation="sum")
    >>> rows = [
    ...     Observation(indicator_id="jobs", period="2023", kind="actual", value=value, breakdown=part)
    ...     for value, part in ((10, {}), (6, {"sex": "F"}), (3, {"sex": "M"}))
    ... ]
    >>> france = Territory(id="FR", label="France")
    >>> found = breakdown_of(Portfolio.of(france, sex, jobs, *rows), "jobs", "sex", as_of="2024-06-01")
    >>> [(part.code.id, part.share) for part in found.parts], found.difference
    ([('F', Decimal('60.00')), ('M', Decimal('30.00'))], Decimal('1'))
    """

    indicator: Name
    dimension: Name
    territory: Name
    within: tuple[Name, ...] = ()
    kind: ObservationKind = field(converter=ObservationKind)
    as_of: Day
    period: Period | None
    total: Point | None
    parts: tuple[BreakdownPart, ...]
    sum: Aggregate
    base: ShareBase | None = field(default=None, converter=TermOrNone[ShareBase])
    share_reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])
    difference: Decimal | None = None
    difference_reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])
    unit: str = ""
    decimals: int | None = None
    sources: tuple[Name, ...] = field(default=(), eq=False, repr=False)

    @property
    def coverage(self) -> Coverage:
        """The codes with a value, and those without."""
        return self.sum.coverage

    @property
    def agrees(self) -> bool | None:
        """Whether the total equals the sum of its parts; `None` where the two cannot be compared."""
        return None if self.difference is None else not self.difference

    @property
    def message(self) -> Said:
        """The total, each code with its share, the denominator, and the difference between the total and the sum."""
        content = clauses(
            self._total(),
            *(part.message for part in self.parts),
            self._shares(),
            message("codes with a value: {coverage}", coverage=self.coverage.message),
            self._compared(),
        )
        where = (self.indicator, *self.within, self.territory, self.period)
        return about(content, *where, message("by {dimension}", dimension=self.dimension), as_of=self.as_of)

    def _total(self) -> Said:
        if self.total is None or self.total.value is None:
            return message("no total")
        return message("total {point}", point=point(self.total, self.unit, self.sources, self.decimals))

    def _shares(self) -> Said:
        if self.base is None:
            return message("no shares ({reason})", reason=self.share_reason or MissingReason.NO_TOTAL)
        return message("shares of the {base}", base=self.base)

    def _compared(self) -> Said:
        if self.difference is None:
            why = self.difference_reason or MissingReason.NO_TOTAL
            return message("total and sum not compared ({reason})", reason=why)
        if not self.difference:
            return message("the total equals the sum of its parts")
        gap = Number.trimmed(self.difference, self.unit, self.decimals)
        return message("the total minus the sum of its parts: {difference}", difference=gap)


@asked
def breakdown_of(  # noqa: PLR0913  # each is an option
    portfolio: Portfolio,
    indicator_id: str,
    dimension_id: str,
    territory_id: str = NATION,
    *,
    as_of: DayLike,
    kind: ObservationKind | str = ObservationKind.ACTUAL,
    period: PeriodLike | None = None,
    within: BreakdownLike = (),
    ruleset: Ruleset | str = Ruleset.STRICT,
) -> DimensionBreakdown:
    """
    Return an indicator's value by the codes of a dimension, as known on *as_of*: values, shares, and the sum.

    *period* is that of the values; `None` means the last one for which the whole or a code has a value.
    *within* limits the whole to a part of it: `{"age": "25-49"}` breaks down the value of that age.
    Values are those that `progress_of` uses, rolled up where the territories below report.

    Raises:
        UnknownItemError: For an indicator, a dimension, a code or a territory that the portfolio does not hold.
        InvalidValueError: If *within* names a code of the dimension itself, or for a malformed day or period, or an
            unknown kind or ruleset.
    """
    portfolio = known(portfolio, as_of)
    indicator, dimension = portfolio.indicators[indicator_id], portfolio.dimensions[dimension_id]
    part = part_of(portfolio, within)
    if any(one.dimension_id == dimension.id for one in part):
        raise InvalidValueError("breakdown_of", dimension.id, "codes of other dimensions", "within")
    query = Query(as_of=parse_day(as_of), ruleset=Ruleset(ruleset), breakdown=part)
    place = territory_of(portfolio, territory_id)
    values = DimensionValues(portfolio, indicator, dimension, place, query, ObservationKind(kind))
    return values.broken_down(values.last if period is None else Period(period).last_month)


def is_additive(indicator: Indicator, kind: ObservationKind) -> bool:
    """
    Return whether the values of parts add up to that of the whole: they are no rates, and every rule sums them.

    >>> is_additive(Indicator(id="jobs", label="Emplois", unit="count", aggregation="sum"), ObservationKind.ACTUAL)
    True
    """
    rules = {one.rule(kind) for one in (*indicator.roll_ups, RollUp.of(indicator))} - {None}
    return rules == {Aggregation.SUM} and indicator.unit not in NEVER_ADDED


Asked: TypeAlias = tuple[Dimension, Breakdown]
"""A dimension, and the part of the whole that it divides."""


def divisions(portfolio: Portfolio) -> dict[tuple[str, str], dict[Asked, None]]:
    """
    Return, by indicator and territory, each dimension that divides a recorded value there, and which part it divides.

    >>> divisions(Portfolio())
    {}
    """
    found: dict[tuple[str, str], dict[Asked, None]] = defaultdict(dict)
    for breakdown in portfolio.observations.breakdowns:
        asked = {
            (portfolio.dimensions[one.dimension_id], tuple(other for other in breakdown if other is not one)): None
            for one in breakdown
        }
        for row in portfolio.observations.broken_down(breakdown):
            found[row.indicator_id, row.territory_id].update(asked)
    return dict(sorted(found.items()))


@final
@frozen
class DimensionValues:
    """
    Every value of a kind of an indicator in a territory: of the whole, and of each code of a dimension.

    >>> france, sex = Territory(id="FR", label="France"), Dimension(id="sex", label="Sexe")
    >>> jobs = Indicator(id="jobs", label="Emplois", unit="count")
    >>> DimensionValues(Portfolio.of(france, sex, jobs), jobs, sex, france, Query(), ObservationKind.ACTUAL).last
    0
    """

    portfolio: Portfolio
    indicator: Indicator
    dimension: Dimension
    territory: Territory
    query: Query
    kind: ObservationKind
    whole: tuple[Any, ...] = field(init=False)
    parts: Mapping[str, tuple[Any, ...]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Select the values once, for every month."""
        object.__setattr__(self, "whole", self._points(self.query.breakdown))
        codes = (code.code for code in self.dimension.codes)
        parts = {code: self._points(self._with(code)) for code in codes}
        object.__setattr__(self, "parts", parts)

    def _with(self, code: str) -> Breakdown:
        return tuple(sorted((*self.query.breakdown, BreakdownCode(self.dimension.id, code))))

    def _points(self, breakdown: Breakdown) -> tuple[Any, ...]:
        query = evolve(self.query, breakdown=breakdown)
        return points_of(self.portfolio, self.indicator, self.territory, query, self.kind)

    @property
    def months(self) -> tuple[int, ...]:
        """The months in which a code has a value, oldest first."""
        return tuple(sorted({one.period.last_month for some in self.parts.values() for one in some}))

    @property
    def last(self) -> int:
        """The last month in which the whole or a code has a value; 0 where there is none."""
        return max((*(one.period.last_month for one in self.whole), *self.months), default=0)

    def broken_down(self, month: int) -> DimensionBreakdown:
        """Return the values of a month by code, with their shares and their sum."""
        total, values = _at(self.whole, month), {code: _at(some, month) for code, some in self.parts.items()}
        summed = self._sum(values)
        there = [one for one in (total, *values.values()) if one is not None]
        base, why_no_shares = self._base(total, values, summed)
        gap, why_not = _difference(total, values, summed)
        return DimensionBreakdown(
            indicator=Name.of(self.indicator),
            dimension=Name.of(self.dimension),
            territory=Name.of(self.territory),
            within=code_names(self.portfolio, self.query.breakdown),
            kind=self.kind,
            as_of=self.query.as_of,
            period=there[0].period if there else None,
            total=total,
            parts=tuple(
                self._part(code, values[code.code], total if base is ShareBase.TOTAL else summed, base)
                for code in self.dimension.codes
            ),
            sum=summed,
            base=base,
            share_reason=why_no_shares,
            difference=gap,
            difference_reason=why_not,
            unit=self.indicator.unit,
            decimals=self.indicator.decimals,
            sources=cited_names(self.portfolio.sources, there),
        )

    def _sum(self, values: Mapping[str, Any]) -> Aggregate:
        """Return the sum of the codes that have a value, or why they are not added."""
        there = {code: one for code, one in values.items() if _value(one) is not None}
        names = {code.code: Name(code.code, code.label, code.label_en) for code in self.dimension.codes}
        reason = self._why_no_sum(there.values())
        with localcontext(EXACT):
            value = None if reason is not None else sum((one.value for one in there.values()), Decimal(0))
        return Aggregate(
            kind=Aggregation.SUM,
            value=value,
            reason=reason,
            coverage=Coverage.of({code: code in there for code in values}, names),
            period=next((one.period for one in there.values()), None),
            observations=tuple(row for one in there.values() for row in observations_of(one)),
        )

    def _why_no_sum(self, there: Collection[Any]) -> MissingReason | None:
        if not is_additive(self.indicator, self.kind):
            return MissingReason.NOT_ADDITIVE
        if not self.dimension.is_partition:
            return MissingReason.NOT_A_PARTITION
        return _why_apart(*there) if there else MissingReason.NO_ACTUAL

    def _base(
        self, total: Any, values: Mapping[str, Any], summed: Aggregate
    ) -> tuple[ShareBase | None, MissingReason | None]:
        """Return the denominator of the shares: the total, or else a complete sum; or why there is none."""
        if not is_additive(self.indicator, self.kind):
            return None, MissingReason.NOT_ADDITIVE
        is_total = _value(total) is not None
        base, found = (ShareBase.TOTAL, total) if is_total else (ShareBase.SUM, summed)
        if not is_total and (summed.value is None or not summed.coverage.is_complete):
            return None, summed.reason or MissingReason.NO_TOTAL
        there = [one for one in values.values() if _value(one) is not None]
        reason = _why_apart(total, *there) if is_total else None
        if reason is None and not found.value:
            reason = MissingReason.ZERO_BASE
        return (base, None) if reason is None else (None, reason)

    def _part(self, code: DimensionCode, one: Any, whole: Any, base: ShareBase | None) -> BreakdownPart:
        value = _value(one)
        return BreakdownPart(
            code=Name(code.code, code.label, code.label_en),
            value=value,
            reason=why_missing(one, _NONE[self.kind]),
            share=None if value is None or base is None else EXACT.divide(EXACT.multiply(HUNDRED, value), whole.value),
            point=one,
            unit=self.indicator.unit,
            decimals=self.indicator.decimals,
        )


def _at(points: Iterable[Any], month: int) -> Any:
    return next((one for one in points if one.period.last_month == month), None)


def _value(one: Any) -> Decimal | None:
    return None if one is None else one.value


def _why_apart(*points: Any) -> MissingReason | None:
    """Return why values with a value may not be added or compared: other definitions, territories or periods."""
    if len({one.period for one in points}) > 1:
        return MissingReason.UNEVEN_PERIODS
    return why_unlike(*points)


def _difference(
    total: Any, values: Mapping[str, Any], summed: Aggregate
) -> tuple[Decimal | None, MissingReason | None]:
    """Return the total minus the sum of its parts, or why the two cannot be compared."""
    if summed.value is None:
        return None, summed.reason
    if not summed.coverage.is_complete:
        return None, MissingReason.INCOMPLETE
    if _value(total) is None:
        return None, why_missing(total, MissingReason.NO_TOTAL)
    reason = _why_apart(total, *values.values())
    return (EXACT.subtract(total.value, summed.value), None) if reason is None else (None, reason)
