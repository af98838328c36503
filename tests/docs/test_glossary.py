"""The glossary: every class has its French term."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import levier
from levier import compute, errors

PAGE = Path(__file__).parents[2] / "docs" / "glossary.md"


def public_classes() -> list[str]:
    """Return the names of the classes that users import, errors apart: their names are their meaning."""
    found = [*vars_of(levier, levier.__all__), *vars_of(compute, compute.__all__)]
    return sorted({name for name in found if name not in errors.__all__})


def vars_of(module: object, names: list[str]) -> list[str]:
    """Return those of *names* that are classes of a module."""
    return [name for name in names if inspect.isclass(getattr(module, name))]


@pytest.mark.parametrize("name", public_classes())
def test_every_class_has_its_french_term(name: str) -> None:
    """A class that users import stands in the glossary."""
    assert re.search(rf"`{name}`", PAGE.read_text(encoding="utf-8"))
