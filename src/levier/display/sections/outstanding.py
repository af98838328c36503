"""Outstanding commitments: from the flows, published, forecast, and the scheduled payments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from levier.compute.budget.amounts import Amount
from levier.compute.budget.derivations import BudgetMeasure
from levier.compute.budget.execution import budget_year
from levier.compute.budget.outstanding import Outstanding, outstanding
from levier.compute.budget.schedules import payment_schedules
from levier.compute.statements.in_force import InForce
from levier.display.pages import Cell, Table
from levier.display.phrases import DASH, NOT_PUBLISHED, UNDER_WAY, UNKNOWN, in_parentheses
from levier.display.view import ColumnOf, Owned, View
from levier.errors import ScopeChangedError
from levier.model.appropriations import AppropriationKind
from levier.model.budget import BudgetProgramme, PaymentSchedule
from levier.model.budget_lines import TitleGroup
from levier.model.money import Euros
from levier.model.periods import Day
from levier.wording.messages import Message, clauses, message
from levier.wording.said import Value

__all__ = ["other_statements", "outstanding_explained", "outstanding_tables"]

_TITLES = (TitleGroup.OTHER, TitleGroup.ALL)
"""The titles that the bills count: without staff where they can."""


def outstanding_tables(view: View, programme: BudgetProgramme) -> Iterator[Table]:
    """Yield the outstanding commitments of each year, then each payment schedule."""
    found, crossed = _ends(view, programme)
    notes: list[Value] = [
        message("End of {year}: not computed, because the scope of the programme changed.", year=str(year))
        for year in crossed
    ]
    notes += other_statements(view, [amount for end in found for amount in (end.published, end.forecast) if amount])
    caption = message("Programme {id}: outstanding commitments at the end of the year", id=programme.id)
    yield view.table(f"outstanding-{programme.id}", caption, _COLUMNS, _rows(programme, found), notes)
    for place, schedule in enumerate(payment_schedules(view.portfolio, programme.id, as_of=view.as_of)):
        yield _schedule(view, programme, schedule, place)


def outstanding_explained(view: View) -> Table:
    """Return the explanation of each year's outstanding commitments."""
    rows = [
        row
        for programme in view.portfolio.budget_programmes.values()
        for row in _rows(programme, _ends(view, programme)[0])
    ]
    return view.table("outstanding-explained", message("Outstanding commitments"), _EXPLAINED, rows)


def _rows(programme: BudgetProgramme, ends: Iterable[Outstanding]) -> Iterator[tuple[str, Owned[Outstanding]]]:
    for end in ends:
        yield f"budget_programmes/{end.programme_id}/outstanding/{end.year}", Owned(programme, end)


def _ends(view: View, programme: BudgetProgramme) -> tuple[list[Outstanding], list[int]]:
    return view.once(("ends", programme.id), lambda: _told_ends(view, programme))


def _told_ends(view: View, programme: BudgetProgramme) -> tuple[list[Outstanding], list[int]]:
    """Return the years whose end is known in any way, and those that a change of scope separates."""
    found: list[Outstanding] = []
    crossed: list[int] = []
    for year in programme.years:
        if year <= view.as_of.year:
            try:
                found.append(outstanding(view.portfolio, programme.id, year=year, as_of=view.as_of))
            except ScopeChangedError:
                crossed.append(year)
    return list(filter(_is_known, found)), crossed


def _is_known(found: Outstanding) -> bool:
    """Return whether anything is known of the end of a year; a year without any fact has no row."""
    amounts = (found.by_flows, found.published, found.forecast)
    return any(amount is not None and amount.value is not None for amount in amounts)


def _forecast_by(view: View, row: Owned[Outstanding]) -> Cell:
    if row.part.forecast.value is None:
        return view.scribe.missing(DASH)
    if _is_of_a_bill(row.owner, row.part):
        return Cell(text=view.scribe.say(message("budget bill")), value="by-the-bill")
    return Cell(text=view.scribe.say(message("computed by the bills' method")), value="by-method")


def _is_of_a_bill(programme: BudgetProgramme, found: Outstanding) -> bool:
    """Return whether a bill's own forecast is published for a year; otherwise the bills' method gives one."""
    end = Day(found.year, 12, 31)
    return any(statement.is_forecast and statement.on == end for statement in programme.outstanding)


def _explained(view: View, row: Owned[Outstanding]) -> Cell:
    """Return the explanation of the end of a year, with the bills' method written out where it was used."""
    said, lang = row.part.explain(view.scribe.lang), view.scribe.lang
    if row.part.forecast.value is None or _is_of_a_bill(row.owner, row.part):
        return view.scribe.text(said)
    year, opened = row.part.year, AppropriationKind.COMMITMENT
    scopes = [budget_year(view.portfolio, row.owner.id, year, title=title, as_of=view.as_of) for title in _TITLES]
    scope = next(scope for scope in scopes if scope.amount(BudgetMeasure.OPENED, opened).value is not None)
    method = message(
        "the bills' method (all open is committed, all voted is paid): {forecast} = {previous} + {opened} − {voted}",
        forecast=row.part.forecast.explain(lang),
        previous=row.part.previous.explain(lang),
        opened=scope.amount(BudgetMeasure.OPENED, opened).explain(lang),
        voted=scope.amount(BudgetMeasure.VOTED, AppropriationKind.PAYMENT).explain(lang),
    )
    return view.scribe.text(clauses(said, method))


def _amount(view: View, amount: Amount | None, year: int) -> Cell:
    """Return an amount; in a column of computed amounts it needs no star."""
    if view.is_under_way(year) and (amount is None or amount.value is None):
        return view.scribe.missing(UNDER_WAY)
    if amount is None:
        return view.scribe.missing(NOT_PUBLISHED)
    return view.scribe.euros(amount.value, amount.reason or UNKNOWN)


def other_statements(view: View, amounts: Iterable[Amount]) -> Iterator[Message]:
    """Yield the statements of other documents about amounts."""
    for amount in amounts:
        others = (
            in_parentheses(view.scribe.euros(other.value).text, view.source(other.source_id).text)
            for other in amount.alternatives
        )
        if amount.alternatives:
            what = amount.explain(view.scribe.lang)
            yield message("{what}: other documents give {others}.", what=what, others=clauses(*others))


def _schedule(view: View, programme: BudgetProgramme, found: InForce[PaymentSchedule], place: int) -> Table:
    """Return the schedule in force of a stock, with a note on each schedule that it replaces."""
    schedule = found.statement
    path = f"budget_programmes/{programme.id}/schedules/{place}"
    rows: list[tuple[str, _Payment]] = [
        (f"{path}/{payment.year}", (str(payment.year), payment.amount)) for payment in schedule.payments
    ]
    rows.append((f"{path}/remainder", (message("later years, not broken down"), schedule.remainder)))
    notes = [
        message(
            "Another schedule of the same stock: {amount} ({source}).",
            amount=one.stock,
            source=view.source(one.source_id).text,
        )
        for one in (*found.superseded, *found.disputed)
    ]
    source = view.source(schedule.source_id).text
    caption = message("Programme {id}: payment schedule according to {source}", id=programme.id, source=source)
    return view.table(f"schedule-{programme.id}-{place}", caption, _PAYMENT_COLUMNS, rows, notes)


_Payment: TypeAlias = tuple[Value, Euros | None]


def _column(name: str, head: Message, amount: Callable[[Outstanding], Amount | None]) -> ColumnOf[Owned[Outstanding]]:
    return ColumnOf(name, head, lambda view, row: _amount(view, amount(row.part), row.part.year), numeric=True)


_COLUMNS: tuple[ColumnOf[Owned[Outstanding]], ...] = (
    ColumnOf("end-of-year", message("End of year"), lambda view, row: view.scribe.year(row.part.year)),
    _column("by-flows", message("Computed from flows"), lambda end: end.by_flows),
    _column("published", message("Published"), lambda end: end.published),
    _column("difference", message("Computed minus published"), lambda end: end.difference),
    _column("forecast", message("Forecast"), lambda end: end.forecast),
    ColumnOf("forecast-by", message("Source of the forecast"), _forecast_by),
    _column("gap", message("Forecast minus computed"), lambda end: end.gap),
)
_EXPLAINED: tuple[ColumnOf[Owned[Outstanding]], ...] = (
    ColumnOf("programme", message("Programme"), lambda view, row: view.scribe.name(row.owner)),
    ColumnOf("end-of-year", message("End of year"), lambda view, row: view.scribe.year(row.part.year)),
    ColumnOf("how", message("How it is computed"), _explained),
)
_PAYMENT_COLUMNS: tuple[ColumnOf[_Payment], ...] = (
    ColumnOf("year", message("Year"), lambda view, row: view.scribe.text(row[0])),
    ColumnOf("amount", message("Amount"), lambda view, row: view.scribe.euros(row[1]), numeric=True),
)
