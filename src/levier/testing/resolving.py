"""
A portfolio from independent things: every reference is replaced by one that resolves.

Strategies draw things one by one, with references that dangle; this module makes a portfolio of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar, cast
from zlib import crc32

from attrs import evolve, fields, has

from levier.model._facts import DistinctBy, facts_of
from levier.model._shapes import hints_of, item_of, nested, parts_of
from levier.model.instruments import Campus, CampusSession
from levier.model.observations import Observation
from levier.model.portfolio import NOUNS, Portfolio
from levier.model.references import direct_references
from levier.model.territories import Territory, TerritoryLevel
from levier.model.trees import reached
from levier.testing.building import build

__all__ = ["distinct_key", "resolved"]

T = TypeVar("T")


@cache
def _keys() -> Mapping[type[Any], Callable[[Any], Any]]:
    """Return the key that has to be unique within a field, for each class, read off the validators of the fields."""
    return {
        item_of(hints_of(cls)[attribute.name]): fact.key
        for cls in reached((*NOUNS, Observation), _held_classes)
        for attribute in fields(cls)
        for fact in facts_of(attribute.validator)
        if isinstance(fact, DistinctBy)
    }


def _held_classes(cls: type[Any]) -> Iterable[type[Any]]:
    parts = (part for hint in hints_of(cls).values() for part in parts_of(hint))
    return (part for part in parts if isinstance(part, type) and has(part))


def distinct_key(item: Any) -> Hashable:
    """Return what has to be unique within a field: the identifier or key of a value, or else the value itself."""
    if (key := _keys().get(type(item))) is not None:
        return cast("Hashable", key(item))
    return cast("Hashable", next((getattr(item, name) for name in ("key", "id") if hasattr(item, name)), item))


def resolved(items: Iterable[Any]) -> Portfolio:
    """
    Return a portfolio of *items*, with each of their references replaced by one to an existing thing.

    Of things that share an identifier, the first is kept.
    If there is nothing to refer to, an optional reference is removed, and a minimal thing is added for a required
    one.
    No thing refers to itself, directly or through others, except that a territory may be its own predecessor.
    """
    pools = _Pools(items)
    return Portfolio.of(*pools.resolved())


class _Pools:
    """The things of each registry, which grow as references require more."""

    def __init__(self, items: Iterable[Any]) -> None:
        self._things: dict[str, dict[str, Any]] = defaultdict(dict)
        self._observations: list[Observation] = []
        for item in items:
            if type(item) is Observation:
                self._observations.append(item)
            else:
                self._things[NOUNS[type(item)]].setdefault(item.id, item)

    def resolved(self) -> list[Any]:
        """Return all things and observations, with every reference resolved."""
        things = [item for pool in self._things.values() for item in pool.values()]
        for item in (*things, *self._observations):
            self._provide(item, item)
        for item in things:
            self._things[NOUNS[type(item)]][item.id] = self._turned(item, item)
        rows = _distinct(self._coded(self._turned(row, row)) for row in self._observations)
        return [*(item for pool in self._things.values() for item in pool.values()), *rows]

    def _provide(self, value: Any, owner: Any) -> None:
        """Add the things that *value*, *owner* or a part of it, has to refer to, if there are none of their class."""
        cls: Any = type(value)
        for found in direct_references(cls).values():
            if found.is_required and not self._eligible(found.registry, owner):
                self._add(found.registry)
        for _, _, part in nested(value):
            self._provide(part, owner)

    def _turned(self, value: Any, owner: Any) -> Any:
        """Return *value*, which is *owner* or a part of it, with its references resolved."""
        changed: dict[str, Any] = {}
        cls: Any = type(value)
        references = direct_references(cls)
        for attribute in fields(cls):
            old = getattr(value, attribute.name)
            if attribute.name in references:
                eligible = self._eligible(references[attribute.name].registry, owner, attribute.name)
                new = self._targets(old, eligible)
            else:
                new = self._held(old, owner)
            if new != old:
                changed[attribute.name] = new
        return evolve(value, **changed) if changed else value

    def _coded(self, row: Observation) -> Observation:
        """Return an observation with codes that its dimensions have; a dimension without any is removed from it."""
        if not row.breakdown:
            return row
        codes = {one.dimension_id: self._things["dimensions"][one.dimension_id].codes for one in row.breakdown}
        part: dict[str, str] = {
            one.dimension_id: known[crc32(one.code.encode()) % len(known)].code
            for one in row.breakdown
            if (known := codes[one.dimension_id])
        }
        return evolve(row, breakdown=part)

    def _targets(self, old: Any, eligible: list[str]) -> Any:
        def target(one: str) -> str:
            return eligible[crc32(one.encode()) % len(eligible)]

        if isinstance(old, tuple):
            return tuple(dict.fromkeys(map(target, old))) if eligible else ()
        return None if old is None or not eligible else target(old)

    def _held(self, old: Any, owner: Any) -> Any:
        if has(type(old)):
            return self._turned(old, owner)
        if not isinstance(old, tuple):
            return old
        new = tuple(self._turned(item, owner) if has(type(item)) else item for item in old)
        return old if new == old else tuple(_distinct(new))

    def _eligible(self, registry: str, owner: Any, name: str = "") -> list[str]:
        pool = self._things[registry]
        if NOUNS.get(type(owner)) != registry:
            return sorted(pool)
        match owner:
            case Territory() if name == "predecessor_ids":
                return sorted(code for code, place in pool.items() if place.level is owner.level)
            case Territory() if name == "part_ids":
                return sorted(code for code, place in pool.items() if place.level is TerritoryLevel.MUNICIPALITY)
            case Territory():
                return sorted(pool.keys() & set(owner.lies_in))
            case CampusSession():
                return sorted(name for name, item in pool.items() if type(item) is Campus)
            case _:
                return sorted(name for name in pool if name < owner.id)

    def _add(self, registry: str) -> None:
        cls = Campus if registry == "instruments" else next(cls for cls, name in NOUNS.items() if name == registry)
        item = build(cls)
        while item.id in self._things[registry]:
            item = evolve(item, id=f"{item.id}-2")
        self._things[registry][item.id] = item


def _distinct(items: Iterable[T]) -> Iterable[T]:
    return {distinct_key(item): item for item in items}.values()
