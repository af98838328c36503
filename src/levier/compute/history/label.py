"""What a thing of a portfolio, or a part of one, is known by: its path, and its name in both languages."""

from __future__ import annotations

from typing import Any, final

from attrs import evolve, field, frozen

from levier.compute._wording import by_language
from levier.compute.history.keys import key_names, path_of, segment, series_names
from levier.compute.history.values import ValueWriter, naming_fields
from levier.compute.history.words import thing_label
from levier.model.observations import Observation
from levier.model.portfolio import NOUNS, Portfolio
from levier.model.terms import Lang
from levier.model.territories import NATION

__all__ = ["LANGS", "Name", "name_of", "name_of_versions"]

LANGS: tuple[Lang, Lang] = ("fr", "en")
_OF_ROW = ("kind", "territory_id", "period")


@final
@frozen
class Name:
    """
    Where a thing or a part stands, how it is called in both languages, and what it is: the values from the thing down.

    *about* holds the thing and each part on the way, as it was and as it is where both are.
    *says* are the fields of the thing or the part that its name says.

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
    writer: ValueWriter = field(factory=ValueWriter, eq=False, repr=False)
    says: frozenset[str] = field(default=frozenset(), eq=False, repr=False)

    def part(self, held: str, *versions: Any, names: tuple[str, ...] | None = None, nth: int = 1) -> Name:
        """
        Return the name of a part that stands in a field of this thing, by the last of its versions.

        *names* are the fields that tell it apart, by default those of its key; *nth* counts parts that share them.
        """
        last = versions[-1]
        told = key_names(last) if names is None else names
        fr, en = (
            _quoted(thing_label(held, lang), self.writer.called(last, lang, self.about, told), lang) for lang in LANGS
        )
        path = f"{self.path}/{held}/{segment(last, told)}" + (f" ~#{nth}" if nth > 1 else "")
        says = frozenset(naming_fields(last) or told)
        return Name(path, f"{self.fr}, {fr}", f"{self.en}, {en}", (*self.about, *versions), self.writer, says)

    def shown_by(self, held: str, part: Name, *names: str) -> Name:
        """Return the name of a part of this thing, called by the field that it stands in and by some of its own."""
        fr, en = (
            ", ".join(filter(None, (own, thing_label(held, lang), self.writer.some(part.about[-1], names, lang))))
            for lang, own in zip(LANGS, (self.fr, self.en), strict=True)
        )
        return evolve(part, fr=fr, en=en)

    def held(self, holder: Any, name: str) -> tuple[str, str]:
        """Return what a field holds, in words, in French and in English."""
        return self._held(holder, name, "fr"), self._held(holder, name, "en")

    def _held(self, holder: Any, name: str, lang: Lang) -> str:
        return self.writer.held(holder, name, lang, self.about)


def name_of(item: Any, *portfolios: Portfolio) -> Name:
    """
    Return the name of a thing, or of an observation by the indicator that one of some portfolios holds.

    >>> from levier import Lever
    >>> name_of(Lever(id="digital", label="Numérique", label_en="Digital")).en
    "Lever 'Digital'"
    """
    return name_of_versions(ValueWriter(portfolios), item)


def name_of_versions(writer: ValueWriter, *versions: Any, of_fact: bool = False) -> Name:
    """
    Return the name of a thing or of an observation by the last of its versions.

    Where these are observations of different documents, or *of_fact* asks so, its path is that of the fact they state.
    """
    item = versions[-1]
    if isinstance(item, Observation):
        fr, en = (_capital(_row_called(item, lang, writer)) for lang in LANGS)
        of_fact = of_fact or len({version.key for version in versions}) > 1
        path = f"observations/{segment(item, series_names(item) or ())}" if of_fact else path_of(item)
        return Name(path, fr, en, versions, writer, frozenset(("indicator_id", *_OF_ROW)))
    noun = NOUNS[type(item)]
    fr, en = (_capital(_quoted(thing_label(noun, lang), writer.called(item, lang), lang)) for lang in LANGS)
    return Name(path_of(item), fr, en, versions, writer, frozenset(naming_fields(item)))


def _row_called(row: Observation, lang: Lang, writer: ValueWriter) -> str:
    indicator = _quoted(thing_label("indicators", lang), writer.held(row, "indicator_id", lang), lang)
    names = (name for name in _OF_ROW if name != "territory_id" or row.territory_id != NATION)
    return ", ".join((indicator, *(writer.held(row, name, lang) for name in names)))


def _quoted(noun: str, called: str, lang: Lang) -> str:
    return by_language(lang, f"{noun} «\u00a0{called}\u00a0»", f"{noun} '{called}'") if called else noun


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
