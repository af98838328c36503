"""
Conversion between values and plain builtins: `structure` and `unstructure`.

Things are objects, containers arrays, terms their text; days, periods, amounts and decimals are text.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NewType, TypeVar, cast, get_args

import msgspec

from levier._once import once
from levier.errors import InvalidValueError
from levier.model._shapes import class_of, options_of
from levier.model.extra import Extra
from levier.model.periods import Day
from levier.serialization._converting import built_in_bulk
from levier.serialization._mirrors import mirrored
from levier.serialization._problems import UNKNOWN, Problems, Unknown, check_unknown
from levier.serialization._scalars import INSTRUMENTS, SCALARS
from levier.serialization.limits import LIMITS, Limits, bounded_depth
from levier.serialization.migrations import FORMAT_VERSION, current, is_current
from levier.serialization.readers import READABLE, reader

__all__ = [
    "INSTRUMENTS",
    "SCALARS",
    "can_be_read",
    "canonical",
    "is_ours",
    "structure",
    "unstructure",
]

T = TypeVar("T")


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
    if not can_be_read(kind):
        raise InvalidValueError("structure", kind, READABLE)
    if unknown in UNKNOWN and is_current(version) and (fast := built_in_bulk(found, kind)) is not None:
        return cast("T", fast)
    check_unknown("structure", unknown)
    problems = Problems(limits, unknown=unknown)
    with bounded_depth(limits):
        value: T = reader(kind)(current(found, kind, version), (), problems)
    if problems.count:
        raise problems.refusal()
    return value


@once
def can_be_read(kind: Any) -> bool:
    """Return whether a type is one of ours: cattrs would coerce others, such as a float from a text."""
    cls, arguments = class_of(kind), get_args(kind)
    if cls is tuple:
        return arguments[1:] == (Ellipsis,) and can_be_read(arguments[0])
    if cls is list and arguments:
        return can_be_read(arguments[0])
    if cls is dict and arguments:
        return arguments[0] is str and can_be_read(arguments[1])
    if options_of(kind) != (kind,):
        return all(map(can_be_read, options_of(kind)))
    if isinstance(kind, NewType) or kind in SCALARS or kind in (str, int, bool):
        return True
    return isinstance(cls, type) and cls.__module__.startswith("levier.")


def is_ours(value: object) -> bool:
    """Return whether a value is an instance of a class of levier, a day or a decimal."""
    kind = type(value)
    return kind in (Day, Decimal) or kind.__module__.startswith("levier.")
