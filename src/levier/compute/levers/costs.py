"""
What levers cost, with every double count in the open.

A pull costs what a source states of it. Where none does, what is known is the money of its owner: the awards that name
the project. That money belongs to a lever whole where its owner pulls no other; else it is *shared*: shown whole beside
each of the levers, split between none, and counted once in the total.
A reform or a programme has no money of its own but what its pulls state: awards name projects, and the appropriations
behind a budget link are those of a whole action.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import final

from attrs import frozen

from levier.compute._wording import colon, euros, label_of
from levier.compute.indicators.aggregation import Coverage
from levier.compute.indicators.explanations import joined
from levier.compute.levers.money import (
    Money,
    above,
    by_owner,
    costs_covered,
    counted_once,
    money_of,
    stated_by,
    unsaid_by,
)
from levier.compute.levers.pulls import Pull, branches_of, pulls_of
from levier.compute.plan.reasons import PlanReason
from levier.model.levers import Lever
from levier.model.money import ZERO, Euros
from levier.model.portfolio import Portfolio
from levier.model.terms import Lang

__all__ = ["DoubleCount", "LeverCost", "LeverCosts", "lever_costs"]


@final
@frozen(kw_only=True)
class LeverCost:
    """
    What one lever costs, in euros: its *own* money, and what it *shares* with other levers of the same owner.

    The two are never added up: a stated cost may be a part of what is shared.
    `None` where nothing of the kind is known; *coverage* lists the pulls whose cost is known, own or shared, and those
    of which it is not, and *reason* says why neither is known.

    >>> cost = lever_costs(Portfolio.of(Lever(id="digital", label="Digital"))).of("digital")
    >>> cost.own, cost.explain("en")
    (None, 'Digital: nobody pulls it')
    """

    lever: Lever
    own: Euros | None
    shared: Euros | None
    coverage: Coverage
    reason: PlanReason | None = None

    def explain(self, lang: Lang) -> str:
        """Say what is the lever's own, what it shares, and how many pulls of how many that rests on."""
        words = ("en propre", "partagé avec d’autres leviers") if lang == "fr" else ("own", "shared with other levers")
        amounts = zip((self.own, self.shared), words, strict=True)
        said = [f"{euros(amount, lang)} {word}" for amount, word in amounts if amount is not None]
        missing = "" if self.reason is None else self.reason.label(lang)
        rests = self.coverage.explain(lang) if self.coverage.expected else ""
        return f"{label_of(self.lever, lang)}{colon(lang)}" + joined((*said, missing, rests), lang)


@final
@frozen(kw_only=True)
class DoubleCount:
    """
    An owner whose money stands under several levers: *excess* is by how much it is counted more than once, in euros.

    >>> DoubleCount(owner="projects/p", lever_ids=("a", "b"), excess=Euros(100)).explain("en")
    'projects/p: €100 more than once (a, b)'
    """

    owner: str
    lever_ids: tuple[str, ...]
    excess: Euros

    def explain(self, lang: Lang) -> str:
        """Say how much of whose money is counted more than once, and under which levers."""
        words = "compté(s) plus d’une fois" if lang == "fr" else "more than once"
        return f"{self.owner}{colon(lang)}{euros(self.excess, lang)} {words} ({', '.join(self.lever_ids)})"


@final
@frozen(kw_only=True)
class LeverCosts:
    """
    What all levers cost: each *by_lever* alone, each *by_branch* with those below it, and both totals.

    *counted_once* takes each owner's money once; *over_levers* is the sum of the rows of *by_lever*, in which an owner
    counts once for each lever it pulls; *doubled* says whose money makes the difference.
    *nested* are owners whose reform or programme is counted too: their money may be a part of its.
    Totals are `None` where no cost is known.

    >>> costs = lever_costs(Portfolio())
    >>> costs.counted_once is None, costs.explain("en")
    (True, 'no cost is known')
    """

    by_lever: tuple[LeverCost, ...]
    by_branch: tuple[LeverCost, ...]
    counted_once: Euros | None
    over_levers: Euros | None
    doubled: tuple[DoubleCount, ...]
    nested: tuple[str, ...]
    coverage: Coverage

    def of(self, lever_id: str) -> LeverCost | None:
        """Return what a lever costs with those below it; `None` where there is no such lever."""
        return next((cost for cost in self.by_branch if cost.lever.id == lever_id), None)

    def explain(self, lang: Lang) -> str:
        """Say both totals, whose money is counted more than once, and what may overlap."""
        rests = self.coverage.explain(lang) if self.coverage.expected else ""
        if self.counted_once is None or self.over_levers is None:
            return joined((PlanReason.NO_COST.label(lang), rests), lang)
        once, over = euros(self.counted_once, lang), euros(self.over_levers, lang)
        totals = f"{once} comptés une fois, {over} en sommant les leviers"
        if lang == "en":
            totals = f"{once} counted once, {over} summed over levers"
        overlap = ("peuvent être compris dans une réforme ou un programme", "may be a part of a reform or a programme")
        nested = f"{', '.join(self.nested)} {overlap[lang == 'en']}" if self.nested else ""
        return joined((totals, *(one.explain(lang) for one in self.doubled), nested, rests), lang)


def lever_costs(portfolio: Portfolio) -> LeverCosts:
    """
    Return what each lever costs, alone and with those below it, and the total with each owner counted once.

    An owner's money is known where each award that names it has an amount.
    Of an owner that states the cost of some pulls only, what is stated is taken to be a part of its money.

    >>> from levier import Award, Fund, Project
    >>> project = Project(id="p", label="P", lever_ids=["a", "b"])
    >>> fund = Fund(id="f", label="F", awards=[Award(id="p", label="P", project_id="p", amount=100)])
    >>> costs = lever_costs(Portfolio.of(Lever(id="a", label="A"), Lever(id="b", label="B"), project, fund))
    >>> costs.of("a").own, costs.of("a").shared, costs.counted_once, costs.over_levers
    (None, Euros('100.00'), Euros('100.00'), Euros('200.00'))
    """
    pulls, money = pulls_of(portfolio), money_of(portfolio)
    branches = branches_of(portfolio)
    alone = {name: _cost(branch.item, pulls, {name}, money) for name, branch in branches.items()}
    rolled = (
        _cost(branch.item, pulls, {below.item.id for below in branch.walk()}, money) for branch in branches.values()
    )
    return _totalled(tuple(alone.values()), tuple(rolled), portfolio, pulls, money)


def _cost(lever: Lever, pulls: Iterable[Pull], levers: set[str], money: Money) -> LeverCost:
    """Return what some levers, a lever with those below it, cost together: each owner once."""
    chosen = [pull for pull in pulls if pull.lever.id in levers]
    own: list[Euros] = []
    shared: list[Euros] = []
    for path, some in by_owner(chosen).items():
        is_whole = set(some[0].owner.lever_ids) <= levers
        if is_whole:
            own += counted_once(some, money.get(path))
        else:
            own += stated_by(some)
            shared += unsaid_by(some, money.get(path))
    coverage = costs_covered(chosen, money)
    reason = PlanReason.NO_COST if chosen else PlanReason.NOBODY_PULLS
    return LeverCost(
        lever=lever,
        own=Euros.total(own) if own else None,
        shared=Euros.total(shared) if shared else None,
        coverage=coverage,
        reason=None if own or shared else reason,
    )


def _totalled(
    alone: tuple[LeverCost, ...],
    rolled: tuple[LeverCost, ...],
    portfolio: Portfolio,
    pulls: tuple[Pull, ...],
    money: Money,
) -> LeverCosts:
    owners = by_owner(pulls)
    once = {path: Euros.total(found) for path, some in owners.items() if (found := counted_once(some, money.get(path)))}
    over = Euros.total(amount for cost in alone for amount in (cost.own, cost.shared) if amount is not None)
    return LeverCosts(
        by_lever=alone,
        by_branch=rolled,
        counted_once=Euros.total(once.values()) if once else None,
        over_levers=over if once else None,
        doubled=tuple(one for path in once if (one := _doubled(path, owners[path], money)).excess > ZERO),
        nested=tuple(path for path in once if above(portfolio, owners[path][0].owner) & (once.keys() - {path})),
        coverage=costs_covered(pulls, money),
    )


def _doubled(path: str, pulls: list[Pull], money: Money) -> DoubleCount:
    """Return by how much the rows of an owner's levers are more than its money, counted once."""
    levers = tuple(dict.fromkeys(pull.lever.id for pull in pulls))
    rows = [_cost(pulls[0].lever, pulls, {lever}, money) for lever in levers]
    over = Euros.total(amount for row in rows for amount in (row.own, row.shared) if amount is not None)
    return DoubleCount(owner=path, lever_ids=levers, excess=over - Euros.total(counted_once(pulls, money.get(path))))
