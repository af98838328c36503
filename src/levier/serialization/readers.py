"""
Values from plain builtins, strict: nothing is coerced, no key is ignored, and every problem is noted at its place.

A *reader* is made once for each type. It takes what was found, the trail of where it stands, and the list of problems,
and returns the value; where it has noted a problem, what it returns means nothing.
It reads in one pass: each part is read once, however deep it stands, and what is read of a type is never asked again.

An object that is broken is checked as far as it can be: its sound fields are set on an instance that was never
initialised, and each validator runs by itself, because construction would stop at the first one that refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import InvalidOperation
from types import new_class
from typing import Any, Literal, NamedTuple, NewType, TypeAlias, TypeVar, get_args

from attrs import NOTHING, Attribute, Factory, fields, has

from levier._once import once
from levier.errors import (
    DanglingReference,
    DanglingReferenceError,
    InvalidValueError,
    LevierError,
    Problem,
    ProblemCode,
)
from levier.model._fields import BY_FACTS, BY_TEXT, BY_TYPE, BY_VALUE
from levier.model._shapes import array_of, class_of, hints_of, item_of, may_be_none, options_of
from levier.model.terms import Term
from levier.serialization._bulk import checks_of
from levier.serialization._problems import (
    REFUSALS,
    Problems,
    Trail,
    is_array,
    missing_key,
    problem,
    refused_value,
    shown,
    unknown_key,
    unknown_kind,
    unlike,
)
from levier.serialization._scalars import SCALARS, is_told_by_kind, kinds_of, read_scalar

__all__ = ["READABLE", "Reader", "reader"]

Reader: TypeAlias = Callable[[Any, Trail, Problems], Any]

_set: Callable[[Any, str, Any], None] = object.__setattr__
_BUILTINS: Mapping[Any, str] = {str: "text", int: "a whole number", bool: "true or false"}
READABLE = "a class of levier, or such as tuple[Project, ...] and dict[str, Euros]"


@once
def reader(hint: Any) -> Reader:
    """
    Return the reader of a type.

    Raises:
        InvalidValueError: If nothing of it can be read, such as a generic class of nothing in particular.

    >>> from levier import Euros
    >>> reader(tuple[Euros, ...])(["1", "2.50"], (), Problems())
    (Euros('1.00'), Euros('2.50'))
    """
    if isinstance(hint, TypeVar):
        raise InvalidValueError("structure", hint, READABLE)
    return _of_scalar(hint) or _of_container(hint) or _of_object(hint) or _unknown


def _of_scalar(hint: Any) -> Reader | None:
    if hint in _BUILTINS or class_of(hint) is Literal:  # a kind, whose validator says which
        return _builtin(str if class_of(hint) is Literal else hint)
    if hint in SCALARS:
        return _scalar(hint)
    if isinstance(hint, NewType):
        return reader(hint.__supertype__)
    return _term(hint) if isinstance(hint, type) and issubclass(hint, Term) else None


def _of_container(hint: Any) -> Reader | None:
    cls, item = class_of(hint), item_of(hint)
    if cls is dict:
        return _dictionary(reader(get_args(hint)[1]))
    if item is None:
        return None
    return _array(reader(item), cls) if cls in (tuple, list) else _collection(reader(array_of(item)), cls)


def _of_object(hint: Any) -> Reader | None:
    if is_told_by_kind(hint):
        return _told_by_kind(hint)
    if has(class_of(hint)):
        return _ObjectReader(hint)
    if may_be_none(hint) and len(options_of(hint)) == 1:
        return _optional(reader(*options_of(hint)))
    return None


# ---------------------------------------------------------------- scalars


def _builtin(kind: type[Any]) -> Reader:
    expected = _BUILTINS[kind]

    def read(found: Any, at: Trail, problems: Problems) -> Any:
        if type(found) is not kind:
            problems.note(unlike, at, ProblemCode.WRONG_TYPE, expected, found)
        return found

    return read


def _scalar(kind: Any) -> Reader:
    expected = SCALARS[kind]

    def read(found: Any, at: Trail, problems: Problems) -> Any:
        if type(found) is not str:
            return problems.note(unlike, at, ProblemCode.WRONG_TYPE, expected, found)
        try:
            return read_scalar(kind, found)
        except (InvalidValueError, InvalidOperation):
            return problems.note(unlike, at, ProblemCode.INVALID_VALUE, expected, found)

    return read


def _term(kind: Any) -> Reader:
    members: Mapping[str, Term] = kind._value2member_map_  # its own table: to ask it costs more, and raises
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
    # What some results hold may be of several classes, and nothing written says which.
    expected = "what can be read back; a result like this is computed again"
    problems.note(unlike, at, ProblemCode.INVALID_VALUE, expected, found)


# ---------------------------------------------------------------- containers


def _array(item: Reader, kind: Any) -> Reader:
    def read(found: Any, at: Trail, problems: Problems) -> Any:
        if not is_array(found):
            return problems.note(unlike, at, ProblemCode.WRONG_TYPE, "an array", found)
        return kind([item(part, (at, place), problems) for place, part in enumerate(found)])

    return read


def _dictionary(value: Reader) -> Reader:
    def read(found: Any, at: Trail, problems: Problems) -> Any:
        if type(found) is not dict:
            return problems.note(unlike, at, ProblemCode.WRONG_TYPE, "an object", found)
        return {key: value(part, (at, key), problems) for key, part in found.items()}

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


# ---------------------------------------------------------------- objects


class _Field(NamedTuple):
    """How a field of an object is read and checked, and what stands for it where it is left out."""

    attribute: Attribute[Any]
    read: Reader
    default: Any
    is_checked: bool
    """Whether its validator asks more than its type says."""
    asks_others: bool
    """Whether its validator may look at other fields of the object."""
    leans_on: frozenset[str]
    """The other fields that its validator looks at where all of them, and it, are left out."""
    refusal: Exception | None
    """What its validator raises then."""

    def check(self, value: Any, made: Any) -> Exception | None:
        """Return what the validator raises for a value, if it does; *made* is the object, as far as it is built."""
        validator: Any = self.attribute.validator
        try:
            validator(made, self.attribute, value)
        except (MemoryError, RecursionError):
            raise
        except Exception as error:  # noqa: BLE001  # whatever a class raises becomes a problem at its place
            return error.with_traceback(None)  # which would hold what is being read, in a circle
        return None


class _Parts(NamedTuple):
    """What an object was found to hold."""

    sound: dict[str, Any]
    broken: list[str]
    """The names of broken fields that might be left out."""
    unknown: list[str]
    is_whole: bool
    """Whether all fields are there that may not be left out, and none is broken."""


class _ObjectReader:
    """Reads the objects of a class, its type variables filled in."""

    def __init__(self, hint: Any) -> None:
        self._hint = hint
        self._cls: type[Any] = class_of(hint)
        self._fields: dict[str, _Field] = {}
        self._required: tuple[str, ...] = ()
        self._defaults: dict[str, Any] = {}
        self._asking: tuple[_Field, ...] = ()
        self._lacks = 0

    def __call__(self, found: Any, at: Trail, problems: Problems) -> Any:
        if type(found) is not dict:
            return problems.note(unlike, at, ProblemCode.WRONG_TYPE, "an object", found)
        if not self._fields:  # not before: a class may hold its own kind
            self._read_class()
        if problems.is_full and self._lacks + len(found) and self._fields.keys().isdisjoint(found):
            return problems.add(self._lacks + len(found))
        before = problems.count
        parts = self._read(found, at, problems)
        made = self._checked(parts, found, at, problems)
        for key in parts.unknown:
            problems.note(unknown_key, (at, key), self._fields)
        if problems.count == before and hasattr(made, "__attrs_post_init__"):
            _resolve(made, at, problems)
        return made

    def _read_class(self) -> None:
        cls, hints = self._cls, hints_of(self._hint)
        read = {each.name: _field(cls, each, reader(hints[each.name])) for each in fields(cls)}
        self._required = tuple(name for name, field in read.items() if field.attribute.default is NOTHING)
        self._defaults = {name: field.default for name, field in read.items() if name not in self._required}
        self._asking = tuple(field for field in read.values() if field.leans_on or field.refusal)
        self._lacks = len(self._required) + sum(field.refusal is not None for field in self._asking)
        self._fields = read

    def _read(self, found: Mapping[str, Any], at: Trail, problems: Problems) -> _Parts:
        before = problems.count
        sound: dict[str, Any] = {}
        broken: list[str] = []
        unknown: list[str] = []
        for name, part in found.items():
            if name not in self._fields:
                unknown.append(name)
                continue
            count = problems.count
            value = self._fields[name].read(part, (at, name), problems)
            if problems.count == count:
                sound[name] = value
            elif name in self._defaults:
                broken.append(name)
        for name in self._required:
            if name not in found:
                problems.note(missing_key, (at, name))
        return _Parts(sound, broken, unknown, is_whole=problems.count == before)

    def _checked(self, parts: _Parts, found: Mapping[str, Any], at: Trail, problems: Problems) -> Any:
        """Return the object, as far as it can be built; note what its validators refuse."""
        to_check = [(field, value) for name, value in parts.sound.items() if (field := self._fields[name]).is_checked]
        given = parts.sound.keys() | parts.broken if self._asking else frozenset()
        for field in self._asking:
            if field.attribute.name in found:
                continue
            if not field.leans_on.isdisjoint(given):
                to_check.append((field, field.default))
            elif field.refusal:
                problems.note(refused_value, at, field.refusal, found)
        before = problems.count
        made = self._half_built(parts) if any(field.asks_others for field, _ in to_check) else None
        # Beside a broken field, a validator may fail because it leans on that one: what it refuses counts alone.
        counts = Exception if parts.is_whole else REFUSALS
        for field, value in to_check:
            if isinstance(error := field.check(value, made), counts):
                problems.note(refused_value, at, error, found)
        if made is None and parts.is_whole and problems.count == before:
            return self._half_built(parts)
        return made

    def _half_built(self, parts: _Parts) -> Any:
        """Return an instance whose sound fields are set and unchecked."""
        made = object.__new__(self._cls)
        for name, default in self._defaults.items():
            if name not in parts.broken:
                _set(made, name, default)
        for name, value in parts.sound.items():
            _set(made, name, value)
        return made


def _field(cls: type[Any], attribute: Attribute[Any], read: Reader) -> _Field:
    checks = [check for check in checks_of(attribute) if check not in BY_TYPE]
    asks_others = any(check not in _BY_ITSELF for check in checks)
    if attribute.default is NOTHING:
        return _Field(attribute, read, None, bool(checks), asks_others, frozenset(), None)
    found = _Field(attribute, read, _default(attribute), bool(checks), asks_others, frozenset(), None)
    return _traced(cls, found) if asks_others else found


_BY_ITSELF = BY_FACTS | BY_TEXT | BY_VALUE


def _default(attribute: Attribute[Any]) -> Any:
    """Return what stands for a field that is left out; made once, because no value of ours can be changed."""
    given: Any = attribute.default
    value = given.factory() if isinstance(given, Factory) else given  # type: ignore[arg-type]  # a class, for its stub
    convert: Any = attribute.converter
    return convert(value) if convert else value


def _traced(cls: type[Any], field: _Field) -> _Field:
    """
    Return a field with what its validator does where the field is left out, and all that it then looks at too.

    In an object in which these are left out it does the same: it sees the same.
    """
    names, seen = {each.name for each in fields(cls)}, set[str]()

    def noted(made: Any, name: str) -> Any:
        seen.update({name} & names)
        return object.__getattribute__(made, name)

    traced = new_class(cls.__name__, (cls,), exec_body=lambda body: body.update(__getattribute__=noted, __slots__=()))
    made: Any = object.__new__(traced)
    for each in fields(cls):
        if each.default is not NOTHING:
            _set(made, each.name, _default(each))
    error = field.check(field.default, made)
    refusal = error if isinstance(error, REFUSALS) else None  # otherwise a required field is missing
    return field._replace(leans_on=frozenset(seen), refusal=refusal)


def _resolve(portfolio: Any, at: Trail, problems: Problems) -> None:
    try:
        portfolio.__attrs_post_init__()
    except DanglingReferenceError as error:
        for reference in error.references:
            problems.note(_dangling, at, reference)


def _dangling(path: Sequence[str | int], reference: DanglingReference) -> Problem:
    message = f"{reference.path} names {shown(reference.target)}, which is not in {reference.registry}"
    code = ProblemCode.DANGLING_REFERENCE
    return problem(path, code, message, found=reference.target, expected=reference.registry)
