"""
Validation of fields against their declared types.

Arguments of `compute` are validated like values of the model. A class of `compute` declares the type of each field
once, in its annotation; a field without a validator of its own is checked against it (`field_transformer=by_type`).
Annotations are resolved at the first instance of a class, because they may name classes defined further down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, NewType, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

from attrs import Attribute

from levier.model._fields import refuse

__all__ = ["by_type", "is_of"]

Test: TypeAlias = Callable[[Any], bool]


def by_type(_: type[Any], fields: list[Attribute[Any]]) -> list[Attribute[Any]]:
    """Return the fields of a class, each with a validator: its own, or one for its declared type; a hook of attrs."""
    return [each if each.validator else each.evolve(validator=_OfItsType()) for each in fields]


class _OfItsType:
    """A validator that accepts values of the annotated type."""

    __slots__ = ("accepts", "expected")

    accepts: Test | None
    expected: str

    def __init__(self) -> None:
        self.accepts = None

    def __call__(self, instance: object, attribute: Attribute[Any], value: object) -> None:
        if self.accepts is None:
            hint = get_type_hints(type(instance))[attribute.name]
            self.expected = f"a value of type {_written(hint)}"
            self.accepts = is_of(hint)
        if not self.accepts(value):
            refuse(instance, attribute, value, self.expected)


def is_of(hint: Any) -> Test:
    """
    Return a test for a type: `isinstance`, except that a bool is not an int, and that items of containers are checked.

    >>> is_of(tuple[int, ...])((1, 2)), is_of(tuple[int, ...])((1, "2")), is_of(int | None)(True)
    (True, False, False)
    """
    if isinstance(hint, NewType):
        return is_of(hint.__supertype__)
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _one_of(parts)
    if origin is Literal:
        return lambda value: value in parts
    if origin is tuple and parts:
        return _tuple(parts)
    if origin in (Mapping, MappingProxyType):
        return _mapping(origin, *map(is_of, parts))
    return _plain(origin or hint)


def _one_of(parts: tuple[Any, ...]) -> Test:
    classes = frozenset(part for part in parts if isinstance(part, type) and get_origin(part) is None)
    tests = tuple(map(is_of, parts))
    return lambda value: type(value) in classes or any(test(value) for test in tests)


def _tuple(parts: tuple[Any, ...]) -> Test:
    if parts[-1] is not ...:
        tests = tuple(map(is_of, parts))
        return lambda value: (
            type(value) is tuple and len(value) == len(tests) and all(map(lambda test, one: test(one), tests, value))
        )
    test = is_of(parts[0])
    return lambda value: type(value) is tuple and all(map(test, value))


def _mapping(origin: type[Any], key: Test, held: Test) -> Test:
    def accepts(value: Any) -> bool:
        return isinstance(value, origin) and _all(key, value.keys()) and _all(held, value.values())

    return accepts


def _all(test: Test, values: Iterable[Any]) -> bool:
    return all(map(test, values))


def _plain(hint: Any) -> Test:
    if hint is Any or isinstance(hint, TypeVar):
        return lambda _: True
    if getattr(hint, "_is_protocol", False):
        names = [name for name in vars(hint) if not name.startswith("_")]
        return lambda value: all(hasattr(value, name) for name in names)
    if hint is int:
        return lambda value: type(value) is int
    return lambda value: isinstance(value, hint)


def _written(hint: Any) -> str:
    if hint is NoneType:
        return "None"
    if parts := get_args(hint):
        joined = map(_written, parts)
        if get_origin(hint) in (Union, UnionType):
            return " or ".join(joined)
        return f"{get_origin(hint).__name__} of {', '.join(each for each in joined if each)}"
    return "" if hint is ... else getattr(hint, "__name__", str(hint))
