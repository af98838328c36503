"""
One value from plain builtins: the fast way of `structure` for one object.

Decoding in bulk (`_bulk`) costs as much for one object as for thirty. Here msgspec converts the object into its twin,
and one walk over the builtins and the twin turns and checks it. Two things make the walk fast:

- What is its default needs no check, because a default satisfies its validator; only validators that read other fields
  always run. Defaults are recognised by identity: msgspec gives the very object for an absent key, and Python keeps one
  object each of `None`, `""` and `()`.
- Keys are not counted: each object has none but those of its class.

The walk refuses whatever is no plain builtin, such as a `datetime.date` for a day, which msgspec would take.
As in `_bulk`, any error sends the builtins to `readers`, which explains it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec
from attrs import NOTHING, Attribute, fields

from levier._once import once
from levier.model._fields import Validator
from levier.model.periods import Day
from levier.serialization._bulk import PLANS, Plan, twin, value_of
from levier.serialization._objects import asks_when_absent
from levier.serialization._scalars import decode_scalar

__all__ = ["PLAIN", "TooLargeError", "single"]

PLAIN = frozenset({dict, list, tuple, str, int, bool, float, type(None)})
"""The classes of plain builtins."""

_MANY = 64
"""An array with more objects than this is built in bulk."""

_set_class: Callable[[Any, type[Any]], None] = object.__dict__["__class__"].__set__
_set: Callable[[Any, str, Any], None] = object.__setattr__


class TooLargeError(ValueError):
    """An object holds so many others that they are built faster in bulk."""


class _Walk(NamedTuple):
    """How an object of a class is settled; its fields, their values and their defaults have one order."""

    plan: Plan
    names: frozenset[str]
    fields: tuple[tuple[Attribute[Any], tuple[Validator, ...]], ...]
    """Each field, with its validators that run unless it has its default."""
    values: Callable[[Any], Sequence[Any]]
    defaults: tuple[Any, ...]
    always: tuple[tuple[Attribute[Any], Validator], ...]
    """The validators that run also where their field has its default."""
    rebuilds: bool
    """Whether there are parts that msgspec decodes as simpler types."""


@once
def _converter(kind: Any) -> Any:
    """Return the twin of a class, which msgspec has inspected: it cannot inspect a class in two threads at once."""
    made = twin(kind, "exact")
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
    plan, names, fields, values, defaults, always, rebuilds = _WALKS.get(type(made)) or _walk(type(made))
    if type(found) is not dict or not (names.issuperset(found) and PLAIN.issuperset(map(type, found.values()))):
        raise ValueError("other builtins, or unknown keys")
    _set_class(made, plan.stands_for)
    held = zip(fields, values(made), defaults, strict=True)
    changed = [(field, value) for field, value, default in held if value is not default]
    for (attribute, _), value in changed:
        if type(value) is tuple or type(value) in PLANS:
            _settle_part(found[attribute.name], value)
    if rebuilds:
        _make_parts(plan, made)
    for (attribute, checks), value in changed:
        for check in checks:
            check(made, attribute, value)
    for attribute, check in always:
        check(made, attribute, getattr(made, attribute.name))
    if plan.post_init is not None:
        plan.post_init(made)


def _settle_part(found: Any, value: Any) -> None:
    if type(value) is not tuple:
        _settle(found, value)
    elif value and type(value[0]) in PLANS:
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


@once
def _walk(twin_class: Any) -> _Walk:
    plan = PLANS[twin_class]
    checks = (*plan.by_value, *plan.by_object)
    rebuilt = {*plan.days, *(name for name, _ in plan.sequences)}
    always = tuple(pair for pair in checks if pair[0].name in rebuilt or _asks_always(plan, pair))
    of_class = fields(plan.stands_for)
    own = {each: tuple(check for of, check in checks if of is each and (of, check) not in always) for each in of_class}
    names = tuple(each.name for each in of_class)
    defaults = tuple(map(_default, of_class))
    walk = _Walk(plan, frozenset(names), tuple(own.items()), _getter(names), defaults, always, bool(rebuilt))
    _WALKS[twin_class] = walk
    return walk


_WALKS: dict[type[Any], _Walk] = {}
"""The walks that were built, to look them up without a call."""


def _getter(names: tuple[str, ...]) -> Callable[[Any], Sequence[Any]]:
    """Return what gets the values of fields; an `attrgetter` of one name gives no tuple."""

    def few(made: Any) -> Sequence[Any]:
        return [getattr(made, name) for name in names]

    return attrgetter(*names) if len(names) > 1 else few


def _asks_always(plan: Plan, pair: tuple[Attribute[Any], Validator]) -> bool:
    attribute = pair[0]
    return attribute.default is not NOTHING and pair in plan.by_object and asks_when_absent(plan.stands_for, attribute)


def _default(attribute: Attribute[Any]) -> Any:
    """Return the object that an absent field has, or one that no field has."""
    return object() if attribute.default is NOTHING else value_of(attribute.default)
