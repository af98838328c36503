"""Survey results: never without their question, their base and their n, even where these are not known."""

from __future__ import annotations

from levier.display.heads import Head
from levier.display.pages import Cell, Row, Table
from levier.display.phrases import Phrase
from levier.display.view import View
from levier.display.wording import Caption
from levier.model.surveys import Survey, SurveyResult

__all__ = ["surveys_table"]

_HEADS = (Head.QUESTION, Head.SHARE, Head.SAMPLE, Head.PERIOD, Head.BASE, Head.CAVEAT, Head.SOURCE)


def surveys_table(view: View) -> Table:
    """Return the results of every survey."""
    rows = [_result(view, survey, result) for survey in view.portfolio.surveys.values() for result in survey.results]
    return view.table(Caption.SURVEYS, _HEADS, rows)


def _result(view: View, survey: Survey, result: SurveyResult) -> Row:
    scribe = view.scribe
    sample = result.sample_size
    return Row(
        id=f"surveys/{survey.id}/results/{result.id}",
        cells=[
            scribe.text(result.question),
            _share(view, result),
            scribe.missing(Phrase.SAMPLE_UNKNOWN) if sample is None else scribe.count(sample),
            scribe.period(result.period),
            scribe.text(result.base or survey.population),
            _caveat(view, survey, result),
            view.source(result.source_id),
        ],
    )


def _share(view: View, result: SurveyResult) -> Cell:
    share = result.share
    if share.lower is None or share.lower != share.upper or share.approximate:
        return view.scribe.quantity(share)
    return view.scribe.number(share.lower, share.unit, result.decimals)


def _caveat(view: View, survey: Survey, result: SurveyResult) -> Cell:
    said = [result.caveat] if result.caveat else []
    if survey.self_selected:
        said.append(view.scribe.say(Phrase.SELF_SELECTED))
    return view.scribe.text(view.scribe.listed(said), Phrase.NONE_F)
