"""The start of activations: a day, or some day of a month or a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from attrs import frozen

from levier.compute._types import asked
from levier.compute.levers.activations import Activation, activations_of
from levier.compute.statements.known import known
from levier.errors.final import final
from levier.model.levers import Lever
from levier.model.periods import Day, DayLike
from levier.model.portfolio import Portfolio
from levier.model.trees import branch_of

__all__ = ["Start", "first_activation_day", "starts_of"]


@final
@frozen
class Start:
    """
    The start of a lever: some day from *earliest* to *latest*, which are equal where the day is known.

    >>> Start(Day(2019, 1, 1), Day(2019, 12, 31)).earliest
    Date(2019, 1, 1)
    """

    earliest: Day
    latest: Day


@asked
def first_activation_day(portfolio: Portfolio, lever_id: str, *, as_of: DayLike | None = None) -> Day | None:
    """
    Return the first day on which a lever or its sub-levers were activated; `None` where no date is known.

    An activation starts with its own period, if it has one; else with its owner: a project with its first step, or with
    its calendar; a reform or a programme with its calendar.
    *as_of* is the day of knowledge; `None` uses everything recorded.

    Raises:
        UnknownItemError: For a lever that the portfolio does not hold.
        InvalidValueError: If *as_of* is not a valid date.

    >>> from levier import Project
    >>> digital = Lever(id="digital", label="Digital")
    >>> project = Project(id="p", label="P", lever_ids=["digital"], calendar="2019-03/2020-12")
    >>> str(first_activation_day(Portfolio.of(digital, project), "digital"))
    '2019-03-01'
    """
    portfolio = known(portfolio, as_of)
    lever = portfolio.levers[lever_id]
    start = starts_of(portfolio, [lever])[lever.id]
    return None if start is None else start.latest


def starts_of(portfolio: Portfolio, levers: Iterable[Lever]) -> dict[str, Start | None]:
    """
    Return the first activation of each lever or its sub-levers; `None` where no date is known.

    >>> starts_of(Portfolio.of(lever := Lever(id="digital", label="Digital")), [lever])
    {'digital': None}
    """
    activations: dict[str, list[Activation]] = defaultdict(list)
    for activation in activations_of(portfolio):
        activations[activation.lever.id].append(activation)
    found: dict[str, Start | None] = {}
    for lever in levers:
        days = [
            (activation.not_before, activation.since)
            for one in branch_of(portfolio.levers, lever.id)
            for activation in activations[one.id]
            if activation.not_before is not None and activation.since is not None
        ]
        found[lever.id] = Start(min(first for first, _ in days), min(last for _, last in days)) if days else None
    return found
