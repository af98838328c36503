"""
Milestones on a day: their state as documents give it, how far their dates were moved, and how late they were.

A due date known to the month or to the year counts as its last day.
A milestone is late only where a document says so; one past its date that no document mentions is unreported. The
milestones of a stopped project no longer apply, and a completed project has none to come. They apply again to a project
that went back to work.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.coverage import Covers
from levier.compute.exact import days_between
from levier.compute.plan.life_cycles import step_on
from levier.compute.statements.known import known
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model.belonging import Owner, Subtree, owner_path
from levier.model.events import Milestone
from levier.model.lifecycle import Phase
from levier.model.periods import Day, DayLike, Period, parse_day
from levier.model.portfolio import Portfolio
from levier.model.programmes import Project
from levier.model.quantities import DAYS
from levier.model.terms import Term
from levier.wording.explained import Explained
from levier.wording.messages import Message, about, clauses, items, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said
from levier.wording.values import Name, Number

__all__ = [
    "MilestoneState",
    "MilestoneVariance",
    "PlanMilestones",
    "lateness",
    "milestone_slip",
    "milestone_state",
    "milestones_of",
]


class MilestoneState(Term):
    """The state of a milestone on a day, as documents give it."""

    REACHED = "reached", "atteint", "reached"
    TO_COME = "to-come", "à venir", "to come"
    LATE = "late", "en retard", "late"
    UNREPORTED = "unreported", MissingReason.UNREPORTED.fr, MissingReason.UNREPORTED.en
    STOPPED = "stopped", MissingReason.STOPPED.fr, MissingReason.STOPPED.en
    COMPLETED_BEFORE = "completed-before", MissingReason.COMPLETED_BEFORE.fr, MissingReason.COMPLETED_BEFORE.en


_NO_OVERRUN: Mapping[MilestoneState, MissingReason] = MappingProxyType(
    {
        MilestoneState.UNREPORTED: MissingReason.UNREPORTED,
        MilestoneState.STOPPED: MissingReason.STOPPED,
        MilestoneState.COMPLETED_BEFORE: MissingReason.COMPLETED_BEFORE,
    }
)


@final
@frozen(kw_only=True, field_transformer=by_type)
class MilestoneVariance(Explained):
    """
    One milestone on a day: its state, how far its date was moved, and how late it was by the date in force.

    *due* is the date in force on the day; *moved* is the days from the first plan to it; *overrun* is the days from it
    to *done_on*, or to *not_done_on* where a document says that it was missed. They are `None` where *reason* says why.
    *owner_path* is the path of the milestone's owner in the portfolio; empty where the owner is unknown.

    Attributes:
        milestone: The milestone, with its dates and their revisions.
        state: The state, such as done, late or unreported.

    >>> pilot = Milestone(id="pilot", label="Pilot open", planned="2019-09")
    >>> slip = MilestoneVariance(milestone=pilot, due=Period("2019-10"), moved=31, reason=MissingReason.NOT_DUE)
    >>> print(slip.explain("en"))
    Pilot open: planned September 2019, due October 2019 (moved 31 days), not due yet
    """

    milestone: Milestone
    due: Period
    moved: int | None
    state: MilestoneState = field(default=MilestoneState.TO_COME, converter=MilestoneState)
    done_on: Day | None = None
    not_done_on: Day | None = None
    overrun: int | None = None
    reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])
    owner_path: str = ""

    @property
    def path(self) -> str:
        """The path of the milestone in the portfolio; its own identifier where its owner is unknown."""
        own = f"milestones/{self.milestone.id}"
        return f"{self.owner_path}/{own}" if self.owner_path else own

    @property
    def message(self) -> Said:
        """The first plan, the date in force, and when the milestone was reached or missed."""
        planned = message("planned {period}", period=self.milestone.planned)
        return about(items(planned, self._due(), self.standing), Name.of(self.milestone))

    @property
    def standing(self) -> Said:
        """When the milestone was reached or missed, and how late, or why that is unknown."""
        return items(self._reached(), lateness(self.overrun), self.reason)

    def _due(self) -> Message | None:
        if self.due == self.milestone.planned:
            return None
        if not self.moved:
            return message("due {period}", period=self.due)
        days = Number(abs(self.moved), DAYS)
        if self.moved < 0:
            return message("due {period} (brought forward {days})", period=self.due, days=days)
        return message("due {period} (moved {days})", period=self.due, days=days)

    def _reached(self) -> Message | None:
        if self.done_on is not None:
            return message("done on {day}", day=self.done_on)
        return None if self.not_done_on is None else message("not reached on {day}", day=self.not_done_on)


def lateness(days: int | None) -> Message | None:
    """
    Return a text for a number of days late or early; `None` where it is unknown.

    >>> print(lateness(0), "/", lateness(-10))
    on time / 10 days early
    """
    if days is None:
        return None
    if not days:
        return message("on time")
    counted = Number(abs(days), DAYS)
    return message("{days} early", days=counted) if days < 0 else message("{days} late", days=counted)


def milestone_state(owner: Owner, milestone: Milestone, as_of: Day) -> MilestoneState:
    """
    Return the state of a milestone of a programme, a reform or a project on a day.

    >>> pilot = Milestone(id="pilot", label="Pilot open", planned="2019-09")
    >>> milestone_state(Project(id="p", label="P", milestones=[pilot]), pilot, Day(2019, 10, 1)).en
    'due date passed, nothing says whether reached'
    """
    if milestone.is_done(as_of):
        return MilestoneState.REACHED
    step = step_on(owner, as_of) if isinstance(owner, Project) else None
    phase, is_late = None if step is None else step.phase, milestone.is_late(as_of)
    if phase is Phase.STOPPED:
        return MilestoneState.STOPPED
    if phase is Phase.COMPLETED:
        return MilestoneState.COMPLETED_BEFORE if is_late is False else MilestoneState.UNREPORTED
    if is_late is None:
        return MilestoneState.UNREPORTED
    return MilestoneState.LATE if is_late else MilestoneState.TO_COME


def milestone_slip(owner: Owner, milestone: Milestone, as_of: Day) -> MilestoneVariance:
    """
    Return the variance of one milestone of a programme, a reform or a project, on a day, against its first plan.

    >>> pilot = Milestone(id="pilot", label="Pilot open", planned="2019-09", done_on="2019-10-15")
    >>> slip = milestone_slip(Project(id="p", label="P", milestones=[pilot]), pilot, Day(2019, 12, 31))
    >>> slip.overrun, slip.path
    (15, 'projects/p/milestones/pilot')
    """
    state, due = milestone_state(owner, milestone, as_of), milestone.due_on(as_of)
    planned, last = milestone.planned.last_day, due.last_day
    done = milestone.done_on if state is MilestoneState.REACHED else None
    not_done = milestone.not_done_on if state is MilestoneState.LATE else None
    known = done or not_done
    waiting = MissingReason.NOT_DUE if state is MilestoneState.TO_COME else None
    return MilestoneVariance(
        milestone=milestone,
        due=due,
        moved=None if planned is None or last is None else days_between(planned, last),
        state=state,
        done_on=done,
        not_done_on=not_done,
        overrun=None if known is None or last is None else days_between(last, known),
        reason=_NO_OVERRUN.get(state) or (MissingReason.NO_END if last is None else waiting),
        owner_path=owner_path(owner),
    )


@final
@frozen(kw_only=True, field_transformer=by_type)
class PlanMilestones(Explained):
    """
    The milestones of a programme, a reform or a project and of all that belongs to it, on a day.

    *covers* is the plan with all that belongs to it, each part once.

    Attributes:
        subject: The name of the programme, the reform or the project.
        as_of: The day on which the milestones are judged.
        slips: The variances, one for each milestone.

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
    slips: tuple[MilestoneVariance, ...]

    @property
    def late(self) -> tuple[MilestoneVariance, ...]:
        """The milestones that a document declares missed."""
        return self.in_state(MilestoneState.LATE)

    @property
    def unreported(self) -> tuple[MilestoneVariance, ...]:
        """The milestones past their date that no document mentions since."""
        return self.in_state(MilestoneState.UNREPORTED)

    def in_state(self, state: MilestoneState | str) -> tuple[MilestoneVariance, ...]:
        """Return the milestones in a state."""
        wanted = MilestoneState(state)
        return tuple(slip for slip in self.slips if slip.state is wanted)

    @property
    def message(self) -> Said:
        """The number of milestones, those that are late, those that are unreported, and what they belong to."""
        states = map(self._named, (MilestoneState.LATE, MilestoneState.UNREPORTED))
        counted = message("milestones: {n}", n=len(self.slips))
        return about(clauses(counted, *states, self.covers.message), self.subject, as_of=self.as_of)

    def _named(self, state: MilestoneState) -> Message | None:
        names = [Name.of(slip.milestone) for slip in self.in_state(state)]
        return message("{state}: {n} ({names})", state=state, n=len(names), names=items(*names)) if names else None


@asked
def milestones_of(portfolio: Portfolio, subject: Owner, *, as_of: DayLike) -> PlanMilestones:
    """
    Return the milestones of a programme, a reform or a project on a day, with those of all that belongs to it.

    Only documents known on that day count.

    Raises:
        UnknownItemError: If the portfolio does not hold the subject, or did not on that day.
        InvalidValueError: If *as_of* is not a valid date.

    >>> from levier import Programme
    >>> plan = Programme(id="plan", label="Plan", kind="ministerial-plan")
    >>> milestones_of(Portfolio.of(plan), plan, as_of="2019-06-14").slips
    ()
    """
    asked = parse_day(as_of)
    covers = Subtree.of(known(portfolio, asked), subject)
    slips = (milestone_slip(owner, milestone, asked) for owner in covers.things for milestone in owner.milestones)
    return PlanMilestones(subject=Name.of(covers.things[0]), as_of=asked, covers=Covers.of(covers), slips=tuple(slips))
