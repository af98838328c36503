"""What a thing of a portfolio, or a part of one, is known by: its path, and its name in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, final

from attrs import evolve, field, frozen

from levier.compute._wording import by_language
from levier.compute.history.keys import key_of
from levier.compute.history.pairing import path_of
from levier.compute.history.speaking import Speaker
from levier.compute.history.words import thing_label
from levier.model.observations import Observation
from levier.model.portfolio import NOUNS, Portfolio
from levier.model.terms import Lang
from levier.model.territories import NATION

__all__ = ["Name", "name_of", "target_name"]

_LANGS: tuple[Lang, Lang] = ("fr", "en")


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
    speaker: Speaker = field(factory=Speaker, eq=False, repr=False)

    def part(self, held: str, *versions: Any) -> Name:
        """Return the name of a part that stands in a field of this thing, by the last of its versions."""
        last = versions[-1]
        said = " ".join(filter(None, map(_text, key_of(last)))) or type(last).__name__
        fr, en = (
            _quoted(thing_label(held, lang), self.speaker.called(last, lang, self.about) or said, lang)
            for lang in _LANGS
        )
        about = (*self.about, *versions)
        return Name(f"{self.path}/{held}/{said}", f"{self.fr}, {fr}", f"{self.en}, {en}", about, self.speaker)

    def by_fields(self, held: str, part: Any, *names: str) -> Name:
        """Return the name of a part by the field that it stands in and by some of its own fields."""
        fr, en = (
            ", ".join(
                filter(None, (called, thing_label(held, lang), *(self._held(part, name, lang) for name in names)))
            )
            for lang, called in zip(_LANGS, (self.fr, self.en), strict=True)
        )
        return evolve(self.part(held, part), fr=fr, en=en)

    def held(self, holder: Any, name: str) -> tuple[str, str]:
        """Return what a field holds, in words, in French and in English."""
        return self._held(holder, name, "fr"), self._held(holder, name, "en")

    def _held(self, holder: Any, name: str, lang: Lang) -> str:
        return self.speaker.held(holder, name, lang, self.about)


def name_of(item: Any, *portfolios: Portfolio, versions: Iterable[Any] = ()) -> Name:
    """
    Return the name of a thing, or of an observation by the indicator that one of some portfolios holds.

    >>> from levier import Lever
    >>> name_of(Lever(id="digital", label="Numérique", label_en="Digital")).en
    "Lever 'Digital'"
    """
    about, speaker = tuple(versions) or (item,), Speaker(portfolios)
    if isinstance(item, Observation):
        return Name(path_of(item), *_row_names(item, speaker), about, speaker)
    noun = NOUNS[type(item)]
    fr, en = (_capital(_quoted(thing_label(noun, lang), speaker.called(item, lang), lang)) for lang in _LANGS)
    return Name(path_of(item), fr, en, about, speaker)


def target_name(row: Observation, *portfolios: Portfolio, versions: Iterable[Any]) -> Name:
    """Return the name of an indicator's target for a period, whichever document states it."""
    speaker = Speaker(portfolios)
    return Name(f"indicators/{row.indicator_id}", *_row_names(row, speaker), tuple(versions), speaker)


def _row_names(row: Observation, speaker: Speaker) -> tuple[str, str]:
    fr, en = (_capital(_row_called(row, lang, speaker)) for lang in _LANGS)
    return fr, en


def _row_called(row: Observation, lang: Lang, speaker: Speaker) -> str:
    indicator = _quoted(thing_label("indicators", lang), speaker.held(row, "indicator_id", lang), lang)
    names = ("kind", "period") if row.territory_id == NATION else ("kind", "territory_id", "period")
    return ", ".join((indicator, *(speaker.held(row, name, lang) for name in names)))


def _quoted(noun: str, called: str, lang: Lang) -> str:
    return by_language(lang, f"{noun} «\u00a0{called}\u00a0»", f"{noun} '{called}'")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(map(_text, value))
    return "" if value is None or isinstance(value, bool) else str(value)
