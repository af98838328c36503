"""What a fund's money brings, and what it costs in all: dated statements, each with who says so."""

from __future__ import annotations

from typing import TypeAlias, final

from attrs import field, frozen

from levier.model._converters import as_id_or_none
from levier.model._fields import instance_of, not_blank, optional, trimmed
from levier.model.identifiers import AwardId, SourceId, reference
from levier.model.money import Euros, as_euros, is_amount, is_euros
from levier.model.periods import Period, as_period_or_none, is_period
from levier.model.terms import Term

__all__ = ["CostAbout", "CostKind", "CostStatement", "Saving", "SavingAbout", "SavingKind", "SavingNature"]


class SavingKind(Term):
    """Whether a saving is expected, revised or achieved; three series, never one."""

    EXPECTED = "expected", "attendue", "expected"
    REVISED = "revised", "révisée", "revised"
    ACHIEVED = "achieved", "réalisée", "achieved"


class SavingNature(Term):
    """Whether a saving comes every year or once."""

    RECURRENT = "recurrent", "pérenne", "recurrent"
    ONE_OFF = "one-off", "ponctuelle", "one-off"
    UNSTATED = "unstated", "non précisée", "unstated"


SavingAbout: TypeAlias = tuple[AwardId | None, SavingKind, SavingNature, str, Period | None]
"""Which saving is stated: of which award, kind and nature, whose money, when it falls due."""


@final
@frozen(kw_only=True)
class Saving:
    """
    A saving, in euros: of what kind and nature, whose money, by which method, said by whom.

    *award_id* is `None` for the fund as a whole; *period* is when it falls due, *stated_on* when it was said.
    *caveat* says what the amount alone does not: that its source rounds it, or reports what another one found.

    Attributes:
        kind: Of which kind it is.
        nature: Whether the saving recurs.
        amount: The amount, in euros.
        whose: Whose savings: the State's, an operator's.
        method: How the saving was reckoned.
        source_id: The source that states it.

    Raises:
        InvalidValueError: For a blank method: a saving without one cannot be judged.

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
        """Which saving this states: a later statement of the same one takes its place, others are other savings."""
        return self.award_id, self.kind, self.nature, self.whose, self.period


class CostKind(Term):
    """Whether a cost is the first that was planned, a later plan, or what it came to."""

    PLANNED = "planned", "prévu", "planned"
    REVISED = "revised", "révisé", "revised"
    FINAL = "final", "final", "final"


CostAbout: TypeAlias = tuple[AwardId, CostKind]
"""Which cost is stated: of which award, and whether planned, revised or final."""


@final
@frozen(kw_only=True)
class CostStatement:
    """
    The whole public cost of what an award pays a part of, in euros: as planned, as revised, or in the end.

    *stated_on* is when it was said; the award's own money is a part of it.

    Attributes:
        award_id: The award, by its identifier.
        kind: Of which kind it is.
        amount: The amount, in euros.
        source_id: The source that states it.
        caveat: What to know before using it.

    Raises:
        InvalidValueError: For a cost below zero.

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
        """Which cost this states: a later statement of the same one takes its place."""
        return self.award_id, self.kind
