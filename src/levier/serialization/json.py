"""
JSON: canonical bytes out, strict reading in.

Reading takes one of two ways.
The fast way decodes straight into the classes and accepts a document only if it is, byte for byte, what would be
written for the result: that one comparison refuses unknown and duplicate keys, coerced numbers and odd dates.
Whatever it does not accept goes the explaining way, which accepts the same documents in any layout and finds every
problem of the others.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any, NoReturn

import msgspec

from levier.errors import InvalidDocumentError, InvalidValueError, Problem, ProblemCode
from levier.model.portfolio import Portfolio
from levier.serialization._bulk import accept
from levier.serialization._collector import paused_collector
from levier.serialization._problems import problem
from levier.serialization.document import GENERATOR, ITEMS, Document, document_of, portfolio_from
from levier.serialization.hooks import ENCODER, decode_scalar

__all__ = ["dumps", "loads"]

_DECODER: msgspec.json.Decoder[Any] = msgspec.json.Decoder(Document, dec_hook=decode_scalar)


def dumps(portfolio: Portfolio) -> bytes:
    """
    Return *portfolio* as canonical JSON: keys sorted, things in the order of their identifiers, decimals as text.

    Equal portfolios give equal bytes.

    Raises:
        InvalidValueError: For anything that is no portfolio.

    >>> from levier import Method, Portfolio
    >>> dumps(Portfolio.of(Method(id="nudge", label="Nudge")))[:40]
    b'{"budget_programmes":[],"format":"levier'
    """
    if type(portfolio) is not Portfolio:
        raise InvalidValueError("dumps", portfolio, "a portfolio; for any other value, unstructure")
    return _written(portfolio, GENERATOR)


def loads(data: bytes | str) -> Portfolio:
    """
    Return the portfolio that a JSON document describes.

    Strict: nothing is coerced, no key is ignored.
    The cyclic garbage collector of the process is paused while the document is decoded.

    Raises:
        InvalidDocumentError: If the document is not valid; lists every problem, each with a JSON pointer.
        InvalidValueError: For anything but bytes or text.

    >>> loads(b'{"format": "levier", "version": 1, "projects": [{"id": "p", "label": ""}]}')
    Traceback (most recent call last):
        ...
    levier.errors.InvalidDocumentError: 1 problem(s) in the document:
      /projects/0/label: expected a text that is not blank, ..., found '' [invalid-value]
    """
    if not isinstance(data, bytes | str):
        raise InvalidValueError("loads", data, "bytes or text")
    portfolio = _fast(data)
    return _explained(data) if portfolio is None else portfolio


def _written(portfolio: Portfolio, generator: str) -> bytes:
    return ENCODER.encode(document_of(portfolio, generator))


def _fast(data: bytes | str) -> Portfolio | None:
    try:
        with paused_collector():
            document = _DECODER.decode(data)
            for noun in ITEMS:
                accept(getattr(document, noun))
        portfolio = Portfolio(**{noun: getattr(document, noun) for noun in ITEMS})
        raw = data.encode() if isinstance(data, str) else data
        return portfolio if _written(portfolio, document.generator) == raw else None
    except Exception:  # noqa: BLE001  # the fast way says yes or no; the explaining way says why
        return None


def _explained(data: bytes | str) -> Portfolio:
    # What was read is kept beside its repeated keys: it is found again by its identity.
    repeated: dict[int, tuple[object, list[str]]] = {}

    def no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = Counter(key for key, _ in pairs)
            repeated[id(found)] = found, [key for key, times in keys.items() if times > 1]
        return found

    try:
        text = data if isinstance(data, str) else data.decode()
        text.encode()  # a lone surrogate is no text
        found = json.loads(text, object_pairs_hook=no_key_twice, parse_constant=_not_json)
    except (ValueError, RecursionError) as error:
        raise InvalidDocumentError((_syntax(error),)) from None
    return portfolio_from(found, _twice(found, repeated) if repeated else ())


def _twice(found: object, repeated: Mapping[int, tuple[object, list[str]]]) -> list[Problem]:
    problems: list[Problem] = []
    pending: list[tuple[tuple[str | int, ...], object]] = [((), found)]
    while pending:
        at, value = pending.pop()
        problems += [
            problem((*at, key), ProblemCode.DUPLICATE_KEY, f"key {key!r} stands twice in this object")
            for key in repeated.get(id(value), (value, []))[1]
        ]
        if isinstance(value, dict):
            pending += [((*at, key), part) for key, part in value.items()]
        elif isinstance(value, list):
            pending += [((*at, place), part) for place, part in enumerate(value)]
    return sorted(problems, key=lambda found: found.pointer)


def _not_json(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _syntax(error: Exception) -> Problem:
    return problem((), ProblemCode.SYNTAX, f"not a JSON document saved as UTF-8: {error}")
