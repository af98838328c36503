"""Diagrams: every state and every move of a table, and no other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from levier.display.diagrams import life_cycle_diagram
from levier.errors import InvalidValueError
from levier.model.lifecycle import CHALLENGE_TRANSITIONS, TRANSITIONS
from levier.model.terms import Term


def moves(diagram: str) -> set[tuple[str, str]]:
    """Return the moves drawn."""
    return set(re.findall(r"^    (\S+) --> (\S+)$", diagram, re.MULTILINE))


@pytest.mark.parametrize("table", [TRANSITIONS, CHALLENGE_TRANSITIONS])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_diagram_is_its_table(table: Mapping[Any, Any], lang: Any) -> None:
    """What is drawn is the table: its moves, its labels, one beginning, and an end where nothing leads on."""
    drawn = life_cycle_diagram(table, lang)
    assert drawn.startswith("stateDiagram-v2\n")
    ends = {(str(state), "[*]") for state, ways in table.items() if not ways}
    begins = {("[*]", str(next(iter(table))))}
    assert moves(drawn) == {(str(one), str(two)) for one, ways in table.items() for two in ways} | ends | begins
    labels = re.findall(r'state "(.+)" as (\S+)', drawn)
    assert labels == [(state.label(lang), state.value) for state in table]


def test_the_life_of_a_project() -> None:
    """Framing first, completed last; a stopped project may be framed again, so it is no end."""
    drawn = life_cycle_diagram(TRANSITIONS, "fr")
    assert 'state "Cadrage" as framing' in drawn
    assert "    [*] --> framing\n" in drawn
    assert drawn.endswith("    completed --> [*]")
    assert "stopped --> [*]" not in drawn


def test_names_are_one_word() -> None:
    """Mermaid takes a hyphen for an arrow: names have none."""

    class State(Term):
        """A state with a hyphen."""

        HALF_DONE = "half-done", "À moitié", "Half done"

    assert life_cycle_diagram({State.HALF_DONE: ()}, "en").splitlines()[1:] == [
        '    state "Half done" as half_done',
        "    [*] --> half_done",
        "    half_done --> [*]",
    ]


def test_a_diagram_speaks_two_languages() -> None:
    """A third language is refused."""
    with pytest.raises(InvalidValueError):
        life_cycle_diagram(TRANSITIONS, "de")  # type: ignore[arg-type]  # refused is what is proven
