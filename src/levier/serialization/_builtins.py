"""Plain builtins from JSON text, read strictly: repeated keys and extensions of JSON are problems."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NoReturn, TypeAlias

from levier.errors import Problem, ProblemCode
from levier.serialization._problems import Problems, Trail, depth_of, repeated_key
from levier.serialization.limits import Limits, check_json

__all__ = ["read_builtins", "syntax"]

_Repeated: TypeAlias = dict[int, tuple[object, Iterable[str]]]
"""An object with repeated keys, kept alive so that its `id` stays its own, and these keys."""


class _RepeatedKeyError(Exception):
    """An object has a repeated key."""


def read_builtins(raw: bytes, noticed: Problems, limits: Limits, at: Trail = (), first: int = 0) -> object:
    """
    Return the builtins of a piece of JSON, and note its repeated keys; *at* is its place in the document.

    The items of an array are numbered from *first*.

    Raises:
        ValueError: If it is not JSON in UTF-8.
        LimitExceededError: If it is deeper or has longer numbers than *limits* allow.
    """
    check_json(raw, limits, depth_of(at))
    text = raw.decode()
    try:
        return _DECODER.decode(text)
    except _RepeatedKeyError:
        return _read_repeated(text, noticed, at, first)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _RepeatedKeyError
    return found


def _not_json(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_once_each, parse_constant=_not_json)


def _read_repeated(text: str, noticed: Problems, at: Trail, first: int) -> object:
    repeated: _Repeated = {}

    def last_of_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            repeated[id(found)] = found, _twice(pairs)
        return found

    found = json.JSONDecoder(object_pairs_hook=last_of_each, parse_constant=_not_json).decode(text)
    _note_repeated(found, at, repeated, noticed, first)
    return found


def _twice(pairs: Iterable[tuple[str, Any]]) -> Iterable[str]:
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for key, _ in pairs:
        if key in seen:
            twice[key] = None
        seen.add(key)
    return tuple(twice)


def _note_repeated(found: Any, at: Trail, repeated: _Repeated, noticed: Problems, first: int = 0) -> None:
    if id(found) in repeated:
        for key in repeated[id(found)][1]:
            noticed.note(repeated_key, (at, key))
    parts: Iterable[tuple[str | int, Any]] = found.items() if type(found) is dict else ()
    for step, part in enumerate(found, first) if type(found) is list else parts:
        if type(part) in (dict, list):
            _note_repeated(part, (at, step), repeated, noticed)


def syntax(error: Exception) -> Problem:
    """Return the problem of a text that is not JSON."""
    message = f"not a JSON document saved as UTF-8: {error}"
    line, column = getattr(error, "lineno", None), getattr(error, "colno", None)
    return Problem(pointer="", code=ProblemCode.SYNTAX, message=message, line=line, column=column)
