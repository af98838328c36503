"""
The State budget: its programmes and their actions, and what remains to be paid; their lines stand in `budget_lines`.

All of these are statements: what one document says of a fact. The property `about` is the fact; what several documents
state of one fact is one number, which `levier.compute.statements` chooses.

Source of the rules: loi organique n° 2001-692 relative aux lois de finances (LOLF).
"""

from __future__ import annotations

from typing import Any, final

from attrs import Attribute, field, frozen

from levier.model._converters import TupleOf, as_id_or_none, as_ids
from levier.model._fields import (
    all_of,
    distinct,
    each,
    each_once,
    hold_types,
    instance_of,
    not_blank,
    optional,
    refuse,
    trimmed,
)
from levier.model.budget_lines import (
    BudgetLine,
    BudgetMovement,
    ExecutionLine,
    is_year,
)
from levier.model.identifiers import BudgetProgrammeId, IndicatorId, OrganisationId, SourceId, identifier, reference
from levier.model.money import Euros, as_euros, is_amount, is_euros
from levier.model.organisations import DatedName, name_on
from levier.model.periods import (
    Day,
    DayLike,
    as_day,
    is_day,
)

__all__ = [
    "BudgetAction",
    "BudgetLink",
    "BudgetProgramme",
    "OutstandingStatement",
    "PaymentSchedule",
    "ScheduledPayment",
    "ScopeChange",
]

_CODES = 10_000
"""Programmes are numbered from 100 to 999 today."""


def _programme_code(value: str | int) -> BudgetProgrammeId:
    is_code = type(value) is int and 0 <= value < _CODES
    return BudgetProgrammeId(str(value) if is_code else value)  # type: ignore[arg-type]  # text, or refused behind


hold_types(_programme_code)


@final
@frozen(kw_only=True)
class BudgetLink:
    """
    Where in the State budget the money of a programme, a reform or a project stands.

    Without *action* it is the whole budget programme.

    Attributes:
        budget_programme_id: The budget programme, by its number.

    >>> BudgetLink(budget_programme_id="349", action="01").action
    '01'
    """

    budget_programme_id: BudgetProgrammeId = field(converter=_programme_code, validator=reference)
    action: str = field(default="", validator=trimmed)


@final
@frozen(kw_only=True)
class BudgetAction:
    """
    An action of a budget programme; *since* is the first year it belongs to it, `None` from the start.

    *label* is its present name, *names* the dated ones.

    Attributes:
        code: The code.
        parent_code: The code of the one above; empty for the first level.
        source_id: The source that states it.

    >>> action = BudgetAction(code="01", label="Transformation", names=[DatedName(name="Fonds", period="2018/2021")])
    >>> action.name_on("2019-06-14")
    'Fonds'
    """

    code: str = field(validator=not_blank)
    label: str = field(validator=not_blank)
    names: tuple[DatedName, ...] = field(
        default=(), converter=TupleOf[DatedName], validator=each(instance_of(DatedName))
    )
    parent_code: str = field(default="", validator=trimmed)
    since: int | None = field(default=None, validator=optional(is_year))
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))

    def name_on(self, day: DayLike) -> str:
        """Return the name the action bore on *day*; its label where no dated name covers it."""
        return name_on(self.names, day, otherwise=self.label)


@final
@frozen(kw_only=True)
class ScopeChange:
    """
    A year from which a programme holds other things than before: totals are not compared across it.

    Attributes:
        year: The calendar year.
        label: The name, in French.
        label_en: The name in English; empty where there is none.
        source_id: The source that states it.

    >>> ScopeChange(year=2022, label="Other actions join the programme").year
    2022
    """

    year: int = field(validator=is_year)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))


@final
@frozen(kw_only=True)
class OutstandingStatement:
    """
    What a document says of commitments not covered by payments at the end of a day, in euros.

    *is_forecast* tells an expectation of a budget bill from a count.

    Attributes:
        on: On which day, or in which period.
        amount: The amount, in euros.
        source_id: The source that states it.
        caveat: What to know before using it.

    >>> OutstandingStatement(on="2019-12-31", amount=47_880_021, source_id="plf-2021").is_forecast
    False
    """

    on: Day = field(converter=as_day, validator=is_day)
    amount: Euros = field(converter=as_euros, validator=is_euros)
    is_forecast: bool = field(default=False, validator=instance_of(bool))
    source_id: SourceId = field(converter=SourceId, validator=reference)
    caveat: str = field(default="", validator=trimmed)

    @property
    def about(self) -> tuple[Day, bool]:
        """The fact: the day, and whether it is expected or counted."""
        return self.on, self.is_forecast


@final
@frozen
class ScheduledPayment:
    """
    The payments expected in one year, in euros.

    Attributes:
        year: The calendar year.
        amount: The amount, in euros.

    >>> ScheduledPayment(2022, 144_999_832).amount
    Euros('144999832.00')
    """

    year: int = field(validator=is_year)
    amount: Euros = field(converter=as_euros, validator=is_amount)


def _within_stock(instance: PaymentSchedule, attribute: Attribute[Any], value: Euros) -> None:
    planned = Euros.total(payment.amount for payment in instance.payments)
    if planned > value:
        refuse(instance, attribute, value, f"at least the payments scheduled, {planned}")


@final
@frozen(kw_only=True)
class PaymentSchedule:
    """
    How a document expects a stock of commitments to be paid, year by year, in euros.

    What it does not break down is the *remainder*: shown, never spread.
    It is about the stock at the end of the year before its first payment.

    Attributes:
        payments: The payments, by year.
        stock: All that remained to be paid, in euros.
        source_id: The source that states it.

    Raises:
        InvalidValueError: If more is scheduled than there is to pay.

    >>> schedule = PaymentSchedule(
    ...     payments=[ScheduledPayment(2021, 60), ScheduledPayment(2022, 30)], stock=100, source_id="plf-2021"
    ... )
    >>> schedule.remainder
    Euros('10.00')
    """

    payments: tuple[ScheduledPayment, ...] = field(
        converter=TupleOf[ScheduledPayment],
        validator=all_of(each(instance_of(ScheduledPayment)), distinct(lambda p: p.year, "year")),
    )
    stock: Euros = field(converter=as_euros, validator=all_of(is_euros, _within_stock))
    source_id: SourceId = field(converter=SourceId, validator=reference)

    @property
    def about(self) -> int | None:
        """The fact: the year at whose end the stock stands; `None` where no payment is scheduled."""
        return min(payment.year for payment in self.payments) - 1 if self.payments else None

    @property
    def remainder(self) -> Euros:
        """What is due after the last year that is broken down."""
        return self.stock - Euros.total(payment.amount for payment in self.payments)


@final
@frozen(kw_only=True)
class BudgetProgramme:
    """
    A programme of the State budget, such as 349; not a programme of transformation (`Programme`).

    *label* and *mission* are the present names, *names* and *missions* the dated ones.
    *owner_id* is the ministry that answers for it; *since* is the first year of the programme, before which nothing was
    committed, `None` where unknown; *lines*, *executions* and *movements* are what documents say,
    kept as published: `levier.compute.budget_year` derives what follows.

    Attributes:
        id: The identifier, unique among its like.
        actions: Its actions and sub-actions.
        outstanding: What was published as still to be paid.
        schedules: Its published payment schedules.
        scope_changes: When it began to hold other things.
        indicator_ids: Its indicators, by their identifiers.
        source_ids: The sources that state it.

    Raises:
        InvalidValueError: For two lines of one year, stage, action, title and document.

    >>> BudgetProgramme(id=349, label="Transformation publique").id
    '349'
    """

    id: BudgetProgrammeId = field(converter=_programme_code, validator=identifier)
    label: str = field(validator=not_blank)
    mission: str = field(default="", validator=trimmed)
    names: tuple[DatedName, ...] = field(
        default=(), converter=TupleOf[DatedName], validator=each(instance_of(DatedName))
    )
    missions: tuple[DatedName, ...] = field(
        default=(), converter=TupleOf[DatedName], validator=each(instance_of(DatedName))
    )
    owner_id: OrganisationId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    since: int | None = field(default=None, validator=optional(is_year))
    actions: tuple[BudgetAction, ...] = field(
        default=(),
        converter=TupleOf[BudgetAction],
        validator=all_of(each(instance_of(BudgetAction)), distinct(lambda a: a.code, "action")),
    )
    lines: tuple[BudgetLine, ...] = field(
        default=(),
        converter=TupleOf[BudgetLine],
        validator=all_of(each(instance_of(BudgetLine)), distinct(lambda x: x.key, "line")),
    )
    executions: tuple[ExecutionLine, ...] = field(
        default=(),
        converter=TupleOf[ExecutionLine],
        validator=all_of(each(instance_of(ExecutionLine)), distinct(lambda x: x.key, "line")),
    )
    movements: tuple[BudgetMovement, ...] = field(
        default=(), converter=TupleOf[BudgetMovement], validator=each(instance_of(BudgetMovement))
    )
    outstanding: tuple[OutstandingStatement, ...] = field(
        default=(), converter=TupleOf[OutstandingStatement], validator=each(instance_of(OutstandingStatement))
    )
    schedules: tuple[PaymentSchedule, ...] = field(
        default=(), converter=TupleOf[PaymentSchedule], validator=each(instance_of(PaymentSchedule))
    )
    scope_changes: tuple[ScopeChange, ...] = field(
        default=(), converter=TupleOf[ScopeChange], validator=each(instance_of(ScopeChange))
    )
    indicator_ids: tuple[IndicatorId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))

    @property
    def years(self) -> tuple[int, ...]:
        """The years of which anything is known, in order."""
        return tuple(sorted({line.year for line in self.lines} | {line.year for line in self.executions}))

    def name_on(self, day: DayLike) -> str:
        """Return the name the programme bore on *day*; its label where no dated name covers it."""
        return name_on(self.names, day, otherwise=self.label)

    def mission_on(self, day: DayLike) -> str:
        """Return the name that the programme's mission bore on *day*; its present one where no dated name covers it."""
        return name_on(self.missions, day, otherwise=self.mission)
