"""What the data says that someone should look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from levier.compute.findings import Finding, Severity
from levier.display.pages import Section
from levier.display.phrases import DASH
from levier.display.view import ColumnOf, View
from levier.wording.messages import message

__all__ = ["findings_section"]

_ORDER = (Severity.BREACH, Severity.WARNING, Severity.NOT_ASSESSABLE, Severity.NOTE)

_COLUMNS: tuple[ColumnOf[Finding], ...] = (
    ColumnOf("severity", message("Severity"), lambda view, found: view.scribe.term(found.severity)),
    ColumnOf("subject", message("Subject"), lambda view, found: view.subject(found.subject)),
    ColumnOf("finding", message("Finding"), lambda view, found: view.scribe.text(found.sentence(view.scribe.lang))),
    ColumnOf("fix", message("How to fix it"), lambda view, found: view.scribe.text(found.mend(view.scribe.lang), DASH)),
)


def findings_section(view: View, findings: Iterable[Finding]) -> Section:
    """Return the findings, the gravest first."""
    ranked = sorted(findings, key=_rank)
    table = view.table("findings", message("Findings"), _COLUMNS, zip(_paths(ranked), ranked, strict=True))
    return view.section("findings", message("Findings"), [table], nothing=message("No findings."))


def _rank(found: Finding) -> tuple[int, str, str, str]:
    """Order findings: the gravest first, and in one order in every language."""
    return _ORDER.index(found.severity), found.subject, found.rule, str(found)


def _paths(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield a path for each finding; those of one rule about one thing are numbered."""
    seen: Counter[str] = Counter()
    for found in findings:
        path = f"{found.subject}/{found.rule}"
        seen[path] += 1
        yield path if seen[path] == 1 else f"{path}/{seen[path]}"
