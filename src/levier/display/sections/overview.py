"""What a portfolio holds, in numbers."""

from __future__ import annotations

from collections import Counter

from attrs import fields

from levier.compute.findings import Finding, Severity
from levier.display.heads import Head
from levier.display.pages import Cell, Row, Section
from levier.display.view import View
from levier.display.wording import Caption, Count, FindingCount, Title
from levier.model.portfolio import Portfolio

__all__ = ["overview_section"]


def overview_section(view: View, findings: tuple[Finding, ...], conflicts: int) -> Section:
    """Return how many there are of each kind of thing, of findings and of conflicts."""
    held = view.portfolio
    counts = {Count(noun.name): len(getattr(held, noun.name)) for noun in fields(Portfolio)}
    counts[Count.MEASURED] = sum(map(view.is_measured, held.indicators))
    severities = Counter(finding.severity for finding in findings)
    rows = [_row(view, view.scribe.say(count), count.value, counts[count]) for count in Count if counts.get(count)]
    for severity in Severity:
        if number := severities[severity]:
            label = view.scribe.say(Count.FINDINGS, severity=view.scribe.say(FindingCount(severity.value)))
            rows.append(_row(view, label, severity, number))
    rows.append(_row(view, view.scribe.say(Count.CONFLICTS), Count.CONFLICTS, conflicts))
    return view.section(Title.OVERVIEW, [view.table(Caption.OVERVIEW, (Head.WHAT, Head.NUMBER), rows)])


def _row(view: View, label: str, name: str, number: int) -> Row:
    return Row(id=f"overview/{name}", cells=[Cell(text=label, value=name), view.scribe.count(number)])
