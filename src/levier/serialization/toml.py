"""
TOML, for documents written by hand: read by the standard library, checked like any other format.

Writing needs the extra `toml`.
TOML has no null; every field that may be `None` has it as its default, which is left out.
Every problem has its line and column; what people write and TOML refuses has a hint at what to write.

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
from itertools import islice
from typing import Any, Final

from levier.errors import InvalidDocumentError, InvalidValueError, MissingExtraError, Problem, ProblemCode
from levier.model.portfolio import Portfolio
from levier.serialization._declared import declared
from levier.serialization._positions import lines_of, located
from levier.serialization._problems import Problems, Unknown
from levier.serialization._toml_hints import hint
from levier.serialization._toml_layout import Layout
from levier.serialization._toml_positions import places_in_toml
from levier.serialization.codecs import Codec
from levier.serialization.envelope import Envelope, Provenance, envelope_from
from levier.serialization.hooks import unstructure
from levier.serialization.limits import LIMITS, Limits, bounded_depth, check_built, check_by_hand, check_dotted, encoded
from levier.serialization.migrations import is_older
from levier.serialization.values import value_from, written

__all__ = ["CODEC", "dump", "dumps", "load", "loads", "parse", "read_envelope"]

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)")


def dumps(value: object, *, provenance: Provenance | None = None, digest: bool = False) -> bytes:
    """
    Return *value* as TOML in UTF-8, laid out as people write it: in the order of the classes, without defaults.

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
    whole = written(value, provenance, digest=digest)
    found = declared(whole, unstructure(whole))
    if not isinstance(found, dict):
        raise InvalidValueError("dumps", value, "a value that is written as an object: TOML holds nothing else")
    return "".join(f"{line}\n" for line in Layout(tomli_w.dumps).lines(found)).encode()


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
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise InvalidDocumentError((_syntax(raw, error.start, str(error)),)) from None
    try:
        found = tomllib.loads(text)
    except ValueError as error:
        raise InvalidDocumentError((_explained(text, str(error)),)) from None
    check_built(found, limits)
    return {key: _plain(value) for key, value in found.items()}


def _explained(text: str, error: str) -> Problem:
    """Return the problem of a text that is no TOML, from the message of the parser."""
    place, said = _PLACE.search(error), _PLACE.sub("", error)
    stopped = len(text)
    if place and place[1]:
        line, column = int(place[1]), int(place[2])
        stopped = sum(len(each) + 1 for each in islice(text.split("\n"), line - 1)) + column - 1
    advice, start = hint(text, stopped, error)
    offset = len(text[: start if advice else stopped].encode())
    return _syntax(text.encode(), offset, f"{said}; {advice}" if advice else said)


def _syntax(raw: bytes, offset: int, said: str) -> Problem:
    ((_, (line, column)),) = lines_of(raw, [offset])
    message = f"not a TOML document saved as UTF-8: {said}"
    return Problem(pointer="", code=ProblemCode.SYNTAX, message=message, line=line, column=column)


def _plain(found: Any) -> Any:
    if isinstance(found, dict):
        return {key: _plain(value) for key, value in found.items()}
    if isinstance(found, list):
        return [_plain(value) for value in found]
    if isinstance(found, date) and not isinstance(found, datetime):
        return found.isoformat()
    return found


def _decode(raw: bytes, kind: type[Any], limits: Limits, version: int, unknown: Unknown) -> Any:
    found = _parsed(raw, limits)
    try:
        return value_from(found, kind, limits, Problems(limits, unknown=unknown), version)
    except InvalidDocumentError as error:
        refusal = error.with_traceback(None)  # the traceback would keep the document in memory
    written_in = found.get("version") if kind is Portfolio else version
    raise refusal if is_older(written_in) else located(refusal, raw, places_in_toml)  # a migration moves what it holds


def _head_of(raw: bytes, limits: Limits) -> Envelope:
    found = _parsed(raw, limits)
    try:
        return envelope_from(found, limits)
    except InvalidDocumentError as error:
        raise located(error, raw, places_in_toml) from None


CODEC = Codec(name="TOML", encode=dumps, decode=_decode, head=_head_of)
loads: Final = CODEC.loads
dump: Final = CODEC.dump
load: Final = CODEC.load
read_envelope: Final = CODEC.read_envelope
