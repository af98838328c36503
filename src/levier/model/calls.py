"""
Calls for projects: their rules as data, their published figures, and the applications.

A rule belongs to one version of a call: it states its period and the kinds of owner that it applies to.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from attrs import Attribute, field, frozen

from levier.errors.final import final
from levier.model._converters import TermsOf, TupleOf, as_decimal_or_none, as_id_or_none, as_ids
from levier.model._fields import (
    all_of,
    distinct,
    each,
    each_once,
    instance_of,
    integer,
    is_share,
    not_blank,
    number_within,
    optional,
    refuse,
    trimmed,
)
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
from levier.model.figures import Figure
from levier.model.identifiers import CallId, OrganisationId, ProjectId, SourceId, identifier, reference
from levier.model.money import Euros, as_euros, as_euros_or_none, is_amount
from levier.model.organisations import OrganisationKind
from levier.model.periods import Day, Period, PeriodLike, as_day_or_none, as_period_or_none, is_day, is_period
from levier.model.terms import Term

__all__ = ["NEEDED", "Application", "Call", "CallRule", "RuleKind"]


class RuleKind(Term):
    """The kinds of rule that a call may have."""

    ELIGIBLE_OWNERS = "eligible-owners", "porteurs éligibles", "who may apply"
    CEILING = "ceiling", "plafond par projet", "ceiling per project"
    FLOOR = "floor", "plancher par projet", "floor per project"
    CO_FUNDING = "co-funding", "taux de cofinancement maximal", "highest share of the cost that the fund bears"
    RETURN = "return", "retour sur investissement", "return on investment"
    DOCUMENT = "document", "pièce demandée", "document asked"


NEEDED: Mapping[RuleKind, str] = MappingProxyType(
    {
        RuleKind.ELIGIBLE_OWNERS: "owner_kinds",
        RuleKind.CEILING: "amount",
        RuleKind.FLOOR: "amount",
        RuleKind.CO_FUNDING: "share",
        RuleKind.RETURN: "share",
        RuleKind.DOCUMENT: "document",
    }
)
"""The field that is required for each kind of rule."""


def _complete(instance: CallRule, attribute: Attribute[Any], value: RuleKind) -> None:
    if type(value) is not RuleKind:
        refuse(instance, attribute, value, "a value of class RuleKind")
    needed = NEEDED[value]
    given = getattr(instance, needed)
    if given is None or (type(given) in (Decimal, str, tuple) and not given):
        refuse(instance, attribute, str(value), f"a rule of this kind to give its {needed}")


def _part_of_whole(instance: CallRule, attribute: Attribute[Any], value: Decimal | None) -> None:
    if value is not None and instance.kind is not RuleKind.RETURN:
        is_share(instance, attribute, value)


@final
@frozen(kw_only=True)
class CallRule:
    """
    One rule of a call for projects.

    *amount* is in euros for one project. *share* is the highest part of the cost that the fund pays (0 to 1); for a
    return, it is the yearly savings required for each euro invested, *years* years later, and may exceed 1.
    *owner_kinds* limits the rule to some kinds of owner; for eligibility, it lists those that may apply.

    Attributes:
        kind: The kind of rule, such as ceiling or co-funding.
        text: The rule, as published.
        document: The document that applicants have to provide, for a rule of kind "document".
        period: When the rule applies; `None` if it is not limited in time.
        source_id: The document that states it, by its identifier.

    Raises:
        InvalidValueError: If the rule lacks the field that its kind requires, or a share is out of its range.

    >>> CallRule(kind="ceiling", text="50 M€ a project at most", amount=50_000_000, source_id="press").amount
    Euros('50000000.00')
    """

    kind: RuleKind = field(converter=RuleKind, validator=_complete)
    text: str = field(validator=not_blank)
    amount: Euros | None = field(default=None, converter=as_euros_or_none, validator=optional(is_amount))
    share: Decimal | None = field(
        default=None, converter=as_decimal_or_none, validator=all_of(optional(number_within(0)), _part_of_whole)
    )
    years: int | None = field(default=None, validator=optional(integer(0, 50)))
    owner_kinds: tuple[OrganisationKind, ...] = field(
        default=(), converter=TermsOf[OrganisationKind], validator=each_once(instance_of(OrganisationKind))
    )
    document: str = field(default="", validator=trimmed)
    period: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    source_id: SourceId = field(converter=SourceId, validator=reference)

    def binds(self, *, on: PeriodLike | None = None, owner_kind: OrganisationKind | str | None = None) -> bool | None:
        """
        Return whether the rule applies at a time to a kind of owner; `None` if unknown.

        An eligibility rule applies to everybody: its kinds are those that may apply for money.

        >>> floor = CallRule(kind="floor", text="1 M€ in 2020", amount=1_000_000, period="2020", source_id="press")
        >>> floor.binds(on="2020-06"), floor.binds(on="2021"), floor.binds()
        (True, False, None)
        """
        when = None if on is None else Period(on)
        kind = None if owner_kind is None else OrganisationKind(owner_kind)
        known = (self._in_force(when), self._meant_for(kind))
        if False in known:
            return False
        return None if None in known else True

    def _in_force(self, on: Period | None) -> bool | None:
        if self.period is None:
            return True
        if on is None:
            return None
        starts_inside = self.period.covers(on.first_day or Day.min)
        if starts_inside and self.period.covers(on.last_day or Day.max):
            return True
        return None if starts_inside or on.covers(self.period.first_day or Day.min) else False

    def _meant_for(self, owner_kind: OrganisationKind | None) -> bool | None:
        if not self.owner_kinds or self.kind is RuleKind.ELIGIBLE_OWNERS:
            return True
        return None if owner_kind is None else owner_kind in self.owner_kinds


@final
@frozen(kw_only=True)
class Call:
    """
    A call for projects: its dates, its rules and its published figures.

    Attributes:
        id: The identifier, unique within the fund.
        label: The French name.
        opened_on: When it opened, as precise as known; `None` if unknown.
        decided_on: When the awards were decided, as precise as known; `None` if unknown.
        rules: Its rules, such as ceilings and co-funding.
        figures: Published figures about it, such as the number of applications.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If the label is blank or two figures share an identifier.

    >>> Call(id="ftap-2018-1", label="1er appel à projets 2018", decided_on="2018-06-20").decided_on
    Period('2018-06-20')
    """

    id: CallId = field(converter=CallId, validator=identifier)
    label: str = field(validator=not_blank)
    opened_on: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    decided_on: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    rules: tuple[CallRule, ...] = field(default=(), converter=TupleOf[CallRule], validator=each(instance_of(CallRule)))
    figures: tuple[Figure, ...] = field(
        default=(),
        converter=TupleOf[Figure],
        validator=all_of(each(instance_of(Figure)), distinct(lambda f: f.id, "figure")),
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)

    def ceiling(
        self, *, on: PeriodLike | None = None, owner_kind: OrganisationKind | str | None = None
    ) -> Euros | None:
        """
        Return the lowest ceiling that certainly applies to an award of this call, in euros; `None` if there is none.

        A ceiling is ignored if it is for another period or other owners, or if that is unknown.
        *on* defaults to the date of the decision, or else to that of the opening.

        >>> rule = CallRule(kind="ceiling", text="3 M€", amount=3_000_000, period="2023/..", source_id="dinum")
        >>> cloud = Call(id="cloud", label="Cloud", decided_on="2023-07", rules=[rule])
        >>> cloud.ceiling(), cloud.ceiling(on="2022")
        (Euros('3000000.00'), None)
        """
        when = on or self.decided_on or self.opened_on
        ceilings = [rule for rule in self.rules if rule.kind is RuleKind.CEILING]
        held = [rule.amount for rule in ceilings if rule.binds(on=when, owner_kind=owner_kind)]
        return min((amount for amount in held if amount is not None), default=None)


@final
@frozen(kw_only=True)
class Application:
    """
    An application to a call for projects; amounts are in euros.

    Attributes:
        id: The identifier, unique within the fund.
        label: The French name.
        call_id: The call, by its identifier.
        owner_id: The organisation that applies, by its identifier.
        project_id: The project, by its identifier.
        requested: The amount requested from the fund, in euros.
        total_cost: The total cost of the project, in euros.
        submitted_on: The day on which it was submitted; `None` if unknown.
        documents: The names of the documents provided with it.
        extra: An application's own keys, which begin with "x-"; empty by default.

    >>> Application(
    ...     id="a1", label="Cloud", call_id="ftap-2018-1", owner_id="dinum", requested=10_000_000, total_cost=25_000_000
    ... ).requested
    Euros('10000000.00')
    """

    id: str = field(validator=identifier)
    label: str = field(validator=not_blank)
    call_id: CallId = field(converter=CallId, validator=reference)
    owner_id: OrganisationId = field(converter=OrganisationId, validator=reference)
    project_id: ProjectId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    requested: Euros = field(converter=as_euros, validator=is_amount)
    total_cost: Euros = field(converter=as_euros, validator=is_amount)
    submitted_on: Day | None = field(default=None, converter=as_day_or_none, validator=optional(is_day))
    documents: tuple[str, ...] = field(default=(), converter=TupleOf[str], validator=each_once(not_blank))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)
