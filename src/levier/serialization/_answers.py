"""The schemas of answers: of classes of results, and of what they hold beside values of the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import cleandoc
from types import MappingProxyType
from typing import Any, TypeAlias

from attrs import fields_dict

from levier.errors import LevierError
from levier.model._shapes import class_of
from levier.serialization._prose import prose, said_of
from levier.serialization._unions import TYPE
from levier.serialization.results import IN_WORDS, LANGUAGES, is_result, members_of
from levier.wording.explained import Explained
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = ["answered", "is_answered", "of_answer"]

Schema: TypeAlias = dict[str, Any]


def answered(kind: Any) -> Any:
    """Return the class that a class is written as: all translatable texts are written alike, and all errors."""
    cls = class_of(kind)
    return next((root for root in _FORMS if isinstance(cls, type) and issubclass(cls, root)), kind)


def is_answered(kind: Any) -> bool:
    """Return whether a class is one of results, or one that stands only in results."""
    return kind in _FORMS or is_result(kind) or _is_protocol(kind)


def of_answer(kind: Any, write: Callable[[Any], Schema]) -> Schema:
    """Return the definition of such a class; *write* returns the schema of a part of it."""
    if kind in _FORMS:
        return dict(_FORMS[kind])
    cls = class_of(kind)
    if _is_protocol(kind):
        return {"description": prose(cls), "type": "object"}
    parts: Schema = {TYPE: {"const": cls.__name__}}
    parts |= {name: write(hint) | _described(cls, name) for name, hint in members_of(kind).items()}
    if issubclass(cls, Explained):
        parts[IN_WORDS] = write(Said)
    return {"description": prose(cls)} | _object(parts)


def _is_protocol(kind: Any) -> bool:
    return getattr(kind, "_is_protocol", False) and kind.__module__.startswith("levier.compute.")


def _object(parts: Schema) -> Schema:
    return {"type": "object", "properties": parts, "required": list(parts), "additionalProperties": False}


_TEXTS = {lang: {"type": "string"} for lang in LANGUAGES}

_FORMS: Mapping[Any, Schema] = MappingProxyType(
    {
        Name: {"description": "The name of a thing in French and in English, and its identifier."}
        | _object({"id": {"type": "string"}, **_TEXTS}),
        Said: {"description": "A text in French and in English; the name of a thing has its identifier."}
        | _object({"id": {"type": "string"}, **_TEXTS})
        | {"required": list(LANGUAGES)},
        LevierError: {"description": "What an error says, in English.", "type": "string"},
    }
)
"""The schemas of what stands only in results, and is written in a form of its own."""


def _described(cls: type[Any], name: str) -> Schema:
    if name in fields_dict(cls):
        said = said_of(name, cls)
    else:
        said = cleandoc(getattr(cls, name).__doc__ or "").partition("\n\n")[0].replace("\n", " ")
    return {"description": said} if said else {}
