"""How the values of the model become cells: as read in one language, and exactly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, final

from attrs import evolve, frozen

from levier.compute.budget.amounts import Amount
from levier.compute.budget.rates import ExecutionRate
from levier.compute.exact import reads_alike, rounded, written
from levier.display import locale
from levier.display.pages import Cell
from levier.display.phrases import Phrase
from levier.model.lifecycle import Phase, PhaseStep
from levier.model.money import Euros
from levier.model.organisations import Organisation
from levier.model.periods import Day, Period
from levier.model.quantities import COUNT, PERCENT, Quantity, Unit
from levier.model.sources import Reliability, Sourced, Stated
from levier.model.terms import Lang, Term

__all__ = ["Scribe"]

_GROUPED = re.compile(r"(?<=\d) (?=\d{3}\b)")
"""The space between thousands, at which no line may break."""


@final
@frozen
class Scribe:
    """
    Writes cells in one language.

    >>> Scribe("en").euros(Euros(1000)).text, Scribe("en").euros(None).text
    ('€1,000', 'not published')
    """

    lang: Lang

    def say(self, phrase: Term, **values: object) -> str:
        """Return a phrase in this language, with *values* in its places."""
        return phrase.label(self.lang).format(**values)

    def missing(self, phrase: Term, **values: object) -> Cell:
        """Return the cell of what is not there, for this reason."""
        return Cell(text=self.say(phrase, **values))

    def text(self, text: str, otherwise: Term = Phrase.NONE) -> Cell:
        """Return a text as it stands."""
        return Cell(text=text, value=text) if text else self.missing(otherwise)

    def link(self, url: str, otherwise: Term = Phrase.NONE) -> Cell:
        """Return an address, as a link where it is one of the web."""
        is_web = url.startswith(("https://", "http://"))
        return evolve(self.text(url, otherwise), href=url if is_web else "")

    def listed(self, parts: Iterable[str]) -> str:
        """Return parts side by side, with the semicolon of this language."""
        return ("\u00a0; " if self.lang == "fr" else "; ").join(parts)

    def count(self, number: int) -> Cell:
        """Return a count; none of them is zero, which is known."""
        return Cell(text=locale.number(number, self.lang), value=str(number))

    def name(self, item: Any, depth: int = 0) -> Cell:
        """Return what a thing is called, in this language where it has a name in it, set in by its *depth*."""
        english = getattr(item, "label_en", "") if self.lang == "en" else ""
        text = english or item.label
        foreign = self.lang != "fr" and not english
        return Cell(text="› " * depth + text, value=text, lang="fr" if foreign else "")

    def body(self, body: Organisation | None, on: Day) -> Cell:
        """Return what a body was called on a day: its acronym where it has one and still bears its name."""
        if body is None:
            return self.missing(Phrase.UNKNOWN)
        name = body.name_on(on)
        shown = body.acronym if body.acronym and name == body.label else name
        return Cell(text=shown, value=body.id, lang="" if self.lang == "fr" else "fr")

    def term(self, term: Term | None, otherwise: Term = Phrase.UNKNOWN) -> Cell:
        """Return the label of a term."""
        return self.missing(otherwise) if term is None else Cell(text=term.label(self.lang), value=term.value)

    def phase(self, step: PhaseStep | None) -> Cell:
        """Return the phase of a step; framing before any, where a project is until it moves."""
        if step is not None:
            return self.term(step.phase)
        framing = self.term(Phase.FRAMING)
        return Cell(text=self.say(Phrase.NO_STEP, phase=framing.text), value=framing.value)

    def euros(self, amount: Euros | None, otherwise: Term = Phrase.NOT_PUBLISHED) -> Cell:
        """Return an amount."""
        if amount is None:
            return self.missing(otherwise)
        return Cell(text=locale.euros(amount, self.lang), value=amount.text)

    def day(self, day: Day | None, otherwise: Term = Phrase.UNDATED) -> Cell:
        """Return a day."""
        return self.missing(otherwise) if day is None else Cell(text=locale.day(day, self.lang), value=day.isoformat())

    def period(self, period: Period | None, otherwise: Term = Phrase.UNDATED) -> Cell:
        """Return a period."""
        if period is None:
            return self.missing(otherwise)
        return Cell(text=locale.period(period, self.lang), value=period.text)

    def number(
        self,
        value: Decimal | None,
        unit: Unit,
        decimals: int | None,
        otherwise: Term = Phrase.UNKNOWN,
        limit: Decimal | None = None,
    ) -> Cell:
        """Return a value with its unit, as sentences write it; *limit* is what it was held against."""
        if value is None:
            return self.missing(otherwise)
        text = locale.value(value, unit, self.lang, decimals)
        if limit is not None and reads_alike(value, limit, decimals):
            phrase = Phrase.MORE_THAN if value > limit else Phrase.LESS_THAN
            text = self.say(phrase, value=locale.value(limit, unit, self.lang, decimals))
        return Cell(text=text, value=written(value))

    def rounded(self, value: Decimal, unit: Unit, decimals: int) -> Cell:
        """Return a computed value, rounded where it is read as where it is compared."""
        return Cell(text=locale.value(value, unit, self.lang, decimals), value=written(rounded(value, decimals)))

    def amount(self, amount: Amount) -> Cell:
        """Return an amount of the budget, with a star where no document states it as such, and the day it is of."""
        if amount.value is None:
            return self.missing(amount.reason or Phrase.UNKNOWN)
        star = " *" if amount.is_inferred else ""
        text = self._until(locale.euros(amount.value, self.lang) + star, amount.until)
        return Cell(text=text, value=amount.value.text)

    def rate(self, rate: ExecutionRate) -> Cell:
        """Return a rate in percent, with the day it is of, or the reason why there is none."""
        if rate.value is None:
            return self.missing(rate.reason or Phrase.UNKNOWN)
        cell = self.rounded(rate.value, PERCENT, 1)
        return evolve(cell, text=self._until(cell.text, rate.until))

    def _until(self, text: str, day: Day | None) -> str:
        """Add to a figure the day within the year that it is counted to."""
        return text if day is None else self.say(Phrase.UNTIL, what=text, day=locale.day(day, self.lang))

    def quantity(self, quantity: Quantity | None, otherwise: Term = Phrase.UNKNOWN) -> Cell:
        """Return a number as published: in the source's own words where they say more than its bounds."""
        if quantity is None:
            return self.missing(otherwise)
        value = str(quantity).removesuffix(f" {COUNT}")
        if quantity.stated:
            return Cell(
                text=_GROUPED.sub("\u00a0", quantity.stated), value=value, lang="" if self.lang == "fr" else "fr"
            )
        return Cell(text=locale.quantity(quantity, self.lang), value=value)

    def bounded(self, quantity: Quantity) -> Cell:
        """Return a number with how exact it is, in this language, whatever the words of its source."""
        return evolve(self.quantity(quantity), text=locale.quantity(quantity, self.lang), lang="")

    def reserved(self, texts: Iterable[str], reliability: Reliability) -> Cell:
        """Return what limits a fact: what is said of it, and the kind of its source where it is no official text."""
        said = [text.removesuffix(".") for text in texts if text]
        if reliability in (Reliability.SECONDARY, Reliability.COMPUTED):
            said.append(reliability.label(self.lang))
        return self.text(self.listed(said), Phrase.NONE_F)

    def sourced(self, fact: Sourced[Any] | Stated[Any] | None, otherwise: Term = Phrase.UNDATED) -> Cell:
        """Return a sourced value of any kind."""
        if fact is None:
            return self.missing(otherwise)
        match fact.value:
            case Euros():
                return self.euros(fact.value)
            case Period():
                return self.period(fact.value)
            case Quantity():
                return self.quantity(fact.value)
            case int():
                return self.count(fact.value)
            case _:
                return self.text(str(fact.value))
