"""
Unions of our classes whose members no *kind* tells apart, such as `Project | Programme`.

A value is of the one member that reads it without a problem. Where several do, `_type` has to name one, as cattrs
writes it for its tagged unions; converters with our hooks write it for every such union.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from operator import or_
from typing import Any, TypeAlias

from attrs import has

from levier.errors import Problem, ProblemCode
from levier.model._shapes import class_of, options_of
from levier.serialization._problems import Problems, Trail, Unknown, problem, unlike
from levier.serialization._scalars import is_told_by_kind

__all__ = ["TYPE", "is_untold", "read_one_of", "tagged"]

TYPE = "_type"
"""The key that names the class of an object in a union."""

_Reader: TypeAlias = Callable[[Any, Trail, Problems], Any]


def is_untold(hint: Any) -> bool:
    """Return whether a type is a union of several objects that no *kind* tells apart."""
    objects = [each for each in options_of(hint) if has(class_of(each))]
    return len(objects) > 1 and not is_told_by_kind(reduce(or_, objects))


def tagged(value: Any, written: Any) -> Any:
    """Return the builtins of a member of a union with the name of its class; a scalar has none."""
    return {TYPE: type(value).__name__, **written} if isinstance(written, dict) else written


def read_one_of(readers: Mapping[Any, _Reader]) -> _Reader:
    """Return the reader of a union, from those of its members."""
    by_name = {class_of(each).__name__: read for each, read in readers.items()}

    def read(found: Any, at: Trail, problems: Problems) -> Any:
        if type(found) is dict and TYPE in found:
            name = found[TYPE]
            if type(name) is not str or name not in by_name:
                return problems.note(_unknown_type, at, name, tuple(by_name))
            return by_name[name]({key: part for key, part in found.items() if key != TYPE}, at, problems)
        tried = _tried(by_name, found, at, "refuse")
        fitting = [name for name, (_, noted) in tried.items() if not noted.count]
        if not fitting and problems.unknown == "ignore":
            # Almost any member fits then, so it is of the one that ignores the fewest keys.
            ignored = {name: noted.count for name, (_, noted) in tried.items()}
            tried = _tried(by_name, found, at, "ignore")
            sound = [name for name, (_, noted) in tried.items() if not noted.count]
            fitting = [name for name in sound if ignored[name] == min(ignored[each] for each in sound)]
        if len(fitting) == 1:
            return tried[fitting[0]][0]
        if fitting:
            return problems.note(_ambiguous, at, tuple(fitting))
        nearest = min((noted for _, noted in tried.values()), key=lambda noted: noted.count)
        return problems.take(nearest.refusal())

    return read


def _tried(readers: Mapping[str, _Reader], found: Any, at: Trail, unknown: Unknown) -> dict[str, tuple[Any, Problems]]:
    """Return what each member reads, and its problems."""
    noted = {name: Problems(unknown=unknown) for name in readers}
    return {name: (read(found, at, noted[name]), noted[name]) for name, read in readers.items()}


def _unknown_type(path: list[str | int], found: object, known: tuple[str, ...]) -> Problem:
    return unlike((*path, TYPE), ProblemCode.UNKNOWN_KIND, ", ".join(known), found, "the name of a class, one of ")


def _ambiguous(path: list[str | int], fitting: tuple[str, ...]) -> Problem:
    message = f"required key {TYPE!r} is missing: this may be {' or '.join(fitting)}"
    return problem((*path, TYPE), ProblemCode.MISSING_KEY, message, expected=", ".join(fitting))
