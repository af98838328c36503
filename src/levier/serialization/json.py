"""
JSON: canonical output, strict input.

There are two ways to read. The fast way decodes directly into the classes, and counts keys to find unknown and
duplicate ones (see `_counting`); one small value, and each item of a small document, is read alone (see `_read_alone`).
If the fast way fails for any reason, the explaining way reads the document again and reports every problem; there, too,
valid items are built in bulk, and only invalid ones are read one by one.
The cyclic garbage collector of the process is paused meanwhile (see `_collector`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import msgspec

from levier._once import once
from levier.errors import InvalidDocumentError, LimitExceededError, Problem
from levier.model._shapes import array_of, class_of, item_of
from levier.model.portfolio import Portfolio
from levier.serialization import migrations
from levier.serialization._builtins import read_builtins, syntax
from levier.serialization._bulk import Form
from levier.serialization._collector import uncollected
from levier.serialization._converting import ALONE_IN_JSON, is_in_bulk
from levier.serialization._counting import colons_in, with_absences
from levier.serialization._forms import repeats_a_key
from levier.serialization._pieces import pieces
from levier.serialization._positions import located
from levier.serialization._problems import Problems, Trail, Unknown, trail_of, trail_path
from levier.serialization._read_alone import TooLargeError
from levier.serialization._scalars import decode_scalar
from levier.serialization.batches import built
from levier.serialization.codecs import Codec
from levier.serialization.document import (
    ITEMS,
    content_alone,
    content_of,
    document_class,
    form_of_document,
    items_of,
    portfolio_from,
)
from levier.serialization.envelope import ENVELOPE, Envelope, Provenance, digest_of, envelope_from
from levier.serialization.hooks import canonical
from levier.serialization.limits import LIMITS, Limits, check_json, check_narrow, check_size, out_of_reach
from levier.serialization.migrations import FORMAT_VERSION, is_current, is_older
from levier.serialization.readers import reader
from levier.serialization.values import value_from, written

__all__ = ["CODEC", "dump", "dumps", "head_of", "load", "loads", "read_envelope"]


@once
def _decoder(form: Form) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(document_class(form), dec_hook=decode_scalar)


@once
def _form_decoder() -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(form_of_document())


_SMALL = 16_384
"""The length of a text up to which one value is built alone: in bulk, the first object costs as much as thirty."""
_SMALL_DOCUMENT = 262_144
"""The same for a document: it has many classes, of which few objects are there."""


class _Head(msgspec.Struct):
    """The keys that tell whether a document is of an older version."""

    version: Any = None


def dumps(value: object, *, provenance: Provenance | None = None, digest: bool = False) -> bytes:
    """
    Return *value* as canonical JSON: keys sorted, things sorted by identifier, decimals as text.

    What equals its default is left out.

    Equal values give equal bytes.
    A portfolio is written as a document: its envelope has the *provenance* and, if *digest*, the digest of the content.
    Any other value is written without envelope.

    Raises:
        InvalidValueError: If the value, or a part of it, cannot be written; or if *provenance* or *digest* is given for
            a value that is not a portfolio.

    >>> from levier import Method, Portfolio
    >>> dumps(Portfolio.of(Method(id="nudge", label="Nudge")))
    b'{"format":"levier","generator":"levier ...","methods":[{"id":"nudge","label":"Nudge"}],"version":1}'
    >>> dumps(Method(id="nudge", label="Nudge"))
    b'{"id":"nudge","label":"Nudge"}'
    """
    return canonical(written(value, provenance, digest=digest))


def _decode(raw: bytes, kind: type[Any], limits: Limits, version: int, unknown: Unknown) -> Any:
    check_size(raw, limits)
    if kind is Portfolio:
        return uncollected(lambda: _portfolio(raw, limits, unknown))
    check_narrow(raw, limits)
    return uncollected(lambda: _value(raw, kind, limits, version, unknown))


def head_of(raw: bytes, limits: Limits) -> Envelope:
    """
    Return the envelope of a document, as `read_envelope` does.

    Raises:
        InvalidDocumentError: If it has no envelope.
        LimitExceededError: If the document exceeds *limits*.
    """
    check_size(raw, limits)
    check_json(raw, limits)
    noticed: Problems = _OfEnvelope(limits)
    try:
        outermost = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
        noticed_below = noticed
        if _may_repeat(raw, outermost):
            read_builtins(raw, noticed, limits)
            noticed_below = Problems(limits)  # they are already noted
        held = {key: bytes(outermost[key]) for key in ENVELOPE if key in outermost}
        found = {key: read_builtins(value, noticed_below, limits, trail_of(key)) for key, value in held.items()}
    except (msgspec.MsgspecError, ValueError) as error:  # MsgspecError is not a ValueError in older releases
        raise InvalidDocumentError((syntax(error),)) from None
    if noticed.count:
        raise located(noticed.refusal(), raw)
    return envelope_from(found, limits)


class _OfEnvelope(Problems):
    """Collects the problems of the envelope and ignores those of the content."""

    def note(self, describe: Callable[..., Problem], trail: Trail, *about: object) -> None:
        if trail_path(trail)[0] in ENVELOPE:
            super().note(describe, trail, *about)


def _portfolio(raw: bytes, limits: Limits, unknown: Unknown) -> Portfolio:
    check_narrow(raw, limits)
    portfolio = _fast(raw)
    return _explained(raw, limits, unknown) if portfolio is None else portfolio


def _fast(raw: bytes) -> Portfolio | None:
    try:
        found = _few(raw) or _counted(raw, "lean") or _counted(raw, "exact")
        if found is None:
            return None
        digest, items = found
        portfolio = Portfolio(**items)
        return portfolio if not digest or digest == digest_of(content_of(portfolio)) else None
    except Exception:  # noqa: BLE001  # the fast way only fails; the explaining way reports why
        return None


def _few(raw: bytes) -> tuple[str, Mapping[str, Any]] | None:
    """Return the digest and the checked items of a document, each built alone; `None` if it is to be read in bulk."""
    if len(raw) > _SMALL_DOCUMENT:
        return None
    found = _form_decoder().decode(raw)
    try:
        return None if repeats_a_key(raw, found) else content_alone(found)
    except TooLargeError:
        return None


def _counted(raw: bytes, form: Form) -> tuple[str, dict[str, Any]] | None:
    """Return the digest and the checked items of a document; `None` if the count of its keys is another."""
    (digest, (items, (keys, colons))), absent = with_absences(lambda: _decoded(raw, form))
    return (digest, items) if keys - absent + colons == colons_in(raw) else None


def _decoded(raw: bytes, form: Form) -> tuple[str, Any]:
    document = _decoder(form).decode(raw)
    return document.digest, items_of(document, form)


def _explained(raw: bytes, limits: Limits = LIMITS, unknown: Unknown = "refuse") -> Portfolio:
    try:
        portfolio = _by_pieces(raw, limits, unknown)
        return _as_whole(raw, Portfolio, limits, unknown=unknown) if portfolio is None else portfolio
    except InvalidDocumentError as error:
        refusal = error.with_traceback(None)  # the traceback would keep the document in memory
    raise refusal if _is_older(raw) else located(refusal, raw)


def _value(raw: bytes, kind: type[Any], limits: Limits, version: int, unknown: Unknown) -> Any:
    try:
        found = None
        if is_current(version):
            found = _items(raw, kind, limits, unknown) if _is_array(kind) else _in_bulk(raw, kind)
        return _as_whole(raw, kind, limits, version, unknown=unknown) if found is None else found
    except InvalidDocumentError as error:
        refusal = error.with_traceback(None)  # as above
    raise located(refusal, raw) if is_current(version) else refusal


def _alone(data: bytes | str, kind: Any, limits: Limits) -> Any:
    """Return one value of a class of the model, or `None` if it is invalid, long, or of another class."""
    try:
        if (read := ALONE_IN_JSON[kind]) is None:
            return None
        raw = data if type(data) is bytes else data.encode()  # type: ignore[union-attr]  # whatever else fails
        is_small = len(raw) <= _SMALL and (limits is LIMITS or out_of_reach(len(raw), limits))
        return read(raw) if is_small else None
    except Exception:  # noqa: BLE001  # as in `_fast`
        return None


def _is_of_model(kind: Any) -> bool:
    return getattr(kind, "__module__", "").startswith("levier.model.")


def _in_bulk(raw: bytes, kind: Any) -> Any:
    """Return one value of a class of the model, or `None` if it is invalid or of another class."""
    sound = built(kind, (msgspec.Raw(raw),)) if _is_of_model(kind) else None
    return sound[0] if sound is not None and len(sound) == 1 else None


def _is_array(kind: Any) -> bool:
    """Return whether a type is a tuple or a list of a class that is built in bulk."""
    item = item_of(kind)
    return item is not None and is_in_bulk(item) and (class_of(kind) is list or kind == array_of(item))


def _items(raw: bytes, kind: Any, limits: Limits, unknown: Unknown) -> Any:
    """Read an array item by item, as `_by_pieces` reads a document; return `None` if it has to be read as a whole."""
    noticed, problems = Problems(limits, unknown=unknown), Problems(limits, unknown=unknown)
    read, values = reader(item_of(kind)), list[Any]()
    try:
        items = msgspec.json.decode(raw, type=list[msgspec.Raw])
        for place, count, sound in pieces(item_of(kind), items, unknown):
            if sound is not None:
                values += sound
            else:
                opened = _opened(items[place : place + count], noticed, limits, (), place)
                values += [read(item, ((), at), problems) for at, item in opened]
    except LimitExceededError:
        raise
    except Exception:  # noqa: BLE001  # text that is not JSON, or no array, is read as a whole
        return None
    if noticed.count or problems.count:
        raise problems.refusal(noticed)
    return class_of(kind)(values)


def _opened(
    items: Sequence[Any], noticed: Problems, limits: Limits, at: Trail, first: int
) -> Iterator[tuple[int, object]]:
    """Return the builtins of items of an array, each with its index, and note their repeated keys."""
    found: Any = read_builtins(b"[" + b",".join(items) + b"]", noticed, limits, at, first)
    return enumerate(found, first)


def _by_pieces(raw: bytes, limits: Limits, unknown: Unknown) -> Portfolio | None:
    """Read a document item by item, valid items in bulk; return `None` if it has to be read as a whole."""
    noticed = Problems(limits, unknown=unknown)

    def opened(items: Sequence[Any], at: tuple[str, int]) -> Iterator[tuple[int, object]]:
        noun, first = at
        return _opened(items, noticed, limits, trail_of(noun), first)

    try:
        return portfolio_from(_pieces(raw, noticed, limits), limits, noticed, opened)
    except (InvalidDocumentError, LimitExceededError):
        raise
    except Exception:  # noqa: BLE001  # text that is not JSON, or has invalid outermost keys, is read as a whole
        return None


def _as_whole(
    raw: bytes, kind: type[Any], limits: Limits, version: int = FORMAT_VERSION, *, unknown: Unknown = "refuse"
) -> Any:
    noticed = Problems(limits, unknown=unknown)
    try:
        found = read_builtins(raw, noticed, limits)
    except LimitExceededError:
        raise
    except ValueError as error:
        raise InvalidDocumentError((syntax(error),)) from None
    return value_from(found, kind, limits, noticed, version)


def _pieces(raw: bytes, noticed: Problems, limits: Limits) -> dict[str, object]:
    """
    Return the outermost object of a document, with the items of its arrays as raw JSON.

    Raises:
        ValueError: If its outermost keys may be repeated, or it is of an older version.
    """
    outermost = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    if _may_repeat(raw, outermost):
        raise ValueError("a key stands twice, or has a colon")
    if is_older(msgspec.json.decode(outermost.get("version", b"null"))):
        raise ValueError("an older version, which is brought to ours as a whole")
    return {key: _piece(key, bytes(value), noticed, limits) for key, value in outermost.items()}


def _piece(key: str, value: bytes, noticed: Problems, limits: Limits) -> object:
    if key in ITEMS and value.startswith(b"["):
        return msgspec.json.decode(value, type=list[msgspec.Raw])
    return read_builtins(value, noticed, limits, trail_of(key))


def _may_repeat(raw: bytes, outermost: Mapping[str, msgspec.Raw]) -> bool:
    """Return whether an outermost key may be repeated: some colons are neither in a value nor after a key."""
    try:
        return colons_in(raw) != len(outermost) + sum(bytes(value).count(b":") for value in outermost.values())
    except ValueError:  # they cannot be counted
        return True


def _is_older(raw: bytes) -> bool:
    with suppress(msgspec.MsgspecError, RecursionError, ValueError):
        return bool(migrations.STEPS) and is_older(msgspec.json.decode(raw, type=_Head).version)
    return False


CODEC = Codec(name="JSON", encode=dumps, decode=_decode, head=head_of, alone=_alone)
loads: Final = CODEC.loads
dump: Final = CODEC.dump
load: Final = CODEC.load
read_envelope: Final = CODEC.read_envelope
