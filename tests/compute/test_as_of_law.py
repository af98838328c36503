"""
One meaning of `as_of`: what documents known on that day say.

For every public function that takes a portfolio and *as_of*, `f(plan, as_of=d) == f(plan.as_of(d), as_of=d)`, the error
raised included. The functions are collected by their signatures, so that a new one without a case fails here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import levier
from doors import everything
from levier import (
    Campus,
    CampusSession,
    Consultation,
    Dimension,
    Fund,
    Indicator,
    InnovationLab,
    InnovationWeek,
    Lever,
    LevierError,
    Observation,
    Portfolio,
    Programme,
    Project,
    Reform,
    Source,
    catalogue,
)
from levier.compute.checks.check import RULES
from levier.indicators import ComparableRule, Cutoffs, RollUp, progress_of
from levier.model.awards import Award
from levier.model.budget import BudgetProgramme
from levier.model.periods import parse_day
from levier.model.surveys import Survey
from levier.testing import scalars
from levier.testing.resolving import resolved
from levier.testing.strategies import of

pytestmark = pytest.mark.untraced

Case = dict[str, Any]

PLACES = ("FR", "R11", "75")
KINDS = (
    BudgetProgramme,
    Campus,
    CampusSession,
    Consultation,
    Dimension,
    Fund,
    Indicator,
    InnovationLab,
    InnovationWeek,
    Lever,
    Observation,
    Programme,
    Project,
    Reform,
    Source,
    Survey,
)


def indicators(plan: Portfolio, **more: Any) -> Iterator[Case]:
    """Yield every indicator in some places, and one that is not there."""
    for name in (*plan.indicators, "unheard-of"):
        for place in PLACES:
            yield {"indicator_id": name, "territory_id": place, **more}


def each(registry: str, argument: str, **more: Any) -> Callable[[Portfolio], Iterator[Case]]:
    """Return the cases of every thing of a registry."""
    return lambda plan: ({argument: name, **more} for name in getattr(plan, registry))


def budgets(plan: Portfolio) -> Iterator[Case]:
    """Yield every year of every budget programme."""
    for programme in plan.budget_programmes.values():
        for year in programme.years:
            yield {"programme_id": programme.id, "year": year}


def owners(plan: Portfolio) -> Iterator[Case]:
    """Yield every programme, reform and project."""
    for registry in (plan.programmes, plan.reforms, plan.projects):
        yield from ({"subject": thing} for thing in registry.values())


def campuses(plan: Portfolio) -> Iterator[Case]:
    """Yield every campus, outside a territory of which nothing is stated."""
    for one in plan.instruments.values():
        if isinstance(one, Campus):
            yield {"campus_id": one.id, "of": "75", "stated": None}


def breakdowns(plan: Portfolio) -> Iterator[Case]:
    """Yield each way of asking for a value by a dimension, one of which is not there."""
    for name in (*plan.dimensions, "unheard-of"):
        for kind in ("actual", "target"):
            yield from indicators(plan, dimension_id=name, kind=kind)


def progress_cases(plan: Portfolio) -> Iterator[Case]:
    """Yield each way of asking for a progress."""
    ways: tuple[Case, ...] = (
        {},
        {"ruleset": "pilote"},
        {"horizon": "year"},
        {"horizon": "own-year", "ruleset": "pilote"},
        {"until": "2020-02"},
        {"cutoffs": Cutoffs(target_until="2021")},
        {"roll_up": RollUp(actual="sum", carry_forward_months=1)},
        {"roll_up": [RollUp(level="region", actual="mean"), RollUp(level="nation", from_level="region", actual="sum")]},
        {"comparable": ComparableRule(decumulation="year", window="year")},
    )
    for way in ways:
        yield from indicators(plan, **way)


CASES: dict[str, Callable[[Portfolio], Any]] = {
    "aggregate_of": lambda plan: [*indicators(plan), *indicators(plan, by="sum"), *indicators(plan, by="median")],
    "attainment_of": lambda plan: [case for year in (2019, 2020, 2022) for case in indicators(plan, year=year)],
    "breakdown_of": breakdowns,
    "budget_verdicts": budgets,
    "year": budgets,
    "carried_series_of": lambda plan: [*indicators(plan), *indicators(plan, kind="target")],
    "check": lambda _: [{}, *({"rules": [rule]} for rule in RULES.values())],
    "completion_share": lambda plan: [{"fund": fund} for fund in plan.funds.values()],
    "consultations": lambda _: [{}],
    "cost_of": owners,
    "effects_of": lambda plan: [{"lever_id": name, "territory_id": place} for name in plan.levers for place in PLACES],
    "finance_act_verdicts": lambda _: [{"year": 2020}],
    "findings_of": owners,
    "follow": each("indicators", "indicator_id"),
    "freshness_of": indicators,
    "labs": lambda _: [{}],
    "lever_costs": lambda _: [{}],
    "lever_coverage": lambda _: [{}],
    "lever_progress": lambda _: [{}, {"ruleset": "pilote"}],
    "milestones_of": owners,
    "off_track": lambda _: [{}],
    "outstanding": budgets,
    "path_of": indicators,
    "payment_schedules": each("budget_programmes", "programme_id"),
    "previous_progress_of": lambda plan: [*indicators(plan), *indicators(plan, ruleset="pilote")],
    "previous_reform_progress_of": each("reforms", "reform_id"),
    "programme_progress_of": each("programmes", "programme_id"),
    "progress_of": progress_cases,
    "progress_table": lambda _: [{}, {"ruleset": "pilote"}],
    "first_activation_day": each("levers", "lever_id"),
    "activations_of": lambda plan: [{}, *each("levers", "lever_id")(plan)],
    "reform_progress_of": each("reforms", "reform_id"),
    "reform_status_of": each("reforms", "reform_id"),
    "returns": lambda plan: [
        {"fund_id": fund, "savings": kind, "cost": base}
        for fund in plan.funds
        for kind in ("expected", "achieved")
        for base in ("fund", "public")
    ],
    "share_outside": campuses,
    "status_of": indicators,
    "themes_of": lambda _: [{}],
    "timeline": lambda _: [{}],
    "week_editions": lambda _: [{}],
}
"""What each function is asked, by its name."""

DAYLESS = {
    "difference": "compares two portfolios as they are",
    "merge": "puts portfolios together as they are",
    "peers_of": "territories and their levels are older than the documents; `on` asks which existed",
}
"""What takes a portfolio and asks for no day, with the reason."""


def of_portfolios() -> dict[str, Callable[..., Any]]:
    """Return the public functions that take a portfolio."""
    functions = {name: found for name, found in everything().items() if inspect.isfunction(found)}
    return {
        name: made
        for name, made in functions.items()
        if "portfolio" in inspect.signature(made).parameters or name in DAYLESS
    }


def with_a_day() -> list[str]:
    """Return those that take the day as well."""
    return [name for name, made in of_portfolios().items() if "as_of" in inspect.signature(made).parameters]


def test_no_function_is_without_its_case() -> None:
    """Every function of a portfolio has a case, or its reason for asking for no day."""
    assert set(of_portfolios()) == set(CASES) | set(DAYLESS)
    assert not set(with_a_day()) & set(DAYLESS)
    assert len(with_a_day()) >= 22


def outcome(ask: Callable[..., Any], plan: Portfolio, case: Case, day: Any) -> Any:
    """Return what a function answers, with its sentence, or the error that it raises."""
    try:
        found = ask(plan, **case, as_of=day)
        if inspect.isfunction(found):  # a key to count awards under
            found = [found(award) for fund in plan.as_of(day).funds.values() for award in fund.awards]
        return found, found.explain("fr") if hasattr(found, "explain") else ""
    except LevierError as error:
        return type(error), str(error)


@st.composite
def rich_plans(draw: st.DrawFn, plans: st.SearchStrategy[Portfolio]) -> Portfolio:
    """Draw a portfolio of every kind of thing, with a series that several documents state."""
    followed = draw(plans)
    things = draw(st.lists(st.one_of(*[of(kind) for kind in KINDS]), max_size=12))
    named = {"indicator_ids": ["visits"], "source_ids": draw(st.sampled_from((["third"], ["undated"])))}
    weights = [{"indicator_id": "visits", "level": level, "weight": 1} for level in ("nation", "department")]
    programme = Programme(id="axis", label="Axis", kind="workstream", source_ids=["first"])
    reform = Reform(
        id="reception",
        label="Reception",
        weights=[levier.indicators.IndicatorWeight(**weight) for weight in weights],
        programme_ids=["axis"],
        lever_ids=["digital"],
        ratings=draw(st.lists(of(levier.plans.ConfidenceRating).map(_of_the_nation), max_size=2)),
        **named,
    )
    effect = levier.IntendedEffect(indicator_id="visits", direction="increase")
    lever = Lever(id="digital", label="Digital", effects=[effect])
    cost = levier.Sourced(value=levier.Euros(60), source_id=draw(st.sampled_from(tuple(followed.sources))))
    activation = levier.LeverActivation(lever_id="digital", period=draw(st.none() | scalars.periods()), cost=cost)
    project = Project(id="desk", label="Desk", reform_id="reception", lever_ids=["digital"], activations=[activation])
    award = Award(id="desk", label="Desk", project_id="desk", amount=100, source_ids=["second"])
    owned = (levier.Organisation(id="ditp", label="DITP", kind="operator"), lever, reform, programme, project)
    return resolved(things).with_(*_things(followed), *owned, Fund(id="fund", label="Fund", awards=[award]))


def _of_the_nation(rating: levier.plans.ConfidenceRating) -> levier.plans.ConfidenceRating:
    return levier.plans.ConfidenceRating(level=rating.level, on=rating.on, by_id="ditp")


def _things(plan: Portfolio) -> Iterator[Any]:
    for registry in plan.registries().values():
        yield from registry.values()
    yield from plan.observations


DAYS = st.sampled_from(
    ("2018-06-30", "2019-06-29", "2020-01-14", "2020-02-01", "2020-12-31", "2021-12-31", "2031-01-01")
)


@given(st.data())
def test_a_day_asks_what_was_known_then(plans: st.SearchStrategy[Portfolio], data: st.DataObject) -> None:
    """
    A question of a day to the whole portfolio is that question to the portfolio as it was known on the day.

    A rule by itself finds the same in both, too.
    """
    plan = data.draw(rich_plans(plans))
    day = data.draw(DAYS | scalars.days())
    known = plan.as_of(day)
    for name in with_a_day():
        ask = everything()[name]
        for case in CASES[name](plan):
            assert outcome(ask, plan, case, day) == outcome(ask, known, case, day), (name, case)
    for name, rule in RULES.items():
        assert list(rule(plan, parse_day(day))) == list(rule(known, parse_day(day))), name


@pytest.mark.parametrize("day", ["2018-06-30", "2019-06-14", "2020-12-31", "2022-06-01", "2025-01-01"])
@pytest.mark.parametrize("name", with_a_day())
def test_the_catalogue_is_asked_as_it_was_known(name: str, day: str) -> None:
    """The law holds for everything that we ship."""
    plan = catalogue.action_publique_2022()
    ask, known = everything()[name], plan.as_of(day)
    for case in CASES[name](plan):
        assert outcome(ask, plan, case, day) == outcome(ask, known, case, day), case


def test_what_only_a_later_document_states_takes_no_part(plan: Callable[..., Any], row: Callable[..., Any]) -> None:
    """A value of 2022 that only a document of 2023 states does not count on the first of January 2022."""
    documents = [
        Source(id="old", title="Old", published_on="2021-10-01"),
        Source(id="new", title="New", published_on="2023-05-31"),
    ]
    rows = [
        ("baseline", "2020", 0, "old"),
        ("target", "2025", 100, "old"),
        ("actual", "2021", 10, "old"),
        ("actual", "2022", 50, "new"),
    ]
    held = plan(*documents, *(row(kind, when, value, source_id=source) for kind, when, value, source in rows))
    assert [progress_of(held, "visits", as_of=day).value for day in ("2022-01-01", "2023-12-31")] == [10, 50]
