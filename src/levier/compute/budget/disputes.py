"""What documents of equal rank state differently of a budget programme: no rule says which of them holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from levier.compute._wording import day
from levier.compute.budget.amounts import Amount
from levier.compute.budget.schedules import schedules_of
from levier.compute.budget.statements import Scope, Statement, amount_of, labels
from levier.compute.statements.in_force import by_fact
from levier.model.budget import BudgetLine, BudgetProgramme, OutstandingStatement
from levier.model.money import Appropriation
from levier.model.sources import Source

__all__ = ["disputes"]


def disputes(programme: BudgetProgramme, sources: Mapping[str, Source]) -> Iterator[Amount]:
    """
    Yield the amounts of a programme that documents of equal rank dispute, each with what the others state.

    >>> list(disputes(BudgetProgramme(id=349, label="P"), {}))
    []
    """
    lines: list[Statement] = sorted((*programme.lines, *programme.executions), key=repr)
    amounts = [amount for of in Appropriation for amount in _of_lines(lines, of, sources)]
    amounts += _of_stocks(sorted(programme.outstanding, key=repr), sources)
    for found in schedules_of(programme, sources):
        end = found.statement.about
        fr, en = f"de restes à payer fin {end}, selon l’échéancier", f"outstanding at the end of {end}, by the schedule"
        amounts.append(amount_of(found, lambda one: one.stock, fr=fr, en=en))
    yield from (amount for amount in amounts if amount.disputed_by)


def _of_lines(lines: Iterable[Statement], of: Appropriation, sources: Mapping[str, Source]) -> Iterator[Amount]:
    known = (line for line in lines if line.amounts[of] is not None)
    facts = by_fact(known, about=lambda one: (type(one), one.about), says=lambda one: one.amounts[of], sources=sources)
    for found in facts.values():
        line = found.statement
        fr, en = _words(line, of)
        until = None if isinstance(line, BudgetLine) else line.stops_on
        yield amount_of(found, lambda one: one.amounts[of], fr=fr, en=en, until=until)


def _words(line: Statement, of: Appropriation) -> tuple[str, str]:
    scope = Scope(year=line.year, action=line.action, title=line.title)
    if isinstance(line, BudgetLine):
        fr, en = labels(line.stage, scope)
        return f"{of.fr} {fr}", f"{of.en} {en}"
    fr, en = labels(of, scope)
    return f"{fr} ({scope.words('fr')})", f"{en} ({scope.words('en')})"


def _of_stocks(statements: Iterable[OutstandingStatement], sources: Mapping[str, Source]) -> Iterator[Amount]:
    facts = by_fact(statements, about=lambda one: one.about, says=lambda one: one.amount, sources=sources)
    for found in facts.values():
        on, is_forecast = found.statement.about
        expected = (", prévus", ", forecast") if is_forecast else ("", "")
        fr, en = f"de restes à payer au {day(on, 'fr')}", f"outstanding on {day(on, 'en')}"
        yield amount_of(found, lambda one: one.amount, fr=fr + expected[0], en=en + expected[1])
