"""
Explain what is wrong in documents with 1, 10 and 1,000 bad values, side by side with pydantic.

The models of pydantic are static, with their constraints in Rust (see `written`), read by `TypeAdapter.validate_json`;
its `ValidationError.errors()` is read as levier's `problems` are, without the address of a page for each.
Bad values are of several kinds: a period that is none, an identifier with a space, an unknown key, a text for a
decimal, a word that is no kind, a number for a text; and references that lead nowhere, which the user of pydantic finds
in a loop of his own. The script stops unless both name the same places. levier adds the line and column of each.

Times are of the process, so that other work on the machine does not count.

    python tests/benchmarks/errors.py [--quick] [--json FILE]
"""

from __future__ import annotations

import importlib
import json
import platform
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pydantic
from rows import Row, medians, parser_of, show, write
from written import checks
from written.source import written_module

from levier import Observation, Portfolio, dumps, loads
from levier.errors import InvalidDocumentError
from levier.testing import samples

AT_MOST = {1: 1.0, 10: 1.0, 1000: 2.0}
"""The most that levier may take of pydantic's time, for each number of bad values."""
BOUND = 2.5
"""The most that a document that is not read at all may take of the time of `loads` of a good one."""

Places = frozenset[str]
Read = Callable[[bytes], Places]
"""Returns the places that are wrong in a document."""

BAD: tuple[tuple[str, Any], ...] = (
    ("period", "2020-13"),
    ("indicator_id", "no such thing"),
    ("colour", 1),
    ("value", "about ten"),
    ("kind", "hoped-for"),
    ("territory_id", 35),
)
"""What is put in a field of an observation to make it wrong; the fourth has to be right in those without a value."""


# ---------------------------------------------------------------- documents


def text_of(found: Any) -> bytes:
    """Return builtins as compact JSON."""
    return json.dumps(found, separators=(",", ":"), ensure_ascii=False).encode()


def spoiled(observations: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """Return observations of which some, drawn anywhere, have a bad value of each kind by turns; one: the last."""
    drawn = random.Random(7).sample(range(len(observations)), count) if count > 1 else [len(observations) - 1]
    found = list(observations)
    for turn, place in enumerate(drawn):
        key, value = BAD[turn % len(BAD)]
        found[place] = found[place] | {key: value}
    return found


def unresolved(observations: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """Return observations of which some name an indicator that is not there, each another one."""
    found = list(observations)
    for place in random.Random(8).sample(range(len(observations)), count):
        found[place] = found[place] | {"indicator_id": f"not-there-{place}"}
    return found


# ---------------------------------------------------------------- contestants


def levier_places(kind: Any, data: bytes) -> Places:
    """Return the places that levier names."""
    try:
        loads(data, type=kind)
    except InvalidDocumentError as error:
        return frozenset(problem.pointer for problem in error.problems)
    return frozenset()


def pydantic_places(models: Any, data: bytes) -> Places:
    """Return the places that pydantic names or, where it finds none, those of the references that lead nowhere."""
    try:
        found = models.adapter.validate_json(data)
    except pydantic.ValidationError as error:
        problems = error.errors(include_url=False)
        return frozenset("".join(f"/{step}" for step in problem["loc"]) for problem in problems)
    references = getattr(models, "REFERENCES", {})
    return frozenset(f"/{noun}/{place}/{name}" for noun, place, name in checks.dangling(found, references))


def written_models(kind: Any, name: str) -> Any:
    """Return the imported module of the models for a type of levier."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"{name}.py").write_text(written_module("pydantic", kind), encoding="utf-8")
        sys.path.insert(0, folder)
        try:
            return importlib.import_module(name)
        finally:
            sys.path.remove(folder)


# ---------------------------------------------------------------- measuring


def documents(observations: int, projects: int) -> Iterator[tuple[str, Any, Any, bytes, int]]:
    """Yield each bad document: its name, what it is read as by both, its text, and the number of bad values."""
    whole = json.loads(dumps(samples.portfolio(projects=projects, seed=7)))
    held, array = whole["observations"], tuple[Observation, ...]
    table = held[:observations]
    document = {noun: whole[noun] for noun in whole if noun not in ("projects", "budget_programmes", "funds")}
    document["observations"] = table
    models = {Portfolio: written_models(Portfolio, "plan"), array: written_models(array, "table")}
    good = [(array, table), (Portfolio, document), (Portfolio, whole)]
    check_that_both_read([(kind, models[kind], text_of(found)) for kind, found in good])
    for count in AT_MOST:
        bad = spoiled(table, count)
        yield f"an array of {len(table):,} observations", array, models[array], text_of(bad), count
    for count in AT_MOST:
        bad = spoiled(table, count)
        name = f"a document of {len(table):,} observations"
        yield name, Portfolio, models[Portfolio], text_of(document | {"observations": bad}), count
    for count in AT_MOST:
        bad = spoiled(held, count)
        name = f"a plan of {projects:,} projects"
        yield name, Portfolio, models[Portfolio], text_of(whole | {"observations": bad}), count
    for count in AT_MOST:
        bad = unresolved(held, count)
        name = f"a plan of {projects:,} projects, references"
        yield name, Portfolio, models[Portfolio], text_of(whole | {"observations": bad}), count


def check_that_both_read(good: list[tuple[Any, Any, bytes]]) -> None:
    """Stop unless both accept the documents in which nothing is wrong."""
    for kind, models, data in good:
        if levier_places(kind, data) or pydantic_places(models, data):
            sys.exit("a good document is refused")


def explained(observations: int, projects: int, rounds: int) -> Iterator[Row]:
    """Yield the row of each bad document."""
    for name, kind, models, data, count in documents(observations, projects):
        acts = {"levier": partial(levier_places, kind, data), "pydantic": partial(pydantic_places, models, data)}
        places = {contestant: act() for contestant, act in acts.items()}
        if places["levier"] != places["pydantic"] or len(places["levier"]) != count:
            sys.exit(f"{name}, {count}: not the same places: {sorted(places['levier'] ^ places['pydantic'])[:5]}")
        times = medians(acts, rounds)
        shown = ", ".join(f"{contestant} {taken * 1000:.1f} ms" for contestant, taken in times.items())
        row = Row(f"{name}, {count} bad", round(times["levier"] / times["pydantic"], 3), AT_MOST[count])
        print(f"{row.name:72} {shown:40} {row.ratio:6.2f}   at most {row.at_most:4.2f}   {row.verdict}")
        yield row


def unread(rounds: int) -> Iterator[Row]:
    """Yield the rows of documents that are not read at all, beside `loads` of the good one of the same size."""
    portfolio = samples.portfolio(projects=100, seed=7)
    good = dumps(portfolio)
    envelope = b'{"format":"levier","version":1,'
    bad = {
        "a syntax error at the end": good[:-1],
        "a syntax error in the middle": good[: len(good) // 2] + b"}" + good[len(good) // 2 :],
        "an array at the top": b"[" + good + b"]",
        "a text at the top": b'"' + b"x" * len(good) + b'"',
        "a million blanks": b" " * len(good),
        "another format": good.replace(b'"levier"', b'"other"', 1),
        "nothing": b"",
        "an open array": b"[" * len(good),
        "an unknown key of a megabyte": envelope + b'"' + b"x" * len(good) + b'":1}',
    }
    acts: dict[str, Callable[[], object]] = {name: partial(refused, data) for name, data in bad.items()}
    times = medians({"good": partial(loads, good), **acts}, rounds)
    for name in bad:
        yield Row(f"{name}, {len(good) / 1e6:.1f} MB: levier / loads of a good one", times[name] / times["good"], BOUND)


def refused(data: bytes) -> str:
    """Return what levier says of a document that it refuses."""
    try:
        loads(data)
    except ValueError as error:
        return str(error)
    sys.exit("a document is not refused")


def main() -> None:
    """Run the benchmark as a script."""
    options = parser_of(__doc__, quick="finish within a minute").parse_args()
    rounds, projects = (2, 600) if options.quick else (9, 2000)
    versions = ", ".join(f"{name} {version(name)}" for name in ("attrs", "msgspec", "pydantic"))
    print(f"medians of {rounds} rounds; Python {platform.python_version()}, {versions}, {platform.machine()}")
    rows = list(explained(20_000, projects, rounds))
    bounded = [row._replace(ratio=round(row.ratio, 3)) for row in unread(rounds)]
    show(bounded)
    rows += bounded
    print(f"\n{sum(row.ratio <= row.at_most for row in rows)} of {len(rows)} limits met")
    write(rows, options.json)


if __name__ == "__main__":
    main()
