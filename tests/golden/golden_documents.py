"""What is said of documents, files and classes that cannot be read or written, and of what is not installed."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any
from unittest.mock import patch

from golden_raised import refused
from pydantic import TypeAdapter

import levier
from levier import Euros, Lever, Portfolio, serialization
from levier.errors import pickles
from levier.model.identifiers import LeverId
from levier.serialization import Limits, Provenance, ndjson, structure, toml, unstructure, yaml
from levier.serialization._toml_layout import Layout
from levier.serialization.pydantic import Adapter
from levier.serialization.schema import schema_of
from levier.wording.messages import message

Wrong = tuple[str, Callable[[], Any]]

SOURCE = {"id": "s", "title": "S"}
INDICATOR = {"id": "i", "label": "I", "unit": "days"}
FRANCE = {"id": "FR", "label": "France"}
SERIES = {"indicators": [INDICATOR], "territories": [FRANCE]}
METHOD = {"id": "m", "label": "M"}
HEAD = '{"format": "levier", "version": 1'


def project(*steps: tuple[str, str], **written: Any) -> dict[str, Any]:
    """Return a project as it is written, with phases and their days."""
    walked = [{"phase": phase, "on": on, "because": "x"} for phase, on in steps]
    return {"id": "p", "label": "P", "steps": walked, **written}


def row(**written: Any) -> dict[str, Any]:
    """Return an observation as it is written."""
    return {"indicator_id": "i", "period": "2020", "kind": "actual", "value": "1", **written}


def line(**amounts: Any) -> dict[str, Any]:
    """Return a budget programme with a line of it, and the source it names."""
    stated = {"year": 2020, "stage": "voted", "source_id": "s", "amounts": amounts}
    return {"budget_programmes": [{"id": "349", "label": "x", "lines": [stated]}], "sources": [SOURCE]}


def fund(**written: Any) -> dict[str, Any]:
    """Return a fund as it is written."""
    return {"funds": [{"id": "f", "label": "F", **written}]}


ENTRY = {"award_id": "a", "kind": "commitment", "amount": "1", "on": "2019-01-01"}
AWARD = {"id": "a", "label": "A", "amount": "5", "contracted_on": "2018-01-01"}
NOUNS: dict[str, dict[str, Any]] = {
    "an unknown noun": {"wizards": []},
    "a noun that is no array": {"methods": {}, "levers": None, "projects": "p", "sources": 1.5},
    "a digest that is another's": {"digest": "sha256:00"},
    "a digest that is no text": {"digest": 3},
    "provenance that is odd": {"provenance": {"on": "now", "colour": 1}},
    "provenance that is no object": {"provenance": 3},
    "a generator that is no text": {"generator": 3},
    "an unknown key": {"methods": [{**METHOD, "colour": "red"}]},
    "a key that is almost one": {"methods": [{**METHOD, "labl": "red"}]},
    "missing keys": {"methods": [{}]},
    "things that are no objects": {"methods": [None, 3, "x", [], True, 1.5]},
    "a number for a text": {"methods": [{**METHOD, "label": 3}]},
    "a long text for an object": {"methods": ["x" * 1000]},
    "a truth for a whole number": {"indicators": [INDICATOR | {"decimals": True}]},
    "a text for a whole number": {"indicators": [INDICATOR | {"periodicity_months": "12"}]},
    "a number for a truth": {"surveys": [{"id": "s", "label": "S", "population": "all", "self_selected": 1}]},
    "a number for a decimal": {**SERIES, "observations": [row(value=1.5)]},
    "a number for an amount": line(commitment=1, payment="1"),
    "a number for a period": {**SERIES, "observations": [row(period=2020)]},
    "a text for a sequence": {"methods": [{**METHOD, "source_ids": "s"}]},
    "a number in a sequence": {"methods": [{**METHOD, "source_ids": [1]}]},
    "a term that there is not": {"projects": [project(("done", "2019-01-01"))]},
    "days that are none": {"projects": [project(("stopped", "now"), ("framing", "2019-02-29"))]},
    "a period that is none": {**SERIES, "observations": [row(period="2020-13")]},
    "a decimal that is none": {**SERIES, "observations": [row(value="1e3")]},
    "a fraction of a cent": line(commitment="1.001", payment="1"),
    "amounts without any": line(),
    "an amount missing without a reason": line(commitment="1"),
    "a move that the table does not allow": {"projects": [project(("completed", "2019-01-01"))]},
    "steps out of order": {"projects": [project(("deployment", "2019-01-02"), ("completed", "2019-01-01"))]},
    "an entry of no award": fund(entries=[ENTRY]),
    "an entry before the contract": fund(awards=[{**AWARD, "contracted_on": "2020-01-01"}], entries=[ENTRY]),
    "an entry beyond the award": fund(awards=[AWARD], entries=[{**ENTRY, "amount": "9"}]),
    "a payment of nothing": fund(awards=[AWARD], entries=[{**ENTRY, "kind": "payment"}]),
    "an entry that is no object": fund(entries=[3]),
    "entries that are no array": fund(entries=3),
    "instruments of no kind": {"instruments": [{"id": "a", "label": "A"}, {"kind": "wizard"}, {"kind": 3}]},
    "an instrument that is no object": {"instruments": ["campus"]},
    "an instrument with another one's key": {
        "instruments": [{"kind": "campus", "id": "c", "label": "C", "edition": 1}]
    },
    "an identifier twice": {"methods": [METHOD, METHOD]},
    "a key of observations twice": {**SERIES, "observations": [row(), row(value="2")]},
    "references that dangle": {"projects": [project(owner_id="o", lever_ids=["a"])], "observations": [row()]},
    "a sourced value": {"territories": [{"id": "46", "label": "Lot", "population": {"value": True, "source_id": "s"}}]},
    "a parent not around": {
        "territories": [{"id": "75", "label": "P"}, {"id": "92012", "label": "B", "parent_id": "75"}]
    },
}
TEXTS: dict[str, str | bytes] = {
    "nothing": "",
    "NaN": HEAD + ', "methods": NaN}',
    "latin-1": (HEAD + ', "generator": "é"}').encode("latin-1"),
    "an array": "[]",
    "null": "null",
    "an empty object": "{}",
    "another format": '{"format": "other", "version": 1}',
    "a newer version": '{"format": "levier", "version": 2}',
    "a version as text": '{"format": "levier", "version": "1"}',
    "an old version": '{"format": "levier", "version": 0}',
    "a key twice": HEAD + ', "methods": [{"id": "m", "label": "M", "id": "n"}]}',
    "a digest before a thing that is wrong": HEAD + ', "digest": "sha256:00", "methods": []}',
    "a lone surrogate": HEAD + ', "methods": [{"id": "m", "label": "\\ud800"}]}',
}
LINES: dict[str, str] = {
    "nothing": "",
    "a broken head": "{",
    "a head that is no object": "3",
    "another head": '{"format": "other", "version": 1}',
    "a digest that is another's": HEAD + ', "digest": "sha256:00"}',
    "a broken line": HEAD + "}\n{",
    "a line that is no object": HEAD + "}\n3",
    "a line of two keys": HEAD + '}\n{"methods": {}, "levers": {}}',
    "an unknown noun": HEAD + '}\n{"wizards": {}}',
    "a thing that is wrong": HEAD + '}\n{"methods": {"id": "m"}}',
    "a thing twice": HEAD + "}\n" + '{"methods": {"id": "m", "label": "M"}}\n' * 2,
    "a reference that dangles": HEAD + '}\n{"methods": {"id": "m", "label": "M", "source_ids": ["s"]}}',
    "a key twice": HEAD + '}\n{"methods": {"id": "m", "label": "M", "id": "n"}}',
}
SMALL = Limits(size_bytes=10)
LIMITED: dict[str, tuple[Any, str]] = {
    "size": (SMALL, HEAD + "}"),
    "depth": (Limits(depth=2), HEAD + ', "methods": [{"id": [[]]}]}'),
    "items": (Limits(items=3), HEAD + ', "methods": [1, 2, 3, 4]}'),
    "digits": (Limits(digits=3), HEAD + ', "methods": [12345]}'),
}


def documents() -> Iterator[Wrong]:
    """Yield documents in each format that are not valid."""
    for name, nouns in NOUNS.items():
        text = json.dumps({"format": "levier", "version": 1, **nouns})
        yield f"JSON: {name}", lambda: levier.loads(text)
    for name, given in TEXTS.items():
        yield f"JSON: {name}", lambda: levier.loads(given)
        yield f"head of JSON: {name}", lambda: serialization.json.read_envelope(given)
    for name, given in LINES.items():
        yield f"NDJSON: {name}", lambda: ndjson.loads(given)
        yield f"NDJSON, line by line: {name}", lambda: list(ndjson.records(io.BytesIO(given.encode())))
    for name, (limits, text) in LIMITED.items():
        yield f"limit of {name}", lambda: levier.loads(text, limits=limits)
        yield f"limit of {name}, NDJSON", lambda: ndjson.loads(text, limits=limits)
        yield f"limit of {name}, line by line", lambda: list(ndjson.records(io.BytesIO(text.encode()), limits=limits))
        yield (
            f"limit of {name}, from a stream",
            lambda: serialization.json.load(io.BytesIO(text.encode()), limits=limits),
        )
        yield f"limit of {name}, YAML", lambda: yaml.loads(text, limits=limits)
    yield "TOML: broken", lambda: toml.loads("x = ")
    yield "TOML: no UTF-8", lambda: toml.loads(b"\xff")
    yield "TOML: a date as people write it", lambda: toml.loads("on = 16/10/2023")
    yield "TOML: too deep", lambda: toml.loads("a.b.c.d = 1", limits=Limits(depth=2))
    yield "TOML: wrong", lambda: toml.loads('format = "levier"\nversion = 1\n[[methods]]\nid = "m"\n')
    yield "YAML: broken", lambda: yaml.loads("a: [")
    yield "YAML: a colon", lambda: yaml.loads("label: Plan: le guichet")
    yield "YAML: a key twice", lambda: yaml.loads("format: levier\nversion: 1\nversion: 1\n")
    yield "YAML: an alias too often", lambda: yaml.loads("a: &a [1, 2, 3]\nb: [*a, *a, *a]\n", limits=Limits(items=8))
    yield "YAML: too deep", lambda: yaml.loads("a: " + "[" * 2000)
    yield "YAML: a tag", lambda: yaml.loads("a: !!python/object x\n")
    yield "YAML: a merge", lambda: yaml.loads("a: &a {b: 1}\nc:\n  <<: *a\n")
    yield "YAML: wrong", lambda: yaml.loads("format: levier\nversion: 1\nmethods:\n- id: m\n")


def _pickles() -> Iterator[Wrong]:
    path, theirs = "levier.model.levers:Method", "0.0.9"
    yield "a pickle of a class that is gone", lambda: pickles.restored("levier.model.levers:Wizard", theirs, (), ())
    yield "a pickle with a new field", lambda: pickles.restored(path, theirs, ("colour",), ("red",))
    yield "a pickle that lacks a field", lambda: pickles.restored(path, theirs, ("id",), ("m",))
    yield "a pickle with an old value", lambda: pickles.restored(path, theirs, ("id", "label"), ("m", ""))
    yield "a pickle of an unknown term", lambda: pickles.made("Phase", theirs, levier.Phase, ("abandoned",))
    yield "a pickle without release", lambda: pickles.refuse_state(Euros(3), {})


def _in_itself() -> list[Any]:
    held: list[Any] = []
    held.append(held)
    return held


def files() -> Iterator[Wrong]:
    """Yield files, streams and values that cannot be read or written."""
    plan = Portfolio.of(Lever(id="a", label="A"))
    yield "a suffix to read", lambda: levier.load("a.xml")
    yield "a suffix to write", lambda: levier.dump(plan, "a.xml")
    yield "no file name", lambda: levier.load(3)
    yield "another class of NDJSON", lambda: levier.load("a.ndjson", type=Lever)
    yield "a value as NDJSON", lambda: ndjson.dumps(Lever(id="a", label="A"))
    yield "a number as a document", lambda: levier.dumps(3)
    yield "euros as a document", lambda: levier.dumps(object)
    yield "euros as TOML", lambda: toml.dumps(Euros(3))
    yield "a tuple as TOML", lambda: toml.dumps((Lever(id="a", label="A"),))
    yield "null as TOML", lambda: list(Layout(str).lines({"x": None}))
    yield "what is no text", lambda: levier.loads(3)
    yield "another word on unknown keys", lambda: levier.loads("{}", unknown="skip")
    yield "a text stream to read", lambda: levier.load(io.StringIO("x"))
    yield "a text stream to write", lambda: serialization.json.dump(plan, io.StringIO())
    yield "a text stream to read as JSON", lambda: serialization.json.load(io.StringIO("x"))
    yield "a null as TOML", lambda: toml.dumps(Lever(id="a", label="A", extra={"x-a": None}))
    yield "own keys of a wrong name", lambda: levier.plans.Extra({"jira": 1})
    yield "own keys elsewhere", lambda: structure({"id": "m", "label": "M", "x-jira": 1}, levier.Method)
    yield "another choice for unknown keys", lambda: structure({}, levier.Project, unknown="keep")  # type: ignore[call-overload,arg-type]
    yield "no value of ours", lambda: unstructure(object)
    yield "a key that is no text", lambda: unstructure({1: 2})
    yield "half a character", lambda: unstructure("\ud800")
    yield "no number", lambda: unstructure(float("nan"))
    yield "an infinite decimal", lambda: unstructure(Decimal("Infinity"))
    yield "a list that holds itself", lambda: unstructure(_in_itself())
    yield "another version than the document's", lambda: levier.loads(HEAD + "}", type=Portfolio, version=2)
    yield "a list for pydantic", lambda: TypeAdapter(Annotated[list[Lever], Adapter])
    yield "an identifier by itself", lambda: structure("a b", LeverId)
    yield "a class that is not ours", lambda: structure({}, 3)
    yield "a value of a later version", lambda: structure({}, levier.Project, version=2)
    yield "a result to read back", lambda: structure({}, levier.indicators.Progress)
    yield "a text for a list", lambda: structure("x", levier.Registry[Lever])
    yield "a number for an instrument", lambda: structure(3, levier.instruments.Instrument)
    yield "an instrument of no kind", lambda: structure({"kind": "wizard"}, levier.instruments.Instrument)
    yield "a class derived from a final one", lambda: type("OurProject", (levier.Project,), {})
    yield "terms added to a vocabulary", lambda: type(levier.Phase).__prepare__("OurPhase", (levier.Phase,))
    yield from _pickles()
    yield "a number for a text", lambda: structure({"id": 3, "label": "A"}, Lever)
    yield (
        "a number for a truth",
        lambda: structure({"id": "s", "label": "S", "population": "x", "self_selected": 1}, levier.Survey),
    )
    yield "a number for a lever", lambda: structure(3, Lever)
    yield "a text for euros", lambda: structure("x", Euros)
    yield "a number for euros", lambda: structure(3, Euros)
    yield "a document of another class", lambda: levier.loads(HEAD + ', "value": 3}', type=Lever)
    yield "a value of another class", lambda: levier.loads(levier.dumps(plan), type=Lever)
    yield "a schema of a number", lambda: schema_of(3)
    yield "a schema whose references lead nowhere", lambda: schema_of(Lever, ref="#/components/schemas")
    yield "a portfolio as an answer", lambda: serialization.to_builtins(plan)
    yield "one of two classes that both fit", lambda: structure({"id": "a", "label": "A"}, Lever | levier.Project)
    yield "one of two classes, of another name", lambda: structure({"_type": "Fund"}, Lever | levier.Project)
    yield "a folder", lambda: serialization.json.load(".")
    yield "a stream that takes nothing", lambda: serialization.json.dump(plan, _Silent())
    yield "a line of what no portfolio holds", lambda: _written_line(3)
    yield "a digest of a value", lambda: levier.dumps(Lever(id="a", label="A"), digest=True)
    yield "a pipe", _pipe
    yield "a class within another", lambda: structure([1], tuple[object, ...])
    yield "frames beyond their limit", _frames
    yield "a sentence without its place", lambda: message("{a} of {b}", a=1)
    yield "a sentence about a thing", lambda: message("{a}", a=Lever(id="a", label="A")).say("en")
    yield "a language of a sentence", lambda: message("none").say("de")
    yield "limits of nothing", lambda: Limits(size_bytes=0)
    yield "provenance without a name", lambda: Provenance(by="", on="now")
    for name in ("cut.json.gz", "cut.json.zst", "odd.json.gz", "odd.json.zst", "deep.json.gz"):
        yield f"a compressed file: {name}", lambda: _compressed(name)


class _Silent(io.RawIOBase):
    """A stream that takes nothing."""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> Any:
        return None


def _pipe() -> Any:
    with TemporaryDirectory() as folder:
        os.mkfifo(Path(folder, "pipe.json"))
        try:
            return levier.load(Path(folder, "pipe.json"))
        except levier.errors.InvalidValueError as error:
            error.__context__ = None
            raise levier.errors.InvalidValueError(error.subject, "pipe.json", error.expected) from error


def _frames() -> Any:
    with TemporaryDirectory() as folder:
        file = Path(folder, "many.json.gz")
        file.write_bytes(
            b"".join(gzip.compress(part, mtime=0) for part in (b'{"format": "levier", ', b'"version": 1}'))
        )
        return levier.load(file, limits=Limits(frames=1))


def _written_line(item: Any) -> None:
    ndjson.write([item], io.BytesIO())


def _compressed(name: str) -> Any:
    with TemporaryDirectory() as folder:
        file = Path(folder, name)
        levier.dump(Portfolio(), file)
        whole = file.read_bytes()
        if name.startswith("deep"):
            return levier.load(file, limits=Limits(compressed_bytes=5))
        file.write_bytes(whole[:-6] if name.startswith("cut") else b"odd" + whole)
        return levier.load(file)


DOORS: Mapping[str, tuple[str, ...]] = {
    "levier.cli.app": ("cyclopts",),
    "levier.cli.terminal": ("rich", "rich.box", "rich.console"),
    "levier.display.html": ("jinja2",),
    "levier.interop.workbooks": ("openpyxl",),
    "levier.serialization.pydantic": ("pydantic_core",),
    "levier.serialization.yaml": ("yaml",),
}
"""Modules that need an extra, and what is missing for them."""


def extras() -> Iterator[Wrong]:
    """Yield what needs an optional dependency, without it."""
    for door, packages in DOORS.items():
        yield door, lambda: _without(packages, door)
    yield "writing TOML", lambda: _gone(("tomli_w",), lambda: toml.dumps(Portfolio()))
    yield (
        "Zstandard",
        lambda: _gone(
            ("zstandard", "compression.zstd", "compression"), lambda: levier.dump(Portfolio(), "plan.json.zst")
        ),
    )


def _without(packages: tuple[str, ...], door: str) -> Any:
    held = sys.modules.pop(door, None)
    try:
        return _gone(packages, lambda: import_module(door))
    finally:
        if held is not None:
            sys.modules[door] = held


def _gone(packages: tuple[str, ...], ask: Callable[[], Any]) -> Any:
    with patch.dict(sys.modules, dict.fromkeys(packages)):
        return ask()


WRONG = {"documents": documents, "files": files, "extras": extras}
SUBJECTS = {f"errors-{name}": refused(made) for name, made in WRONG.items()}
