"""The latest day that a portfolio knows, read off its own dates: nothing here reads the clock."""

from __future__ import annotations

from collections.abc import Iterator

from levier.model.observations import ObservationKind
from levier.model.periods import Day, Period
from levier.model.portfolio import Portfolio
from levier.model.programmes import Project, Reform

__all__ = ["latest_day"]


def latest_day(portfolio: Portfolio) -> Day | None:
    """
    Return the latest day on which something of a portfolio was published, recorded or done; `None` where none is dated.

    A document known to the month or the year was out by its last day.
    What is planned or announced does not count.

    >>> from levier import Portfolio, Source
    >>> latest_day(Portfolio.of(Source(id="plan", title="Plan", published_on="2018-10")))
    Date(2018, 10, 31)
    """
    return max(_days(portfolio), default=None)


def _days(portfolio: Portfolio) -> Iterator[Day]:
    for source in portfolio.sources.values():
        yield from _end(source.published_on)
    for row in portfolio.observations:
        if row.recorded_on is not None:
            yield row.recorded_on
        elif row.kind is ObservationKind.ACTUAL:
            yield from _end(row.period)
    yield from _of_plans(portfolio)
    yield from _of_money(portfolio)


def _of_plans(portfolio: Portfolio) -> Iterator[Day]:
    for project in portfolio.projects.values():
        yield from (step.on for step in project.steps)
    owners: tuple[Reform | Project, ...] = (*portfolio.reforms.values(), *portfolio.projects.values())
    for owner in owners:
        yield from (rating.on for rating in owner.ratings)
        for milestone in owner.milestones:
            yield from (revision.decided_on for revision in milestone.revisions)
            if milestone.done_on is not None:
                yield milestone.done_on


def _of_money(portfolio: Portfolio) -> Iterator[Day]:
    for programme in portfolio.budget_programmes.values():
        yield from (line.until for line in programme.executions if line.until is not None)
    for fund in portfolio.funds.values():
        yield from (entry.on for entry in fund.entries)


def _end(period: Period | None) -> Iterator[Day]:
    if period is not None and period.last_day is not None:
        yield period.last_day
