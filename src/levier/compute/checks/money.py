"""Rules on money: awards that wait for their contract, and the ceilings of the organic law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from levier.compute.budget.budget_rules import budget_verdicts, finance_act_verdicts
from levier.compute.checks.rules import Found, Rule, has_passed, worded
from levier.compute.findings import Finding, Severity
from levier.compute.plan.life_cycles import step_on
from levier.model.awards import Award
from levier.model.lifecycle import Phase
from levier.model.money import Appropriations
from levier.model.periods import Day
from levier.model.portfolio import Portfolio

__all__ = ["award_without_contract", "budget_ceilings"]

_MONTHS_TO_CONTRACT = 6


@worded(
    "award-without-contract",
    Severity.WARNING,
    fr="Aucun contrat connu pour « {award} » plus de six mois après la décision ({decided}).",
    en="No known contract for '{award}' more than six months after the decision ({decided}).",
    mend_fr="Donner la date de signature du contrat, ou retirer l’attribution.",
    mend_en="Give the day the contract was signed, or withdraw the award.",
)
def award_without_contract(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find the awards without a contract six months after they were decided; not those of stopped projects."""
    for fund in portfolio.funds.values():
        for award in fund.awards:
            decided = award.decided_on.last_day if award.decided_on else None
            signed = award.contracted_on is not None and award.contracted_on <= as_of
            waits = decided is not None and not signed and has_passed(_MONTHS_TO_CONTRACT, decided, as_of)
            if waits and not _is_stopped(portfolio, award, as_of):
                yield f"funds/{fund.id}/awards/{award.id}", {"award": award, "decided": decided}


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

    def budget_ceiling_passed(portfolio: Portfolio, _as_of: Day) -> Iterator[Finding]:
        """Find what passes a ceiling of the LOLF, or cannot be assessed, with the article and the base."""
        programmes = portfolio.budget_programmes.values()
        known = sorted({(programme.id, year) for programme in programmes for year in programme.years})
        verdicts = [verdict for code, year in known for verdict in budget_verdicts(portfolio, code, year)]
        for year in sorted({year for _, year in known}):
            acts = {"initial": initial.get(year), "opened": opened.get(year)}
            verdicts += finance_act_verdicts(portfolio, year, **acts)
        yield from (verdict.finding() for verdict in verdicts if verdict.holds is not True)

    return budget_ceiling_passed
