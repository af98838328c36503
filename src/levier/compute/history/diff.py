"""From a thing as it was and as it is to the changes that say so: all that differs is said, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from attrs import evolve, fields

from levier.compute.history.align import Pair, align, said_by
from levier.compute.history.changes import Altered, ChangedList, ChangedSource
from levier.compute.history.fields import COURSES, Told, bare, came_or_went, changed_whole, of_label, rated
from levier.compute.history.keys import (
    ONE_FACT,
    is_parts,
    key_names,
    key_of,
    parts_of,
    segment,
    series_names,
    series_of,
)
from levier.compute.history.label import Label, written
from levier.compute.history.labelled import ValueChange
from levier.compute.history.moves import AnyChange
from levier.compute.history.values import ValueWriter, stated_fields
from levier.compute.statements.in_force import in_force
from levier.model.money import Appropriations, Euros, Execution
from levier.model.programmes import ConfidenceRating
from levier.model.quantities import Quantity
from levier.model.sources import Sourced
from levier.wording.messages import clauses

__all__ = ["differing", "superseded", "told"]

_INNER = (Appropriations, Execution, Sourced)
"""Values that are told side by side."""
_NUMBERS = (Decimal, Quantity)


def told(label: Label, before: Any, after: Any) -> Iterable[Told]:
    """Return what is to be said of a thing or a part as it was and as it is."""
    if type(before) is type(after):
        return _told_of_fields(label, before, after)
    sides = [(thing, is_new) for thing, is_new in ((before, False), (after, True)) if thing is not None]
    return [one for thing, is_new in sides for one in _told_with_parts(label, thing, is_new=is_new)]


def differing(before: Any, after: Any) -> tuple[str, ...]:
    """
    Return the names of the fields in which two values of a class differ.

    >>> from levier import Lever
    >>> differing(Lever(id="a", label="A"), Lever(id="a", label="B"))
    ('label',)
    """
    names = (attribute.name for attribute in fields(type(before)))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def superseded(writer: ValueWriter, statement: Any, held: Iterable[Any]) -> Any:
    """
    Return the statement that a new one revises: the one of its fact that was in force, if the new one supersedes it.

    `None` where none did, where both say the same, and where nothing tells which of them holds.
    """
    about = series_of(statement)
    if not (writer.in_time and isinstance(statement, ONE_FACT)):
        return None
    known = [other for other in held if series_of(other) == about]
    sources = writer.sources_of(statement, *known)
    before = in_force(known, says=said_by, sources=sources)
    if before is None:
        return None
    after = in_force([before.statement, statement], says=said_by, sources=sources)
    return before.statement if after is not None and after.superseded == (before.statement,) else None


def _told_with_parts(label: Label, thing: Any, *, is_new: bool) -> Iterator[Told]:
    """Yield that a thing came or went, and each of its parts with it."""
    yield came_or_went(label, thing, is_new=is_new)
    for field, parts in parts_of(thing):
        for called, (part, _) in _named(label, field, [(part, part) for part in parts]):
            yield from _told_with_parts(called, part, is_new=is_new)


def _told_of_fields(label: Label, before: Any, after: Any, within: str = "") -> list[Told]:
    """
    Return what is to be said of the fields that differ between two values of a class.

    *within* is the path of the values in what bears the label.
    Where another document states the later one, the changes of its value name both documents; where its value is the
    same, its source changed.
    """
    old, new = label.writer.documents(before, after)
    differ = [field for field in differing(before, after) if old == new or field not in ("source_id", "source_ids")]
    found = [(field, one) for field in differ for one in _told_of_field(label, field, before, after, within)]
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


def _told_of_field(label: Label, field: str, before: Any, after: Any, within: str) -> Iterable[Told]:
    old, new, path = getattr(before, field), getattr(after, field), _path(within, field)
    course = COURSES.get((type(before), field))
    if course is not None:
        return course(label, field, before, after)
    if not within and (is_parts(old) or is_parts(new)):
        return _told_of_parts(label, field, before, after)
    if type(old) is type(new) and isinstance(old, _INNER):
        return _told_of_fields(label, old, new, path)
    if None in (old, new) and isinstance(bare(old or new), Euros):
        return _told_of_amount(label, field, before, after, path)
    return [changed_whole(label, field, before, after, path)]


def _told_of_amount(label: Label, field: str, before: Any, after: Any, path: str) -> Iterator[Told]:
    """Yield that an amount came or went, and what is said of its source, where it has one."""
    yield changed_whole(label, field, before, after, path)
    old, new = getattr(before, field), getattr(after, field)
    held = new if old is None else old
    for inner in stated_fields(held) if isinstance(held, Sourced) else ():
        if inner != "value":
            said = label.held(held, inner)
            sides = {"before": "", "after": "", "before_en": "", "after_en": ""}
            sides |= (
                {"before": said.label, "before_en": said.label_en}
                if new is None
                else {"after": said.label, "after_en": said.label_en}
            )
            yield of_label(label, Altered, field=_path(path, inner), **sides)


def _told_of_parts(label: Label, field: str, before: Any, after: Any) -> Iterator[Told]:
    held = tuple(getattr(before, field))
    found = align(held, tuple(getattr(after, field)))
    if not found:  # the same parts in another order
        yield of_label(label, ChangedList, field=field)
    revised = [(superseded(label.writer, new, held) if old is None else old, new) for old, new in found]
    for called, (old, new) in _named(label, field, revised):
        if old is None and isinstance(new, ConfidenceRating):
            yield rated(label.shown_by(field, called, "territory_id"), new, after.ratings)
        else:
            yield from told(called, old, new)


def _named(label: Label, field: str, found: Iterable[Pair]) -> Iterator[tuple[Label, Pair]]:
    """Yield parts with their names: of two statements of a fact, the name says what both are about."""
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
    """Return the path of a field; a sourced value stands for itself."""
    return within if within and field == "value" else f"{within}/{field}" if within else field


def _is_value(change: Any, field: str, before: Any, after: Any) -> bool:
    """Say whether a change is that of a value that a document states, and names no document yet."""
    if not isinstance(change, ValueChange) or change.before_source != change.after_source:
        return False
    held = (bare(getattr(side, field)) for side in (before, after))
    return not isinstance(change, Altered) or field == "value" or any(isinstance(side, _NUMBERS) for side in held)


def _naming(change: Any, old: str, new: str) -> Any:
    return evolve(change, before_source=old, after_source=new)


def _says_when_stated(field: str, holder: Any) -> bool:
    return field in ("recorded_on", "stated_on") or (field == "on" and isinstance(holder, Sourced))


def _moved(label: Label, within: str, old: str, new: str, dates: Iterable[AnyChange]) -> Told:
    """Return the change of source of a value, with when the one and the other document stated it."""
    given = [change for change in dates if isinstance(change, Altered)]
    said = written(clauses(*(change.briefly for change in given)))
    details = {"details": said.label, "details_en": said.label_en}
    return of_label(label, ChangedSource, field=within, before=old, after=new, **details)
