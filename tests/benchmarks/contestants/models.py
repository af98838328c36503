"""pydantic: frozen strict models, with what pydantic cannot say in validators after its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Union

import pydantic
from attrs import NOTHING

from contestants import Codec
from contestants.shape import (
    ENVELOPE,
    IDENTIFIER,
    PERIOD,
    WHOLE,
    Family,
    cached_period,
    cents,
    distinct_by,
    fields_of,
    period,
    resolving,
    trimmed,
)
from levier.model.money import Euros
from levier.model.periods import Day, Period
from levier.serialization.document import ITEMS

CONFIG = pydantic.ConfigDict(frozen=True, extra="forbid", strict=True)


class Models(Family):
    """Models of pydantic."""

    def __init__(self, *, cached: bool) -> None:
        super().__init__()
        calendar = pydantic.AfterValidator(cached_period if cached else period)
        self.scalars = {
            "identifier": Annotated[str, pydantic.StringConstraints(pattern=IDENTIFIER)],
            str: Annotated[str, pydantic.AfterValidator(trimmed)],
            Day: date,
            Period: Annotated[str, pydantic.StringConstraints(pattern=PERIOD), calendar],
            Euros: Annotated[Decimal, pydantic.AfterValidator(cents)],
            Decimal: Annotated[Decimal, pydantic.Field(allow_inf_nan=False)],
        }

    def sequence(self, item: Any) -> Any:
        """Return a tuple, checked after it is built where levier checks it."""
        distinct = distinct_by(item)
        held = super().sequence(item)
        return held if distinct is None else Annotated[held, pydantic.AfterValidator(distinct)]

    def union(self, classes: list[Any]) -> Any:
        """Return a union whose members pydantic tells apart by their kind."""
        return Annotated[Union[tuple(classes)], pydantic.Field(discriminator="kind")]  # noqa: UP007  # made at run time

    def model(self, cls: Any) -> Any:
        """Return a frozen model."""
        found: dict[str, Any] = {
            name: (self.of(hint, name), ... if default is NOTHING else default)
            for name, hint, default in fields_of(cls)
        }

        def whole(made: Any) -> Any:
            WHOLE[cls](made)
            return made

        checks = {"whole": pydantic.model_validator(mode="after")(whole)} if cls in WHOLE else {}
        return pydantic.create_model(str(cls), __config__=CONFIG, __validators__=checks, **found)  # type: ignore[arg-type]


def codec(cached: bool) -> Codec:
    """Return how pydantic reads and writes the document."""
    models = Models(cached=cached)
    nouns = {noun: (tuple[models.of(item), ...], ()) for noun, item in ITEMS.items()}
    envelope = {name: (hint, ... if default is NOTHING else default) for name, (hint, default) in ENVELOPE.items()}
    document: Any = pydantic.create_model("Document", __config__=CONFIG, **envelope, **nouns)  # type: ignore[call-overload]
    return Codec(
        resolving(document.model_validate_json), lambda found: found.model_dump_json(exclude_defaults=True).encode()
    )
