"""The lines of NDJSON: the envelope on the first one, and on each other one a noun and its record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, BinaryIO, NamedTuple, cast

import msgspec
from attrs import evolve

from levier.errors import InvalidDocumentError, LimitExceededError, Problem, ProblemCode
from levier.serialization import json
from levier.serialization._builtins import read_builtins, syntax
from levier.serialization._positions import located
from levier.serialization._problems import problem, unknown_key, unlike
from levier.serialization.document import ITEMS
from levier.serialization.envelope import ENVELOPE, VERSION, envelope_problems
from levier.serialization.hooks import array_of, structure
from levier.serialization.limits import Limits, check_narrow, encoded
from levier.serialization.migrations import is_older, migrated
from levier.serialization.streams import as_bytes

__all__ = ["Line", "builtins_of", "lines_of", "no_envelope", "opened_line", "refused", "things_of", "version_of"]

_OBJECT: msgspec.json.Decoder[Any] = msgspec.json.Decoder(dict[str, msgspec.Raw])


class Line(NamedTuple):
    """A line of a document: its number, its text and, but for the envelope, its noun and its record."""

    number: int
    text: bytes
    noun: str = ""
    record: bytes = b""


def lines_of(stream: BinaryIO, limits: Limits) -> Iterator[Line]:
    """Yield the lines that are not empty."""
    number = 0
    while text := as_bytes(stream.readline(limits.size + 1), stream):
        number += 1
        if len(text) > limits.size:
            raise LimitExceededError("size", limits.size, len(text))
        bare = encoded("records", text) if number == 1 else text
        if bare.strip():
            yield Line(number, bare)


def opened_line(line: Line, version: object, limits: Limits) -> Line:
    """
    Return a line of a document of some version with its noun and its record.

    Raises:
        InvalidDocumentError: If it is no object of one key, the noun.
        LimitExceededError: If it is deeper, or has longer numbers, than *limits* allow.
    """
    check_narrow(line.text, limits)
    held: dict[str, Any] = {}
    with suppress(msgspec.MsgspecError, RecursionError, ValueError):  # what is no such object is explained below
        held = _OBJECT.decode(line.text)
    noun = next(iter(held), "")
    if len(held) == 1 and noun in ITEMS:
        record = bytes(held[noun])
        if len(line.text.strip()) == len(noun) + len(record) + len('{"":}'):
            return Line(line.number, line.text, noun, record)
    return _opened_with_care(line, version, limits)


def _opened_with_care(line: Line, version: object, limits: Limits) -> Line:
    """Return a line that is laid out in another way than ours, or explain why it is none."""
    found = builtins_of(line, limits)
    if not isinstance(found, dict) or len(found) != 1:
        message = "expected an object of one key, the noun"
        raise refused(line, problem((), ProblemCode.WRONG_TYPE, message, expected="an object of one key"))
    noun = next(iter(found))
    if noun not in ITEMS and not is_older(version):
        raise refused(line, unknown_key((noun,), tuple(ITEMS)))
    try:
        return line._replace(noun=noun, record=bytes(_OBJECT.decode(line.text)[noun]))
    except msgspec.MsgspecError as error:  # half a surrogate pair, which the other parser lets pass
        raise refused(line, syntax(error)) from None


def builtins_of(line: Line, limits: Limits) -> Any:
    noticed: list[Problem] = []
    try:
        found = read_builtins(line.text, (), noticed, limits)
    except LimitExceededError:
        raise
    except (ValueError, RecursionError) as error:
        raise refused(line, syntax(error)) from None
    if noticed:
        raise refused(line, *noticed)
    return found


def refused(line: Line, *problems: Problem) -> InvalidDocumentError:
    """Return the refusal of a line, with its number and columns."""
    found = located(InvalidDocumentError(problems), line.text).problems
    return InvalidDocumentError(tuple(evolve(each, line=line.number) for each in found))


def version_of(line: Line, limits: Limits) -> int:
    """
    Return the version of a document, from its first line.

    Raises:
        InvalidDocumentError: If this is no envelope, or of a version that cannot be read.
    """
    found = builtins_of(line, limits)
    if not isinstance(found, dict):
        raise refused(line, unlike((), ProblemCode.WRONG_TYPE, "an object, the envelope", found))
    current = found | {"version": VERSION} if is_older(found.get("version")) else found
    problems = [*envelope_problems(current), *no_envelope(found)]
    if problems:
        raise refused(line, *problems)
    return cast("int", found["version"])


def no_envelope(found: Mapping[str, Any]) -> Iterator[Problem]:
    return (unknown_key((key,), ENVELOPE) for key in found if key not in ENVELOPE)


def things_of(line: Line, version: int, limits: Limits) -> Iterator[Any]:
    try:
        if version == VERSION:
            yield json.loads(line.record, type=ITEMS[line.noun], limits=limits)
            return
        document = migrated({"version": version, line.noun: [msgspec.json.decode(line.record)]})
        for noun in ITEMS:
            yield from structure(document.get(noun, []), array_of(ITEMS[noun]))
    except InvalidDocumentError as error:
        in_line = (evolve(each, pointer=f"/{line.noun}{each.pointer}") for each in error.problems)
        raise refused(line, *in_line) from None
