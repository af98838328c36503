"""A report on the terminal; the only door to Rich."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from levier.display.pages import Cell, Report, Section, Table
from levier.display.phrases import Phrase
from levier.errors import MissingExtraError

try:
    from rich import box
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table as Grid
    from rich.text import Text
except ModuleNotFoundError as error:  # pragma: no cover  # the tests have the extra; a subprocess proves the message
    raise MissingExtraError("the command line", "cli,report") from error

__all__ = ["show"]

_PIPED = 160
_NARROWEST_COLUMN = 11


def show(report: Report) -> None:
    """Print a report: as wide as the terminal, or 160 columns where there is none."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # an old terminal shows what it cannot as a question mark
    console = Console(highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = _PIPED
    console.print(Text(report.title, style="bold"))
    for sentence in report.sentences:
        console.print(Text(sentence))
    for section in report.sections:
        if not section.appendix:
            _section(console, section)
    titles = ", ".join(section.title for section in report.sections if section.appendix)
    if titles:
        console.print()
        console.print(Text(Phrase.APPENDIX.label(report.lang).format(titles=titles), style="dim"))


def _section(console: Console, section: Section) -> None:
    console.print()
    console.print(Text(section.title.upper(), style="bold"))
    for sentence in section.sentences:
        console.print(Text(sentence))
    for table in section.tables:
        console.print()
        console.print(Text(table.caption, style="bold italic"))
        fits = console.width >= len(table.columns) * (_NARROWEST_COLUMN + 2)
        console.print(_grid(table) if fits else _records(table))
        for note in table.notes:
            console.print(Text(note, style="dim"))


def _grid(table: Table) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for column in table.columns:
        grid.add_column(Text(column.label), justify="right" if column.numeric else "left", overflow="fold")
    for row in table.rows:
        grid.add_row(*map(_text, row.cells))
    return grid


def _records(table: Table) -> Padding:
    """Return a table too wide for the terminal as one list after the other."""
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            grid.add_row(Text(column.label), _text(cell))
        grid.add_row()
    return Padding(grid, (0, 0, 0, 2))


def _text(cell: Cell) -> Text:
    return Text(cell.text, style="dim italic" if cell.is_missing else "")
