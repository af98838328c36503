"""The glossary: every class has its French term."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from doors import everything
from levier import errors

PAGE = Path(__file__).parents[2] / "docs" / "glossary.md"


def public_classes() -> list[str]:
    """Return the names of the classes that users import, errors apart: their names are their meaning."""
    return sorted(
        {name for name, thing in everything().items() if inspect.isclass(thing) and name not in errors.__all__}
    )


@pytest.mark.parametrize("name", public_classes())
def test_every_class_has_its_french_term(name: str) -> None:
    """A class that users import stands in the glossary."""
    assert re.search(rf"`{name}`", PAGE.read_text(encoding="utf-8"))
