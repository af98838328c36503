"""A report as JSON: exact values in a fixed order, so that two reports can be compared line by line."""

from __future__ import annotations

import json
from typing import Any

from levier._printing import legible
from levier.display.pages import Report, Row, Section, Table

__all__ = ["FORMAT", "VERSION", "to_json"]

FORMAT = "levier-report"
VERSION = 1


def to_json(report: Report) -> str:
    """
    Return a report as JSON with sorted keys, ending in a newline.

    A value is exact, not formatted: `"166988229.00"`, `"2019-06-14"`, the identifier of a term.
    Invisible and control characters are escaped, so that a terminal shows them and a JSON parser restores them.
    A missing value is `null`, and the row's *reasons* say why.

    >>> print(to_json(Report(title="Plan", lang="en", as_of="2019-06-14", sections=[])))
    {
      "as_of": "2019-06-14",
      "format": "levier-report",
      "lang": "en",
      "sections": {},
      "sentences": [],
      "title": "Plan",
      "version": 1
    }
    <BLANKLINE>
    """
    document = {
        "format": FORMAT,
        "version": VERSION,
        "title": report.title,
        "lang": report.lang,
        "as_of": report.as_of.isoformat(),
        "sentences": list(report.sentences),
        "sections": {section.id: _section(section) for section in report.sections},
    }
    return legible(json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True), write=_escaped) + "\n"


def _escaped(character: str) -> str:
    return json.dumps(character)[1:-1]


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "sentences": list(section.sentences),
        "tables": {table.id: _table(table) for table in section.tables},
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": {column.id: column.label for column in table.columns},
        "notes": list(table.notes),
        "rows": [_row(row, table) for row in sorted(table.rows, key=lambda row: row.id)],
    }


def _row(row: Row, table: Table) -> dict[str, Any]:
    cells = {column.id: cell for column, cell in zip(table.columns, row.cells, strict=True)}
    reasons = {name: cell.text for name, cell in cells.items() if cell.is_missing}
    return {"id": row.id, "values": {name: cell.value for name, cell in cells.items()}, "reasons": reasons}
