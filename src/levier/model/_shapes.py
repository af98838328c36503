"""
The structure of annotations: the only module that takes types apart.

A *hint* is the type of a field, such as `Quantity`, `Day | None`, `tuple[LeverId, ...]`, `Sourced[Euros]` or
`Registry[Project]`. All other modules call these functions and read no annotation themselves.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from inspect import get_annotations
from types import GenericAlias, MappingProxyType, NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from attrs import fields, has

from levier._once import once

__all__ = [
    "array_of",
    "class_of",
    "fields_leading_to",
    "fields_with_parts",
    "hints_of",
    "item_of",
    "may_be_none",
    "nested",
    "options_of",
    "parts_of",
]

_BUILTINS = (tuple, list)
_HOLDERS = (Sequence, Mapping)


@once
def hints_of(hint: Any) -> Mapping[str, Any]:
    """
    Return the types of the fields of a class; in a generic one, with its type arguments filled in.

    >>> from levier import Euros, Sourced
    >>> hints_of(Sourced[Euros])["value"]
    <class 'levier.model.money.Euros'>
    """
    cls = class_of(hint)
    chosen = dict(zip(getattr(cls, "__parameters__", ()), get_args(hint), strict=False))
    return MappingProxyType({name: _filled(each, chosen) for name, each in _annotated(cls).items()})


def _annotated(cls: type[Any]) -> dict[str, Any]:
    """
    Return what `get_type_hints` returns, in half of the time: what a module writes twice is evaluated once.

    Our annotations are texts, because our modules begin with `from __future__ import annotations`.
    """
    own = ((base.__module__, get_annotations(base)) for base in reversed(cls.__mro__))
    return {name: _evaluated(module, text) for module, texts in own for name, text in texts.items()}


@once
def _evaluated(module: str, written: Any) -> Any:
    if isinstance(written, str):  # a text in quotes is a text once more
        return _evaluated(module, eval(written, vars(sys.modules[module])))  # noqa: S307  # an annotation of our own
    return NoneType if written is None else written


def _filled(hint: Any, chosen: Mapping[Any, Any]) -> Any:
    """Return *hint* with its type variables replaced by type arguments."""
    if isinstance(hint, TypeVar):
        return chosen.get(hint, hint)
    variables = getattr(hint, "__parameters__", ()) if get_origin(hint) else ()
    return hint[tuple(chosen.get(each, each) for each in variables)] if variables else hint


def class_of(hint: Any) -> Any:
    """
    Return the class of the values of a type, without its type arguments.

    >>> from levier import Euros, Sourced
    >>> class_of(Sourced[Euros]) is Sourced, class_of(tuple[int, ...]), class_of(str)
    (True, <class 'tuple'>, <class 'str'>)
    """
    return get_origin(hint) or hint


def options_of(hint: Any) -> tuple[Any, ...]:
    """
    Return the members of a union except `None`; for any other type, the type itself.

    >>> options_of(int | str | None), options_of(int)
    ((<class 'int'>, <class 'str'>), (<class 'int'>,))
    """
    if get_origin(hint) not in (Union, UnionType):
        return (hint,)
    return tuple(each for each in get_args(hint) if each is not NoneType)


def may_be_none(hint: Any) -> bool:
    """Return whether a field of this type may be `None`."""
    return get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint)


def item_of(hint: Any) -> Any:
    """
    Return the type of the items of a tuple, a list, a registry or a sequence of levier; `None` for other types.

    >>> from levier import Lever, Registry
    >>> from levier.fund import Journal
    >>> [item_of(hint).__name__ for hint in (tuple[int, ...], Journal, Registry[Lever])], item_of(Lever)
    (['int', 'JournalEntry', 'Lever'], None)
    """
    if class_of(hint) in _BUILTINS:
        return next(iter(get_args(hint)), None)
    for base in getattr(class_of(hint), "__orig_bases__", ()):
        if get_origin(base) in _HOLDERS:
            held = _filled(get_args(base)[-1], dict(zip(base.__parameters__, get_args(hint), strict=False)))
            return None if isinstance(held, TypeVar) else held
    return None


def array_of(item: Any) -> Any:
    """Return the type of a tuple of any length of *item*, a type known only at run time."""
    return GenericAlias(tuple, (item, ...))


def parts_of(hint: Any) -> tuple[Any, ...]:
    """
    Return a type, its class and all its type arguments, at any depth.

    >>> parts_of(tuple[int, ...] | None)
    (tuple[int, ...] | None, <class 'types.UnionType'>, tuple[int, ...], <class 'tuple'>, <class 'int'>, Ellipsis, ...)
    """
    own = (hint,) if get_origin(hint) is None else (hint, get_origin(hint))
    return own + tuple(part for argument in get_args(hint) for part in parts_of(argument))


@once
def fields_with_parts(cls: type[Any]) -> Mapping[str, tuple[type[Any], ...]]:
    """
    Return the fields of a class that hold attrs values, alone or in a sequence, with the classes of these.

    A walk over values visits these fields only. A field of an open type, such as the value of a `Sourced`, may hold a
    value of any class: `object` stands for it.

    >>> from levier import BudgetProgramme, Lever
    >>> [held.__name__ for held in fields_with_parts(BudgetProgramme)["names"]], "label" in fields_with_parts(Lever)
    (['DatedName'], False)
    """
    found = {attribute.name: tuple(_attrs_classes(hints_of(cls)[attribute.name])) for attribute in fields(cls)}
    return MappingProxyType({name: classes for name, classes in found.items() if classes})


def _attrs_classes(hint: Any) -> Iterator[type[Any]]:
    for part in parts_of(hint):
        if isinstance(part, TypeVar):
            yield object
        elif isinstance(part, type):
            yield from (each for each in (part, item_of(part)) if isinstance(each, type) and has(each))


@once
def fields_leading_to(cls: type[Any], sought: type[Any]) -> tuple[str, ...]:
    """
    Return the fields of a class in which a value of the class *sought* may be found, at any depth.

    >>> from levier import Project, Sourced
    >>> "decisions" in fields_leading_to(Project, Sourced), "milestones" in fields_leading_to(Project, Sourced)
    (True, False)
    """
    return tuple(
        name
        for name, classes in fields_with_parts(cls).items()
        if any(held is sought or (has(held) and fields_leading_to(held, sought)) for held in classes)
    )


def nested(value: Any) -> Iterator[tuple[str, int | None, Any]]:
    """
    Yield the attrs values in the fields of a value, each with its field and, in a tuple, its index.

    >>> from levier import BudgetProgramme
    >>> from levier.plans import DatedName
    >>> held = BudgetProgramme(id="349", label="FTAP", mission="M", names=[DatedName(name="Transformation")])
    >>> [(name, place) for name, place, _ in nested(held)]
    [('names', 0)]
    """
    for name in fields_with_parts(type(value)):
        held = getattr(value, name)
        if has(type(held)):
            yield name, None, held
        elif isinstance(held, Sequence) and not isinstance(held, str):
            yield from ((name, place, part) for place, part in enumerate(held) if has(type(part)))
