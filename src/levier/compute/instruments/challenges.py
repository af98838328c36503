"""Challenge calls stage by stage: how many teams are left of those before, and what each stage costs, in bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import reduce
from typing import final

from attrs import frozen

from levier.compute._wording import bounds_said, colon, euros
from levier.compute.exact import EXACT, HUNDRED
from levier.compute.indicators.explanations import joined
from levier.compute.plan.reasons import PlanReason
from levier.model.challenges import ChallengeStage
from levier.model.instruments import ChallengeCall
from levier.model.quantities import COUNT, EUROS, PERCENT, Quantity
from levier.model.terms import Lang

__all__ = ["StageSurvival", "Survivors", "survivors"]

_APPLICATIONS = "applications"


@final
@frozen(kw_only=True)
class StageSurvival:
    """
    One stage of a call: its teams, its money, and which percentage is left of the teams *before*.

    *before* is the last number of teams that is known before the stage: of an earlier stage, or of the applications.
    *left* is in bounds where either number is; `None` where *reason* says why.

    >>> stage = ChallengeStage(phase="incubation", teams=Quantity.exact(24, COUNT))
    >>> survival = StageSurvival(stage=stage, reason=PlanReason.NOTHING_BEFORE)
    >>> survival.explain("en")
    'incubation: 24 teams; nothing is known before'
    """

    stage: ChallengeStage
    before: Quantity | None = None
    left: Quantity | None = None
    reason: PlanReason | None = None

    @property
    def cost(self) -> Quantity | None:
        """Teams times grant, in bounds; `None` where no bound follows from what is published."""
        return self.stage.cost

    @property
    def is_funded(self) -> bool:
        """Whether teams or a grant are published, so that the stage takes money of the envelope."""
        return self.stage.teams is not None or self.stage.grant is not None

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
class Survivors:
    """
    A challenge call stage by stage.

    >>> found = survivors(ChallengeCall(id="defis", label="Défis"))
    >>> found.stages, found.cost, found.fits
    ((), None, None)
    """

    call: ChallengeCall
    applications: Quantity | None
    stages: tuple[StageSurvival, ...]

    @property
    def cost(self) -> Quantity | None:
        """What the stages cost together, of which a cost is known; `None` where no bound of it is known."""
        known = [stage.cost for stage in self.stages if stage.cost is not None]
        lower, upper = _total(cost.lower for cost in known), _total(cost.upper for cost in known)
        return None if not known or lower is upper is None else Quantity(lower=lower, upper=upper, unit=EUROS)

    @property
    def fits(self) -> bool | None:
        """
        Whether the envelope covers the cost whatever is chosen within the bounds.

        `False` where it covers no choice; `None` where that depends on what is chosen, for which `staged_plan` is, or
        where one of the two is not known.
        """
        if self.call.envelope is None or self.cost is None:
            return None
        envelope = self.call.envelope.value.amount
        is_whole = all(stage.cost is not None or not stage.is_funded for stage in self.stages)
        if is_whole and self.cost.upper is not None and self.cost.upper <= envelope:
            return True
        return False if self.cost.lower is not None and self.cost.lower > envelope else None

    def explain(self, lang: Lang) -> str:
        """Say the applications, each stage, and the cost of all beside the envelope."""
        word = "candidatures" if lang == "fr" else "applications"
        applied = "" if self.applications is None else f"{bounds_said(self.applications, lang)} {word}"
        stages = (stage.explain(lang) for stage in self.stages)
        return f"{self.call.label}{colon(lang)}" + joined((applied, *stages, self._cost(lang)), lang)

    def _cost(self, lang: Lang) -> str:
        if self.cost is None:
            return ""
        said = f"{'en tout' if lang == 'fr' else 'in all'} {bounds_said(self.cost, lang)}"
        if self.call.envelope is None:
            return said
        held = f"{'enveloppe' if lang == 'fr' else 'envelope'} {euros(self.call.envelope.value, lang)}"
        words = {
            True: ("suffisante", "covers it"),
            False: ("insuffisante", "does not cover it"),
            None: ("selon les choix", "depends on the choice"),
        }[self.fits]
        return f"{said}, {held}{colon(lang)}{words[lang == 'en']}"


def _total(bounds: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of bounds; `None` as soon as one is missing, for then the sum has no such bound."""
    given = tuple(bounds)
    known = [bound for bound in given if bound is not None]
    return reduce(EXACT.add, known, Decimal(0)) if len(known) == len(given) else None


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
    figures = (figure.value.value for figure in call.figures if figure.id == _APPLICATIONS)
    applications = next((quantity for quantity in figures if quantity.unit == COUNT), None)
    return Survivors(call=call, applications=applications, stages=tuple(_stages(call, applications)))


def _stages(call: ChallengeCall, before: Quantity | None) -> Iterator[StageSurvival]:
    for stage in call.stages:
        left = None if stage.teams is None or before is None else _left(stage.teams, before)
        yield StageSurvival(stage=stage, before=before, left=left, reason=_why(stage, before, left))
        before = stage.teams or before


def _left(teams: Quantity, before: Quantity) -> Quantity | None:
    """Return teams as a percentage of those before, in bounds; `None` where none follows."""
    if teams.approximate or before.approximate:
        return None
    lower, upper = _percentage(teams.lower, before.upper), _percentage(teams.upper, before.lower)
    return None if lower is upper is None else Quantity(lower=lower, upper=upper, unit=PERCENT)


def _percentage(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return None if part is None or not whole else EXACT.divide(EXACT.multiply(part, HUNDRED), whole)


def _why(stage: ChallengeStage, before: Quantity | None, left: Quantity | None) -> PlanReason | None:
    if left is not None:
        return None
    if stage.teams is None:
        return PlanReason.NO_TEAMS
    return PlanReason.NOTHING_BEFORE if before is None else PlanReason.NO_BOUND
