"""A report as Markdown: headings and tables that any reader of GitHub's dialect shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from levier.display.pages import Cell, Report, Section, Table

__all__ = ["to_markdown"]

_INLINE = re.compile(
    r"""
      \\(?=[!-/:-@\[-`{-~])       # a backslash before a mark
    | `
    | <(?=[A-Za-z/!?])            # a tag, or an address
    | &(?=\#?\w+;)                # an entity
    | \[(?=[^\]]*\][(\[:])        # a link, or where one leads
    | ~(?=~)|(?<=~)~
    | (?<!\w)_(?=\S)|(?<=\S)_(?!\w)
    | \*(?=\S)|(?<=\S)\*          # emphasis opens before a word and closes after one
    """,
    re.VERBOSE,
)
_OPENING = re.compile(r"(?:[-+*](?=\s|$)|>|\#{1,6}(?=\s|$)|[-=](?=[-=]*$))")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_CLOSING = re.compile(r"#(?=#*$)")


def to_markdown(report: Report) -> str:
    r"""
    Return a report as Markdown, ending in a newline; what Markdown would take for a mark is escaped, and no more.

    >>> print(to_markdown(Report(title="Plan", lang="en", as_of="2019-06-14", sentences=["+ 2%."], sections=[])))
    # Plan
    <BLANKLINE>
    \+ 2%.
    <BLANKLINE>
    """
    blocks = [_heading(1, report.title), *map(_line, report.sentences)]
    for section in report.sections:
        blocks += _section(section)
    return "\n\n".join(blocks) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield _heading(2, section.title)
    yield from map(_line, section.sentences)
    for table in section.tables:
        yield _heading(3, table.caption)
        yield _table(table)
        yield from map(_line, table.notes)


def _table(table: Table) -> str:
    heads = _row(_in_cell(column.label) for column in table.columns)
    rules = _row("---:" if column.numeric else "---" for column in table.columns)
    rows = (_row(map(_cell, row.cells)) for row in table.rows)
    return "\n".join([heads, rules, *rows])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    """Write one cell; a reason in place of a value is in italics."""
    text = _in_cell(cell.text)
    if cell.href:
        return f"<{cell.href}>" if re.fullmatch(r"[^\s<>|]+", cell.href) else text
    return f"*{text}*" if cell.is_missing else text


def _in_cell(text: str) -> str:
    """Return a text of a cell, which a pipe would end; a cell opens no list and no heading."""
    return _text(text).replace("|", r"\|")


def _heading(level: int, text: str) -> str:
    """Return a heading; hashes at its end would be taken for its closing."""
    safe = _CLOSING.sub(r"\\#", _text(text))
    return f"{'#' * level} {safe}"


def _line(text: str) -> str:
    """Return a paragraph, which would open a list, a quotation or a heading with the mark of one."""
    line = _text(text)
    numbered = _NUMBERED.match(line)
    if numbered:
        return rf"{numbered[1]}\{line[numbered.end(1) :]}"
    return rf"\{line}" if _OPENING.match(line) else line


def _text(text: str) -> str:
    """Return a text on one line in which nothing is a mark of the language."""
    return _INLINE.sub(r"\\\g<0>", " ".join(text.splitlines()).strip())
