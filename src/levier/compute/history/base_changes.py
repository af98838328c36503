"""Base classes of changes and of their labels: two sides, of a field, of a value."""

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
"""The texts before and after; `None` where there is none."""


@frozen(kw_only=True)
class LabelledChange(Explained):
    """
    Base class of results with a *label* about a *subject*, a path such as `projects/franceconnect`.

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
        """The label, and the field where there is one."""
        return self.called

    @property
    def message(self) -> Said:
        """The label."""
        return self.called


@frozen(kw_only=True, field_transformer=by_type)
class Change(LabelledChange, ABC):
    """Base class of changes: each has two sides, before and after."""

    @property
    @abstractmethod
    def sides(self) -> Sides:
        """The value before and after."""

    @property
    def message(self) -> Said:
        """The value before and after."""
        return about(from_to(self.sides), self.about)


@frozen(kw_only=True)
class FieldChange(Change):
    """Base class of changes of one field: *field* is its path."""

    field: str = field(validator=not_blank)

    @property
    def about(self) -> Said:
        """The label and the name of the field."""
        return items(self.called, field_name(self.field))

    @property
    def briefly(self) -> Said:
        """The field before and after, without the label of its owner."""
        return about(from_to(self.sides), field_name(self.field))


@frozen(kw_only=True)
class ValueChange(FieldChange):
    """
    Base class of changes of one value; both documents are named where another one states it now.

    *before_source* and *after_source* are empty where the document is unchanged; one is empty where there is none.
    """

    before_source: str = field(default="", validator=trimmed)
    after_source: str = field(default="", validator=trimmed)

    @property
    @abstractmethod
    def values(self) -> tuple[Value, Value]:
        """The value before and after."""

    @property
    def sides(self) -> Sides:
        """The value before and after, with the documents that state it."""
        before, after = self.values
        if self.before_source == self.after_source:
            return before, after
        sides = (before, self.before_source), (after, self.after_source)
        old, new = (Detailed(value, (source or message("no source"),)) for value, source in sides)
        return old, new

    @property
    def message(self) -> Said:
        """The value before and after; "revised" where another document states it."""
        before, after = self.sides
        if self.before_source == self.after_source or before is None or after is None:
            return about(from_to((before, after)), self.about)
        return message("{subject}: revised from {before} to {after}", subject=self.about, before=before, after=after)


def from_to(sides: Sides) -> Said:
    """
    Return the text "before → after"; where only one side is known, that side.

    >>> print(from_to(("3", "4")), from_to((None, "4")))
    3 → 4 4
    """
    before, after = sides
    if before is None or after is None:
        return items(before, after)
    return message("{before} → {after}", before=before, after=after)
