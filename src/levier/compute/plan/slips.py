"""
Slip against the calendar: how late a project or a reform is, and how far its milestones moved from their first plan.

A calendar or a due date that is known to the month or to the year is held by its last day.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import final

from attrs import frozen

from levier.compute._wording import colon, day, days_between, label_of
from levier.compute.indicators.explanations import joined, subject_said
from levier.compute.plan.life_cycles import step_on
from levier.compute.plan.milestones import MilestoneSlip, late_said, milestone_slip
from levier.model.belonging import Owner
from levier.model.lifecycle import Phase
from levier.model.periods import Day, DayLike, parse_day
from levier.model.programmes import Project
from levier.model.terms import Lang
from levier.wording.reasons import MissingReason

__all__ = ["CalendarSlip", "calendar_slip"]


_UNKNOWN: Mapping[Lang, str] = {"fr": "écart inconnu", "en": "unknown slip"}
_NO_SLIP: Mapping[MissingReason, Mapping[Lang, str]] = {
    MissingReason.NOT_DUE: {"fr": "pas encore d’écart", "en": "no slip yet"},
    MissingReason.STOPPED: {"fr": "sans objet", "en": "not applicable"},
}
"""What there is in place of a slip; where it is not said, the slip is unknown."""


@final
@frozen(kw_only=True)
class CalendarSlip:
    """
    How late a project, a reform or a programme is on a day, against the end of its calendar.

    *days* run from *end*, the last day of the calendar, to *completed_on*, or to the day asked while a project is late
    and not completed; negative where it was early. `None` where *reason* says why.

    >>> slip = calendar_slip(Project(id="p", label="P", calendar="2019-03/2019-05"), as_of="2019-06-14")
    >>> print(slip.explain("en"))
    P, as of 14 June 2019: 14 days late (calendar to 31 May 2019, not completed)
    """

    subject: Owner
    as_of: Day
    end: Day | None = None
    completed_on: Day | None = None
    days: int | None = None
    reason: MissingReason | None = None
    milestones: tuple[MilestoneSlip, ...] = ()

    @property
    def is_late(self) -> bool | None:
        """Whether the end of the calendar was passed; `None` where that is not known."""
        return None if self.days is None else self.days > 0

    def explain(self, lang: Lang) -> str:
        """Say how late it is, by which two days, or why that is unknown or does not arise; then each milestone."""
        named = subject_said(label_of(self.subject, lang), "", self.as_of, lang)
        return named + joined((self._said(lang), *(slip.explain(lang) for slip in self.milestones)), lang)

    def brief(self, lang: Lang) -> str:
        """Say how late it is and no more, or why that is unknown, or why there is nothing to say."""
        if self.reason is None:
            return late_said(self.days, lang)
        return f"{_NO_SLIP.get(self.reason, _UNKNOWN)[lang]}{colon(lang)}{self.reason.label(lang)}"

    def _said(self, lang: Lang) -> str:
        end = "" if self.end is None else self._ends(self.end, lang)
        return self.brief(lang) + (f" ({end})" if end else "")

    def _ends(self, end: Day, lang: Lang) -> str:
        until = f"calendrier jusqu’au {day(end, lang)}" if lang == "fr" else f"calendar to {day(end, lang)}"
        if self.completed_on is not None:
            return f"{until}, {'achevé le' if lang == 'fr' else 'completed on'} {day(self.completed_on, lang)}"
        return until if self.days is None else f"{until}, {'non achevé' if lang == 'fr' else 'not completed'}"


def calendar_slip(subject: Owner, *, as_of: DayLike) -> CalendarSlip:
    """
    Return how late a project, a reform or a programme is on a day, and its milestones against their first plan.

    A project is completed by its last step. Nothing says of a reform or a programme when it is completed: once its
    calendar is over there is no slip of its own, only those of its milestones.
    A stopped project has no slip: nobody works to its calendar any more.

    Raises:
        InvalidValueError: If *as_of* is no day.

    >>> project = Project(id="p", label="P", calendar="2019").moved_to("deployment", on="2019-02-01", because="x")
    >>> calendar_slip(project, as_of="2019-06-14").reason.en
    'not due yet'
    >>> calendar_slip(project.moved_to("completed", on="2020-01-10", because="x"), as_of="2020-06-14").days
    10
    """
    asked = parse_day(as_of)
    end = None if subject.calendar is None else subject.calendar.last_day
    step = step_on(subject, asked) if isinstance(subject, Project) else None
    phase = None if step is None else step.phase
    completed_on = step.on if step is not None and step.phase is Phase.COMPLETED else None
    reason = _why_none(subject, phase, end, asked)
    return CalendarSlip(
        subject=subject,
        as_of=asked,
        end=end,
        completed_on=completed_on,
        days=None if reason is not None or end is None else days_between(end, completed_on or asked),
        reason=reason,
        milestones=tuple(milestone_slip(subject, milestone, asked) for milestone in subject.milestones),
    )


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
