"""Closed vocabularies: a term is its text, with a label in two languages."""

from __future__ import annotations

import json

import pytest

from levier.errors import InvalidValueError, LevierError
from levier.model.lifecycle import Phase


def test_a_term_is_a_text() -> None:
    """A term equals, sorts, joins and serialises as its written form."""
    assert Phase.FRAMING == "framing"
    assert ", ".join(Phase) == "framing, experimentation, deployment, completed, stopped"
    assert json.dumps(Phase.FRAMING) == '"framing"'
    assert f"{Phase.FRAMING}" == "framing"


def test_labels_are_in_the_language_asked() -> None:
    """A label is asked for in French or English, with or without a region; in any other language there is none."""
    assert (Phase.STOPPED.label("fr"), Phase.STOPPED.label("en")) == ("Arrêté", "Stopped")
    with pytest.raises(InvalidValueError, match=r"expected 'fr' or 'en', with or without a region .*, found 'de'"):
        Phase.STOPPED.label("de")  # type: ignore[arg-type]  # refused is what is proven


def test_an_unknown_term_is_refused_with_those_known() -> None:
    """The refusal is ours and a ValueError, and lists every term."""
    with pytest.raises(LevierError) as caught:
        Phase("done")
    assert isinstance(caught.value, InvalidValueError)
    assert str(caught.value) == (
        "Phase: expected one of framing, experimentation, deployment, completed, stopped, found 'done'"
    )
