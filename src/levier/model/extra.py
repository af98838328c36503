"""
An application's own keys on a thing: kept, compared and written, never interpreted.

What has an identifier has `extra`. Its keys begin with `x-`, so that no field of a later release meets them.
"""

from __future__ import annotations

import json
import re
from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from decimal import Decimal
from math import isfinite
from types import MappingProxyType
from typing import Any, Final, NamedTuple, NoReturn, Self

from attrs import Attribute

from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model._facts import states
from levier.model._fields import asks_type_only, hold_types, holds_text, refuse
from levier.model._immutable import Immutable

__all__ = ["KEY", "LARGEST", "NO_EXTRA", "Extra", "as_extra", "is_extra", "odd_parts"]

MOST_CHARACTERS = 65_536
"""The largest size of the keys and values of one thing, as JSON."""
MOST_DEPTH = 16
"""The deepest that arrays and objects may stand in each other."""
LARGEST = 2**53 - 1
"""Up to here each whole number is a double of its own; other readers of JSON may take a larger one for another."""
KEY = r"x-[A-Za-z0-9](?:[A-Za-z0-9._-]{0,96}[A-Za-z0-9])?"
"""The grammar of a key."""
_KEY = re.compile(KEY)
_KEYS = "a key that begins with 'x-', of letters, digits, '.', '_' and '-', such as 'x-jira'"
_OBJECT = "an object of an application's own keys, such as {'x-jira': 'FC-1'}"
_VALUES = (
    f"text without invisible or control characters, a finite number (whole ones up to {LARGEST}, or as a double has "
    "them), a boolean, null, an array or an object"
)


class _Odd(NamedTuple):
    """A wrong part of some keys and values: its path, itself, and what was expected."""

    path: tuple[str | int, ...]
    found: object
    expected: str


@final
class Extra(Immutable):
    """
    An application's own keys on a thing, in the order of their text.

    Values are those of JSON: text, numbers, booleans, null, arrays and objects. Arrays are given back as tuples,
    objects as read-only mappings. A number is its value, as in RFC 8785: 1.0 is 1, because JavaScript and the JSONB of
    PostgreSQL write numbers in another way than they were given. Where decimals must stay exact, write them as text: a
    number of JSON is a double.

    Raises:
        InvalidValueError: If a key does not begin with `x-`, a value is none of JSON's, or
            there is too much of it: 65,536 characters of JSON, sixteen levels.

    >>> from levier import Project
    >>> project = Project(id="one-stop-shop", label="One-stop shop", extra={"x-jira": "FC-1", "x-tags": ["a", "b"]})
    >>> project.extra["x-jira"], project.extra["x-tags"]
    ('FC-1', ('a', 'b'))
    >>> Project(id="p", label="P", extra={"jira": "FC-1"})
    Traceback (most recent call last):
        ...
    levier.errors.InvalidValueError: Project 'p'.extra: expected a key that begins with 'x-', ..., found 'jira'
    """

    __slots__ = ("_held", "text")

    text: str
    """The keys and values as canonical JSON."""
    _held: Mapping[str, Any]

    def __new__(cls, keys: Mapping[str, object] | Extra = MappingProxyType({})) -> Self:
        """Return the keys and values, checked and frozen."""
        if isinstance(keys, cls):
            return keys
        if (odd := next(odd_parts(keys), None)) is not None:
            raise InvalidValueError("Extra", odd.found, odd.expected)
        made = object.__new__(cls)
        held = _frozen(keys)
        object.__setattr__(made, "_held", held)
        object.__setattr__(made, "text", _text_of(held))
        return made

    def __getitem__(self, key: str) -> Any:
        """Return the value of a key."""
        return self._held[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, key: object) -> bool:
        return key in self._held

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of a key, or *default*."""
        return self._held.get(key, default)

    def keys(self) -> KeysView[str]:
        """Return the keys."""
        return self._held.keys()

    def values(self) -> ValuesView[Any]:
        """Return the values."""
        return self._held.values()

    def items(self) -> ItemsView[str, Any]:
        """Return the pairs."""
        return self._held.items()

    def __eq__(self, other: object) -> bool:
        if type(other) is Extra:
            return self.text == other.text
        if isinstance(other, Mapping) and not any(odd_parts(other)):
            return self.text == _text_of(_frozen(other))
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Extra({json.loads(self.text)!r})"

    def __reduce__(self) -> tuple[type[Extra], tuple[Any]]:
        return Extra, (json.loads(self.text),)


def odd_parts(found: Any) -> Iterator[_Odd]:
    """Yield what is wrong in an application's own keys; nothing if they can be kept."""
    if isinstance(found, Mapping):
        yield from _odd_keys(found)
    else:
        yield _Odd((), found, _OBJECT)


def _odd_keys(found: Mapping[Any, Any]) -> Iterator[_Odd]:
    odd = False
    for key, value in found.items():
        if type(key) is not str or not _KEY.fullmatch(key):
            parts: Iterator[_Odd] = iter([_Odd((str(key),), key, _KEYS)])
        else:
            parts = _odd_values(value, (key,))
        for part in parts:
            odd = True
            yield part
    if not odd and (size := len(_text_of(_frozen(found)))) > MOST_CHARACTERS:
        yield _Odd((), f"{size} characters", f"at most {MOST_CHARACTERS} characters as JSON")


def _odd_values(value: Any, path: tuple[str | int, ...]) -> Iterator[_Odd]:
    if isinstance(value, Mapping) or type(value) in (list, tuple):
        if len(path) > MOST_DEPTH:
            yield _Odd(path, "more", f"at most {MOST_DEPTH} levels of arrays and objects")
            return
        for step, part in value.items() if isinstance(value, Mapping) else enumerate(value):
            if isinstance(value, Mapping) and not (type(step) is str and holds_text(step)):
                yield _Odd((*path, str(step)), step, "a key of text without invisible or control characters")
            yield from _odd_values(part, (*path, step))
    elif not _is_scalar(value):
        yield _Odd(path, value, _VALUES)


def _is_scalar(value: Any) -> bool:
    if type(value) is str:
        return holds_text(value)
    if type(value) is float:
        return isfinite(value)
    return value is None or type(value) is bool or (type(value) is int and (abs(value) <= LARGEST or _is_double(value)))


def _is_double(value: int) -> bool:
    """Return whether a whole number is what a double is written as in full: 1e16 is 10000000000000000."""
    try:
        return int(Decimal(repr(float(value)))) == value
    except OverflowError:
        return False


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return MappingProxyType({key: _frozen(value[key]) for key in sorted(value)})
    if type(value) in (list, tuple):
        return tuple(map(_frozen, value))
    return _number(value) if type(value) in (int, float) else value


def _number(value: float) -> int | float:
    """Return the one form of a number: an `int` where each whole number has a double of its own, else a `float`."""
    if abs(value) > LARGEST:
        return float(value)
    return int(value) if value == int(value) else value


def _text_of(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=dict)


NO_EXTRA: Final = Extra()
"""No keys at all, as most things have."""


def as_extra(keys: Mapping[str, object] | Extra) -> Extra:
    """Convert keys and values; what cannot be kept is left to the validator."""
    return keys if isinstance(keys, Extra) or any(odd_parts(keys)) else Extra(keys)  # type: ignore[return-value]


@states()
@asks_type_only
def is_extra(instance: object, attribute: Attribute[Any], value: object) -> None:
    """Accept an application's own keys."""
    if type(value) is not Extra:
        _refuse_odd(instance, attribute, value)


def _refuse_odd(instance: object, attribute: Attribute[Any], value: object) -> NoReturn:
    odd = next(odd_parts(value), None)
    refuse(instance, attribute, odd.found if odd else value, odd.expected if odd else _OBJECT)


hold_types(as_extra)
