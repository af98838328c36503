"""
Values from plain builtins, read strictly: no value is coerced, no key is ignored, and every problem has its place.

A *reader* is created once for each type. It takes the builtins, their trail in the document and the list of problems,
and returns the value; if it has noted a problem, its result has no meaning.
Reading takes one pass: each part is read once, at any depth, and each type is inspected once.
The readers of objects are in `_objects`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import InvalidOperation
from functools import reduce
from operator import or_
from types import UnionType
from typing import Any, Literal, NewType, TypeVar, Union, get_args, get_origin

from attrs import evolve, fields, has

from levier._once import once
from levier.errors import (
    InvalidValueError,
    LevierError,
    Problem,
    ProblemCode,
)
from levier.model._fields import not_blank
from levier.model._shapes import array_of, class_of, item_of, may_be_none, options_of
from levier.model.extra import Extra, odd_parts
from levier.model.identifiers import identifier
from levier.model.levers import Lever
from levier.model.quantities import Quantity, Unit
from levier.model.terms import Term
from levier.serialization._converting import is_in_bulk
from levier.serialization._objects import ObjectReader, Reader
from levier.serialization._pieces import pieces
from levier.serialization._problems import (
    Problems,
    Trail,
    is_array,
    refused_value,
    unknown_kind,
    unlike,
)
from levier.serialization._scalars import SCALARS, is_told_by_kind, kinds_of, read_scalar
from levier.serialization._spelling import respelled
from levier.serialization._unions import read_one_of

__all__ = ["READABLE", "Reader", "reader"]

_BUILTINS: Mapping[Any, str] = {str: "text", int: "a whole number", bool: "true or false"}
READABLE = "a class of levier, or such as tuple[Project, ...] and dict[str, Euros]"


@once
def reader(hint: Any) -> Reader:
    """
    Return the reader of a type.

    Raises:
        InvalidValueError: If the type cannot be read, such as a generic class without type arguments.

    >>> from levier import Euros
    >>> reader(tuple[Euros, ...])(["1", "2.50"], (), Problems())
    (Euros('1.00'), Euros('2.50'))
    """
    if isinstance(hint, TypeVar):
        raise InvalidValueError("structure", hint, READABLE)
    return _of_scalar(hint) or _of_container(hint) or _of_object(hint) or _unknown


def _of_scalar(hint: Any) -> Reader | None:
    if hint in _BUILTINS or class_of(hint) is Literal:  # a *kind*, which its validator checks
        return _builtin(str if class_of(hint) is Literal else hint)
    if hint in SCALARS:
        return _scalar(hint)
    if hint is Extra:
        return _extra
    if isinstance(hint, NewType):
        return _named_text(hint)
    return _term(hint) if isinstance(hint, type) and issubclass(hint, Term) else None


def _of_container(hint: Any) -> Reader | None:
    cls, item = class_of(hint), item_of(hint)
    if cls is dict:
        return _dictionary(reader(get_args(hint)[1]))
    if item is None:
        return None
    return _array(item, cls) if cls in (tuple, list) else _collection(reader(array_of(item)), cls)


def _of_object(hint: Any) -> Reader | None:
    if is_told_by_kind(hint):
        return _told_by_kind(hint)
    if has(class_of(hint)):
        return ObjectReader(hint, lambda part: reader(_unnamed(part)))
    if may_be_none(hint):
        return _optional(reader(reduce(or_, options_of(hint))))
    if len(members := options_of(hint)) > 1 and all(map(_is_of_model, members)):
        return read_one_of({each: reader(each) for each in members})
    return None


def _is_of_model(hint: Any) -> bool:
    return getattr(class_of(hint), "__module__", "").startswith("levier.model.") or hint in SCALARS


# ---------------------------------------------------------------- scalars


def _builtin(kind: type[Any]) -> Reader:
    expected = _BUILTINS[kind]

    def read(found: Any, at: Trail, problems: Problems) -> Any:
        if type(found) is not kind:
            problems.note(_mistyped, at, kind, expected, found)
        return found

    return read


def _mistyped(path: Sequence[str | int], kind: Any, expected: str, found: object) -> Problem:
    """Return the problem of a builtin of another type, with the whole number that a text stands for, if any."""
    wrong = unlike(path, ProblemCode.WRONG_TYPE, expected, found)
    spelling = respelled(found) if kind is int and isinstance(found, str) else ""
    return evolve(wrong, message=f"{wrong.message}; write {spelling}") if spelling.lstrip("-").isdigit() else wrong


_CHECKS: Mapping[Any, tuple[Any, Any]] = {Unit: (not_blank, fields(Quantity).unit)}
_AS_IDENTIFIER: tuple[Any, Any] = (identifier, fields(Lever).id)


def _named_text(kind: Any) -> Reader:
    """Return the reader of an identifier or a unit by itself, which no validator of a field checks."""
    check, attribute = _CHECKS.get(kind, _AS_IDENTIFIER)

    def read(found: Any, at: Trail, problems: Problems) -> Any:
        if type(found) is not str:
            return problems.note(_mistyped, at, kind, _BUILTINS[str], found)
        try:
            check(None, attribute, found)
        except InvalidValueError as error:
            return problems.note(unlike, at, ProblemCode.INVALID_VALUE, error.expected, found)
        return found

    return read


def _unnamed(hint: Any) -> Any:
    """Return the type of a field with plain text for identifiers and units: a validator of the field checks these."""
    if isinstance(hint, NewType):
        return hint.__supertype__
    item: Any = item_of(hint) if class_of(hint) is tuple else None
    if isinstance(item, NewType):
        return array_of(item.__supertype__)
    return reduce(or_, map(_unnamed, get_args(hint))) if get_origin(hint) in (Union, UnionType) else hint


def _scalar(kind: Any) -> Reader:
    expected = SCALARS[kind]

    def read(found: Any, at: Trail, problems: Problems) -> Any:
        if type(found) is not str:
            return problems.note(unlike, at, ProblemCode.WRONG_TYPE, expected, found)
        try:
            return read_scalar(kind, found)
        except (InvalidValueError, InvalidOperation):
            return problems.note(_misspelt, at, kind, expected, found)

    return read


def _misspelt(path: Sequence[str | int], kind: Any, expected: str, found: str) -> Problem:
    """Return the problem of a text that is no scalar of a class, with the spelling that it stands for, if any."""
    wrong = unlike(path, ProblemCode.INVALID_VALUE, expected, found)
    spelling = respelled(found)
    try:
        read_scalar(kind, spelling)
    except (InvalidValueError, InvalidOperation):
        return wrong
    return evolve(wrong, message=f"{wrong.message}; write {spelling!r}")


def _extra(found: Any, at: Trail, problems: Problems) -> Any:
    if type(found) is not dict:
        return problems.note(unlike, at, ProblemCode.WRONG_TYPE, "an object", found)
    before = problems.count
    for odd in odd_parts(found):
        where = reduce(lambda trail, step: (trail, step), odd.path, at)
        problems.note(unlike, where, ProblemCode.INVALID_VALUE, odd.expected, odd.found)
    return Extra(found) if problems.count == before else None


def _term(kind: Any) -> Reader:
    members: Mapping[str, Term] = kind._value2member_map_  # the private table: a call would be slower, and raise
    expected = "one of " + ", ".join(members)

    def read(found: Any, at: Trail, problems: Problems) -> Any:
        if type(found) is not str:
            return problems.note(unlike, at, ProblemCode.WRONG_TYPE, "text", found)
        if found not in members:
            return problems.note(unlike, at, ProblemCode.INVALID_VALUE, expected, found)
        return members[found]

    return read


def _optional(inner: Reader) -> Reader:
    return lambda found, at, problems: None if found is None else inner(found, at, problems)


def _unknown(found: Any, at: Trail, problems: Problems) -> None:
    # Some results hold values of several classes, and documents do not tell which.
    expected = "what can be read back; a result like this is computed again"
    problems.note(unlike, at, ProblemCode.INVALID_VALUE, expected, found)


# ---------------------------------------------------------------- containers


_MANY = 64
"""An array of more objects than this is built in bulk, except for those that are not valid."""


def _array(hint: Any, kind: Any) -> Reader:
    item, can_be_many = reader(hint), is_in_bulk(hint)

    def read(found: Any, at: Trail, problems: Problems) -> Any:
        if not is_array(found):
            return problems.note(unlike, at, ProblemCode.WRONG_TYPE, "an array", found)
        if not can_be_many or len(found) <= _MANY:
            return kind([item(part, (at, place), problems) for place, part in enumerate(found)])
        held = list[Any]()
        for start, count, sound in pieces(hint, found, problems.unknown):
            parts = enumerate(found[start : start + count], start)
            held += [item(part, (at, place), problems) for place, part in parts] if sound is None else sound
        return kind(held)

    return read


def _dictionary(value: Reader) -> Reader:
    def read(found: Any, at: Trail, problems: Problems) -> Any:
        if type(found) is not dict:
            return problems.note(unlike, at, ProblemCode.WRONG_TYPE, "an object", found)
        for key in found:
            if type(key) is not str:
                problems.note(unlike, (at, str(key)), ProblemCode.WRONG_TYPE, "a key of text", key)
        return {key: value(part, (at, str(key)), problems) for key, part in found.items()}

    return read


def _collection(items: Reader, kind: Any) -> Reader:
    def read(found: Any, at: Trail, problems: Problems) -> Any:
        before = problems.count
        held = items(found, at, problems)
        if problems.count > before:
            return None
        try:
            return kind(held)
        except LevierError as error:
            return problems.note(refused_value, at, error, found)

    return read


def _told_by_kind(union: Any) -> Reader:
    known = kinds_of(union)

    def read(found: Any, at: Trail, problems: Problems) -> Any:
        if type(found) is not dict:
            return problems.note(unlike, at, ProblemCode.WRONG_TYPE, "an object", found)
        kind = found.get("kind")
        if type(kind) is not str or kind not in known:
            return problems.note(unknown_kind, at, kind, known)
        return reader(known[kind])(found, at, problems)

    return read
