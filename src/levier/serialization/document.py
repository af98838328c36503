"""
The document that a portfolio is written as: an envelope around one array a noun.

`format` and `version` say what it is, `generator` what wrote it; the nouns stand beside them, and an array that is
left out is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, Literal, TypeAlias, get_args, get_origin, get_type_hints

import msgspec
from attrs import fields

from levier._version import __version__
from levier.errors import InvalidDocumentError, Problem, ProblemCode
from levier.model.instruments import AnyInstrument, Instrument
from levier.model.observations import Observation
from levier.model.portfolio import Portfolio
from levier.serialization._bulk import Written, accept, left_out
from levier.serialization._problems import is_array, problem, problems_of, shown, unknown_key
from levier.serialization.batches import batches, instruments_from, read_as
from levier.serialization.hooks import converter
from levier.serialization.relations import Found, relations

__all__ = ["FORMAT", "GENERATOR", "VERSION", "Document", "document_of", "items_of", "portfolio_from"]

FORMAT = "levier"
VERSION = 1
GENERATOR = f"levier {__version__}"


def _items_by_noun() -> dict[str, Any]:
    """Return the class of the items of each array, read off the portfolio."""
    found: dict[str, Any] = {}
    for name, hint in get_type_hints(Portfolio).items():
        held = get_args(hint)[0] if get_origin(hint) else Observation
        found[name] = Instrument if held == AnyInstrument else held
    return found


ITEMS: Mapping[str, Any] = _items_by_noun()


_FIELDS: list[Any] = [
    ("format", Literal["levier"]),
    ("version", Literal[1]),
    ("generator", str, msgspec.field(default_factory=left_out(""))),
    *((noun, read_as(item), msgspec.field(default_factory=left_out(()))) for noun, item in ITEMS.items()),
]

Document: type[Any] = msgspec.defstruct("Document", _FIELDS, forbid_unknown_fields=True, frozen=True)
"""The class that the fast path decodes into."""


def document_of(portfolio: Portfolio, generator: str = GENERATOR) -> dict[str, object]:
    """Return what is written for a portfolio: the envelope and its registries."""
    envelope: dict[str, object] = {"format": FORMAT, "version": VERSION, "generator": generator}
    return envelope | {attribute.name: getattr(portfolio, attribute.name) for attribute in fields(Portfolio)}


def items_of(document: Any) -> tuple[dict[str, Any], Written]:
    """
    Return the items of what was decoded, checked one by one, and what the document was written with.

    Raises:
        LevierError: If an item is refused.
        ValidationError: If an instrument is none.
    """
    items = {noun: getattr(document, noun) for noun in ITEMS}
    items["instruments"] = instruments_from(document.instruments)
    parts = [accept(held) for held in items.values()]
    keys = len(_FIELDS) + sum(part.keys for part in parts)
    return items, Written(keys, document.generator.count(":") + sum(part.colons for part in parts))


Opener: TypeAlias = Callable[[Any, tuple[str, int]], object]
"""What gives the builtins of an item that stands at a place."""


def portfolio_from(found: object, noticed: Sequence[Problem] = (), opened: Opener = lambda item, _: item) -> Portfolio:
    """
    Return the portfolio that a document, given as plain builtins, describes.

    *noticed* are problems that were found while reading the builtins; the others are listed after them.
    With *opened*, which may notice more, items may be given in another form that can be built in bulk.

    Raises:
        InvalidDocumentError: If it describes none; lists every problem.
    """
    if not isinstance(found, dict):
        message = f"expected an object, found {shown(found)}"
        raise InvalidDocumentError(
            (*_by_place(noticed), Problem(pointer="", code=ProblemCode.WRONG_TYPE, message=message))
        )
    problems = list(_envelope_problems(found))
    items = {noun: _sorted_out(noun, found.get(noun, ()), problems, opened) for noun in ITEMS}
    problems += relations(items)
    if noticed or problems:
        raise InvalidDocumentError((*_by_place(noticed), *problems))
    return Portfolio(**{noun: tuple(held.built.values()) for noun, held in items.items()})


def _by_place(problems: Sequence[Problem]) -> list[Problem]:
    return sorted(problems, key=attrgetter("pointer"))


def _envelope_problems(found: dict[str, Any]) -> Iterator[Problem]:
    for key, expected in (("format", FORMAT), ("version", VERSION)):
        if key not in found:
            yield problem((key,), ProblemCode.MISSING_KEY, f"required key {key!r} is missing; expected {expected!r}")
        elif type(found[key]) is not type(expected) or found[key] != expected:
            message = f"expected {expected!r}, the {key} this release reads, found {shown(found[key])}"
            yield problem((key,), ProblemCode.UNSUPPORTED_FORMAT, message)
    if type(found.get("generator", "")) is not str:
        message = f"expected text, found {shown(found['generator'])}"
        yield problem(("generator",), ProblemCode.WRONG_TYPE, message)
    known = ("format", "version", "generator", *ITEMS)
    for key in found:
        if key not in known:
            yield unknown_key((key,), known)


def _sorted_out(noun: str, held: object, problems: list[Problem], opened: Opener) -> Found:
    """Return the items of one array that could be built, and the others; note the problems of these."""
    found = Found(ITEMS[noun], {}, {})
    if not is_array(held):
        problems.append(problem((noun,), ProblemCode.WRONG_TYPE, f"expected an array, found {shown(held)}"))
        return found
    for place, sound in batches(ITEMS[noun], held):
        if sound is not None:
            found.built.update(enumerate(sound, place))
        else:
            _explain(opened(held[place], (noun, place)), (noun, place), found, problems)
    return found


def _explain(item: object, at: tuple[str, int], found: Found, problems: list[Problem]) -> None:
    """Structure one item that could not be built in bulk, or note its problems."""
    try:
        found.built[at[1]] = converter().structure(item, found.kind)
    except Exception as error:  # noqa: BLE001  # whatever a class raises becomes a problem at its place
        problems.extend(problems_of(error, item, converter(), at))
        if type(item) is dict:
            found.broken[at[1]] = item
