"""Published payment schedules: the one in force, where several describe one stock."""

from __future__ import annotations

from collections.abc import Mapping

from levier.compute._types import asked
from levier.compute.statements.in_force import InForce, by_fact
from levier.compute.statements.known import known
from levier.model.budget import BudgetProgramme, PaymentSchedule
from levier.model.periods import DayLike
from levier.model.portfolio import Portfolio
from levier.model.sources import Source

__all__ = ["payment_schedules", "schedules_of"]


@asked
def payment_schedules(
    portfolio: Portfolio, programme_id: str | int, *, as_of: DayLike | None = None
) -> tuple[InForce[PaymentSchedule], ...]:
    """
    Return the schedule in force of each stock of a budget programme, by year, with those it replaces.

    Two schedules describe one stock if their first payments fall in one year; a schedule without payments is on its
    own.
    *as_of* is the day of knowledge; `None` uses every document.

    Raises:
        UnknownItemError: If the portfolio holds no such programme.
        InvalidValueError: If *as_of* is not a valid date.

    >>> from levier import BudgetProgramme, Source
    >>> from levier.budget import ScheduledPayment
    >>> bills = [Source(id=f"bill-{year}", title=f"Bill {year}", published_on=str(year)) for year in (2020, 2021)]
    >>> given = [
    ...     PaymentSchedule(payments=[ScheduledPayment(2021, paid)], stock=100, source_id=bill.id)
    ...     for paid, bill in ((60, bills[0]), (70, bills[1]))
    ... ]
    >>> plan = Portfolio.of(BudgetProgramme(id=349, label="P", schedules=given), *bills)
    >>> [str(found.statement.payments[0].amount) for found in payment_schedules(plan, 349)]
    ['70.00 EUR']
    """
    plan = known(portfolio, as_of)
    return schedules_of(plan.budget_programmes[str(programme_id)], plan.sources)


def schedules_of(
    programme: BudgetProgramme, sources: Mapping[str, Source] | None = None
) -> tuple[InForce[PaymentSchedule], ...]:
    """
    Return the schedule in force of each stock of a budget programme, from all its schedules.

    >>> schedules_of(BudgetProgramme(id=349, label="P"))
    ()
    """
    found = by_fact(
        programme.schedules,
        about=lambda one: (one.about or 0, "" if one.payments else one.source_id),
        says=lambda one: (one.stock, frozenset(one.payments)),
        sources=sources,
    )
    return tuple(found[fact] for fact in sorted(found))
