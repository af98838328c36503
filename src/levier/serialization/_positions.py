"""
Lines and columns of the places that JSON pointers name.

They are sought only where there are problems, and only along the way to them: what stands beside is skipped in C.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple, TypeAlias

import msgspec
from attrs import evolve

from levier.errors import InvalidDocumentError, Problem, ProblemCode

__all__ = ["Place", "located", "nearest", "placed", "steps_of"]

_KEY = re.compile(rb'[\s,]*("(?:[^"\\]|\\.)*")\s*:\s*')
_GAP = re.compile(rb"[\s,]*")
_SCALAR = re.compile(rb'"(?:[^"\\]|\\.)*"|[^\s,\]}]*')
_AT_THE_KEY = (ProblemCode.UNKNOWN_KEY, ProblemCode.DUPLICATE_KEY)

Steps: TypeAlias = tuple[str, ...]
_Ways: TypeAlias = dict[str, Any]


class Place(NamedTuple):
    """Where something begins in a text: its key, if it has one, and itself."""

    key: Any
    value: Any


def steps_of(pointer: str) -> Steps:
    """Return the parts of a JSON pointer."""
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])


def nearest(each: Problem, places: Mapping[Steps, Place]) -> Any:
    """Return where a problem is: at the key or the value it is about or, where this is missing, at what lacks it."""
    steps = steps_of(each.pointer)
    while steps not in places:
        steps = steps[:-1]
    is_missing = len(steps) < each.pointer.count("/")
    return places[steps].key if each.code in _AT_THE_KEY and not is_missing else places[steps].value


def located(error: InvalidDocumentError, raw: bytes) -> InvalidDocumentError:
    """Return the refusal of some JSON with the line and the column of each problem."""
    problems = [each for each in error.problems if each.code is not ProblemCode.SYNTAX]
    places = placed(raw, [steps_of(each.pointer) for each in problems])
    offsets = {id(each): nearest(each, places) for each in problems}
    lines = dict(_lines(raw, sorted(set(offsets.values()))))
    return InvalidDocumentError(
        tuple(
            evolve(each, line=lines[offsets[id(each)]][0], column=lines[offsets[id(each)]][1])
            if id(each) in offsets
            else each
            for each in error.problems
        )
    )


def _lines(raw: bytes, offsets: Iterable[int]) -> Iterator[tuple[int, tuple[int, int]]]:
    before, line, column = 0, 1, 1
    for offset in offsets:
        between = raw[before:offset]
        if breaks := between.count(b"\n"):
            line, column = line + breaks, 1
        column += len(between[between.rfind(b"\n") + 1 :].decode())
        before = offset
        yield offset, (line, column)


def placed(raw: bytes, wanted: Iterable[Steps]) -> Mapping[Steps, Place]:
    """Return where these places are in some JSON, and those that hold them; what is not there is left out."""
    ways: _Ways = {}
    for steps in wanted:
        held = ways
        for step in steps:
            held = held.setdefault(step, {})
    start = len(raw) - len(raw.lstrip())
    found: dict[Steps, Place] = {(): Place(start, start)}
    with suppress(msgspec.MsgspecError, RecursionError, ValueError):  # what cannot be walked has no places
        found.update(_walk(raw, start, len(raw.strip()), (), ways))
    return found


def _walk(raw: bytes, start: int, size: int, at: Steps, ways: _Ways) -> Iterator[tuple[Steps, Place]]:
    if not ways or raw[start : start + 1] not in (b"{", b"["):
        return
    parts = _pairs if raw[start : start + 1] == b"{" else _items
    for step, place, length in parts(raw, start, memoryview(raw)[start : start + size], ways):
        yield (*at, step), place
        yield from _walk(raw, place.value, length, (*at, step), ways[step])


def _items(raw: bytes, start: int, written: memoryview, ways: _Ways) -> Iterator[tuple[str, Place, int]]:
    last = max((int(step) for step in ways if step.isdecimal()), default=-1)
    position = start + 1
    for number, item in enumerate(msgspec.json.decode(written, type=list[msgspec.Raw])[: last + 1]):
        position = _end(_GAP, raw, position)
        if str(number) in ways:
            yield str(number), Place(position, position), len(item)
        position += len(item)


def _pairs(raw: bytes, start: int, written: memoryview, ways: _Ways) -> Iterator[tuple[str, Place, int]]:
    held = msgspec.json.decode(written, type=dict[str, msgspec.Raw])
    position, found = start + 1, dict[str, tuple[str, Place, int]]()
    while key := _KEY.match(raw, position):
        step, place = json.loads(key[1]), Place(key.start(1), key.end())
        length = _length(raw, place.value, bytes(held[step]))
        found[step] = step, place, length  # the last of several, as it is the last that is read
        position = place.value + length
    yield from (pair for step, pair in found.items() if step in ways)


def _length(raw: bytes, start: int, last: bytes) -> int:
    """Return how long a value is, which is *last* unless its key stands twice."""
    if raw[start : start + 1] not in (b"{", b"["):
        return _end(_SCALAR, raw, start) - start
    if raw.startswith(last, start):
        return len(last)
    text = raw[start:].decode()
    return len(text[: json.JSONDecoder().raw_decode(text)[1]].encode())


def _end(pattern: re.Pattern[bytes], raw: bytes, position: int) -> int:
    found = pattern.match(raw, position)
    return found.end() if found else position
