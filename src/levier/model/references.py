"""
Which fields refer to which registry, read off their types.

A field typed `OrganisationId` (or `OrganisationId | None`, or a tuple of them) refers to the organisations;
so the model needs no second list of its references.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias, get_args, get_type_hints

from attrs import fields, has

from levier.model import identifiers

__all__ = ["REGISTRY_OF", "Path", "find_references", "find_written_references", "referenced", "referring_fields"]

REGISTRY_OF: dict[object, str] = {
    identifiers.BudgetProgrammeId: "budget_programmes",
    identifiers.FundId: "funds",
    identifiers.IndicatorId: "indicators",
    identifiers.InstrumentId: "instruments",
    identifiers.LeverId: "levers",
    identifiers.MethodId: "methods",
    identifiers.ObjectiveId: "objectives",
    identifiers.OrganisationId: "organisations",
    identifiers.ProgrammeId: "programmes",
    identifiers.ProjectId: "projects",
    identifiers.ReformId: "reforms",
    identifiers.SourceId: "sources",
    identifiers.SurveyId: "surveys",
    identifiers.TerritoryId: "territories",
}
"""The registry of a portfolio that an identifier's type leads to; calls and awards are resolved by their fund."""


Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands in another: names of fields, and places in tuples."""


class _Plan(NamedTuple):
    """What of a class refers, directly or through the values it holds."""

    single: tuple[tuple[str, str], ...]
    many: tuple[tuple[str, str], ...]
    nested: tuple[tuple[str, type[Any]], ...]


_PLANS: dict[type[Any], _Plan] = {}


def _plan(cls: type[Any]) -> _Plan:
    if cls not in _PLANS:
        _PLANS[cls] = _read_plan(cls)
    return _PLANS[cls]


def _read_plan(cls: type[Any]) -> _Plan:
    hints = get_type_hints(cls)
    single: list[tuple[str, str]] = []
    many: list[tuple[str, str]] = []
    nested: list[tuple[str, type[Any]]] = []
    for attribute in fields(cls):
        if attribute.name == "id":
            continue
        parts = _parts(hints[attribute.name])
        targets = [REGISTRY_OF[part] for part in parts if part in REGISTRY_OF]
        if targets:
            (many if tuple in parts else single).append((attribute.name, targets[0]))
        else:
            holding = (part for part in parts if isinstance(part, type) and has(part) and any(_plan(part)))
            nested.extend((attribute.name, part) for part in holding)
    return _Plan(tuple(single), tuple(many), tuple(nested))


def _parts(hint: Any) -> list[Any]:
    origin = getattr(hint, "__origin__", None)
    found = [hint] if origin is None else [hint, origin]
    for argument in get_args(hint):
        found.extend(_parts(argument))
    return found


def referring_fields(cls: type[Any]) -> tuple[str, ...]:
    """Return the names of the fields of *cls* that refer, directly or through the values they hold."""
    return tuple(name for part in _plan(cls) for name, _ in part)


def _held(value: object, name: str) -> Iterable[Any]:
    held = getattr(value, name)
    return held if isinstance(held, tuple) else (held,)


def referenced(values: Iterable[Any]) -> dict[str, set[str]]:
    """Return the identifiers that *values* refer to, by registry; in bulk, because most portfolios dangle nowhere."""
    found: dict[str, set[str]] = defaultdict(set)
    waiting = _by_class(values)
    while waiting:
        cls, batch = waiting.popitem()
        plan = _plan(cls)
        for name, registry in plan.single:
            found[registry].update(set(map(attrgetter(name), batch)) - {None})
        for name, registry in plan.many:
            found[registry].update(*map(attrgetter(name), batch))
        parts = (part for name, _ in plan.nested for value in batch for part in _held(value, name))
        for part_class, held in _by_class(parts).items():
            waiting.setdefault(part_class, []).extend(held)
    return found


def _by_class(values: Iterable[Any]) -> dict[type[Any], list[Any]]:
    found: dict[type[Any], list[Any]] = defaultdict(list)
    for value in values:
        found[type(value)].append(value)
    return {cls: batch for cls, batch in found.items() if has(cls)}


def find_references(value: Any, path: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Yield every reference of *value*: the path to it, the identifier it names, the registry it leads to."""
    if has(type(value)):
        yield from _found(type(value), value, getattr, path)


def find_written_references(cls: type[Any], written: Any, path: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Yield every reference of what is written for a value of *cls*, as plain builtins, sound or not."""
    yield from _found(cls, written, _written_part, path)


def _found(
    cls: type[Any], value: Any, part_of: Callable[[Any, str], Any], path: Path
) -> Iterator[tuple[Path, str, str]]:
    plan = _plan(cls)
    for name, registry in plan.single:
        if isinstance(target := part_of(value, name), str):
            yield (*path, name), target, registry
    for name, registry in plan.many:
        for place, target in enumerate(_listed(part_of(value, name))):
            if isinstance(target, str):
                yield (*path, name, place), target, registry
    for name, part_class in plan.nested:
        for where, part in _placed(part_of(value, name), (*path, name)):
            yield from _found(part_class, part, part_of, where)


def _written_part(written: Any, name: str) -> Any:
    return written.get(name) if type(written) is dict else None


def _listed(held: Any) -> Iterable[Any]:
    return held if type(held) in (tuple, list) else ()


def _placed(held: Any, path: Path) -> Iterable[tuple[Path, Any]]:
    if type(held) in (tuple, list):
        return (((*path, place), part) for place, part in enumerate(held))
    return () if held is None else ((path, held),)
