"""
Life cycles: the time that a project has spent in each phase, from its own history.

The phases and the moves between them are those of `TRANSITIONS`; no phase is named here.
"""

from __future__ import annotations

from itertools import pairwise

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.exact import days_between
from levier.errors.final import final
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
    One visit to a phase: the days from *since* up to, and not including, *until*.

    *until* is `None` while the project is still in the phase; *days* then run to *as_of*.
    *since* and *days* are `None` where *reason* says why; *by_calendar* marks a start that is known only from the
    calendar.

    Attributes:
        phase: The phase, such as delivery.

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
        """The time in the phase with its first and last day, or why that is unknown."""
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
        project: The name of the project.
        as_of: The day up to which phases are counted.
        stays: The visits to phases, oldest first.

    >>> times = phase_times(Project(id="p", label="P", calendar="2019/2020"), as_of="2019-01-11")
    >>> times.days, times.total(Phase.FRAMING), times.total(Phase.DEPLOYMENT)
    (10, 10, 0)
    """

    project: Name
    as_of: Day
    stays: tuple[PhaseInterval, ...]

    @property
    def phase(self) -> Phase:
        """The phase of the project on the day."""
        return self.stays[-1].phase

    @property
    def since(self) -> Day | None:
        """The first day from which the phase of the project is known; `None` where no day is known."""
        return next((stay.since for stay in self.stays if stay.since is not None), None)

    @property
    def days(self) -> int | None:
        """The days from *since* to *as_of*, equal to the sum of the known visits; `None` if *since* is unknown."""
        return None if self.since is None else days_between(self.since, self.as_of)

    def total(self, phase: Phase | str) -> int | None:
        """
        Return the days spent in a phase, over all visits; `None` where the start of a visit is unknown.

        For a phase that the project never entered it is 0, which is known.

        Raises:
            InvalidValueError: If there is no such phase.
        """
        wanted = Phase(phase)
        days = [stay.days for stay in self.stays if stay.phase is wanted]
        return None if None in days else sum(known for known in days if known is not None)

    @property
    def message(self) -> Said:
        """Each visit, in order."""
        return about(clauses(*(stay.message for stay in self.stays)), self.project, as_of=self.as_of)


def step_on(project: Project, as_of: Day) -> PhaseStep | None:
    """
    Return the last step of a project by a day; `None` before the first one, while the project is in framing.

    >>> project = Project(id="p", label="P").moved_to(Phase.STOPPED, on="2019-06-20", because="third CITP")
    >>> step_on(project, Day(2019, 6, 19)) is None, step_on(project, Day(2019, 6, 20)).phase.value
    (True, 'stopped')
    """
    return next((step for step in reversed(project.steps) if step.on <= as_of), None)


@asked
def phase_times(project: Project, *, as_of: DayLike) -> PhaseTimes:
    """
    Return the visits of a project to its phases up to a day; steps after that day do not count.

    Before its first step a project is in framing, since the first day of its calendar; without a calendar that start is
    unknown. The last visit runs to *as_of*, even where the project is completed or stopped.

    Raises:
        InvalidValueError: If *as_of* is not a valid date.

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
    """Return the visit before the first step, whose start only the calendar gives."""
    if project.calendar is None:
        return PhaseInterval(phase=Phase.FRAMING, until=until, reason=MissingReason.NO_CALENDAR)
    start = project.calendar.known_from
    if start > (until or as_of):
        reason = MissingReason.NOT_BEGUN if until is None else MissingReason.CALENDAR_LATER
        return PhaseInterval(phase=Phase.FRAMING, until=until, reason=reason)
    return _stay(Phase.FRAMING, start, until, as_of, by_calendar=True)


def _stay(phase: Phase, since: Day, until: Day | None, as_of: Day, *, by_calendar: bool = False) -> PhaseInterval:
    days = days_between(since, until or as_of)
    return PhaseInterval(phase=phase, since=since, until=until, days=days, by_calendar=by_calendar)
