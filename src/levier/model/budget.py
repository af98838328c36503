"""
The State budget: programmes, actions, outstanding commitments and payment schedules; `budget_lines` holds the lines.

All of these are statements: each says what one document states of a fact, and the property `about` identifies the fact.
If several documents state one fact, `levier.compute.statements` chooses one of the numbers.
Source of the rules: loi organique n° 2001-692 relative aux lois de finances (LOLF).
"""

from __future__ import annotations

from typing import Any

from attrs import Attribute, field, frozen

from levier.errors.final import final
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
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
from levier.model.identifiers import BudgetProgrammeId, IndicatorId, OrganisationId, SourceId, identifier, reference
from levier.model.money import Euros, as_euros, is_amount, is_euros
from levier.model.names import DatedName, name_on
from levier.model.periods import (
    Day,
    DayLike,
    as_day,
    is_day,
)
from levier.model.reserves import ReserveRate

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
"""Accepts the number of a budget programme: today, programmes are numbered from 100 to 999."""


def _programme_code(value: str | int) -> BudgetProgrammeId:
    is_code = type(value) is int and 0 <= value < _CODES
    return BudgetProgrammeId(str(value) if is_code else value)  # type: ignore[arg-type]  # the validator refuses others


hold_types(_programme_code)


@final
@frozen(kw_only=True)
class BudgetLink:
    """
    The line of the State budget that finances a programme, a reform or a project.

    *action* is the code of a budget action; empty for the whole budget programme.

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
    An action of a budget programme; *since* is its first year in the programme, `None` if from the start.

    *label* is its present name, *names* the dated ones.

    Attributes:
        code: The code of the action, such as "01"; unique in the programme.
        parent_code: The code of the action that it is a sub-action of; empty for an action.
        source_id: The document that states it, by its identifier.

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
        """Return the name of the action on *day*; its label if no dated name covers it."""
        return name_on(self.names, day, otherwise=self.label)


@final
@frozen(kw_only=True)
class ScopeChange:
    """
    A change of the scope of a budget programme: totals before and after are not compared.

    Attributes:
        year: The first year with the new scope.
        label: A description of the change, in French.
        label_en: The English name; empty if there is none.
        source_id: The document that states it, by its identifier.

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
    A statement of the commitments not covered by payments at the end of a day (*restes à payer*), in euros.

    *is_forecast* is true for a forecast of a budget bill, false for a count.

    Attributes:
        on: The day at the end of which the commitments are outstanding.
        amount: The amount, in euros.
        source_id: The document that states it, by its identifier.
        caveat: A warning to show with the value; empty if there is none.

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
        """The identity of the fact: the day, and whether it is a forecast."""
        return self.on, self.is_forecast


@final
@frozen
class ScheduledPayment:
    """
    The payments expected in one year, in euros.

    Attributes:
        year: The calendar year of the payments.
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
    The schedule by which outstanding commitments will be paid, year by year, in euros.

    The part that the document does not break down by year is `remainder`, which is never spread over years.
    The stock is that of the end of the year before the first payment.

    Attributes:
        payments: The expected payments, one for each year.
        stock: The total outstanding commitments, in euros.
        source_id: The document that states it, by its identifier.

    Raises:
        InvalidValueError: If the payments exceed the stock.

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
        """The identity of the fact: the year at whose end the stock is counted; `None` if no payment is scheduled."""
        return min(payment.year for payment in self.payments) - 1 if self.payments else None

    @property
    def remainder(self) -> Euros:
        """The amount due after the last scheduled year, in euros."""
        return self.stock - Euros.total(payment.amount for payment in self.payments)


@final
@frozen(kw_only=True)
class BudgetProgramme:
    """
    A programme of the State budget, such as 349; not a programme of transformation, which is a `Programme`.

    *label* and *mission* are the present names, *names* and *missions* the dated ones.
    *owner_id* is the ministry responsible for it. *since* is its first year, before which nothing was committed, `None`
    if unknown. *lines*, *executions* and *movements* are statements of documents, kept as published;
    `levier.compute.budget_year` computes the rest from them.

    Attributes:
        id: The identifier, unique in the portfolio.
        actions: Its actions and sub-actions, by code.
        outstanding: The published outstanding commitments, by day.
        schedules: Its published payment schedules.
        reserve_rates: The rates of its precautionary reserve, by year and group of titles.
        scope_changes: The years in which its scope changed.
        indicator_ids: Its indicators, by their identifiers.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If two lines share the year, stage, action, title and document, or two reserve rates the
            year, title and document.

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
    reserve_rates: tuple[ReserveRate, ...] = field(
        default=(),
        converter=TupleOf[ReserveRate],
        validator=all_of(each(instance_of(ReserveRate)), distinct(lambda x: x.key, "reserve rate")),
    )
    scope_changes: tuple[ScopeChange, ...] = field(
        default=(), converter=TupleOf[ScopeChange], validator=each(instance_of(ScopeChange))
    )
    indicator_ids: tuple[IndicatorId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)

    @property
    def years(self) -> tuple[int, ...]:
        """The years that any line is for, in order."""
        return tuple(sorted({line.year for line in self.lines} | {line.year for line in self.executions}))

    def name_on(self, day: DayLike) -> str:
        """Return the name of the programme on *day*; its label if no dated name covers it."""
        return name_on(self.names, day, otherwise=self.label)

    def mission_on(self, day: DayLike) -> str:
        """Return the name of the programme's mission on *day*; its present name if no dated name covers it."""
        return name_on(self.missions, day, otherwise=self.mission)
