"""A fund year by year, and two funds side by side: what was decided, falls due, is committed, paid and saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import final

from attrs import frozen

from levier.model.fund import Fund
from levier.model.journal import EntryKind
from levier.model.money import ZERO, Euros
from levier.model.periods import Period
from levier.model.savings import SavingNature

__all__ = ["FundYear", "YearComparison", "compare_funds", "fund_years"]

_AFTER_ALL = 10_000


@final
@frozen(kw_only=True)
class FundYear:
    """
    What happens to a fund in a year, in euros; *year* is `None` for what has no single year.

    Awards decided, instalments due, commitments less what was released, payments, and recurrent savings as stated.

    >>> FundYear(year=2019, paid=Euros(20)).committed
    Euros('0.00')
    """

    year: int | None
    decided: Euros = ZERO
    due: Euros = ZERO
    committed: Euros = ZERO
    paid: Euros = ZERO
    saved: Euros = ZERO


def fund_years(fund: Fund) -> tuple[FundYear, ...]:
    """
    Return what happens to a fund year by year, in their order, what has no single year last.

    >>> from levier import Award
    >>> fund = Fund(id="f", label="F", awards=[Award(id="a", label="A", amount=100, decided_on="2018-06-20")])
    >>> [(found.year, found.decided) for found in fund_years(fund)]
    [(2018, Euros('100.00'))]
    """
    cells: dict[int | None, dict[str, Euros]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for year, name, amount in _flows(fund):
        cells[year][name] += amount
    return tuple(FundYear(year=year, **cells[year]) for year in sorted(cells, key=_place))


def _place(year: int | None) -> int:
    return _AFTER_ALL if year is None else year


def _flows(fund: Fund) -> Iterator[tuple[int | None, str, Euros]]:
    for award in fund.awards:
        if award.amount is not None:
            yield _year(award.decided_on), "decided", award.amount
        for part in award.instalments:
            yield _year(part.due), "due", part.amount
    for entry in fund.entries:
        name = "paid" if entry.kind is EntryKind.PAYMENT else "committed"
        yield entry.on.year, name, -entry.amount if entry.kind is EntryKind.DECOMMITMENT else entry.amount
    for saving in fund.savings:
        if saving.nature is SavingNature.RECURRENT:
            yield _year(saving.period), "saved", saving.amount


def _year(period: Period | None) -> int | None:
    if period is None or period.last_day is None or period.last_day.year != period.year:
        return None
    return period.year


@final
@frozen(kw_only=True)
class YearComparison:
    """
    One year of two funds, side by side.

    >>> row = YearComparison(year=2019, before=FundYear(year=2019, paid=Euros(20)), after=FundYear(year=2019))
    >>> row.change("paid"), row.is_changed
    (Euros('-20.00'), True)
    """

    year: int | None
    before: FundYear
    after: FundYear

    @property
    def is_changed(self) -> bool:
        """Whether anything differs."""
        return self.before != self.after

    def change(self, of: str) -> Euros:
        """Return how much more the second has, in euros, *of* decided, due, committed, paid or saved."""
        after: Euros = getattr(self.after, of)
        before: Euros = getattr(self.before, of)
        return after - before


def compare_funds(before: Fund, after: Fund) -> tuple[YearComparison, ...]:
    """
    Return two funds side by side, year by year, what has no single year last.

    >>> from levier import Award
    >>> from levier.compute.fund.scenarios import Delay, applied
    >>> fund = Fund(id="f", label="F", awards=[Award(id="a", label="A", amount=100, contracted_on="2018-09-01")])
    >>> spent = fund.with_commitment("a", 60, on="2018-10-01")
    >>> rows = compare_funds(spent, applied(spent, Delay(months=6)).fund)
    >>> [(row.year, row.change("committed")) for row in rows if row.is_changed]
    [(2018, Euros('-60.00')), (2019, Euros('60.00'))]
    """
    left, right = ({found.year: found for found in fund_years(fund)} for fund in (before, after))
    return tuple(_compared(year, left, right) for year in sorted({*left, *right}, key=_place))


def _compared(
    year: int | None, before: Mapping[int | None, FundYear], after: Mapping[int | None, FundYear]
) -> YearComparison:
    nothing = FundYear(year=year)
    return YearComparison(year=year, before=before.get(year, nothing), after=after.get(year, nothing))
