"""
Trees of things with a *parent_id*, such as levers, organisations or territories, and the functions that walk them.

Parents may form a cycle, which is a finding of `check` and not an error, so every walk stops at a thing it has seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, Protocol, TypeVar

from levier.errors.final import final

__all__ = ["Branch", "Nested", "branch_of", "branches_of", "circles", "reached", "tree_of", "upward"]


class Nested(Protocol):
    """An object that may have a parent."""

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
        """The identifier of its parent; `None` for a root."""
        ...


T = TypeVar("T", bound=Nested)
V = TypeVar("V")


@final
class Branch(NamedTuple, Generic[T]):
    """
    A node of a tree: a thing, its depth (0 for a root), and the branches below it.

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
        """Yield this branch and all branches below it, parents before children."""
        waiting = [self]
        while waiting:
            branch = waiting.pop()
            yield branch
            waiting.extend(reversed(branch.below))

    def __str__(self) -> str:
        return "\n".join("  " * (branch.depth - self.depth) + branch.item.label for branch in self.walk())


def tree_of(items: Iterable[T]) -> tuple[Branch[T], ...]:
    """
    Return the trees of *items*, one branch for each thing without a parent among them.

    The things of a cycle have no root. They come last, as siblings, each with the things below it outside the cycle.

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
    for item, depth in reversed(list(_from_the_roots(children))):  # children are built before their parent
        built[item.id] = Branch(item, depth, tuple(built[child.id] for child in children[item.id]))
    return tuple(built[root.id] for root in children[None])


def branch_of(held: Mapping[str, T], identifier: str) -> tuple[T, ...]:
    """
    Return a thing and all its descendants, itself first, each once.

    Computations use this function and displays use `tree_of`: here, every member of a cycle is below all others.

    Raises:
        UnknownItemError: If *held* is a registry that does not hold *identifier*.

    >>> from levier import Lever, Registry
    >>> parents = {"a": None, "b": "a", "c": "b", "x": "y", "y": "x"}
    >>> levers = Registry(Lever(id=name, label=name, parent_id=parent) for name, parent in parents.items())
    >>> ["".join(lever.id for lever in branch_of(levers, name)) for name in parents]
    ['abc', 'bc', 'c', 'xy', 'yx']
    """
    return _reached(held[identifier], _children(held.values()))


def branches_of(held: Mapping[str, T]) -> dict[str, tuple[T, ...]]:
    """
    Return the result of `branch_of` for each thing, by its identifier, in the order of the tree.

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
    Yield a thing and its ancestors, nearest first, as far as *held* has them; stop at a cycle.

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
    Yield *starts* and everything that *onward* reaches from them, breadth first, each once.

    >>> from levier import Method
    >>> a, b = (Method(id=name, label=name) for name in "ab")
    >>> [method.id for method in reached([a], lambda method: [b, a])]
    ['a', 'b']
    """
    waiting = {id(thing): thing for thing in starts}
    seen = dict(waiting)  # keeps the things alive: an id may be reused once its object is freed
    while waiting:
        yield from waiting.values()
        found = {id(thing): thing for here in waiting.values() for thing in onward(here)}
        waiting = {key: thing for key, thing in found.items() if key not in seen}
        seen |= waiting


def circles(links: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """
    Yield the cycles of *links*, each once, from its first member on; removing them leaves no cycle.

    If two cycles share a member, the second may be found only after the first is fixed.

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
