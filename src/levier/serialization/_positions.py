"""
The lines and columns of JSON pointers in a text.

They are computed only if there are problems, and only along the paths to these: values beside them are skipped in C.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import accumulate
from typing import Any, NamedTuple, TypeAlias

import msgspec
from attrs import evolve

from levier.errors import InvalidDocumentError, Problem, ProblemCode
from levier.serialization._problems import as_step

__all__ = ["Finder", "Place", "lines_of", "located", "nearest", "placed", "steps_of"]

# Possessive quantifiers: backtracking would store a state for each character of a text.
_KEY = re.compile(rb'[\s,]*+("(?:[^"\\]++|\\.)*+")\s*+:\s*+')
_GAP = re.compile(rb"[\s,]*+")
_SCALAR = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[^\s,\]}]*+')
_PAIR = re.compile(_KEY.pattern + rb'("(?:[^"\\]++|\\.)*+"|[^\s,\]}\[{"]++)?+')
"""A key with its value, which is not matched if it is an object or an array."""
_BRACKET_OR_TEXT = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[\[\]{}]')
_HALF = re.compile(rb"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_DEEPER = {b"[": 1, b"{": 1, b"]": -1, b"}": -1}
_OBJECT, _END_OF_ARRAY = b"{]"
_SMALL = 4_096
"""Parts of up to this many bytes are scanned in Python: cutting them up in C costs more for each level."""
_SHORT = 100
"""Keys of up to this many bytes are shown as they are."""
_AT_THE_KEY = (ProblemCode.UNKNOWN_KEY, ProblemCode.DUPLICATE_KEY)

Steps: TypeAlias = tuple[str, ...]
_Ways: TypeAlias = "dict[str, _Way]"


class Place(NamedTuple):
    """The position of a value in a text, and that of its key, if it has one."""

    key: Any
    value: Any


Finder: TypeAlias = Callable[[bytes, Iterable[Steps]], Mapping[Steps, Place]]
"""Returns the places of paths in a text of a format."""


def steps_of(pointer: str) -> Steps:
    """Return the parts of a JSON pointer."""
    if "~" not in pointer:
        return tuple(pointer.split("/")[1:])
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])


def nearest(each: Problem, places: Mapping[Steps, Place]) -> Any:
    """Return the place of a problem: the key or value that it is about or, if missing, the object that lacks it."""
    steps = steps_of(each.pointer)
    while steps not in places:
        steps = steps[:-1]
    is_missing = len(steps) < each.pointer.count("/")
    return places[steps].key if each.code in _AT_THE_KEY and not is_missing else places[steps].value


def located(error: InvalidDocumentError, raw: bytes, find: Finder | None = None) -> InvalidDocumentError:
    """Return the error of a document with the line and column of each problem, found in its text; by default, JSON."""
    problems = [each for each in error.problems if each.code is not ProblemCode.SYNTAX]
    places = (find or placed)(raw, [steps_of(each.pointer) for each in problems])
    offsets = {id(each): nearest(each, places) for each in problems}
    lines = dict(lines_of(raw, sorted(set(offsets.values()))))
    return evolve(
        error,
        problems=tuple(
            evolve(each, line=lines[offsets[id(each)]][0], column=lines[offsets[id(each)]][1])
            if id(each) in offsets
            else each
            for each in error.problems
        ),
    )


def lines_of(raw: bytes, offsets: Iterable[int]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield offsets, given in increasing order, each with its line and column."""
    before, line, column = 0, 1, 1
    for offset in offsets:
        between = raw[before:offset]
        if breaks := between.count(b"\n"):
            line, column = line + breaks, 1
        column += len(between[between.rfind(b"\n") + 1 :].decode(errors="replace"))  # the content may be invalid UTF-8
        before = offset
        yield offset, (line, column)


class _Way:
    """A path that is searched for, or a prefix of one: its place, once found, and the continuations."""

    __slots__ = ("holder", "key", "value", "visit", "ways")

    def __init__(self) -> None:
        self.ways: _Ways = _NO_WAYS
        self.key = self.value = _NOT_FOUND
        self.visit = 0
        """How often the value here was searched: a repeated key leads here repeatedly."""
        self.holder = 0
        """The number of the search of its parent in which it was found."""

    def on(self, step: str) -> _Way:
        """Return the continuation by a step."""
        if not self.ways:
            self.ways = {}
        return self.ways.setdefault(step, _Way())

    def leads(self, on: _Way, key: int, value: int) -> None:
        """Record the place of a continuation."""
        on.key, on.value, on.holder = key, value, self.visit


_NO_WAYS: _Ways = {}
_NOT_FOUND = -1


def placed(raw: bytes, wanted: Iterable[Steps]) -> Mapping[Steps, Place]:
    """Return the places of these paths in some JSON; for a missing path, the place of its nearest parent."""
    start, origin = len(raw) - len(raw.lstrip()), _Way()
    origin.leads(origin, start, start)
    asked = list(wanted)
    for steps in asked:
        way = origin
        for step in steps:
            way = way.on(step)
    with suppress(msgspec.MsgspecError, RecursionError, ValueError):  # a text that is not JSON has no places
        _Walker(raw).walk(start, len(raw.strip()), origin)
    return {(): Place(start, start)} | dict(_found(steps, origin) for steps in asked)


def _found(steps: Steps, origin: _Way) -> tuple[Steps, Place]:
    way, depth = origin, 0
    while depth < len(steps):
        on = way.ways[steps[depth]]
        if on.value == _NOT_FOUND or on.holder != way.visit:
            break
        way, depth = on, depth + 1
    return steps[:depth], Place(way.key, way.value)


class _Walker:
    """Finds places in some JSON: large values are cut into parts in C, small ones are scanned in Python."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        # msgspec refuses lone surrogates; the replacement has the same length, so positions stay right.
        self._cut = _HALF.sub(rb"\\ufffd", raw) if b"\\u" in raw else raw
        if len(raw) <= _SMALL:
            msgspec.json.decode(self._cut, type=msgspec.Raw)  # raises if this is not JSON

    def walk(self, start: int, size: int, way: _Way) -> None:
        """Find the continuations within a value, which starts at *start* and has *size* bytes."""
        way.visit += 1
        if not way.ways or self._raw[start] not in b"{[":
            return
        if size <= _SMALL:
            self._scan(start, way)
            return
        written = memoryview(self._cut)[start : start + size]
        for step, place, length in (self._pairs if self._raw[start] == _OBJECT else self._items)(written, start, way):
            way.leads(way.ways[step], *place)
            self.walk(place.value, length, way.ways[step])

    def _items(self, written: memoryview, start: int, way: _Way) -> Iterator[tuple[str, Place, int]]:
        wanted = {int(step): step for step in way.ways if step.isdecimal()}
        items = msgspec.json.decode(written, type=list[msgspec.Raw])
        sizes = list(map(len, items))
        if sum(sizes) + len(items) + 1 == len(written):  # no white space, so there is one comma between two items
            starts = list(accumulate(map((1).__add__, sizes), initial=start + 1))
            for number in sorted(number for number in wanted if number < len(items)):
                yield wanted[number], Place(starts[number], starts[number]), sizes[number]
            return
        items, position = items[: max(wanted, default=-1) + 1], start + 1
        for number, item in enumerate(items):
            position = _end(_GAP, self._raw, position)
            if number in wanted:
                yield wanted[number], Place(position, position), len(item)
            position += len(item)

    def _pairs(self, written: memoryview, start: int, way: _Way) -> Iterator[tuple[str, Place, int]]:
        held = msgspec.json.decode(written, type=dict[str, msgspec.Raw])
        last = {key: bytes(value) for key, value in held.items()}  # copied once, however often a key is repeated
        found: dict[str, tuple[str, Place, int]] = {}
        position = start + 1
        while pair := _KEY.match(self._cut, position):
            place = Place(pair.start(1), pair.end())
            position = _end_of_value(self._cut, place.value, last[_key(pair[1])])
            if (step := _step(self._raw[slice(*pair.span(1))], way.ways)) in way.ways:
                found[step] = step, place, position - place.value  # the last of repeated keys, which is read
        yield from found.values()

    def _scan(self, start: int, way: _Way) -> int:
        """Find the continuations within a value at *start*, and return the end of the value."""
        raw = self._raw
        if raw[start] not in b"{[":
            return _end(_SCALAR, raw, start)
        if not way.ways:
            return _end_of_holder(raw, start)
        way.visit += 1
        position = start + 1
        if raw[start] == _OBJECT:
            while pair := _PAIR.match(raw, position):
                on, position = way.ways.get(_step(pair[1], way.ways), _NOWHERE), pair.end()
                if pair[2] is None:
                    way.leads(on, pair.start(1), position)
                    position = self._scan(position, on)
                elif on is not _NOWHERE:
                    way.leads(on, pair.start(1), pair.start(2))
        else:
            number = 0
            while raw[position := _end(_GAP, raw, position)] != _END_OF_ARRAY:
                on = way.ways.get(str(number), _NOWHERE)
                way.leads(on, position, position)
                position, number = self._scan(position, on), number + 1
        return _end(_GAP, raw, position) + 1


_NOWHERE = _Way()


def _key(quoted: bytes) -> str:
    key: str = json.loads(quoted) if b"\\" in quoted else quoted[1:-1].decode()
    return key


def _step(quoted: bytes, ways: _Ways) -> str:
    """Return the step of a JSON pointer for a quoted key."""
    if len(quoted) <= _SHORT and quoted.isascii() and b"\\" not in quoted:
        return quoted[1:-1].decode()  # as `as_step` returns it
    key = _key(quoted)
    return key if key in ways else as_step(key)


def _end_of_value(raw: bytes, start: int, last: bytes) -> int:
    """Return the end of a value, which is *last* unless its key is repeated."""
    if raw[start] not in b"{[":
        return _end(_SCALAR, raw, start)
    # No array or object is a prefix of another one.
    return start + len(last) if raw.startswith(last, start) else _end_of_holder(raw, start)


def _end_of_holder(raw: bytes, start: int) -> int:
    depth = end = 0
    for found in _BRACKET_OR_TEXT.finditer(raw, start):  # pragma: no branch  # msgspec has parsed it, so it closes
        depth, end = depth + _DEEPER.get(found[0], 0), found.end()
        if not depth:
            break
    return end


def _end(pattern: re.Pattern[bytes], raw: bytes, position: int) -> int:
    found = pattern.match(raw, position)
    return found.end() if found else position
