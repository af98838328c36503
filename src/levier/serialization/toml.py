"""
TOML, for documents written by hand: read by the standard library, checked like any other document.

Written through the extra `toml`.
TOML has no null: what is `None` is left out, and every field that may be `None` is so by default.
Its parser tells no places but those of syntax errors: other problems have a JSON pointer, and neither line nor column.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from typing import Any, TypeVar, overload

from levier.errors import (
    InvalidDocumentError,
    InvalidValueError,
    LimitExceededError,
    MissingExtraError,
    Problem,
    ProblemCode,
)
from levier.model.portfolio import Portfolio
from levier.serialization.envelope import Envelope, Provenance, envelope_from
from levier.serialization.hooks import unstructure
from levier.serialization.limits import LIMITS, Limits, bounded_depth, check_built, check_by_hand, check_dotted, encoded
from levier.serialization.streams import Readable, Writable, read, write
from levier.serialization.values import value_from, written

__all__ = ["dump", "dumps", "load", "loads", "parse", "read_envelope"]

T = TypeVar("T")

_PLACE = re.compile(r"at line (\d+), column (\d+)")


def dumps(value: object, *, provenance: Provenance | None = None, digest: bool = False) -> bytes:
    """
    Return *value* as TOML in UTF-8.

    Raises:
        InvalidValueError: If the value is not written as an object, or cannot be written.
        MissingExtraError: If the extra `toml` is not installed.

    >>> from levier import Method
    >>> print(dumps(Method(id="nudge", label="Nudge")).decode())
    id = "nudge"
    label = "Nudge"
    label_en = ""
    source_ids = []
    """
    try:
        import tomli_w
    except ImportError as error:
        raise MissingExtraError("writing TOML", "toml") from error
    found = _without_nulls(unstructure(written(value, provenance, digest=digest)))
    if not isinstance(found, dict):
        raise InvalidValueError("dumps", value, "a value that is written as an object: TOML holds nothing else")
    return tomli_w.dumps(found).encode()


@overload
def loads(data: bytes | str, *, limits: Limits = ...) -> Portfolio: ...


@overload
def loads(data: bytes | str, *, type: type[T], limits: Limits = ...) -> T: ...


def loads(data: bytes | str, *, type: type[Any] = Portfolio, limits: Limits = LIMITS) -> Any:  # noqa: A002  # its name
    """
    Return the portfolio, or the value of class *type*, that a TOML document describes; dates may be TOML's own.

    Raises:
        InvalidDocumentError: If the document is not valid; lists every problem.
        LimitExceededError: If it is larger, deeper or longer than *limits* allow.

    >>> plan = loads('''
    ... format = "levier"
    ... version = 1
    ... [[methods]]
    ... id = "nudge"
    ... label = "Nudge"
    ... ''')
    >>> plan.methods["nudge"].label
    'Nudge'
    """
    found = parse(data, limits=limits)
    with bounded_depth(limits):
        return value_from(found, type, limits)


def dump(value: object, target: Writable, *, provenance: Provenance | None = None, digest: bool = False) -> None:
    """
    Write *value* as TOML to a file, whole or not at all, or to a binary stream.

    Raises:
        InvalidValueError: If it cannot be written.
        MissingExtraError: If the extra `toml` is not installed.
        OSError: If the file cannot be written.
    """
    write(target, dumps(value, provenance=provenance, digest=digest))


@overload
def load(source: Readable, *, limits: Limits = ...) -> Portfolio: ...


@overload
def load(source: Readable, *, type: type[T], limits: Limits = ...) -> T: ...


def load(source: Readable, *, type: type[Any] = Portfolio, limits: Limits = LIMITS) -> Any:  # noqa: A002  # as above
    """
    Return the portfolio, or the value of class *type*, in a file or a binary stream.

    Raises:
        InvalidDocumentError: If the document is not valid; lists every problem.
        LimitExceededError: If it is larger, deeper or longer than *limits* allow.
        OSError: If the file cannot be read.
    """
    return loads(read(source, limits), type=type, limits=limits)


def read_envelope(data: bytes | str, *, limits: Limits = LIMITS) -> Envelope:
    r"""
    Return what a document says of itself, whatever its version.

    Raises:
        InvalidDocumentError: If it is not TOML, or has no envelope.
        LimitExceededError: If it is larger, deeper or longer than *limits* allow.

    >>> read_envelope('format = "levier"\nversion = 1').version
    1
    """
    return envelope_from(parse(data, limits=limits), limits)


def parse(data: bytes | str, *, limits: Limits = LIMITS) -> dict[str, Any]:
    """
    Return a TOML document as plain builtins, its local dates as text.

    Raises:
        InvalidDocumentError: If it is not TOML in UTF-8.
        LimitExceededError: If it is larger, deeper or longer than *limits* allow.
    """
    try:
        with bounded_depth(limits):
            raw = encoded("loads", data)
            check_by_hand(raw, limits)
            check_dotted(raw, limits)
            found = tomllib.loads(raw.decode())
            check_built(found, limits)
            return {key: _plain(value) for key, value in found.items()}
    except (InvalidValueError, LimitExceededError):
        raise
    except ValueError as error:
        raise InvalidDocumentError((_syntax(error),)) from None


def _syntax(error: Exception) -> Problem:
    place = _PLACE.search(str(error))
    line, column = map(int, place.groups()) if place else (None, None)
    message = f"not a TOML document saved as UTF-8: {error}"
    return Problem(pointer="", code=ProblemCode.SYNTAX, message=message, line=line, column=column)


def _plain(found: Any) -> Any:
    if isinstance(found, dict):
        return {key: _plain(value) for key, value in found.items()}
    if isinstance(found, list):
        return [_plain(value) for value in found]
    if isinstance(found, date) and not isinstance(found, datetime):
        return found.isoformat()
    return found


def _without_nulls(found: Any) -> Any:
    if isinstance(found, dict):
        return {key: _without_nulls(value) for key, value in found.items() if value is not None}
    return [_without_nulls(value) for value in found] if isinstance(found, list) else found
