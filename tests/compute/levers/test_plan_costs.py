"""The money of programmes and reforms: that of all that belongs to them, each owner once."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier import (
    Award,
    Euros,
    Fund,
    Lever,
    LeverActivation,
    MissingReason,
    Portfolio,
    Programme,
    Project,
    Reform,
    Source,
    Sourced,
    plans,
)
from levier.errors import UnknownItemError
from levier.model.belonging import above, owner_path

NUMBERS = range(4)
LEVER, NOTE = Lever(id="digital", label="Digital"), Source(id="note", title="Note")


def activate(cost: int | None) -> list[LeverActivation]:
    """Return an activation of one lever at a stated cost; none for `None`."""
    if cost is None:
        return []
    return [LeverActivation(lever_id="digital", cost=Sourced(value=Euros(cost), source_id="note"))]


def activating(thing: Any, cost: int | None) -> Any:
    """Return a thing that activates a lever at a stated cost; the thing itself for `None`."""
    return thing.with_activations(*activate(cost))


parents = st.lists(st.none() | st.sampled_from(NUMBERS), min_size=4, max_size=4)
memberships = st.lists(st.sets(st.sampled_from(NUMBERS)), min_size=4, max_size=4)
carriers = st.lists(st.none() | st.sampled_from(NUMBERS), min_size=4, max_size=4)
awards = st.lists(st.none() | st.sampled_from([(), (10,), (10, 5), (10, None)]), min_size=4, max_size=4)
stated = st.lists(st.none() | st.integers(0, 30), min_size=12, max_size=12)
trees = st.tuples(parents, memberships, carriers, awards, stated)


def drawn_plan(drawn: Any) -> Portfolio:
    """Return programmes, reforms and projects as drawn, with the awards and the stated costs of some of them."""
    over, named, carried, money, costs = drawn
    things: list[Any] = [LEVER, NOTE]
    granted: list[Award] = []
    for n in NUMBERS:
        up, of = over[n], carried[n]
        things += [
            activating(
                Programme(id=f"t{n}", label="T", kind="workstream", parent_id=None if up is None else f"t{up}"),
                costs[n],
            ),
            activating(
                Reform(id=f"r{n}", label="R", programme_ids=[f"t{one}" for one in sorted(named[n])]), costs[n + 4]
            ),
            activating(Project(id=f"p{n}", label="P", reform_id=None if of is None else f"r{of}"), costs[n + 8]),
        ]
        granted += [
            Award(id=f"a{n}-{place}", label="A", project_id=f"p{n}", amount=amount)
            for place, amount in enumerate(money[n] or ())
        ]
    return Portfolio.of(*things, Fund(id="f", label="F", awards=granted))


def own_money(plan: Portfolio, thing: Any) -> Euros | None:
    """Return the money of one thing alone: its awards if all are known, its stated costs, whichever is more."""
    named = [award.amount for award in plan.funds["f"].awards if owner_path(thing) == f"projects/{award.project_id}"]
    granted = None if not named or None in named else Euros.total(named)
    costs = [one.cost.value for one in thing.activations]
    if costs:
        return Euros.total(costs)
    return granted


@given(trees)
def test_the_money_of_a_programme_is_that_of_its_subtree(drawn: Any) -> None:
    """Each thing that belongs to it counts once, by what is known of itself; the rest is listed, and no 0."""
    plan = drawn_plan(drawn)
    everything = [*plan.programmes.values(), *plan.reforms.values(), *plan.projects.values()]
    for subject in (*plan.programmes.values(), *plan.reforms.values()):
        cost = plans.cost_of(plan, subject)
        theirs = [one for one in everything if one == subject or subject in above(plan, one)]
        known = {owner_path(one): own_money(plan, one) for one in theirs}
        amounts = [amount for amount in known.values() if amount is not None]
        assert cost.value == (Euros.total(amounts) if amounts else None)
        assert (cost.reason is MissingReason.NO_COST) is (not amounts)
        expected = [path for path in known if path.startswith("projects/") or known[path] is not None]
        assert sorted((*cost.coverage.reported, *cost.coverage.missing)) == sorted(expected)
        assert set(cost.coverage.reported) == {path for path, amount in known.items() if amount is not None}
        counted = set(cost.coverage.reported)
        over = {owner_path(one): {owner_path(up) for up in above(plan, one)} - {owner_path(one)} for one in theirs}
        assert set(cost.nested) == {path for path in counted if over[path] & counted}


@given(trees, st.sampled_from(NUMBERS), st.sets(st.sampled_from(NUMBERS)))
def test_a_new_axis_costs_nothing(drawn: Any, number: int, moved: set[int]) -> None:
    """Moving reforms of a programme to a new sub-programme of it changes nobody's money."""
    plan, name = drawn_plan(drawn), f"t{number}"
    theirs = [plan.reforms[f"r{one}"] for one in moved if name in plan.reforms[f"r{one}"].programme_ids]
    after = plan.with_(Programme(id="axis", label="Axe", kind="workstream", parent_id=name)).with_(
        *(evolve(one, programme_ids=["axis" if up == name else up for up in one.programme_ids]) for one in theirs)
    )
    for each in plan.programmes.values():
        old, new = (plans.cost_of(held, each) for held in (plan, after))
        assert (old.value, set(old.nested)) == (new.value, set(new.nested))
        assert (set(old.coverage.reported), set(old.coverage.missing)) == (
            set(new.coverage.reported),
            set(new.coverage.missing),
        )


def test_money_explains_itself() -> None:
    """A sentence says what is known, of whom it is not, whose money may overlap, and what is covered."""
    plan = Portfolio.of(
        LEVER,
        NOTE,
        Programme(id="plan", label="Plan", kind="ministerial-plan"),
        Programme(id="axis", label="Axe 1", label_en="Axis 1", kind="workstream", parent_id="plan"),
        activating(Reform(id="r", label="R", programme_ids=["axis", "plan"]), 50),
        Project(id="p", label="Guichet", label_en="Desk", reform_id="r"),
        Project(id="q", label="Q", reform_id="r"),
        Fund(id="f", label="F", awards=[Award(id="a", label="A", project_id="p", amount=20)]),
    )
    cost = plans.cost_of(plan, plan.programmes["plan"])
    programmes = tuple(programme.id for programme in cost.covers.programmes)
    assert (cost.value, cost.nested, programmes) == (Euros(70), ("projects/p",), ("plan", "axis"))
    assert cost.explain("en") == (
        "Plan: €70; known costs: 2 of 3 (missing Q); "
        "the amount for Desk may be part of that for a reform or programme also counted; "
        "sub-programmes included: Axis 1, reforms: 1, projects: 2"
    )
    assert cost.explain("fr") == (
        "Plan\u00a0: 70\u00a0€\u00a0; coûts connus\u00a0: 2 sur 3 (manque Q)\u00a0; "
        "le montant de Guichet peut être déjà compris dans celui d’une réforme "
        "ou d’un programme également compté\u00a0; "
        "sous-programmes compris\u00a0: Axe 1, réformes\u00a0: 1, projets\u00a0: 2"
    )
    alone = plans.cost_of(plan, plan.projects["q"])
    assert (alone.value, alone.reason) == (None, MissingReason.NO_COST)
    assert alone.explain("en") == "Q: no known cost: 0 of 1 (missing Q); reforms: 0, projects: 1"
    with pytest.raises(UnknownItemError):
        plans.cost_of(plan, Reform(id="x", label="X"))
