"""What belongs to what, at any depth: each thing once, however many ways lead to it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Consultation, Lever, Organisation, Portfolio, Programme, Project, Reform
from levier.errors import InvalidValueError, UnknownItemError
from levier.model.belonging import Owner, Subtree, above, directly_above, owner_path
from levier.model.trees import branch_of, branches_of, tree_of

places = st.integers(0, 5)
parents = st.lists(st.none() | places, min_size=6, max_size=6)
memberships = st.lists(st.lists(places, max_size=3, unique=True), min_size=6, max_size=6)
carriers = st.lists(st.none() | places, max_size=6)


def drawn_plan(over: list[int | None], named: list[list[int]], carried: list[int | None]) -> Portfolio:
    """Return six programmes below each other as drawn, in circles too, six reforms in some of them, and projects."""
    programmes = (
        Programme(id=f"p{n}", label="P", kind="workstream", parent_id=None if up is None else f"p{up}")
        for n, up in enumerate(over)
    )
    reforms = (Reform(id=f"r{n}", label="R", programme_ids=[f"p{one}" for one in some]) for n, some in enumerate(named))
    projects = (
        Project(id=f"j{n}", label="J", reform_id=None if up is None else f"r{up}") for n, up in enumerate(carried)
    )
    return Portfolio.of(*programmes, *reforms, *projects)


plans = st.builds(drawn_plan, parents, memberships, carriers)


def owners(plan: Portfolio) -> list[Owner]:
    """Return the programmes, reforms and projects of a plan."""
    return [*plan.programmes.values(), *plan.reforms.values(), *plan.projects.values()]


def links(plan: Portfolio) -> set[tuple[str, str]]:
    """Return who belongs to whom at any distance."""
    return joined(
        {(owner_path(thing), owner_path(one)) for thing in owners(plan) for one in directly_above(plan, thing)}
    )


def joined(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return links with all that follow from them: where one ends another begins."""
    while more := {(low, top) for low, middle in pairs for other, top in pairs if other == middle} - pairs:
        pairs |= more
    return pairs


@given(plans)
def test_above_and_below_are_one_relation(plan: Portfolio) -> None:
    """What a thing belongs to has it in its subtree, and nothing else has; both hold each thing once."""
    pairs = links(plan)
    for thing in owners(plan):
        over = [owner_path(one) for one in above(plan, thing)]
        assert set(over) == {top for low, top in pairs if low == owner_path(thing)}
        assert len(set(over)) == len(over)
        under = [owner_path(one) for one in Subtree.of(plan, thing).things]
        assert set(under) == {owner_path(thing)} | {low for low, top in pairs if top == owner_path(thing)}
        assert len(set(under)) == len(under)


@given(plans)
def test_a_subtree_names_what_it_covers_in_order(plan: Portfolio) -> None:
    """The programme asked stands first; reforms and projects stand in the order of their identifiers."""
    for programme in plan.programmes.values():
        found = Subtree.of(plan, programme)
        assert found.programme_ids[0] == programme.id
        assert list(found.reform_ids) == sorted(found.reform_ids)
        assert list(found.project_ids) == sorted(found.project_ids)
        assert [one.id for one in found.things] == [*found.programme_ids, *found.reform_ids, *found.project_ids]


@given(parents)
def test_a_branch_counts_what_the_tree_shows(over: list[int | None]) -> None:
    """Counted as shown, in one order; only in a circle, which cannot be shown, each member counts all others."""
    levers = {
        f"l{n}": Lever(id=f"l{n}", label="L", parent_id=None if up is None else f"l{up}") for n, up in enumerate(over)
    }
    pairs = joined({(name, lever.parent_id) for name, lever in levers.items() if lever.parent_id is not None})
    shown = {
        branch.item.id: [one.item.id for one in branch.walk()]
        for root in tree_of(levers.values())
        for branch in root.walk()
    }
    counted = {name: [lever.id for lever in branch] for name, branch in branches_of(levers).items()}
    assert list(counted) == list(shown)
    for name, branch in counted.items():
        assert branch == [lever.id for lever in branch_of(levers, name)]
        assert (branch[0], len(set(branch))) == (name, len(branch))
        assert set(branch) == {name} | {low for low, top in pairs if top == name}
        if (name, name) not in pairs:
            assert branch == shown[name]


def test_a_project_belongs_through_its_reform() -> None:
    """A project's programmes are those of its reform, the nearest first; nothing stands above an instrument."""
    plan = Portfolio.of(
        Organisation(id="ditp", label="DITP", kind="ministry"),
        Programme(id="plan", label="Plan", kind="ministerial-plan"),
        Programme(id="axis", label="Axe", kind="workstream", parent_id="plan"),
        Reform(id="r", label="R", programme_ids=["axis", "plan"]),
        Project(id="j", label="J", reform_id="r"),
        debate := Consultation(id="debate", label="Debate", initiator_id="ditp"),
    )
    assert [owner_path(one) for one in above(plan, plan.projects["j"])] == [
        "reforms/r",
        "programmes/axis",
        "programmes/plan",
    ]
    assert above(plan, debate) == ()
    reform, project = Subtree.of(plan, plan.reforms["r"]), Subtree.of(plan, plan.projects["j"])
    assert (reform.programme_ids, reform.reform_ids, reform.project_ids) == ((), ("r",), ("j",))
    assert project.things == (plan.projects["j"],)


def test_what_is_not_there_has_no_subtree() -> None:
    """A thing of another portfolio is refused, and not taken for an empty tree."""
    strangers: list[Owner] = [
        Programme(id="x", label="X", kind="national"),
        Reform(id="x", label="X"),
        Project(id="x", label="X"),
    ]
    for stranger in strangers:
        with pytest.raises(UnknownItemError):
            Subtree.of(Portfolio(), stranger)
    with pytest.raises(UnknownItemError):
        branch_of(Portfolio().levers, "x")


@pytest.mark.parametrize("wrong", ["p", None, 3, Lever(id="p", label="P")], ids=repr)
def test_what_is_no_owner_is_refused(wrong: Any) -> None:
    """An identifier, or a thing of another class, is refused with what to write."""
    with pytest.raises(InvalidValueError, match="subject: expected a Programme, Reform or Project"):
        Subtree.of(Portfolio(), wrong)
