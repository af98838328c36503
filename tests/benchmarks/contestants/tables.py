"""What the scripts that read and write whole documents have in common: the race, its tables, and memory."""

from __future__ import annotations

import gc
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import orjson
from rows import Row, write

from contestants import Codec, contestant
from contestants.refused import refused

__all__ = [
    "DUMPS",
    "LONG_TABLES",
    "Limits",
    "agree",
    "describe",
    "explained",
    "finish",
    "medians",
    "memory",
    "shown",
    "tables",
]

Limits = Mapping[str, tuple[float, float]]
"""The most that levier may take of the time of a peer: as shipped, and at equal tuning."""

LONG_TABLES: Limits = {"pydantic": (0.6, 0.9), "Struct": (1.5, 1.8)}
DUMPS: Limits = {"pydantic": (0.7, 0.7), "Struct": (3.0, 3.0)}
MEGABYTE = 1_000_000
MEMORY = {"pydantic": 0.35, "Struct": 1.2}
FLOOR = {"raw msgspec": msgspec.json.decode, "raw orjson": orjson.loads}


class Timed(NamedTuple):
    """The processor time of a call, and its result."""

    seconds: float
    result: Any


def timed(act: Callable[[], Any], times: int = 1) -> Timed:
    """Return the processor time of a call, a mean of several, and the last result."""
    gc.collect()
    started = time.process_time()
    for _ in range(times):
        result = act()
    return Timed((time.process_time() - started) / times, result)


def medians(acts: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median time of each act, all of them taking turns in every round."""
    times: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for name, act in acts.items():
            times[name].append(timed(act).seconds)
    return {name: statistics.median(found) for name, found in times.items()}


@contextmanager
def collector_off() -> Iterator[None]:
    """Do as a peer's user may who knows what levier does by itself."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def frozen() -> Iterator[None]:
    """Leave what stands here already out of what the collector traverses."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


# ---------------------------------------------------------------- the same work


def canonical(data: bytes) -> Any:
    """Return a document as builtins in which the same decimal is the same text, to compare what peers wrote."""
    return json.loads(re.sub(rb'"(-?[0-9]+)\.([0-9]*?)0+"', rb'"\1.\2"', data).replace(b'."', b'"'))


def explained(load: Callable[[bytes], object], data: bytes) -> str:
    """Return what a contestant says of a bad document, every problem in it."""
    try:
        load(data)
    except Exception as error:  # noqa: BLE001  # each has its own
        return str(error) or repr(error)
    return ""


def agree(codecs: Mapping[str, Codec], small: bytes, measured: bytes) -> None:
    """Stop unless all contestants read and write the same documents, and refuse the same variants of a small one."""
    for name, codec in codecs.items():
        for data in (small, measured) if len(measured) < MEGABYTE else (small,):
            if canonical(codec.dumps(codec.loads(data))) != canonical(data):
                sys.exit(f"{name} does not read and write the same document")
        for wrong, bad in refused(small):
            if not explained(codec.loads, bad):
                sys.exit(f"{name} does not refuse {wrong}")


# ---------------------------------------------------------------- the race


def tables(
    title: str,
    documents: Sequence[bytes],
    small: bytes,
    peers: Sequence[str],
    *,
    rounds: int,
    times: int = 1,
    loads: Limits = LONG_TABLES,
) -> list[Row]:
    """
    Print the times of every contestant, as shipped and at equal tuning, and return what has a limit.

    A round takes the next document: with two for each round, nobody gains from having seen a value before. The
    contestants have to agree on a *small* document of the same kind.
    """
    rows: list[Row] = []
    supply = cycle(documents)
    for tuned in (False, True):
        codecs = {name: contestant(name, cached=tuned) for name in ("levier", *peers)}
        agree(codecs, small, documents[0])
        with frozen(), collector_off() if tuned else nullcontext():
            loading, dumping = _race(codecs, islice(supply, rounds), times)
        how = f"{title}, {'equal tuning' if tuned else 'as shipped'}"
        rows += shown(f"loads, {how}", loading, {peer: most[tuned] for peer, most in loads.items()})
        rows += shown(f"dumps, {how}", dumping, {peer: most[tuned] for peer, most in DUMPS.items()})
    return rows


def _race(
    codecs: Mapping[str, Codec], documents: Iterator[bytes], times: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Return the median times of loading and of dumping."""
    loading: dict[str, list[float]] = defaultdict(list)
    dumping: dict[str, list[float]] = defaultdict(list)
    for data in documents:
        for name, codec in codecs.items():
            taken, value = timed(partial(codec.loads, data), times)
            loading[name].append(taken)
            with frozen():
                dumping[name].append(timed(partial(codec.dumps, value), times).seconds)
            del value
        for name, decode in FLOOR.items():
            loading[name].append(timed(partial(decode, data), times).seconds)
    return tuple({name: statistics.median(found) for name, found in each.items()} for each in (loading, dumping))  # type: ignore[return-value]


def shown(job: str, times: Mapping[str, float], limits: Mapping[str, float], unit: str = "ms") -> list[Row]:
    """Print what a job took of each contestant, and return levier's share of those that have a limit."""
    print(f"\n{job}")
    rows = {}
    for name, found in times.items():
        row = Row(f"{job}: levier / {name}", round(times["levier"] / found, 3), limits.get(name, float("inf")))
        said = f"   at most {row.at_most:4.2f}   {row.verdict}" if name in limits else ""
        print(f"  {name:18} {found * 1000:8.1f} {unit}   levier ÷ it {row.ratio:5.2f}{said}")
        rows[name] = row
    return [rows[name] for name in limits]


def finish(rows: Sequence[Row], path: Path | None) -> None:
    """Print how many limits are met, and which are not, and write the rows if they are asked for."""
    missed = [row for row in rows if row.verdict == "MISSED"]
    lines = [f"  MISSED: {row.name}: {row.ratio:.2f}, at most {row.at_most:.2f}" for row in missed]
    print(f"\n{len(rows) - len(missed)} of {len(rows)} limits met", *lines, sep="\n")
    write(rows, path)


def describe() -> str:
    """Return the versions and the machine that the ratios belong to."""
    names = ("attrs", "cattrs", "mashumaro", "msgspec", "orjson", "pendulum", "pydantic")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return f"Python {platform.python_version()}, {versions}, {platform.machine()}, {os.cpu_count()} cores"


# ---------------------------------------------------------------- memory


def memory(title: str, data: bytes) -> list[Row]:
    """Measure what a loaded document adds to a process, each contestant in one of its own."""
    job = f"resident memory an object, {title}"
    if not Path("/proc/self/statm").exists():
        print(f"\n{job}: not measured on this system")
        return []
    objects = 0

    def count(_: dict[str, Any]) -> None:
        nonlocal objects
        objects += 1

    json.loads(data, object_hook=count)
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        file.write(data)
        file.flush()
        command = [sys.executable, "-m", "contestants.resident"]
        added = {
            name: int(subprocess.check_output([*command, name, file.name], cwd=Path(__file__).parents[1])) / objects
            for name in ("levier", *MEMORY)
        }
    return shown(job, {name: size / 1000 for name, size in added.items()}, MEMORY, "B ")
