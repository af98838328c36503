"""
A sequence of items cut into pieces: those that are valid, built in bulk, and those that are not, to be explained.

A batch of some hundred items is built as fast as all of them at once, so one invalid item costs its neighbours little:
the items of its batch are built one by one. Where many are invalid, whole batches are not tried at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import msgspec

from levier.serialization._converting import built_in_bulk
from levier.serialization._counting import colons_in
from levier.serialization._problems import Unknown
from levier.serialization.batches import built

__all__ = ["pieces"]

_BATCH = 256
"""The number of items in a batch: in smaller ones, each item costs more."""
_MANY = 16
"""A batch with more invalid items than this is followed by one that is not tried as a whole."""


def pieces(
    kind: Any, found: Sequence[Any], unknown: Unknown = "refuse"
) -> Iterator[tuple[int, int, Sequence[Any] | None]]:
    """
    Yield the first index, the number and the values of each piece; `None` for values that could not be built.

    The items are of a class of the model, and given as JSON (`msgspec.Raw`) or as plain builtins.
    """
    is_tried = True
    for start in range(0, len(found), _BATCH):
        batch = found[start : start + _BATCH]
        sound = built(kind, batch, unknown) if is_tried else None
        if sound is not None:
            yield start, len(batch), sound
            continue
        values = [None if item is None else built_in_bulk(item, kind) for item in _opened(batch)]
        is_tried = sum(value is None for value in values) <= _MANY
        yield from _runs(start, values)


def _runs(start: int, values: Iterable[Any]) -> Iterator[tuple[int, int, Sequence[Any] | None]]:
    for is_odd, run in groupby(values, lambda value: value is None):
        held = list(run)
        yield start, len(held), None if is_odd else held
        start += len(held)


def _opened(batch: Sequence[Any]) -> Sequence[Any]:
    """
    Return items as plain builtins, and those with a repeated key, which builtins do not show, as `None`.

    Written again, builtins have as many colons as the text, unless a key stands twice.
    """
    if type(batch[0]) is not msgspec.Raw:
        return batch
    try:
        data = b"[" + b",".join(batch) + b"]"
        found: list[Any] = msgspec.json.decode(data)
        if colons_in(data) == msgspec.json.encode(found).count(b":"):
            return found
    except Exception:  # noqa: BLE001, S110  # the caller explains
        pass
    return (None,) if len(batch) == 1 else [part for item in batch for part in _opened((item,))]
