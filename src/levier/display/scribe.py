"""Conversion of model values into cells: formatted in one language, and exact."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from attrs import evolve, field, frozen

from levier.compute.budget.amounts import Amount
from levier.compute.budget.rates import ExecutionRate
from levier.compute.exact import rounded, written
from levier.display.pages import Cell
from levier.display.phrases import NO_CAVEAT, NONE, NOT_PUBLISHED, UNDATED, UNKNOWN
from levier.errors.final import final
from levier.model.lifecycle import Phase, PhaseStep
from levier.model.money import Euros
from levier.model.organisations import Organisation
from levier.model.periods import Day, Period
from levier.model.quantities import COUNT, PERCENT, Quantity, Unit
from levier.model.sources import Reliability, Source, Sourced, Stated
from levier.model.terms import Lang, Term, language
from levier.wording.messages import clauses, message
from levier.wording.said import Value, said
from levier.wording.values import LABEL_LANG, HasLabels, Name, Number, foreign

__all__ = ["Scribe"]

_GROUPED = re.compile(r"(?<=\d) (?=\d{3}\b)")
"""The non-breaking space between thousands."""


@final
@frozen
class Scribe:
    """
    Builds the cells of one language.

    >>> Scribe("en").euros(Euros(1000)).text, Scribe("en").euros(None).text
    ('€1,000', 'not published')
    """

    lang: Lang = field(converter=language)

    def say(self, content: Value) -> str:
        """Return a text or value as written in this language."""
        return said(content, self.lang)

    def missing(self, because: Value) -> Cell:
        """Return the cell of a missing value, with its reason."""
        return Cell(text=self.say(because))

    def text(self, content: Value, otherwise: Value = NONE) -> Cell:
        """Return a text as it is, or *otherwise* where it is empty."""
        text = self.say(content)
        return Cell(text=text, value=text) if text else self.missing(otherwise)

    def link(self, url: str, otherwise: Value = NONE) -> Cell:
        """Return an address, as a link if it is a web address."""
        is_web = url.startswith(("https://", "http://"))
        return evolve(self.text(url, otherwise), href=url if is_web else "")

    def count(self, number: int) -> Cell:
        """Return a count; zero is a known value, not a missing one."""
        return Cell(text=self.say(number), value=str(number))

    def year(self, year: int) -> Cell:
        """Return a year."""
        return Cell(text=str(year), value=str(year))

    def name(self, thing: HasLabels | Source, depth: int = 0) -> Cell:
        """Return the name of a thing in this language, if it has one in it, indented by *depth*."""
        name = Name.of(thing)
        text = self.say(name)
        return Cell(text="› " * depth + text, value=text, lang=foreign(name.lang(self.lang), self.lang))

    def body(self, body: Organisation | None, on: Day) -> Cell:
        """Return the name of an organisation on a day: its acronym if it has one and still has its current name."""
        if body is None:
            return self.missing(UNKNOWN)
        name = body.name_on(on)
        shown = body.acronym if body.acronym and name == body.label else name
        return Cell(text=shown, value=body.id, lang=foreign(LABEL_LANG, self.lang))

    def term(self, term: Term | None, otherwise: Value = UNKNOWN) -> Cell:
        """Return the label of a term."""
        return self.missing(otherwise) if term is None else Cell(text=self.say(term), value=term.value)

    def phase(self, step: PhaseStep | None) -> Cell:
        """Return the phase of a step; framing before the first step."""
        if step is not None:
            return self.term(step.phase)
        return Cell(text=self.say(message("{phase} (no dated step)", phase=Phase.FRAMING)), value=Phase.FRAMING.value)

    def euros(self, amount: Euros | None, otherwise: Value = NOT_PUBLISHED) -> Cell:
        """Return an amount."""
        return self.missing(otherwise) if amount is None else Cell(text=self.say(amount), value=amount.text)

    def day(self, day: Day | None, otherwise: Value = UNDATED) -> Cell:
        """Return a day."""
        return self.missing(otherwise) if day is None else Cell(text=self.say(day), value=day.isoformat())

    def period(self, period: Period | None, otherwise: Value = UNDATED) -> Cell:
        """Return a period."""
        return self.missing(otherwise) if period is None else Cell(text=self.say(period), value=period.text)

    def number(
        self,
        value: Decimal | None,
        unit: Unit,
        decimals: int | None,
        otherwise: Value = UNKNOWN,
        limit: Decimal | None = None,
    ) -> Cell:
        """Return a value with its unit, as sentences write it; *limit* is the value it was compared with."""
        if value is None:
            return self.missing(otherwise)
        return Cell(text=self.say(Number(value, unit, decimals, against=limit)), value=written(value))

    def rounded(self, value: Decimal, unit: Unit, decimals: int) -> Cell:
        """Return a computed value, rounded in both the text and the exact value."""
        return Cell(text=self.say(Number(value, unit, decimals)), value=written(rounded(value, decimals)))

    def amount(self, amount: Amount) -> Cell:
        """Return a budget amount with its last day counted, and with a star where no document states it as such."""
        if amount.value is None:
            return self.missing(amount.reason or UNKNOWN)
        star = " *" if amount.is_inferred else ""
        text = self._until(self.say(amount.value) + star, amount.until)
        return Cell(text=text, value=amount.value.text)

    def rate(self, rate: ExecutionRate) -> Cell:
        """Return a rate in percent with its last day counted, or the reason why there is none."""
        if rate.value is None:
            return self.missing(rate.reason or UNKNOWN)
        cell = self.rounded(rate.value, PERCENT, 1)
        return evolve(cell, text=self._until(cell.text, rate.until))

    def _until(self, text: str, day: Day | None) -> str:
        """Add to a figure the last day of the year that it counts."""
        return text if day is None else self.say(message("{what} (as of {day})", what=text, day=day))

    def quantity(self, quantity: Quantity | None, otherwise: Value = UNKNOWN) -> Cell:
        """Return a number as published: in the source's own words where these are more precise than its bounds."""
        if quantity is None:
            return self.missing(otherwise)
        if quantity.stated:
            words = _GROUPED.sub("\u00a0", quantity.stated)
            return evolve(self.bounded(quantity), text=words, lang=foreign(LABEL_LANG, self.lang))
        return self.bounded(quantity)

    def bounded(self, quantity: Quantity) -> Cell:
        """Return a number with its precision, in this language, whatever the words of its source."""
        return Cell(text=self.say(quantity), value=str(quantity).removesuffix(f" {COUNT}"))

    def reserved(self, texts: Iterable[Value], reliability: Reliability) -> Cell:
        """Return the reservations about a fact: its caveats, and the kind of its source unless that is official."""
        is_official = reliability not in (Reliability.SECONDARY, Reliability.COMPUTED)
        limits = (text.removesuffix(".") if isinstance(text, str) else text for text in texts)
        return self.text(clauses(*limits, None if is_official else reliability), NO_CAVEAT)

    def sourced(self, fact: Sourced[Any] | Stated[Any] | None, otherwise: Value = UNDATED) -> Cell:
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
