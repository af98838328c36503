"""
From a thing before and after to its changes: every difference gives a change, and nothing else does.

A field is compared as a whole; a history (phases of a project, dates of a milestone, ratings, targets) is compared step
by step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, TypeAlias

from attrs import evolve

from levier.compute.history.align import Pair, align, beyond, find_superseded, replaced_documents
from levier.compute.history.base_changes import ValueChange
from levier.compute.history.changes import Added, Altered, ChangedAmount, ChangedList, ChangedSource, Removed
from levier.compute.history.keys import differing, is_parts, key_names, key_of, keyed_parts, segment, series_names
from levier.compute.history.label import ItemLabel, stated_fields, written
from levier.compute.history.plan_changes import COURSES, AnyChange, Attributed, change_of, change_of_rating
from levier.model.appropriations import Appropriations, Execution
from levier.model.instruments import Instrument
from levier.model.money import Euros
from levier.model.periods import Day, Period
from levier.model.programmes import ConfidenceRating
from levier.model.quantities import EUROS, Quantity
from levier.model.sources import Sourced
from levier.wording.messages import about, clauses, message
from levier.wording.said import Value
from levier.wording.values import Name
from levier.wording.vocabulary import field_name

__all__ = ["changes_of"]

_DATES = ("on", "planned", "due", "period", "opened_on", "decided_on", "published_on", "year")
_NUMBERS = ("value", "amount")
_PLAIN = ("level", "project_id")
"""Fields that read well without their name."""
_AMOUNTS = (Appropriations, Execution)
_INNER = (*_AMOUNTS, Sourced)
"""Values that are compared field by field."""
_Items: TypeAlias = tuple[Any, Iterable[Any]]
"""The holder of a field, and some of the items in it."""
_NOTHING = Name("")


def changes_of(label: ItemLabel, before: Any, after: Any) -> Iterable[Attributed]:
    """Return the changes of a thing or a part, before and after."""
    if type(before) is type(after):
        return _of_fields(label, before, after)
    sides = [(thing, is_new) for thing, is_new in ((before, False), (after, True)) if thing is not None]
    return [one for thing, is_new in sides for one in _with_parts(label, thing, is_new=is_new)]


def _with_parts(label: ItemLabel, thing: Any, *, is_new: bool) -> Iterator[Attributed]:
    """Yield the addition or removal of a thing, and of each of its parts."""
    yield _came_or_went(label, thing, is_new=is_new)
    for field, parts in keyed_parts(thing):
        for called, (part, _) in _named(label, field, [(part, part) for part in parts]):
            yield from _with_parts(called, part, is_new=is_new)


def _of_fields(label: ItemLabel, before: Any, after: Any, within: str = "") -> list[Attributed]:
    """
    Return the changes of the fields that differ between two values of a class.

    *within* is the path of the values in the labelled item.
    Where another document states the later value, changes of the value name both documents; an unchanged value gives a
    change of source.
    """
    old, new = _documents(label, before, after)
    differ = [field for field in differing(before, after) if old == new or field not in ("source_id", "source_ids")]
    found = [(field, one) for field in differ for one in _of_field(label, field, before, after, within)]
    if old == new:
        return [one for _, one in found]
    if any(_is_value(change, field, before, after) for field, (_, change) in found):
        return [
            (about, _naming(change, old, new)) if _is_value(change, field, before, after) else (about, change)
            for field, (about, change) in found
        ]
    rest = [one for field, one in found if not _says_when_stated(field, before)]
    dates = [change for field, (_, change) in found if _says_when_stated(field, before)]
    return [*rest, _moved(label, within, old, new, dates)]


def _documents(label: ItemLabel, before: Any, after: Any) -> tuple[str, str]:
    """Return the names of the documents that state two values; both empty where no document replaced another."""
    old, new = replaced_documents(before, after)
    if old == new:
        return "", ""
    first, second = label.writer.documents(old, new)
    return first, second


def _of_field(label: ItemLabel, field: str, before: Any, after: Any, within: str) -> Iterable[Attributed]:
    old, new, path = getattr(before, field), getattr(after, field), _path(within, field)
    course = COURSES.get((type(before), field))
    if course is not None:
        return list(course(label, before, after)) or [_changed_whole(label, field, before, after, path)]
    if not within and (is_parts(old) or is_parts(new)):
        return _of_parts(label, field, before, after)
    if type(old) is type(new) and isinstance(old, _INNER):
        return _of_fields(label, old, new, path)
    if None in (old, new) and isinstance(_bare(old or new), Euros):
        return _of_amount(label, field, before, after, path)
    return [_changed_whole(label, field, before, after, path)]


def _of_amount(label: ItemLabel, field: str, before: Any, after: Any, path: str) -> Iterator[Attributed]:
    """Yield the addition or removal of an amount, with its source, if any."""
    yield _changed_whole(label, field, before, after, path)
    old, new = getattr(before, field), getattr(after, field)
    held = new if old is None else old
    for inner in stated_fields(held) if isinstance(held, Sourced) else ():
        if inner != "value":
            said = label.held(held, inner)
            yield _altered(label, _path(path, inner), *((_NOTHING, said) if old is None else (said, _NOTHING)))


def _of_parts(label: ItemLabel, field: str, before: Any, after: Any) -> Iterator[Attributed]:
    held = tuple(getattr(before, field))
    found = align(held, tuple(getattr(after, field)))
    if not found:  # only the order of the parts changed
        yield change_of(label, ChangedList, field=field)
    revised = [(find_superseded(label.writer, new, held) if old is None else old, new) for old, new in found]
    for called, (old, new) in _named(label, field, revised):
        if old is None and isinstance(new, ConfidenceRating):
            yield change_of_rating(label.shown_by(field, called, "territory_id"), new, after.ratings)
        else:
            yield from changes_of(called, old, new)


def _named(label: ItemLabel, field: str, found: Iterable[Pair]) -> Iterator[tuple[ItemLabel, Pair]]:
    """Yield parts with their names: for two statements of a fact, the name contains what both are about."""
    seen: Counter[str] = Counter()
    for pair in found:
        versions = [part for part in pair if part is not None]
        last = versions[-1]
        is_restated = len({key_of(part) for part in versions}) > 1
        names = (series_names(last) if is_restated else None) or key_names(last)
        place = segment(last, names)
        seen[place] += 1
        yield label.part(field, *versions, names=names, nth=seen[place]), pair


def _path(within: str, field: str) -> str:
    """Return the path of a field; a sourced value has the path of its field."""
    return within if within and field == "value" else f"{within}/{field}" if within else field


def _is_value(change: Any, field: str, before: Any, after: Any) -> bool:
    """Return whether a change is of a value that a document states, and has no document yet."""
    if not isinstance(change, ValueChange) or change.before_source != change.after_source:
        return False
    held = (_bare(getattr(side, field)) for side in (before, after))
    return (
        not isinstance(change, Altered)
        or field == "value"
        or any(isinstance(side, (Decimal, Quantity)) for side in held)
    )


def _naming(change: Any, old: str, new: str) -> Any:
    return evolve(change, before_source=old, after_source=new)


def _says_when_stated(field: str, holder: Any) -> bool:
    return field in ("recorded_on", "stated_on") or (field == "on" and isinstance(holder, Sourced))


def _moved(label: ItemLabel, within: str, old: str, new: str, dates: Iterable[AnyChange]) -> Attributed:
    """Return the change of source of a value, with the dates of both statements."""
    given = [change for change in dates if isinstance(change, Altered)]
    said = written(clauses(*(change.briefly for change in given)))
    details = {"details": said.label, "details_en": said.label_en}
    return change_of(label, ChangedSource, field=within, before=old, after=new, **details)


def _came_or_went(label: ItemLabel, thing: Any, *, is_new: bool) -> Attributed:
    """Return the addition or removal of a thing, with all its own facts; its parts have changes of their own."""
    label = label if is_new else evolve(label, writer=label.writer.earlier)
    dated, counted = _first(thing, _DATES, (Day, Period, int)), _first(thing, _NUMBERS, (Euros, Quantity, Decimal))
    apart = frozenset(filter(None, (dated, counted)))
    details = written(clauses(*_details(label, thing, apart)))
    held = {"value": _number(label, thing, counted), "details": details.label, "details_en": details.label_en}
    on = None if dated is None else _period(_bare(getattr(thing, dated)))
    return change_of(label, Added if is_new else Removed, on=on, label_has_date=dated in label.says, **held)


def _details(label: ItemLabel, thing: Any, apart: frozenset[str]) -> Iterator[Value]:
    """Yield a thing's own facts, field by field, except those in its label, its date and its number."""
    kind = ["kind"] if isinstance(thing, Instrument) else []
    for field in (*kind, *stated_fields(thing)):
        held = getattr(thing, field)
        if field in apart and isinstance(held, Sourced):
            inner = (each for each in stated_fields(held) if each not in ("value", "source_id"))
            yield from (_detail(label, held, each) for each in inner)
        elif isinstance(held, _AMOUNTS):
            yield from (_detail(label, held, each) for each in stated_fields(held))
        elif not (field == "id" or field in apart or field in label.says or is_parts(held)):
            yield _detail(label, thing, field)


def _detail(label: ItemLabel, holder: Any, field: str) -> Value:
    if getattr(holder, field) is True:
        return field_name(field)
    held = label.writer.held(holder, field, label.about)
    return held if field in _PLAIN else about(held, field_name(field))


def _first(thing: Any, names: Iterable[str], kinds: tuple[type[Any], ...]) -> str | None:
    """Return the first field that holds a value of one of some kinds."""
    return next((name for name in names if isinstance(_bare(getattr(thing, name, None)), kinds)), None)


def _period(when: Any) -> Period:
    return Period(str(when) if isinstance(when, int) else when)


def _number(label: ItemLabel, thing: Any, field: str | None) -> Quantity | None:
    if field is None:
        return None
    held = _bare(getattr(thing, field))
    if isinstance(held, Quantity):
        return held
    if isinstance(held, Euros):
        return Quantity.exact(held.amount, EUROS)
    return Quantity.exact(held, label.writer.unit(thing))


def _changed_whole(label: ItemLabel, field: str, before: Any, after: Any, path: str) -> Attributed:
    """Return the change of a field of *before* and *after*; *path* is its place in the labelled item."""
    old, new = getattr(before, field), getattr(after, field)
    if any(isinstance(_bare(side), Euros) for side in (old, new)):
        return change_of(label, ChangedAmount, field=path, before=_bare(old), after=_bare(new))
    if not isinstance(old, tuple):
        gone, come = _names_apart(label, field, (before, [old]), (after, [new]))
        return _altered(label, path, next(iter(gone), _NOTHING), next(iter(come), _NOTHING))
    gone, come = _names_apart(label, field, (before, beyond(old, new)), (after, beyond(new, old)))
    french = {"removed": [name.label for name in gone], "added": [name.label for name in come]}
    english = {"removed_en": [name.label_en for name in gone], "added_en": [name.label_en for name in come]}
    return change_of(label, ChangedList, field=path, **french, **english)


def _altered(label: ItemLabel, field: str, old: Name, new: Name) -> Attributed:
    texts = {"before": old.label, "before_en": old.label_en, "after": new.label, "after_en": new.label_en}
    return change_of(label, Altered, field=field, **texts)


def _names_apart(label: ItemLabel, field: str, before: _Items, after: _Items) -> tuple[list[Name], list[Name]]:
    """Return the names of the items of two fields; equal names are written in full, because the items differ."""
    old, new = (
        [(item, written(name)) for item in items for name in writer.each(holder, field, [item], label.about)]
        for writer, (holder, items) in ((label.writer.earlier, before), (label.writer, after))
    )
    alike = _texts(name for _, name in old) & _texts(name for _, name in new)
    gone, come = (
        [_exactly(label, item, name) if alike & _texts([name]) else name for item, name in side] for side in (old, new)
    )
    return gone, come


def _texts(names: Iterable[Name]) -> set[tuple[str, str]]:
    """Return some names, each in both languages."""
    return {text for name in names for text in (("fr", name.label), ("en", name.label_en))}


def _exactly(label: ItemLabel, item: Any, name: Name) -> Name:
    return written(message("{value} ({exactly})", value=name, exactly=label.writer.exactly(item)))


def _bare(value: Any) -> Any:
    """Return a value without the facts about its source."""
    return value.value if isinstance(value, Sourced) else value
