"""Payback: the year in which the recurrent savings of all years together reach the cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import final

from attrs import frozen

from levier.compute._wording import colon
from levier.compute.budget.amounts import Absence, Amount
from levier.compute.fund.returns import Money, refuse_mixed, refuse_twice
from levier.compute.indicators.aggregation import Coverage
from levier.model.money import ZERO, Euros
from levier.model.savings import Saving, SavingNature
from levier.model.terms import Lang

__all__ = ["Payback", "payback_year"]


@final
@frozen(kw_only=True)
class Payback:
    """
    The year in which cumulated savings reach a cost; `None` where *reason* says why.

    *by_year* are the savings of each year, in euros, not cumulated; *coverage* lists the statements that count, and
    those that do not because they are not recurrent or have no year.
    *is_projected* marks a year after the last one that is stated.

    >>> Payback(cost=Amount.of(9, fr="", en=""), by_year=((2020, Euros(4)),), coverage=Coverage()).cumulated
    Euros('4.00')
    """

    cost: Amount
    by_year: tuple[tuple[int, Euros], ...]
    coverage: Coverage
    year: int | None = None
    reason: Absence | None = None
    is_projected: bool = False

    @property
    def cumulated(self) -> Euros:
        """What the savings of all these years come to, in euros."""
        return Euros.total(amount for _, amount in self.by_year)

    def explain(self, lang: Lang) -> str:
        """Say the year, or why there is none, with the cost and what it rests on, in *lang*."""
        saved = Amount(value=self.cumulated, label_fr="cumulés", label_en="cumulated").explain(lang)
        said = str(self.year) if self.reason is None else self.reason.label(lang)
        mark = {"fr": " (projeté)", "en": " (projected)"}[lang] if self.is_projected else ""
        name, end = {"fr": ("retour sur investissement", "\u00a0; "), "en": ("payback", "; ")}[lang]
        parts = (f"{name}{colon(lang)}{said}{mark}", saved, self.cost.explain(lang), self.coverage.explain(lang))
        return end.join(parts)


def payback_year(savings: Iterable[Saving], *, cost: Money, until: int | None = None) -> Payback:
    """
    Return the year in which cumulated recurrent savings reach a cost, or the reason there is none.

    A recurrent saving comes every year from the one it is stated for, until the same award's next statement takes its
    place; with *until*, also after the last year that is stated: such a year is projected.
    Savings that come once, of which the nature is not said, or without a year do not count, and are listed.

    Raises:
        MixedUnitsError: For recurrent savings of several kinds or owners.
        DuplicateItemsError: For two statements of one award's saving over one period.

    >>> given = {"kind": "expected", "nature": "recurrent", "whose": "State", "method": "declared", "source_id": "s"}
    >>> savings = [Saving(award_id="a", amount=n, period=year, **given) for year, n in (("2020", 10), ("2021", 20))]
    >>> payback_year(savings, cost=30).year, payback_year(savings, cost=45).reason.en
    (2021, 'not reached in the years that are known')
    >>> late = payback_year(savings, cost=45, until=2030)
    >>> late.year, late.is_projected
    (2022, True)
    """
    given = tuple(savings)
    counted = tuple(saving for saving in given if _counts(saving))
    refuse_mixed(counted)
    refuse_twice(counted)
    price = cost if isinstance(cost, Amount) else Amount.of(cost, fr="de coût", en="of cost")
    stated = max((_year(saving) for saving in counted), default=0)
    by_year = _by_year(counted, max(stated, until or 0))
    year = None if price.value is None else _reached(by_year, price.value)
    coverage = Coverage(
        reported=tuple(map(_name, counted)),
        missing=tuple(_name(saving) for saving in given if not _counts(saving)),
    )
    return Payback(
        cost=price,
        by_year=by_year,
        coverage=coverage,
        year=year,
        reason=_reason(given, counted, price) if year is None else None,
        is_projected=year is not None and year > stated,
    )


def _counts(saving: Saving) -> bool:
    last = None if saving.period is None else saving.period.last_day
    return saving.nature is SavingNature.RECURRENT and last is not None and last.year == _year(saving)


def _year(saving: Saving) -> int:
    return 0 if saving.period is None else saving.period.year


def _name(saving: Saving) -> str:
    return f"{saving.award_id or 'fund'} {saving.period or '–'}"


def _by_year(savings: tuple[Saving, ...], until: int) -> tuple[tuple[int, Euros], ...]:
    steps: dict[int, dict[str, Euros]] = defaultdict(dict)
    for saving in savings:
        standing = steps[_year(saving)]
        standing[saving.award_id or ""] = standing.get(saving.award_id or "", ZERO) + saving.amount
    holds: dict[str, Euros] = {}
    found = []
    for year in range(min(steps, default=until + 1), until + 1):
        holds |= steps.get(year, {})
        found.append((year, Euros.total(holds.values())))
    return tuple(found)


def _reached(by_year: tuple[tuple[int, Euros], ...], cost: Euros) -> int | None:
    cumulated = ZERO
    for year, amount in by_year:
        cumulated += amount
        if cumulated >= cost:
            return year
    return None


def _reason(given: tuple[Saving, ...], counted: tuple[Saving, ...], cost: Amount) -> Absence:
    if not given or cost.value is None:
        return Absence.NOT_PUBLISHED
    return Absence.NOT_REACHED if counted else Absence.INCOMPLETE
