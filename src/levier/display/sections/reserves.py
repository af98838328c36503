"""Reservations about the State budget: the caveats of its lines, executions, movements and statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from levier.display.pages import Cell, Table
from levier.display.view import ColumnOf, View
from levier.model.budget import BudgetProgramme
from levier.model.budget_lines import TitleGroup
from levier.wording.messages import Message, items, message, message_in

__all__ = ["reserves_table"]

_PARTS: Mapping[str, Message] = MappingProxyType(
    {
        "lines": message_in("of a budget", "appropriations"),
        "executions": message_in("of a budget", "execution"),
        "movements": message_in("of a budget", "movement"),
        "reserve_rates": message_in("of a budget", "reserve rate"),
        "outstanding": message("outstanding commitments"),
    }
)
"""The documents' statements about a budget programme, by field."""


class _Row(NamedTuple):
    """A document's statement for a year, with its path, and a name where it has none itself."""

    path: str
    year: int
    what: Message
    part: Any


def reserves_table(view: View, programme: BudgetProgramme) -> Table:
    """Return the caveats of a budget programme, by year."""
    found = [row for row in _parts(programme) if row.part.caveat and row.year <= view.as_of.year]
    rows = [(row.path, row) for row in sorted(found, key=lambda row: row.year)]
    caption = message("Programme {id}: caveats on amounts", id=programme.id)
    return view.table(f"reserves-{programme.id}", caption, _COLUMNS, rows)


def _parts(programme: BudgetProgramme) -> Iterator[_Row]:
    """Yield the statements of documents about a budget programme."""
    for name, what in _PARTS.items():
        for place, part in enumerate(getattr(programme, name)):
            yield _Row(f"budget_programmes/{programme.id}/{name}/{place}", _year(part), what, part)


def _year(part: Any) -> int:
    year = getattr(part, "year", None)
    return int(part.on.year if year is None else year)


def _what(view: View, row: _Row) -> Cell:
    """Return what an amount is: the stage of a line or the kind of a movement, with its action and its title."""
    part = row.part
    action, title = getattr(part, "action", ""), getattr(part, "title", TitleGroup.ALL)
    words = items(
        getattr(part, "stage", None) or getattr(part, "kind", None) or row.what,
        message("action {action}", action=action) if action else None,
        None if title is TitleGroup.ALL else title,
    )
    return Cell(text=view.scribe.say(words), value=row.path)


_COLUMNS: tuple[ColumnOf[_Row], ...] = (
    ColumnOf("year", message("Year"), lambda view, row: view.scribe.year(row.year)),
    ColumnOf("what", message("Item"), _what),
    ColumnOf("caveat", message("Caveat"), lambda view, row: view.scribe.text(row.part.caveat)),
    ColumnOf("source", message("Source"), lambda view, row: view.source(row.part.source_id)),
)
