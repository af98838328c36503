"""Staged funding of challenges: ever fewer teams, with ever larger grants, within one envelope."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.exact import written
from levier.errors import EnvelopeExceededError, InvalidValueError
from levier.errors.final import final
from levier.model.challenges import ChallengeStage
from levier.model.instruments import ChallengeCall
from levier.model.lifecycle import ChallengePhase
from levier.model.money import ZERO, Euros, EurosLike
from levier.model.quantities import Exactness, Quantity

__all__ = ["FundedStage", "StageChoice", "StagedFunding", "staged_funding"]

StageChoice: TypeAlias = tuple[int, EurosLike]
"""The number of teams, and the grant of each in euros."""


@final
@frozen(kw_only=True, field_transformer=by_type)
class FundedStage:
    """
    The funding of one stage: the number of teams, and the grant of each in euros.

    Attributes:
        phase: The phase of the stage, such as the prototype.
        teams: The number of teams.
        grant: The grant of each team, in euros.

    >>> FundedStage(phase=ChallengePhase.INCUBATION, teams=24, grant=Euros(25_000)).cost
    Euros('600000.00')
    """

    phase: ChallengePhase = field(converter=ChallengePhase)
    teams: int
    grant: Euros

    @property
    def cost(self) -> Euros:
        """The cost of the stage, in euros."""
        return self.grant * self.teams


@final
@frozen(kw_only=True, field_transformer=by_type)
class StagedFunding:
    """
    A staged plan within its envelope; *unfunded* are the stages for which no money is published or chosen.

    Attributes:
        envelope: The whole envelope, in euros.
        stages: The funded stages, in order.

    >>> plan = StagedFunding(envelope=Euros(100), stages=(), unfunded=())
    >>> plan.cost, plan.left
    (Euros('0.00'), Euros('100.00'))
    """

    envelope: Euros
    stages: tuple[FundedStage, ...]
    unfunded: tuple[ChallengePhase, ...]

    @property
    def cost(self) -> Euros:
        """The cost of all stages, in euros."""
        return Euros.total(stage.cost for stage in self.stages)

    @property
    def left(self) -> Euros:
        """The rest of the envelope, in euros."""
        return self.envelope - self.cost


@asked
def staged_funding(
    call: ChallengeCall,
    choices: Mapping[ChallengePhase | str, StageChoice] = MappingProxyType({}),
    *,
    envelope: EurosLike | None = None,
) -> StagedFunding:
    """
    Return the plan of a challenge call, before any money is promised.

    A stage published exactly is used as it is; for one published with bounds, *choices* gives the number of teams and
    the grant of each, within those bounds. *envelope* is that of the call where it is not given.

    Raises:
        EnvelopeExceededError: If the plan costs more than the envelope; gives the excess.
        InvalidValueError: For a choice outside the published bounds or for no stage of the call, a stage that needs a
            choice and has none, or an envelope that is not known.

    >>> from levier import catalogue
    >>> call = catalogue.action_publique_2022().instruments["defis-cartes-blanches"]
    >>> staged_funding(call, {"experimentation": (3, 250_000)}).cost
    Euros('1350000.00')
    >>> staged_funding(call, {"experimentation": (5, 250_000)})
    Traceback (most recent call last):
        ...
    levier.errors.EnvelopeExceededError: call 'defis-cartes-blanches': the plan asks for 1850000.00 EUR, the
    envelope is 1500000.00 EUR: 350000.00 EUR too much
    """
    if envelope is None:
        if call.envelope is None:
            raise InvalidValueError(f"ChallengeCall {call.id!r}", None, "an envelope, published or given", "envelope")
        envelope = call.envelope.value
    whole = Euros(envelope)
    chosen = {ChallengePhase(phase): choice for phase, choice in choices.items()}
    if unknown := chosen.keys() - {stage.phase for stage in call.stages}:
        raise InvalidValueError(f"ChallengeCall {call.id!r}", sorted(unknown), "stages of this call", "choices")
    funded = [stage for stage in call.stages if stage.teams or stage.grant or stage.phase in chosen]
    plan = StagedFunding(
        envelope=whole,
        stages=tuple(_planned(call, stage, chosen.get(stage.phase)) for stage in funded),
        unfunded=tuple(stage.phase for stage in call.stages if stage not in funded),
    )
    if plan.cost > whole:
        raise EnvelopeExceededError(f"call {call.id!r}", plan.cost, whole)
    return plan


def _planned(call: ChallengeCall, stage: ChallengeStage, choice: StageChoice | None) -> FundedStage:
    if choice is None:
        choice = _published(call, stage)
    teams, grant = choice[0], Euros(choice[1])
    if type(teams) is not int or teams < 0 or grant < ZERO:
        raise _refused(call, stage, choice, "a whole number of teams and an amount, neither below zero")
    for published, value in ((stage.teams, Decimal(teams)), (stage.grant, grant.amount)):
        if published is not None and not _within(published, value):
            raise _refused(call, stage, written(value), f"what is published: {published}")
    return FundedStage(phase=stage.phase, teams=teams, grant=grant)


def _published(call: ChallengeCall, stage: ChallengeStage) -> StageChoice:
    for found in (stage.teams, stage.grant):
        if found is None or found.exactness is not Exactness.EXACT:
            said = "not published" if found is None else str(found)
            raise _refused(call, stage, said, "a choice of teams and of euros for each")
    return int(_value(stage.teams)), Euros(_value(stage.grant))


def _value(quantity: Quantity | None) -> Decimal:
    return Decimal(0) if quantity is None else quantity.value


def _within(published: Quantity, value: Decimal) -> bool:
    if published.approximate:
        return True
    return (published.lower is None or published.lower <= value) and (
        published.upper is None or value <= published.upper
    )


def _refused(call: ChallengeCall, stage: ChallengeStage, found: object, expected: str) -> InvalidValueError:
    return InvalidValueError(f"ChallengeCall {call.id!r}", found, expected, stage.phase)
