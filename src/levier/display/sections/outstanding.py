"""What remains to be paid: by the flows, as published, as forecast, and the payments scheduled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from levier.compute.budget.amounts import Amount
from levier.compute.budget.derivations import BudgetMeasure
from levier.compute.budget.execution import budget_year
from levier.compute.budget.outstanding import Outstanding, outstanding
from levier.compute.budget.schedules import payment_schedules
from levier.compute.statements.in_force import InForce
from levier.display.heads import Head
from levier.display.pages import Cell, Row, Table
from levier.display.phrases import Phrase
from levier.display.view import View
from levier.display.wording import Caption
from levier.errors import ScopeChangedError
from levier.model.budget import BudgetProgramme, PaymentSchedule, TitleGroup
from levier.model.money import Appropriation
from levier.model.periods import Day

__all__ = ["other_statements", "outstanding_explained", "outstanding_tables"]

_TITLES = (TitleGroup.OTHER, TitleGroup.ALL)
"""The bills count without staff where they can."""


def outstanding_tables(view: View, programme: BudgetProgramme) -> Iterator[Table]:
    """Yield the outstanding commitments of each year, then each payment schedule."""
    heads = (
        Head.END_OF_YEAR,
        Head.BY_FLOWS,
        Head.PUBLISHED,
        Head.DIFFERENCE,
        Head.FORECAST,
        Head.FORECAST_BY,
        Head.GAP,
    )
    found, crossed = _ends(view, programme)
    rows = [_row(view, programme, end) for end in found]
    notes = [view.scribe.say(Phrase.NOT_ROLLED, year=year) for year in crossed]
    stated = [amount for end in found for amount in (end.published, end.forecast) if amount is not None]
    notes += other_statements(view, stated)
    yield view.table(Caption.OUTSTANDING, heads, rows, about=programme.id, id=programme.id, notes=notes)
    for place, schedule in enumerate(payment_schedules(view.portfolio, programme.id, as_of=view.as_of)):
        yield _schedule(view, programme, schedule, place)


def outstanding_explained(view: View) -> Table:
    """Return how the outstanding commitments of each year came about."""
    rows = [
        Row(
            id=f"budget_programmes/{end.programme_id}/outstanding/{end.year}",
            cells=[
                view.scribe.name(programme),
                Cell(text=str(end.year), value=str(end.year)),
                view.scribe.text(_explained(view, programme, end)),
            ],
        )
        for programme in view.portfolio.budget_programmes.values()
        for end in _ends(view, programme)[0]
    ]
    return view.table(Caption.OUTSTANDING_EXPLAINED, (Head.PROGRAMME, Head.END_OF_YEAR, Head.HOW), rows)


def _ends(view: View, programme: BudgetProgramme) -> tuple[list[Outstanding], list[int]]:
    """Return the ends of years of which anything is known, and the years that a change of scope keeps apart."""
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
    """Say whether anything is known of the end of a year; where nothing is, no row repeats it."""
    amounts = (found.by_flows, found.published, found.forecast)
    return any(amount is not None and amount.value is not None for amount in amounts)


def _row(view: View, programme: BudgetProgramme, found: Outstanding) -> Row:
    amounts = (found.by_flows, found.published, found.difference, found.forecast)
    by = Phrase.BY_THE_BILL if _is_of_a_bill(programme, found) else Phrase.BY_METHOD
    return Row(
        id=f"budget_programmes/{found.programme_id}/outstanding/{found.year}",
        cells=[
            Cell(text=str(found.year), value=str(found.year)),
            *(_amount(view, amount, found.year) for amount in amounts),
            view.scribe.missing(Phrase.DASH) if found.forecast.value is None else view.scribe.term(by),
            _amount(view, found.gap, found.year),
        ],
    )


def _is_of_a_bill(programme: BudgetProgramme, found: Outstanding) -> bool:
    """Say whether a bill's own forecast is published of a year; elsewhere the bills' method gives one."""
    end = Day(found.year, 12, 31)
    return any(statement.is_forecast and statement.on == end for statement in programme.outstanding)


def _explained(view: View, programme: BudgetProgramme, found: Outstanding) -> str:
    """Say how the end of a year came about, the bills' method spelt out where it was used."""
    lang = view.scribe.lang
    if found.forecast.value is None or _is_of_a_bill(programme, found):
        return found.explain(lang)
    scopes = [budget_year(view.portfolio, programme.id, found.year, title=title, as_of=view.as_of) for title in _TITLES]
    opened = [scope.amount(BudgetMeasure.OPENED, Appropriation.COMMITMENT) for scope in scopes]
    scope = next(scope for scope, amount in zip(scopes, opened, strict=True) if amount.value is not None)
    parts = {
        "forecast": found.forecast,
        "previous": found.previous,
        "opened": scope.amount(BudgetMeasure.OPENED, Appropriation.COMMITMENT),
        "voted": scope.amount(BudgetMeasure.VOTED, Appropriation.PAYMENT),
    }
    method = view.scribe.say(Phrase.METHOD, **{name: part.explain(lang) for name, part in parts.items()})
    return view.scribe.listed((found.explain(lang), method))


def _amount(view: View, amount: Amount | None, year: int) -> Cell:
    """Return an amount; a column that says it is computed needs no star."""
    if view.is_under_way(year) and (amount is None or amount.value is None):
        return view.scribe.missing(Phrase.UNDER_WAY)
    if amount is None:
        return view.scribe.missing(Phrase.NOT_PUBLISHED)
    return view.scribe.euros(amount.value, amount.reason or Phrase.UNKNOWN)


def other_statements(view: View, amounts: Iterable[Amount]) -> Iterator[str]:
    """Yield what other documents state of amounts."""
    for amount in amounts:
        others = (
            f"{view.scribe.euros(other.value).text} ({view.source(other.source_id).text})"
            for other in amount.alternatives
        )
        if amount.alternatives:
            what = amount.explain(view.scribe.lang)
            yield view.scribe.say(Phrase.ALSO_STATED, what=what, others=view.scribe.listed(others))


def _schedule(view: View, programme: BudgetProgramme, found: InForce[PaymentSchedule], place: int) -> Table:
    """Return the schedule in force of a stock, with a note on each that it replaces."""
    schedule = found.statement
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
    notes = (
        view.scribe.say(
            Phrase.OTHER_SCHEDULE, amount=view.scribe.euros(one.stock).text, source=view.source(one.source_id).text
        )
        for one in (*found.superseded, *found.disputed)
    )
    return view.table(
        Caption.SCHEDULE,
        (Head.YEAR, Head.AMOUNT),
        rows,
        about=f"{programme.id}-{place}",
        notes=notes,
        id=programme.id,
        source=view.source(schedule.source_id).text,
    )
