"""What a legal rule says of an amount: the ceiling, the excess, and the sentence that quotes the article."""

from __future__ import annotations

from decimal import Decimal
from typing import final

from attrs import frozen

from levier.compute._wording import colon, day, euros
from levier.compute.budget.amounts import Amount
from levier.compute.findings import Finding, Severity
from levier.model.money import ZERO, Euros
from levier.model.periods import Day, Period
from levier.model.terms import Lang

__all__ = ["LegalRule", "Verdict"]

_WORDS: dict[str, dict[Lang, str]] = {
    "law": {"fr": "LOLF, article", "en": "LOLF, article"},
    "base": {"fr": "Base", "en": "Base"},
    "amount": {"fr": "Montant", "en": "Amount"},
    "ceiling": {"fr": "Plafond", "en": "Ceiling"},
    "excess": {"fr": "Dépassement", "en": "Excess"},
    "unknown": {"fr": "Non appréciable", "en": "Not assessable"},
    "since": {"fr": "Règle en vigueur depuis le", "en": "In force since"},
    "until": {"fr": "jusqu’au", "en": "until"},
}

_SINCE_2005 = Period("2005-01-01/..")


@final
@frozen(kw_only=True)
class LegalRule:
    """
    A rule of the law as data: its article, our words for it, its share of the base, and when it holds.

    *share* is the part of the base that may not be passed (0.03 for 3 %); *exact* means that the amount may not be
    less either. *mend_fr* and *mend_en* say what can lift or mend a breach.

    >>> LegalRule(id="x", article="15", fr="Trois.", en="Three.", share=Decimal("0.03")).holds_in(2021)
    True
    """

    id: str
    article: str
    fr: str
    en: str
    share: Decimal
    exact: bool = False
    valid: Period = _SINCE_2005
    mend_fr: str = ""
    mend_en: str = ""

    def holds_in(self, year: int) -> bool:
        """Say whether the rule is in force at the end of a year."""
        return self.valid.covers(Day(year, 12, 31))


@final
@frozen(kw_only=True)
class Verdict:
    """
    What a rule says of one amount, in euros.

    *holds* is `None` where the amount or the base is missing.

    >>> rule = LegalRule(id="cp-carry-over", article="15", fr="Trois.", en="Three.", share=Decimal("0.03"))
    >>> base = Amount.of(195_612_575, fr="votés", en="voted")
    >>> carried = Amount.of(4_053_028, fr="reportés", en="carried over")
    >>> verdict = Verdict(rule=rule, subject="budget-programmes/349/2020", amount=carried, base=base)
    >>> verdict.ceiling, verdict.excess, verdict.holds
    (Euros('5868377.25'), Euros('0.00'), True)
    """

    rule: LegalRule
    subject: str
    amount: Amount
    base: Amount

    @property
    def ceiling(self) -> Euros | None:
        """What the amount may not pass, to the cent; `None` without a base."""
        return None if self.base.value is None else self.base.value * self.rule.share

    @property
    def excess(self) -> Euros | None:
        """What passes the ceiling, or differs from it where the rule is exact; zero where nothing does."""
        if self.amount.value is None or self.ceiling is None:
            return None
        over = self.amount.value - self.ceiling
        return abs(over) if self.rule.exact else max(over, ZERO)

    @property
    def holds(self) -> bool | None:
        """Whether the rule is kept; `None` where it is not assessable."""
        return None if self.excess is None else not self.excess

    def finding(self) -> Finding:
        """Return the verdict as a finding: a breach, not assessable, or a note that the rule is kept."""
        severity = {True: Severity.NOTE, False: Severity.BREACH, None: Severity.NOT_ASSESSABLE}[self.holds]
        return Finding(
            rule=self.rule.id,
            severity=severity,
            subject=self.subject,
            fr=self.explain("fr"),
            en=self.explain("en"),
            mend_fr=self.rule.mend_fr if self.holds is False else "",
            mend_en=self.rule.mend_en if self.holds is False else "",
        )

    def explain(self, lang: Lang) -> str:
        """Quote the rule with its article, then the base, the amount, the ceiling, the excess and the dates."""
        text = self.rule.fr if lang == "fr" else self.rule.en
        law = f"{_WORDS['law'][lang]} {self.rule.article}"
        parts = [_said("amount", self.amount.explain(lang), lang), _said("base", self.base.explain(lang), lang)]
        if self.ceiling is None or self.excess is None:
            parts.append(f"{_WORDS['unknown'][lang]}.")
        else:
            parts += [
                _said("ceiling", euros(self.ceiling, lang), lang),
                _said("excess", euros(self.excess, lang), lang),
            ]
        return " ".join([f"{law}{colon(lang)}{text}", *parts, self._dates(lang)])

    def _dates(self, lang: Lang) -> str:
        start, end = self.rule.valid.first_day, self.rule.valid.last_day
        until = f" {_WORDS['until'][lang]} {day(end, lang)}" if end else ""
        return f"{_WORDS['since'][lang]} {day(start, lang)}{until}."


def _said(word: str, what: str, lang: Lang) -> str:
    return f"{_WORDS[word][lang]}{colon(lang)}{what}."
