"""Programmes with their events, the reforms they hold, and what is published of them and of bodies."""

from __future__ import annotations

from collections.abc import Iterable

from levier.compute.findings import Finding
from levier.compute.indicators.weights import WeightedProgress
from levier.display.heads import Head
from levier.display.pages import Row, Section, Table
from levier.display.phrases import Phrase
from levier.display.sections.bodies import bodies_tables
from levier.display.sections.figures import figures_of
from levier.display.sections.projects import milestones_of, projects_tables
from levier.display.sections.standings import milestone_counts, progress_by_reform, progress_cell, standings_of
from levier.display.sections.watch import decisions_of, risks_of
from levier.display.view import View
from levier.display.wording import Caption, Title
from levier.model.belonging import Subtree
from levier.model.programmes import Programme, Reform

__all__ = ["programmes_section"]


def programmes_section(view: View, findings: Iterable[Finding] = ()) -> Section:
    """Return what is under way: programmes, reforms, projects, their dates, and what is published of them."""
    details = progress_by_reform(view)
    reforms = [_reform(view, reform, details[reform.id]) for reform in view.portfolio.reforms.values()]
    plans = [
        _programmes(view),
        _pledges(view),
        standings_of(view, details, findings),
        view.table(Caption.REFORMS, _REFORM_HEADS, reforms),
        *projects_tables(view),
    ]
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
    return view.table(Caption.PROGRAMMES, heads, rows, notes=[view.scribe.say(Phrase.PROGRAMMES_COUNT)])


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
    scribe, below = view.scribe, Subtree.of(view.portfolio, programme)
    return Row(
        id=f"programmes/{programme.id}",
        cells=[
            scribe.name(programme, depth),
            scribe.term(programme.kind),
            view.body(programme.owner_id),
            scribe.period(programme.calendar, Phrase.NO_CALENDAR),
            scribe.count(len(below.reforms)),
            scribe.count(len(below.projects)),
        ],
    )


_REFORM_HEADS = (
    Head.REFORM,
    Head.PROGRAMME,
    Head.LEAD,
    Head.CALENDAR,
    Head.INDICATORS,
    Head.PROGRESS,
    Head.PROJECTS,
    Head.LATE,
    Head.UNREPORTED,
    Head.CONFIDENCE,
)


def _reform(view: View, reform: Reform, progress: WeightedProgress) -> Row:
    scribe = view.scribe
    return Row(
        id=f"reforms/{reform.id}",
        cells=[
            scribe.name(reform),
            view.names("programmes", reform.programme_ids),
            view.lead(reform.lead),
            scribe.period(reform.calendar, Phrase.NO_CALENDAR),
            scribe.count(len(reform.indicator_ids)),
            progress_cell(view, progress) if reform.indicator_ids else scribe.missing(Phrase.NO_INDICATOR),
            scribe.count(len(Subtree.of(view.portfolio, reform).projects)),
            *milestone_counts(view, reform),
            view.rating(reform.ratings),
        ],
    )


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
