"""A report as Markdown: headings and tables that any reader of GitHub's dialect shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from levier.display.pages import Cell, Report, Section, Table

__all__ = ["to_markdown"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~&])")
_FIRST = re.compile(r"^([-+=]|\d+(?=[.)]))")


def to_markdown(report: Report) -> str:
    """
    Return a report as Markdown, ending in a newline.

    >>> print(to_markdown(Report(title="Plan", lang="en", as_of="2019-06-14", sentences=["Fine."], sections=[])))
    # Plan
    <BLANKLINE>
    Fine.
    <BLANKLINE>
    """
    blocks = [f"# {_text(report.title)}", *map(_text, report.sentences)]
    for section in report.sections:
        blocks += _section(section)
    return "\n\n".join(blocks) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f"## {_text(section.title)}"
    yield from map(_text, section.sentences)
    for table in section.tables:
        yield f"### {_text(table.caption)}"
        yield _table(table)
        yield from map(_text, table.notes)


def _table(table: Table) -> str:
    heads = _row(_text(column.label) for column in table.columns)
    rules = _row("---:" if column.numeric else "---" for column in table.columns)
    rows = (_row(map(_cell, row.cells)) for row in table.rows)
    return "\n".join([heads, rules, *rows])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    """Write one cell; a reason in place of a value is in italics."""
    text = _text(cell.text)
    if cell.href:
        return f"<{cell.href}>" if re.fullmatch(r"[^\s<>|]+", cell.href) else text
    return f"*{text}*" if cell.is_missing else text


def _text(text: str) -> str:
    """Return a text on one line in which nothing is a mark of the language."""
    line = " ".join(text.split("\n"))
    return _FIRST.sub(r"\\\1", _SPECIAL.sub(r"\\\1", line))
