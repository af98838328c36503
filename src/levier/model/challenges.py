"""The stages of challenge calls: the number of teams in each, and the grant for each team."""

from __future__ import annotations

from decimal import Decimal

from attrs import field, frozen

from levier.errors.final import final
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
    One stage of a challenge call: its period, its number of teams and the grant for each.

    *teams* is a number of teams and *grant* an amount in euros for each; both may be inexact, as published.

    Attributes:
        phase: The phase of the call, such as "incubation".
        period: When the stage takes place; `None` if unknown.
        source_id: The document that states it, by its identifier.

    Raises:
        InvalidValueError: If a quantity is in another unit.

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
        """The teams times the grant, with bounds; `None` if either is unpublished or the product has no bound."""
        if self.teams is None or self.grant is None or self.teams.approximate or self.grant.approximate:
            return None
        lower = _product(self.teams.lower, self.grant.lower)
        upper = _product(self.teams.upper, self.grant.upper)
        return None if lower is upper is None else Quantity(lower=lower, upper=upper, unit=EUROS)


def _product(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else EXACT.multiply(left, right)
