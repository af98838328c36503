"""Published numbers: what is counted, how many, when, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from levier.display.heads import Head
from levier.display.pages import Row, Table
from levier.display.phrases import Phrase
from levier.display.view import View
from levier.display.wording import Caption

__all__ = ["figures_table"]

_HEADS = (Head.FIGURE, Head.SUBJECT, Head.VALUE, Head.PERIOD, Head.UNIVERSE, Head.SOURCE)


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
                view.scribe.sourced(figure.value),
                view.scribe.period(figure.period),
                view.scribe.text(figure.universe, Phrase.UNKNOWN),
                view.source(figure.value.source_id),
            ],
        )
        for path, owner in owners
        for figure in getattr(owner, "figures", ())
    ]
    return view.table(caption, _HEADS, rows, about=about, **values)
