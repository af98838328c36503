"""Challenge calls by stage: the teams that remain of the previous stage, and the cost of each stage, with bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import reduce

from attrs import evolve, field, frozen

from levier.compute._types import asked, by_type
from levier.compute.coverage import Coverage
from levier.compute.exact import EXACT, percentage
from levier.compute.instruments.counts import most
from levier.errors.final import final
from levier.model._fields import each, instance_of, optional
from levier.model.challenges import ChallengeStage
from levier.model.instruments import ChallengeCall
from levier.model.money import Euros
from levier.model.quantities import COUNT, EUROS, PERCENT, Quantity
from levier.wording.explained import Explained
from levier.wording.messages import Message, about, clauses, message, plural
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value
from levier.wording.values import Name, Rounded

__all__ = ["StageAttrition", "StageCount", "stage_attrition", "stages_with_before"]

_APPLICATIONS = "applications"


@final
@frozen(kw_only=True, field_transformer=by_type)
class StageCount(Explained):
    """
    One stage of a call: its teams, its money, and the percentage of the previous teams that remain.

    *before* is the last known number of teams before the stage: of an earlier stage, or of the applications.
    *left* is a percentage, with bounds where a number has bounds; `None` where *reason* says why.

    Attributes:
        stage: The stage, with its teams and its grant.

    >>> stage = ChallengeStage(phase="incubation", teams=Quantity.exact(24, "count"))
    >>> survival = StageCount(stage=stage, reason=MissingReason.NOTHING_BEFORE)
    >>> survival.explain("en")
    'incubation: 24 teams; no earlier number of teams'
    """

    stage: ChallengeStage = field(validator=instance_of(ChallengeStage))
    before: Quantity | None = field(default=None, validator=optional(instance_of(Quantity)))
    left: Quantity | None = field(default=None, validator=optional(instance_of(Quantity)))
    reason: MissingReason | None = field(default=None, validator=optional(instance_of(MissingReason)))

    @property
    def cost(self) -> Quantity | None:
        """Teams times grant, with bounds; `None` where the published numbers give no bound."""
        return self.stage.cost

    @property
    def message(self) -> Said:
        """The teams, the percentage that remains, the grant and the cost."""
        return about(clauses(self._cost(), self._left(), self.reason), self.stage.phase)

    def _cost(self) -> Value | None:
        teams, grant, cost = self._teams(), self.stage.grant, self.cost
        if teams is None or grant is None:
            return teams or grant
        if cost is None:
            return message("{teams} × {grant}", teams=teams, grant=grant)
        return message("{teams} × {grant} = {cost}", teams=teams, grant=grant, cost=cost)

    def _teams(self) -> Message | None:
        teams = self.stage.teams
        return None if teams is None else plural("{teams} team", "{teams} teams", n=most(teams), teams=teams)

    def _left(self) -> Message | None:
        if self.left is None or self.before is None:
            return None
        return message("{left} remaining (of {before})", left=Rounded(self.left, 1), before=self.before)


@final
@frozen(kw_only=True, field_transformer=by_type)
class StageAttrition(Explained):
    """
    A challenge call by stage.

    Attributes:
        call: The name of the call.
        applications: The number of applications; `None` where it is unknown.
        stages: The stages, in order.
        envelope: The money of the call, in euros; `None` where it is unknown.

    >>> found = stage_attrition(ChallengeCall(id="defis", label="Défis"))
    >>> found.stages, found.cost, found.fits, found.reason.en
    ((), None, None, 'no known cost')
    """

    call: Name = field(validator=instance_of(Name))
    applications: Quantity | None = field(validator=optional(instance_of(Quantity)))
    stages: tuple[StageCount, ...] = field(validator=each(instance_of(StageCount)))
    envelope: Euros | None = field(default=None, validator=optional(instance_of(Euros)))

    @property
    def coverage(self) -> Coverage:
        """The stages whose cost is known, and those whose cost is unknown, which is not zero."""
        found = Coverage.of({str(survival.stage.phase): survival.cost is not None for survival in self.stages})
        phases = tuple(survival.stage.phase for survival in self.stages if survival.cost is None)
        return evolve(found, missing_names=tuple(phases))

    @property
    def cost(self) -> Quantity | None:
        """
        The cost of the stages in *coverage*, with bounds; `None` where no cost is known.

        It is only a lower bound for all stages, unless *coverage* is complete.
        """
        known = [stage.cost for stage in self.stages if stage.cost is not None]
        lower, upper = _least(cost.lower for cost in known), _most(cost.upper for cost in known)
        return None if lower is upper is None else Quantity(lower=lower, upper=upper, unit=EUROS)

    @property
    def fits(self) -> bool | None:
        """
        Whether the envelope covers the cost whatever is chosen within the bounds.

        `False` if it covers no choice, for which some of the stages may be enough. `True` only if the cost of every
        stage is known. `None` where *reason* says why; where the answer depends on the choice, use `staged_funding`.
        """
        return self._judged[0]

    @property
    def reason(self) -> MissingReason | None:
        """Why it is unknown whether the envelope covers the cost."""
        return self._judged[1]

    @property
    def _judged(self) -> tuple[bool | None, MissingReason | None]:
        envelope, cost = self.envelope, self.cost
        if envelope is None or cost is None:
            return None, MissingReason.NO_COST if cost is None else MissingReason.NO_ENVELOPE
        if cost.lower is not None and cost.lower > envelope.amount:
            return False, None
        if not self.coverage.is_complete or cost.upper is None:
            return None, MissingReason.NO_BOUND if self.coverage.is_complete else MissingReason.STAGE_WITHOUT_COST
        return (True, None) if cost.upper <= envelope.amount else (None, MissingReason.CHOICE)

    @property
    def message(self) -> Said:
        """The applications, each stage, and the cost beside the envelope: the total, or the known part."""
        stages = [stage.message for stage in self.stages] or [message("no stage described")]
        return about(clauses(self._applied(), *stages, *self._total(), self._held()), self.call)

    def _applied(self) -> Message | None:
        number = self.applications
        if number is None:
            return None
        return plural("{number} application", "{number} applications", n=most(number), number=number)

    def _total(self) -> Iterator[Message]:
        cost, coverage = self.cost, self.coverage
        if cost is None:
            return
        if coverage.is_complete:
            yield message("total: {cost}", cost=cost)
        else:
            yield message("known so far: {cost}", cost=cost)
            yield message("stages with a known cost: {coverage}", coverage=coverage.message)

    def _held(self) -> Message | None:
        """Return whether the envelope covers the cost, or why that is unknown."""
        if self.envelope is None:
            return None
        if self.reason is not None:
            return message("envelope of {amount}: {reason}", amount=self.envelope, reason=self.reason)
        if self.fits:
            return message("envelope of {amount}: sufficient", amount=self.envelope)
        return message("envelope of {amount}: insufficient", amount=self.envelope)


def _least(bounds: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of lower bounds; unknown ones are skipped, because no cost is negative."""
    known = [bound for bound in bounds if bound is not None]
    return reduce(EXACT.add, known) if known else None


def _most(bounds: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of upper bounds; `None` if one is missing, because the sum then has no upper bound."""
    given = tuple(bounds)
    known = [bound for bound in given if bound is not None]
    return reduce(EXACT.add, known) if known and len(known) == len(given) else None


@asked
def stage_attrition(call: ChallengeCall) -> StageAttrition:
    """
    Return a challenge call by stage: the teams of each, their money, and the percentage that remains.

    The applications are the call's figure of that name. A stage without a published number of teams is skipped: the
    next one is compared with the last known number.

    >>> from levier import catalogue
    >>> found = stage_attrition(catalogue.action_publique_2022().instruments["defis-cartes-blanches"])
    >>> print(found.stages[2])
    experimentation: 3 to 5 teams × €150,000 to €250,000 = €450,000 to €1,250,000; 12.5% to 20.8% remaining (of 24)
    """
    stages = tuple(_survival(stage, before) for stage, before in stages_with_before(call))
    envelope = None if call.envelope is None else call.envelope.value
    return StageAttrition(call=Name.of(call), applications=_applications(call), stages=stages, envelope=envelope)


def _survival(stage: ChallengeStage, before: Quantity | None) -> StageCount:
    left = None if stage.teams is None or before is None else _left(stage.teams, before)
    return StageCount(stage=stage, before=before, left=left, reason=_why(stage, before, left))


def _left(teams: Quantity, before: Quantity) -> Quantity | None:
    """Return teams as a percentage of those before, with bounds; `None` where it cannot be computed."""
    if teams.approximate or before.approximate:
        return None
    lower, upper = _percentage(teams.lower, before.upper), _percentage(teams.upper, before.lower)
    return None if lower is upper is None else Quantity(lower=lower, upper=upper, unit=PERCENT)


def _percentage(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return None if part is None or not whole else percentage(part, whole)


def _why(stage: ChallengeStage, before: Quantity | None, left: Quantity | None) -> MissingReason | None:
    if left is not None:
        return None
    if stage.teams is None:
        return MissingReason.NO_TEAMS
    return MissingReason.NOTHING_BEFORE if before is None else MissingReason.NO_BOUND


def _applications(call: ChallengeCall) -> Quantity | None:
    """Return the number of applications: the call's figure *applications*; `None` where it has none."""
    figures = (figure.value.value for figure in call.figures if figure.id == _APPLICATIONS)
    return next((quantity for quantity in figures if quantity.unit == COUNT), None)


def stages_with_before(call: ChallengeCall) -> Iterator[tuple[ChallengeStage, Quantity | None]]:
    """
    Yield each stage with the last known number of teams before it: of an earlier stage, or of the applications.

    >>> from levier import catalogue
    >>> for stage, before in stages_with_before(catalogue.action_publique_2022().instruments["defis-cartes-blanches"]):
    ...     print(stage.phase, "after", before)
    exploration after 54 count
    incubation after 54 count
    experimentation after 24 count
    """
    before = _applications(call)
    for stage in call.stages:
        yield stage, before
        before = stage.teams or before
