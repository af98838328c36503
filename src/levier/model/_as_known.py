"""
What of a portfolio was known on a day: what came later is left out.

The rule is that of `levier.model.dating`.
What refers to something left out loses the reference, or is left out itself where it cannot be without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar, final
from weakref import ref

from attrs import NOTHING, Attribute, evolve, fields, frozen, has

from levier.errors import LevierError
from levier.model.budget import BudgetAction, BudgetProgramme
from levier.model.challenges import ChallengeStage
from levier.model.dating import known_since
from levier.model.fund import Fund
from levier.model.instruments import CarteBlanche, ChallengeCall
from levier.model.levers import ActivatesLevers
from levier.model.lifecycle import PhaseStep
from levier.model.observations import Observation, ObservationKind, Observations
from levier.model.organisations import Organisation, name_on
from levier.model.periods import Day, Period
from levier.model.programmes import Project
from levier.model.references import direct_references, find_references
from levier.model.registry import Registry
from levier.model.sources import Source, Sourced
from levier.model.surveys import Survey

__all__ = ["as_known", "fund_as_known", "items_as_known", "remembered"]

T = TypeVar("T")
Held: TypeAlias = Mapping[str, set[str]]
Rebuild: TypeAlias = Callable[[Any], Any]
Plain: TypeAlias = "Callable[[Attribute[Any], Any], Any]"

_DONE = ("contracted_on", "decided_on", "done_on", "not_done_on")
_ONLY_THEN = "seule source connue à cette date"


def as_known(registries: Mapping[str, Registry[Any]], observations: Observations, day: Day) -> dict[str, Any]:
    """Return what was known on a day of the things of a portfolio, under their names: those that differ, no others."""
    cut = _Cut.at(day, registries["sources"])
    kept = {name: _kept(registry.values(), cut.known) for name, registry in registries.items()}
    left = {name: len(registry) for name, registry in registries.items()}
    held: Held = {name: {item.id for item in items} for name, items in kept.items()}
    while any(len(items) < left[name] for name, items in kept.items()):  # what refers to those left out comes next
        left = {name: len(items) for name, items in kept.items()}
        kept = {name: _kept(items, partial(_pruned, held=held)) for name, items in kept.items()}
        held = {name: {item.id for item in items} for name, items in kept.items()}
    found: dict[str, Any] = {
        name: Registry(items) for name, items in kept.items() if not _same(items, tuple(registries[name].values()))
    }
    rows = _rows(cut, observations, held)
    return found if _same(rows, observations.rows) else found | {"observations": Observations(rows)}


def fund_as_known(fund: Fund, day: Day, sources: Mapping[str, Source]) -> Fund:
    """Return what was known on a day of a fund outside a portfolio; a document that *sources* lack dates nothing."""
    cut = _Cut.at(day, _dating((fund,), sources))
    known: Fund = cut.rebuilt(fund)
    return known


def items_as_known(items: Sequence[T], day: Day, sources: Mapping[str, Source]) -> tuple[T, ...]:
    """Return what was known on a day of things outside a portfolio, by the same rule."""
    return _kept(items, _Cut.at(day, _dating(items, sources)).known)


def _dating(items: Iterable[Any], sources: Mapping[str, Source]) -> Registry[Source]:
    named = {target for item in items for _, target, registry in find_references(item) if registry == "sources"}
    return Registry(sources.get(name) or Source(id=name, title=name) for name in sorted(named))


_REMEMBERED_DAYS = 4
_cuts: dict[int, tuple[ref[Any], tuple[tuple[Day, Any], ...]]] = {}
"""The last cuts of each living portfolio, by its identity; `None` stands for the portfolio itself."""


def remembered(whole: T, day: Day, cut: Callable[[T, Day], T]) -> T:
    """
    Return what *cut* gives of *whole* on a day, computed once.

    A question about one series asks for the cut of the whole portfolio; the first question pays for the others.
    The memory holds *whole* weakly, and each cut only as long as *whole* lives.
    Entries are replaced, never changed, so that threads may race: both then compute equal cuts, and one is kept.
    """
    entry = _cuts.get(id(whole))
    known = entry[1] if entry is not None and entry[0]() is whole else ()
    for asked, found in known:
        if asked == day:
            return whole if found is None else found
    made = cut(whole, day)
    _remember(whole, (*known[1 - _REMEMBERED_DAYS :], (day, None if made is whole else made)))
    if made is not whole:
        _remember(made, ((day, None),))  # a cut of a cut on its own day is itself
    return made


def _remember(whole: Any, known: tuple[tuple[Day, Any], ...]) -> None:
    key = id(whole)
    forget = _cuts.pop  # by name, because modules are emptied before the last portfolios go
    _cuts[key] = (ref(whole, lambda _: forget(key, None)), known)


def _same(left: Sequence[Any], right: Sequence[Any]) -> bool:
    return len(left) == len(right) and all(one is other for one, other in zip(left, right, strict=True))


def _kept(items: Iterable[T], rebuild: Callable[[T], T | None]) -> tuple[T, ...]:
    return tuple(found for item in items if (found := rebuild(item)) is not None)


def _rows(cut: _Cut, rows: Sequence[Observation], held: Held) -> Sequence[Observation]:
    """Return the observations known by the day; of two that only a later document told apart, the later recorded."""
    indicators, sources, knows = held["indicators"], held["sources"], cut.knows_row
    found = [row for row in rows if row.indicator_id in indicators and knows(row)]
    if all(row.source_id is None or row.source_id in sources for row in found):
        return found  # what is left of a table in the order of its keys is in that order
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
    """The day of the cut, with the documents that date what they state."""

    day: Day
    sources: Registry[Source]
    published: Mapping[str, Day | None]
    """By which day each document was published; `None` where it is undated."""

    @classmethod
    def at(cls, day: Day, sources: Registry[Source]) -> _Cut:
        """Return the cut of a day."""
        published = {
            key: None if one.published_on is None else one.published_on.known_by for key, one in sources.items()
        }
        return cls(day, sources, published)

    def knows_row(self, row: Observation) -> bool:
        """Answer `knows` for an observation: the same rule, written out, because there are a million of them."""
        since = row.recorded_on
        if since is None and row.source_id is not None:
            since = self.published[row.source_id]
        if since is None and row.kind is ObservationKind.ACTUAL:
            return row.period.starts_by(self.day)
        return since is None or since <= self.day

    def knows(self, value: Any) -> bool:
        """Say whether a thing was known by the day, and a step taken: an announcement is no step."""
        if isinstance(value, PhaseStep) and value.on > self.day:
            return False
        since = known_since(value, self.sources)
        return since is None or since.day <= self.day

    def known(self, value: Any) -> Any:
        """Return what was known of a thing; `None` where it was not known at all."""
        if isinstance(value, Sourced):
            return self._sourced(value)
        if not self.knows(value):
            return None
        if type(value) in _NAMES:
            value = _named_then(value, self.day)
        found = self.rebuilt(value)
        emptied = isinstance(value, Survey) and value.results and not found.results
        return None if emptied else found

    def rebuilt(self, value: Any) -> Any:
        """Return a thing, itself taken to be known, of what was known of its parts."""
        return _rebuilt(value, self.known, self._done)

    def _done(self, attribute: Attribute[Any], held: Any) -> Any:
        """Return what stands in a field that is no part: what was not yet done is not there."""
        begun = held.first_day if isinstance(held, Period) else held
        later = attribute.name in _DONE and isinstance(begun, Day) and begun > self.day
        return attribute.default if later and attribute.default is not NOTHING else held

    def _sourced(self, fact: Sourced[Any]) -> Sourced[Any] | None:
        """Return a fact as the documents of the day stated it: the value kept, or else the first alternative."""
        others = _shortened(fact.alternatives, filter(self.knows, fact.alternatives))
        if self.knows(evolve(fact, alternatives=(), preferred_because="")):
            because = fact.preferred_because if others else ""
            return fact if others is fact.alternatives else evolve(fact, alternatives=others, preferred_because=because)
        if not others:
            return None
        first, *rest = others
        names = ("value", "source_id", "scope", "on", "caveat")
        stated = {name: getattr(first, name) for name in names}
        return evolve(fact, **stated, alternatives=rest, preferred_because=_ONLY_THEN if rest else "")


def _named_then(thing: Any, day: Day) -> Any:
    """Return a thing under the names it bore on a day, without the names of later; an acronym is of the present one."""
    changes: dict[str, Any] = {}
    for present, dated in _NAMES[type(thing)].items():
        names, label = getattr(thing, dated), getattr(thing, present)
        then = name_on(names, day, otherwise=label)
        borne = _shortened(names, (name for name in names if name.period is None or name.period.first_day <= day))
        changes |= {} if then == label else {present: then}
        changes |= {} if borne is names else {dated: borne}
    if "label" in changes and isinstance(thing, Organisation):
        changes["acronym"] = ""
    return evolve(thing, **changes) if changes else thing


_NAMES: Mapping[type[Any], Mapping[str, str]] = MappingProxyType(
    {
        Organisation: {"label": "names"},
        BudgetAction: {"label": "names"},
        BudgetProgramme: {"label": "names", "mission": "missions"},
    }
)
"""The fields that hold a present name, and those that hold the dated ones."""


# ---------------------------------------------------------------- parts that depend on each other


def _agreeing(value: Any, changes: dict[str, Any]) -> dict[str, Any]:
    """Return the changes of a thing with what else they ask for, so that its parts agree with each other."""
    for kind, agree in _AGREEING.items():
        if changes and isinstance(value, kind):
            changes = changes | agree(value, changes)
    return changes


def _activated_then(value: Any, changes: dict[str, Any]) -> dict[str, Any]:
    """Leave out the levers of which every activation is left out: they were not activated yet."""
    not_yet = {activation.lever_id for activation in value.activations}
    not_yet -= {activation.lever_id for activation in changes.get("activations", value.activations)}
    levers = changes.get("lever_ids", value.lever_ids)
    return {"lever_ids": tuple(lever for lever in levers if lever not in not_yet)} if not_yet else {}


def _walked(value: Project, changes: dict[str, Any]) -> dict[str, Any]:
    """Keep the steps up to the last one known: to know of a step is to know of those before it."""
    kept = changes.get("steps", value.steps)
    return {"steps": _until_last(value.steps, kept)} if len(kept) < len(value.steps) else {}


def _staged(value: ChallengeCall, changes: dict[str, Any]) -> dict[str, Any]:
    """Keep of a stage that is not known, before one that is, no more than its name."""
    kept = {stage.phase: stage for stage in changes.get("stages", value.stages)}
    known = _until_last(value.stages, tuple(stage for stage in value.stages if stage.phase in kept))
    return {"stages": tuple(kept.get(stage.phase) or ChallengeStage(phase=stage.phase) for stage in known)}


def _until_last(whole: tuple[T, ...], kept: tuple[T, ...]) -> tuple[T, ...]:
    return whole[: whole.index(kept[-1]) + 1] if kept else ()


def _told(value: CarteBlanche, changes: dict[str, Any]) -> dict[str, Any]:
    """Leave out what ideas and experiments say of problems and ideas left out, and the outcome before the closing."""
    problems = {part.id for part in changes.get("problems", value.problems)}
    ideas = tuple(
        evolve(idea, problem_ids=[one for one in idea.problem_ids if one in problems])
        for idea in changes.get("ideas", value.ideas)
    )
    known = {idea.id for idea in ideas}
    experiments = tuple(
        evolve(tried, idea_ids=[one for one in tried.idea_ids if one in known])
        for tried in changes.get("experiments", value.experiments)
    )
    not_closed = value.closed_on is not None and changes.get("closed_on", value.closed_on) is None
    return {"ideas": ideas, "experiments": experiments} | ({"outcome": ""} if not_closed else {})


_AGREEING: Mapping[type[Any], Callable[[Any, dict[str, Any]], dict[str, Any]]] = MappingProxyType(
    {ActivatesLevers: _activated_then, Project: _walked, ChallengeCall: _staged, CarteBlanche: _told}
)
"""What the changes of a thing ask of its other parts."""


def _shortened(held: tuple[Any, ...], kept: Iterable[Any]) -> tuple[Any, ...]:
    """Return what is kept of a tuple; the tuple itself where that is all."""
    found = tuple(kept)
    return held if _same(found, held) else found


def _rebuilt(value: Any, part: Rebuild, plain: Plain) -> Any:
    """Return a thing of rebuilt parts; `None` where one is gone that it cannot be without."""
    changes: dict[str, Any] = {}
    for attribute in fields(type(value)):
        held = getattr(value, attribute.name)
        found = _rebuilt_field(attribute, held, part, plain)
        if found is NOTHING:
            return None
        if found is not held:
            changes[attribute.name] = found
    if isinstance(value, Fund):
        return _fund_of(value, _without_orphans(value, changes))
    return _evolved(value, _agreeing(value, changes)) if changes else value


def _evolved(value: Any, changes: dict[str, Any]) -> Any:
    """Return a changed thing; `None` where what was known of it contradicts itself, as edition and year may."""
    try:
        return evolve(value, **changes)
    except LevierError:
        return None


def _rebuilt_field(attribute: Attribute[Any], held: Any, part: Rebuild, plain: Plain) -> Any:
    if not held or type(held) is str:  # most fields are one or the other
        return plain(attribute, held)
    if has(type(held)):
        found = part(held)
        return attribute.default if found is None else found
    if isinstance(held, Sequence) and not isinstance(held, str) and has(type(held[0])):
        kept = _kept(held, part)
        return held if _same(kept, held) else kept
    return plain(attribute, held)


def _fund_of(fund: Fund, changes: dict[str, Any]) -> Fund:
    """Return a cut fund; where what is left of its limits does not bear its journal, without limits."""
    if not changes:
        return fund
    try:
        return evolve(fund, **changes)
    except LevierError:
        calls = tuple(evolve(call, rules=()) for call in changes.get("calls", fund.calls))
        limits: dict[str, Any] = {"allocation": None, "allocation_changes": (), "closings": (), "calls": calls}
        return evolve(fund, **(changes | limits))


def _without_orphans(fund: Fund, changes: dict[str, Any]) -> dict[str, Any]:
    """Leave out what a fund says of the awards and calls that are left out."""
    parts = {attribute.name: changes.get(attribute.name, getattr(fund, attribute.name)) for attribute in fields(Fund)}
    calls = {None, *(call.id for call in parts["calls"])}
    awards = {None, *(award.id for award in parts["awards"])}
    found = dict(changes)
    for name, items in parts.items():
        if name == "awards":
            kept = tuple(award if award.call_id in calls else evolve(award, call_id=None) for award in items)
        elif isinstance(items, Sequence) and not isinstance(items, str):
            kept = tuple(
                item
                for item in items
                if getattr(item, "award_id", None) in awards and getattr(item, "call_id", None) in calls
            )
        else:
            continue
        if not _same(kept, items):
            found[name] = kept
    return found


def _pruned(value: Any, held: Held) -> Any:
    """Return a thing without its references to what is left out; `None` where it cannot be without one."""
    if all(target in held[registry] for _, target, registry in find_references(value)):
        return value
    direct = direct_references(type(value))

    def referring(attribute: Attribute[Any], found: Any) -> Any:
        if attribute.name not in direct or found is None:
            return found
        known = held[direct[attribute.name].registry]
        if isinstance(found, tuple):
            return _shortened(found, (identifier for identifier in found if identifier in known))
        return found if found in known else attribute.default

    return _rebuilt(value, partial(_pruned, held=held), referring)
