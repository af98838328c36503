"""The verdict of a legal rule on an amount: the ceiling, the excess, and a sentence that cites the article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from attrs import field, frozen

from levier.compute._types import by_type
from levier.compute.budget.amounts import Amount
from levier.compute.findings import Finding, Severity
from levier.errors.final import final
from levier.model._fields import as_decimal, is_share
from levier.model.money import ZERO, Euros
from levier.model.periods import Day, Period
from levier.wording.explained import Explained
from levier.wording.messages import clauses, message, sentences
from levier.wording.said import Said

__all__ = ["LegalRule", "LegalVerdict", "not_assessable"]

_SINCE_2005 = Period("2005-01-01/..")


@final
@frozen(kw_only=True, field_transformer=by_type)
class LegalRule(Explained):
    """
    A legal rule as data, in one version: its article, its wording, its share of the base, and its validity.

    *share* is the part of the base that may not be exceeded (0.03 for 3 %); *exact* means that the amount may not be
    lower either. *can_be_lifted* tells whether the article lets a finance act raise the ceiling; *mend* is the advice
    after a breach. *is_read_in_full* is false where the version is known only from quotations in documents.

    Attributes:
        id: The identifier of the rule, shared by its versions.
        article: The article of the law, such as article 15 of the LOLF.
        text: The rule in our own words, in French and in English.
        valid: The days from which and until which this version is in force.

    Raises:
        InvalidValueError: For a share outside [0, 1], or one that is not an exact number.

    >>> LegalRule(id="x", article="15", text=message("Three."), share=Decimal("0.03")).holds_in(2021)
    True
    """

    id: str
    article: str
    text: Said
    share: Decimal = field(converter=as_decimal, validator=is_share)
    exact: bool = False
    valid: Period = _SINCE_2005
    can_be_lifted: bool = False
    is_read_in_full: bool = True
    mend: Said | None = None

    def holds_in(self, year: int) -> bool:
        """Return whether the rule is in force at the end of a year."""
        return self.valid.covers(Day(year, 12, 31))

    @property
    def message(self) -> Said:
        """The rule with its article."""
        return message("LOLF, article {article}: {rule}", article=self.article, rule=self.text)

    @property
    def version(self) -> Said:
        """The validity of this version, and whether it could be read in full."""
        start, end = self.valid.first_day, self.valid.last_day
        if start is None:
            when = message("In force until {end}.", end=self.valid.known_by)
        elif end is None:
            when = message("In force since {start}.", start=start)
        else:
            when = message("In force from {start} to {end}.", start=start, end=end)
        unread = message("The text of this version could not be read in full: what else it asks is not checked.")
        return sentences(when, None if self.is_read_in_full else unread)


@final
@frozen(kw_only=True, field_transformer=by_type)
class LegalVerdict(Explained):
    """
    The verdict of a rule on one amount, in euros.

    *holds* is `None` where the amount or the base is missing.

    Attributes:
        rule: The rule, in the version in force.
        subject: The path of the programme or the plan that is judged.
        amount: The amount that is judged, in euros.
        base: The base of the ceiling, in euros.

    >>> rule = LegalRule(id="cp-carry-over", article="15", text=message("Three."), share=Decimal("0.03"))
    >>> base = Amount.of(195_612_575, fr="votés", en="voted")
    >>> carried = Amount.of(4_053_028, fr="reportés", en="carried over")
    >>> verdict = LegalVerdict(rule=rule, subject="budget-programmes/349/2020", amount=carried, base=base)
    >>> verdict.ceiling, verdict.excess, verdict.holds
    (Euros('5868377.25'), Euros('0.00'), True)
    """

    rule: LegalRule
    subject: str
    amount: Amount
    base: Amount

    @property
    def ceiling(self) -> Euros | None:
        """The highest amount allowed, to the cent; `None` without a base."""
        return None if self.base.value is None else self.base.value * self.rule.share

    @property
    def excess(self) -> Euros | None:
        """The amount above the ceiling, or the difference from it if the rule is exact; zero where the rule is kept."""
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
        mend = self.rule.mend if self.holds is False else None
        return Finding(
            rule=self.rule.id,
            severity=severity,
            subject=self.subject,
            message=self.message,
            remedy=mend,
        )

    @property
    def message(self) -> Said:
        """The rule with its article, then the amount, the base, the ceiling, the excess and the version."""
        amount = message("Amount: {amount}.", amount=self.amount.message)
        base = message("Base: {base}.", base=self.base.message)
        if self.ceiling is None or self.excess is None:
            return sentences(self.rule.message, amount, base, message("Not assessable."), self.rule.version)
        ceiling = message("Ceiling: {ceiling}.", ceiling=self.ceiling)
        excess = message("Excess: {excess}.", excess=self.excess)
        return sentences(self.rule.message, amount, base, ceiling, excess, self.rule.version)

    @property
    def missing(self) -> Amount:
        """The amount that the verdict lacks: the amount judged, or else the base."""
        return self.amount if self.amount.value is None else self.base


def not_assessable(verdicts: Iterable[LegalVerdict]) -> Iterator[Finding]:
    """
    Yield one finding for each programme, with the amounts that its rules lack.

    The finding names the rule where there is only one, else all of them together: `budget-ceilings`.

    >>> rule = LegalRule(id="x", article="15", text=message("Three."), share=Decimal("0.03"))
    >>> gaps = [Amount(value=None, label=message("opened ({when})", when=year)) for year in ("2020", "2021")]
    >>> given = [LegalVerdict(rule=rule, subject=f"budget/{n}", amount=gap, base=gap) for n, gap in enumerate(gaps)]
    >>> [(found.rule, found.subject, str(found).partition("assessable: ")[2]) for found in not_assessable(given)]
    [('x', 'budget/0, 1', 'opened (2020): ; opened (2021): . In force since 1 January 2005.')]
    """
    things: dict[str, list[LegalVerdict]] = defaultdict(list)
    for verdict in verdicts:
        things[verdict.subject.rpartition("/")[0]].append(verdict)
    for thing, same in things.items():
        years = tuple(dict.fromkeys(verdict.subject.rpartition("/")[2] for verdict in same))
        rules = tuple(dict.fromkeys(verdict.rule for verdict in same))
        yield Finding(
            rule=rules[0].id if len(rules) == 1 else "budget-ceilings",
            severity=Severity.NOT_ASSESSABLE,
            subject=thing if "/" in thing and len(years) > 1 else f"{thing}/{', '.join(years)}",
            message=_gaps(rules, same),
        )


def _gaps(rules: tuple[LegalRule, ...], verdicts: list[LegalVerdict]) -> Said:
    missing = {rule: dict.fromkeys(one.missing.message for one in verdicts if one.rule == rule) for rule in rules}
    gaps = {rule: clauses(*some) for rule, some in missing.items()}
    if len(rules) == 1:
        (rule,) = rules
        return sentences(rule.message, message("Not assessable: {gaps}.", gaps=gaps[rule]), rule.version)
    parts = (message("LOLF, article {article}: {gaps}.", article=rule.article, gaps=gap) for rule, gap in gaps.items())
    return sentences(message("Not assessable."), *parts)
