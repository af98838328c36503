"""
The filter of `Portfolio.where`: criteria by ministry, lever, territory and phase, and the closure over references.

A thing that lacks a property inherits it from its parents; see `levier.model.belonging`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from levier.model._things import Things, sorted_out
from levier.model.belonging import directly_above
from levier.model.lifecycle import Phase
from levier.model.observations import Observations
from levier.model.programmes import Project
from levier.model.references import referenced
from levier.model.registry import Registry
from levier.model.trees import branch_of, reached

__all__ = ["closed_over", "in_phase", "matching", "of_lever", "of_ministry", "of_territory"]

Held: TypeAlias = Mapping[str, Registry[Any]]
Criterion: TypeAlias = Callable[[Any], bool | None]
"""Returns whether a thing meets a criterion; `None` if the thing itself does not tell, and then its parents decide."""

_SUBJECTS = ("programmes", "reforms", "projects", "instruments")


def of_ministry(held: Held, organisation_id: str) -> Criterion:
    """Return the criterion of being owned, led or initiated by an organisation or one below it."""
    bodies = _branch(held["organisations"], organisation_id)

    def meant(thing: Any) -> bool | None:
        lead = getattr(thing, "lead", None)
        named = {getattr(thing, "owner_id", None), getattr(thing, "initiator_id", None), lead and lead.organisation_id}
        return bool(named & bodies) if named != {None} else None

    return meant


def of_lever(held: Held, lever_id: str) -> Criterion:
    """Return the criterion of activating a lever or one below it."""
    return _naming(lambda thing: getattr(thing, "lever_ids", ()), _branch(held["levers"], lever_id))


def of_territory(held: Held, territory_id: str) -> Criterion:
    """Return the criterion of being in a territory or in one within it."""
    return _naming(_places, _within(held["territories"], territory_id))


def in_phase(phase: Phase | str) -> Criterion:
    """Return the criterion of being a project in a phase."""
    wanted = Phase(phase)
    return lambda thing: isinstance(thing, Project) and thing.phase is wanted


def matching(held: Things, criteria: Iterable[Criterion]) -> list[Any]:
    """Return the programmes, reforms, projects and instruments that meet all criteria."""
    wanted = tuple(criteria)
    things = (thing for name in _SUBJECTS for thing in getattr(held, name).values())
    return [thing for thing in things if all(_is_meant(thing, criterion, held) for criterion in wanted)]


def closed_over(
    things: Iterable[Any], held: Held, observations: Observations, territory_id: str | None = None
) -> dict[str, Any]:
    """
    Return, by field, *things*, everything they refer to, and the observations of their indicators.

    With *territory_id*, keep only the observations of this territory, of those within it and of those around it.
    """
    kept: dict[str, dict[str, Any]] = defaultdict(dict)
    for name, given in sorted_out(things, "Portfolio").items():
        kept[name] = {thing.id: thing for thing in given}
    _follow([thing for given in kept.values() for thing in given.values()], held, kept)
    places = None if territory_id is None else _around(held["territories"], territory_id)
    rows = [row for row in observations if row.indicator_id in kept["indicators"]]
    rows = rows if places is None else [row for row in rows if row.territory_id in places]
    _follow(rows, held, kept)
    return {name: tuple(found.values()) for name, found in kept.items()} | {"observations": rows}


def _follow(things: Iterable[Any], held: Held, kept: dict[str, dict[str, Any]]) -> None:
    """Add everything that things refer to, directly or through others, to the kept things."""
    waiting = list(things)
    while waiting:
        missing = {name: identifiers - kept[name].keys() for name, identifiers in referenced(waiting).items()}
        found = {name: {one: held[name][one] for one in identifiers} for name, identifiers in missing.items()}
        for name, new in found.items():
            kept[name] |= new
        waiting = [thing for new in found.values() for thing in new.values()]


def _naming(named_by: Callable[[Any], Iterable[str]], wanted: set[str]) -> Criterion:
    """Return the criterion of naming at least one of these identifiers."""

    def meant(thing: Any) -> bool | None:
        named = set(named_by(thing))
        return bool(named & wanted) if named else None

    return meant


def _places(thing: Any) -> Iterator[str]:
    """Yield the territories of a thing, its activations and its events; that of a rating is no place of it."""
    own = getattr(thing, "territory_id", None)
    yield from () if own is None else (own,)
    yield from getattr(thing, "territory_ids", ())
    for part in (*getattr(thing, "activations", ()), *getattr(thing, "events", ())):
        yield from _places(part)


def _is_meant(thing: Any, criterion: Criterion, held: Things) -> bool:
    """Return whether the thing meets a criterion or, if it does not tell, whether one of its parents does."""

    def onward(asked: Any) -> Iterable[Any]:
        return directly_above(held, asked) if criterion(asked) is None else ()

    return any(criterion(asked) for asked in reached((thing,), onward))


def _around(territories: Registry[Any], identifier: str) -> set[str]:
    """Return the identifiers of a territory, of all within it and of all around it."""
    asked = territories[identifier]
    return {
        *_within(territories, identifier),
        *asked.lies_in,
        *(place.id for place in territories.values() if place.contains(asked)),
    }


def _within(territories: Registry[Any], identifier: str) -> set[str]:
    """Return the identifiers of a territory and of all within it, by their codes."""
    around = territories[identifier]
    return {around.id, *(place.id for place in territories.values() if around.contains(place))}


def _branch(registry: Registry[Any], identifier: str) -> set[str]:
    """Return the identifiers of a thing and of all below it."""
    return {item.id for item in branch_of(registry, identifier)}
