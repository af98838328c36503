"""The lines of NDJSON: the envelope on the first line, one record on each other line."""

from __future__ import annotations

import json as stdjson
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, NamedTuple

import msgspec
from attrs import evolve

from levier.errors import InvalidDocumentError, LimitExceededError, Problem, ProblemCode
from levier.model._shapes import array_of
from levier.serialization import json
from levier.serialization._builtins import read_builtins, syntax
from levier.serialization._positions import located
from levier.serialization._problems import Problems, Unknown, problem, trail_of, unknown_key, unlike
from levier.serialization.document import ITEMS
from levier.serialization.envelope import ENVELOPE, FORMAT_VERSION, note_envelope, with_generator
from levier.serialization.hooks import structure
from levier.serialization.limits import Limits, check_json, check_narrow, encoded
from levier.serialization.migrations import is_older, migrated
from levier.serialization.streams import as_bytes

__all__ = ["Line", "envelope_of", "lines_of", "opened_line", "opening_of", "refused", "things_of"]

_OBJECT: msgspec.json.Decoder[Any] = msgspec.json.Decoder(dict[str, msgspec.Raw])


class Line(NamedTuple):
    """A line of a document: its number and text and, except for the envelope, its noun and its record."""

    number: int
    text: bytes
    noun: str = ""
    record: bytes = b""


def lines_of(stream: BinaryIO, limits: Limits) -> Iterator[Line]:
    """Yield the non-empty lines."""
    number = 0
    while text := as_bytes(stream.readline(limits.size_bytes + 1), stream):
        number += 1
        if len(text) > limits.size_bytes:
            raise LimitExceededError("size_bytes", limits.size_bytes, len(text))
        bare = encoded("records", text) if number == 1 else text
        if bare.strip():
            yield Line(number, bare)


def opened_line(line: Line, version: object, limits: Limits, problems: Problems) -> Line | None:
    """
    Return a line with its noun and its record; if it is invalid, note the problem and return `None`.

    Raises:
        LimitExceededError: If it is deeper or has longer numbers than *limits* allow.
    """
    if problems.is_full and b"{" not in line.text:  # not an object, so it has no repeated keys
        check_json(line.text, limits)
        problems.add(1)
        return None
    check_narrow(line.text, limits)
    try:
        held = _OBJECT.decode(line.text)
    except (msgspec.ValidationError, RecursionError):  # not an object, or too deep: reported below
        held = dict[str, Any]()
    except (msgspec.MsgspecError, ValueError) as error:
        check_json(line.text, limits)
        problems.note(_no_json, (), line.text, error)
        return None
    noun = next(iter(held), "")
    if len(held) == 1 and noun in ITEMS:
        record = bytes(held[noun])
        if len(line.text.strip()) == len(noun) + len(record) + len('{"":}'):
            return Line(line.number, line.text, noun, record)
    return _opened_with_care(line, held, version, limits, problems)


def _opened_with_care(
    line: Line, held: Mapping[str, Any], version: object, limits: Limits, problems: Problems
) -> Line | None:
    """Return a line with an unusual layout; if it is invalid, note the problem and return `None`."""
    before = problems.count
    found = builtins_of(line, limits, problems)
    if problems.count > before:
        return None
    if not isinstance(found, dict) or len(found) != 1:
        problems.note(_no_line, ())
        return None
    noun = next(iter(found))
    if noun not in ITEMS and not is_older(version) and problems.unknown == "refuse":
        problems.note(unknown_key, trail_of(noun), tuple(ITEMS))
        return None
    # Without an object, the line was too deep for the fast parser but not for this one; report it as too deep.
    return line._replace(noun=noun, record=bytes((held or _OBJECT.decode(line.text))[noun]))


def _no_json(_: object, text: bytes, error: Exception) -> Problem:
    try:
        stdjson.loads(text.decode())
    except ValueError as told:  # its message has the place too
        return syntax(told)
    return syntax(error)  # a lone surrogate, which only one of the two parsers accepts


def _no_line(path: Sequence[str | int]) -> Problem:
    message = "expected an object of one key, the noun"
    return problem(path, ProblemCode.WRONG_TYPE, message, expected="an object of one key")


def builtins_of(line: Line, limits: Limits, problems: Problems) -> Any:
    """Return the builtins of a line; if it is not JSON, note the problem and return `None`."""
    try:
        return read_builtins(line.text, problems, limits)
    except LimitExceededError:
        raise
    except ValueError as error:
        problems.note(_syntax, (), error)
        return None


def _syntax(_: object, error: Exception) -> Problem:
    return syntax(error)


def refused(line: Line, error: InvalidDocumentError) -> InvalidDocumentError:
    """Return the error of a line with its line number and columns."""
    found = located(error, line.text).problems
    return evolve(error, problems=tuple(evolve(each, line=line.number) for each in found))


def opening_of(line: Line, limits: Limits, unknown: Unknown) -> tuple[int, str, str]:
    """
    Return the version of a document, its digest and its generator (empty texts if not stated) from its first line.

    Raises:
        InvalidDocumentError: If the line is not an envelope, or its version cannot be read.
    """
    problems = Problems(limits, unknown=unknown)
    found = envelope_of(line, limits, problems)
    if found or not problems.count:  # an unreadable envelope is not reported as lacking keys too
        current = found | {"version": FORMAT_VERSION} if is_older(found.get("version")) else found
        note_envelope(current, problems)
    if problems.count:
        raise refused(line, with_generator(problems.refusal(), found.get("generator")))
    return found["version"], found.get("digest", ""), found.get("generator", "")


def envelope_of(line: Line, limits: Limits, problems: Problems) -> dict[str, Any]:
    """
    Return the content of the first line; note unknown keys, or why it cannot be read.

    Raises:
        InvalidDocumentError: If the line is not an envelope at all.
    """
    before = problems.count
    found = builtins_of(line, limits, problems)
    if problems.count > before:
        return {}
    if not isinstance(found, dict):
        wrong = unlike((), ProblemCode.WRONG_TYPE, "an object, the envelope", found)
        raise refused(line, InvalidDocumentError((wrong,)))
    for key in found:
        if key not in ENVELOPE:
            problems.note(unknown_key, trail_of(key), ENVELOPE)
    return found


def things_of(line: Line, version: int, limits: Limits, unknown: Unknown, generator: str) -> Iterator[Any]:
    """Yield the things of a line: one, or several if a migration splits an older record."""
    try:
        if version == FORMAT_VERSION:
            if line.noun in ITEMS:  # else an unknown noun, which is ignored
                yield json.loads(line.record, type=ITEMS[line.noun], unknown=unknown, limits=limits)
            return
        document = migrated({"version": version, line.noun: [_record(line, limits)]})
        for noun in ITEMS:
            yield from structure(document.get(noun, []), array_of(ITEMS[noun]), unknown=unknown, limits=limits)
    except InvalidDocumentError as error:
        in_line = (evolve(each, pointer=f"/{line.noun}{each.pointer}") for each in error.problems)
        raise refused(line, with_generator(evolve(error, problems=tuple(in_line)), generator)) from None


def _record(line: Line, limits: Limits) -> Any:
    problems = Problems(limits)
    found = builtins_of(line._replace(text=line.record), limits, problems)
    if problems.count:
        raise problems.refusal()
    return found
