"""The words of the model: each field, each registry and each kind of instrument has its own, in both languages."""

from __future__ import annotations

from typing import Any, get_args, get_type_hints

import attrs
import pytest

from levier import Day, Observation, Period, Sourced
from levier.model.instruments import AnyInstrument
from levier.model.portfolio import NOUNS
from levier.model.sources import Stated
from levier.wording.vocabulary import FIELDS, THINGS, InstrumentKind, field_name, thing_name


def types_in(hint: Any) -> list[Any]:
    """Return a type, and all that stand in it."""
    return [hint, *(part for argument in get_args(hint) for part in types_in(argument))]


def fields_by_class() -> dict[Any, dict[str, set[Any]]]:
    """Return the fields of every class that a portfolio may hold, and of their parts, with the types in each."""
    found: dict[Any, dict[str, set[Any]]] = {}
    waiting: list[Any] = [*NOUNS, Observation, Sourced, Stated]
    while waiting:
        cls = waiting.pop()
        if isinstance(cls, type) and cls not in found and attrs.has(cls):
            hints = get_type_hints(cls)
            found[cls] = {field.name: {*types_in(hints[field.name])} for field in attrs.fields(cls)}
            waiting += [part for types in found[cls].values() for part in types]
    return found


MODEL = fields_by_class()


@pytest.mark.parametrize("cls", sorted(MODEL, key=str), ids=str)
def test_every_field_has_its_words(cls: Any) -> None:
    """A field that comes to the model is not called by its Python name: it has its words in both languages."""
    assert MODEL[cls].keys() <= {*FIELDS, *THINGS}


def test_every_dated_field_has_its_label() -> None:
    """No field that holds a date is called by its Python name."""
    named = {name for fields in MODEL.values() for name, types in fields.items() if {Day, Period} & types}
    assert {"on", "planned", "done_on", "published_on"} <= named
    for name in {*named, "since", "year", "stated_on", "alternatives"}:
        assert field_name(name).say("fr") != name
        assert "_" not in field_name(name).say("en")


def test_every_noun_has_its_words() -> None:
    """Each registry is known by what one of its things is called; an unknown field is called by its own name."""
    assert {*NOUNS.values(), "observations"} <= set(THINGS)
    assert (thing_name("reefs"), field_name("depth").say("en")) == ("reefs", "depth")


def test_every_kind_of_instrument_is_named() -> None:
    """Each class of instruments has a name in both languages."""
    kinds = {attrs.fields(cls).kind.default for cls in get_args(AnyInstrument)}
    assert {kind.value for kind in InstrumentKind} == kinds
