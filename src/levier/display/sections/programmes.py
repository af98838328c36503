"""Programmes with their events, the reforms they hold, and what is published of them and of bodies."""

from __future__ import annotations

from levier.compute.indicators.reforms import reform_progress_of
from levier.display.heads import Head
from levier.display.pages import Cell, Row, Section, Table
from levier.display.phrases import Phrase
from levier.display.sections.bodies import bodies_tables
from levier.display.sections.figures import figures_of
from levier.display.sections.projects import milestones_of, projects_tables
from levier.display.sections.watch import decisions_of, risks_of
from levier.display.view import View
from levier.display.wording import Caption, Title
from levier.errors import RepeatedMonthError, TargetBeforeBaselineError
from levier.model.programmes import Programme, Reform
from levier.model.quantities import PERCENT

__all__ = ["programmes_section"]


def programmes_section(view: View) -> Section:
    """Return what is under way: programmes, reforms, projects, their dates, and what is published of them."""
    plans = [_programmes(view), _pledges(view), _reforms(view), *projects_tables(view)]
    dates = [milestones_of(view), risks_of(view), decisions_of(view), _events(view)]
    figures = figures_of(view, Caption.PLAN_FIGURES, "programmes", "reforms", "projects")
    return view.section(Title.PROGRAMMES, [*plans, *dates, figures, *bodies_tables(view)])


def _programmes(view: View) -> Table:
    heads = (Head.PROGRAMME, Head.KIND, Head.OWNER, Head.CALENDAR, Head.REFORMS, Head.PROJECTS)
    rows = [
        _programme(view, branch.item, branch.depth)
        for root in view.portfolio.programmes.tree()
        for branch in root.walk()
    ]
    return view.table(Caption.PROGRAMMES, heads, rows)


def _pledges(view: View) -> Table:
    """Return which office holders promised a programme in public."""
    rows = [
        Row(
            id=f"programmes/{programme.id}/pledged_by_ids/{body}",
            cells=[view.scribe.name(programme), view.body(body)],
        )
        for programme in view.portfolio.programmes.values()
        for body in programme.pledged_by_ids
    ]
    return view.table(Caption.PLEDGES, (Head.PROGRAMME, Head.PLEDGED_BY), rows)


def _programme(view: View, programme: Programme, depth: int) -> Row:
    scribe = view.scribe
    reforms = {reform.id for reform in view.portfolio.reforms.values() if programme.id in reform.programme_ids}
    return Row(
        id=f"programmes/{programme.id}",
        cells=[
            scribe.name(programme, depth),
            scribe.term(programme.kind),
            view.body(programme.owner_id),
            scribe.period(programme.calendar, Phrase.NO_CALENDAR),
            scribe.count(len(reforms)),
            scribe.count(len(view.projects_of(reforms))),
        ],
    )


def _reforms(view: View) -> Table:
    heads = (
        Head.REFORM,
        Head.PROGRAMME,
        Head.LEAD,
        Head.CALENDAR,
        Head.INDICATORS,
        Head.PROGRESS,
        Head.PROJECTS,
        Head.LATE,
        Head.CONFIDENCE,
    )
    return view.table(Caption.REFORMS, heads, [_reform(view, reform) for reform in view.portfolio.reforms.values()])


def _reform(view: View, reform: Reform) -> Row:
    scribe, projects = view.scribe, view.projects_of({reform.id})
    milestones = [*reform.milestones, *(milestone for project in projects for milestone in project.milestones)]
    return Row(
        id=f"reforms/{reform.id}",
        cells=[
            scribe.name(reform),
            view.names("programmes", reform.programme_ids),
            view.lead(reform.lead),
            scribe.period(reform.calendar, Phrase.NO_CALENDAR),
            scribe.count(len(reform.indicator_ids)),
            _progress(view, reform),
            scribe.count(len(projects)),
            scribe.count(sum(milestone.is_late(view.as_of) for milestone in milestones)),
            view.rating(reform.ratings),
        ],
    )


def _progress(view: View, reform: Reform) -> Cell:
    """Return how far a reform has come in the nation, or why that is not known."""
    if not reform.indicator_ids:
        return view.scribe.missing(Phrase.NO_INDICATOR)
    try:
        progress = reform_progress_of(view.portfolio, reform.id, as_of=view.as_of)
    except (RepeatedMonthError, TargetBeforeBaselineError):
        return view.scribe.missing(Phrase.CONTRADICTORY)
    if progress.value is None:
        return view.scribe.missing(progress.reason or Phrase.UNKNOWN)
    return view.scribe.rounded(progress.value, PERCENT, 1)


def _events(view: View) -> Table:
    dated = [
        (event.on.value, programme, event)
        for programme in view.portfolio.programmes.values()
        for event in programme.events
    ]
    rows = [
        Row(
            id=f"programmes/{programme.id}/events/{event.id}",
            cells=[
                view.scribe.name(event),
                view.scribe.period(on),
                view.scribe.name(programme),
                view.caveat(event.on),
                view.source(event.on.source_id),
            ],
        )
        for on, programme, event in sorted(dated, key=lambda found: (found[0], found[1].id, found[2].id))
    ]
    return view.table(Caption.EVENTS, (Head.EVENT, Head.DATE, Head.PROGRAMME, Head.CAVEAT, Head.SOURCE), rows)
