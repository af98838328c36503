"""The rules on hierarchies, closer: circles of any length, in every registry that has parents."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Indicator, Lever, Objective, Organisation, Portfolio, Programme
from levier.compute.checks.sets import HIERARCHY_RULES
from levier.errors import DanglingReferenceError
from levier.model.trees import circles
from levier.rules import Finding, check


def levers(**parents: str) -> list[Lever]:
    """Return levers by the parent of each."""
    return [Lever(id=name, label=name.upper(), parent_id=parent or None) for name, parent in parents.items()]


def found_in(*items: Any) -> tuple[Finding, ...]:
    """Return what the rules on hierarchies find."""
    return check(Portfolio.of(*items), as_of="2019-06-14", rules=HIERARCHY_RULES)


@pytest.mark.parametrize(
    ("parents", "said"),
    [
        ({"a": "a"}, ["'A' → 'A'"]),
        ({"a": "b", "b": "a"}, ["'A' → 'B' → 'A'"]),
        ({"c": "a", "a": "b", "b": "c"}, ["'A' → 'B' → 'C' → 'A'"]),
        ({"a": "b", "b": "a", "c": "c"}, ["'A' → 'B' → 'A'", "'C' → 'C'"]),
        ({"a": "c", "b": "c", "c": "b", "d": "a"}, ["'B' → 'C' → 'B'"]),
        ({"a": "", "b": "a", "c": "a"}, []),
    ],
)
def test_each_circle_is_found_once(parents: dict[str, str], said: list[str]) -> None:
    """A circle of one, two, three, two circles, one that others hang on, and none: each once, with its members."""
    found = found_in(*levers(**parents))
    assert [str(finding) for finding in found] == [f"Circular hierarchy: {circle}." for circle in said]
    assert [finding.subject for finding in found] == [f"levers/{circle[1].lower()}" for circle in said]


def test_a_circle_is_said_in_french() -> None:
    """The French sentence has French quotation marks."""
    (found,) = found_in(*levers(a="a"))
    assert found.sentence("fr") == "Rattachement circulaire\u00a0: «\u00a0A\u00a0» → «\u00a0A\u00a0»."


def test_every_registry_with_parents_is_looked_at() -> None:
    """Bodies, objectives, indicators and programmes may stand in circles as levers do."""
    found = found_in(
        Indicator(id="a", label="A", unit="days", parent_id="a"),
        Objective(id="a", label="A", parent_id="a"),
        Organisation(id="a", label="A", kind="operator", parent_id="a"),
        Programme(id="a", label="A", kind="national", parent_id="a"),
    )
    assert [finding.subject for finding in found] == ["organisations/a", "objectives/a", "indicators/a", "programmes/a"]


def test_bodies_do_not_succeed_themselves() -> None:
    """A body among several predecessors of itself is found, by way of the one that leads back."""
    found = found_in(
        Organisation(id="a", label="A", kind="operator", predecessor_ids=["b", "c"]),
        Organisation(id="b", label="B", kind="operator"),
        Organisation(id="c", label="C", kind="operator", predecessor_ids=["a", "b"]),
    )
    assert [str(finding) for finding in found] == ["Circular succession: 'A' → 'C' → 'A'."]


def test_what_dangles_never_gets_here() -> None:
    """A parent that is not there is refused by the portfolio."""
    with pytest.raises(DanglingReferenceError):
        Portfolio.of(*levers(a="b"))


def test_a_deep_hierarchy_is_walked() -> None:
    """Ten thousand steps down, the circle at the bottom is found without recursion."""
    links = {str(step): [str(step + 1)] for step in range(10_000)} | {"10000": ["9999"]}
    assert list(circles(links)) == [("10000", "9999")]


NAMES = "abcdef"


@given(st.fixed_dictionaries({name: st.lists(st.sampled_from(NAMES), max_size=3, unique=True) for name in NAMES}))
def test_circles_are_circles(links: dict[str, list[str]]) -> None:
    """Every circle found follows the links and is found once; there is one exactly where no order exists."""
    found = list(circles(links))
    assert len(set(found)) == len(found)
    for circle in found:
        assert all(after in links[before] for before, after in pairwise((*circle, circle[0])))
    try:
        TopologicalSorter(links).prepare()
    except CycleError:
        assert found
    else:
        assert not found
