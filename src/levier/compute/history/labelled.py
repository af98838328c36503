"""
What is said of a thing or of a part of one: where it stands, and how it is called in both languages.

Whatever explains itself has `explain(lang)`; what does so in one sentence has `sentence(lang)` as well, and both agree.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, TypeAlias

from attrs import Attribute, field, frozen

from levier.compute._wording import by_language, colon
from levier.compute.history.words import field_label
from levier.model._fields import not_blank, refuse, trimmed
from levier.model.terms import Lang

__all__ = ["Change", "FieldChange", "Labelled", "Sides", "ValueChange", "tag"]

Sides: TypeAlias = tuple[str | None, str | None]
"""What is said of the one side and of the other; `None` where there is nothing on it."""


@frozen(kw_only=True)
class Labelled:
    """
    The root of what names a *subject*, a path such as `projects/franceconnect`, by its *label*.

    >>> Labelled(subject="levers/nudge", label="Levier", label_en="Lever 'Nudge'").said("pulled", "en")
    "Lever 'Nudge': pulled"
    """

    subject: str = field(validator=not_blank)
    label: str = field(validator=not_blank)
    label_en: str = field(validator=not_blank)

    def called(self, lang: Lang) -> str:
        """Return the label in *lang*."""
        return by_language(lang, self.label, self.label_en)

    def about(self, lang: Lang) -> str:
        """Return what is spoken of: the label, and the field where it is one."""
        return self.called(lang)

    def said(self, text: str, lang: Lang) -> str:
        """Put a text behind what is spoken of."""
        return f"{self.about(lang)}{colon(lang)}{text}"

    def sentence(self, lang: Lang) -> str:
        """Say it in one sentence."""
        return self.called(lang)

    def explain(self, lang: Lang) -> str:
        """Say it: one sentence is all there is to say."""
        return self.sentence(lang)

    def __str__(self) -> str:
        return self.sentence("en")


@frozen(kw_only=True)
class Change(Labelled, ABC):
    """The root of the changes: each has two sides, as it was and as it is."""

    @abstractmethod
    def sides(self, lang: Lang) -> Sides:
        """Return what is said of how it was and of how it is."""

    def sentence(self, lang: Lang) -> str:
        """Say it as it was and as it is."""
        return self.said(_from_to(self.sides(lang)), lang)


@frozen(kw_only=True)
class FieldChange(Change):
    """The root of the changes of one field: *field* is its path."""

    field: str = field(validator=not_blank)

    def about(self, lang: Lang) -> str:
        """Return the label and what the field is called."""
        return f"{self.called(lang)}, {field_label(self.field, lang)}"

    def briefly(self, lang: Lang) -> str:
        """Say the field as it was and as it is, without what has it."""
        return f"{field_label(self.field, lang)}{colon(lang)}{_from_to(self.sides(lang))}"


@frozen(kw_only=True)
class ValueChange(FieldChange):
    """
    The root of the changes of one value: where another document states it now, both documents are named.

    *before_source* and *after_source* are empty where the document is the same; one of them where there is none.
    """

    before_source: str = field(default="", validator=trimmed)
    after_source: str = field(default="", validator=trimmed)

    @abstractmethod
    def values(self, lang: Lang) -> tuple[str, str]:
        """Return the value as it was and as it is, in words."""

    def sides(self, lang: Lang) -> Sides:
        """Return the value as it was and as it is, with the document that states it."""
        before, after = self.values(lang)
        if self.before_source == self.after_source:
            return before, after
        none = by_language(lang, "sans source", "no source")
        return f"{before} ({self.before_source or none})", f"{after} ({self.after_source or none})"

    def sentence(self, lang: Lang) -> str:
        """Say the value as it was and as it is: revised, where another document states it."""
        if self.before_source == self.after_source:
            return super().sentence(lang)
        before, after = self.sides(lang)
        if lang == "fr":
            return f"{self.about(lang)}, révision{colon(lang)}{before} → {after}"
        return self.said(f"revised from {before} to {after}", lang)


def _from_to(sides: Sides) -> str:
    return " → ".join(side for side in sides if side is not None)


def tag(instance: object, attribute: Attribute[Any], found: object) -> None:
    """
    Accept the kind of a class, which is its default.

    Raises:
        InvalidValueError: For another kind.
    """
    if found != attribute.default:
        refuse(instance, attribute, found, f"{attribute.default!r}, the kind of this class")
