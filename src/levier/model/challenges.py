"""The stages of challenge calls: how many teams, and how much money for each."""

from __future__ import annotations

from decimal import Decimal
from typing import final

from attrs import field, frozen

from levier.model._converters import as_id_or_none
from levier.model._fields import instance_of, optional
from levier.model._numbers import EXACT
from levier.model.identifiers import SourceId, reference
from levier.model.lifecycle import ChallengePhase
from levier.model.periods import Period, as_period_or_none, is_period
from levier.model.quantities import COUNT, EUROS, Quantity, counted_in

__all__ = ["ChallengeStage"]


@final
@frozen(kw_only=True)
class ChallengeStage:
    """
    One stage of a challenge call: when, how many teams, and what each is granted.

    *teams* is a count and *grant* an amount in EUR a team, each as inexact as published.

    Attributes:
        phase: The phase.
        period: The period that it is of.
        source_id: The source that states it.

    Raises:
        InvalidValueError: For a quantity in another unit.

    >>> stage = ChallengeStage(
    ...     phase="experimentation",
    ...     teams=Quantity.between(3, 5, COUNT),
    ...     grant=Quantity.between(150_000, 250_000, EUROS),
    ... )
    >>> print(stage.cost)
    between 450000 and 1250000 EUR
    """

    phase: ChallengePhase = field(converter=ChallengePhase, validator=instance_of(ChallengePhase))
    period: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    teams: Quantity | None = field(default=None, validator=optional(counted_in(COUNT)))
    grant: Quantity | None = field(default=None, validator=optional(counted_in(EUROS)))
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))

    @property
    def cost(self) -> Quantity | None:
        """Teams times grant, in bounds; `None` where either was not published, or no bound follows from them."""
        if self.teams is None or self.grant is None or self.teams.approximate or self.grant.approximate:
            return None
        lower = _product(self.teams.lower, self.grant.lower)
        upper = _product(self.teams.upper, self.grant.upper)
        return None if lower is upper is None else Quantity(lower=lower, upper=upper, unit=EUROS)


def _product(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else EXACT.multiply(left, right)
