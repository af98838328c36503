"""
Laws of the difference, on drawn portfolios and drawn changes: every changed value is said, and nothing else.

What changed is found by an independent walk over all leaves of a thing, and what a sentence must hold of a leaf is
written here anew: digits without grouping, words of a term, the label of what an identifier names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, NamedTuple

import attrs
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from levier import Day, Euros, LevierError, Observation, Period, Portfolio, Sourced
from levier.compute.history.base_changes import FieldChange
from levier.compute.history.keys import item_path, key_names, segment
from levier.fund import Journal
from levier.history import Added, AnyChange, ChangedSource, Removed, RevisedTarget, difference
from levier.model.extra import Extra
from levier.model.portfolio import NOUNS
from levier.model.sources import Stated
from levier.model.terms import Lang, Term
from levier.testing.resolving import resolved
from levier.testing.strategies import of
from levier.wording.said import said


class Leaf(NamedTuple):
    """A value that holds no other: the fields on the way to it, and whether the name of what has it may say it."""

    way: tuple[str, ...]
    value: Any
    named: bool


CLASSES = (*NOUNS, Observation)
EXAMPLES = 20
"""Of each class, because there are many; hundreds were drawn by hand."""
NAMING = {"label", "label_en", "name", "title", "question", "text"}
LANGS: tuple[Lang, Lang] = ("fr", "en")
SERIES = ("indicator_id", "territory_id", "period", "kind")
FLAGS = {
    "approximate": {"environ", "about"},
    "is_forecast": {"prévision", "forecast"},
    "self_selected": {"spont", "self", "oui", "yes"},
}
BEHIND = {("on", "source_id"), ("value", "source_id")}
"""The documents behind the date and the number of what comes or goes, which may stay unsaid."""
UNITS: Mapping[str, set[str]] = {
    "EUR": {"€"},
    "days": {"jour", "day"},
    "months": {"mois", "month"},
    "points": {"point"},
    "/10": {"/10", "note", "mark"},
    "count": set(),
    "ratio": set(),
    "share": set(),
}


# ---------------------------------------------------------------- drawn changes


@st.composite
def changed(draw: st.DrawFn, cls: Any) -> tuple[Portfolio, Portfolio]:
    """Draw a portfolio with a thing of a class, and what it becomes when one field of it, or in it, is drawn anew."""
    thing, others = draw(of(cls)), draw(st.lists(st.one_of(*map(of, CLASSES)), max_size=2))
    old = resolved([thing, *others])
    mine = draw(st.sampled_from([item for item in old if type(item) is cls]))
    way = draw(st.sampled_from(list(holders(mine))))
    fresh = draw(of(type(at(mine, way))))
    field = draw(st.sampled_from([item.name for item in attrs.fields(type(fresh)) if item.name != "id"]))
    try:
        becomes = put(mine, way, evolve(at(mine, way), **{field: getattr(fresh, field)}))
        return old, resolved([becomes, *(item for item in old if item is not mine)])
    except LevierError:  # fields that depend on each other: nothing changes
        return old, old


def holders(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every value of the model in a thing, itself first."""
    yield way
    for item in attrs.fields(type(value)):
        held = getattr(value, item.name)
        if attrs.has(type(held)):
            yield from holders(held, (*way, item.name))
        elif isinstance(held, (tuple, Journal)):
            for place, part in enumerate(held):
                if attrs.has(type(part)):
                    yield from holders(part, (*way, (item.name, place)))


def at(value: Any, way: tuple[Any, ...]) -> Any:
    """Return what stands at the end of a way."""
    for step in way:
        value = getattr(value, step) if isinstance(step, str) else getattr(value, step[0])[step[1]]
    return value


def put(value: Any, way: tuple[Any, ...], new: Any) -> Any:
    """Return a thing in which *new* stands at the end of a way."""
    if not way:
        return new
    step, *rest = way
    if isinstance(step, str):
        return evolve(value, **{step: put(getattr(value, step), tuple(rest), new)})
    name, place = step
    parts = list(getattr(value, name))
    parts[place] = put(parts[place], tuple(rest), new)
    return evolve(value, **{name: type(getattr(value, name))(parts)})


# ---------------------------------------------------------------- what changed, and what must be said of it


def leaves(value: Any, way: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """Yield every value in a thing that holds no other, but its own identifiers and what a field holds by default."""
    named = {*key_names(value), *NAMING} if type(value) not in (Sourced, Stated) else NAMING
    for item in attrs.fields(type(value)):
        held = getattr(value, item.name)
        for part in held if isinstance(held, (tuple, Journal)) else (held,):
            if attrs.has(type(part)):
                yield from leaves(part, (*way, item.name))
            elif item.name != "id" and part not in (None, "", item.default):
                yield Leaf((*way, item.name), part, item.name in named)


def place_of(item: Any) -> str:
    """Return where what is said of a thing or an observation stands, whichever document states it."""
    return f"observations/{segment(item, SERIES)}" if isinstance(item, Observation) else item_path(item)


def by_place(portfolio: Portfolio) -> dict[str, Counter[Leaf]]:
    """Return the leaves of the things of a portfolio, as often as they are there, by place."""
    found: dict[str, Counter[Leaf]] = defaultdict(Counter)
    for item in portfolio:
        found[place_of(item)].update(leaves(item))
    return found


def names_in(*portfolios: Portfolio) -> dict[str, set[str]]:
    """Return how what bears an identifier, in whatever field, may be called."""
    found: dict[str, set[str]] = defaultdict(set)
    for value in (at(item, way) for portfolio in portfolios for item in portfolio for way in holders(item)):
        if hasattr(value, "id"):
            found[value.id] |= {getattr(value, name) for name in NAMING if hasattr(value, name)}
        if getattr(value, "label_en", ""):
            found[value.label].add(value.label_en)
    return found


def witnesses(leaf: Leaf, names: Mapping[str, set[str]], lang: Lang) -> set[str]:
    """Return texts of which a sentence must hold one where it says a value; none where it may stay silent."""
    field, value = leaf.way[-1], leaf.value
    match value:
        case Term():
            return {value.label(lang)}
        case bool():
            return FLAGS[field]
        case int() | Decimal() | Euros():
            exact = Decimal(value.amount if isinstance(value, Euros) else value)
            rounded = exact.quantize(Decimal("0.01"), ROUND_HALF_UP, Context(prec=60))
            texts = {format(one or abs(one), "f") for one in (exact, rounded)}
            return {text.rstrip("0").rstrip(".") if "." in text else text for text in texts}
        case Day() | Period():
            return {str(value).removeprefix("../")[:4].lstrip("0")}
    if value == Extra() or (field == "label_en" and lang == "fr"):
        return set()
    text = value.text if isinstance(value, Extra) else value
    return UNITS.get(text, {text}) if field == "unit" else {text, *names.get(text, ())}


def flat(text: str) -> str:
    """Return a text as it is, and without what groups digits in either language, in small letters."""
    plain = text.replace("\u202f", "").replace("€", "").replace("−", "-")
    return "\n".join((text, plain.replace(",", "."), plain.replace(",", ""))).lower()


def said_of(changes: Iterable[AnyChange], lang: Lang) -> tuple[str, str]:
    """Return what some changes say, and what they call it that they speak of."""
    sides = [side for change in changes for side in in_words(change, lang) if side is not None]
    moved = [change.moved.say(lang) for change in changes if isinstance(change, ChangedSource)]
    return flat("\n".join((*sides, *moved))), flat("\n".join(change.called.say(lang) for change in changes))


def in_words(change: AnyChange, lang: Lang) -> list[str | None]:
    """Return the two sides of a change, written."""
    return [None if side is None else said(side, lang) for side in change.sides]


def is_about(change: AnyChange, place: str) -> bool:
    """Say whether a change speaks of what stands in a place."""
    if isinstance(change, RevisedTarget):
        row = Observation(
            indicator_id=change.indicator_id,
            territory_id=change.territory_id,
            period=change.period,
            kind="target",
            value=0,
        )
        return place_of(row) == place
    return change.subject == place or change.subject.startswith((f"{place}/", f"{place} "))


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_every_changed_value_is_said_and_nothing_else(cls: Any, data: st.DataObject) -> None:
    """
    Whatever field of whatever class changes, each value that went or came is said of its thing, in two languages.

    And nothing is said of what did not change: each change is about a thing that differs.
    """
    old, new = data.draw(changed(cls))
    found = difference(old, new).changes
    each_changed_value_is_said(old, new, found)
    nothing_else_is_said(old, new, found)


def each_changed_value_is_said(old: Portfolio, new: Portfolio, found: Iterable[AnyChange]) -> None:
    """Assert that the changes say of each thing the values that went or came."""
    names, before, after = names_in(old, new), by_place(old), by_place(new)
    for place in {*before, *after}:
        differ = {*(before[place] - after[place]), *(after[place] - before[place])}
        about = [change for change in found if is_about(change, place)]
        came_or_went = any(isinstance(change, (Added, Removed)) for change in about)
        for lang in LANGS if differ else ():
            told, called = said_of(about, lang)
            for leaf in differ:
                if came_or_went and leaf.way[-2:] in BEHIND:
                    continue
                wanted = {text.lower() for text in witnesses(leaf, names, lang)}
                where = told + called if leaf.named else told
                assert not wanted or any(text in where for text in wanted), (leaf, told)


def nothing_else_is_said(old: Portfolio, new: Portfolio, found: Iterable[AnyChange]) -> None:
    """Assert that a change is about what differs; it shows a field that differs, or what stands on one side only."""
    before, after = in_order(old), in_order(new)
    for change in found:
        ways = {way for way in {*before, *after} if is_about(change, way[0]) and before[way] != after[way]}
        assert ways
        if isinstance(change, FieldChange):
            assert any(change.field.split("/")[-1] in way for way in ways)
        if not isinstance(change, (Added, Removed, ChangedSource)):
            assert all(len(set(in_words(change, lang))) > 1 for lang in LANGS)


def in_order(portfolio: Portfolio) -> dict[tuple[str, ...], list[Any]]:
    """Return the leaves of the things of a portfolio in their order, by their place and the fields on the way."""
    found: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for item in portfolio:
        for leaf in leaves(item, (place_of(item),)):
            found[leaf.way].append(leaf.value)
    return found
