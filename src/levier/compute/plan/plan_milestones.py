"""The milestones of a programme or a reform with those of all that belongs to it: which are late, which unreported."""

from __future__ import annotations

from typing import final

from attrs import frozen

from levier.compute._wording import colon, label_of, number
from levier.compute.indicators.covers import below_said
from levier.compute.indicators.explanations import joined, subject_said
from levier.compute.plan.milestones import MilestoneSlip, MilestoneState, milestone_slip
from levier.compute.statements.known import known
from levier.model.belonging import Owner, Subtree
from levier.model.periods import Day, DayLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.terms import Lang

__all__ = ["PlanMilestones", "milestones_of"]


@final
@frozen(kw_only=True)
class PlanMilestones:
    """
    The milestones of a programme, a reform or a project and of all that belongs to it, on a day.

    *covers* is what they are the milestones of, each thing once.

    >>> from levier import Milestone, Project, Reform
    >>> pilot = Milestone(id="pilot", label="Pilot open", planned="2019-09")
    >>> reform = Reform(id="r", label="Reception")
    >>> project = Project(id="p", label="Desk", reform_id="r", milestones=[pilot])
    >>> print(milestones_of(Portfolio.of(reform, project), reform, as_of="2019-12-31").explain("en"))
    Reception, as of 31 December 2019: milestones: 1; due date passed, nothing says whether reached: 1 (Pilot open);
    reforms: 1, projects: 1
    """

    subject: Owner
    as_of: Day
    covers: Subtree
    slips: tuple[MilestoneSlip, ...]

    @property
    def late(self) -> tuple[MilestoneSlip, ...]:
        """Those of which a document says that they were missed."""
        return self.in_state(MilestoneState.LATE)

    @property
    def unreported(self) -> tuple[MilestoneSlip, ...]:
        """Those past their date of which nothing says whether they were reached."""
        return self.in_state(MilestoneState.UNREPORTED)

    def in_state(self, state: MilestoneState) -> tuple[MilestoneSlip, ...]:
        """Return those that stand so."""
        return tuple(slip for slip in self.slips if slip.state is state)

    def explain(self, lang: Lang) -> str:
        """Say how many milestones there are, which are late, of which nothing is known, and what they are of."""
        all_of_them = f"{'jalons' if lang == 'fr' else 'milestones'}{colon(lang)}{number(len(self.slips), lang)}"
        states = (self._said(state, lang) for state in (MilestoneState.LATE, MilestoneState.UNREPORTED))
        named = subject_said(label_of(self.subject, lang), "", self.as_of, lang)
        return named + joined((all_of_them, *states, below_said(self.covers, lang)), lang)

    def _said(self, state: MilestoneState, lang: Lang) -> str:
        names = ", ".join(label_of(slip.milestone, lang) for slip in self.in_state(state))
        return f"{state.label(lang)}{colon(lang)}{number(len(self.in_state(state)), lang)} ({names})" if names else ""


def milestones_of(portfolio: Portfolio, subject: Owner, *, as_of: DayLike) -> PlanMilestones:
    """
    Return the milestones of a programme, a reform or a project on a day, with those of all that belongs to it.

    They are those that documents known on that day tell of.

    Raises:
        UnknownItemError: If the portfolio does not hold the subject, or did not on that day.
        InvalidValueError: If *as_of* is no day.

    >>> from levier import Programme
    >>> plan = Programme(id="plan", label="Plan", kind="ministerial-plan")
    >>> milestones_of(Portfolio.of(plan), plan, as_of="2019-06-14").slips
    ()
    """
    asked = parse_day(as_of)
    covers = Subtree.of(known(portfolio, asked), subject)
    slips = (milestone_slip(owner, milestone, asked) for owner in covers.things for milestone in owner.milestones)
    return PlanMilestones(subject=covers.things[0], as_of=asked, covers=covers, slips=tuple(slips))
