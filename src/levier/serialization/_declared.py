"""The order in which people read a value: that in which its class declares the fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import fields, has

__all__ = ["declared"]


def declared(value: Any, found: Any) -> Any:
    """
    Return the builtins *found* of a value, with keys in the order in which the classes declare their fields.

    >>> from levier import Method
    >>> from levier.serialization import unstructure
    >>> method = Method(id="nudge", label="Nudge", label_en="Nudge", source_ids=["s"])
    >>> declared(method, unstructure(method))
    {'id': 'nudge', 'label': 'Nudge', 'label_en': 'Nudge', 'source_ids': ['s']}
    """
    if type(found) is dict and type(value) is dict:  # a document
        return {key: declared(part, found[key]) for key, part in value.items() if key in found}
    if type(found) is dict and has(type(value)):
        kept = [each.name for each in fields(type(value)) if each.name in found]
        return {name: declared(getattr(value, name), found[name]) for name in kept}
    if type(found) is list and found:
        items = value.values() if isinstance(value, Mapping) else value
        return [declared(*pair) for pair in zip(items, found, strict=True)]
    return found
