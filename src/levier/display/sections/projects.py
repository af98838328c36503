"""Projects by phase and one by one, and the milestones of programmes, reforms and projects."""

from __future__ import annotations

from levier.compute.plan.life_cycles import step_on
from levier.compute.plan.milestones import MilestoneState, milestone_slip, milestone_state
from levier.compute.plan.slips import calendar_slip
from levier.display.heads import Head
from levier.display.pages import Cell, Row, Table
from levier.display.phrases import Phrase
from levier.display.view import View
from levier.display.wording import Caption
from levier.model.lifecycle import Phase
from levier.model.programmes import Project

__all__ = ["milestones_of", "projects_tables"]

_STANDING = (Head.PROJECT, Head.OWNER, Head.PHASE, Head.SINCE, Head.BECAUSE, Head.LEVERS, Head.CONFIDENCE)
_DATES = (Head.PROJECT, Head.CALENDAR, Head.SLIP, Head.NEXT)


def projects_tables(view: View) -> list[Table]:
    """Return the count of projects by phase, then the projects: how they stand, and by when."""
    projects = view.portfolio.projects.values()
    standing = view.table(Caption.PROJECTS, _STANDING, [_project(view, project) for project in projects])
    return [_phases(view), standing, view.table(Caption.CALENDARS, _DATES, [_dates(view, one) for one in projects])]


def _phases(view: View) -> Table:
    steps = [step_on(project, view.as_of) for project in view.portfolio.projects.values()]
    phases = [step.phase if step else Phase.FRAMING for step in steps]
    rows = [
        Row(id=f"phases/{phase}", cells=[view.scribe.term(phase), view.scribe.count(phases.count(phase))])
        for phase in Phase
    ]
    return view.table(Caption.PHASES, (Head.PHASE, Head.NUMBER), rows if phases else [])


def _project(view: View, project: Project) -> Row:
    scribe, step = view.scribe, step_on(project, view.as_of)
    return Row(
        id=f"projects/{project.id}",
        cells=[
            scribe.name(project),
            view.owner(project),
            scribe.phase(step),
            scribe.day(step.on if step else None),
            scribe.text(step.because if step else "", Phrase.UNKNOWN),
            view.names("levers", project.lever_ids),
            view.rating(project.ratings),
        ],
    )


def _dates(view: View, project: Project) -> Row:
    return Row(
        id=f"projects/{project.id}/calendar",
        cells=[
            view.scribe.name(project),
            view.scribe.period(project.calendar, Phrase.NO_CALENDAR),
            _slip(view, project),
            _next(view, project),
        ],
    )


def _slip(view: View, project: Project) -> Cell:
    """Return how late a project is against the end of its calendar; else why that is unknown, or not asked."""
    slip = calendar_slip(project, as_of=view.as_of)
    return Cell(text=slip.sentence(view.scribe.lang), value=None if slip.days is None else str(slip.days))


def _next(view: View, project: Project) -> Cell:
    """Return the earliest milestone to come: one past its date is not next, and a project that has ended has none."""
    slips = (milestone_slip(project, milestone, view.as_of) for milestone in project.milestones)
    waiting = [slip.milestone for slip in slips if slip.state is MilestoneState.TO_COME]
    if not waiting:
        return view.scribe.missing(Phrase.NO_NEXT if project.milestones else Phrase.NO_MILESTONE)
    first = min(waiting, key=lambda milestone: (milestone.due, milestone.id))
    written = view.scribe.say(Phrase.DUE, label=first.label, period=view.scribe.period(first.due).text)
    return Cell(text=written, value=f"{first.id} {first.due}")


def milestones_of(view: View) -> Table:
    """Return the milestones of programmes, reforms and projects, earliest first."""
    found = [
        (milestone, registry, owner)
        for registry in ("programmes", "reforms", "projects")
        for owner in getattr(view.portfolio, registry).values()
        for milestone in owner.milestones
    ]
    rows = [
        Row(
            id=f"{registry}/{owner.id}/milestones/{milestone.id}",
            cells=[
                view.scribe.name(milestone),
                view.scribe.name(owner),
                view.scribe.period(milestone.planned),
                view.scribe.period(milestone.due),
                view.scribe.term(milestone_state(owner, milestone, view.as_of)),
            ],
        )
        for milestone, registry, owner in sorted(found, key=lambda item: (item[0].due, item[1], item[2].id, item[0].id))
    ]
    return view.table(Caption.MILESTONES, (Head.MILESTONE, Head.SUBJECT, Head.PLANNED, Head.DUE, Head.STATE), rows)
