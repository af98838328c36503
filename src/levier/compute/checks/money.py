"""Rules on money: awards without a contract, what documents of a budget contradict, and the ceilings of the law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from levier.compute.budget.budget_rules import budget_verdicts, finance_act_verdicts
from levier.compute.budget.disputes import disputes
from levier.compute.budget.movements import look_alikes, movements_in_force
from levier.compute.budget.verdicts import not_assessable
from levier.compute.checks.rules import Found, Rule, has_passed, worded
from levier.compute.findings import Finding, Severity
from levier.compute.plan.life_cycles import step_on
from levier.compute.statements.known import known
from levier.model.appropriations import AppropriationKind, Appropriations
from levier.model.awards import Award
from levier.model.budget_lines import BudgetMovement, TitleGroup
from levier.model.lifecycle import Phase
from levier.model.money import Euros
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.wording.messages import Message, clauses, items, message
from levier.wording.values import Name

__all__ = ["award_without_contract", "budget_ceilings", "budget_statements_disputed", "movements_alike"]

_MONTHS_TO_CONTRACT = 6


@worded(
    "award-without-contract",
    Severity.WARNING,
    remedy=message("Give the date on which the contract was signed, or withdraw the award."),
)
def award_without_contract(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find the awards without a contract six months after they were decided; not those of stopped projects."""
    plan = known(portfolio, as_of)
    for fund in plan.funds.values():
        for award in fund.awards:
            decided = award.decided_on.last_day if award.decided_on else None
            signed = award.contracted_on is not None and award.contracted_on <= as_of
            waits = not signed and decided is not None and has_passed(_MONTHS_TO_CONTRACT, decided, as_of)
            if decided is not None and waits and not _is_stopped(plan, award, as_of):
                yield (
                    f"funds/{fund.id}/awards/{award.id}",
                    message(
                        "No known contract for '{award}' more than six months after the decision ({decided}).",
                        award=Name.of(award),
                        decided=decided,
                    ),
                )


def _is_stopped(portfolio: Portfolio, award: Award, as_of: Day) -> bool:
    """Say whether the project of an award was stopped on a day: nobody waits for its contract."""
    step = None if award.project_id is None else step_on(portfolio.projects[award.project_id], as_of)
    return step is not None and step.phase is Phase.STOPPED


def budget_ceilings(
    *,
    initial: Mapping[int, Appropriations] = MappingProxyType({}),
    opened: Mapping[int, Appropriations] = MappingProxyType({}),
) -> Rule:
    """
    Return the rule that finds what passes a ceiling of the LOLF, or cannot be assessed, in every year known.

    *initial* and *opened* are, by year, all that the initial finance act and all finance acts opened over the whole
    State, in euros: the bases of articles 13 and 14.

    >>> list(budget_ceilings()(Portfolio(), Day(2021, 12, 31)))
    []
    """

    def budget_ceiling_passed(portfolio: Portfolio, as_of: Day) -> Iterator[Finding]:
        """Find what passes a ceiling of the LOLF, or cannot be assessed, with the article and the base."""
        plan = known(portfolio, as_of)
        programmes = plan.budget_programmes.values()
        held = sorted({(programme.id, year) for programme in programmes for year in programme.years})
        verdicts = [verdict for code, year in held for verdict in budget_verdicts(plan, code, year)]
        for year in sorted({year for _, year in held}):
            verdicts += finance_act_verdicts(plan, year, initial=initial.get(year), opened=opened.get(year))
        yield from (verdict.finding() for verdict in verdicts if verdict.holds is False)
        yield from not_assessable(verdict for verdict in verdicts if verdict.holds is None)

    return budget_ceiling_passed


@worded(
    "movements-alike",
    Severity.WARNING,
    remedy=message("Give the date or the counterpart of each, or remove the duplicate."),
)
def movements_alike(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find the movements of appropriations that look alike and cannot be told apart, with both named."""
    plan = known(portfolio, as_of)
    for programme in plan.budget_programmes.values():
        found = movements_in_force(programme.movements, plan.sources)
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
    """Name a movement by all that tells it from others, and by its document."""
    title = None if one.title is TitleGroup.ALL else one.title
    amounts = (
        message("{amount} ({of})", amount=amount, of=of)
        for of in AppropriationKind
        if (amount := one.amounts[of]) is not None
    )
    named = items(one.kind, one.action, title, one.on or str(one.year), one.counterpart, *amounts)
    return message("{movement} [{source}]", movement=named, source=one.source_id)


@worded(
    "budget-statements-disputed",
    Severity.WARNING,
    remedy=message("Date the documents, or state which one is the most reliable."),
)
def budget_statements_disputed(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find the amounts of budget programmes that documents of equal rank state differently, with all of them named."""
    plan = known(portfolio, as_of)
    for programme in plan.budget_programmes.values():
        for amount in disputes(programme, plan.sources):
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


def _amount(amount: Euros, source: str) -> Message:
    return message("{amount} [{source}]", amount=amount, source=source)


_BOTH = message("Both are counted.")
_FIRST = message("Only the first is counted.")
