"""Values as builtins with every field, also where it equals its default, as others may write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import fields, has

from levier.model.portfolio import Portfolio
from levier.serialization import unstructure

__all__ = ["whole", "whole_document"]


def whole(value: Any) -> Any:
    """Return the builtins of a value, with nothing left out."""
    if has(type(value)):
        return {each.name: whole(getattr(value, each.name)) for each in fields(type(value))}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [whole(part) for part in value]
    return [whole(part) for part in value.values()] if isinstance(value, Mapping) else unstructure(value)


def whole_document(portfolio: Portfolio) -> dict[str, Any]:
    """Return the document of a portfolio, with nothing left out."""
    return {"format": "levier", "version": 1, "generator": "by hand", **whole(portfolio)}
