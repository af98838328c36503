"""What a report counts and names has words: the catalogue's tests prove that they are translated."""

from __future__ import annotations

from attrs import fields

from levier import Portfolio
from levier.compute.findings import Severity
from levier.display.phrases import NOUNS
from levier.display.sections.overview import SEVERITIES


def test_every_registry_is_counted() -> None:
    """The overview has a word for every registry of a portfolio, and for nothing else."""
    assert {noun.name for noun in fields(Portfolio)} == set(NOUNS)


def test_every_severity_is_counted() -> None:
    """Findings of each severity have their plural, so that four of them are not said as one."""
    assert set(SEVERITIES) == set(Severity)
    assert SEVERITIES[Severity.NOT_ASSESSABLE].say("fr") == "Constats\u00a0: non vérifiables"
