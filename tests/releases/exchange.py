"""What one release writes for another one and reads of it; run by `test_two_wheels.py` with each wheel in turn."""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs

import levier
from levier import Award, Fund, Method, Phase, Portfolio, Project, Source
from levier.errors import InvalidValueError
from levier.fund import Instalment
from levier.history import PortfolioDifference, difference
from levier.serialization import FORMAT_VERSION, loads, ndjson, structure, unstructure

DOCUMENTS = ("plan.json", "plan.ndjson", "plan.ndjson.gz", "plan.toml", "plan.yaml")


def known(cls: type[Any], **held: Any) -> dict[str, Any]:
    """Return those of some fields that the class has in this release."""
    names = {each.name for each in attrs.fields(cls)}
    return {name: value for name, value in held.items() if name in names}


def plan(colour: str = "") -> Portfolio:
    """Return a plan with the fields that one release has and another one has not."""
    source = Source(id="s", title="S", **known(Source, licence="Licence Ouverte 2.0"))
    met = known(Instalment, condition="contract signed", requirement="contract signed")
    instalment = Instalment(amount=5, due="2024-03", **met)
    award = Award(id="a", label="A", amount=5, source_ids=["s"], instalments=[instalment])
    project = Project(id="p", label="P", source_ids=["s"], **known(Project, colour=colour))
    method = Method(id="m", label="M", source_ids=["s"])
    return Portfolio.of(source, method, project, Fund(id="f", label="F", source_ids=["s"], awards=[award]))


def values(whole: Portfolio) -> dict[str, Any]:
    """Return the values of a plan that are kept by themselves."""
    fund = whole.funds["f"]
    return {
        "source": whole.sources["s"],
        "method": whole.methods["m"],
        "project": whole.projects["p"],
        "fund": fund,
        "award": fund.awards[0],
        "instalment": fund.awards[0].instalments[0],
        "difference": difference(Portfolio(), whole),
    }


CLASSES = {
    "source": Source,
    "method": Method,
    "project": Project,
    "fund": Fund,
    "award": Award,
    "instalment": Instalment,
    "difference": PortfolioDifference,
}


def write(folder: Path, colour: str) -> None:
    """Write a plan in each format, and its values as rows and as pickles."""
    whole = plan(colour)
    for name in DOCUMENTS:
        levier.dump(whole, folder / name, digest=True)
    rows = {name: {"version": FORMAT_VERSION, "row": unstructure(value)} for name, value in values(whole).items()}
    (folder / "rows.json").write_text(json.dumps(rows), encoding="utf-8")
    pickled = values(whole) | {"plan": whole, "phase": Phase.STOPPED, "error": InvalidValueError("a", "b", "c")}
    for name, value in pickled.items():
        (folder / f"{name}.pickle").write_bytes(pickle.dumps(value))


def readings(folder: Path, colour: str, **unknown: Any) -> Iterator[tuple[str, Callable[[], Any], Any]]:
    """Yield all that is read: its name, what reads it, and what it should be."""
    whole = plan(colour)
    expected = values(whole)
    for name in DOCUMENTS:
        yield name, lambda name=name: levier.load(folder / name, **unknown), whole
    things = [thing for noun in attrs.asdict(whole, recurse=False).values() for thing in _items(noun)]
    yield "records", lambda: _sorted(ndjson.records(folder / "plan.ndjson", **unknown)), _sorted(things)
    for name, kept in json.loads((folder / "rows.json").read_text(encoding="utf-8")).items():
        yield from _of_value(name, kept["row"], expected[name], {"version": kept["version"], **unknown})
    if not unknown:
        pickled = expected | {"plan": whole, "phase": Phase.STOPPED, "error": InvalidValueError("a", "b", "c")}
        for name, value in pickled.items():
            data = (folder / f"{name}.pickle").read_bytes()
            yield f"{name} as a pickle", lambda data=data: pickle.loads(data), value  # noqa: S301  # our own


def _of_value(name: str, row: Any, value: Any, given: dict[str, Any]) -> Iterator[tuple[str, Callable[[], Any], Any]]:
    kind: Any = CLASSES[name]
    yield f"{name} as a row", lambda: structure(row, kind, **given), value
    yield f"{name} as text", lambda: loads(json.dumps(row), type=kind, **given), value
    yield f"{name} in a list", lambda: structure([row, row], tuple[kind, ...], **given), (value, value)


def _sorted(things: Any) -> list[str]:
    return sorted(map(repr, things))


def _items(noun: Any) -> Any:
    return noun.values() if hasattr(noun, "values") else noun


def _compared(value: Any) -> Any:
    """Return what has to be equal: of a difference what it holds, not the words of the release that made it."""
    if isinstance(value, tuple):
        return tuple(map(_compared, value))
    return (value.before, value.after) if isinstance(value, PortfolioDifference) else value


def outcome(read: Callable[[], Any], expected: Any) -> str:
    """Return "read", if what is read equals what is expected, or what is raised."""
    try:
        found = read()
    except Exception as error:  # noqa: BLE001  # it is compared
        return f"{type(error).__name__}: {error}"
    found, expected = _compared(found), _compared(expected)
    same = repr(found) == repr(expected) if isinstance(found, Exception) else found == expected
    return "read" if same else f"other: {found!r}"


def main() -> None:
    """Write or read, as the arguments say; print what was read as JSON."""
    act, folder, colour, *unknown = sys.argv[1:]
    if act == "write":
        write(Path(folder), colour)
    else:
        given = {"unknown": unknown[0]} if unknown else {}
        found = {name: outcome(read, expected) for name, read, expected in readings(Path(folder), colour, **given)}
        sys.stdout.write(json.dumps({"release": levier.__version__, "file": levier.__file__, "found": found}))


if __name__ == "__main__":
    main()
