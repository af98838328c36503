"""What the questions of `levier.compute` answer, asked of whole portfolios: every call stands here, and only here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise, product
from typing import Any

from golden_plans import DAYS, PLANS
from golden_said import Case, case, names_of, sampled

from levier import Campus, CarteBlanche, ChallengeCall, Portfolio, compute
from levier.model.money import AppropriationKind

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
            yield {"indicator_id": name, "territory": place, **more, "as_of": day}


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
            yield {"programme": programme.id, "year": year, "as_of": day}


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
        yield case("balance", compute.balance, fund, as_of=day)
        yield case("balances", compute.balances, fund, as_of=day)
        yield case("completion", compute.completion_share, plan, fund, as_of=day)
        yield case("concentration", compute.concentration, fund.awards, **dated)
        yield case("themes", compute.concentration, fund.awards, by=compute.themes_of(plan), **dated)
        yield case("lead time", compute.contract_lead_time, fund, as_of=day)
        yield case("contracted within", compute.share_contracted_within, fund, as_of=day)
        yield case("overrun", compute.cost_overrun, fund, **dated)
        yield case("leverage", compute.leverage, fund, **dated)
        yield case("years", compute.fund_years, fund, **dated)
        yield case("realisation", compute.realisation, savings, **dated)
        yield case("total", compute.total_savings, savings, **dated)
        yield case("return", compute.return_on, savings=savings, cost=100, **dated)
        yield case("payback", compute.payback_year, savings, cost=100, **dated)
        yield case("ageing", compute.ageing_by_award, fund, as_of=day)
        for call in fund.calls:
            yield case(f"selectivity {call.id}", compute.selectivity, fund, call.id, as_of=day)


def rates(plan: Portfolio, day: str) -> Iterator[Case]:
    """Yield the execution rates and the changes of every budget programme."""
    known = plan.as_of(day)
    for programme in known.budget_programmes.values():
        found = [compute.budget_year(known, programme.id, year) for year in programme.years]
        for kind, over in product(AppropriationKind, compute.Denominator):
            name = f"{programme.id} {kind} {over}"
            yield case(name, compute.execution_rate, found[-1:], of=kind, over=over)
        for (one, other), kind, measure in product(pairwise(found), AppropriationKind, compute.BudgetMeasure):
            name = f"{programme.id} {other.year} {kind} {measure}"
            yield name, compute.change_between(one, other, measure=measure, of=kind, across_scope_change=True)


def differences(plan: Portfolio, day: str) -> Iterator[Case]:
    """Yield what changed since an earlier day, and what comes of putting both together."""
    for before in ("2019-06-14", "2024-01-01"):
        old = plan.as_of(before)
        yield f"since {before}", compute.difference(old, plan.as_of(day))
    yield "merged with itself", compute.merge(plan, plan)


QUESTIONS: dict[str, dict[str, Ask]] = {
    "indicators": {
        "progress": asked(compute.progress_of, indicators),
        "progress, pilote": asked(compute.progress_of, lambda plan, day: indicators(plan, day, ruleset="pilote")),
        "progress, of the year": asked(compute.progress_of, lambda plan, day: indicators(plan, day, horizon="year")),
        "previous": asked(compute.previous_progress_of, indicators),
        "attainment": asked(
            compute.attainment_of,
            lambda plan, day: (case for year in (2018, 2021, 2024) for case in indicators(plan, day, year=year)),
        ),
        "freshness": asked(compute.freshness_of, indicators),
        "standing": asked(compute.status_of, indicators),
        "aggregate": asked(compute.aggregate_of, lambda plan, day: indicators(plan, day, by="mean")),
    },
    "reforms": {
        "reforms": asked(compute.reform_progress_of, each("reforms", "reform_id")),
        "reforms before": asked(compute.previous_reform_progress_of, each("reforms", "reform_id")),
        "followed": asked(compute.follow, each("indicators", "indicator_id", territory_id="FR")),
        "programmes": asked(compute.programme_progress_of, each("programmes", "programme_id")),
        "standing": asked(compute.reform_status_of, each("reforms", "reform_id")),
        "milestones": asked(compute.milestones_of, owners),
        "slip": asked(lambda _, subject, as_of: compute.schedule_variance(subject, as_of=as_of), owners),
        "phases": asked(
            lambda _, subject, as_of: compute.phase_times(subject, as_of=as_of),
            lambda plan, day: ({"subject": one, "as_of": day} for one in plan.projects.values()),
        ),
        "cost": asked(compute.cost_of, owners),
        "off track": asked(compute.off_track, whole),
        "findings": asked(compute.findings_of, owners),
    },
    "findings": {"all": asked(lambda plan, as_of: compute.check(plan, as_of=as_of), whole)},
    "levers": {
        "costs": asked(compute.lever_costs, whole),
        "coverage": asked(compute.lever_coverage, whole),
        "progress": asked(compute.lever_progress, whole),
        "effects": asked(
            compute.effects_of,
            lambda plan, day: (
                {"lever_id": lever, "territory": place, "as_of": day} for lever in plan.levers for place in ("FR", "46")
            ),
        ),
        "activations": asked(compute.activations_of, each("levers", "lever_id")),
    },
    "instruments": {
        "consultations": asked(compute.consultations, whole),
        "editions": asked(compute.week_editions, whole),
        "labs": asked(compute.labs, whole),
        "outside": asked(compute.share_outside, campuses),
        "cartes blanches": asked(
            lambda plan, one: compute.carte_blanche_summary(one, as_of="2024-01-01"), instruments(CarteBlanche)
        ),
        "stage_attrition": asked(lambda plan, one: compute.stage_attrition(one), instruments(ChallengeCall)),
        "staged": asked(lambda plan, one: compute.staged_funding(one), instruments(ChallengeCall)),
    },
    "budget": {
        "year": asked(compute.budget_year, years),
        "outstanding": asked(compute.outstanding, years),
        "verdicts": asked(compute.budget_verdicts, years),
        "finance act": asked(
            compute.finance_act_verdicts,
            lambda plan, day: ({"year": year, "as_of": day} for year in (2019, 2020, 2021, 2024)),
        ),
        "schedules": asked(compute.payment_schedules, each("budget_programmes", "programme")),
        "rates": rates,
    },
    "funds": {"funds": of_funds},
    "history": {
        "timeline": asked(lambda plan, as_of: compute.timeline(plan.as_of(as_of)), whole),
        "difference": differences,
    },
    "surveys": {
        "shares": lambda plan, day: (
            (f"{survey.id} {result.id}", compute.sampled_share(survey, result))
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
