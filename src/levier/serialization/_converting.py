"""
Values from plain builtins, built in bulk: the fast way of `structure`.

msgspec takes more than the plain builtins that JSON is parsed to, such as a `datetime.date` for a day, and ignores
unknown keys. So the builtins are looked through, level by level and in C: nothing but plain builtins may be there, with
as many keys as were decoded. The values under an unknown key are never visited, because the key itself is one too many;
so a list that holds itself ends the walk.

As in `_bulk`, nothing here explains an error: `readers` reads again what is refused here, and describes every problem.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import has

from levier._once import once
from levier.model._shapes import class_of, hints_of, item_of
from levier.model.instruments import AnyInstrument, Instrument
from levier.model.portfolio import Excerpt, Portfolio
from levier.serialization._bulk import FORMS
from levier.serialization._collector import uncollected
from levier.serialization._problems import is_array
from levier.serialization._scalars import class_of_kind
from levier.serialization._single import decoded, is_plain, single
from levier.serialization._turning import TooLargeError
from levier.serialization.batches import counted

__all__ = ["built_in_bulk", "decoded_alone", "is_in_bulk"]


def decoded_alone(raw: bytes, kind: Any) -> Any:
    """Return the value of a class of the model from JSON, or `None` if it is invalid or to be built another way."""
    try:
        return decoded(raw, kind) if is_in_bulk(kind) and kind not in _TOLD_BY_KIND else None
    except Exception:  # noqa: BLE001  # as below
        return None


def built_in_bulk(found: Any, kind: Any) -> Any:
    """Return the value of type *kind*, or `None` if it is invalid or the type is not one to build in bulk."""
    try:
        return _built(found, kind)
    except Exception:  # noqa: BLE001  # the caller then reads it again, and explains
        return None


def _built(found: Any, kind: Any) -> Any:
    if is_in_bulk(kind):
        try:
            return single(found, class_of_kind(found, kind) if kind in _TOLD_BY_KIND else kind)
        except TooLargeError:
            return uncollected(lambda: _items((found,), kind)[0])
    if kind is Portfolio:
        return uncollected(lambda: _portfolio(found))
    if (item := item_of(kind)) is not None and is_in_bulk(item):
        return uncollected(lambda: class_of(kind)(_items(found, item)))
    return None


def _portfolio(found: Any) -> Portfolio:
    return Portfolio(**{noun: _items(held, item_of(_NOUNS[noun])) for noun, held in found.items()})


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
