"""
JSON Schema (2020-12) of the document and of every class in it, generated from the model.

`schema` describes the documents that `loads` reads, `schema_of` the builtins that `structure` reads for a class.
A schema accepts everything that these accept. They refuse more, because a schema can express neither references nor
relations between fields.
Members of a closed set have their English label as `title` and their French one as `x-title-fr`.

`python -m levier.serialization.schema` prints the schema that is shipped in `data/`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import reduce
from importlib import import_module
from inspect import isclass
from operator import or_
from pkgutil import iter_modules
from types import NoneType
from typing import Any, Literal, NewType, TypeVar, get_args

from attrs import NOTHING, Attribute, fields, has

from levier import model
from levier.errors import InvalidValueError
from levier.model._facts import Each, Fact, OfClass, OpenSet, Shared, facts_of
from levier.model._shapes import class_of, hints_of, item_of, may_be_none, options_of
from levier.model.extra import KEY, Extra
from levier.model.instruments import AnyInstrument, Instrument
from levier.model.periods import Day
from levier.model.references import REGISTRY_OF
from levier.model.registry import Registry
from levier.model.terms import Term
from levier.serialization import document
from levier.serialization._answers import answered, is_answered, of_answer
from levier.serialization._constraints import Schema, narrowed
from levier.serialization._prose import prose, said_of, sentence
from levier.serialization._unions import TYPE, is_untold
from levier.serialization.envelope import FORMAT, FORMAT_VERSION, Provenance
from levier.serialization.hooks import INSTRUMENTS, SCALARS, unstructure

__all__ = ["schema", "schema_of"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REF = "#/$defs/{}"
_OWN_KEYS: Schema = {"type": "object", "propertyNames": {"pattern": f"^(?:{KEY})$"}}
_JSON_TYPES = {str: "string", int: "integer", bool: "boolean"}


def schema() -> dict[str, Any]:
    """
    Return the JSON Schema of the document, with a definition of every public class of the model.

    >>> schema()["properties"]["version"], schema()["required"]
    ({'const': 1}, ['format', 'version'])
    """
    writer = _Writer()
    for kind in _public_classes():
        writer.written(kind)
    required = {"format": {"const": FORMAT}, "version": {"const": FORMAT_VERSION}}
    texts = {name: {"type": "string"} for name in ("generator", "digest")}
    envelope = required | texts | {"provenance": writer.written(Provenance | None)}
    return {
        "$schema": _DIALECT,
        "$id": f"urn:levier:schema:{FORMAT_VERSION}",
        "title": "LevierDocument",
        "description": prose(document),
        "type": "object",
        "properties": envelope | writer.definitions["Portfolio"]["properties"],
        "required": list(required),
        "additionalProperties": False,
        "$defs": writer.definitions,
    }


def schema_of(kind: Any, *, ref: str = _REF) -> dict[str, Any]:
    """
    Return the JSON Schema of one class of levier, of a class of results, or of any type of a field.

    *ref* is where the definitions will stand: with `#/components/schemas/Levier{}`, `$ref` leads to the components of
    an OpenAPI document, and the definitions, under `$defs`, have the names that they have there.
    The schema of a result is that of `to_builtins`.

    Raises:
        InvalidValueError: If *kind* is another type, or *ref* is not a reference with one `{}` after its last `/`.

    >>> from levier import Method
    >>> found = schema_of(Method)
    >>> found["$ref"], found["$defs"]["Method"]["required"]
    ('#/$defs/Method', ['id', 'label'])
    >>> found = schema_of(Method, ref="#/components/schemas/Levier{}")
    >>> components = found.pop("$defs")
    >>> found, "LevierMethod" in components
    ({'$ref': '#/components/schemas/LevierMethod'}, True)
    """
    if type(ref) is not str or ref.rpartition("/")[2].count("{}") != 1 or ref.count("{") != 1:
        raise InvalidValueError(
            "schema_of", ref, "a reference with one {} after its last /, such as '#/$defs/{}'", "ref"
        )
    writer = _Writer(ref)
    found = ({"$schema": _DIALECT} if ref == _REF else {}) | writer.written(kind)
    held = {ref.rpartition("/")[2].format(name): each for name, each in writer.definitions.items()}
    return found | ({"$defs": held} if held else {})


def _public_classes() -> Iterator[type[Any]]:
    for module in iter_modules(model.__path__, "levier.model."):
        home = import_module(module.name)
        for name in getattr(home, "__all__", ()):
            if _is_written(kind := getattr(home, name)):
                yield kind


def _is_written(kind: Any) -> bool:
    if isinstance(kind, NewType):
        return kind.__module__.startswith("levier.model.")
    if not isclass(kind):
        return False
    if kind.__module__.startswith("levier.model."):
        is_held = kind in (Instrument, Registry) or item_of(kind) is not None
        return has(kind) or kind is Extra or is_held or kind in SCALARS or _is_vocabulary(kind)
    return kind is Provenance or kind in SCALARS or is_answered(kind) or _is_vocabulary(kind)


def _is_vocabulary(kind: Any) -> bool:
    return isclass(kind) and issubclass(kind, Term) and kind is not Term


def _name(kind: Any) -> str:
    """Return the name of the definition of *kind*: `Day` for a date, and a generic class with its type arguments."""
    if kind is Day:
        return "Day"
    own: str = kind.__name__
    return own[0].upper() + own[1:] + "".join(map(_name, get_args(kind)))


class _Writer:
    """Writes the schemas of types, and collects the definition of every class that they use."""

    def __init__(self, ref: str = _REF) -> None:
        self._ref = ref
        self.definitions: dict[str, Schema] = {}

    def written(self, hint: Any, facts: tuple[Fact, ...] = ()) -> Schema:
        """Return the schema of a type with these facts."""
        if hint == AnyInstrument:
            return self._named(Instrument)
        if may_be_none(hint):
            kind = reduce(or_, options_of(hint))
            return {"anyOf": [self.written(kind, facts), {"type": "null"}]}
        if (members := options_of(hint)) != (hint,):
            kinds = dict.fromkeys(map(answered, members))
            return {"anyOf": [self._member(kind, facts, is_told=not is_untold(hint)) for kind in kinds]}
        by_class = dict(pair for fact in facts if isinstance(fact, OfClass) for pair in fact.facts)
        if isinstance(hint, TypeVar):
            return {"anyOf": [self.written(kind, asked) for kind, asked in by_class.items()]} if by_class else {}
        return self._plain(hint, (*facts, *by_class.get(hint, ())))

    def _member(self, kind: Any, facts: tuple[Fact, ...], *, is_told: bool) -> Schema:
        """Return the schema of a member of a union, with the key that names its class where nothing else does."""
        found = self.written(kind, facts)
        if is_told or not has(class_of(kind)) or is_answered(kind):
            return found
        definition = self.definitions[_name(kind)]
        return definition | {"properties": {TYPE: {"const": class_of(kind).__name__}, **definition["properties"]}}

    def _plain(self, hint: Any, facts: tuple[Fact, ...]) -> Schema:
        return self._of_values(hint, get_args(hint)) or self._of_class(hint, facts)

    def _of_values(self, hint: Any, parts: tuple[Any, ...]) -> Schema:
        """Return the schema of a type that says its values or the parts of a tuple one by one, or nothing."""
        if class_of(hint) is Literal:
            return {"const": parts[0]} if len(parts) == 1 else {"enum": list(parts)}
        if class_of(hint) is tuple and parts[1:] not in ((), (...,)):
            each = list(map(self.written, parts))
            return {"type": "array", "prefixItems": each, "items": False, "minItems": len(each)}
        return {"type": "null"} if hint is NoneType else {}

    def _of_class(self, hint: Any, facts: tuple[Fact, ...]) -> Schema:
        cls = class_of(hint)
        if hint is str and (shared := [fact for fact in facts if isinstance(fact, Shared)]):
            return narrowed(self._shared(shared[0]), [fact for fact in facts if fact is not shared[0]], hint)
        if hint in _JSON_TYPES:
            return narrowed({"type": _JSON_TYPES[hint]}, facts, hint)
        if cls is tuple:
            of_items = tuple(found for fact in facts if isinstance(fact, Each) for found in fact.facts)
            return narrowed({"type": "array", "items": self.written(item_of(hint), of_items)}, facts, hint)
        if cls is Registry and hint is not Registry:
            return self._named(Registry) | {"type": "array", "items": self.written(item_of(hint))}
        return narrowed(self._named(answered(hint)), facts, hint)

    def _shared(self, fact: Shared) -> Schema:
        described = {"title": fact.name, "description": sentence(fact.meaning), "type": "string"}
        self.definitions[fact.name] = narrowed(described, fact.facts, str)
        return {"$ref": self._ref.format(fact.name)}

    def _named(self, kind: Any) -> Schema:
        if not _is_written(class_of(kind)):
            raise InvalidValueError("schema_of", kind, "a class of levier")
        if any(isinstance(argument, TypeVar) for argument in get_args(kind)):
            return self._named(class_of(kind))
        name = _name(kind)
        if name not in self.definitions:
            self.definitions[name] = {}  # a placeholder, because a class that holds itself would recurse
            self.definitions[name] = {"title": name, **self._definition(kind)}
        return {"$ref": self._ref.format(name)}

    def _definition(self, kind: Any) -> Schema:
        if isinstance(kind, NewType):
            return _of_words(kind)
        if kind in SCALARS or is_answered(kind):
            return _of_scalar(kind) if kind in SCALARS else of_answer(kind, self.written)
        described = {"description": prose(class_of(kind))}
        if _is_vocabulary(kind):
            return described | {"type": "string", "oneOf": [_member(term) for term in kind]}
        if kind in (Extra, Instrument):
            return described | (self._instruments() if kind is Instrument else _OWN_KEYS)
        if kind is Registry or item_of(kind) is not None:
            items = {"type": "object", "required": ["id"]} if kind is Registry else self.written(item_of(kind))
            return described | {"type": "array", "items": items}
        return described | self._object(kind)

    def _instruments(self) -> Schema:
        tag = {"kind": {"enum": list(INSTRUMENTS)}}
        kinds = [self.written(kind) for kind in INSTRUMENTS.values()]
        return {"type": "object", "properties": tag, "required": ["kind"], "oneOf": kinds}

    def _object(self, kind: Any) -> Schema:
        cls, hints = class_of(kind), hints_of(kind)
        properties = {
            attribute.name: self._property(cls, attribute, hints[attribute.name]) for attribute in fields(cls)
        }
        required = [attribute.name for attribute in fields(cls) if attribute.default is NOTHING]
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}

    def _property(self, cls: type[Any], attribute: Attribute[Any], hint: Any) -> Schema:
        found = self.written(hint, facts_of(attribute.validator))
        said = said_of(attribute.name, cls)
        return found | ({"description": said} if said else {}) | _default(attribute)


def _default(attribute: Attribute[Any]) -> Schema:
    default: Any = attribute.default
    if default is NOTHING:
        return {}
    made_by = getattr(default, "factory", None)
    return {"default": unstructure(made_by() if made_by else default)}


def _of_words(kind: NewType) -> Schema:
    words = next((fact for fact in facts_of(kind) if isinstance(fact, OpenSet)), None)
    if words is not None:
        return {"description": words.meaning, "type": "string", "examples": list(words.known)}
    registry = REGISTRY_OF.get(kind)
    place = f"one of the document's {registry}" if registry else "something in the same fund"
    return {"description": f"The identifier of {place}.", "type": "string"}


def _of_scalar(kind: type[Any]) -> Schema:
    written = sentence(SCALARS[kind])
    own = prose(kind) if kind.__module__.startswith("levier.") else ""  # other docstrings are Python's and pendulum's
    described = {"description": f"{own.removesuffix(written).strip()}\n\n{written}".strip(), "type": "string"}
    return narrowed(described | ({"format": "date"} if kind is Day else {}), facts_of(kind), kind)


def _member(term: Term) -> Schema:
    return {"const": term.value, "title": term.en, "x-title-fr": term.fr}


def _main() -> None:
    text = json.dumps(schema(), ensure_ascii=False, indent=2, sort_keys=True)
    sys.stdout.buffer.write(f"{text}\n".encode())


if __name__ == "__main__":
    _main()
