"""
A pause of the cyclic collector, which costs 40 % of a bulk load and finds nothing in it.

The pause sets the first threshold of the collector to zero, which stops automatic collections.
It leaves alone whether the collector is enabled: a program that calls `gc.disable()` or `gc.enable()` meanwhile has
its will, and so does one that sets thresholds of its own.

Three things could leave the collector paused for ever, and are seen to:

- An interrupt. Python looks for signals after a call, never between one opcode and the next, so that a `finally` whose
  only call restores the threshold cannot be interrupted before it has done so.
- A fork while another thread loads. The thread that would have ended the pause is not in the child, so the child ends
  it itself, at once.
- Loads that overlap. The first to begin pauses, the others find the collector paused and go on; it is restored when
  the first one ends, whatever the others do.
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
    Return what *act* returns, run while the collector is paused; restore the collector whatever happens.

    >>> uncollected(lambda: gc.get_threshold()[0]), gc.get_threshold()[0] > 0
    (0, True)
    """
    before, thread = gc.get_threshold()[0], get_ident()
    if not before:  # it is paused already, by another thread or by the program
        return act()
    try:
        _paused[thread] = before
        gc.set_threshold(0)
        return act()
    finally:
        is_ours = True
        try:
            is_ours = gc.get_threshold()[0] == 0  # otherwise the program has set another meanwhile
        finally:
            if is_ours:
                gc.set_threshold(before)
            _paused.pop(thread, None)


def _resume_in_child() -> None:
    """End the pauses of threads that a fork has left behind."""
    for before in _paused.values():
        if not gc.get_threshold()[0]:
            gc.set_threshold(before)
    _paused.clear()


if hasattr(os, "register_at_fork"):  # pragma: no branch  # not on Windows, where nothing forks
    os.register_at_fork(after_in_child=_resume_in_child)
