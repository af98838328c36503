"""Challenge calls stage by stage: how many teams are left of those before, and what each stage costs, in bounds."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import reduce
from typing import final

from attrs import evolve, field, frozen

from levier.compute._wording import Explained, bounds_said, colon, euros
from levier.compute.exact import EXACT, HUNDRED
from levier.compute.indicators.aggregation import Coverage
from levier.compute.indicators.explanations import joined
from levier.compute.plan.covering import covered
from levier.compute.plan.teams import applications_of, stages_with_before
from levier.model._fields import each, instance_of, optional
from levier.model.challenges import ChallengeStage
from levier.model.instruments import ChallengeCall
from levier.model.quantities import EUROS, PERCENT, Quantity
from levier.model.terms import Lang
from levier.wording.reasons import MissingReason

__all__ = ["StageSurvival", "Survivors", "survivors"]


@final
@frozen(kw_only=True)
class StageSurvival(Explained):
    """
    One stage of a call: its teams, its money, and which percentage is left of the teams *before*.

    *before* is the last number of teams that is known before the stage: of an earlier stage, or of the applications.
    *left* is in bounds where either number is; `None` where *reason* says why.

    >>> stage = ChallengeStage(phase="incubation", teams=Quantity.exact(24, "count"))
    >>> survival = StageSurvival(stage=stage, reason=MissingReason.NOTHING_BEFORE)
    >>> survival.explain("en")
    'incubation: 24 teams; nothing is known before'
    """

    stage: ChallengeStage = field(validator=instance_of(ChallengeStage))
    before: Quantity | None = field(default=None, validator=optional(instance_of(Quantity)))
    left: Quantity | None = field(default=None, validator=optional(instance_of(Quantity)))
    reason: MissingReason | None = field(default=None, validator=optional(instance_of(MissingReason)))

    @property
    def cost(self) -> Quantity | None:
        """Teams times grant, in bounds; `None` where no bound follows from what is published."""
        return self.stage.cost

    def left_said(self, lang: Lang, decimals: int = 1) -> str:
        """Say which percentage is left, rounded; nothing where it is not known."""
        return "" if self.left is None else bounds_said(self.left, lang, decimals)

    def explain(self, lang: Lang) -> str:
        """Say the teams, how many that is of those before, the grant and the cost."""
        unit = "équipes" if lang == "fr" else "teams"
        teams = "" if self.stage.teams is None else f"{bounds_said(self.stage.teams, lang)} {unit}"
        grant = "" if self.stage.grant is None else f" × {bounds_said(self.stage.grant, lang)}"
        cost = "" if self.cost is None else f" = {bounds_said(self.cost, lang)}"
        reason = "" if self.reason is None else self.reason.label(lang)
        return f"{self.stage.phase.label(lang)}{colon(lang)}" + joined(
            (f"{teams}{grant}{cost}".removeprefix(" × "), self._left(lang), reason), lang
        )

    def _left(self, lang: Lang) -> str:
        if self.left is None or self.before is None:
            return ""
        of = "sur" if lang == "fr" else "of"
        return f"{self.left_said(lang)} ({of} {bounds_said(self.before, lang)})"


@final
@frozen(kw_only=True)
class Survivors(Explained):
    """
    A challenge call stage by stage.

    >>> found = survivors(ChallengeCall(id="defis", label="Défis"))
    >>> found.stages, found.cost, found.fits, found.reason.en
    ((), None, None, 'no cost is known')
    """

    call: ChallengeCall = field(validator=instance_of(ChallengeCall))
    applications: Quantity | None = field(validator=optional(instance_of(Quantity)))
    stages: tuple[StageSurvival, ...] = field(validator=each(instance_of(StageSurvival)))

    @property
    def coverage(self) -> Coverage:
        """The stages whose cost is known, and those of which it is not: nobody says that these cost nothing."""
        found = covered({str(survival.stage.phase): survival.cost is not None for survival in self.stages})
        phases = tuple(survival.stage.phase for survival in self.stages if survival.cost is None)
        return evolve(found, missing_names=tuple(phases))

    @property
    def cost(self) -> Quantity | None:
        """
        What the stages of *coverage* cost together, in bounds; `None` where none is known.

        Of all stages this is no more than a lower bound, unless *coverage* is complete.
        """
        known = [stage.cost for stage in self.stages if stage.cost is not None]
        lower, upper = _least(cost.lower for cost in known), _most(cost.upper for cost in known)
        return None if lower is upper is None else Quantity(lower=lower, upper=upper, unit=EUROS)

    @property
    def fits(self) -> bool | None:
        """
        Whether the envelope covers the cost whatever is chosen within the bounds.

        `False` where it covers no choice, for which the stages known may be enough. `True` only where the cost of every
        stage is known. `None` where *reason* says why; where that is the choice, `staged_plan` is for one.
        """
        return self._judged[0]

    @property
    def reason(self) -> MissingReason | None:
        """Why nobody can say whether the envelope covers the cost."""
        return self._judged[1]

    @property
    def _judged(self) -> tuple[bool | None, MissingReason | None]:
        envelope, cost = self.call.envelope, self.cost
        if envelope is None or cost is None:
            return None, MissingReason.NO_COST if cost is None else MissingReason.NO_ENVELOPE
        if cost.lower is not None and cost.lower > envelope.value.amount:
            return False, None
        if not self.coverage.is_complete or cost.upper is None:
            return None, MissingReason.NO_BOUND if self.coverage.is_complete else MissingReason.STAGE_WITHOUT_COST
        return (True, None) if cost.upper <= envelope.value.amount else (None, MissingReason.CHOICE)

    def explain(self, lang: Lang) -> str:
        """Say the applications, each stage, and the cost beside the envelope: of all, or of what is known so far."""
        word = "candidatures" if lang == "fr" else "applications"
        applied = "" if self.applications is None else f"{bounds_said(self.applications, lang)} {word}"
        stages = (stage.explain(lang) for stage in self.stages)
        money = ", ".join(part for part in (self._cost(lang), self._envelope(lang)) if part)
        return f"{self.call.label}{colon(lang)}" + joined((applied, *stages, money), lang)

    def _cost(self, lang: Lang) -> str:
        if self.cost is None:
            return ""
        if self.coverage.is_complete:
            return f"{'en tout' if lang == 'fr' else 'in all'} {bounds_said(self.cost, lang)}"
        known = "connu jusqu’ici" if lang == "fr" else "known so far"
        return f"{known} {bounds_said(self.cost, lang)} ({self.coverage.explain(lang)})"

    def _envelope(self, lang: Lang) -> str:
        if self.call.envelope is None:
            return ""
        held = f"{'enveloppe' if lang == 'fr' else 'envelope'} {euros(self.call.envelope.value, lang)}"
        if self.reason is not None:
            return f"{held}{colon(lang)}{self.reason.label(lang)}"
        words = ("suffisante", "covers it") if self.fits else ("insuffisante", "does not cover it")
        return f"{held}{colon(lang)}{words[lang == 'en']}"


def _least(bounds: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of lower bounds: nothing costs less than nothing, so those that are known are enough."""
    known = [bound for bound in bounds if bound is not None]
    return reduce(EXACT.add, known) if known else None


def _most(bounds: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of upper bounds; `None` as soon as one is missing, for then the sum has no such bound."""
    given = tuple(bounds)
    known = [bound for bound in given if bound is not None]
    return reduce(EXACT.add, known) if known and len(known) == len(given) else None


def survivors(call: ChallengeCall) -> Survivors:
    """
    Return a challenge call stage by stage: the teams of each, their money, and the percentage of those before.

    The applications are the call's figure of that name. A stage without a published number of teams is passed over:
    the next one is measured against the last number that is known.

    >>> from levier import catalogue
    >>> found = survivors(catalogue.action_publique_2022().instruments["defis-cartes-blanches"])
    >>> print(bounds_said(found.stages[1].left, "en", 1), "then", bounds_said(found.stages[2].left, "en", 1))
    44.4% then 12.5% to 20.8%
    """
    stages = tuple(_survival(stage, before) for stage, before in stages_with_before(call))
    return Survivors(call=call, applications=applications_of(call), stages=stages)


def _survival(stage: ChallengeStage, before: Quantity | None) -> StageSurvival:
    left = None if stage.teams is None or before is None else _left(stage.teams, before)
    return StageSurvival(stage=stage, before=before, left=left, reason=_why(stage, before, left))


def _left(teams: Quantity, before: Quantity) -> Quantity | None:
    """Return teams as a percentage of those before, in bounds; `None` where none follows."""
    if teams.approximate or before.approximate:
        return None
    lower, upper = _percentage(teams.lower, before.upper), _percentage(teams.upper, before.lower)
    return None if lower is upper is None else Quantity(lower=lower, upper=upper, unit=PERCENT)


def _percentage(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return None if part is None or not whole else EXACT.divide(EXACT.multiply(part, HUNDRED), whole)


def _why(stage: ChallengeStage, before: Quantity | None, left: Quantity | None) -> MissingReason | None:
    if left is not None:
        return None
    if stage.teams is None:
        return MissingReason.NO_TEAMS
    return MissingReason.NOTHING_BEFORE if before is None else MissingReason.NO_BOUND
