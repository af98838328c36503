"""
The lines and columns of JSON pointers in a TOML text, whose parser gives none.

They are computed only if there are problems. The text is known to be TOML, so what stands between the keys, headers and
brackets is skipped without a check.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping

from levier.serialization._positions import Place, Steps
from levier.serialization._problems import as_step

__all__ = ["places_in_toml"]

# Possessive quantifiers, as for JSON.
_BLANK = re.compile(rb"(?:[ \t\r\n]++|#[^\n]*+)*+")
_SPACE = re.compile(rb"[ \t]*+")
_KEY = re.compile(rb"""[A-Za-z0-9_-]++|"(?:[^"\\]++|\\.)*+"|'[^']*+'""")
_SCALAR = re.compile(
    rb'''
    """ (?: [^"\\]++ | \\. | "(?!"") )*+ "{3,5}     # of several lines; it may end in two quotes of its own
    | \'{3} (?: [^']++ | '(?!'') )*+ \'{3,5}
    | " (?: [^"\\]++ | \\. )*+ "
    | \' [^']*+ \'
    | [^,\]}\#\r\n]++
    ''',
    re.DOTALL | re.VERBOSE,
)


class _Way:
    """A path that is searched for, or a prefix of one: its place, once found, and the continuations."""

    __slots__ = ("items", "place", "ways")

    def __init__(self) -> None:
        self.ways: dict[str, _Way] = {}
        self.place: Place | None = None
        self.items = 0
        """The number of tables under headers in double brackets, if it is an array of such."""


def places_in_toml(raw: bytes, wanted: Iterable[Steps]) -> Mapping[Steps, Place]:
    r"""
    Return the places of these paths in some TOML; for a missing path, the place of its nearest parent.

    >>> found = places_in_toml(b"a = 1\n[[b]]\nc = [2, 3]", [("b", "0", "c", "1")])
    >>> found["b", "0", "c", "1"].value
    20
    """
    origin, asked = _Way(), list(wanted)
    origin.place = Place(0, 0)
    for steps in asked:
        way = origin
        for step in steps:
            way = way.ways.setdefault(step, _Way())
    _Walker(raw).walk(origin)
    return dict(_found(steps, origin) for steps in (*asked, ()))


def _found(steps: Steps, origin: _Way) -> tuple[Steps, Place]:
    place, depth = Place(0, 0), 0
    for way in _along(steps, origin):
        if way.place is None:
            break
        place, depth = way.place, depth + 1
    return steps[:depth], place


def _along(steps: Steps, way: _Way) -> Iterable[_Way]:
    for step in steps:
        way = way.ways[step]
        yield way


class _Walker:
    """Finds places in some TOML."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def walk(self, origin: _Way) -> None:
        """Find the places of the continuations of the whole document."""
        table: _Way | None = origin
        position = self._end(_BLANK, 0)
        while position < len(self._raw):
            if self._raw[position : position + 1] == b"[":
                position, table = self._header(position, origin)
            else:
                position = self._pair(position, table)
            position = self._end(_BLANK, position)

    def _header(self, start: int, origin: _Way) -> tuple[int, _Way | None]:
        is_array = self._raw[start : start + 2] == b"[["
        position, keys = self._keys(start + 1 + is_array)
        way: _Way | None = origin
        for number, (at, step) in enumerate(keys, 1):
            way = _into(way, step, Place(at, start))
            if way is not None and is_array and number == len(keys):
                way.items += 1
            if way is not None and way.items:
                way = _into(way, str(way.items - 1), Place(at, start))
        return position + 1 + is_array, way

    def _pair(self, start: int, way: _Way | None) -> int:
        """Find what is wanted of a key and its value, and return the end of the value."""
        position, keys = self._keys(start)
        value = self._end(_SPACE, position + 1)  # after the equals sign
        for at, step in keys:
            way = _into(way, step, Place(at, value))
        return self._value(value, way)

    def _keys(self, start: int) -> tuple[int, list[tuple[int, bytes]]]:
        """Return the end of a dotted key, with the space behind it, and its parts with their places."""
        keys: list[tuple[int, bytes]] = []
        position = start - 1
        while not keys or self._raw[position : position + 1] == b".":
            at = self._end(_SPACE, position + 1)
            end = self._end(_KEY, at)
            keys.append((at, self._raw[at:end]))
            position = self._end(_SPACE, end)
        return position, keys

    def _value(self, start: int, way: _Way | None) -> int:
        opening = self._raw[start : start + 1]
        if opening not in (b"[", b"{"):
            return self._end(_SCALAR, start)
        position, number = self._end(_BLANK, start + 1), 0
        while self._raw[position : position + 1] not in (b"]", b"}"):
            if opening == b"{":
                position = self._pair(position, way)
            else:
                position = self._value(position, _into(way, str(number), Place(position, position)))
            position, number = self._end(_BLANK, position), number + 1
            if self._raw[position : position + 1] == b",":
                position = self._end(_BLANK, position + 1)
        return position + 1

    def _end(self, pattern: re.Pattern[bytes], position: int) -> int:
        found = pattern.match(self._raw, position)
        return found.end() if found else position


def _into(way: _Way | None, written: bytes | str, place: Place) -> _Way | None:
    """Return the continuation by a key, as it is written, and record its place; `None` if nothing there is wanted."""
    if way is None or not way.ways:
        return None
    step = written if isinstance(written, str) else _step(written)
    found = way.ways.get(step) or way.ways.get(as_step(step))
    if found is not None and found.place is None:
        found.place = place
    return found


def _step(written: bytes) -> str:
    if written[:1] not in (b'"', b"'"):
        return written.decode()
    if b"\\" not in written:
        return written[1:-1].decode()
    (key,) = tomllib.loads(f"{written.decode()} = 0")
    return key
