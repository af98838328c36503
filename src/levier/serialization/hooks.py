"""
Conversion between values and plain builtins; with `_bulk`, the only module that uses cattrs and msgspec.

Things are objects, containers arrays, terms their text; days, periods, amounts and decimals are text.
`register_hooks` adds every public class to a cattrs converter of an application;
`structure` and `unstructure` convert from plain builtins to values and back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Any, NewType, TypeVar, cast, get_args

import msgspec
from cattrs import Converter
from cattrs.errors import StructureHandlerNotFoundError

from levier._once import once
from levier.errors import InvalidValueError
from levier.model._numbers import EXACT as IN_FULL
from levier.model._numbers import written
from levier.model._shapes import class_of, options_of
from levier.model.journal import Journal
from levier.model.money import Euros
from levier.model.observations import Observations
from levier.model.periods import Day, Period
from levier.model.registry import Registry
from levier.model.terms import Term
from levier.serialization._converting import built_in_bulk
from levier.serialization._problems import Problems, is_array
from levier.serialization._scalars import (
    INSTRUMENTS,
    SCALARS,
    class_of_kind,
    decode_scalar,
)
from levier.serialization._unions import is_untold, tagged
from levier.serialization.limits import LIMITS, Limits, bounded_depth
from levier.serialization.migrations import FORMAT_VERSION, current
from levier.serialization.readers import READABLE, reader

__all__ = [
    "INSTRUMENTS",
    "SCALARS",
    "canonical",
    "class_of_kind",
    "decode_scalar",
    "encode",
    "is_ours",
    "register_hooks",
    "structure",
    "unstructure",
]

T = TypeVar("T")
C = TypeVar("C", bound=Converter)


@lru_cache(maxsize=65_536)
def _iso(day: Day) -> str:
    return day.isoformat()


def encode(value: Any) -> Any:
    """Return the builtins of a value whose class msgspec does not know; msgspec calls it as a hook."""
    if type(value) is Day:
        return _iso(value)
    if type(value) is Period:
        return value.text
    if type(value) is Euros:
        return value.text
    if type(value) is Registry:
        return tuple(value.values())
    if type(value) is Observations:
        return value.rows
    if type(value) is Journal:
        return tuple(value)
    raise InvalidValueError("unstructure", value, "a value of levier or a plain builtin")


_ENCODER = msgspec.json.Encoder(enc_hook=encode, order="sorted")
_EXPONENT = re.compile(rb'"-?[0-9](?:\.[0-9]+)?E[-+][0-9]+"')
"""Matches a number below a millionth as `str` and msgspec write it, with an exponent, or a text that looks like one."""


def canonical(value: object) -> bytes:
    """
    Return any value as canonical JSON: sorted keys, decimals as text without exponent.

    >>> from levier import Quantity
    >>> canonical(Quantity.exact("0.0000005", "share"))[-59:]
    b'"0.0000005","stated":"","unit":"share","upper":"0.0000005"}'
    """
    with localcontext(IN_FULL):  # the caller's context may make `str` write a small "e"
        found = _ENCODER.encode(value)
        if (b"E-" in found or b"E+" in found) and _EXPONENT.search(found):
            numbers = msgspec.to_builtins(value, builtin_types=(Decimal,), enc_hook=encode)
            return _ENCODER.encode(_without_exponents(numbers))
    return found


def _without_exponents(found: Any) -> Any:
    if type(found) is dict:
        return {key: _without_exponents(value) for key, value in found.items()}
    if is_array(found):
        return [_without_exponents(value) for value in found]
    return written(found) if type(found) is Decimal else found


def unstructure(value: object) -> Any:
    """
    Return a value of levier as plain builtins, ready for JSON: sorted keys, decimals as text.

    Raises:
        InvalidValueError: If the value, or a part of it, cannot be written.

    >>> from levier import Method
    >>> unstructure(Method(id="nudge", label="Nudge"))
    {'id': 'nudge', 'label': 'Nudge', 'label_en': '', 'source_ids': []}
    """
    return msgspec.json.decode(canonical(value))


def structure(found: object, kind: type[T], *, version: int = FORMAT_VERSION, limits: Limits = LIMITS) -> T:
    """
    Return a value of class *kind* from plain builtins.

    *version* is the version of the format in which they were written (`FORMAT_VERSION` of that day): those of an
    earlier one are brought to that of this release.

    Raises:
        InvalidDocumentError: If they are not valid; lists every problem, up to the number that *limits* allow. Also if
            *version* is one that this release cannot read.
        LimitExceededError: If they are so deep that the stack of Python overflows.
        InvalidValueError: If *kind* is neither a class of levier nor a tuple, list or dictionary of one.

    >>> from levier import Method
    >>> structure({"id": "nudge", "label": "Nudge"}, Method).label
    'Nudge'
    """
    if not _can_be_read(kind):
        raise InvalidValueError("structure", kind, READABLE)
    if version == FORMAT_VERSION and (fast := built_in_bulk(found, kind)) is not None:
        return cast("T", fast)
    problems = Problems(limits)
    with bounded_depth(limits):
        value: T = reader(kind)(current(found, kind, version), (), problems)
    if problems.count:
        raise problems.refusal()
    return value


@once
def _can_be_read(kind: Any) -> bool:
    """Return whether a type is one of ours: cattrs would coerce others, such as a float from a text."""
    cls, arguments = class_of(kind), get_args(kind)
    if cls is tuple:
        return arguments[1:] == (Ellipsis,) and _can_be_read(arguments[0])
    if cls is list and arguments:
        return _can_be_read(arguments[0])
    if cls is dict and arguments:
        return arguments[0] is str and _can_be_read(arguments[1])
    if options_of(kind) != (kind,):
        return all(map(_can_be_read, options_of(kind)))
    if isinstance(kind, NewType) or kind in SCALARS or kind in (str, int, bool):
        return True
    return isinstance(cls, type) and cls.__module__.startswith("levier.")


def register_hooks(converter: C) -> C:
    """
    Add every public class of levier to a cattrs converter, and return the converter.

    Your own attrs classes can then have fields of our classes, and of unions of them that *kind* tells apart; the
    converter is otherwise unchanged. What is not valid raises `InvalidDocumentError` with its problems, which
    `problems_of` reads out of the group that the converter raises.

    >>> from cattrs import Converter
    >>> from levier import Phase, Project
    >>> register_hooks(Converter()).structure({"id": "p", "label": "P"}, Project).phase is Phase.FRAMING
    True
    """
    converter.register_structure_hook_func(_is_our_class, _structure_ours)
    converter.register_unstructure_hook_func(_is_our_class, unstructure)
    converter.register_structure_hook_func(_is_our_union, _structure_ours)
    converter.register_unstructure_hook_factory(_is_our_union, _member_writer)
    # Hooks for date and str, which a converter may have, win over a predicate, so these two are registered by class.
    for kind in (Day, Term):
        converter.register_structure_hook(kind, _structure_ours)
        converter.register_unstructure_hook(kind, _unstructure_exactly)
    return converter


_OURS = ("levier.model.", "levier.compute.")


def is_ours(value: object) -> bool:
    """Return whether a value is an instance of a class of levier, a day or a decimal."""
    kind = type(value)
    return kind in (Day, Decimal) or kind.__module__.startswith("levier.")


def _is_our_class(kind: Any) -> bool:
    cls = class_of(kind)
    return cls is Day or (isinstance(cls, type) and cls.__module__.startswith(_OURS) and not issubclass(cls, str))


def _is_our_union(kind: Any) -> bool:
    members = options_of(kind)
    return len(members) > 1 and all(_is_our_class(each) or _is_term(each) for each in members)


def _is_term(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Term)


def _member_writer(kind: Any) -> Callable[[Any], Any]:
    return (lambda value: tagged(value, unstructure(value))) if is_untold(kind) else unstructure


def _structure_ours(found: Any, kind: Any) -> Any:
    if not _can_be_read(kind):  # a datetime, which is a date by inheritance only
        raise StructureHandlerNotFoundError(f"{kind!r} is no class of levier", type_=kind)
    return structure(found, kind)


def _unstructure_exactly(value: object) -> Any:
    # A datetime is a date by inheritance only, and not a value of levier.
    return unstructure(value) if type(value) is Day or isinstance(value, Term) else value
