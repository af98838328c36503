"""
A document from the events of a YAML parser: builtins whose scalars are text, and the place of everything.

No tag is obeyed, nothing is guessed, and what is too deep or too much is refused at the event that makes it so.
"""

from __future__ import annotations

from typing import Any, NamedTuple, NoReturn, final

from levier.errors import InvalidDocumentError, LimitExceededError, Problem, ProblemCode
from levier.serialization._plain import Plain
from levier.serialization._positions import Place, Steps
from levier.serialization._problems import Problems, as_step, repeated_key, trail_of
from levier.serialization.limits import Limits

__all__ = ["Composer", "FoundKey"]

_ALIASED = 100_000
"""How many items may stand in a document by alias: enough for what people repeat, too few for a bomb."""
_ALIASED_A_BYTE = 8
"""And how many for each byte of it: a document of a kilobyte is no reason to make a hundred thousand."""
_A_TEXT = 64
"""How many characters of a text weigh as much as an item."""


class FoundKey(NamedTuple):
    """What a document holds, with the lines and columns of its parts and what is wrong with its keys."""

    value: Any
    places: dict[Steps, Place]
    noticed: Problems


class _Holder:
    """An array or an object that is being filled."""

    def __init__(self, value: Any, at: Steps, event: Any) -> None:
        self.value, self.at, self.event = value, at, event
        self.key: str | None = None
        self.key_mark: Any = None
        self.size = 1


@final
class Composer:
    """Takes the events of one document, in their order."""

    def __init__(self, size: int, limits: Limits) -> None:
        """Take so many bytes of text."""
        self._limits = limits
        self._most_aliased = min(_ALIASED, size * _ALIASED_A_BYTE, limits.items)
        self._open: list[_Holder] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._aliased = self._documents = 0
        self._value: Any = None
        self._places: dict[Steps, Place] = {(): Place((1, 1), (1, 1))}
        self._noticed = Problems(limits)

    def found(self) -> FoundKey:
        """Return the document; one of no events at all is null."""
        return FoundKey(self._value, self._places, self._noticed)

    def take(self, event: Any) -> None:
        """
        Take the next event.

        Raises:
            InvalidDocumentError: If it asks for what is not read.
            LimitExceededError: If it is one too deep, or one too many.
        """
        if getattr(event, "tag", None) is not None:
            self._refuse(event, f"the tag {event.tag!r}: what a value is, its class says")
        match type(event).__name__:
            case "DocumentStartEvent":
                self._documents += 1
                if self._documents > 1:
                    self._refuse(event, "a second document")
            case "ScalarEvent":
                # A long text weighs as much as several: an alias may stand for much of either.
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
