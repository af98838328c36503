"""What a portfolio holds, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from levier.compute.findings import Finding, Severity
from levier.display.pages import Cell, Section
from levier.display.phrases import CONFLICTS, MEASURED, NOUNS
from levier.display.view import ColumnOf, View
from levier.wording.messages import Message, message

__all__ = ["SEVERITIES", "overview_section"]

SEVERITIES: Mapping[Severity, Message] = MappingProxyType(
    {
        Severity.NOTE: message("Findings: notes"),
        Severity.WARNING: message("Findings: warnings"),
        Severity.BREACH: message("Findings: breaches"),
        Severity.NOT_ASSESSABLE: message("Findings: not assessable"),
    }
)
"""What findings of a severity are called, as several."""
_Count: TypeAlias = tuple[str, Message, int]

_COLUMNS: tuple[ColumnOf[_Count], ...] = (
    ColumnOf("what", message("Item"), lambda view, row: Cell(text=view.scribe.say(row[1]), value=row[0])),
    ColumnOf("number", message("Number"), lambda view, row: view.scribe.count(row[2]), numeric=True),
)


def overview_section(view: View, findings: tuple[Finding, ...], conflicts: int) -> Section:
    """Return how many there are of each kind of thing, of findings and of conflicts."""
    rows = [*_held(view), *_found(findings), ("conflicts", CONFLICTS, conflicts)]
    paths = ((f"overview/{row[0]}", row) for row in rows)
    return view.section(
        "overview",
        message("Overview"),
        [view.table("overview", message("What the portfolio holds"), _COLUMNS, paths)],
    )


def _held(view: View) -> Iterator[_Count]:
    held = view.portfolio
    for noun, label in NOUNS.items():
        if number := len(getattr(held, noun)):
            yield noun, label, number
        if noun == "indicators" and (measured := sum(map(view.is_measured, held.indicators))):
            yield "measured", MEASURED, measured


def _found(findings: tuple[Finding, ...]) -> Iterator[_Count]:
    severities = Counter(finding.severity for finding in findings)
    for severity in Severity:
        if number := severities[severity]:
            yield severity, SEVERITIES[severity], number
