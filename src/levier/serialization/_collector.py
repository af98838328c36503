"""
A pause of the cyclic garbage collector, which takes 40 % of the time of a bulk load and finds nothing in it.

The pause sets the first threshold of the collector to zero, which stops automatic collections.
It does not change whether the collector is enabled: a program that calls `gc.disable()` or `gc.enable()` meanwhile, or
sets thresholds of its own, keeps what it has set.

Three events could leave the collector paused for ever:

- An interrupt. Python handles signals after a call, never between two opcodes, so a `finally` block whose only call
  restores the threshold cannot be interrupted before that call.
- A fork while another thread loads. The child has no copy of the thread that would end the pause, so the child ends it
  itself, at once.
- Overlapping loads. The first load pauses; the others find the collector paused and change nothing. It is restored
  when the first load ends, even if others still run.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from threading import get_ident
from typing import TypeVar

__all__ = ["uncollected"]

T = TypeVar("T")

_paused: dict[int, int] = {}
"""The threshold to restore, by the thread that paused."""


def uncollected(act: Callable[[], T]) -> T:
    """
    Return `act()`, run while the collector is paused; restore the collector in any case.

    >>> uncollected(lambda: gc.get_threshold()[0]), gc.get_threshold()[0] > 0
    (0, True)
    """
    before, thread = gc.get_threshold()[0], get_ident()
    if not before:  # already paused, by another thread or by the program
        return act()
    try:
        _paused[thread] = before
        gc.set_threshold(0)
        return act()
    finally:
        is_ours = True
        try:
            is_ours = gc.get_threshold()[0] == 0  # otherwise the program has set its own meanwhile
        finally:
            if is_ours:
                gc.set_threshold(before)
            _paused.pop(thread, None)


def _resume_in_child() -> None:
    """End, in a forked child, the pauses of threads that exist only in the parent."""
    for before in _paused.values():
        if not gc.get_threshold()[0]:
            gc.set_threshold(before)
    _paused.clear()


if hasattr(os, "register_at_fork"):  # pragma: no branch  # Windows has no fork
    os.register_at_fork(after_in_child=_resume_in_child)
