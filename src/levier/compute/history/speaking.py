"""Any value of the model in words: in the language of the sentence, and what it refers to by its label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, final, get_args, get_type_hints

from attrs import field, fields, frozen, has

from levier.compute._wording import said, value
from levier.compute.history.keys import key_names
from levier.compute.history.words import YEARS, field_label
from levier.model.observations import Observation
from levier.model.portfolio import Portfolio
from levier.model.quantities import Quantity, Unit
from levier.model.references import REGISTRY_OF
from levier.model.terms import Lang

__all__ = ["Speaker"]

_CALLED = ("label", "name", "title", "question", "text")


@final
@frozen(eq=False)
class Speaker:
    """
    Writes any value of the model, and knows the portfolios in which what it refers to has its label.

    What only its own thing knows, such as the awards of a fund, is looked for *within* that thing.

    >>> from levier import Lead, Organisation, Reform
    >>> dsj = Organisation(id="dsj", label="Direction des services judiciaires", kind="other")
    >>> reform = Reform(id="r", label="R", lead=Lead(organisation_id="dsj", role="chef"))
    >>> Speaker((Portfolio.of(dsj, reform),)).held(reform, "lead", "fr")
    'chef, Direction des services judiciaires'
    """

    portfolios: tuple[Portfolio, ...] = ()
    _parts: dict[tuple[int, str], tuple[Any, dict[str, Any]]] = field(factory=dict, init=False, repr=False)

    def called(self, thing: Any, lang: Lang, within: tuple[Any, ...] = ()) -> str:
        """Return the text that names a thing or a part; where it has none, its key in words."""
        names = ("label_en", *_CALLED) if lang == "en" else _CALLED
        own = [text for text in (getattr(thing, name, "") for name in names) if type(text) is str and text]
        return own[0] if own else self._told(thing, key_names(thing), lang, within)

    def held(self, holder: Any, name: str, lang: Lang, within: tuple[Any, ...] = ()) -> str:
        """Return what a field holds, in words; nothing where it is empty."""
        held = getattr(holder, name)
        return ", ".join(self.words(holder, name, held if isinstance(held, tuple) else (held,), lang, within))

    def words(
        self, holder: Any, name: str, items: Iterable[Any], lang: Lang, within: tuple[Any, ...] = ()
    ) -> tuple[str, ...]:
        """Return the words for some items of a field of *holder*."""
        given = (item for item in items if item not in (None, ""))
        return tuple(self._word(holder, name, item, lang, within) for item in given)

    def unit(self, row: Observation) -> Unit:
        """Return the unit of the indicator that a value is of."""
        unit: Unit = self._referred("indicators", row.indicator_id).unit
        return unit

    def _word(self, holder: Any, name: str, item: Any, lang: Lang, within: tuple[Any, ...]) -> str:
        named = self._named(holder, name, item, within)
        if named is not None:
            return self.called(named, lang, within)
        if isinstance(item, Decimal) and isinstance(holder, Observation):
            return value(item, self.unit(holder), lang)
        if isinstance(item, Quantity):
            return said(item, lang) + (f" ({item.stated})" if item.stated else "")
        if has(type(item)):
            return self._told(item, _stated(item), lang, within)
        return str(item) if name in YEARS else said(item, lang)

    def _told(self, thing: Any, names: Iterable[str], lang: Lang, within: tuple[Any, ...]) -> str:
        """Say a value by some of its fields; a flag that is up by its name."""
        return ", ".join(filter(None, (self._part(thing, name, lang, within) for name in names)))

    def _part(self, thing: Any, name: str, lang: Lang, within: tuple[Any, ...]) -> str:
        flag = getattr(thing, name)
        if isinstance(flag, bool):
            return field_label(name, lang) if flag else ""
        return self.held(thing, name, lang, within)

    def _named(self, holder: Any, name: str, item: Any, within: tuple[Any, ...]) -> Any:
        """Return what an identifier in a field names; `None` where it is no identifier, or names what nobody knows."""
        noun = _noun(holder, name)
        if noun is not None:
            return self._referred(noun, item)
        stem = name.removesuffix("s").removesuffix("_id")
        if not name.removesuffix("s").endswith("_id"):
            return None
        found = (self._parts_of(thing, f"{stem}s").get(item) for thing in within)
        return next((part for part in found if part is not None), None)

    def _referred(self, noun: str, identifier: str) -> Any:
        found = (getattr(portfolio, noun).get(identifier) for portfolio in self.portfolios)
        return next((thing for thing in found if thing is not None), None)

    def _parts_of(self, thing: Any, name: str) -> Mapping[str, Any]:
        """Return the parts in a field of a thing by identifier; looked up once, because a journal names many awards."""
        place = id(thing), name
        if place not in self._parts:
            self._parts[place] = thing, {part.id: part for part in getattr(thing, name, ())}
        return self._parts[place][1]


def _stated(thing: Any) -> list[str]:
    """Return the fields that hold something else than by default: what a value says itself, then what it refers to."""
    names = (attribute.name for attribute in fields(type(thing)) if getattr(thing, attribute.name) != attribute.default)
    return sorted(names, key=lambda name: _noun(thing, name) is not None)


def _noun(holder: Any, name: str) -> str | None:
    """Return the registry that a field refers to; `None` where it refers to none."""
    cls: Any = type(holder)
    return _targets(cls).get(name)


@cache
def _targets(cls: Any) -> Mapping[str, str]:
    """Return the registry that each field of a class refers to, for those that do."""
    hints = get_type_hints(cls)
    parts = {item.name: (hints[item.name], *get_args(hints[item.name])) for item in fields(cls) if item.name != "id"}
    return {name: REGISTRY_OF[part] for name, found in parts.items() for part in found if part in REGISTRY_OF}
