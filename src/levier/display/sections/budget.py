"""The State budget: appropriations and execution by year, and rates with their denominator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from levier.compute.budget.derivations import BudgetMeasure
from levier.compute.budget.execution import BudgetYear, budget_year
from levier.compute.budget.rates import Denominator, ExecutionRate
from levier.display.pages import Cell, Section, Table
from levier.display.phrases import UNDER_WAY
from levier.display.sections.outstanding import other_statements, outstanding_tables
from levier.display.sections.precaution import reserve_table
from levier.display.sections.reserves import reserves_table
from levier.display.view import ColumnOf, Owned, View
from levier.model.appropriations import AppropriationKind
from levier.model.budget import BudgetProgramme
from levier.wording.messages import message
from levier.wording.reasons import MissingReason
from levier.wording.said import Value
from levier.wording.values import Name

__all__ = ["budget_section"]

_BY_ITS_END = (BudgetMeasure.USED, BudgetMeasure.UNSPENT, BudgetMeasure.CARRIED_OVER)
"""Figures that are only known once the year is over."""
_RATES = (Denominator.VOTED, Denominator.OPENED)


class _Side(NamedTuple):
    """One kind of appropriation in a year."""

    year: BudgetYear
    of: AppropriationKind


def budget_section(view: View) -> Section:
    """Return each budget programme: its years, its rates, its outstanding commitments."""
    programmes = view.portfolio.budget_programmes.values()
    tables = [table for found in programmes for table in _tables(view, found)]
    return view.section("budget", message("State budget"), tables)


def _tables(view: View, programme: BudgetProgramme) -> Iterator[Table]:
    told = [
        budget_year(view.portfolio, programme.id, year, as_of=view.as_of)
        for year in programme.years
        if year <= view.as_of.year
    ]
    years, empty = [year for year in told if _has_totals(year)], [year for year in told if not _has_totals(year)]
    yield view.table(
        f"budget-{programme.id}",
        message(
            "Programme {id} “{label}”: appropriations and execution by year", id=programme.id, label=programme.label
        ),
        _COLUMNS,
        (
            (f"budget_programmes/{programme.id}/{year.year}/{of}", _Side(year, of))
            for year in years
            for of in AppropriationKind
        ),
        _notes(view, programme, years, empty),
    )
    yield _rates(view, programme, years)
    yield reserve_table(view, programme)
    yield from outstanding_tables(view, programme)
    yield reserves_table(view, programme)


def _rates(view: View, programme: BudgetProgramme, years: Iterable[BudgetYear]) -> Table:
    rates = [
        (f"budget_programmes/{programme.id}/{year.year}/{rate.of}/{rate.over}", Owned(year, rate))
        for year in years
        for of in AppropriationKind
        for over in _RATES
        for rate in [year.execution_rate(of=of, over=over)]
        if _is_known(rate, is_over=not view.is_under_way(year.year))
    ]
    caption = message("Programme {id}: execution rates, each with its denominator", id=programme.id)
    return view.table(f"rates-{programme.id}", caption, _RATE_COLUMNS, rates)


def _is_known(rate: ExecutionRate, *, is_over: bool) -> bool:
    """Return whether a rate has a row: not if neither amount is known, nor before the year has reached one."""
    if not is_over:
        return rate.value is not None
    return rate.numerator.value is not None or rate.denominator.value is not None


def _has_totals(year: BudgetYear) -> bool:
    return any(year.amount(measure, of).value is not None for measure in _MEASURES for of in AppropriationKind)


def _notes(
    view: View, programme: BudgetProgramme, years: Iterable[BudgetYear], empty: Iterable[BudgetYear]
) -> Iterator[Value]:
    """Yield the notes on the totals: what is inferred, what is missing and why, what changed."""
    amounts = [year.amount(measure, of) for year in years for measure in _MEASURES for of in AppropriationKind]
    if any(amount.is_inferred for amount in amounts if amount.value is not None):
        yield message("* inferred: based on an amount that no document publishes.")
    yield from other_statements(view, amounts)
    gaps = (amount for amount in amounts if amount.reason is MissingReason.NOT_PUBLISHED and amount.detail)
    yield from dict.fromkeys(f"{amount.explain(view.scribe.lang)}." for amount in gaps)
    for year in empty:
        yield message("{year}: no full-year total of the programme is known.", year=str(year.year))
    for change in programme.scope_changes:
        if change.year <= view.as_of.year:
            yield message(
                "Scope changed in {year}: {label}. Totals before and after are not comparable.",
                year=str(change.year),
                label=Name.of(change),
            )


def _amount(measure: BudgetMeasure) -> Callable[[View, _Side], Cell]:
    """Return the function that writes a measure's amounts; in a current year, a later amount is not missing."""

    def written(view: View, side: _Side) -> Cell:
        amount = side.year.amount(measure, side.of)
        is_to_come = measure in _BY_ITS_END and view.is_under_way(side.year.year)
        return view.scribe.missing(UNDER_WAY) if amount.value is None and is_to_come else view.scribe.amount(amount)

    return written


_MEASURES = {
    BudgetMeasure.VOTED: ("voted", message("Voted")),
    BudgetMeasure.OPENED: ("opened", message("Opened")),
    BudgetMeasure.USED: ("used", message("Used")),
    BudgetMeasure.UNSPENT: ("unspent", message("Unspent")),
    BudgetMeasure.CARRIED_OVER: ("carried-over", message("Carried over to the next year")),
}
_COLUMNS: tuple[ColumnOf[_Side], ...] = (
    ColumnOf("year", message("Year"), lambda view, side: view.scribe.year(side.year.year)),
    ColumnOf("appropriation", message("Commitment or payment"), lambda view, side: view.scribe.term(side.of)),
    *(ColumnOf(name, head, _amount(measure), numeric=True) for measure, (name, head) in _MEASURES.items()),
)
_RATE_COLUMNS: tuple[ColumnOf[Owned[ExecutionRate]], ...] = (
    ColumnOf("year", message("Year"), lambda view, row: view.scribe.year(row.owner.year)),
    ColumnOf("appropriation", message("Commitment or payment"), lambda view, row: view.scribe.term(row.part.of)),
    ColumnOf("denominator", message("As a share of"), lambda view, row: view.scribe.term(row.part.over)),
    ColumnOf("rate", message("Rate"), lambda view, row: view.scribe.rate(row.part), numeric=True),
    ColumnOf(
        "how",
        message("How it is computed"),
        lambda view, row: view.scribe.text(row.part.explain(view.scribe.lang)),
    ),
)
