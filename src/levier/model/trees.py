"""Trees: things that stand below each other, such as levers, bodies or territories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, Protocol, TypeVar, final

__all__ = ["Branch", "Nested", "branch_of", "branches_of", "tree_of"]


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
    circular = _in_circles(given)
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


def _in_circles(given: Mapping[str, Nested]) -> set[str]:
    """Return the identifiers of the things that stand, by way of others or not, below themselves."""
    found, seen = set[str](), set[str]()
    for start in given:
        path: dict[str, None] = {}
        current: str | None = start
        while current is not None and current in given and current not in seen and current not in path:
            path[current] = None
            current = given[current].parent_id
        if current in path:
            found.update(list(path)[list(path).index(current) :])
        seen.update(path)
    return found


def _from_the_roots(children: dict[str | None, list[T]]) -> Iterator[tuple[T, int]]:
    waiting = [(root, 0) for root in children[None]]
    while waiting:
        item, depth = waiting.pop()
        yield item, depth
        waiting.extend((child, depth + 1) for child in children[item.id])
