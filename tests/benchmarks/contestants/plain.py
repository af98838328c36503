"""cattrs: frozen attrs classes with slots, its preconfigured converter for orjson, unknown keys forbidden."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Union

import attrs
from cattrs.preconf.orjson import make_converter

from contestants import Codec
from contestants.shape import ENVELOPE, Asked, Family, fields_of, post_init, resolving
from levier.model.money import Euros
from levier.model.periods import Day
from levier.serialization.document import ITEMS


class Classes(Family):
    """attrs classes."""

    def __init__(self, *, cached: bool) -> None:
        super().__init__()
        self.cached = cached

    def scalar(self, kind: Any, asked: Asked) -> Any:  # noqa: ARG002  # what is asked is checked after construction
        """Return a type of the standard library."""
        return {int: int, Day: date, Euros: Decimal, Decimal: Decimal}.get(kind, str)

    def union(self, classes: list[Any]) -> Any:
        """Return a union whose members cattrs tells apart by their kind."""
        return Union[tuple(classes)]  # noqa: UP007  # made at run time

    def model(self, cls: Any) -> Any:
        """Return a frozen class with slots."""
        check = post_init(cls, cached=self.cached)
        fields = [(name, self.of(hint, asked), default) for name, hint, default, asked in fields_of(cls)]
        body = {"__attrs_post_init__": check} if check else {}
        return made_of(getattr(cls, "__name__", "Sourced"), fields, body)


def made_of(name: str, fields: list[tuple[str, Any, Any]], body: dict[str, Any]) -> Any:
    """Return a frozen attrs class of these fields."""
    written = {name: attrs.field(type=hint, default=default) for name, hint, default in fields}
    return attrs.make_class(name, written, frozen=True, slots=True, kw_only=True, class_body=body)


def codec(cached: bool) -> Codec:
    """Return how cattrs reads and writes the document; tuned, without the detail of errors that it keeps by default."""
    family = Classes(cached=cached)
    nouns = [(noun, tuple[family.of(item), ...], ()) for noun, item in ITEMS.items()]
    document = made_of("Document", [*((name, *field) for name, field in ENVELOPE.items()), *nouns], {})
    converter = make_converter(forbid_extra_keys=True, omit_if_default=True, detailed_validation=not cached)
    converter.register_structure_hook(Decimal, lambda found, _: Decimal(found))
    converter.register_unstructure_hook(Decimal, str)
    if cached:
        parse = lru_cache(maxsize=65_536)(date.fromisoformat)
        converter.register_structure_hook(date, lambda found, _: parse(found))
    return Codec(resolving(lambda data: converter.loads(data, document)), converter.dumps)
