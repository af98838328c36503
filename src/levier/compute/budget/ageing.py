"""Outstanding commitments by the year they were made in: the oldest are paid first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from attrs import evolve, frozen

from levier.compute._types import asked, by_type
from levier.errors import ContradictoryFlowsError
from levier.errors.final import final
from levier.model.entries import EntryKind
from levier.model.fund import Fund
from levier.model.money import ZERO, Euros, EurosLike
from levier.model.periods import DayLike, as_day

__all__ = ["Vintage", "age", "ageing_by_award"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class Vintage:
    """
    The part of one year's commitments that remains to be paid, in euros.

    *or_before* marks an opening stock: commitments of that year or earlier ones.

    Attributes:
        year: The year of the commitments, such as 2021.
        amount: What remains to be paid of them, in euros.

    >>> Vintage(year=2019, amount=Euros(47_880_021), or_before=True).amount
    Euros('47880021.00')
    """

    year: int
    amount: Euros
    or_before: bool = False


@asked
def age(
    vintages: Iterable[Vintage], *, year: int, committed: EurosLike, paid: EurosLike, decommitted: EurosLike = ZERO
) -> tuple[Vintage, ...]:
    """
    Return the vintages after one more year: its commitments are added last, its payments settle the oldest first.

    Raises:
        ContradictoryFlowsError: If payments and releases exceed the commitments.

    >>> stock = age([], year=2018, committed=20, paid=0)
    >>> [(vintage.year, str(vintage.amount)) for vintage in age(stock, year=2019, committed=65, paid=37)]
    [(2019, '48.00 EUR')]
    """
    stock = [*vintages, Vintage(year=year, amount=Euros(committed))]
    left = Euros(paid) + Euros(decommitted)
    there = Euros.total(vintage.amount for vintage in stock)
    if left > there:
        raise ContradictoryFlowsError(f"commitments of {year} and before", there, left)
    remaining = []
    for vintage in stock:
        taken = min(left, vintage.amount)
        left -= taken
        remaining.append(evolve(vintage, amount=vintage.amount - taken))
    return tuple(vintage for vintage in remaining if vintage.amount)


@asked
def ageing_by_award(fund: Fund, *, as_of: DayLike) -> tuple[Vintage, ...]:
    """
    Return a fund's outstanding commitments on a day by year of commitment; each award settles its own oldest first.

    What came back is not outstanding again, and its release settles nothing.

    Raises:
        ContradictoryFlowsError: If an award's entries pay or release more than they commit.

    >>> from levier import Award
    >>> fund = Fund(id="f", label="F", awards=[Award(id="a", label="A", amount=100, contracted_on="2018-09-01")])
    >>> spent = fund.with_commitment("a", 60, on="2018-10-01").with_commitment("a", 40, on="2019-01-01")
    >>> aged = ageing_by_award(spent.with_payment("a", 70, on="2019-06-01"), as_of="2019-12-31")
    >>> [(vintage.year, str(vintage.amount)) for vintage in aged]
    [(2019, '30.00 EUR')]
    """
    day = as_day(as_of)
    stocks: dict[str, tuple[Vintage, ...]] = defaultdict(tuple)
    closed = fund.entries.released_recoveries()
    held = [(place, entry) for place, entry in enumerate(fund.entries) if entry.on <= day]
    for place, entry in sorted(held, key=lambda one: one[1].on):
        if entry.kind is EntryKind.RECOVERY:
            continue
        moved = entry.amount - closed.get(place, ZERO)
        flow = {"committed" if entry.kind is EntryKind.COMMITMENT else "paid": moved}
        stocks[entry.award_id] = age(
            stocks[entry.award_id], year=entry.on.year, **{"committed": ZERO, "paid": ZERO, **flow}
        )
    years: dict[int, Euros] = defaultdict(lambda: ZERO)
    for stock in stocks.values():
        for vintage in stock:
            years[vintage.year] += vintage.amount
    return tuple(Vintage(year=year, amount=years[year]) for year in sorted(years))
