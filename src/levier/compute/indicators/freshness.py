"""
Freshness: when the next value is due, and whether an indicator is up to date.

Source of the rule: PILOTE (`get_date_pro_maj_indic.sql`): the next value is due one period after the last one's month,
the next update one availability delay later, at the end of the month; up to date if that is after *as_of*.
"""

from __future__ import annotations

from calendar import monthrange

from attrs import evolve, field, frozen

from levier.compute._types import asked, by_type
from levier.compute.indicators.candidates import Query
from levier.compute.indicators.points import part_of
from levier.compute.indicators.select import last_periods, territory_of
from levier.compute.statements.known import known
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model.dimensions import BreakdownLike
from levier.model.periods import Day, DayLike, Period, PeriodLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.territories import NATION
from levier.wording.explained import Explained
from levier.wording.messages import clauses, items, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value
from levier.wording.values import Name

__all__ = ["Freshness", "freshness", "freshness_of", "is_overdue"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class Freshness(Explained):
    """
    When the next value is due, and whether an indicator was up to date on a day.

    *next_value* is the first day of the month of the next value, *next_update* the last day by which it should be
    published. Both are `None` where *reason* says why, where the last period has no end, and past the calendar's last
    year.
    *late* are the territories below whose own last value is out of date, where values are rolled up; *late_names* are
    their names.

    Attributes:
        last: The period of the last value; `None` without a value.
        up_to_date: Whether the last value is recent enough; `None` where unknown.
        as_of: The day on which freshness is judged.

    >>> fresh = freshness("2026-06", periodicity_months=3, lag_months=1, as_of="2026-09-15")
    >>> str(fresh.next_value), str(fresh.next_update), fresh.up_to_date
    ('2026-09-01', '2026-10-31', True)
    """

    last: Period | None
    next_value: Day | None
    next_update: Day | None
    up_to_date: bool | None
    reason: MissingReason | None = field(converter=TermOrNone[MissingReason])
    as_of: Day
    late: tuple[str, ...] = ()
    late_names: tuple[Value, ...] = field(default=(), eq=False, repr=False)

    @property
    def message(self) -> Said:
        """Whether the indicator is up to date, until when, and which territories below are not."""
        late = items(*(self.late_names or self.late))
        return clauses(self._state(), message("territories overdue: {names}", names=late) if self.late else None)

    def _state(self) -> Said:
        if self.reason is not None or self.last is None:
            return message("freshness unknown ({reason})", reason=self.reason or MissingReason.NO_ACTUAL)
        last = message("latest value: {period}", period=self.last)
        due = None if self.next_update is None else message("next one due by {day}", day=self.next_update)
        if self.up_to_date:
            return message("up to date as of {day} ({values})", day=self.as_of, values=items(last, due))
        return message("not up to date as of {day} ({values})", day=self.as_of, values=items(last, due))


@asked
def freshness(
    last: PeriodLike | None,
    *,
    periodicity_months: int | None,
    lag_months: int | None,
    as_of: DayLike,
) -> Freshness:
    """
    Return when the value after *last* is due, and whether that is after *as_of*.

    *periodicity_months* is the number of months between two values, *lag_months* the months until a value is published.

    Raises:
        InvalidValueError: For a malformed period or day.

    >>> freshness("2026-06", periodicity_months=None, lag_months=0, as_of="2026-07-01").reason
    <MissingReason.NO_PERIODICITY: 'no-frequency'>
    """
    asked = parse_day(as_of)
    period = None if last is None else Period(last)
    reason = _reason(period, periodicity_months, lag_months)
    following = update = None
    if period is not None and period.last_day is not None and periodicity_months is not None:
        month = period.last_month + periodicity_months
        following = _end_of(month, first=True)
        update = None if lag_months is None else _end_of(month + lag_months)
    return Freshness(
        last=period,
        next_value=following,
        next_update=update,
        up_to_date=None if reason is not None else update is None or update > asked,
        reason=reason,
        as_of=asked,
    )


def is_overdue(last: Period, *, periodicity_months: int, lag_months: int, as_of: Day) -> bool:
    """
    Return whether `freshness` is not up to date where all is known, by months alone: a rule asks it of every series.

    >>> is_overdue(Period("2026-06"), periodicity_months=3, lag_months=1, as_of=Day(2026, 10, 31))
    True
    """
    due = last.last_month + periodicity_months + lag_months
    months_left = due - (as_of.year * 12 + as_of.month - 1)
    return last.last_day is not None and (months_left < 0 or (months_left == 0 and as_of == _end_of(due)))


def _reason(last: Period | None, periodicity_months: int | None, lag_months: int | None) -> MissingReason | None:
    if last is None:
        return MissingReason.NO_ACTUAL
    if periodicity_months is None:
        return MissingReason.NO_PERIODICITY
    return MissingReason.NO_LAG if lag_months is None else None


def _end_of(month: int, *, first: bool = False) -> Day | None:
    """Return the last day of a month, or its first; `None` past the last year of the calendar."""
    year, number = month // 12, month % 12 + 1
    return None if year > Day.max.year else Day(year, number, 1 if first else monthrange(year, number)[1])


@asked
def freshness_of(
    portfolio: Portfolio,
    indicator_id: str,
    territory_id: str = NATION,
    *,
    as_of: DayLike,
    breakdown: BreakdownLike = (),
) -> Freshness:
    """
    Return whether an indicator was up to date in a territory on a day, by its periodicity and its publication lag.

    The last value is the one that `progress_of` uses; where it is rolled up, each territory below is judged too.
    *breakdown* asks about a part of the whole, such as `{"sex": "F"}`, whose own values are then used.

    Raises:
        UnknownItemError: For an indicator, a territory, a dimension or a code that the portfolio does not hold.

    >>> from levier import Indicator, Observation, Territory
    >>> visits = Indicator(id="visits", label="Visits", unit="count", periodicity_months=1, lag_months=0)
    >>> row = Observation(indicator_id="visits", period="2019-04", kind="actual", value=3)
    >>> plan = Portfolio.of(visits, Territory(id="FR", label="France"), row)
    >>> print(freshness_of(plan, "visits", as_of="2019-06-14"))
    not up to date as of 14 June 2019 (latest value: April 2019, next one due by 31 May 2019)
    """
    portfolio = known(portfolio, as_of)
    indicator, place = portfolio.indicators[indicator_id], territory_of(portfolio, territory_id)
    day = parse_day(as_of)
    query = Query(as_of=day, breakdown=part_of(portfolio, breakdown))
    last, below = last_periods(portfolio, indicator, place, query)
    judged = {
        name: freshness(
            period, periodicity_months=indicator.periodicity_months, lag_months=indicator.lag_months, as_of=day
        )
        for name, period in below.items()
    }
    late = tuple(name for name, found in judged.items() if found.up_to_date is False)
    found = freshness(last, periodicity_months=indicator.periodicity_months, lag_months=indicator.lag_months, as_of=day)
    return evolve(found, late=late, late_names=tuple(Name.of(portfolio.territories[name]) for name in late))
