"""
Results as plain builtins: one form for all of them, for pages, caches and other programs.

`to_builtins` writes an answer with what was computed of it: an object has its class (`_type`), every field, every
public property, and what it says of itself in French and in English (`in_words`). A name or a text is an object of
both languages too, a name with the identifier of its thing. Terms are their text, amounts, days,
periods and decimals text, as in documents; values of the model are written as `unstructure` writes them.
A portfolio is left out: an answer travels, what it was asked of stays.

`schema.schema_of` describes the form. It is written and not read: a result is computed again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, get_type_hints

from attrs import has

from levier._once import once
from levier.errors import InvalidValueError, LevierError
from levier.model._shapes import class_of, hints_of, parts_of
from levier.model.portfolio import Portfolio
from levier.serialization._unions import TYPE
from levier.serialization.hooks import unstructure
from levier.wording.explained import Explained
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = ["IN_WORDS", "LANGUAGES", "is_result", "members_of", "to_builtins"]

IN_WORDS = "in_words"
"""The key of what a result says of itself."""
LANGUAGES = ("fr", "en")

_SPEAKING = frozenset({"message", "headline"})


def to_builtins(result: Any) -> Any:
    """
    Return an answer of levier as plain builtins, ready for JSON, with its derived values and what it says.

    *result* is what a question returned: a result, a value of the model, a tuple or a mapping of them.

    Raises:
        InvalidValueError: If a part is none of these.

    >>> from levier.indicators import progress
    >>> found = to_builtins(progress(baseline=1, actual=2, target=4, direction="increase"))
    >>> found["_type"], found["value"], found["differs_from_pilote"]
    ('Progress', '33.33', False)
    >>> found["in_words"]["en"]
    '33.33% of the way from 1 to the target of 4; latest value 2'
    """
    if result is None or type(result) in (str, int, bool):
        return result
    if type(result) in (tuple, list):
        return [to_builtins(part) for part in result]
    if type(result) in (dict, MappingProxyType):
        return {_key(key): to_builtins(part) for key, part in result.items()}
    if is_result(type(result)):
        return _object(result)
    write = next((write for kind, write in _FORMS if isinstance(result, kind)), unstructure)
    return write(result)


def _key(key: object) -> str:
    found = to_builtins(key)
    return found if isinstance(found, str) else str(found)


def _object(result: Any) -> dict[str, Any]:
    found = {name: to_builtins(getattr(result, name)) for name in members_of(type(result))}
    said = {IN_WORDS: _in_words(result.message)} if isinstance(result, Explained) else {}
    return {TYPE: type(result).__name__, **found, **said}


def _in_words(text: Said) -> dict[str, str]:
    return {lang: text.say(lang) for lang in LANGUAGES}


def _named(name: Name) -> dict[str, str]:
    return {"id": name.id, **_in_words(name)}


def _refused(portfolio: Portfolio) -> None:
    raise InvalidValueError("to_builtins", portfolio, "an answer; a portfolio is written by dumps, or by unstructure")


_FORMS: tuple[tuple[type[Any], Callable[[Any], Any]], ...] = (
    (Portfolio, _refused),
    (Name, _named),
    (Said, _in_words),
    (LevierError, str),
)
"""How else what is no value of the model is written."""


def is_result(kind: Any) -> bool:
    """Return whether a type is a class of results: one of `levier.compute` with fields."""
    cls = class_of(kind)
    is_ours = isinstance(cls, type) and cls.__module__.startswith("levier.compute.") and has(cls)
    return is_ours and not issubclass(cls, Said)


@once
def members_of(kind: Any) -> Mapping[str, Any]:
    """
    Return what is written of a class of results, with its type: its fields and its public properties.

    >>> from levier.statistics import Rate
    >>> [name for name in members_of(Rate)]
    ['numerator', 'denominator', 'counted', 'universe', 'value', 'published', 'reason']
    """
    cls = class_of(kind)
    names = {name for name in hints_of(kind) if hasattr(cls.__attrs_attrs__, name)}
    found = {name: hint for name, hint in hints_of(kind).items() if name in names}
    for base in reversed(cls.__mro__):
        for name, made in vars(base).items():
            if isinstance(made, property) and not name.startswith("_") and name not in _SPEAKING:
                found[name] = get_type_hints(made.fget)["return"]
    return MappingProxyType({name: hint for name, hint in found.items() if _travels(hint)})


def _travels(hint: Any) -> bool:
    return Portfolio not in parts_of(hint) and Callable not in parts_of(hint)
