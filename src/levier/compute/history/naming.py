"""What a thing of a portfolio, or a part of one, is known by: its key, its path, and its name in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, final

from attrs import fields, frozen, has

from levier.compute._wording import day, period
from levier.compute.history.pairing import path_of
from levier.compute.history.words import thing_label
from levier.model.budget import BudgetAction, ScheduledPayment, ScopeChange
from levier.model.challenges import ChallengeStage
from levier.model.indicators import Definition, IndicatorWeight
from levier.model.journal import Journal
from levier.model.levers import IntendedEffect, LeverPull
from levier.model.observations import Observation
from levier.model.organisations import DatedName
from levier.model.periods import Day, Period
from levier.model.portfolio import NOUNS, Portfolio
from levier.model.programmes import ConfidenceRating
from levier.model.terms import Lang, Term
from levier.model.territories import NATION

__all__ = ["Name", "is_parts", "key_of", "keyed", "name_of", "parts_of", "target_name"]

_KEYS: Mapping[type[Any], tuple[str, ...]] = MappingProxyType(
    {
        BudgetAction: ("code",),
        ChallengeStage: ("phase",),
        ConfidenceRating: ("on", "by_id", "territory_id"),
        DatedName: ("name",),
        Definition: ("version",),
        IndicatorWeight: ("indicator_id", "level"),
        IntendedEffect: ("indicator_id",),
        LeverPull: ("lever_id", "territory_ids"),
        ScheduledPayment: ("year",),
        ScopeChange: ("year",),
    }
)
_LANGS: tuple[Lang, Lang] = ("fr", "en")
_SAID_OF_IT = frozenset(
    {"amount", "amounts", "because", "caveat", "lapsed", "missing_because", "payments", "reliability", "share", "stock"}
)
"""Fields that say something of what the others identify."""
_CALLED = ("label", "name", "title", "question", "text")


@final
@frozen
class Name:
    """
    Where a thing or a part stands, how it is called in both languages, and what it is: the values from the thing down.

    *about* holds the thing and each part on the way, as it was and as it is where both are.

    >>> from levier import Milestone, Project
    >>> pilot = Milestone(id="pilot", label="Pilot open", planned="2019-09")
    >>> name = name_of(Project(id="p", label="FranceConnect", milestones=[pilot]))
    >>> name.part("milestones", pilot).path, name.part("milestones", pilot).en
    ('projects/p/milestones/pilot', "Project 'FranceConnect', milestone 'Pilot open'")
    """

    path: str
    fr: str
    en: str
    about: tuple[Any, ...]

    def part(self, field: str, *versions: Any) -> Name:
        """Return the name of a part that stands in a field of this thing, by the last of its versions."""
        last = versions[-1]
        said = " ".join(filter(None, map(_text, key_of(last)))) or type(last).__name__
        return Name(
            f"{self.path}/{field}/{said}",
            f"{self.fr}, {_quoted(thing_label(field, 'fr'), _called(last, 'fr') or said, 'fr')}",
            f"{self.en}, {_quoted(thing_label(field, 'en'), _called(last, 'en') or said, 'en')}",
            (*self.about, *versions),
        )


def name_of(item: Any, *portfolios: Portfolio, versions: Iterable[Any] = ()) -> Name:
    """
    Return the name of a thing, or of an observation by the indicator that one of some portfolios holds.

    >>> from levier import Lever
    >>> name_of(Lever(id="digital", label="Numérique", label_en="Digital")).en
    "Lever 'Digital'"
    """
    about = tuple(versions) or (item,)
    if isinstance(item, Observation):
        return Name(path_of(item), *_row_names(item, portfolios), about)
    noun = NOUNS[type(item)]
    fr, en = (_capital(_quoted(thing_label(noun, lang), _called(item, lang), lang)) for lang in _LANGS)
    return Name(path_of(item), fr, en, about)


def target_name(row: Observation, *portfolios: Portfolio, versions: Iterable[Any]) -> Name:
    """Return the name of an indicator's target for a period, whichever document states it."""
    return Name(f"indicators/{row.indicator_id}", *_row_names(row, portfolios), tuple(versions))


def key_of(part: Any) -> tuple[Hashable, ...]:
    """
    Return what tells a part from the others that stand beside it: its identifier or key, or else all but its amounts.

    >>> from levier import YearClosing
    >>> key_of(YearClosing(year=2020, lapsed="394960", source_id="rap"))
    (2020, 'rap')
    """
    if type(part) in _KEYS:
        return tuple(getattr(part, name) for name in _KEYS[type(part)])
    if hasattr(part, "id"):
        return (part.id,)
    if hasattr(part, "key"):
        return tuple(part.key)
    names = (attribute.name for attribute in fields(type(part)))
    return tuple(getattr(part, name) for name in names if name not in _SAID_OF_IT)


def keyed(parts: Iterable[Any]) -> dict[Hashable, Any]:
    """Return parts by their key; of those that share one, the first stands against the first, and so on."""
    seen: Counter[Hashable] = Counter()
    found: dict[Hashable, Any] = {}
    for part in parts:
        key = key_of(part)
        found[key, seen[key]] = part
        seen[key] += 1
    return found


def is_parts(held: Any) -> bool:
    """
    Say whether a field holds parts, each with a name of its own.

    >>> is_parts(("a", "b")), is_parts(Journal())
    (False, True)
    """
    return isinstance(held, Journal) or (isinstance(held, tuple) and bool(held) and has(type(held[0])))


def _called(value: Any, lang: Lang) -> str:
    """Return the text that names a value; where it has none, its key in words."""
    names = ("label_en", *_CALLED) if lang == "en" else _CALLED
    own = [text for text in (getattr(value, name, "") for name in names) if type(text) is str and text]
    return own[0] if own else ", ".join(filter(None, (_spoken(part, lang) for part in key_of(value))))


def _row_names(row: Observation, portfolios: tuple[Portfolio, ...]) -> tuple[str, str]:
    fr, en = (_capital(_row_called(row, lang, portfolios)) for lang in _LANGS)
    return fr, en


def _row_called(row: Observation, lang: Lang, portfolios: tuple[Portfolio, ...]) -> str:
    indicator = _held("indicators", row.indicator_id, portfolios)
    place = [] if row.territory_id == NATION else [_called(_held("territories", row.territory_id, portfolios), lang)]
    where = ", ".join((row.kind.label(lang), *place, period(row.period, lang)))
    return f"{_quoted(thing_label('indicators', lang), _called(indicator, lang), lang)}, {where}"


def _held(noun: str, identifier: str, portfolios: tuple[Portfolio, ...]) -> Any:
    return next(getattr(held, noun)[identifier] for held in portfolios if identifier in getattr(held, noun))


def _quoted(noun: str, called: str, lang: Lang) -> str:
    return f"{noun} «\u00a0{called}\u00a0»" if lang == "fr" else f"{noun} '{called}'"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _spoken(value: Any, lang: Lang) -> str:
    match value:
        case Day():
            return day(value, lang)
        case Period():
            return period(value, lang)
        case Term():
            return value.label(lang)
        case _:
            return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(map(_text, value))
    return "" if value is None or isinstance(value, bool) else str(value)


def parts_of(value: Any) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the fields of a value that hold parts, and the parts."""
    for attribute in fields(type(value)):
        held = getattr(value, attribute.name)
        if is_parts(held):
            yield attribute.name, tuple(held)
