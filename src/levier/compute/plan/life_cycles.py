"""
Life cycles: how long a project has spent in each phase, by the steps of its own history.

The phases and the moves between them are `TRANSITIONS`; nothing here knows another.
"""

from __future__ import annotations

from itertools import pairwise
from typing import final

from attrs import field, frozen

from levier.compute._types import by_type
from levier.compute.exact import days_between
from levier.model._converters import TermOrNone
from levier.model.lifecycle import Phase, PhaseStep
from levier.model.periods import Day, DayLike, parse_day
from levier.model.programmes import Project
from levier.model.quantities import DAYS
from levier.wording.explained import Explained
from levier.wording.messages import Message, about, clauses, items, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said
from levier.wording.values import Name, Number

__all__ = ["PhaseInterval", "PhaseTimes", "phase_times", "step_on"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class PhaseInterval(Explained):
    """
    One visit to a phase: the days from *since* up to *until*, which belongs to the next phase.

    *until* is `None` while the project is still there, and *days* then run to the day asked.
    *since* and *days* are `None` where *reason* says why; *by_calendar* says that no step but the calendar gives the
    start.

    Attributes:
        phase: The phase.

    >>> stay = PhaseInterval(
    ...     phase=Phase.FRAMING, since=Day(2019, 3, 1), until=Day(2019, 6, 20), days=111, by_calendar=True
    ... )
    >>> print(stay.explain("en"))
    Framing: 111 days, from 1 March 2019 (start of the calendar) to 20 June 2019
    """

    phase: Phase = field(converter=Phase)
    since: Day | None = None
    until: Day | None = None
    days: int | None = None
    by_calendar: bool = False
    reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])

    @property
    def message(self) -> Said:
        """How long the project was in the phase, and from when to when; or why that is unknown."""
        if self.since is None or self.days is None:
            return about(items(message("unknown time"), self.reason), self.phase)
        return about(items(Number(self.days, DAYS), self._when(self.since)), self.phase)

    def _when(self, start: Day) -> Message:
        if self.until is None and self.by_calendar:
            return message("since {day} (start of the calendar)", day=start)
        if self.until is None:
            return message("since {day}", day=start)
        if self.by_calendar:
            return message("from {start} (start of the calendar) to {end}", start=start, end=self.until)
        return message("from {start} to {end}", start=start, end=self.until)


@final
@frozen(kw_only=True, field_transformer=by_type)
class PhaseTimes(Explained):
    """
    The visits of a project to its phases, in order, up to a day.

    Attributes:
        project: The project.
        as_of: The day as of which it is known.
        stays: The stays in its phases, in order.

    >>> times = phase_times(Project(id="p", label="P", calendar="2019/2020"), as_of="2019-01-11")
    >>> times.days, times.total(Phase.FRAMING), times.total(Phase.DEPLOYMENT)
    (10, 10, 0)
    """

    project: Name
    as_of: Day
    stays: tuple[PhaseInterval, ...]

    @property
    def phase(self) -> Phase:
        """The phase in which the project was on the day."""
        return self.stays[-1].phase

    @property
    def since(self) -> Day | None:
        """The first day from which it is known where the project was; `None` where no such day is."""
        return next((stay.since for stay in self.stays if stay.since is not None), None)

    @property
    def days(self) -> int | None:
        """The days from that first day to the day asked, which the known stays add up to; `None` without one."""
        return None if self.since is None else days_between(self.since, self.as_of)

    def total(self, phase: Phase | str) -> int | None:
        """
        Return the days spent in a phase, over all visits; `None` where the start of one is unknown.

        Of a phase in which the project never was it is 0, which is known.

        Raises:
            InvalidValueError: If there is no such phase.
        """
        wanted = Phase(phase)
        days = [stay.days for stay in self.stays if stay.phase is wanted]
        return None if None in days else sum(known for known in days if known is not None)

    @property
    def message(self) -> Said:
        """Each visit in turn."""
        return about(clauses(*(stay.message for stay in self.stays)), self.project, as_of=self.as_of)


def step_on(project: Project, as_of: Day) -> PhaseStep | None:
    """
    Return the last step that a project had taken by a day; `None` where it had taken none, and was in framing.

    >>> project = Project(id="p", label="P").moved_to(Phase.STOPPED, on="2019-06-20", because="third CITP")
    >>> step_on(project, Day(2019, 6, 19)) is None, step_on(project, Day(2019, 6, 20)).phase.value
    (True, 'stopped')
    """
    return next((step for step in reversed(project.steps) if step.on <= as_of), None)


def phase_times(project: Project, *, as_of: DayLike) -> PhaseTimes:
    """
    Return the visits of a project to its phases up to a day; steps after that day do not count.

    Before its first step a project is in framing, since the first day of its calendar; without a calendar nobody knows
    since when. The last visit runs to the day asked, even where the project is completed or stopped.

    Raises:
        InvalidValueError: If *as_of* is no day.

    >>> project = Project(id="one-stop-shop", label="One-stop shop", calendar="2019-03/2020-12")
    >>> project = project.moved_to(Phase.EXPERIMENTATION, on="2019-06-20", because="third CITP")
    >>> [(stay.phase.value, stay.days) for stay in phase_times(project, as_of="2019-07-01").stays]
    [('framing', 111), ('experimentation', 11)]
    """
    asked = parse_day(as_of)
    taken = [step for step in project.steps if step.on <= asked]
    framing = _framing(project, taken[0].on if taken else None, asked)
    ends = [*(later.on for _, later in pairwise(taken)), None]
    later = (_stay(step.phase, step.on, until, asked) for step, until in zip(taken, ends, strict=False))
    return PhaseTimes(project=Name.of(project), as_of=asked, stays=(framing, *later))


def _framing(project: Project, until: Day | None, as_of: Day) -> PhaseInterval:
    """Return the visit before the first step, of which only the calendar knows the start."""
    if project.calendar is None:
        return PhaseInterval(phase=Phase.FRAMING, until=until, reason=MissingReason.NO_CALENDAR)
    start = project.calendar.first_day
    if start > (until or as_of):
        reason = MissingReason.NOT_BEGUN if until is None else MissingReason.CALENDAR_LATER
        return PhaseInterval(phase=Phase.FRAMING, until=until, reason=reason)
    return _stay(Phase.FRAMING, start, until, as_of, by_calendar=True)


def _stay(phase: Phase, since: Day, until: Day | None, as_of: Day, *, by_calendar: bool = False) -> PhaseInterval:
    days = days_between(since, until or as_of)
    return PhaseInterval(phase=phase, since=since, until=until, days=days, by_calendar=by_calendar)
