"""
The known cost of a programme, a reform or a project with all that belongs to it: each owner counted once.

The money of a project is that of the awards that name it, or the stated cost of its activations where that is more; a
reform or a programme has no money except what its activations state.
"""

from __future__ import annotations

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.coverage import Coverage, Covers
from levier.compute.levers.money import Books, known_costs, overlap
from levier.compute.statements.known import known
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model.belonging import Owner, Subtree, owner_path
from levier.model.money import Euros
from levier.model.periods import DayLike
from levier.model.portfolio import Portfolio
from levier.model.programmes import Project
from levier.wording.explained import Explained
from levier.wording.messages import about, clauses
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value
from levier.wording.values import Name

__all__ = ["PlanCost", "cost_of", "plan_cost"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class PlanCost(Explained):
    """
    The known cost of a programme, a reform or a project with all that belongs to it, in euros.

    *value* is `None` where *reason* says why. *coverage* lists, by path, the projects and the owners of activations
    whose money is known, and those whose money is not. *nested* are owners counted beside their reform or programme, so
    that their money may be a part of its; *nested_names* are their names.

    Attributes:
        subject: The name of the programme, the reform or the project.
        covers: The programmes, reforms and projects that are counted.

    >>> from levier import Award, Fund, Project, Reform
    >>> reform, project = Reform(id="r", label="Reception"), Project(id="p", label="Desk", reform_id="r")
    >>> fund = Fund(id="f", label="F", awards=[Award(id="a", label="A", project_id="p", amount=100)])
    >>> cost_of(Portfolio.of(reform, project, fund), reform).explain("en")
    'Reception: €100; known costs: 1 of 1; reforms: 1, projects: 1'
    """

    subject: Name
    covers: Covers
    value: Euros | None
    coverage: Coverage
    nested: tuple[str, ...] = ()
    reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])
    nested_names: tuple[Value, ...] = field(default=(), eq=False, repr=False)

    @property
    def message(self) -> Said:
        """The known cost, the number of owners behind it, the possible double count, and what is covered."""
        content = clauses(
            self.value,
            known_costs(self.coverage, self.reason),
            overlap(self.nested_names or self.nested),
            self.covers.message,
        )
        return about(content, self.subject)


@asked
def cost_of(portfolio: Portfolio, subject: Owner, *, as_of: DayLike | None = None) -> PlanCost:
    """
    Return the known cost of a programme, a reform or a project with all that belongs to it.

    *as_of* is the day of knowledge; `None` uses everything recorded.

    Raises:
        UnknownItemError: If the portfolio does not hold the subject, or did not on that day.
        InvalidValueError: If *as_of* is not a valid date.

    >>> from levier import Programme
    >>> plan = Programme(id="plan", label="Plan", kind="ministerial-plan")
    >>> cost_of(Portfolio.of(plan), plan).reason.en
    'no known cost'
    """
    portfolio = known(portfolio, as_of)
    return plan_cost(Subtree.of(portfolio, subject), Books.of(portfolio))


def plan_cost(covers: Subtree, books: Books) -> PlanCost:
    """Return the known cost of a plan with all that belongs to it, from the books of its portfolio."""
    owners = {owner_path(thing): thing for thing in covers.things}
    activating, money = {activation.owner_path for activation in books.activations}, books.of_owners(owners)
    asked = (path for path, thing in owners.items() if path in activating or isinstance(thing, Project))
    names = {path: Name.of(thing) for path, thing in owners.items()}
    nested = books.nested(money)
    return PlanCost(
        subject=Name.of(covers.things[0]),
        covers=Covers.of(covers),
        value=Euros.total(money.values()) if money else None,
        coverage=Coverage.of({path: path in money for path in asked}, names),
        nested=nested,
        reason=None if money else MissingReason.NO_COST,
        nested_names=tuple(names[path] for path in nested),
    )
