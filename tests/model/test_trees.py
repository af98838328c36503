"""Things in the order of their tree."""

from __future__ import annotations

from levier import Lever
from levier.model.trees import tree_of


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
