"""
What the library says today: every change of words shows here, and is recorded on purpose.

The texts stand in `texts/`, one file a subject. To record them again:

    python tests/golden/record.py

and read `git diff tests/golden/texts` before you commit. A pair of lines is what is said in French and in English;
`⍽` is a no-break space (U+00A0) and `⸱` a narrow one (U+202F).
"""

from __future__ import annotations

import difflib
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Any

import golden_raised
import golden_said
import pytest
import record

import levier.compute
from levier import LevierError, errors

UNHEARD = 13
"""How many places that raise no wrong call reaches; `texts/errors-unheard.txt` lists them."""
SHOWN = 200
"""How many lines of a difference are shown."""


def speaking() -> Iterator[type[Any]]:
    """Yield every class of `levier.compute` that explains itself."""
    for found in pkgutil.walk_packages(levier.compute.__path__, "levier.compute."):
        for made in vars(importlib.import_module(found.name)).values():
            if inspect.isclass(made) and made.__module__ == found.name and hasattr(made, "explain"):
                yield made


@pytest.mark.parametrize("name", sorted(record.SUBJECTS))
def test_texts_are_as_recorded(name: str) -> None:
    """What is said of a subject is what was recorded, word for word."""
    file = record.TEXTS / f"{name}.txt"
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    after = record.text_of(name)
    if before != after:
        lines = difflib.unified_diff(before.splitlines(), after.splitlines(), "recorded", "now", lineterm="", n=1)
        shown = "\n".join(line for _, line in zip(range(SHOWN), lines, strict=False))
        pytest.fail(f"{name}: other words. If they are meant, run `{record.COMMAND}`.\n{shown}", pytrace=False)


def test_no_file_is_left_over() -> None:
    """Every recorded file is of a subject that is still asked."""
    assert {file.stem for file in record.TEXTS.iterdir()} == set(record.SUBJECTS)


def test_every_class_that_explains_itself_is_recorded() -> None:
    """No result that explains itself is missing from the texts."""
    for name in record.SUBJECTS:
        record.text_of(name)
    spoken = {made for one in golden_said.SPOKEN for made in one.__mro__}
    assert [made.__qualname__ for made in speaking() if made not in spoken and not inspect.isabstract(made)] == []


def test_every_class_of_errors_is_recorded() -> None:
    """Each public error is raised by a wrong call of ours, and what it says is recorded."""
    record.unheard()
    known = {getattr(errors, name) for name in errors.__all__}
    raised = {one for one in known if isinstance(one, type) and issubclass(one, Exception)}
    assert raised - golden_raised.RAISED - {LevierError} == set()


def test_places_that_raise_are_heard() -> None:
    """At most so many places that raise are not reached by a wrong call: a number that only goes down."""
    record.unheard()
    assert len(golden_raised.not_reached()) <= UNHEARD
