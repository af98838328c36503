"""
Excel workbooks (.xlsx), the only module that imports openpyxl: every sheet, hidden ones too, cell by cell.

A number is read as a spreadsheet keeps it, in its shortest form, and as people see it: 0.86 shown as 86 % is 86, in
percent. A formula gives the result that was saved with it; where none was saved, the cell is refused, because an empty
cell would be a loss in silence.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import count, repeat
from typing import Any
from zipfile import ZipFile

from attrs import field, frozen

from levier.errors import MissingExtraError
from levier.errors.final import final
from levier.interop.cells import Cell, Number
from levier.interop.reading import FileProblem, FileProblemKind, Row
from levier.model.periods import Day
from levier.wording.messages import message

try:
    from openpyxl import load_workbook
    from openpyxl.utils import get_column_letter
except ImportError as _error:  # pragma: no cover  # the tests have it
    raise MissingExtraError("reading Excel workbooks", "xlsx") from _error

__all__ = ["Sheet", "opened"]

_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
"""What a number format shows as it is, or says of colours and languages: no sign in it changes the number."""


@final
@frozen(kw_only=True)
class Sheet:
    """
    One sheet of a workbook.

    Attributes:
        name: The name of the file, for problems; empty if it has none.
        sheet: The name of the sheet.
        is_hidden: Whether people see it only if they unhide it.
    """

    name: str
    sheet: str
    is_hidden: bool
    _data: bytes = field(repr=False, alias="data")
    _has_formulas: bool = field(repr=False, alias="has_formulas")

    def rows(self) -> Iterator[Row]:
        """Yield every row with a cell that is not empty; cells at the end that are empty are left out."""
        formulas = self._rows(results=False) if self._has_formulas else repeat(())
        pairs = zip(self._rows(results=True), formulas, strict=False)
        for line in count(1):
            try:
                cells, written = next(pairs)
            except StopIteration:
                return
            except Exception as error:  # noqa: BLE001  # openpyxl and the XML parser raise many kinds for a broken file
                yield Row(line, (), self._unreadable(line, error))
                return
            yield from self._row(line, cells, written)

    def _rows(self, *, results: bool) -> Iterator[Sequence[Any]]:
        held = load_workbook(io.BytesIO(self._data), read_only=True, data_only=results, keep_links=False)[self.sheet]
        held.reset_dimensions()  # what a file says of its size is often wrong
        yield from held.iter_rows()

    def _row(self, line: int, cells: Sequence[Any], written: Sequence[Any]) -> Iterator[Row]:
        held = [_cell(cell) for cell in cells]
        unsaved = [cell for cell, value in zip(written, held, strict=False) if cell.data_type == "f" and value == ""]
        while held and held[-1] == "":
            held.pop()
        if unsaved:
            yield Row(line, held, self._unsaved(line, unsaved[0]))
        elif held:
            yield Row(line, held)

    def _unsaved(self, line: int, cell: Any) -> FileProblem:
        return FileProblem(
            kind=FileProblemKind.VALUE,
            file=self.name,
            sheet=self.sheet,
            line=line,
            column=get_column_letter(cell.column),
            expected=message("a formula that was saved with its result: open the file in a spreadsheet and save it"),
            found=str(cell.value),
        )

    def _unreadable(self, line: int, error: Exception) -> FileProblem:
        return FileProblem(
            kind=FileProblemKind.UNREADABLE,
            file=self.name,
            sheet=self.sheet,
            line=line,
            expected=message("a sheet that can be read to its end"),
            found=str(error),
        )


def opened(data: bytes, name: str = "") -> tuple[Sheet, ...] | FileProblem:
    """
    Return the sheets of a workbook in their order; a problem if it is none.

    >>> from openpyxl import Workbook
    >>> book, kept = Workbook(), io.BytesIO()
    >>> book.active.append(["Cible", 0.86])
    >>> book.active["B1"].number_format = "0 %"
    >>> book.save(kept)
    >>> [row.cells for row in opened(kept.getvalue())[0].rows()]
    [['Cible', Number(value=Decimal('86'), unit='%')]]
    """
    try:
        with ZipFile(io.BytesIO(data)) as parts:
            sheets = [each for each in parts.namelist() if each.startswith("xl/worksheets/")]
            has_formulas = any(b"<f" in parts.read(each) for each in sheets)
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    except Exception as error:  # noqa: BLE001  # as above
        return FileProblem(
            kind=FileProblemKind.UNREADABLE,
            file=name,
            expected=message("an Excel workbook (.xlsx), without a password"),
            found=str(error),
        )
    return tuple(
        Sheet(
            name=name,
            sheet=sheet.title,
            is_hidden=sheet.sheet_state != "visible",
            data=data,
            has_formulas=has_formulas,
        )
        for sheet in book.worksheets
    )


def _cell(cell: Any) -> Cell:
    """Return what a cell holds; errors such as `#DIV/0!` stay text, which no number or day is read from."""
    match value := cell.value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case int() | float():
            return _number(value, cell.number_format)
        case datetime() if value.time() == time():
            return Day(value.year, value.month, value.day)
        case date() if not isinstance(value, datetime):
            return Day(value.year, value.month, value.day)
        case _:
            return str(value)


def _number(value: float, shown_as: str) -> Number:
    """Return a number as people see it, in its shortest form."""
    shown = _LITERAL.sub("", shown_as)
    if "%" in shown:
        return Number(Decimal(f"{Decimal(f'{value!r}e2'):f}"), "%")
    return Number(Decimal(f"{Decimal(repr(value)):f}"), "€" if "€" in shown_as else "")
