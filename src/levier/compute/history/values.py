"""Any value of the model as a sentence says it, and what it refers to by its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Any, final

from attrs import evolve, field, fields, frozen, has

from levier.compute.history.align import beyond
from levier.compute.history.keys import key_names
from levier.compute.history.words import YEARS, InstrumentKind, field_name, quantity_in_words
from levier.model.instruments import Instrument
from levier.model.observations import Observation
from levier.model.portfolio import Portfolio
from levier.model.quantities import Quantity, Unit
from levier.model.references import direct_references
from levier.model.sources import Source
from levier.wording.messages import Listing, items, message
from levier.wording.said import Value
from levier.wording.shown import decimals_of
from levier.wording.units import unit_name
from levier.wording.values import Name, Number

__all__ = ["ValueWriter", "naming_fields", "stated_fields"]

_NAMING = ("label", "name", "title", "question", "text")


@final
@frozen(eq=False)
class ValueWriter:
    """
    Names any value of the model; what it refers to is called by its label in the first of *portfolios* that has it.

    What only its own thing knows, such as the awards of a fund, is looked for *within* that thing.

    >>> from levier import Organisation, Reform
    >>> from levier.plans import Lead
    >>> dsj = Organisation(id="dsj", label="Direction des services judiciaires", kind="other")
    >>> reform = Reform(id="r", label="R", lead=Lead(organisation_id="dsj", role="chef"))
    >>> print(ValueWriter((Portfolio.of(dsj, reform),)).held(reform, "lead"))
    chef, Direction des services judiciaires
    """

    portfolios: tuple[Portfolio, ...] = ()
    in_time: bool = False
    """Whether the portfolios follow each other in time, so that a later document revises an earlier one."""
    _parts: dict[tuple[int, str], tuple[Any, dict[str, Any]]] = field(factory=dict, repr=False)

    @property
    def earlier(self) -> ValueWriter:
        """The writer that looks into the last portfolio first: for what stands there, with its units and labels."""
        return evolve(self, portfolios=self.portfolios[::-1])

    def called(self, thing: Any, within: tuple[Any, ...] = (), names: Iterable[str] | None = None) -> Name | Listing:
        """Return the name of a thing or a part; where it has none, the fields *names*, or else its key."""
        own = naming_fields(thing)
        if own:
            return Name("", getattr(thing, own[0]), getattr(thing, "label_en", ""))
        return self.some(thing, key_names(thing) if names is None else names, within)

    def held(self, holder: Any, name: str, within: tuple[Any, ...] = ()) -> Listing:
        """Return what a field holds; nothing where it is empty."""
        held = getattr(holder, name)
        return items(*self.each(holder, name, held if isinstance(held, tuple) else (held,), within))

    def each(self, holder: Any, name: str, held: Iterable[Any], within: tuple[Any, ...] = ()) -> tuple[Value, ...]:
        """Return how each of some items of a field of *holder* is called."""
        given = (item for item in held if item not in (None, ""))
        return tuple(self._one(holder, name, item, within) for item in given)

    def some(self, thing: Any, names: Iterable[str], within: tuple[Any, ...] = ()) -> Listing:
        """Return some fields of a value; a true flag as its label."""
        return items(*(self._field(thing, name, within) for name in names))

    def exactly(self, item: Any) -> Value:
        """Return a value with all that it states, and identifiers as they are: what differs reads otherwise."""
        if isinstance(item, Decimal):
            return Number(item, decimals=decimals_of(item))
        if not has(type(item)):
            return str(item)
        stated = ((name, getattr(item, name)) for name in stated_fields(item))
        parts = (message("{field} {value}", field=field_name(name), value=self.exactly(held)) for name, held in stated)
        return items(*parts)

    def documents(self, before: Any, after: Any) -> tuple[str, str]:
        """
        Return the names of the documents that state two values: titles, with more where these are alike.

        Both are empty where it is one document, or no one document took the place of another.
        """
        old, new = _replaced(before, after)
        if old == new:
            return "", ""
        sides = [(name or "", self.referred("sources", name or "")) for name in (old, new)]
        titles, dated = (
            [name if source is None else write(source) for name, source in sides]
            for write in (attrgetter("title"), str)
        )
        bare = [name for name, _ in sides]
        first, second = next((names for names in (titles, dated) if names[0] != names[1]), bare)
        return first, second

    def sources_of(self, *statements: Any) -> dict[str, Source]:
        """Return the documents that make some statements, by their identifiers."""
        names = {statement.source_id for statement in statements if statement.source_id is not None}
        return {name: self.referred("sources", name) for name in names}

    def unit(self, row: Observation) -> Unit:
        """Return the unit of the indicator that a value is of."""
        unit: Unit = self.referred("indicators", row.indicator_id).unit
        return unit

    def referred(self, noun: str, identifier: str) -> Any:
        """Return what an identifier names in one of the portfolios; `None` where it names nothing there."""
        found = (getattr(portfolio, noun).get(identifier) for portfolio in self.portfolios)
        return next((thing for thing in found if thing is not None), None)

    def _one(self, holder: Any, name: str, item: Any, within: tuple[Any, ...]) -> Value:
        named = self._named(holder, name, item, within)
        if named is not None:
            return self.called(named, within)
        if isinstance(item, Decimal) and isinstance(holder, Observation):
            return Number(item, self.unit(holder))
        if has(type(item)) and not isinstance(item, Quantity):
            return self.some(item, stated_fields(item), within)
        return _alone(holder, name, item)

    def _field(self, thing: Any, name: str, within: tuple[Any, ...]) -> Value | None:
        flag = getattr(thing, name)
        if isinstance(flag, bool):
            return field_name(name) if flag else None
        return self.held(thing, name, within)

    def _named(self, holder: Any, name: str, item: Any, within: tuple[Any, ...]) -> Any:
        """Return what an identifier in a field names; `None` where it is no identifier, or names what nobody knows."""
        noun = _noun(holder, name)
        if noun is not None:
            return self.referred(noun, item)
        stem = name.removesuffix("s").removesuffix("_id")
        if not name.removesuffix("s").endswith("_id"):
            return None
        found = (self._parts_of(thing, f"{stem}s").get(item) for thing in within)
        return next((part for part in found if part is not None), None)

    def _parts_of(self, thing: Any, name: str) -> Mapping[str, Any]:
        """Return the parts in a field of a thing by identifier; looked up once, because a journal names many awards."""
        place = id(thing), name
        if place not in self._parts:
            self._parts[place] = thing, {part.id: part for part in getattr(thing, name, ())}
        return self._parts[place][1]


def _alone(holder: Any, name: str, item: Any) -> Value:
    """Return what needs no portfolio to be named."""
    if isinstance(item, Quantity):
        return quantity_in_words(item)
    if name == "unit":
        return unit_name(item)
    if name == "kind" and isinstance(holder, Instrument):
        return InstrumentKind(item)
    value: Value = str(item) if name in YEARS else item
    return value


def naming_fields(thing: Any) -> tuple[str, ...]:
    """
    Return the fields that name a thing or a part: its label, name, title, question or text; none where it has none.

    >>> from levier import Lever
    >>> from levier.budget import ScheduledPayment
    >>> naming_fields(Lever(id="digital", label="Numérique")), naming_fields(ScheduledPayment(2021, 5))
    (('label', 'label_en'), ())
    """
    own = (name for name in _NAMING if type(text := getattr(thing, name, "")) is str and text)
    first = next(own, None)
    return () if first is None else (first, "label_en")


def stated_fields(thing: Any) -> list[str]:
    """Return the fields that hold something else than by default: what a value says itself, then what it refers to."""
    names = (attribute.name for attribute in fields(type(thing)) if getattr(thing, attribute.name) != attribute.default)
    return sorted(names, key=lambda name: _noun(thing, name) is not None)


def _replaced(before: Any, after: Any) -> tuple[str | None, str | None]:
    """Return the document that went and the one that came in its place; two of `None` where none did."""
    if hasattr(before, "source_ids"):
        gone, come = beyond(before.source_ids, after.source_ids), beyond(after.source_ids, before.source_ids)
        return (gone[0], come[0]) if len(gone) == len(come) == 1 else (None, None)
    return getattr(before, "source_id", None), getattr(after, "source_id", None)


def _noun(holder: Any, name: str) -> str | None:
    """Return the registry that a field refers to; `None` where it refers to none."""
    cls: Any = type(holder)
    found = direct_references(cls).get(name)
    return None if found is None else found.registry
