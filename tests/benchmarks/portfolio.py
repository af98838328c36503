"""
Build a portfolio, look things up in it, change it and compare two, beside loops that do without a portfolio.

Times are of the process, so that other work on the machine does not count.

    python tests/benchmarks/portfolio.py [--quick] [--json FILE]
"""

from __future__ import annotations

import gc
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from statistics import median
from typing import Any

from rows import Row, medians, parser_of, seconds, show, write

from levier import Lever, Milestone, Organisation, Portfolio, Project, Reform
from levier.history import difference

PROJECTS = 20_000
SIZES = (1_000, 10_000, 100_000)
QUICK_SIZES = (1_000, 20_000)
LOOKUPS = 20_000
CHANGES = 200


def things(projects: int) -> Iterator[Any]:
    """Yield so many projects, each with an owner, a reform, levers, a milestone and a step, and what they refer to."""
    for number in range(20):
        yield Organisation(id=f"body-{number:02d}", label="Body", kind="ministry")
        yield Lever(id=f"lever-{number:02d}", label="Lever")
    for number in range(projects // 20):
        yield Reform(id=f"reform-{number:06d}", label="Reform", owner_id=f"body-{number % 20:02d}")
    for number in range(projects):
        yield Project(
            id=f"project-{number:06d}",
            label="Project",
            owner_id=f"body-{number % 20:02d}",
            reform_id=f"reform-{number // 20:06d}",
            lever_ids=[f"lever-{number % 20:02d}", f"lever-{number % 7 + 5:02d}"][
                : 1 + (number % 20 != number % 7 + 5)
            ],
            milestones=[Milestone(id="pilot", label="Pilot", planned="2019-09")],
        )


def building(projects: int, rounds: int) -> dict[str, float]:
    """Return the times of building the objects alone, and of building the portfolio of them."""
    acts = {"alone": lambda: list(things(projects)), "portfolio": lambda: Portfolio.of(*things(projects))}
    return medians(acts, rounds)


def moved(plan: Portfolio, number: int) -> Project:
    """Return a project of the plan, moved on."""
    project = plan.projects[f"project-{number % len(plan.projects):06d}"]
    return project.moved_to("experimentation", on="2019-06-20", because="third CITP")


def changing(plan: Portfolio) -> float:
    """Return the time of changing one project, in seconds, that 19 of 20 changes all over the plan keep to."""
    times = []
    for number in range(0, CHANGES * 97, 97):
        project = moved(plan, number)
        started = time.process_time()
        plan.with_(project)
        times.append(time.process_time() - started)
    return sorted(times)[CHANGES * 19 // 20]


def changed_memory(plan: Portfolio) -> int:
    """Return the bytes that a changed portfolio keeps beside the one it came from."""
    project = moved(plan, 7)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    changed = plan.with_(project)
    taken = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return taken if changed is not plan else 0


def looking_up(projects: Mapping[str, Project]) -> float:
    """Return the time of one lookup by identifier, in seconds, all over the plan."""
    names = [f"project-{number * 97 % len(projects):06d}" for number in range(LOOKUPS)]
    return median(seconds(lambda: [projects[name] for name in names]) for _ in range(9)) / LOOKUPS


def walk(old: Portfolio, new: Portfolio) -> int:
    """Go through everything in both portfolios, and look at the identifier of each."""
    return sum(len(item.id) for item in chain(old, new))


def compare(old: Portfolio, new: Portfolio) -> int:
    """Go through both portfolios side by side, and compare what stands beside each other."""
    return sum(before != after for before, after in zip(old, new, strict=True))


def ten_places(plan: Portfolio) -> Portfolio:
    """Return the plan with ten projects moved on."""
    return plan.with_(*(moved(plan, number) for number in range(0, 10 * 1_999, 1_999)))


def measured(sizes: tuple[int, ...], rounds: int) -> list[Row]:
    """Measure, print the tables, and return the rows."""
    plan = Portfolio.of(*things(PROJECTS))
    changed, apart = ten_places(plan), ten_places(Portfolio.of(*things(PROJECTS)))
    gc.freeze()  # what stands here already is nobody's to traverse
    built = building(PROJECTS, rounds)
    acts: dict[str, Callable[[], object]] = {
        "walk": lambda: walk(plan, changed),
        "compare": lambda: compare(plan, apart),
        "shared": lambda: difference(plan, changed),
        "apart": lambda: difference(plan, apart),
    }
    walked = medians(acts, rounds)
    changing_one, kept = changing(plan), changed_memory(plan)
    print(
        f"{PROJECTS:,} projects: objects alone {built['alone'] * 1e3:.0f} ms, portfolio {built['portfolio'] * 1e3:.0f}"
    )
    print(f"one project changed: {changing_one * 1e3:.3f} ms; {kept:,} bytes kept beside the old portfolio")
    print(
        f"ten places: walk {walked['walk'] * 1e3:.2f} ms, difference {walked['shared'] * 1e3:.2f}; built apart: ",
        end="",
    )
    print(f"walk that compares {walked['compare'] * 1e3:.2f}, difference {walked['apart'] * 1e3:.2f}")
    return [
        Row("building: portfolio / objects alone", built["portfolio"] / built["alone"], 1.5),
        Row("one project changed, 19 of 20, in milliseconds", changing_one * 1e3, 1.0),
        Row("difference in ten places / plain walk", walked["shared"] / walked["walk"], 3.0),
        Row("the same, built apart / a walk that compares", walked["apart"] / walked["compare"], 3.0),
        *growth(sizes, rounds),
    ]


def growth(sizes: tuple[int, ...], rounds: int) -> Iterator[Row]:
    """Measure the smallest and the largest plan, print each, and yield how the time of one project grows."""
    times = {}
    for size in sizes:
        plan = Portfolio.of(*things(size))
        one = building(size, rounds)["portfolio"] / size
        lookups = looking_up(plan.projects), looking_up(dict(plan.projects))
        times[size] = (one, *lookups)
        found = f"{lookups[0] * 1e9:5.0f} ns a lookup ({lookups[1] * 1e9:.0f} in a dictionary)"
        print(f"{size:>9,} projects: {one * 1e6:6.2f} µs each to build, {found}, ", end="")
        print(f"{changing(plan) * 1e3:.3f} ms to change one")
    small, large = times[sizes[0]], times[sizes[-1]]
    span = f"{sizes[-1]:,} / {sizes[0]:,} projects"
    yield Row(f"building, a project: {span}", large[0] / small[0], 1.3)
    yield Row(f"a lookup, over a dictionary's own growth: {span}", large[1] / small[1] / (large[2] / small[2]), 2.0)


def main() -> None:
    """Run the benchmark as a script."""
    options = parser_of(__doc__, quick="fewer rounds and smaller plans").parse_args()
    rows = measured(QUICK_SIZES if options.quick else SIZES, rounds=3 if options.quick else 9)
    show(rows)
    write(rows, options.json)


if __name__ == "__main__":
    main()
