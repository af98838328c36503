"""
The change of one field, and of a thing or a part that came or went.

A field is told whole, by all that it held and all that it holds; what has a course (phases of a project, dates of a
milestone, ratings, targets) is told step by step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeAlias

from attrs import evolve

from levier.compute.history.align import beyond
from levier.compute.history.changes import Added, Altered, ChangedAmount, ChangedList, Removed
from levier.compute.history.keys import is_parts
from levier.compute.history.label import Label, written
from levier.compute.history.moves import (
    AnyChange,
    ChangedRating,
    MovedPhase,
    ReachedMilestone,
    RedatedMilestone,
    RevisedTarget,
)
from levier.compute.history.values import stated_fields
from levier.compute.history.words import field_name
from levier.compute.indicators.confidence import confidence_on
from levier.model.events import Milestone
from levier.model.instruments import Instrument
from levier.model.money import Appropriations, Euros, Execution
from levier.model.observations import Observation, ObservationKind
from levier.model.periods import Day, Period
from levier.model.programmes import ConfidenceRating, Project
from levier.model.quantities import EUROS, Quantity
from levier.model.sources import Sourced
from levier.model.territories import NATION
from levier.wording.messages import about, clauses, message
from levier.wording.said import Value
from levier.wording.values import Name

__all__ = ["COURSES", "Told", "bare", "came_or_went", "changed_whole", "of_label", "rated"]

Told: TypeAlias = tuple[tuple[Any, ...], AnyChange]
"""A change, and what it is about: the thing and each part on the way, in each version."""

_Course: TypeAlias = Callable[[Label, str, Any, Any], Iterator[Told]]
_DATES = ("on", "planned", "due", "period", "opened_on", "decided_on", "published_on", "year")
_NUMBERS = ("value", "amount")
_PLAIN = ("level", "project_id")
"""Fields that are understood without their names."""
_SIDES = (Appropriations, Execution)
_Items: TypeAlias = tuple[Any, list[Any]]
"""What holds a field, and some of the items in it."""
_Names: TypeAlias = tuple[Name, ...]


def of_label(label: Label, kind: Callable[..., AnyChange], **held: Any) -> Told:
    """Return a change of what bears a label."""
    return label.about, kind(subject=label.path, label=label.name.label, label_en=label.name.label_en, **held)


def came_or_went(label: Label, thing: Any, *, is_new: bool) -> Told:
    """Return the change that a thing or a part came or went, with all that it states itself; its parts are apart."""
    label = label if is_new else evolve(label, writer=label.writer.earlier)
    dated, counted = _first(thing, _DATES, (Day, Period, int)), _first(thing, _NUMBERS, (Euros, Quantity, Decimal))
    apart = frozenset(filter(None, (dated, counted)))
    details = written(clauses(*_details(label, thing, apart)))
    held = {"value": _number(label, thing, counted), "details": details.label, "details_en": details.label_en}
    on = None if dated is None else _period(bare(getattr(thing, dated)))
    return of_label(label, Added if is_new else Removed, on=on, label_has_date=dated in label.says, **held)


def changed_whole(label: Label, field: str, before: Any, after: Any, path: str) -> Told:
    """Return the change of a field of *before* and *after*, where *path* is its place in what bears the label."""
    old, new = getattr(before, field), getattr(after, field)
    if any(isinstance(bare(side), Euros) for side in (old, new)):
        return of_label(label, ChangedAmount, field=path, before=bare(old), after=bare(new))
    several = isinstance(old, tuple)
    gone, come = (beyond(old, new), beyond(new, old)) if several else ([old], [new])
    sides = zip(
        ("removed", "added") if several else ("before", "after"),
        _told_apart(label, field, (before, gone), (after, come)),
        strict=True,
    )
    texts = {
        f"{side}{ending}": [getattr(name, f"label{ending}") for name in names]
        for side, names in sides
        for ending in ("", "_en")
    }
    if several:
        return of_label(label, ChangedList, field=path, **texts)
    return of_label(label, Altered, field=path, **{side: "".join(words) for side, words in texts.items()})


def bare(value: Any) -> Any:
    """Return a value without what is said of its source."""
    return value.value if isinstance(value, Sourced) else value


def rated(label: Label, rating: ConfidenceRating, ratings: Iterable[ConfidenceRating]) -> Told:
    """Return the change that a new rating, which bears the label, makes of the last one of its territory before."""
    earlier = sorted((one for one in ratings if one.on < rating.on), key=lambda one: (one.on, one.by_id))
    last = confidence_on(earlier, as_of=rating.on, territory_id=rating.territory_id or NATION)
    by = label.held(rating, "by_id")
    said = {"on": rating.on, "by": by.label, "by_en": by.label_en, "because": rating.because}
    return of_label(label, ChangedRating, before=last and last.level, after=rating.level, **said)


def _moves(label: Label, field: str, before: Project, after: Project) -> Iterator[Told]:
    new = after.steps[len(before.steps) :]
    if not new or before.steps != after.steps[: len(before.steps)]:
        yield changed_whole(label, field, before, after, field)
        return
    phase = before.phase
    for step in new:
        source = label.held(step, "source_id")
        said = {"on": step.on, "because": step.because, "source": source.label}
        yield of_label(label, MovedPhase, before=phase, after=step.phase, **said)
        phase = step.phase


def _revisions(label: Label, field: str, before: Milestone, after: Milestone) -> Iterator[Told]:
    new = after.revisions[len(before.revisions) :]
    if not new or before.revisions != after.revisions[: len(before.revisions)]:
        yield changed_whole(label, field, before, after, field)
        return
    due = before.due
    for one in new:
        yield of_label(label, RedatedMilestone, before=due, after=one.planned, on=one.decided_on, because=one.because)
        due = one.planned


def _planned(label: Label, _: str, before: Milestone, after: Milestone) -> Iterator[Told]:
    yield of_label(label, RedatedMilestone, before=before.planned, after=after.planned)


def _done(label: Label, field: str, before: Milestone, after: Milestone) -> Iterator[Told]:
    if before.done_on is None:
        yield of_label(label, ReachedMilestone, on=after.done_on)
    else:
        yield changed_whole(label, field, before, after, field)


def _value(label: Label, field: str, before: Observation, after: Observation) -> Iterator[Told]:
    """Yield the change of a value: that of a target is a revision, told of its indicator, unless its unit changed."""
    unit = label.writer.unit(after)
    if after.kind is not ObservationKind.TARGET or unit != label.writer.earlier.unit(before):
        yield changed_whole(label, field, before, after, field)
        return
    where = {"indicator_id": after.indicator_id, "territory_id": after.territory_id, "period": after.period}
    of_indicator = evolve(label, path=f"indicators/{after.indicator_id}")
    values = {"before": before.value, "after": after.value, "unit": unit}
    yield of_label(of_indicator, RevisedTarget, **where, **values)


def _told_apart(label: Label, field: str, before: _Items, after: _Items) -> tuple[_Names, _Names]:
    """Return the names of items of a field of two holders: what reads alike is written exactly, because it differs."""
    writers = (label.writer.earlier, before), (label.writer, after)
    old, new = (
        tuple(map(written, writer.each(holder, field, items, label.about))) for writer, (holder, items) in writers
    )
    alike = {text for side in ("label", "label_en") for text in _texts(old, side) & _texts(new, side)}
    return _exactly(label, before[1], old, alike), _exactly(label, after[1], new, alike)


def _texts(names: Iterable[Name], side: str) -> set[str]:
    return {getattr(name, side) for name in names}


def _exactly(label: Label, items: Iterable[Any], names: Iterable[Name], alike: set[str]) -> _Names:
    given = zip((item for item in items if item not in (None, "")), names, strict=True)
    return tuple(
        name
        if alike.isdisjoint((name.label, name.label_en))
        else written(message("{value} ({exactly})", value=name, exactly=label.writer.exactly(item)))
        for item, name in given
    )


def _details(label: Label, thing: Any, apart: frozenset[str]) -> Iterator[Value]:
    """Yield what a thing states itself, field by field, but what its label says and its date and its number."""
    kind = ["kind"] if isinstance(thing, Instrument) else []
    for field in (*kind, *stated_fields(thing)):
        held = getattr(thing, field)
        if field in apart and isinstance(held, Sourced):
            inner = (each for each in stated_fields(held) if each not in ("value", "source_id"))
            yield from (_detail(label, held, each) for each in inner)
        elif isinstance(held, _SIDES):
            yield from (_detail(label, held, each) for each in stated_fields(held))
        elif not (field == "id" or field in apart or field in label.says or is_parts(held)):
            yield _detail(label, thing, field)


def _detail(label: Label, holder: Any, field: str) -> Value:
    if getattr(holder, field) is True:
        return field_name(field)
    held = label.writer.held(holder, field, label.about)
    return held if field in _PLAIN else about(held, field_name(field))


def _first(thing: Any, names: Iterable[str], kinds: tuple[type[Any], ...]) -> str | None:
    """Return the first of some fields that holds a value of one of some kinds."""
    return next((name for name in names if isinstance(bare(getattr(thing, name, None)), kinds)), None)


def _period(when: Any) -> Period:
    return Period(str(when) if isinstance(when, int) else when)


def _number(label: Label, thing: Any, field: str | None) -> Quantity | None:
    if field is None:
        return None
    held = bare(getattr(thing, field))
    if isinstance(held, Quantity):
        return held
    if isinstance(held, Euros):
        return Quantity.exact(held.amount, EUROS)
    return Quantity.exact(held, label.writer.unit(thing))


COURSES: Mapping[tuple[type[Any], str], _Course] = MappingProxyType(
    {
        (Project, "steps"): _moves,
        (Milestone, "revisions"): _revisions,
        (Milestone, "planned"): _planned,
        (Milestone, "done_on"): _done,
        (Observation, "value"): _value,
    }
)
"""Fields whose values have a course, and a kind of change of their own."""
