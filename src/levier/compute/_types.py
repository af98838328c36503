"""
Validation of fields and arguments against their declared types.

What `compute` takes is validated like values of the model. A class of `compute` declares the type of each field once,
in its annotation; a field without a validator of its own is checked against it (`field_transformer=by_type`). A
function that users call checks the class of its arguments (`@asked`); numbers, days and terms have refusals of their
own, which say more.
Annotations are resolved at the first use, because they may name classes defined further down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import update_wrapper
from types import FunctionType, MappingProxyType, NoneType, UnionType
from typing import Any, Literal, NewType, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from attrs import Attribute

from levier.errors import InvalidValueError
from levier.model._fields import refuse
from levier.model._shapes import class_of, options_of
from levier.model.terms import Term

__all__ = ["asked", "by_type", "is_of"]

Test: TypeAlias = Callable[[Any], bool]
F = TypeVar("F", bound=Callable[..., Any])


def by_type(_: type[Any], fields: list[Attribute[Any]]) -> list[Attribute[Any]]:
    """Return the fields of a class, each with a validator: its own, or one for its declared type; a hook of attrs."""
    return [each if each.validator else each.evolve(validator=_OfItsType()) for each in fields]


class _OfItsType:
    """A validator that accepts values of the annotated type."""

    __slots__ = ("__weakref__", "accepts", "expected")

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
        return isinstance(value, origin) and all(map(key, value.keys())) and all(map(held, value.values()))

    return accepts


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


# ---------------------------------------------------------------- arguments


def asked(function: F) -> F:
    """
    Return a function that checks the class of its arguments before it computes; a decorator.

    Raises:
        InvalidValueError: In the name of the function and of the argument.

    >>> @asked
    ... def double(number: int) -> int:
    ...     return 2 * number
    >>> double("2")
    Traceback (most recent call last):
        ...
    levier.errors.InvalidValueError: double.number: expected a value of type int, found '2'
    """
    check = _Arguments(function)

    def call(*args: Any, **named: Any) -> Any:
        check(args, named)
        return function(*args, **named)

    # The standard doctest finder takes a function for one of the module only if it shares the module's globals.
    made: Any = FunctionType(call.__code__, function.__globals__, function.__name__, None, call.__closure__)
    return cast("F", update_wrapper(made, function))


class _Arguments:
    """The check of the arguments of one function."""

    __slots__ = ("_function", "_names", "_rest", "_tests")

    def __init__(self, function: Callable[..., Any]) -> None:
        code = function.__code__
        self._function, self._names = function, code.co_varnames[: code.co_argcount]
        has_rest = code.co_flags & 0x04  # the flag of *args
        self._rest = code.co_varnames[code.co_argcount + code.co_kwonlyargcount] if has_rest else ""
        self._tests: Mapping[str, tuple[Test, str]] | None = None

    def __call__(self, args: tuple[Any, ...], named: Mapping[str, Any]) -> None:
        if self._tests is None:
            self._tests = dict(self._read())
        tests = self._tests
        for name, value in zip(self._names, args, strict=False):
            self._check(tests, name, value)
        for value in args[len(self._names) :]:
            self._check(tests, self._rest, value)
        for name, value in named.items():
            self._check(tests, name, value)

    def _read(self) -> Iterator[tuple[str, tuple[Test, str]]]:
        """Yield the test of each argument that has one, with what it expects."""
        for name, hint in get_type_hints(self._function).items():
            test = _class_test(hint)
            if test is not None:
                yield name, (test, f"a value of type {_written(hint)}")

    def _check(self, tests: Mapping[str, tuple[Test, str]], name: str, value: object) -> None:
        if name in tests and not tests[name][0](value):
            raise InvalidValueError(self._function.__name__, value, tests[name][1], name)


_PLAIN = (str, int, bool)


def _class_test(hint: Any) -> Test | None:
    """Return a test of the class of an argument; `None` for a type whose converter refuses by itself."""
    options = options_of(hint)
    tests = [_of_class(each) for each in options]
    if None in tests or (len(options) > 1 and any(each in _PLAIN or each is Decimal for each in options)):
        return None
    may_be_none = NoneType in get_args(hint)
    return lambda value: (value is None and may_be_none) or any(test(value) for test in tests if test is not None)


def _of_class(hint: Any) -> Test | None:
    cls: Any = class_of(hint)
    is_ours = isinstance(cls, type) and cls.__module__.startswith("levier.") and not issubclass(cls, Term)
    if cls in _PLAIN or is_ours:
        return _plain(cls)
    if cls in (Iterable, Sequence):
        (item,) = get_args(hint)
        return None if class_of(item) is Callable else _series(cls, _class_test(item))
    if cls in (Mapping, tuple):
        return lambda value: isinstance(value, cls)
    return callable if cls is Callable else None


def _series(cls: Any, item: Test | None) -> Test:
    """Return a test of a series, and of its items unless looking at them would use them up; a text is not a series."""

    def accepts(value: Any) -> bool:
        if not isinstance(value, cls) or isinstance(value, (str, bytes)):
            return False
        return item is None or isinstance(value, Iterator) or all(map(item, value))

    return accepts
