"""Every failure that a docstring announces is an error of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from inspect import getdoc, isclass, isfunction
from typing import Any

import pytest

from levier import Phase, Project, errors
from levier.errors import ForbiddenTransitionError, InvalidValueError, LevierError


def documented(module: str) -> Iterator[tuple[str, Any]]:
    """Yield the public functions, classes and methods that a module defines."""
    for name, found in vars(import_module(module)).items():
        if name.startswith("_") or getattr(found, "__module__", None) != module:
            continue
        yield name, found
        if isclass(found):
            for method, held in vars(found).items():
                function = getattr(held, "__func__", getattr(held, "fget", held))
                if not method.startswith("_") and isfunction(function):
                    yield f"{name}.{method}", function


def raised(found: Any) -> list[str]:
    """Return the names of the errors that the section `Raises` of a docstring lists."""
    section = (getdoc(found) or "").partition("Raises:\n")[2].partition("\n\n")[0]
    return re.findall(r"^ {4}(\w+): ", section, re.MULTILINE)


def test_documented_failures_are_ours(public_module: str) -> None:
    """`except LevierError` catches whatever a question or a constructor says that it raises."""
    if not public_module.startswith(("levier.model", "levier.compute", "levier.wording")):
        pytest.skip("rooms that open files raise what the system raises as well")
    strange = {
        name: error
        for name, found in documented(public_module)
        for error in raised(found)
        if error != "AttributeError" and not issubclass(getattr(errors, error, Exception), LevierError)
    }
    assert strange == {}


def test_an_unknown_phase_is_no_such_phase() -> None:
    """A text that names no phase is refused as such; a phase that may not follow is another error."""
    project = Project(id="p", label="P")
    with pytest.raises(InvalidValueError, match="Phase: expected one of framing, "):
        project.moved_to("done", on="2019-06-20", because="x")
    with pytest.raises(ForbiddenTransitionError):
        project.moved_to("completed", on="2019-06-20", because="x")
    assert project.moved_to("deployment", on="2019-06-20", because="x").phase is Phase.DEPLOYMENT
