"""What limits the amounts of the State budget: the caveats of its lines, executions, movements and statements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from levier.display.heads import Head
from levier.display.pages import Cell, Row, Table
from levier.display.view import View
from levier.display.wording import BudgetPart, Caption
from levier.model.budget import BudgetProgramme, TitleGroup

__all__ = ["reserves_table"]

_HEADS = (Head.YEAR, Head.WHAT, Head.CAVEAT, Head.SOURCE)


def reserves_table(view: View, programme: BudgetProgramme, **named: str) -> Table:
    """Return the caveats of a budget programme, by year."""
    found = [(path, _year(part), part) for path, part in _parts(programme) if part.caveat]
    rows = [
        Row(
            id=path,
            cells=[
                Cell(text=str(year), value=str(year)),
                _what(view, path, part),
                view.scribe.text(part.caveat),
                view.source(part.source_id),
            ],
        )
        for path, year, part in sorted(found, key=lambda item: item[1])
        if year <= view.as_of.year
    ]
    return view.table(Caption.RESERVES, _HEADS, rows, **named)


def _parts(programme: BudgetProgramme) -> Iterator[tuple[str, Any]]:
    """Yield what documents state of a budget programme, with its path."""
    for name in BudgetPart:
        for place, part in enumerate(getattr(programme, name.value)):
            yield f"budget_programmes/{programme.id}/{name}/{place}", part


def _year(part: Any) -> int:
    year = getattr(part, "year", None)
    return int(part.on.year if year is None else year)


def _what(view: View, path: str, part: Any) -> Cell:
    """Return what an amount is: the stage of a line or the kind of a movement, with its action and its title."""
    kind = getattr(part, "stage", None) or getattr(part, "kind", None) or BudgetPart(path.split("/")[-2])
    words = [view.scribe.term(kind).text]
    if getattr(part, "action", ""):
        words.append(f"action {part.action}")
    if getattr(part, "title", TitleGroup.ALL) is not TitleGroup.ALL:
        words.append(view.scribe.term(part.title).text)
    return Cell(text=", ".join(words), value=path)
