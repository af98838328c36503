"""
The first `loads` and the first `dumps` of a process, imports included, side by side with pydantic and msgspec.Struct.

Each runs in a fresh process, the three by turns. The peers' models are static modules with the same classes, as a user
would write them (see `written`): they pay the definition of their classes as the user of levier does.
Byte code is cached for all of them alike, in a folder of the measurement's own.
Times are of the process, from the first line of the program: the start of the interpreter is not in them.

    python tests/benchmarks/cold.py [--quick] [--json FILE]
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from rows import Row, environment, parser_of, write
from written.source import LIBRARIES, written_module

from levier import Portfolio, Project, catalogue, dumps
from levier.serialization import load
from levier.testing import samples

ROUNDS, QUICK_ROUNDS = 15, 5
AT_MOST = 1.0
"""The most that levier may take of pydantic's time."""
HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parents[1] / "docs" / "examples" / "plan-ministere.toml"

PROGRAM = """
from time import process_time
started = process_time()
{imports}
with open({path!r}, "rb") as file:
    data = file.read()
value = {loads}
loaded = process_time()
dumps(value)
print(loaded - started, process_time() - loaded)
"""


class Document(NamedTuple):
    """What is read, by its name and type, and its text."""

    name: str
    kind: Any
    text: bytes


def documents() -> Iterator[Document]:
    """Yield the catalogue, one project and a small plan."""
    yield Document("the catalogue", Portfolio, dumps(catalogue.action_publique_2022()))
    project = max(samples.portfolio(projects=100, seed=7).projects.values(), key=lambda each: len(dumps(each)))
    yield Document("one Project", Project, dumps(project))
    yield Document("a small plan", Portfolio, dumps(load(EXAMPLE)))


def programs(document: Document, folder: Path) -> dict[str, str]:
    """Return the program of each contestant, whose modules and document are written into a folder."""
    path = str(folder / "document.json")
    Path(path).write_bytes(document.text)
    is_plan = document.kind is Portfolio
    imports = f"from levier import {'' if is_plan else 'Project, '}dumps, loads"
    loads = "loads(data)" if is_plan else "loads(data, type=Project)"
    found = {"levier": PROGRAM.format(imports=imports, path=path, loads=loads)}
    for library in LIBRARIES:
        name = f"models_of_{library.lower()}"
        (folder / f"{name}.py").write_text(written_module(library, document.kind), encoding="utf-8")
        found[library] = PROGRAM.format(imports=f"from {name} import dumps, loads", path=path, loads="loads(data)")
    return found


def environment_in(folder: Path) -> dict[str, str]:
    """Return the environment of the programs: they import the models of *folder*, and cache their byte code there."""
    kept = environment(str(folder / "cache"))
    paths = [str(folder), str(HERE), *filter(None, [kept.get("PYTHONPATH")])]
    return {**kept, "PYTHONPATH": os.pathsep.join(paths)}


def run(program: str, env: Mapping[str, str]) -> tuple[float, float]:
    """Return what the first `loads`, with its imports, and the first `dumps` took in a fresh process."""
    done = subprocess.run([sys.executable, "-c", program], env=env, check=True, capture_output=True, text=True)
    loading, dumping = map(float, done.stdout.split())
    return loading, dumping


def measured(document: Document, rounds: int) -> Iterator[Row]:
    """Yield the rows of one document, after one round that fills the caches."""
    times: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        found, env = programs(document, Path(folder)), environment_in(Path(folder))
        for turn in range(rounds + 1):
            for name, program in found.items():
                taken = run(program, env)
                times.setdefault(name, []).extend([taken] * (turn > 0))
    for job, reads in (("loads", 1), ("loads and dumps", 2)):
        medians = {name: median(sum(each[:reads]) for each in taken) * 1000 for name, taken in times.items()}
        shown = "  ".join(f"{name} {taken:.1f} ms" for name, taken in medians.items())
        row = Row(
            f"first {job} of {document.name}: levier / pydantic", medians["levier"] / medians["pydantic"], AT_MOST
        )
        print(
            f"first {job + ' of ' + document.name:34} {len(document.text) / 1000:6.1f} kB  {shown:52} ÷ pydantic "
            f"{row.ratio:5.2f} {row.verdict:6}   ÷ Struct {medians['levier'] / medians['Struct']:5.2f}"
        )
        yield row._replace(ratio=round(row.ratio, 3))


def main() -> None:
    """Run the benchmark as a script."""
    options = parser_of(__doc__, quick=f"{QUICK_ROUNDS} rounds instead of {ROUNDS}").parse_args()
    rounds = QUICK_ROUNDS if options.quick else ROUNDS
    versions = ", ".join(f"{name} {version(name)}" for name in ("attrs", "msgspec", "pydantic"))
    print(f"medians of {rounds} fresh processes; Python {platform.python_version()}, {versions}, {platform.machine()}")
    rows = [row for document in documents() for row in measured(document, rounds)]
    print(f"\n{sum(row.ratio <= row.at_most for row in rows)} of {len(rows)} limits met")
    write(rows, options.json)


if __name__ == "__main__":
    main()
