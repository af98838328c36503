"""Who is told of each final class: whoever watches, of each once, and of no other."""

from __future__ import annotations

import subprocess
import sys

import pytest
from attrs import frozen

from levier import _watching
from levier.errors.final import final

THREADS = """
from threading import Barrier, Thread
from hypothesis import strategies as st
from hypothesis.strategies._internal.types import _global_type_lookup
from levier.testing.registration import register
import levier

names = ["Period", "Project", "Fund", "Euros", "Day", "Portfolio", "Indicator", "Lever"]
barrier = Barrier(len(names) + 1, timeout=60)

def use(name):
    barrier.wait()
    getattr(levier, name)

def watch():
    barrier.wait()
    register()

if {is_early}:
    register()
threads = [Thread(target=use, args=[name]) for name in names] + [Thread(target=watch)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(all(getattr(levier, name) in _global_type_lookup for name in names))
"""


def test_watchers_are_told_of_final_classes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A class is told of when it is complete, with its fields, and before its name is bound."""
    told: list[type] = []
    monkeypatch.setattr(_watching, "watchers", [told.append])

    @final
    @frozen
    class Closed:
        number: int = 1

    @frozen
    class Open:
        number: int = 1

    assert told == [Closed]
    assert Open().number == told[0]().number


@pytest.mark.parametrize("is_early", [True, False])
def test_threads_do_not_wait_for_each_other(is_early: bool) -> None:
    """Threads import the model, from several modules at once, while Hypothesis is told of it: all classes are known."""
    program = THREADS.replace("{is_early}", str(is_early))
    for _ in range(3):
        command = [sys.executable, "-W", "error", "-c", program]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
        assert (done.stdout, done.stderr) == ("True\n", "")
