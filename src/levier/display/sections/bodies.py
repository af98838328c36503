"""Organisations: the numbers published on them, and what sources say about them."""

from __future__ import annotations

from levier.display.pages import Table
from levier.display.phrases import UNKNOWN
from levier.display.sections.figures import figures_of
from levier.display.view import ColumnOf, Owned, View
from levier.model.organisations import Trait
from levier.wording.messages import message

__all__ = ["bodies_tables"]

_COLUMNS: tuple[ColumnOf[Owned[Trait]], ...] = (
    ColumnOf("body", message("Organisation"), lambda view, row: view.body(row.owner.id)),
    ColumnOf("trait", message("Characteristic"), lambda view, row: view.scribe.name(row.part)),
    ColumnOf("duration", message("Duration"), lambda view, row: view.scribe.quantity(row.part.duration, UNKNOWN)),
    ColumnOf("source", message("Source"), lambda view, row: view.source(row.part.source_id)),
)


def bodies_tables(view: View) -> list[Table]:
    """Return the published numbers on organisations, then their traits: for how long, and by which source."""
    traits = [
        (f"organisations/{body.id}/traits/{place}", Owned(body, trait))
        for body in view.portfolio.organisations.values()
        for place, trait in enumerate(body.traits)
    ]
    return [
        figures_of(view, "body-figures", message("Published figures on organisations"), "organisations"),
        view.table("traits", message("What sources say about organisations"), _COLUMNS, traits),
    ]
