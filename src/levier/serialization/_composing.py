"""
A document from the events of a YAML parser: builtins whose scalars are text, with the position of each part.

No tag is followed and no type is guessed. A document that is too deep or too large is refused at the first event that
exceeds the limit, before it takes memory.
"""

from __future__ import annotations

from typing import Any, NamedTuple, NoReturn

from levier.errors import InvalidDocumentError, LimitExceededError, Problem, ProblemCode
from levier.errors.final import final
from levier.serialization._plain import Plain
from levier.serialization._positions import Place, Steps
from levier.serialization._problems import Problems, as_step, repeated_key, trail_of
from levier.serialization.limits import Limits

__all__ = ["Composer", "FoundKey"]

_ALIASED = 100_000
"""The number of items that aliases may add to a document: enough for people, too few for an exponential bomb."""
_ALIASED_A_BYTE = 8
"""The number of items that aliases may add for each byte, so that a kilobyte cannot create a hundred thousand."""
_A_TEXT = 64
"""The number of characters of a text that count as one item."""


class FoundKey(NamedTuple):
    """The content of a document, with the lines and columns of its parts and the problems of its keys."""

    value: Any
    places: dict[Steps, Place]
    noticed: Problems


class _Holder:
    """An array or an object under construction."""

    def __init__(self, value: Any, at: Steps, event: Any) -> None:
        self.value, self.at, self.event = value, at, event
        self.key: str | None = None
        self.key_mark: Any = None
        self.size = 1


@final
class Composer:
    """Builds a document from its events, in their order."""

    def __init__(self, size: int, limits: Limits) -> None:
        """Create a composer for *size* bytes of text."""
        self._limits = limits
        self._most_aliased = min(_ALIASED, size * _ALIASED_A_BYTE, limits.items)
        self._open: list[_Holder] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._aliased = self._documents = 0
        self._value: Any = None
        self._places: dict[Steps, Place] = {(): Place((1, 1), (1, 1))}
        self._noticed = Problems(limits)

    def found(self) -> FoundKey:
        """Return the document; null if there were no events."""
        return FoundKey(self._value, self._places, self._noticed)

    def take(self, event: Any) -> None:
        """
        Process the next event.

        Raises:
            InvalidDocumentError: If it uses a feature that is not supported, such as a tag.
            LimitExceededError: If it makes the document too deep or too large.
        """
        if getattr(event, "tag", None) is not None:
            self._refuse(event, f"the tag {event.tag!r}: what a value is, its class says")
        match type(event).__name__:
            case "DocumentStartEvent":
                self._documents += 1
                if self._documents > 1:
                    self._refuse(event, "a second document")
            case "ScalarEvent":
                # A long text counts as several items, because an alias may repeat either.
                size = 1 + len(event.value) // _A_TEXT
                self._put(Plain(event.value) if event.implicit[0] else event.value, size, event)
            case "AliasEvent":
                self._put(*self._named(event), event)
            case "SequenceStartEvent" | "MappingStartEvent" as name:
                self._start([] if name.startswith("Sequence") else {}, event)
            case "SequenceEndEvent" | "MappingEndEvent":
                holder = self._open.pop()
                self._put(holder.value, holder.size, holder.event)
            case _:
                pass

    def _start(self, value: Any, event: Any) -> None:
        at = self._next_place(event) if self._open else ()
        self._open.append(_Holder(value, at, event))
        if len(self._open) > self._limits.depth:
            raise LimitExceededError("depth", self._limits.depth, len(self._open))

    def _next_place(self, event: Any) -> Steps:
        holder = self._open[-1]
        if isinstance(holder.value, list):
            return (*holder.at, str(len(holder.value)))
        if holder.key is None:
            self._refuse(event, "a key that is no text")
        return (*holder.at, as_step(holder.key))

    def _put(self, value: Any, size: int, event: Any) -> None:
        if type(event).__name__ != "AliasEvent" and event.anchor:
            self._anchors[event.anchor] = value, size
        if not self._open:
            self._value, self._places[()] = value, Place(_mark(event), _mark(event))
            return
        holder = self._open[-1]
        holder.size += size
        if isinstance(holder.value, dict) and holder.key is None:
            self._put_key(holder, value, event)
            return
        at = self._next_place(event)
        self._places[at] = Place(holder.key_mark or _mark(event), _mark(event))
        if isinstance(holder.value, list):
            holder.value.append(value)
        else:
            holder.value[holder.key], holder.key = value, None

    def _put_key(self, holder: _Holder, key: Any, event: Any) -> None:
        if not isinstance(key, str):
            self._refuse(event, "a key that is no text")
        holder.key, holder.key_mark = str(key), _mark(event)
        if key in holder.value:
            self._noticed.note(repeated_key, trail_of(*holder.at, str(key)))

    def _named(self, event: Any) -> tuple[Any, int]:
        if event.anchor not in self._anchors:
            self._refuse(event, f"the alias {event.anchor!r}, which names nothing that is complete before it")
        value, size = self._anchors[event.anchor]
        self._aliased += size
        if self._aliased > self._most_aliased:
            raise LimitExceededError("items", self._most_aliased, self._aliased)
        return value, size

    def _refuse(self, event: Any, what: str) -> NoReturn:
        line, column = _mark(event)
        message = f"not a YAML document that can be read: {what}"
        wrong = Problem(pointer="", code=ProblemCode.SYNTAX, message=message, line=line, column=column)
        raise InvalidDocumentError((wrong,))


def _mark(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
