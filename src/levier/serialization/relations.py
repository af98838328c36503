"""The relations between the items of a document: unique identifiers, and no dangling reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from levier._once import once
from levier.errors import InvalidValueError, Problem, ProblemCode
from levier.model.dimensions import BreakdownCode
from levier.model.identifiers import is_identifier
from levier.model.instruments import Instrument
from levier.model.periods import Period
from levier.model.references import find_references, find_written_references, referring_fields, with_missing
from levier.model.territories import NATION
from levier.serialization._problems import Problems, problem, shown, trail_of, written
from levier.serialization._scalars import INSTRUMENTS

__all__ = ["FoundReference", "note_relations", "telling_keys"]

Keys: TypeAlias = "dict[int, Any]"


class FoundReference(NamedTuple):
    """The items of one array by index: those that were built, and the builtins of those that were not."""

    kind: Any
    built: dict[int, Any]
    broken: dict[int, dict[str, Any]]


@once
def telling_keys(kind: Any) -> frozenset[str]:
    """Return the keys that may relate an item to others: an item without any of them has no relation to check."""
    return frozenset(("id", *dict(_KEY))) | _referring(kind)


@once
def _referring(kind: Any) -> frozenset[str]:
    classes = INSTRUMENTS.values() if kind is Instrument else (kind,)
    return frozenset(chain.from_iterable(map(referring_fields, classes)))


def note_relations(found: Mapping[str, FoundReference], problems: Problems) -> None:
    """Note the problems between the items of a document, given by noun."""
    keys = {noun: _keys(noun, items) for noun, items in found.items()}
    for noun, held in keys.items():
        _note_duplicates(noun, held, problems)
    known = {noun: set(held.values()) for noun, held in keys.items() if noun != "observations"}  # nothing refers to one
    for noun, items in found.items():
        for path, target, registry in _references(noun, items, known):
            # An invalid identifier is already a problem of its field; that it also dangles is not reported again.
            if target not in known[registry] and is_identifier(target):
                problems.note(_dangling, trail_of(*path), target, registry)
    for path, target, dimension_id in _unknown_codes(found):
        problems.note(_dangling, trail_of(*path), target, f"the codes of the dimension {shown(dimension_id)}")


def _unknown_codes(found: Mapping[str, FoundReference]) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Yield the codes of breakdowns that their dimension lacks; those of a broken dimension are unknown themselves."""
    codes = {one.id: {code.code for code in one.codes} for one in found["dimensions"].built.values()}
    for place, row in found["observations"].built.items() if codes else ():
        for nth, one in enumerate(row.breakdown):
            if one.code not in codes.get(one.dimension_id, {one.code}):
                yield ("observations", place, "breakdown", nth, "code"), one.code, one.dimension_id


def _dangling(path: Sequence[str | int], target: str, registry: str) -> Problem:
    message = f"names {shown(target)}, which is not in {registry}; add it or remove the reference"
    return problem(path, ProblemCode.DANGLING_REFERENCE, message, found=target, expected=registry)


def _keys(noun: str, found: FoundReference) -> Keys:
    """Return the key of each item, by index, if it is known; keys have to be unique."""
    of_built, of_broken = (_row_key, _written_key) if noun == "observations" else (attrgetter("id"), _written_id)
    keys: Keys = dict(zip(found.built, map(of_built, found.built.values()), strict=True))
    return keys | {place: key for place, item in found.broken.items() if (key := of_broken(item)) is not None}


_KEY = (("indicator_id", None), ("territory_id", NATION), ("period", None), ("kind", None), ("source_id", None))
_row_key = attrgetter("indicator_id", "territory_id", "period.text", "kind", "source_id", "breakdown")


def _written_key(item: Mapping[str, Any]) -> tuple[Any, ...] | None:
    parts = {name: item.get(name, default) for name, default in _KEY}
    breakdown = _written_breakdown(item)
    is_known = all(type(part) is str or (part is None and name == "source_id") for name, part in parts.items())
    if breakdown is None or not is_known or not is_identifier(parts["indicator_id"]):
        return None  # incomplete, it could be that of another one
    try:
        parts["period"] = Period(parts["period"]).text  # equal periods may be written differently
    except InvalidValueError:
        return None
    return *parts.values(), breakdown


def _written_breakdown(item: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """Return the codes of a broken observation, or `None` if one of them is not valid."""
    try:
        return tuple(sorted(BreakdownCode(**one) for one in item.get("breakdown", ())))
    except (InvalidValueError, TypeError):
        return None


def _written_id(item: Mapping[str, Any]) -> str | None:
    found = item.get("id")
    return found if type(found) is str else None


def _note_duplicates(noun: str, keys: Keys, problems: Problems) -> None:
    if len(set(keys.values())) == len(keys):
        return
    first: dict[Any, int] = {}
    for place in sorted(keys):
        if first.setdefault(keys[place], place) != place:
            problems.note(_stands_already, trail_of(noun, place), keys[place], first[keys[place]])


def _stands_already(path: Sequence[str | int], key: Any, first: int) -> Problem:
    named = " ".join((*filter(None, key[:-1]), *map(str, key[-1]))) if type(key) is tuple else key
    message = f"{shown(named)} stands already at {written((path[0], first))}; keep one of each"
    return problem(path, ProblemCode.DUPLICATE_ITEM, message, found=str(named))


def _references(
    noun: str, found: FoundReference, known: Mapping[str, set[Any]]
) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Yield the references of items, except those of built items that surely resolve."""
    built = list(found.built)
    odd = [built[place] for place in with_missing(list(found.built.values()), known)]
    for place in sorted((*odd, *found.broken)):
        if place in found.built:
            yield from find_references(found.built[place], (noun, place))
            continue
        item = found.broken[place]
        if _referring(found.kind).isdisjoint(item):
            continue
        cls = INSTRUMENTS.get(str(item.get("kind"))) if found.kind is Instrument else found.kind
        if cls is not None:
            yield from find_written_references(cls, item, (noun, place))
