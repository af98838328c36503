"""The strategies: every public class has one, and what it draws is valid and survives being written down."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from attrs import evolve, has
from hypothesis import find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

import levier
from doors import everything
from levier import (
    Campus,
    CampusSession,
    CommunityHub,
    Euros,
    Fund,
    Indicator,
    Lever,
    Observation,
    Organisation,
    Phase,
    Portfolio,
    Project,
    Quantity,
    Registry,
    Sourced,
    budget,
    fund,
    indicators,
)
from levier.fund import EntryKind
from levier.indicators import Exactness, ObservationState
from levier.model.portfolio import NOUNS
from levier.model.sources import Stated
from levier.model.terms import Term
from levier.serialization import dumps, loads, structure, unstructure
from levier.serialization.results import is_result
from levier.testing import build, strategies
from levier.testing.registration import public_classes
from levier.testing.resolving import resolved

WRITTEN_AS = {
    Registry: Registry[Indicator],
    Sourced: Sourced[Quantity],
    Stated: Stated[Euros],
}
"""Classes that say what they hold only with a parameter."""
NAMES = [cls.__name__ for cls in public_classes()]
FRESH = """
from hypothesis import given, settings, strategies as st

import levier
from levier.testing.registration import register

register()
examples = []

@settings(deadline=None)
@given(st.from_type(levier.Portfolio))
def test_portfolios(plan):
    examples.append(plan)
    assert levier.loads(levier.dumps(plan)) == plan

test_portfolios()
print(len(examples))
"""
"""
A suite on a fresh checkout: Hypothesis as it comes, with its health checks and nothing kept of an earlier run.

Only the deadline of one example is lifted: it measures the machine.
"""
SEARCH = settings(max_examples=1000, database=None, phases=[hypothesis.Phase.generate])
"""Enough draws to find what is not rare, and no time spent on making it small."""
TERMS = sorted(Term.__subclasses__(), key=lambda cls: cls.__name__)


@pytest.mark.parametrize("cls", public_classes(), ids=NAMES)
@given(data=st.data())
@settings(max_examples=20)
def test_every_class_has_a_strategy(cls: type[Any], data: st.DataObject) -> None:
    """What is drawn for a class is of it, hashable, equal to its copies and accepted again by its constructor."""
    value = data.draw(st.from_type(cls))
    assert isinstance(value, cls)
    copy = pickle.loads(pickle.dumps(value))  # noqa: S301  # our own bytes
    assert copy == value
    assert hash(copy) == hash(value)
    if has(cls):
        assert evolve(value) == value


@pytest.mark.parametrize("cls", [cls for cls in public_classes() if cls is not Portfolio])
@given(data=st.data())
@settings(max_examples=20)
def test_what_is_drawn_can_be_written_down(cls: type[Any], data: st.DataObject) -> None:
    """What is drawn for a class comes back from plain builtins as it was."""
    kind = WRITTEN_AS.get(cls, cls)
    value = data.draw(st.from_type(kind))
    assert structure(unstructure(value), kind) == value


@pytest.mark.parametrize("cls", TERMS)
@given(data=st.data())
@settings(max_examples=5)
def test_kinds_need_no_strategy_of_ours(cls: type[Any], data: st.DataObject) -> None:
    """Hypothesis draws the members of a closed set by itself."""
    assert data.draw(st.from_type(cls)) in cls


@given(st.from_type(Portfolio))
def test_portfolios_survive_a_document(portfolio: Portfolio) -> None:
    """A portfolio that is drawn resolves its references, and comes back from its document as it was."""
    assert loads(dumps(portfolio)) == portfolio
    assert Portfolio.of(*portfolio) == portfolio


@pytest.mark.untraced
def test_most_computable_plans_can_be_computed() -> None:
    """Progress, rates and returns exist in half of the draws at least, and none of them in all: some are missing."""
    found: Counter[str] = Counter()

    @given(strategies.portfolios(computable=True))
    @settings(max_examples=200, database=None, phases=[hypothesis.Phase.generate])
    def count(plan: Portfolio) -> None:
        year, day = budget.year(plan, "computable", 2020), "2022-06-30"
        results = {
            "progress": indicators.progress_of(plan, "computable", as_of=day),
            "reform": indicators.reform_progress_of(plan, "computable", as_of=day),
            "programme": indicators.programme_progress_of(plan, "computable", as_of=day),
            "rate": year.execution_rate("payment", over="voted"),
            "return": fund.returns(plan, "computable", savings="achieved", cost="fund"),
        }
        found.update(name for name, result in results.items() if result.value is not None)
        found["drawn"] += 1

    count()
    assert set(found) == {"progress", "reform", "programme", "rate", "return", "drawn"}
    assert min(found.values()) >= found["drawn"] / 2
    assert found["progress"] < found["drawn"]


@given(strategies.portfolios(computable=True))
def test_computable_plans_are_plans(plan: Portfolio) -> None:
    """They hold loose things beside those that can be computed, and survive a document."""
    assert loads(dumps(plan)) == plan
    assert "computable" in plan.indicators


def test_every_class_that_users_build_is_listed() -> None:
    """What stands behind a door and holds values is drawn, unless a function returns it and nobody builds it."""
    held = {thing for thing in everything().values() if isinstance(thing, type) and has(thing)}
    of_the_model = {cls for cls in held if cls.__module__.startswith("levier.model.")}
    assert of_the_model <= set(public_classes())
    assert all(is_result(cls) or issubclass(cls, Exception) for cls in held - of_the_model)


def test_portfolios_are_quick_on_a_fresh_checkout(tmp_path: Path) -> None:
    """Hypothesis finds the strategy neither slow nor large, though it keeps nothing from an earlier run."""
    command = [sys.executable, "-W", "error", "-c", FRESH]
    env = {name: value for name, value in os.environ.items() if name not in ("CI", "HYPOTHESIS_STORAGE_DIRECTORY")}
    path = os.pathsep.join([str(Path(levier.__file__).parents[1]), env.get("PYTHONPATH", "")])
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=tmp_path, env=env | {"PYTHONPATH": path}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout) >= 50


@given(st.lists(st.from_type(Observation), max_size=3), st.from_type(Lever), st.from_type(Organisation))
def test_nothing_comes_before_itself(rows: list[Observation], lever: Lever, body: Organisation) -> None:
    """Resolving loose things makes no circle, keeps what it can and adds what must be there."""
    circular = evolve(lever, parent_id=lever.id), evolve(body, parent_id=body.id, predecessor_ids=[body.id])
    portfolio = resolved([*rows, *circular])
    assert portfolio.levers[lever.id].parent_id is None
    assert portfolio.organisations[body.id].predecessor_ids == ()
    assert {row.indicator_id for row in portfolio.observations} <= set(portfolio.indicators)
    assert bool(portfolio.observations) == bool(rows)


def test_what_must_be_there_is_added() -> None:
    """A session without a campus is given one, under an identifier that nothing else bears."""
    portfolio = resolved([build(CampusSession), build(CommunityHub, id="campus")])
    assert portfolio.instruments["campus-session"] == build(CampusSession, campus_id="campus-2")
    assert type(portfolio.instruments["campus-2"]) is Campus


def not_drawn(cls: type[Any], wanted: Mapping[str, Callable[[Any], object]]) -> set[str]:
    """Return what of all that is wanted no draw of one search has."""
    missing = set(wanted)

    def is_last(value: Any) -> bool:
        missing.difference_update([name for name in missing if wanted[name](value)])
        return not missing

    with suppress(NoSuchExample):
        find(st.from_type(cls), is_last, settings=SEARCH)
    return missing


@pytest.mark.untraced
def test_portfolios_hold_every_noun() -> None:
    """No kind of thing is out of the reach of the strategy for portfolios."""

    def holds(cls: type[Any]) -> Callable[[Portfolio], bool]:
        return lambda plan: any(type(item) is cls for item in plan)

    assert not_drawn(Portfolio, {cls.__name__: holds(cls) for cls in NOUNS}) == set()


@pytest.mark.untraced
@pytest.mark.parametrize(
    ("cls", "wanted"),
    [
        (Project, {phase: lambda project, phase=phase: project.phase is phase for phase in Phase}),
        (Quantity, {each: lambda quantity, each=each: quantity.exactness is each for each in Exactness}),
        (Observation, {state: lambda row, state=state: row.state is state for state in ObservationState}),
        (Organisation, {"numbers": lambda body: body.siren and body.establishments}),
        (Sourced, {"disputed": lambda value: value.is_disputed}),
        (Fund, {kind: lambda fund, kind=kind: any(one.kind is kind for one in fund.entries) for kind in EntryKind}),
        (Portfolio, {"empty": lambda plan: not tuple(plan), "observed": lambda plan: plan.observations}),
    ],
)
def test_strategies_reach_the_corners(cls: type[Any], wanted: Mapping[str, Callable[[Any], object]]) -> None:
    """Every phase, every exactness, every reason for a missing value is drawn sooner or later."""
    assert not_drawn(cls, wanted) == set()


@given(st.from_type(Fund))
def test_funds_keep_their_own_rules(fund: Fund) -> None:
    """No fund that is drawn commits more than it awarded or pays more than it committed."""
    for award in fund.awards:
        assert fund.outstanding(award.id) >= Euros(0)
        assert fund.committed(award.id) <= (award.amount or Euros(0))


@given(strategies.of(Registry[Lever]), strategies.of(Sourced[int]), strategies.quantities(least=0, most=1))
def test_parameters_are_kept(levers: Registry[Lever], count: Sourced[int], share: Quantity) -> None:
    """A strategy for a parametrised class holds what the parameter says; bounds of quantities are kept."""
    assert all(type(lever) is Lever for lever in levers.values())
    assert type(count.value) is int
    assert all(bound is None or 0 <= bound <= 1 for bound in (share.lower, share.upper))


@given(strategies.of(bool))
def test_other_types_are_left_to_hypothesis(value: object) -> None:
    """A type that is not ours is drawn as Hypothesis draws it."""
    assert type(value) is bool
