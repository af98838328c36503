"""The status of programmes, each with all that belongs to it: progress, milestones, money and findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from levier.compute.checks.check import findings_about
from levier.compute.findings import Finding
from levier.compute.indicators.reforms import programme_progress, reform_progress_of
from levier.compute.indicators.weights import WeightedProgress
from levier.compute.levers.money import Books
from levier.compute.levers.plan_costs import PlanCost, plan_cost
from levier.compute.plan.milestones import PlanMilestones, milestones_of
from levier.display.pages import Cell, Table
from levier.display.phrases import UNKNOWN, in_parentheses, of
from levier.display.view import ColumnOf, View
from levier.model.belonging import Subtree
from levier.model.programmes import Programme
from levier.model.quantities import PERCENT
from levier.model.trees import Branch
from levier.wording.messages import message

__all__ = ["progress_by_reform", "progress_cell", "standings_of"]

_Details = Mapping[str, WeightedProgress]


class _Standing(NamedTuple):
    """The status of a programme."""

    branch: Branch[Programme]
    progress: WeightedProgress | None
    milestones: PlanMilestones
    cost: PlanCost
    findings: int


def standings_of(view: View, details: _Details, findings: Iterable[Finding]) -> Table:
    """Return the status of each programme, in the order of their tree, with the progress of reforms by name."""
    found, books = tuple(findings), Books.of(view.portfolio)
    branches = [branch for root in view.portfolio.programmes.tree() for branch in root.walk()]
    rows = [
        (f"programmes/{branch.item.id}/standing", _standing(view, branch, details, found, books)) for branch in branches
    ]
    caption = message("Programmes: progress, milestones, known cost, findings")
    return view.table("standings", caption, _COLUMNS, rows)


def _standing(
    view: View, branch: Branch[Programme], details: _Details, findings: tuple[Finding, ...], books: Books
) -> _Standing:
    covers = Subtree.of(view.portfolio, branch.item)
    theirs: dict[str, WeightedProgress] = {name: details[name] for name in covers.reform_ids}
    return _Standing(
        branch=branch,
        progress=programme_progress(covers, theirs) if theirs else None,
        milestones=milestones_of(view.portfolio, branch.item, as_of=view.as_of),
        cost=plan_cost(covers, books),
        findings=len(findings_about(covers, findings, view.portfolio)),
    )


def _cost(view: View, row: _Standing) -> Cell:
    cost = row.cost
    if cost.value is None:
        return view.scribe.missing(message("unknown"))
    known = of(len(cost.coverage.reported), cost.coverage.expected)
    return Cell(text=view.scribe.say(in_parentheses(cost.value, known)), value=cost.value.text)


def _progress(view: View, row: _Standing) -> Cell:
    return view.scribe.missing(message("no reform")) if row.progress is None else progress_cell(view, row.progress)


def progress_by_reform(view: View) -> _Details:
    """Return the national progress of each reform."""
    return {name: reform_progress_of(view.portfolio, name, as_of=view.as_of) for name in view.portfolio.reforms}


def progress_cell(view: View, progress: WeightedProgress) -> Cell:
    """Return a progress, or why it is missing."""
    if progress.value is None:
        return view.scribe.missing(progress.reason or UNKNOWN)
    return view.scribe.rounded(progress.value, PERCENT, 1)


_COLUMNS: tuple[ColumnOf[_Standing], ...] = (
    ColumnOf("programme", message("Programme"), lambda view, row: view.scribe.name(row.branch.item, row.branch.depth)),
    ColumnOf("progress", message("Progress"), _progress, numeric=True),
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
    ColumnOf("cost", message("Cost"), _cost, numeric=True),
    ColumnOf("findings", message("Findings"), lambda view, row: view.scribe.count(row.findings), numeric=True),
)
