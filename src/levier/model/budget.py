"""
The State budget: a programme's lines by year and stage, its movements, and what remains to be paid.

All of these are statements: what one document says of a fact. The property `about` is the fact; what several documents
state of one fact is one number, which `levier.compute.statements` chooses.

Source of the rules: loi organique n° 2001-692 relative aux lois de finances (LOLF).
"""

from __future__ import annotations

from typing import Any, final

from attrs import Attribute, field, frozen

from levier.model._converters import TupleOf, as_id_or_none, as_ids
from levier.model._fields import (
    Validator,
    all_of,
    distinct,
    each,
    each_once,
    hold_types,
    instance_of,
    integer,
    not_blank,
    optional,
    refuse,
    trimmed,
)
from levier.model.identifiers import BudgetProgrammeId, IndicatorId, OrganisationId, SourceId, identifier, reference
from levier.model.money import Appropriations, Euros, Execution, as_euros, is_amount, is_euros, is_stated_pair
from levier.model.organisations import DatedName, name_on
from levier.model.periods import (
    Day,
    DayLike,
    Period,
    as_day,
    as_day_or_none,
    as_period_or_none,
    is_day,
    is_period,
)
from levier.model.sources import Reliability
from levier.model.terms import Term

__all__ = [
    "BudgetAction",
    "BudgetLine",
    "BudgetLink",
    "BudgetMovement",
    "BudgetProgramme",
    "BudgetStage",
    "ExecutionLine",
    "MovementKind",
    "OutstandingStatement",
    "PaymentSchedule",
    "ScheduledPayment",
    "ScopeChange",
    "TitleGroup",
]

_year: Validator = integer(1959, 2100)
_CODES = 10_000
"""Programmes are numbered from 100 to 999 today."""


class BudgetStage(Term):
    """The stages of one line, from the bill to what may be spent."""

    BILL = "bill", "projet de loi de finances (PLF)", "budget bill"
    VOTED = "voted", "crédits votés (LFI)", "voted"
    SUPPLEMENTARY = "supplementary", "loi de finances rectificative (LFR)", "supplementary budget act"
    OPENED = "opened", "crédits ouverts", "opened"
    FROZEN = "frozen", "crédits gelés", "frozen"


class TitleGroup(Term):
    """Staff (title 2), all other titles together, or all of them: the groups that ceilings speak of."""

    STAFF = "staff", "titre 2 (personnel)", "title 2 (staff)"
    OTHER = "other", "autres titres", "other titles"
    ALL = "all", "tous titres", "all titles"


class MovementKind(Term):
    """How appropriations move, between the bill and the vote or within the year."""

    AMENDMENT = "amendment", "amendement", "amendment"
    CARRY_OVER = "carry-over", "report", "carry-over"
    VIREMENT = "virement", "virement", "virement"
    TRANSFER = "transfer", "transfert", "transfer"
    ADVANCE_DECREE = "advance-decree", "décret d’avance", "advance decree"
    NATIONAL_INTEREST_ADVANCE = (
        "national-interest-advance",
        "décret d’avance de nécessité impérieuse d’intérêt national",
        "advance decree of imperative national interest",
    )
    CANCELLATION = "cancellation", "annulation", "cancellation"
    FREEZE = "freeze", "gel", "freeze"
    RELEASE = "release", "dégel", "release"
    ASSIGNED_CONTRIBUTION = "assigned-contribution", "fonds de concours", "assigned contribution"
    ASYMMETRIC_FUNGIBILITY = "asymmetric-fungibility", "fongibilité asymétrique", "asymmetric fungibility"


def _explained(instance: BudgetLine | ExecutionLine | BudgetMovement, attribute: Attribute[Any], value: str) -> None:
    first, second = _sides(instance.amounts)
    if (first is None or second is None) != bool(value):
        refuse(instance, attribute, value, "a reason where, and only where, one of the two amounts is missing")


def _sides(amounts: Appropriations | Execution) -> tuple[Euros | None, Euros | None]:
    if isinstance(amounts, Appropriations):
        return amounts.commitment, amounts.payment
    return amounts.committed, amounts.paid


@final
@frozen(kw_only=True)
class BudgetLine:
    """
    What one document says of one year's appropriations at one stage, in euros.

    *action* is the code of an action, empty for the whole programme; *title* the group of titles it covers.
    A supplementary line holds what all supplementary acts of the year opened or cancelled together.
    A side that was not published is missing, never zero, and *missing_because* says why.

    Attributes:
        year: The calendar year.
        stage: The stage.
        amounts: Both amounts, against AE and against CP, in euros.
        source_id: The source that states it.
        reliability: How reliable the statement is.
        caveat: What to know before using it.

    Raises:
        InvalidValueError: For a missing side without a reason, or a reason without a missing side.

    >>> line = BudgetLine(
    ...     year=2021, stage="voted", amounts=Appropriations(40_000_000, 148_743_689), source_id="rap-2021"
    ... )
    >>> line.title.label("fr")
    'tous titres'
    """

    year: int = field(validator=_year)
    stage: BudgetStage = field(converter=BudgetStage, validator=instance_of(BudgetStage))
    action: str = field(default="", validator=trimmed)
    title: TitleGroup = field(default=TitleGroup.ALL, converter=TitleGroup, validator=instance_of(TitleGroup))
    amounts: Appropriations = field(validator=all_of(instance_of(Appropriations), is_stated_pair))
    missing_because: str = field(default="", validator=all_of(trimmed, _explained))
    source_id: SourceId = field(converter=SourceId, validator=reference)
    reliability: Reliability = field(
        default=Reliability.OFFICIAL, converter=Reliability, validator=instance_of(Reliability)
    )
    caveat: str = field(default="", validator=trimmed)

    @property
    def about(self) -> tuple[int, BudgetStage, str, TitleGroup]:
        """The fact: the year, the stage, the action and the titles."""
        return self.year, self.stage, self.action, self.title

    @property
    def key(self) -> tuple[object, ...]:
        """What no two lines of a programme share: the fact, and the document."""
        return *self.about, self.source_id


@final
@frozen(kw_only=True)
class ExecutionLine:
    """
    What one document says was used in one year, in euros: committed, and paid.

    *until* is the day the count stops, `None` for a whole year; a count to 31 December is one of the whole year.

    Attributes:
        year: The calendar year.
        action: The code of the action; empty for the whole programme.
        title: The group of titles; all of them by default.
        amounts: Both amounts, against AE and against CP, in euros.
        missing_because: Why an amount is missing.
        source_id: The source that states it.
        reliability: How reliable the statement is.
        caveat: What to know before using it.

    Raises:
        InvalidValueError: For a missing side without a reason, or a reason without a missing side.

    >>> ExecutionLine(year=2021, amounts=Execution(166_988_229, 133_919_661), source_id="rap-2021").amounts.paid
    Euros('133919661.00')
    """

    year: int = field(validator=_year)
    action: str = field(default="", validator=trimmed)
    title: TitleGroup = field(default=TitleGroup.ALL, converter=TitleGroup, validator=instance_of(TitleGroup))
    amounts: Execution = field(validator=all_of(instance_of(Execution), is_stated_pair))
    missing_because: str = field(default="", validator=all_of(trimmed, _explained))
    until: Day | None = field(default=None, converter=as_day_or_none, validator=optional(is_day))
    source_id: SourceId = field(converter=SourceId, validator=reference)
    reliability: Reliability = field(
        default=Reliability.OFFICIAL, converter=Reliability, validator=instance_of(Reliability)
    )
    caveat: str = field(default="", validator=trimmed)

    @property
    def stops_on(self) -> Day | None:
        """The day within the year that the count stops; `None` for a whole year, however it was written."""
        return self.until if self.until is not None and self.until < Day(self.year, 12, 31) else None

    @property
    def about(self) -> tuple[int, str, TitleGroup, Day | None]:
        """The fact: the year, the action, the titles, and the day within the year that the count stops."""
        return self.year, self.action, self.title, self.stops_on

    @property
    def key(self) -> tuple[object, ...]:
        """What no two lines of a programme share: the fact, and the document."""
        return *self.about, self.source_id


@final
@frozen(kw_only=True)
class BudgetMovement:
    """
    One movement of appropriations, in euros: what came is positive, what left is negative.

    *on* is as precise as published; *counterpart* names where the money came from or went.

    Movements bear no number by which two documents could name one of them. One is told from another by its *about*:
    the year, the kind, the part of the programme, the day and the counterpart; within one document also by its
    amounts, for a document does not tell a movement twice.

    Attributes:
        year: The calendar year.
        kind: Of which kind it is.
        amounts: Both amounts, against AE and against CP, in euros.
        missing_because: Why an amount is missing.
        action: The code of the action; empty for the whole programme.
        title: The group of titles; all of them by default.
        source_id: The source that states it.
        reliability: How reliable the statement is.
        caveat: What to know before using it.

    Raises:
        InvalidValueError: For a missing side without a reason, or a reason without a missing side.

    >>> BudgetMovement(
    ...     year=2021,
    ...     kind="carry-over",
    ...     amounts=Appropriations(392_230_790, 4_053_028),
    ...     source_id="rap-2021",
    ... ).kind.label("fr")
    'report'
    """

    year: int = field(validator=_year)
    kind: MovementKind = field(converter=MovementKind, validator=instance_of(MovementKind))
    amounts: Appropriations = field(validator=all_of(instance_of(Appropriations), is_stated_pair))
    missing_because: str = field(default="", validator=all_of(trimmed, _explained))
    action: str = field(default="", validator=trimmed)
    title: TitleGroup = field(default=TitleGroup.ALL, converter=TitleGroup, validator=instance_of(TitleGroup))
    on: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    counterpart: str = field(default="", validator=trimmed)
    source_id: SourceId = field(converter=SourceId, validator=reference)
    reliability: Reliability = field(
        default=Reliability.OFFICIAL, converter=Reliability, validator=instance_of(Reliability)
    )
    caveat: str = field(default="", validator=trimmed)

    @property
    def about(self) -> tuple[int, MovementKind, str, TitleGroup, Period | None, str]:
        """The fact: the year, the kind, the action, the titles, the day and the counterpart."""
        return self.year, self.kind, self.action, self.title, self.on, self.counterpart


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
    since: int | None = field(default=None, validator=optional(_year))
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

    year: int = field(validator=_year)
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

    year: int = field(validator=_year)
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
    since: int | None = field(default=None, validator=optional(_year))
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
