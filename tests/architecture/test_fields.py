"""`help` describes every field of every public class."""

from __future__ import annotations

import pydoc
import re
from inspect import getdoc, isclass
from typing import Any

import attrs

import levier
from doors import everything
from levier import errors

CLASSES: set[type[Any]] = {
    found
    for found in (*everything().values(), *(getattr(errors, name) for name in errors.__all__))
    if isclass(found) and attrs.has(found) and not issubclass(found, Exception)
}


def described(cls: type[Any]) -> set[str]:
    """Return the fields that the docstring of a class describes: in its sentences, or in its list of attributes."""
    text = getdoc(cls) or ""
    listed = text.partition("Attributes:\n")[2].partition("\n\n")[0]
    return {*re.findall(r"\*(\w+)\*", text), *re.findall(r"^ {4}(\w+): [A-Z`].*[.]$", listed, re.MULTILINE)}


def test_every_field_is_described() -> None:
    """Whoever asks `help` of a class learns what each of its fields holds."""
    silent = [
        f"{cls.__name__}.{field.name}"
        for cls in CLASSES
        for field in attrs.fields(cls)
        if field.name not in described(cls)
    ]
    assert sorted(silent) == []


def test_no_field_is_described_that_is_not_there() -> None:
    """A list of attributes names fields of its class, and no other."""
    for cls in CLASSES:
        listed = (getdoc(cls) or "").partition("Attributes:\n")[2].partition("\n\n")[0]
        named = set(re.findall(r"^ {4}(\w+): ", listed, re.MULTILINE))
        assert named <= {field.name for field in attrs.fields(cls)}, cls


def test_help_shows_them() -> None:
    """`help(levier.Project)` shows the list."""
    assert "milestones: Its milestones." in pydoc.render_doc(levier.Project)
