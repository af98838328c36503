"""What the data says that someone should look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from levier.compute.findings import Finding, Severity
from levier.display.heads import Head
from levier.display.pages import Row, Section
from levier.display.phrases import Phrase
from levier.display.view import View
from levier.display.wording import Caption, Title

__all__ = ["findings_section"]

_ORDER = (Severity.BREACH, Severity.WARNING, Severity.NOT_ASSESSABLE, Severity.NOTE)


def findings_section(view: View, findings: Iterable[Finding]) -> Section:
    """Return the findings, the gravest first."""
    ranked = sorted(findings, key=_rank)
    rows = [
        Row(
            id=path,
            cells=[
                view.scribe.term(found.severity),
                view.subject(found.subject),
                view.scribe.text(found.sentence(view.scribe.lang)),
                view.scribe.text(found.mend(view.scribe.lang), Phrase.DASH),
            ],
        )
        for path, found in zip(_paths(ranked), ranked, strict=True)
    ]
    heads = (Head.SEVERITY, Head.SUBJECT, Head.FINDING, Head.MEND)
    return view.section(Title.FINDINGS, [view.table(Caption.FINDINGS, heads, rows)], nothing=Phrase.NO_FINDING)


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
