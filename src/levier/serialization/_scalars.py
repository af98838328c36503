"""How each scalar is written and read, and how *kind* selects the class of an object."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from types import UnionType
from typing import Any, cast, get_args

from attrs import fields, has

from levier._once import once
from levier.model._fields import DECIMAL_TEXT
from levier.model._numbers import plain
from levier.model._shapes import options_of
from levier.model.identifiers import reference
from levier.model.instruments import AnyInstrument, Instrument
from levier.model.money import Euros
from levier.model.observations import Observation
from levier.model.periods import Day, Period, parse_day
from levier.serialization._bulk import EXACT, Reference
from levier.serialization._columns import checked_decimal
from levier.serialization._problems import UnknownKindError, WrongTypeError

__all__ = [
    "INSTRUMENTS",
    "SCALARS",
    "class_of_kind",
    "decode_scalar",
    "is_told_by_kind",
    "kinds_of",
    "read_scalar",
]


SCALARS: Mapping[Any, str] = {
    Day: "a day as text, such as '2019-06-14'",
    Period: "a period as text, such as '2019', '2019-Q1', '2017-12', '2019-06-14' or '2018/2022'",
    Euros: "an amount as text, with a point and at most two decimals, such as '40000000.00'",
    Decimal: "a decimal number as text, with a point, such as '86.5'",
}
"""A description of the written form of each scalar, in terms of documents rather than of Python."""


def _decimal(text: str) -> Decimal:
    if not DECIMAL_TEXT.fullmatch(text):
        raise InvalidOperation
    return plain(Decimal(text))


def _reference(text: str) -> str:
    reference(None, fields(Observation).indicator_id, text)
    return text


_DECODERS: Mapping[type[Any], Callable[[Any], Any]] = {
    Day: parse_day,
    Period: Period,
    Euros: Euros,
    Decimal: _decimal,
    EXACT: checked_decimal,
    Reference: _reference,
}


def _decode_scalar(kind: type[Any], found: object) -> Any:
    if type(found) is not str:
        raise WrongTypeError(found, "text")
    return _DECODERS[kind](found)


decode_scalar: Callable[[type[Any], Any], Any] = cast(
    "Callable[[type[Any], Any], Any]", lru_cache(maxsize=65_536)(_decode_scalar)
)
"""
Returns the value of a class that is written as a text; msgspec calls it as a hook.

Cached, because amounts and periods repeat: a repeated one takes no Python call.
Days are excluded, because a `pendulum.Date` has a `__dict__` and is not fully immutable: each value gets its own.
"""


def read_scalar(kind: Any, text: str) -> Any:
    """Return the value of *text*, for a class that is written as a text."""
    return parse_day(text) if kind is Day else decode_scalar(kind, text)


# ---------------------------------------------------------------- kinds


@once
def _by_kind(union: Any) -> Mapping[str, type[Any]]:
    return {cls.__attrs_attrs__.kind.default: cls for cls in options_of(union)}


INSTRUMENTS: Mapping[str, type[Any]] = _by_kind(AnyInstrument)


def is_told_by_kind(kind: Any) -> bool:
    """Return whether a type is a union whose members *kind* tells apart, such as the instruments."""
    return kind is Instrument or (isinstance(kind, UnionType) and all(map(_has_kind, get_args(kind))))


def _has_kind(cls: Any) -> bool:
    return has(cls) and hasattr(cls.__attrs_attrs__, "kind") and type(cls.__attrs_attrs__.kind.default) is str


def kinds_of(union: Any) -> Mapping[str, type[Any]]:
    """Return the members of a union by their *kind*."""
    return INSTRUMENTS if union is Instrument else _by_kind(union)


def class_of_kind(found: object, union: Any) -> type[Any]:
    """
    Return the member of a union that the *kind* of an object selects.

    Raises:
        WrongTypeError: If it is not an object.
        UnknownKindError: If its *kind* is missing or unknown.
    """
    known = kinds_of(union)
    if type(found) is not dict:
        raise WrongTypeError(found, "an object")
    kind = found.get("kind")
    if type(kind) is not str or kind not in known:
        raise UnknownKindError(kind, tuple(known))
    return known[kind]
