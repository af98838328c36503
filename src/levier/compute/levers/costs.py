"""
The cost of levers, with every double count shown.

An activation costs what a source states. Where no source does, the known cost is the money of its owner: the awards
that name the project. That money belongs to a lever in full where its owner activates no other; else it is *shared*:
shown in full beside each of the levers, never split between them, and counted once in the total.
A reform or a programme has no money except what its activations state: awards name projects, and the appropriations
behind a budget link are those of a whole action.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.coverage import Coverage
from levier.compute.levers.activations import Activation
from levier.compute.levers.money import (
    Books,
    by_owner,
    costs_covered,
    counted_once,
    known_costs,
    overlap,
    stated_by,
    unsaid_by,
)
from levier.compute.statements.known import known
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model.identifiers import LeverId
from levier.model.levers import Lever
from levier.model.money import ZERO, Euros
from levier.model.periods import DayLike
from levier.model.portfolio import Portfolio
from levier.model.trees import branches_of
from levier.wording.explained import Explained
from levier.wording.messages import Message, about, clauses, items, message, plural
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value
from levier.wording.values import Name

__all__ = ["DoubleCount", "LeverCost", "LeverCosts", "lever_costs"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class LeverCost(Explained):
    """
    The cost of one lever, in euros: its *own* money, and the money it *shares* with other levers of the same owner.

    The two are never added up, because a stated cost may be a part of the shared money.
    Each is `None` where it is unknown; *coverage* lists the activations whose cost is known, own or shared, and those
    whose cost is not; *reason* says why neither is known.
    *covers* are the levers whose activations count, the lever itself first.
    *nested* are owners whose reform or programme is counted too, so that their money may be a part of its;
    *nested_names* are their names.

    Attributes:
        lever: The name of the lever.
        shared: The money that it shares with other levers, in euros.

    >>> cost = lever_costs(Portfolio.of(Lever(id="digital", label="Digital"))).of("digital")
    >>> cost.own, cost.explain("en")
    (None, 'Digital: not activated')
    """

    lever: Name
    own: Euros | None
    shared: Euros | None
    coverage: Coverage
    covers: tuple[LeverId, ...]
    reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])
    nested: tuple[str, ...] = ()
    nested_names: tuple[Value, ...] = field(default=(), eq=False, repr=False)

    @property
    def message(self) -> Said:
        """Its own money, its shared money, the possible overlap, and the number of activations behind them."""
        nested = overlap(self.nested_names or self.nested)
        known = known_costs(self.coverage, self.reason)
        return about(clauses(self._own(), self._shared(), nested, known), self.lever)

    def _own(self) -> Message | None:
        return None if self.own is None else message("{amount} of its own", amount=self.own)

    def _shared(self) -> Message | None:
        if self.shared is None:
            return None
        return plural(
            "{amount} shared with other levers",
            "{amount} shared with other levers",
            n=self.shared.amount,
            amount=self.shared,
        )


@final
@frozen(kw_only=True, field_transformer=by_type)
class DoubleCount(Explained):
    """
    An owner whose money is counted under several levers: *excess* is the amount counted more than once, in euros.

    *owner* is its path in the portfolio; *owner_name* and *lever_names* are the names of the owner and its levers.

    Attributes:
        lever_ids: The identifiers of the levers that it activates.

    >>> DoubleCount(owner="projects/p", lever_ids=("a", "b"), excess=Euros(100)).explain("en")
    'projects/p: €100 counted more than once (a, b)'
    """

    owner: str
    lever_ids: tuple[str, ...]
    excess: Euros
    owner_name: Name | None = field(default=None, eq=False, repr=False)
    lever_names: tuple[Name, ...] = field(default=(), eq=False, repr=False)

    @property
    def message(self) -> Said:
        """The amount counted more than once, its owner, and the levers."""
        counted = plural(
            "{amount} counted more than once ({levers})",
            "{amount} counted more than once ({levers})",
            n=self.excess.amount,
            amount=self.excess,
            levers=items(*(self.lever_names or self.lever_ids)),
        )
        return about(counted, self.owner_name or self.owner)


@final
@frozen(kw_only=True, field_transformer=by_type)
class LeverCosts(Explained):
    """
    The cost of all levers: *by_lever* for each alone, *by_branch* for each with its sub-levers, and both totals.

    *counted_once* counts each owner's money once; *over_levers* is the sum of the rows of *by_lever*, in which an owner
    counts once for each lever that it activates; *doubled* lists the owners behind the difference.
    *nested* are owners whose reform or programme is counted too, so that their money may be a part of its;
    *nested_names* are their names.
    The totals are `None` where no cost is known.

    Attributes:
        coverage: The activations whose cost is known, and those whose cost is not.

    >>> costs = lever_costs(Portfolio())
    >>> costs.counted_once is None, costs.explain("en")
    (True, 'no known cost')
    """

    by_lever: tuple[LeverCost, ...]
    by_branch: tuple[LeverCost, ...]
    counted_once: Euros | None
    over_levers: Euros | None
    doubled: tuple[DoubleCount, ...]
    nested: tuple[str, ...]
    coverage: Coverage
    nested_names: tuple[Value, ...] = field(default=(), eq=False, repr=False)

    def of(self, lever_id: str) -> LeverCost | None:
        """Return the cost of a lever with its sub-levers; `None` where there is no such lever."""
        return next((cost for cost in self.by_branch if cost.lever.id == lever_id), None)

    @property
    def message(self) -> Said:
        """Both totals, the owners counted more than once, and the possible overlap."""
        doubled = (one.message for one in self.doubled)
        nested = overlap(self.nested_names or self.nested)
        known = known_costs(self.coverage, MissingReason.NO_COST if self.counted_once is None else None)
        return clauses(self._totals(), *doubled, nested, known)

    def _totals(self) -> Message | None:
        if self.counted_once is None or self.over_levers is None:
            return None
        once, over = self.counted_once, self.over_levers
        return message("{once} without double counting, {over} summed over levers", once=once, over=over)


@asked
def lever_costs(portfolio: Portfolio, *, as_of: DayLike | None = None) -> LeverCosts:
    """
    Return the cost of each lever, alone and with its sub-levers, and the total with each owner counted once.

    An owner's money is known where every award that names it has an amount.
    Where an owner states the cost of some activations only, that cost is assumed to be a part of its money.
    *as_of* is the day of knowledge; `None` uses everything recorded.

    Raises:
        InvalidValueError: If *as_of* is not a valid date.

    >>> from levier import Award, Fund, Project
    >>> project = Project(id="p", label="P", lever_ids=["a", "b"])
    >>> fund = Fund(id="f", label="F", awards=[Award(id="p", label="P", project_id="p", amount=100)])
    >>> costs = lever_costs(Portfolio.of(Lever(id="a", label="A"), Lever(id="b", label="B"), project, fund))
    >>> costs.of("a").own, costs.of("a").shared, costs.counted_once, costs.over_levers
    (None, Euros('100.00'), Euros('100.00'), Euros('200.00'))
    """
    portfolio = known(portfolio, as_of)
    books, branches = Books.of(portfolio), branches_of(portfolio.levers)
    alone = tuple(_cost(branch[:1], books) for branch in branches.values())
    once = books.once(books.activations)
    nested = books.nested(once)
    return LeverCosts(
        by_lever=alone,
        by_branch=tuple(_cost(branch, books) for branch in branches.values()),
        counted_once=_sum(once.values()),
        over_levers=_sum(amount for cost in alone for amount in (cost.own, cost.shared) if amount is not None),
        doubled=tuple(_doubled(books)),
        nested=nested,
        coverage=costs_covered(books.activations, books.money),
        nested_names=tuple(books.names[path] for path in nested),
    )


def _cost(branch: tuple[Lever, ...], books: Books) -> LeverCost:
    """Return the cost of some levers together, a lever with its sub-levers: each owner once."""
    levers = {lever.id for lever in branch}
    chosen = tuple(activation for activation in books.activations if activation.lever.id in levers)
    own, shared = _amounts(chosen, levers, books)
    reason = MissingReason.NO_COST if chosen else MissingReason.NOT_ACTIVATED
    nested = books.nested(books.once(chosen))
    return LeverCost(
        lever=Name.of(branch[0]),
        own=_sum(own),
        shared=_sum(shared),
        coverage=costs_covered(chosen, books.money),
        covers=tuple(lever.id for lever in branch),
        reason=None if own or shared else reason,
        nested=nested,
        nested_names=tuple(books.names[path] for path in nested),
    )


def _amounts(
    activations: Iterable[Activation], levers: AbstractSet[str], books: Books
) -> tuple[list[Euros], list[Euros]]:
    """Return the own money of some levers, and the money that they share with others."""
    own: list[Euros] = []
    shared: list[Euros] = []
    for path, some in by_owner(activations).items():
        if books.levers[path] <= levers:
            own += counted_once(some, books.money.get(path))
        else:
            own += stated_by(some)
            shared += unsaid_by(some, books.money.get(path))
    return own, shared


def _sum(amounts: Iterable[Euros]) -> Euros | None:
    """Return the sum of amounts; `None` where none is known."""
    known = tuple(amounts)
    return Euros.total(known) if known else None


def _doubled(books: Books) -> Iterator[DoubleCount]:
    """Yield the owners whose money appears in the rows of several levers, with the excess."""
    owners = by_owner(books.activations)
    for path, once in books.once(books.activations).items():
        activations = owners[path]
        levers = {activation.lever.id: activation.lever for activation in activations}
        rows = (
            _amounts([activation for activation in activations if activation.lever.id == lever], {lever}, books)
            for lever in levers
        )
        excess = Euros.total(amount for own, shared in rows for amount in (*own, *shared)) - once
        if excess > ZERO:
            yield DoubleCount(
                owner=path,
                lever_ids=tuple(levers),
                excess=excess,
                owner_name=books.names[path],
                lever_names=tuple(levers.values()),
            )
