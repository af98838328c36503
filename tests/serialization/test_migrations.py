"""Migrations: every version that was ever written stays readable, step by step."""

from __future__ import annotations

import json as stdjson
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, get_origin

import attrs
import pytest
from cattrs import Converter
from hypothesis import given
from hypothesis import strategies as st

from levier import Campus, Direction, Indicator, Method, Milestone, Project, serialization
from levier.errors import InvalidDocumentError
from levier.history import PortfolioDifference, difference
from levier.instruments import Instrument
from levier.model.portfolio import Portfolio
from levier.model.territories import Territory
from levier.serialization import (
    dumps,
    json,
    load,
    loads,
    migrations,
    ndjson,
    register_hooks,
    structure,
    toml,
    unstructure,
    yaml,
)
from levier.serialization.codecs import FORMATS
from levier.serialization.envelope import FORMAT_VERSION, digest_of
from levier.serialization.migrations import STEPS, Steps, migrated, renamed
from levier.testing import samples

DOCUMENTS = Path(__file__).parent / "documents"
FROZEN = sorted(DOCUMENTS.iterdir())

# ---------------------------------------------------------------- frozen documents


@pytest.mark.parametrize("path", FROZEN, ids=lambda path: path.name)
def test_every_version_ever_written_is_read(path: Path) -> None:
    """The documents of each version, frozen when it was current, are read as what they were written from."""
    plan = load(path)
    assert plan == load(DOCUMENTS / f"version-{FORMAT_VERSION}.json")
    assert sorted(plan.projects) == [f"project-000{number}" for number in (1, 2)]
    assert loads(dumps(plan)) == plan


def test_every_version_is_frozen_in_every_format() -> None:
    """There is a document of each version in each format; the first version is 1."""
    wanted = {
        f"version-{version}{suffix}"
        for version in range(1, FORMAT_VERSION + 1)
        for suffix in FORMATS
        if suffix != ".yml"
    }
    assert {path.name for path in FROZEN} == wanted


def test_there_is_a_step_from_every_version() -> None:
    """No version between the first and ours is left out of the table."""
    assert set(STEPS) == set(range(1, FORMAT_VERSION))


# ---------------------------------------------------------------- versions that exist only here


def rename_the_noun(old: dict[str, Any]) -> dict[str, Any]:
    """Bring a document to version 0: methods were `tools`."""
    return {("methods" if key == "tools" else key): value for key, value in old.items()}


def rename_the_label(old: dict[str, Any]) -> dict[str, Any]:
    """Bring a method to version 1: its label was its name; it breaks where there is none."""
    return {"label": old["name"], **{key: value for key, value in old.items() if key != "name"}}


def rename_the_day(old: dict[str, Any]) -> dict[str, Any]:
    """Bring a milestone, which stands within others, to version 1: its date was `due`."""
    return {("planned" if key == "due" else key): value for key, value in old.items()}


STEPS_OF_TESTS = {-1: {"Portfolio": rename_the_noun}, 0: {"Method": rename_the_label, "Milestone": rename_the_day}}


OLD: dict[str, Any] = {
    "format": "levier",
    "version": -1,
    "tools": [{"id": "nudge", "name": "Nudge"}],
    "territories": [{"id": "46", "label": "Lot"}],
}
PLAN = Portfolio.of(Method(id="nudge", label="Nudge"), Territory(id="46", label="Lot"))
LINES = """{"format": "levier", "version": -1}
{"tools": {"id": "nudge", "name": "Nudge"}}
{"territories": {"id": "46", "label": "Lot"}}
"""
TOML = """
format = 'levier'
version = -1
tools = [{id = 'nudge', name = 'Nudge'}]
territories = [{id = '46', label = 'Lot'}]
"""
YAML = "format: levier\nversion: -1\ntools: [{id: nudge, name: Nudge}]\nterritories: [{id: 46, label: Lot}]"


@pytest.fixture
def _two_old_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the library steps from two versions that exist only here."""
    monkeypatch.setattr(migrations, "STEPS", STEPS_OF_TESTS)


@pytest.mark.usefixtures("_two_old_versions")
@pytest.mark.parametrize("layout", [{}, {"indent": 2}, {"sort_keys": True, "separators": (",", ":")}])
def test_an_old_document_is_brought_to_ours_step_by_step(layout: dict[str, Any]) -> None:
    """A document two versions old goes through both steps, in any layout, and gives the portfolio of today."""
    assert loads(stdjson.dumps(OLD, **layout)) == PLAN
    digest = digest_of(OLD)
    assert loads(stdjson.dumps(OLD | {"digest": digest}, **layout)) == PLAN


@pytest.mark.usefixtures("_two_old_versions")
def test_every_format_migrates() -> None:
    """The steps are the same whatever a document is written in."""
    assert yaml.loads(YAML) == PLAN
    assert toml.loads(TOML) == PLAN
    assert ndjson.loads(LINES) == PLAN


@pytest.mark.usefixtures("_two_old_versions")
def test_old_records_are_streamed(tmp_path: Path) -> None:
    """A stream of an old version is brought to ours record by record."""
    path = tmp_path / "old.ndjson"
    path.write_text(LINES, encoding="utf-8")
    assert list(ndjson.records(path)) == [PLAN.methods["nudge"], PLAN.territories["46"]]
    path.write_text(LINES + '{"tools": {"id": "m", "name": ""}}', encoding="utf-8")
    with pytest.raises(InvalidDocumentError, match="at line 4"):
        list(ndjson.records(path))


@pytest.mark.usefixtures("_two_old_versions")
@pytest.mark.parametrize(
    ("name", "code"),
    [(b'"\xff"', "syntax"), (b'"\xed\xa0\x80"', "syntax"), (b'"a","name":"b"', "duplicate-key"), (b"NaN", "syntax")],
    ids=repr,
)
def test_an_old_record_is_read_as_strictly(name: bytes, code: str) -> None:
    """What no record of today may be, one of an old version may not be either, streamed or not."""
    document = LINES.encode() + b'{"tools":{"id":"m","name":%b}}' % name
    for read in (ndjson.loads, lambda data: list(ndjson.records(BytesIO(data)))):
        with pytest.raises(InvalidDocumentError) as caught:
            read(document)
        assert [(each.line, str(each.code)) for each in caught.value.problems] == [(4, code)]
    known = LINES.encode() + b'{"territories":{"id":"01","label":%b}}' % name.replace(b"name", b"label")
    with pytest.raises(InvalidDocumentError) as caught:
        list(ndjson.records(BytesIO(known)))
    assert [(each.line, str(each.code)) for each in caught.value.problems] == [(4, code)]


@pytest.mark.usefixtures("_two_old_versions")
@pytest.mark.parametrize("module", [json, yaml], ids=["json", "yaml"])
def test_problems_of_an_old_document_are_those_of_the_new_one(module: Any) -> None:
    """What is wrong in an old document is told in the words of today, without the lines of yesterday."""
    old = stdjson.dumps(OLD | {"tools": [{"id": "m", "name": ""}]})  # which is YAML too
    with pytest.raises(InvalidDocumentError) as caught:
        module.loads(old)
    (found,) = caught.value.problems
    assert (found.pointer, found.line) == ("/methods/0/label", None)


@pytest.mark.usefixtures("_two_old_versions")
def test_a_document_that_lies_about_its_version_is_refused() -> None:
    """A step that fails says which, and what it met."""
    with pytest.raises(
        InvalidDocumentError, match=r"/methods/0: Method cannot be brought from version 0 to 1: KeyError: 'name'"
    ):
        loads(stdjson.dumps(OLD | {"tools": [{"id": "m"}]}))
    with pytest.raises(InvalidDocumentError, match="cannot be brought from version 0 to 1"):
        ndjson.loads('{"format": "levier", "version": 0}\n{"methods": {"id": "m"}}')
    with pytest.raises(InvalidDocumentError, match=r"\[syntax\]"):
        loads('{"version": 0')
    with pytest.raises(InvalidDocumentError, match="/digest"):
        loads(stdjson.dumps(OLD | {"digest": "sha256:00"}))


MILESTONE = Milestone(id="m", label="M", planned="2019-09")
PROJECT = Project(id="p", label="P", milestones=[MILESTONE])
ROW = {"id": "p", "label": "P", "milestones": [{"id": "m", "label": "M", "due": "2019-09"}]}
"""A project as an application of an earlier release keeps it in a JSON column."""


@pytest.mark.usefixtures("_two_old_versions")
@pytest.mark.parametrize("version", [-1, 0])
def test_a_value_by_itself_is_brought_to_ours(version: int) -> None:
    """A row, a list, a dictionary and a text of an earlier version are read, whatever they hold."""
    assert structure(ROW, Project, version=version) == PROJECT
    assert structure([ROW], tuple[Project, ...], version=version) == (PROJECT,)
    assert structure({"a": ROW}, dict[str, Project], version=version) == {"a": PROJECT}
    text = stdjson.dumps(ROW)
    for read in (loads, yaml.loads):
        assert read(text, type=Project, version=version) == PROJECT
    label = 'id = "p"\nlabel = "P"\nmilestones = [{id = "m", label = "M", due = "2019-09"}]'
    assert toml.loads(label, type=Project, version=version) == PROJECT
    old = {"format": "levier", "version": version, "projects": [ROW]}
    assert loads(stdjson.dumps(old)) == Portfolio.of(PROJECT)


@attrs.define
class Page:
    """A class of an application that holds one of ours."""

    project: Project


@pytest.mark.usefixtures("_two_old_versions")
def test_a_converter_of_an_application_reads_an_older_version() -> None:
    """The hooks bring what is of ours to today, as `structure` does."""
    converter = register_hooks(Converter(), version=0)
    assert converter.structure({"project": ROW}, Page) == Page(PROJECT)
    with pytest.raises(Exception, match="While structuring Page"):
        register_hooks(Converter()).structure({"project": ROW}, Page)


@pytest.mark.usefixtures("_two_old_versions")
@pytest.mark.parametrize("read", [loads, yaml.loads, ndjson.loads])
def test_a_version_beside_a_document_is_that_of_the_document(read: Any) -> None:
    """A document states its version; another one that was kept beside it is an error of one of both."""
    old = stdjson.dumps({"format": "levier", "version": 0})
    assert read(old, type=Portfolio, version=0) == read(old, type=Portfolio) == Portfolio()
    for version in (-1, 2, True, "0", None):
        with pytest.raises(InvalidDocumentError, match="given beside the document, found the number 0") as caught:
            read(old, type=Portfolio, version=version)
        (found,) = caught.value.problems
        assert (found.pointer, str(found.code)) == ("/version", "unsupported-format")


@pytest.mark.usefixtures("_two_old_versions")
def test_a_written_difference_is_brought_to_ours() -> None:
    """What changed, kept by an earlier release, is read with the things that it holds."""
    found = difference(Portfolio(), Portfolio.of(PROJECT))
    kept = stdjson.loads(stdjson.dumps(unstructure(found)).replace('"planned"', '"due"'))
    assert structure(kept, PortfolioDifference, version=0) == found


@pytest.mark.usefixtures("_two_old_versions")
def test_an_instrument_is_told_by_its_kind() -> None:
    """The step of a class is made where a union holds it, and what has no kind of ours is left to be refused."""
    campus = {"id": "c", "label": "C", "kind": "campus"}
    assert structure([campus], tuple[Instrument, ...], version=0)[0].label == "C"
    with pytest.raises(InvalidDocumentError, match="unknown-kind"):
        structure([campus | {"kind": "wizard"}], tuple[Instrument, ...], version=0)


@pytest.mark.parametrize("version", [2, 99, True, 1.0, "1", None, -1])
def test_a_value_of_a_version_that_is_not_ours_is_refused(version: Any) -> None:
    """The error names the version, and the way out where it is a later one."""
    with pytest.raises(InvalidDocumentError, match="this release reads versions up to 1") as caught:
        structure({"id": "p", "label": "P"}, Project, version=version)
    with pytest.raises(InvalidDocumentError, match="this release reads versions up to 1"):
        loads('{"id": "p", "label": "P"}', type=Project, version=version)
    assert ("upgrade levier" in str(caught.value)) is (version in (2, 99))
    assert FORMAT_VERSION == serialization.FORMAT_VERSION == 1


@pytest.mark.parametrize("version", [2, 99, 2**53])
def test_a_newer_version_is_refused_by_name(version: int) -> None:
    """The error names both versions, and the way out."""
    document = {"format": "levier", "version": version}
    with pytest.raises(InvalidDocumentError, match=rf"expected 1, .* found the number {version}; .* upgrade levier"):
        loads(stdjson.dumps(document))
    with pytest.raises(InvalidDocumentError, match="upgrade levier"):
        ndjson.loads(stdjson.dumps(document))


@pytest.mark.parametrize("version", [0, -1, True, None, "1", 1.0, [1]])
def test_a_version_without_steps_stays_as_it_is(version: Any) -> None:
    """What is no version of ours is left alone, to be refused where it is read."""
    document = {"version": version, "methods": [3]}
    assert migrated(document) is document


def test_steps_do_not_change_what_they_are_given() -> None:
    """A step is given a copy, and counts nothing itself."""
    document = {"version": 0, "methods": []}

    def clear(old: dict[str, Any]) -> dict[str, Any]:
        old.clear()
        return {}

    assert migrated(document, {0: {"Portfolio": clear}}) == {"version": 1}
    assert document == {"version": 0, "methods": []}


# ---------------------------------------------------------------- what steps may meet


def between(monkeypatch: pytest.MonkeyPatch, steps: Steps) -> None:
    """Give the library these steps."""
    monkeypatch.setattr(migrations, "STEPS", steps)


def test_a_part_is_brought_over_through_a_field_that_is_renamed_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dates of milestones change names in one version, the field that holds the milestones in the next."""
    gates = partial(renamed, gates="milestones")
    row = {"id": "p", "label": "P", "gates": ROW["milestones"]}
    between(monkeypatch, {-1: {"Milestone": rename_the_day}, 0: {"Project": gates}})
    assert structure(row, Project, version=-1) == PROJECT
    document = {"format": "levier", "version": -1, "projects": [row]}
    assert loads(stdjson.dumps(document)) == Portfolio.of(PROJECT)
    between(monkeypatch, {-1: {"Project": gates}, 0: {"Milestone": rename_the_day}})  # in the other order too
    assert structure(row, Project, version=-1) == PROJECT


def test_parts_of_two_fields_that_are_joined_later_are_brought_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Items are known again in the array into which a later version puts them."""

    def join(old: dict[str, Any]) -> dict[str, Any]:
        return {**{key: value for key, value in old.items() if key != "gates"}, "milestones": [*old["gates"]]}

    between(monkeypatch, {-1: {"Milestone": rename_the_day}, 0: {"Project": join}})
    row = {"id": "p", "label": "P", "gates": ROW["milestones"]}
    assert structure(row, Project, version=-1) == PROJECT
    with pytest.raises(InvalidDocumentError, match="Project cannot be brought from version 0 to 1: KeyError: 'gates'"):
        structure({"id": "p", "label": "P", "steps": [], "former": [{}]}, Project, version=-1)


def test_what_no_later_version_knows_stays_to_be_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A field of no version is left as it is, and refused by its name."""
    between(monkeypatch, {-1: {"Milestone": rename_the_day}, 0: {"Project": partial(renamed, gates="milestones")}})
    with pytest.raises(InvalidDocumentError, match="unknown key 'doors'"):
        structure({"id": "p", "label": "P", "doors": [{"due": "2019"}]}, Project, version=-1)


def test_a_kind_that_is_renamed_is_told_by_the_base_of_its_union(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where `kind` no longer tells the class, the step of the base does; it is made once, in a union or by itself."""
    seen: list[str] = []

    def rename_the_kind(old: dict[str, Any]) -> dict[str, Any]:
        seen.append(old["kind"])
        return {**old, "kind": "campus"}

    between(monkeypatch, {0: {"Instrument": rename_the_kind, "Campus": partial(renamed, name="label")}})
    row = {"id": "c", "name": "C", "kind": "school"}
    for hint in (Instrument, tuple[Instrument, ...], Campus):
        found = structure([row] if get_origin(hint) else row, hint, version=0)
        assert (found[0] if get_origin(hint) else found) == Campus(id="c", label="C")
    assert seen == ["school"] * 3


def test_a_term_that_is_renamed_is_brought_over_wherever_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The text of a vocabulary has its step: by itself, in arrays and fields, optional or not, and in no other text."""
    between(monkeypatch, {0: {"Direction": lambda text: {"down": "decrease"}.get(text, text)}})
    assert structure("down", Direction, version=0) is Direction.DECREASE
    assert structure(["down", "stable"], tuple[Direction, ...], version=0) == (Direction.DECREASE, Direction.STABLE)
    assert structure({"a": "down"}, dict[str, Direction], version=0) == {"a": Direction.DECREASE}
    row = {"id": "down", "label": "down", "unit": "down", "direction": "down"}
    found = structure(row, Indicator, version=0)
    assert found == Indicator(id="down", label="down", unit="down", direction="decrease")
    assert structure(row | {"direction": None}, Indicator, version=0).direction is None
    plan = loads(stdjson.dumps({"format": "levier", "version": 0, "indicators": [row]}))
    assert plan.indicators["down"] == found
    between(monkeypatch, {0: {"Direction": lambda text: {}[text]}})
    with pytest.raises(InvalidDocumentError, match=r"/direction: Direction cannot be brought from version 0 to 1"):
        structure(row, Indicator, version=0)


def test_a_kind_that_is_no_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number that Python does not even write is no kind, in an old value as in one of today."""
    between(monkeypatch, {0: {}})
    with pytest.raises(InvalidDocumentError, match="unknown-kind"):
        structure({"id": "c", "kind": 10**5000}, Instrument, version=0)


@pytest.mark.parametrize("made", [None, [], "text", 3])
def test_a_step_that_makes_no_object_is_told(monkeypatch: pytest.MonkeyPatch, made: Any) -> None:
    """A step that fails in this way too is a problem with its place, and no error of Python's."""
    between(monkeypatch, {0: {"Method": lambda _: made}})
    with pytest.raises(InvalidDocumentError, match=r"/0: Method cannot be brought .*: the step returned"):
        structure([{"id": "m"}], tuple[Method, ...], version=0)


def test_the_reason_of_a_failed_step_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step may quote a document of any length; what it quotes is cut, and nothing in it is hidden."""

    def quote(old: dict[str, Any]) -> dict[str, Any]:
        raise ValueError(old["label"])

    between(monkeypatch, {0: {"Method": quote}})
    with pytest.raises(InvalidDocumentError) as caught:
        structure({"id": "m", "label": "\x1b[31m" + "x" * 100_000}, Method, version=0)
    assert len(str(caught.value)) < 500
    assert "\x1b" not in str(caught.value)


def test_a_step_may_change_what_it_is_given_at_any_depth(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read belongs to the caller: a step that adds to a part in place adds to a copy."""

    def add(old: dict[str, Any]) -> dict[str, Any]:
        old["milestones"].append({"id": "n", "label": "N", "planned": "2020"})
        return old

    between(monkeypatch, {0: {"Project": add}})
    given: dict[str, Any] = {"id": "p", "label": "P", "milestones": []}
    assert len(structure(given, Project, version=0).milestones) == 1
    assert given["milestones"] == []


def test_a_key_beside_its_former_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a document that lies has both names, neither value is lost silently; an absent key stays absent."""
    between(monkeypatch, {0: {"Method": partial(renamed, name="label")}})
    with pytest.raises(InvalidDocumentError, match="'label' stands beside its former name"):
        structure({"id": "m", "name": "A", "label": "B"}, Method, version=0)
    assert renamed({"id": "m"}, name="label") == {"id": "m"}


@pytest.mark.parametrize("noun", ["wizards", "version", "format", "digest", "provenance", "generator"])
def test_an_old_record_of_no_noun_is_refused(monkeypatch: pytest.MonkeyPatch, noun: str) -> None:
    """A record that no version knows is refused in a stream as in a document, and not left out."""
    between(monkeypatch, {0: {"Method": rename_the_label}})
    text = '{"format": "levier", "version": 0}\n{"methods": {"id": "m", "name": "M"}}\n' + stdjson.dumps(
        {noun: {"id": "a"}}
    )
    with pytest.raises(InvalidDocumentError, match=f"unknown key '{noun}'"):
        ndjson.loads(text)
    with pytest.raises(InvalidDocumentError, match=f"unknown key '{noun}'.* at line 3"):
        list(ndjson.records(BytesIO(text.encode())))


def test_a_noun_that_a_version_leaves_out_is_no_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a step leaves out on purpose is left out of a stream too."""
    between(monkeypatch, {0: {"Portfolio": lambda old: {key: part for key, part in old.items() if key != "wizards"}}})
    text = '{"format": "levier", "version": 0}\n{"wizards": {"id": "m"}}\n{"methods": {"id": "m", "label": "M"}}'
    assert list(ndjson.records(BytesIO(text.encode()))) == [Method(id="m", label="M")]
    assert ndjson.loads(text) == Portfolio.of(Method(id="m", label="M"))


BY_HAND = {
    "yaml": "provenance: {author: DITP, on: 2019-06-14}",
    "toml": "[provenance]\nauthor = 'DITP'\non = 2019-06-14",
}


def test_the_provenance_of_an_old_document_is_brought_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands beside the arrays has its steps too, in every format, in a stream and in the head alone."""
    between(monkeypatch, {0: {"Provenance": partial(renamed, author="by")}})
    head = {"format": "levier", "version": 0, "provenance": {"author": "DITP", "on": "2019-06-14"}}
    text = stdjson.dumps(head)
    assert loads(text) == ndjson.loads(text) == Portfolio()
    assert list(ndjson.records(BytesIO(text.encode()))) == []
    assert yaml.loads(f"format: levier\nversion: 0\n{BY_HAND['yaml']}") == Portfolio()
    assert toml.loads(f"format = 'levier'\nversion = 0\n{BY_HAND['toml']}") == Portfolio()
    for module in (json, ndjson):
        found = module.read_envelope(text)
        assert (found.version, found.provenance.by, str(found.provenance.on)) == (0, "DITP", "2019-06-14")


def test_a_provenance_that_cannot_be_brought_over_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that fails there is a problem of the provenance, in a document, a stream and a head."""
    between(monkeypatch, {0: {"Provenance": lambda old: {"by": old["author"]}}})
    text = '{"format": "levier", "version": 0, "provenance": {}}'
    for read in (loads, ndjson.loads, json.read_envelope, lambda data: list(ndjson.records(BytesIO(data.encode())))):
        with pytest.raises(InvalidDocumentError, match="/provenance: Provenance cannot be brought"):
            read(text)


MIDDLE = st.sampled_from(["milestones", "gates", "doors"])


@given(st.lists(MIDDLE, min_size=2, max_size=5), st.data())
def test_any_order_of_renamings_reads_the_same(names: list[str], data: st.DataObject) -> None:
    """A field that several versions rename, and a part that one of them changes, in any order: one value comes out."""
    path = [*names, "milestones"]
    versions = range(FORMAT_VERSION - len(names), FORMAT_VERSION)
    steps: dict[int, dict[str, Any]] = {
        version: {"Project": partial(renamed, **({old: new} if old != new else {}))}
        for version, old, new in zip(versions, names, path[1:], strict=True)
    }
    changed = data.draw(st.sampled_from(versions))
    steps[changed]["Milestone"] = rename_the_day
    row = {"id": "p", "label": "P", path[0]: ROW["milestones"]}
    found = migrations.migrated_value(row, Project, versions[0], steps)
    assert structure(found, Project) == PROJECT


def write_the_documents() -> None:
    """Freeze a document of this version in every format; by hand, once, before the version is released."""
    for suffix, module in ((".json", json), (".ndjson", ndjson), (".toml", toml), (".yaml", yaml)):
        module.dump(samples.portfolio(projects=2), DOCUMENTS / f"version-{FORMAT_VERSION}{suffix}")


if __name__ == "__main__":
    write_the_documents()
