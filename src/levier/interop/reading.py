"""
What reading a file gives: its rows, and problems with their places.

A problem names the file, the sheet, the line and the column, what was found and what was expected, in French and in
English, so that people mend the file from the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from attrs import field, frozen

from levier.errors.final import final
from levier.interop.cells import Cell
from levier.model.terms import Term
from levier.wording.explained import Explained
from levier.wording.messages import items, message
from levier.wording.said import Said

__all__ = ["FileProblem", "FileProblemKind", "Row"]

_SHOWN = 80
"""The most characters of a cell that a problem shows."""


class FileProblemKind(Term):
    """The kinds of problem that a file of tables may have."""

    UNREADABLE = "unreadable", "fichier illisible", "unreadable file"
    OPEN_QUOTE = "open-quote", "guillemet non fermé", "open quotation mark"
    VALUE = "value", "valeur", "value"


@final
@frozen(kw_only=True)
class FileProblem(Explained):
    """
    One problem of a file of tables.

    Attributes:
        kind: Its kind.
        expected: What was expected, a translatable text.
        found: The text of the cell, or what was found instead; empty if nothing was.
        file: The name of the file; empty if it has none.
        sheet: The name of the sheet; empty in a file without sheets.
        line: The line, counted from 1 as editors and spreadsheets do; `None` if it is about the whole file.
        column: The header of the column; empty if it is about the whole row.

    >>> problem = FileProblem(
    ...     kind="value", file="suivi.csv", line=7, column="Cible", found="SO?", expected=message("a number")
    ... )
    >>> print(problem.explain("en"))
    suivi.csv, line 7, column Cible: expected a number, found “SO?”
    """

    kind: FileProblemKind = field(converter=FileProblemKind)
    expected: Said
    found: str = ""
    file: str = ""
    sheet: str = ""
    line: int | None = None
    column: str = ""

    @property
    def message(self) -> Said:
        """The place, what was expected and what was found."""
        place = items(
            self.file,
            message("sheet {sheet}", sheet=self.sheet) if self.sheet else None,
            None if self.line is None else message("line {line}", line=str(self.line)),
            message("column {column}", column=self.column) if self.column else None,
        )
        if not self.found:
            return message("{place}: expected {expected}", place=place, expected=self.expected)
        return message(
            "{place}: expected {expected}, found “{found}”", place=place, expected=self.expected, found=_cut(self.found)
        )


class Row(NamedTuple):
    """A row of a file, or the problem that kept it from being read."""

    line: int
    """The line at which it begins, counted from 1."""
    cells: Sequence[Cell]
    problem: FileProblem | None = None


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
