"""Final classes are closed: no subclass of them is made, and the error names the two ways that work."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sized
from enum import Enum
from importlib import import_module
from inspect import isclass
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, Protocol
from unittest import mock

import attrs
import pytest

import levier
from levier import Lever, Phase, Project
from levier.errors import FinalClassError, LevierError
from levier.testing import build


def classes() -> list[type[Any]]:
    """Return every class of the library that has instances which users may hold."""
    names = (found.name for found in walk_packages(levier.__path__, "levier.") if not found.name.endswith("__main__"))
    modules = [import_module(name) for name in names]
    found = {cls for module in modules for cls in vars(module).values() if isclass(cls)}
    ours = [cls for cls in found if cls.__module__.startswith("levier") and not cls.__name__.startswith("_")]
    return sorted(ours, key=lambda cls: f"{cls.__module__}.{cls.__qualname__}")


CLASSES = classes()
FINAL = [cls for cls in CLASSES if getattr(cls, "__final__", False)]
VOCABULARIES = [cls for cls in CLASSES if issubclass(cls, Enum) and len(cls) and cls.__module__ != "levier.cli.exits"]


@pytest.mark.parametrize("cls", [*FINAL, *VOCABULARIES], ids=lambda cls: cls.__name__)
def test_no_class_derives_from_a_final_one(cls: Any) -> None:
    """A `class` statement with a final base raises our `TypeError`, whose text has both ways out."""
    with pytest.raises(FinalClassError, match=r"field of .*`extra`") as caught:

        class Ours(cls):
            pass

    assert isinstance(caught.value, TypeError | LevierError)
    assert (caught.value.base, caught.value.subclass) == (cls.__name__, "Ours")


def test_every_class_that_is_final_for_type_checkers_is_closed(root: Path) -> None:
    """The `final` of `typing` closes nothing: each module takes that of `levier.errors.final`, which closes."""
    files = sorted((root / "src").rglob("*.py"))
    loose = [
        file.relative_to(root / "src").as_posix()
        for file in files
        if any("typing import" in line and "final" in line for line in file.read_text(encoding="utf-8").splitlines())
    ]
    assert loose == ["levier/errors/final.py", "levier/errors/pickles.py"]


def test_attrs_and_mixins_are_refused_alike() -> None:
    """An attrs class, one with several bases and one made by `type` are refused as a plain one is."""
    with pytest.raises(FinalClassError):

        @attrs.frozen
        class Ours(Project):
            cost_centre: str = ""

    with pytest.raises(FinalClassError):

        class Mixed(Sized, Lever):  # type: ignore[misc]
            pass

    with pytest.raises(FinalClassError):
        type("Made", (Project,), {})


def test_composition_works() -> None:
    """The first way out: an attrs class of one's own with a field of ours."""

    @attrs.frozen
    class Costed:
        project: Project
        cost_centre: str

    costed = Costed(build(Project), "C-12")
    assert attrs.evolve(costed, cost_centre="C-13").project is costed.project


def test_what_is_no_subclass_is_not_affected() -> None:
    """Mocks with our classes as their specification, and generic classes with arguments, work as before."""
    from levier.model.sources import Sourced

    assert isinstance(mock.Mock(spec=Project), Project)
    assert isinstance(mock.create_autospec(Project, instance=True), Project)
    assert mock.Mock(spec=Phase.FRAMING).label
    assert Sourced[int](value=1, source_id="s").value == 1


def test_no_import_takes_noticeably_longer() -> None:
    """Closing the classes costs less than a hundredth of a second in all."""
    code = (
        "import time, importlib, levier.errors.final as closing\n"
        "spent, close = [0.0, 0], closing.final\n"
        "def timed(cls):\n"
        "    started = time.perf_counter()\n"
        "    close(cls)\n"
        "    spent[0] += time.perf_counter() - started\n"
        "    spent[1] += 1\n"
        "    return cls\n"
        "closing.final = timed\n"
        "for door in 'budget fund history indicators instruments plans rules statistics serialization'.split():\n"
        "    importlib.import_module(f'levier.{door}')\n"
        "print(*spent)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    seconds, count = map(float, done.stdout.split())
    assert count > 100
    assert seconds < 0.05, seconds  # far more than it takes, for a busy machine


def test_protocols_stay_open() -> None:
    """What is meant to be implemented is not final."""
    open_ones = [cls.__name__ for cls in CLASSES if Protocol in cls.__bases__ and getattr(cls, "__final__", False)]
    assert open_ones == []
