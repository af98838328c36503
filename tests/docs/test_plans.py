"""The guide to plans shows what the tables and the rules of the library say, drawn from them."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from levier.display.diagrams import life_cycle_diagram
from levier.instruments import CHALLENGE_TRANSITIONS
from levier.plans import TRANSITIONS
from levier.rules import RULES

GUIDE = (Path(__file__).parents[2] / "docs" / "guides" / "plans.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("named", "table"),
    [("projects", TRANSITIONS), ("challenge calls", CHALLENGE_TRANSITIONS)],
    ids=["projects", "calls"],
)
def test_diagrams_are_drawn_from_the_tables(named: str, table: Mapping[Any, Any]) -> None:
    """The diagram of a life cycle is what its table draws."""
    assert f"<!-- life cycle: {named} -->\n```mermaid\n{life_cycle_diagram(table, 'en')}\n```\n" in GUIDE


def test_every_rule_is_told() -> None:
    """The table of rules lists every rule, in order, with the first sentence of its own documentation."""
    rows = [f"| `{name}` | {(inspect.getdoc(rule) or '').splitlines()[0]} |" for name, rule in RULES.items()]
    assert "\n".join(["| rule | what it finds |", "|---|---|", *rows]) + "\n" in GUIDE
