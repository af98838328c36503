"""
Load and dump one portfolio with levier and with its peers, side by side in one run.

The peers' classes are made from levier's own fields (see `contestants`), so that every contestant reads and writes the
same document and makes the same checks: identifiers against the grammar, texts without white space at their ends,
exact decimals, amounts to the cent, ISO dates, no unknown key, nothing twice, no reference that leads nowhere.

Each is measured twice: *as shipped*, as its documentation tells its users, and at *equal tuning*, the collector off
and dates and periods in caches for all.

    python tests/benchmarks/codecs.py [--quick] [--json FILE]
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec
import orjson
from contestants import Codec, contestant
from contestants.models import Models
from contestants.refused import refused
from rows import Row, parser_of, seconds, write

from levier import Portfolio, Project, dumps, loads
from levier.serialization import structure
from levier.serialization.document import ITEMS
from levier.testing import samples

PEERS = ("pydantic", "Struct", "Struct, pendulum", "mashumaro", "cattrs")
FLOOR = {"raw msgspec": msgspec.json.decode, "raw orjson": orjson.loads}
LOADS = {"pydantic": (0.33, 0.65), "Struct": (1.8, 2.0), "Struct, pendulum": (0.9, 1.5)}
DUMPS = {"pydantic": (0.65, 0.65)}
OTHER_LAYOUT, BAD_VALUE, MEMORY = 1.5, 1.0, 0.35
"""The most that levier may take of a peer's time, as shipped and at equal tuning, or of its memory."""
STRUCTURE, ONE_PROJECT = 1.5, 2.5
"""The most that `structure` of a portfolio may take of `loads`, and of one project of pydantic's `model_validate`."""


# ---------------------------------------------------------------- measuring


def medians(acts: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median time of each act, all of them taking turns in every round."""
    times: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            times[name].append(seconds(act))
    return {name: statistics.median(found) for name, found in times.items()}


@contextmanager
def collector_off() -> Iterator[None]:
    """Do as a peer's user may who knows what levier does by itself."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def explained(load: Callable[[bytes], object], data: bytes) -> str:
    """Return what a contestant says of a bad document, every problem in it."""
    try:
        load(data)
    except Exception as error:  # noqa: BLE001  # each has its own
        return str(error)
    return ""


# ---------------------------------------------------------------- documents


def canonical(data: bytes) -> Any:
    """Return a document as builtins in which the same decimal is the same text, to compare what peers wrote."""
    return json.loads(re.sub(rb'"(-?[0-9]+)\.([0-9]*?)0+"', rb'"\1.\2"', data).replace(b'."', b'"'))


def shuffled(value: Any, draws: random.Random) -> Any:
    """Return a document with the keys of each object in another order."""
    if isinstance(value, dict):
        pairs = [(key, shuffled(part, draws)) for key, part in value.items()]
        draws.shuffle(pairs)
        return dict(pairs)
    return [shuffled(part, draws) for part in value] if isinstance(value, list) else value


def in_another_layout(data: bytes) -> bytes:
    """Return a document pretty-printed, the keys of its objects in any order."""
    return json.dumps(shuffled(json.loads(data), random.Random(7)), indent=2, ensure_ascii=False).encode()


def with_a_bad_value(data: bytes) -> bytes:
    """Return a document whose last observation has no number for its value."""
    found = json.loads(data)
    found["observations"][-1]["value"] = "about ten"
    return json.dumps(found, separators=(",", ":"), ensure_ascii=False).encode()


# ---------------------------------------------------------------- the tables


def table(title: str, data: bytes, rounds: int, *, tuned: bool) -> list[Row]:
    """Print the times of every contestant, and return what has a limit."""
    codecs = {name: contestant(name, cached=tuned) for name in ("levier", *PEERS)}
    check_that_they_agree(codecs)
    values = {name: codec.loads(data) for name, codec in codecs.items()}
    gc.collect()
    gc.freeze()  # what stands here already is nobody's to traverse
    loading = {name: partial(codec.loads, data) for name, codec in codecs.items()}
    loading |= {name: partial(decode, data) for name, decode in FLOOR.items()}
    dumping = {name: partial(codec.dumps, values[name]) for name, codec in codecs.items()}
    with collector_off() if tuned else nullcontext():
        loads_times, dumps_times = medians(loading, rounds), medians(dumping, rounds)
    gc.unfreeze()
    rows = shown(f"loads, {title}", loads_times, {peer: most[tuned] for peer, most in LOADS.items()})
    return rows + shown(f"dumps, {title}", dumps_times, {peer: most[tuned] for peer, most in DUMPS.items()})


def check_that_they_agree(codecs: Mapping[str, Codec]) -> None:
    """Stop unless all contestants read and write the same document, and refuse the same ones; small ones will do."""
    small = dumps(samples.portfolio(projects=20, seed=7))
    for name, codec in codecs.items():
        if canonical(codec.dumps(codec.loads(small))) != canonical(small):
            sys.exit(f"{name} does not read and write the same document")
        for wrong, data in refused(small):
            if not explained(codec.loads, data):
                sys.exit(f"{name} does not refuse {wrong}")


def shown(job: str, times: Mapping[str, float], limits: Mapping[str, float], unit: str = "ms") -> list[Row]:
    """Print what a job took of each contestant, and return levier's share of those that have a limit."""
    print(f"\n{job}")
    for name, found in times.items():
        share = times["levier"] / found
        print(f"  {name:18} {found * 1000:8.1f} {unit}   levier ÷ it {share:5.2f}{verdict(share, limits.get(name))}")
    return [
        Row(f"{job}: levier / {name}", round(times["levier"] / times[name], 3), most) for name, most in limits.items()
    ]


def verdict(share: float, at_most: float | None) -> str:
    """Say whether a limit is met, where there is one."""
    if at_most is None:
        return ""
    return f"   at most {at_most:4.2f}   {'met' if share <= at_most else 'MISSED'}"


def odd_documents(data: bytes, rounds: int) -> list[Row]:
    """Measure documents that are not what levier writes: in another layout, and with a value that is wrong."""
    codecs: dict[str, Codec] = {name: contestant(name) for name in ("levier", "pydantic")}
    layout, bad = in_another_layout(data), with_a_bad_value(data)
    said = {name: explained(codec.loads, bad) for name, codec in codecs.items()}
    if not all("observations" in text and "value" in text for text in said.values()):
        sys.exit("the contestants do not explain the same problem")
    layouts = {name: partial(codec.loads, layout) for name, codec in codecs.items()}
    bads = {name: partial(explained, codec.loads, bad) for name, codec in codecs.items()}
    rows = shown("loads, another layout, as shipped", medians(layouts, rounds), {"pydantic": OTHER_LAYOUT})
    return rows + shown("one bad value explained, as shipped", medians(bads, rounds), {"pydantic": BAD_VALUE})


def from_builtins(data: bytes, rounds: int) -> list[Row]:
    """Measure `structure` of a portfolio beside `loads` of its text, and of one project beside pydantic."""
    found = {noun: held for noun, held in json.loads(data).items() if noun in ITEMS}
    times = medians({"levier": lambda: structure(found, Portfolio), "loads": lambda: loads(data)}, rounds)
    rows = shown("structure of a portfolio, as shipped", times, {"loads": STRUCTURE})
    project, model = found["projects"][0], Models(cached=False).of(Project)
    acts: dict[str, Callable[[], object]] = {
        "levier": lambda: structure(project, Project),
        "pydantic": lambda: model.model_validate(project, strict=False),
    }
    many = {name: partial(lambda act: [act() for _ in range(2000)], act) for name, act in acts.items()}
    return rows + shown("structure of one project, 2000 times", medians(many, rounds), {"pydantic": ONE_PROJECT})


def memory(data: bytes) -> list[Row]:
    """Measure what a loaded document adds to a process, each contestant in one of its own."""
    if not Path("/proc/self/statm").exists():
        print("\nresident memory: not measured on this system")
        return []
    objects = 0

    def count(_: dict[str, Any]) -> None:
        nonlocal objects
        objects += 1

    json.loads(data, object_hook=count)
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        file.write(data)
        file.flush()
        command = [sys.executable, __file__, "--resident"]
        added = {
            name: int(subprocess.run([*command, name, file.name], check=True, capture_output=True).stdout) / objects
            for name in ("levier", "pydantic", "Struct")
        }
    return shown("resident memory an object", {n: b / 1000 for n, b in added.items()}, {"pydantic": MEMORY}, "B ")


def resident(name: str, path: str) -> None:
    """Print by how many bytes this process grows when it loads a document."""
    data, codec = Path(path).read_bytes(), contestant(name)
    codec.loads(b'{"format":"levier","version":1,"generator":""}')
    gc.collect()
    before = pages()
    held = codec.loads(data)
    gc.collect()
    print((pages() - before) * os.sysconf("SC_PAGE_SIZE"))
    del held


def pages() -> int:
    """Return how many pages of memory this process holds."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])


def measured(projects: int, rounds: int) -> list[Row]:
    """Measure, print the tables, and return what has a limit."""
    data = dumps(samples.portfolio(projects=projects, seed=7))
    print(f"{projects} projects, {len(data) / 1e6:.1f} MB, medians of {rounds} rounds; {describe()}")
    rows = table("as shipped", data, rounds, tuned=False)
    rows += table("equal tuning", data, rounds, tuned=True)
    return rows + odd_documents(data, rounds) + from_builtins(data, rounds) + memory(data)


def describe() -> str:
    """Return the versions and the machine that the ratios belong to."""
    names = ("attrs", "cattrs", "mashumaro", "msgspec", "orjson", "pendulum", "pydantic")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return f"Python {platform.python_version()}, {versions}, {platform.machine()}, {os.cpu_count()} cores"


def main() -> None:
    """Run the benchmark as a script."""
    parser = parser_of(__doc__, quick="finish within a minute")
    parser.add_argument("--resident", nargs=2, metavar=("NAME", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.resident:
        resident(*options.resident)
        return
    rows = measured(2000, rounds=2 if options.quick else 9)
    missed = [row for row in rows if row.ratio > row.at_most]
    print(f"\n{len(rows) - len(missed)} of {len(rows)} limits met", *(f"  MISSED: {row}" for row in missed), sep="\n")
    write(rows, options.json)


if __name__ == "__main__":
    main()
