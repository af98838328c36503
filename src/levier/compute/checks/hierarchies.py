"""
Rules on hierarchies: nothing may stand below itself, nor succeed itself.

A parent that is not there is no finding: `Portfolio` refuses every dangling reference on construction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import fields

from levier.compute._wording import said
from levier.compute.checks.rules import Found, worded
from levier.compute.findings import Severity
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.registry import Registry
from levier.model.terms import Lang

__all__ = ["circles", "circular_hierarchy", "circular_succession"]

_QUOTES: dict[Lang, str] = {"fr": "« {} »", "en": "'{}'"}


@worded(
    "circular-hierarchy",
    Severity.WARNING,
    fr="Rattachement circulaire : {circle}.",
    en="Circular hierarchy: {circle}.",
    mend_fr="Rattacher l’un d’eux ailleurs, ou à rien.",
    mend_en="Put one of them below something else, or below nothing.",
)
def circular_hierarchy(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """
    Find the things that stand below each other in a circle, in every registry whose things have a parent.

    Each arrow leads to what stands above. A parent that is not there is refused by `Portfolio` on construction.

    >>> from levier import Lever
    >>> plan = Portfolio.of(Lever(id="a", label="A", parent_id="b"), Lever(id="b", label="B", parent_id="a"))
    >>> [finding.en for finding in circular_hierarchy(plan, Day(2019, 6, 14))]
    ["Circular hierarchy: 'A' → 'B' → 'A'."]
    """
    for attribute in fields(Portfolio):
        held = getattr(portfolio, attribute.name)
        if isinstance(held, Registry):
            parents = {item.id: getattr(item, "parent_id", None) for item in held.values()}
            links = {identifier: () if parent is None else (parent,) for identifier, parent in parents.items()}
            yield from _named(attribute.name, held, links)


@worded(
    "circular-succession",
    Severity.WARNING,
    fr="Succession circulaire : {circle}.",
    en="Circular succession: {circle}.",
    mend_fr="Retirer le prédécesseur qui n’en est pas un.",
    mend_en="Remove the predecessor that is none.",
)
def circular_succession(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find the organisations that succeed each other in a circle; each arrow leads to a predecessor."""
    bodies = portfolio.organisations
    return _named("organisations", bodies, {body.id: body.predecessor_ids for body in bodies.values()})


def circles(links: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """
    Yield the circles in which *links* run, each once, beginning with its first member; without them, none is left.

    Where two circles share a member, the second may show only once the first is mended.

    >>> list(circles({"a": ["b"], "b": ["c"], "c": ["b"], "d": ["d"]}))
    [('b', 'c'), ('d',)]
    """
    done: set[str] = set()
    for start in links:
        trail: dict[str, Iterator[str]] = {} if start in done else {start: iter(links[start])}
        while trail:
            onward = trail[next(reversed(trail))]
            step = next(onward, None)
            if step is None:
                done.add(trail.popitem()[0])
            elif step in trail:
                yield _from_the_first(list(trail)[list(trail).index(step) :])
            elif step not in done:
                trail[step] = iter(links[step])


def _from_the_first(members: list[str]) -> tuple[str, ...]:
    place = members.index(min(members))
    return (*members[place:], *members[:place])


def _named(name: str, held: Registry[Any], links: Mapping[str, Iterable[str]]) -> Iterator[Found]:
    for members in circles(links):
        around = [held[member] for member in (*members, members[0])]
        yield f"{name}/{members[0]}", {"circle": _joined(around)}


def _joined(around: list[Any]) -> Mapping[Lang, str]:
    fr, en = (" → ".join(quotes.format(said(thing, lang)) for thing in around) for lang, quotes in _QUOTES.items())
    return {"fr": fr, "en": en}
