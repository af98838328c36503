"""
TOML, for documents written by hand: read by the standard library, checked like any other format.

Writing needs the extra `toml`.
TOML has no null, so `None` is omitted; every field that may be `None` has it as its default.
The parser gives positions for syntax errors only: other problems have a JSON pointer, without line and column.

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

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from typing import Any, Final

from levier.errors import InvalidDocumentError, InvalidValueError, MissingExtraError, Problem, ProblemCode
from levier.serialization._problems import Problems, Unknown
from levier.serialization.codecs import Codec
from levier.serialization.envelope import Envelope, Provenance, envelope_from
from levier.serialization.hooks import unstructure
from levier.serialization.limits import LIMITS, Limits, bounded_depth, check_built, check_by_hand, check_dotted, encoded
from levier.serialization.values import value_from, written

__all__ = ["CODEC", "dump", "dumps", "load", "loads", "parse", "read_envelope"]

_PLACE = re.compile(r"at line (\d+), column (\d+)")


def dumps(value: object, *, provenance: Provenance | None = None, digest: bool = False) -> bytes:
    """
    Return *value* as TOML in UTF-8.

    Raises:
        InvalidValueError: If the value cannot be written, or is not written as an object.
        MissingExtraError: If the extra `toml` is not installed.

    >>> from levier import Method
    >>> print(dumps(Method(id="nudge", label="Nudge")).decode())
    id = "nudge"
    label = "Nudge"
    """
    try:
        import tomli_w
    except ImportError as error:
        raise MissingExtraError("writing TOML", "toml") from error
    found = _without_nulls(unstructure(written(value, provenance, digest=digest)))
    if not isinstance(found, dict):
        raise InvalidValueError("dumps", value, "a value that is written as an object: TOML holds nothing else")
    return tomli_w.dumps(found).encode()


def parse(data: bytes | str, *, limits: Limits = LIMITS) -> dict[str, Any]:
    """
    Return a TOML document as plain builtins, with local dates as text.

    Raises:
        InvalidDocumentError: If it is not TOML in UTF-8.
        LimitExceededError: If the document exceeds *limits*.
    """
    with bounded_depth(limits):
        return _parsed(encoded("parse", data), limits)


def _parsed(raw: bytes, limits: Limits) -> dict[str, Any]:
    check_by_hand(raw, limits)
    check_dotted(raw, limits)
    try:
        found = tomllib.loads(raw.decode())
    except ValueError as error:
        raise InvalidDocumentError((_syntax(error),)) from None
    check_built(found, limits)
    return {key: _plain(value) for key, value in found.items()}


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
        if _has_null(found.get("extra")):
            raise InvalidValueError("dumps", found["extra"], "an extra without null, which TOML does not have")
        return {key: _without_nulls(value) for key, value in found.items() if value is not None}
    return [_without_nulls(value) for value in found] if isinstance(found, list) else found


def _has_null(found: Any) -> bool:
    """Return whether an application's own keys hold a null."""
    parts = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return any(part is None or _has_null(part) for part in parts)


def _decode(raw: bytes, kind: type[Any], limits: Limits, version: int, unknown: Unknown) -> Any:
    return value_from(_parsed(raw, limits), kind, limits, Problems(limits, unknown=unknown), version)


def _head_of(raw: bytes, limits: Limits) -> Envelope:
    return envelope_from(_parsed(raw, limits), limits)


CODEC = Codec(name="TOML", encode=dumps, decode=_decode, head=_head_of)
loads: Final = CODEC.loads
dump: Final = CODEC.dump
load: Final = CODEC.load
read_envelope: Final = CODEC.read_envelope
