"""A report on the terminal; the only module that uses Rich."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from levier.cli.widths import GAP, folded, narrowest, widths_within
from levier.display.pages import Cell, Report, Section, Table
from levier.errors import MissingExtraError
from levier.errors.final import final
from levier.wording.messages import items, message

try:
    from rich import box
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table as Grid
    from rich.text import Text
except ModuleNotFoundError as _error:  # pragma: no cover  # the tests have the extra; a subprocess proves the message
    raise MissingExtraError("the command line", "cli,report") from _error

__all__ = ["show"]

_PIPED = 160
_INDENT = 2


def show(report: Report) -> None:
    """Print a report as wide as the terminal; without a terminal, in 160 columns or as many as a table needs."""
    console = Console(highlight=False, soft_wrap=False)
    is_piped = not console.is_terminal
    console.width = max([_PIPED, *(_least(table) for table in _tables(report))] if is_piped else [console.width, 1])
    page = _Page(console, min(console.width, _PIPED) if is_piped else console.width)
    page.say(report.title, "bold")
    for sentence in report.sentences:
        page.say(sentence)
    for section in report.sections:
        if not section.appendix:
            _section(page, section)
    titles = items(*(section.title for section in report.sections if section.appendix))
    if titles.parts:
        console.print()
        appendix = message("In the appendix of reports written to a file (--output): {titles}.", titles=titles)
        page.say(appendix.say(report.lang), "dim")


@final
@frozen
class _Page:
    """A terminal, with the width at which text is wrapped."""

    console: Console
    width: int

    def say(self, text: str, style: str = "") -> None:
        """Print a text, wrapped between words."""
        self.console.print(Text(folded(text, self.width), style=style), soft_wrap=True)


def _tables(report: Report) -> Iterator[Table]:
    for section in report.sections:
        if not section.appendix:
            yield from section.tables


def _columns(table: Table) -> list[list[str]]:
    return [
        [column.label, *(row.cells[place].text for row in table.rows)] for place, column in enumerate(table.columns)
    ]


def _least(table: Table) -> int:
    return sum(map(narrowest, _columns(table))) + GAP * (len(table.columns) - 1)


def _section(page: _Page, section: Section) -> None:
    page.console.print()
    page.say(section.title.upper(), "bold")
    for sentence in section.sentences:
        page.say(sentence)
    for table in section.tables:
        page.console.print()
        page.say(table.caption, "bold italic")
        widths = widths_within(_columns(table), max(page.width, _least(table)) if page.width == _PIPED else page.width)
        page.console.print(_records(table, page.width) if widths is None else _grid(table, widths))
        for note in table.notes:
            page.say(note, "dim")


def _grid(table: Table, widths: list[int]) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for column, width in zip(table.columns, widths, strict=True):
        side: Literal["left", "right"] = "right" if column.numeric else "left"
        grid.add_column(Text(folded(column.label, width)), justify=side, width=width, no_wrap=True)
    for row in table.rows:
        grid.add_row(*(_text(cell, width) for cell, width in zip(row.cells, widths, strict=True)))
    return grid


def _records(table: Table, width: int) -> Padding:
    """Return a table that is too wide for the terminal as a list for each row."""
    labels = max(len(column.label) for column in table.columns)
    left = max(width - labels - 2 * _INDENT, 1)
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            grid.add_row(Text(column.label), _text(cell, left))
        grid.add_row()
    return Padding(grid, (0, 0, 0, _INDENT))


def _text(cell: Cell, width: int) -> Text:
    return Text(folded(cell.text, width), style="dim italic" if cell.is_missing else "")
