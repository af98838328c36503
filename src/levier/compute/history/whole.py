"""What is said whole: a thing or a part that came or went, and a field by all that it held and all that it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, TypeAlias

from attrs import evolve

from levier.compute._wording import colon, listed
from levier.compute.history.align import beyond
from levier.compute.history.changes import Added, Altered, AnyChange, ChangedAmount, ChangedList, Removed
from levier.compute.history.keys import is_parts
from levier.compute.history.label import LANGS, Name
from levier.compute.history.values import stated_fields
from levier.compute.history.words import field_label
from levier.model.instruments import Instrument
from levier.model.money import Appropriations, Euros, Execution
from levier.model.periods import Day, Period
from levier.model.quantities import EUROS, Quantity
from levier.model.sources import Sourced
from levier.model.terms import Lang

__all__ = ["Told", "bare", "came_or_went", "changed_whole", "of_name"]

Told: TypeAlias = tuple[tuple[Any, ...], AnyChange]
"""A change, and what it is about: the thing and each part on the way, in each version."""

_DATES = ("on", "planned", "due", "period", "opened_on", "decided_on", "published_on", "year")
_NUMBERS = ("value", "amount")
_PLAIN = ("level", "project_id")
"""Fields that are understood without their names."""
_SIDES = (Appropriations, Execution)
_Items: TypeAlias = tuple[Any, list[Any]]
"""What holds a field, and some of the items in it."""
_Texts: TypeAlias = tuple[str, ...]


def of_name(name: Name, kind: Callable[..., AnyChange], **said: Any) -> Told:
    """Return a change of what bears a name."""
    return name.about, kind(subject=name.path, label=name.fr, label_en=name.en, **said)


def came_or_went(name: Name, thing: Any, *, is_new: bool) -> Told:
    """Return the change that a thing or a part came or went, with all that it states itself; its parts are apart."""
    name = name if is_new else evolve(name, writer=name.writer.earlier)
    dated, counted = _first(thing, _DATES, (Day, Period, int)), _first(thing, _NUMBERS, (Euros, Quantity, Decimal))
    apart = frozenset(filter(None, (dated, counted)))
    fr, en = (listed(_details(name, thing, lang, apart), lang) for lang in LANGS)
    said = {"value": _number(name, thing, counted), "details": fr, "details_en": en}
    on = None if dated is None else _period(bare(getattr(thing, dated)))
    return of_name(name, Added if is_new else Removed, on=on, label_has_date=dated in name.says, **said)


def changed_whole(name: Name, field: str, before: Any, after: Any, path: str) -> Told:
    """Return the change of a field of *before* and *after*, where *path* is its place in what bears the name."""
    old, new = getattr(before, field), getattr(after, field)
    if any(isinstance(bare(side), Euros) for side in (old, new)):
        return of_name(name, ChangedAmount, field=path, before=bare(old), after=bare(new))
    several = isinstance(old, tuple)
    gone, come = (beyond(old, new), beyond(new, old)) if several else ([old], [new])
    fr, en = (_words(name, field, (before, gone), (after, come), lang) for lang in LANGS)
    if several:
        return of_name(name, ChangedList, field=path, removed=fr[0], added=fr[1], removed_en=en[0], added_en=en[1])
    texts = {"before": fr[0], "after": fr[1], "before_en": en[0], "after_en": en[1]}
    return of_name(name, Altered, field=path, **{side: "".join(words) for side, words in texts.items()})


def bare(value: Any) -> Any:
    """Return a value without what is said of its source."""
    return value.value if isinstance(value, Sourced) else value


def _words(name: Name, field: str, before: _Items, after: _Items, lang: Lang) -> tuple[_Texts, _Texts]:
    """Return items of a field of two holders in words: what reads alike is written exactly, because it differs."""
    writers = (name.writer.earlier, before), (name.writer, after)
    old, new = (writer.words(holder, field, items, lang, name.about) for writer, (holder, items) in writers)
    alike = set(old) & set(new)
    if not alike:
        return old, new
    return _exactly(name, before[1], old, alike, lang), _exactly(name, after[1], new, alike, lang)


def _exactly(name: Name, items: Iterable[Any], words: Iterable[str], alike: set[str], lang: Lang) -> _Texts:
    told = zip((item for item in items if item not in (None, "")), words, strict=True)
    return tuple(f"{word} ({name.writer.exactly(item, lang)})" if word in alike else word for item, word in told)


def _details(name: Name, thing: Any, lang: Lang, apart: frozenset[str]) -> Iterator[str]:
    """Yield what a thing states itself, field by field, but what its name says and its date and its number."""
    kind = ["kind"] if isinstance(thing, Instrument) else []
    for field in (*kind, *stated_fields(thing)):
        held = getattr(thing, field)
        if field in apart and isinstance(held, Sourced):
            inner = (each for each in stated_fields(held) if each not in ("value", "source_id"))
            yield from (_detail(name, held, each, lang) for each in inner)
        elif isinstance(held, _SIDES):
            yield from (_detail(name, held, each, lang) for each in stated_fields(held))
        elif not (field == "id" or field in apart or field in name.says or is_parts(held)):
            yield _detail(name, thing, field, lang)


def _detail(name: Name, holder: Any, field: str, lang: Lang) -> str:
    label = field_label(field, lang)
    if getattr(holder, field) is True:
        return label
    words = name.writer.held(holder, field, lang, name.about)
    return words if field in _PLAIN else f"{label}{colon(lang)}{words}"


def _first(thing: Any, names: Iterable[str], kinds: tuple[type[Any], ...]) -> str | None:
    """Return the first of some fields that holds a value of one of some kinds."""
    return next((name for name in names if isinstance(bare(getattr(thing, name, None)), kinds)), None)


def _period(when: Any) -> Period:
    return Period(str(when) if isinstance(when, int) else when)


def _number(name: Name, thing: Any, field: str | None) -> Quantity | None:
    if field is None:
        return None
    held = bare(getattr(thing, field))
    if isinstance(held, Quantity):
        return held
    if isinstance(held, Euros):
        return Quantity.exact(held.amount, EUROS)
    return Quantity.exact(held, name.writer.unit(thing))
