"""
Packages whose names are gathered at first use.

A package that imports its own modules holds its lock while it waits for theirs.
Another thread that imports one of these modules first holds that lock, waits for the package's, and Python raises
`_DeadlockError` in one of the two.
So the names of such a package stand in a module of it, `_surface`, which is imported when the first name is asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

__all__ = ["gathered"]


def gathered(package: str) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return `__getattr__` and `__dir__` of a package whose names its module `_surface` gathers."""

    def get(name: str) -> Any:
        surface = import_module(f"{package}._surface")
        if name == "__all__" or name in surface.__all__:
            found = getattr(surface, name)
            setattr(sys.modules[package], name, found)  # asked once: from then on it is the package's own
            return found
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    def names() -> list[str]:
        return list(import_module(f"{package}._surface").__all__)

    return get, names
