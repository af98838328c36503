"""A report as Markdown: headings and tables in GitHub's dialect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from levier.display.pages import Cell, Report, Section, Table

__all__ = ["to_markdown"]

# Characters that open or close an inline construct (CommonMark 0.31, section 6, and GitHub's strikethrough).
# Every alternative reads each character once, so that a label of nothing but marks takes linear time.
_INLINE = re.compile(
    r"""
      \\(?=[!-/:-@\[-`{-~]|\Z)            # a backslash before a mark, or before what is written after the text
    | `
    | <(?=[A-Za-z/!?]|[\w.!\#$%&'*+/=?^`{|}~-]+@)   # a tag, or an address
    | &(?=\#?\w+;)                        # an entity
    | [*~](?=\S)|(?<=\S)[*~]              # emphasis opens before what is no space and closes after it
    | (?<!\w)_++|(?<!_)_++(?!\w)          # between letters it does neither
    | \[
    """,
    re.VERBOSE,
)
_LINK_ENDS = ("](", "][", "]:")
"""The part of a link, or of its definition, after its text."""
# Characters that open a block (sections 4 and 5), once inline constructs are escaped.
_OPENING = re.compile(r"(?:[-+*](?=[ \t]|\Z)|>|\#{1,6}(?=[ \t]|\Z)|[-=](?=[-=]*\Z))")
_NUMBERED = re.compile(r"([0-9]{1,9})[.)](?=[ \t]|\Z)")
_ADDRESS = re.compile(r"(?:[^\s<>|&]|&(?!\#?\w+;))+")
_BARE_STAR = re.compile(r"(?<!\\)\*")


def to_markdown(report: Report) -> str:
    r"""
    Return a report as Markdown, ending in a newline; only characters that Markdown would interpret are escaped.

    Parsed back, each label gives its own text: no link, image, emphasis, code, HTML or block.
    An address in a text is left as it is, and GitHub turns it into a link to itself.

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
    """Return one cell; the reason for a missing value is in italics."""
    text = _in_cell(cell.text)
    if cell.href:
        return f"<{cell.href}>" if _ADDRESS.fullmatch(cell.href) else text
    if not cell.is_missing or not text:
        return text
    # A star between spaces is literal, until it stands beside the one that we write.
    return "*" + _BARE_STAR.sub(r"\\*", text) + "*"


def _in_cell(text: str) -> str:
    """Return the text of a cell, with pipes escaped; a cell cannot open a list or a heading."""
    return _text(text).replace("|", r"\|")


def _heading(level: int, text: str) -> str:
    """Return a heading, with trailing hashes escaped, because they would close it."""
    safe = _text(text)
    bare = safe.rstrip("#")
    return f"{'#' * level} {bare}" + r"\#" * (len(safe) - len(bare))


def _line(text: str) -> str:
    """Return a paragraph, with a leading mark of a list, a quotation or a heading escaped."""
    line = _text(text)
    numbered = _NUMBERED.match(line)
    if numbered:
        return rf"{numbered[1]}\{line[numbered.end(1) :]}"
    return rf"\{line}" if _OPENING.match(line) else line


def _text(text: str) -> str:
    """Return a text on one line, with all marks escaped."""
    line = " ".join(text.splitlines()).strip()
    last_end = max(map(line.rfind, _LINK_ENDS))

    def escaped(found: re.Match[str]) -> str:
        opens_nothing = found[0] == "[" and found.start() > last_end
        return found[0] if opens_nothing else "".join(rf"\{mark}" for mark in found[0])

    return _INLINE.sub(escaped, line)
