"""The milestones of a programme or a reform with those of all that belongs to it: which are late, which unreported."""

from __future__ import annotations

from typing import final

from attrs import frozen

from levier.compute._types import by_type
from levier.compute.indicators.covers import Covers
from levier.compute.plan.milestones import MilestoneSlip, MilestoneState, milestone_slip
from levier.compute.statements.known import known
from levier.model.belonging import Owner, Subtree
from levier.model.periods import Day, DayLike, parse_day
from levier.model.portfolio import Portfolio
from levier.wording.explained import Explained
from levier.wording.messages import Message, about, clauses, items, message
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = ["PlanMilestones", "milestones_of"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class PlanMilestones(Explained):
    """
    The milestones of a programme, a reform or a project and of all that belongs to it, on a day.

    *covers* is what they are the milestones of, each thing once.

    Attributes:
        subject: What it is about.
        as_of: The day as of which it is known.
        slips: The slips, one a milestone.

    >>> from levier import Milestone, Project, Reform
    >>> pilot = Milestone(id="pilot", label="Pilot open", planned="2019-09")
    >>> reform = Reform(id="r", label="Reception")
    >>> project = Project(id="p", label="Desk", reform_id="r", milestones=[pilot])
    >>> print(milestones_of(Portfolio.of(reform, project), reform, as_of="2019-12-31").explain("en"))
    Reception, as of 31 December 2019: milestones: 1; due date passed, nothing says whether reached: 1 (Pilot open);
    reforms: 1, projects: 1
    """

    subject: Name
    as_of: Day
    covers: Covers
    slips: tuple[MilestoneSlip, ...]

    @property
    def late(self) -> tuple[MilestoneSlip, ...]:
        """Those of which a document says that they were missed."""
        return self.in_state(MilestoneState.LATE)

    @property
    def unreported(self) -> tuple[MilestoneSlip, ...]:
        """Those past their date of which nothing says whether they were reached."""
        return self.in_state(MilestoneState.UNREPORTED)

    def in_state(self, state: MilestoneState | str) -> tuple[MilestoneSlip, ...]:
        """Return those that stand so."""
        wanted = MilestoneState(state)
        return tuple(slip for slip in self.slips if slip.state is wanted)

    @property
    def message(self) -> Said:
        """How many milestones there are, which are late, of which nothing is known, and what they are of."""
        states = map(self._named, (MilestoneState.LATE, MilestoneState.UNREPORTED))
        counted = message("milestones: {n}", n=len(self.slips))
        return about(clauses(counted, *states, self.covers.message), self.subject, as_of=self.as_of)

    def _named(self, state: MilestoneState) -> Message | None:
        names = [Name.of(slip.milestone) for slip in self.in_state(state)]
        return message("{state}: {n} ({names})", state=state, n=len(names), names=items(*names)) if names else None


def milestones_of(portfolio: Portfolio, subject: Owner, *, as_of: DayLike) -> PlanMilestones:
    """
    Return the milestones of a programme, a reform or a project on a day, with those of all that belongs to it.

    They are those that documents known on that day tell of.

    Raises:
        UnknownItemError: If the portfolio does not hold the subject, or did not on that day.
        InvalidValueError: If *as_of* is no day.

    >>> from levier import Programme
    >>> plan = Programme(id="plan", label="Plan", kind="ministerial-plan")
    >>> milestones_of(Portfolio.of(plan), plan, as_of="2019-06-14").slips
    ()
    """
    asked = parse_day(as_of)
    covers = Subtree.of(known(portfolio, asked), subject)
    slips = (milestone_slip(owner, milestone, asked) for owner in covers.things for milestone in owner.milestones)
    return PlanMilestones(subject=Name.of(covers.things[0]), as_of=asked, covers=Covers.of(covers), slips=tuple(slips))
