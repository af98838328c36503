"""
msgspec.Struct: frozen, untracked by the collector (`gc=False`), decoder and encoder made once, unknown keys forbidden.

Limits are constraints (`Meta`), unions are tagged. One `__post_init__` checks the rest: msgspec calls Python for a
pattern too, and a struct that needs such a call anyway pays less for a line in it than for a pattern of its own.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
import pendulum
from attrs import NOTHING

from contestants import Codec
from contestants.shape import ENVELOPE, Asked, Family, fields_of, post_init, resolving
from levier.model.money import Euros
from levier.model.periods import Day
from levier.serialization.document import ITEMS


class Structs(Family):
    """Structs of msgspec."""

    def __init__(self, *, cached: bool, day: type[date]) -> None:
        super().__init__()
        self.cached, self.day = cached, day

    def scalar(self, kind: Any, asked: Asked) -> Any:
        """Return a type with its constraints."""
        if kind is Day:
            return self.day
        if kind in (Decimal, Euros):
            return Decimal
        if kind is int:
            return Annotated[int, msgspec.Meta(ge=asked.least, le=asked.most)] if asked.least is not None else int
        return Annotated[str, msgspec.Meta(min_length=1)] if kind is str and asked.filled else str

    def union(self, classes: list[Any]) -> Any:
        """Return a tagged union."""
        return Union[tuple(classes)]  # noqa: UP007  # made at run time

    def model(self, cls: Any) -> Any:
        """Return a frozen struct; a field *kind* is its tag."""
        fields = fields_of(cls)
        kind = next((get_args(each.hint)[0] for each in fields if get_origin(each.hint) is Literal), None)
        tagged = kind is not None
        check = post_init(cls, cached=self.cached, covers_limits=True)
        return _struct(
            getattr(cls, "__name__", "Sourced"),
            [
                (each.name, self.of(each.hint, each.asked), each.default)
                for each in fields
                if not (tagged and each.name == "kind")
            ],
            tag=kind if tagged else None,
            tag_field="kind" if tagged else None,
            namespace={"__post_init__": check} if check else {},
        )


def _struct(name: str, fields: list[tuple[str, Any, Any]], **options: Any) -> Any:
    written = [(name, hint) if default is NOTHING else (name, hint, default) for name, hint, default in fields]
    return msgspec.defstruct(
        name, written, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True, gc=False, **options
    )


def codec(cached: bool) -> Codec:
    """Return how structs with dates of the standard library are read and written."""
    return _codec(Structs(cached=cached, day=date))


def pendulum_codec(cached: bool) -> Codec:
    """Return how structs with pendulum's dates are read and written, through msgspec's hooks."""
    parse, write = pendulum.Date.fromisoformat, pendulum.Date.isoformat
    if cached:
        parse, write = lru_cache(maxsize=65_536)(parse), lru_cache(maxsize=65_536)(write)  # type: ignore[assignment]

    def decode(_: type[Any], found: Any) -> Any:
        return parse(found)

    return _codec(Structs(cached=cached, day=pendulum.Date), dec_hook=decode, enc_hook=write)


def _codec(structs: Structs, dec_hook: Any = None, enc_hook: Any = None) -> Codec:
    nouns = [(noun, tuple[structs.of(item), ...], ()) for noun, item in ITEMS.items()]
    document = _struct("Document", [*((name, *field) for name, field in ENVELOPE.items()), *nouns])
    decoder = msgspec.json.Decoder(document, dec_hook=dec_hook)
    return Codec(resolving(decoder.decode), msgspec.json.Encoder(enc_hook=enc_hook).encode)
