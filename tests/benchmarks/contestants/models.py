"""
pydantic: frozen strict models, as its performance page advises.

One `TypeAdapter` is made once and reads the JSON; constraints are in Rust (patterns, limits), unions are told apart by
a tag, sequences are tuples, and Python functions check only what cannot be said otherwise. An exact number is checked
as a text and then made: limits of a `Decimal` would call Python. The cache of strings is on, as it is by default.
Not taken from that page: `TypedDict` instead of models (they are not values that stay as they are), and `FailFast`
(every problem has to be listed).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Union

import pydantic
from attrs import NOTHING
from pydantic_core import core_schema

from contestants import Codec
from contestants.shape import (
    DECIMAL,
    ENVELOPE,
    IDENTIFIER,
    MONTH,
    NAMES,
    Asked,
    Family,
    cached_period,
    distinct_by,
    fields_of,
    period,
    resolving,
    whole,
    written_out,
)
from levier.model.money import Euros
from levier.model.periods import Day, Period
from levier.serialization.document import ITEMS

CONFIG = pydantic.ConfigDict(frozen=True, extra="forbid", strict=True)
FILLED = r"(?s)^\S(?:.*\S)?$"
TEXT = r"(?s)^(?:\S(?:.*\S)?)?$"
AMOUNT = r"[0-9]+(?:\.[0-9]{1,2})?"
POSITIVE = r"0*[1-9][0-9]*(?:\.[0-9]{1,2})?|0+\.(?:0[1-9]|[1-9][0-9]?)"


class Models(Family):
    """Models of pydantic."""

    def __init__(self, *, cached: bool) -> None:
        super().__init__()
        self.calendar = cached_period if cached else period

    def scalar(self, kind: Any, asked: Asked) -> Any:
        """Return a type with its constraints."""
        if kind in (Decimal, Euros):
            return _exact(kind, asked)
        if kind is int:
            return Annotated[int, pydantic.Field(ge=asked.least, le=asked.most)] if asked.least is not None else int
        if kind is Period:
            month = Annotated[str, pydantic.StringConstraints(pattern=MONTH)]
            other = Annotated[str, pydantic.AfterValidator(self.calendar)]
            return Annotated[month | other, pydantic.Field(union_mode="left_to_right")]
        text = FILLED if asked.filled else TEXT
        constraints = {"identifier": IDENTIFIER, str: text}
        held = {Day: date}.get(kind, str)
        return Annotated[held, pydantic.StringConstraints(pattern=constraints[kind])] if kind in constraints else held

    def sequence(self, item: Any, asked: Asked) -> Any:
        """Return a tuple, checked after it is built where levier checks it."""
        distinct = distinct_by(item)
        held = super().sequence(item, asked)
        return held if distinct is None else Annotated[held, pydantic.AfterValidator(distinct)]

    def union(self, classes: list[Any]) -> Any:
        """Return a union whose members pydantic tells apart by their kind."""
        return Annotated[Union[tuple(classes)], pydantic.Field(discriminator="kind")]  # noqa: UP007  # made at run time

    def model(self, cls: Any) -> Any:
        """Return a frozen model."""
        found: dict[str, Any] = {
            name: (self.of(hint, asked), ... if default is NOTHING else default)
            for name, hint, default, asked in fields_of(cls)
        }
        check = written_out(whole(cls), dict(NAMES))
        checks = {"whole": pydantic.model_validator(mode="after")(check)} if check else {}
        return pydantic.create_model(str(cls), __config__=CONFIG, __validators__=checks, **found)  # type: ignore[arg-type]


def _exact(kind: Any, asked: Asked) -> Any:
    """Return the type of an exact number, which is written as a text."""
    pattern = DECIMAL
    if kind is Euros:
        signed = f"-?{AMOUNT}" if asked.least is None else POSITIVE if asked.nonzero else AMOUNT
        pattern = f"^(?:{signed})$"
    limits = {} if kind is Euros else {"ge": asked.least, "le": asked.most}
    number = core_schema.decimal_schema(strict=False, **{key: Decimal(n) for key, n in limits.items() if n is not None})
    text = core_schema.str_schema(pattern=pattern, strict=True)
    return Annotated[Decimal, pydantic.GetPydanticSchema(lambda *_: core_schema.chain_schema([text, number]))]


def codec(cached: bool) -> Codec:
    """Return how pydantic reads and writes the document."""
    models = Models(cached=cached)
    nouns = {noun: (tuple[models.of(item), ...], ()) for noun, item in ITEMS.items()}
    envelope = {name: (hint, ... if default is NOTHING else default) for name, (hint, default) in ENVELOPE.items()}
    document: Any = pydantic.create_model("Document", __config__=CONFIG, **envelope, **nouns)  # type: ignore[call-overload]
    adapter = pydantic.TypeAdapter(document)
    return Codec(resolving(adapter.validate_json), lambda found: adapter.dump_json(found, exclude_defaults=True))
