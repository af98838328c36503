"""Everything that a report says in its own words, it says in both languages."""

from __future__ import annotations

import string

import pytest
from attrs import fields

from levier import Portfolio
from levier.compute.findings import Severity
from levier.display.heads import Head
from levier.display.phrases import Phrase
from levier.display.wording import Caption, CardKind, Count, FactName, FindingCount, InstrumentKind, Title
from levier.model.instruments import AnyInstrument
from levier.model.terms import Term

VOCABULARIES = (Caption, CardKind, Count, FactName, FindingCount, Head, InstrumentKind, Phrase, Title)


def places(text: str) -> set[str]:
    """Return the names of the places that a phrase leaves to be filled."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda cls: cls.__name__)
def test_both_languages_are_complete(vocabulary: type[Term]) -> None:
    """No word is missing in a language, and a phrase leaves the same places in both."""
    for term in vocabulary:
        assert term.fr
        assert term.en
        assert places(term.fr) == places(term.en), term


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda cls: cls.__name__)
def test_french_has_its_spaces(vocabulary: type[Term]) -> None:
    """No line breaks before a French colon, question mark or closing guillemet."""
    assert [term for term in vocabulary if any(f" {mark}" in term.fr for mark in ":;?!»") or "« " in term.fr] == []


def test_every_registry_is_counted() -> None:
    """The overview has a word for every registry of a portfolio."""
    assert {noun.name for noun in fields(Portfolio)} <= {count.value for count in Count}


def test_every_kind_of_instrument_is_named() -> None:
    """Each class of instruments has a name in both languages."""
    kinds = {fields(cls).kind.default for cls in AnyInstrument.__args__}
    assert {kind.value for kind in InstrumentKind} == kinds


def test_every_severity_is_counted() -> None:
    """Findings of each severity have their plural, so that four of them are not said as one."""
    assert {count.value for count in FindingCount} == {severity.value for severity in Severity}
    assert FindingCount.NOT_ASSESSABLE.fr == "non appréciables"
