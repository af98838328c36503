"""Any value of the model travels by itself, as its class, and both ways of reading it agree."""

from __future__ import annotations

import json as stdjson
from typing import Any

import pytest
from attrs import has
from hypothesis import given
from hypothesis import strategies as st

from levier import catalogue, indicators, rules
from levier.errors import InvalidDocumentError, InvalidValueError
from levier.model.appropriations import Appropriations
from levier.model.budget import BudgetProgramme
from levier.model.fund import Fund
from levier.model.indicators import Indicator
from levier.model.instruments import AnyInstrument, Campus, Instrument
from levier.model.journal import Journal, JournalEntry
from levier.model.levers import Method
from levier.model.lifecycle import Phase
from levier.model.money import Euros
from levier.model.observations import Observation, Observations
from levier.model.periods import Day, Period
from levier.model.portfolio import NOUNS, Portfolio
from levier.model.programmes import Project
from levier.model.quantities import Quantity
from levier.model.registry import Registry
from levier.model.sources import Sourced, Stated
from levier.serialization import dumps, loads, structure, toml, unstructure, yaml
from levier.serialization import json as ours
from levier.testing.strategies import of

KINDS: list[Any] = [
    *NOUNS,
    Observation,
    Instrument,
    Appropriations,
    JournalEntry,
    Quantity,
    Euros,
    Period,
    Day,
    Phase,
    Sourced[Quantity],
    Sourced[int],
    Sourced[Euros],
    Stated[Period],
    Registry[Method],
    Registry[Indicator],
    Registry[AnyInstrument],
    Observations,
    Journal,
    tuple[Project, ...],
    Portfolio,
]
every_kind = pytest.mark.parametrize("kind", KINDS, ids=str)


@every_kind
@given(data=st.data())
def test_any_value_travels_and_both_ways_of_reading_agree(kind: Any, data: st.DataObject) -> None:
    """
    Written in JSON, YAML or builtins, a value is read back as its class, equal and of the same type.

    What is built in bulk equals what is structured piece by piece; things of the model are built in bulk.
    """
    value = data.draw(of(kind))
    written = dumps(value)
    for again in (
        loads(written, type=kind),
        loads(stdjson.dumps(stdjson.loads(written), indent=1), type=kind),
        yaml.loads(yaml.dumps(value), type=kind),
    ):
        assert again == value
        assert type(again) is type(value)
        assert dumps(again) == written
    if kind is not Portfolio:
        assert structure(unstructure(value), kind) == value
        assert unstructure(value) == stdjson.loads(written)
    if stdjson.loads(written).__class__ is dict:
        assert toml.loads(toml.dumps(value), type=kind) == value
    in_bulk = ours._in_bulk(written, kind)  # noqa: SLF001  # which way it went is what is proven
    assert in_bulk in (None, value)
    if has(kind) and kind is not Portfolio:
        assert in_bulk == value


def test_a_bare_value_has_no_envelope() -> None:
    """What a value is, whoever asks for it knows: nothing is written around it."""
    assert dumps(Euros(3)) == b'"3.00"'
    assert dumps(Day(2019, 6, 14)) == b'"2019-06-14"'
    assert stdjson.loads(dumps(Method(id="m", label="M"))).keys() == {"id", "label"}
    with pytest.raises(InvalidDocumentError, match="unknown key 'format'"):
        loads('{"format": "levier", "id": "m", "label": "M"}', type=Method)


def test_a_member_of_a_union_says_its_kind() -> None:
    """An instrument is read by its kind; an unknown one is told those there are."""
    campus = Campus(id="c", label="C")
    assert loads(dumps(campus), type=Instrument) == campus
    for odd in ('{"kind": "wizard", "id": "c", "label": "C"}', '{"id": "c", "label": "C"}', '{"kind": 3}'):
        with pytest.raises(InvalidDocumentError) as caught:
            loads(odd, type=Instrument)
        (found,) = caught.value.problems
        assert (found.pointer, str(found.code)) == ("/kind", "unknown-kind")
        assert "campus" in found.expected.split(", ")


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        ('{"id": "m", "label": ""}', Method, [("/label", "invalid-value", 1, 22)]),
        ('{"id": "m",\n "label": "M",\n "id": "m"}', Method, [("/id", "duplicate-key", 3, 2)]),
        ('{"id":3, "id": "m", "label": 3}', Method, [("/id", "duplicate-key", 1, 10), ("/label", "wrong-type", 1, 30)]),
        ('{"id": "m", "label": "M"}, {"id": "n", "label": "N"}', Method, [("", "syntax", 1, 26)]),
        ("", Method, [("", "syntax", 1, 1)]),
        ("3", Euros, [("", "wrong-type", 1, 1)]),
        (' ["2019", 3]', tuple[Period, ...], [("/1", "wrong-type", 1, 11)]),
        ('[{"id": "m", "label": "M"}, {"id": "m", "label": "M"}]', Registry[Method], [("", "duplicate-item", 1, 1)]),
        ("{}", Portfolio, [("/format", "missing-key", 1, 1), ("/version", "missing-key", 1, 1)]),
    ],
)  # fmt: skip
def test_problems_of_a_value_have_their_places(data: str, kind: Any, expected: list[Any]) -> None:
    """A value by itself is refused as a document is, with the place of each problem."""
    with pytest.raises(InvalidDocumentError) as caught:
        loads(data, type=kind)
    found = [(each.pointer, str(each.code), each.line, each.column) for each in caught.value.problems]
    assert found == expected


def test_a_type_that_is_not_ours_is_refused_by_name() -> None:
    """Asking for what levier does not know is the caller's fault, whatever the document."""
    with pytest.raises(InvalidValueError, match="a class of levier"):
        loads("{}", type=Sourced)
    with pytest.raises(InvalidValueError, match="a class of levier"):
        loads('"x"', type=complex)


@pytest.mark.parametrize("kind", [Fund, BudgetProgramme, Observation])
@given(data=st.data())
def test_a_key_too_many_is_seen_in_single_values_too(kind: Any, data: st.DataObject) -> None:
    """Nothing is ignored in what is read by itself."""
    written = stdjson.loads(dumps(data.draw(of(kind)))) | {"colour": "red"}
    with pytest.raises(InvalidDocumentError, match="unknown key 'colour'"):
        loads(stdjson.dumps(written), type=kind)


@pytest.mark.parametrize("foreign", [float("nan"), 1.5, {"a": 1}, [1], None, "x", 3, (3,)], ids=repr)
def test_only_values_of_levier_are_written(foreign: Any) -> None:
    """A float would become null, and a dictionary would be anything: what is not of levier is refused."""
    with pytest.raises(InvalidValueError, match="a value of levier, or a tuple of them"):
        dumps(foreign)


def test_a_result_of_several_possible_classes_is_not_read_back() -> None:
    """A result is written for others to read; where nothing says of which class its parts are, reading is refused."""
    found = indicators.attainment_of(catalogue.action_publique_2022(), "p349-appraisal-time", year=2020)
    with pytest.raises(InvalidDocumentError, match="a result like this is computed again"):
        loads(dumps(found), type=type(found))


def test_findings_are_written_together() -> None:
    """What a check finds is a tuple of values, written as one array."""
    found = rules.check(catalogue.action_publique_2022(), as_of="2019-06-14")
    assert len(stdjson.loads(dumps(found))) == len(found)


@pytest.mark.parametrize("kind", [dict, list, object])
def test_a_builtin_is_no_class_of_levier(kind: type[Any]) -> None:
    """To read a plain builtin is another library's work: it is refused, whatever the document says."""
    with pytest.raises(InvalidValueError, match="a class of levier"):
        loads(b"{}", type=kind)
