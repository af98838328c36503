"""JSON Schema: read off the model, shipped, and never stricter than the loader."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from doors import everything
from levier import catalogue
from levier.errors import InvalidDocumentError, InvalidValueError
from levier.model._facts import Between, Matching
from levier.model.calls import CallRule
from levier.model.challenges import ChallengeStage
from levier.model.entries import JournalEntry
from levier.model.establishments import Establishment
from levier.model.fund import Fund
from levier.model.identifiers import SourceId
from levier.model.indicators import Indicator, IndicatorWeight
from levier.model.instruments import AnyInstrument, Campus, Instrument
from levier.model.levers import Lever, Method
from levier.model.lifecycle import Phase
from levier.model.money import Euros
from levier.model.observations import Observation
from levier.model.organisations import OrganisationKind
from levier.model.periods import Day, Period
from levier.model.portfolio import Portfolio
from levier.model.quantities import Quantity, Unit
from levier.model.registry import Registry
from levier.model.sources import Source, Sourced, Stated
from levier.model.terms import Term
from levier.model.territories import Territory
from levier.serialization import dumps, loads, structure, unstructure
from levier.serialization._constraints import narrowed
from levier.serialization.envelope import Provenance
from levier.serialization.schema import schema, schema_of
from levier.testing import build, samples
from levier.testing.registration import public_classes
from levier.testing.strategies import of
from whole import whole

SHIPPED = files("levier.serialization") / "data" / "document-1.schema.json"
WRITTEN_AS: dict[Any, Any] = {Registry: Registry[Indicator], Sourced: Sourced[Quantity], Stated: Stated[Euros]}
"""Classes that say what they hold only with a parameter."""
KINDS = [WRITTEN_AS.get(cls, cls) for cls in public_classes()]
TERMS = [cls for cls in Term.__subclasses__() if cls.__module__.startswith("levier.model.")]
HAND_WRITTEN = {
    "format": "levier",
    "version": 1,
    "organisations": [{"id": "dinum", "label": "DINUM", "kind": "interministerial-directorate"}],
    "projects": [{"id": "p", "label": "P", "owner_id": "dinum", "calendar": "2019/.."}],
    "indicators": [{"id": "i", "label": "I", "unit": "days"}],
    "observations": [{"indicator_id": "i", "territory_id": "FR", "period": "2020", "kind": "actual", "value": "1.50"}],
    "territories": [{"id": "FR", "label": "France", "population": {"value": 68, "source_id": "s"}}],
    "sources": [{"id": "s", "title": "S", "url": "https://example.org/s"}],
    "instruments": [{"kind": "campus", "id": "c", "label": "C"}],
    "funds": [
        {
            "id": "f",
            "label": "F",
            "allocation": {"value": "10", "source_id": "s"},
            "allocation_changes": [{"amount": "-1.5", "on": "2020-07-30", "because": "LFR", "source_id": "s"}],
        }
    ],
}
"""A document with what may be left out left out."""


@cache
def validator(kind: Any = None) -> Draft202012Validator:
    """Return the independent judge of documents, or of what is written for a class."""
    return Draft202012Validator(schema() if kind is None else schema_of(kind))


def definitions() -> dict[str, Any]:
    """Return the definitions that the document's schema comes with."""
    found: dict[str, Any] = schema()["$defs"]
    return found


def parts(found: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield every part of a JSON value with the path to it."""
    yield at, found
    for key, value in found.items() if isinstance(found, dict) else enumerate(found if isinstance(found, list) else ()):
        yield from parts(value, (*at, key))


PATTERNS = {found["pattern"] for _, found in parts(schema()) if isinstance(found, dict) and "pattern" in found}


# ---------------------------------------------------------------- the schema itself


def test_schema_is_one() -> None:
    """The schema of the document, with all its definitions, and that of a class are what 2020-12 calls a schema."""
    for found in (schema(), schema_of(Method), schema_of(Sourced[Euros]), schema_of(str)):
        Draft202012Validator.check_schema(found)
        assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema()["$id"] == "urn:levier:schema:1"


def test_shipped_schema_is_the_one_that_the_model_gives() -> None:
    """The file beside the module is, byte for byte, what the documented command prints."""
    command = [sys.executable, "-W", "error", "-m", "levier.serialization.schema"]
    printed = subprocess.run(command, check=True, capture_output=True).stdout
    assert SHIPPED.read_bytes() == printed.replace(b"\r\n", b"\n")
    assert json.loads(printed) == schema()


@pytest.mark.parametrize("optimised", ["-O", "-OO"])
def test_descriptions_need_no_docstrings(optimised: str) -> None:
    """Where Python takes docstrings away, the schema of the document and of every class says all the same."""
    program = (
        "import json; from levier.serialization.schema import schema, schema_of; from levier.model.sources import *;"
        "from levier.model.quantities import Quantity; from levier.model.registry import Registry;"
        "from levier.testing.registration import public_classes;"
        "kinds = [cls for cls in public_classes() if cls is not Registry] + [Sourced[Quantity], Sourced[int]];"
        "print(json.dumps([schema(), *map(schema_of, kinds)]))"
    )
    told, expected = (
        subprocess.run([sys.executable, *flags, "-W", "error", "-c", program], check=True, capture_output=True).stdout
        for flags in ([optimised], [])
    )
    assert json.loads(told)[0] == json.loads(SHIPPED.read_bytes())
    assert told == expected


def test_schema_is_made_anew() -> None:
    """Whoever changes a schema changes no other."""
    schema()["$defs"].clear()
    assert schema()["$defs"]


def test_every_reference_leads_to_a_definition() -> None:
    """No `$ref` leads nowhere, and no definition is left empty."""
    for found in (schema(), *map(schema_of, KINDS)):
        named = {part["$ref"] for _, part in parts(found) if isinstance(part, dict) and "$ref" in part}
        assert named <= {f"#/$defs/{name}" for name in found.get("$defs", ())}
        assert all(found.get("$defs", {}).values())


@pytest.mark.untraced
@pytest.mark.parametrize("cls", [*public_classes(), *TERMS], ids=lambda cls: cls.__name__)
def test_every_public_class_is_defined_and_described(cls: type[Any]) -> None:
    """Each class has a definition with its name as title, and its docstring's prose without examples and errors."""
    name = "Day" if cls is Day else cls.__name__
    found = definitions()[name]
    assert found["title"] == name
    assert found["description"].endswith(".")
    assert not re.search(r">>>|Raises:|`None`|\n(?!\n)(?<!\n\n)", found["description"])


def test_public_classes_are_those_of_the_library() -> None:
    """Every class of the model that users import is defined."""
    model = {
        name for name, value in everything().items() if getattr(value, "__module__", "").startswith("levier.model.")
    }
    assert model - definitions().keys() == set()


@pytest.mark.parametrize("kind", TERMS)
def test_members_have_two_titles(kind: type[Term]) -> None:
    """A closed set lists its members, each with its English and its French label."""
    members = definitions()[kind.__name__]["oneOf"]
    assert [(member["const"], member["title"], member["x-title-fr"]) for member in members] == [
        (term.value, term.en, term.fr) for term in kind
    ]
    assert all(member["title"] and member["x-title-fr"] for member in members)


def test_fields_are_described_where_the_docstring_speaks_of_them() -> None:
    """A field has the sentences of its class's docstring that name it, and only those."""
    properties = definitions()["Indicator"]["properties"]
    assert properties["decimals"]["description"] == "*decimals* is the number of decimals of its values as published."
    assert properties["direction"]["description"] == (
        "*direction* is the direction of improvement, `null` if no source states it."
    )
    assert "description" not in properties["label"]


def test_constraints_are_those_of_the_model() -> None:
    """Ranges, closed numbers, units, signs, identifiers and what may be left out are where the model has them."""
    indicator, fund = (definitions()[name]["properties"] for name in ("Indicator", "Fund"))
    assert indicator["decimals"]["anyOf"][0] == {"type": "integer", "minimum": 0, "maximum": 6}
    assert indicator["decimals"]["default"] is None
    assert indicator["periodicity_months"]["anyOf"][0] == {"type": "integer", "enum": [1, 3, 6, 12, 24, 36, 72]}
    assert indicator["source_ids"]["uniqueItems"] is True
    assert definitions()["Indicator"]["required"] == ["id", "label", "unit"]
    stage = definitions()["ChallengeStage"]["properties"]["grant"]["anyOf"][0]
    assert stage["properties"]["unit"] == {"enum": ["EUR"]}
    assert stage["properties"]["lower"] == stage["properties"]["upper"]
    assert fund["allocation"]["anyOf"][0]["properties"].keys() == {"value", "alternatives"}
    assert definitions()["YearClosing"]["properties"]["lapsed"]["default"] == "0.00"
    assert definitions()["FilledText"]["minLength"] == 1
    assert definitions()["Unit"]["examples"][:3] == ["count", "days", "EUR"]
    assert definitions()["SourceId"]["description"] == "The identifier of one of the document's sources."
    assert definitions()["CallId"]["description"] == "The identifier of something in the same fund."


def test_instruments_are_told_apart_by_their_kind() -> None:
    """The union of instruments asks for a kind, and each of its classes has its own."""
    union = definitions()["Instrument"]
    kinds = [definitions()[one["$ref"].removeprefix("#/$defs/")]["properties"]["kind"] for one in union["oneOf"]]
    assert union["required"] == ["kind"]
    assert [kind["const"] for kind in kinds] == union["properties"]["kind"]["enum"]


@pytest.mark.parametrize("pattern", sorted(PATTERNS))
def test_patterns_read_alike_in_python_and_ecmascript(pattern: str) -> None:
    """Only what both dialects share, with and without their Unicode modes: no flags, no classes, no needless escape."""
    re.compile(pattern)
    assert not re.search(r"\(\?(?![:!])", pattern)
    assert set(re.findall(r"\\(.)", pattern)) <= set(".tnxu")
    assert "\\ud" not in pattern


def test_a_keyword_never_takes_the_place_of_another() -> None:
    """Two facts that need the same keyword stand side by side."""
    text = {"type": "string"}
    found = narrowed(text, [Matching("a*"), Matching("b*"), Matching("c*")], str)
    assert found == {
        "type": "string",
        "pattern": "^(?:a*)$",
        "allOf": [text | {"pattern": "^(?:b*)$"}, text | {"pattern": "^(?:c*)$"}],
    }


def test_what_cannot_be_said_is_left_out() -> None:
    """A text has no order: of an amount's range, only its sign can be asked."""
    assert narrowed({}, [Between(1, 5)], Euros) == {}
    assert narrowed({}, [Between(1)], int) == {"type": "integer", "minimum": 1}


# ---------------------------------------------------------------- what is asked for


def test_schema_of_types() -> None:
    """A generic class, a union, a scalar, a kind and an identifier have a schema, with what it needs and no more."""
    assert schema_of(Sourced[Quantity])["$ref"] == "#/$defs/SourcedQuantity"
    assert schema_of(Registry[Lever])["items"] == {"$ref": "#/$defs/Lever"}
    assert schema_of(AnyInstrument) == schema_of(Instrument)
    assert schema_of(tuple[Phase, ...])["items"] == {"$ref": "#/$defs/Phase"}
    assert schema_of(int | None)["anyOf"] == [{"type": "integer"}, {"type": "null"}]
    assert schema_of(Decimal)["$defs"].keys() == {"Decimal"}
    assert schema_of(Unit)["$defs"].keys() == {"Unit"}
    assert schema_of(str) == {"$schema": schema()["$schema"], "type": "string"}
    assert schema_of(Method)["$defs"].keys() == {"Method", "MethodId", "SourceId", "Extra", "FilledText", "Text"}


def test_a_generic_class_alone_takes_any_value_that_lasts() -> None:
    """Without a parameter, the value is of one of the classes that the model lists."""
    for value in (1, "x", "1.5", unstructure(Quantity.exact(1, "count"))):
        assert validator(Sourced).is_valid({"value": value, "source_id": "s"})
    for value in (1.5, None, [], {}, 2**53):
        assert not validator(Sourced).is_valid({"value": value, "source_id": "s"})


@pytest.mark.parametrize("kind", [dict, float, Term, "Method", None, int | float, list[int], ValueError])
def test_other_types_are_refused(kind: Any) -> None:
    """What is no class of the model has no schema here."""
    with pytest.raises(InvalidValueError, match=r"^schema_of: expected a class of levier"):
        schema_of(kind)


# ---------------------------------------------------------------- the first law: what we write, it accepts


@given(of(Portfolio))
@settings(max_examples=15)
def test_what_is_written_validates(portfolio: Portfolio) -> None:
    """The schema accepts the document of any portfolio."""
    validator().validate(json.loads(dumps(portfolio)))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(getattr(kind, "__name__", kind)))
@given(data=st.data())
@settings(max_examples=5)
def test_what_is_written_for_a_class_validates(kind: Any, data: st.DataObject) -> None:
    """The schema of a class accepts what is written for any value of it."""
    validator(kind).validate(unstructure(data.draw(of(kind))))


def test_whole_portfolios_validate() -> None:
    """The catalogue and a sample portfolio validate, and so does what a person wrote."""
    for portfolio in (catalogue.action_publique_2022(), samples.portfolio(projects=5)):
        validator().validate(json.loads(dumps(portfolio)))
    validator().validate(HAND_WRITTEN)
    loads(json.dumps(HAND_WRITTEN))


def test_defaults_are_what_absence_means() -> None:
    """Where a field may be left out, its default is what the loader puts there."""
    written = whole(loads(json.dumps(HAND_WRITTEN)).funds["f"])
    for name, found in definitions()["Fund"]["properties"].items():
        if "default" in found and name not in HAND_WRITTEN["funds"][0]:  # type: ignore[index]  # a list of objects
            assert written[name] == found["default"]


# ---------------------------------------------------------------- the second law: what it refuses, we refuse

NEAR_MISSES = [
    *(None, True, False, 0, -1, 1, 7, 1.0, 1.5, 2**53, 10**400, [], {}, [None], ["x", "x"], {"id": "x"}),
    *("", " ", "x", " x", "x ", "x\n", "a\x00b", "\ufeffx", "\u00a0x", "a-", "a" * 101, "FR", "20", "2A", "2A001"),
    *("2019", "2019-13", "2019-06-14", "2019-02-30", "2019-06/2019-07", "2019/2019-07", "0000", "2019-06-14T00:00"),
    *("-0", "-0.00", "-1", "0", "00", "1.50", "1.505", ".5", "5.", "1e3", "NaN", "+1", "٣", "1" * 16, "1" * 1001),
    *("https://example.org", "http://", "ftp://x", "https://a b", "measured", "campus", "count", "%", "123456789"),
]
near_misses = st.sampled_from(NEAR_MISSES) | st.text(max_size=3)
scalars = st.text("0129-./", max_size=12) | st.sampled_from([text for text in NEAR_MISSES if isinstance(text, str)])


def damaged(document: Any, data: st.DataObject) -> Any:
    """Return a document with one part of it replaced, taken away, given twice, or put beside an unknown one."""
    document = deepcopy(document)
    (*path, last), _ = data.draw(st.sampled_from([found for found in parts(document) if found[0]]))
    holder = document
    for step in path:
        holder = holder[step]
    match data.draw(st.sampled_from(["replace", "replace", "edit", "remove", "repeat", "add"])):
        case "remove":
            del holder[last]
        case "repeat" if isinstance(holder, list):
            holder.append(holder[last])
        case "add" if isinstance(holder, dict):
            holder[data.draw(st.sampled_from(["colour", "kind", "id"]))] = data.draw(near_misses)
        case "edit" if isinstance(holder[last], str):
            place = data.draw(st.integers(0, len(holder[last])))
            added = data.draw(st.sampled_from([" ", "\n", "-", ".", "0", "/", "\x00", "é"]))
            holder[last] = holder[last][:place] + added + holder[last][place:]
        case _:
            holder[last] = data.draw(near_misses)
    return document


@given(of(Portfolio) | st.just(None), st.data())
@settings(max_examples=80)
def test_what_the_schema_refuses_the_loader_refuses(portfolio: Portfolio | None, data: st.DataObject) -> None:
    """No document that the schema refuses is read."""
    document = damaged(HAND_WRITTEN if portfolio is None else json.loads(dumps(portfolio)), data)
    if not validator().is_valid(document):
        with pytest.raises(InvalidDocumentError):
            loads(json.dumps(document))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(getattr(kind, "__name__", kind)))
@given(data=st.data())
@settings(max_examples=12)
def test_what_the_schema_of_a_class_refuses_is_refused(kind: Any, data: st.DataObject) -> None:
    """No class is made of what its schema refuses."""
    written = unstructure(data.draw(of(kind)))
    found = damaged(written, data) if written and isinstance(written, dict | list) else data.draw(near_misses)
    if not validator(kind).is_valid(found):
        with pytest.raises(InvalidDocumentError):
            structure(found, kind)


@pytest.mark.parametrize("kind", [Day, Period, Euros, Decimal, OrganisationKind])
@given(text=scalars)
def test_texts_that_the_schema_refuses_are_refused(kind: Any, text: str) -> None:
    """No scalar is read from a text that its pattern refuses."""
    if not validator(kind).is_valid(text):
        with pytest.raises(InvalidDocumentError):
            structure(text, kind)


def changed(*path: str | int, to: Any) -> Any:
    """Return the hand-written document with something else at a place."""
    document: Any = deepcopy(HAND_WRITTEN)
    holder = document
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = to
    return document


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"format": "levier"},
        changed("format", to="other"),
        changed("version", to=2),
        changed("generator", to=None),
        changed("colour", to="red"),
        changed("projects", to={}),
        changed("projects", 0, "colour", to="red"),
        changed("projects", 0, "label", to=""),
        changed("projects", 0, "label", to=" P"),
        changed("projects", 0, "label", to="P\x00P"),
        changed("projects", 0, "label", to="P\u202eP"),
        changed("projects", 0, "label", to="\u200b\u200d"),
        changed("projects", 0, "label", to="\ufe0f"),
        changed("projects", 0, "label", to=3),
        changed("projects", 0, "id", to="a b"),
        changed("projects", 0, "id", to="a" * 101),
        changed("projects", 0, "owner_id", to=""),
        changed("projects", 0, "calendar", to="2019-13"),
        changed("projects", 0, "calendar", to="2019/2020-06"),
        changed("projects", 0, "lever_ids", to=["a", "a"]),
        changed("organisations", 0, "kind", to="ministère"),
        changed("organisations", 0, "siren", to="13000548"),
        changed("indicators", 0, "unit", to=" "),
        changed("indicators", 0, "decimals", to=7),
        changed("indicators", 0, "periodicity_months", to=2),
        changed("observations", 0, "value", to=1.5),
        changed("observations", 0, "value", to="1,5"),
        changed("observations", 0, "value", to=".5"),
        changed("observations", 0, "sample_size", to=-1),
        changed("observations", 0, "recorded_on", to="2019-06-32"),
        changed("territories", 0, "id", to="20"),
        changed("territories", 0, "population", "value", to=-1),
        changed("territories", 0, "population", "value", to="68"),
        changed("sources", 0, "url", to="ftp://example.org"),
        changed("instruments", 0, "kind", to="lab"),
        changed("instruments", 0, to={"id": "c", "label": "C"}),
        changed("funds", 0, "allocation", "value", to="-0.01"),
        changed("funds", 0, "allocation", "value", to=10),
        changed("funds", 0, "allocation_changes", 0, "amount", to="0.00"),
        changed("funds", 0, "allocation_changes", 0, "because", to=None),
    ],
)
def test_known_bad_documents_are_refused(document: Any) -> None:
    """An unknown key, another type, a malformed text, a decimal as number, a wrong sign: both refuse them."""
    assert not validator().is_valid(document)
    with pytest.raises(InvalidDocumentError):
        loads(json.dumps(document))


@pytest.mark.parametrize(
    ("kind", "name", "found"),
    [
        (ChallengeStage, "grant", {"lower": "1", "upper": "1", "unit": "count"}),
        (ChallengeStage, "grant", {"lower": "-1", "upper": "1", "unit": "EUR"}),
        (IndicatorWeight, "weight", "-1"),
        (JournalEntry, "amount", "0.00"),
        (JournalEntry, "amount", "-1.00"),
        (CallRule, "share", "-0.1"),
        (Campus, "kind", "campus-session"),
        (Observation, "indicator_id", ""),
        (Source, "url", "https://a b"),
        (Establishment, "siret", "1234"),
        (Territory, "id", "9999999"),
        (Fund, "entries", {}),
    ],
)
def test_known_bad_fields_are_refused(kind: type[Any], name: str, found: Any) -> None:
    """A unit, a sign, a kind, a reference, an address, a number of another form: both refuse them."""
    written = unstructure(build(kind)) | {name: found}
    assert not validator(kind).is_valid(written)
    with pytest.raises(InvalidDocumentError):
        structure(written, kind)


@pytest.mark.parametrize("zero", ["-0", "-0.00", "-00"])
def test_zero_has_no_sign(zero: str) -> None:
    """A zero with a sign is zero, which an amount of at least zero may be: both accept it."""
    document = changed("funds", 0, "allocation", "value", to=zero)
    del document["funds"][0]["allocation_changes"]
    validator().validate(document)
    assert loads(json.dumps(document)).funds["f"].allocation == Sourced(value=Euros(0), source_id=SourceId("s"))


def test_an_envelope_may_say_where_a_document_comes_from() -> None:
    """Provenance and digest belong to the document; what the schema refuses of them the loader refuses."""
    data = dumps(Portfolio(), provenance=Provenance(by="DITP", on="2019-06-14"), digest=True)
    validator().validate(json.loads(data))
    for wrong in (
        {"digest": 3},
        {"provenance": {"by": ""}},
        {"provenance": {"by": "x", "who": "y"}},
        {"provenance": 3},
    ):
        document = json.loads(data) | wrong
        assert not validator().is_valid(document)
        with pytest.raises(InvalidDocumentError):
            loads(json.dumps(document))
