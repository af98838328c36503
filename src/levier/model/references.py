"""
The references between classes, read off the types of their fields.

A field of type `OrganisationId`, `OrganisationId | None` or a tuple of them refers to the organisations, so the model
keeps no second list of its references that could disagree with the types.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from attrs import fields, has

from levier._once import once
from levier.errors.final import final
from levier.model import identifiers
from levier.model._shapes import hints_of, may_be_none, parts_of

__all__ = [
    "REGISTRY_OF",
    "Path",
    "direct_references",
    "find_references",
    "find_written_references",
    "referenced",
    "referring_fields",
    "with_missing",
]

REGISTRY_OF: dict[object, str] = {
    identifiers.BudgetProgrammeId: "budget_programmes",
    identifiers.DimensionId: "dimensions",
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
"""The registry of a portfolio for each type of identifier; calls and awards are missing: their fund resolves them."""


Path: TypeAlias = tuple[str | int, ...]
"""The place of a value within another one: names of fields and indices in tuples."""


class _Plan(NamedTuple):
    """The fields of a class that refer, directly or through the values they hold."""

    single: tuple[tuple[str, str], ...]
    many: tuple[tuple[str, str], ...]
    nested: tuple[tuple[str, type[Any]], ...]


@final
class _Direct(NamedTuple):
    """How a field refers: the registry, whether the field holds several identifiers, whether one is required."""

    registry: str
    is_many: bool
    is_required: bool


@once
def direct_references(cls: type[Any]) -> Mapping[str, _Direct]:
    """
    Return the fields of a class that hold identifiers of other things, with how each refers.

    >>> from levier import Reform
    >>> direct_references(Reform)["programme_ids"]
    _Direct(registry='programmes', is_many=True, is_required=False)
    """
    found: dict[str, _Direct] = {}
    for attribute in fields(cls):
        hint = hints_of(cls)[attribute.name]
        parts = parts_of(hint)
        registry = next((REGISTRY_OF[part] for part in parts if part in REGISTRY_OF), None)
        if registry is not None and attribute.name != "id":
            found[attribute.name] = _Direct(registry, tuple in parts, tuple not in parts and not may_be_none(hint))
    return MappingProxyType(found)


@once
def _plan(cls: type[Any]) -> _Plan:
    direct = direct_references(cls)
    return _Plan(
        single=tuple((name, found.registry) for name, found in direct.items() if not found.is_many),
        many=tuple((name, found.registry) for name, found in direct.items() if found.is_many),
        nested=tuple(
            (attribute.name, part)
            for attribute in fields(cls)
            if attribute.name not in direct
            for part in parts_of(hints_of(cls)[attribute.name])
            if isinstance(part, type) and has(part) and any(_plan(part))
        ),
    )


def referring_fields(cls: type[Any]) -> tuple[str, ...]:
    """Return the names of the fields of *cls* that refer, directly or through the values they hold."""
    return tuple(name for part in _plan(cls) for name, _ in part)


def _filled(batch: Iterable[object], name: str) -> Iterator[Iterable[Any]]:
    """Yield what the field of each value holds, as a tuple; empty fields are skipped in C."""
    for held in filter(None, map(attrgetter(name), batch)):
        yield held if isinstance(held, tuple) else (held,)


def referenced(values: Iterable[Any]) -> dict[str, set[str]]:
    """Return the identifiers that *values* refer to, by registry; fast, because in most portfolios none dangles."""
    found: dict[str, set[str]] = defaultdict(set)
    waiting = _by_class(values)
    while waiting:
        cls, batch = waiting.popitem()
        plan = _plan(cls)
        for name, registry in plan.single:
            found[registry].update(set(map(attrgetter(name), batch)) - {None})
        for name, registry in plan.many:
            found[registry].update(*map(attrgetter(name), batch))
        parts = (part for name, _ in plan.nested for held in _filled(batch, name) for part in held)
        for part_class, held in _by_class(parts).items():
            waiting.setdefault(part_class, []).extend(held)
    return found


def _by_class(values: Iterable[Any]) -> dict[type[Any], list[Any]]:
    found: dict[type[Any], list[Any]] = defaultdict(list)
    for cls, batch in groupby(values, type):  # most come in long runs of one class
        found[cls].extend(batch)
    return {cls: batch for cls, batch in found.items() if has(cls)}


_FEW, _PARTS = 64, 16
"""The number of values that are not divided any more, and into how many parts more of them are divided."""


def with_missing(values: Sequence[Any], known: Mapping[str, Container[str]], first: int = 0) -> Iterator[int]:
    """
    Yield the indices, from *first*, of values that may refer to what is not *known*, by registry; others do not.

    All values are looked up at once, then parts of those with a reference that is missing.
    """
    if all(target in known[registry] for registry, held in referenced(values).items() for target in held):
        return
    if len(values) <= _FEW:
        yield from range(first, first + len(values))
        return
    size = -(-len(values) // _PARTS)
    for start in range(0, len(values), size):
        yield from with_missing(values[start : start + size], known, first + start)


def find_references(value: Any, path: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Yield every reference of *value* as its path, the identifier and the name of the registry."""
    if has(type(value)):
        yield from _found(type(value), value, getattr, path)


def find_written_references(cls: type[Any], written: Any, path: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Yield every reference of plain builtins that were written for a value of *cls*, whether they are valid or not."""
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
