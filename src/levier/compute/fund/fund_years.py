"""A fund by year, and two funds compared: amounts decided, due, committed, paid, recovered and saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.fund.periods import by_year
from levier.compute.fund.series import dispute, overlaps, refuse_conflicts, savings_in_force
from levier.compute.statements.in_force import InForce
from levier.compute.statements.known import known_fund
from levier.errors import MixedUnitsError
from levier.errors.final import final
from levier.model.entries import EntryKind
from levier.model.fund import Fund
from levier.model.money import ZERO, Euros
from levier.model.periods import DayLike, Period
from levier.model.savings import Saving, SavingKind, SavingNature
from levier.model.sources import Source

__all__ = ["FundYear", "YearComparison", "YearSavings", "compare_funds", "fund_years"]

_AFTER_ALL = 10_000
_NAMES: Mapping[EntryKind, str] = MappingProxyType(
    {
        EntryKind.COMMITMENT: "committed",
        EntryKind.DECOMMITMENT: "committed",
        EntryKind.PAYMENT: "paid",
        EntryKind.RECOVERY: "recovered",
    }
)
_Year: TypeAlias = int | None


@final
@frozen(kw_only=True, field_transformer=by_type)
class YearSavings:
    """
    The recurrent savings of one series in a year, in euros: of one kind, one owner, and one level (fund or awards).

    *of_fund* is true where they are stated for the fund as a whole. *conflicts* name the statements of one saving that
    dispute each other or share a day: the amount then counts the one shown by the rule, or a day twice.

    Attributes:
        kind: Whether the savings are expected, revised or achieved.
        whose: Whose savings: the State's, an operator's.
        amount: The savings of the year, in euros.

    >>> YearSavings(kind=SavingKind.ACHIEVED, whose="State", of_fund=True, amount=Euros(40)).named
    'achieved savings of the fund (State)'
    """

    kind: SavingKind = field(converter=SavingKind)
    whose: str
    of_fund: bool
    amount: Euros
    conflicts: tuple[str, ...] = ()

    @property
    def named(self) -> str:
        """The name of the savings in errors."""
        return f"{self.kind.en} savings of {'the fund' if self.of_fund else 'its awards'} ({self.whose})"


@final
@frozen(kw_only=True, field_transformer=by_type)
class FundYear:
    """
    The amounts of a fund in a year, in euros; *year* is `None` for amounts without a single year.

    Awards decided, instalments due, commitments minus releases, payments, what came back of payments of any year, and
    recurrent savings as stated: one row for each series, because expected, revised and achieved savings do not add up.
    *unweighed* are the awards decided in the year whose amount is unknown.

    Attributes:
        decided: The awards decided in the year, in euros.
        due: The instalments due in the year, in euros.
        committed: The commitments of the year minus those released, in euros.
        paid: The payments of the year, in euros, whatever came back of them.
        recovered: The payments that came back in the year, in euros.
        savings: The recurrent savings of the year, one row for each series.

    >>> FundYear(year=2019, paid=Euros(20)).committed
    Euros('0.00')
    """

    year: int | None
    decided: Euros = ZERO
    due: Euros = ZERO
    committed: Euros = ZERO
    paid: Euros = ZERO
    recovered: Euros = ZERO
    savings: tuple[YearSavings, ...] = ()
    unweighed: tuple[str, ...] = ()

    @property
    def net_paid(self) -> Euros:
        """The payments minus what came back in the year, in euros; negative where more came back."""
        return self.paid - self.recovered

    @property
    def expected(self) -> Euros | None:
        """The recurrent savings first expected for the year; `None` where none are stated."""
        return self.savings_of(SavingKind.EXPECTED)

    @property
    def revised(self) -> Euros | None:
        """The recurrent savings expected for the year after a revision; `None` where none are stated."""
        return self.savings_of(SavingKind.REVISED)

    @property
    def saved(self) -> Euros | None:
        """The recurrent savings achieved in the year; `None` where none are stated."""
        return self.savings_of(SavingKind.ACHIEVED)

    def savings_of(self, kind: SavingKind | str) -> Euros | None:
        """
        Return the savings of one kind, in euros; `None` where none are stated.

        Raises:
            MixedUnitsError: If several owners' savings are stated, or the fund's beside those of its awards.
            DuplicateItemsError: If statements of one saving dispute each other, or share a day.

        >>> FundYear(year=2019).savings_of(SavingKind.ACHIEVED) is None
        True
        """
        wanted = SavingKind(kind)
        found = [one for one in self.savings if one.kind is wanted]
        if len(found) > 1:
            raise MixedUnitsError("add", found[0].named, found[1].named, "take the one you mean from savings")
        for one in found:
            refuse_conflicts(one.conflicts)
        return found[0].amount if found else None


@asked
def fund_years(
    fund: Fund, *, as_of: DayLike | None = None, sources: Mapping[str, Source] | None = None
) -> tuple[FundYear, ...]:
    """
    Return the amounts of a fund year by year; those without a single year come last.

    A period of twelve months that crosses the end of a year, as after a delay, counts in both years by its days; a
    longer period is not spread. Of each saving, the statement in force counts.
    With *as_of*, only what was known on that day; *sources* date the statements that have no date of their own.

    >>> from levier import Award
    >>> fund = Fund(id="f", label="F", awards=[Award(id="a", label="A", amount=100, decided_on="2018-06-20")])
    >>> [(found.year, found.decided) for found in fund_years(fund)]
    [(2018, Euros('100.00'))]
    """
    known = known_fund(fund, as_of, sources)
    rows: dict[_Year, dict[str, Any]] = defaultdict(dict)
    for year, name, amount in _flows(known):
        rows[year][name] = rows[year].get(name, ZERO) + amount
    for award in known.awards:
        if award.amount is None:
            row = rows[next(iter(by_year(ZERO, award.decided_on)), None)]
            row["unweighed"] = (*row.get("unweighed", ()), award.id)
    for year, savings in _savings(known, sources).items():
        rows[year]["savings"] = savings
    return tuple(FundYear(year=year, **rows[year]) for year in sorted(rows, key=_place))


def _place(year: _Year) -> int:
    return _AFTER_ALL if year is None else year


def _flows(fund: Fund) -> Iterator[tuple[_Year, str, Euros]]:
    for award in fund.awards:
        if award.amount is not None:
            yield from _in_years("decided", award.amount, award.decided_on)
        for part in award.instalments:
            yield from _in_years("due", part.amount, part.due)
    for entry in fund.entries:
        is_released = entry.kind is EntryKind.DECOMMITMENT
        yield entry.on.year, _NAMES[entry.kind], -entry.amount if is_released else entry.amount


def _in_years(name: str, amount: Euros, period: Period | None) -> Iterator[tuple[_Year, str, Euros]]:
    yield from ((year, name, part) for year, part in _parts(amount, period))


def _parts(amount: Euros, period: Period | None) -> Iterable[tuple[_Year, Euros]]:
    return by_year(amount, period).items() or [(None, amount)]


_Cell: TypeAlias = "tuple[_Year, SavingKind, str, bool]"


def _savings(fund: Fund, sources: Mapping[str, Source] | None) -> Mapping[_Year, tuple[YearSavings, ...]]:
    """Return the recurrent savings of each year, one row for each series."""
    cells: dict[_Cell, list[tuple[InForce[Saving], Euros]]] = defaultdict(list)
    for fact in savings_in_force(fund.savings, sources=sources):
        saving = fact.statement
        if saving.nature is SavingNature.RECURRENT:
            for year, part in _parts(saving.amount, saving.period):
                cells[year, saving.kind, saving.whose, saving.award_id is None].append((fact, part))
    found: dict[_Year, tuple[YearSavings, ...]] = defaultdict(tuple)
    for (year, kind, whose, of_fund), parts in sorted(cells.items(), key=_order):
        facts = [fact for fact, _ in parts]
        row = YearSavings(
            kind=kind,
            whose=whose,
            of_fund=of_fund,
            amount=Euros.total(amount for _, amount in parts),
            conflicts=(*filter(None, map(dispute, facts)), *overlaps(fact.statement for fact in facts)),
        )
        found[year] += (row,)
    return found


def _order(item: tuple[_Cell, object]) -> tuple[int, str, bool]:
    _, kind, whose, of_fund = item[0]
    return list(SavingKind).index(kind), whose, not of_fund


@final
@frozen(kw_only=True, field_transformer=by_type)
class YearComparison:
    """
    One year of two funds, for comparison.

    Attributes:
        year: The calendar year; `None` for amounts without a single year.
        before: The amounts of the first fund.
        after: The amounts of the second fund.

    >>> row = YearComparison(year=2019, before=FundYear(year=2019, paid=Euros(20)), after=FundYear(year=2019))
    >>> row.change("paid"), row.is_changed
    (Euros('-20.00'), True)
    """

    year: int | None
    before: FundYear
    after: FundYear

    @property
    def is_changed(self) -> bool:
        """Whether the two years differ."""
        return self.before != self.after

    def change(self, of: str) -> Euros:
        """
        Return the second amount minus the first, in euros, *of* any amount of the year, such as committed or saved.

        Where only one of the two states savings, the other counts as zero.

        Raises:
            MixedUnitsError: For savings of several owners, or of the fund beside those of its awards.
            DuplicateItemsError: For statements of one saving that dispute each other, or share a day.
        """
        after: Euros | None = getattr(self.after, of)
        before: Euros | None = getattr(self.before, of)
        return (after or ZERO) - (before or ZERO)


@asked
def compare_funds(
    before: Fund, after: Fund, *, as_of: DayLike | None = None, sources: Mapping[str, Source] | None = None
) -> tuple[YearComparison, ...]:
    """
    Return two funds compared year by year, amounts without a year last; *as_of* and *sources* are as in `fund_years`.

    >>> from levier import Award
    >>> from levier.compute.fund.scenarios import Delay, apply
    >>> fund = Fund(id="f", label="F", awards=[Award(id="a", label="A", amount=100, contracted_on="2018-09-01")])
    >>> spent = fund.with_commitment("a", 60, on="2018-10-01")
    >>> rows = compare_funds(spent, apply(spent, Delay(months=6)).fund)
    >>> [(row.year, row.change("committed")) for row in rows if row.is_changed]
    [(2018, Euros('-60.00')), (2019, Euros('60.00'))]
    """
    left, right = (
        {found.year: found for found in fund_years(fund, as_of=as_of, sources=sources)} for fund in (before, after)
    )
    return tuple(_compared(year, left, right) for year in sorted({*left, *right}, key=_place))


def _compared(year: _Year, before: Mapping[_Year, FundYear], after: Mapping[_Year, FundYear]) -> YearComparison:
    nothing = FundYear(year=year)
    return YearComparison(year=year, before=before.get(year, nothing), after=after.get(year, nothing))
