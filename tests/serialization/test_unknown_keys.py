"""Keys that a reader does not know are refused, or ignored if it is asked to; nothing else becomes milder."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from attrs import frozen
from cattrs import Converter
from hypothesis import given
from hypothesis import strategies as st

from levier import InvalidDocumentError, Method, Portfolio, Project, dumps, loads
from levier import load as load_file
from levier.errors import InvalidValueError
from levier.serialization import ndjson, register_hooks, structure, toml, unstructure, yaml
from levier.serialization._pieces import pieces
from levier.serialization.envelope import ENVELOPE, digest_of
from levier.testing import samples
from levier.testing.strategies import of

PLAN = Portfolio.of(Method(id="m", label="M"), Project(id="p", label="P"))
NEWER = "levier 0.2.0"


def objects_in(found: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects in builtins whose keys are fields: own keys are no fields."""
    if isinstance(found, dict):
        yield found
        for key, part in found.items():
            yield from objects_in(part) if key != "extra" else ()
    for part in found if isinstance(found, list) else ():
        yield from objects_in(part)


def extended(plan: Portfolio, draws: Random) -> dict[str, Any]:
    """Return the document of a plan as a later release may write it, which knows more fields and one more noun."""
    document: dict[str, Any] = json.loads(dumps(plan)) | {"generator": NEWER}
    content = {noun: held for noun, held in document.items() if noun not in ENVELOPE}
    for found in [each for each in objects_in(content) if each is not content]:
        if draws.random() < 0.5:
            found["wizard"] = draws.choice(["wand", [["a"], {"b": "c"}], {"spell": "x"}, [{"id": "a:b"}]])
    return document | {"wizards": [{"id": "w"}]}


def as_lines(document: dict[str, Any]) -> bytes:
    """Return a document as NDJSON."""
    head = {key: document[key] for key in ENVELOPE if key in document}
    items = ({noun: item} for noun in sorted(document.keys() - ENVELOPE) for item in document[noun])
    return "\n".join(map(json.dumps, (head, *items))).encode()


def as_toml(document: dict[str, Any]) -> bytes:
    """Return a document as TOML."""
    import tomli_w

    return tomli_w.dumps(document).encode()


def as_yaml(document: dict[str, Any]) -> bytes:
    """Return a document as YAML."""
    import yaml as pyyaml

    return pyyaml.safe_dump(document, allow_unicode=True).encode()


READERS: dict[str, tuple[Callable[[dict[str, Any]], bytes], Callable[..., Any]]] = {
    "json": (lambda found: json.dumps(found).encode(), loads),
    "ndjson": (as_lines, ndjson.loads),
    "records": (as_lines, lambda data, **named: Portfolio.of(*ndjson.records(io.BytesIO(data), **named))),
    "toml": (as_toml, toml.loads),
    "yaml": (as_yaml, yaml.loads),
}


@pytest.mark.parametrize("name", READERS)
@given(plan=of(Portfolio), draws=st.randoms(use_true_random=False))
def test_a_later_document_is_read_as_far_as_it_is_known(name: str, plan: Portfolio, draws: Random) -> None:
    """With "ignore", unknown keys and nouns leave no trace; without, they are refused."""
    write, read = READERS[name]
    data = write(extended(plan, draws))
    assert read(data, unknown="ignore") == plan
    with pytest.raises(InvalidDocumentError, match="unknown key"):
        read(data)


@pytest.mark.parametrize("name", ["json", "ndjson", "records", "toml"])
@given(plan=of(Portfolio), draws=st.randoms(use_true_random=False))
def test_a_digest_is_verified_with_the_ignored_keys(name: str, plan: Portfolio, draws: Random) -> None:
    """The digest that a later release computes holds, and another one is refused, whatever is ignored."""
    write, read = READERS[name]
    document = extended(plan, draws)
    assert read(write(document | {"digest": digest_of(document)}), unknown="ignore") == plan
    changed = document | {"wizards": [{"id": "another"}]}
    for wrong in (changed | {"digest": digest_of(document)}, document | {"digest": "sha256:00"}):
        with pytest.raises(InvalidDocumentError, match="digest"):
            read(write(wrong), unknown="ignore")


@pytest.mark.parametrize("name", READERS)
def test_a_refusal_names_the_generator(name: str) -> None:
    """Whoever cannot read a key learns which program wrote it, and which one reads."""
    write, read = READERS[name]
    document = json.loads(dumps(PLAN))
    for at, place in (("/projects/0/wizard", document["projects"][0]), ("/wizards", document)):
        changed = deepcopy(document) | {"generator": NEWER}
        (changed["projects"][0] if place is not document else changed)[
            "wizard" if place is not document else "wizards"
        ] = [{}]
        with pytest.raises(
            InvalidDocumentError, match=r"written by levier 0\.2\.0; this is \d+\.\d+\.\d+.*unknown="
        ) as caught:
            read(write(changed))
        (problem,) = caught.value.problems
        assert problem.pointer.removeprefix("/") in (at.removeprefix("/"), at.removeprefix("/").replace("/0/", "/"))
    for generator in ("", document["generator"]):
        document["projects"][0]["wizard"], document["generator"] = 1, generator
        with pytest.raises(InvalidDocumentError) as caught:
            read(write(document))
        assert "written by" not in str(caught.value)


@pytest.mark.parametrize("name", READERS)
def test_an_unknown_envelope_key_is_ignored_too(name: str) -> None:
    """A key of the envelope that is not known, or of the provenance in it, is treated as any other."""
    write, read = READERS[name]
    document = json.loads(dumps(PLAN)) | {"generator": NEWER, "provenance": {"by": "x", "wand": "y"}}
    assert read(write(document), unknown="ignore") == PLAN
    with pytest.raises(InvalidDocumentError, match=r"/provenance/wand: .*written by levier"):
        read(write(document))


def test_an_unknown_noun_of_a_record_is_ignored_too() -> None:
    """A record of NDJSON of a noun that is not known is skipped where the reader asks for it, and only there."""
    lines = '{"format":"levier","version":1}\n{"wizards":{"id":"w"}}\n{"methods":{"id":"m","label":"M"}}\n'
    assert list(ndjson.loads(lines, unknown="ignore").methods) == ["m"]
    assert list(ndjson.records(io.BytesIO(lines.encode()), unknown="ignore")) == [Method(id="m", label="M")]
    with pytest.raises(InvalidDocumentError, match="wizards"):
        ndjson.loads(lines)


def test_everything_else_stays_refused() -> None:
    """Repeated keys, wrong values, missing keys and unknown kinds are what they are; only unknown keys are not."""
    wrong = {
        '"methods":[{"id":"m","label":"M","label":"M","wizard":1}]': "twice",
        '"methods":[{"id":"m","label":"M","wizard":{"a":1,"a":2}}]': "twice",
        '"methods":[{"id":"m","label":"","wizard":1}]': "blank",
        '"methods":[{"id":"m","wizard":1}]': "missing",
        '"methods":[1]': "an object",
        '"instruments":[{"id":"m","label":"M","kind":"wizard"}]': "kind",
        '"methods":[],"wizards":[],"wizards":[]': "twice",
    }
    for inside, said in wrong.items():
        with pytest.raises(InvalidDocumentError, match=said) as caught:
            loads(f'{{"format":"levier","version":1,{inside}}}', unknown="ignore")
        assert caught.value.count == 1
    with pytest.raises(InvalidDocumentError, match="version"):
        loads('{"format":"levier","version":2,"wizards":[]}', unknown="ignore")


def test_thousands_of_problems_are_counted_without_the_ignored_ones() -> None:
    """What is ignored is not counted either, where problems are only counted."""
    rows = ",".join(['{"wizard":1}'] * 3000)
    with pytest.raises(InvalidDocumentError) as caught:
        loads(f'{{"format":"levier","version":1,"methods":[{rows}]}}', unknown="ignore")
    assert caught.value.count == 2 * 3000


def test_values_by_themselves_are_read_alike() -> None:
    """A row, a text and an attribute of an application's class take the same choice."""
    row = unstructure(PLAN.projects["p"]) | {"wizard": 1}
    project = PLAN.projects["p"]
    assert structure(row, Project, unknown="ignore") == project
    assert structure([row], tuple[Project, ...], unknown="ignore") == (project,)
    assert loads(json.dumps(row), type=Project, unknown="ignore") == project
    assert loads(json.dumps([row]), type=tuple[Project, ...], unknown="ignore") == (project,)
    for read in (lambda: structure(row, Project), lambda: loads(json.dumps(row), type=Project)):
        with pytest.raises(InvalidDocumentError, match="unknown key 'wizard'"):
            read()

    @frozen
    class Page:
        project: Project

    globals()["Page"] = Page
    assert register_hooks(Converter(), unknown="ignore").structure({"project": row}, Page) == Page(project)
    with pytest.raises(Exception, match=r"Page|structur"):
        register_hooks(Converter()).structure({"project": row}, Page)


def test_a_file_is_read_alike(tmp_path: Any) -> None:
    """`load` takes the same choice, by the suffix of the file."""
    document = extended(PLAN, Random(1))
    for name, (write, _) in READERS.items():
        if name != "records":
            path = tmp_path / f"plan.{name}"
            path.write_bytes(write(document))
            assert load_file(path, unknown="ignore") == PLAN


def test_later_documents_are_read_in_bulk() -> None:
    """Items with unknown keys are built in bulk where these are ignored, from JSON and from builtins."""
    import msgspec

    observations = json.loads(dumps(samples.portfolio(projects=2)))["observations"]
    rows = [row | {"wizard": [":", {"a": 1}]} for row in observations]
    kind = type(next(iter(samples.portfolio(projects=2).observations)))
    for found in (rows, [msgspec.Raw(json.dumps(row).encode()) for row in rows]):
        assert all(sound is not None for _, _, sound in pieces(kind, found, "ignore"))
        assert all(sound is None for _, _, sound in pieces(kind, found))
    twice = [msgspec.Raw(b'{"id":"m","label":"a","label":"b","wizard":1}')]
    assert [sound for _, _, sound in pieces(Method, twice, "ignore")] == [None]


@pytest.mark.parametrize("wrong", ["keep", "", None, True])
def test_there_are_two_choices(wrong: Any) -> None:
    """Any other word is refused, before anything is read."""
    readers: list[Callable[[], Any]] = [
        lambda: loads(b"", unknown=wrong),
        lambda: structure(None, Project, unknown=wrong),
        lambda: list(ndjson.records(io.BytesIO(), unknown=wrong)),
        lambda: register_hooks(Converter(), unknown=wrong),
        lambda: toml.load(io.BytesIO(), unknown=wrong),
    ]
    for read in readers:
        with pytest.raises(InvalidValueError, match="'refuse' or 'ignore'"):
            read()
