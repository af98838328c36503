"""
The document that a portfolio is written as: an envelope around one array a noun.

`format` and `version` say what it is, `generator` what wrote it; the nouns stand beside them, and an array that is
left out is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from attrs import fields

from levier._version import __version__
from levier.errors import InvalidDocumentError, Problem, ProblemCode
from levier.model.instruments import AnyInstrument, Instrument
from levier.model.observations import Observation
from levier.model.portfolio import Portfolio
from levier.model.references import find_references, find_written_references
from levier.model.territories import NATION
from levier.serialization._bulk import twin
from levier.serialization._problems import is_array, problem, problems_of, shown, unknown_key
from levier.serialization.hooks import INSTRUMENTS, array_of, converter

__all__ = ["FORMAT", "GENERATOR", "VERSION", "Document", "document_of", "portfolio_from"]

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

Document: type[Any] = msgspec.defstruct(
    "Document",
    [
        ("format", Literal["levier"]),
        ("version", Literal[1]),
        ("generator", str),
        *((name, array_of(twin(item))) for name, item in ITEMS.items()),
    ],
    frozen=True,
)
"""The class that the fast path decodes into."""


def document_of(portfolio: Portfolio, generator: str = GENERATOR) -> dict[str, object]:
    """Return what is written for a portfolio: the envelope and its registries."""
    envelope: dict[str, object] = {"format": FORMAT, "version": VERSION, "generator": generator}
    return envelope | {attribute.name: getattr(portfolio, attribute.name) for attribute in fields(Portfolio)}


def portfolio_from(found: object, noticed: Iterable[Problem] = ()) -> Portfolio:
    """
    Return the portfolio that a document, given as plain builtins, describes.

    *noticed* are problems that were found while reading the builtins; the others are listed after them.

    Raises:
        InvalidDocumentError: If it describes none; lists every problem.
    """
    if not isinstance(found, dict):
        message = f"expected an object, found {shown(found)}"
        raise InvalidDocumentError((*noticed, Problem(pointer="", code=ProblemCode.WRONG_TYPE, message=message)))
    problems = [*noticed, *_envelope_problems(found)]
    items: dict[str, dict[int, Any]] = {}
    for noun in ITEMS:
        items[noun] = _structured(noun, found.get(noun, []), problems)
    problems += _duplicates(found)
    problems += _dangling(items, found)
    if problems:
        raise InvalidDocumentError(tuple(problems))
    return Portfolio(**{noun: tuple(held.values()) for noun, held in items.items()})


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


def _structured(noun: str, found: object, problems: list[Problem]) -> dict[int, Any]:
    """Return the items of one array that could be built, by their place; note the problems of the others."""
    if not is_array(found):
        problems.append(problem((noun,), ProblemCode.WRONG_TYPE, f"expected an array, found {shown(found)}"))
        return {}
    built: dict[int, Any] = {}
    for place, item in enumerate(found):
        try:
            built[place] = converter().structure(item, ITEMS[noun])
        except Exception as error:  # noqa: BLE001  # whatever a class raises becomes a problem at its place
            problems.extend(problems_of(error, item, converter(), (noun, place)))
    return built


def _written_items(found: dict[str, Any], noun: str) -> Iterator[tuple[int, Any]]:
    """Yield the objects of one array as they are written, sound or not, with their places."""
    held = found.get(noun)
    if is_array(held):
        yield from ((place, item) for place, item in enumerate(held) if type(item) is dict)


def _duplicates(found: dict[str, Any]) -> Iterator[Problem]:
    for noun in ITEMS:
        first: dict[Any, int] = {}
        for place, item in _written_items(found, noun):
            key = _written_key(item) if noun == "observations" else item.get("id")
            if type(key) in (str, tuple) and first.setdefault(key, place) != place:
                named = " ".join(key) if isinstance(key, tuple) else key
                message = f"{named!r} stands already at /{noun}/{first[key]}; keep one of each"
                yield problem((noun, place), ProblemCode.DUPLICATE_ITEM, message)


def _written_key(item: dict[str, Any]) -> tuple[str, ...]:
    parts = (item.get(name, default) for name, default in _KEY)
    return tuple(part for part in parts if type(part) is str)


_KEY = (("indicator_id", ""), ("territory_id", NATION), ("period", ""), ("kind", ""), ("source_id", ""))


def _dangling(items: dict[str, dict[int, Any]], found: dict[str, Any]) -> Iterator[Problem]:
    held = {noun: {item.get("id") for _, item in _written_items(found, noun)} for noun in ITEMS}
    for noun, built in items.items():
        for place, item in _written_items(found, noun):
            if place in built:
                references = find_references(built[place], (noun, place))
            else:
                cls = INSTRUMENTS.get(str(item.get("kind"))) if ITEMS[noun] is Instrument else ITEMS[noun]
                references = find_written_references(cls, item, (noun, place)) if cls else iter(())
            for path, target, registry in references:
                if target not in held[registry]:
                    message = f"names {target!r}, which is not in {registry}; add it or remove the reference"
                    yield problem(path, ProblemCode.DANGLING_REFERENCE, message)
