"""The money behind activations: their stated costs, the money of their owners, and each owner counted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Self, TypeAlias

from attrs import field, frozen

from levier.compute.coverage import Coverage
from levier.compute.levers.activations import Activation, activations_of, owners_of
from levier.errors.final import final
from levier.model.awards import Award
from levier.model.belonging import above, owner_path
from levier.model.money import Euros
from levier.model.portfolio import Portfolio
from levier.wording.messages import Message, about, items, message, plural
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value
from levier.wording.values import Name

__all__ = [
    "Books",
    "Money",
    "by_owner",
    "costs_covered",
    "counted_once",
    "known_costs",
    "money_of",
    "overlap",
    "stated_by",
    "unsaid_by",
]

Money: TypeAlias = Mapping[str, Euros]
"""The money of owners, by path; owners without known money are absent."""


@final
@frozen(kw_only=True)
class Books:
    """
    The data behind costs: every activation, the money of each owner, and the parent of each owner.

    *levers* are those that each owner activates; *names* are the names of owners. Both are keyed by the owner's path.

    >>> Books.of(Portfolio()).activations
    ()
    """

    activations: tuple[Activation, ...]
    money: Money = field(converter=MappingProxyType[str, Euros])
    belongs: Mapping[str, frozenset[str]] = field(converter=MappingProxyType[str, frozenset[str]])
    levers: Mapping[str, frozenset[str]] = field(converter=MappingProxyType[str, frozenset[str]])
    names: Mapping[str, Name] = field(converter=MappingProxyType[str, Name])

    @classmethod
    def of(cls, portfolio: Portfolio) -> Self:
        """Return the books of a portfolio."""
        activations, money = activations_of(portfolio), money_of(portfolio)
        levers = {
            path: frozenset(activation.lever.id for activation in some) for path, some in by_owner(activations).items()
        }
        owners = {owner_path(owner): owner for owner in owners_of(portfolio)}
        counted = {path: owner for path, owner in owners.items() if path in levers or path in money}
        belongs = {path: frozenset(map(owner_path, above(portfolio, owner))) for path, owner in counted.items()}
        names = {path: Name.of(owner) for path, owner in counted.items()}
        return cls(activations=activations, money=money, belongs=belongs, levers=levers, names=names)

    def once(self, activations: Iterable[Activation]) -> Mapping[str, Euros]:
        """Return the cost of each owner of some activations, counted once, by path; unknown costs are left out."""
        found = {path: counted_once(some, self.money.get(path)) for path, some in by_owner(activations).items()}
        return {path: Euros.total(amounts) for path, amounts in found.items() if amounts}

    def of_owners(self, paths: Iterable[str]) -> Mapping[str, Euros]:
        """Return the known cost of some owners, counted once, whether or not they activate a lever."""
        once = self.once(self.activations)
        known = {path: once.get(path, self.money.get(path)) for path in paths}
        return {path: amount for path, amount in known.items() if amount is not None}

    def nested(self, counted: Mapping[str, Euros]) -> tuple[str, ...]:
        """Return the owners, of those counted, whose reform or programme is counted too."""
        return tuple(path for path in counted if self.belongs[path] & (counted.keys() - {path}))


def money_of(portfolio: Portfolio) -> Money:
    """
    Return the money of each project that an award names, except projects with an award whose amount is missing.

    >>> from levier import Fund, Project
    >>> awards = [Award(id=name, label=name, project_id="p", amount=60) for name in ("a", "b")]
    >>> money_of(Portfolio.of(Project(id="p", label="P"), Fund(id="f", label="F", awards=awards)))
    {'projects/p': Euros('120.00')}
    """
    named: dict[str, list[Award]] = defaultdict(list)
    for fund in portfolio.funds.values():
        for award in fund.awards:
            named[f"projects/{award.project_id}"].append(award)
    amounts = {path: [award.amount for award in awards] for path, awards in named.items()}
    return {
        path: Euros.total(amount for amount in some if amount is not None)
        for path, some in amounts.items()
        if None not in some
    }


def by_owner(activations: Iterable[Activation]) -> Mapping[str, list[Activation]]:
    """
    Return activations by the path of their owner.

    >>> by_owner([])
    {}
    """
    grouped: dict[str, list[Activation]] = {}
    for activation in activations:
        grouped.setdefault(activation.owner_path, []).append(activation)
    return grouped


def stated_by(activations: Iterable[Activation]) -> list[Euros]:
    """
    Return the costs that activations state.

    >>> stated_by([])
    []
    """
    return [activation.cost.value for activation in activations if activation.cost is not None]


def unsaid_by(activations: Iterable[Activation], money: Euros | None) -> list[Euros]:
    """
    Return the owner's money where one of its activations states no cost and the money is known.

    >>> unsaid_by([], Euros(100))
    []
    """
    return [] if money is None or all(activation.cost is not None for activation in activations) else [money]


def counted_once(activations: Iterable[Activation], money: Euros | None) -> list[Euros]:
    """
    Return the cost of one owner's activations: the stated costs, or its money if one states none and that is more.

    >>> counted_once([], None)
    []
    """
    given = tuple(activations)
    stated, unsaid = stated_by(given), unsaid_by(given, money)
    return [max(Euros.total(stated), *unsaid)] if unsaid else stated


def costs_covered(activations: Iterable[Activation], money: Money) -> Coverage:
    """
    Return the activations whose cost is known, stated or through the owner's money.

    >>> str(costs_covered([], {}))
    '0 of 0'
    """
    given = tuple(activations)
    known = {activation.path: activation.cost is not None or activation.owner_path in money for activation in given}
    return Coverage.of(known, {activation.path: activation.name for activation in given if not known[activation.path]})


def overlap(nested: Iterable[Value]) -> Message | None:
    """
    Return the owners whose money may be a part of a counted reform's or programme's; `None` where there are none.

    >>> print(overlap(["Desk"]))
    the amount for Desk may be part of that for a reform or programme also counted
    """
    owners = items(*nested)
    if not owners.parts:
        return None
    return plural(
        "the amount for {owners} may be part of that for a reform or programme also counted",
        "the amounts for {owners} may be part of those for a reform or programme also counted",
        n=len(owners.parts),
        owners=owners,
    )


def known_costs(coverage: Coverage, reason: MissingReason | None) -> Said | None:
    """
    Return the activations or owners whose cost is known, or the *reason* why no cost is.

    >>> print(known_costs(Coverage.of({"Desk": True, "Bus": False}), None))
    known costs: 1 of 2 (missing Bus)
    >>> print(known_costs(Coverage.of({"Bus": False}), MissingReason.NO_COST))
    no known cost: 0 of 1 (missing Bus)
    """
    if not coverage.expected:
        return None if reason is None else items(reason)
    if reason is not None:
        return about(coverage.message, reason)
    return message("known costs: {coverage}", coverage=coverage.message)
