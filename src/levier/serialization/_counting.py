"""
Counting keys: how fast decoding finds unknown and duplicate keys, which msgspec accepts.

msgspec ignores an unknown key, and of two equal keys the last one wins. Nothing that was decoded shows it, but the text
does: in JSON a colon stands after every key and nowhere else, except inside texts. So two numbers must be equal:

- the colons of the document, which `bytes.count` finds at the speed of C;
- the keys that were decoded (the fields of every object, less those that were left out), and the colons of its texts.

An unknown or duplicate key adds a colon to the document and nothing to what was decoded, and no other mistake takes one
away: a field is decoded once at most, and a text with the colons that it was written with. A colon written as an escape
would be missed by the first count, so documents that have one are read the explaining way (`colons_in`).

Keys that were left out are counted by the default factories that every field of a twin has: msgspec calls them.
Plain builtins have no colons: there `keys_in` counts the keys, and none can stand twice.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from threading import local
from typing import Any, NamedTuple, NoReturn, TypeVar

__all__ = ["Written", "colons_in", "keys_in", "left_out", "refuse_absence", "with_absences"]

T = TypeVar("T")

_HOLDERS = {dict, list, tuple}
"""The builtins that hold others, of those that JSON and TOML become."""


class Written(NamedTuple):
    """What JSON needs colons for: so many keys, and so many colons in texts."""

    keys: int
    colons: int


class _Absences(local):
    """How many keys were left out of what this thread is decoding."""

    count = 0


_absences = _Absences()


def left_out(value: Any) -> Callable[[], Any]:
    """Return a default factory that gives *value*, and counts that the key was left out."""

    def default() -> Any:
        _absences.count += 1
        return value

    return default


def refuse_absence() -> NoReturn:
    """
    Refuse that a key was left out; the default factory of a field that has no default.

    Raises:
        KeyError: Always.
    """
    raise KeyError("a key that may not be left out")


def with_absences(decode: Callable[[], T]) -> tuple[T, int]:
    """Return what *decode* gives, and how many keys were left out of it."""
    _absences.count = 0
    return decode(), _absences.count


def keys_in(found: Any) -> int:
    """Return how many keys there are in plain builtins, level by level and so however deep they are."""
    keys = 0
    level: list[Any] = [found]
    while level:
        objects = [part for part in level if type(part) is dict]
        arrays = [part for part in level if type(part) is not dict]
        keys += sum(map(len, objects))
        parts = chain(chain.from_iterable(map(dict.values, objects)), chain.from_iterable(arrays))
        level = [part for part in parts if type(part) in _HOLDERS]
    return keys


def colons_in(data: bytes) -> int:
    r"""
    Return how many colons there are in JSON: one for each key, and those of its texts.

    Raises:
        ValueError: If a colon may be there in disguise (`\u003a`).
    """
    if b"\\" in data and (b"\\u003a" in data or b"\\u003A" in data):
        raise ValueError("a colon in disguise")
    return data.count(b":")
