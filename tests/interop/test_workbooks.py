"""Excel workbooks are read as people see them, and nothing in them is lost in silence."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from levier import Day
from levier.interop.cells import Cell, Number, day, number, period
from levier.interop.reading import FileProblem, FileProblemKind, Row
from levier.interop.workbooks import Sheet, opened

DATA = Path(__file__).parents[3] / "shared" / "data"


def saved(book: Workbook) -> bytes:
    """Return a workbook as bytes."""
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def book_of(*rows: list[Any], formats: dict[str, str] | None = None) -> bytes:
    """Return a workbook with one sheet of rows, some of whose cells have a format."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for place, shown_as in (formats or {}).items():
        sheet[place].number_format = shown_as
    return saved(book)


def sheets(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook that can be opened."""
    found = opened(data, "suivi.xlsx")
    assert isinstance(found, tuple), found
    return found


def cells(data: bytes) -> list[list[Cell]]:
    """Return the cells of the rows of the first sheet, none of which has a problem."""
    rows = list(sheets(data)[0].rows())
    assert not any(row.problem for row in rows)
    return [list(row.cells) for row in rows]


SHOWN: list[tuple[Any, str, Cell]] = [
    (0.86, "0%", Number(Decimal(86), "%")),
    (0.8605, "0.00%", Number(Decimal("86.05"), "%")),
    (0.07, "0.0 %", Number(Decimal(7), "%")),
    (86, '0 "%"', Number(Decimal(86))),
    (86, r"0\%", Number(Decimal(86))),
    (0.1, "General", Number(Decimal("0.1"))),
    (78257945.07, "#,##0.00", Number(Decimal("78257945.07"))),
    (1e21, "General", Number(Decimal(10) ** 21)),
    (12.5, '#,##0.00 "€"', Number(Decimal("12.5"), "€")),
    (12, "[$€-40C]#,##0", Number(Decimal(12), "€")),
    (date(2019, 6, 14), "dd/mm/yyyy", Day(2019, 6, 14)),
    (datetime(2019, 6, 14), "dd/mm/yyyy", Day(2019, 6, 14)),  # noqa: DTZ001  # spreadsheets have no time zones
    (datetime(2019, 6, 14, 12, 30), "dd/mm/yyyy hh:mm", "2019-06-14 12:30:00"),  # noqa: DTZ001  # as above
    (time(12, 30), "hh:mm", "12:30:00"),
    (True, "General", "TRUE"),
    ("SO", "General", "SO"),
    (" 42,8 M€", "General", " 42,8 M€"),
    ("#DIV/0!", "General", "#DIV/0!"),
]


@pytest.mark.parametrize(("value", "shown_as", "expected"), SHOWN, ids=str)
def test_a_cell_is_what_people_see(value: Any, shown_as: str, expected: Cell) -> None:
    """A number has its shortest digits, and the unit with which it is shown; a day is a day, a text a text."""
    assert cells(book_of([value], formats={"A1": shown_as})) == [[expected]]


def test_cells_are_read_like_those_of_texts() -> None:
    """What a spreadsheet keeps as a number or a day needs no grammar."""
    assert number(Number(Decimal(86), "%")) == Number(Decimal(86), "%")
    assert day(Day(2019, 6, 14)) == Day(2019, 6, 14)
    assert str(period(Number(Decimal(2019)))) == "2019"
    assert not isinstance(day(Number(Decimal(43630))), Day), "a serial may be any number"
    assert number(Day(2019, 6, 14)) == number("2019-06-14")


def test_lines_are_those_of_the_spreadsheet() -> None:
    """Empty rows are left out and counted; cells at the end that are empty are left out."""
    rows = list(sheets(book_of(["a", None, "b", None], [], [None, 1]))[0].rows())
    assert rows == [Row(1, ["a", "", "b"]), Row(3, ["", Number(Decimal(1))])]


def test_every_sheet_is_there_and_hidden_ones_say_so() -> None:
    """A sheet that people hid is read like the others, and known as hidden."""
    book = Workbook()
    book.worksheets[0].title = "Suivi"
    book.create_sheet("Brouillon").sheet_state = "hidden"
    assert [(each.sheet, each.is_hidden) for each in sheets(saved(book))] == [("Suivi", False), ("Brouillon", True)]


def test_a_formula_without_its_result_is_refused() -> None:
    """A program that computes nothing saves no results, as openpyxl does; an empty cell would be a loss."""
    (first, second) = sheets(book_of(["a", 1], ["b", "=B1*2"]))[0].rows()
    assert first.problem is None
    assert second.problem is not None
    assert second.problem.explain("fr").startswith("suivi.xlsx, feuille Sheet, ligne 2, colonne B")
    assert second.problem.found == "=B1*2"


@pytest.mark.parametrize("data", [b"", b"a;b", b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"], ids=repr)
def test_what_is_no_workbook_is_said(data: bytes) -> None:
    """Another file is told with its name, and nothing is raised."""
    found = opened(data, "suivi.xlsx")
    assert isinstance(found, FileProblem)
    assert found.kind == FileProblemKind.UNREADABLE
    assert found.explain("fr").startswith("suivi.xlsx")


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=4))
def test_a_broken_workbook_is_a_problem(place: int, noise: bytes) -> None:
    """Whatever is broken in the bytes, a workbook is read or told as broken, at once or at the row where it breaks."""
    data = bytearray(BOOK)
    data[place % len(data) : place % len(data) + len(noise)] = noise
    found = opened(bytes(data))
    for sheet in found if isinstance(found, tuple) else ():
        list(sheet.rows())


BOOK = book_of(["Libellé", "Cible"], ["Délai", 0.86])


@given(
    st.lists(st.lists(st.integers(-(10**12), 10**12) | st.decimals(-(10**6), 10**6, places=3), min_size=1), max_size=5)
)
def test_numbers_come_back_exactly(rows: list[list[Decimal | int]]) -> None:
    """Numbers of up to fifteen digits, which is all that a spreadsheet keeps, come back digit by digit."""
    found = cells(book_of(*rows))
    assert found == [[Number(Decimal(value)) for value in row] for row in rows]


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not here")
def test_a_published_workbook_is_read_whole() -> None:
    """The list of 120 territories has its rows, and no problem."""
    found = sheets((DATA / "pilote" / "referentiel_territoires.xlsx").read_bytes())
    rows = [row for sheet in found for row in sheet.rows()]
    assert len(rows) > 120
    assert not any(row.problem for row in rows)
