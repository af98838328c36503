"""
The structure of a report: sections, tables, rows and cells, as plain immutable values.

A cell holds the formatted *text*, in the report's language, beside the exact *value*, so that one report serves readers
and comparisons. Texts contain no invisible or control characters: those are escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import Attribute, field, frozen

from levier._printing import legible
from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model.periods import Day, as_day, is_day
from levier.model.terms import Lang, language

__all__ = ["Cell", "Column", "Report", "Row", "Section", "Table"]


def _as_tuple(items: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(items)


def _as_lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(legible, texts))


def _is_web(_: Cell, attribute: Attribute[Any], value: str) -> None:
    if value and not value.startswith(("https://", "http://")):
        raise InvalidValueError("Cell", value, "an address that begins with 'https://' or 'http://'", attribute.name)


@final
@frozen(kw_only=True)
class Cell:
    """
    One cell: the formatted *text*, and the exact *value* in the form it has in a document.

    *value* is `None` where it is missing, and *text* is then the reason.
    *lang* is the language of the text where it differs from the report's, *href* the address it links to.

    Raises:
        InvalidValueError: If *href* is not a web address.

    >>> Cell(text="€166,988,229", value="166988229.00").is_missing
    False
    """

    text: str = field(converter=legible)
    value: str | None = None
    lang: str = ""
    href: str = field(default="", converter=legible, validator=_is_web)

    @property
    def is_missing(self) -> bool:
        """Whether the value is missing, so that the text is a reason."""
        return self.value is None


@final
@frozen(kw_only=True)
class Column:
    """
    A column of a table; *id* does not depend on the language.

    >>> Column(id="paid", label="Paid", numeric=True).numeric
    True
    """

    id: str
    label: str = field(converter=legible)
    numeric: bool = False


@final
@frozen(kw_only=True)
class Row:
    """
    A row of a table: one thing of the portfolio, given by its path, and its cells.

    >>> Row(id="levers/digital", cells=[Cell(text="Digital", value="Digital")]).cells[0].text
    'Digital'
    """

    id: str
    cells: tuple[Cell, ...] = field(converter=_as_tuple)


def _as_wide(instance: Table, attribute: Attribute[Any], value: tuple[Row, ...]) -> None:
    for row in value:
        if len(row.cells) != len(instance.columns):
            raise InvalidValueError("Table", len(row.cells), f"{len(instance.columns)} cells a row", attribute.name)


@final
@frozen(kw_only=True)
class Table:
    """
    A table with its caption; the first column names the subject of each row.

    Raises:
        InvalidValueError: If a row has more or fewer cells than there are columns.

    >>> Table(id="levers", caption="Levers", columns=[Column(id="lever", label="Lever")], rows=[]).rows
    ()
    """

    id: str
    caption: str = field(converter=legible)
    columns: tuple[Column, ...] = field(converter=_as_tuple)
    rows: tuple[Row, ...] = field(converter=_as_tuple, validator=_as_wide)
    notes: tuple[str, ...] = field(default=(), converter=_as_lines)


@final
@frozen(kw_only=True)
class Section:
    """
    A section of a report: a title, sentences, tables; an *appendix* is left out where space is short.

    >>> Section(id="levers", title="Levers", sentences=["No lever."]).tables
    ()
    """

    id: str
    title: str = field(converter=legible)
    sentences: tuple[str, ...] = field(default=(), converter=_as_lines)
    tables: tuple[Table, ...] = field(default=(), converter=_as_tuple)
    appendix: bool = False


@final
@frozen(kw_only=True)
class Report:
    """
    The status of a portfolio on the day *as_of*, in one language.

    Raises:
        InvalidValueError: If *as_of* is not a valid date, or *lang* is not a supported language.

    >>> Report(title="Plan", lang="en", as_of="2019-06-14", sections=[]).as_of
    Date(2019, 6, 14)
    """

    title: str = field(converter=legible)
    lang: Lang = field(converter=language)
    as_of: Day = field(converter=as_day, validator=is_day)
    sentences: tuple[str, ...] = field(default=(), converter=_as_lines)
    sections: tuple[Section, ...] = field(converter=_as_tuple)
