"""
Problems read out of the errors of other libraries: the groups of cattrs, and the validation errors of pydantic.

An application structures its own classes with its own converter; where values of ours are invalid inside, our hooks
raise `InvalidDocumentError`, and cattrs collects it with the errors of the application's own fields. `problems_of`
returns all of them, each with its path from the outermost object.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from attrs import evolve
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)

from levier.errors import InvalidDocumentError, InvalidValueError, Problem, ProblemCode
from levier.serialization._problems import missing_key, placed_at, problem, refused_value

__all__ = ["problems_of"]

_Path: TypeAlias = tuple[str | int, ...]

_CODES = {code.value: code for code in ProblemCode}


def problems_of(error: BaseException) -> tuple[Problem, ...]:
    """
    Return the problems that an error tells, with their paths from the outermost object.

    *error* is an `InvalidDocumentError`, a group of cattrs (`ClassValidationError`, `IterableValidationError`), at any
    depth, or a `ValidationError` of pydantic. The errors of an application's own fields are problems too. Any other
    error is one problem without a path.

    >>> from cattrs import Converter
    >>> from levier import Project
    >>> from levier.serialization import register_hooks
    >>> rows = [{"id": "a", "label": "A"}, {"id": "b", "label": "", "colour": "red"}]
    >>> try:
    ...     register_hooks(Converter()).structure({"shown": rows}, dict[str, list[Project]])
    ... except Exception as error:
    ...     found = problems_of(error)
    >>> [(problem.pointer, str(problem.code)) for problem in found]
    [('/shown/1/label', 'invalid-value'), ('/shown/1/colour', 'unknown-key')]
    >>> found[0].path
    ('shown', 1, 'label')
    """
    if type(error).__module__.partition(".")[0].startswith("pydantic") and hasattr(error, "errors"):
        return tuple(map(_of_pydantic, error.errors()))
    return tuple(_problems(error, ()))


def _problems(error: BaseException, at: _Path) -> Iterator[Problem]:
    match error:
        case InvalidDocumentError():
            yield from (_moved(each, at) for each in error.problems)
        case BaseExceptionGroup():
            is_grouped = isinstance(error, BaseValidationError)
            for each in error.exceptions:
                yield from _problems(each, (*at, *_step(each)) if is_grouped else at)
        case InvalidValueError():
            yield refused_value(at, error, error.found)
        case ForbiddenExtraKeysError():
            for key in sorted(error.extra_fields):
                yield problem((*at, key), ProblemCode.UNKNOWN_KEY, f"unknown key {key!r}", found=key)
        case KeyError() if at and at[-1:] == error.args:
            yield missing_key(at)
        case _:
            yield problem(at, ProblemCode.INVALID_VALUE, f"{type(error).__name__}: {error}")


def _moved(each: Problem, at: _Path) -> Problem:
    return evolve(each, **placed_at((*at, *each.path))) if at else each


def _step(error: BaseException) -> _Path:
    """Return the field, index or key at which cattrs met an error, from the note that it left."""
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return (note.name,)
        if isinstance(note, IterableValidationNote):
            return (note.index if type(note.index) is int else str(note.index),)
    return ()


def _of_pydantic(said: Any) -> Problem:
    code = _CODES.get(said["type"]) or _OF_PYDANTIC.get(said["type"]) or _like(said["type"])
    about = said.get("ctx", {}) if said["type"] in _CODES else {}
    told = {key: str(about.get(key, "")) for key in ("found", "expected")}
    return problem(said["loc"], code, said["msg"], **told)


def _like(type_: str) -> ProblemCode:
    return ProblemCode.WRONG_TYPE if type_.endswith("_type") else ProblemCode.INVALID_VALUE


_OF_PYDANTIC = {"missing": ProblemCode.MISSING_KEY, "extra_forbidden": ProblemCode.UNKNOWN_KEY}
