"""
Every public function has a real answer on the samples, so that a test of an application meets full pages.

The functions are listed by themselves: all that stands behind a door or at the top level. The arguments that a function
requires are found by their names or their types in the sample; the few that only a person can choose stand in `GIVEN`.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest
from attrs import has

import levier
from doors import everything
from levier import Euros, Portfolio, budget, fund, indicators, statistics
from levier.serialization import unstructure
from levier.serialization.results import is_result
from levier.testing import samples
from levier.testing.samples import DAY
from levier.wording.explained import Explained
from levier.wording.reasons import MissingReason

Case = dict[str, Any]
Provider = Callable[[Portfolio], Iterable[Any]]

ENOUGH = 300
"""How many ways of asking are tried, at most."""


def owners(plan: Portfolio) -> list[Any]:
    """Return the programmes, reforms and projects of a plan."""
    return [*plan.programmes.values(), *plan.reforms.values(), *plan.projects.values()]


def the_fund(plan: Portfolio) -> Any:
    """Return the fund of a plan."""
    (found,) = plan.funds.values()
    return found


def savings(plan: Portfolio) -> list[Any]:
    """Return all savings of the fund of a plan, and those of each kind."""
    held = the_fund(plan).savings
    return [held, *(tuple(one for one in held if one.kind is kind) for kind in fund.SavingKind)]


def programme(plan: Portfolio) -> Any:
    """Return the first budget programme of a plan."""
    return next(iter(plan.budget_programmes.values()))


def years(plan: Portfolio) -> list[Any]:
    """Return the years of a budget programme."""
    found = programme(plan)
    return [budget.year(plan, found.id, year) for year in found.years]


def progress(plan: Portfolio) -> list[Any]:
    """Return the progress of each indicator in the nation."""
    return [indicators.progress_of(plan, name, as_of=DAY) for name in plan.indicators]


def numbers(plan: Portfolio) -> dict[str, Any]:
    """Return the progress of some indicators, by their identifiers."""
    known = (found for found in progress(plan) if found.value is not None)
    return {found.indicator_id or "": found.value for found in islice(known, 5)}


def shares(plan: Portfolio) -> list[Any]:
    """Return the shares that a survey states."""
    return [statistics.sampled_share(one, result) for one in plan.surveys.values() for result in one.results]


def instruments_of(cls: type[Any]) -> Provider:
    """Return the provider of the instruments of a class."""
    return lambda plan: [one for one in plan.instruments.values() if type(one) is cls]


def budgets(plan: Portfolio) -> Iterator[Case]:
    """Yield every year of every budget programme."""
    for found in plan.budget_programmes.values():
        for year in found.years:
            yield {"programme_id": found.id, "year": year}


BY_NAME: Mapping[str, Provider] = {
    "as_of": lambda _: [DAY],
    "campus_id": lambda plan: [one.id for one in instruments_of(levier.Campus)(plan)],
    "call_id": lambda plan: [call.id for call in the_fund(plan).calls],
    "award_id": lambda plan: [award.id for award in the_fund(plan).awards],
    "dimension_id": lambda plan: plan.dimensions,
    "fund_id": lambda plan: plan.funds,
    "indicator_id": lambda plan: plan.indicators,
    "lever_id": lambda plan: plan.levers,
    "reform_id": lambda plan: plan.reforms,
    "territory_id": lambda plan: plan.territories,
    "year": lambda _: [2021],
}
"""What an argument of a plain type is given, by its name."""

BY_TYPE: Mapping[str, Provider] = {
    "Award": lambda plan: the_fund(plan).awards,
    "CarteBlanche": instruments_of(levier.CarteBlanche),
    "ChallengeCall": instruments_of(levier.ChallengeCall),
    "Fund": lambda plan: plan.funds.values(),
    "Iterable[Award]": lambda plan: [the_fund(plan).awards],
    "Iterable[BudgetYear]": lambda plan: [[year] for year in years(plan)],
    "Iterable[ConfidenceRating]": lambda plan: [reform.ratings for reform in plan.reforms.values()],
    "Iterable[CostStatement]": lambda plan: [the_fund(plan).costs],
    "Iterable[Milestone]": lambda plan: [project.milestones for project in plan.projects.values()],
    "Iterable[Saving]": savings,
    "Owner": owners,
    "Portfolio": lambda plan: [plan],
    "Project": lambda plan: plan.projects.values(),
}
"""What an argument of a type of our own is given."""

GIVEN: Mapping[str, Callable[[Portfolio], Iterable[Case]]] = {
    "age": lambda plan: [
        {"vintages": budget.outstanding(plan, programme(plan).id, year=2020).vintages, "year": 2021}
        | {"committed": 10_000, "paid": 5_000}
    ],
    "aggregate": lambda plan: [{"values": numbers(plan), "kind": "mean"}],
    "alerts": lambda plan: [
        {"freshness": indicators.freshness_of(plan, name, as_of=DAY)}
        | {"gap": indicators.gap(found.value, [other.value for other in progress(plan)])}
        | {"thresholds": indicators.Thresholds(gap=0)}
        for name, found in zip(plan.indicators, progress(plan), strict=True)
    ],
    "apply": lambda plan: [{"fund": the_fund(plan), "changes": [fund.Delay(months=6)]}],
    "appraise": lambda plan: [
        {"application": asked, "call": the_fund(plan).call(asked.call_id)} for asked in the_fund(plan).applications
    ],
    "attainment": lambda plan: [
        {"actual": found.actual.value, "target": found.target.value, "direction": found.direction}
        | {"previous": found.baseline.value}
        for found in progress(plan)
        if found.value is not None
    ],
    "budget_ceilings": lambda plan: [{"initial": {2021: years(plan)[-1].voted}}],
    "budget_verdicts": budgets,
    "change_between": lambda plan: [
        {"before": before, "after": after, "measure": "voted", "of": "payment"}
        for before, after in zip(years(plan), years(plan)[1:], strict=False)
    ],
    "comparable_values": lambda plan: [
        {
            "values": {row.period: row.value for row in plan.observations.of(name, kind="actual") if row.value},
            "rule": indicators.ComparableRule(window="months", months=12, operation="mean"),
        }
        for name in plan.indicators
    ],
    "compare": lambda plan: [
        {"left": left, "right": right} for left, right in zip(shares(plan)[1:], shares(plan), strict=False)
    ],
    "compare_confidence": lambda plan: [
        {"left": reform.ratings[-1].level, "right": reform.ratings[0].level}
        for reform in plan.reforms.values()
        if reform.ratings
    ],
    "compare_funds": lambda plan: [
        {"before": the_fund(plan), "after": fund.apply(the_fund(plan), fund.Delay(months=6)).fund}
    ],
    "confidence_counts": lambda plan: [
        {"levels": [one.ratings[-1].level for one in plan.reforms.values() if one.ratings]}
    ],
    "difference": lambda plan: [{"before": plan.as_of("2021-06-30"), "after": plan}],
    "distance": lambda plan: [
        {"actual": found.actual.value, "on": found.actual.period, "target": found.target.value}
        | {"target_on": found.target.period}
        for found in progress(plan)
        if found.value is not None
    ],
    "execution_rate": lambda plan: [
        {"years": [year], "of": of, "over": over}
        for year in years(plan)
        for of in ("commitment", "payment")
        for over in ("voted", "opened", "available")
    ],
    "expected_path": lambda plan: [
        {"points": {found.baseline.period.text: found.baseline.value, found.target.period.text: found.target.value}}
        for found in progress(plan)
        if found.value is not None
    ],
    "finance_act_verdicts": lambda plan: [
        {"year": 2021, "initial": years(plan)[-2].voted, "opened": years(plan)[-2].opened}
    ],
    "freshness": lambda plan: [
        {"last": "2021-12", "periodicity_months": one.periodicity_months, "lag_months": one.lag_months, "as_of": DAY}
        for one in plan.indicators.values()
    ],
    "gap": lambda plan: [
        {"progress": found, "peers": list(numbers(plan).values())} for found in numbers(plan).values()
    ],
    "latest_statement_day": lambda plan: [
        {"days": [source.published_on.last_day for source in plan.sources.values() if source.published_on]}
    ],
    "mean_mark": lambda _: [{"counts": {"good": 80, "medium": 15, "bad": 5}}],
    "merge": lambda plan: [{"portfolios": [plan.as_of("2021-06-30"), plan]}],
    "newcombe": lambda plan: [
        {"left": left.share, "left_n": left.n, "right": right.share, "right_n": right.n}
        for left, right in zip(shares(plan)[1:], shares(plan), strict=False)
    ],
    "on_time_rate": lambda _: [{"in_time": 90, "handled": 100}],
    "on_track": lambda plan: [
        {"actual": found.actual.value, "when": found.actual.period, "direction": found.direction}
        | {"path": indicators.path_of(plan, name, as_of=DAY)}
        for name, found in zip(plan.indicators, progress(plan), strict=True)
        if found.value is not None
    ],
    "online_quality": lambda _: [{"rated_8_or_more": 80, "rated": 100}],
    "outstanding": budgets,
    "payback_year": lambda plan: [{"savings": held, "cost": the_fund(plan).awards[0].amount} for held in savings(plan)],
    "payment_profile": lambda plan: [
        {
            name: {year.year: getattr(year.used, name) for year in years(plan) if year.used}
            for name in ("committed", "paid")
        }
        | {"years": 3}
    ],
    "payment_schedules": lambda plan: [{"programme_id": name} for name in plan.budget_programmes],
    "pick_up_rate": lambda _: [{"handled": 90, "needing_an_agent": 100}],
    "pool": lambda _: [{"rates": [statistics.pick_up_rate(handled=part, needing_an_agent=100) for part in (60, 90)]}],
    "programme_progress_of": lambda plan: [{"programme_id": name} for name in plan.programmes],
    "progress": lambda plan: [
        {part: getattr(found, part).value for part in ("baseline", "actual", "target")} | {"direction": found.direction}
        for found in progress(plan)
        if found.value is not None
    ],
    "proposed_progress": lambda plan: [
        {"official": found, "proposals": [indicators.Proposal(value=found.actual.value, on="2022-02-01")]}
        for found in progress(plan)
        if found.value is not None
    ],
    "rank": lambda plan: [{"values": numbers(plan)}],
    "return_on": lambda plan: [{"savings": held, "cost": the_fund(plan).awards[0].amount} for held in savings(plan)],
    "returns": lambda plan: [
        {"fund_id": name, "savings": kind, "cost": base}
        for name in plan.funds
        for kind in ("expected", "achieved")
        for base in ("fund", "public")
    ],
    "roll_forward": lambda plan: [
        {"previous": found.previous.value, "committed": found.committed.value, "paid": found.paid.value}
        for found in [budget.outstanding(plan, programme(plan).id, year=2021)]
    ],
    "sampled_share": lambda plan: [
        {"survey": one, "result": result} for one in plan.surveys.values() for result in one.results
    ],
    "select": lambda plan: [
        {
            "applications": the_fund(plan).applications,
            "envelope": Euros.total(one.requested for one in the_fund(plan).applications[:1]),
            "criteria": [fund.Criterion(id="size", label="Taille", mark=len)],
        }
    ],
    "spread_by_key": lambda plan: [{"amount": the_fund(plan).awards[0].amount, "key": {2021: 1, 2022: 3}}],
    "spread_by_milestone": lambda plan: [
        {
            "amount": the_fund(plan).awards[0].amount,
            "milestones": [(one.due, 1) for one in next(iter(plan.projects.values())).milestones],
        }
    ],
    "spread_by_profile": lambda plan: [
        {"amount": the_fund(plan).awards[0].amount, "profile": [Decimal("0.25"), Decimal("0.75")], "first_year": 2021}
    ],
    "summary": lambda plan: [{"values": numbers(plan)}],
    "trend": lambda plan: [
        {
            "current": found.value,
            "previous": (indicators.previous_progress_of(plan, name, as_of=DAY) or found).value,
        }
        for name, found in zip(plan.indicators, progress(plan), strict=True)
    ],
    "weighted_progress": lambda plan: [{"progress": numbers(plan), "weights": dict.fromkeys(numbers(plan), 1)}],
    "wilson": lambda plan: [{"share": share.share, "n": share.n} for share in shares(plan)],
    "year": budgets,
}
"""What a function is asked that only a person can choose, by the name of the function."""


PARTS: Mapping[str, tuple[str, ...]] = {
    "BudgetYear": ("bill", "voted", "opened", "reserve", "frozen", "available", "used", "unspent", "carried_over"),
    "BudgetChange": ("before", "after", "difference", "ratio"),
    "CarriedSeries": ("values",),
    "CarriedValue": ("value",),
    "CarteBlancheSummary": ("problems", "ideas", "experiments", "lasted"),
    "Concentration": ("holders", "herfindahl"),
    "Consultations": ("items", "asked", "counted", "closed", "taken_up"),
    "Coverage": ("reported",),
    "DimensionBreakdown": ("total", "parts", "base"),
    "Distance": ("remaining", "per_month"),
    "Edition": ("events", "attendance"),
    "Effect": ("change",),
    "FollowedIndicator": ("progress", "previous", "status", "freshness", "path", "distance"),
    "Freshness": ("last", "up_to_date"),
    "FundYear": ("committed", "savings"),
    "IndicatorStatus": ("progress", "previous", "trend"),
    "Labs": ("items", "funded", "partnered"),
    "LeverCosts": ("by_lever", "by_branch", "counted_once", "over_levers"),
    "LeverCost": ("own",),
    "LeverCoverage": ("reforms", "activated", "measured"),
    "LeverEffects": ("effects",),
    "LeverProgress": ("reforms",),
    "LegalVerdict": ("amount", "base"),
    "Merger": ("portfolio",),
    "Outstanding": ("by_flows", "published", "forecast", "vintages", "difference", "gap", "cover_time"),
    "PhaseTimes": ("stays",),
    "PlanFindings": ("findings",),
    "PlanMilestones": ("slips", "late"),
    "PortfolioDifference": ("groups",),
    "Scenario": ("fund",),
    "ScheduleVariance": ("days",),
    "Selection": ("taken", "fallen"),
    "Spread": ("payments",),
    "StageAttrition": ("stages", "envelope", "cost"),
    "StagedFunding": ("stages",),
    "Summary": ("minimum", "median", "maximum", "mean"),
    "Trend": ("direction", "change"),
    "WeekEditions": ("editions",),
}
"""What of a result has to be there, where it has no `value` that says it all."""


def is_answer(found: Any) -> bool:
    """Return whether a result is a real answer: something, with its value and without a reason for a missing one."""
    if found is None or isinstance(found, MissingReason):
        return False
    if isinstance(found, str | Sequence | Mapping) and not has(type(found)):
        return bool(found) if isinstance(found, str | bytes) else any(map(is_answer, _items(found)))
    if getattr(found, "reason", None) is not None:
        return False
    parts = PARTS.get(type(found).__name__, ("value",) if hasattr(found, "value") else ())
    return all(is_answer(getattr(found, part)) for part in parts)


def _items(found: Any) -> Iterable[Any]:
    return found.values() if isinstance(found, Mapping) else found


@cache
def functions() -> Mapping[str, Callable[..., Any]]:
    """Return the public functions, by their names."""
    return {name: thing for name, thing in sorted(everything().items()) if inspect.isfunction(thing)}


def cases(name: str, plan: Portfolio) -> Iterator[Case]:
    """Yield ways of asking a function: those of the table or, else, what the sample has for its required arguments."""
    wanted = inspect.signature(functions()[name]).parameters
    given = GIVEN.get(name, lambda _: [{}])(plan)
    for case in given:
        left = [one for one in wanted.values() if one.default is one.empty and one.name not in case]
        for values in product(*(provided(name, one, plan) for one in left)):
            yield case | {one.name: value for one, value in zip(left, values, strict=True)}


def provided(name: str, argument: inspect.Parameter, plan: Portfolio) -> list[Any]:
    """Return what the sample has for an argument; fail with what to add where it has nothing."""
    provider = BY_NAME.get(argument.name) or BY_TYPE.get(str(argument.annotation))
    if provider is None:
        pytest.fail(
            f"no value is known for the argument {argument} of {name}: add one for all functions to BY_NAME or "
            f"BY_TYPE, or what this function is asked to GIVEN, in {Path(__file__).name}",
        )
    return list(provider(plan))


def ask(name: str, case: Case) -> Any:
    """Return what a function answers to a case."""
    function = functions()[name]
    bound = inspect.signature(function).bind_partial()
    for argument in inspect.signature(function).parameters.values():
        if argument.name in case:
            bound.arguments[argument.name] = case[argument.name]
    return function(*bound.args, **bound.kwargs)


def answers(name: str, plan: Portfolio) -> Iterator[Any]:
    """Yield what a function answers, in as many ways of asking as are tried; what it refuses is no answer."""
    for case in islice(cases(name, plan), ENOUGH):
        try:
            yield ask(name, case)
        except levier.LevierError:
            yield None


SAMPLES: Mapping[str, Callable[[], Portfolio]] = {
    "small": lambda: samples.portfolio(projects=8, seed=3),
    "other seed": lambda: samples.portfolio(projects=25, seed=2022),
}


@cache
def sample(name: str) -> Portfolio:
    """Return a sample, made once."""
    return SAMPLES[name]()


WRITTEN = {"dump", "dumps", "load", "loads"}
"""What reads and writes; other tests ask it of every sample."""
ASKED = sorted(set(functions()) - WRITTEN)


@pytest.mark.parametrize("name", ASKED)
def test_every_function_answers_on_the_fixture(name: str, levier_portfolio: Portfolio) -> None:
    """On the fixture, each public function has one real answer at least, which can be said and written down."""
    found = next((one for one in answers(name, levier_portfolio) if is_answer(one)), None)
    assert found is not None, f"{name} has no real answer on the sample: see levier.testing.inventing"
    if isinstance(found, Explained):
        assert all(found.explain(lang) for lang in ("fr", "en"))
    if is_result(type(found)):
        assert json.loads(levier.dumps(found)) == unstructure(found)


@pytest.mark.parametrize("plan", SAMPLES)
@pytest.mark.parametrize("name", ASKED)
def test_every_function_answers_on_samples(name: str, plan: str) -> None:
    """The same holds for samples of other sizes and other seeds."""
    assert any(map(is_answer, answers(name, sample(plan))))


@pytest.mark.parametrize(
    ("found", "is_one"),
    [
        (None, False),
        ("", False),
        ((), False),
        ({"a": None}, False),
        (MissingReason.NO_TARGET, False),
        (indicators.progress(baseline=1, actual=2, target=None, direction="increase"), False),
        (indicators.progress(baseline=1, actual=2, target=3, direction="increase"), True),
        ((None, 0), True),
        (Decimal(0), True),
    ],
)
def test_what_is_an_answer(found: Any, *, is_one: bool) -> None:
    """Nothing, an empty series and a missing value are no answers; zero is one."""
    assert is_answer(found) is is_one


def test_a_function_without_a_value_is_told_what_to_add() -> None:
    """A new function whose argument nobody knows fails with its name, the argument, and where to add a value."""
    unheard = inspect.Parameter("colour", inspect.Parameter.KEYWORD_ONLY, annotation="Colour")
    with pytest.raises(pytest.fail.Exception, match=r"argument colour: 'Colour' of paint: add .* BY_NAME or BY_TYPE"):
        provided("paint", unheard, Portfolio())


def test_the_tables_hold_nothing_else() -> None:
    """Every entry of the tables is of a function or a class that is there, and every function but four is asked."""
    assert set(GIVEN) <= set(functions())
    assert set(PARTS) <= {*everything(), "Coverage", "CarteBlancheSummary", "StagedFunding"}
    assert len(ASKED) > 100
