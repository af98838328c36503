"""
The layout of TOML as people write it.

Each thing with an identifier is a table of its own. Any other object is inline if it is small: it fits on a line and
holds no array of objects. Observations and entries of journals, which come by the hundred, are always inline, one a
line. In TOML, what is inline stands before the tables, whatever the order of the fields; elsewhere that order is kept.

The package that writes TOML writes the keys, texts and numbers; its own layout breaks each array of texts into lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from levier.errors import InvalidValueError

__all__ = ["Layout"]

_WIDTH = 132
_INDENT = "  "
_ROWS = ("observations", "entries")
"""The arrays that have one object a line, however many there are and however long they are."""


class Layout:
    """Lays out builtins; *write* returns the line of one key and its scalar."""

    def __init__(self, write: Callable[[Mapping[str, Any]], str]) -> None:
        self._write = write
        self._keys: dict[str, str] = {}

    def lines(self, table: Mapping[str, Any], path: str = "") -> Iterator[str]:
        """
        Yield the lines of an object, whose header has *path*.

        Raises:
            InvalidValueError: If it holds null.
        """
        inline = {key: None if self._is_long(key, value) else self._pair(key, value) for key, value in table.items()}
        yield from filter(None, inline.values())
        for key in (key for key, line in inline.items() if line is None):
            name, value = f"{path}{self._key(key)}", table[key]
            headed = [(f"[{name}]", value)] if type(value) is dict else [(f"[[{name}]]", each) for each in value]
            for header, part in headed:
                yield from ("", header)
                yield from self.lines(part, f"{name}.")

    def _is_long(self, key: str, value: Any) -> bool:
        """Return whether a value has to be written as a table, or as several."""
        if type(value) is dict:
            return _holds_arrays(value) or len(self._pair(key, value)) > _WIDTH
        return _is_of_objects(value) and key not in _ROWS and any(map(self._is_table, value))

    def _is_table(self, item: dict[str, Any]) -> bool:
        return "id" in item or _holds_arrays(item) or len(f"{_INDENT}{self._inline(item)},") > _WIDTH

    def _pair(self, key: str, value: Any) -> str:
        line = f"{self._key(key)} = {self._inline(value)}"
        is_rows = key in _ROWS and _is_of_objects(value)
        if type(value) is not list or not value or (len(line) <= _WIDTH and not is_rows):
            return line
        items = "".join(f"{_INDENT}{self._inline(each)},\n" for each in value)
        return f"{self._key(key)} = [\n{items}]"

    def _inline(self, value: Any) -> str:
        if type(value) is dict:
            pairs = ", ".join(f"{self._key(key)} = {self._inline(part)}" for key, part in value.items())
            return f"{{ {pairs} }}" if pairs else "{}"
        if type(value) is list:
            return f"[{', '.join(map(self._inline, value))}]"
        if value is None:
            raise InvalidValueError("dumps", value, "a value without null, which TOML does not have")
        return self._write({"": value})[len('"" = ') : -1]

    def _key(self, key: str) -> str:
        if key not in self._keys:
            self._keys[key] = self._write({key: 0})[: -len(" = 0\n")]
        return self._keys[key]


def _holds_arrays(item: dict[str, Any]) -> bool:
    """Return whether an object holds an array of objects, at any depth."""
    return any(_holds_arrays(part) if type(part) is dict else _is_of_objects(part) for part in item.values())


def _is_of_objects(value: Any) -> bool:
    return type(value) is list and bool(value) and all(type(each) is dict for each in value)
