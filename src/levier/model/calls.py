"""
Calls for projects: their rules as data, their published numbers, and what bodies ask of them.

A rule belongs to a version of a call: it says when it holds, and for whom.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, final

from attrs import Attribute, field, frozen

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
from levier.model.figures import Figure
from levier.model.identifiers import CallId, OrganisationId, ProjectId, SourceId, identifier, reference
from levier.model.money import Euros, as_euros, as_euros_or_none, is_amount
from levier.model.organisations import OrganisationKind
from levier.model.periods import Day, Period, PeriodLike, as_day_or_none, as_period_or_none, is_day, is_period
from levier.model.terms import Term

__all__ = ["NEEDED", "Application", "Call", "CallRule", "RuleKind"]


class RuleKind(Term):
    """The closed vocabulary of what a call may ask."""

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
"""The field that a rule of each kind has to give."""


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
    One rule of a call, as data.

    *amount* is in euros a project; *share* is the fund's highest part of the cost (0 to 1), or, for a return, the
    euros of recurrent savings asked for a euro invested, *years* after, which may be more than one; *owner_kinds*
    limits the rule to some owners, and for eligibility lists them.

    Attributes:
        kind: Of which kind it is.
        text: The text, as it is published.
        document: The document that holds the rule.
        period: The period that it is of.
        source_id: The source that states it.

    Raises:
        InvalidValueError: If the rule lacks what its kind needs, or for a share out of its range.

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
        Say whether the rule holds at a time for a kind of owner; `None` where that cannot be known.

        Eligibility holds for everybody: its kinds say who may apply.

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
        starts_inside = self.period.covers(on.first_day)
        if starts_inside and self.period.covers(on.last_day or Day.max):
            return True
        return None if starts_inside or on.covers(self.period.first_day) else False

    def _meant_for(self, owner_kind: OrganisationKind | None) -> bool | None:
        if not self.owner_kinds or self.kind is RuleKind.ELIGIBLE_OWNERS:
            return True
        return None if owner_kind is None else owner_kind in self.owner_kinds


@final
@frozen(kw_only=True)
class Call:
    """
    A call for projects: when it opened and was decided, its rules, its published numbers.

    Attributes:
        id: The identifier, unique among its like.
        label: The name, in French.
        opened_on: When it opened.
        decided_on: When it was decided.
        rules: The rules of the call.
        figures: Published numbers about it.
        source_ids: The sources that state it.

    Raises:
        InvalidValueError: For a blank label or two figures of one identifier.

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

    def ceiling(
        self, *, on: PeriodLike | None = None, owner_kind: OrganisationKind | str | None = None
    ) -> Euros | None:
        """
        Return the lowest ceiling that surely holds for an award of this call, in euros; `None` where none does.

        A ceiling of another time, or for other owners, does not hold; nor does one of which that cannot be known.
        Where *on* is not given, the time of the decision counts, or else that of the opening.

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
    What a body asks of a call, in euros.

    Attributes:
        id: The identifier, unique among its like.
        label: The name, in French.
        call_id: The call, by its identifier.
        owner_id: The organisation that carries it.
        project_id: The project, by its identifier.
        requested: What is asked of the fund, in euros.
        total_cost: What it costs in all, in euros.
        submitted_on: When it was submitted.
        documents: The documents that came with it.

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
