"""The State budget: appropriations and execution by year, and rates that name their denominator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from levier.compute.budget.derivations import BudgetMeasure
from levier.compute.budget.execution import BudgetYear, budget_year
from levier.compute.budget.rates import Denominator, ExecutionRate
from levier.display.heads import Head
from levier.display.pages import Cell, Row, Section, Table
from levier.display.phrases import Phrase
from levier.display.sections.outstanding import other_statements, outstanding_tables
from levier.display.sections.reserves import reserves_table
from levier.display.view import View
from levier.display.wording import Caption, Title
from levier.model.budget import BudgetProgramme
from levier.model.money import Appropriation
from levier.wording.reasons import MissingReason

__all__ = ["budget_section"]

_MEASURES = {
    Head.VOTED: BudgetMeasure.VOTED,
    Head.OPENED: BudgetMeasure.OPENED,
    Head.USED: BudgetMeasure.USED,
    Head.UNSPENT: BudgetMeasure.UNSPENT,
    Head.CARRIED_OVER: BudgetMeasure.CARRIED_OVER,
}
_BY_ITS_END = (Head.USED, Head.UNSPENT, Head.CARRIED_OVER)
"""What is only known of a year that is over."""
_RATES = (Denominator.VOTED, Denominator.OPENED)


def budget_section(view: View) -> Section:
    """Return each budget programme: its years, its rates, what remains to be paid."""
    programmes = view.portfolio.budget_programmes.values()
    return view.section(Title.BUDGET, [table for found in programmes for table in _tables(view, found)])


def _tables(view: View, programme: BudgetProgramme) -> Iterator[Table]:
    told = [
        budget_year(view.portfolio, programme.id, year, as_of=view.as_of)
        for year in programme.years
        if year <= view.as_of.year
    ]
    years, empty = [year for year in told if _has_totals(year)], [year for year in told if not _has_totals(year)]
    named = {"about": programme.id, "id": programme.id, "label": programme.label}
    path = f"budget_programmes/{programme.id}"
    rows = [_amounts(view, year, of, path) for year in years for of in Appropriation]
    heads = (Head.YEAR, Head.APPROPRIATION, *_MEASURES)
    yield view.table(Caption.BUDGET, heads, rows, notes=_notes(view, programme, years, empty), **named)
    heads = (Head.YEAR, Head.APPROPRIATION, Head.DENOMINATOR, Head.RATE, Head.HOW)
    rates = [
        _rate(view, year.year, year.execution_rate(of=of, over=over), path)
        for year in years
        for of in Appropriation
        for over in _RATES
        if _is_known(year.execution_rate(of=of, over=over), is_over=not view.is_under_way(year.year))
    ]
    yield view.table(Caption.RATES, heads, rates, **named)
    yield from outstanding_tables(view, programme)
    yield reserves_table(view, programme, **named)


def _amounts(view: View, year: BudgetYear, of: Appropriation, path: str) -> Row:
    amounts = (_amount(view, year, head, of) for head in _MEASURES)
    return Row(id=f"{path}/{year.year}/{of}", cells=[_year(year.year), view.scribe.term(of), *amounts])


def _amount(view: View, year: BudgetYear, head: Head, of: Appropriation) -> Cell:
    """Return an amount; what a year under way has not yet come to is not missing."""
    amount = year.amount(_MEASURES[head], of)
    is_to_come = head in _BY_ITS_END and view.is_under_way(year.year)
    return view.scribe.missing(Phrase.UNDER_WAY) if amount.value is None and is_to_come else view.scribe.amount(amount)


def _year(year: int) -> Cell:
    return Cell(text=str(year), value=str(year))


def _is_known(rate: ExecutionRate, *, is_over: bool) -> bool:
    """Say whether a rate has its row: not where neither amount is known, nor before the year has come to one."""
    if not is_over:
        return rate.value is not None
    return rate.numerator.value is not None or rate.denominator.value is not None


def _rate(view: View, year: int, rate: ExecutionRate, path: str) -> Row:
    return Row(
        id=f"{path}/{year}/{rate.of}/{rate.over}",
        cells=[
            _year(year),
            view.scribe.term(rate.of),
            view.scribe.term(rate.over),
            view.scribe.rate(rate),
            view.scribe.text(rate.explain(view.scribe.lang)),
        ],
    )


def _has_totals(year: BudgetYear) -> bool:
    return any(year.amount(measure, of).value is not None for measure in _MEASURES.values() for of in Appropriation)


def _notes(
    view: View, programme: BudgetProgramme, years: Iterable[BudgetYear], empty: Iterable[BudgetYear]
) -> Iterator[str]:
    """Yield what a reader must know of the totals: what is inferred, what is missing and why, what changed."""
    amounts = [year.amount(measure, of) for year in years for measure in _MEASURES.values() for of in Appropriation]
    if any(amount.is_inferred for amount in amounts if amount.value is not None):
        yield view.scribe.say(Phrase.INFERRED)
    yield from other_statements(view, amounts)
    gaps = (amount for amount in amounts if amount.reason is MissingReason.NOT_PUBLISHED and amount.detail)
    yield from dict.fromkeys(f"{amount.explain(view.scribe.lang)}." for amount in gaps)
    yield from (view.scribe.say(Phrase.NO_TOTAL, year=year.year) for year in empty)
    for change in programme.scope_changes:
        if change.year <= view.as_of.year:
            yield view.scribe.say(Phrase.SCOPE_CHANGE, year=change.year, label=view.scribe.name(change).text)
