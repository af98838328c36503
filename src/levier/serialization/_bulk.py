"""
Decoding in bulk: no Python call per object, and each check once per distinct value.

The theory. msgspec decodes JSON into attrs classes at the speed of C, but calls every validator of every object from
there, which costs twice as much as building the objects. This module avoids the calls in four steps.

1. Decode into *twins*. A twin is a subclass of a class of ours, without validators. It adds no slots, so its memory
   layout is that of the class, and Python allows the `__class__` of an object to be changed from one to the other. The
   fields of a twin are in the order in which we write documents, because msgspec then finds each key at once.
2. Turn the twins, level by level, into objects of their classes (`accept`). A batch of objects of one class is
   turned by `map`, in C.
3. Check. Validators are in three groups (see `levier.model._fields`). Those that depend on the value only run once for
   each distinct value; those that msgspec or the hooks of our scalars have already covered do not run; the others run
   for each object. Parts are checked before the objects that hold them, as construction does.
4. Count. msgspec ignores unknown keys, and of two equal keys it keeps the last one. `_counting` finds both: the colons
   of the text have to be as many as the decoded keys and the colons inside texts. `accept` returns this count.

What equals its default is not written, so most optional fields are absent, and msgspec takes 0.2 µs to give one its
default. Therefore there are twins of two forms. A *lean* one has its defaults before it is decoded (`_prefill`); a
field that is its default afterwards counts as absent, also if the document holds that default. An *exact* one takes
each default from a factory that counts. A document is read into lean twins first. If it writes a default, it has more
keys than were counted, and is read again into exact ones.

Nothing here explains an error: any exception, or a wrong count, sends the document to `readers`, which reads it slowly
and describes every problem. The invariant: whatever this module accepts, `readers` accepts as an equal value.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import reduce
from itertools import chain, repeat, starmap
from operator import attrgetter, countOf, is_, or_
from types import MappingProxyType, new_class
from typing import Annotated, Any, Literal, NamedTuple, NewType, TypeAlias, TypeVar, get_args

from attrs import NOTHING, Attribute, Factory, fields, has
from msgspec import Meta

from levier._once import once
from levier.errors.final import IS_TWIN
from levier.model._facts import Between, Fact, facts_of
from levier.model._fields import BY_FACTS, BY_RANGE, BY_TEXT, BY_TYPE, BY_VALUE, Validator
from levier.model._shapes import array_of, class_of, hints_of, item_of, may_be_none, options_of
from levier.model.extra import NO_EXTRA, Extra
from levier.model.periods import Day
from levier.model.references import REGISTRY_OF
from levier.serialization._columns import COLUMNS, Make, days_of, fill, put_all
from levier.serialization._counting import Written, keys_in, left_out, refuse_absence

__all__ = [
    "EXACT",
    "FORMS",
    "PLANS",
    "Form",
    "Plan",
    "Reference",
    "accept",
    "checks_of",
    "is_sequence",
    "is_tag",
    "left_checks",
    "twin",
    "value_of",
]

T = TypeVar("T")
Form: TypeAlias = Literal["lean", "exact"]
"""The two forms of twins: see above."""
FORMS: tuple[Form, ...] = get_args(Form)

_set: Callable[[Any, str, Any], None] = object.__setattr__
_set_class: Callable[[Any, type[Any]], None] = object.__dict__["__class__"].__set__
_cents = attrgetter("cents")

EXACT: Any = object
"""Replaces `Decimal` in twins: msgspec would decode a `Decimal` itself, from numbers too, without calling a hook."""

_WRITTEN_FOR: Mapping[Any, Any] = MappingProxyType({Day: date, Decimal: EXACT, Extra: Any})
"""The types that replace scalars in twins: msgspec decodes a date itself, faster than it calls a hook for a day."""


class _WhateverItsHookGives(type):
    """The metaclass of a class that everything is an instance of; the test runs in C."""

    __instancecheck__ = id  # type: ignore[assignment]  # an id is never zero, hence true


class Reference(metaclass=_WhateverItsHookGives):
    """Replaces the identifiers of other things in twins: its hook returns the same object for the same text."""


# ---------------------------------------------------------------- twins


@once
def twin(hint: Any, form: Form) -> Any:
    """Return the type that msgspec decodes into for a field of type *hint*, with twins of one form."""
    if hint in _WRITTEN_FOR:
        return _WRITTEN_FOR[hint]
    if has(hint):
        return _twin_class(class_of(hint), hints_of(hint), form)
    if class_of(hint) is tuple or is_sequence(hint):
        return array_of(twin(item_of(hint), form))
    return hint if options_of(hint) == (hint,) else _any_of(hint, lambda part: twin(part, form))


def _read_as(hint: Any, form: Form) -> Any:
    """Return the type that msgspec decodes a field into: a text where the whole column is made of it afterwards."""
    return twin(hint, form) if _column(hint) is None else _any_of(hint, lambda _: str)


def _column(hint: Any) -> Make | None:
    """Return how the values of a field are made from a column of texts, if they are."""
    return COLUMNS.get(options_of(hint)[0]) if len(options_of(hint)) == 1 else None


def is_sequence(hint: Any) -> bool:
    """Return whether this is a sequence class of levier: decoded as a tuple, and built after its items."""
    return isinstance(hint, type) and item_of(hint) is not None


def _any_of(hint: Any, change: Callable[[Any], Any]) -> Any:
    """Return the union of the changed members of a union, keeping `None`."""
    return reduce(or_, (*map(change, options_of(hint)), *((None,) if may_be_none(hint) else ())))


def _twin_class(cls: type[Any], hints: Mapping[str, Any], form: Form) -> type[Any]:
    ordered = sorted(fields(cls), key=attrgetter("name"))
    assumed = {} if form == "exact" else _assumed(cls, hints)
    body = {
        IS_TWIN: True,
        "__slots__": (),
        "__annotations__": {each.name: _limited(_read_as(hints[each.name], form), each) for each in ordered},
        "__attrs_attrs__": tuple(each.evolve(validator=None, default=_default(each)) for each in ordered),
        "__attrs_pre_init__": _prefill(assumed),
        "__attrs_post_init__": None,
        "__setattr__": object.__setattr__,
        "__delattr__": object.__delattr__,
    }
    made: type[Any] = new_class(cls.__name__, (cls,), exec_body=lambda namespace: namespace.update(body))
    PLANS[made] = _plan(cls, hints, assumed, form)
    return made


def _assumed(cls: type[Any], hints: Mapping[str, Any]) -> dict[str, Any]:
    """Return the defaults of the fields of a class that are absent from a document if they have their default."""
    optional = (each for each in fields(cls) if each.default is not NOTHING and not is_tag(hints[each.name]))
    return {each.name: value_of(each.default) for each in optional}


def is_tag(hint: Any) -> bool:
    """Return whether a field of this type is the *kind* of an object, which is always written."""
    return class_of(hint) is Literal


def _prefill(defaults: Mapping[str, Any]) -> Any:
    """
    Return a function that sets the fields of an object to their defaults; `None` if there are none.

    It is written as attrs writes an `__init__`, with each value in a default argument, which is a local variable.
    """
    if not defaults:
        return None
    names: dict[str, Any] = dict(defaults)
    arguments = "".join(f", {name}={name}" for name in defaults)
    lines = (f"self.{name} = {name}" for name in defaults)
    exec("\n    ".join((f"def prefill(self{arguments}):", *lines)), names)  # noqa: S102  # names of our fields only
    return names["prefill"]


def _limited(hint: Any, attribute: Attribute[Any]) -> Any:
    """Return *hint* with the facts of its field for msgspec to check, if they are all that its validator checks."""
    if attribute.validator not in BY_FACTS:
        return hint
    (fact,) = facts_of(attribute.validator)
    return _any_of(hint, lambda part: _within(part, fact))


def _within(hint: Any, fact: Fact) -> Any:
    return Annotated[hint, Meta(ge=fact.minimum, le=fact.maximum)] if isinstance(fact, Between) else Reference


def _default(attribute: Attribute[Any]) -> Any:
    """Return the default of a twin's field: every one has one, because attrs and msgspec put required fields first."""
    return Factory(refuse_absence if attribute.default is NOTHING else left_out(value_of(attribute.default)))


def value_of(default: Any) -> Any:
    """Return what an absent field of a twin holds: the default of its class, a sequence of ours as a tuple."""
    value = default.factory() if isinstance(default, Factory) else default  # type: ignore[arg-type]
    return tuple(value) if is_sequence(type(value)) else value


# ---------------------------------------------------------------- how to check the objects of a class


class Plan(NamedTuple):
    """The fields to count, check, build and descend into for the objects of a class."""

    stands_for: type[Any]
    size: int
    texts: tuple[str, ...]
    many_texts: tuple[str, ...]
    nested: tuple[tuple[str, type[Any], bool], ...]
    sequences: tuple[tuple[str, type[Any]], ...]
    days: tuple[str, ...]
    columns: tuple[tuple[str, Make, tuple[tuple[Attribute[Any], Validator], ...]], ...]
    """The fields that are texts until the whole column is made, with the validators that accept a range."""
    by_value: tuple[tuple[Attribute[Any], Validator], ...]
    by_object: tuple[tuple[Attribute[Any], Validator], ...]
    post_init: Callable[[Any], None] | None
    extras: tuple[str, ...]
    assumed: tuple[tuple[str, Callable[[Iterable[Any]], int]], ...]
    """The fields that a lean twin has before it is decoded, with how to count which values are their defaults."""


PLANS: dict[type[Any], Plan] = {}
"""The plan for each class of twins."""


def _plan(cls: type[Any], hints: Mapping[str, Any], assumed: Mapping[str, Any], form: Form) -> Plan:
    asked = [each for each in fields(cls) if each.validator not in BY_FACTS]  # msgspec checks these facts itself
    checked = [(attribute, check) for attribute in asked for check in left_checks(attribute)]
    columns = {name: made for name, hint in hints.items() if (made := _column(hint))}
    by_range = [pair for pair in checked if pair[1] in BY_RANGE and pair[0].name in columns]
    by_value = [pair for pair in checked if pair[1] in BY_VALUE and not any(map(has, options_of(hints[pair[0].name])))]
    by_value = [pair for pair in by_value if pair not in by_range]
    return Plan(
        stands_for=cls,
        size=len(fields(cls)),
        texts=tuple(name for name, hint in hints.items() if any(map(_is_text, options_of(hint)))),
        many_texts=tuple(name for name, hint in hints.items() if class_of(hint) is tuple and _is_text(item_of(hint))),
        nested=tuple(chain.from_iterable(_nested(name, hint, form) for name, hint in hints.items())),
        sequences=tuple((name, hint) for name, hint in hints.items() if is_sequence(hint)),
        days=tuple(name for name, hint in hints.items() if Day in options_of(hint)),
        columns=tuple(
            (name, made, tuple(pair for pair in by_range if pair[0].name == name)) for name, made in columns.items()
        ),
        by_value=tuple(by_value),
        by_object=tuple(pair for pair in checked if pair not in by_value and pair not in by_range),
        post_init=getattr(cls, "__attrs_post_init__", None),
        extras=tuple(name for name, hint in hints.items() if hint is Extra),
        assumed=tuple((name, _counter(hints[name], default)) for name, default in assumed.items()),
    )


def _counter(hint: Any, default: Any) -> Callable[[Iterable[Any]], int]:
    """
    Return the function that counts the values that are the default of a field.

    Comparing is faster than asking whether they are the same object, where values are compared in C. An equal value
    that the document holds is counted as absent either way.
    """
    if type(default) is tuple or all(map(_compares_in_c, options_of(hint))):
        return lambda values: countOf(values, default)
    return lambda values: sum(map(is_, values, repeat(default)))


def _compares_in_c(hint: Any) -> bool:
    kind = hint.__supertype__ if isinstance(hint, NewType) else hint
    return isinstance(kind, type) and issubclass(kind, (str, int)) and kind.__eq__ in (str.__eq__, int.__eq__)


def left_checks(attribute: Attribute[Any]) -> Iterator[Validator]:
    """Yield the validators of a field that ask for more than its type, and for more than converting a text does."""
    return (check for check in checks_of(attribute) if check not in BY_TYPE | BY_TEXT)


def checks_of(attribute: Attribute[Any]) -> Iterator[Validator]:
    """Yield the validators of a field."""
    if (whole := attribute.validator) is not None:
        yield from getattr(whole, "_validators", (whole,))  # attrs combines a list of validators into one


def _is_text(hint: Any) -> bool:
    """Return whether a field of this type may contain colons; identifiers may not."""
    return hint is str or (isinstance(hint, NewType) and hint not in REGISTRY_OF)


def _nested(name: str, hint: Any, form: Form) -> Iterator[tuple[str, type[Any], bool]]:
    """Yield the classes of the twins in a field, with its name and whether it holds several."""
    item = item_of(hint)
    for held in options_of(hint) if item is None else options_of(item):
        if has(held):
            yield name, twin(held, form), item is not None


# ---------------------------------------------------------------- from twins to checked values


def accept(values: Iterable[Any]) -> Written:
    """
    Turn twins and their parts into objects of their classes, check them, and return their number of keys and colons.

    Every field counts as a key, except those of lean twins that are their defaults; the caller subtracts the absent
    ones that were counted otherwise (see `_counting.with_absences`).

    Raises:
        LevierError: If a validator refuses a value; only the first refusal is raised.
    """
    turned: list[tuple[Plan, list[Any], Container[str]]] = []
    keys = colons = 0
    waiting = _by_class(values)
    while waiting:
        cls, batch = waiting.popitem()
        plan = PLANS[cls]
        _all_of(map(_set_class, batch, repeat(plan.stands_for)))
        at_default = {name: count(map(attrgetter(name), batch)) for name, count in plan.assumed}
        absent = {name for name, count in at_default.items() if count == len(batch)}
        keys += plan.size * len(batch) - sum(at_default.values())
        for name in plan.extras:
            if name not in absent:
                own = _make_extras(name, batch)
                keys, colons = keys + own.keys, colons + own.colons
        for name, part_class, is_many in plan.nested:
            if name in absent:
                continue
            held = map(attrgetter(name), batch)
            parts = list(chain.from_iterable(held)) if is_many else [part for part in held if part is not None]
            if parts:
                waiting.setdefault(part_class, []).extend(parts)
        turned.append((plan, batch, absent))
    for plan, batch, absent in reversed(turned):  # parts before their owners, as in construction
        _make_parts(plan, batch, absent)
        _check(plan, batch, absent)
    return Written(keys, colons + sum(starmap(_colons, turned)))


def _make_extras(name: str, batch: list[Any]) -> Written:
    """Build an application's own keys from builtins, where there are any, and return their number and colons."""
    keys = colons = 0
    for each, found in zip(batch, map(attrgetter(name), batch), strict=True):
        if found is not NO_EXTRA:
            made, own = Extra(found), keys_in(found)
            _set(each, name, made)
            keys, colons = keys + own, colons + made.text.count(":") - own
    return Written(keys, colons)


def _all_of(done: Iterator[None]) -> None:
    """Exhaust an iterator, in C."""
    deque(done, maxlen=0)


def _by_class(values: Iterable[Any]) -> dict[type[Any], list[Any]]:
    held = list(values)
    classes = set(map(type, held))
    if len(classes) == 1:
        return {classes.pop(): held}
    return {cls: [value for value in held if type(value) is cls] for cls in classes}


def _make_parts(plan: Plan, batch: list[Any], absent: Container[str]) -> None:
    """Build the parts that msgspec decodes as simpler types: sequences from tuples, and scalars, column by column."""
    for name, kind in plan.sequences:
        for each in batch:
            _set(each, name, kind(getattr(each, name)))
    for name in plan.days:
        if name not in absent:
            given = [each for each in batch if getattr(each, name) is not None]
            put_all(getattr(plan.stands_for, name).__set__, given, days_of(map(attrgetter(name), given)))
    for name, made, ranges in plan.columns:
        if name not in absent:
            different = fill(getattr(plan.stands_for, name), batch, made)
            for attribute, validator in ranges:
                for value in _ends(different):
                    validator(batch[0], attribute, value)


def _ends(amounts: Iterable[Any]) -> tuple[Any, ...]:
    """Return the least and the greatest of some amounts, if any is given."""
    given = [amount for amount in amounts if amount is not None]
    return (min(given, key=_cents), max(given, key=_cents)) if given else ()


def _check(plan: Plan, batch: list[Any], absent: Container[str]) -> None:
    for attribute, validator in plan.by_value:
        if attribute.name not in absent:  # a default satisfies what asks for nothing but the value
            for value in set(map(attrgetter(attribute.name), batch)):
                validator(batch[0], attribute, value)
    for attribute, validator in plan.by_object:
        _all_of(map(validator, batch, repeat(attribute), map(attrgetter(attribute.name), batch)))
    if plan.post_init is not None:
        for each in batch:
            plan.post_init(each)


def _colons(plan: Plan, batch: list[Any], absent: Container[str]) -> int:
    given = [name for name in plan.texts if name not in absent]
    texts = chain.from_iterable(map(attrgetter(name), batch) for name in given)
    many = chain.from_iterable(chain.from_iterable(map(attrgetter(name), batch)) for name in plan.many_texts)
    return "".join(filter(None, chain(texts, many))).count(":")
