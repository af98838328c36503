"""References are read off the types of fields: each identifier type leads to one registry."""

from __future__ import annotations

from typing import Any, NewType

from attrs import fields
from hypothesis import given

from levier.model import identifiers
from levier.model.portfolio import NOUNS, Portfolio
from levier.model.references import REGISTRY_OF, find_references, referenced
from levier.testing.strategies import of


def test_every_identifier_leads_somewhere() -> None:
    """Every type of identifier leads to a registry of the portfolio, but those that a fund resolves itself."""
    kinds = {getattr(identifiers, name) for name in identifiers.__all__}
    types = {kind for kind in kinds if isinstance(kind, NewType)}
    assert types - set(REGISTRY_OF) == {identifiers.AwardId, identifiers.CallId}
    assert set(REGISTRY_OF.values()) == set(NOUNS.values())
    assert set(NOUNS.values()) | {"observations"} == {field.name for field in fields(Portfolio)}


def value_at(thing: Any, path: tuple[str | int, ...]) -> Any:
    """Return what stands at a path in a thing."""
    for step in path:
        thing = thing[step] if isinstance(step, int) else getattr(thing, step)
    return thing


@given(of(Portfolio))
def test_both_readings_agree(portfolio: Portfolio) -> None:
    """Reading references in bulk and one by one with their paths finds the same, and each path leads to its target."""
    one_by_one: dict[str, set[str]] = {}
    for thing in portfolio:
        for path, target, registry in find_references(thing):
            assert value_at(thing, path) == target
            one_by_one.setdefault(registry, set()).add(target)
    in_bulk = {registry: targets for registry, targets in referenced(portfolio).items() if targets}
    assert in_bulk == one_by_one


def test_a_plain_value_refers_to_nothing() -> None:
    """What is no thing of ours holds no reference, whatever it looks like."""
    assert list(find_references("dinum")) == []
    assert not referenced(["dinum", 3])
