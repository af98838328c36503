"""The facts of the model as constraints of JSON Schema, for the written form of each value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias, get_args

from levier.model._facts import Between, Fact, Filled, InUnit, Matching, NoneTwice, NonZero, OneOf, Shared, Stating
from levier.model.quantities import Quantity

Schema: TypeAlias = dict[str, Any]

_NOT_NEGATIVE = "^(?!-.*[1-9])"
_NOT_ZERO = "[1-9]"


def narrowed(schema: Schema, facts: Iterable[Fact], kind: Any) -> Schema:
    """Return *schema*, which describes the written form of *kind*, with the constraints of *facts* added."""
    for fact in facts:
        schema = _joined(schema, _constraint(fact, kind))
    return schema


def _joined(schema: Schema, added: Schema) -> Schema:
    both = [keyword for keyword in schema.keys() & added.keys() if schema[keyword] != added[keyword]]
    if all(type(schema[keyword]) is dict for keyword in both):
        return schema | added | {keyword: _joined(schema[keyword], added[keyword]) for keyword in both}
    # A keyword may occur once in a schema, so a second constraint with the same keyword goes into `allOf`.
    return schema | {"allOf": [*schema.get("allOf", ()), added]}


def _constraint(fact: Fact, kind: Any) -> Schema:
    # The constraints of items, of classes and of open sets are added where the type is taken apart.
    return _WORDS[type(fact)](fact, kind) if type(fact) in _WORDS else {}


def _range(fact: Between, kind: Any) -> Schema:
    if kind is int:
        found = {"type": "integer", "minimum": fact.minimum, "maximum": fact.maximum}
        return {keyword: limit for keyword, limit in found.items() if limit is not None}
    if fact.minimum != 0:  # an amount is a text: a pattern can require its sign, but no other bound
        return {}
    sign = _text(pattern=_NOT_NEGATIVE)
    return _holding(lower=_or_null(sign), upper=_or_null(sign)) if kind is Quantity else sign


def _of_values(fact: Stating, kind: Any) -> Schema:
    asked = narrowed({}, fact.facts, *get_args(kind))
    return _holding(value=asked, alternatives=_array(items=_holding(value=asked))) if asked else {}


def _text(**asked: Any) -> Schema:
    return {"type": "string", **asked}


def _array(**asked: Any) -> Schema:
    return {"type": "array", **asked}


def _holding(**asked: Schema) -> Schema:
    return {"type": "object", "properties": asked}


def _or_null(asked: Schema) -> Schema:
    return {"anyOf": [asked, {"type": "null"}]}


_WORDS: Mapping[type[Any], Callable[[Any, Any], Schema]] = {
    Between: _range,
    Filled: lambda _, __: _text(minLength=1),
    InUnit: lambda fact, _: _holding(unit={"enum": list(fact.units)}),
    Matching: lambda fact, _: _text(pattern=f"^(?:{fact.pattern})$"),
    NoneTwice: lambda _, __: _array(uniqueItems=True),
    NonZero: lambda _, __: _text(pattern=_NOT_ZERO),
    OneOf: lambda fact, _: {"enum": list(fact.values)},
    Shared: lambda fact, kind: narrowed({}, fact.facts, kind),
    Stating: _of_values,
}
