"""Plain builtins from JSON text: no key twice, nothing that JSON does not have."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn, TypeAlias

from levier.errors import Problem, ProblemCode
from levier.serialization._problems import problem
from levier.serialization.limits import Limits, check_json

__all__ = ["Place", "read_builtins", "syntax"]

Place: TypeAlias = "tuple[str | int, ...]"


def read_builtins(raw: bytes, at: Place, noticed: list[Problem], limits: Limits) -> object:
    """Return the builtins of some JSON that stands at a place; note its repeated keys."""
    check_json(raw, limits, len(at))
    # What was read is kept beside its repeated keys: it is found again by its identity.
    repeated: dict[int, tuple[object, list[str]]] = {}

    def no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = Counter(key for key, _ in pairs)
            repeated[id(found)] = found, [key for key, times in keys.items() if times > 1]
        return found

    found = json.loads(raw.decode(), object_pairs_hook=no_key_twice, parse_constant=_not_json)
    if repeated:
        noticed += _twice(found, at, repeated)
    return found


def _twice(found: object, at: Place, repeated: Mapping[int, tuple[object, list[str]]]) -> Iterator[Problem]:
    pending: list[tuple[Place, object]] = [(at, found)]
    while pending:
        at, value = pending.pop()
        for key in repeated.get(id(value), (value, []))[1]:
            yield problem((*at, key), ProblemCode.DUPLICATE_KEY, f"key {key!r} stands twice in this object", found=key)
        if isinstance(value, dict):
            pending += [((*at, key), part) for key, part in value.items()]
        elif isinstance(value, list):
            pending += [((*at, place), part) for place, part in enumerate(value)]


def _not_json(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def syntax(error: Exception) -> Problem:
    """Return the problem of what is no JSON."""
    message = f"not a JSON document saved as UTF-8: {error}"
    line, column = getattr(error, "lineno", None), getattr(error, "colno", None)
    return Problem(pointer="", code=ProblemCode.SYNTAX, message=message, line=line, column=column)
