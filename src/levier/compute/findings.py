"""Findings: what a rule reports about the data; never an error, never blocking."""

from __future__ import annotations

from typing import Any

from attrs import Attribute, field, frozen

from levier.compute._types import by_type
from levier.errors.final import final
from levier.model._fields import instance_of, not_blank, optional, refuse
from levier.model.terms import LangLike, Term
from levier.wording.explained import Explained
from levier.wording.messages import items
from levier.wording.said import Said

__all__ = ["Finding", "Severity"]


class Severity(Term):
    """The severity of a finding."""

    NOTE = "note", "à noter", "note"
    WARNING = "warning", "à vérifier", "warning"
    BREACH = "breach", "dépassement", "breach"
    NOT_ASSESSABLE = "not-assessable", "non appréciable", "not assessable"


def _as_said(text: Said | str) -> Said | str:
    return items(text) if isinstance(text, str) and text.strip() else text


def _as_said_or_none(text: Said | str | None) -> Said | str | None:
    return None if text is None else _as_said(text)


def _is_said(instance: object, attribute: Attribute[Any], found: object) -> None:
    if not isinstance(found, Said) or found == items():
        refuse(instance, attribute, found, "a text that is not blank, or a message")


@final
@frozen(kw_only=True, field_transformer=by_type)
class Finding(Explained):
    """
    A finding: the rule, the subject, and the remedy.

    *rule* is the rule's identifier, *subject* the path of the item, such as `indicators/waiting-time`.
    *message* and *remedy* are translatable texts; a plain string is not translated.

    Attributes:
        severity: The severity: a note, a warning, a breach of law or not assessable.

    >>> finding = Finding(
    ...     rule="indicator-without-target", severity="note", subject="indicators/waiting-time", message="No target."
    ... )
    >>> finding.sentence("en"), finding.mend("en")
    ('No target.', '')
    """

    rule: str = field(validator=not_blank)
    severity: Severity = field(converter=Severity, validator=instance_of(Severity))
    subject: str = field(validator=not_blank)
    message: Said = field(converter=_as_said, validator=_is_said)
    remedy: Said | None = field(default=None, converter=_as_said_or_none, validator=optional(_is_said))

    def mend(self, lang: LangLike) -> str:
        """Return the remedy in *lang*; empty where there is none."""
        return "" if self.remedy is None else self.remedy.say(lang)
