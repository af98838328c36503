"""The names that modules promise."""

from __future__ import annotations

import re
from importlib import import_module
from inspect import isclass, isfunction, ismodule
from types import ModuleType


def order(name: str) -> tuple[int, list[tuple[int, int | str]]]:
    """Return the place of *name* in a sorted `__all__`: constants, then classes, then the rest, numbers as numbers."""
    rank = 0 if len(name) > 1 and name.isupper() else 1 if name[:1].isupper() else 2
    parts = re.findall(r"\d+|\D+", name)
    return rank, [(0, int(part)) if part.isdecimal() else (1, part) for part in parts]


def exported(module: ModuleType) -> list[str]:
    """Return the `__all__` of *module*; a package that only holds modules, and defines no name, needs none."""
    own = [name for name, value in vars(module).items() if not name.startswith("_") and not ismodule(value)]
    bare = hasattr(module, "__path__") and set(own) <= {"annotations"}
    return list(getattr(module, "__all__", [])) if bare else list(module.__all__)


def test_all_is_sorted(public_module: str) -> None:
    """Every public module has an `__all__`, without duplicates, in one order."""
    names = exported(import_module(public_module))
    assert len(set(names)) == len(names)
    assert names == sorted(names, key=order)


def test_all_tells_no_lie(public_module: str) -> None:
    """Every name in an `__all__` exists."""
    module = import_module(public_module)
    missing = [name for name in exported(module) if not hasattr(module, name)]
    assert missing == []


def test_all_forgets_nothing(public_module: str) -> None:
    """Every public class and function that a module defines is in its `__all__`."""
    module = import_module(public_module)
    defined = {
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and (isclass(value) or isfunction(value)) and value.__module__ == public_module
    }
    assert sorted(defined - set(exported(module))) == []


def test_modules_say_what_they_are_for(public_module: str) -> None:
    """Every public module opens with a docstring."""
    assert import_module(public_module).__doc__
