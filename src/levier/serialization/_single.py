"""
One value from plain builtins: the fast way of `structure` for one object.

Decoding in bulk (`_bulk`) costs as much for one object as for thirty. Here msgspec converts the object into its
twin, and one walk over the builtins and the twin turns and checks it. Three things make the walk fast:

- It follows the keys that are there. What is absent is its default, and a default satisfies its validator; only
  validators that read other fields run for absent fields too.
- Keys are not counted: each object has none but those of its class.
- Python is called only for the validators.

The walk refuses whatever is no plain builtin, such as a `datetime.date` for a day, which msgspec would take.
As in `_bulk`, any error sends the builtins to `readers`, which explains it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec
from attrs import NOTHING, Attribute, fields

from levier._once import once
from levier.model._fields import Validator
from levier.model.extra import Extra
from levier.model.periods import Day
from levier.serialization._bulk import PLANS, Plan, twin
from levier.serialization._objects import asks_when_absent
from levier.serialization._scalars import decode_scalar

__all__ = ["HOLDERS", "PLAIN", "TooLargeError", "single"]

HOLDERS: frozenset[type[Any]] = frozenset({dict, list, tuple})
PLAIN = HOLDERS | {str, int, bool, float, type(None)}
"""The classes of plain builtins, and those among them that hold others."""

_MANY = 64
"""An array with more objects than this is built in bulk."""

_set_class: Callable[[Any, type[Any]], None] = object.__dict__["__class__"].__set__
_set: Callable[[Any, str, Any], None] = object.__setattr__


class TooLargeError(ValueError):
    """An object holds so many others that they are built faster in bulk."""


class _Walk(NamedTuple):
    """How an object of a class is settled."""

    plan: Plan
    fields: Mapping[str, tuple[Attribute[Any], tuple[Validator, ...]]]
    """Each field, with its validators that run where the field is given."""
    always: tuple[tuple[Attribute[Any], Validator], ...]
    """The validators that run where their field is absent too."""
    rebuilds: bool
    """Whether there are parts that msgspec decodes as simpler types."""


@once
def _converter(kind: Any) -> Any:
    """Return the twin of a class, which msgspec has inspected: it cannot inspect a class in two threads at once."""
    made = twin(kind, "lean")
    msgspec.json.Decoder(made, dec_hook=decode_scalar)
    return made


def single(found: Any, kind: Any) -> Any:
    """
    Return a value of an attrs class from plain builtins.

    Raises:
        TooLargeError: If it is to be built in bulk.
        Exception: If it is not valid.
    """
    made = msgspec.convert(found, _converter(kind), dec_hook=decode_scalar)
    _settle(found, made)
    return made


def _settle(found: Any, made: Any) -> None:
    """Turn a twin and its parts into objects of their classes, and check them."""
    plan, known, always, rebuilds = _WALKS.get(type(made)) or _walk(type(made))
    if type(found) is not dict or not PLAIN.issuperset(map(type, found.values())):
        raise ValueError("other builtins")
    _set_class(made, plan.stands_for)
    for name, part in found.items():
        if part and type(part) in HOLDERS and name not in plan.extras:
            _settle_part(part, getattr(made, name))
    if rebuilds:
        _make_parts(plan, made)
    for name in found:
        attribute, checks = known[name]  # an unknown key raises
        for check in checks:
            check(made, attribute, getattr(made, name))
    for attribute, check in always:
        check(made, attribute, getattr(made, attribute.name))
    if plan.post_init is not None:
        plan.post_init(made)


def _settle_part(found: Any, value: Any) -> None:
    if type(found) is dict:
        _settle(found, value)
    elif type(value[0]) in PLANS:
        if len(value) > _MANY:
            raise TooLargeError
        for each, part in zip(found, value, strict=True):
            _settle(each, part)
    elif not PLAIN.issuperset(map(type, found)):
        raise ValueError("other builtins")


def _make_parts(plan: Plan, made: Any) -> None:
    """Build the parts that msgspec decodes as simpler types: sequences from tuples, days from dates."""
    for name, kind in plan.sequences:
        _set(made, name, kind(getattr(made, name)))
    for name in plan.days:
        if (on := getattr(made, name)) is not None:
            _set(made, name, Day(on.year, on.month, on.day))


def _make_extra(made: Any, attribute: Attribute[Any], found: Any) -> None:
    """Build an application's own keys, which msgspec decodes as anything."""
    if type(found) is not dict:
        raise ValueError("no object")
    _set(made, attribute.name, Extra(found))


@once
def _walk(twin_class: Any) -> _Walk:
    plan = PLANS[twin_class]
    checks = (*plan.by_value, *plan.by_object)
    always = tuple(pair for pair in checks if _asks_always(plan, pair))
    known = {
        each.name: (each, tuple(check for of, check in checks if of is each and (of, check) not in always))
        for each in fields(plan.stands_for)
    } | {name: (getattr(fields(plan.stands_for), name), (_make_extra,)) for name in plan.extras}
    _WALKS[twin_class] = walk = _Walk(plan, known, always, bool(plan.sequences or plan.days))
    return walk


_WALKS: dict[type[Any], _Walk] = {}
"""The walks that were built, to look them up without a call."""


def _asks_always(plan: Plan, pair: tuple[Attribute[Any], Validator]) -> bool:
    attribute = pair[0]
    return attribute.default is not NOTHING and pair in plan.by_object and asks_when_absent(plan.stands_for, attribute)
