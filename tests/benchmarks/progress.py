"""
What progress costs through the object path, next to the shortest honest loop over the same objects.

The loop is what one would write by hand for these portfolios: group the observations, take the last baseline, actual
value and target within the cut-offs and the day asked, divide, round, bound.
It gives the same numbers, which is checked, and nothing else: no reason, no observation used, no explanation.

Both by turns in one process, the collector off, medians; `progress_of` is asked for each series one by one.
The shipped sample is measured too: a third of its series have months without a value, which are left out with reasons.
Growth is the time of one series among many over that of one among a thousand, run as often as it takes to make as
many, right beside.
Linear growth is 1; the processor's caches hold a thousand series and not a million, which the hand-written loop feels
too, so that up to 1.3 is allowed.

    python tests/benchmarks/progress.py [--quick] [--json FILE]
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from itertools import groupby
from statistics import median

from rows import Row, parser_of, seconds, show, write

from levier import Direction, Indicator, Observation, ObservationKind, Portfolio, Territory, catalogue
from levier.indicators import progress_of, progress_table
from levier.model.periods import Day
from levier.testing import samples

AS_OF, FIRST, LAST = Day(2023, 12, 31), Day(2018, 1, 1), Day(2028, 1, 31)
CENT, HUNDRED = Decimal("0.01"), Decimal(100)
AT_MOST, SAMPLE_AT_MOST, GROWTH_AT_MOST = 2.0, 2.5, 1.3
ACTUALS = ("2020-06", "2020-12", "2021-06")
SERIES, ROUNDS, QUICK_ROUNDS = 100_000, 5, 3
SAMPLES, QUICK_SAMPLES = 2_000, 200
SIZES, QUICK_SIZES = (1_000, 10_000, 100_000, 1_000_000), (1_000, 10_000, 100_000)

Numbers = list[Decimal | None]
Ways = dict[str, Callable[[Portfolio], Numbers]]


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


def of_one_statement(plan: Portfolio) -> Portfolio:
    """Return a plan without what the loop knows nothing of: parts, roll-ups, definitions, and restated values."""
    plain = {each.id: each for each in plan.indicators.values() if not (each.roll_ups or each.aggregation)}
    later = sorted(plan.observations, key=lambda row: str(plan.sources[row.source_id].published_on))
    last = {row.key[:4]: row for row in later if row.indicator_id in plain and not row.breakdown}
    rows = [row for row in last.values() if row.definition == 1]
    kept = [plain[one] for one in dict.fromkeys(row.indicator_id for row in rows)]
    return Portfolio.of(*kept, *plan.territories.values(), *plan.sources.values(), *rows)


def said(indicator: str, place: str, month: str, kind: str, value: int) -> Observation:
    """Return one observation."""
    return Observation(indicator_id=indicator, territory_id=place, period=month, kind=kind, value=value)


def by_hand(plan: Portfolio) -> Numbers:  # in one piece, or it would not be the shortest
    """Return the progress of every series: the shortest honest loop."""
    found: Numbers = []
    for (indicator, _), rows in groupby(plan.observations.rows, key=lambda row: (row.indicator_id, row.territory_id)):
        start = now = goal = None
        for row in rows:
            if row.value is None:
                continue
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


def one_by_one(plan: Portfolio, series: Iterable[tuple[str, str]]) -> Numbers:
    """Return the progress of every series, asked one at a time."""
    return [progress_of(plan, indicator, place, as_of=AS_OF).value for indicator, place in series]


def medians(plan: Portfolio, rounds: int, ways: Ways) -> dict[str, float]:
    """Return the median seconds of each way, by turns, after one run of each."""
    wanted = by_hand(plan)
    for name, work in ways.items():
        if work(plan) != wanted:
            raise SystemExit(f"{name} gives other numbers")
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, work in ways.items():
            times[name].append(seconds(partial(work, plan)))
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
    return seconds(partial(work, large)), sum(seconds(partial(work, small)) for _ in range(times))


def compared(name: str, plan: Portfolio, rounds: int, at_most: float) -> list[Row]:
    """Measure both ways on a plan beside the loop, print them, and return their rows."""
    series = tuple(dict.fromkeys((row.indicator_id, row.territory_id) for row in plan.observations))
    ways: Ways = {"by hand": by_hand, "progress_table": in_bulk, "progress_of": partial(one_by_one, series=series)}
    found = medians(plan, rounds, ways)
    print(f"{name}: {len(series):,} series\n{'way':<18}{'µs a series':>14}{'ratio':>8}")
    for way, time in found.items():
        print(f"{way:<18}{time / len(series) * 1e6:>14.2f}{time / found['by hand']:>8.2f}")
    return [Row(f"{way} / hand-written loop, {name}", found[way] / found["by hand"], at_most) for way in list(ways)[1:]]


def main() -> None:
    """Measure, print the tables, and write the rows if asked."""
    options = parser_of(__doc__, quick=f"{QUICK_ROUNDS} rounds, sizes to {QUICK_SIZES[-1]:,}").parse_args()
    gc.disable()
    rounds, sizes = (QUICK_ROUNDS, QUICK_SIZES) if options.quick else (ROUNDS, SIZES)
    sample = of_one_statement(samples.portfolio(projects=QUICK_SAMPLES if options.quick else SAMPLES))
    rows = compared("plain", portfolio(SERIES), rounds, AT_MOST)
    rows += compared("sample", sample, rounds, SAMPLE_AT_MOST)

    steps = growth(sizes)
    print(f"\n{'series':<18}{'µs a series':>14}{f'÷ at {sizes[0]:,}':>12}{'by hand':>10}")
    for size, (time, ours, loop) in steps.items():
        print(f"{size:<18,}{time:>14.2f}{ours:>12.2f}{loop:>10.2f}")
    name = f"time of one series, {sizes[-1]:,} / {sizes[0]:,} series"
    rows.append(Row(name, steps[sizes[-1]][1], GROWTH_AT_MOST))
    show(rows)
    write(rows, options.json)


if __name__ == "__main__":
    main()
