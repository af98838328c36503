"""The precautionary reserve of a budget programme: the rates announced, what they set aside, and what was frozen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from levier.compute.budget.derivations import BudgetMeasure, reserve_rate
from levier.compute.budget.execution import BudgetYear, budget_year
from levier.compute.exact import EXACT
from levier.display.pages import Cell, Table
from levier.display.view import ColumnOf, View
from levier.model.appropriations import AppropriationKind
from levier.model.budget import BudgetProgramme
from levier.model.quantities import PERCENT
from levier.wording.messages import message

__all__ = ["reserve_table"]


class _Row(NamedTuple):
    """One kind of appropriation of a group of titles in a year."""

    year: BudgetYear
    of: AppropriationKind


def reserve_table(view: View, programme: BudgetProgramme) -> Table:
    """Return what the rates of a programme set aside, by year and group of titles; no row where no rate is stated."""
    caption = message("Programme {id}: precautionary reserve, by year and titles", id=programme.id)
    return view.table(f"reserve-{programme.id}", caption, _COLUMNS, _rows(view, programme))


def _rows(view: View, programme: BudgetProgramme) -> Iterator[tuple[str, _Row]]:
    """Yield the rows of each year that has begun and of which the programme holds anything else than the rate."""
    stated = {rate.about for rate in programme.reserve_rates if rate.year <= view.as_of.year}
    for number, title in sorted(stated, key=lambda fact: (fact[0], str(fact[1]))):
        if number in programme.years:
            year = budget_year(view.portfolio, programme.id, number, title=title, as_of=view.as_of)
            for of in AppropriationKind:
                yield f"budget_programmes/{programme.id}/{number}/{title}/{of}", _Row(year, of)


def _rate(view: View, row: _Row) -> Cell:
    found = reserve_rate(row.year.records, row.year.scope.title)
    percent = None if found is None else EXACT.scaleb(found.statement.share, 2)
    return view.scribe.number(percent, PERCENT, None)


def _amount(measure: BudgetMeasure) -> Callable[[View, _Row], Cell]:
    return lambda view, row: view.scribe.amount(row.year.amount(measure, row.of))


_COLUMNS: tuple[ColumnOf[_Row], ...] = (
    ColumnOf("year", message("Year"), lambda view, row: view.scribe.year(row.year.year)),
    ColumnOf("titles", message("Titles"), lambda view, row: view.scribe.term(row.year.scope.title)),
    ColumnOf("appropriation", message("Commitment or payment"), lambda view, row: view.scribe.term(row.of)),
    ColumnOf("rate", message("Rate of the reserve"), _rate, numeric=True),
    ColumnOf("set-aside", message("Set aside"), _amount(BudgetMeasure.RESERVE), numeric=True),
    ColumnOf("frozen", message("Frozen"), _amount(BudgetMeasure.FROZEN), numeric=True),
    ColumnOf("beyond", message("Frozen beyond the reserve"), _amount(BudgetMeasure.BEYOND_RESERVE), numeric=True),
)
