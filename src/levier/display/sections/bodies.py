"""Bodies: the numbers published of them, and what sources say that they do."""

from __future__ import annotations

from levier.display.heads import Head
from levier.display.pages import Row, Table
from levier.display.phrases import Phrase
from levier.display.sections.figures import figures_of
from levier.display.view import View
from levier.display.wording import Caption

__all__ = ["bodies_tables"]

_HEADS = (Head.BODY, Head.TRAIT, Head.DURATION, Head.SOURCE)


def bodies_tables(view: View) -> list[Table]:
    """Return the published numbers of bodies, then their traits: for how long, and by which source."""
    rows = [
        Row(
            id=f"organisations/{body.id}/traits/{place}",
            cells=[
                view.body(body.id),
                view.scribe.name(trait),
                view.scribe.quantity(trait.duration, Phrase.UNKNOWN),
                view.source(trait.source_id),
            ],
        )
        for body in view.portfolio.organisations.values()
        for place, trait in enumerate(body.traits)
    ]
    return [figures_of(view, Caption.BODY_FIGURES, "organisations"), view.table(Caption.TRAITS, _HEADS, rows)]
