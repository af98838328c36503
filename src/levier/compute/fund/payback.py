"""Payback: the year in which the cumulated recurrent savings reach the cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.budget.amounts import Amount
from levier.compute.coverage import Coverage
from levier.compute.fund.periods import Shift, by_year, is_within_a_year, prorated
from levier.compute.fund.returns import COST, Money
from levier.compute.fund.series import chronological, one_series, savings_in_force
from levier.compute.statements.in_force import InForce
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model.money import ZERO, Euros
from levier.model.periods import Day, DayLike, Period
from levier.model.savings import Saving, SavingNature
from levier.model.sources import Source
from levier.wording.explained import Explained
from levier.wording.messages import Message, about, clauses, items, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value

__all__ = ["Payback", "payback_year"]

_MONTHS = 12
_NEVER = Day(9999, 12, 31)
_Stated: TypeAlias = tuple[Period, Euros]


@final
@frozen(kw_only=True, field_transformer=by_type)
class Payback(Explained):
    """
    The year in which cumulated savings reach a cost; `None` where *reason* says why.

    *by_year* are the savings of each year, in euros, not cumulated; *coverage* lists the statements that count, and
    those that do not because they are not recurrent or have no year.
    *is_projected* marks a year after the last one stated.

    Attributes:
        cost: The cost to be paid back, in euros.
        year: The year of payback; `None` where *reason* says why.

    >>> saved = ((2020, Euros(4)), (2021, Euros(6)))
    >>> Payback(cost=Amount.of(4, fr="", en=""), by_year=saved, coverage=Coverage(), year=2020).cumulated
    Euros('4.00')
    """

    cost: Amount
    by_year: tuple[tuple[int, Euros], ...]
    coverage: Coverage
    year: int | None = None
    reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])
    is_projected: bool = False

    @property
    def cumulated(self) -> Euros:
        """The savings cumulated by the end of the payback year, in euros; all of them if the cost is not reached."""
        return Euros.total(amount for year, amount in self.by_year if self.year is None or year <= self.year)

    @property
    def message(self) -> Said:
        """The year, or why there is none, with the cost and the coverage."""
        payback = about(items(self.reason or self._year()), message("payback"))
        return clauses(payback, self._saved(), self.cost.message, self.coverage.message)

    def _year(self) -> Value:
        return message("{year} (projected)", year=str(self.year)) if self.is_projected else str(self.year)

    def _saved(self) -> Said:
        last = self.year or max((year for year, _ in self.by_year), default=None)
        if last is None:
            return message("{amount} saved", amount=self.cumulated)
        return message("{amount} saved by the end of {year}", amount=self.cumulated, year=str(last))


@asked
def payback_year(
    savings: Iterable[Saving],
    *,
    cost: Money,
    until: int | None = None,
    as_of: DayLike | None = None,
    sources: Mapping[str, Source] | None = None,
) -> Payback:
    """
    Return the year in which cumulated recurrent savings reach a cost, or the reason why there is none.

    Of each saving, the statement in force counts: the latest one known on the day *as_of*. *sources* date the
    statements that have no date of their own.
    A recurrent saving counts in its period and again every twelve months, until the same award's next one begins; with
    *until*, also after the last year stated: such a year is projected.
    A period of twelve months that crosses the end of a year, as after a delay, counts in both years by its days.
    Savings that are not recurrent, of an unknown nature, over more than a year or without a year do not count, and are
    listed.

    Raises:
        MixedUnitsError: For recurrent savings of several kinds or owners, or of the whole fund and of its awards.
        DuplicateItemsError: For statements of one saving that dispute each other, or share a day.

    >>> given = {"kind": "expected", "nature": "recurrent", "whose": "State", "method": "declared", "source_id": "s"}
    >>> savings = [Saving(award_id="a", amount=n, period=year, **given) for year, n in (("2020", 10), ("2021", 20))]
    >>> payback_year(savings, cost=30).year, payback_year(savings, cost=45).reason.en
    (2021, 'not reached in the years that are known')
    >>> late = payback_year(savings, cost=45, until=2030)
    >>> late.year, late.is_projected, late.cumulated
    (2022, True, Euros('50.00'))
    """
    given = tuple(savings)
    counted = one_series(filter(_counts, given), as_of=as_of, sources=sources)
    left = savings_in_force((one for one in given if not _counts(one)), as_of=as_of, sources=sources)
    price = cost if isinstance(cost, Amount) else Amount(value=Euros(cost), label=COST)
    stated = max((saving.period.known_by.year for saving in counted if saving.period is not None), default=0)
    saved = _saved(counted, max(stated, until or 0))
    year = None if price.value is None else _reached(saved, price.value)
    return Payback(
        cost=price,
        by_year=saved,
        coverage=Coverage(
            reported=tuple(map(_name, counted)),
            missing=tuple(_name(fact.statement) for fact in left),
            missing_names=tuple(_called(fact.statement) for fact in left),
        ),
        year=year,
        reason=_reason(price, counted, left) if year is None else None,
        is_projected=year is not None and year > stated,
    )


def _counts(saving: Saving) -> bool:
    return saving.nature is SavingNature.RECURRENT and saving.period is not None and is_within_a_year(saving.period)


def _name(saving: Saving) -> str:
    return f"{saving.award_id or 'fund'} {saving.period or '–'}"


def _called(saving: Saving) -> Message:
    """Return the name of a saving in sentences."""
    whose: Value = saving.award_id or message("fund")
    if saving.period is None:
        return message("{saving} (no period)", saving=whose)
    return message("{saving} ({period})", saving=whose, period=saving.period)


def _saved(savings: Iterable[Saving], until: int) -> tuple[tuple[int, Euros], ...]:
    """Return the savings of each year, from the first year that has any."""
    by_award: dict[str | None, list[_Stated]] = defaultdict(list)
    for saving in chronological(savings):
        by_award[saving.award_id] += [] if saving.period is None else [(saving.period, saving.amount)]
    sums: dict[int, Euros] = defaultdict(lambda: ZERO)
    for some in by_award.values():
        for year, amount in _repeated(some, until):
            sums[year] += amount
    return tuple((year, sums[year]) for year in range(min(sums, default=until + 1), until + 1))


def _repeated(stated: list[_Stated], until: int) -> Iterator[tuple[int, Euros]]:
    """Yield the amounts of one saving by year: each is repeated every twelve months until the next one begins."""
    ends = [period.known_from for period, _ in stated[1:]]
    for (period, amount), end in zip(stated, [*ends, _NEVER], strict=True):
        for year, part in by_year(amount, period).items():
            for times in range(until - year + 1):
                again = Shift(months=_MONTHS * times).period(period)
                yield year + times, _until(end, part, again, year + times)


def _until(end: Day, part: Euros, period: Period, year: int) -> Euros:
    """Return the amount of a part of a period before a day; all of it where the period is over by then."""
    first = max(period.known_from, Day(year, 1, 1)).toordinal()
    days = min(period.known_by, Day(year, 12, 31)).toordinal() - first + 1
    return prorated(part, days=min(max(end.toordinal() - first, 0), days), of=days)


def _reached(by_year: tuple[tuple[int, Euros], ...], cost: Euros) -> int | None:
    cumulated = ZERO
    for year, amount in by_year:
        cumulated += amount
        if cumulated >= cost:
            return year
    return None


def _reason(cost: Amount, counted: Collection[Saving], left: Collection[InForce[Saving]]) -> MissingReason:
    if cost.value is None or not (counted or left):
        return MissingReason.NOT_PUBLISHED
    return MissingReason.NOT_REACHED if counted else MissingReason.INCOMPLETE
