"""Published figures of things, statements of sources about organisations, and what changed of bodies and places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from levier.display.pages import Cell, Table
from levier.display.phrases import NONE, UNDATED, UNKNOWN
from levier.display.view import ColumnOf, Owned, View
from levier.model.establishments import Establishment
from levier.model.figures import Figure
from levier.model.organisations import Trait
from levier.model.territories import Succession
from levier.wording.messages import message, message_in
from levier.wording.said import Value

__all__ = ["bodies_tables", "figures_of", "figures_table"]


def figures_of(view: View, name: str, caption: Value, *registries: str) -> Table:
    """Return the published figures of the things in one or several registries."""
    owners = [(f"{noun}/{item.id}", item) for noun in registries for item in getattr(view.portfolio, noun).values()]
    return figures_table(view, f"{name}-{registries[0]}", caption, owners)


def figures_table(view: View, name: str, caption: Value, owners: Iterable[tuple[str, Any]]) -> Table:
    """Return the published figures of several things, each given with its path."""
    rows = [
        (f"{path}/figures/{figure.id}", Owned(owner, figure))
        for path, owner in owners
        for figure in getattr(owner, "figures", ())
    ]
    return view.table(name, caption, _COLUMNS, rows)


def _period(view: View, figure: Figure) -> Cell:
    """Return the period of a figure; where it has none, the day of the statement, or of its document."""
    if figure.period is not None:
        return view.scribe.period(figure.period)
    stated = figure.value.on or view.portfolio.sources[figure.value.source_id].published_on
    if stated is None:
        return view.scribe.missing(UNDATED)
    return Cell(text=view.scribe.say(message("date of the source: {period}", period=stated)), value=stated.text)


def _caveat(view: View, figure: Figure) -> Cell:
    """Return the reservations about a figure: its source's own words, if any, and the text of `View.caveat`."""
    number = figure.value.value
    words = view.scribe.quantity(number).text
    return view.caveat(
        figure.value, message("in the words of the source, “{words}”", words=words) if number.stated else ""
    )


_COLUMNS: tuple[ColumnOf[Owned[Figure]], ...] = (
    ColumnOf("figure", message("Figure"), lambda view, row: view.scribe.name(row.part)),
    ColumnOf("subject", message("Subject"), lambda view, row: view.scribe.name(row.owner)),
    ColumnOf("value", message("Value"), lambda view, row: view.scribe.bounded(row.part.value.value), numeric=True),
    ColumnOf("period", message("Period"), lambda view, row: _period(view, row.part)),
    ColumnOf("universe", message("What is counted"), lambda view, row: view.scribe.text(row.part.universe, UNKNOWN)),
    ColumnOf("caveat", message("Caveat"), lambda view, row: _caveat(view, row.part)),
    ColumnOf("source", message("Source"), lambda view, row: view.source(row.part.value.source_id)),
)


_TRAIT_COLUMNS: tuple[ColumnOf[Owned[Trait]], ...] = (
    ColumnOf("body", message("Organisation"), lambda view, row: view.body(row.owner.id)),
    ColumnOf("trait", message("Characteristic"), lambda view, row: view.scribe.name(row.part)),
    ColumnOf("duration", message("Duration"), lambda view, row: view.scribe.quantity(row.part.duration, UNKNOWN)),
    ColumnOf("source", message("Source"), lambda view, row: view.source(row.part.source_id)),
)


_ESTABLISHMENT_COLUMNS: tuple[ColumnOf[Owned[Establishment]], ...] = (
    ColumnOf("body", message("Organisation"), lambda view, row: view.body(row.owner.id)),
    ColumnOf("siret", message_in("field", "SIRET"), lambda view, row: view.scribe.text(row.part.siret)),
    ColumnOf("label", message("Establishment"), lambda view, row: view.scribe.text(row.part.label, UNKNOWN)),
    ColumnOf("period", message("Period"), lambda view, row: view.scribe.period(row.part.period)),
    ColumnOf("head-office", message("Head office"), lambda view, row: view.scribe.period(row.part.head_office, NONE)),
)


_SUCCESSION_COLUMNS: tuple[ColumnOf[Owned[Succession]], ...] = (
    ColumnOf("territory", message("Territory"), lambda view, row: view.place(row.owner.id)),
    ColumnOf("day", message("Date"), lambda view, row: view.scribe.day(row.part.on)),
    ColumnOf(
        "predecessors",
        message("Succeeds"),
        lambda view, row: view.names("territories", row.part.predecessor_ids),
    ),
)


def _changes(view: View) -> list[Table]:
    """Return the establishments of organisations and the successions of territories."""
    establishments = [
        (f"organisations/{body.id}/establishments/{one.siret}", Owned(body, one))
        for body in view.portfolio.organisations.values()
        for one in body.establishments
    ]
    successions = [
        (f"territories/{place.id}/successions/{step.on}", Owned(place, step))
        for place in view.portfolio.territories.values()
        for step in place.successions
    ]
    return [
        view.table("establishments", message("Establishments"), _ESTABLISHMENT_COLUMNS, establishments),
        view.table("successions", message("Territories that changed"), _SUCCESSION_COLUMNS, successions),
    ]


def bodies_tables(view: View) -> list[Table]:
    """Return the published figures of organisations, their traits with their sources, and what changed."""
    traits = [
        (f"organisations/{body.id}/traits/{place}", Owned(body, trait))
        for body in view.portfolio.organisations.values()
        for place, trait in enumerate(body.traits)
    ]
    return [
        figures_of(view, "body-figures", message("Published figures on organisations"), "organisations"),
        view.table("traits", message("What sources say about organisations"), _TRAIT_COLUMNS, traits),
        *_changes(view),
    ]
