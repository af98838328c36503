"""The State budget of a sample: appropriations by action, what was used, moved, set aside and is still to be paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from levier.model.appropriations import Appropriations, Execution
from levier.model.budget import (
    BudgetAction,
    BudgetProgramme,
    OutstandingStatement,
    PaymentSchedule,
    ScheduledPayment,
    ScopeChange,
)
from levier.model.budget_lines import BudgetLine, BudgetMovement, BudgetStage, ExecutionLine, MovementKind, TitleGroup
from levier.model.money import Euros
from levier.model.programmes import Project
from levier.model.reserves import ReserveRate
from levier.testing.draws import Draws
from levier.testing.inventing.documents import ACTS, REPORTS, YEARS, bill, performance
from levier.testing.inventing.plans import PROJECTS_A_BUDGET, budget_of

__all__ = ["budget_programmes"]

_LAST = YEARS[-1]
_STAFF = 10
"""The part of title 2, in percent of the whole."""
_PARTIAL = "2022-03-31"
"""The day to which the money of the current year is counted."""


@frozen
class _Year:
    """The thousands of euros of one year of a programme, commitments and payments, and what follows from them."""

    year: int
    voted: tuple[int, int]
    carried: tuple[int, int]
    moved: int
    cancelled: int
    used: tuple[int, int]
    owed: int

    @property
    def opened(self) -> tuple[int, int]:
        """What is open at the end of the year: voted, carried over from the year before, moved and cancelled."""
        changed = self.moved + self.cancelled
        return self.voted[0] + self.carried[0] + changed, self.voted[1] + self.carried[1] + changed


def budget_programmes(draws: Draws, projects: Sequence[Project], owners: Sequence[str]) -> Iterator[BudgetProgramme]:
    """Yield a programme for every few projects, whose actions they are."""
    for first in range(0, len(projects), PROJECTS_A_BUDGET):
        funded = {
            budget_of(first + place)[1]: one for place, one in enumerate(projects[first : first + PROJECTS_A_BUDGET], 1)
        }
        lines = [line for code in funded for line in _of_action(draws, code)]
        years = list(_years(draws, lines))
        yield BudgetProgramme(
            id=budget_of(first + 1)[0],
            label=f"Modernisation n° {1 + first // PROJECTS_A_BUDGET}",
            mission="Transformation",
            owner_id=draws.one_of(owners),
            since=YEARS[0],
            actions=[BudgetAction(code=code, label=item.label) for code, item in funded.items()],
            lines=[*lines, *(line for year in years for line in _of_programme(year))],
            executions=[_used(year) for year in years],
            movements=[move for year in years for move in _moves(year)],
            outstanding=[one for year in years for one in _owed(year)],
            schedules=[_schedule(year) for year in years[1:3]],
            reserve_rates=[rate for year in years for rate in _set_aside(year.year)],
            scope_changes=[ScopeChange(year=YEARS[0], label="Création du programme", source_id=ACTS[YEARS[0]])],
        )


def _of_action(draws: Draws, action: str) -> Iterator[BudgetLine]:
    for year in YEARS:
        committed, paid = draws.euros(100, 9_000), draws.euros(50, 6_000)
        is_published = draws.between(1, 50) > 1
        yield BudgetLine(
            year=year,
            stage=BudgetStage.VOTED,
            action=action,
            amounts=Appropriations(committed, paid if is_published else None),
            missing_because="" if is_published else "crédits de paiement non publiés par action",
            source_id=ACTS[year],
        )


def _years(draws: Draws, lines: Sequence[BudgetLine]) -> Iterator[_Year]:
    """Yield the years in order: each carries over half of what the one before left."""
    left, owed = (0, 0), 0
    for year in YEARS:
        voted = _sum(lines, year)
        carried, moved = (left[0] // 2, left[1] // 2), -draws.between(1, 20)
        cancelled = -draws.between(1, 30) if year % 2 else 0
        found = _Year(year, voted, carried, moved, cancelled, (0, 0), 0)
        share = draws.between(75, 97) if year < _LAST else draws.between(15, 30)
        spent = found.opened[0] * share // 100
        paid = min(found.opened[1] * share // 100, (owed + spent) * 9 // 10)
        owed += spent - paid
        yield evolve(found, used=(spent, paid), owed=owed)
        left = found.opened[0] - spent, found.opened[1] - paid


def _sum(lines: Sequence[BudgetLine], year: int) -> tuple[int, int]:
    """Return what is voted for all actions; the amount that is not published by action counts in the whole."""
    held = [line.amounts for line in lines if line.year == year]
    both = ((one.commitment or _NOTHING, one.payment or _UNPUBLISHED) for one in held)
    committed, paid = zip(*((first.cents, second.cents) for first, second in both), strict=True)
    return sum(committed) // 100_000, sum(paid) // 100_000


_NOTHING, _UNPUBLISHED = Euros(0), Euros(3_000_000)


def _pair(committed: int, paid: int) -> Appropriations:
    return Appropriations(Euros(committed * 1000), Euros(paid * 1000))


def _of_programme(year: _Year) -> Iterator[BudgetLine]:
    """Yield the lines of the whole programme: the bill, the vote, its two groups of titles, and what was opened."""
    when, (committed, paid) = year.year, year.voted
    staff = min(committed, paid) * _STAFF // 100  # what staff costs is committed and paid at once
    asked = _pair(committed * 102 // 100, paid * 102 // 100)
    yield BudgetLine(year=when, stage=BudgetStage.BILL, amounts=asked, source_id=bill(when))
    for title, amounts in (
        (TitleGroup.ALL, _pair(committed, paid)),
        (TitleGroup.STAFF, _pair(staff, staff)),
        (TitleGroup.OTHER, _pair(committed - staff, paid - staff)),
    ):
        yield BudgetLine(year=when, stage=BudgetStage.VOTED, title=title, amounts=amounts, source_id=ACTS[when])
    if when < _LAST:
        opened = _pair(*year.opened)
        yield BudgetLine(year=when, stage=BudgetStage.OPENED, amounts=opened, source_id=performance(when))


def _used(year: _Year) -> ExecutionLine:
    amounts = Execution(Euros(year.used[0] * 1000), Euros(year.used[1] * 1000))
    if year.year < _LAST:
        return ExecutionLine(year=year.year, amounts=amounts, source_id=performance(year.year))
    return ExecutionLine(
        year=year.year,
        amounts=amounts,
        until=_PARTIAL,
        source_id=REPORTS[3],
        caveat="compte provisoire, arrêté à la fin du mois de mars",
    )


def _moves(year: _Year) -> Iterator[BudgetMovement]:
    when, source = year.year, ACTS[year.year] if year.year == _LAST else performance(year.year)
    if year.carried != (0, 0):
        carried = _pair(*year.carried)
        yield BudgetMovement(
            year=when, kind=MovementKind.CARRY_OVER, amounts=carried, on=f"{when}-03", source_id=source
        )
    moved = _pair(year.moved, year.moved)
    yield BudgetMovement(
        year=when,
        kind=MovementKind.VIREMENT,
        amounts=moved,
        on=f"{when}-11",
        counterpart="budget-000",
        source_id=source,
    )
    if year.cancelled:
        cut = _pair(year.cancelled, year.cancelled)
        yield BudgetMovement(year=when, kind=MovementKind.CANCELLATION, amounts=cut, on=f"{when}-06", source_id=source)
    frozen = _pair(year.voted[0] * 5 // 100, year.voted[1] * 5 // 100)
    yield BudgetMovement(year=when, kind=MovementKind.FREEZE, amounts=frozen, on=f"{when}-02", source_id=source)


def _owed(year: _Year) -> Iterator[OutstandingStatement]:
    """Yield what the bill forecast and, of a year that is over, what was counted, twice: the second time restated."""
    on, owed = f"{year.year}-12-31", year.owed
    yield OutstandingStatement(
        on=on, amount=Euros(owed * 1100), is_forecast=True, source_id=bill(min(year.year + 1, _LAST))
    )
    if year.year < _LAST:
        yield OutstandingStatement(on=on, amount=Euros(owed * 1000), source_id=performance(year.year))
    if year.year < _LAST - 1:
        caveat = "compte corrigé après l’inventaire"
        amount = Euros(owed * 1000 + 500)
        yield OutstandingStatement(on=on, amount=amount, source_id=performance(year.year + 1), caveat=caveat)


def _schedule(year: _Year) -> PaymentSchedule:
    """Return the schedule by which what is owed at the end of a year is paid: half, a quarter, and the rest after."""
    parts = (year.owed // 2, year.owed // 4)
    payments = [ScheduledPayment(2021 + place, Euros(part * 1000)) for place, part in enumerate(parts)]
    return PaymentSchedule(payments=payments, stock=Euros(year.owed * 1000), source_id=bill(year.year + 2))


def _set_aside(year: int) -> Iterator[ReserveRate]:
    yield ReserveRate(year=year, title=TitleGroup.STAFF, share="0.005", source_id=bill(year))
    yield ReserveRate(year=year, title=TitleGroup.OTHER, share="0.04", source_id=bill(year))
