"""Trees: things that stand below each other, such as levers, bodies or territories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, Protocol, TypeVar, final

__all__ = ["Branch", "Nested", "tree_of"]


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
