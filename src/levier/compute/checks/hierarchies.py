"""
Rules on hierarchies: nothing may stand below itself, nor succeed itself.

A parent that is not there is no finding: `Portfolio` refuses every dangling reference on construction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import fields

from levier.compute.checks.rules import Found, worded
from levier.compute.findings import Severity
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.registry import Registry
from levier.model.trees import circles
from levier.wording.messages import message
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = ["circular_hierarchy", "circular_succession"]


@worded("circular-hierarchy", Severity.WARNING, remedy=message("Attach one of them elsewhere, or detach it."))
def circular_hierarchy(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """
    Find the things that stand below each other in a circle, in every registry whose things have a parent.

    Each arrow leads to what stands above. A parent that is not there is refused by `Portfolio` on construction.

    >>> from levier import Lever
    >>> plan = Portfolio.of(Lever(id="a", label="A", parent_id="b"), Lever(id="b", label="B", parent_id="a"))
    >>> [str(finding) for finding in circular_hierarchy(plan, Day(2019, 6, 14))]
    ["Circular hierarchy: 'A' → 'B' → 'A'."]
    """
    for attribute in fields(Portfolio):
        held = getattr(portfolio, attribute.name)
        if isinstance(held, Registry):
            parents = {item.id: getattr(item, "parent_id", None) for item in held.values()}
            links = {identifier: () if parent is None else (parent,) for identifier, parent in parents.items()}
            for path, circle in _circles(attribute.name, held, links):
                yield path, message("Circular hierarchy: {circle}.", circle=circle)


@worded("circular-succession", Severity.WARNING, remedy=message("Remove the wrong predecessor."))
def circular_succession(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find the organisations that succeed each other in a circle; each arrow leads to a predecessor."""
    bodies = portfolio.organisations
    links = {body.id: body.predecessor_ids for body in bodies.values()}
    for path, circle in _circles("organisations", bodies, links):
        yield path, message("Circular succession: {circle}.", circle=circle)


def _circles(name: str, held: Registry[Any], links: Mapping[Any, Iterable[str]]) -> Iterator[tuple[str, Said]]:
    """Yield where each circle begins, and all that stand in it, the first of them again at its end."""
    for members in circles(links):
        first, other, *more = (Name.of(held[member]) for member in (*members, members[0]))
        around = message("'{before}' → '{after}'", before=first, after=other)
        for following in more:
            around = message("{before} → '{after}'", before=around, after=following)
        yield f"{name}/{members[0]}", around
