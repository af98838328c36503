"""CSV files are read as they are found, with every row told: read, or refused with its line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.interop.delimited import SEPARATORS, Delimited, opened
from levier.interop.reading import FileProblem, Row

DATA = Path(__file__).parents[3] / "shared" / "data"


def read(data: bytes) -> Delimited:
    """Return an opened file."""
    found = opened(data, "suivi.csv")
    assert isinstance(found, Delimited), found
    return found


ENCODED = {
    "utf-8": "é;€\n1;2\n".encode(),
    "utf-8 with its mark": "é;€\n1;2\n".encode("utf-8-sig"),
    "cp1252": "é;€\n1;2\n".encode("cp1252"),
    "utf-16": "é;€\n1;2\n".encode("utf-16"),
}


@pytest.mark.parametrize(("name", "data"), ENCODED.items(), ids=ENCODED)
def test_the_encoding_is_found(name: str, data: bytes) -> None:
    """French letters and the euro sign are read in the four encodings that offices use, without a byte order mark."""
    found = read(data)
    assert found.encoding == name.split(maxsplit=1)[0]
    assert [row.cells for row in found.rows()] == [["é", "€"], ["1", "2"]]


@pytest.mark.parametrize(
    ("data", "found"),
    [(b"%PDF-1.7\n", "PDF"), (b"PK\x03\x04..", "ZIP"), (b"\xd0\xcf\x11\xe0\xa1", "XLS"), (b"a\0b", ""), (b"\x81", "")],
)
def test_what_is_no_text_is_said(data: bytes, found: str) -> None:
    """A file of another kind that was named .csv is named, in both languages."""
    problem = opened(data, "suivi.csv")
    assert isinstance(problem, FileProblem)
    assert problem.found.startswith(found)
    assert problem.explain("en").startswith("suivi.csv: expected a t")
    assert problem.explain("fr").startswith("suivi.csv\xa0: attendu")


SEPARATED = {
    "a;b\n1,5;2,5\n": ";",
    "a,b\n1,2\n": ",",
    "a\tb\n1,5\t2,5\n": "\t",
    "a|b\n1|2\n": "|",
    'a,b\n"x;y;z",2\n"x;y",3\n': ",",
    "Titre ; de la page\n\na,b,c\n1,2,3\n4,5,6\n": ",",
    "seule\ncolonne\n": ";",
    "": ";",
    "354 523 095;12\n1 234;5\n": ";",
}


@pytest.mark.parametrize(("text", "separator"), SEPARATED.items(), ids=repr)
def test_the_separator_is_found(text: str, separator: str) -> None:
    """The separator is what cuts most rows alike, whatever numbers and quoted cells hold."""
    assert read(text.encode()).separator == separator


def test_an_open_quotation_mark_costs_its_own_row() -> None:
    """A quotation mark that is never closed does not swallow the rows after it."""
    rows = list(read(b'a;b\n1;"deux\n3;4\n5;6\n').rows())
    assert [(row.line, row.cells) for row in rows] == [(1, ["a", "b"]), (2, []), (3, ["3", "4"]), (4, ["5", "6"])]
    problem = rows[1].problem
    assert problem is not None
    assert problem.explain("en").startswith("suivi.csv, line 2: expected quotation marks in pairs")
    assert problem.explain("en").endswith('found “1;"deux”')


def test_a_stray_quotation_mark_costs_its_own_row() -> None:
    """A mark that the next one seems to close is found as well, because a cell goes on after it."""
    rows = list(read(b'a;b\n1;"12 pouces\n2;"13"\n3;4\n').rows())
    assert [row.cells for row in rows] == [["a", "b"], [], ["2", "13"], ["3", "4"]]


def test_a_cell_of_several_lines_is_one_cell() -> None:
    """Lines are counted as an editor does, also after a cell that has several."""
    rows = list(read(b'a;b\r\n"un\r\ndeux";2\r\n\r\n3;4').rows())
    assert rows == [Row(1, ["a", "b"]), Row(2, ["un\r\ndeux", "2"]), Row(5, ["3", "4"])]


def test_many_open_marks_take_no_quadratic_time() -> None:
    """Each row of a long file may have an open mark: all are told, in time that grows with the file."""
    data = b"".join(b'%d;"x\n' % number for number in range(4001))
    rows = list(read(data).rows())
    assert [row.line for row in rows] == list(range(1, 4002))
    assert sum(row.problem is not None for row in rows) >= 1


cells = st.text(alphabet="aé€;,\t|\"' 1.\n\r", max_size=6)


@given(st.lists(st.lists(cells, min_size=2, max_size=4), max_size=8), st.sampled_from(SEPARATORS))
def test_what_the_standard_library_writes_is_read_back(rows: list[list[str]], separator: str) -> None:
    """Every table comes back cell by cell, with whatever stands in its cells, once its separator is known."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator, lineterminator="\r\n").writerows(rows)
    found = Delimited(name="", encoding="utf-8", separator=separator, text=written.getvalue())
    assert [row.cells for row in found.rows()] == rows
    assert not any(row.problem for row in found.rows())


@given(st.binary(max_size=60) | st.text(alphabet='a;,"\n\r', max_size=60).map(str.encode))
def test_every_line_is_told(data: bytes) -> None:
    """Whatever the bytes are, every line that holds something is in a row, read or refused; nothing fails."""
    found = opened(data)
    if isinstance(found, Delimited):
        rows = list(found.rows())
        lines = [row.line for row in rows]
        assert lines == sorted(set(lines))
        told = "".join(
            "".join(map(str, row.cells)) + ("" if row.problem is None else row.problem.found) for row in rows
        )
        marks = dict.fromkeys(map(ord, f'{found.separator}"\r\n'))
        assert told.translate(marks) == found.text.translate(marks)


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not here")
def test_the_published_files_are_read_whole() -> None:
    """Every CSV file of the shared data is opened, and none of its rows has a problem."""
    files = sorted(DATA.rglob("*.csv"))
    assert len(files) > 20
    for path in files:
        found = read(path.read_bytes())
        assert [row for row in found.rows() if row.problem] == [], path
