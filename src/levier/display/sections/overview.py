"""The contents of a portfolio in numbers, and the findings about its data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from levier.compute.findings import Finding, Severity
from levier.display.pages import Cell, Section
from levier.display.phrases import CONFLICTS, DASH, MEASURED, NOUNS
from levier.display.view import ColumnOf, View
from levier.wording.messages import Message, message

__all__ = ["SEVERITIES", "findings_section", "overview_section"]

SEVERITIES: Mapping[Severity, Message] = MappingProxyType(
    {
        Severity.NOTE: message("Findings: notes"),
        Severity.WARNING: message("Findings: warnings"),
        Severity.BREACH: message("Findings: breaches"),
        Severity.NOT_ASSESSABLE: message("Findings: not assessable"),
    }
)
"""The plural names of findings of each severity."""
_Count: TypeAlias = tuple[str, Message, int]

_COUNTS: tuple[ColumnOf[_Count], ...] = (
    ColumnOf("what", message("Item"), lambda view, row: Cell(text=view.scribe.say(row[1]), value=row[0])),
    ColumnOf("number", message("Number"), lambda view, row: view.scribe.count(row[2]), numeric=True),
)


def overview_section(view: View, findings: tuple[Finding, ...], conflicts: int) -> Section:
    """Return the number of things of each kind, of findings and of conflicts."""
    rows = [*_held(view), *_found(findings), ("conflicts", CONFLICTS, conflicts)]
    paths = ((f"overview/{row[0]}", row) for row in rows)
    return view.section(
        "overview",
        message("Overview"),
        [view.table("overview", message("What the portfolio holds"), _COUNTS, paths)],
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


_ORDER = (Severity.BREACH, Severity.WARNING, Severity.NOT_ASSESSABLE, Severity.NOTE)

_FINDINGS: tuple[ColumnOf[Finding], ...] = (
    ColumnOf("severity", message("Severity"), lambda view, found: view.scribe.term(found.severity)),
    ColumnOf("subject", message("Subject"), lambda view, found: view.subject(found.subject)),
    ColumnOf("finding", message("Finding"), lambda view, found: view.scribe.text(found.sentence(view.scribe.lang))),
    ColumnOf("fix", message("How to fix it"), lambda view, found: view.scribe.text(found.mend(view.scribe.lang), DASH)),
)


def findings_section(view: View, findings: Iterable[Finding]) -> Section:
    """Return the findings, the most severe first."""
    ranked = sorted(findings, key=_rank)
    table = view.table("findings", message("Findings"), _FINDINGS, zip(_paths(ranked), ranked, strict=True))
    return view.section("findings", message("Findings"), [table], nothing=message("No findings."))


def _rank(found: Finding) -> tuple[int, str, str, str]:
    """Return the sort key of a finding: the most severe first, in the same order in every language."""
    return _ORDER.index(found.severity), found.subject, found.rule, str(found)


def _paths(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield a path for each finding; findings of one rule about one thing are numbered."""
    seen: Counter[str] = Counter()
    for found in findings:
        path = f"{found.subject}/{found.rule}"
        seen[path] += 1
        yield path if seen[path] == 1 else f"{path}/{seen[path]}"
