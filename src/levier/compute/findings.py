"""Findings: what the data says that someone should look at; never an error, never blocking."""

from __future__ import annotations

from typing import final

from attrs import field, frozen

from levier.model._fields import instance_of, not_blank, trimmed
from levier.model.terms import Lang, Term

__all__ = ["Finding", "Severity"]


class Severity(Term):
    """How much a finding matters."""

    NOTE = "note", "à noter", "note"
    WARNING = "warning", "à vérifier", "warning"
    BREACH = "breach", "dépassement", "breach"
    NOT_ASSESSABLE = "not-assessable", "non appréciable", "not assessable"


@final
@frozen(kw_only=True)
class Finding:
    """
    One thing found in the data: by which rule, about what, and what would mend it, in French and English.

    *rule* is the rule's identifier, *subject* the path of what it is about, such as `indicators/waiting-time`.

    >>> finding = Finding(
    ...     rule="indicator-without-target",
    ...     severity="note",
    ...     subject="indicators/waiting-time",
    ...     fr="Pas de cible.",
    ...     en="No target.",
    ... )
    >>> finding.sentence("fr")
    'Pas de cible.'
    """

    rule: str = field(validator=not_blank)
    severity: Severity = field(converter=Severity, validator=instance_of(Severity))
    subject: str = field(validator=not_blank)
    fr: str = field(validator=not_blank)
    en: str = field(validator=not_blank)
    mend_fr: str = field(default="", validator=trimmed)
    mend_en: str = field(default="", validator=trimmed)

    def sentence(self, lang: Lang) -> str:
        """Say what was found, in *lang*."""
        return self.fr if lang == "fr" else self.en

    def mend(self, lang: Lang) -> str:
        """Say what would mend it, in *lang*."""
        return self.mend_fr if lang == "fr" else self.mend_en
