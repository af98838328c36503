"""What remains to be paid: by the flows, as published, as forecast, and the payments scheduled."""

from __future__ import annotations

from collections.abc import Iterator

from levier.compute.amounts import Amount
from levier.compute.outstanding import Outstanding, outstanding
from levier.display.heads import Head
from levier.display.pages import Cell, Row, Table
from levier.display.phrases import Phrase
from levier.display.view import View
from levier.display.wording import Caption
from levier.errors import ScopeChangedError
from levier.model.budget import BudgetProgramme, PaymentSchedule

__all__ = ["outstanding_explained", "outstanding_tables"]


def outstanding_tables(view: View, programme: BudgetProgramme) -> Iterator[Table]:
    """Yield the outstanding commitments of each year, then each payment schedule."""
    heads = (Head.END_OF_YEAR, Head.BY_FLOWS, Head.PUBLISHED, Head.DIFFERENCE, Head.FORECAST, Head.GAP)
    found, crossed = _ends(view, programme)
    rows = [_row(view, end) for end in found]
    notes = [view.scribe.say(Phrase.NOT_ROLLED, year=year) for year in crossed]
    yield view.table(Caption.OUTSTANDING, heads, rows, about=programme.id, id=programme.id, notes=notes)
    for place, schedule in enumerate(programme.schedules):
        yield _schedule(view, programme, schedule, place)


def outstanding_explained(view: View) -> Table:
    """Return how the outstanding commitments of each year came about."""
    rows = [
        Row(
            id=f"budget_programmes/{end.programme_id}/outstanding/{end.year}",
            cells=[
                view.scribe.name(programme),
                Cell(text=str(end.year), value=str(end.year)),
                view.scribe.text(end.explain(view.scribe.lang)),
            ],
        )
        for programme in view.portfolio.budget_programmes.values()
        for end in _ends(view, programme)[0]
    ]
    return view.table(Caption.OUTSTANDING_EXPLAINED, (Head.PROGRAMME, Head.END_OF_YEAR, Head.HOW), rows)


def _ends(view: View, programme: BudgetProgramme) -> tuple[list[Outstanding], list[int]]:
    """Return the ends of years of which anything is known, and the years that a change of scope keeps apart."""
    found, crossed = [], []
    for year in programme.years:
        if year <= view.as_of.year:
            try:
                found.append(outstanding(view.portfolio, programme.id, year=year))
            except ScopeChangedError:
                crossed.append(year)
    return list(filter(_is_known, found)), crossed


def _is_known(found: Outstanding) -> bool:
    """Say whether anything is known of the end of a year; where nothing is, no row repeats it."""
    amounts = (found.by_flows, found.published, found.forecast)
    return any(amount is not None and amount.value is not None for amount in amounts)


def _row(view: View, found: Outstanding) -> Row:
    amounts = (found.by_flows, found.published, found.difference, found.forecast, found.gap)
    return Row(
        id=f"budget_programmes/{found.programme_id}/outstanding/{found.year}",
        cells=[
            Cell(text=str(found.year), value=str(found.year)),
            *(_amount(view, amount) for amount in amounts),
        ],
    )


def _amount(view: View, amount: Amount | None) -> Cell:
    """Return an amount; a column that says it is computed needs no star."""
    if amount is None:
        return view.scribe.missing(Phrase.NOT_PUBLISHED)
    return view.scribe.euros(amount.value, amount.reason or Phrase.UNKNOWN)


def _schedule(view: View, programme: BudgetProgramme, schedule: PaymentSchedule, place: int) -> Table:
    path = f"budget_programmes/{programme.id}/schedules/{place}"
    rows = [
        Row(
            id=f"{path}/{payment.year}",
            cells=[Cell(text=str(payment.year), value=str(payment.year)), view.scribe.euros(payment.amount)],
        )
        for payment in schedule.payments
    ]
    beyond = view.scribe.text(view.scribe.say(Phrase.REMAINDER))
    rows.append(Row(id=f"{path}/remainder", cells=[beyond, view.scribe.euros(schedule.remainder)]))
    return view.table(
        Caption.SCHEDULE,
        (Head.YEAR, Head.AMOUNT),
        rows,
        about=f"{programme.id}-{place}",
        id=programme.id,
        source=view.source(schedule.source_id).text,
    )
