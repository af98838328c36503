"""mashumaro: frozen dataclasses, unknown keys forbidden, checks after construction; codecs for orjson."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from attrs import NOTHING
from mashumaro.codecs.orjson import ORJSONDecoder, ORJSONEncoder
from mashumaro.config import BaseConfig
from mashumaro.dialect import Dialect
from mashumaro.types import Discriminator

from contestants import Codec
from contestants.shape import ENVELOPE, Asked, Family, fields_of, post_init, resolving
from levier.model.money import Euros
from levier.model.periods import Day
from levier.serialization.document import ITEMS

MADE: dict[str, Any] = {}
"""Every dataclass by its name, under which mashumaro looks it up in this module."""


class AsTheyAre(Dialect):
    """Sequences are written without being copied, as far as orjson writes their items."""

    no_copy_collections = (tuple, dict)


class Strict(BaseConfig):
    """Unknown keys are refused, and defaults are not written."""

    forbid_extra_keys = True
    omit_default = True
    dialect = AsTheyAre


class Cached(Strict):
    """So are they with dates in a cache."""

    serialization_strategy = {date: {"deserialize": lru_cache(maxsize=65_536)(date.fromisoformat)}}  # noqa: RUF012


class Dataclasses(Family):
    """Dataclasses for mashumaro."""

    def __init__(self, *, cached: bool) -> None:
        super().__init__()
        self.cached = cached

    def scalar(self, kind: Any, asked: Asked) -> Any:  # noqa: ARG002  # what is asked is checked after construction
        """Return a type of the standard library."""
        return {int: int, Day: date, Euros: Decimal, Decimal: Decimal}.get(kind, str)

    def union(self, classes: list[Any]) -> Any:
        """Return a union whose members mashumaro tells apart by their kind."""
        one_of = Union[tuple(classes)]  # noqa: UP007  # made at run time
        return Annotated[one_of, Discriminator(field="kind", include_supertypes=True)]

    def model(self, cls: Any) -> Any:
        """Return a frozen dataclass."""
        check = post_init(cls, cached=self.cached)
        fields = [(name, self.of(hint, asked), default) for name, hint, default, asked in fields_of(cls)]
        return self.made_of(getattr(cls, "__name__", "Sourced"), fields, {"__post_init__": check} if check else {})

    def made_of(self, name: str, fields: list[tuple[str, Any, Any]], body: dict[str, Any]) -> Any:
        """Return a frozen dataclass of these fields."""
        written = [
            (name, hint) if default is NOTHING else (name, hint, dataclasses.field(default=default))
            for name, hint, default in fields
        ]
        namespace = {"Config": Cached if self.cached else Strict, **body}
        made = dataclasses.make_dataclass(name, written, frozen=True, kw_only=True, namespace=namespace)
        for tag, hint in ((tag, hint) for tag, hint, _ in fields if get_origin(hint) is Literal):
            setattr(made, tag, get_args(hint)[0])  # where mashumaro looks for it; no default, which it would leave out
        made.__module__, made.__qualname__ = __name__, f"{name}{len(MADE)}"
        MADE[made.__qualname__] = globals()[made.__qualname__] = made  # mashumaro looks a class up by its name
        return made


def codec(cached: bool) -> Codec:
    """Return how mashumaro reads and writes the document."""
    family = Dataclasses(cached=cached)
    nouns = [(noun, tuple[family.of(item), ...], ()) for noun, item in ITEMS.items()]
    document = family.made_of("Document", [*((name, *field) for name, field in ENVELOPE.items()), *nouns], {})
    return Codec(resolving(ORJSONDecoder(document).decode), ORJSONEncoder(document).encode)
