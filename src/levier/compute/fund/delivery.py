"""The delivery of a fund: selectivity, time to contract, delay of milestones, and completion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType

from levier.compute._types import asked
from levier.compute.budget.amounts import Label
from levier.compute.coverage import Coverage
from levier.compute.exact import days_between, percentage
from levier.compute.fund.metrics import FundMetric, measured_over
from levier.compute.statements.known import known, known_fund, known_items
from levier.model.awards import Award
from levier.model.calls import Call
from levier.model.events import Milestone
from levier.model.fund import Fund
from levier.model.lifecycle import Phase
from levier.model.periods import Day, DayLike, Period, Precision, parse_day
from levier.model.portfolio import Portfolio
from levier.model.quantities import DAYS, MONTHS, PERCENT, Exactness, Quantity
from levier.wording.messages import Message, message
from levier.wording.reasons import MissingReason
from levier.wording.values import Number

__all__ = ["completion_share", "contract_lead_time", "milestone_delay", "selectivity", "share_contracted_within"]

_SIX_MONTHS = 6
_SIDES: Mapping[str, Message] = MappingProxyType(
    {"awarded": message("number of awards"), "applications": message("number of applications")}
)


@asked
def selectivity(fund: Fund, call_id: str, *, as_of: DayLike | None = None) -> FundMetric:
    """
    Return the awards of a call as a percentage of its applications, as known on the day *as_of*.

    The applications are counted where the fund holds them, else by the figures `awarded` and `applications` of the
    call.

    Raises:
        UnknownItemError: If the fund has no such call, or did not have it on that day.

    >>> from levier import catalogue
    >>> fund = catalogue.action_publique_2022().funds["ftap"]
    >>> print(selectivity(fund, "ftap-2018-1").explain("en"))
    success rate of applications (1er appel à projets 2018): 13.9%; 2 of 2
    >>> selectivity(fund, "ftap-2021").reason.en
    'not published'
    """
    held = known_fund(fund, as_of)
    call = held.call(call_id)
    applied = [one for one in held.applications if one.call_id == call.id]
    granted: Decimal | None
    asked: Decimal | None
    if applied:
        granted, asked = Decimal(sum(award.call_id == call.id for award in held.awards)), Decimal(len(applied))
    else:
        granted, asked = _figure(call, "awarded"), _figure(call, "applications")
    known = {"awarded": granted, "applications": asked}
    value = percentage(granted, asked) if granted is not None and asked else None
    return FundMetric(
        label=message("success rate of applications ({call})", call=call.label),
        value=value,
        unit=PERCENT,
        coverage=Coverage.of({name: number is not None for name, number in known.items()}, _SIDES),
        reason=None
        if value is not None
        else MissingReason.NOT_PUBLISHED
        if None in known.values()
        else MissingReason.ZERO_BASE,
        source_ids=call.source_ids,
    )


def _figure(call: Call, name: str) -> Decimal | None:
    found = [figure.value.value for figure in call.figures if figure.id == name]
    return found[0].value if found and _is_exact(found[0]) else None


def _is_exact(quantity: Quantity) -> bool:
    return quantity.exactness is Exactness.EXACT


@asked
def contract_lead_time(fund: Fund, *, as_of: DayLike | None = None) -> FundMetric:
    """
    Return the median time from the decision on an award to its contract, in days, as known on the day *as_of*.

    A decision day that is not exact, or that comes after the contract, does not count, and is listed.

    >>> signed = Award(id="a", label="A", decided_on="2018-06-20", contracted_on="2018-09-01")
    >>> open_ = Award(id="b", label="B", decided_on="2018-06-20")
    >>> contract_lead_time(Fund(id="f", label="F", awards=[signed, open_])).value
    Decimal('73')
    """
    times = [(award.id, _lead_time(award)) for award in known_fund(fund, as_of).awards]
    return measured_over(times, label=message("median contract lead time"), unit=DAYS)


def _lead_time(award: Award) -> Decimal | None:
    decided, signed = award.decided_on, award.contracted_on
    if decided is None or signed is None or decided.precision is not Precision.DAY or signed < decided.known_by:
        return None
    return Decimal(days_between(decided.known_by, signed))


@asked
def share_contracted_within(fund: Fund, *, as_of: DayLike, months: int = _SIX_MONTHS) -> FundMetric:
    """
    Return the percentage of awards that had a contract within *months* months of their decision.

    An award without a contract counts against the percentage once the months have passed; before that, and where the
    day of the decision is unknown, it is listed as missing. Decisions and contracts after *as_of* do not count.
    Source of the rule: indicator of programme 349 (six months).

    >>> signed = Award(id="a", label="A", decided_on="2018-06-20", contracted_on="2018-09-01")
    >>> late = Award(id="b", label="B", decided_on="2018-06-20")
    >>> share_contracted_within(Fund(id="f", label="F", awards=[signed, late]), as_of="2019-06-14").value
    Decimal('50.00')
    """
    day = parse_day(as_of)
    in_time = {award.id: _in_time(award, months, day) for award in known_fund(fund, day).awards}
    kept = [held for held in in_time.values() if held is not None]
    return FundMetric(
        label=message("contracts signed within {time}", time=Number(months, MONTHS)),
        value=percentage(sum(kept), len(kept)) if kept else None,
        unit=PERCENT,
        coverage=Coverage.of({name: held is not None for name, held in in_time.items()}),
        reason=None if kept else MissingReason.NOT_PUBLISHED,
    )


def _in_time(award: Award, months: int, as_of: Day) -> bool | None:
    if award.decided_on is None or award.decided_on.precision is not Precision.DAY:
        return None
    due = award.decided_on.known_by.add(months=months)
    if award.contracted_on is not None:
        return award.contracted_on <= due
    return None if as_of <= due else False


@asked
def milestone_delay(milestones: Iterable[Milestone], *, as_of: DayLike | None = None) -> FundMetric:
    """
    Return the median delay of milestones against their first plan, in days: by the actual date, or the current plan.

    A month or a year counts as its last day; a milestone without an end is listed as missing.
    With *as_of*, dates and revisions after that day do not count.

    >>> pilot = Milestone(id="pilot", label="Pilot", planned="2019-09").revised_to(
    ...     "2020-01", on="2019-10-01", because="x"
    ... )
    >>> milestone_delay([pilot, Milestone(id="end", label="End", planned="2021")]).value
    Decimal('61.5')
    """
    slips = [(one.id, _slip(one.planned, one.done_on or one.due.last_day)) for one in known_items(milestones, as_of)]
    label = Label(message("median schedule slip"), below=message("median time ahead of schedule"))
    return measured_over(slips, label=label, unit=DAYS)


def _slip(planned: Period, end: Day | None) -> Decimal | None:
    if planned.last_day is None or end is None:
        return None
    return Decimal(days_between(planned.last_day, end))


@asked
def completion_share(portfolio: Portfolio, fund: Fund, *, as_of: DayLike | None = None) -> FundMetric:
    """
    Return the percentage of awards whose project is completed; an award without a project is listed as missing.

    With *as_of*, the fund and its projects are those that the portfolio knew on that day; a fund outside the portfolio
    is cut by its own dates.

    >>> from levier import Project
    >>> fund = Fund(id="f", label="F", awards=[Award(id="a", label="A", project_id="p"), Award(id="b", label="B")])
    >>> plan = Portfolio.of(fund, Project(id="p", label="P"))
    >>> completion_share(plan, fund).explain("en")
    'projects completed: 0.0%; 1 of 2 (missing b)'
    """
    held = known(portfolio, as_of)
    then = fund if as_of is None else held.funds.get(fund.id) or known_fund(fund, as_of)
    phases = {award.id: _phase(held, award, as_of) for award in then.awards}
    stated = [phase for phase in phases.values() if phase is not None]
    return FundMetric(
        label=message("projects completed"),
        value=percentage(stated.count(Phase.COMPLETED), len(stated)) if stated else None,
        unit=PERCENT,
        coverage=Coverage.of({name: phase is not None for name, phase in phases.items()}),
        reason=None if stated else MissingReason.NOT_PUBLISHED,
    )


def _phase(portfolio: Portfolio, award: Award, as_of: DayLike | None) -> Phase | None:
    """Return the phase of an award's project; `None` where there is no project, or no phase known on the day."""
    if award.project_id is None or (as_of is not None and award.project_id not in portfolio.projects):
        return None
    return portfolio.projects[award.project_id].phase
