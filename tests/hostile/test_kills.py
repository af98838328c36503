"""A process that is killed while it writes leaves the file as it was or as it is to be, and its draft is swept."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import levier
from levier import Lever, Portfolio

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="Windows kills otherwise"), pytest.mark.untraced]

WRITER = """
import sys
import levier
from levier import Lever, Portfolio
plan = Portfolio.of(*(Lever(id=f"lever-{number}", label="after " * 20) for number in range(3_000)))
print("ready", flush=True)
while True:
    levier.dump(plan, sys.argv[1])
"""


@pytest.mark.parametrize("name", ["plan.json", "plan.ndjson.gz", "plan.json.zst"])
def test_no_kill_leaves_half_a_file(tmp_path: Path, name: str, effort: int) -> None:
    """Killed at some moment of writing, again and again, a file is whole each time; the next writer sweeps up."""
    path, before = tmp_path / name, Portfolio.of(Lever(id="before", label="before"))
    chance = random.Random(name)
    for _ in range(3 * effort):
        levier.dump(before, path)
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        os.kill(writer.pid, signal.SIGKILL)
        writer.communicate()
        found = levier.load(path)
        assert found == before or len(found.levers) == 3_000
    levier.dump(before, path)
    assert [each.name for each in tmp_path.iterdir()] == [name]
