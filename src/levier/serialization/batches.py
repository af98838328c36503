"""
Items built in bulk: a batch of JSON (`msgspec.Raw`) or of plain builtins, if all its items are valid.

`_pieces` cuts what it is given into batches, and finds the invalid items.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from levier._once import once
from levier.model._shapes import array_of
from levier.model.instruments import Instrument
from levier.serialization._builtins import read_builtins
from levier.serialization._bulk import FORMS, Form, accept, twin
from levier.serialization._counting import are_plain, colons_in, is_plain, with_absences
from levier.serialization._problems import Problems, Unknown, is_array
from levier.serialization._scalars import class_of_kind, decode_scalar
from levier.serialization.limits import LIMITS

__all__ = ["built", "counted", "instruments_from", "opened_items", "read_as"]


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
    return [msgspec.convert(item, _instrument(item, form), dec_hook=decode_scalar) for item in found]


def _instrument(item: Any, form: Form) -> Any:
    cls = class_of_kind(item, Instrument)
    _decoder(cls, form)  # as in `counted`
    return twin(cls, form)


def opened_items(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document as plain builtins; its items may be JSON."""
    return {noun: list(map(_opened, held)) if is_array(held) else held for noun, held in found.items()}


def _opened(item: Any) -> Any:
    return msgspec.json.decode(item) if type(item) is msgspec.Raw else item


def built(kind: Any, found: Sequence[Any], unknown: Unknown = "refuse") -> Sequence[Any] | None:
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
    items, keys = counted(kind, found, form)
    return items if is_plain(found, keys) else None


def counted(kind: Any, found: Sequence[Any], form: Form) -> tuple[Sequence[Any], int]:
    """
    Return items of class *kind* from plain builtins, and the number of keys that they were built from.

    Raises:
        LevierError: If a validator refuses one.
        ValidationError: If one is not of the class.
    """
    _decoder(kind, form)  # builds it now, because msgspec cannot inspect a class in two threads at once
    kind_read = read_as(kind, form)
    items, absent = with_absences(lambda: _twins(kind, msgspec.convert(found, kind_read, dec_hook=decode_scalar), form))
    return items, accept(items).keys - absent


def _as_far_as_known(kind: Any, found: Sequence[Any]) -> Sequence[Any] | None:
    """
    Return items some of whose keys are unknown and ignored; `None` otherwise.

    A repeated key is not ignored, and what is no plain builtin could be a known value.
    """
    repeated = Problems()
    held: Any = found
    if type(found[0]) is msgspec.Raw:
        held = read_builtins(b"[" + b",".join(found) + b"]", repeated, LIMITS)
    elif not are_plain(found):
        return None
    items = _twins(kind, msgspec.convert(held, read_as(kind, "lean"), dec_hook=decode_scalar), "lean")
    accept(items)
    return None if repeated.count else items


def _twins(kind: Any, found: Sequence[Any], form: Form) -> Sequence[Any]:
    return instruments_from(found, form) if kind is Instrument else found


@once
def _decoder(kind: Any, form: Form) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(read_as(kind, form), dec_hook=decode_scalar)
