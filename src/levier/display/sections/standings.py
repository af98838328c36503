"""How programmes stand, each with all that belongs to it: progress, milestones, money and findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from levier.compute.checks.plan_findings import findings_about
from levier.compute.findings import Finding
from levier.compute.indicators.reforms import programme_progress, reform_progress_of
from levier.compute.indicators.weights import WeightedProgress
from levier.compute.levers.money import Books
from levier.compute.levers.plan_costs import plan_cost
from levier.compute.plan.plan_milestones import milestones_of
from levier.display.heads import Head
from levier.display.pages import Cell, Row, Table
from levier.display.phrases import Phrase
from levier.display.view import View
from levier.display.wording import Caption
from levier.model.belonging import Owner, Subtree
from levier.model.programmes import Programme
from levier.model.quantities import PERCENT
from levier.model.trees import Branch

__all__ = ["milestone_counts", "progress_by_reform", "progress_cell", "standings_of"]

_HEADS = (Head.PROGRAMME, Head.PROGRESS, Head.LATE, Head.UNREPORTED, Head.COST, Head.FINDINGS)
_Details = Mapping[str, WeightedProgress]


def standings_of(view: View, details: _Details, findings: Iterable[Finding]) -> Table:
    """Return how each programme stands, in the order of their tree, with the progress of reforms by their names."""
    found, books = tuple(findings), Books.of(view.portfolio)
    branches = [branch for root in view.portfolio.programmes.tree() for branch in root.walk()]
    rows = [_standing(view, branch, details, found, books) for branch in branches]
    return view.table(Caption.STANDINGS, _HEADS, rows)


def _standing(
    view: View, branch: Branch[Programme], details: _Details, findings: tuple[Finding, ...], books: Books
) -> Row:
    programme, scribe = branch.item, view.scribe
    covers = Subtree.of(view.portfolio, programme)
    cost = plan_cost(covers, books)
    known = scribe.say(Phrase.OF, some=len(cost.coverage.reported), all=cost.coverage.expected)
    money = scribe.euros(cost.value, Phrase.NO_COST)
    text = money.text if cost.value is None else scribe.say(Phrase.KNOWN_COST, amount=money.text, known=known)
    return Row(
        id=f"programmes/{programme.id}/standing",
        cells=[
            scribe.name(programme, branch.depth),
            _progress(view, covers, details),
            *milestone_counts(view, programme),
            Cell(text=text, value=money.value),
            scribe.count(len(findings_about(covers, findings, view.portfolio))),
        ],
    )


def _progress(view: View, covers: Subtree, details: _Details) -> Cell:
    theirs: dict[str, WeightedProgress] = {name: details[name] for name in covers.reform_ids}
    return progress_cell(view, programme_progress(covers, theirs)) if theirs else view.scribe.missing(Phrase.NO_REFORM)


def milestone_counts(view: View, owner: Owner) -> tuple[Cell, Cell]:
    """Return how many milestones of a thing and of all that belongs to it are late, and of how many nothing is said."""
    found = milestones_of(view.portfolio, owner, as_of=view.as_of)
    return view.scribe.count(len(found.late)), view.scribe.count(len(found.unreported))


def progress_by_reform(view: View) -> _Details:
    """Return how far each reform has come in the nation."""
    return {name: reform_progress_of(view.portfolio, name, as_of=view.as_of) for name in view.portfolio.reforms}


def progress_cell(view: View, progress: WeightedProgress) -> Cell:
    """Return a progress, or why there is none."""
    if progress.value is None:
        return view.scribe.missing(progress.reason or Phrase.UNKNOWN)
    return view.scribe.rounded(progress.value, PERCENT, 1)
