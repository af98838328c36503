"""What is said of a thing or of a part of one: where it stands, and how it is called in both languages."""

from __future__ import annotations

from typing import Any

from attrs import Attribute, field, frozen

from levier.compute._wording import colon
from levier.model._fields import not_blank, refuse
from levier.model.terms import Lang

__all__ = ["Labelled", "tag"]


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
        return self.label if lang == "fr" else self.label_en

    def said(self, text: str, lang: Lang) -> str:
        """Put a text behind the label."""
        return f"{self.called(lang)}{colon(lang)}{text}"


def tag(instance: object, attribute: Attribute[Any], found: object) -> None:
    """
    Accept the kind of a class, which is its default.

    Raises:
        InvalidValueError: For another kind.
    """
    if found != attribute.default:
        refuse(instance, attribute, found, f"{attribute.default!r}, the kind of this class")
