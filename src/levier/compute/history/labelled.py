"""
The roots of what names a thing or a part of one: where it stands, and what documents call it, in both languages.

Whatever explains itself has `explain(lang)`; what does so in one sentence has `sentence(lang)` as well, and both agree.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, TypeAlias

from attrs import Attribute, field, frozen

from levier.compute._types import by_type
from levier.compute.history.words import field_name
from levier.model._fields import not_blank, refuse, trimmed
from levier.wording.explained import Explained
from levier.wording.messages import Listing, about, items, message
from levier.wording.said import Said, Value
from levier.wording.values import Name

__all__ = ["Change", "FieldChange", "Labelled", "Sides", "ValueChange", "from_to", "lines", "tag"]

Sides: TypeAlias = tuple[Value | None, Value | None]
"""What there is on the one side and on the other; `None` where there is nothing."""


def tag(instance: object, attribute: Attribute[Any], found: object) -> None:
    """
    Accept the kind of a class, which is its default.

    Raises:
        InvalidValueError: For another kind.
    """
    if found != attribute.default:
        refuse(instance, attribute, found, f"{attribute.default!r}, the kind of this class")


@frozen(kw_only=True)
class Labelled(Explained):
    """
    The root of what names a *subject*, a path such as `projects/franceconnect`, by its *label*.

    >>> Labelled(subject="levers/nudge", label="Levier", label_en="Lever 'Nudge'").sentence("en")
    "Lever 'Nudge'"
    """

    subject: str = field(validator=not_blank)
    label: str = field(validator=not_blank)
    label_en: str = field(validator=not_blank)

    @property
    def called(self) -> Name:
        """The label."""
        return Name(self.subject, self.label, self.label_en)

    @property
    def about(self) -> Said:
        """What is spoken of: the label, and the field where it is one."""
        return self.called

    @property
    def message(self) -> Said:
        """The label."""
        return self.called


@frozen(kw_only=True, field_transformer=by_type)
class Change(Labelled, ABC):
    """The root of the changes: each has two sides, as it was and as it is."""

    @property
    @abstractmethod
    def sides(self) -> Sides:
        """How it was and how it is."""

    @property
    def message(self) -> Said:
        """How it was and how it is."""
        return about(from_to(self.sides), self.about)


@frozen(kw_only=True)
class FieldChange(Change):
    """The root of the changes of one field: *field* is its path."""

    field: str = field(validator=not_blank)

    @property
    def about(self) -> Said:
        """The label and what the field is called."""
        return items(self.called, field_name(self.field))

    @property
    def briefly(self) -> Said:
        """The field as it was and as it is, without what has it."""
        return about(from_to(self.sides), field_name(self.field))


@frozen(kw_only=True)
class ValueChange(FieldChange):
    """
    The root of the changes of one value: where another document states it now, both documents are named.

    *before_source* and *after_source* are empty where the document is the same; one of them where there is none.
    """

    before_source: str = field(default="", validator=trimmed)
    after_source: str = field(default="", validator=trimmed)

    @property
    @abstractmethod
    def values(self) -> tuple[Value, Value]:
        """The value as it was and as it is."""

    @property
    def sides(self) -> Sides:
        """The value as it was and as it is, with the document that states it."""
        before, after = self.values
        if self.before_source == self.after_source:
            return before, after
        return _stated(before, self.before_source), _stated(after, self.after_source)

    @property
    def message(self) -> Said:
        """The value as it was and as it is: revised, where another document states it."""
        before, after = self.sides
        if self.before_source == self.after_source or before is None or after is None:
            return about(from_to((before, after)), self.about)
        return message("{subject}: revised from {before} to {after}", subject=self.about, before=before, after=after)


def lines(parts: Iterable[Said]) -> Listing:
    """
    Put sentences below each other.

    >>> print(lines([message("not known"), message("no value")]))
    not known
    no value
    """
    return Listing(tuple(parts), _LINES)


def from_to(sides: Sides) -> Said:
    """
    Return what there was and what there is; of one of them only, that one.

    >>> print(from_to(("3", "4")), from_to((None, "4")))
    3 → 4 4
    """
    before, after = sides
    if before is None or after is None:
        return items(before, after)
    return message("{before} → {after}", before=before, after=after)


def _stated(value: Value, source: str) -> Said:
    return message("{value} ({source})", value=value, source=source or message("no source"))


_LINES = message("{before}\n{after}", before="", after="")
