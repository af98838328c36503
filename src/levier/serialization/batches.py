"""
Items built in bulk, in batches as large as possible.

Items are JSON (`msgspec.Raw`) or plain builtins. A batch is built in bulk only if all its items are valid.
The size of batches doubles while they are valid; an invalid batch is cut until the invalid items are among a few, which
are then read one by one, with explanations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from levier._once import once
from levier.model._shapes import array_of
from levier.model.instruments import Instrument
from levier.serialization._builtins import read_builtins
from levier.serialization._bulk import FORMS, Form, accept, twin
from levier.serialization._counting import colons_in, keys_in, with_absences
from levier.serialization._problems import Problems, Unknown, is_array
from levier.serialization.hooks import INSTRUMENTS, class_of_kind, decode_scalar
from levier.serialization.limits import LIMITS

__all__ = ["batches", "instruments_from", "opened_items", "read_as"]

_MOST = 16_384
"""The largest number of items in a batch: joining them takes 80 bytes for each, however short it is."""
_FEW = 32
"""Batches of this size are not cut any more: trying each item alone costs more than explaining all of them."""
_MOST_UNTRIED = 64
"""The largest number of small batches in a row that are explained without a trial."""


def read_as(kind: Any, form: Form) -> Any:
    """Return the type to decode an array into: twins or, if the class of an item depends on its *kind*, builtins."""
    return array_of(Any if kind is Instrument else twin(kind, form))


def instruments_from(found: Iterable[Any], form: Form) -> list[Any]:
    """
    Return the twins of instruments given as builtins.

    Raises:
        LevierError: If one has no *kind*.
        ValidationError: If one does not match its *kind*.
    """
    return [
        msgspec.convert(item, twin(class_of_kind(item, Instrument), form), dec_hook=decode_scalar) for item in found
    ]


def opened_items(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document as plain builtins; its items may be JSON."""
    return {noun: list(map(_opened, held)) if is_array(held) else held for noun, held in found.items()}


def _opened(item: Any) -> Any:
    return msgspec.json.decode(item) if type(item) is msgspec.Raw else item


def batches(
    kind: Any, found: Sequence[Any], unknown: Unknown = "refuse"
) -> Iterator[tuple[int, int, Sequence[Any] | None]]:
    """Yield the first index, the number and the values of each batch; `None` for values that could not be built."""
    start, size, patience = 0, _FEW, 1
    while start < len(found):
        batch = found[start : start + size]
        sound = _in_bulk(kind, batch, unknown)
        if sound is None and len(batch) > _FEW:
            size = max(_FEW, size // 8)
            continue
        yield start, len(batch), sound
        start += len(batch)
        if sound is not None:
            size, patience = min(_MOST, size * 2), 1
            continue
        # After many invalid items in a row, the next trial will probably fail too: skip more and more items.
        for _ in range(patience):
            if batch := found[start : start + _FEW]:
                yield start, len(batch), None
                start += len(batch)
        patience = min(_MOST_UNTRIED, patience * 2)


def _in_bulk(kind: Any, found: Sequence[Any], unknown: Unknown) -> Sequence[Any] | None:
    """Return the items of class *kind*, or `None` if any of them is invalid."""
    read = _decoded if found and type(found[0]) is msgspec.Raw else _converted
    try:
        for form in FORMS:
            if (items := read(kind, found, form)) is not None:
                return items
        return _as_far_as_known(kind, found) if unknown == "ignore" else None
    except Exception:  # noqa: BLE001  # the caller then reads each item, and explains
        return None


def _decoded(kind: Any, found: Sequence[Any], form: Form) -> Sequence[Any] | None:
    data = b"[" + b",".join(found) + b"]"
    items, absent = with_absences(lambda: _twins(kind, _decoder(kind, form).decode(data), form))
    keys, colons = accept(items)
    return items if keys - absent + colons == colons_in(data) else None


def _converted(kind: Any, found: Sequence[Any], form: Form) -> Sequence[Any] | None:
    _decoder(kind, form)  # builds it now, because msgspec cannot inspect a class in two threads at once
    kind_read = read_as(kind, form)
    items, absent = with_absences(lambda: _twins(kind, msgspec.convert(found, kind_read, dec_hook=decode_scalar), form))
    return items if accept(items).keys - absent == keys_in(found) else None


def _as_far_as_known(kind: Any, found: Sequence[Any]) -> Sequence[Any] | None:
    """Return items some of whose keys are unknown and ignored; `None` if one is repeated, which is not."""
    repeated = Problems()
    held: Any = found
    if type(found[0]) is msgspec.Raw:
        held = read_builtins(b"[" + b",".join(found) + b"]", repeated, LIMITS)
    items = _twins(kind, msgspec.convert(held, read_as(kind, "lean"), dec_hook=decode_scalar), "lean")
    accept(items)
    return None if repeated.count else items


def _twins(kind: Any, found: Sequence[Any], form: Form) -> Sequence[Any]:
    return instruments_from(found, form) if kind is Instrument else found


@once
def _decoder(kind: Any, form: Form) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(read_as(kind, form), dec_hook=decode_scalar)


for _instrument in INSTRUMENTS.values():  # converted from builtins, so no decoder above has inspected them
    _decoder(_instrument, "lean")
