"""From a thing as it was and as it is to the changes that say so: nothing that differs goes unsaid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import takewhile
from types import MappingProxyType
from typing import Any, TypeAlias

from attrs import fields, has

from levier.compute.history.changes import Added, Altered, AnyChange, ChangedAmount, Removed
from levier.compute.history.moves import MovedPhase, ReachedMilestone, RedatedMilestone
from levier.compute.history.naming import Name, is_parts, keyed
from levier.model.events import Milestone
from levier.model.figures import Figure
from levier.model.money import Appropriations, Euros, Execution
from levier.model.observations import Observation
from levier.model.periods import Day, Period
from levier.model.programmes import Project
from levier.model.quantities import EUROS, Quantity, Unit
from levier.model.sources import Sourced

__all__ = ["Told", "differing", "told", "told_of_fields"]

Told: TypeAlias = tuple[tuple[Any, ...], AnyChange]
"""A change, and what it is about: the thing and each part on the way, in each version."""

_DATES = ("on", "due", "period", "opened_on", "decided_on", "published_on", "year")


def told(name: Name, before: Any, after: Any, unit: Unit | None = None) -> Iterator[Told]:
    """Yield what is to be said of a thing or a part as it was and as it is; *unit* is that of an observation."""
    if type(before) is type(after):
        yield from told_of_fields(name, before, after)
        return
    if before is not None:
        yield _said(name, Removed, on=_date(before), value=_number(before, unit))
    if after is not None:
        yield _said(name, Added, on=_date(after), value=_number(after, unit))


def told_of_fields(name: Name, before: Any, after: Any, leave: Iterable[str] = ()) -> Iterator[Told]:
    """Yield what is to be said of the fields that differ, but those in *leave*."""
    for field in differing(before, after):
        if field not in leave:
            tell = _BY_FIELD.get(field, _told_of_field)
            yield from tell(name, field, before, after)


def differing(before: Any, after: Any) -> tuple[str, ...]:
    """
    Return the names of the fields in which two values of a class differ.

    >>> from levier import Lever
    >>> differing(Lever(id="a", label="A"), Lever(id="a", label="B"))
    ('label',)
    """
    names = (attribute.name for attribute in fields(type(before)))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _said(name: Name, kind: Callable[..., AnyChange], **said: Any) -> Told:
    return name.about, kind(subject=name.path, label=name.fr, label_en=name.en, **said)


def _told_of_field(name: Name, field: str, before: Any, after: Any) -> Iterator[Told]:
    yield from _told_of_values(name, field, getattr(before, field), getattr(after, field))


def _told_of_values(name: Name, field: str, old: Any, new: Any) -> Iterator[Told]:
    if is_parts(old) or is_parts(new):
        yield from _told_of_parts(name, field, old, new)
    elif isinstance(old, Sourced) and isinstance(new, Sourced):
        for inner in differing(old, new):
            path = field if inner == "value" else f"{field}/{inner}"
            yield from _told_of_one(name, path, getattr(old, inner), getattr(new, inner))
    else:
        yield from _told_of_one(name, field, old, new)


def _told_of_one(name: Name, field: str, old: Any, new: Any) -> Iterator[Told]:
    if isinstance(old, (Appropriations, Execution)):
        for side in differing(old, new):
            yield from _told_of_one(name, f"{field}/{side}", getattr(old, side), getattr(new, side))
    elif any(isinstance(_bare(side), Euros) for side in (old, new)):
        yield _said(name, ChangedAmount, field=field, before=_bare(old), after=_bare(new))
    else:
        yield _said(name, Altered, field=field, before=_text(old), after=_text(new))


def _told_of_parts(name: Name, field: str, old: Iterable[Any], new: Iterable[Any]) -> Iterator[Told]:
    mine, theirs = map(keyed, _past_what_they_share(tuple(old), tuple(new)))
    if mine == theirs:  # the same parts in another order
        yield _said(name, Altered, field=field, before=_text(tuple(old)), after=_text(tuple(new)))
    for key in dict.fromkeys((*mine, *theirs)):
        before, after = mine.get(key), theirs.get(key)
        if before != after:
            there = (part for part in (before, after) if part is not None)
            yield from told(name.part(field, *there), before, after)


def _past_what_they_share(old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return two sequences without what both begin with: of a long journal, the last entries."""
    alike = takewhile(bool, (one is other or one == other for one, other in zip(old, new, strict=False)))
    shared = sum(alike)
    return old[shared:], new[shared:]


def _moves(name: Name, field: str, before: Project, after: Project) -> Iterator[Told]:
    new = after.steps[len(before.steps) :]
    if not new or before.steps != after.steps[: len(before.steps)]:
        yield from _rewritten(name, field, before, after)
        return
    phase = before.phase
    for step in new:
        yield _said(name, MovedPhase, before=phase, after=step.phase, on=step.on, because=step.because)
        phase = step.phase


def _revisions(name: Name, field: str, before: Milestone, after: Milestone) -> Iterator[Told]:
    new = after.revisions[len(before.revisions) :]
    if not new or before.revisions != after.revisions[: len(before.revisions)]:
        yield from _rewritten(name, field, before, after)
        return
    due = before.due
    for one in new:
        yield _said(name, RedatedMilestone, before=due, after=one.planned, on=one.decided_on, because=one.because)
        due = one.planned


def _planned(name: Name, _: str, before: Milestone, after: Milestone) -> Iterator[Told]:
    yield _said(name, RedatedMilestone, before=before.planned, after=after.planned)


def _done(name: Name, field: str, before: Milestone, after: Milestone) -> Iterator[Told]:
    if before.done_on is None:
        yield _said(name, ReachedMilestone, on=after.done_on)
    else:
        yield from _rewritten(name, field, before, after)


def _rewritten(name: Name, field: str, before: Any, after: Any) -> Iterator[Told]:
    """Say that a history is not the earlier one with more at its end."""
    yield _said(name, Altered, field=field, before=_text(getattr(before, field)), after=_text(getattr(after, field)))


_BY_FIELD: Mapping[str, Callable[[Name, str, Any, Any], Iterator[Told]]] = MappingProxyType(
    {"steps": _moves, "revisions": _revisions, "planned": _planned, "done_on": _done}
)
"""Fields that only projects and milestones have, and that have a kind of change of their own."""


def _bare(value: Any) -> Any:
    return value.value if isinstance(value, Sourced) else value


def _date(value: Any) -> Period | None:
    for name in _DATES:
        held = _bare(getattr(value, name, None))
        if isinstance(held, (Day, Period)):
            return Period(held)
        if isinstance(held, int):
            return Period(str(held))
    return None


def _number(value: Any, unit: Unit | None) -> Quantity | None:
    if isinstance(value, Figure):
        return value.value.value
    if isinstance(value, Observation):
        return None if value.value is None or unit is None else Quantity.exact(value.value, unit)
    amount = _bare(getattr(value, "amount", None))
    return Quantity.exact(amount.amount, EUROS) if isinstance(amount, Euros) else None


def _text(value: Any) -> str:
    """Write any value in a few words that belong to no language: its parts by the names of their fields."""
    if isinstance(value, tuple):
        return "; ".join(map(_text, value))
    if isinstance(value, Quantity):
        return f"{value} ({value.stated})" if value.stated else str(value)
    if has(type(value)):
        held = (
            (attribute.name, getattr(value, attribute.name), attribute.default) for attribute in fields(type(value))
        )
        return ", ".join(f"{name} {_text(part)}" for name, part, default in held if part != default)
    return "" if value is None else str(value)
