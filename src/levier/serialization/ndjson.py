r"""
NDJSON: one record a line, for portfolios that are larger than memory.

The first line is the envelope. Every other line is an object with one key, the noun, whose value is the thing:
`{"projects":{"id":"p",…}}`.
`records` and `write` hold one record at a time; `loads` and `load` build the portfolio and resolve its references.
In a problem, the line is that of the document, and the pointer is relative to the record.

>>> loads('{"format": "levier", "version": 1}\n{"methods": {"id": "m", "label": ""}}')
Traceback (most recent call last):
    ...
levier.errors.InvalidDocumentError: 1 problem(s) in the document:
  /methods/label: expected a text that is not blank, ..., found '' [invalid-value] at line 2, column 34
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, Final

import msgspec
from attrs import evolve

from levier._version import GENERATOR
from levier.errors import InvalidDocumentError, InvalidValueError, LimitExceededError, Problem, ProblemCode
from levier.model.observations import Observation
from levier.model.portfolio import NOUNS, Noun, Portfolio
from levier.serialization import json, streams
from levier.serialization._builtins import read_builtins, syntax
from levier.serialization._digests import RunningDigest
from levier.serialization._lines import (
    Line,
    envelope_of,
    lines_of,
    opened_line,
    opening_of,
    refused,
    things_of,
)
from levier.serialization._problems import Problems, Unknown, check_unknown, placed_at, trail_of, unlike
from levier.serialization.codecs import Codec
from levier.serialization.document import content_of, portfolio_from
from levier.serialization.envelope import (
    ENVELOPE,
    FORMAT,
    FORMAT_VERSION,
    Envelope,
    Provenance,
    digest_of,
    mismatch,
    with_generator,
)
from levier.serialization.hooks import canonical
from levier.serialization.limits import LIMITS, Limits, bounded_depth, check_json, check_size
from levier.serialization.migrations import is_older
from levier.serialization.streams import Readable, Writable

__all__ = ["CODEC", "dump", "dumps", "load", "loads", "read_envelope", "records", "write"]

_NOUN_OF: Mapping[type[Any], str] = {**NOUNS, Observation: "observations"}
_BLANK_LINES = re.compile(rb"(?:[^\S\n]*+\n)*+")
_ITEM = re.compile(r"(?<![\w/])/([a-z_]+)/(\d+)(?=;)")


def dumps(portfolio: Portfolio, *, provenance: Provenance | None = None, digest: bool = False) -> bytes:
    """
    Return a portfolio as canonical NDJSON.

    Raises:
        InvalidValueError: If *portfolio* is not a portfolio.

    >>> from levier import Method
    >>> print(dumps(Portfolio.of(Method(id="nudge", label="Nudge"))).splitlines()[1].decode())
    {"methods":{"id":"nudge","label":"Nudge"}}
    """
    if type(portfolio) is not Portfolio:
        raise InvalidValueError("dumps", portfolio, "a portfolio, whose things are the records of NDJSON")
    stated = digest_of(content_of(portfolio)) if digest else ""
    things = sorted(portfolio, key=lambda thing: _NOUN_OF[type(thing)])  # a stable sort, by the keys of canonical JSON
    return b"".join(_lines(things, Envelope(generator=GENERATOR, provenance=provenance, digest=stated)))


def write(items: Iterable[Noun | Observation], target: Writable, *, provenance: Provenance | None = None) -> None:
    """
    Write things one by one, as they arrive, without holding them.

    Unique identifiers and resolved references are not checked here; loading the document checks them.

    Raises:
        InvalidValueError: If an item is not a thing of a portfolio; an earlier file is kept.
        OSError: If the file cannot be written.

    >>> from io import BytesIO
    >>> from levier import Method
    >>> target = BytesIO()
    >>> write((Method(id=f"m-{number}", label="M") for number in range(3)), target)
    >>> [method.id for method in records(BytesIO(target.getvalue()))]
    ['m-0', 'm-1', 'm-2']
    """
    with streams.writing(target) as stream:
        for line in _lines(items, Envelope(generator=GENERATOR, provenance=provenance)):
            stream.write(line)


def records(source: Readable, *, unknown: Unknown = "refuse", limits: Limits = LIMITS) -> Iterator[Noun | Observation]:
    """
    Yield the things in a file or a binary stream, each as soon as its line is read, without holding them.

    A digest in the envelope is verified after the last record; for this, the records have to be in the canonical
    order, in which `dump` writes them.
    If *unknown* is "ignore", lines and keys that this release does not know are left out; a digest is still verified.

    Raises:
        InvalidDocumentError: At a line that is not valid, or at the end if the digest does not match; all earlier
            records have been yielded.
        LimitExceededError: At a line that exceeds *limits*.
        InvalidValueError: If *unknown* is neither "refuse" nor "ignore".
        OSError: If the file cannot be read.
    """
    check_unknown("records", unknown)
    with bounded_depth(limits), streams.reading(source, limits) as stream:
        lines = lines_of(stream, limits)
        head = next(lines, Line(1, b"{}"))
        version, stated, generator = opening_of(head, limits, unknown)
        of_values, of_text = RunningDigest(), RunningDigest()
        for line in lines:
            problems = Problems(limits, unknown=unknown)
            opened = opened_line(line, version, limits, problems)
            if opened is None:
                raise refused(line, with_generator(problems.refusal(), generator))
            things = list(things_of(opened, version, limits, unknown, generator))
            if stated:  # only then, because a line that holds no thing may not even be text
                of_text.add(opened.noun, msgspec.json.decode(opened.record))
            for thing in things:
                if stated:
                    of_values.add(_NOUN_OF[type(thing)], thing)
                yield thing
        if stated and stated not in ((expected := of_values.end()), of_text.end()):
            raise refused(head, InvalidDocumentError((mismatch(expected, stated) if expected else _out_of_order(),)))


def _out_of_order() -> Problem:
    expected = "records in the order of their nouns, without which no digest can be verified in a stream; use load"
    return unlike(("digest",), ProblemCode.DIGEST_MISMATCH, expected, "another order")


def _lines(items: Iterable[Any], envelope: Envelope) -> Iterator[bytes]:
    yield canonical(envelope.written()) + b"\n"
    for item in items:
        if type(item) not in _NOUN_OF:
            raise InvalidValueError("write", item, "a thing of a portfolio: an observation, or one with an id")
        yield b'{"%b":%b}\n' % (_NOUN_OF[type(item)].encode(), canonical(item))


# ---------------------------------------------------------------- a whole document


def _decode(raw: bytes, _: type[Portfolio], limits: Limits, __: int, unknown: Unknown) -> Portfolio:
    check_size(raw, limits)
    return _portfolio(raw.split(b"\n"), limits, unknown)


def _head_of(raw: bytes, limits: Limits) -> Envelope:
    """Return the envelope on the first non-empty line, with problems at their place in the document."""
    start = _BLANK_LINES.match(raw).end()  # type: ignore[union-attr]  # it matches the empty text too
    end = raw.find(b"\n", start)
    head = raw[start : len(raw) if end < 0 else end]
    return json.head_of(b"\n" * raw.count(b"\n", 0, start) + head, limits)


def _portfolio(texts: Iterable[bytes], limits: Limits, unknown: Unknown) -> Portfolio:
    noticed = Problems(limits, unknown=unknown)
    head, *lines = [Line(number, text) for number, text in enumerate(texts, 1) if text.strip()] or [Line(1, b"{}")]
    found = _head(head, noticed, limits)
    version = found.get("version")
    sheet = _sheet(lines, version, noticed, limits)
    found |= {noun: [msgspec.Raw(line.record) for line in held] for noun, held in sheet.items()}
    try:
        if is_older(version):
            found = _opened_whole(found, noticed, limits)
        return portfolio_from(found, limits, noticed, partial(_opened, noticed=noticed, limits=limits))
    except InvalidDocumentError as error:
        raise _at_lines(error, head, sheet) from None


def _head(line: Line, noticed: Problems, limits: Limits) -> dict[str, Any]:
    problems = Problems(limits, unknown=noticed.unknown)
    found = envelope_of(line, limits, problems)
    if problems.count:
        noticed.take(refused(line, problems.refusal()))
    if problems.count and not found:  # as in `opening_of`
        return {"format": FORMAT, "version": FORMAT_VERSION}
    return {key: value for key, value in found.items() if key in ENVELOPE}


def _sheet(lines: Iterable[Line], version: object, noticed: Problems, limits: Limits) -> dict[str, list[Line]]:
    """Return the lines by noun; note the problems of lines without one."""
    found: dict[str, list[Line]] = {}
    problems = Problems(limits, noticed.count, noticed.unknown)
    for line in lines:
        opened = opened_line(line, version, limits, problems)
        if opened is not None:
            found.setdefault(opened.noun, []).append(opened)
        elif noticed.is_full:
            noticed.add(problems.count)
            problems.count = 0
        else:
            noticed.take(refused(line, problems.refusal()))
            problems = Problems(limits, noticed.count, noticed.unknown)
    return found


def _opened_whole(found: Mapping[str, Any], noticed: Problems, limits: Limits) -> dict[str, Any]:
    """Return a document whose records are parsed to builtins."""
    return {
        noun: [item for _, item in _opened(held, (noun, 0), noticed, limits)] if type(held) is list else held
        for noun, held in found.items()
    }


def _opened(
    records: Sequence[Any], at: tuple[str, int], noticed: Problems, limits: Limits
) -> Iterator[tuple[int, object]]:
    """Yield the builtins of records; note those that are not JSON."""
    noun, first = at
    try:
        data = b",".join(records)
        check_json(data, limits, 1)
        # The enclosing array is ours and on no line of the document.
        deeper = evolve(limits, depth=limits.depth + 1)
        found: Any = read_builtins(b"[" + data + b"]", noticed, deeper, trail_of(noun), first)
        yield from enumerate(found, first)
    except LimitExceededError:
        raise
    except ValueError as error:
        if len(records) == 1:
            noticed.note(_no_record, trail_of(*at), error)
            return
        for place, record in enumerate(records, first):
            yield from _opened((record,), (noun, place), noticed, limits)


def _no_record(path: Sequence[str | int], error: ValueError) -> Problem:
    return evolve(syntax(error), **placed_at(path), line=None, column=None)


def _at_lines(error: InvalidDocumentError, head: Line, sheet: Mapping[str, list[Line]]) -> InvalidDocumentError:
    """Return the error of a document with the line numbers and pointers of its lines."""
    found: list[Problem] = []
    by_line: dict[int, tuple[Line, list[Problem]]] = {}
    for each in error.problems:
        if each.line is not None:
            found.append(each)
        else:
            line, said = _at_line(each, head, sheet)
            by_line.setdefault(line.number, (line, []))[1].append(said)
    for line, problems in by_line.values():
        found += refused(line, InvalidDocumentError(tuple(problems))).problems
    return evolve(error, problems=tuple(sorted(found, key=attrgetter("line"))))


def _at_line(each: Problem, head: Line, sheet: Mapping[str, list[Line]]) -> tuple[Line, Problem]:
    """Return the line of a problem, and the problem with a pointer relative to the record."""
    noun, number = (*map(str, each.path), "", "")[:2]
    if noun not in sheet or not number:
        return head, each
    message = each.message
    if each.code is ProblemCode.DUPLICATE_ITEM:
        message = _ITEM.sub(lambda named: f"line {sheet[named[1]][int(named[2])].number}", message)
    return sheet[noun][int(number)], evolve(each, **placed_at((noun, *each.path[2:])), message=message)


CODEC = Codec(name="NDJSON", encode=dumps, decode=_decode, head=_head_of, only_portfolios=True)
loads: Final = CODEC.loads
dump: Final = CODEC.dump
load: Final = CODEC.load
read_envelope: Final = CODEC.read_envelope
