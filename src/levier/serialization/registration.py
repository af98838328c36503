"""
Hooks for the cattrs converter of an application.

A module of its own, imported on first use: who reads documents only need not import cattrs.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from cattrs import Converter
from cattrs.errors import StructureHandlerNotFoundError

from levier.model._shapes import class_of, options_of
from levier.model.periods import Day
from levier.model.terms import Term
from levier.serialization._problems import Unknown, check_unknown
from levier.serialization._unions import is_untold, tagged
from levier.serialization.hooks import can_be_read, structure, unstructure
from levier.serialization.migrations import FORMAT_VERSION

__all__ = ["register_hooks"]

C = TypeVar("C", bound=Converter)


def register_hooks(converter: C, *, version: int = FORMAT_VERSION, unknown: Unknown = "refuse") -> C:
    """
    Add every public class of levier to a cattrs converter, and return the converter.

    Your own attrs classes can then have fields of our classes, and of unions of them. A `Decimal` is text too, if the
    converter has no hook for it; nothing else changes. What is not valid raises `InvalidDocumentError` with its
    problems, which `problems_of` reads out of the group that the converter raises.
    *version* is the version of the format in which what is read was written, as in `structure`; what is written is of
    `FORMAT_VERSION`.
    *unknown* is what is done with keys that our classes do not know: "refuse" or "ignore".

    Raises:
        InvalidValueError: If *unknown* is something else.

    >>> from cattrs import Converter
    >>> from levier import Phase, Project
    >>> register_hooks(Converter()).structure({"id": "p", "label": "P"}, Project).phase is Phase.FRAMING
    True
    """
    check_unknown("register_hooks", unknown)
    structure_ours = partial(_structure_ours, version=version, unknown=unknown)
    converter.register_structure_hook_func(_is_our_class, structure_ours)
    converter.register_unstructure_hook_func(_is_our_class, unstructure)
    converter.register_structure_hook_func(_is_our_union, structure_ours)
    converter.register_unstructure_hook_factory(_is_our_union, _member_writer)
    # Hooks for date and str, which a converter may have, win over a predicate, so these two are registered by class.
    for kind in (Day, Term):
        converter.register_structure_hook(kind, structure_ours)
        converter.register_unstructure_hook(kind, _unstructure_exactly)
    return converter


_OURS = ("levier.model.", "levier.compute.")


def _is_our_class(kind: Any) -> bool:
    cls = class_of(kind)
    return cls in (Day, Decimal) or (
        isinstance(cls, type) and cls.__module__.startswith(_OURS) and not issubclass(cls, str)
    )


def _is_our_union(kind: Any) -> bool:
    members = options_of(kind)
    return len(members) > 1 and all(_is_our_class(each) or _is_term(each) for each in members)


def _is_term(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Term)


def _member_writer(kind: Any) -> Callable[[Any], Any]:
    return (lambda value: tagged(value, unstructure(value))) if is_untold(kind) else unstructure


def _structure_ours(found: Any, kind: Any, version: int, unknown: Unknown) -> Any:
    if not can_be_read(kind):  # a datetime, which is a date by inheritance only
        raise StructureHandlerNotFoundError(f"{kind!r} is no class of levier", type_=kind)
    return structure(found, kind, version=version, unknown=unknown)


def _unstructure_exactly(value: object) -> Any:
    # A datetime is a date by inheritance only, and not a value of levier.
    return unstructure(value) if type(value) is Day or isinstance(value, Term) else value
