"""Awards: the amount granted to a project, its instalments, and the contract required before any money moves."""

from __future__ import annotations

from typing import Any

from attrs import Attribute, field, frozen

from levier.errors.final import final
from levier.model._converters import TupleOf, as_id_or_none, as_ids
from levier.model._fields import all_of, distinct, each, each_once, instance_of, not_blank, optional, refuse, trimmed
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
from levier.model.figures import Figure
from levier.model.identifiers import AwardId, CallId, OrganisationId, ProjectId, SourceId, identifier, reference
from levier.model.money import Euros, as_euros, as_euros_or_none, is_amount
from levier.model.periods import Day, Period, as_day_or_none, as_period_or_none, is_day, is_period
from levier.model.sources import Reliability

__all__ = ["Award", "Instalment"]


@final
@frozen(kw_only=True)
class Instalment:
    """
    A part of an award, in euros, with its date and its condition.

    Attributes:
        amount: The amount, in euros.
        due: When it is due, as precise as known; `None` if unknown.
        condition: What has to be met before it is paid; empty if nothing.

    >>> Instalment(amount=5_000_000, due="2019-03", condition="contract signed").due
    Period('2019-03')
    """

    amount: Euros = field(converter=as_euros, validator=is_amount)
    due: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    condition: str = field(default="", validator=trimmed)


def _sums_to_award(instance: Award, attribute: Attribute[Any], value: tuple[Instalment, ...]) -> None:
    if value and Euros.total(instalment.amount for instalment in value) != instance.amount:
        refuse(instance, attribute, value, f"instalments that sum to the award, {instance.amount}")


@final
@frozen(kw_only=True)
class Award:
    """
    An amount granted to a project, in euros.

    *amount* is `None` if no exact amount was published; *figures* then holds what was published.
    *contracted_on* is the day of the contract: the fund refuses commitments before it.

    Attributes:
        id: The identifier, unique within the fund.
        label: The French name.
        call_id: The call, by its identifier.
        project_id: The project, by its identifier.
        owner_id: The organisation that receives the money, by its identifier.
        decided_on: When it was decided, as precise as known; `None` if unknown.
        instalments: The parts in which it is paid; their sum is the amount.
        source_ids: The documents that state it, by their identifiers.
        reliability: How reliable the statement is, by the kind of its source.
        caveat: A warning to show with the value; empty if there is none.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If the sum of the instalments is not the amount of the award.

    >>> award = Award(id="france-cloud", label="France Cloud", call_id="ftap-2018-1", amount=24_300_000)
    >>> award.contracted_on is None
    True
    """

    id: AwardId = field(converter=AwardId, validator=identifier)
    label: str = field(validator=not_blank)
    call_id: CallId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    project_id: ProjectId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    owner_id: OrganisationId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    amount: Euros | None = field(default=None, converter=as_euros_or_none, validator=optional(is_amount))
    decided_on: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    contracted_on: Day | None = field(default=None, converter=as_day_or_none, validator=optional(is_day))
    instalments: tuple[Instalment, ...] = field(
        default=(), converter=TupleOf[Instalment], validator=all_of(each(instance_of(Instalment)), _sums_to_award)
    )
    figures: tuple[Figure, ...] = field(
        default=(),
        converter=TupleOf[Figure],
        validator=all_of(each(instance_of(Figure)), distinct(lambda f: f.id, "figure")),
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    reliability: Reliability = field(
        default=Reliability.OFFICIAL, converter=Reliability, validator=instance_of(Reliability)
    )
    caveat: str = field(default="", validator=trimmed)
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)
