"""
Scenarios: a call postponed, an envelope cut, a delay. `compare_funds` compares the result with the fund, year by year.

A scenario takes effect on a day, and what is past on that day is unchanged: an entry, a contract or a decision dated
before it, an instalment or a saving whose period has begun, an award that has any of these. Achieved savings are
unchanged whatever their day. Periods move as a whole; `fund_years` and `payback_year` split them over years.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import Any, TypeAlias

from attrs import evolve, field, frozen

from levier.compute._types import asked, by_type
from levier.compute.exact import EXACT, HUNDRED
from levier.compute.fund.periods import Shift
from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model._converters import TupleOf
from levier.model._fields import as_decimal, number_within
from levier.model.allocations import AllocationChange
from levier.model.awards import Award
from levier.model.fund import Fund
from levier.model.money import ZERO, Euros
from levier.model.periods import Day, DayLike, Period, parse_day
from levier.model.savings import Saving, SavingKind
from levier.model.sources import Sourced

__all__ = [
    "CallMoved",
    "Delay",
    "EnvelopeCut",
    "Scenario",
    "ScenarioChange",
    "apply",
]

_NEVER = Day(9999, 12, 31)


@final
@frozen(kw_only=True, field_transformer=by_type)
class CallMoved:
    """
    A call opened and decided some months later, negative for earlier, with all that follows from it.

    Attributes:
        call_id: The identifier of the call, such as `call-1`.
        months: The number of months; negative for earlier.

    >>> CallMoved(call_id="ftap-2021", months=6).months
    6
    """

    call_id: str
    months: int


@final
@frozen(kw_only=True, field_transformer=by_type)
class EnvelopeCut:
    """
    A cut of the allocation and its increases, in percent; the awards decided last are dropped first.

    In a scenario with a start day, earlier allocations stay until then, and are withdrawn on that day.

    Attributes:
        percent: The cut, from 0 to 100.

    Raises:
        InvalidValueError: For a percentage below 0 or above 100.

    >>> EnvelopeCut(percent=33).percent
    Decimal('33')
    """

    percent: Decimal = field(converter=as_decimal, validator=number_within(0, 100, "a percentage from 0 to 100"))


@final
@frozen(kw_only=True, field_transformer=by_type)
class Delay:
    """
    A delay of contracts, instalments, money and savings by some months, for some awards or for all.

    Attributes:
        months: The number of months.
        award_ids: The identifiers of the awards; empty for all.

    >>> Delay(months=6, award_ids=["cloud"]).award_ids
    ('cloud',)
    """

    months: int
    award_ids: tuple[str, ...] = field(default=(), converter=TupleOf[str])


ScenarioChange: TypeAlias = CallMoved | EnvelopeCut | Delay


@final
@frozen(kw_only=True, field_transformer=by_type)
class Scenario:
    """
    A fund under a scenario, and the awards dropped; *unweighed* are those whose amount is unknown.

    Attributes:
        fund: The fund after the changes.
        fallen: The awards that the smaller envelope no longer covers.

    >>> Scenario(fund=Fund(id="f", label="F")).fallen
    ()
    """

    fund: Fund
    fallen: tuple[str, ...] = ()
    unweighed: tuple[str, ...] = ()


@asked
def apply(fund: Fund, *changes: ScenarioChange, since: DayLike | None = None) -> Scenario:
    """
    Return a fund after *changes*, applied in order; the fund itself is unchanged.

    *since* is the day from which they apply: what is past on it is unchanged. Without it they apply from the start, as
    if only the achieved savings had happened.
    Years closed since then are reopened, because what would lapse is unknown. Without changes the result is the fund
    itself.
    Under a cut, the awards that have begun keep their money; the others follow in the order of their decisions as long
    as the smaller envelope covers them. An award of an unknown amount stays, and is listed as unweighed.

    Raises:
        UnknownItemError: For a call or an award that the fund does not have.
        InvalidValueError: For a cut of a fund whose allocation is not known, and for months that would move something
            into the past, or two savings of an award onto one day.
        OvercommitmentError: If money would be committed before the allocation covers it.
        InsufficientAllocationError: If a cut leaves less than the commitments.

    >>> fund = Fund(
    ...     id="f",
    ...     label="F",
    ...     awards=[Award(id="a", label="A", amount=100, contracted_on="2018-09-01")],
    ... )
    >>> spent = fund.with_commitment("a", 60, on="2018-10-01").with_payment("a", 20, on="2019-03-01")
    >>> [str(entry.on) for entry in apply(spent, Delay(months=6), since="2019-01-01").fund.entries]
    ['2018-10-01', '2019-09-01']
    """
    start = None if since is None else parse_day(since)
    # A closing lapses what was not used; once money moves after it, nobody knows how much that would be.
    closings = () if start is None else tuple(year for year in fund.closings if year.last_day < start)
    opened = evolve(fund, closings=closings)
    scenario = Scenario(fund=opened)
    for change in changes:
        if isinstance(change, EnvelopeCut):
            scenario = _cut(scenario, change, start)
        elif isinstance(change, CallMoved):
            scenario = evolve(scenario, fund=_call_moved(scenario.fund, change, start))
        else:
            scenario = evolve(scenario, fund=_delayed(scenario.fund, change, start))
    return evolve(scenario, fund=fund) if scenario.fund == opened else scenario


def _delayed(fund: Fund, change: Delay, since: Day | None) -> Fund:
    named = change.award_ids or tuple(award.id for award in fund.awards)
    names = {fund.award(name).id for name in named}
    return evolve(fund, **_later(fund, names, Shift(months=change.months, since=since)))


def _call_moved(fund: Fund, change: CallMoved, since: Day | None) -> Fund:
    call, shift = fund.call(change.call_id), Shift(months=change.months, since=since)
    moved = evolve(call, opened_on=_period(call.opened_on, shift), decided_on=_period(call.decided_on, shift))
    late = _later(fund, {award.id for award in fund.awards if award.call_id == call.id}, shift)
    late["calls"] = [moved if one is call else one for one in fund.calls]
    late["applications"] = [
        evolve(one, submitted_on=_day(one.submitted_on, shift)) if one.call_id == call.id else one
        for one in fund.applications
    ]
    late["awards"] = [
        evolve(award, decided_on=_period(award.decided_on, shift)) if award.call_id == call.id else award
        for award in late["awards"]
    ]
    return evolve(fund, **late)


def _later(fund: Fund, names: Collection[str], shift: Shift) -> dict[str, Any]:
    """Return the part of a fund that a delay of some awards postpones."""
    return {
        "awards": [_late_award(award, shift) if award.id in names else award for award in fund.awards],
        "entries": [
            evolve(entry, on=shift.day(entry.on)) if entry.award_id in names else entry for entry in fund.entries
        ],
        "savings": _late_savings(fund.savings, names, shift),
    }


def _late_award(award: Award, shift: Shift) -> Award:
    return evolve(
        award,
        contracted_on=_day(award.contracted_on, shift),
        instalments=[evolve(part, due=_period(part.due, shift)) for part in award.instalments],
    )


def _late_savings(savings: tuple[Saving, ...], names: Collection[str], shift: Shift) -> list[Saving]:
    """Return savings with those of some awards postponed; two that were separate stay separate, so none is lost."""
    late = [
        evolve(saving, period=_period(saving.period, shift))
        if saving.award_id in names and saving.kind is not SavingKind.ACHIEVED
        else saving
        for saving in savings
    ]
    if len({saving.about for saving in late}) < len({saving.about for saving in savings}):
        raise InvalidValueError("apply", shift.months, "months that move no two savings onto one period", "changes")
    return late


def _day(day: Day | None, shift: Shift) -> Day | None:
    return None if day is None else shift.day(day)


def _period(period: Period | None, shift: Shift) -> Period | None:
    return None if period is None else shift.period(period)


def _cut(scenario: Scenario, change: EnvelopeCut, since: Day | None) -> Scenario:
    fund = scenario.fund
    if fund.allocation is None:
        raise InvalidValueError(f"Fund {fund.id!r}", None, "an allocation to cut", "allocation")
    left = EXACT.divide(EXACT.subtract(HUNDRED, change.percent), HUNDRED)
    allocation, changes = _smaller(fund.allocation, fund.allocation_changes, left, since)
    envelope = Euros.total([allocation.value, *(one.amount for one in changes)])
    fallen = set(_beyond(fund.awards, envelope, _begun(fund, since)))
    weighed = [award.id for award in fund.awards if award.amount is None and award.id not in scenario.unweighed]
    smaller = evolve(
        fund,
        allocation=allocation,
        allocation_changes=changes,
        awards=[award for award in fund.awards if award.id not in fallen],
        entries=[entry for entry in fund.entries if entry.award_id not in fallen],
        savings=[saving for saving in fund.savings if saving.award_id not in fallen],
        costs=[cost for cost in fund.costs if cost.award_id not in fallen],
    )
    return Scenario(
        fund=smaller,
        fallen=(*scenario.fallen, *(award.id for award in fund.awards if award.id in fallen)),
        unweighed=(*scenario.unweighed, *weighed),
    )


def _smaller(
    allocation: Sourced[Euros], changes: Iterable[AllocationChange], left: Decimal, since: Day | None
) -> tuple[Sourced[Euros], list[AllocationChange]]:
    """Return an allocation and its changes cut to a share; the past part is withdrawn on the day."""
    past = [one for one in changes if since is not None and one.on < since]
    later = [evolve(one, amount=one.amount * left) for one in changes if one not in past and one.amount * left]
    if since is None:
        return evolve(allocation, value=allocation.value * left), later
    held = Euros.total([allocation.value, *(one.amount for one in past)])
    withdrawn = held * left - held
    because = "scénario : enveloppe réduite"
    cut = [
        AllocationChange(amount=amount, on=since, because=because, source_id=allocation.source_id)
        for amount in [withdrawn]
        if amount
    ]
    return allocation, [*past, *cut, *later]


def _begun(fund: Fund, since: Day | None) -> set[str]:
    """Return the awards that have begun on a day: decided, under contract, or with money or achieved savings."""
    done = {saving.award_id for saving in fund.savings if saving.kind is SavingKind.ACHIEVED}
    calls: dict[str | None, Period | None] = {call.id: call.decided_on for call in fund.calls}
    begun: set[str] = set()
    for award in fund.awards:
        decided = award.decided_on or calls.get(award.call_id)
        days = (None if decided is None else decided.known_from, award.contracted_on)
        past = since is not None and any(day is not None and day < since for day in days)
        begun |= {award.id} if past or award.id in done else set()
    return begun


def _beyond(awards: tuple[Award, ...], envelope: Euros, begun: Collection[str]) -> Iterator[str]:
    kept = Euros.total(award.amount for award in awards if award.id in begun and award.amount is not None)
    left = max(envelope - kept, ZERO)
    open_ = (award for award in awards if award.id not in begun)
    for award in sorted(open_, key=lambda one: (one.decided_on.known_from if one.decided_on else _NEVER, one.id)):
        if award.amount is not None and award.amount > left:
            yield award.id
        elif award.amount is not None:
            left -= award.amount
