"""
Values and results of levier in models of pydantic, and so in pages of FastAPI.

`Annotated[Project, Adapter]` is a type that pydantic reads, writes and describes as levier does: problems have the code
and the path that they have in a document, and the JSON Schema is that of `schema_of`, its definitions named `Levier…`.
It works for every class of the model, for unions of them, and, to be written, for every class of results.

Needs pydantic, which an application that uses this module has.

>>> from typing import Annotated
>>> from pydantic import BaseModel
>>> from levier import Project
>>> class Page(BaseModel):
...     title: str
...     project: Annotated[Project, Adapter]
>>> page = Page.model_validate({"title": "Plan", "project": {"id": "p", "label": "FranceConnect"}})
>>> page.project.label
'FranceConnect'
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, NewType

from levier.errors import InvalidDocumentError, InvalidValueError, MissingExtraError, Problem
from levier.errors.final import final
from levier.model._shapes import class_of, options_of
from levier.serialization._problems import Unknown
from levier.serialization._unions import is_untold, tagged
from levier.serialization.hooks import SCALARS, structure, unstructure
from levier.serialization.results import is_result, to_builtins
from levier.serialization.schema import schema_of

try:
    from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError, core_schema
except ImportError as _error:  # pragma: no cover  # the tests have it
    raise MissingExtraError("reading values in models of pydantic", "pydantic") from _error

__all__ = ["Adapter", "IgnoringAdapter"]

_REF = "#/$defs/Levier{}"


class _Adapter:
    """What both adapters do; they differ in what is done with unknown keys."""

    _unknown: ClassVar[Unknown]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: object) -> core_schema.CoreSchema:
        """Return how pydantic reads, writes and describes the type; refuse one that is none of ours."""
        if not all(map(_is_taken, options_of(source))):
            expected = "a class of levier or a union of them; for several, such as list[Annotated[Project, Adapter]]"
            raise InvalidValueError(cls.__name__, source, expected)
        return core_schema.no_info_plain_validator_function(
            partial(_read, kind=source, unknown=cls._unknown),
            serialization=core_schema.plain_serializer_function_ser_schema(_writer(source), when_used="json"),
            metadata={"pydantic_js_annotation_functions": [partial(_described, kind=source)]},
        )


@final
class Adapter(_Adapter):
    """
    Stands in `Annotated` beside a type of levier, and makes it a type of pydantic.

    A value of the type is taken as it is; builtins are read as `structure` reads them. In JSON it is written as
    `unstructure` writes it, a result as `to_builtins` does.

    Raises:
        InvalidValueError: When the model is defined, if the type is none of levier.
    """

    _unknown: ClassVar[Unknown] = "refuse"


@final
class IgnoringAdapter(_Adapter):
    """
    Does what `Adapter` does, and leaves out keys that this release does not know, as `structure` with "ignore" does.

    >>> from typing import Annotated
    >>> from pydantic import TypeAdapter
    >>> from levier import Project
    >>> found = {"id": "p", "label": "FranceConnect", "mood": "good"}
    >>> TypeAdapter(Annotated[Project, IgnoringAdapter]).validate_python(found).label
    'FranceConnect'
    """

    _unknown: ClassVar[Unknown] = "ignore"


def _writer(kind: Any) -> Callable[[Any], Any]:
    if any(map(is_result, options_of(kind))):
        return to_builtins
    return (lambda value: tagged(value, unstructure(value))) if is_untold(kind) else unstructure


def _is_taken(kind: Any) -> bool:
    """Return whether a type is one of ours, and not of arrays or dictionaries, whose items pydantic reads."""
    return (
        isinstance(kind, NewType) or kind in SCALARS or getattr(class_of(kind), "__module__", "").startswith("levier.")
    )


def _read(found: Any, kind: Any, unknown: Unknown) -> Any:
    # An identifier or a unit is a text like any other, so it is always checked.
    if isinstance(found, tuple(cls for cls in map(class_of, options_of(kind)) if not isinstance(cls, NewType))):
        return found
    try:
        return structure(found, kind, unknown=unknown)
    except InvalidDocumentError as error:
        name = getattr(kind, "__name__", str(kind))
        raise ValidationError.from_exception_data(name, [_detail(each, found) for each in error.problems]) from None


def _detail(problem: Problem, found: Any) -> InitErrorDetails:
    about = {"message": problem.message, "found": problem.found, "expected": problem.expected}
    said = PydanticCustomError(problem.code.value, "{message}", about)
    return InitErrorDetails(type=said, loc=problem.path, input=_part(found, problem.path))


def _part(found: Any, path: tuple[str | int, ...]) -> Any:
    """Return the builtins at the end of a path, or the last ones before it ends."""
    for step in path:
        try:
            found = found[step]
        except (KeyError, IndexError, TypeError):
            break
    return found


# ---------------------------------------------------------------- JSON Schema


def _described(_: Any, handler: Any, kind: Any) -> Any:
    """Return the JSON Schema of a type; pydantic keeps the definitions, and says where they stand."""
    found = schema_of(kind, ref=_REF)
    held = found.pop("$defs", {})
    places = {
        _REF.format(name.removeprefix("Levier")): handler(core_schema.definition_reference_schema(_id(name)))["$ref"]
        for name in held
    }
    definitions: list[Any] = [
        core_schema.any_schema(ref=_id(name), metadata=_as(_moved(held[name], places))) for name in held
    ]
    handler(core_schema.definitions_schema(core_schema.any_schema(), definitions))
    return _moved(found, places)


def _id(name: str) -> str:
    return f"levier.{name}:1"


def _as(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the metadata of a core schema that is described by a JSON Schema."""
    return {"pydantic_js_annotation_functions": [lambda *_: dict(schema)]}


def _moved(found: Any, places: dict[str, str]) -> Any:
    """Return a schema whose references lead to where pydantic keeps the definitions."""
    if isinstance(found, dict):
        return {
            key: places[part] if key == "$ref" and part in places else _moved(part, places)
            for key, part in found.items()
        }
    return [_moved(part, places) for part in found] if isinstance(found, list) else found
