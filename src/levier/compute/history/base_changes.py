"""The roots of what names a thing or a part of one, and of its changes: two sides, of a field, of a value."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TypeAlias

from attrs import field, frozen

from levier.compute._types import by_type
from levier.model._fields import not_blank, trimmed
from levier.wording.explained import Explained
from levier.wording.messages import Detailed, about, items, message
from levier.wording.said import Said, Value
from levier.wording.values import Name
from levier.wording.vocabulary import field_name

__all__ = ["Change", "FieldChange", "LabelledChange", "Sides", "ValueChange", "from_to"]

Sides: TypeAlias = tuple[Value | None, Value | None]
"""What there is on the one side and on the other; `None` where there is nothing."""


@frozen(kw_only=True)
class LabelledChange(Explained):
    """
    The root of what names a *subject*, a path such as `projects/franceconnect`, by its *label*.

    >>> LabelledChange(subject="levers/nudge", label="Levier", label_en="Lever 'Nudge'").sentence("en")
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
class Change(LabelledChange, ABC):
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
        sides = (before, self.before_source), (after, self.after_source)
        old, new = (Detailed(value, (source or message("no source"),)) for value, source in sides)
        return old, new

    @property
    def message(self) -> Said:
        """The value as it was and as it is: revised, where another document states it."""
        before, after = self.sides
        if self.before_source == self.after_source or before is None or after is None:
            return about(from_to((before, after)), self.about)
        return message("{subject}: revised from {before} to {after}", subject=self.about, before=before, after=after)


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
