"""An application's own keys are compared and merged as any other field is."""

from __future__ import annotations

from levier import Portfolio, Project
from levier.history import difference, merge
from levier.serialization import dumps, loads


def plan(label: str = "P", **extra: object) -> Portfolio:
    """Return a portfolio of one project with own keys."""
    return Portfolio.of(Project(id="p", label=label, extra={f"x-{key}": value for key, value in extra.items()}))


def test_a_change_of_them_is_a_change_of_the_thing() -> None:
    """Each change is found, told in both languages, and none is found where nothing changed."""
    found = difference(plan(jira="FC-1"), plan(jira="FC-2"))
    assert not difference(plan(jira="FC-1"), plan(jira="FC-1"))
    assert found
    assert "own keys" in found.explain("en")
    assert "données propres" in found.explain("fr")
    assert loads(dumps(plan(jira="FC-2"))) == plan(jira="FC-2")


def test_they_are_merged() -> None:
    """Equal own keys agree; other ones are a conflict, in which the first portfolio is kept."""
    one, other = plan(jira="FC-1"), plan(jira="FC-2")
    assert merge(one, one).portfolio == one
    assert not merge(one, one).conflicts
    assert merge(one, other).portfolio == one
    assert len(merge(one, other).conflicts) == 1
