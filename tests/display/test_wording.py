"""What a report counts and names has words: the catalogue's tests prove that they are translated."""

from __future__ import annotations

from attrs import fields

from levier import Portfolio
from levier.compute.findings import Severity
from levier.display.phrases import NOUNS
from levier.display.sections.overview import SEVERITIES
from levier.model.instruments import AnyInstrument
from levier.wording.vocabulary import InstrumentKind


def test_every_registry_is_counted() -> None:
    """The overview has a word for every registry of a portfolio, and for nothing else."""
    assert {noun.name for noun in fields(Portfolio)} == set(NOUNS)


def test_every_kind_of_instrument_is_named() -> None:
    """Each class of instruments has a name in both languages."""
    kinds = {fields(cls).kind.default for cls in AnyInstrument.__args__}
    assert {kind.value for kind in InstrumentKind} == kinds


def test_every_severity_is_counted() -> None:
    """Findings of each severity have their plural, so that four of them are not said as one."""
    assert set(SEVERITIES) == set(Severity)
    assert SEVERITIES[Severity.NOT_ASSESSABLE].say("fr") == "Constats\u00a0: non vérifiables"
