"""Projects by phase and one by one, and the milestones of programmes, reforms and projects."""

from __future__ import annotations

from typing import NamedTuple

from levier.compute.plan.life_cycles import step_on
from levier.compute.plan.milestones import MilestoneState, milestone_slip, milestone_state
from levier.compute.plan.variances import ScheduleVariance, schedule_variance
from levier.display.pages import Cell, Table
from levier.display.phrases import NO_CALENDAR, NO_MILESTONE, UNKNOWN, in_parentheses
from levier.display.view import ColumnOf, Owned, View
from levier.model.events import Milestone
from levier.model.lifecycle import Phase, PhaseStep
from levier.model.programmes import Project
from levier.wording.messages import message
from levier.wording.values import Name

__all__ = ["milestones_table", "projects_tables"]


class _Standing(NamedTuple):
    """A project and its latest step, if there is one."""

    project: Project
    step: PhaseStep | None


class _Calendar(NamedTuple):
    """A project and its schedule variance; else why that is unknown, or does not apply."""

    project: Project
    slip: ScheduleVariance


def projects_tables(view: View) -> list[Table]:
    """Return the count of projects by phase, then the projects with their phase and calendar."""
    projects = view.portfolio.projects.values()
    standings = [_Standing(project, step_on(project, view.as_of)) for project in projects]
    calendars = [_Calendar(project, schedule_variance(project, as_of=view.as_of)) for project in projects]
    return [
        _phases(view, standings),
        view.table(
            "projects",
            message("Projects"),
            _COLUMNS,
            ((f"projects/{row.project.id}", row) for row in standings),
        ),
        view.table(
            "calendars",
            message("Projects: calendar and schedule variance"),
            _CALENDAR_COLUMNS,
            ((f"projects/{row.project.id}/calendar", row) for row in calendars),
        ),
    ]


def _phases(view: View, standings: list[_Standing]) -> Table:
    phases = [row.step.phase if row.step else Phase.FRAMING for row in standings]
    rows = [(f"phases/{phase}", (phase, phases.count(phase))) for phase in Phase] if phases else []
    return view.table("phases", message("Projects by phase"), _PHASE_COLUMNS, rows)


def _because(view: View, row: _Standing) -> Cell:
    return view.scribe.text(row.step.because if row.step else "", UNKNOWN)


def _slip(view: View, row: _Calendar) -> Cell:
    days = row.slip.days
    return Cell(text=row.slip.sentence(view.scribe.lang), value=None if days is None else str(days))


def _next(view: View, row: _Calendar) -> Cell:
    """Return the next milestone: one past its date is not next, and a project that has ended has none."""
    milestones = row.project.milestones
    slips = (milestone_slip(row.project, milestone, view.as_of) for milestone in milestones)
    waiting = [slip.milestone for slip in slips if slip.state is MilestoneState.TO_COME]
    if not waiting:
        return view.scribe.missing(message("no milestone to come") if milestones else NO_MILESTONE)
    first = min(waiting, key=lambda milestone: (milestone.due, milestone.id))
    return Cell(text=view.scribe.say(in_parentheses(Name.of(first), first.due)), value=f"{first.id} {first.due}")


def milestones_table(view: View) -> Table:
    """Return the milestones of programmes, reforms and projects, earliest first."""
    found = [
        (f"{registry}/{owner.id}/milestones/{milestone.id}", Owned(owner, milestone))
        for registry in ("programmes", "reforms", "projects")
        for owner in getattr(view.portfolio, registry).values()
        for milestone in owner.milestones
    ]
    found.sort(key=lambda row: (row[1].part.due, row[0].partition("/")[0], row[1].owner.id, row[1].part.id))
    return view.table("milestones", message("Milestones"), _MILESTONE_COLUMNS, found)


def _state(view: View, row: Owned[Milestone]) -> Cell:
    return view.scribe.term(milestone_state(row.owner, row.part, view.as_of))


_PHASE_COLUMNS: tuple[ColumnOf[tuple[Phase, int]], ...] = (
    ColumnOf("phase", message("Phase"), lambda view, row: view.scribe.term(row[0])),
    ColumnOf("number", message("Number"), lambda view, row: view.scribe.count(row[1]), numeric=True),
)
_COLUMNS: tuple[ColumnOf[_Standing], ...] = (
    ColumnOf("project", message("Project"), lambda view, row: view.scribe.name(row.project)),
    ColumnOf("owner", message("Owner"), lambda view, row: view.owner(row.project)),
    ColumnOf("phase", message("Phase"), lambda view, row: view.scribe.phase(row.step)),
    ColumnOf("since", message("Since"), lambda view, row: view.scribe.day(row.step.on if row.step else None)),
    ColumnOf("because", message("Reason"), _because),
    ColumnOf("levers", message("Levers"), lambda view, row: view.names("levers", row.project.lever_ids)),
    ColumnOf("confidence", message("Confidence rating"), lambda view, row: view.rating(row.project.ratings)),
)
_CALENDAR_COLUMNS: tuple[ColumnOf[_Calendar], ...] = (
    ColumnOf("project", message("Project"), lambda view, row: view.scribe.name(row.project)),
    ColumnOf("calendar", message("Calendar"), lambda view, row: view.scribe.period(row.project.calendar, NO_CALENDAR)),
    ColumnOf("slip", message("Schedule variance"), _slip),
    ColumnOf("next", message("Next milestone"), _next),
)
_MILESTONE_COLUMNS: tuple[ColumnOf[Owned[Milestone]], ...] = (
    ColumnOf("milestone", message("Milestone"), lambda view, row: view.scribe.name(row.part)),
    ColumnOf("subject", message("Subject"), lambda view, row: view.scribe.name(row.owner)),
    ColumnOf("planned", message("Planned"), lambda view, row: view.scribe.period(row.part.planned)),
    ColumnOf("due", message("Current due date"), lambda view, row: view.scribe.period(row.part.due)),
    ColumnOf("state", message("Status"), _state),
)
