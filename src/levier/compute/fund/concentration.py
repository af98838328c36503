"""Concentration of awards by owner or theme, and leverage: the money of others for each euro of the fund."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import TypeAlias

from attrs import frozen

from levier.compute._types import asked, by_type
from levier.compute.coverage import Coverage
from levier.compute.exact import EXACT, percentage
from levier.compute.fund.metrics import FundMetric
from levier.compute.fund.overruns import kinds_counted, last_costs, reason_of
from levier.compute.statements.known import known, known_fund, known_items
from levier.errors.final import final
from levier.model.awards import Award
from levier.model.fund import Fund
from levier.model.money import ZERO, Euros
from levier.model.periods import DayLike
from levier.model.portfolio import Portfolio
from levier.model.quantities import PERCENT, RATIO
from levier.model.savings import CostStatement
from levier.model.sources import Source
from levier.wording.explained import Explained
from levier.wording.messages import Message, about, clauses, items, message, message_in
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value
from levier.wording.values import Number

__all__ = ["Concentration", "Holder", "Key", "concentration", "leverage", "themes_of"]

Key: TypeAlias = Callable[[Award], str | None]
"""The key that an award is counted under; `None` where it is unknown."""


@final
@frozen(kw_only=True, field_transformer=by_type)
class Holder:
    """
    One owner or theme: the amount granted to it, in euros, and its percentage of the total.

    Attributes:
        key: The identifier of the owner or the theme.
        amount: The amount granted, in euros.
        share: The percentage of the total, from 0 to 100.

    >>> Holder(key="dinum", amount=Euros(60), share=Decimal(60)).key
    'dinum'
    """

    key: str
    amount: Euros
    share: Decimal


@final
@frozen(kw_only=True, field_transformer=by_type)
class Concentration(Explained):
    """
    The concentration of awards: the holders, largest first, and the Herfindahl index.

    The index is the sum of the squared shares: from 1 divided by their number, all equal, to 1, a single holder.
    *coverage* lists the awards that count, and those without an amount or a key.

    Attributes:
        holders: The holders, the largest first.

    >>> Concentration(holders=(), coverage=Coverage(missing=("a",))).herfindahl is None
    True
    """

    holders: tuple[Holder, ...]
    coverage: Coverage

    @property
    def herfindahl(self) -> Decimal | None:
        """The index, from 0 to 1; `None` where nothing is known."""
        total = sum(holder.amount.cents for holder in self.holders)
        if not total:
            return None
        squares = sum(holder.amount.cents**2 for holder in self.holders)
        return EXACT.divide(Decimal(squares), Decimal(total**2))

    @property
    def reason(self) -> MissingReason | None:
        """Why there is no index; `None` where there is one."""
        if self.herfindahl is not None:
            return None
        return MissingReason.ZERO_BASE if self.coverage.reported else MissingReason.NOT_PUBLISHED

    def top(self, count: int) -> Decimal | None:
        """Return the percentage of the *count* largest holders together; `None` where nothing is known."""
        if self.herfindahl is None:
            return None
        held, total = (
            sum(holder.amount.cents for holder in some) for some in (self.holders[: max(count, 0)], self.holders)
        )
        return percentage(held, total)

    @property
    def message(self) -> Said:
        """The index, the share of the three largest holders, and the coverage."""
        index, three, name = self.herfindahl, self.top(3), message("Herfindahl index")
        if index is None or three is None:
            return clauses(about(items(self.reason), name), self.coverage.message)
        largest = about(Number(three, PERCENT, 1), message("share of the three largest"))
        return clauses(about(Number(index, "", 2), name), largest, self.coverage.message)


_by_owner: Key = attrgetter("owner_id")
_ASKED = message_in("of a cost", "requested")
"""The name of an application's cost, beside costs of other kinds."""


@asked
def concentration(
    awards: Iterable[Award],
    *,
    by: Key = _by_owner,
    as_of: DayLike | None = None,
    sources: Mapping[str, Source] | None = None,
) -> Concentration:
    """
    Return the concentration of awards by owner or by another key: `themes_of(portfolio)`, or a function of your own.

    An award counts if it was known on the day *as_of*: granted by then, or stated by a document of *sources* published
    by then.

    >>> awards = [
    ...     Award(id=name, label=name, owner_id=owner, amount=amount)
    ...     for name, owner, amount in (("a", "dinum", 60), ("b", "justice", 20), ("c", "dinum", 20))
    ... ]
    >>> found = concentration([*awards, Award(id="d", label="D")])
    >>> found.herfindahl, found.top(1), found.coverage.missing
    (Decimal('0.68'), Decimal('80.00'), ('d',))
    """
    given = known_items(awards, as_of, sources)
    weighed = [(award, award.amount, key) for award in given if award.amount is not None and (key := by(award))]
    sums: dict[str, Euros] = defaultdict(lambda: ZERO)
    for _, amount, key in weighed:
        sums[key] += amount
    total = sum(amount.cents for amount in sums.values())
    counted = {award.id for award, *_ in weighed}
    return Concentration(
        holders=tuple(
            Holder(key=key, amount=amount, share=percentage(amount.cents, total) if total else Decimal(0))
            for key, amount in sorted(sums.items(), key=lambda item: (-item[1].cents, item[0]))
        ),
        coverage=Coverage(
            reported=tuple(award.id for award in given if award.id in counted),
            missing=tuple(award.id for award in given if award.id not in counted),
        ),
    )


@asked
def themes_of(portfolio: Portfolio, *, as_of: DayLike | None = None) -> Key:
    """
    Return the function that counts an award under the first lever of its project, which is taken as its theme.

    With *as_of*, the lever is the first one known on that day; a project that was not known then has none.

    >>> themes_of(Portfolio())(Award(id="a", label="A")) is None
    True
    """
    projects = known(portfolio, as_of).projects

    def theme(award: Award) -> str | None:
        if award.project_id is None or (as_of is not None and award.project_id not in projects):
            return None
        levers = projects[award.project_id].lever_ids
        return levers[0] if levers else None

    return theme


@asked
def leverage(fund: Fund, *, as_of: DayLike | None = None, sources: Mapping[str, Source] | None = None) -> FundMetric:
    """
    Return the leverage of a fund: total cost minus awards, divided by awards.

    The cost of an award is the latest stated and known on the day *as_of*, or else that of the application with the
    same identifier; where costs of several kinds count, the result gives the number of each.
    An award without a cost or an amount is listed as missing; so is one whose cost is disputed, which is named as such.
    A cost below its award is contradictory, and does not count either.
    *sources* date the statements that have no date of their own.

    >>> from levier import Application, Call
    >>> asked = Application(id="a", label="A", call_id="c", owner_id="dinum", requested=10, total_cost=25)
    >>> fund = Fund(id="f", label="F", calls=[Call(id="c", label="C")], applications=[asked])
    >>> leverage(fund.with_award("a", 10, on="2018-06-20")).explain("en")
    'co-funding per euro of the fund: 1.5; 1 of 1'
    """
    held = known_fund(fund, as_of, sources)
    stated = last_costs(held, sources=sources)
    disputed = {name for name, fact in stated.items() if fact.disputed}
    costs = _whole_costs(held) | {name: _stated(fact.statement) for name, fact in stated.items()}
    counted = {
        award.id: (award.amount, *costs[award.id])
        for award in held.awards
        if award.amount is not None and award.id in costs.keys() - disputed and costs[award.id][0] >= award.amount
    }
    funded = sum(amount.cents for amount, *_ in counted.values())
    others = sum((cost - amount).cents for amount, cost, _ in counted.values())
    return FundMetric(
        label=_others_money(kind for *_, kind in counted.values()),
        value=EXACT.divide(Decimal(others), Decimal(funded)) if funded else None,
        unit=RATIO,
        coverage=Coverage.of({award.id: award.id in counted for award in held.awards}),
        reason=None if funded else reason_of(counted, disputed),
        disputed=tuple(sorted(disputed)),
    )


def _whole_costs(fund: Fund) -> dict[str, tuple[Euros, Value]]:
    """Return the total cost that each application gives, and its name."""
    return {asked.id: (asked.total_cost, _ASKED) for asked in fund.applications}


def _stated(cost: CostStatement) -> tuple[Euros, Value]:
    return cost.amount, cost.kind


def _others_money(kinds: Iterable[Value]) -> Message:
    """Return the label of the leverage, with the kinds of costs where there are several."""
    given = tuple(kinds)
    if len(set(given)) < 2:  # noqa: PLR2004
        return message("co-funding per euro of the fund")
    return message("co-funding per euro of the fund (costs: {kinds})", kinds=kinds_counted(given))
