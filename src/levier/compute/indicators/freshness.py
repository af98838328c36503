"""
Freshness: when the next value is due, and whether an indicator is up to date.

Source of the rule: PILOTE (`get_date_pro_maj_indic.sql`): the next value is the last one's month plus the period, the
next update that plus the availability delay, moved to the end of the month; up to date if that is after the day asked.
"""

from __future__ import annotations

from calendar import monthrange
from typing import final

from attrs import frozen

from levier.compute._wording import colon, day
from levier.compute.indicators.choices import month_of
from levier.compute.indicators.chooser import Wanted, choose
from levier.compute.indicators.following import territory_of
from levier.compute.indicators.readings import Reason
from levier.compute.statements.known import known
from levier.model.periods import Day, DayLike, Period, PeriodLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.terms import Lang
from levier.model.territories import NATION

__all__ = ["Freshness", "freshness", "freshness_of"]


@final
@frozen(kw_only=True)
class Freshness:
    """
    When the next value is due, and whether an indicator was up to date on a day.

    *next_value* is the first day of the month of the next value, *next_update* the last day by which it should be
    there; `None` where *reason* says why.

    >>> fresh = freshness("2026-06", frequency=3, delay=1, as_of="2026-09-15")
    >>> str(fresh.next_value), str(fresh.next_update), fresh.up_to_date
    ('2026-09-01', '2026-10-31', True)
    """

    last: Period | None
    next_value: Day | None
    next_update: Day | None
    up_to_date: bool | None
    reason: Reason | None
    as_of: Day

    def explain(self, lang: Lang) -> str:
        """Say whether the indicator is up to date, and since when it should be."""
        if self.next_update is None or self.last is None:
            reason = "" if self.reason is None else self.reason.label(lang)
            return f"{'fraîcheur inconnue' if lang == 'fr' else 'freshness unknown'}{colon(lang)}{reason}"
        due = day(self.next_update, lang)
        if lang == "fr":
            said = "à jour" if self.up_to_date else "pas à jour"
            return f"{said} au {day(self.as_of, lang)}\u00a0: dernière valeur {self.last}, suivante attendue le {due}"
        said = "up to date" if self.up_to_date else "not up to date"
        return f"{said} as of {day(self.as_of, lang)}: last value {self.last}, next one due {due}"

    def __str__(self) -> str:
        return self.explain("en")


def freshness(
    last: PeriodLike | None,
    *,
    frequency: int | None,
    delay: int | None,
    as_of: DayLike,
) -> Freshness:
    """
    Return when the value after *last* is due, and whether that is after *as_of*.

    *frequency* is the months between two values, *delay* the months until one is available.

    Raises:
        InvalidValueError: For a malformed period or day.

    >>> freshness("2026-06", frequency=None, delay=0, as_of="2026-07-01").reason
    <Reason.NO_FREQUENCY: 'no-frequency'>
    """
    asked = parse_day(as_of)
    period = None if last is None else Period(last)
    reason = _reason(period, frequency, delay)
    following = update = None
    if period is not None and frequency is not None:
        month = month_of(period) + frequency
        following = Day(month // 12, month % 12 + 1, 1)
        update = None if delay is None else _end_of(month + delay)
    return Freshness(
        last=period,
        next_value=following,
        next_update=update,
        up_to_date=None if update is None else update > asked,
        reason=reason,
        as_of=asked,
    )


def _reason(last: Period | None, frequency: int | None, delay: int | None) -> Reason | None:
    if last is None:
        return Reason.NO_ACTUAL
    if frequency is None:
        return Reason.NO_FREQUENCY
    return Reason.NO_DELAY if delay is None else None


def _end_of(month: int) -> Day:
    year, number = month // 12, month % 12 + 1
    return Day(year, number, monthrange(year, number)[1])


def freshness_of(portfolio: Portfolio, indicator_id: str, territory: str = NATION, *, as_of: DayLike) -> Freshness:
    """
    Return whether an indicator was up to date in a territory on a day, by its frequency and its availability delay.

    Raises:
        UnknownItemError: For an indicator or a territory that the portfolio does not hold.

    >>> from levier import Indicator, Observation, Territory
    >>> visits = Indicator(id="visits", label="Visits", unit="count", frequency=1, delay=0)
    >>> row = Observation(indicator_id="visits", period="2019-04", kind="actual", value=3)
    >>> plan = Portfolio.of(visits, Territory(id="FR", label="France"), row)
    >>> print(freshness_of(plan, "visits", as_of="2019-06-14"))
    not up to date as of 14 June 2019: last value 2019-04, next one due 31 May 2019
    """
    portfolio = known(portfolio, as_of)
    indicator, place = portfolio.indicators[indicator_id], territory_of(portfolio, territory)
    actual = choose(portfolio, indicator, place, Wanted(as_of=parse_day(as_of))).choice.actual
    last = None if actual is None else actual.period
    return freshness(last, frequency=indicator.frequency, delay=indicator.delay, as_of=as_of)
