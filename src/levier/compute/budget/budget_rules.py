"""
The rules of the organic law on finance acts (LOLF) for a budget: ceilings are checked, and nothing is ever blocked.

A breach is a finding, not an error: the amount may be wrong, or a finance act may have raised the ceiling where the
article allows it. Each year is judged by the version in force at its end; without its base, a rule is not assessable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from attrs import evolve

from levier.compute._types import asked
from levier.compute.budget.amounts import Amount, absent, combined, unsigned
from levier.compute.budget.carry_over_rules import carry_over_verdicts
from levier.compute.budget.derivations import BudgetMeasure, Records, movement_amounts
from levier.compute.budget.execution import BudgetYear, budget_year, movements_around
from levier.compute.budget.legal_rules import ADVANCES, CANCELLATIONS, OVERALL_CARRY_OVER, VIREMENTS
from levier.compute.budget.staff_rules import staff_verdicts
from levier.compute.budget.statements import Scope
from levier.compute.budget.verdicts import LegalVerdict
from levier.compute.statements.known import known
from levier.model.appropriations import AppropriationKind, Appropriations
from levier.model.budget_lines import MovementKind, TitleGroup
from levier.model.money import ZERO, Euros, EurosLike
from levier.model.periods import DayLike
from levier.model.portfolio import Portfolio
from levier.wording.messages import message
from levier.wording.reasons import MissingReason

__all__ = ["budget_verdicts", "finance_act_verdicts"]

_Years: TypeAlias = Mapping[TitleGroup, BudgetYear]


@asked
def budget_verdicts(  # noqa: PLR0913  # programme, year, assigned contributions and day
    portfolio: Portfolio,
    programme_id: str | int,
    year: int,
    *,
    assigned: EurosLike = ZERO,
    assigned_to_staff: EurosLike = ZERO,
    as_of: DayLike | None = None,
) -> tuple[LegalVerdict, ...]:
    """
    Return the verdicts on one programme in one year: title 2, virements, and the carry-over to the next year.

    A rule without a subject gives no verdict: no virement, no carry-over, no title 2.
    What is carried over of assigned contributions and assigned revenue is carried over in full, and exempt from the
    ceilings (article 15, III). A movement of the kind assigned carry-over states it; where documents put it into one
    carry-over with the rest, *assigned* is its part outside title 2, in euros, and *assigned_to_staff* within title 2.
    *as_of* is the day of knowledge; `None` uses every document.

    Raises:
        UnknownItemError: If the portfolio holds no such programme, or nothing of that year.
        InvalidValueError: If *as_of* is not a valid date.

    >>> from levier import BudgetLine, BudgetProgramme, Source
    >>> voted = BudgetLine(year=2020, stage="voted", title="staff", amounts=Appropriations(10, 9), source_id="rap")
    >>> plan = Portfolio.of(BudgetProgramme(id=349, label="P", lines=[voted]), Source(id="rap", title="RAP"))
    >>> [verdict.excess for verdict in budget_verdicts(plan, 349, 2020)]
    [Euros('1.00')]
    """
    plan = known(portfolio, as_of)
    whole = budget_year(plan, programme_id, year)
    years = {title: _of_title(whole, title) for title in TitleGroup}
    contributions = {TitleGroup.STAFF: Euros(assigned_to_staff), TitleGroup.OTHER: Euros(assigned)}
    found = [
        *staff_verdicts(plan, years[TitleGroup.STAFF], years[TitleGroup.OTHER]),
        *_virements(years),
        *carry_over_verdicts(years, contributions),
    ]
    return tuple(verdict for verdict in found if verdict.rule.holds_in(year))


@asked
def finance_act_verdicts(
    portfolio: Portfolio,
    year: int,
    *,
    initial: Appropriations | None = None,
    opened: Appropriations | None = None,
    as_of: DayLike | None = None,
) -> tuple[LegalVerdict, ...]:
    """
    Return the verdicts on the whole State in one year: advance decrees, cancellations, payments carried over.

    The amounts are summed over the portfolio's programmes. *initial* is all that the year's initial finance act opened,
    *opened* all that its finance acts opened, supplementary and year-end acts included, over the whole State and in
    euros: no programme holds these bases, and without its base a rule is not assessable.
    *as_of* is the day of knowledge; `None` uses every document.

    Raises:
        InvalidValueError: If *as_of* is not a valid date, or *year* is not a whole number.

    >>> finance_act_verdicts(Portfolio(), 2021)
    ()
    """
    plan = known(portfolio, as_of)
    held, scope = plan.budget_programmes.values(), Scope(year=year)
    records = [Records(scope=scope, movements=movements_around(one, plan.sources, year)) for one in held]
    found = []
    for of in AppropriationKind:
        advances, cancelled = _decrees(records, of)
        carried = _carried(records) if of is AppropriationKind.PAYMENT else []
        advanced = message("opened by advance decree in {year} ({of})", year=str(year), of=of)
        taken = message("cancelled by decree in {year} ({of})", year=str(year), of=of)
        kept = message("carried over from {year} ({of})", year=str(year), of=of)
        for rule, parts, given, label in (
            (ADVANCES, advances, initial, advanced),
            (CANCELLATIONS, cancelled, opened, taken),
            (OVERALL_CARRY_OVER, carried, initial, kept),
        ):
            if parts and rule.holds_in(year):
                amount = combined(map(unsigned, parts), label=label)
                found.append(
                    LegalVerdict(rule=rule, subject=f"budget/{year}", amount=amount, base=_given(given, of, year))
                )
    return tuple(found)


def _of_title(whole: BudgetYear, title: TitleGroup) -> BudgetYear:
    """Return the same year, of one group of titles: its records are those of the whole programme."""
    return evolve(whole, records=evolve(whole.records, scope=evolve(whole.scope, title=title)))


def _decrees(held: Iterable[Records], of: AppropriationKind) -> tuple[list[Amount], list[Amount]]:
    """Return what decrees opened in advance and cancelled; advances stand in for a counterpart that is not recorded."""
    advances: list[Amount] = []
    cancelled: list[Amount] = []
    for records in held:
        advances += movement_amounts(records, of, [MovementKind.ADVANCE_DECREE])
        cancelled += movement_amounts(records, of, [MovementKind.CANCELLATION])
    counterpart = [part for part in advances if part.value is not None and part.value < ZERO]
    opening = [part for part in advances if part not in counterpart]
    return opening, [*(counterpart or opening), *cancelled]


def _carried(held: Iterable[Records]) -> list[Amount]:
    return [
        part
        for records in held
        for part in movement_amounts(records, AppropriationKind.PAYMENT, [MovementKind.CARRY_OVER], later=1)
    ]


def _given(base: Appropriations | None, of: AppropriationKind, year: int) -> Amount:
    label = message("opened by the finance acts of {year} ({of})", year=str(year), of=of)
    value = None if base is None else base[of]
    if value is None:
        return absent(MissingReason.NOT_PUBLISHED, label, detail=message("to be supplied by the caller"))
    return Amount(value=value, label=label)


def _virements(years: _Years) -> Iterator[LegalVerdict]:
    for title in (TitleGroup.ALL, TitleGroup.STAFF):
        year = years[title]
        for of in AppropriationKind:
            if moved := movement_amounts(year.records, of, [MovementKind.VIREMENT]):
                amount = combined(
                    map(unsigned, moved), label=message("moved by virement ({when})", when=year.scope.words)
                )
                base = year.amount(BudgetMeasure.VOTED, of)
                yield LegalVerdict(rule=VIREMENTS, subject=year.path, amount=amount, base=base)
