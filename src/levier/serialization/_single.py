"""
One value from plain builtins: the fast way of `structure` for one object.

Decoding in bulk (`_bulk`) costs as much for one object as for thirty. Here msgspec converts the object into its
twin, and one walk over the builtins and the twin turns and checks it. Three things make the walk fast:

- It follows the keys that are there. What is absent is its default, and a default satisfies its validator; only
  validators that read other fields run for absent fields too. What there is to do is kept for the keys of an object.
- Keys are not counted: each object has none but those of its class.
- Python is called only for the validators.

The walk refuses whatever is no plain builtin, such as a `datetime.date` for a day, which msgspec would take.
As in `_bulk`, any error sends the builtins to `readers`, which explains it.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, compress
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec
from attrs import Attribute, fields_dict

from levier._once import once
from levier.model._fields import Validator
from levier.model._shapes import hints_of, item_of
from levier.model.extra import Extra
from levier.model.periods import Day
from levier.serialization._bulk import PLANS, Plan, twin
from levier.serialization._counting import colons_in
from levier.serialization._scalars import decode_scalar
from levier.serialization._turning import MANY, TooLargeError, asks_always, turn

__all__ = ["decoded", "is_plain", "single"]

HOLDERS: frozenset[type[Any]] = frozenset({dict, list, tuple})
PLAIN = HOLDERS | {str, int, bool, float, type(None)}
"""The classes of plain builtins, and those among them that hold others."""

_set_class: Callable[[Any, type[Any]], None] = object.__dict__["__class__"].__set__
_set: Callable[[Any, str, Any], None] = object.__setattr__


class _Shape(NamedTuple):
    """How an object is settled whose keys are these."""

    held: tuple[tuple[str, Callable[[Any], Any]], ...]
    """The fields that may hold other objects or arrays, with how each is read."""
    days: tuple[str, ...]
    extras: tuple[str, ...]
    checks: tuple[tuple[Validator, Attribute[Any], Callable[[Any], Any]], ...]
    """The validators to run: those of the fields that are given, then those that ask about other fields too."""


class _Walk(NamedTuple):
    """How the objects of a class are settled."""

    plan: Plan
    holders: frozenset[str]
    always: tuple[tuple[Attribute[Any], Validator], ...]
    """The validators that run where their field is absent too."""
    shapes: dict[tuple[str, ...], _Shape]


@once
def _decoder(kind: Any) -> tuple[Any, msgspec.json.Decoder[Any]]:
    """Return the twin of a class and its decoder: msgspec cannot inspect a class in two threads at once."""
    made = twin(kind, "alone")
    return made, msgspec.json.Decoder(made, dec_hook=decode_scalar)


def single(found: Any, kind: Any) -> Any:
    """
    Return a value of an attrs class from plain builtins.

    Raises:
        TooLargeError: If it is to be built in bulk.
        Exception: If it is not valid.
    """
    read_as, _ = _decoder(kind)
    try:
        made = msgspec.convert(found, read_as, dec_hook=decode_scalar)
        if _is_plain_small(found, turn(made)):
            return made
    except TooLargeError:
        raise
    except Exception:  # noqa: BLE001, S110  # it may write defaults, or hold an application's own keys
        pass
    made = msgspec.convert(found, read_as, dec_hook=decode_scalar)
    _settle(found, made)
    return made


def decoded(raw: bytes, kind: Any) -> Any:
    """
    Return a value of an attrs class from JSON; `None` if there are more colons than keys were seen.

    There are as many if nothing is unknown or stands twice, no default is written, and no text has a colon.

    Raises:
        Exception: If it is not valid, or has an application's own keys, or is to be built in bulk.
    """
    made = _decoder(kind)[1].decode(raw)
    return made if turn(made) == colons_in(raw) else None


def _is_plain_small(found: Any, keys: int) -> bool:
    """Return the same as `is_plain`, faster for few values."""
    waiting = [found]
    for held in waiting:
        parts = held
        if type(held) is dict:
            keys, parts = keys - len(held), held.values()
            if keys < 0:
                return False
        for part in parts:
            kind = type(part)
            if kind in HOLDERS:
                waiting.append(part)
            elif kind not in PLAIN:
                return False
    return keys == 0


def is_plain(found: Any, keys: int) -> bool:
    """Return whether nothing but plain builtins are here, with this number of keys."""
    level: list[Any] = [found]
    while level:
        objects = [part for part in level if type(part) is dict]
        arrays = [part for part in level if type(part) is not dict] if len(objects) < len(level) else ()
        keys -= sum(map(len, objects))
        parts = [*chain.from_iterable(map(dict.values, objects)), *chain.from_iterable(arrays)]
        if keys < 0 or not PLAIN.issuperset(map(type, parts)):
            return False
        level = list(compress(parts, map(HOLDERS.__contains__, map(type, parts))))
    return keys == 0


def _settle(found: Any, made: Any) -> None:
    """Turn a twin and its parts into objects of their classes, and check them."""
    if type(found) is not dict or not PLAIN.issuperset(map(type, found.values())):
        raise ValueError("other builtins")
    walk = _WALKS.get(type(made)) or _walk(type(made))
    keys, plan = tuple(found), walk.plan
    held, days, extras, checks = walk.shapes.get(keys) or _shape(walk, keys)
    _set_class(made, plan.stands_for)
    for name, read in held:
        if part := found[name]:
            _settle_part(part, read(made))
    for name in extras:
        _set(made, name, Extra(found[name]))
    for name, kind in plan.sequences:
        _set(made, name, kind(getattr(made, name)))
    for name in days:
        if (on := getattr(made, name)) is not None:
            _set(made, name, Day(on.year, on.month, on.day))
    for check, attribute, read in checks:
        check(made, attribute, read(made))
    if plan.post_init is not None:
        plan.post_init(made)


def _settle_part(found: Any, value: Any) -> None:
    if type(found) is dict:
        _settle(found, value)
    elif type(value[0]) in PLANS:
        if len(value) > MANY:
            raise TooLargeError
        for each, part in zip(found, value, strict=True):
            _settle(each, part)
    elif not PLAIN.issuperset(map(type, found)):
        raise ValueError("other builtins")


@once
def _walk(twin_class: Any) -> _Walk:
    plan = PLANS[twin_class]
    hints = hints_of(plan.stands_for)
    holders = {name for name, _, _ in plan.nested} | {name for name in hints if item_of(hints[name]) is not None}
    always = tuple(pair for pair in (*plan.by_value, *plan.by_object) if asks_always(plan, pair))
    _WALKS[twin_class] = walk = _Walk(plan, frozenset(holders), always, {})
    return walk


_WALKS: dict[type[Any], _Walk] = {}
"""The walks that were built, to look them up without a call."""
_MOST_SHAPES = 1024
"""The number of shapes of a class that are kept; few programs write more than some."""


def _shape(walk: _Walk, keys: tuple[str, ...]) -> _Shape:
    """
    Return how objects with these keys are settled.

    Raises:
        KeyError: If one of the keys is unknown.
    """
    plan = walk.plan
    if not fields_dict(plan.stands_for).keys() >= set(keys):
        raise KeyError("an unknown key")
    pairs = [pair for pair in (*plan.by_value, *plan.by_object) if pair[0].name in keys and pair not in walk.always]
    shape = _Shape(
        held=tuple((name, attrgetter(name)) for name in keys if name in walk.holders),
        days=tuple(name for name in plan.days if name in keys),
        extras=tuple(name for name in plan.extras if name in keys),
        checks=tuple((check, attribute, attrgetter(attribute.name)) for attribute, check in (*pairs, *walk.always)),
    )
    if len(walk.shapes) >= _MOST_SHAPES:
        walk.shapes.clear()
    walk.shapes[keys] = shape
    return shape
