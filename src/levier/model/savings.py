"""Savings of a fund and costs of its awards: dated statements, each with its source."""

from __future__ import annotations

from typing import TypeAlias

from attrs import field, frozen

from levier.errors.final import final
from levier.model._converters import as_id_or_none
from levier.model._fields import instance_of, not_blank, optional, trimmed
from levier.model.identifiers import AwardId, SourceId, reference
from levier.model.money import Euros, as_euros, is_amount, is_euros
from levier.model.periods import Period, as_period_or_none, is_period
from levier.model.terms import Term

__all__ = ["CostAbout", "CostKind", "CostStatement", "Saving", "SavingAbout", "SavingKind", "SavingNature"]


class SavingKind(Term):
    """Whether a saving is expected, revised or achieved; these are three series and are never added up."""

    EXPECTED = "expected", "attendue", "expected"
    REVISED = "revised", "révisée", "revised"
    ACHIEVED = "achieved", "réalisée", "achieved"


class SavingNature(Term):
    """Whether a saving recurs every year or happens once."""

    RECURRENT = "recurrent", "pérenne", "recurrent"
    ONE_OFF = "one-off", "ponctuelle", "one-off"
    UNSTATED = "unstated", "non précisée", "unstated"


SavingAbout: TypeAlias = tuple[AwardId | None, SavingKind, SavingNature, str, Period | None]
"""What identifies a saving: the award, the kind, the nature, whose money it is, and when it is due."""


@final
@frozen(kw_only=True)
class Saving:
    """
    A statement of a saving, in euros, with the method by which it was computed and its source.

    *award_id* is `None` for the fund as a whole; *period* is when the saving is due, *stated_on* when it was stated.
    *caveat* warns about the amount: for example, that its source rounds it or quotes another one.

    Attributes:
        kind: Whether it is expected, revised or achieved.
        nature: Whether it recurs every year or happens once.
        amount: The amount, in euros.
        whose: Whose money is saved, such as "State" or "operator".
        method: How the saving was computed.
        source_id: The document that states it, by its identifier.

    Raises:
        InvalidValueError: If the method is blank: a saving without a method cannot be assessed.

    >>> Saving(
    ...     kind="achieved", nature="unstated", amount=339_000_000, whose="State", method="stated", source_id="cour"
    ... ).kind.label("en")
    'achieved'
    """

    award_id: AwardId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    kind: SavingKind = field(converter=SavingKind, validator=instance_of(SavingKind))
    nature: SavingNature = field(converter=SavingNature, validator=instance_of(SavingNature))
    amount: Euros = field(converter=as_euros, validator=is_euros)
    whose: str = field(validator=not_blank)
    method: str = field(validator=not_blank)
    period: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    stated_on: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    source_id: SourceId = field(converter=SourceId, validator=reference)
    caveat: str = field(default="", validator=trimmed)

    @property
    def about(self) -> SavingAbout:
        """The identity of the saving: a later statement of the same saving replaces this one."""
        return self.award_id, self.kind, self.nature, self.whose, self.period


class CostKind(Term):
    """Whether a cost is as first planned, as planned later, or final."""

    PLANNED = "planned", "prévu", "planned"
    REVISED = "revised", "révisé", "revised"
    FINAL = "final", "final", "final"


CostAbout: TypeAlias = tuple[AwardId, CostKind]
"""What identifies a cost: the award, and whether the cost is planned, revised or final."""


@final
@frozen(kw_only=True)
class CostStatement:
    """
    The total public cost of the project that an award pays a part of, in euros: planned, revised or final.

    It includes the award; *stated_on* is the date of the statement.

    Attributes:
        award_id: The award, by its identifier.
        kind: Whether it is planned, revised or final.
        amount: The amount, in euros.
        source_id: The document that states it, by its identifier.
        caveat: A warning to show with the value; empty if there is none.

    Raises:
        InvalidValueError: If the cost is negative.

    >>> CostStatement(award_id="cloud", kind="planned", amount=40_000_000, source_id="file").kind.label("en")
    'planned'
    """

    award_id: AwardId = field(converter=AwardId, validator=reference)
    kind: CostKind = field(converter=CostKind, validator=instance_of(CostKind))
    amount: Euros = field(converter=as_euros, validator=is_amount)
    stated_on: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    source_id: SourceId = field(converter=SourceId, validator=reference)
    caveat: str = field(default="", validator=trimmed)

    @property
    def about(self) -> CostAbout:
        """What identifies the cost: a later statement of the same cost replaces this one."""
        return self.award_id, self.kind
