"""
Rebuilding a thing from the parts that are kept, so that these still agree with each other.

Two functions need it: the cut of a portfolio on a day, and the removal of references to excluded things.
A thing from which nothing is removed is returned as the same object, so that its caches and identity survive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import is_
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

from attrs import NOTHING, evolve, fields, fields_dict, has

from levier._once import once
from levier.errors import LevierError
from levier.model.challenges import ChallengeStage
from levier.model.fund import Fund
from levier.model.instruments import CarteBlanche, ChallengeCall
from levier.model.levers import ActivatesLevers
from levier.model.programmes import Project

__all__ = ["Plain", "Rebuild", "is_same", "rebuild", "rebuild_all", "shorten"]

T = TypeVar("T")
Rebuild: TypeAlias = Callable[[Any], Any]
"""Returns the kept form of a part; `None` if it is removed."""
Plain: TypeAlias = Callable[[str, Any], Any]
"""Returns the kept value of a field that holds no parts; `None` if it is removed."""


def is_same(left: Sequence[Any], right: Sequence[Any]) -> bool:
    """Return whether two sequences hold the same objects."""
    return len(left) == len(right) and all(map(is_, left, right))


def rebuild_all(items: Iterable[T], part: Callable[[T], T | None]) -> tuple[T, ...]:
    """Return the kept forms of things, without those that are removed."""
    return tuple(found for item in items if (found := part(item)) is not None)


def shorten(held: tuple[Any, ...], kept: Iterable[Any]) -> tuple[Any, ...]:
    """Return the kept items of a tuple; the tuple itself if all are kept."""
    found = tuple(kept)
    return held if is_same(found, held) else found


def rebuild(value: Any, part: Rebuild, plain: Plain, names: Iterable[str], parts: Iterable[str]) -> Any:
    """
    Return a thing rebuilt from its parts; `None` if a required part is removed.

    *part* is asked for the parts in the fields *parts*, *plain* for what the fields *names* hold that are no parts; all
    other fields are kept.
    """
    cls = type(value)
    changes: dict[str, Any] = {}
    for name in parts:
        held = getattr(value, name)
        if held and (found := _rebuilt_parts(held, part)) is not held:
            changes[name] = _default(cls, name) if found is None else found
    for name in names:
        held = getattr(value, name)
        if held is not None and name not in changes and (found := plain(name, held)) is not held:
            changes[name] = _default(cls, name) if found is None else found
    if NOTHING in changes.values():
        return None
    if isinstance(value, Fund):
        return _fund_of(value, _without_orphans(value, changes))
    return _evolved(value, _agreeing(value, changes)) if changes else value


@once
def _default(cls: type[Any], name: str) -> Any:
    """Return what a field holds from which a part or a reference is removed; `NOTHING` if it is required."""
    return fields_dict(cls)[name].default


def _evolved(value: Any, changes: dict[str, Any]) -> Any:
    """Return a changed thing; `None` if the kept parts contradict each other, as an edition and its year may."""
    try:
        return evolve(value, **changes)
    except LevierError:
        return None


def _rebuilt_parts(held: Any, part: Rebuild) -> Any:
    """Return the kept form of a part or of a sequence of parts; anything else is kept as it is."""
    if has(type(held)):
        return part(held)
    if isinstance(held, Sequence) and not isinstance(held, str) and has(type(held[0])):
        kept = rebuild_all(held, part)
        return held if is_same(kept, held) else kept
    return held


def _fund_of(fund: Fund, changes: dict[str, Any]) -> Fund:
    """Return a cut fund; without limits if the kept limits do not cover the kept journal."""
    if not changes:
        return fund
    try:
        return evolve(fund, **changes)
    except LevierError:
        calls = tuple(evolve(call, rules=()) for call in changes.get("calls", fund.calls))
        limits: dict[str, Any] = {"allocation": None, "allocation_changes": (), "closings": (), "calls": calls}
        return evolve(fund, **(changes | limits))


def _without_orphans(fund: Fund, changes: dict[str, Any]) -> dict[str, Any]:
    """Remove the statements of a fund about removed awards and calls."""
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
        if not is_same(kept, items):
            found[name] = kept
    return found


# ---------------------------------------------------------------- parts that depend on each other


def _agreeing(value: Any, changes: dict[str, Any]) -> dict[str, Any]:
    """Return the changes of a thing, with those that they imply for its other parts."""
    for kind, agree in _AGREEING.items():
        if changes and isinstance(value, kind):
            changes = changes | agree(value, changes)
    return changes


def _activated_then(value: Any, changes: dict[str, Any]) -> dict[str, Any]:
    """Remove the levers all of whose activations are removed: they were not activated yet."""
    not_yet = {activation.lever_id for activation in value.activations}
    not_yet -= {activation.lever_id for activation in changes.get("activations", value.activations)}
    levers = changes.get("lever_ids", value.lever_ids)
    return {"lever_ids": tuple(lever for lever in levers if lever not in not_yet)} if not_yet else {}


def _walked(value: Project, changes: dict[str, Any]) -> dict[str, Any]:
    """Keep the steps up to the last known one: whoever knows of a step knows of those before it."""
    kept = changes.get("steps", value.steps)
    return {"steps": _until_last(value.steps, kept)} if len(kept) < len(value.steps) else {}


def _staged(value: ChallengeCall, changes: dict[str, Any]) -> dict[str, Any]:
    """Reduce an unknown stage before a known one to its name, because stages have to be in sequence."""
    kept = {stage.phase: stage for stage in changes.get("stages", value.stages)}
    known = _until_last(value.stages, tuple(stage for stage in value.stages if stage.phase in kept))
    return {"stages": tuple(kept.get(stage.phase) or ChallengeStage(phase=stage.phase) for stage in known)}


def _until_last(whole: tuple[T, ...], kept: tuple[T, ...]) -> tuple[T, ...]:
    return whole[: whole.index(kept[-1]) + 1] if kept else ()


def _told(value: CarteBlanche, changes: dict[str, Any]) -> dict[str, Any]:
    """Remove references to removed problems and ideas, and the outcome if the closing is removed."""
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
"""The functions that add the implied changes, by class."""
