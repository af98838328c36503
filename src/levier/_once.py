"""What is built at first use, once for the whole process, before any thread can use half of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import Any, TypeVar, cast

__all__ = ["once"]

F = TypeVar("F", bound=Callable[..., Any])

# One lock for all, because what is built asks for other things that are built: two locks could wait for each other.
# msgspec reads a class when it first meets it, and two threads that read one class at the same time crash the process.
_building = RLock()
if hasattr(
    os, "register_at_fork"
):  # pragma: no branch  # not on Windows; a child would wait for ever for a thread that it does not have
    os.register_at_fork(before=_building.acquire, after_in_parent=_building.release, after_in_child=_building.release)


def once(build: F) -> F:
    """
    Return a function that builds a value once for each of its arguments and keeps it; a decorator.

    Unlike `functools.cache`, it never builds one thing twice.
    A thread that asks while another builds waits for it; one that asks later takes no lock.
    What is built is kept as long as the process runs, so arguments have to be few: classes, types, names of fields.

    >>> numbers = iter(range(3))
    >>> first = once(lambda: next(numbers))
    >>> first(), first()
    (0, 0)
    """
    built: dict[tuple[Any, ...], Any] = {}

    @wraps(build)
    def kept(*about: Any) -> Any:
        if about not in built:
            with _building:
                if about not in built:
                    built[about] = build(*about)
        return built[about]

    return cast("F", kept)
