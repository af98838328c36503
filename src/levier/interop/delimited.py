"""
CSV files as they are found: their encoding and separator are detected and told, and no row is lost in silence.

The rows are those of the standard library's reader. Two things are watched beside it: a quotation mark that is not
closed, which would swallow the rows after it, and bytes that are of another encoding.
"""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter, deque
from collections.abc import Iterator
from itertools import islice
from typing import Self

from attrs import field, frozen

from levier.errors.final import final
from levier.interop.reading import FileProblem, FileProblemKind, Row
from levier.wording.messages import Message, message

__all__ = ["Delimited", "opened"]

SEPARATORS = ";,\t|"
"""The separators that are looked for; where two fit alike, the first one is taken."""
_SAMPLE_ROWS = 50
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\xd0\xcf\x11\xe0", "XLS (Excel 97-2003)"),
    (b"\x1f\x8b", "GZIP"),
    (b"\x89PNG", "PNG"),
)
"""What other files begin with that people rename to .csv."""


@final
@frozen(kw_only=True)
class Delimited:
    """
    A CSV file: its text, with what was detected.

    Attributes:
        name: The name of the file, for problems; empty if it has none.
        encoding: `utf-8`, `utf-16` or `cp1252`.
        separator: The separator of cells.
        text: The text of the file.
    """

    name: str
    encoding: str
    separator: str
    text: str = field(repr=False)

    def rows(self) -> Iterator[Row]:
        """
        Yield every row that is not empty, in order.

        A quotation mark that is not closed costs its own row: reading goes on in the next line.
        """
        lines = _Lines(self.text)
        while True:
            reader = csv.reader(lines, delimiter=self.separator, strict=True)
            line = lines.begun()
            try:
                for cells in reader:
                    if cells:
                        yield Row(line, cells)
                    line = lines.begun()
            except csv.Error:
                yield Row(line, [], self._open_quote(line, lines.given_back()))
            else:
                return

    def _open_quote(self, line: int, found: str) -> FileProblem:
        return FileProblem(
            kind=FileProblemKind.OPEN_QUOTE,
            file=self.name,
            line=line,
            expected=message("quotation marks in pairs, around a whole cell, and doubled inside it"),
            found=found.rstrip("\r\n"),
        )


class _Lines:
    """The lines of a text, of which those of the row that is being read can be given back, but for its first."""

    def __init__(self, text: str) -> None:
        self._lines = iter(io.StringIO(text, newline=""))
        self._waiting: deque[str] = deque()
        self._taken: list[str] = []
        self._done = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else next(self._lines)
        self._taken.append(line)
        return line

    def begun(self) -> int:
        """Begin a row, and return the number of its first line."""
        self._done += len(self._taken)
        self._taken.clear()
        return self._done + 1

    def given_back(self) -> str:
        """Give back the lines of the row but for its first one, which is returned."""
        first, *others = self._taken
        self._waiting.extendleft(reversed(others))
        self._taken = [first]
        return first


def opened(data: bytes, name: str = "") -> Delimited | FileProblem:
    r"""
    Return a CSV file, with its encoding and its separator; a problem if this is no text.

    A file is UTF-8 if all of it is, with or without a byte order mark; UTF-16 if it has its mark; otherwise it is of
    Windows (CP1252), in which French offices saved files for long.

    >>> found = opened("libellé;cible\nA;42,8\n".encode("cp1252"))
    >>> found.encoding, found.separator, list(found.rows())[1].cells
    ('cp1252', ';', ['A', '42,8'])
    >>> print(opened(b"%PDF-1.7", "suivi.csv"))
    suivi.csv: expected a table of text, such as a CSV file, found “PDF”
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return _unreadable(name, message("a table of text, such as a CSV file"), kind)
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return Delimited(name=name, encoding=_NAMES[encoding], separator=_separator(text), text=text)
    return _unreadable(name, message("a text in UTF-8 or in the encoding of Windows (CP1252)"), "")


_NAMES = {"utf-8-sig": "utf-8", "utf-16": "utf-16", "cp1252": "cp1252"}


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8-sig",) if data.startswith(BOM_UTF8) else ("utf-8-sig", "cp1252")


def _unreadable(name: str, expected: Message, found: str) -> FileProblem:
    return FileProblem(kind=FileProblemKind.UNREADABLE, file=name, expected=expected, found=found)


def _separator(text: str) -> str:
    """Return the separator that cuts most of the first rows into the same number of cells."""
    return max(SEPARATORS, key=lambda separator: _agreement(text, separator))


def _agreement(text: str, separator: str) -> tuple[int, int]:
    """Return how many of the first rows have the most frequent number of cells above one, and that number."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        widths = Counter(len(row) for row in islice(reader, _SAMPLE_ROWS) if len(row) > 1)
    except csv.Error:  # a cell of more than 131,072 characters: what was cut so far tells
        return 0, 0
    (width, rows) = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return rows, width
