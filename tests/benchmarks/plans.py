"""
Ask a whole plan: as known on a day, its findings, a part of it, two merged, its report; beside `loads` of the same.

Times are of the process, so that other work on the machine does not count. A plan is loaded afresh for each question,
because portfolios keep their last answers.

    python tests/benchmarks/plans.py [--quick] [--json FILE]
"""

from __future__ import annotations

import argparse
import gc
import json
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from attrs import evolve

import levier
from levier import Observation, Portfolio
from levier.display.report import report
from levier.history import merge
from levier.model.observations import Observations
from levier.rules import check
from levier.testing import samples

DAY = "2023-06-30"
AT_MOST = {"as_of": 5.0, "check": 3.0, "where": 1.0, "merge": 5.0, "report": 10.0}
SIZES = (2_000, 20_000)
QUICK_SIZES = (200, 1_000)
ROWS = 360_000
QUICK_ROWS = 36_000


class Row(NamedTuple):
    """One line of the table that other programs read."""

    name: str
    ratio: float
    at_most: float


def seconds(act: Callable[[], object]) -> float:
    """Return the processor time of one call."""
    gc.collect()
    started = time.process_time()
    result = act()
    taken = time.process_time() - started
    del result
    return taken


def loaded(text: bytes) -> Portfolio:
    """Return a plan about which nothing was asked yet."""
    plan = levier.loads(text)
    assert isinstance(plan, Portfolio)
    return plan


def questions(text: bytes, rounds: int) -> dict[str, float]:
    """Return the median times of `loads` and of each question."""
    changed = loaded(text)
    changed = changed.with_(evolve(changed.observations[5], period="2031-01"))
    lever = next(iter(changed.levers))
    asked: dict[str, Callable[[Portfolio], object]] = {
        "as_of": lambda plan: plan.as_of(DAY),
        "check": lambda plan: check(plan, as_of=DAY),
        "where": lambda plan: plan.where(lever_id=lever),
        "merge": lambda plan: merge(changed, plan),
        "report": lambda plan: report(plan, as_of=DAY, lang="fr"),
    }
    times = {name: median(_each(act, text, rounds)) for name, act in asked.items()}
    return {"loads": median(seconds(lambda: loaded(text)) for _ in range(rounds)), **times}


def _each(act: Callable[[Portfolio], object], text: bytes, rounds: int) -> list[float]:
    found = []
    for _ in range(rounds):
        plan = loaded(text)
        found.append(seconds(lambda plan=plan: act(plan)))  # type: ignore[misc]  # bound for this round
    return found


def one_more(rows: int) -> float:
    """Return the milliseconds of `with_` of one observation in a table of so many."""
    table = Observations(
        Observation(
            indicator_id=f"i{number // 120:05d}",
            period=f"{2015 + number % 120 // 12}-{number % 12 + 1:02d}",
            kind="actual",
            value=number,
        )
        for number in range(rows)
    )
    new = [evolve(table[place], value=1) for place in range(0, rows, rows // 50)]
    return median(seconds(lambda row=row: table.with_(row)) for row in new) * 1e3  # type: ignore[misc]


def measured(sizes: tuple[int, ...], rows: int, rounds: int) -> list[Row]:
    """Measure, print the table, and return the rows."""
    found: dict[int, dict[str, float]] = {}
    drawn: dict[int, float] = {}
    for size in sizes:
        plans: list[Any] = []
        drawn[size] = seconds(lambda size=size, plans=plans: plans.append(samples.portfolio(projects=size)))  # type: ignore[misc]
        found[size] = questions(levier.dumps(plans.pop()), rounds)
        print(f"{size:>7,} projects: samples.portfolio {drawn[size] * 1e3:.0f} ms; ", end="")
        print(", ".join(f"{name} {taken * 1e3:.0f} ms" for name, taken in found[size].items()))
    small, large = sizes[0], sizes[-1]
    lines = [
        Row(f"{name} / loads, {small:,} projects", found[small][name] / found[small]["loads"], most)
        for name, most in AT_MOST.items()
    ]
    lines += [
        Row(f"{name}, a project: {large:,} / {small:,}", found[large][name] / found[small][name] * small / large, 1.5)
        for name in AT_MOST
    ]
    growth = drawn[large] / drawn[small] * small / large
    lines.append(Row(f"samples.portfolio, a project: {large:,} / {small:,}", growth, 1.5))
    lines.append(Row(f"with_ of one observation of {rows:,}, in milliseconds", one_more(rows), 3.0))
    return lines


def main() -> None:
    """Run the benchmark as a script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller plans")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write rows of name, ratio, at_most")
    options = parser.parse_args()
    rows = measured(QUICK_SIZES, QUICK_ROWS, rounds=3) if options.quick else measured(SIZES, ROWS, rounds=5)
    for row in rows:
        print(f"{row.name:56} {row.ratio:6.2f}   at most {row.at_most:4.2f}   ", end="")
        print("met" if row.ratio <= row.at_most else "MISSED")
    if options.json:
        written = [row._replace(ratio=round(row.ratio, 3))._asdict() for row in rows]
        options.json.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
