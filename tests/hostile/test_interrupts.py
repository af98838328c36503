"""Interrupts and forks in the middle of a load leave the process as it was, and the next load works."""

from __future__ import annotations

import gc
import os
import random
import signal
import subprocess
import sys
from types import FrameType

import pytest

import levier
from levier import catalogue
from levier.serialization import structure, unstructure

pytestmark = [
    # An interrupt may fall into a callback of a weak reference, which Python can only report, and goes on.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has neither forks nor timers that signal"),
    pytest.mark.untraced,
]

TIMES = 60

FIRST = """
import gc, random, signal, sys
seed, data = int(sys.argv[1]), sys.stdin.buffer.read()
import levier
from levier.serialization import structure, unstructure
before = gc.isenabled(), gc.get_threshold()
signal.signal(signal.SIGALRM, signal.default_int_handler)
chance = random.Random(seed)
for _ in range(20):
    try:
        signal.setitimer(signal.ITIMER_REAL, chance.uniform(1e-5, 2e-2))
        levier.loads(data)
        structure({"id": "m", "label": "M"}, levier.Method)
        signal.setitimer(signal.ITIMER_REAL, 0)
    except KeyboardInterrupt:
        pass
signal.setitimer(signal.ITIMER_REAL, 0)
assert (gc.isenabled(), gc.get_threshold()) == before
plan = levier.loads(data)
assert levier.dumps(plan) == data
assert unstructure(structure({"id": "m", "label": "M"}, levier.Method))["label"] == "M"
"""


def in_levier(frame: FrameType | None) -> bool:
    """Tell whether a frame, or one that called it, is of levier's own reading, and no tool's that watches the run."""
    while frame is not None:
        # The one holds a lock of its own, which no interrupt may break; the other hears of every collection.
        if any(f"/{tool}/" in frame.f_code.co_filename for tool in ("coverage", "hypothesis")):
            return False
        if "/levier/serialization/" in frame.f_code.co_filename:
            return True
        frame = frame.f_back
    return False


def without_coverage() -> dict[str, str]:
    """Return the environment of a process that no coverage tool watches."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}


def test_interrupts_at_any_moment_of_a_load(effort: int) -> None:
    """Interrupted again and again, loads and explanations leave the collector as it was, and then work."""
    plan = catalogue.action_publique_2022()
    data, state = levier.dumps(plan), (gc.isenabled(), gc.get_threshold())
    bad = data.replace(b'"label":"', b'"label":" ', 5)
    chance, interrupted = random.Random(7), 0

    def interrupt(_: int, frame: FrameType | None) -> None:
        if in_levier(frame):
            raise KeyboardInterrupt

    previous = signal.signal(signal.SIGALRM, interrupt)
    try:
        for number in range(TIMES * effort):
            signal.setitimer(signal.ITIMER_REAL, chance.uniform(1e-6, 3e-2))
            try:
                levier.loads(bad if number % 3 else data)
            except KeyboardInterrupt:
                interrupted += 1
            except levier.InvalidDocumentError:
                pass
            assert (gc.isenabled(), gc.get_threshold()) == state
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    assert interrupted
    assert levier.loads(data) == plan
    assert (
        structure(unstructure(plan.levers["invest-to-transform"]), levier.Lever) == plan.levers["invest-to-transform"]
    )


def test_interrupts_of_first_uses(effort: int) -> None:
    """What is interrupted while it is built for the first time is built by the next use."""
    data = levier.dumps(catalogue.action_publique_2022())
    for seed in range(2 * effort):
        done = subprocess.run(
            [sys.executable, "-c", FIRST, str(seed)],
            input=data,
            check=False,
            capture_output=True,
            timeout=120,
            env=without_coverage(),
        )
        assert done.returncode == 0, (seed, done.stderr.decode()[-2_000:])


FORKS = """
import gc, os, sys, warnings
from threading import Event, Thread
import levier
warnings.simplefilter("ignore")  # a fork beside a thread is the very case
data, state, done = sys.stdin.buffer.read(), gc.get_threshold(), Event()
def load_on_and_on():
    while not done.is_set():
        levier.loads(data)
levier.loads(data)
thread = Thread(target=load_on_and_on)
thread.start()
failed = 0
for _ in range(int(sys.argv[1])):
    child = os.fork()
    if not child:
        sound = gc.get_threshold() == state and gc.isenabled() and len(levier.loads(data).levers) > 0
        os._exit(0 if sound else 1)
    failed += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
done.set()
thread.join()
sys.exit(failed)
"""


def test_forks_while_another_thread_loads(effort: int) -> None:
    """Every child that is forked while another thread loads has its collector on, and loads."""
    data = levier.dumps(catalogue.action_publique_2022())
    command = [sys.executable, "-c", FORKS, str(20 * effort)]
    done = subprocess.run(
        command, input=data, check=False, capture_output=True, timeout=60 + 5 * effort, env=without_coverage()
    )
    assert done.returncode == 0, done.stderr.decode()[-2_000:]
