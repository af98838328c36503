"""
JSON: canonical bytes out, strict reading in.

Reading takes one of two ways.
The fast way decodes straight into the classes, whatever the layout, and counts: there must be no more colons than the
keys that were taken and the texts have, which refuses unknown and duplicate keys.
Whatever it does not accept goes the explaining way, which finds every problem.
There too what is sound is built in bulk, and only what is odd is read by means that can explain.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn, TypeAlias

import msgspec

from levier.errors import InvalidDocumentError, InvalidValueError, Problem, ProblemCode
from levier.model.portfolio import Portfolio
from levier.serialization._bulk import with_absences
from levier.serialization._collector import paused_collector
from levier.serialization._problems import problem
from levier.serialization.batches import colons_in
from levier.serialization.document import GENERATOR, ITEMS, Document, document_of, items_of, portfolio_from
from levier.serialization.hooks import ENCODER, decode_scalar

__all__ = ["dumps", "loads"]

Place: TypeAlias = "tuple[str | int, ...]"

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
    with paused_collector():
        portfolio = _fast(data)
        return _explained(data) if portfolio is None else portfolio


def _written(portfolio: Portfolio, generator: str) -> bytes:
    return ENCODER.encode(document_of(portfolio, generator))


def _fast(data: bytes | str) -> Portfolio | None:
    try:
        raw = data.encode() if isinstance(data, str) else data
        (items, (keys, colons)), absent = with_absences(lambda: items_of(_DECODER.decode(raw)))
        return Portfolio(**items) if keys - absent + colons == colons_in(raw) else None
    except Exception:  # noqa: BLE001  # the fast way says yes or no; the explaining way says why
        return None


def _explained(data: bytes | str) -> Portfolio:
    try:
        text = data if isinstance(data, str) else data.decode()
        portfolio = _by_pieces(text.encode())  # a lone surrogate is no text
        return _as_whole(text) if portfolio is None else portfolio
    except InvalidDocumentError:
        raise
    except (ValueError, RecursionError) as error:
        raise InvalidDocumentError((_syntax(error),)) from None


def _by_pieces(raw: bytes) -> Portfolio | None:
    """Explain a document item by item, its sound items built in bulk; `None` if it has to be read as a whole."""
    noticed: list[Problem] = []
    try:
        return portfolio_from(_pieces(raw, noticed), noticed, lambda item, at: _read(_text(item), at, noticed))
    except InvalidDocumentError:
        raise
    except Exception:  # noqa: BLE001  # what is no JSON, or odd in its outermost keys, is told as a whole
        return None


def _as_whole(text: str) -> Portfolio:
    noticed: list[Problem] = []
    return portfolio_from(_read(text, (), noticed), noticed)


def _pieces(raw: bytes, noticed: list[Problem]) -> dict[str, object]:
    """
    Return the outermost object of a document, the items of its arrays as they are written.

    Raises:
        ValueError: If its outermost keys may be repeated.
    """
    outermost = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    if colons_in(raw) != len(outermost) + sum(bytes(value).count(b":") for value in outermost.values()):
        raise ValueError("a key stands twice, or has a colon")
    return {key: _piece(key, value, noticed) for key, value in outermost.items()}


def _piece(key: str, value: msgspec.Raw, noticed: list[Problem]) -> object:
    if key in ITEMS and bytes(value).startswith(b"["):
        return msgspec.json.decode(value, type=list[msgspec.Raw])
    return _read(_text(value), (key,), noticed)


def _text(raw: Any) -> str:
    return bytes(raw).decode()


def _read(text: str, at: Place, noticed: list[Problem]) -> object:
    """Return the builtins of some JSON that stands at a place; note its repeated keys."""
    # What was read is kept beside its repeated keys: it is found again by its identity.
    repeated: dict[int, tuple[object, list[str]]] = {}

    def no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = Counter(key for key, _ in pairs)
            repeated[id(found)] = found, [key for key, times in keys.items() if times > 1]
        return found

    found = json.loads(text, object_pairs_hook=no_key_twice, parse_constant=_not_json)
    if repeated:
        noticed += _twice(found, at, repeated)
    return found


def _twice(found: object, at: Place, repeated: Mapping[int, tuple[object, list[str]]]) -> Iterator[Problem]:
    pending: list[tuple[Place, object]] = [(at, found)]
    while pending:
        at, value = pending.pop()
        for key in repeated.get(id(value), (value, []))[1]:
            yield problem((*at, key), ProblemCode.DUPLICATE_KEY, f"key {key!r} stands twice in this object")
        if isinstance(value, dict):
            pending += [((*at, key), part) for key, part in value.items()]
        elif isinstance(value, list):
            pending += [((*at, place), part) for place, part in enumerate(value)]


def _not_json(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _syntax(error: Exception) -> Problem:
    return problem((), ProblemCode.SYNTAX, f"not a JSON document saved as UTF-8: {error}")
