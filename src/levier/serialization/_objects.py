"""
Objects from plain builtins: all fields are checked, even if some are invalid.

Construction stops at the first validator that raises. To report every problem, the valid fields of an invalid object
are set on an instance that was never initialised, and each validator runs separately.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import new_class
from typing import Any, NamedTuple, TypeAlias

from attrs import NOTHING, Attribute, Factory, fields

from levier.errors import (
    DanglingReference,
    DanglingReferenceError,
    Problem,
    ProblemCode,
)
from levier.errors.final import IS_TWIN
from levier.model._fields import BY_FACTS, BY_TEXT, BY_TYPE, BY_VALUE
from levier.model._shapes import class_of, hints_of
from levier.serialization._bulk import checks_of
from levier.serialization._problems import (
    REFUSALS,
    Problems,
    Trail,
    missing_key,
    problem,
    refused_value,
    shown,
    unknown_key,
    unlike,
)

__all__ = ["ObjectReader", "Reader", "asks_when_absent"]

Reader: TypeAlias = Callable[[Any, Trail, Problems], Any]
"""Returns the value of some builtins, from their trail in the document and the list of problems."""

_set: Callable[[Any, str, Any], None] = object.__setattr__


class _Field(NamedTuple):
    """How a field is read and checked, and its default."""

    attribute: Attribute[Any]
    read: Reader
    default: Any
    is_checked: bool
    """Whether its validator checks more than its type."""
    asks_others: bool
    """Whether its validator may read other fields of the object."""
    leans_on: frozenset[str]
    """The other fields that its validator reads if all of them, and the field itself, are absent."""
    refusal: Exception | None
    """The error that the validator raises in that case."""

    def check(self, value: Any, made: Any) -> Exception | None:
        """Return the error that the validator raises for a value, or `None`; *made* is the partly built object."""
        validator: Any = self.attribute.validator
        try:
            validator(made, self.attribute, value)
        except (MemoryError, RecursionError):
            raise
        except Exception as error:  # noqa: BLE001  # any error becomes a problem of the document
            return error.with_traceback(None)  # the traceback would keep the document alive in a cycle
        return None


class _Parts(NamedTuple):
    """The parts of an object."""

    sound: dict[str, Any]
    broken: list[str]
    """The names of invalid optional fields."""
    unknown: list[str]
    is_whole: bool
    """Whether all required fields are present and all fields are valid."""


class ObjectReader:
    """Reads the objects of a class, whose type variables are filled in."""

    def __init__(self, hint: Any, reader: Callable[[Any], Reader]) -> None:
        """Create a reader that reads each field with the reader of its type."""
        self._hint = hint
        self._reader = reader
        self._cls: type[Any] = class_of(hint)
        self._fields: dict[str, _Field] = {}
        self._required: tuple[str, ...] = ()
        self._defaults: dict[str, Any] = {}
        self._asking: tuple[_Field, ...] = ()
        self._lacks = 0

    def __call__(self, found: Any, at: Trail, problems: Problems) -> Any:
        if type(found) is not dict:
            return problems.note(unlike, at, ProblemCode.WRONG_TYPE, "an object", found)
        if not self._fields:  # on first use, because a class may hold objects of itself
            self._read_class()
        if problems.is_full and self._lacks + len(found) and self._fields.keys().isdisjoint(found):
            return problems.add(self._lacks + (len(found) if problems.unknown == "refuse" else 0))
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
        read = {each.name: _field(cls, each, self._reader(hints[each.name])) for each in fields(cls)}
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
            field = self._fields.get(name)
            if field is None:
                unknown.append(name)
                continue
            count = problems.count
            value = field.read(part, (at, name), problems)
            if problems.count == count:
                sound[field.attribute.name] = value  # a key that equals the name may be of another class
            elif name in self._defaults:
                broken.append(name)
        for name in self._required:
            if name not in found:
                problems.note(missing_key, (at, name))
        return _Parts(sound, broken, unknown, is_whole=problems.count == before)

    def _checked(self, parts: _Parts, found: Mapping[str, Any], at: Trail, problems: Problems) -> Any:
        """Return the object, as far as it can be built; note the problems that its validators find."""
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
        # With an invalid field, a validator that reads it may fail for that reason only; then only our refusals count.
        counts = Exception if parts.is_whole else REFUSALS
        for field, value in to_check:
            if isinstance(error := field.check(value, made), counts):
                problems.note(refused_value, at, error, found)
        if made is None and parts.is_whole and problems.count == before:
            return self._half_built(parts)
        return made

    def _half_built(self, parts: _Parts) -> Any:
        """Return an uninitialised instance with its valid fields set."""
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


def _no_reader(*_: object) -> None:
    """Read nothing, where only the validator of a field is asked for."""


def asks_when_absent(cls: type[Any], attribute: Attribute[Any]) -> bool:
    """Return whether the validator of a field may refuse its default, because it reads other fields."""
    traced = _field(cls, attribute, _no_reader)
    return bool(traced.leans_on) or traced.refusal is not None


_BY_ITSELF = BY_FACTS | BY_TEXT | BY_VALUE


def _default(attribute: Attribute[Any]) -> Any:
    """Return the default of a field; one object for all, because values are immutable."""
    given: Any = attribute.default
    value = given.factory() if isinstance(given, Factory) else given  # type: ignore[arg-type]  # a class, in its stub
    convert: Any = attribute.converter
    return convert(value) if convert else value


def _traced(cls: type[Any], field: _Field) -> _Field:
    """
    Return a field with the error that its validator raises if the field and all fields it reads are absent.

    In any object that lacks these fields the validator sees the same, so it need not run again.
    """
    names, seen = {each.name for each in fields(cls)}, set[str]()

    def noted(made: Any, name: str) -> Any:
        seen.update({name} & names)
        return object.__getattribute__(made, name)

    body = {"__getattribute__": noted, "__slots__": (), IS_TWIN: True}
    traced = new_class(cls.__name__, (cls,), exec_body=lambda namespace: namespace.update(body))
    made: Any = object.__new__(traced)
    for each in fields(cls):
        if each.default is not NOTHING:
            _set(made, each.name, _default(each))
    error = field.check(field.default, made)
    refusal = error if isinstance(error, REFUSALS) else None  # another error means that a required field is missing
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
