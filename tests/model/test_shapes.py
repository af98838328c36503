"""Shapes: what annotations say of fields, and that values are as they say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NewType, TypeVar, get_type_hints

import pytest
from attrs import fields, has
from hypothesis import given
from hypothesis import strategies as st

from levier.model._shapes import class_of, hints_of, item_of, may_be_none, nested, options_of, parts_of
from levier.model.awards import Award
from levier.model.money import Euros
from levier.model.portfolio import Excerpt, Portfolio
from levier.model.references import direct_references, find_references
from levier.model.registry import Registry
from levier.model.sources import Sourced, Stated
from levier.testing.registration import public_classes
from levier.testing.strategies import of

CLASSES = [cls for cls in public_classes() if has(cls)]
classes = pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)


def fits(held: Any, hint: Any) -> bool:
    """Return whether a value is of a type, as this module reads types."""
    if held is None:
        return may_be_none(hint)
    return any(fits_one(held, option) for option in options_of(hint))


def fits_one(held: Any, option: Any) -> bool:
    """Return whether a value is of a type that is no union."""
    if isinstance(option, TypeVar) or class_of(option) is Literal:
        return True
    if isinstance(option, NewType):
        return isinstance(held, str)
    if not isinstance(held, class_of(option)):
        return False
    items = () if item_of(option) is None else held.values() if isinstance(held, Mapping) else held
    own = ((getattr(held, name), hint) for name, hint in hints_of(option).items()) if has(class_of(option)) else ()
    return all(fits(item, item_of(option)) for item in items) and all(fits(part, hint) for part, hint in own)


@classes
@given(data=st.data())
def test_values_are_what_types_say(cls: Any, data: st.DataObject) -> None:
    """Every field of a drawn value holds what its type says, at any depth."""
    assert fits(data.draw(of(cls)), cls)


@classes
def test_every_field_has_one_type(cls: Any) -> None:
    """The types are those of the fields, no more and no fewer, as the standard library reads them."""
    assert set(hints_of(cls)) == {attribute.name for attribute in fields(cls)}
    assert dict(hints_of(cls)) == get_type_hints(cls)


@classes
@given(data=st.data())
def test_nested_values_are_those_of_the_fields(cls: Any, data: st.DataObject) -> None:
    """What is nested stands where it is said to, and nothing with fields of its own is passed over."""
    value = data.draw(of(cls))
    found = list(nested(value))
    for name, place, part in found:
        held = getattr(value, name)
        assert part is (held if place is None else held[place])
    held_ones = [getattr(value, attribute.name) for attribute in fields(cls)]
    parts = [part for held in held_ones for part in (tuple(held) if isinstance(held, tuple) else (held,))]
    assert sum(has(type(part)) for part in parts) <= len(found)


@pytest.mark.parametrize(
    "cls", [cls for cls in CLASSES if cls not in (Excerpt, Portfolio)], ids=lambda cls: cls.__name__
)
@given(data=st.data())
def test_direct_references_are_found_in_values(cls: Any, data: st.DataObject) -> None:
    """A field that refers holds many identifiers or one, and the references of a value there are these."""
    value = data.draw(of(cls))
    found = [(path[0], target, registry) for path, target, registry in find_references(value)]
    for name, direct in direct_references(cls).items():
        held = getattr(value, name)
        assert isinstance(held, tuple) is direct.is_many
        assert held is not None or not direct.is_required
        wanted = held if direct.is_many else (held,)
        assert [each for each in found if each[0] == name] == [
            (name, target, direct.registry) for target in wanted if target is not None
        ]


def test_type_variables_are_filled_in() -> None:
    """A generic class that chooses has no variable left, in unions and tuples too; one that does not keeps it."""
    chosen = hints_of(Sourced[Euros])
    assert chosen["value"] is Euros
    assert item_of(chosen["alternatives"]) == Stated[Euros]
    assert not [part for hint in chosen.values() for part in parts_of(hint) if isinstance(part, TypeVar)]
    assert isinstance(hints_of(Sourced)["value"], TypeVar)


@pytest.mark.parametrize("hint", [int, Euros, Award, Registry, tuple, list, int | None, Sourced[Euros], dict[str, int]])
def test_what_holds_nothing_in_particular(hint: Any) -> None:
    """Scalars, values, and containers of nothing in particular have no items."""
    assert item_of(hint) is None


def test_a_portfolio_holds_registries() -> None:
    """Each field of a portfolio holds things, with the class that its type names."""
    assert all(item_of(hint) is not None for hint in hints_of(Portfolio).values())
