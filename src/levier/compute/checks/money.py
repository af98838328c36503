"""Rules on money: awards without a contract, contradictory budget documents, and the ceilings of the law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from levier.compute._types import asked
from levier.compute.budget.amounts import Amount
from levier.compute.budget.budget_rules import budget_verdicts, finance_act_verdicts
from levier.compute.budget.labels import label_of_count, label_of_kind, label_of_stock
from levier.compute.budget.movements import look_alikes, movements_in_force
from levier.compute.budget.schedules import schedules_of
from levier.compute.budget.statements import Scope, Statement, amount_of, label_of
from levier.compute.budget.verdicts import not_assessable
from levier.compute.checks.rules import Found, Rule, RuleSet, enter, has_passed, rule
from levier.compute.exact import EXACT
from levier.compute.findings import Finding, Severity
from levier.compute.fund.balances import balances
from levier.compute.plan.life_cycles import step_on
from levier.compute.statements.in_force import InForce, by_fact
from levier.compute.statements.known import known
from levier.model.appropriations import AppropriationKind, Appropriations
from levier.model.awards import Award
from levier.model.budget import BudgetProgramme, OutstandingStatement
from levier.model.budget_lines import BudgetLine, BudgetMovement, TitleGroup
from levier.model.lifecycle import Phase
from levier.model.money import Euros
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.quantities import PERCENT
from levier.model.reserves import ReserveRate
from levier.model.sources import Source
from levier.wording.messages import Message, clauses, items, message
from levier.wording.said import Said
from levier.wording.values import Name, Number

__all__ = [
    "award_without_contract",
    "budget_ceilings",
    "budget_statements_disputed",
    "movements_alike",
    "recovery_not_released",
]

T = TypeVar("T")

_MONTHS_TO_CONTRACT = 6


@rule(
    "award-without-contract",
    Severity.WARNING,
    RuleSet.LATENESS,
    RuleSet.MONEY,
    remedy=message("Give the date on which the contract was signed, or withdraw the award."),
)
def award_without_contract(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find awards without a contract six months after the decision, except those of stopped projects."""
    for fund in portfolio.funds.values():
        for award in fund.awards:
            decided = award.decided_on.last_day if award.decided_on else None
            signed = award.contracted_on is not None and award.contracted_on <= as_of
            waits = not signed and decided is not None and has_passed(_MONTHS_TO_CONTRACT, decided, as_of)
            if decided is not None and waits and not _is_stopped(portfolio, award, as_of):
                yield (
                    f"funds/{fund.id}/awards/{award.id}",
                    message(
                        "No known contract for '{award}' more than six months after the decision ({decided}).",
                        award=Name.of(award),
                        decided=decided,
                    ),
                )


def _is_stopped(portfolio: Portfolio, award: Award, as_of: Day) -> bool:
    """Return whether the project of an award was stopped on a day, so that no contract is expected."""
    step = None if award.project_id is None else step_on(portfolio.projects[award.project_id], as_of)
    return step is not None and step.phase is Phase.STOPPED


@rule(
    "recovery-not-released",
    Severity.WARNING,
    RuleSet.MONEY,
    remedy=message("Release the commitment by what came back, and commit it again if it is to be paid again."),
)
def recovery_not_released(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find awards whose payments came back while their commitment still counts what came back."""
    for fund in portfolio.funds.values():
        if fund.entries.recovered():
            for held in balances(fund, as_of=as_of):
                if held.to_release:
                    yield (
                        f"funds/{fund.id}/awards/{held.key}",
                        message(
                            "{amount} came back for '{award}' and is still committed.",
                            amount=held.to_release,
                            award=Name.of(fund.award(held.key)),
                        ),
                    )


@asked
def budget_ceilings(
    *,
    initial: Mapping[int, Appropriations] = MappingProxyType({}),
    opened: Mapping[int, Appropriations] = MappingProxyType({}),
) -> Rule:
    """
    Return the rule that finds exceeded or not assessable ceilings of the LOLF, in every known year.

    *initial* and *opened* are, by year, all that the initial finance act and all finance acts opened over the whole
    State, in euros: the bases of articles 13 and 14.

    >>> list(budget_ceilings()(Portfolio(), Day(2021, 12, 31)))
    []
    """

    def budget_ceiling_passed(portfolio: Portfolio, as_of: Day) -> Iterator[Finding]:
        """Find exceeded or not assessable ceilings of the LOLF, with the article and the base."""
        plan = known(portfolio, as_of)
        programmes = plan.budget_programmes.values()
        held = sorted({(programme.id, year) for programme in programmes for year in programme.years})
        verdicts = [verdict for code, year in held for verdict in budget_verdicts(plan, code, year)]
        for year in sorted({year for _, year in held}):
            verdicts += finance_act_verdicts(plan, year, initial=initial.get(year), opened=opened.get(year))
        yield from (verdict.finding() for verdict in verdicts if verdict.holds is False)
        yield from not_assessable(verdict for verdict in verdicts if verdict.holds is None)

    return budget_ceiling_passed


@rule(
    "movements-alike",
    Severity.WARNING,
    RuleSet.MONEY,
    remedy=message("Give the date or the counterpart of each, or remove the duplicate."),
)
def movements_alike(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find movements of appropriations that look alike and cannot be told apart, and name both."""
    for programme in portfolio.budget_programmes.values():
        found = movements_in_force(programme.movements, portfolio.sources)
        rivals = (
            (movement.statement, other) for movement in found for other in (*movement.superseded, *movement.disputed)
        )
        pairs = [(one, other, _FIRST) for one, other in rivals] + [(*pair, _BOTH) for pair in look_alikes(found)]
        for one, other, counted in pairs:
            said = {"one": _movement(one), "other": _movement(other), "counted": counted}
            yield (
                f"budget_programmes/{programme.id}/{one.year}",
                message("Two movements look alike, and may be one and the same: {one}; {other}. {counted}", **said),
            )


def _movement(one: BudgetMovement) -> Message:
    """Return the name of a movement: all that distinguishes it from others, and its document."""
    title = None if one.title is TitleGroup.ALL else one.title
    amounts = (
        message("{amount} ({of})", amount=amount, of=of)
        for of in AppropriationKind
        if (amount := one.amounts[of]) is not None
    )
    named = items(one.kind, one.action, title, one.on or str(one.year), one.counterpart, *amounts)
    return message("{movement} [{source}]", movement=named, source=one.source_id)


@rule(
    "budget-statements-disputed",
    Severity.WARNING,
    RuleSet.MONEY,
    remedy=message("Date the documents, or state which one is the most reliable."),
)
def budget_statements_disputed(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find amounts of budget programmes that documents of equal rank state differently, and name all of them."""
    for programme in portfolio.budget_programmes.values():
        yield from _disputed_rates(programme, portfolio.sources)
        for amount in _disputes(programme, portfolio.sources):
            kept = Name("", amount.explain("fr"), amount.explain("en"))
            others = clauses(*(_amount(other.value, other.source_id) for other in amount.alternatives))
            yield (
                f"budget_programmes/{programme.id}",
                message(
                    "Documents of equal rank contradict each other. Kept: {kept}. Others: {others}.",
                    kept=kept,
                    others=others,
                ),
            )


def _disputed_rates(programme: BudgetProgramme, sources: Mapping[str, Source]) -> Iterator[Found]:
    rates = sorted(programme.reserve_rates, key=repr)
    facts = by_fact(rates, about=lambda one: one.about, says=lambda one: one.share, sources=sources)
    for found in facts.values():
        if found.disputed:
            kept, *others = (_rate(one) for one in (found.statement, *found.others))
            yield (
                f"budget_programmes/{programme.id}",
                message(
                    "Documents of equal rank contradict each other. Kept: {kept}. Others: {others}.",
                    kept=kept,
                    others=clauses(*others),
                ),
            )


def _rate(one: ReserveRate) -> Message:
    share = Number(EXACT.scaleb(one.share, 2), PERCENT)
    scope = Scope(year=one.year, title=one.title)
    return message(
        "{share} set aside in reserve ({when}) [{source}]", share=share, when=scope.words, source=one.source_id
    )


def _disputes(programme: BudgetProgramme, sources: Mapping[str, Source]) -> Iterator[Amount]:
    """Yield the disputed amounts of a programme, each with the values of the other documents."""
    lines = _stated_twice([*programme.lines, *programme.executions])
    for of in AppropriationKind:
        yield from _of_lines(lines, of, sources)
    yield from _of_stocks(programme.outstanding, sources)
    for found in schedules_of(programme, sources):
        end = found.statement.about
        amount = amount_of(found, lambda one: one.stock, label_of_stock(end, "schedule"))
        if amount.disputed_by:
            yield amount


def _stated_twice(lines: Sequence[Statement]) -> list[Statement]:
    """Return the lines whose fact another one states too; of thousands there are few, and only they can disagree."""
    facts = list(map(_fact, lines))
    times = Counter(facts)
    return [line for line, fact in zip(lines, facts, strict=True) if times[fact] > 1]


def _fact(line: Statement) -> tuple[Any, ...]:
    return type(line), line.about


def _disputed(facts: Mapping[Any, InForce[T]]) -> list[InForce[T]]:
    """Return the disputed facts; in an order that the order of the documents' lists does not change."""
    found = (fact for fact in facts.values() if fact.disputed)
    return sorted(found, key=lambda fact: min(map(repr, (fact.statement, *fact.others))))


def _of_lines(lines: Iterable[Statement], of: AppropriationKind, sources: Mapping[str, Source]) -> Iterator[Amount]:
    known = (line for line in lines if line.amounts[of] is not None)
    facts = by_fact(known, about=_fact, says=lambda one: one.amounts[of], sources=sources)
    for found in _disputed(facts):
        line = found.statement
        until = None if isinstance(line, BudgetLine) else line.stops_on
        yield amount_of(found, lambda one: one.amounts[of], _line_label(line, of), until=until)


def _line_label(line: Statement, of: AppropriationKind) -> Said:
    scope = Scope(year=line.year, action=line.action, title=line.title)
    if isinstance(line, BudgetLine):
        return label_of_kind(of, line.stage, scope)
    return message("{label} ({when})", label=label_of(of, scope), when=scope.words)


def _of_stocks(statements: Iterable[OutstandingStatement], sources: Mapping[str, Source]) -> Iterator[Amount]:
    facts = by_fact(statements, about=lambda one: one.about, says=lambda one: one.amount, sources=sources)
    for found in _disputed(facts):
        on, is_forecast = found.statement.about
        yield amount_of(found, lambda one: one.amount, label_of_count(on, is_forecast=is_forecast))


def _amount(amount: Euros, source: str) -> Message:
    return message("{amount} [{source}]", amount=amount, source=source)


_BOTH = message("Both are counted.")
_FIRST = message("Only the first is counted.")

enter("budget-ceilings", budget_ceilings(), RuleSet.MONEY)
