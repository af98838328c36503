"""
What `import levier` and `levier --help` cost, next to what they cannot do without.

The import stands next to attrs and pendulum; the help next to a bare program of Cyclopts with the same options.
Fresh processes, the programs by turns so that a busy machine weighs on each alike; medians; the start of the
interpreter subtracted. Byte code is cached for all of them alike, in a folder of the measurement's own.

    python tests/benchmarks/imports.py [--quick] [--json FILE]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from statistics import median
from time import perf_counter

from rows import Row, environment, parser_of, show, write

PROGRAMS = {
    "interpreter": "pass",
    "attrs, pendulum": "import attrs, pendulum",
    "levier": "import levier",
    "cyclopts": """
from cyclopts import App
app = App(name="bare", help="A bare program.", version="1")
@app.command
def report(portfolio: str | None = None, /, *, as_of: str | None = None, output: str | None = None) -> None: ...
app(["--help"], exit_on_error=False)
""",
    "levier --help": "from levier.cli import main; main(['--help'])",
}
PAIRS = (("levier", "attrs, pendulum", 1.6), ("levier --help", "cyclopts", 2.0))
"""A program, what it stands beside, and how many times as much it may cost."""
ROUNDS, QUICK_ROUNDS = 15, 7


def seconds(program: str, env: dict[str, str]) -> float:
    """Return the wall time of one fresh process that runs *program*."""
    started = perf_counter()
    subprocess.run([sys.executable, "-c", program], env=env, check=True, stdout=subprocess.DEVNULL)
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
    """Measure, print the table, write the rows if asked; status 1 when a ratio exceeds what is allowed."""
    options = parser_of(__doc__, quick=f"{QUICK_ROUNDS} rounds instead of {ROUNDS}").parse_args()
    medians = measured(QUICK_ROUNDS if options.quick else ROUNDS)
    start = medians["interpreter"]
    print(f"{'program':<18}{'median ms':>10}{'net ms':>10}")
    for name, value in medians.items():
        print(f"{name:<18}{value:>10.1f}{value - start:>10.1f}")
    rows = [
        Row(f"{name} / {beside}", (medians[name] - start) / (medians[beside] - start), most)
        for name, beside, most in PAIRS
    ]
    show(rows)
    write(rows, options.json)
    return int(any(row.ratio > row.at_most for row in rows))


if __name__ == "__main__":
    sys.exit(main())
