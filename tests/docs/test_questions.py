"""The tables of the guide to questions name what there is."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from inspect import signature
from pathlib import Path
from types import ModuleType

import pytest

import levier

PAGE = Path(__file__).parents[2] / "docs" / "guides" / "questions.md"
ANSWERS = [line.split("|")[2] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
ROOTS = {
    **{name: getattr(levier, name) for name in levier.__all__},
    "levier": levier,
    "plan": levier.Portfolio,
    "project": levier.Project,
    "ftap": levier.Fund,
}
CODE = [
    code
    for answer in ANSWERS
    for code in re.findall(r"`([^`]+)`", answer)
    if code.partition(".")[0] in ROOTS and not code.isidentifier()
]


def named(node: ast.expr) -> object:
    """Return what an expression names; `None` below a call, whose result has no name."""
    if isinstance(node, ast.Name):
        return ROOTS.get(node.id)
    above = named(node.value) if isinstance(node, ast.Attribute) else None
    if not isinstance(node, ast.Attribute) or above is None:
        return None
    if isinstance(above, ModuleType) and not hasattr(above, node.attr):
        return import_module(f"{above.__name__}.{node.attr}")
    return getattr(above, node.attr)


def test_the_tables_have_answers() -> None:
    """The page is read: both tables, an answer a question."""
    assert len(CODE) > 25


@pytest.mark.parametrize("code", CODE)
def test_an_answer_names_what_there_is(code: str) -> None:
    """Each name leads somewhere; each keyword of a call is a parameter, and none that it must have is left out."""
    for node in ast.walk(ast.parse(code.replace("…", "..."), mode="eval")):
        if isinstance(node, ast.Attribute):
            named(node)
        if isinstance(node, ast.Call) and callable(called := named(node.func)):
            given = {keyword.arg for keyword in node.keywords}
            parameters = signature(called).parameters
            needed = {
                name for name, one in parameters.items() if one.kind is one.KEYWORD_ONLY and one.default is one.empty
            }
            assert given <= set(parameters)
            assert needed <= given or [ast.unparse(one) for one in node.args] == ["..."]
