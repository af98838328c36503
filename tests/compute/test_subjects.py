"""What a refusal names is what the caller wrote: a public function or class, and one of its parameters."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from inspect import signature
from pathlib import Path
from typing import Any

import pytest

import levier
from doors import everything

FOLDER = Path(levier.__file__).parent / "compute"
ASKED = everything()


def refusals() -> Iterator[Any]:
    """Yield each place that refuses a value in the name of something, with the module's own public functions."""
    for path in sorted(FOLDER.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        asked = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in ASKED}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "InvalidValueError":
                subject, field = begins_with(node.args[0]), begins_with(node.args[3]) if len(node.args) > 3 else ""
                if subject not in ("", "lang", "portfolio", "fund", "breakdown"):
                    yield pytest.param(subject, field, asked, id=f"{path.stem}:{node.lineno}")


def begins_with(text: ast.expr) -> str:
    """Return the first word of a text that is written there; nothing of one that is computed."""
    first = text.values[0] if isinstance(text, ast.JoinedStr) else text
    return str(first.value).split()[0] if isinstance(first, ast.Constant) else ""


def names_of(asked: str) -> set[str]:
    """Return the names of what a public function or class is given."""
    return set(signature(ASKED.get(asked) or getattr(levier, asked)).parameters)


@pytest.mark.parametrize(("subject", "field", "asked"), list(refusals()))
def test_a_refusal_names_what_was_asked(subject: str, field: str, asked: set[str]) -> None:
    """The subject is a public name; the field one of its parameters, or of a function that was given the subject."""
    name, _, of_name = subject.partition(".")
    known = names_of(name).union(*map(names_of, asked)) if name[0].isupper() else names_of(name)
    assert {field, of_name} - {""} <= known
