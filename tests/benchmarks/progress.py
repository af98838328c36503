"""
What progress costs through the object path, next to the shortest honest loop over the same objects.

The loop is what one would write by hand for these portfolios: group the observations, take the last baseline, actual
value and target within the cut-offs and the day asked, divide, round, bound.
It gives the same numbers, which is checked, and nothing else: no reason, no observation used, no explanation.

Both by turns in one process, the collector off, medians; `progress_of` is asked for each series one by one.
Growth is the time of one series among many over that of one among a thousand, run as often as it takes to make as
many, right beside.
Linear growth is 1; the processor's caches hold a thousand series and not a million, which the hand-written loop feels
too, so that up to 1.3 is allowed.

    python tests/benchmarks/progress.py [--quick] [--json FILE]
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from pathlib import Path
from statistics import median
from time import perf_counter

from levier import Direction, Indicator, Observation, ObservationKind, Portfolio, Territory, catalogue
from levier.indicators import progress_of, progress_table
from levier.model.periods import Day

AS_OF, FIRST, LAST = Day(2021, 12, 31), Day(2018, 1, 1), Day(2028, 1, 31)
CENT, HUNDRED = Decimal("0.01"), Decimal(100)
AT_MOST, GROWTH_AT_MOST = 2.0, 1.3
ACTUALS = ("2020-06", "2020-12", "2021-06")
SERIES, ROUNDS, QUICK_ROUNDS = 100_000, 5, 3
SIZES, QUICK_SIZES = (1_000, 10_000, 100_000, 1_000_000), (1_000, 10_000, 100_000)

Numbers = list[Decimal | None]


def portfolio(series: int, actuals: tuple[str, ...] = ACTUALS) -> Portfolio:
    """Return a portfolio of so many series: indicators in the departments, some missing a baseline or a target."""
    places = [
        Territory(id=place.id, label=place.label)
        for place in catalogue.territories().values()
        if place.level == "department"
    ][:100]
    ways = [way for way in Direction if not way.is_kept]
    indicators = [
        Indicator(id=f"i{rank:05d}", label=f"Indicator {rank}", unit="count", direction=ways[rank % 3])
        for rank in range(series // len(places))
    ]
    rows = [row for item in indicators for place in places for row in observations(item.id, place.id, actuals)]
    return Portfolio(territories=places, indicators=indicators, observations=rows)


def observations(indicator: str, place: str, actuals: tuple[str, ...]) -> Iterator[Observation]:
    """Yield the observations of one series, the same for the same names."""
    seed = sum(indicator.encode()) * 31 + sum(place.encode()) * 7
    if seed % 17:
        yield said(indicator, place, "2019-01", "baseline", seed % 50)
    for step, month in enumerate(actuals, 1):
        yield said(indicator, place, month, "actual", seed % 50 + step * (seed % 13) - 20)
    if seed % 19:
        yield said(indicator, place, "2022-12", "target", seed % 97)


def said(indicator: str, place: str, month: str, kind: str, value: int) -> Observation:
    """Return one observation."""
    return Observation(indicator_id=indicator, territory_id=place, period=month, kind=kind, value=value)


def by_hand(plan: Portfolio) -> Numbers:  # in one piece, or it would not be the shortest
    """Return the progress of every series: the shortest honest loop."""
    found: Numbers = []
    for (indicator, _), rows in groupby(plan.observations.rows, key=lambda row: (row.indicator_id, row.territory_id)):
        start = now = goal = None
        for row in rows:
            if row.kind is ObservationKind.ACTUAL and row.period.first_day <= AS_OF:
                now = row
            elif row.kind is ObservationKind.BASELINE and row.period.last_day >= FIRST:
                start = row
            elif row.kind is ObservationKind.TARGET and row.period.last_day <= LAST:
                goal = row
        way = plan.indicators[indicator].direction
        if start is None or now is None or goal is None or way is None:
            found.append(None)
            continue
        vi, va, vc = start.value, now.value, goal.value
        if way is Direction.DECREASE:
            vi, va, vc = -vi, -va, -vc
        if vi >= vc:
            share = HUNDRED if va >= vc else Decimal(0)
        else:
            share = (100 * (va - vi) / (vc - vi)).quantize(CENT, ROUND_HALF_UP)
        found.append(min(max(share, Decimal(0)), HUNDRED))
    return found


def in_bulk(plan: Portfolio) -> Numbers:
    """Return the progress of every series, by the bulk function."""
    return [line.value for line in progress_table(plan, as_of=AS_OF)]


def one_by_one(plan: Portfolio) -> Numbers:
    """Return the progress of every series, asked one at a time."""
    return [
        progress_of(plan, indicator, place, as_of=AS_OF).value
        for indicator in plan.indicators
        for place in plan.territories
    ]


def seconds(work: Callable[[Portfolio], Numbers], plan: Portfolio) -> float:
    """Return the time of one run."""
    started = perf_counter()
    work(plan)
    return perf_counter() - started


def medians(plan: Portfolio, rounds: int) -> dict[str, float]:
    """Return the median seconds of each way, by turns, after one run of each."""
    ways = {"by hand": by_hand, "progress_table": in_bulk, "progress_of": one_by_one}
    wanted = by_hand(plan)
    for name, work in ways.items():
        if work(plan) != wanted:
            raise SystemExit(f"{name} gives other numbers")
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, work in ways.items():
            gc.collect()
            times[name].append(seconds(work, plan))
    return {name: median(values) for name, values in times.items()}


def growth(sizes: tuple[int, ...]) -> dict[int, tuple[float, float, float]]:
    """Return the microseconds of one series at each size, and how many times one of the first size: ours, by hand."""
    small = portfolio(sizes[0], ACTUALS[:1])
    found = {}
    for size in sizes[1:]:
        plan = portfolio(size, ACTUALS[:1])
        ours, loops = ([several(work, small, plan, size) for _ in range(3)] for work in (in_bulk, by_hand))
        time = median(large for large, _ in ours) / size * 1e6
        found[size] = (time, *(median(large / same for large, same in pairs) for pairs in (ours, loops)))
    return found


def several(work: Callable[[Portfolio], Numbers], small: Portfolio, large: Portfolio, size: int) -> tuple[float, float]:
    """Return the time of one run of the large plan, and of as many of the small one as make as many series."""
    times = size // (len(small.indicators) * len(small.territories))
    return seconds(work, large), sum(seconds(work, small) for _ in range(times))


def main() -> int:
    """Measure, print the tables, write the rows if asked; status 1 when a ratio exceeds what is allowed."""
    parser = argparse.ArgumentParser(description="Measure what progress costs.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write rows of name, ratio, at_most")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_ROUNDS} rounds, sizes to {QUICK_SIZES[-1]:,}")
    arguments = parser.parse_args()
    gc.disable()

    found = medians(portfolio(SERIES), QUICK_ROUNDS if arguments.quick else ROUNDS)
    print(f"{SERIES:,} series of {len(ACTUALS) + 2} observations\n{'way':<18}{'µs a series':>14}{'ratio':>8}")
    for name, time in found.items():
        print(f"{name:<18}{time / SERIES * 1e6:>14.2f}{time / found['by hand']:>8.2f}")
    sizes = QUICK_SIZES if arguments.quick else SIZES
    steps = growth(sizes)
    print(f"\n{'series':<18}{'µs a series':>14}{f'÷ at {sizes[0]:,}':>12}{'by hand':>10}")
    for size, (time, ours, loop) in steps.items():
        print(f"{size:<18,}{time:>14.2f}{ours:>12.2f}{loop:>10.2f}")

    rows = [
        {"name": f"{name} / hand-written loop", "ratio": round(found[name] / found["by hand"], 3), "at_most": AT_MOST}
        for name in ("progress_table", "progress_of")
    ]
    last = steps[sizes[-1]][1]
    name = f"time of one series, {sizes[-1]:,} / {sizes[0]:,} series"
    rows.append({"name": name, "ratio": round(last, 3), "at_most": GROWTH_AT_MOST})
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return int(any(row["ratio"] > row["at_most"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
