"""
The transformation fund: allocation, calls with their rules, applications, awards, and the journal of the money.

The life of the money: allocation, call, application, decision, contract, instalments, commitments and payments,
savings.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Self, final

from attrs import Attribute, converters, evolve, field, frozen

from levier.errors import NotContractedError, OvercommitmentError, OverpaymentError, UnknownItemError
from levier.model._fields import (
    as_decimal,
    as_tuple,
    decimal,
    distinct,
    each,
    each_once,
    instance_of,
    integer,
    not_blank,
    optional,
    refuse,
    trimmed,
)
from levier.model.figures import Figure
from levier.model.identifiers import (
    AwardId,
    BudgetProgrammeId,
    CallId,
    FundId,
    OrganisationId,
    ProjectId,
    SourceId,
    identifier,
    reference,
)
from levier.model.money import ZERO, Euros, EurosLike, as_euros, is_euros
from levier.model.organisations import OrganisationKind
from levier.model.periods import Day, DayLike, Period, as_day, as_period, is_day, is_period, parse_day
from levier.model.sources import Reliability, Sourced
from levier.model.terms import Term

__all__ = [
    "Application",
    "Award",
    "Call",
    "CallRule",
    "EntryKind",
    "Fund",
    "Instalment",
    "JournalEntry",
    "RuleKind",
    "Saving",
    "SavingKind",
    "SavingNature",
]


def _amount(instance: object, attribute: Attribute[Any], value: object) -> None:
    is_euros(instance, attribute, value)
    if isinstance(value, Euros) and value.cents < 0:
        refuse(instance, attribute, value, "an amount of at least zero")


class RuleKind(Term):
    """The closed vocabulary of what a call may ask."""

    ELIGIBLE_OWNERS = "eligible-owners", "porteurs éligibles", "who may apply"
    CEILING = "ceiling", "plafond par projet", "ceiling per project"
    FLOOR = "floor", "plancher par projet", "floor per project"
    CO_FUNDING = "co-funding", "taux de cofinancement maximal", "highest share of the cost that the fund bears"
    RETURN = "return", "retour sur investissement", "return on investment"
    DOCUMENT = "document", "pièce demandée", "document asked"


_NEEDS = {
    RuleKind.ELIGIBLE_OWNERS: "owner_kinds",
    RuleKind.CEILING: "amount",
    RuleKind.FLOOR: "amount",
    RuleKind.CO_FUNDING: "share",
    RuleKind.RETURN: "share",
    RuleKind.DOCUMENT: "document",
}


def _complete(instance: CallRule, attribute: Attribute[Any], value: RuleKind) -> None:
    if type(value) is not RuleKind:
        refuse(instance, attribute, value, "a value of class RuleKind")
    needed = _NEEDS[value]
    if not getattr(instance, needed) and getattr(instance, needed) != ZERO:
        refuse(instance, attribute, str(value), f"a rule of this kind to give its {needed}")


def _as_kinds(items: Iterable[Any]) -> tuple[Any, ...]:
    given = as_tuple(items)
    return tuple(map(OrganisationKind, given)) if type(given) is tuple else given


@final
@frozen(kw_only=True)
class CallRule:
    """
    One rule of a call, as data.

    *amount* is in euros a project; *share* is the fund's highest part of the cost (0 to 1), or, for a return, the
    euros of recurrent savings asked for a euro invested, *years* after; *owner_kinds* limits the rule to some
    owners, and for eligibility lists them.

    Raises:
        InvalidValueError: If the rule lacks what its kind needs.

    >>> CallRule(kind="ceiling", text="50 M€ a project at most", amount=50_000_000, source_id="press").amount
    Euros('50000000.00')
    """

    kind: RuleKind = field(converter=RuleKind, validator=_complete)
    text: str = field(validator=not_blank)
    amount: Euros | None = field(default=None, converter=converters.optional(as_euros), validator=optional(_amount))
    share: Decimal | None = field(default=None, converter=converters.optional(as_decimal), validator=optional(decimal))
    years: int | None = field(default=None, validator=optional(integer(0, 50)))
    owner_kinds: tuple[OrganisationKind, ...] = field(
        default=(), converter=_as_kinds, validator=each_once(instance_of(OrganisationKind))
    )
    document: str = field(default="", validator=trimmed)
    period: Period | None = field(default=None, converter=converters.optional(as_period), validator=optional(is_period))
    source_id: SourceId = field(converter=SourceId, validator=reference)


@final
@frozen(kw_only=True)
class Call:
    """
    A call for projects: when it opened and was decided, its rules, its published numbers.

    Raises:
        InvalidValueError: For a blank label or two figures of one identifier.

    >>> Call(id="ftap-2018-1", label="1er appel à projets 2018", decided_on="2018-06-20").decided_on
    Period('2018-06-20')
    """

    id: CallId = field(converter=CallId, validator=identifier)
    label: str = field(validator=not_blank)
    opened_on: Period | None = field(
        default=None, converter=converters.optional(as_period), validator=optional(is_period)
    )
    decided_on: Period | None = field(
        default=None, converter=converters.optional(as_period), validator=optional(is_period)
    )
    rules: tuple[CallRule, ...] = field(default=(), converter=as_tuple, validator=each(instance_of(CallRule)))
    figures: tuple[Figure, ...] = field(
        default=(), converter=as_tuple, validator=[each(instance_of(Figure)), distinct(lambda f: f.id, "figure")]
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_tuple, validator=each_once(reference))


@final
@frozen(kw_only=True)
class Application:
    """
    What a body asks of a call, in euros.

    >>> Application(
    ...     id="a1", label="Cloud", call_id="ftap-2018-1", owner_id="dinum", requested=10_000_000, total_cost=25_000_000
    ... ).requested
    Euros('10000000.00')
    """

    id: str = field(validator=identifier)
    label: str = field(validator=not_blank)
    call_id: CallId = field(converter=CallId, validator=reference)
    owner_id: OrganisationId = field(converter=OrganisationId, validator=reference)
    project_id: ProjectId | None = field(
        default=None, converter=converters.optional(ProjectId), validator=optional(reference)
    )
    requested: Euros = field(converter=as_euros, validator=_amount)
    total_cost: Euros = field(converter=as_euros, validator=_amount)
    submitted_on: Day | None = field(default=None, converter=converters.optional(as_day), validator=optional(is_day))
    documents: tuple[str, ...] = field(default=(), converter=as_tuple, validator=each_once(not_blank))


@final
@frozen(kw_only=True)
class Instalment:
    """
    A part of an award, in euros, with when it is due and on what condition.

    >>> Instalment(amount=5_000_000, due="2019-03", condition="contract signed").due
    Period('2019-03')
    """

    amount: Euros = field(converter=as_euros, validator=_amount)
    due: Period | None = field(default=None, converter=converters.optional(as_period), validator=optional(is_period))
    condition: str = field(default="", validator=trimmed)


def _sums_to_award(instance: Award, attribute: Attribute[Any], value: tuple[Instalment, ...]) -> None:
    if value and Euros.total(instalment.amount for instalment in value) != instance.amount:
        refuse(instance, attribute, value, f"instalments that sum to the award, {instance.amount}")


@final
@frozen(kw_only=True)
class Award:
    """
    What a call granted to a project, in euros.

    *amount* is `None` where no exact amount was published; *figures* then hold what was.
    *contracted_on* is the day of the contract, before which nothing may be committed.

    Raises:
        InvalidValueError: If instalments do not sum to the award.

    >>> award = Award(id="france-cloud", label="France Cloud", call_id="ftap-2018-1", amount=24_300_000)
    >>> award.contracted_on is None
    True
    """

    id: AwardId = field(converter=AwardId, validator=identifier)
    label: str = field(validator=not_blank)
    call_id: CallId | None = field(default=None, converter=converters.optional(CallId), validator=optional(reference))
    project_id: ProjectId | None = field(
        default=None, converter=converters.optional(ProjectId), validator=optional(reference)
    )
    owner_id: OrganisationId | None = field(
        default=None, converter=converters.optional(OrganisationId), validator=optional(reference)
    )
    amount: Euros | None = field(default=None, converter=converters.optional(as_euros), validator=optional(_amount))
    decided_on: Period | None = field(
        default=None, converter=converters.optional(as_period), validator=optional(is_period)
    )
    contracted_on: Day | None = field(default=None, converter=converters.optional(as_day), validator=optional(is_day))
    instalments: tuple[Instalment, ...] = field(
        default=(), converter=as_tuple, validator=[each(instance_of(Instalment)), _sums_to_award]
    )
    figures: tuple[Figure, ...] = field(
        default=(), converter=as_tuple, validator=[each(instance_of(Figure)), distinct(lambda f: f.id, "figure")]
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_tuple, validator=each_once(reference))
    reliability: Reliability = field(
        default=Reliability.OFFICIAL, converter=Reliability, validator=instance_of(Reliability)
    )
    caveat: str = field(default="", validator=trimmed)


class EntryKind(Term):
    """What an entry of the journal records."""

    COMMITMENT = "commitment", "engagement", "commitment"
    PAYMENT = "payment", "paiement", "payment"
    DECOMMITMENT = "decommitment", "désengagement", "decommitment"


@final
@frozen(kw_only=True)
class JournalEntry:
    """
    One movement of an award's money, in euros, always positive.

    >>> JournalEntry(award_id="france-cloud", kind="payment", amount="1000.50", on="2019-03-01").amount
    Euros('1000.50')
    """

    award_id: AwardId = field(converter=AwardId, validator=reference)
    kind: EntryKind = field(converter=EntryKind, validator=instance_of(EntryKind))
    amount: Euros = field(converter=as_euros, validator=_amount)
    on: Day = field(converter=as_day, validator=is_day)


class SavingKind(Term):
    """Whether a saving is expected, revised or achieved; three series, never one."""

    EXPECTED = "expected", "attendue", "expected"
    REVISED = "revised", "révisée", "revised"
    ACHIEVED = "achieved", "réalisée", "achieved"


class SavingNature(Term):
    """Whether a saving comes every year or once."""

    RECURRENT = "recurrent", "récurrente", "recurrent"
    ONE_OFF = "one-off", "ponctuelle", "one-off"
    UNSTATED = "unstated", "non précisée", "unstated"


@final
@frozen(kw_only=True)
class Saving:
    """
    A saving, in euros: of what kind and nature, whose money, by which method, said by whom.

    *award_id* is `None` for the fund as a whole; *period* is when it falls due, *stated_on* when it was said.

    Raises:
        InvalidValueError: For a blank method: a saving without one cannot be judged.

    >>> Saving(
    ...     kind="achieved", nature="unstated", amount=339_000_000, whose="State", method="stated", source_id="cour"
    ... ).kind.label("en")
    'achieved'
    """

    award_id: AwardId | None = field(
        default=None, converter=converters.optional(AwardId), validator=optional(reference)
    )
    kind: SavingKind = field(converter=SavingKind, validator=instance_of(SavingKind))
    nature: SavingNature = field(converter=SavingNature, validator=instance_of(SavingNature))
    amount: Euros = field(converter=as_euros, validator=is_euros)
    whose: str = field(validator=not_blank)
    method: str = field(validator=not_blank)
    period: Period | None = field(default=None, converter=converters.optional(as_period), validator=optional(is_period))
    stated_on: Period | None = field(
        default=None, converter=converters.optional(as_period), validator=optional(is_period)
    )
    source_id: SourceId = field(converter=SourceId, validator=reference)


def _sourced_euros(instance: object, attribute: Attribute[Any], value: object) -> None:
    if type(value) is not Sourced or type(value.value) is not Euros:
        refuse(instance, attribute, value, "a sourced amount in euros")


def _calls_known(instance: Fund, attribute: Attribute[Any], value: tuple[Award | Application, ...]) -> None:
    known = {call.id for call in instance.calls}
    for item in value:
        if item.call_id is not None and item.call_id not in known:
            refuse(instance, attribute, item.call_id, "a call of this fund")


def _entries(instance: object, attribute: Attribute[Any], value: object) -> None:
    # Not `each`: the same sum may well be paid twice on one day.
    if type(value) is not tuple or any(type(entry) is not JournalEntry for entry in value):
        refuse(instance, attribute, value, "a sequence of journal entries")


def _awards_known(instance: Fund, attribute: Attribute[Any], value: tuple[JournalEntry | Saving, ...]) -> None:
    known = {award.id for award in instance.awards}
    for item in value:
        if item.award_id is not None and item.award_id not in known:
            refuse(instance, attribute, item.award_id, "an award of this fund")


@final
@frozen(kw_only=True)
class Fund:
    """
    A fund for transformation: its allocation, calls, applications, awards, journal and savings.

    *allocation* is a sourced amount with the alternatives that other sources give.
    Recording money returns a new fund; a refused record raises and leaves the fund as it was.

    Raises:
        InvalidValueError: If an award names a call, or an entry an award, that the fund does not have.

    >>> fund = Fund(
    ...     id="ftap",
    ...     label="FTAP",
    ...     calls=[Call(id="c", label="Call")],
    ...     awards=[Award(id="a", label="A", call_id="c", amount=100, contracted_on="2018-09-01")],
    ... )
    >>> fund.with_commitment("a", Euros(60), on="2018-10-01").paid("a", Euros(70), on="2019-01-01")
    Traceback (most recent call last):
        ...
    levier.errors.OverpaymentError: award 'a': asked to pay or release 70.00 EUR, committed and not yet paid 60.00 EUR
    """

    id: FundId = field(converter=FundId, validator=identifier)
    label: str = field(validator=not_blank)
    owner_id: OrganisationId | None = field(
        default=None, converter=converters.optional(OrganisationId), validator=optional(reference)
    )
    budget_programme_id: BudgetProgrammeId | None = field(
        default=None, converter=converters.optional(BudgetProgrammeId), validator=optional(reference)
    )
    budget_action: str = field(default="", validator=trimmed)
    allocation: Sourced[Euros] | None = field(default=None, validator=optional(_sourced_euros))
    calls: tuple[Call, ...] = field(
        default=(), converter=as_tuple, validator=[each(instance_of(Call)), distinct(lambda c: c.id, "call")]
    )
    applications: tuple[Application, ...] = field(
        default=(),
        converter=as_tuple,
        validator=[each(instance_of(Application)), distinct(lambda a: a.id, "application"), _calls_known],
    )
    awards: tuple[Award, ...] = field(
        default=(),
        converter=as_tuple,
        validator=[each(instance_of(Award)), distinct(lambda a: a.id, "award"), _calls_known],
    )
    entries: tuple[JournalEntry, ...] = field(default=(), converter=as_tuple, validator=[_entries, _awards_known])
    savings: tuple[Saving, ...] = field(
        default=(), converter=as_tuple, validator=[each(instance_of(Saving)), _awards_known]
    )
    figures: tuple[Figure, ...] = field(
        default=(), converter=as_tuple, validator=[each(instance_of(Figure)), distinct(lambda f: f.id, "figure")]
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_tuple, validator=each_once(reference))

    def award(self, award_id: str) -> Award:
        """
        Return an award.

        Raises:
            UnknownItemError: If the fund has none of this identifier.
        """
        for award in self.awards:
            if award.id == award_id:
                return award
        raise UnknownItemError(f"the awards of fund {self.id!r}", award_id, ())

    def committed(self, award_id: str) -> Euros:
        """Return what is committed for an award, less what was decommitted."""
        committed = self._recorded(award_id, EntryKind.COMMITMENT)
        return committed - self._recorded(award_id, EntryKind.DECOMMITMENT)

    def outstanding(self, award_id: str) -> Euros:
        """Return what is committed for an award and not yet paid."""
        return self.committed(award_id) - self._recorded(award_id, EntryKind.PAYMENT)

    def with_commitment(self, award_id: str, amount: EurosLike, *, on: DayLike) -> Self:
        """
        Return this fund with money committed for an award.

        Raises:
            NotContractedError: Before the contract of the award, or without one.
            OvercommitmentError: Beyond what the award leaves.
        """
        award, day, asked = self.award(award_id), parse_day(on), Euros(amount)
        if award.contracted_on is None or day < award.contracted_on:
            raise NotContractedError(award_id, str(day), str(award.contracted_on or ""))
        available = (award.amount or ZERO) - self.committed(award_id)
        if asked > available:
            raise OvercommitmentError(award_id, asked, available)
        return self._with_entry(award_id, EntryKind.COMMITMENT, asked, day)

    def with_decommitment(self, award_id: str, amount: EurosLike, *, on: DayLike) -> Self:
        """
        Return this fund with money released from an award's commitments.

        Raises:
            OverpaymentError: Beyond what is committed and not yet paid.
        """
        return self._with_entry(award_id, EntryKind.DECOMMITMENT, self._covered(award_id, amount), parse_day(on))

    def paid(self, award_id: str, amount: EurosLike, *, on: DayLike) -> Self:
        """
        Return this fund with money paid for an award.

        Raises:
            OverpaymentError: Beyond what is committed and not yet paid.
        """
        return self._with_entry(award_id, EntryKind.PAYMENT, self._covered(award_id, amount), parse_day(on))

    def _recorded(self, award_id: str, kind: EntryKind) -> Euros:
        wanted = self.award(award_id).id
        return Euros.total(e.amount for e in self.entries if e.award_id == wanted and e.kind is kind)

    def _covered(self, award_id: str, amount: EurosLike) -> Euros:
        asked, available = Euros(amount), self.outstanding(award_id)
        if asked > available:
            raise OverpaymentError(award_id, asked, available)
        return asked

    def _with_entry(self, award_id: str, kind: EntryKind, amount: Euros, on: Day) -> Self:
        entry = JournalEntry(award_id=award_id, kind=kind, amount=amount, on=on)
        return evolve(self, entries=(*self.entries, entry))
