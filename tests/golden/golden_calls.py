"""What the questions of the doors answer, asked of whole portfolios: every call stands here, and only here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise, product
from typing import Any

from golden_plans import DAYS, PLANS
from golden_said import Case, case, names_of, sampled

from levier import Campus, CarteBlanche, ChallengeCall, Portfolio, budget, history, plans, rules, statistics
from levier.fund import (
    balance,
    balances,
    completion_share,
    concentration,
    contract_lead_time,
    cost_overrun,
    fund_years,
    leverage,
    payback_year,
    realisation,
    return_on,
    selectivity,
    share_contracted_within,
    staged_funding,
    themes_of,
    total_savings,
)
from levier.indicators import (
    aggregate_of,
    attainment_of,
    follow,
    freshness_of,
    previous_progress_of,
    previous_reform_progress_of,
    programme_progress_of,
    progress_of,
    reform_progress_of,
    reform_status_of,
    status_of,
)
from levier.instruments import carte_blanche_summary, consultations, labs, share_outside, stage_attrition, week_editions
from levier.model.appropriations import AppropriationKind

Ask = Callable[[Portfolio, str], Iterator[Case]]


def asked(function: Callable[..., Any], cases: Callable[[Portfolio, str], Any]) -> Ask:
    """Return what asks a function of a portfolio in every case."""

    def found(plan: Portfolio, day: str) -> Iterator[Case]:
        for given in cases(plan, day):
            name = " ".join(str(getattr(value, "id", value)) for value in given.values())
            yield case(name, function, plan, **given)

    return found


def indicators(plan: Portfolio, day: str, **more: Any) -> Iterator[dict[str, Any]]:
    """Yield every indicator where it is observed, and in the nation."""
    places: dict[str, dict[str, None]] = {name: {"FR": None} for name in plan.indicators}
    for row in plan.observations:
        places[row.indicator_id][row.territory_id] = None
    for name, some in places.items():
        for place in some:
            yield {"indicator_id": name, "territory_id": place, **more, "as_of": day}


def each(registry: str, argument: str, **more: Any) -> Callable[[Portfolio, str], Iterator[dict[str, Any]]]:
    """Return the cases of every thing of a registry."""
    return lambda plan, day: ({argument: name, **more, "as_of": day} for name in getattr(plan, registry))


def whole(plan: Portfolio, day: str) -> Iterator[dict[str, Any]]:
    """Yield the one case of a question about all."""
    yield {"as_of": day}


def years(plan: Portfolio, day: str) -> Iterator[dict[str, Any]]:
    """Yield every year of every budget programme."""
    for programme in plan.budget_programmes.values():
        for year in (*programme.years, 2030):
            yield {"programme_id": programme.id, "year": year, "as_of": day}


def owners(plan: Portfolio, day: str) -> Iterator[dict[str, Any]]:
    """Yield every programme, reform and project."""
    for registry in (plan.programmes, plan.reforms, plan.projects):
        yield from ({"subject": thing, "as_of": day} for thing in registry.values())


def funds(plan: Portfolio, day: str) -> Iterator[dict[str, Any]]:
    """Yield every fund."""
    yield from ({"fund": fund} for fund in plan.funds.values())


def campuses(plan: Portfolio, day: str) -> Iterator[dict[str, Any]]:
    """Yield every campus."""
    held = (one.id for one in plan.instruments.values() if isinstance(one, Campus))
    yield from ({"campus_id": name, "of": place, "as_of": day} for name in held for place in ("75", "46"))


def instruments(kind: type[Any]) -> Callable[[Portfolio, str], Iterator[dict[str, Any]]]:
    """Return the cases of every instrument of a kind."""
    return lambda plan, _: ({"one": one} for one in plan.instruments.values() if isinstance(one, kind))


def of_funds(plan: Portfolio, day: str) -> Iterator[Case]:
    """Yield what is found in every fund."""
    dated = {"as_of": day, "sources": dict(plan.sources.items())}
    for fund in plan.funds.values():
        savings = fund.savings
        yield case("balance", balance, fund, as_of=day)
        yield case("balances", balances, fund, as_of=day)
        yield case("completion", completion_share, plan, fund, as_of=day)
        yield case("concentration", concentration, fund.awards, **dated)
        yield case("themes", concentration, fund.awards, by=themes_of(plan), **dated)
        yield case("lead time", contract_lead_time, fund, as_of=day)
        yield case("contracted within", share_contracted_within, fund, as_of=day)
        yield case("overrun", cost_overrun, fund, **dated)
        yield case("leverage", leverage, fund, **dated)
        yield case("years", fund_years, fund, **dated)
        yield case("realisation", realisation, savings, **dated)
        yield case("total", total_savings, savings, **dated)
        yield case("return", return_on, savings=savings, cost=100, **dated)
        yield case("payback", payback_year, savings, cost=100, **dated)
        yield case("ageing", budget.ageing_by_award, fund, as_of=day)
        for call in fund.calls:
            yield case(f"selectivity {call.id}", selectivity, fund, call.id, as_of=day)


def rates(plan: Portfolio, day: str) -> Iterator[Case]:
    """Yield the execution rates and the changes of every budget programme."""
    known = plan.as_of(day)
    for programme in known.budget_programmes.values():
        found = [budget.year(known, programme.id, year) for year in programme.years]
        for kind, over in product(AppropriationKind, budget.Denominator):
            name = f"{programme.id} {kind} {over}"
            yield case(name, budget.execution_rate, found[-1:], of=kind, over=over)
        for (one, other), kind, measure in product(pairwise(found), AppropriationKind, budget.BudgetMeasure):
            name = f"{programme.id} {other.year} {kind} {measure}"
            yield name, budget.change_between(one, other, measure=measure, of=kind, across_scope_change=True)


def differences(plan: Portfolio, day: str) -> Iterator[Case]:
    """Yield what changed since an earlier day, and what comes of putting both together."""
    for before in ("2019-06-14", "2024-01-01"):
        old = plan.as_of(before)
        yield f"since {before}", history.difference(old, plan.as_of(day))
    yield "merged with itself", history.merge(plan, plan)


QUESTIONS: dict[str, dict[str, Ask]] = {
    "indicators": {
        "progress": asked(progress_of, indicators),
        "progress, pilote": asked(progress_of, lambda plan, day: indicators(plan, day, ruleset="pilote")),
        "progress, of the year": asked(progress_of, lambda plan, day: indicators(plan, day, horizon="year")),
        "previous": asked(previous_progress_of, indicators),
        "attainment": asked(
            attainment_of,
            lambda plan, day: (case for year in (2018, 2021, 2024) for case in indicators(plan, day, year=year)),
        ),
        "freshness": asked(freshness_of, indicators),
        "standing": asked(status_of, indicators),
        "aggregate": asked(aggregate_of, lambda plan, day: indicators(plan, day, by="mean")),
    },
    "reforms": {
        "reforms": asked(reform_progress_of, each("reforms", "reform_id")),
        "reforms before": asked(previous_reform_progress_of, each("reforms", "reform_id")),
        "followed": asked(follow, each("indicators", "indicator_id", territory_id="FR")),
        "programmes": asked(programme_progress_of, each("programmes", "programme_id")),
        "standing": asked(reform_status_of, each("reforms", "reform_id")),
        "milestones": asked(plans.milestones_of, owners),
        "slip": asked(lambda _, subject, as_of: plans.schedule_variance(subject, as_of=as_of), owners),
        "phases": asked(
            lambda _, subject, as_of: plans.phase_times(subject, as_of=as_of),
            lambda plan, day: ({"subject": one, "as_of": day} for one in plan.projects.values()),
        ),
        "cost": asked(plans.cost_of, owners),
        "off track": asked(plans.off_track, whole),
        "findings": asked(rules.findings_of, owners),
    },
    "findings": {"all": asked(lambda plan, as_of: rules.check(plan, as_of=as_of), whole)},
    "levers": {
        "costs": asked(plans.lever_costs, whole),
        "coverage": asked(plans.lever_coverage, whole),
        "progress": asked(plans.lever_progress, whole),
        "effects": asked(
            plans.effects_of,
            lambda plan, day: (
                {"lever_id": lever, "territory_id": place, "as_of": day}
                for lever in plan.levers
                for place in ("FR", "46")
            ),
        ),
        "activations": asked(plans.activations_of, each("levers", "lever_id")),
    },
    "instruments": {
        "consultations": asked(consultations, whole),
        "editions": asked(week_editions, whole),
        "labs": asked(labs, whole),
        "outside": asked(share_outside, campuses),
        "cartes blanches": asked(
            lambda plan, one: carte_blanche_summary(one, as_of="2024-01-01"), instruments(CarteBlanche)
        ),
        "stage_attrition": asked(lambda plan, one: stage_attrition(one), instruments(ChallengeCall)),
        "staged": asked(lambda plan, one: staged_funding(one), instruments(ChallengeCall)),
    },
    "budget": {
        "year": asked(budget.year, years),
        "outstanding": asked(budget.outstanding, years),
        "verdicts": asked(budget.budget_verdicts, years),
        "finance act": asked(
            budget.finance_act_verdicts,
            lambda plan, day: ({"year": year, "as_of": day} for year in (2019, 2020, 2021, 2024)),
        ),
        "schedules": asked(budget.payment_schedules, each("budget_programmes", "programme_id")),
        "rates": rates,
    },
    "funds": {"funds": of_funds},
    "history": {
        "timeline": asked(lambda plan, as_of: history.timeline(plan.as_of(as_of)), whole),
        "difference": differences,
    },
    "surveys": {
        "shares": lambda plan, day: (
            (f"{survey.id} {result.id}", statistics.sampled_share(survey, result))
            for survey in plan.surveys.values()
            for result in survey.results
        ),
    },
}
"""What is asked of every portfolio: by subject, by question."""


def subject(name: str) -> Callable[[], str]:
    """Return what makes the text of a subject, asked of every portfolio."""
    return lambda: sampled(
        (
            (f"{plan}: {question}: {case}", found)
            for question, ask in QUESTIONS[name].items()
            for plan, made in PLANS.items()
            for case, found in ask(made(), DAYS[plan])
        ),
        names_of(made() for made in PLANS.values()),
    )


SUBJECTS = {f"asked-{name}": subject(name) for name in QUESTIONS}
