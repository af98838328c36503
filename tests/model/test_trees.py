"""Things in the order of their tree."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from levier import Lever
from levier.model.trees import branch_of, circles, reached, tree_of, upward


def walked(levers: list[Lever]) -> list[tuple[Lever, int]]:
    """Return the levers of a tree in its order, each with its depth."""
    return [(branch.item, branch.depth) for root in tree_of(levers) for branch in root.walk()]


def test_children_follow_their_parent() -> None:
    """Each thing comes right after the one it stands below, in the order given among its like, with its depth."""
    levers = [
        Lever(id="a", label="A"),
        Lever(id="b", label="B"),
        Lever(id="a1", label="A1", parent_id="a"),
        Lever(id="a2", label="A2", parent_id="a"),
        Lever(id="a1x", label="A1X", parent_id="a1"),
    ]
    assert [(lever.id, depth) for lever, depth in walked(levers)] == [
        ("a", 0),
        ("a1", 1),
        ("a1x", 2),
        ("a2", 1),
        ("b", 0),
    ]


def test_nothing_is_lost_in_a_circle() -> None:
    """Two things that stand below each other are shown all the same."""
    levers = [Lever(id="a", label="A", parent_id="b"), Lever(id="b", label="B", parent_id="a")]
    assert [(lever.id, depth) for lever, depth in walked(levers)] == [
        ("a", 0),
        ("b", 0),
    ]


def test_what_hangs_below_a_circle_is_in_its_place() -> None:
    """Only the members of a circle stand beside each other; what is below one of them, outside it, stays below it."""
    parents = {"a": "b", "b": "a", "c": "a", "d": "c", "r": None, "s": "s", "t": "s"}
    levers = [Lever(id=name, label=name, parent_id=parent) for name, parent in parents.items()]
    expected = [("r", 0), ("a", 0), ("c", 1), ("d", 2), ("b", 0), ("s", 0), ("t", 1)]
    assert [(lever.id, depth) for lever, depth in walked(levers)] == expected


@given(st.dictionaries(st.integers(0, 9), st.none() | st.integers(0, 12), max_size=10))
def test_everything_stands_in_the_tree_once(parents: dict[int, int | None]) -> None:
    """Whoever stands below whom, nothing is lost, nothing comes twice, and a child is one deeper than its parent."""
    levers = [Lever(id=f"{n}", label="x", parent_id=None if p is None else f"{p}") for n, p in parents.items()]
    found = {lever.id: depth for lever, depth in walked(levers)}
    assert len(walked(levers)) == len(found) == len(levers)
    for root in tree_of(levers):
        for branch in root.walk():
            assert all(child.item.parent_id == branch.item.id for child in branch.below)
            assert all(child.depth == branch.depth + 1 for child in branch.below)


@given(st.dictionaries(st.integers(0, 9), st.none() | st.integers(0, 12), max_size=10))
def test_up_is_the_way_back_from_down(parents: dict[int, int | None]) -> None:
    """What is above a thing is what has it below, in any forest and any circle, and both walks pass each thing once."""
    levers = {f"{n}": Lever(id=f"{n}", label="x", parent_id=None if p is None else f"{p}") for n, p in parents.items()}
    for name, lever in levers.items():
        above = [one.id for one in upward(levers, name)]
        assert above[0] == name
        assert len(set(above)) == len(above)
        assert set(above) == {other for other in levers if name in [one.id for one in branch_of(levers, other)]}
        assert [one.id for one in reached([lever], lambda one: upward(levers, one.parent_id))] == above


@given(st.dictionaries(st.integers(0, 9), st.none() | st.integers(0, 12), max_size=10))
def test_a_circle_leads_back_to_each_of_its_members(parents: dict[int, int | None]) -> None:
    """A thing is in a circle if, and only if, one goes up from it and comes back."""
    links = {f"{n}": (f"{p}",) if p in parents else () for n, p in parents.items()}
    inside = {member for circle in circles(links) for member in circle}
    for name in links:
        here, steps = name, 0
        while links[here] and steps <= len(links):
            (here,), steps = links[here], steps + 1
            if here == name:
                break
        assert (name in inside) == (steps > 0 and here == name)
