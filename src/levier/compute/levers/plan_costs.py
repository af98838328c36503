"""
What is known of the money of a programme, a reform or a project, with all that belongs to it: each owner once.

The money of a project is that of the awards that name it, or what its pulls state where that is more; a reform or a
programme has no money of its own but what its pulls state.
"""

from __future__ import annotations

from typing import final

from attrs import field, frozen

from levier.compute._wording import colon, euros, label_of
from levier.compute.indicators.aggregation import Coverage
from levier.compute.indicators.covers import below_said
from levier.compute.indicators.explanations import joined
from levier.compute.levers.money import Books, overlap_said
from levier.compute.plan.covering import coverage_said, covered
from levier.compute.statements.known import known
from levier.model.belonging import Owner, Subtree, path_of
from levier.model.money import Euros
from levier.model.periods import DayLike
from levier.model.portfolio import Portfolio
from levier.model.programmes import Project
from levier.model.terms import Lang
from levier.wording.reasons import MissingReason

__all__ = ["PlanCost", "cost_of", "plan_cost"]


@final
@frozen(kw_only=True)
class PlanCost:
    """
    What is known of the money of a programme, a reform or a project with all that belongs to it, in euros.

    *value* is `None` where *reason* says why. *coverage* lists, by their paths, the projects and the owners of pulls
    whose money is known, and those of which it is not. *nested* are owners counted beside their reform or programme:
    their money may be a part of its.

    >>> from levier import Award, Fund, Project, Reform
    >>> reform, project = Reform(id="r", label="Reception"), Project(id="p", label="Desk", reform_id="r")
    >>> fund = Fund(id="f", label="F", awards=[Award(id="a", label="A", project_id="p", amount=100)])
    >>> cost_of(Portfolio.of(reform, project, fund), reform).explain("en")
    'Reception: €100; known: 1 of 1; reforms: 1, projects: 1'
    """

    subject: Owner
    covers: Subtree
    value: Euros | None
    coverage: Coverage
    nested: tuple[str, ...] = ()
    reason: MissingReason | None = None
    names: tuple[tuple[str, tuple[str, str]], ...] = field(default=(), eq=False, repr=False)

    def explain(self, lang: Lang) -> str:
        """Say what is known, of how many owners, whose money may be counted twice, and what is covered."""
        names = {path: both[lang == "en"] or both[0] for path, both in self.names}
        amount = "" if self.value is None else euros(self.value, lang)
        reason = "" if self.reason is None else self.reason.label(lang)
        known = f"{'connu' if lang == 'fr' else 'known'}{colon(lang)}{coverage_said(self.coverage, names, lang)}"
        said = (amount or reason, known, overlap_said(self.nested, names, lang), below_said(self.covers, lang))
        return f"{label_of(self.subject, lang)}{colon(lang)}{joined(said, lang)}"


def cost_of(portfolio: Portfolio, subject: Owner, *, as_of: DayLike | None = None) -> PlanCost:
    """
    Return what is known of the money of a programme, a reform or a project with all that belongs to it.

    On the day *as_of* it is what was known then; without one, everything.

    Raises:
        UnknownItemError: If the portfolio does not hold the subject, or did not on that day.
        InvalidValueError: If *as_of* is no day.

    >>> from levier import Programme
    >>> plan = Programme(id="plan", label="Plan", kind="ministerial-plan")
    >>> cost_of(Portfolio.of(plan), plan).reason.en
    'no cost is known'
    """
    portfolio = known(portfolio, as_of)
    return plan_cost(Subtree.of(portfolio, subject), Books.of(portfolio))


def plan_cost(covers: Subtree, books: Books) -> PlanCost:
    """Return what is known of the money of a thing with all that belongs to it, by the books of its portfolio."""
    owners = {path_of(thing): thing for thing in covers.things}
    pulling, money = {pull.owner_path for pull in books.pulls}, books.of_owners(owners)
    asked = (path for path, thing in owners.items() if path in pulling or isinstance(thing, Project))
    return PlanCost(
        subject=covers.things[0],
        covers=covers,
        value=Euros.total(money.values()) if money else None,
        coverage=covered({path: path in money for path in asked}),
        nested=books.nested(money),
        reason=None if money else MissingReason.NO_COST,
        names=tuple((path, (thing.label, thing.label_en)) for path, thing in owners.items()),
    )
