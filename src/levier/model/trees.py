"""
Trees: things that stand below each other, such as levers, bodies or territories, and every walk up or down them.

Parents may go round in a circle, which is a finding and no error; every walk ends there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, Protocol, TypeVar, final

__all__ = ["Branch", "Nested", "branch_of", "branches_of", "circles", "reached", "tree_of", "upward"]


class Nested(Protocol):
    """A thing that may stand below another."""

    @property
    def id(self) -> str:
        """Its identifier."""
        ...

    @property
    def label(self) -> str:
        """Its name, in French."""
        ...

    @property
    def parent_id(self) -> str | None:
        """The identifier of the thing it stands below."""
        ...


T = TypeVar("T", bound=Nested)
V = TypeVar("V")


@final
class Branch(NamedTuple, Generic[T]):
    """
    A thing of a tree, how deep it stands, and the branches below it.

    >>> from levier import Lever
    >>> levers = [Lever(id="digital", label="Digital", parent_id="invest"), Lever(id="invest", label="Invest")]
    >>> (invest,) = tree_of(levers)
    >>> print(invest)
    Invest
      Digital
    """

    item: T
    depth: int
    below: tuple[Branch[T], ...] = ()

    def walk(self) -> Iterator[Branch[T]]:
        """Yield this branch and all below it, each before those below it."""
        waiting = [self]
        while waiting:
            branch = waiting.pop()
            yield branch
            waiting.extend(reversed(branch.below))

    def __str__(self) -> str:
        return "\n".join("  " * (branch.depth - self.depth) + branch.item.label for branch in self.walk())


def tree_of(items: Iterable[T]) -> tuple[Branch[T], ...]:
    """
    Return the branches of things that name no parent among them, each with all that stands below it.

    Things that stand below each other in a circle have no root; they come last, beside each other, each with what
    hangs below it outside the circle.

    >>> from levier import Lever
    >>> (circle,) = tree_of([Lever(id="a", label="A", parent_id="a")])
    >>> circle.depth, circle.below
    (0, ())
    """
    given = {item.id: item for item in items}
    links = {item.id: (item.parent_id,) if item.parent_id in given else () for item in given.values()}
    circular = {identifier for circle in circles(links) for identifier in circle}
    children: dict[str | None, list[T]] = defaultdict(list)
    for item in sorted(given.values(), key=lambda item: item.id in circular):
        is_root = item.id in circular or item.parent_id not in given
        children[None if is_root else item.parent_id].append(item)
    built: dict[str, Branch[T]] = {}
    for item, depth in reversed(list(_from_the_roots(children))):  # what stands below is built first
        built[item.id] = Branch(item, depth, tuple(built[child.id] for child in children[item.id]))
    return tuple(built[root.id] for root in children[None])


def branch_of(held: Mapping[str, T], identifier: str) -> tuple[T, ...]:
    """
    Return a thing with all that stands below it, at any depth: itself first, each thing once.

    This is what counts, where `tree_of` is what is shown: in a circle each member has all others below it.

    Raises:
        UnknownItemError: If a registry is asked for what it does not hold.

    >>> from levier import Lever, Registry
    >>> parents = {"a": None, "b": "a", "c": "b", "x": "y", "y": "x"}
    >>> levers = Registry(Lever(id=name, label=name, parent_id=parent) for name, parent in parents.items())
    >>> ["".join(lever.id for lever in branch_of(levers, name)) for name in parents]
    ['abc', 'bc', 'c', 'xy', 'yx']
    """
    return _reached(held[identifier], _children(held.values()))


def branches_of(held: Mapping[str, T]) -> dict[str, tuple[T, ...]]:
    """
    Return the branch of each thing by its identifier, as `branch_of` has it, in the order of the tree.

    >>> branches_of({})
    {}
    """
    children = _children(held.values())
    shown = (branch.item for root in tree_of(held.values()) for branch in root.walk())
    return {item.id: _reached(item, children) for item in shown}


def _children(items: Iterable[T]) -> Mapping[str | None, list[T]]:
    found: dict[str | None, list[T]] = defaultdict(list)
    for item in items:
        found[item.parent_id].append(item)
    return found


def _reached(start: T, children: Mapping[str | None, list[T]]) -> tuple[T, ...]:
    found: dict[str, T] = {}
    waiting = [start]
    while waiting:
        item = waiting.pop()
        if item.id not in found:
            found[item.id] = item
            waiting.extend(reversed(children.get(item.id, ())))
    return tuple(found.values())


def _from_the_roots(children: dict[str | None, list[T]]) -> Iterator[tuple[T, int]]:
    waiting = [(root, 0) for root in children[None]]
    while waiting:
        item, depth = waiting.pop()
        yield item, depth
        waiting.extend((child, depth + 1) for child in children[item.id])


def upward(held: Mapping[str, T], identifier: str | None) -> Iterator[T]:
    """
    Yield a thing and those that it stands below, the nearest first, as far as they are held; a circle ends it.

    >>> from levier import Lever
    >>> levers = {"b": Lever(id="b", label="B", parent_id="a"), "a": Lever(id="a", label="A", parent_id="b")}
    >>> [lever.id for lever in upward(levers, "b")], list(upward(levers, "c")), list(upward(levers, None))
    (['b', 'a'], [], [])
    """
    seen: set[str] = set()
    while identifier is not None and identifier in held and identifier not in seen:
        seen.add(identifier)
        yield held[identifier]
        identifier = held[identifier].parent_id


def reached(starts: Iterable[V], onward: Callable[[V], Iterable[V]]) -> Iterator[V]:
    """
    Yield things and all that *onward* leads to from them, the nearest first, each once; circles end it.

    >>> from levier import Method
    >>> a, b = (Method(id=name, label=name) for name in "ab")
    >>> [method.id for method in reached([a], lambda method: [b, a])]
    ['a', 'b']
    """
    waiting = {id(thing): thing for thing in starts}
    seen = dict(waiting)  # holds what was seen, so that no other thing gets its identity
    while waiting:
        yield from waiting.values()
        found = {id(thing): thing for here in waiting.values() for thing in onward(here)}
        waiting = {key: thing for key, thing in found.items() if key not in seen}
        seen |= waiting


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
