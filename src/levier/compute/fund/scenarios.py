"""What if: a call moved, an envelope cut, a delay. `fund_years` holds the outcome against the fund, year by year."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any, TypeAlias, final

from attrs import evolve, field, frozen

from levier.compute.exact import EXACT, HUNDRED
from levier.errors import InvalidValueError
from levier.model._fields import as_decimal, as_tuple
from levier.model.awards import Award
from levier.model.fund import Fund
from levier.model.money import Euros
from levier.model.periods import Day, Period

__all__ = [
    "CallMoved",
    "Change",
    "Delay",
    "EnvelopeCut",
    "Scenario",
    "applied",
]

_MONTHS = 12
_YEAR_FORM = 4
_NEVER = Day(9999, 12, 31)


@final
@frozen(kw_only=True)
class CallMoved:
    """
    A call opened and decided so many months later, or earlier below zero, with all that follows from it.

    >>> CallMoved(call_id="ftap-2021", months=6).months
    6
    """

    call_id: str
    months: int


@final
@frozen(kw_only=True)
class EnvelopeCut:
    """
    An allocation, and what was added to it, cut by so many percent of 100; the awards decided last fall first.

    Raises:
        InvalidValueError: For less than nothing, or more than all.

    >>> EnvelopeCut(percent=33).percent
    Decimal('33')
    """

    percent: Decimal = field(converter=as_decimal)

    def __attrs_post_init__(self) -> None:
        """Refuse what is no percentage."""
        if type(self.percent) is not Decimal or not self.percent.is_finite() or not 0 <= self.percent <= HUNDRED:
            raise InvalidValueError("EnvelopeCut", self.percent, "a percentage from 0 to 100", "percent")


@final
@frozen(kw_only=True)
class Delay:
    """
    Contracts, instalments, money and savings so many months later: of some awards, or of all where none is named.

    >>> Delay(months=6, award_ids=["cloud"]).award_ids
    ('cloud',)
    """

    months: int
    award_ids: tuple[str, ...] = field(default=(), converter=as_tuple)


Change: TypeAlias = CallMoved | EnvelopeCut | Delay


@final
@frozen(kw_only=True)
class Scenario:
    """
    A fund as it would be, and the awards that fell on the way; *unweighed* are those of which no amount is known.

    >>> Scenario(fund=Fund(id="f", label="F")).fallen
    ()
    """

    fund: Fund
    fallen: tuple[str, ...] = ()
    unweighed: tuple[str, ...] = ()


def applied(fund: Fund, *changes: Change) -> Scenario:
    """
    Return a fund as it would be with *changes*, one after the other; the fund itself stays as it is.

    The years that were closed are open again: what would lapse is not known.
    Under a cut, awards stay in the order of their decisions as long as the smaller envelope holds them; an award of an
    unknown amount stays, unweighed.

    Raises:
        UnknownItemError: For a call or an award that the fund does not have.
        InvalidValueError: For a cut of a fund whose allocation is not known.
        OvercommitmentError: If money would be committed before the allocation holds it.

    >>> fund = Fund(
    ...     id="f",
    ...     label="F",
    ...     awards=[Award(id="a", label="A", amount=100, contracted_on="2018-09-01")],
    ... ).with_commitment("a", 60, on="2018-10-01")
    >>> applied(fund, Delay(months=6)).fund.entries[0].on
    Date(2019, 4, 1)
    """
    scenario = Scenario(fund=evolve(fund, closings=()))
    for change in changes:
        if isinstance(change, EnvelopeCut):
            scenario = _cut(scenario, change)
        elif isinstance(change, CallMoved):
            scenario = evolve(scenario, fund=_call_moved(scenario.fund, change))
        else:
            scenario = evolve(scenario, fund=_delayed(scenario.fund, change))
    return scenario


def _delayed(fund: Fund, change: Delay) -> Fund:
    named = change.award_ids or tuple(award.id for award in fund.awards)
    return evolve(fund, **_later(fund, {fund.award(name).id for name in named}, change.months))


def _call_moved(fund: Fund, change: CallMoved) -> Fund:
    call, months = fund.call(change.call_id), change.months
    moved = evolve(call, opened_on=_moved(call.opened_on, months), decided_on=_moved(call.decided_on, months))
    late = _later(fund, {award.id for award in fund.awards if award.call_id == call.id}, months)
    late["calls"] = [moved if one is call else one for one in fund.calls]
    late["applications"] = [
        evolve(one, submitted_on=_day(one.submitted_on, months)) if one.call_id == call.id else one
        for one in fund.applications
    ]
    late["awards"] = [
        evolve(award, decided_on=_moved(award.decided_on, months)) if award.call_id == call.id else award
        for award in late["awards"]
    ]
    return evolve(fund, **late)


def _later(fund: Fund, names: Collection[str], months: int) -> dict[str, Any]:
    """Return what of a fund comes later where some awards do."""
    return {
        "awards": [_late_award(award, months) if award.id in names else award for award in fund.awards],
        "entries": [
            evolve(entry, on=entry.on.add(months=months)) if entry.award_id in names else entry
            for entry in fund.entries
        ],
        "savings": [
            evolve(saving, period=_moved(saving.period, months)) if saving.award_id in names else saving
            for saving in fund.savings
        ],
    }


def _late_award(award: Award, months: int) -> Award:
    return evolve(
        award,
        contracted_on=_day(award.contracted_on, months),
        instalments=[evolve(part, due=_moved(part.due, months)) for part in award.instalments],
    )


def _day(day: Day | None, months: int) -> Day | None:
    return None if day is None else day.add(months=months)


def _moved(period: Period | None, months: int) -> Period | None:
    """Return a period so many months later; years that would no longer be calendar years become months."""
    if period is None:
        return None
    start, _, end = period.text.partition("/")
    if len(start) == _YEAR_FORM and months % _MONTHS:
        start, end = f"{start}-01", end if end == ".." else f"{end or start}-12"
    ends = dict.fromkeys(_moved_date(part, months) for part in (start, end) if part)
    return Period("/".join(ends))


def _moved_date(part: str, months: int) -> str:
    if part == "..":
        return part
    whole = Day.fromisoformat(part + "-01-01"[len(part) - _YEAR_FORM :])
    return str(whole.add(months=months))[: len(part)]


def _cut(scenario: Scenario, change: EnvelopeCut) -> Scenario:
    fund = scenario.fund
    if fund.allocation is None:
        raise InvalidValueError(f"Fund {fund.id!r}", None, "an allocation to cut", "allocation")
    left = EXACT.divide(HUNDRED - change.percent, HUNDRED)
    allocation = evolve(fund.allocation, value=fund.allocation.value * left)
    changes = [evolve(one, amount=one.amount * left) for one in fund.allocation_changes if one.amount * left]
    envelope = Euros.total([allocation.value, *(one.amount for one in changes)])
    fallen = set(_beyond(fund.awards, envelope))
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


def _beyond(awards: tuple[Award, ...], envelope: Euros) -> Iterator[str]:
    left = envelope
    for award in sorted(awards, key=lambda one: (one.decided_on.first_day if one.decided_on else _NEVER, one.id)):
        if award.amount is not None and award.amount > left:
            yield award.id
        elif award.amount is not None:
            left -= award.amount
