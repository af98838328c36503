"""Published numbers: what is counted, how many, when, with what reserve, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from levier.display.heads import Head
from levier.display.pages import Cell, Row, Table
from levier.display.phrases import Phrase
from levier.display.view import View
from levier.display.wording import Caption
from levier.model.figures import Figure

__all__ = ["figures_of", "figures_table"]

_HEADS = (Head.FIGURE, Head.SUBJECT, Head.VALUE, Head.PERIOD, Head.UNIVERSE, Head.CAVEAT, Head.SOURCE)


def figures_of(view: View, caption: Caption, *registries: str) -> Table:
    """Return the published numbers of the things of one or several registries."""
    owners = [(f"{name}/{item.id}", item) for name in registries for item in getattr(view.portfolio, name).values()]
    return figures_table(view, caption, owners, about=registries[0])


def figures_table(
    view: View, caption: Caption, owners: Iterable[tuple[str, Any]], *, about: str, **values: str
) -> Table:
    """Return the published numbers of several things, each given with its path."""
    rows = [
        Row(
            id=f"{path}/figures/{figure.id}",
            cells=[
                view.scribe.name(figure),
                view.scribe.name(owner),
                view.scribe.bounded(figure.value.value),
                _period(view, figure),
                view.scribe.text(figure.universe, Phrase.UNKNOWN),
                _caveat(view, figure),
                view.source(figure.value.source_id),
            ],
        )
        for path, owner in owners
        for figure in getattr(owner, "figures", ())
    ]
    return view.table(caption, _HEADS, rows, about=about, **values)


def _period(view: View, figure: Figure) -> Cell:
    """Return when a number held; where the source does not say, when it was stated, or its document published."""
    if figure.period is not None:
        return view.scribe.period(figure.period)
    stated = figure.value.on or view.portfolio.sources[figure.value.source_id].published_on
    if stated is None:
        return view.scribe.missing(Phrase.UNDATED)
    return Cell(text=view.scribe.say(Phrase.STATED_IN, period=view.scribe.period(stated).text), value=stated.text)


def _caveat(view: View, figure: Figure) -> Cell:
    """Return what limits a number: the words of its source where it is worded, and what `View.caveat` says."""
    number = figure.value.value
    words = view.scribe.say(Phrase.IN_WORDS, words=view.scribe.quantity(number).text) if number.stated else ""
    return view.caveat(figure.value, words)
