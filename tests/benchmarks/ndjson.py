"""
What a stream of records costs: memory and time must not grow with its length.

    python tests/benchmarks/ndjson.py [--quick] [--json FILE]

Peak memory is what a fresh process allocates while it reads a file of NDJSON and keeps nothing.
The time of a record in a long file is held against that of as many records in short ones, by turns.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from levier.model.observations import Observation
from levier.serialization import ndjson

AT_MOST = 1.2
ROUNDS = 3
SHORT, MIDDLE, LONG, QUICK_LONG = 1_000, 10_000, 1_000_000, 100_000

READ = """
import sys, tracemalloc
from levier.serialization import ndjson
tracemalloc.start()
for _ in ndjson.records(sys.argv[1]):
    pass
print(tracemalloc.get_traced_memory()[1])
"""


def observations(records: int) -> Iterator[Observation]:
    """Yield so many observations: a hundred territories, ten years of months, a thousand values."""
    for number in range(records):
        yield Observation(
            indicator_id=f"indicator-{number // 12_000}",
            territory_id=f"{number % 95 + 1:02d}",
            period=f"{2010 + number // 12 % 10}-{number % 12 + 1:02d}",
            kind="actual",
            value=number % 1_000,
        )


def written(folder: Path, records: int) -> Path:
    """Return a file of so many records."""
    path = folder / f"{records}.ndjson"
    ndjson.write(observations(records), path)
    return path


def peak(path: Path) -> int:
    """Return the peak of what a fresh process allocates while it reads a file, in bytes, our caches included."""
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, check=True, text=True)
    return int(done.stdout)


def memory(folder: Path, size: int) -> float:
    """Return how many times the memory of the middle file the long one takes."""
    return peak(written(folder, size)) / peak(written(folder, MIDDLE))


def seconds(path: Path, times: int) -> float:
    """Return the time of the process for reading a file so many times."""
    started = process_time()
    for _ in range(times):
        for _ in ndjson.records(path):
            pass
    return process_time() - started


def time(folder: Path, size: int) -> tuple[float, float]:
    """Return the microseconds of a record in the long file, and how many times one in the short file that is."""
    long, short = written(folder, size), written(folder, SHORT)
    seconds(short, 1)
    pairs = [(seconds(long, 1), seconds(short, size // SHORT)) for _ in range(ROUNDS)]
    return median(mine for mine, _ in pairs) / size * 1e6, median(mine / same for mine, same in pairs)


def main() -> int:
    """Measure, print the table, write the rows if asked; status 1 when a ratio exceeds what is allowed."""
    parser = argparse.ArgumentParser(description="Measure what a stream of records costs.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write rows of name, ratio, at_most")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_LONG:,} records instead of {LONG:,}")
    arguments = parser.parse_args()
    size = QUICK_LONG if arguments.quick else LONG
    with TemporaryDirectory() as name:
        grown = memory(Path(name), size)
        microseconds, slower = time(Path(name), size)
    rows: list[dict[str, Any]] = [
        {"name": f"peak memory, {size:,} / {MIDDLE:,} records", "ratio": round(grown, 3), "at_most": AT_MOST},
        {"name": f"time of a record, {size:,} / {SHORT:,} records", "ratio": round(slower, 3), "at_most": AT_MOST},
    ]
    print(f"{microseconds:.1f} µs a record")
    for row in rows:
        print(f"{row['name']:<48}{row['ratio']:>8.2f}   at most {row['at_most']}")
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return int(any(row["ratio"] > row["at_most"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
