"""
The transformation fund: its allocation, calls, applications, awards, and the journal of its money.

The money goes through these stages: allocation, call, application, decision, contract, instalments, commitments and
payments, savings. A payment may come back, in whole or in part: a recovery.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from itertools import repeat
from operator import attrgetter
from typing import Any, Self, TypeVar

from attrs import evolve, field, fields, frozen

from levier.errors import (
    ClosedYearError,
    InsufficientAllocationError,
    InvalidValueError,
    OvercommitmentError,
    OverpaymentError,
    OverrecoveryError,
    UnknownItemError,
)
from levier.errors.final import final
from levier.model._converters import TupleOf, as_id_or_none, as_ids
from levier.model._fields import (
    all_of,
    distinct,
    each,
    each_once,
    instance_of,
    not_blank,
    optional,
    refuse_second_init,
    trimmed,
)
from levier.model._fund_rules import (
    allocated,
    as_journal,
    awards_by_id,
    awards_known,
    calls_known,
    covered,
    in_order,
    within_ceilings,
)
from levier.model._immutable import Shared, summed
from levier.model._ledger import START, amount_of, check_ceiling, check_contract, limit_of
from levier.model.allocations import AllocationChange, YearClosing
from levier.model.awards import Award, Instalment
from levier.model.calls import Application, Call
from levier.model.entries import EntryKind, JournalEntry
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
from levier.model.figures import Figure
from levier.model.identifiers import BudgetProgrammeId, FundId, OrganisationId, SourceId, identifier, reference
from levier.model.journal import Journal
from levier.model.money import ZERO, Euros, EurosLike, is_amount
from levier.model.organisations import OrganisationKind
from levier.model.periods import Day, DayLike, PeriodLike, parse_day
from levier.model.registry import Identified, unknown_item
from levier.model.savings import CostStatement, Saving
from levier.model.sources import Sourced, sourced

__all__ = ["Fund"]

T = TypeVar("T", Application, Call)


@final
@frozen(kw_only=True)
class Fund(Shared):
    """
    A fund for public transformation: its allocation, calls, applications, awards, journal and savings.

    *allocation* is a sourced amount, with the alternatives that other sources state; *allocation_changes* are the later
    increases and cuts, *closings* the closed years.
    Every change returns a new fund; an invalid one raises and leaves the fund unchanged.

    A published award may lack its amount, its contract and its entries.
    An entry of the journal requires an award with a known amount and a contract.
    A ceiling is enforced where it certainly applies: at the time of the decision, to every kind of owner.
    Without an *allocation*, the total of the commitments has no limit.

    Attributes:
        id: The identifier, unique in the portfolio.
        label: The French name.
        owner_id: The organisation that manages it, by its identifier.
        budget_programme_id: The budget programme, by its number.
        budget_action: The code of the budget action that finances it; empty if unknown.
        calls: Its calls for projects.
        applications: The applications to its calls.
        awards: The amounts granted to projects.
        entries: The journal of its commitments, payments, decommitments and recoveries.
        savings: The statements of expected, revised and achieved savings.
        costs: The statements of planned, revised and final costs.
        figures: Published figures about it.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If an award names an unknown call, or an entry an unknown award.
        AboveCeilingError: If an award exceeds the ceiling of its call.
        NotContractedError: If money moves before the contract of its award, or without one.
        OvercommitmentError: If entries commit more than an award or the allocation.
        OverpaymentError: If entries pay or release more than was committed.
        OverrecoveryError: If more comes back than was paid.
        InsufficientAllocationError: If the allocation is cut below the commitments.

    >>> fund = Fund(
    ...     id="ftap",
    ...     label="FTAP",
    ...     calls=[Call(id="c", label="Call")],
    ...     awards=[Award(id="a", label="A", call_id="c", amount=100, contracted_on="2018-09-01")],
    ... )
    >>> fund.with_commitment("a", Euros(60), on="2018-10-01").with_payment("a", Euros(70), on="2019-01-01")
    Traceback (most recent call last):
        ...
    levier.errors.OverpaymentError: award 'a': asked to pay or release 70.00 EUR, committed and not yet paid 60.00 EUR
    """

    id: FundId = field(converter=FundId, validator=identifier)
    label: str = field(validator=not_blank)
    owner_id: OrganisationId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    budget_programme_id: BudgetProgrammeId | None = field(
        default=None, converter=as_id_or_none, validator=optional(reference)
    )
    budget_action: str = field(default="", validator=trimmed)
    allocation: Sourced[Euros] | None = field(default=None, validator=optional(sourced(Euros, is_amount)))
    allocation_changes: tuple[AllocationChange, ...] = field(
        default=(),
        converter=TupleOf[AllocationChange],
        validator=all_of(each(instance_of(AllocationChange)), allocated),
    )
    closings: tuple[YearClosing, ...] = field(
        default=(),
        converter=TupleOf[YearClosing],
        validator=all_of(each(instance_of(YearClosing)), allocated, in_order),
    )
    calls: tuple[Call, ...] = field(
        default=(), converter=TupleOf[Call], validator=all_of(each(instance_of(Call)), distinct(lambda c: c.id, "call"))
    )
    applications: tuple[Application, ...] = field(
        default=(),
        converter=TupleOf[Application],
        validator=all_of(each(instance_of(Application)), distinct(lambda a: a.id, "application"), calls_known),
    )
    awards: tuple[Award, ...] = field(
        default=(),
        converter=TupleOf[Award],
        validator=all_of(each(instance_of(Award)), distinct(lambda a: a.id, "award"), calls_known, within_ceilings),
    )
    entries: Journal = field(factory=Journal, converter=as_journal, validator=covered)
    savings: tuple[Saving, ...] = field(
        default=(), converter=TupleOf[Saving], validator=all_of(each(instance_of(Saving)), awards_known)
    )
    costs: tuple[CostStatement, ...] = field(
        default=(), converter=TupleOf[CostStatement], validator=all_of(each(instance_of(CostStatement)), awards_known)
    )
    figures: tuple[Figure, ...] = field(
        default=(),
        converter=TupleOf[Figure],
        validator=all_of(each(instance_of(Figure)), distinct(lambda f: f.id, "figure")),
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)

    def __repr__(self) -> str:
        held = {"calls": self.calls, "applications": self.applications, "awards": self.awards, "entries": self.entries}
        return summed(f"Fund {self.id!r}", {name: len(things) for name, things in held.items()})

    def __attrs_pre_init__(self) -> None:
        """Refuse a second `__init__`."""
        refuse_second_init(self, "id")

    # Queries

    def award(self, award_id: str) -> Award:
        """
        Return an award.

        Raises:
            UnknownItemError: If the fund has no award with this identifier.
        """
        try:
            return awards_by_id(self.awards)[award_id]
        except (KeyError, TypeError):
            raise self._unknown("awards", award_id, self.awards) from None

    def application(self, application_id: str) -> Application:
        """
        Return an application.

        Raises:
            UnknownItemError: If the fund has no application with this identifier.
        """
        return self._named(self.applications, application_id, "applications")

    def call(self, call_id: str) -> Call:
        """
        Return a call.

        Raises:
            UnknownItemError: If the fund has no call with this identifier.
        """
        return self._named(self.calls, call_id, "calls")

    def committed(self, award_id: str) -> Euros:
        """Return the commitments of an award minus its decommitments, in euros."""
        return self.entries.committed(self.award(award_id).id)

    def paid(self, award_id: str) -> Euros:
        """Return the payments of an award, in euros, whatever came back of them."""
        return self.entries.paid(self.award(award_id).id)

    def recovered(self, award_id: str) -> Euros:
        """Return the payments of an award that came back, in euros."""
        return self.entries.recovered(self.award(award_id).id)

    def outstanding(self, award_id: str) -> Euros:
        """Return the commitments of an award that are not yet paid, in euros; a recovery does not reopen them."""
        return self.entries.outstanding(self.award(award_id).id)

    def available(self, on: DayLike) -> Euros | None:
        """
        Return the euros that may be committed on a day without overdrawing any later one; `None` without an allocation.

        It is the lowest balance from that day on: the allocation and its changes, minus lapses and net commitments.
        """
        return self._available(parse_day(on))

    @property
    def closed_until(self) -> Day | None:
        """The last day of the last closed year; `None` if no year is closed."""
        return self.closings[-1].last_day if self.closings else None

    # Changes: from the call to the contract

    def with_call(self, call: Call) -> Self:
        """
        Return this fund with a call added.

        Raises:
            InvalidValueError: If the fund already has a call with this identifier.
        """
        return self._revised(calls=(*self.calls, call))

    def with_application(self, application: Application) -> Self:
        """
        Return this fund with an application added.

        Raises:
            InvalidValueError: If the fund already has an application with this identifier, or lacks its call.
        """
        return self._revised(applications=(*self.applications, application))

    def with_award(
        self,
        application_id: str,
        amount: EurosLike,
        *,
        on: PeriodLike,
        instalments: Iterable[Instalment] = (),
        owner_kind: OrganisationKind | str | None = None,
    ) -> Self:
        """
        Return this fund with an award for an application; the award takes the identifier of the application.

        With *owner_kind*, the ceilings for this kind of owner are enforced too.

        Raises:
            UnknownItemError: If the fund has no application with this identifier.
            AboveCeilingError: If the amount exceeds the ceiling of its call.
            InvalidValueError: If it was already granted, or the sum of the instalments is not the amount.
        """
        asked = self.application(application_id)
        award = Award(
            id=asked.id,
            label=asked.label,
            call_id=asked.call_id,
            project_id=asked.project_id,
            owner_id=asked.owner_id,
            amount=Euros(amount),
            decided_on=on,
            instalments=instalments,
        )
        check_ceiling(award, self.call(asked.call_id), None if owner_kind is None else OrganisationKind(owner_kind))
        return self._revised(awards=(*self.awards, award))

    def with_contract(self, award_id: str, *, on: DayLike) -> Self:
        """
        Return this fund with the contract of an award, signed on a day.

        Raises:
            InvalidValueError: If the award already has a contract.
        """
        award = self.award(award_id)
        if award.contracted_on is not None:
            signed = f"no second contract: it is under one of {award.contracted_on}"
            raise InvalidValueError(f"Award {award_id!r}", str(on), signed, "contracted_on")
        under = evolve(award, contracted_on=parse_day(on))
        return self._revised(awards=tuple(under if item is award else item for item in self.awards))

    # Changes: the money

    def with_commitment(self, award_id: str, amount: EurosLike, *, on: DayLike) -> Self:
        """
        Return this fund with money committed for an award.

        Raises:
            NotContractedError: If the award has no contract on that day.
            ClosedYearError: If the year is closed.
            InvalidValueError: If the amount of the award is unknown.
            OvercommitmentError: If it exceeds what is left of the award or the allocation on that day or a later one.
        """
        award, day, asked = self.award(award_id), self._open_day(on), Euros(amount)
        check_contract(award, day)
        whole = [(START, amount_of(award))]
        left = self.entries.room(whole, on=day, award_id=award.id, enough=asked)
        if asked > left:
            raise OvercommitmentError(award_id, asked, self.entries.room(whole, on=day, award_id=award.id))
        room = self._available(day, enough=asked)
        if room is not None and asked > room:
            raise OvercommitmentError(award_id, asked, room, of_fund=True)
        return self._with_entry(award_id, EntryKind.COMMITMENT, asked, day)

    def with_decommitment(self, award_id: str, amount: EurosLike, *, on: DayLike) -> Self:
        """
        Return this fund with a part of the commitments of an award released.

        What came back is released first, then what is not paid; the fund may commit it again.

        Raises:
            ClosedYearError: If the year is closed.
            OverpaymentError: If it exceeds the unpaid commitments and the recoveries on that day or a later one.
        """
        return self._taken(award_id, EntryKind.DECOMMITMENT, amount, on, self.entries.releasable)

    def with_payment(self, award_id: str, amount: EurosLike, *, on: DayLike) -> Self:
        """
        Return this fund with money paid for an award.

        Raises:
            ClosedYearError: If the year is closed.
            OverpaymentError: If it exceeds the unpaid commitments on that day or a later one.
        """
        return self._taken(award_id, EntryKind.PAYMENT, amount, on, self.entries.payable)

    def with_recovery(self, award_id: str, amount: EurosLike, *, on: DayLike, because: str) -> Self:
        """
        Return this fund with money that came back of the payments of an award, and the reason.

        It is the day of the money and not that of the claim (*titre de perception*). The commitment is not reopened:
        what came back is not paid again before it is decommitted and committed again.
        Source: GBCP, articles 23 to 28; LOLF, article 17, IV, 1°.

        Raises:
            ClosedYearError: If the year is closed.
            OverrecoveryError: If it exceeds what was paid by that day and did not come back by then or later.
            InvalidValueError: If the amount is not above zero, or the reason is blank.

        >>> from levier import Award
        >>> fund = Fund(id="f", label="F", awards=[Award(id="a", label="A", amount=100, contracted_on="2018-09-01")])
        >>> spent = fund.with_commitment("a", 60, on="2018-10-01").with_payment("a", 60, on="2019-01-01")
        >>> back = spent.with_recovery("a", 20, on="2020-03-01", because="jalon non atteint")
        >>> back.outstanding("a"), back.committed("a"), back.recovered("a")
        (Euros('0.00'), Euros('60.00'), Euros('20.00'))
        >>> back.with_decommitment("a", 20, on="2020-03-02").committed("a")
        Euros('40.00')
        """
        award, day, asked = self.award(award_id), self._open_day(on), Euros(amount)
        if not str(because).strip():
            raise InvalidValueError(f"Recovery of award {award_id!r}", because, "a reason in words", "because")
        left = self.entries.recoverable(award.id, on=day)
        if asked > left:
            raise OverrecoveryError(award_id, asked, left)
        return self._with_entry(award.id, EntryKind.RECOVERY, asked, day, because)

    def with_allocation_change(self, amount: EurosLike, *, on: DayLike, because: str, source_id: str) -> Self:
        """
        Return this fund with its allocation increased, or cut if *amount* is negative.

        Raises:
            InvalidValueError: If the fund has no allocation.
            ClosedYearError: If the year is closed.
            InsufficientAllocationError: If the cut exceeds the uncommitted amount on that day or a later one.
        """
        day, moved = self._open_day(on), Euros(amount)
        change = AllocationChange(amount=moved, on=day, because=because, source_id=source_id)
        left = self._available(day)
        if left is not None and -moved > left:
            raise InsufficientAllocationError(self.id, -moved, left)
        return self._revised(allocation_changes=(*self.allocation_changes, change))

    def with_closing(self, year: int, *, carried_over: EurosLike | None = None, source_id: str | None = None) -> Self:
        """
        Return this fund with a year closed: *carried_over* of the uncommitted euros stay available, the rest lapse.

        Without *carried_over*, all of it stays available.

        Raises:
            ClosedYearError: If the year is already closed.
            InsufficientAllocationError: If *carried_over* exceeds the uncommitted amount.
            InvalidValueError: If *carried_over* is negative, or the fund has no allocation.
        """
        closing = YearClosing(year=year, source_id=source_id)
        left = self._available(self._open_day(closing.last_day))
        if carried_over is not None:
            kept = Euros(carried_over)
            if left is not None and kept > left:
                raise InsufficientAllocationError(self.id, kept, left)
            if left is None or kept < ZERO:
                known = "an amount of at least zero, of an allocation that is known"
                raise InvalidValueError(f"Fund {self.id!r}", kept, known, "carried_over")
            closing = evolve(closing, lapsed=left - kept)
        return self._revised(closings=(*self.closings, closing))

    def _named(self, items: tuple[T, ...], wanted: str, named: str) -> T:
        for item in items:
            if item.id == wanted:
                return item
        raise self._unknown(named, wanted, items)

    def _unknown(self, named: str, wanted: object, items: Iterable[Identified]) -> UnknownItemError:
        return unknown_item(f"the {named} of fund {self.id!r}", wanted, [item.id for item in items])

    def _available(self, on: Day, enough: Euros | None = None) -> Euros | None:
        if self.allocation is None:
            return None
        limit = limit_of(self.allocation.value, self.allocation_changes, self.closings)
        return self.entries.room(limit, on=on, enough=enough)

    def _open_day(self, on: DayLike) -> Day:
        day, closed = parse_day(on), self.closed_until
        if closed is not None and day <= closed:
            raise ClosedYearError(self.id, str(day), str(closed))
        return day

    def _taken(  # the entry, and what it takes from
        self, award_id: str, kind: EntryKind, amount: EurosLike, on: DayLike, left_of: Callable[..., Euros]
    ) -> Self:
        award, day, asked = self.award(award_id), self._open_day(on), Euros(amount)
        left = left_of(award.id, on=day)
        if asked > left:
            raise OverpaymentError(award_id, asked, left)
        check_contract(award, day)
        return self._with_entry(award.id, kind, asked, day)

    def _with_entry(  # all of an entry
        self, award_id: str, kind: EntryKind, amount: Euros, on: Day, because: str = ""
    ) -> Self:
        entry = JournalEntry(award_id=award_id, kind=kind, amount=amount, on=on, because=because)
        return self._revised(entries=self.entries.with_(entry))

    def _revised(self, **changed: Any) -> Self:
        """
        Return this fund with some fields changed, running only the validators of these fields.

        The caller has checked the money already: validating a journal again would read all of it for each new entry.
        """
        following = object.__new__(type(self))
        deque(map(object.__setattr__, repeat(following), _NAMES, _held(self)), maxlen=0)
        for name, value in changed.items():
            object.__setattr__(following, name, value)
            if name != "entries":
                _VALIDATORS[name](following, getattr(_FIELDS, name), value)
        return following


_FIELDS: Any = fields(Fund)
_NAMES = tuple(attribute.name for attribute in _FIELDS)
_VALIDATORS = {attribute.name: attribute.validator for attribute in _FIELDS}
_held: Any = attrgetter(*_NAMES)
