"""
Labels, in both languages, and paths of things, their parts and any value of the model.

References are replaced by the labels of their targets, because a stored change no longer has its portfolio.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Any

from attrs import evolve, field, fields, frozen, has

from levier.compute.history.keys import YEARS, item_path, key_names, naming_fields, segment, series_names
from levier.errors.final import final
from levier.model.dimensions import BreakdownCode
from levier.model.extra import NO_EXTRA, Extra
from levier.model.instruments import Instrument
from levier.model.observations import Observation
from levier.model.portfolio import NOUNS, Portfolio
from levier.model.quantities import Quantity, Unit
from levier.model.references import direct_references
from levier.model.sources import Source
from levier.model.territories import NATION
from levier.wording.messages import Listing, items, message
from levier.wording.said import Said, Value, said
from levier.wording.shown import decimals_of
from levier.wording.units import unit_name
from levier.wording.values import Name, Number
from levier.wording.vocabulary import InstrumentKind, field_name, quantity_in_words, thing_name

__all__ = ["ItemLabel", "ValueWriter", "item_label", "label_of_versions", "stated_fields", "written"]

_OF_ROW = ("kind", "territory_id", "breakdown", "period")


@final
@frozen(eq=False)
class ValueWriter:
    """
    Writes any value of the model in words; a reference is written as its label, from the first of *portfolios* with it.

    References to parts of the same thing, such as the awards of a fund, are looked up *within* that thing.

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
        """A writer that searches the last portfolio first: for earlier values, with their units and labels."""
        return evolve(self, portfolios=self.portfolios[::-1])

    def called(self, thing: Any, within: tuple[Any, ...] = (), names: Iterable[str] | None = None) -> Name | Listing:
        """Return the name of a thing or a part; where it has none, the fields *names*, or else its key."""
        own = naming_fields(thing)
        if own:
            return Name("", getattr(thing, own[0]), getattr(thing, "label_en", ""))
        return self.some(thing, key_names(thing) if names is None else names, within)

    def held(self, holder: Any, name: str, within: tuple[Any, ...] = ()) -> Listing:
        """Return the value of a field in words; empty where the field is empty."""
        held = getattr(holder, name)
        return items(*self.each(holder, name, held if isinstance(held, tuple) else (held,), within))

    def each(self, holder: Any, name: str, held: Iterable[Any], within: tuple[Any, ...] = ()) -> tuple[Value, ...]:
        """Return the names of some items of a field of *holder*."""
        given = (item for item in held if item not in (None, "", NO_EXTRA))
        return tuple(self._one(holder, name, item, within) for item in given)

    def some(self, thing: Any, names: Iterable[str], within: tuple[Any, ...] = ()) -> Listing:
        """Return some fields of a value in words; a true flag as its label."""
        return items(*(self._field(thing, name, within) for name in names))

    def exactly(self, item: Any) -> Value:
        """Return a value with all its fields and with identifiers, so that values that differ also read differently."""
        if isinstance(item, Decimal):
            return Number(item, decimals=decimals_of(item))
        if not has(type(item)):
            return str(item)
        stated = ((name, getattr(item, name)) for name in stated_fields(item))
        parts = (message("{field} {value}", field=field_name(name), value=self.exactly(held)) for name, held in stated)
        return items(*parts)

    def documents(self, *names: str | None) -> tuple[str, ...]:
        """Return the names of documents: their titles, with more details where titles are equal; `None` has no name."""
        found = [(name or "", self.referred("sources", name or "")) for name in names]
        ways = (
            tuple(name if source is None else write(source) for name, source in found)
            for write in (attrgetter("title"), str)
        )
        return next((called for called in ways if len(set(called)) == len(called)), tuple(name for name, _ in found))

    def sources_of(self, *statements: Any) -> dict[str, Source]:
        """Return the documents behind some statements, by identifier."""
        names = {statement.source_id for statement in statements if statement.source_id is not None}
        return {name: self.referred("sources", name) for name in names}

    def unit(self, row: Observation) -> Unit:
        """Return the unit of a value's indicator."""
        unit: Unit = self.referred("indicators", row.indicator_id).unit
        return unit

    def referred(self, noun: str, identifier: str) -> Any:
        """Return the target of an identifier in the first portfolio that has it; `None` where none does."""
        found = (getattr(portfolio, noun).get(identifier) for portfolio in self.portfolios)
        return next((thing for thing in found if thing is not None), None)

    def _one(self, holder: Any, name: str, item: Any, within: tuple[Any, ...]) -> Value:
        named = self._named(holder, name, item, within)
        if named is not None:
            return self.called(named, within)
        if isinstance(item, BreakdownCode):
            return self._code(item)
        if isinstance(item, Decimal) and isinstance(holder, Observation):
            return Number(item, self.unit(holder))
        if has(type(item)) and not isinstance(item, Quantity):
            return self.some(item, stated_fields(item), within)
        return str(item) if isinstance(item, Extra) else _alone(holder, name, item)

    def _code(self, item: BreakdownCode) -> Value:
        """Return the name of a code of a breakdown; the dimension and the code where no portfolio has it."""
        dimension = self.referred("dimensions", item.dimension_id)
        code = None if dimension is None else dimension.code(item.code)
        return str(item) if code is None else Name.of(code)

    def _field(self, thing: Any, name: str, within: tuple[Any, ...]) -> Value | None:
        flag = getattr(thing, name)
        if isinstance(flag, bool):
            return field_name(name) if flag else None
        return self.held(thing, name, within)

    def _named(self, holder: Any, name: str, item: Any, within: tuple[Any, ...]) -> Any:
        """Return the target of an identifier in a field; `None` where it is not an identifier, or is unknown."""
        noun = _noun(holder, name)
        if noun is not None:
            return self.referred(noun, item)
        stem = name.removesuffix("s").removesuffix("_id")
        if not name.removesuffix("s").endswith("_id"):
            return None
        found = (self._parts_of(thing, f"{stem}s").get(item) for thing in within)
        return next((part for part in found if part is not None), None)

    def _parts_of(self, thing: Any, name: str) -> Mapping[str, Any]:
        """Return the parts in a field of a thing by identifier; cached, because a journal refers to many awards."""
        place = id(thing), name
        if place not in self._parts:
            self._parts[place] = thing, {part.id: part for part in getattr(thing, name, ())}
        return self._parts[place][1]


@final
@frozen
class ItemLabel:
    """
    The path, the name and the values of a thing or a part.

    *about* holds the thing and each part on the path, before and after where both exist.
    *says* are the fields that the name already contains.

    >>> from levier import Milestone, Project
    >>> pilot = Milestone(id="pilot", label="Pilot open", planned="2019-09")
    >>> label = item_label(Project(id="p", label="FranceConnect", milestones=[pilot]))
    >>> label.part("milestones", pilot).path, label.part("milestones", pilot).name.label_en
    ('projects/p/milestones/pilot', "Project 'FranceConnect', milestone 'Pilot open'")
    """

    path: str
    name: Name
    about: tuple[Any, ...]
    writer: ValueWriter = field(factory=ValueWriter, eq=False, repr=False)
    says: frozenset[str] = field(default=frozenset(), eq=False, repr=False)

    def part(self, held: str, *versions: Any, names: tuple[str, ...] | None = None, nth: int = 1) -> ItemLabel:
        """
        Return the label of a part in a field of this thing, from the last of its versions.

        *names* are the fields that identify it, by default those of its key; *nth* numbers parts with equal keys.
        """
        last = versions[-1]
        told = key_names(last) if names is None else names
        name = items(self.name, _quoted(thing_name(held), self.writer.called(last, self.about, told)))
        path = f"{self.path}/{held}/{segment(last, told)}" + (f" ~#{nth}" if nth > 1 else "")
        says = frozenset(naming_fields(last) or told)
        return ItemLabel(path, written(name), (*self.about, *versions), self.writer, says)

    def shown_by(self, held: str, part: ItemLabel, *names: str) -> ItemLabel:
        """Return the label of a part of this thing, from the name of its field and some of its own fields."""
        name = items(self.name, thing_name(held), self.writer.some(part.about[-1], names))
        return evolve(part, name=written(name))

    def held(self, holder: Any, field: str) -> Name:
        """Return the value of a field in words."""
        return written(self.writer.held(holder, field, self.about))


def written(value: Value) -> Name:
    """
    Return a value as documents store it: in words, in French and in English.

    >>> written(message("No change"))
    Name(id='', label='Aucun changement', label_en='No change')
    """
    return Name("", said(value, "fr"), said(value, "en"))


def item_label(item: Any, *portfolios: Portfolio) -> ItemLabel:
    """
    Return the label of a thing, or of an observation by its indicator in one of some portfolios.

    >>> from levier import Lever
    >>> item_label(Lever(id="digital", label="Numérique", label_en="Digital")).name.label_en
    "Lever 'Digital'"
    """
    return label_of_versions(ValueWriter(portfolios), item)


def label_of_versions(writer: ValueWriter, *versions: Any, of_fact: bool = False) -> ItemLabel:
    """
    Return the label of a thing or of an observation, from the last of its versions.

    For observations of different documents, or with *of_fact*, the path is that of the fact that they state.
    """
    item = versions[-1]
    if isinstance(item, Observation):
        of_fact = of_fact or len({version.key for version in versions}) > 1
        path = f"observations/{segment(item, series_names(item) or ())}" if of_fact else item_path(item)
        says = frozenset(("indicator_id", *_OF_ROW))
        return ItemLabel(path, _capital(_row_called(item, writer)), versions, writer, says)
    name = _quoted(thing_name(NOUNS[type(item)]), writer.called(item))
    return ItemLabel(item_path(item), _capital(name), versions, writer, frozenset(naming_fields(item)))


def _row_called(row: Observation, writer: ValueWriter) -> Said:
    indicator = _quoted(thing_name("indicators"), writer.held(row, "indicator_id"))
    names = (name for name in _OF_ROW if name != "territory_id" or row.territory_id != NATION)
    return items(indicator, *(writer.held(row, name) for name in names))


def _quoted(noun: Value, called: Name | Listing) -> Value:
    if isinstance(called, Listing) and not called.parts:
        return noun
    return message("{noun} '{name}'", noun=noun, name=called)


def _capital(value: Value) -> Name:
    name = written(value)
    return evolve(name, label=_capitalised(name.label), label_en=_capitalised(name.label_en))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _alone(holder: Any, name: str, item: Any) -> Value:
    """Return the name of a value that needs no portfolio."""
    if isinstance(item, Quantity):
        return quantity_in_words(item)
    if name == "unit":
        return unit_name(item)
    if name == "kind" and isinstance(holder, Instrument):
        return InstrumentKind(item)
    value: Value = str(item) if name in YEARS else item
    return value


def stated_fields(thing: Any) -> list[str]:
    """Return the fields that are not at their default: the value's own facts first, then its references."""
    names = (attribute.name for attribute in fields(type(thing)) if getattr(thing, attribute.name) != attribute.default)
    return sorted(names, key=lambda name: _noun(thing, name) is not None)


def _noun(holder: Any, name: str) -> str | None:
    """Return the registry that a field refers to; `None` for a field without references."""
    cls: Any = type(holder)
    found = direct_references(cls).get(name)
    return None if found is None else found.registry
