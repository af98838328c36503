"""The form of a value that people read: fields in the order of their class, without those that have their default."""

from __future__ import annotations

from typing import Any

from attrs import Attribute, Factory, fields, has

from levier.serialization._problems import is_array
from levier.serialization.hooks import encode

__all__ = ["declared"]

_FACTORY: type[Any] = type(Factory(list))


def declared(value: Any, found: Any) -> Any:
    """
    Return the builtins *found* of a value, with keys in the order in which the classes declare their fields.

    Fields that have their default are left out, and so are the empty arrays of a document.

    >>> from levier import Method
    >>> from levier.serialization import unstructure
    >>> method = Method(id="nudge", label="Nudge", source_ids=["s"])
    >>> declared(method, unstructure(method))
    {'id': 'nudge', 'label': 'Nudge', 'source_ids': ['s']}
    """
    if type(found) is dict and type(value) is dict:  # a document
        return {key: declared(part, found[key]) for key, part in value.items() if found.get(key) not in (None, [], "")}
    if type(found) is dict and has(type(value)):
        kept = [each.name for each in fields(type(value)) if each.name in found and not _has_default(value, each)]
        return {name: declared(getattr(value, name), found[name]) for name in kept}
    if type(found) is list and found:
        items = value if is_array(value) else encode(value)
        return [declared(*pair) for pair in zip(items, found, strict=True)]
    return found


def _has_default(value: Any, attribute: Attribute[Any]) -> bool:
    default: Any = attribute.default
    made = default.factory() if type(default) is _FACTORY else default
    if attribute.name == "kind" and type(default) is str:  # it tells the members of a union apart
        return False
    return bool(getattr(value, attribute.name) == made)
