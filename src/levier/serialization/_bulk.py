"""
Decoding in bulk: no Python call for each object, and each check once for each distinct value.

msgspec runs every validator of every object it builds, which costs twice what building them does.
So it decodes into *twins*: subclasses without slots or validators of their own, and hence with the very layout of their
class, whose fields stand in the order in which we write them, because msgspec finds a key fastest where it expects it.
`accept` then turns every twin into what it stands for and runs the validators that its class has: those that look at
the value alone once for each distinct value, those that msgspec or the hooks of our scalars have seen to not at all,
the others object by object.

Keys that a class does not have, or that stand twice, are found by counting: see `_counting`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import reduce
from itertools import chain, repeat, starmap
from operator import attrgetter, or_
from types import MappingProxyType, new_class
from typing import Annotated, Any, NamedTuple, NewType, TypeVar

from attrs import NOTHING, Attribute, Factory, fields, has
from msgspec import Meta

from levier._once import once
from levier.model._facts import Between, Fact, facts_of
from levier.model._fields import BY_FACTS, BY_TEXT, BY_TYPE, BY_VALUE, Validator
from levier.model._shapes import array_of, class_of, hints_of, item_of, may_be_none, options_of
from levier.model.periods import Day
from levier.model.references import REGISTRY_OF
from levier.serialization._counting import Written, left_out, refuse_absence

__all__ = [
    "EXACT",
    "Reference",
    "accept",
    "checks_of",
    "twin",
]

T = TypeVar("T")

_set: Callable[[Any, str, Any], None] = object.__setattr__
_set_class: Callable[[Any, type[Any]], None] = object.__dict__["__class__"].__set__

EXACT: Any = object
"""What stands for `Decimal`: msgspec would read that by itself, from numbers too, and calls no hook for it."""

_WRITTEN_FOR: Mapping[Any, Any] = MappingProxyType({Day: date, Decimal: EXACT})
"""What is decoded in place of a scalar: msgspec reads a date by itself, quicker than it calls a hook for a day."""


class _WhateverItsHookGives(type):
    """The class of a class of which anything is an instance, asked in C."""

    __instancecheck__ = id  # type: ignore[assignment]  # never zero, hence true


class Reference(metaclass=_WhateverItsHookGives):
    """What stands for the identifier of another thing: its hook gives the same text the same object."""


# ---------------------------------------------------------------- twins


@once
def twin(hint: Any) -> Any:
    """Return the type that msgspec decodes into where a field has the type *hint*."""
    if hint in _WRITTEN_FOR:
        return _WRITTEN_FOR[hint]
    if has(hint):
        return _twin_class(class_of(hint), hints_of(hint))
    if class_of(hint) is tuple or _is_sequence(hint):
        return array_of(twin(item_of(hint)))
    return hint if options_of(hint) == (hint,) else _any_of(hint, twin)


def _is_sequence(hint: Any) -> bool:
    """Return whether this is a sequence of a class of its own: decoded as a tuple, and made once what it holds is."""
    return isinstance(hint, type) and item_of(hint) is not None


def _any_of(hint: Any, change: Callable[[Any], Any]) -> Any:
    """Return the union of changed types, with `None` where it may be."""
    return reduce(or_, (*map(change, options_of(hint)), *((None,) if may_be_none(hint) else ())))


def _twin_class(cls: type[Any], hints: Mapping[str, Any]) -> type[Any]:
    ordered = sorted(fields(cls), key=attrgetter("name"))
    body = {
        "__slots__": (),
        "__annotations__": {each.name: _limited(twin(hints[each.name]), each) for each in ordered},
        "__attrs_attrs__": tuple(each.evolve(validator=None, default=_default(each)) for each in ordered),
        "__attrs_pre_init__": None,
        "__attrs_post_init__": None,
    }
    made: type[Any] = new_class(cls.__name__, (cls,), exec_body=lambda namespace: namespace.update(body))
    _PLANS[made] = _plan(cls, hints)
    return made


def _limited(hint: Any, attribute: Attribute[Any]) -> Any:
    """Return *hint* with what the facts of its field's validator say, where they say all, for msgspec to see to."""
    if attribute.validator not in BY_FACTS:
        return hint
    (fact,) = facts_of(attribute.validator)
    return _any_of(hint, lambda part: _within(part, fact))


def _within(hint: Any, fact: Fact) -> Any:
    return Annotated[hint, Meta(ge=fact.minimum, le=fact.maximum)] if isinstance(fact, Between) else Reference


def _default(attribute: Attribute[Any]) -> Any:
    """Return the default of a twin's field: all have one, because msgspec puts the fields that have none first."""
    default: Any = attribute.default
    if default is NOTHING:
        return Factory(refuse_absence)
    value = default.factory() if isinstance(default, Factory) else default  # type: ignore[arg-type]
    return Factory(left_out(tuple(value) if _is_sequence(type(value)) else value))


# ---------------------------------------------------------------- what to do with the twins of a class


class _Plan(NamedTuple):
    """What is to be counted, checked and looked into in the objects of a class."""

    stands_for: type[Any]
    size: int
    texts: tuple[str, ...]
    many_texts: tuple[str, ...]
    nested: tuple[tuple[str, type[Any], bool], ...]
    sequences: tuple[tuple[str, type[Any]], ...]
    days: tuple[str, ...]
    by_value: tuple[tuple[Attribute[Any], Validator], ...]
    by_object: tuple[tuple[Attribute[Any], Validator], ...]
    post_init: Callable[[Any], None] | None


_PLANS: dict[type[Any], _Plan] = {}
"""What to do with the objects of each class of twins."""


def _plan(cls: type[Any], hints: Mapping[str, Any]) -> _Plan:
    checked = [(attribute, check) for attribute in fields(cls) for check in _left_checks(attribute)]
    return _Plan(
        stands_for=cls,
        size=len(fields(cls)),
        texts=tuple(name for name, hint in hints.items() if any(map(_is_text, options_of(hint)))),
        many_texts=tuple(name for name, hint in hints.items() if class_of(hint) is tuple and _is_text(item_of(hint))),
        nested=tuple(chain.from_iterable(_nested(name, hint) for name, hint in hints.items())),
        sequences=tuple((name, hint) for name, hint in hints.items() if _is_sequence(hint)),
        days=tuple(name for name, hint in hints.items() if Day in options_of(hint)),
        by_value=tuple(pair for pair in checked if pair[1] in BY_VALUE),
        by_object=tuple(pair for pair in checked if pair[1] not in BY_VALUE),
        post_init=getattr(cls, "__attrs_post_init__", None),
    )


def _left_checks(attribute: Attribute[Any]) -> Iterator[Validator]:
    """Yield the validators of a field that neither msgspec nor a hook has run."""
    if attribute.validator not in BY_FACTS:
        yield from (check for check in checks_of(attribute) if check not in BY_TYPE | BY_TEXT)


def checks_of(attribute: Attribute[Any]) -> Iterator[Validator]:
    """Yield the validators of a field."""
    if (whole := attribute.validator) is not None:
        yield from getattr(whole, "_validators", (whole,))  # attrs makes one validator of a list of them


def _is_text(hint: Any) -> bool:
    """Say whether a field of this type may have colons in it; identifiers have none."""
    return hint is str or (isinstance(hint, NewType) and hint not in REGISTRY_OF)


def _nested(name: str, hint: Any) -> Iterator[tuple[str, type[Any], bool]]:
    """Yield the class of the twins that a field holds, if it does, and whether it may hold many."""
    item = item_of(hint)
    for held in options_of(hint) if item is None else options_of(item):
        if has(held):
            yield name, twin(held), item is not None


# ---------------------------------------------------------------- turning and checking


def accept(values: Iterable[Any]) -> Written:
    """
    Turn twins, and all they hold, into what they stand for, check them, and return what they were written with.

    Keys that were left out are counted all the same.

    Raises:
        LevierError: If a validator refuses a value; the first one found.
    """
    turned: list[tuple[_Plan, list[Any]]] = []
    waiting = _by_class(values)
    while waiting:
        cls, batch = waiting.popitem()
        plan = _PLANS[cls]
        _all_of(map(_set_class, batch, repeat(plan.stands_for)))
        for name, part_class, is_many in plan.nested:
            held = map(attrgetter(name), batch)
            parts = list(chain.from_iterable(held)) if is_many else [part for part in held if part is not None]
            if parts:
                waiting.setdefault(part_class, []).extend(parts)
        turned.append((plan, batch))
    for plan, batch in reversed(turned):  # parts before what holds them, as construction does
        _make_parts(plan, batch)
        _check(plan, batch)
    return Written(sum(plan.size * len(batch) for plan, batch in turned), sum(starmap(_colons, turned)))


def _all_of(done: Iterator[None]) -> None:
    """Let an iterator do all its work, in C."""
    deque(done, maxlen=0)


def _by_class(values: Iterable[Any]) -> dict[type[Any], list[Any]]:
    held = list(values)
    classes = set(map(type, held))
    if len(classes) == 1:
        return {classes.pop(): held}
    return {cls: [value for value in held if type(value) is cls] for cls in classes}


def _make_parts(plan: _Plan, batch: list[Any]) -> None:
    """Make what msgspec reads as something plainer: a sequence of a tuple; of a date, a day for each object."""
    for name, kind in plan.sequences:
        for each in batch:
            _set(each, name, kind(getattr(each, name)))
    for name in plan.days:
        put = getattr(plan.stands_for, name).__set__
        for each, on in zip(batch, map(attrgetter(name), batch), strict=True):
            if on is not None:
                put(each, Day(on.year, on.month, on.day))


def _check(plan: _Plan, batch: list[Any]) -> None:
    for attribute, validator in plan.by_value:
        for value in set(map(attrgetter(attribute.name), batch)):
            validator(batch[0], attribute, value)
    for attribute, validator in plan.by_object:
        _all_of(map(validator, batch, repeat(attribute), map(attrgetter(attribute.name), batch)))
    if plan.post_init is not None:
        for each in batch:
            plan.post_init(each)


def _colons(plan: _Plan, batch: list[Any]) -> int:
    texts = chain.from_iterable(map(attrgetter(name), batch) for name in plan.texts)
    many = chain.from_iterable(chain.from_iterable(map(attrgetter(name), batch)) for name in plan.many_texts)
    return "".join(filter(None, chain(texts, many))).count(":")
