"""
A portfolio as a document: an envelope, and one array for each registry.

The keys of the envelope and the names of the arrays are keys of one object; an absent array is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Literal, TypeAlias

import msgspec

from levier._once import once
from levier._version import GENERATOR
from levier.errors import ProblemCode
from levier.model._shapes import array_of, hints_of, item_of
from levier.model.instruments import AnyInstrument, Instrument
from levier.model.portfolio import Portfolio
from levier.serialization._bulk import Form, accept, twin
from levier.serialization._converting import ALONE_IN_JSON
from levier.serialization._counting import Written, left_out
from levier.serialization._forms import ABSENT, form_of
from levier.serialization._pieces import pieces
from levier.serialization._problems import Problems, is_array, trail_of, unknown_key, unlike
from levier.serialization._read_alone import read_alone
from levier.serialization.batches import instruments_from, opened_items, read_as
from levier.serialization.envelope import (
    BESIDE,
    ENVELOPE,
    FORMAT,
    FORMAT_VERSION,
    Envelope,
    Provenance,
    check_digest,
    note_envelope,
    with_generator,
)
from levier.serialization.limits import LIMITS, Limits
from levier.serialization.migrations import migrated
from levier.serialization.readers import reader
from levier.serialization.relations import FoundReference, note_relations, telling_keys

__all__ = [
    "FORMAT",
    "FORMAT_VERSION",
    "ITEMS",
    "content_alone",
    "content_of",
    "document_class",
    "document_of",
    "form_of_document",
    "items_of",
    "portfolio_from",
]


def _item_class(hint: Any) -> Any:
    item = item_of(hint)
    return Instrument if item == AnyInstrument else item


ITEMS: Mapping[str, Any] = {name: _item_class(hint) for name, hint in hints_of(Portfolio).items()}
"""The class of the items of each array, read off the portfolio."""

_ENVELOPE_AND_NOUNS = (*ENVELOPE, *ITEMS)
_REQUIRED: tuple[tuple[str, Any], ...] = (("format", Literal["levier"]), ("version", Literal[1]))
"""The keys that every document has, with what they hold."""


@once
def document_class(form: Form) -> Any:
    """Return the class that the fast way decodes into, with twins of one form."""
    nouns = [(noun, read_as(kind, form), ()) for noun, kind in ITEMS.items()]
    told: list[Any] = [("generator", str, ""), ("provenance", twin(Provenance, form) | None, None), ("digest", str, "")]
    counted = [(name, kind, msgspec.field(default_factory=left_out(value))) for name, kind, value in told + nouns]
    return msgspec.defstruct("Document", [*_REQUIRED, *counted], forbid_unknown_fields=True, frozen=True)


def content_of(portfolio: Portfolio) -> dict[str, Any]:
    """Return the content of a document: the things of a portfolio, by noun, where there are any."""
    return {name: held for name in ITEMS if (held := getattr(portfolio, name))}


def document_of(portfolio: Portfolio, provenance: Provenance | None = None, *, digest: bool = False) -> dict[str, Any]:
    """Return the document of a portfolio: the envelope, with a digest if *digest*, and what is not empty."""
    return Envelope(generator=GENERATOR, provenance=provenance).around(content_of(portfolio), digest=digest)


def items_of(document: Any, form: Form) -> tuple[dict[str, Any], Written]:
    """
    Return the checked items of a decoded document, and its number of keys and colons.

    Raises:
        LevierError: If a validator refuses an item.
        ValidationError: If an instrument does not match its *kind*.
    """
    Envelope(generator=document.generator, digest=document.digest)  # raises if one of them is not a text
    items = {noun: getattr(document, noun) for noun in ITEMS}
    items["instruments"] = instruments_from(document.instruments, form)
    parts = [accept(held) for held in items.values()]
    parts += [accept([document.provenance])] if document.provenance else []
    keys = len(_ENVELOPE_AND_NOUNS) + sum(part.keys for part in parts)
    colons = document.generator.count(":") + document.digest.count(":") + sum(part.colons for part in parts)
    return items, Written(keys, colons)


@once
def form_of_document() -> Any:
    """Return the form of a small document (see `_forms`). Instruments stay JSON: their *kind* tells their form."""
    forms = {noun: msgspec.Raw if kind is Instrument else form_of(kind) for noun, kind in ITEMS.items()}
    told: dict[str, Any] = {"generator": str, "provenance": form_of(Provenance) | None, "digest": str}
    told |= {noun: array_of(form) for noun, form in forms.items()}
    found: list[Any] = [*_REQUIRED, *((name, kind, ABSENT) for name, kind in told.items())]
    return msgspec.defstruct("Document", found, omit_defaults=True, forbid_unknown_fields=True, gc=False)


def content_alone(document: Any) -> tuple[str, dict[str, Any]]:
    """
    Return the digest and the items of a document that was decoded into its form, each item built alone.

    Raises:
        TooLargeError: If one of its items is to be built in bulk.
        Exception: If the document is not valid.
    """
    given = {key: value for key in document.__struct_fields__ if (value := getattr(document, key)) is not ABSENT}
    digest = given.get("digest", "")
    Envelope(generator=given.get("generator", ""), digest=digest)  # as in `items_of`
    if (provenance := given.get("provenance")) is not None:
        read_alone(Provenance, "form")(provenance)
    return digest, {noun: list(map(_alone(kind), given[noun])) for noun, kind in ITEMS.items() if noun in given}


def _alone(kind: Any) -> Callable[[Any], Any]:
    return _instrument if kind is Instrument else read_alone(kind, "form")


def _instrument(raw: msgspec.Raw) -> Any:
    read: Any = ALONE_IN_JSON[Instrument]
    return read(bytes(raw))


Opener: TypeAlias = Callable[[Sequence[Any], tuple[str, int]], Iterable[tuple[int, object]]]
"""Returns the builtins of items given in another form, each with its index, from the trail of the first one."""


def portfolio_from(
    found: object,
    limits: Limits = LIMITS,
    noticed: Problems | None = None,
    opened: Opener = lambda items, at: enumerate(items, at[1]),
    as_written: Mapping[str, Any] | None = None,
) -> Portfolio:
    """
    Return the portfolio of a document given as plain builtins.

    *noticed* are the problems found while reading the builtins; all others are listed after them. It also says what is
    done with unknown keys.
    With *opened*, items may be given in another form that can be built in bulk; *opened* may note problems too.
    *as_written* is the document that a digest covers, if *found* was migrated before.

    Raises:
        InvalidDocumentError: If the document is not valid; lists every problem.
    """
    noticed = noticed or Problems(limits)
    problems = Problems(limits, unknown=noticed.unknown)
    if not isinstance(found, dict):
        problems.note(unlike, (), ProblemCode.WRONG_TYPE, "an object", found)
        raise problems.refusal(noticed)
    current = migrated(found, beside=BESIDE)
    note_envelope(current, problems)
    _note_unknown_nouns(current, problems)
    items = {noun: _sorted_out(noun, current.get(noun, ()), problems, opened) for noun in ITEMS}
    note_relations(items, problems)
    if noticed.count or problems.count:
        raise with_generator(problems.refusal(noticed), current.get("generator"))
    portfolio = Portfolio(**{noun: tuple(held.built.values()) for noun, held in items.items()})
    check_digest(found.get("digest"), partial(content_of, portfolio), partial(opened_items, as_written or found))
    return portfolio


def _note_unknown_nouns(found: Mapping[str, Any], problems: Problems) -> None:
    for key in found:
        if key not in _ENVELOPE_AND_NOUNS:
            problems.note(unknown_key, trail_of(key), _ENVELOPE_AND_NOUNS)


def _sorted_out(noun: str, held: object, problems: Problems, opened: Opener) -> FoundReference:
    """Return the items of one array that could be built, and the others; note the problems of the others."""
    found = FoundReference(ITEMS[noun], {}, {})
    if not is_array(held):
        problems.note(unlike, trail_of(noun), ProblemCode.WRONG_TYPE, "an array", held)
        return found
    for place, count, sound in pieces(ITEMS[noun], held, problems.unknown):
        if sound is not None:
            found.built.update(enumerate(sound, place))
        else:
            _explain(opened(held[place : place + count], (noun, place)), noun, found, problems)
    return found


def _explain(items: Iterable[tuple[int, object]], noun: str, found: FoundReference, problems: Problems) -> None:
    """Read items that could not be built in bulk one by one, and note their problems."""
    read, at, telling = reader(found.kind), trail_of(noun), telling_keys(found.kind)
    for place, item in items:
        before = problems.count
        value = read(item, (at, place), problems)
        if problems.count == before:
            found.built[place] = value
        elif type(item) is dict and not telling.isdisjoint(item):
            found.broken[place] = item
