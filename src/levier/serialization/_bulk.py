"""
Decoding in bulk: no Python call for each object, and each check once for each distinct value.

msgspec runs every validator of every object it builds, which costs twice what building them does.
So the fast path decodes into *twins*: subclasses without fields, slots or validators of their own, and hence with the
very layout of their class.
`accept` then turns every twin into what it stands for and runs the validators that its class has: those that look at
the value alone once for each distinct value, those that say no more than the field's type not at all (msgspec has
seen to the types), the others object by object.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from itertools import chain
from operator import attrgetter, or_
from types import GenericAlias, MappingProxyType, UnionType, new_class
from typing import Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from attrs import Attribute, fields, has

from levier.model._fields import BY_TEXT, BY_TYPE, BY_VALUE, Validator
from levier.model.journal import Journal, JournalEntry

__all__ = ["accept", "twin"]

_turn_into: Callable[[Any, str, Any], None] = object.__setattr__

_WRITTEN_AS: Mapping[Any, Any] = MappingProxyType({Journal: tuple[JournalEntry, ...]})
"""Sequences of a class of their own: they are decoded as tuples, and made once what they hold is."""


def twin(hint: Any) -> Any:
    """Return the type that msgspec decodes into where a field has the type *hint*."""
    if hint not in _TWINS:
        _TWINS[hint] = _made_twin(hint)
    return _TWINS[hint]


_TWINS: dict[Any, Any] = {}


def _made_twin(hint: Any) -> Any:
    if hint in _WRITTEN_AS:
        return twin(_WRITTEN_AS[hint])
    if has(hint):
        return _twin_class(get_origin(hint) or hint, dict(zip(_parameters(hint), get_args(hint), strict=True)))
    if get_origin(hint) in (Union, UnionType):
        return reduce(or_, map(twin, get_args(hint)))
    if get_origin(hint) is tuple:
        return GenericAlias(tuple, (twin(get_args(hint)[0]), ...))
    return hint


def _parameters(hint: Any) -> tuple[Any, ...]:
    return getattr(get_origin(hint), "__parameters__", ())


def _twin_class(cls: type[Any], chosen: Mapping[Any, Any]) -> type[Any]:
    hints = {name: twin(_filled(hint, chosen)) for name, hint in get_type_hints(cls).items()}
    unchecked = tuple(attribute.evolve(validator=None) for attribute in fields(cls))
    body = {"__slots__": (), "__annotations__": hints, "__attrs_attrs__": unchecked, "__attrs_post_init__": None}
    made: type[Any] = new_class(cls.__name__, (cls,), exec_body=lambda namespace: namespace.update(body))
    _PLANS[made] = _plan(cls)
    return made


_PLANS: dict[type[Any], _Plan] = {}
"""What to do with the objects of each class of twins."""


def _filled(hint: Any, chosen: Mapping[Any, Any]) -> Any:
    """Return *hint* with the type variables of a generic class filled in."""
    if isinstance(hint, TypeVar):
        return chosen[hint]
    if get_origin(hint) is tuple:
        return GenericAlias(tuple, (_filled(get_args(hint)[0], chosen), ...))
    if any(isinstance(argument, TypeVar) for argument in get_args(hint)):
        return get_origin(hint)[tuple(_filled(argument, chosen) for argument in get_args(hint))]
    return hint


class _Plan(NamedTuple):
    """What is to be checked and looked into in the objects of a class."""

    stands_for: type[Any]
    by_value: tuple[tuple[Attribute[Any], Validator], ...]
    by_text: tuple[tuple[Attribute[Any], Validator], ...]
    by_object: tuple[tuple[Attribute[Any], Validator], ...]
    nested: tuple[str, ...]
    sequences: tuple[tuple[str, type[Any]], ...]
    post_init: Callable[[Any], None] | None


def _plan(cls: type[Any]) -> _Plan:
    checked = [(attribute, attribute.validator) for attribute in fields(cls) if attribute.validator is not None]
    hints = get_type_hints(cls)
    return _Plan(
        stands_for=cls,
        by_value=tuple(pair for pair in checked if pair[1] in BY_VALUE),
        by_text=tuple(pair for pair in checked if pair[1] in BY_TEXT),
        by_object=tuple(pair for pair in checked if pair[1] not in BY_VALUE | BY_TEXT | BY_TYPE),
        nested=tuple(name for name, hint in hints.items() if _may_hold(hint)),
        sequences=tuple((name, hint) for name, hint in hints.items() if hint in _WRITTEN_AS),
        post_init=getattr(cls, "__attrs_post_init__", None),
    )


def _may_hold(hint: Any) -> bool:
    return hint in _WRITTEN_AS or has(hint) or isinstance(hint, TypeVar) or any(map(_may_hold, get_args(hint)))


def accept(values: Iterable[Any]) -> None:
    """
    Turn twins, and all they hold, into what they stand for, and check them.

    Raises:
        LevierError: If a validator refuses a value; the first one found.
    """
    turned: list[tuple[_Plan, list[Any]]] = []
    waiting = _by_class(values)
    while waiting:
        cls, batch = waiting.popitem()
        plan = _PLANS[cls]
        for value in batch:
            _turn_into(value, "__class__", plan.stands_for)
        for name in plan.nested:
            for part_class, parts in _by_class(_parts(map(attrgetter(name), batch))).items():
                waiting.setdefault(part_class, []).extend(parts)
        turned.append((plan, batch))
    for plan, batch in reversed(turned):  # parts before what holds them, as construction does
        _make_sequences(plan, batch)
        _check(plan, batch)


def _make_sequences(plan: _Plan, batch: list[Any]) -> None:
    for name, kind in plan.sequences:
        for each in batch:
            _turn_into(each, name, kind(getattr(each, name)))


def _parts(held: Iterable[Any]) -> Iterable[Any]:
    found = tuple(held)
    return chain.from_iterable(found) if type(found[0]) is tuple else found


def _by_class(values: Iterable[Any]) -> dict[type[Any], list[Any]]:
    found: dict[type[Any], list[Any]] = defaultdict(list)
    for value in values:
        found[type(value)].append(value)
    return {cls: batch for cls, batch in found.items() if cls in _PLANS}


def _check(plan: _Plan, batch: list[Any]) -> None:
    for attribute, validator in plan.by_value:
        for value in set(map(attrgetter(attribute.name), batch)):
            validator(batch[0], attribute, value)
    for attribute, validator in plan.by_text:
        values = list(map(attrgetter(attribute.name), batch))
        for value in dict(zip(map(str, values), values, strict=True)).values():
            validator(batch[0], attribute, value)
    for attribute, validator in plan.by_object:
        for each, value in zip(batch, map(attrgetter(attribute.name), batch), strict=True):
            validator(each, attribute, value)
    if plan.post_init is not None:
        for each in batch:
            plan.post_init(each)
