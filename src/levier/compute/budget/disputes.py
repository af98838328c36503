"""What documents of equal rank state differently of a budget programme: no rule says which of them holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from levier.compute.budget.amounts import Amount
from levier.compute.budget.labels import label_of_count, label_of_kind, label_of_stock
from levier.compute.budget.schedules import schedules_of
from levier.compute.budget.statements import Scope, Statement, amount_of, label_of
from levier.compute.statements.in_force import by_fact
from levier.model.appropriations import AppropriationKind
from levier.model.budget import BudgetProgramme, OutstandingStatement
from levier.model.budget_lines import BudgetLine
from levier.model.sources import Source
from levier.wording.messages import message
from levier.wording.said import Said

__all__ = ["disputes"]


def disputes(programme: BudgetProgramme, sources: Mapping[str, Source]) -> Iterator[Amount]:
    """
    Yield the amounts of a programme that documents of equal rank dispute, each with what the others state.

    >>> list(disputes(BudgetProgramme(id=349, label="P"), {}))
    []
    """
    lines: list[Statement] = sorted((*programme.lines, *programme.executions), key=repr)
    amounts = [amount for of in AppropriationKind for amount in _of_lines(lines, of, sources)]
    amounts += _of_stocks(sorted(programme.outstanding, key=repr), sources)
    for found in schedules_of(programme, sources):
        end = found.statement.about
        amounts.append(amount_of(found, lambda one: one.stock, label_of_stock(end, "schedule")))
    yield from (amount for amount in amounts if amount.disputed_by)


def _of_lines(lines: Iterable[Statement], of: AppropriationKind, sources: Mapping[str, Source]) -> Iterator[Amount]:
    known = (line for line in lines if line.amounts[of] is not None)
    facts = by_fact(known, about=lambda one: (type(one), one.about), says=lambda one: one.amounts[of], sources=sources)
    for found in facts.values():
        line = found.statement
        until = None if isinstance(line, BudgetLine) else line.stops_on
        yield amount_of(found, lambda one: one.amounts[of], _label(line, of), until=until)


def _label(line: Statement, of: AppropriationKind) -> Said:
    scope = Scope(year=line.year, action=line.action, title=line.title)
    if isinstance(line, BudgetLine):
        return label_of_kind(of, line.stage, scope)
    return message("{label} ({when})", label=label_of(of, scope), when=scope.words)


def _of_stocks(statements: Iterable[OutstandingStatement], sources: Mapping[str, Source]) -> Iterator[Amount]:
    facts = by_fact(statements, about=lambda one: one.about, says=lambda one: one.amount, sources=sources)
    for found in facts.values():
        on, is_forecast = found.statement.about
        yield amount_of(found, lambda one: one.amount, label_of_count(on, is_forecast=is_forecast))
