"""Results hold what they say and no more: how large they are written, against the portfolio that was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from levier import (
    Award,
    Campus,
    CarteBlanche,
    ChallengeCall,
    Euros,
    Fund,
    Indicator,
    Lever,
    LeverActivation,
    Observation,
    Portfolio,
    Project,
    Reform,
    Source,
    Sourced,
    Territory,
    catalogue,
    dumps,
    instruments,
    plans,
)
from levier.testing import samples

DAY = "2022-12-31"


def answers(plan: Portfolio) -> Iterator[tuple[str, Any]]:
    """Yield what is known of the levers, the owners of activations and the instruments of a portfolio."""
    yield "costs", plans.lever_costs(plan)
    yield "coverage", plans.lever_coverage(plan)
    yield from ((f"activate {activation.path}", activation) for activation in plans.activations_of(plan))
    yield from ((f"progress {one.lever.id}", one) for one in plans.lever_progress(plan, as_of=DAY))
    for lever in plan.levers:
        yield f"effects {lever}", plans.effects_of(plan, lever, as_of=DAY)
    for owner in (*plan.programmes.values(), *plan.reforms.values(), *plan.projects.values()):
        yield f"cost {owner.id}", plans.cost_of(plan, owner)
    yield "labs", instruments.labs(plan)
    yield "consultations", instruments.consultations(plan)
    yield "weeks", instruments.week_editions(plan)
    yield from _of_instruments(plan)


def _of_instruments(plan: Portfolio) -> Iterator[tuple[str, Any]]:
    for one in plan.instruments.values():
        match one:
            case Campus() if "75" in plan.territories:
                yield f"outside {one.id}", instruments.share_outside(plan, one.id)
            case CarteBlanche():
                yield f"story {one.id}", instruments.carte_blanche_summary(one, as_of=DAY)
            case ChallengeCall():
                yield f"stage_attrition {one.id}", instruments.stage_attrition(one)


def sizes(plan: Portfolio) -> dict[str, int]:
    """Return how many bytes each answer is written in."""
    return {name: len(dumps(answer)) for name, answer in answers(plan)}


def doubled() -> Portfolio:
    """Return a portfolio in which money is counted twice, and some of it may be a part of another's."""
    stated = LeverActivation(lever_id="a", cost=Sourced(value=Euros(60), source_id="note"), territory_ids=["FR"])
    return Portfolio.of(
        Lever(id="a", label="A"),
        Lever(id="b", label="B", parent_id="a"),
        Source(id="note", title="Note"),
        Territory(id="FR", label="France"),
        Reform(id="r", label="R", lever_ids=["a"], activations=[stated]),
        Project(id="p", label="P", reform_id="r", lever_ids=["a", "b"]),
        Project(id="q", label="Q", lever_ids=["b"]),
        Fund(id="f", label="F", awards=[Award(id="x", label="X", project_id="p", amount=100)]),
    )


PLANS = [catalogue.action_publique_2022, partial(samples.portfolio, projects=6), doubled]


@pytest.mark.parametrize("ask", PLANS, ids=["catalogue", "sample", "doubled"])
def test_answers_do_not_grow_with_the_rest_of_the_portfolio(ask: Callable[[], Portfolio]) -> None:
    """What has nothing to do with a question, such as documents and observations, makes no answer to it larger."""
    plan = ask()
    months = (f"2020-{month:02}" for month in range(1, 13))
    rows = [
        Observation(indicator_id="idle", territory_id="97608", period=when, kind="actual", value=1) for when in months
    ]
    before = sizes(plan)
    after = sizes(
        plan.with_(
            Source(id="report", title="Rapport" * 1000),
            Indicator(id="idle", label="Sans levier", unit="count"),
            Territory(id="97608", label="Mamoudzou"),  # a department would take part in sums of departments
            *rows,
            *(Project(id=f"idle-{number}", label=f"Projet {number}") for number in range(50)),
        )
    )
    assert {name: after[name] for name in before} == before


def test_answers_about_the_catalogue_are_small() -> None:
    """No answer holds the catalogue: what all levers cost, the longest, is a tenth of it at most."""
    plan = catalogue.action_publique_2022()
    whole = len(dumps(plan))
    assert {name: size for name, size in sizes(plan).items() if size > whole / 10} == {}
