"""
Lines and columns of the places that JSON pointers name.

They are sought only where there are problems, and only along the way to them: what stands beside is skipped in C.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple, TypeAlias, cast

import msgspec
from attrs import evolve

from levier.errors import InvalidDocumentError, Problem, ProblemCode
from levier.serialization._problems import as_step

__all__ = ["Place", "located", "nearest", "placed", "steps_of"]

# Possessive: what goes back over a text keeps a note of each of its characters.
_KEY = re.compile(rb'[\s,]*+("(?:[^"\\]++|\\.)*+")\s*+:\s*+')
_GAP = re.compile(rb"[\s,]*+")
_SCALAR = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[^\s,\]}]*+')
_BRACKET_OR_TEXT = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[\[\]{}]')
_DEEPER = {b"[": 1, b"{": 1, b"]": -1, b"}": -1}
_AT_THE_KEY = (ProblemCode.UNKNOWN_KEY, ProblemCode.DUPLICATE_KEY)

Steps: TypeAlias = tuple[str, ...]
_Ways: TypeAlias = "dict[str, _Way]"


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
    return evolve(
        error,
        problems=tuple(
            evolve(each, line=lines[offsets[id(each)]][0], column=lines[offsets[id(each)]][1])
            if id(each) in offsets
            else each
            for each in error.problems
        ),
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


class _Way:
    """A place that is sought, or that leads to one: where it is, once it is found, and the ways on from there."""

    __slots__ = ("place", "ways")

    def __init__(self) -> None:
        self.place: Place | None = None
        self.ways: _Ways = {}


def placed(raw: bytes, wanted: Iterable[Steps]) -> Mapping[Steps, Place]:
    """Return where these places are in some JSON and, instead of one that is not there, the nearest that holds it."""
    start, origin = len(raw) - len(raw.lstrip()), _Way()
    origin.place = Place(start, start)
    asked = list(wanted)
    for steps in asked:
        way = origin
        for step in steps:
            if step not in way.ways:
                way.ways[step] = _Way()
            way = way.ways[step]
    with suppress(msgspec.MsgspecError, RecursionError, ValueError):  # what cannot be walked has no places
        _walk(raw, start, len(raw.strip()), origin.ways)
    return {(): origin.place} | dict(_found(steps, origin) for steps in asked)


def _found(steps: Steps, origin: _Way) -> tuple[Steps, Place]:
    way, depth = origin, 0
    while depth < len(steps) and way.ways[steps[depth]].place is not None:
        way, depth = way.ways[steps[depth]], depth + 1
    return steps[:depth], cast("Place", way.place)


def _walk(raw: bytes, start: int, size: int, ways: _Ways) -> None:
    if not ways or raw[start : start + 1] not in (b"{", b"["):
        return
    parts = _pairs if raw[start : start + 1] == b"{" else _items
    for step, place, length in parts(raw, start, memoryview(raw)[start : start + size], ways):
        ways[step].place = place
        _walk(raw, place.value, length, ways[step].ways)


def _items(raw: bytes, start: int, written: memoryview, ways: _Ways) -> Iterator[tuple[str, Place, int]]:
    wanted = {int(step): step for step in ways if step.isdecimal()}
    position = start + 1
    for number, item in enumerate(msgspec.json.decode(written, type=list[msgspec.Raw])[: max(wanted, default=-1) + 1]):
        position = _end(_GAP, raw, position)
        if number in wanted:
            yield wanted[number], Place(position, position), len(item)
        position += len(item)


def _pairs(raw: bytes, start: int, written: memoryview, ways: _Ways) -> Iterator[tuple[str, Place, int]]:
    held = msgspec.json.decode(written, type=dict[str, msgspec.Raw])
    position, found = start + 1, dict[str, tuple[str, Place, int]]()
    while pair := _KEY.match(raw, position):
        key = json.loads(pair[1]) if b"\\" in pair[1] else pair[1][1:-1].decode()
        place = Place(pair.start(1), pair.end())
        length = _length(raw, place.value, held[key])
        position = place.value + length
        if (step := as_step(key)) in ways:
            found[step] = step, place, length  # the last of several, as it is the last that is read
    yield from found.values()


def _length(raw: bytes, start: int, last: msgspec.Raw) -> int:
    """Return how long a value is, which is *last* unless its key stands twice."""
    if raw[start : start + 1] not in (b"{", b"["):
        return _end(_SCALAR, raw, start) - start
    # No array or object is the beginning of another one. Compared in place: a copy each time would be by the square.
    is_last = memoryview(raw)[start : start + len(last)] == memoryview(last)
    return len(last) if is_last else _end_of_holder(raw, start) - start


def _end_of_holder(raw: bytes, start: int) -> int:
    depth = 0
    for found in _BRACKET_OR_TEXT.finditer(raw, start):
        depth += _DEEPER.get(found[0], 0)
        if not depth:
            return found.end()
    return len(raw)


def _end(pattern: re.Pattern[bytes], raw: bytes, position: int) -> int:
    found = pattern.match(raw, position)
    return found.end() if found else position
