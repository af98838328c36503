"""
Schedule variance: how late a project or a reform is, and how far its milestones moved from their first plan.

A calendar or a due date known to the month or to the year counts as its last day.
"""

from __future__ import annotations

from typing import NamedTuple

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.exact import days_between
from levier.compute.plan.life_cycles import step_on
from levier.compute.plan.milestones import MilestoneVariance, lateness, milestone_slip
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model.belonging import Owner
from levier.model.lifecycle import Phase
from levier.model.periods import Day, DayLike, parse_day
from levier.model.programmes import Project
from levier.wording.explained import Explained
from levier.wording.messages import about, clauses, items, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = ["ScheduleVariance", "schedule_variance", "slip_of"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class ScheduleVariance(Explained):
    """
    How late a project, a reform or a programme is on a day, against the end of its calendar.

    *days* run from *end*, the last day of the calendar, to *completed_on*, or to *as_of* while a project is late and
    not completed; negative where it was early. `None` where *reason* says why.

    Attributes:
        subject: The name of the project, the reform or the programme.
        as_of: The day on which it is judged.
        milestones: The variance of each of its milestones.

    >>> slip = schedule_variance(Project(id="p", label="P", calendar="2019-03/2019-05"), as_of="2019-06-14")
    >>> print(slip.explain("en"))
    P, as of 14 June 2019: 14 days late (calendar to 31 May 2019, not completed)
    """

    subject: Name
    as_of: Day
    end: Day | None = None
    completed_on: Day | None = None
    days: int | None = None
    reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])
    milestones: tuple[MilestoneVariance, ...] = ()

    @property
    def is_late(self) -> bool | None:
        """Whether the end of the calendar was passed; `None` where that is not known."""
        return None if self.days is None else self.days > 0

    @property
    def message(self) -> Said:
        """How late it is and the two days compared, or why that is unknown or does not apply; then each milestone."""
        milestones = (slip.message for slip in self.milestones)
        return about(clauses(self._with_end(), *milestones), self.subject, as_of=self.as_of)

    @property
    def headline(self) -> Said:
        """How late it is, or why that is unknown or does not apply."""
        match self.reason:
            case None:
                return items(lateness(self.days))
            case MissingReason.NOT_DUE:
                return message("no slip yet: {reason}", reason=self.reason)
            case MissingReason.STOPPED:
                return message("not applicable: {reason}", reason=self.reason)
            case _:
                return message("unknown slip: {reason}", reason=self.reason)

    def _with_end(self) -> Said:
        slip, end = self.headline, self.end
        if end is None:
            return slip
        if self.completed_on is not None:
            done = self.completed_on
            return message("{slip} (calendar to {end}, completed on {done})", slip=slip, end=end, done=done)
        if self.days is None:
            return message("{slip} (calendar to {end})", slip=slip, end=end)
        return message("{slip} (calendar to {end}, not completed)", slip=slip, end=end)


@asked
def schedule_variance(subject: Owner, *, as_of: DayLike) -> ScheduleVariance:
    """
    Return how late a project, a reform or a programme is on a day, and its milestones against their first plan.

    A project is completed by its last step. The completion of a reform or a programme is not recorded: once its
    calendar is over it has no variance of its own, only those of its milestones.
    A stopped project has no variance, because its calendar no longer applies.

    Raises:
        InvalidValueError: If *as_of* is not a valid date.

    >>> project = Project(id="p", label="P", calendar="2019").moved_to("deployment", on="2019-02-01", because="x")
    >>> schedule_variance(project, as_of="2019-06-14").reason.en
    'not due yet'
    >>> schedule_variance(project.moved_to("completed", on="2020-01-10", because="x"), as_of="2020-06-14").days
    10
    """
    asked = parse_day(as_of)
    end, completed_on, days, reason = slip_of(subject, asked)
    return ScheduleVariance(
        subject=Name.of(subject),
        as_of=asked,
        end=end,
        completed_on=completed_on,
        days=days,
        reason=reason,
        milestones=tuple(milestone_slip(subject, milestone, asked) for milestone in subject.milestones),
    )


class _Slip(NamedTuple):
    """The variance of a plan itself, without its milestones: see `ScheduleVariance`."""

    end: Day | None
    completed_on: Day | None
    days: int | None
    reason: MissingReason | None


def slip_of(subject: Owner, as_of: Day) -> _Slip:
    """
    Return how late a project, a reform or a programme is on a day, without its milestones.

    >>> slip_of(Project(id="p", label="P", calendar="2019-03/2019-05"), Day(2019, 6, 14)).days
    14
    """
    end = None if subject.calendar is None else subject.calendar.last_day
    step = step_on(subject, as_of) if isinstance(subject, Project) else None
    phase = None if step is None else step.phase
    completed_on = step.on if step is not None and step.phase is Phase.COMPLETED else None
    reason = _why_none(subject, phase, end, as_of)
    days = None if reason is not None or end is None else days_between(end, completed_on or as_of)
    return _Slip(end, completed_on, days, reason)


def _why_none(subject: Owner, phase: Phase | None, end: Day | None, as_of: Day) -> MissingReason | None:
    if phase is Phase.STOPPED:
        return MissingReason.STOPPED
    if end is None:
        return MissingReason.NO_CALENDAR if subject.calendar is None else MissingReason.NO_END
    if phase is Phase.COMPLETED:
        return None
    if as_of <= end:
        return MissingReason.NOT_DUE
    return None if isinstance(subject, Project) else MissingReason.NO_COMPLETION
