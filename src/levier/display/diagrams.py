"""Diagrams of life cycles, drawn from the tables in the code, so that the two cannot differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from levier.model.terms import LangLike, Term

__all__ = ["life_cycle_diagram"]

S = TypeVar("S", bound=Term)


def life_cycle_diagram(table: Mapping[S, tuple[S, ...]], lang: LangLike) -> str:
    """
    Return a table of transitions as a Mermaid state diagram: its states by their labels in *lang*, then its moves.

    A life cycle starts in the first state of the table, and ends in the states without a move.

    Raises:
        InvalidValueError: If *lang* is not a supported language.

    >>> from levier.model.lifecycle import CHALLENGE_TRANSITIONS
    >>> print(life_cycle_diagram(CHALLENGE_TRANSITIONS, "en"))
    stateDiagram-v2
        state "exploration" as exploration
        state "incubation" as incubation
        state "experimentation" as experimentation
        [*] --> exploration
        exploration --> incubation
        incubation --> experimentation
        experimentation --> [*]
    """
    return "\n    ".join(("stateDiagram-v2", *_states(table, lang), *_moves(table)))


def _states(table: Mapping[S, tuple[S, ...]], lang: LangLike) -> Iterator[str]:
    for state in table:
        yield f'state "{state.label(lang)}" as {_name(state)}'


def _moves(table: Mapping[S, tuple[S, ...]]) -> Iterator[str]:
    for first in list(table)[:1]:
        yield f"[*] --> {_name(first)}"
    for state, ways in table.items():
        for way in ways:
            yield f"{_name(state)} --> {_name(way)}"
        if not ways:
            yield f"{_name(state)} --> [*]"


def _name(state: Term) -> str:
    """Return a name that Mermaid parses as one word."""
    return state.value.replace("-", "_")
