"""
Record entries in a fund's journal, and balance it by award, side by side with the fastest plain loop.

Times are of the process, so that other work on the machine does not count.

    python tests/benchmarks/fund.py [--quick] [--json FILE]
"""

from __future__ import annotations

import gc
import platform
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any

from rows import Row, parser_of, show, write

from levier import Award, Day, Euros, Fund, JournalEntry, Sourced
from levier.fund import EntryKind, Journal, balances

AWARDS = 50
SIZES = (1_000, 10_000, 100_000, 1_000_000)
STRETCH = 2_000


def fund_of(entries: int) -> Fund:
    """Return a fund of so many entries, all of them lawful."""
    awards = [Award(id=f"award-{n}", label="A", amount=10**12, contracted_on="2018-09-01") for n in range(AWARDS)]
    cent = Euros("0.01")
    kinds = (EntryKind.COMMITMENT, EntryKind.COMMITMENT, EntryKind.PAYMENT, EntryKind.DECOMMITMENT)
    journal = Journal(
        JournalEntry(
            award_id=f"award-{number % AWARDS}",
            kind=kinds[number // AWARDS % len(kinds)],
            amount=cent,
            on=f"{2019 + 4 * number // entries}-06-14",
        )
        for number in range(entries)
    )
    allocation = Sourced(value=Euros(10**14), source_id="act")
    return Fund(id="fund", label="Fund", allocation=allocation, awards=awards, entries=journal)


def empty_fund() -> Fund:
    """Return the same fund before its first entry."""
    full = fund_of(1)
    return Fund(id="fund", label="Fund", allocation=full.allocation, awards=full.awards)


def branch(fund: Fund) -> Fund:
    """Ask for as many entries of one ancestor, which none of them changes."""
    amount, found = Euros("0.01"), fund
    for number in range(STRETCH):
        found = fund.with_commitment(f"award-{number % AWARDS}", amount, on="2023-06-14")
    return found


def plain_loop(fund: Fund, last: Day | None = None) -> dict[str, dict[EntryKind, int]]:
    """Add up a journal by award and kind; a dictionary keyed by pairs is shorter by a word, and twice as slow."""
    totals: dict[str, dict[EntryKind, int]] = defaultdict(lambda: dict.fromkeys(EntryKind, 0))
    if last is None:
        for entry in fund.entries:
            totals[entry.award_id][entry.kind] += entry.amount.cents
    else:
        for entry in fund.entries:
            if entry.on <= last:
                totals[entry.award_id][entry.kind] += entry.amount.cents
    return totals


def timed(work: Callable[[], Any]) -> float:
    """Return the seconds of the process that a piece of work takes, without the collector."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        gc.enable()


def interleaved(works: list[Callable[[], Any]], rounds: int) -> list[float]:
    """Return the median time of each piece of work, all of them in every round."""
    times = [[timed(work) for work in works] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*times, strict=True)]


def appending(rounds: int) -> list[Row]:
    """Record a million entries one after the other, the collector at work, and time an entry at each length."""
    passes = [_one_pass() for _ in range(rounds)]
    medians = [statistics.median(column) for column in zip(*passes, strict=True)]
    rows = []
    for size, each in zip(SIZES, medians, strict=True):
        print(f"{'append up to':<28} {size:>9,} entries {each * 1e6:>8.2f} µs an entry {each / medians[0]:>6.2f}")
        rows.append(Row(f"append up to {size} entries, by the first thousand", each / medians[0], 2.0))
    return rows


def _one_pass() -> list[float]:
    fund, amount, times, done = empty_fund(), Euros("0.01"), [], 0
    gc.collect()
    for size in SIZES:
        start = time.process_time()
        for number in range(done, size):
            fund = fund.with_commitment(f"award-{number % AWARDS}", amount, on="2023-06-14")
        times.append((time.process_time() - start) / (size - done))
        done = size
    assert len(fund.entries) == SIZES[-1]
    return times


def branching(funds: dict[int, Fund], rounds: int) -> list[Row]:
    """Ask one ancestor of each length for many next entries, none of which it keeps."""
    medians = interleaved([partial(branch, fund) for fund in funds.values()], rounds)
    rows = []
    for size, seconds in zip(SIZES, medians, strict=True):
        each, ratio = seconds / STRETCH, seconds / medians[0]
        print(f"{'branch from':<28} {size:>9,} entries {each * 1e6:>8.2f} µs an entry {ratio:>6.2f}")
        rows.append(Row(f"branch from {size} entries, by the first thousand", ratio, 2.0))
    return rows


def balancing(fund: Fund, rounds: int) -> list[Row]:
    """Time the balances by award beside the fastest plain loop over the same entries."""
    check(fund)
    rows = []
    for name, as_of in (("balances by award", None), ("balances by award on a day", "2020-12-31")):
        last = None if as_of is None else Day.fromisoformat(as_of)
        loop, ours = interleaved([partial(plain_loop, fund, last), partial(balances, fund, as_of=as_of)], rounds)
        for said, seconds in ((f"  a plain loop{' on a day' if as_of else ''}", loop), (name, ours)):
            each = seconds / SIZES[-1]
            print(f"{said:<28} {SIZES[-1]:>9,} entries {each * 1e9:>8.0f} ns an entry {seconds / loop:>6.2f}")
        rows.append(Row(f"{name}, by a plain loop", ours / loop, 1.5))
    return rows


def check(fund: Fund) -> None:
    """Stop if the contestants do not give the same balances."""
    expected = plain_loop(fund)
    for found in balances(fund):
        sums = expected[found.key]
        assert found.committed.cents == sums[EntryKind.COMMITMENT]
        assert found.decommitted.cents == sums[EntryKind.DECOMMITMENT]
        assert found.paid.cents == sums[EntryKind.PAYMENT]


def main() -> None:
    """Run the benchmark as a script."""
    options = parser_of(__doc__, quick="finish within 40 seconds").parse_args()
    print(f"Python {platform.python_version()}, {AWARDS} awards, medians, time of the process")
    rounds = 3 if options.quick else 9
    rows = appending(1 if options.quick else 3)
    funds = {size: fund_of(size) for size in SIZES}
    rows += [*branching(funds, rounds), *balancing(funds[SIZES[-1]], rounds)]
    show(rows)
    write(rows, options.json)


if __name__ == "__main__":
    main()
