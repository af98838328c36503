"""
What our three users type, and a question at each door: read by the type checkers, and never run.

The developer imports it into an application, the analyst asks it in a notebook, the author of a test suite tests with
it. `tests/experience` runs what is shown here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, assert_type

import pytest
from cattrs import Converter
from hypothesis import given
from hypothesis import strategies as st

import levier
from levier import (
    Day,
    Euros,
    Fund,
    Indicator,
    Lever,
    Observation,
    Organisation,
    OrganisationKind,
    Period,
    Phase,
    Portfolio,
    Project,
    budget,
    catalogue,
    fund,
    history,
    indicators,
    instruments,
    plans,
    rules,
    statistics,
)
from levier.display.notebook import card
from levier.errors import InvalidDocumentError, LevierError, OverpaymentError, Problem, UnknownItemError
from levier.serialization import register_hooks, structure
from levier.testing import (
    assert_explains,
    assert_no_findings,
    assert_round_trips,
    assert_same_portfolio,
    build,
    samples,
)

# ---------------------------------------------------------------- the developer

dinum = Organisation(id="dinum", label="DINUM", kind=OrganisationKind.INTERMINISTERIAL_DIRECTORATE)
lever = Lever(id="digital", label="Digital transformation of public jobs")
project = Project(id="franceconnect", label="FranceConnect", owner_id="dinum", lever_ids=["digital"])

plan = Portfolio.of(project, lever, dinum)
plan = plan.with_(project.moved_to("experimentation", on="2019-06-20", because="third CITP"))
levier.dump(plan, "plan.json")
assert_type(levier.load("plan.json"), Portfolio)

row: Any = register_hooks(Converter()).unstructure(plan.projects["franceconnect"])
assert_type(structure(row, Project), Project)

try:
    levier.loads(b'{"projects": [{"id": 3}]}')
except InvalidDocumentError as error:
    for problem in error.problems:
        assert_type(problem, Problem)
        assert_type(problem.message, str)
except UnknownItemError as error:
    assert_type(error.nearest, tuple[str, ...])
except LevierError as error:
    assert_type(str(error), str)

# ---------------------------------------------------------------- the analyst, at each door

ap = catalogue.action_publique_2022()
year = budget.year(ap, 349, year=2021)
assert_type(year, budget.BudgetYear)
rate = year.execution_rate("commitment", over="voted")
assert_type(rate.value, Decimal | None)
assert_type(rate.explain("fr"), str)
assert_type(year.amount("voted", "payment").value, Euros | None)
assert_type(year.freeze_rate(of="commitment", over="opened"), budget.Ratio)
assert_type(budget.year(ap, "349", year=2021, title="staff"), budget.BudgetYear)
assert_type(budget.outstanding(ap, 349, year=2020), budget.Outstanding)
assert_type(budget.change_between(year, year, measure="voted", of="payment"), budget.BudgetChange)
assert_type(budget.execution_rate([year], of="payment", over="voted"), budget.ExecutionRate)

wait = indicators.follow(ap, "waiting-time", territory_id="46", as_of="2019-06-14")
assert_type(wait.progress.value, Decimal | None)
assert_type(wait.attainment(2018), indicators.Attainment)
assert_type(wait.status, indicators.IndicatorStatus)
assert_type(wait.freshness.last, Period | None)
assert_type(indicators.progress_of(ap, "waiting-time", as_of=date(2019, 6, 14), ruleset="pilote"), indicators.Progress)
assert_type(indicators.progress(baseline=0, actual="190", target=1_100, direction="increase"), indicators.Progress)
assert_type(indicators.RollUp(actual="sum", from_level="region").from_level, levier.TerritoryLevel)
assert_type(indicators.expected_path({"2018-12": 40, "2020-12": 16}, "stepwise").at("2020-06"), Decimal | None)
assert_type(indicators.Thresholds(gap="-5").gap, Decimal)

assert_type(plans.off_track(ap, as_of="2019-06-14"), tuple[plans.OffTrack, ...])
assert_type(plans.phase_times(project, as_of=Day(2019, 6, 14)), plans.PhaseTimes)
assert_type(plans.lever_costs(ap), plans.LeverCosts)

ftap = ap.funds["ftap"]
assert_type(fund.balance(ftap, as_of="2025-06-30"), fund.Balance)
assert_type(fund.balances(ftap, by="call"), tuple[fund.Balance, ...])
assert_type(fund.realisation(ftap.savings, against="expected"), fund.FundMetric)
assert_type(fund.spread_by_milestone(100, [("2021-06", 1), ("2022", 1)]).of(2022), Euros)
assert_type(ftap.with_award("a", 100, on="2019-01-01", owner_kind="ministry"), Fund)

changed = history.difference(ap.as_of("2019-06-14"), ap.as_of("2019-06-20"))
assert_type(changed.explain("fr-FR"), str)
assert_type(history.merge(ap, plan).portfolio, Portfolio)
assert_type(rules.check(ap, as_of="2019-06-14"), tuple[rules.Finding, ...])
assert_type(instruments.labs(ap), instruments.Labs)
assert_type(statistics.wilson("0.86", 1_200), statistics.Interval)
assert_type(statistics.mean_mark({"good": 60, "bad": 40}).value, Decimal | None)
assert_type(card(ap, "fr"), str)
assert_type(str(wait.progress), str)

# ---------------------------------------------------------------- registries

assert_type(ap.indicators.get("waiting-time"), Indicator | None)
assert_type(ap.indicators.get("waiting-time", str(plan)), Indicator | str)
assert_type(list(ap.indicators.items()), list[tuple[str, Indicator]])
held: Mapping[str, Project] = ap.projects
registry: levier.Registry[Project] = levier.Registry([project])
assert_type(registry.with_(project), levier.Registry[Project])
assert_type(ap.observations.of("waiting-time", kind="actual"), tuple[Observation, ...])

# ---------------------------------------------------------------- the author of a test suite


@given(st.from_type(Portfolio))
def test_store_loses_nothing(plan: Portfolio) -> None:
    """What is stored comes back."""
    assert_same_portfolio(levier.loads(levier.dumps(plan)), plan)


def test_a_stopped_project_stays_listed() -> None:
    """A stopped project is still there."""
    assert_type(build(Project, phase="stopped"), Project)
    assert build(Project, phase="stopped").phase is Phase.STOPPED
    assert_type(build(levier.Sourced[levier.Euros]).value, levier.Euros)
    assert_explains(str, fr="fr")
    assert_round_trips(build(Portfolio, projects=2))
    assert_no_findings(plan, as_of="2019-06-14", but=["source-missing"])


def test_overpayment_is_refused() -> None:
    """Nothing is paid beyond what is committed."""
    some = samples.fund(awards=1, seed=7)
    award = some.awards[0]
    with pytest.raises(OverpaymentError) as error:
        some.with_payment(award.id, "1000000.50", on="2021-03-01")
    assert_type(error.value.requested - error.value.available, Euros)
