"""
Load and dump whole plans with levier and with its peers, side by side in one run.

The plans are 2,000 generated projects, and the catalogue of 157 kB.
The peers' classes are made from levier's own fields (see `contestants`), so that every contestant reads and writes the
same document and makes the same checks: identifiers against the grammar, texts without white space at their ends and
filled where they have to be, limits, exact decimals, amounts to the cent, ISO dates, no unknown key, nothing twice, no
reference that leads nowhere. Each is what its own documentation advises for speed.

Each is measured twice: *as shipped*, as its documentation tells its users, and at *equal tuning*, the collector off
and dates and periods in caches for all.

    python tests/benchmarks/codecs.py [--quick] [--json FILE]
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import pydantic
from contestants import Codec, contestant
from contestants.models import Models
from contestants.tables import describe, explained, finish, medians, memory, shown, tables
from rows import Row, parser_of

from levier import Portfolio, Project, catalogue, dumps, loads
from levier.serialization import structure
from levier.serialization.document import ITEMS
from levier.testing import samples

PEERS = ("pydantic", "Struct", "Struct, pendulum", "mashumaro", "cattrs")
LOADS = {"pydantic": (0.33, 0.65), "Struct": (1.3, 1.5)}
OTHER_LAYOUT, BAD_VALUE = 1.5, 1.0
"""The most that levier may take of pydantic's time for documents that are not as levier writes them."""
STRUCTURE, ONE_PROJECT = 1.5, 1.5
"""The most that `structure` of a plan may take of `loads`, and of one project of pydantic's `validate_python`."""


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
    project = found["projects"][0]
    adapter: pydantic.TypeAdapter[Any] = pydantic.TypeAdapter(Models(cached=False).of(Project))
    acts: dict[str, Callable[[], object]] = {
        "levier": lambda: structure(project, Project),
        "pydantic": lambda: adapter.validate_python(project, strict=False),
    }
    many = {name: partial(lambda act: [act() for _ in range(2000)], act) for name, act in acts.items()}
    return rows + shown("structure of one project, 2000 times", medians(many, rounds), {"pydantic": ONE_PROJECT})


def measured(rounds: int) -> list[Row]:
    """Measure, print the tables, and return what has a limit."""
    small = dumps(samples.portfolio(projects=20, seed=7))
    data, held = dumps(samples.portfolio(projects=2000, seed=7)), dumps(catalogue.action_publique_2022())
    print(f"2000 projects, {len(data) / 1e6:.1f} MB; the catalogue, {len(held) / 1e3:.0f} kB")
    print(f"medians of {rounds} rounds; {describe()}")
    rows = tables("2000 projects", [data], small, PEERS, rounds=rounds, loads=LOADS)
    rows += tables("the catalogue", [held], small, PEERS, rounds=rounds, times=20)
    return rows + odd_documents(data, rounds) + from_builtins(data, rounds) + memory("2000 projects", data)


if __name__ == "__main__":
    options = parser_of(__doc__, quick="finish within a minute").parse_args()
    finish(measured(rounds=2 if options.quick else 9), options.json)
