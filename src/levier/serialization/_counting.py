r"""
Counting keys: how bulk decoding finds unknown and duplicate keys, which msgspec accepts.

The theory. msgspec ignores an unknown key, and of two equal keys it keeps the last one. The decoded values do
not show it, but the text does. In JSON, a colon follows every key and occurs nowhere else except inside texts. For a
valid document of our classes, therefore, two numbers are equal:

- the colons of the document, which `bytes.count` finds at the speed of C;
- the keys that were decoded, plus the colons inside the decoded texts.

The keys that were decoded are the fields of every object minus the absent ones. msgspec calls the default factory of
each absent field, and these factories count (`left_out`, `with_absences`); so every field of a twin has a factory,
even a required one, whose factory raises (`refuse_absence`).
In a lean twin, a field that is its default is taken for absent (see `_bulk`). If the document holds that default, the
first number is larger than the second: such a document is read again, and nothing unknown is ever accepted for it.

Why equality proves that there is no unknown or duplicate key: each such key adds at least one colon to the first number
and nothing to the second, and no other property of a document makes up for it. A field is decoded once at most, and a
decoded text has the colons that it has in the document, with one exception: a colon written as the escape `\u003a` is
decoded as a colon and not counted in the document. It could hide one unknown key. A document with such an escape is
therefore not read in bulk (`colons_in` raises).

The trap: a new type with colons in its text has to be counted as a text (`_bulk._is_text`), or every document that
holds one is read the slow way; the result stays right. A colon counted without being in the document, on the other
hand, could hide an unknown key. Identifiers are not counted, because their grammar has no colon.

Plain builtins have no colons, and repeated keys are gone from them. There `is_plain` counts the keys, and an unknown
key makes them more than the fields that were decoded. It also looks for what is no plain builtin, because an
application may hand over anything.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, compress
from threading import local
from typing import Any, NamedTuple, NoReturn, TypeVar

__all__ = ["Written", "are_plain", "colons_in", "is_plain", "keys_in", "left_out", "refuse_absence", "with_absences"]

T = TypeVar("T")

_HOLDERS: frozenset[type[Any]] = frozenset({dict, list, tuple})
_PLAIN = _HOLDERS | {str, int, bool, float, type(None)}
"""The classes of plain builtins, to which JSON and TOML are parsed, and those among them that hold others."""


class Written(NamedTuple):
    """The number of keys of some values, and the number of colons in their texts."""

    keys: int
    colons: int


class _Absences(local):
    """The number of absent keys in what this thread is decoding."""

    count = 0


_absences = _Absences()


def left_out(value: Any) -> Callable[[], Any]:
    """Return a default factory that returns *value* and counts an absent key."""

    def default() -> Any:
        _absences.count += 1
        return value

    return default


def refuse_absence() -> NoReturn:
    """
    Raise for an absent key; this is the default factory of required fields.

    Raises:
        KeyError: Always.
    """
    raise KeyError("a key that may not be left out")


def with_absences(decode: Callable[[], T]) -> tuple[T, int]:
    """Return the result of *decode*, and the number of keys that were absent."""
    _absences.count = 0
    return decode(), _absences.count


def keys_in(found: Any) -> int:
    """Return the number of keys in plain builtins; level by level, so that depth does not use the stack."""
    keys = 0
    level: list[Any] = [found]
    while level:
        objects = [part for part in level if type(part) is dict]
        arrays = [part for part in level if type(part) is not dict]
        keys += sum(map(len, objects))
        parts = chain(chain.from_iterable(map(dict.values, objects)), chain.from_iterable(arrays))
        level = [part for part in parts if type(part) in _HOLDERS]
    return keys


def is_plain(found: Any, keys: int) -> bool:
    """
    Return whether nothing but plain builtins are here, with this number of keys; level by level, in C.

    The key of an unknown value is one too many, so the walk ends, even if the value holds itself.
    """
    level: list[Any] = [found]
    while level:
        objects = [part for part in level if type(part) is dict]
        arrays = [part for part in level if type(part) is not dict] if len(objects) < len(level) else ()
        keys -= sum(map(len, objects))
        parts = [*chain.from_iterable(map(dict.values, objects)), *chain.from_iterable(arrays)]
        if keys < 0 or not _PLAIN.issuperset(map(type, parts)):
            return False
        level = list(compress(parts, map(_HOLDERS.__contains__, map(type, parts))))
    return keys == 0


def are_plain(found: Any) -> bool:
    """Return whether nothing but plain builtins are here, however many keys; each holder is looked into once."""
    seen: dict[int, Any] = {}
    level: list[Any] = [found]
    while level:
        objects = [part for part in level if type(part) is dict]
        arrays = [part for part in level if type(part) is not dict]
        parts = [*chain.from_iterable(map(dict.values, objects)), *chain.from_iterable(arrays)]
        if not _PLAIN.issuperset(map(type, parts)):
            return False
        new = {id(part): part for part in parts if type(part) in _HOLDERS and id(part) not in seen}
        seen |= new
        level = [*new.values()]
    return True


def colons_in(data: bytes) -> int:
    r"""
    Return the number of colons in JSON: one for each key, and those inside texts.

    Raises:
        ValueError: If a colon may be written as an escape (`\u003a`).
    """
    if b"\\" in data and (b"\\u003a" in data or b"\\u003A" in data):
        raise ValueError("a colon in disguise")
    return data.count(b":")
