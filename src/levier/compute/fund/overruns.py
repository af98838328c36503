"""The total cost of awards: the latest statement of each kind, and the overrun of the first plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from levier.compute._types import asked
from levier.compute.budget.amounts import Label
from levier.compute.coverage import Coverage
from levier.compute.exact import percentage
from levier.compute.fund.metrics import FundMetric
from levier.compute.fund.series import costs_in_force
from levier.compute.statements.in_force import InForce
from levier.compute.statements.known import known_fund
from levier.model.fund import Fund
from levier.model.money import Euros
from levier.model.periods import DayLike
from levier.model.quantities import PERCENT
from levier.model.savings import CostKind, CostStatement
from levier.model.sources import Source
from levier.wording.messages import about, items, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value
from levier.wording.values import Number

__all__ = ["cost_overrun", "kinds_counted", "last_costs", "latest_cost", "reason_of"]


@asked
def latest_cost(
    fund: Fund, award_id: str, *, as_of: DayLike | None = None, sources: Mapping[str, Source] | None = None
) -> CostStatement | None:
    """
    Return the latest cost of an award: the final one, else the last revision, else the plan.

    Of each kind, the statement in force counts: the latest one known on the day *as_of*. *sources* date the statements
    that have no date of their own. `costs_in_force` returns the statements that dispute it.

    >>> latest_cost(Fund(id="f", label="F"), "a") is None
    True
    """
    found = last_costs(known_fund(fund, as_of, sources), sources=sources).get(award_id)
    return None if found is None else found.statement


def last_costs(fund: Fund, *, sources: Mapping[str, Source] | None = None) -> Mapping[str, InForce[CostStatement]]:
    """
    Return the latest total cost of each award, with the statements that dispute it.

    >>> last_costs(Fund(id="f", label="F"))
    {}
    """
    known = costs_in_force(fund.costs, sources=sources)
    ordered = sorted(known.items(), key=lambda item: list(CostKind).index(item[1].statement.kind))
    return {award_id: fact for (award_id, _), fact in ordered}


def kinds_counted(kinds: Iterable[Value]) -> Said:
    """
    Return the number of costs of each kind, in the order of the kinds; other kinds come first.

    >>> print(kinds_counted((CostKind.FINAL, CostKind.REVISED, CostKind.FINAL)))
    final: 2, revised: 1
    """
    counts = sorted(Counter(kinds).items(), key=lambda item: item[0] if isinstance(item[0], CostKind) else "")
    return items(*(about(Number(times), kind) for kind, times in counts))


@asked
def cost_overrun(
    fund: Fund, *, as_of: DayLike | None = None, sources: Mapping[str, Source] | None = None
) -> FundMetric:
    """
    Return the overrun of the awards' costs, as a percentage of their first plan; negative if they cost less.

    The final cost, or else the last revision, is compared with the plan; of each, the statement in force counts: the
    latest one known on the day *as_of*. *sources* date the statements that have no date of their own.
    An award without both costs is listed as missing, and so is one whose cost or plan is disputed, which is named.

    >>> costs = [
    ...     CostStatement(award_id="a", kind=kind, amount=amount, source_id="s")
    ...     for kind, amount in (("planned", 40), ("final", 50))
    ... ]
    >>> from levier import Award
    >>> awards = [Award(id="a", label="A"), Award(id="b", label="B")]
    >>> cost_overrun(Fund(id="f", label="F", awards=awards, costs=costs)).explain("en")
    'cost overrun: 25.0%; 1 of 2 (missing b)'
    """
    known = known_fund(fund, as_of, sources)
    plans = costs_in_force(known.costs, sources=sources)
    both = {
        name: (plans[name, CostKind.PLANNED], outcome)
        for name, outcome in last_costs(known, sources=sources).items()
        if (name, CostKind.PLANNED) in plans and outcome.statement.kind is not CostKind.PLANNED
    }
    disputed = {name for name, facts in both.items() if any(fact.disputed for fact in facts)}
    counted = {award.id: both[award.id] for award in known.awards if award.id in both.keys() - disputed}
    planned = Euros.total(plan.statement.amount for plan, _ in counted.values())
    came_to = Euros.total(outcome.statement.amount for _, outcome in counted.values())
    return FundMetric(
        label=_label(tuple(outcome.statement.kind for _, outcome in counted.values())),
        value=percentage((came_to - planned).cents, planned.cents) if planned else None,
        unit=PERCENT,
        coverage=Coverage.of({award.id: award.id in counted for award in known.awards}),
        reason=None if planned else reason_of(counted, disputed),
        source_ids=tuple(dict.fromkeys(fact.statement.source_id for facts in counted.values() for fact in facts)),
        disputed=tuple(sorted(disputed)),
    )


def _label(kinds: tuple[CostKind, ...]) -> Label:
    """Return the label of the overrun, with the kinds of costs where one of them is not final."""
    if set(kinds) <= {CostKind.FINAL}:
        return Label(message("cost overrun"), below=message("cost below plan"))
    counted = kinds_counted(kinds)
    return Label(
        message("cost overrun ({kinds})", kinds=counted), below=message("cost below plan ({kinds})", kinds=counted)
    )


def reason_of(counted: Collection[str], disputed: Collection[str]) -> MissingReason:
    """
    Return why there is no number: the base is zero, the statements are disputed, or nothing is published.

    >>> reason_of([], ["a"]).en
    'contradictory data'
    """
    if counted:
        return MissingReason.ZERO_BASE
    return MissingReason.CONTRADICTORY if disputed else MissingReason.NOT_PUBLISHED
