"""
The portfolio as it was known on a past day: things that became known later are excluded.

`levier.model.dating` holds the rule.
A thing that refers to an excluded one loses the reference or, if the reference is required, is excluded too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

from attrs import NOTHING, evolve, fields, fields_dict, frozen

from levier._once import once
from levier.errors.final import final
from levier.model._rebuilding import is_same, rebuild, rebuild_all, shorten
from levier.model._shapes import fields_with_parts
from levier.model.budget import BudgetAction, BudgetProgramme
from levier.model.dating import dated, is_datable, published_by
from levier.model.fund import Fund
from levier.model.lifecycle import PhaseStep
from levier.model.lifetimes import Lifetime, lifetimes
from levier.model.names import name_on
from levier.model.observations import Observation, ObservationKind, Observations
from levier.model.organisations import Organisation
from levier.model.periods import Day, Period
from levier.model.references import direct_references, find_references
from levier.model.registry import Registry
from levier.model.sources import Source, Sourced
from levier.model.surveys import Survey
from levier.model.territories import Territory

__all__ = ["as_known", "fund_as_known", "items_as_known"]

T = TypeVar("T")
Held: TypeAlias = Mapping[str, set[str]]

_DONE = ("contracted_on", "decided_on", "done_on", "head_office", "not_done_on")
_NONE: Mapping[str, Territory] = MappingProxyType({})
_ONLY_THEN = "seule source connue à cette date"


def as_known(registries: Mapping[str, Registry[Any]], observations: Observations, day: Day) -> dict[str, Any]:
    """Return the registries and observations as known on a day, by field; unchanged ones are omitted."""
    cut = _Cut.at(day, registries["sources"], registries["territories"])
    kept = {name: rebuild_all(registry.values(), cut.known) for name, registry in registries.items()}
    left = {name: len(registry) for name, registry in registries.items()}
    held: Held = {name: {item.id for item in items} for name, items in kept.items()}
    while any(len(items) < left[name] for name, items in kept.items()):  # until no excluded thing is referred to
        left = {name: len(items) for name, items in kept.items()}
        kept = {name: rebuild_all(items, partial(_pruned, held=held)) for name, items in kept.items()}
        held = {name: {item.id for item in items} for name, items in kept.items()}
    found: dict[str, Any] = {
        name: Registry(items) for name, items in kept.items() if not is_same(items, tuple(registries[name].values()))
    }
    is_cut = len(held["territories"]) < len(registries["territories"])  # a territory that did not exist yet
    rows = _rows(cut, observations, held, is_cut=is_cut)
    return found if is_same(rows, observations.rows) else found | {"observations": Observations(rows)}


def fund_as_known(fund: Fund, day: Day, sources: Mapping[str, Source]) -> Fund:
    """Return a fund without portfolio as known on a day; a document that *sources* lacks dates nothing."""
    cut = _Cut.at(day, _dating((fund,), sources))
    known: Fund = cut.rebuilt(fund)
    return known


def items_as_known(items: Sequence[T], day: Day, sources: Mapping[str, Source]) -> tuple[T, ...]:
    """Return those of some things without portfolio that were known on a day, by the same rule."""
    return rebuild_all(items, _Cut.at(day, _dating(items, sources)).known)


def _dating(items: Iterable[Any], sources: Mapping[str, Source]) -> Registry[Source]:
    named = {target for item in items for _, target, registry in find_references(item) if registry == "sources"}
    return Registry(sources.get(name) or Source(id=name, title=name) for name in sorted(named))


def _rows(cut: _Cut, rows: Sequence[Observation], held: Held, *, is_cut: bool) -> Sequence[Observation]:
    """Return the observations known by the day; if excluding a document gives two one key, keep the later recorded."""
    indicators, sources, dimensions, knows = held["indicators"], held["sources"], held["dimensions"], cut.knows_row
    found = [row for row in rows if row.indicator_id in indicators and knows(row)]
    if any(map(attrgetter("breakdown"), found)):
        found = [row for row in found if all(one.dimension_id in dimensions for one in row.breakdown)]
    if is_cut:
        territories = held["territories"]
        found = [row for row in found if row.territory_id in territories]
    if all(row.source_id is None or row.source_id in sources for row in found):
        return found  # filtering a sorted table keeps it sorted
    kept: dict[tuple[str, ...], Observation] = {}
    for row in found:
        named = row if row.source_id is None or row.source_id in sources else evolve(row, source_id=None)
        rival = kept.get(named.key)
        if rival is None or (rival.recorded_on or Day.min) < (named.recorded_on or Day.min):
            kept[named.key] = named
    return tuple(kept.values())


@final
@frozen
class _Cut:
    """The day of the cut, and the publication days of the documents."""

    day: Day
    published: Mapping[str, Day | None]
    """The day by which each document was published; `None` if it is undated."""
    lived: Mapping[str, Lifetime]
    """When territories existed; nothing for those that always did."""

    @classmethod
    def at(cls, day: Day, sources: Registry[Source], territories: Mapping[str, Territory] = _NONE) -> _Cut:
        """Return the cut for a day."""
        return cls(day, {key: published_by(one) for key, one in sources.items()}, lifetimes(territories))

    def knows_row(self, row: Observation) -> bool:
        """Return `knows(row)`; the same rule inlined, because there may be a million observations."""
        since = row.recorded_on
        if since is None and row.source_id is not None:
            since = self.published[row.source_id]
        if since is None and row.kind is ObservationKind.ACTUAL:
            return row.period.starts_by(self.day)
        return since is None or since <= self.day

    def knows(self, value: Any) -> bool:
        """Return whether a thing was known by the day; a step announced for a later day has not been taken yet."""
        if isinstance(value, PhaseStep) and value.on > self.day:
            return False
        if isinstance(value, Territory):
            return value.id not in self.lived or any(first <= self.day for first, _ in self.lived[value.id])
        since, _ = dated(value, self.published)
        return since is None or since <= self.day

    def known(self, value: Any) -> Any:
        """Return a thing as it was known; `None` if it was not known at all."""
        if isinstance(value, Sourced):
            return self._sourced(value)
        if not self.knows(value):
            return None
        if type(value) in _NAMES:
            value = _named_then(value, self.day)
        elif _is_whole(type(value)):
            return value
        found = self.rebuilt(value)
        emptied = isinstance(value, Survey) and value.results and not found.results
        return None if emptied else found

    def rebuilt(self, value: Any) -> Any:
        """Return a known thing, rebuilt from the parts that were known."""
        cls = type(value)
        return rebuild(value, self.known, self._done, _done_fields(cls), _cut_fields(cls))

    def _done(self, _: str, held: Any) -> Any:
        """Return the day on which something was done; `None` if it was not yet done."""
        begun = held.first_day if isinstance(held, Period) else held
        return None if isinstance(begun, Day) and begun > self.day else held

    def _sourced(self, fact: Sourced[Any]) -> Sourced[Any] | None:
        """Return a fact as documents stated it by the day: the preferred value, or else the first alternative."""
        others = shorten(fact.alternatives, filter(self.knows, fact.alternatives))
        if self.knows(evolve(fact, alternatives=(), preferred_because="")):
            because = fact.preferred_because if others else ""
            return fact if others is fact.alternatives else evolve(fact, alternatives=others, preferred_because=because)
        if not others:
            return None
        first, *rest = others
        names = ("value", "source_id", "scope", "on", "caveat")
        stated = {name: getattr(first, name) for name in names}
        return evolve(fact, **stated, alternatives=rest, preferred_because=_ONLY_THEN if rest else "")


@once
def _done_fields(cls: type[Any]) -> tuple[str, ...]:
    """Return the fields of a class that say when something was done, and may be empty."""
    return tuple(one.name for one in fields(cls) if one.name in _DONE and one.default is not NOTHING)


@once
def _cut_fields(cls: type[Any]) -> tuple[str, ...]:
    """Return the fields of a class that hold parts that a cut may remove or change: a cut visits only these."""
    held = fields_with_parts(cls).items()
    return tuple(name for name, classes in held if any(map(_may_be_cut, classes)))


@once
def _may_be_cut(cls: type[Any]) -> bool:
    """Return whether a cut may remove or change a thing of a class; an amount, which has no date, it never does."""
    return cls is object or cls in _NAMES or is_datable(cls) or not _is_whole(cls)


@once
def _is_whole(cls: type[Any]) -> bool:
    """Return whether a known thing of a class is kept as it is: nothing in it has a date of its own."""
    return not _cut_fields(cls) and not _done_fields(cls)


def _named_then(thing: Any, day: Day) -> Any:
    """Return a thing with the names it had on a day; an acronym, which belongs to the present name, is removed."""
    changes: dict[str, Any] = {}
    for present, history in _NAMES[type(thing)].items():
        names, label = getattr(thing, history), getattr(thing, present)
        then = name_on(names, day, otherwise=label)
        borne = shorten(names, (name for name in names if name.period is None or name.period.starts_by(day)))
        changes |= {} if then == label else {present: then}
        changes |= {} if borne is names else {history: borne}
    if "label" in changes and isinstance(thing, Organisation):
        changes["acronym"] = ""
    return evolve(thing, **changes) if changes else thing


_NAMES: Mapping[type[Any], Mapping[str, str]] = MappingProxyType(
    {
        Organisation: {"label": "names"},
        Territory: {"label": "names"},
        BudgetAction: {"label": "names"},
        BudgetProgramme: {"label": "names", "mission": "missions"},
    }
)
"""The fields that hold a present name, with those that hold the dated names."""


def _pruned(value: Any, held: Held) -> Any:
    """Return a thing without references to excluded things; `None` if one of them is required."""
    if all(target in held[registry] for _, target, registry in find_references(value)):
        return value
    direct = direct_references(type(value))

    def referring(name: str, found: Any) -> Any:
        known = held[direct[name].registry]
        if isinstance(found, tuple):
            kept = shorten(found, (identifier for identifier in found if identifier in known))
            # A merger without one of those that merged would be another one.
            is_required = kept is not found and fields_dict(type(value))[name].default is NOTHING
            return None if is_required else kept
        return found if found in known else None

    return rebuild(value, partial(_pruned, held=held), referring, direct, fields_with_parts(type(value)))
