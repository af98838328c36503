"""The form of a value that people read: fields in the order of their class."""

from __future__ import annotations

from typing import Any

from attrs import fields, has

from levier.serialization._mirrors import items_of
from levier.serialization._problems import is_array

__all__ = ["declared"]


def declared(value: Any, found: Any) -> Any:
    """
    Return the builtins *found* of a value, with keys in the order in which the classes declare their fields.

    The empty arrays of a document are left out.

    >>> from levier import Method
    >>> from levier.serialization import unstructure
    >>> method = Method(id="nudge", label="Nudge", source_ids=["s"])
    >>> declared(method, unstructure(method))
    {'id': 'nudge', 'label': 'Nudge', 'source_ids': ['s']}
    """
    if type(found) is dict and type(value) is dict:  # a document
        return {key: declared(part, found[key]) for key, part in value.items() if found.get(key) not in (None, [], "")}
    if type(found) is dict and has(type(value)):
        names = (each.name for each in fields(type(value)) if each.name in found)
        return {name: declared(getattr(value, name), found[name]) for name in names}
    if type(found) is list and found:
        items = value if is_array(value) else items_of(value)
        return [declared(*pair) for pair in zip(items, found, strict=True)]
    return found
