"""From a thing as it was and as it is to the changes that say so: nothing that differs goes unsaid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import takewhile
from types import MappingProxyType
from typing import Any, TypeAlias

from attrs import evolve, fields

from levier.compute._wording import listed
from levier.compute.history.changes import Added, Altered, AnyChange, ChangedAmount, ChangedList, Removed
from levier.compute.history.keys import is_parts, keyed
from levier.compute.history.moves import ChangedRating, MovedPhase, ReachedMilestone, RedatedMilestone
from levier.compute.history.naming import Name
from levier.compute.indicators.confidence import confidence_on
from levier.model.events import Milestone
from levier.model.figures import Figure
from levier.model.money import Appropriations, Euros, Execution
from levier.model.observations import Observation
from levier.model.periods import Day, Period
from levier.model.programmes import ConfidenceRating, Project
from levier.model.quantities import EUROS, Quantity
from levier.model.sources import Sourced
from levier.model.terms import Lang
from levier.model.territories import NATION

__all__ = ["Told", "differing", "told", "told_of_fields"]

Told: TypeAlias = tuple[tuple[Any, ...], AnyChange]
"""A change, and what it is about: the thing and each part on the way, in each version."""

_LANGS: tuple[Lang, Lang] = ("fr", "en")
_INNER = (Appropriations, Execution, Sourced)
"""Values that are told side by side."""
_MORE = ("level", "project_id")
"""Fields that say more of what came or went."""
_DATES = ("on", "due", "period", "opened_on", "decided_on", "published_on", "year")


def told(name: Name, before: Any, after: Any) -> Iterator[Told]:
    """Yield what is to be said of a thing or a part as it was and as it is."""
    if type(before) is type(after):
        yield from told_of_fields(name, before, after)
        return
    for kind, thing in ((Removed, before), (Added, after)):
        if thing is not None:
            fr, en = map(listed, _more(name, thing), _LANGS)
            yield _said(name, kind, on=_date(thing), value=_number(name, thing), details=fr, details_en=en)


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


def _told_of_field(name: Name, field: str, before: Any, after: Any, within: str = "") -> Iterator[Told]:
    """Tell one field; *within* is the path of the value that has it, where it is no thing and no part."""
    old, new = getattr(before, field), getattr(after, field)
    if not within and (is_parts(old) or is_parts(new)):
        yield from _told_of_parts(name, field, before, after)
    elif type(old) is type(new) and isinstance(old, _INNER):
        for inner in differing(old, new):
            yield from _told_of_field(name, inner, old, new, _path(within, field))
    else:
        yield _told_whole(name, field, before, after, _path(within, field))


def _path(within: str, field: str) -> str:
    """Return the path of a field; a sourced value stands for itself."""
    return within if within and field == "value" else f"{within}/{field}" if within else field


def _told_whole(name: Name, field: str, before: Any, after: Any, path: str) -> Told:
    """Tell a field by all that it held and all that it holds."""
    old, new = getattr(before, field), getattr(after, field)
    if any(isinstance(_bare(side), Euros) for side in (old, new)):
        return _said(name, ChangedAmount, field=path, before=_bare(old), after=_bare(new))
    if isinstance(old, tuple):
        gone, come = (tuple(x for x in one if x not in other) for one, other in ((old, new), (new, old)))
        sides = {"removed": (before, gone), "added": (after, come)}
        return _said(name, ChangedList, field=path, **_in_both(name, field, sides))
    (before_fr, before_en), (after_fr, after_en) = (name.held(side, field) for side in (before, after))
    texts = {"before": before_fr, "after": after_fr, "before_en": before_en, "after_en": after_en}
    return _said(name, Altered, field=path, **texts)


def _in_both(name: Name, field: str, sides: Mapping[str, tuple[Any, tuple[Any, ...]]]) -> dict[str, tuple[str, ...]]:
    """Return the items on each side in words, in French and, under a name of its own, in English."""
    return {
        side if lang == "fr" else f"{side}_en": name.speaker.words(holder, field, items, lang, name.about)
        for side, (holder, items) in sides.items()
        for lang in _LANGS
    }


def _told_of_parts(name: Name, field: str, before: Any, after: Any) -> Iterator[Told]:
    mine, theirs = map(keyed, _past_what_they_share(tuple(getattr(before, field)), tuple(getattr(after, field))))
    if mine == theirs:  # the same parts in another order
        yield _said(name, ChangedList, field=field)
    for key in dict.fromkeys((*mine, *theirs)):
        old, new = mine.get(key), theirs.get(key)
        if old != new:
            part = name.part(field, *(version for version in (old, new) if version is not None))
            yield from told(part, old, new)


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
    yield _told_whole(name, field, before, after, field)


def _ratings(name: Name, field: str, before: Any, after: Any) -> Iterator[Told]:
    """Tell each new rating by what it makes of the last one of its territory, then the rest part by part."""
    mine, theirs = keyed(before.ratings), keyed(after.ratings)
    come = {key: rating for key, rating in theirs.items() if key not in mine}
    yield from (_rated(name, field, rating, after.ratings) for rating in come.values())
    kept = evolve(after, ratings=[rating for key, rating in theirs.items() if key not in come])
    if before.ratings != kept.ratings:
        yield from _told_of_parts(name, field, before, kept)


def _rated(name: Name, field: str, rating: ConfidenceRating, ratings: Iterable[ConfidenceRating]) -> Told:
    others = (one for one in ratings if one is not rating)
    last = confidence_on(others, as_of=rating.on, territory=rating.territory_id or NATION)
    by, by_en = name.held(rating, "by_id")
    said = {"on": rating.on, "by": by, "by_en": by_en, "because": rating.because}
    called = name.by_fields(field, rating, "territory_id")
    return _said(called, ChangedRating, before=last and last.level, after=rating.level, **said)


_BY_FIELD: Mapping[str, Callable[[Name, str, Any, Any], Iterator[Told]]] = MappingProxyType(
    {"steps": _moves, "revisions": _revisions, "planned": _planned, "done_on": _done, "ratings": _ratings}
)
"""Fields whose values have a course, and a kind of change of their own."""


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


def _number(name: Name, thing: Any) -> Quantity | None:
    if isinstance(thing, Figure):
        return thing.value.value
    if isinstance(thing, Observation):
        return None if thing.value is None else Quantity.exact(thing.value, name.speaker.unit(thing))
    amount = _bare(getattr(thing, "amount", None))
    return Quantity.exact(amount.amount, EUROS) if isinstance(amount, Euros) else None


def _more(name: Name, thing: Any) -> tuple[list[str], list[str]]:
    given = [name.held(thing, field) for field in _MORE if getattr(thing, field, None) is not None]
    return [fr for fr, _ in given], [en for _, en in given]
