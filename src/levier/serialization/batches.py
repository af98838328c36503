"""
Items built in bulk, as many at a time as are sound.

What is written for an item is JSON (`msgspec.Raw`) or plain builtins.
A batch is built only if all of it is sound.
Batches grow as long as they are, and shrink until what is odd stands among a few, to be explained by other means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from levier._once import once
from levier.model._shapes import array_of
from levier.model.instruments import Instrument
from levier.serialization._bulk import accept, twin
from levier.serialization._counting import colons_in, keys_in, with_absences
from levier.serialization._problems import is_array
from levier.serialization.hooks import INSTRUMENTS, class_of_kind, decode_scalar

__all__ = ["batches", "instruments_from", "opened_items", "read_as"]

_MOST = 16_384
"""How many items are tried at once: to join them takes 80 bytes for each, however short it is."""
_FEW = 32
"""How many items are not cut any more: trying each by itself costs more than explaining all."""
_MOST_UNTRIED = 64
"""How many times as many are explained untried where no item has been sound for long."""


def read_as(kind: Any) -> Any:
    """Return what an array of items is decoded into: twins or, where their class depends on the item, builtins."""
    return array_of(Any if kind is Instrument else twin(kind))


def instruments_from(found: Iterable[Any]) -> list[Any]:
    """
    Return the twins of instruments that are given as builtins.

    Raises:
        LevierError: If one does not say its kind.
        ValidationError: If one is not of the kind that it says.
    """
    return [msgspec.convert(item, twin(class_of_kind(item, Instrument)), dec_hook=decode_scalar) for item in found]


def opened_items(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document as plain builtins, whose items may be given as JSON."""
    return {noun: list(map(_opened, held)) if is_array(held) else held for noun, held in found.items()}


def _opened(item: Any) -> Any:
    return msgspec.json.decode(item) if type(item) is msgspec.Raw else item


def batches(kind: Any, found: Sequence[Any]) -> Iterator[tuple[int, int, Sequence[Any] | None]]:
    """Yield the place, the number and the values of items built in bulk; `None` for a few of which some cannot be."""
    start, size, patience = 0, _FEW, 1
    while start < len(found):
        batch = found[start : start + size]
        sound = _in_bulk(kind, batch)
        if sound is None and len(batch) > _FEW:
            size = max(_FEW, size // 8)
            continue
        yield start, len(batch), sound
        start += len(batch)
        if sound is not None:
            size, patience = min(_MOST, size * 2), 1
            continue
        # Where many are odd in a row, trying the next ones in bulk is in vain: more and more of them are not tried.
        for _ in range(patience):
            if batch := found[start : start + _FEW]:
                yield start, len(batch), None
                start += len(batch)
        patience = min(_MOST_UNTRIED, patience * 2)


def _in_bulk(kind: Any, found: Sequence[Any]) -> Sequence[Any] | None:
    """Return the items of class *kind* that are written so, or `None` if one of them, whichever, is odd."""
    try:
        return _decoded(kind, found) if found and type(found[0]) is msgspec.Raw else _converted(kind, found)
    except Exception:  # noqa: BLE001  # each item is then tried by itself, and explained
        return None


def _decoded(kind: Any, found: Sequence[Any]) -> Sequence[Any] | None:
    data = b"[" + b",".join(found) + b"]"
    items, absent = with_absences(lambda: _twins(kind, _decoder(kind).decode(data)))
    keys, colons = accept(items)
    return items if keys - absent + colons == colons_in(data) else None


def _converted(kind: Any, found: Sequence[Any]) -> Sequence[Any] | None:
    _decoder(kind)  # msgspec has then read the classes, which it cannot do in two threads at a time
    items, absent = with_absences(lambda: _twins(kind, msgspec.convert(found, read_as(kind), dec_hook=decode_scalar)))
    return items if accept(items).keys - absent == keys_in(found) else None


def _twins(kind: Any, found: Sequence[Any]) -> Sequence[Any]:
    return instruments_from(found) if kind is Instrument else found


@once
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(read_as(kind), dec_hook=decode_scalar)


for _instrument in INSTRUMENTS.values():  # converted from builtins: no decoder of a document has read their classes
    _decoder(_instrument)
