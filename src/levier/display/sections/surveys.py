"""Survey results: always with their question, their base and their n, even where these are unknown."""

from __future__ import annotations

from levier.display.pages import Cell, Table
from levier.display.phrases import NO_CAVEAT
from levier.display.view import ColumnOf, Owned, View
from levier.model.surveys import SurveyResult
from levier.wording.messages import clauses, message

__all__ = ["surveys_table"]


def surveys_table(view: View) -> Table:
    """Return the results of every survey."""
    rows = [
        (f"surveys/{survey.id}/results/{result.id}", Owned(survey, result))
        for survey in view.portfolio.surveys.values()
        for result in survey.results
    ]
    return view.table("surveys", message("Survey results"), _COLUMNS, rows)


def _share(view: View, result: SurveyResult) -> Cell:
    share = result.share
    if share.lower is None or share.lower != share.upper or share.approximate:
        return view.scribe.quantity(share)
    return view.scribe.number(share.lower, share.unit, result.decimals)


def _sample(view: View, result: SurveyResult) -> Cell:
    size = result.sample_size
    return view.scribe.missing(message("sample size unknown")) if size is None else view.scribe.count(size)


def _caveat(view: View, row: Owned[SurveyResult]) -> Cell:
    warning = message("self-selected sample: no margin of error applies") if row.owner.self_selected else None
    return view.scribe.text(clauses(row.part.caveat, warning), NO_CAVEAT)


_COLUMNS: tuple[ColumnOf[Owned[SurveyResult]], ...] = (
    ColumnOf("question", message("Question"), lambda view, row: view.scribe.text(row.part.question)),
    ColumnOf("share", message("Share"), lambda view, row: _share(view, row.part), numeric=True),
    ColumnOf("sample", message("Sample (n)"), lambda view, row: _sample(view, row.part), numeric=True),
    ColumnOf("period", message("Period"), lambda view, row: view.scribe.period(row.part.period)),
    ColumnOf("base", message("Base"), lambda view, row: view.scribe.text(row.part.base or row.owner.population)),
    ColumnOf("caveat", message("Caveat"), _caveat),
    ColumnOf("source", message("Source"), lambda view, row: view.source(row.part.source_id)),
)
