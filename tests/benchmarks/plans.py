"""
Ask a whole plan: as known on a day, its findings, a part of it, two merged, its report; beside `loads` of the same.

Times are of the process, so that other work on the machine does not count. A plan is loaded afresh for each question,
because portfolios keep their last answers.

    python tests/benchmarks/plans.py [--quick] [--json FILE]
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

from attrs import evolve
from rows import Row, parser_of, seconds, show, write

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
    options = parser_of(__doc__, quick="fewer rounds and smaller plans").parse_args()
    rows = measured(QUICK_SIZES, QUICK_ROWS, rounds=3) if options.quick else measured(SIZES, ROWS, rounds=5)
    show(rows)
    write(rows, options.json)


if __name__ == "__main__":
    main()
