"""Rates of money: each names its numerator and its denominator, and may exceed 100 %."""

from __future__ import annotations

from decimal import Decimal

from attrs import field, frozen

from levier.compute._types import by_type
from levier.compute.budget.amounts import Amount
from levier.compute.exact import EXACT
from levier.errors.final import final
from levier.model.appropriations import AppropriationKind
from levier.model.money import Euros
from levier.model.periods import Day
from levier.model.quantities import PERCENT
from levier.model.terms import Term
from levier.wording.explained import Explained
from levier.wording.messages import about, clauses, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said
from levier.wording.values import Number

__all__ = ["Denominator", "ExecutionRate", "Ratio", "quotient"]


class Denominator(Term):
    """The denominator of an execution rate."""

    VOTED = "voted", "crédits votés", "voted appropriations"
    OPENED = "opened", "crédits ouverts", "opened appropriations"
    AVAILABLE = "available", "crédits disponibles", "available appropriations"


@final
@frozen(kw_only=True, field_transformer=by_type)
class Ratio(Explained):
    """
    The ratio of two amounts: a percentage where *is_percentage*, else a plain quotient.

    *value* is `None` where an amount is missing or the denominator is zero, and *reason* says which.

    Attributes:
        numerator: The amount above the line, labelled, in euros.
        denominator: The amount below the line, labelled, in euros.

    >>> savings = Amount.of(339_000_000, fr="d’économies réalisées", en="of achieved savings")
    >>> spent = Amount.of(687_000_000, fr="payés par le fonds", en="paid by the fund")
    >>> quotient(savings, spent).explain("en")
    '0.49 = €339,000,000 of achieved savings / €687,000,000 paid by the fund'
    """

    numerator: Amount
    denominator: Amount
    is_percentage: bool = False

    @property
    def value(self) -> Decimal | None:
        """The quotient, to 60 significant digits, multiplied by 100 for a percentage."""
        top, base = self.numerator.value, self.denominator.value
        if top is None or base is None or not base:
            return None
        return _quotient(top, base, 100 if self.is_percentage else 1)

    @property
    def until(self) -> Day | None:
        """The last day counted in the numerator; `None` for a whole year."""
        return self.numerator.until

    @property
    def reason(self) -> MissingReason | None:
        """Why there is no value; `None` where there is one."""
        missing = self.numerator.reason or self.denominator.reason
        return missing or (None if self.denominator.value else MissingReason.ZERO_BASE)

    @property
    def message(self) -> Said:
        """The quotient with both amounts, or why there is none."""
        value, top, base = self.value, self.numerator, self.denominator
        if value is None:
            return about(self._gaps, message("not computable"))
        written = Number(value, PERCENT, 1) if self.is_percentage else Number(value, "", 2)
        return message(
            "{ratio} = {numerator} / {denominator}", ratio=written, numerator=top.message, denominator=base.message
        )

    @property
    def _gaps(self) -> Said:
        """The missing amounts, or the division by zero."""
        gaps = [part.message for part in (self.numerator, self.denominator) if part.value is None]
        zero, base = MissingReason.ZERO_BASE, self.denominator.message
        return clauses(*gaps) if gaps else message("{reason} ({detail})", reason=zero, detail=base)


@final
@frozen(kw_only=True, field_transformer=by_type)
class ExecutionRate(Explained):
    """
    The amount used of one kind of appropriation, over the amount voted, opened or available; a percentage.

    *value* is `None` where an amount is missing or the denominator is zero, and *reason* says which.
    *crosses_scope_change* marks a rate over years between which the programme's scope changed.

    Attributes:
        of: The kind of appropriation, commitments or payments.
        over: The denominator: voted, opened or available.
        numerator: The amount used, labelled, in euros.
        denominator: The amount granted, labelled, in euros.

    >>> rate = ExecutionRate(
    ...     of="commitment",
    ...     over="voted",
    ...     numerator=Amount.of(166_988_229, fr="engagés", en="committed"),
    ...     denominator=Amount.of(40_000_000, fr="votés (LFI 2021)", en="voted (initial budget act 2021)"),
    ... )
    >>> rate.value
    Decimal('417.4705725')
    >>> rate.explain("en")
    '417.5% = €166,988,229 committed / €40,000,000 voted (initial budget act 2021)'
    """

    of: AppropriationKind = field(converter=AppropriationKind)
    over: Denominator = field(converter=Denominator)
    numerator: Amount
    denominator: Amount
    crosses_scope_change: bool = False

    @property
    def value(self) -> Decimal | None:
        """The percentage, to 60 significant digits."""
        return self._ratio.value

    @property
    def until(self) -> Day | None:
        """The last day counted in the execution; `None` for a whole year."""
        return self._ratio.until

    @property
    def reason(self) -> MissingReason | None:
        """Why there is no value; `None` where there is one."""
        return self._ratio.reason

    @property
    def message(self) -> Said:
        """The rate with both amounts, or why there is none."""
        rate = self._ratio.message
        return message("{content} (the scope changes)", content=rate) if self.crosses_scope_change else rate

    @property
    def _ratio(self) -> Ratio:
        return Ratio(numerator=self.numerator, denominator=self.denominator, is_percentage=True)


def quotient(numerator: Amount, denominator: Amount, *, is_percentage: bool = False) -> Ratio:
    """
    Return the ratio of two labelled amounts.

    >>> none = quotient(Amount.of(1, fr="payé", en="paid"), Amount.of(0, fr="engagé", en="committed"))
    >>> none.value is None, none.explain("en")
    (True, 'not computable: zero denominator (€0 committed)')
    """
    return Ratio(numerator=numerator, denominator=denominator, is_percentage=is_percentage)


def _quotient(top: Euros, base: Euros, whole: int) -> Decimal:
    return EXACT.divide(Decimal(top.cents * whole), Decimal(base.cents))
