"""
What the testing kit costs a suite that uses it, and one that does not.

Draws and shrinking run as in a suite, without the database of earlier failures. What we add to a start is measured in
fresh processes that have imported pytest or Hypothesis, without entry points: two whole starts differ by more, from one
to the next, than what is measured. Byte code is cached.
Times are of processors, so that other work on the machine does not count.

    python tests/benchmarks/testing.py [--quick] [--json FILE]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Any

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Stage
from hypothesis import strategies as st
from rows import Row, parser_of, seconds, show, write

import levier
from levier import Fund, Portfolio, Project
from levier.testing import samples
from levier.testing.unequal import explanation

DRAWS = {Project: 300, Portfolio: 150, Fund: 150}
"""How many values of a class are drawn in a second."""
SHRINKING, EXPLAINING = 5.0, 1.0
"""The most seconds that the smallest failing project may take, and what differs between 2,000 projects."""
OF_PYTEST, OF_HYPOTHESIS = 5.0, 10.0
"""The most milliseconds that we may add to a start."""
STARTS = {
    "the start of pytest": ("pytest", "import levier.testing.plugin"),
    "import hypothesis": ("hypothesis", "from levier.testing.registration import register; register()"),
}
"""What is imported first, and what we add to it."""
ADDED = """
import time, {first}
started = time.process_time()
{ours}
print((time.process_time() - started) * 1000)
"""
CHECKED = settings(
    max_examples=2000, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def drawing(cls: type[Any], count: int, rounds: int) -> float:
    """Return the median seconds in which *count* values of a class are drawn."""
    drawn = settings(CHECKED, max_examples=count, phases=[Stage.generate])(given(st.from_type(cls))(lambda _: None))
    drawn()  # the first time, strategies are made
    return median(seconds(drawn) for _ in range(rounds))


def shrinking() -> None:
    """Find the smallest project with two milestones, as a failing test does."""

    @CHECKED
    @given(st.from_type(Project))
    def has_one_milestone(project: Project) -> None:
        assert len(project.milestones) < 2

    with suppress(AssertionError):
        has_one_milestone()


def explaining() -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is explained, with the call."""
    left, right = samples.portfolio(projects=2000), samples.portfolio(projects=2000)
    changed = right.with_(evolve(right.projects["project-0007"], label="Un autre nom"))
    other = samples.portfolio(projects=2000, seed=8)
    yield "one field differs", lambda: explanation(left, changed)
    yield "all differ", lambda: explanation(left, other)
    yield "observations", lambda: explanation(left.observations, other.observations)


def milliseconds(program: str, cache: str) -> float:
    """Return what a program prints in a fresh process."""
    path = os.pathsep.join([str(Path(levier.__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env = kept | {"PYTHONPATH": path, "PYTHONPYCACHEPREFIX": cache, "HYPOTHESIS_NO_PLUGINS": "1"}
    done = subprocess.run([sys.executable, "-c", program], env=env, check=True, capture_output=True, text=True)
    return float(done.stdout)


def starting(first: str, ours: str, rounds: int) -> float:
    """Return the median milliseconds that ours adds to what is imported first."""
    program = ADDED.format(first=first, ours=ours)
    with tempfile.TemporaryDirectory() as cache:
        milliseconds(program, cache)  # fills the cache
        return median(milliseconds(program, cache) for _ in range(rounds))


def measured(*, quick: bool) -> Iterator[Row]:
    """Measure, and yield the rows: seconds and milliseconds, each with its limit."""
    for cls, count in DRAWS.items():
        yield Row(f"seconds to draw {count} {cls.__name__}", drawing(cls, count, 3 if quick else 9), 1.0)
    yield Row("seconds to shrink a project of two milestones", seconds(shrinking), SHRINKING)
    for name, act in explaining():
        yield Row(f"seconds to explain 2,000 projects, {name}", seconds(act), EXPLAINING)
    for (name, (first, ours)), limit in zip(STARTS.items(), (OF_PYTEST, OF_HYPOTHESIS), strict=True):
        yield Row(f"milliseconds added to {name}", starting(first, ours, 5 if quick else 15), limit)


def main() -> int:
    """Run the benchmark as a script; status 1 when a limit is missed."""
    options = parser_of(__doc__, quick="fewer rounds").parse_args()
    rows = [row._replace(ratio=round(row.ratio, 3)) for row in measured(quick=options.quick)]
    show(rows)
    write(rows, options.json)
    return int(any(row.ratio > row.at_most for row in rows))


if __name__ == "__main__":
    sys.exit(main())
