"""
Conversion between values and plain builtins; with `_bulk`, the only module that uses cattrs and msgspec.

Things are objects, containers arrays, terms their text; days, periods, amounts and decimals are text.
`register_hooks` adds every public class to a cattrs converter of an application;
`structure` and `unstructure` convert from plain builtins to values and back.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any, NewType, TypeVar, cast, get_args

import msgspec
from cattrs import Converter
from cattrs.errors import StructureHandlerNotFoundError

from levier._once import once
from levier.errors import InvalidValueError
from levier.model._shapes import class_of, options_of
from levier.model.extra import Extra
from levier.model.periods import Day
from levier.model.terms import Term
from levier.serialization._converting import built_in_bulk
from levier.serialization._mirrors import mirrored
from levier.serialization._problems import UNKNOWN, Problems, Unknown, check_unknown
from levier.serialization._scalars import (
    INSTRUMENTS,
    SCALARS,
    class_of_kind,
    decode_scalar,
)
from levier.serialization._unions import is_untold, tagged
from levier.serialization.limits import LIMITS, Limits, bounded_depth
from levier.serialization.migrations import FORMAT_VERSION, current, is_current
from levier.serialization.readers import READABLE, reader

__all__ = [
    "INSTRUMENTS",
    "SCALARS",
    "canonical",
    "class_of_kind",
    "decode_scalar",
    "is_ours",
    "register_hooks",
    "structure",
    "unstructure",
]

T = TypeVar("T")
C = TypeVar("C", bound=Converter)


def _as_written(own: Extra) -> msgspec.Raw:
    """Return an application's own keys as JSON: what msgspec asks about all that it does not know."""
    return msgspec.Raw(own.text)


def _as_builtins(own: Extra) -> Any:
    return msgspec.json.decode(own.text)


_ENCODER = msgspec.json.Encoder(order="deterministic", enc_hook=_as_written)


def canonical(value: object) -> bytes:
    """
    Return any value as canonical JSON: sorted keys, what equals its default left out, decimals without exponent.

    >>> from levier import Quantity
    >>> canonical(Quantity.exact("0.0000005", "share"))
    b'{"lower":"0.0000005","unit":"share","upper":"0.0000005"}'
    """
    try:
        return _ENCODER.encode(mirrored(value))
    except RecursionError:
        raise InvalidValueError("unstructure", type(value), "a value that is not so deep, and not in itself") from None
    except UnicodeEncodeError as error:
        raise InvalidValueError("unstructure", error.object, "text without lone surrogates") from None


def unstructure(value: object) -> Any:
    """
    Return a value of levier as plain builtins, ready for JSON: sorted keys, decimals as text.

    What equals its default is left out.

    Raises:
        InvalidValueError: If the value, or a part of it, cannot be written, such as a `datetime`, a set or NaN.

    >>> from levier import Method
    >>> unstructure(Method(id="nudge", label="Nudge"))
    {'id': 'nudge', 'label': 'Nudge'}
    """
    if type(value).__module__.startswith("levier.model."):
        return msgspec.to_builtins(mirrored(value), enc_hook=_as_builtins)
    return msgspec.json.decode(canonical(value))


def structure(
    found: object,
    kind: type[T],
    *,
    version: int = FORMAT_VERSION,
    unknown: Unknown = "refuse",
    limits: Limits = LIMITS,
) -> T:
    """
    Return a value of class *kind* from plain builtins.

    *version* is the version of the format in which they were written (`FORMAT_VERSION` of that day): those of an
    earlier one are brought to that of this release.
    *unknown* is what is done with keys that this release does not know: "refuse" or "ignore".

    Raises:
        InvalidDocumentError: If they are not valid; lists every problem, up to the number that *limits* allow. Also if
            *version* is one that this release cannot read.
        LimitExceededError: If they are so deep that the stack of Python overflows.
        InvalidValueError: If *kind* is neither a class of levier nor a tuple, list or dictionary of one, or *unknown*
            is something else.

    >>> from levier import Method
    >>> structure({"id": "nudge", "label": "Nudge"}, Method).label
    'Nudge'
    """
    if unknown in UNKNOWN and is_current(version) and (fast := built_in_bulk(found, kind)) is not None:
        return cast("T", fast)
    if not _can_be_read(kind):
        raise InvalidValueError("structure", kind, READABLE)
    check_unknown("structure", unknown)
    problems = Problems(limits, unknown=unknown)
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


def is_ours(value: object) -> bool:
    """Return whether a value is an instance of a class of levier, a day or a decimal."""
    kind = type(value)
    return kind in (Day, Decimal) or kind.__module__.startswith("levier.")


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
    if not _can_be_read(kind):  # a datetime, which is a date by inheritance only
        raise StructureHandlerNotFoundError(f"{kind!r} is no class of levier", type_=kind)
    return structure(found, kind, version=version, unknown=unknown)


def _unstructure_exactly(value: object) -> Any:
    # A datetime is a date by inheritance only, and not a value of levier.
    return unstructure(value) if type(value) is Day or isinstance(value, Term) else value
