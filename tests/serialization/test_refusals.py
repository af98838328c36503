"""Strictness: each bad document, with every place and code that its refusal must give."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

import attrs
import pytest

from levier.errors import InvalidDocumentError, InvalidValueError, Problem, ProblemCode
from levier.model.instruments import Campus, Instrument
from levier.model.levers import Method
from levier.model.observations import Observations
from levier.model.portfolio import Portfolio
from levier.model.registry import Registry
from levier.model.sources import Sourced
from levier.serialization import Provenance, _objects, dumps, loads, readers, structure, unstructure
from levier.serialization._problems import Problems, refused_value
from levier.serialization.limits import LIMITS


def document(**nouns: Any) -> str:
    """Return a document of these nouns."""
    return json.dumps({"format": "levier", "version": 1, **nouns})


def raw(inside: str) -> str:
    """Return a document with some JSON text put in."""
    return '{"format": "levier", "version": 1, ' + inside + "}"


def method(**written: Any) -> dict[str, Any]:
    """Return a method as it is written, with what the test says of it."""
    return {"id": "m", "label": "M", **written}


def project(*steps: tuple[str, str], **written: Any) -> dict[str, Any]:
    """Return a project as it is written, with phases and their days."""
    walked = [{"phase": phase, "on": on, "because": "x"} for phase, on in steps]
    return {"id": "p", "label": "P", "steps": walked, **written}


def row(**written: Any) -> dict[str, Any]:
    """Return an observation as it is written, with what the test says of it."""
    return {"indicator_id": "i", "period": "2020", "kind": "actual", "value": "1", **written}


def line(**amounts: Any) -> dict[str, Any]:
    """Return a line of the budget as it is written."""
    return {"year": 2020, "stage": "voted", "source_id": "s", "amounts": amounts}


def programme(*lines: Any) -> dict[str, Any]:
    """Return a budget programme with these lines, and the source they name."""
    return {"budget_programmes": [{"id": "349", "label": "x", "lines": list(lines)}], "sources": [SOURCE]}


SOURCE = {"id": "s", "title": "S"}
INDICATOR = {"id": "i", "label": "I", "unit": "days"}
FRANCE = {"id": "FR", "label": "France"}
SERIES = {"indicators": [INDICATOR], "territories": [FRANCE]}
LOT = {"id": "46", "label": "Lot"}

SYNTAX = [("", "syntax")]

TABLE: dict[str, tuple[str | bytes, list[tuple[str, str]]]] = {
    # not JSON
    "nothing": ("", SYNTAX),
    "cut short": ('{"format": "levier"', SYNTAX),
    "two documents": (document() + document(), SYNTAX),
    "a trailing comma": ('{"format": "levier",}', SYNTAX),
    "NaN": (raw('"methods": NaN'), SYNTAX),
    "Infinity": (raw('"methods": [-Infinity]'), SYNTAX),
    "a second byte order mark": ("\ufeff\ufeff" + document(), SYNTAX),
    "a byte order mark at the end": (document().encode() + b"\xef\xbb\xbf", SYNTAX),
    "latin-1": (document(methods=[method(label="é")]).encode("latin-1").replace(b"\\u00e9", b"\xe9"), SYNTAX),
    "UTF-16": (document().encode("utf-16"), SYNTAX),
    "a lone surrogate as it is": (raw('"methods": [{"id": "m", "label": "\ud800"}]'), SYNTAX),
    # not a document of ours
    "an array": ("[]", [("", "wrong-type")]),
    "null": ("null", [("", "wrong-type")]),
    "a text": ('"levier"', [("", "wrong-type")]),
    "an empty object": ("{}", [("/format", "missing-key"), ("/version", "missing-key")]),
    "another format": ('{"format": "other", "version": 1}', [("/format", "unsupported-format")]),
    "a newer version": ('{"format": "levier", "version": 2}', [("/version", "unsupported-format")]),
    "a version as text": ('{"format": "levier", "version": "1"}', [("/version", "unsupported-format")]),
    "a version with a fraction": ('{"format": "levier", "version": 1.0}', [("/version", "unsupported-format")]),
    "a true version": ('{"format": "levier", "version": true}', [("/version", "unsupported-format")]),
    "an endless version": ('{"format": "levier", "version": 1e400}', [("/version", "unsupported-format")]),
    "a digest that is another's": (document(digest="sha256:00"), [("/digest", "digest-mismatch")]),
    "a digest that is no text": (document(digest=3), [("/digest", "wrong-type")]),
    "provenance that is odd": (
        document(provenance={"on": "now", "colour": 1}),
        [("/provenance/by", "missing-key"), ("/provenance/on", "invalid-value"), ("/provenance/colour", "unknown-key")],
    ),
    "a generator that is no text": (document(generator=3), [("/generator", "wrong-type")]),
    "an unknown noun": (document(wizards=[]), [("/wizards", "unknown-key")]),
    "a noun with a slash and a tilde": (document(**{"a/b~c": 1}), [("/a~1b~0c", "unknown-key")]),
    "a noun that is no array": (
        raw('"methods": {}, "levers": null, "projects": "p", "sources": 1e400'),
        [(f"/{noun}", "wrong-type") for noun in ("sources", "levers", "methods", "projects")],
    ),
    # territories
    "a municipality under another department": (
        document(territories=[{"id": "75", "label": "Paris"}, {"id": "92012", "label": "B", "parent_id": "75"}]),
        [("/territories/1/parent_id", "invalid-value")],
    ),
    "places that INSEE does not know": (
        document(territories=[{"id": code, "label": "x"} for code in ("R05", "99", "46000")]),
        [(f"/territories/{place}/id", "invalid-value") for place in range(3)],
    ),
    # keys
    "an unknown key": (document(methods=[method(colour="red")]), [("/methods/0/colour", "unknown-key")]),
    "a key deeply nested": (
        raw('"methods": [{"id": "m", "label": "M", "deep": ' + "[" * 50 + "]" * 50 + "}]"),
        [("/methods/0/deep", "unknown-key")],
    ),
    "a missing key": (document(methods=[{"id": "m"}]), [("/methods/0/label", "missing-key")]),
    "every key missing": (
        document(methods=[{}]),
        [("/methods/0/id", "missing-key"), ("/methods/0/label", "missing-key")],
    ),
    "a key twice": (
        raw('"methods": [{"id": "m", "label": "M", "id": "n"}]'),
        [("/methods/0/id", "duplicate-key")],
    ),
    "a key twice with the same value": (
        raw('"methods": [{"id": "m", "label": "M", "id": "m"}]'),
        [("/methods/0/id", "duplicate-key")],
    ),
    "keys twice at two depths, and more": (
        raw('"format": "levier", "methods": [{"id": "m", "label": "", "label": ""}], "wizards": []'),
        [
            ("/format", "duplicate-key"),
            ("/methods/0/label", "duplicate-key"),
            ("/wizards", "unknown-key"),
            ("/methods/0/label", "invalid-value"),
        ],
    ),
    "a key twice in what is no document": ('[{"a": 1, "a": 2}]', [("/0/a", "duplicate-key"), ("", "wrong-type")]),
    # types
    "things that are no objects": (
        document(methods=[None, 3, "x", [], True, 1.5]),
        [(f"/methods/{place}", "wrong-type") for place in range(6)],
    ),
    "a number for a text": (document(methods=[method(label=3)]), [("/methods/0/label", "wrong-type")]),
    "null for a text": (document(methods=[method(label_en=None)]), [("/methods/0/label_en", "wrong-type")]),
    "a truth for a whole number": (
        document(indicators=[INDICATOR | {"decimals": True}]),
        [("/indicators/0/decimals", "wrong-type")],
    ),
    "a fraction for a whole number": (
        document(indicators=[INDICATOR | {"lag_months": 3.0}]),
        [("/indicators/0/lag_months", "wrong-type")],
    ),
    "a text for a whole number": (
        document(indicators=[INDICATOR | {"periodicity_months": "12"}]),
        [("/indicators/0/periodicity_months", "wrong-type")],
    ),
    "a number for a truth": (
        document(surveys=[{"id": "s", "label": "S", "population": "all", "self_selected": 1}]),
        [("/surveys/0/self_selected", "wrong-type")],
    ),
    "a text for a truth": (
        document(surveys=[{"id": "s", "label": "S", "population": "all", "self_selected": "false"}]),
        [("/surveys/0/self_selected", "wrong-type")],
    ),
    "a number for a decimal": (
        document(**SERIES, observations=[row(value=1.5)]),
        [("/observations/0/value", "wrong-type")],
    ),
    "a whole number for a decimal": (
        document(**SERIES, observations=[row(value=1)]),
        [("/observations/0/value", "wrong-type")],
    ),
    "a number beyond floats for a decimal": (
        raw('"observations": [{"indicator_id": "i", "period": "2020", "kind": "actual", "value": 1e400}]'),
        [("/observations/0/indicator_id", "dangling-reference"), ("/observations/0/value", "wrong-type")],
    ),
    "a number for an amount": (
        document(**programme(line(commitment=1, payment="1"))),
        [("/budget_programmes/0/lines/0/amounts/commitment", "wrong-type")],
    ),
    "a number for a period": (
        document(**SERIES, observations=[row(period=2020)]),
        [("/observations/0/period", "wrong-type")],
    ),
    "a number for a code": (
        document(budget_programmes=[{"id": 349, "label": "x"}]),
        [("/budget_programmes/0/id", "wrong-type")],
    ),
    "a text for a sequence": (document(methods=[method(source_ids="s")]), [("/methods/0/source_ids", "wrong-type")]),
    "some numbers in a sequence of texts": (
        document(methods=[method(source_ids=[1, "s", None])], sources=[SOURCE]),
        [("/methods/0/source_ids/0", "wrong-type"), ("/methods/0/source_ids/2", "wrong-type")],
    ),
    "a truth for a head count": (
        document(territories=[LOT | {"population": {"value": True, "source_id": "s"}}], sources=[SOURCE]),
        [("/territories/0/population/value", "wrong-type")],
    ),
    # values
    "a lone surrogate in disguise": (
        document(methods=[method(label="\ud800")]),
        [("/methods/0/label", "invalid-value")],
    ),
    "a term that there is not": (
        document(projects=[project(("done", "2019-01-01"))]),
        [("/projects/0/steps/0/phase", "invalid-value")],
    ),
    "days that are none": (
        document(projects=[project(("stopped", "now"), ("framing", "2019-02-29"), ("stopped", "20190614"))]),
        [(f"/projects/0/steps/{place}/on", "invalid-value") for place in range(3)],
    ),
    "a period that is none": (
        document(**SERIES, observations=[row(period="2020-13")]),
        [("/observations/0/period", "invalid-value")],
    ),
    "decimals that are none": (
        document(
            **SERIES,
            observations=[
                row(value=value, period=str(year))
                for year, value in enumerate(
                    ("NaN", "Infinity", "", ".", "-", "1e3", " 1", "1_0", "٣", "²", "--1"), start=2010
                )
            ],
        ),
        [(f"/observations/{place}/value", "invalid-value") for place in range(11)],
    ),
    "an amount with a fraction of a cent": (
        document(**programme(line(commitment="1.001", payment="1"))),
        [("/budget_programmes/0/lines/0/amounts/commitment", "invalid-value")],
    ),
    "amounts without any": (
        document(**programme(line())),
        [("/budget_programmes/0/lines/0/amounts/payment", "invalid-value")],
    ),
    "an amount missing without a reason": (
        document(**programme(line(commitment="1"))),
        [("/budget_programmes/0/lines/0/missing_because", "invalid-value")],
    ),
    "a move that the table does not allow": (
        document(projects=[project(("completed", "2019-01-01"))]),
        [("/projects/0/steps", "invalid-value")],
    ),
    "steps out of order": (
        document(projects=[project(("deployment", "2019-01-02"), ("completed", "2019-01-01"))]),
        [("/projects/0/steps", "invalid-value")],
    ),
    "an entry of no award": (
        document(
            funds=[
                {
                    "id": "f",
                    "label": "F",
                    "entries": [{"award_id": "a", "kind": "payment", "amount": "1", "on": "2019-01-01"}],
                }
            ]
        ),
        [("/funds/0/entries", "invalid-value")],
    ),
    # kinds
    "instruments of no kind": (
        document(instruments=[{"id": "a", "label": "A"}, {"kind": "wizard"}, {"kind": 3}, {"kind": None}]),
        [(f"/instruments/{place}/kind", "unknown-kind") for place in range(4)],
    ),
    "an instrument that is no object": (document(instruments=["campus"]), [("/instruments/0", "wrong-type")]),
    "an instrument with another one's key": (
        document(instruments=[{"kind": "campus", "id": "c", "label": "C", "edition": 1}]),
        [("/instruments/0/edition", "unknown-key")],
    ),
    # between things
    "an identifier twice": (
        document(methods=[method(), method(label="N"), method()]),
        [("/methods/1", "duplicate-item"), ("/methods/2", "duplicate-item")],
    ),
    "a key of observations twice": (
        document(**SERIES, observations=[row(), row(value="2")]),
        [("/observations/1", "duplicate-item")],
    ),
    "references that dangle": (
        document(
            projects=[project(owner_id="o", lever_ids=["a", "b"], lead={"organisation_id": "l", "role": "head"})],
            observations=[row()],
        ),
        [
            ("/projects/0/lever_ids/0", "dangling-reference"),
            ("/projects/0/lever_ids/1", "dangling-reference"),
            ("/projects/0/lead/organisation_id", "dangling-reference"),
            ("/projects/0/owner_id", "dangling-reference"),
            ("/observations/0/indicator_id", "dangling-reference"),
            ("/observations/0/territory_id", "dangling-reference"),
        ],
    ),
    "a reference to what was refused for another reason": (
        document(projects=[project(owner_id="o")], organisations=[{"id": "o", "label": "", "kind": "other"}]),
        [("/organisations/0/label", "invalid-value")],
    ),
    # several at once
    "several in one object": (
        document(
            methods=[{"id": 3, "label": "", "label_en": " x", "colour": 1, "source_ids": ["s", "s"]}], sources=[SOURCE]
        ),
        [
            ("/methods/0/id", "wrong-type"),
            ("/methods/0/label", "invalid-value"),
            ("/methods/0/label_en", "invalid-value"),
            ("/methods/0/colour", "unknown-key"),
            ("/methods/0/source_ids", "invalid-value"),
        ],
    ),
    "several refused values and a forbidden move": (
        document(projects=[project(("completed", "2019-01-01"), label="", id="p q")]),
        [
            ("/projects/0/id", "invalid-value"),
            ("/projects/0/label", "invalid-value"),
            ("/projects/0/steps", "invalid-value"),
        ],
    ),
    "several in what an object holds": (
        document(projects=[project(("framing", "no"), label="", lead={"role": ""}, colour=1)]),
        [
            ("/projects/0/steps/0/on", "invalid-value"),
            ("/projects/0/lead/organisation_id", "missing-key"),
            ("/projects/0/lead/role", "invalid-value"),
            ("/projects/0/label", "invalid-value"),
            ("/projects/0/colour", "unknown-key"),
        ],
    ),
    "several in a sourced value": (
        document(
            territories=[LOT | {"population": {"value": 5, "source_id": "s", "scope": " ", "preferred_because": "x"}}],
            sources=[SOURCE],
        ),
        [
            ("/territories/0/population/scope", "invalid-value"),
            ("/territories/0/population/preferred_because", "invalid-value"),
        ],
    ),
    "a parent beside a code that is none": (
        document(territories=[{"id": "ZZ", "label": "", "parent_id": "FR"}, FRANCE]),
        [("/territories/0/id", "invalid-value"), ("/territories/0/label", "invalid-value")],
    ),
    "several across objects": (
        document(
            methods=[method(label="")], levers=[{"id": "l"}], projects=[project(owner_id="o")], wizards=1, generator=1
        ),
        [
            ("/generator", "wrong-type"),
            ("/wizards", "unknown-key"),
            ("/levers/0/label", "missing-key"),
            ("/methods/0/label", "invalid-value"),
            ("/projects/0/owner_id", "dangling-reference"),
        ],
    ),
}


def refusal(data: str | bytes) -> list[Problem]:
    """Return the problems for which a document is refused."""
    with pytest.raises(InvalidDocumentError) as caught:
        loads(data)
    return list(caught.value.problems)


@pytest.mark.parametrize(("data", "expected"), TABLE.values(), ids=TABLE)
def test_every_problem_is_listed_with_its_place(data: str | bytes, expected: list[tuple[str, str]]) -> None:
    """A bad document is refused with exactly the problems it has: a JSON pointer, a code and a sentence for each."""
    problems = refusal(data)
    assert sorted((problem.pointer, str(problem.code)) for problem in problems) == sorted(expected)
    assert all(problem.message.strip() for problem in problems)


def test_every_code_has_a_document() -> None:
    """Each code of the closed set is given by some document of the table, so none is dead."""
    assert {code for _, expected in TABLE.values() for _, code in expected} == {str(code) for code in ProblemCode}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ('{"format": "levier", "version": 2}', "expected 1, the version this release reads, found the number 2"),
        (document(instruments=[{"kind": "wizard"}]), "one of carte-blanche, challenge-call, innovation-week"),
        (document(methods=[method(colour=1)]), "unknown key 'colour'; known are id, label, label_en, source_ids"),
        (document(methods=[method(), method()]), "'m' stands already at /methods/0; keep one of each"),
        (document(projects=[project(owner_id="o")]), "names 'o', which is not in organisations; add it or remove"),
        (document(projects=[project(("completed", "2019-01-01"))]), "cannot go from 'framing' to 'completed'"),
        (document(**SERIES, observations=[row(value=1.5)]), "found the number 1.5 (write decimals as text)"),
        (document(methods=[method(label=True)]), "expected text, found true"),
        (document(methods=[method(label=False)]), "expected text, found false"),
        (document(methods=[method(label=None)]), "expected text, found null"),
        (document(methods=[method(label=[])]), "expected text, found an array"),
        (document(methods=[method(label={})]), "expected text, found an object"),
        (document(methods=["x" * 100]), "expected an object, found 'xxx"),
    ],
)  # fmt: skip
def test_sentences_say_what_was_found_and_the_way_out(data: str, sentence: str) -> None:
    """Each sentence names what was found, in JSON's words, and what was expected or known."""
    assert sentence in refusal(data)[0].message


def test_long_findings_are_cut_short() -> None:
    """A text of a thousand characters is shown by its first ones."""
    assert len(refusal(document(methods=["x" * 1000]))[0].message) < 120


def test_the_error_lists_all_its_problems() -> None:
    """Printed, the error shows how many problems there are, and a line for each."""
    with pytest.raises(InvalidDocumentError) as caught:
        loads(document(methods=[method(label=""), method(id="n", label="")]))
    lines = str(caught.value).splitlines()
    assert lines[0] == "2 problem(s) in the document:"
    assert re.fullmatch(r"  /methods/0/label: expected .+, found '' \[invalid-value\] at line 1, column \d+", lines[1])
    assert re.fullmatch(r"  /methods/1/label: expected .+, found '' \[invalid-value\] at line 1, column \d+", lines[2])


# ---------------------------------------------------------------- one value at a time


def places(found: Any, kind: Any) -> list[tuple[str, str]]:
    """Return the places and codes for which a single value is refused."""
    with pytest.raises(InvalidDocumentError) as caught:
        structure(found, kind)
    return sorted((problem.pointer, str(problem.code)) for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("found", "kind", "expected"),
    [
        (3, Method, [("", "wrong-type")]),
        ([], Method, [("", "wrong-type")]),
        ({}, Method, [("/id", "missing-key"), ("/label", "missing-key")]),
        ({"id": "m", "label": ""}, Method, [("/label", "invalid-value")]),
        ([method(), method()], Registry[Method], [("", "duplicate-item")]),
        ([row(), row()], Observations, [("", "duplicate-item")]),
        ([row(value=1)], Observations, [("/0/value", "wrong-type")]),
        ({"methods": [method(), method()]}, Portfolio, [("/methods", "duplicate-item")]),
        ({"methods": [method(source_ids=["s"])]}, Portfolio, [("", "dangling-reference")]),
        ({"methods": [method()], "colour": 1}, Portfolio, [("/colour", "unknown-key")]),
        ({"kind": "campus-x", "id": "c", "label": "C"}, Campus, [("/kind", "invalid-value")]),
        ({"id": "c", "label": "C"}, Instrument, [("/kind", "unknown-kind")]),
        ({"value": "1", "source_id": "s"}, Sourced[int], [("/value", "wrong-type")]),
        (["x", 3], tuple[int, ...], [("/0", "wrong-type")]),
        (["x"], list[int], [("/0", "wrong-type")]),
        ({"a": 1}, list[str], [("", "wrong-type")]),
        (["a"], dict[str, int], [("", "wrong-type")]),
    ],
)  # fmt: skip
def test_single_values_are_refused_at_their_place(found: Any, kind: Any, expected: list[tuple[str, str]]) -> None:
    """Structuring one value refuses as a document does, with pointers from that value on."""
    assert places(found, kind) == expected


@pytest.mark.parametrize("value", [object(), {"a": object()}, [complex(1)], type])
def test_what_is_not_ours_is_not_written(value: Any) -> None:
    """Unstructuring what is neither ours nor a plain builtin is refused."""
    with pytest.raises(ValueError, match="a value of levier or a plain builtin"):
        unstructure(value)


@pytest.mark.parametrize(
    "kind",
    [
        datetime,
        Sourced,
        bytes,
        float,
        set[int],
        frozenset[str],
        dict,
        list,
        list[float],
        dict[int, str],
        tuple[int, str],
    ],
    ids=str,
)
def test_a_type_that_is_not_ours_is_the_callers_fault(kind: Any) -> None:
    """Asking for a type that levier does not know is refused as such, and no document is blamed."""
    with pytest.raises(InvalidValueError, match=r"^structure: expected a class of levier, or such as "):
        structure({"value": 1, "source_id": "s"}, kind)


def test_what_refers_is_checked_even_where_it_is_broken() -> None:
    """A reference that leads nowhere and an identifier given twice are found in things that have other faults too."""
    broken = {"id": "p", "label": "", "owner_id": "nobody", "steps": [{"phase": "no", "source_id": "nowhere"}]}
    hub = {"kind": "community-hub", "id": "h", "label": "", "source_ids": ["nothing"]}
    with pytest.raises(InvalidDocumentError) as caught:
        loads(document(projects=[broken, {"id": "p", "label": "P"}], instruments=[hub, {"kind": "none", "id": "x"}]))
    found = {(problem.pointer, problem.code) for problem in caught.value.problems}
    assert found >= {
        ("/projects/0/owner_id", "dangling-reference"),
        ("/projects/0/steps/0/source_id", "dangling-reference"),
        ("/projects/1", "duplicate-item"),
        ("/instruments/0/source_ids/0", "dangling-reference"),
    }


def test_a_misspelt_key_is_told_the_nearest() -> None:
    """An unknown key is answered with the nearest known one, where one is near."""
    with pytest.raises(InvalidDocumentError, match="unknown key 'publiser'; did you mean 'publisher'"):
        loads(document(sources=[{"id": "s", "title": "S", "publiser": "x"}]))


@pytest.mark.parametrize("data", [None, 3, memoryview(b"{}")], ids=str)
def test_only_bytes_and_text_are_read(data: Any) -> None:
    """Anything but bytes or text is refused by name, before it is read."""
    with pytest.raises(InvalidValueError, match=r"^loads: expected bytes or text"):
        loads(data)


def test_only_what_is_ours_is_written() -> None:
    """What is no value of levier is refused, and so is an envelope around what has none."""
    with pytest.raises(InvalidValueError, match="a value of levier, or a tuple of them"):
        dumps(object())
    for asked in ({"digest": True}, {"provenance": Provenance(by="DITP")}):
        with pytest.raises(InvalidValueError, match="a portfolio, because no other value is written with"):
            dumps(Method(id="m", label="M"), **asked)  # type: ignore[arg-type]  # one of two of them


CUT = {"amount": "-10.00", "on": "2018-03-01", "because": "cut", "source_id": "s"}
ENTRY = {"award_id": "a", "kind": "commitment", "amount": "50.00", "on": "2018-02-01"}


@pytest.mark.parametrize(
    ("changed", "pointer", "said"),
    [
        ({"awards": [{"amount": "600.00"}]}, "/funds/0/awards/0", "asked to grant 600.00 EUR, the ceiling"),
        ({"entries": [ENTRY | {"on": "2017-01-01"}]}, "/funds/0/entries/0", "its contract is dated 2018-01-01"),
        ({"entries": [ENTRY, ENTRY | {"amount": "51.00"}]}, "/funds/0/entries/1", "available 50.00 EUR"),
        ({"entries": [ENTRY, ENTRY | {"kind": "payment", "amount": "60.00"}]}, "/funds/0/entries/1", "60.00 EUR"),
        ({"allocation": {"value": "49.00", "source_id": "s"}, "entries": [ENTRY]}, "/funds/0/entries/0", "49.00 EUR"),
        (
            {"allocation": {"value": "50.00", "source_id": "s"}, "allocation_changes": [CUT], "entries": [ENTRY]},
            "/funds/0/allocation",
            "10.00 EUR",
        ),
    ],
    ids=["above a ceiling", "before a contract", "beyond an award", "beyond a commitment", "beyond the fund", "a cut"],
)  # fmt: skip
def test_money_that_a_fund_refuses_is_found_at_its_place(changed: dict[str, Any], pointer: str, said: str) -> None:
    """A journal that no sequence of operations could have made is refused, with what was asked and what was there."""
    award = {"id": "a", "label": "A", "call_id": "c", "amount": "100.00", "contracted_on": "2018-01-01"}
    rule = {"kind": "ceiling", "text": "500", "amount": "500.00", "source_id": "s"}
    fund = {"id": "f", "label": "F", "calls": [{"id": "c", "label": "C", "rules": [rule]}], "awards": [award]}
    awards = [award | more for more in changed.get("awards", [{}])]
    with pytest.raises(InvalidDocumentError) as caught:
        loads(document(sources=[SOURCE], funds=[fund | changed | {"awards": awards}]))
    assert [problem.pointer for problem in caught.value.problems] == [pointer]
    assert said in caught.value.problems[0].message


def test_an_object_that_is_refused_is_named_as_one() -> None:
    """Where a whole object is refused, the message says so in JSON's words, not in Python's."""
    share = {"lower": "3", "upper": "3", "unit": "days"}
    result = {"id": "r", "question": "Q?", "share": share, "source_id": "s"}
    survey = {"id": "v", "label": "V", "population": "P", "results": [result]}
    with pytest.raises(InvalidDocumentError, match=r"/surveys/0/results/0/share: .* found an object"):
        loads(document(sources=[SOURCE], surveys=[survey]))


def test_an_error_that_no_one_foresaw_is_told_at_its_place() -> None:
    """Whatever a validator raises, the problem names what it said and what was found."""
    told = refused_value(("projects", 0), ZeroDivisionError("by nothing"), {"id": "p"})
    assert (told.pointer, told.code) == ("/projects/0", ProblemCode.INVALID_VALUE)
    assert told.message == "by nothing, found an object"


@pytest.mark.parametrize(
    "odd", [range(100, 101), range(100, 250), range(0, 300, 2)], ids=["one", "a run", "every other"]
)
def test_odd_items_among_many_are_all_found(odd: range) -> None:
    """Wherever odd items stand among sound ones, each has its problem, and no other has."""
    methods = [method(id=f"m-{place:03}", label=" " if place in odd else "M") for place in range(300)]
    with pytest.raises(InvalidDocumentError) as caught:
        loads(document(methods=methods))
    assert [each.pointer for each in caught.value.problems] == [f"/methods/{place}/label" for place in odd]


def test_a_colon_in_disguise_hides_no_unknown_key() -> None:
    """Where colons cannot be counted, keys are looked at one by one."""
    with pytest.raises(InvalidDocumentError, match=r"^1 problem\(s\) .*\n  /colour: unknown key"):
        loads(raw(r'"generator": "a\u003ab", "colour": 1'))


def test_a_term_that_is_no_text_is_of_another_type() -> None:
    """A number in the place of a term is told that a text is expected."""
    with pytest.raises(InvalidDocumentError, match=r"/organisations/0/kind: expected text, found the number 3"):
        loads(document(organisations=[{"id": "o", "label": "O", "kind": 3}]))


def test_an_instrument_of_no_known_kind_has_no_references() -> None:
    """What the identifiers in it refer to depends on its kind: only the kind is told."""
    odd = {"kind": "wizard", "id": "c", "label": "C", "source_ids": ["nowhere"]}
    with pytest.raises(InvalidDocumentError) as caught:
        loads(document(instruments=[odd]))
    assert [each.pointer for each in caught.value.problems] == ["/instruments/0/kind"]


@pytest.mark.parametrize("end", [MemoryError, RecursionError])
def test_where_the_machine_has_no_room_the_document_is_not_blamed(end: type[Exception]) -> None:
    """What a validator raises for want of memory or of frames is no problem of the document."""

    def exhausted(*_: object) -> None:
        raise end

    attribute = attrs.fields(Method).label.evolve(validator=exhausted)
    field = _objects._Field(attribute, str, "", True, False, frozenset(), None)  # noqa: SLF001  # no document does it at will
    with pytest.raises(end):
        field.check("M", None)


def test_problems_of_a_collection_are_those_of_its_items() -> None:
    """What cannot be read of a registry is said of its items; a registry of sound items may still be refused."""
    read = readers.reader.__wrapped__(Registry[Method])  # made anew: what is made once may be made by a law, untraced
    for found, pointers in (
        ([{"id": "m"}], ["/0/label"]),
        ([method(), method()], [""]),
        ([method()], []),
    ):
        problems = Problems(LIMITS)
        value = read(found, (), problems)
        assert [each.pointer for each in problems.described] == pointers
        assert (value is None) is bool(pointers)


def test_what_is_told_by_its_kind_is_an_object() -> None:
    """An instrument that is no object is refused where it stands."""
    with pytest.raises(InvalidDocumentError) as caught:
        structure([3], tuple[Instrument, ...])
    assert [(each.pointer, str(each.code)) for each in caught.value.problems] == [("/0", "wrong-type")]
