"""
What `import levier` costs, next to importing attrs and pendulum, which it cannot do without.

Fresh processes, the three programs by turns so that a busy machine weighs on each alike; medians; the start of the
interpreter subtracted. Byte code is cached for all of them alike, in a folder of the measurement's own.

    python tests/benchmarks/imports.py [--quick] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

PROGRAMS = {
    "interpreter": "pass",
    "attrs, pendulum": "import attrs, pendulum",
    "levier": "import levier",
}
AT_MOST = 1.6
ROUNDS, QUICK_ROUNDS = 15, 7


def environment(cache: str) -> dict[str, str]:
    """Return this process's environment, with byte code cached in *cache* and nothing measured on the side."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name != "PYTHONDONTWRITEBYTECODE" and not name.startswith("COVERAGE_")
    }
    return {**kept, "PYTHONPYCACHEPREFIX": cache}


def seconds(program: str, env: dict[str, str]) -> float:
    """Return the wall time of one fresh process that runs *program*."""
    started = perf_counter()
    subprocess.run([sys.executable, "-c", program], env=env, check=True)
    return perf_counter() - started


def measured(rounds: int) -> dict[str, float]:
    """Return the median milliseconds of each program over *rounds* rounds, after one that fills the caches."""
    times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    with tempfile.TemporaryDirectory() as cache:
        env = environment(cache)
        for program in PROGRAMS.values():
            seconds(program, env)
        for _ in range(rounds):
            for name, program in PROGRAMS.items():
                times[name].append(seconds(program, env))
    return {name: median(values) * 1000 for name, values in times.items()}


def main() -> int:
    """Measure, print the table, write the rows if asked; status 1 when the ratio exceeds what is allowed."""
    parser = argparse.ArgumentParser(description="Measure what `import levier` costs.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write rows of name, ratio, at_most")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_ROUNDS} rounds instead of {ROUNDS}")
    arguments = parser.parse_args()

    medians = measured(QUICK_ROUNDS if arguments.quick else ROUNDS)
    start = medians["interpreter"]
    ratio = (medians["levier"] - start) / (medians["attrs, pendulum"] - start)

    print(f"{'program':<18}{'median ms':>10}{'net ms':>10}")
    for name, value in medians.items():
        print(f"{name:<18}{value:>10.1f}{value - start:>10.1f}")
    print(f"import levier / import attrs, pendulum: {ratio:.2f} (at most {AT_MOST})")

    if arguments.json:
        rows = [{"name": "import levier", "ratio": round(ratio, 3), "at_most": AT_MOST}]
        arguments.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return int(ratio > AT_MOST)


if __name__ == "__main__":
    sys.exit(main())
