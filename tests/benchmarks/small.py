"""
Read and write one small value, as a web request does, side by side with pydantic.

Pydantic is used as its documentation advises: one `TypeAdapter` made once, `validate_json` and `dump_json` for text,
its cache of strings on (`cache_strings="all"`, the default), and constraints in Rust where it can say them. Its periods
are kept in a cache, as those of levier are. Every value is another one, so that nobody gains from the last one.

Times are of the process, so that other work on the machine does not count.

    python tests/benchmarks/small.py [--quick] [--json FILE]
"""

from __future__ import annotations

import gc
import json
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from importlib.metadata import version
from typing import Any

import pydantic
from contestants.models import Models
from rows import Row, parser_of, write

from levier import Project, dumps, loads
from levier.errors import InvalidDocumentError
from levier.serialization import structure, unstructure
from levier.testing import samples

VALUES = 500
LIMITS = {"loads": 1.0, "structure": 1.5, "unstructure": 1.0, "dumps": 1.0}
"""The most that levier may take of pydantic's time for one `Project` of 1 kB."""


def projects() -> list[Project]:
    """Return the projects of a sample whose text is longest: about 1 kB each."""
    held = samples.portfolio(projects=4 * VALUES, seed=7).projects.values()
    return sorted(held, key=lambda project: len(dumps(project)))[-VALUES:]


def seconds(act: Callable[[Any], object], values: Iterable[Any]) -> float:
    """Return the processor time of one call, on average over some values."""
    held = list(values)
    gc.collect()
    started = time.process_time()
    for value in held:
        act(value)
    return (time.process_time() - started) / len(held)


def medians(acts: Mapping[str, tuple[Callable[[Any], object], list[Any]]], rounds: int) -> dict[str, float]:
    """Return the median time of each act, all of them taking turns in every round."""
    times: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, (act, values) in acts.items():
            times[name].append(seconds(act, values))
    return {name: statistics.median(found) for name, found in times.items()}


def check_that_they_agree(adapter: pydantic.TypeAdapter[Any], values: list[Project]) -> None:
    """Stop unless both read and write the same values, and refuse the same ones."""
    for value in values:
        text = dumps(value)
        if json.loads(adapter.dump_json(adapter.validate_json(text), exclude_defaults=True)) != json.loads(text):
            sys.exit("pydantic does not read and write the same values")
    found = unstructure(values[-1])
    for wrong in ({"id": "a b"}, {"label": " x"}, {"unknown": 1}, {"calendar": "2020-13"}, {"steps": [{"on": "x"}]}):
        data = json.dumps(found | wrong)
        for load, error in (
            (adapter.validate_json, pydantic.ValidationError),
            (partial(loads, type=Project), InvalidDocumentError),
        ):
            try:
                load(data)
            except error:
                continue
            sys.exit(f"{load} does not refuse {wrong}")


def measured(rounds: int) -> list[Row]:
    """Measure, print the table, and return its rows."""
    values = projects()
    texts, found = list(map(dumps, values)), list(map(unstructure, values))
    adapter: pydantic.TypeAdapter[Any] = pydantic.TypeAdapter(Models(cached=True).of(Project))
    check_that_they_agree(adapter, values[:: VALUES // 20])
    models = list(map(adapter.validate_json, texts))
    gc.collect()
    gc.freeze()  # what stands here already is nobody's to traverse
    jobs: dict[str, tuple[Callable[[Any], object], list[Any], Callable[[Any], object], list[Any]]] = {
        "loads": (partial(loads, type=Project), texts, adapter.validate_json, texts),
        "structure": (
            lambda one: structure(one, Project),
            found,
            partial(adapter.validate_python, strict=False),
            found,
        ),
        "unstructure": (unstructure, values, partial(adapter.dump_python, mode="json", exclude_defaults=True), models),
        "dumps": (dumps, values, partial(adapter.dump_json, exclude_defaults=True), models),
    }
    size = statistics.mean(map(len, texts))
    print(f"one Project of {size:.0f} bytes, medians of {rounds} rounds; {describe()}")
    rows = []
    for job, (ours, our_values, theirs, their_values) in jobs.items():
        times = medians({"levier": (ours, our_values), "pydantic": (theirs, their_values)}, rounds)
        row = Row(f"{job} of one Project: levier / pydantic", times["levier"] / times["pydantic"], LIMITS[job])
        rows.append(row._replace(ratio=round(row.ratio, 3)))
        print(
            f"  {job:12} levier {times['levier'] * 1e6:6.1f} µs   pydantic {times['pydantic'] * 1e6:6.1f} µs   "
            f"levier ÷ it {row.ratio:5.2f}   at most {row.at_most:4.2f}   "
            f"{'met' if row.ratio <= row.at_most else 'MISSED'}"
        )
    return rows


def describe() -> str:
    """Return the versions and the machine that the ratios belong to."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("attrs", "msgspec", "pydantic"))
    return f"Python {platform.python_version()}, {versions}, {platform.machine()}"


def main() -> None:
    """Run the benchmark as a script."""
    options = parser_of(__doc__, quick="finish within some seconds").parse_args()
    rows = measured(rounds=5 if options.quick else 21)
    print(f"\n{sum(row.ratio <= row.at_most for row in rows)} of {len(rows)} limits met")
    write(rows, options.json)


if __name__ == "__main__":
    main()
