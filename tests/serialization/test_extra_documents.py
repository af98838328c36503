"""An application's own keys in documents: written under `extra`, read in every format, refused anywhere else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import levier
from levier import Fund, InvalidDocumentError, Method, Portfolio, Project, dumps, loads
from levier.errors import InvalidValueError
from levier.fund import Award
from levier.model.extra import Extra
from levier.plans import Milestone
from levier.serialization import Provenance, ndjson, read_envelope, structure, toml, unstructure, yaml
from levier.serialization import json as ours
from levier.serialization.schema import schema, schema_of
from levier.testing.strategies import of

in_bulk = ours._fast  # noqa: SLF001  # it returns `None` for a document that is read item by item
OWN: dict[str, Any] = {"x-jira": "FC-1: a", "x-tags": ["a", {"b:c": "no", "d": 3, "e": True, "f": "3"}], "x-1": -7}
PLAN = Portfolio.of(
    Method(id="m", label="M", extra=OWN),
    Project(id="p", label="P", milestones=[Milestone(id="q", label="Q", planned="2020", extra=OWN)], extra=OWN),
    Fund(id="f", label="F", awards=[Award(id="a", label="A", extra=OWN)], extra=OWN),
)


@pytest.mark.parametrize("module", [ours, ndjson, toml, yaml], ids=["json", "ndjson", "toml", "yaml"])
def test_every_format_keeps_them(module: Any) -> None:
    """Texts, numbers, booleans, arrays and objects are what they were, in every format, with and without a digest."""
    for digest in (False, True):
        assert module.loads(module.dumps(PLAN, digest=digest)) == PLAN
        assert module.loads(module.dumps(PLAN, digest=digest)).projects["p"].extra == OWN


def test_they_stand_in_an_object_of_their_own() -> None:
    """They are written under `extra`, sorted, and only where there are any."""
    assert dumps(Method(id="m", label="M", extra={"x-b": [], "x-a": None})) == (
        b'{"extra":{"x-a":null,"x-b":[]},"id":"m","label":"M"}'
    )
    assert unstructure(PLAN.methods["m"])["extra"] == OWN
    assert dumps(Method(id="m", label="M", extra={})) == b'{"id":"m","label":"M"}'
    assert loads('{"id":"m","label":"M","extra":{}}', type=Method) == Method(id="m", label="M")


@given(of(Extra), st.sampled_from([None, 1, 3]))
def test_they_are_read_in_bulk(extra: Extra, indent: int | None) -> None:
    """Keys and colons in them are counted, in any layout, so that such documents are read as fast as others."""
    plan = Portfolio.of(
        Method(id="m", label="M", extra=extra), Method(id="n", label="N: o", extra=OWN), Method(id="o", label="O")
    )
    assert in_bulk(json.dumps(json.loads(dumps(plan)), indent=indent, ensure_ascii=False).encode()) == plan
    assert structure(unstructure(plan.methods), type(plan.methods)[Method]) == plan.methods  # type: ignore[index]
    assert loads(dumps(extra), type=Extra) == extra


HEAD = '{"format":"levier","version":1,"methods":[{"id":"m","label":"M",'
WRONG = {
    '"extra":{"x-a":1,"x-a":1}': ("/methods/0/extra/x-a", "twice"),
    '"extra":{"x-a":{"b":1,"b":1}}': ("/methods/0/extra/x-a/b", "twice"),
    '"extra":{"x-a":1},"extra":{"x-a":1}': ("/methods/0/extra", "twice"),
    '"extra":{"jira":1}': ("/methods/0/extra/jira", "a key that begins with 'x-'"),
    '"extra":{"x-a":[1,{"b":1e400}]}': ("/methods/0/extra/x-a/1/b", "a finite number"),
    '"extra":{"x-a":1e400}': ("/methods/0/extra/x-a", "a finite number"),
    '"extra":{"x-a":9007199254740993}': ("/methods/0/extra/x-a", "whole ones up to 9007199254740991"),
    '"extra":{"x-a":"\\u001b"}': ("/methods/0/extra/x-a", "control characters"),
    '"extra":{"x-a":{"\\u001b":1}}': ("/methods/0/extra/x-a/", "control characters"),
    '"extra":[]': ("/methods/0/extra", "an object"),
    '"extra":null': ("/methods/0/extra", "an object"),
    f'"extra":{{"x-a":{"[" * 17}{"]" * 17}}}': ("/methods/0/extra/x-a" + "/0" * 15, "at most 16 levels"),
    '"x-jira":"FC-1"': ("/methods/0/x-jira", "put an application's own keys into 'extra' of this object"),
    '"wizard":"FC-1"': ("/methods/0/wizard", "unknown key"),
}


@pytest.mark.parametrize(("inside", "where", "said"), [(key, *value) for key, value in WRONG.items()], ids=WRONG)
def test_what_is_wrong_has_its_place(inside: str, where: str, said: str) -> None:
    """Each wrong part is named by its pointer, with what was expected."""
    with pytest.raises(InvalidDocumentError, match=said) as caught:
        loads(f"{HEAD}{inside}}}]}}")
    (problem,) = caught.value.problems
    assert problem.pointer.startswith(where)


def test_all_that_is_wrong_is_said() -> None:
    """Two wrong values are two problems."""
    with pytest.raises(InvalidDocumentError) as caught:
        loads(f'{HEAD}"extra":{{"a":1,"x-b":[1e400,9007199254740993]}}}}]}}')
    assert [each.pointer.rpartition("extra")[2] for each in caught.value.problems] == ["/a", "/x-b/0", "/x-b/1"]


@pytest.mark.parametrize(
    "inside",
    [
        '"x-jira":1',
        '"projects":[{"id":"p","label":"P","steps":[{"phase":"framing","on":"2020-01-01","because":"x","x-jira":1}]}]',
    ],
)
def test_elsewhere_they_are_refused(inside: str) -> None:
    """Where nothing has an identifier, the refusal says where such a key can stand."""
    with pytest.raises(InvalidDocumentError, match="into 'extra' of something that has an identifier"):
        loads(f'{{"format":"levier","version":1,{inside}}}')


def test_people_write_plain_scalars() -> None:
    """In YAML, plain numbers, booleans and nulls under own keys are what they look like; texts stay texts."""
    written = "extra: {x-a: 3, x-b: true, x-c: [no, 1.20, ~, '3', 1.2.3], x-d: {e: -1}}"
    text = f"format: levier\nversion: 1\nmethods:\n- id: m\n  label: M\n  {written}\n"
    extra = yaml.loads(text).methods["m"].extra
    assert extra == {"x-a": 3, "x-b": True, "x-c": ["no", 1.2, None, "3", "1.2.3"], "x-d": {"e": -1}}


def test_toml_has_no_null() -> None:
    """A null among own keys is refused where the format would lose it, and kept by the others."""
    for held in ({"x-a": None}, {"x-a": [{"b": [None]}]}):
        plan = Portfolio.of(Method(id="m", label="M", extra=held))
        with pytest.raises(InvalidValueError, match="without null"):
            toml.dumps(plan)
        for module in (ours, ndjson, yaml):
            assert module.loads(module.dumps(plan)) == plan


def test_the_schema_knows_them() -> None:
    """A document with own keys validates, one with another key there does not."""
    Draft202012Validator(schema()).validate(json.loads(dumps(PLAN)))
    validator = Draft202012Validator(schema_of(Method))
    assert validator.is_valid({"id": "m", "label": "M", "extra": OWN})
    assert not validator.is_valid({"id": "m", "label": "M", "extra": {"jira": 1}})
    assert schema_of(Method)["$defs"]["Method"]["properties"]["extra"]["default"] == {}


@pytest.mark.parametrize("suffix", [".json", ".ndjson", ".toml", ".yaml"])
@pytest.mark.parametrize("digest", [False, True])
def test_a_document_has_own_keys_in_its_provenance(tmp_path: Path, suffix: str, *, digest: bool) -> None:
    """They come back with the envelope, in every format, and the portfolio is none the wiser."""
    provenance = Provenance(by="DITP", extra={"x-run": {"id": 7, "tags": ["nightly"]}})
    plan = Portfolio.of(Method(id="nudge", label="Nudge", extra={"x-a": 1}))
    levier.dump(plan, tmp_path / f"plan{suffix}", provenance=provenance, digest=digest)
    assert levier.load(tmp_path / f"plan{suffix}") == plan
    if suffix == ".json":
        assert read_envelope((tmp_path / "plan.json").read_bytes()).provenance == provenance


@pytest.mark.parametrize("found", [None, 3, True, "FC-1", 1.5, [], [{}], {"jira": 1}, {"x-a": float("nan")}])
def test_what_is_no_object_of_own_keys_is_refused_alone_and_within_another(found: Any) -> None:
    """One value is as strict as a document: in place of own keys nothing else gets in, at any depth."""
    method = {"id": "m", "label": "M", "extra": found}
    milestone = {"id": "q", "label": "Q", "planned": "2020", "extra": found}
    for builtins, kind in ((method, Method), ({"id": "p", "label": "P", "milestones": [milestone]}, Project)):
        with pytest.raises(InvalidDocumentError, match="extra"):
            structure(builtins, kind)
        with pytest.raises(InvalidDocumentError):
            loads(json.dumps(builtins), type=kind)


def test_an_empty_object_is_what_is_not_there() -> None:
    """An empty object becomes ours, not a dictionary that could change."""
    read = structure({"id": "m", "label": "M", "extra": {}}, Method)
    assert read == Method(id="m", label="M")
    assert type(read.extra) is Extra
    assert hash(read) == hash(Method(id="m", label="M"))
