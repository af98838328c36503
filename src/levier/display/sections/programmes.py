"""Programmes with their events and reforms, and the published figures about them and about organisations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from levier.compute.findings import Finding
from levier.compute.indicators.weights import WeightedProgress
from levier.compute.plan.milestones import PlanMilestones, milestones_of
from levier.display.pages import Cell, Section, Table
from levier.display.phrases import NO_CALENDAR
from levier.display.sections.figures import bodies_tables, figures_of
from levier.display.sections.projects import milestones_table, projects_tables
from levier.display.sections.standings import progress_by_reform, progress_cell, standings_of
from levier.display.sections.watch import decisions_of, risks_of
from levier.display.view import ColumnOf, Owned, View
from levier.model.belonging import Subtree
from levier.model.events import Event
from levier.model.identifiers import OrganisationId
from levier.model.programmes import Reform
from levier.wording.messages import message

__all__ = ["programmes_section"]


class _Reform(NamedTuple):
    """A reform, its progress, and its milestones."""

    reform: Reform
    progress: WeightedProgress
    milestones: PlanMilestones


def programmes_section(view: View, findings: Iterable[Finding] = ()) -> Section:
    """Return the plans: programmes, reforms, projects, their dates, and their published figures."""
    details = progress_by_reform(view)
    plans = [
        _programmes(view),
        _pledges(view),
        standings_of(view, details, findings),
        _reforms(view, details),
        *projects_tables(view),
    ]
    dates = [milestones_table(view), risks_of(view), decisions_of(view), _events(view)]
    caption = message("Published figures on programmes, reforms and projects")
    figures = figures_of(view, "plan-figures", caption, "programmes", "reforms", "projects")
    title = message("Programmes, reforms and projects")
    return view.section("programmes", title, [*plans, *dates, figures, *bodies_tables(view)])


def _programmes(view: View) -> Table:
    branches = [branch for root in view.portfolio.programmes.tree() for branch in root.walk()]
    rows = [
        (f"programmes/{branch.item.id}", Owned(branch, Subtree.of(view.portfolio, branch.item))) for branch in branches
    ]
    notes = [message("A programme includes its sub-programmes; each reform and each project counts once.")]
    return view.table("programmes", message("Transformation programmes"), _COLUMNS, rows, notes)


def _pledges(view: View) -> Table:
    """Return the office holders who promised a programme in public."""
    rows = [
        (f"programmes/{programme.id}/pledged_by_ids/{body}", Owned(programme, body))
        for programme in view.portfolio.programmes.values()
        for body in programme.pledged_by_ids
    ]
    return view.table("pledges", message("Public pledges"), _PLEDGE_COLUMNS, rows)


def _reforms(view: View, details: Mapping[str, WeightedProgress]) -> Table:
    rows = [
        (
            f"reforms/{reform.id}",
            _Reform(reform, details[reform.id], milestones_of(view.portfolio, reform, as_of=view.as_of)),
        )
        for reform in view.portfolio.reforms.values()
    ]
    return view.table("reforms", message("Reforms: lead, calendar, progress"), _REFORM_COLUMNS, rows)


def _events(view: View) -> Table:
    dated = [Owned(programme, event) for programme in view.portfolio.programmes.values() for event in programme.events]
    dated.sort(key=lambda row: (row.part.on.value, row.owner.id, row.part.id))
    rows = ((f"programmes/{row.owner.id}/events/{row.part.id}", row) for row in dated)
    return view.table("events", message("Dated events"), _EVENT_COLUMNS, rows)


def _progress(view: View, row: _Reform) -> Cell:
    if not row.reform.indicator_ids:
        return view.scribe.missing(message("no indicator"))
    return progress_cell(view, row.progress)


def _projects(view: View, row: _Reform) -> Cell:
    return view.scribe.count(len(Subtree.of(view.portfolio, row.reform).projects))


_COLUMNS: tuple[ColumnOf[Owned[Subtree]], ...] = (
    ColumnOf("programme", message("Programme"), lambda view, row: view.scribe.name(row.owner.item, row.owner.depth)),
    ColumnOf("kind", message("Kind"), lambda view, row: view.scribe.term(row.owner.item.kind)),
    ColumnOf("owner", message("Owner"), lambda view, row: view.body(row.owner.item.owner_id)),
    ColumnOf(
        "calendar", message("Calendar"), lambda view, row: view.scribe.period(row.owner.item.calendar, NO_CALENDAR)
    ),
    ColumnOf("reforms", message("Reforms"), lambda view, row: view.scribe.count(len(row.part.reforms)), numeric=True),
    ColumnOf(
        "projects", message("Projects"), lambda view, row: view.scribe.count(len(row.part.projects)), numeric=True
    ),
)
_PLEDGE_COLUMNS: tuple[ColumnOf[Owned[OrganisationId]], ...] = (
    ColumnOf("programme", message("Programme"), lambda view, row: view.scribe.name(row.owner)),
    ColumnOf("pledged-by", message("Pledged by"), lambda view, row: view.body(row.part)),
)
_REFORM_COLUMNS: tuple[ColumnOf[_Reform], ...] = (
    ColumnOf("reform", message("Reform"), lambda view, row: view.scribe.name(row.reform)),
    ColumnOf("programme", message("Programme"), lambda view, row: view.names("programmes", row.reform.programme_ids)),
    ColumnOf("lead", message("Lead"), lambda view, row: view.lead(row.reform.lead)),
    ColumnOf("calendar", message("Calendar"), lambda view, row: view.scribe.period(row.reform.calendar, NO_CALENDAR)),
    ColumnOf(
        "indicators",
        message("Indicators"),
        lambda view, row: view.scribe.count(len(row.reform.indicator_ids)),
        numeric=True,
    ),
    ColumnOf("progress", message("Progress"), _progress, numeric=True),
    ColumnOf("projects", message("Projects"), _projects, numeric=True),
    ColumnOf(
        "late",
        message("Late milestones, projects included"),
        lambda view, row: view.scribe.count(len(row.milestones.late)),
        numeric=True,
    ),
    ColumnOf(
        "unreported",
        message("Milestones past due, not reported"),
        lambda view, row: view.scribe.count(len(row.milestones.unreported)),
        numeric=True,
    ),
    ColumnOf("confidence", message("Confidence rating"), lambda view, row: view.rating(row.reform.ratings)),
)
_EVENT_COLUMNS: tuple[ColumnOf[Owned[Event]], ...] = (
    ColumnOf("event", message("Event"), lambda view, row: view.scribe.name(row.part)),
    ColumnOf("date", message("Date"), lambda view, row: view.scribe.period(row.part.on.value)),
    ColumnOf("programme", message("Programme"), lambda view, row: view.scribe.name(row.owner)),
    ColumnOf("caveat", message("Caveat"), lambda view, row: view.caveat(row.part.on)),
    ColumnOf("source", message("Source"), lambda view, row: view.source(row.part.on.source_id)),
)
