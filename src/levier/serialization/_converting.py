"""
Values from plain builtins, built in bulk: the fast way of `structure`; one object is built by `_read_alone`.

msgspec takes more than the plain builtins that JSON is parsed to, such as a `datetime.date` for a day, and ignores
unknown keys. So the builtins are looked through (`_counting.is_plain`).

As in `_bulk`, nothing here explains an error: `readers` reads again what is refused here, and describes every problem.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any

import msgspec
from attrs import has

from levier._once import once
from levier.model._shapes import array_of, class_of, hints_of, item_of
from levier.model.instruments import AnyInstrument, Instrument
from levier.model.portfolio import Excerpt, Portfolio
from levier.serialization._bulk import FORMS
from levier.serialization._collector import uncollected
from levier.serialization._counting import is_plain
from levier.serialization._problems import is_array
from levier.serialization._read_alone import ReadAlone, TooLargeError, decode_alone, read_alone
from levier.serialization._scalars import kinds_of
from levier.serialization.batches import counted

__all__ = ["ALONE", "ALONE_IN_JSON", "built_in_bulk", "is_in_bulk"]


def built_in_bulk(found: Any, kind: Any) -> Any:
    """Return the value of type *kind*, or `None` if it is invalid or the type is not one to build in bulk."""
    try:
        return _built(found, kind) if (read := ALONE[kind]) is None else read(found)
    except TooLargeError:
        many = built_in_bulk([found], array_of(kind))
        return None if many is None else many[0]
    except Exception:  # noqa: BLE001  # the caller then reads it again, and explains
        return None


def _built(found: Any, kind: Any) -> Any:
    if kind is Portfolio:
        return uncollected(lambda: _portfolio(found))
    if (item := item_of(kind)) is not None and is_in_bulk(item):
        return uncollected(lambda: class_of(kind)(_items(found, item)))
    return None


def _portfolio(found: Any) -> Portfolio:
    if type(found) is not dict:
        raise ValueError("no object")
    return Portfolio(**{noun: _items(held, item_of(_NOUNS[noun])) for noun, held in found.items()})


class _Alone(dict[Any, ReadAlone | None]):
    """The function that reads one value of each type alone; `None` for types that have none."""

    def __init__(self, read: Callable[[Any], ReadAlone], kind_in: Callable[[Any], str]) -> None:
        super().__init__()
        self._read, self._kind_in = read, kind_in

    def __missing__(self, kind: Any) -> ReadAlone | None:
        self[kind] = read = self._found(kind)
        return read

    def _found(self, kind: Any) -> ReadAlone | None:
        if kind in _TOLD_BY_KIND:
            return lambda given: self._read(kinds_of(kind)[self._kind_in(given)])(given)
        return self._read(kind) if is_in_bulk(kind) else None


class _Kind(msgspec.Struct):
    """The key that tells the class of an object."""

    kind: str


_kind = msgspec.json.Decoder(_Kind)


def _kind_in(raw: bytes) -> str:
    return _kind.decode(raw).kind


ALONE = _Alone(read_alone, itemgetter("kind"))
"""From plain builtins."""
ALONE_IN_JSON = _Alone(decode_alone, _kind_in)
"""From JSON."""


_TOLD_BY_KIND = (Instrument, AnyInstrument)
_NOUNS: Mapping[str, Any] = hints_of(Portfolio)


@once
def is_in_bulk(kind: Any) -> bool:
    """Return whether a type is a class of the model with fields, without type variables, or the instruments."""
    if kind in _TOLD_BY_KIND:
        return True
    is_ours = isinstance(kind, type) and kind.__module__.startswith("levier.model.") and has(kind)
    return is_ours and kind not in (Portfolio, Excerpt) and not getattr(kind, "__parameters__", ())


def _items(found: Any, kind: Any) -> Any:
    """
    Return the items of an array.

    Raises:
        ValueError: If they are not plain builtins with the keys of their class.
    """
    for form in FORMS:
        items, keys = counted(Instrument if kind in _TOLD_BY_KIND else kind, found, form)
        if is_array(found) and is_plain(found, keys):
            return items
    raise ValueError("other builtins, or unknown keys")
