"""
Milestones on a day: how one stands by what documents say, how far its date was moved, and how late it was.

A due date that is known to the month or to the year is held by its last day.
A milestone is late where a document says so: past its date it is otherwise one of which nothing says whether it was
reached. Nobody works to the milestones of a stopped project; a completed one has none to come. What went back to work
is held to them again.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import final

from attrs import frozen

from levier.compute._wording import colon, day, days_between, days_said, label_of, period
from levier.compute.plan.life_cycles import step_on
from levier.compute.plan.reasons import PlanReason
from levier.model.belonging import Owner, path_of
from levier.model.events import Milestone
from levier.model.lifecycle import Phase
from levier.model.periods import Day, Period
from levier.model.programmes import Project
from levier.model.terms import Lang, Term

__all__ = [
    "MilestoneSlip",
    "MilestoneState",
    "late_said",
    "milestone_slip",
    "milestone_state",
]


class MilestoneState(Term):
    """How a milestone stands on a day, by what documents say."""

    REACHED = "reached", "atteint", "reached"
    TO_COME = "to-come", "à venir", "to come"
    LATE = "late", "en retard", "late"
    UNREPORTED = "unreported", PlanReason.UNREPORTED.fr, PlanReason.UNREPORTED.en
    STOPPED = "stopped", PlanReason.STOPPED.fr, PlanReason.STOPPED.en
    COMPLETED_BEFORE = "completed-before", PlanReason.COMPLETED_BEFORE.fr, PlanReason.COMPLETED_BEFORE.en


_NO_OVERRUN: Mapping[MilestoneState, PlanReason] = MappingProxyType(
    {
        MilestoneState.UNREPORTED: PlanReason.UNREPORTED,
        MilestoneState.STOPPED: PlanReason.STOPPED,
        MilestoneState.COMPLETED_BEFORE: PlanReason.COMPLETED_BEFORE,
    }
)


@final
@frozen(kw_only=True)
class MilestoneSlip:
    """
    One milestone on a day: how it stands, how far its date was moved, and how late it was by the date that held.

    *due* is the date that held on the day; *moved* the days from the first plan to it; *overrun* the days from it to
    *done_on*, or to *not_done_on* where a document says that it was missed. `None` where *reason* says why.
    *owner* is what set itself the milestone.

    >>> pilot = Milestone(id="pilot", label="Pilot open", planned="2019-09")
    >>> slip = MilestoneSlip(milestone=pilot, due=Period("2019-10"), moved=31, reason=PlanReason.NOT_DUE)
    >>> print(slip.explain("en"))
    Pilot open: planned September 2019, due October 2019 (moved 31 days), not due yet
    """

    milestone: Milestone
    due: Period
    moved: int | None
    state: MilestoneState = MilestoneState.TO_COME
    done_on: Day | None = None
    not_done_on: Day | None = None
    overrun: int | None = None
    reason: PlanReason | None = None
    owner: Owner | None = None

    @property
    def path(self) -> str:
        """Where the milestone stands in a portfolio; its own identifier where nobody is known to own it."""
        own = f"milestones/{self.milestone.id}"
        return own if self.owner is None else f"{path_of(self.owner)}/{own}"

    def explain(self, lang: Lang) -> str:
        """Say the first plan, the date that held, and when the milestone was reached or missed against it."""
        planned, due = period(self.milestone.planned, lang), period(self.due, lang)
        words = ("prévu", "échéance") if lang == "fr" else ("planned", "due")
        moved = "" if not self.moved else f" ({_moved_said(self.moved, lang)})"
        dates = f"{words[0]} {planned}" + (f", {words[1]} {due}{moved}" if self.due != self.milestone.planned else "")
        parts = (part for part in (dates, self.standing(lang)) if part)
        return f"{label_of(self.milestone, lang)}{colon(lang)}" + ", ".join(parts)

    def standing(self, lang: Lang) -> str:
        """Say when the milestone was reached or missed, and how late, or why that is unknown."""
        reason = "" if self.reason is None else self.reason.label(lang)
        parts = (self._reached(lang), late_said(self.overrun, lang), reason)
        return ", ".join(part for part in parts if part)

    def _reached(self, lang: Lang) -> str:
        if self.done_on is not None:
            return f"{'fait le' if lang == 'fr' else 'done on'} {day(self.done_on, lang)}"
        if self.not_done_on is None:
            return ""
        return f"{'non atteint au' if lang == 'fr' else 'not reached on'} {day(self.not_done_on, lang)}"


def _moved_said(days: int, lang: Lang) -> str:
    words = ("avancé de", "brought forward") if days < 0 else ("décalé de", "moved")
    return f"{words[lang == 'en']} {days_said(abs(days), lang)}"


def late_said(days: int | None, lang: Lang) -> str:
    """
    Say how late something was, or how early; nothing where that is unknown.

    >>> late_said(0, "en"), late_said(-10, "en"), late_said(None, "en")
    ('on time', '10 days early', '')
    """
    if days is None:
        return ""
    if not days:
        return "à la date prévue" if lang == "fr" else "on time"
    words = ("d’avance", "early") if days < 0 else ("de retard", "late")
    return f"{days_said(abs(days), lang)} {words[0] if lang == 'fr' else words[1]}"


def milestone_state(owner: Owner, milestone: Milestone, as_of: Day) -> MilestoneState:
    """
    Return how a milestone of a programme, a reform or a project stands on a day.

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


def milestone_slip(owner: Owner, milestone: Milestone, as_of: Day) -> MilestoneSlip:
    """
    Return one milestone of a programme, a reform or a project on a day, against its first plan.

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
    waiting = PlanReason.NOT_DUE if state is MilestoneState.TO_COME else None
    return MilestoneSlip(
        milestone=milestone,
        due=due,
        moved=None if planned is None or last is None else days_between(planned, last),
        state=state,
        done_on=done,
        not_done_on=not_done,
        overrun=None if known is None or last is None else days_between(last, known),
        reason=_NO_OVERRUN.get(state) or (PlanReason.NO_END if last is None else waiting),
        owner=owner,
    )
