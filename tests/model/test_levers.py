"""Levers: a tree, and what each is meant to move."""

from __future__ import annotations

import pytest

from levier.errors import InvalidValueError
from levier.model.levers import IntendedEffect, Lever

EFFECT = IntendedEffect(indicator_id="waiting-time", direction="decrease")


def test_children_stand_directly_below() -> None:
    """The children of a lever are those that name it as their parent, and no grandchild."""
    tree = [Lever(id=key, label=key, parent_id=above) for key, above in (("a", None), ("b", "a"), ("c", "b"))]
    assert [[child.id for child in lever.children(tree)] for lever in tree] == [["b"], ["c"], []]


def test_effects_are_added_beside_the_others() -> None:
    """A lever may be meant to move more; to move one indicator two ways is refused."""
    lever = Lever(id="digital", label="Digital").with_effects(EFFECT)
    other = IntendedEffect(indicator_id="cost", direction="decrease")
    assert lever.with_effects(other).effects == (EFFECT, other)
    with pytest.raises(InvalidValueError, match="each indicator once"):
        lever.with_effects(IntendedEffect(indicator_id="waiting-time", direction="increase"))
