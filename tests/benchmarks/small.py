"""
Read and write one small value, as a web request does, side by side with pydantic and with structs of msgspec.

Each is used as its documentation advises: pydantic with one `TypeAdapter` made once, `validate_json` and `dump_json`
for text, its cache of strings on (the default), and constraints in Rust where it can say them; structs with one
decoder and one encoder made once, and one `__post_init__`. Their periods are kept in a cache, as those of levier are.

Every value is another one, so that nobody gains from the last one; but each is read in every round, and levier keeps
texts that it has checked. Therefore one more job reads documents whose identifiers and texts nobody has seen before.

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
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from importlib.metadata import version
from typing import Any, NamedTuple

import msgspec
import pydantic
from attrs import evolve
from contestants.models import Models
from contestants.structs import Structs
from rows import Row, parser_of, write

from levier import Project, dumps, loads
from levier.serialization import structure, unstructure
from levier.testing import samples

VALUES = 500
PYDANTIC = {"loads": 1.0, "structure": 1.5, "unstructure": 1.0, "dumps": 1.0}
"""The most that levier may take of pydantic's time."""
STRUCT = {"loads": 3.0}
"""The most that levier may take of the time of a struct, where there is a limit."""
SIZES = (1_000, 2_000)


class Contestant(NamedTuple):
    """How a library does each job, and the values that it writes."""

    jobs: dict[str, Callable[[Any], object]]
    values: list[Any]


def projects(size: int) -> list[Project]:
    """Return projects of a sample that are about so many bytes long, with milestones of others where they are not."""
    held = samples.portfolio(projects=4 * VALUES, seed=7).projects.values()
    longest = sorted(held, key=lambda project: len(dumps(project)))[-VALUES:]
    return [grown(project, size, longest[place - 8 : place] or longest[-8:]) for place, project in enumerate(longest)]


def grown(project: Project, size: int, others: list[Project]) -> Project:
    """Return a project with milestones of others, until it is nearly as long as asked."""
    for place, other in enumerate(others):
        if len(dumps(project)) > 0.85 * size:
            break
        more = (evolve(milestone, id=f"{milestone.id}-{place}") for milestone in other.milestones)
        project = evolve(project, milestones=(*project.milestones, *more))
    return project


def renewed(found: dict[str, Any], round_: int) -> bytes:
    """Return a document with what is its own: its identifier and those of its indicators, its label, its reasons."""
    steps = [step | {"because": f"{step['because']} ({found['id']}, {round_})"} for step in found.get("steps", ())]
    indicators = [f"{each}-{round_}" for each in found["indicator_ids"]]
    own = {"id": f"{found['id']}-{round_}", "label": f"{found['label']} ({round_})"}
    changed = found | own | {"indicator_ids": indicators, "steps": steps}
    return json.dumps(changed, ensure_ascii=False, separators=(",", ":")).encode()


def seconds(act: Callable[[Any], object], values: Iterable[Any]) -> float:
    """Return the processor time of one call, on average over some values."""
    held = list(values)
    gc.collect()
    started = time.process_time()
    for value in held:
        act(value)
    return (time.process_time() - started) / len(held)


def contestants(values: list[Project]) -> dict[str, Contestant]:
    """Return the libraries that are compared."""
    texts = list(map(dumps, values))
    adapter: pydantic.TypeAdapter[Any] = pydantic.TypeAdapter(Models(cached=True).of(Project))
    struct = Structs(cached=True, day=date).of(Project)
    decode = msgspec.json.Decoder(struct).decode
    return {
        "levier": Contestant(
            {
                "loads": partial(loads, type=Project),
                "structure": lambda one: structure(one, Project),
                "unstructure": unstructure,
                "dumps": dumps,
            },
            values,
        ),
        "pydantic": Contestant(
            {
                "loads": adapter.validate_json,
                "structure": partial(adapter.validate_python, strict=False),
                "unstructure": partial(adapter.dump_python, mode="json", exclude_defaults=True),
                "dumps": partial(adapter.dump_json, exclude_defaults=True),
            },
            list(map(adapter.validate_json, texts)),
        ),
        "Struct": Contestant(
            {
                "loads": decode,
                "structure": partial(msgspec.convert, type=struct),
                "unstructure": msgspec.to_builtins,
                "dumps": msgspec.json.Encoder().encode,
            },
            list(map(decode, texts)),
        ),
    }


def check_that_they_agree(named: Mapping[str, Contestant]) -> None:
    """Stop unless all read and write the same values, and refuse the same ones."""
    for name, (jobs, values) in named.items():
        for ours, theirs in zip(named["levier"].values[:20], values[:20], strict=True):
            if json.loads(jobs["dumps"](theirs)) != json.loads(dumps(ours)):  # type: ignore[arg-type]
                sys.exit(f"{name} does not write the same values")
        found = unstructure(named["levier"].values[-1])
        for wrong in (
            {"id": "a b"},
            {"label": " x"},
            {"unknown": 1},
            {"calendar": "2020-13"},
            {"steps": [{"on": "x"}]},
        ):
            if not refuses(jobs["loads"], json.dumps(found | wrong)):
                sys.exit(f"{name} does not refuse {wrong}")


def refuses(load: Callable[[Any], object], data: str) -> bool:
    """Return whether a library refuses a document."""
    try:
        load(data)
    except Exception:  # noqa: BLE001  # each has its own
        return True
    return False


def measured(size: int, rounds: int) -> list[Row]:
    """Measure values of a size, print the table, and return its rows."""
    values = projects(size)
    named = contestants(values)
    check_that_they_agree(named)
    texts, found = list(map(dumps, values)), list(map(unstructure, values))
    gc.collect()
    gc.freeze()  # what stands here already is nobody's to traverse
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    for round_ in range(rounds):
        new = [renewed(each, round_) for each in found]
        for job, given in (
            ("loads", texts),
            ("new", new),
            ("structure", found),
            ("unstructure", None),
            ("dumps", None),
        ):
            for name, (jobs, own) in named.items():
                times[job, name].append(
                    seconds(jobs["loads" if job == "new" else job], own if given is None else given)
                )
    gc.unfreeze()
    print(f"\none Project of {statistics.mean(map(len, texts)):.0f} bytes, medians of {rounds} rounds")
    return [row for job in ("loads", "new", "structure", "unstructure", "dumps") for row in shown(job, size, times)]


def shown(job: str, size: int, times: Mapping[tuple[str, str], list[float]]) -> Iterator[Row]:
    """Print the times of a job, and yield levier's share of those of its peers that have a limit."""
    title = "loads, all texts new" if job == "new" else job
    ours = statistics.median(times[job, "levier"])
    print(f"  {title:22} levier {ours * 1e6:6.1f} µs", end="")
    for peer, limits in (("pydantic", PYDANTIC), ("Struct", STRUCT)):
        theirs = statistics.median(times[job, peer])
        most = limits.get(job)
        met = "" if most is None else f" (at most {most:.1f}: {'met' if ours / theirs <= most else 'MISSED'})"
        print(f"   {peer} {theirs * 1e6:6.1f} µs, levier ÷ it {ours / theirs:5.2f}{met}", end="")
        if most is not None:
            yield Row(f"{job} of one Project of {size} bytes: levier / {peer}", round(ours / theirs, 3), most)
    print()


def describe() -> str:
    """Return the versions and the machine that the ratios belong to."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("attrs", "msgspec", "pydantic"))
    return f"Python {platform.python_version()}, {versions}, {platform.machine()}"


def main() -> None:
    """Run the benchmark as a script."""
    options = parser_of(__doc__, quick="finish within some seconds").parse_args()
    print(describe())
    rows = [row for size in SIZES for row in measured(size, rounds=5 if options.quick else 21)]
    print(f"\n{sum(row.ratio <= row.at_most for row in rows)} of {len(rows)} limits met")
    write(rows, options.json)


if __name__ == "__main__":
    main()
