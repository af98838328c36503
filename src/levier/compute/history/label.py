"""What a thing of a portfolio, or a part of one, is known by: its path, and its name in both languages."""

from __future__ import annotations

from typing import Any, final

from attrs import evolve, field, frozen

from levier.compute.history.keys import key_names, path_of, segment, series_names
from levier.compute.history.values import ValueWriter, naming_fields
from levier.compute.history.words import thing_name
from levier.model.observations import Observation
from levier.model.portfolio import NOUNS, Portfolio
from levier.model.territories import NATION
from levier.wording.messages import Listing, items, message
from levier.wording.said import Said, Value, said
from levier.wording.values import Name

__all__ = ["Label", "label_of", "label_of_versions", "written"]

_OF_ROW = ("kind", "territory_id", "period")


@final
@frozen
class Label:
    """
    Where a thing or a part stands, how it is called, and what it is: the values from the thing down.

    *about* holds the thing and each part on the way, as it was and as it is where both are.
    *says* are the fields of the thing or the part that its name says.

    >>> from levier import Milestone, Project
    >>> pilot = Milestone(id="pilot", label="Pilot open", planned="2019-09")
    >>> label = label_of(Project(id="p", label="FranceConnect", milestones=[pilot]))
    >>> label.part("milestones", pilot).path, label.part("milestones", pilot).name.label_en
    ('projects/p/milestones/pilot', "Project 'FranceConnect', milestone 'Pilot open'")
    """

    path: str
    name: Name
    about: tuple[Any, ...]
    writer: ValueWriter = field(factory=ValueWriter, eq=False, repr=False)
    says: frozenset[str] = field(default=frozenset(), eq=False, repr=False)

    def part(self, held: str, *versions: Any, names: tuple[str, ...] | None = None, nth: int = 1) -> Label:
        """
        Return the label of a part that stands in a field of this thing, by the last of its versions.

        *names* are the fields that tell it apart, by default those of its key; *nth* counts parts that share them.
        """
        last = versions[-1]
        told = key_names(last) if names is None else names
        name = items(self.name, _quoted(thing_name(held), self.writer.called(last, self.about, told)))
        path = f"{self.path}/{held}/{segment(last, told)}" + (f" ~#{nth}" if nth > 1 else "")
        says = frozenset(naming_fields(last) or told)
        return Label(path, written(name), (*self.about, *versions), self.writer, says)

    def shown_by(self, held: str, part: Label, *names: str) -> Label:
        """Return the label of a part of this thing, called by the field that it stands in and by some of its own."""
        name = items(self.name, thing_name(held), self.writer.some(part.about[-1], names))
        return evolve(part, name=written(name))

    def held(self, holder: Any, field: str) -> Name:
        """Return what a field holds."""
        return written(self.writer.held(holder, field, self.about))


def written(value: Value) -> Name:
    """
    Return a value as documents hold it: written, in French and in English.

    >>> written(message("No change"))
    Name(id='', label='Aucun changement', label_en='No change')
    """
    return Name("", said(value, "fr"), said(value, "en"))


def label_of(item: Any, *portfolios: Portfolio) -> Label:
    """
    Return the label of a thing, or of an observation by the indicator that one of some portfolios holds.

    >>> from levier import Lever
    >>> label_of(Lever(id="digital", label="Numérique", label_en="Digital")).name.label_en
    "Lever 'Digital'"
    """
    return label_of_versions(ValueWriter(portfolios), item)


def label_of_versions(writer: ValueWriter, *versions: Any, of_fact: bool = False) -> Label:
    """
    Return the label of a thing or of an observation by the last of its versions.

    Where these are observations of different documents, or *of_fact* asks so, its path is that of the fact they state.
    """
    item = versions[-1]
    if isinstance(item, Observation):
        of_fact = of_fact or len({version.key for version in versions}) > 1
        path = f"observations/{segment(item, series_names(item) or ())}" if of_fact else path_of(item)
        says = frozenset(("indicator_id", *_OF_ROW))
        return Label(path, _capital(_row_called(item, writer)), versions, writer, says)
    name = _quoted(thing_name(NOUNS[type(item)]), writer.called(item))
    return Label(path_of(item), _capital(name), versions, writer, frozenset(naming_fields(item)))


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
