"""What waits for the model: called once, whenever the model comes."""

from __future__ import annotations

import subprocess
import sys

from levier import Period
from levier._loading import once_the_model_is_loaded

PROGRAM = """
import levier._loading as loading
said = []
loading.once_the_model_is_loaded(lambda: said.append("first"))
loading.once_the_model_is_loaded(lambda: said.append("second"))
import levier
levier.errors, levier.Period, levier.Portfolio
loading.once_the_model_is_loaded(lambda: said.append("late"))
print(*sorted(said))
"""


def test_what_waits_is_called_once() -> None:
    """What waits before the model is imported is called with its first class, and what comes later at once."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", PROGRAM], check=True, capture_output=True, text=True)
    assert done.stdout == "first late second\n"


def test_nothing_waits_for_what_is_there() -> None:
    """Where the model is loaded, nothing waits."""
    assert Period("2019")
    called: list[int] = []
    once_the_model_is_loaded(lambda: called.append(1))
    assert called == [1]


THREADS = """
from threading import Barrier, Thread
import levier._loading as loading
import levier
called, barrier = [], Barrier(8)

def wait():
    barrier.wait()
    loading.once_the_model_is_loaded(lambda: called.append(levier.Portfolio()))

def load():
    barrier.wait()
    levier.Period("2019")

threads = [Thread(target=act) for act in (wait, load) * 4]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(called))
"""


def test_threads_call_each_once() -> None:
    """Where threads import the model while others wait for it, each is called, and once."""
    for _ in range(5):
        command = [sys.executable, "-W", "error", "-c", THREADS]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        assert done.stdout == "4\n"
        assert done.stderr == ""
