"""The order of things that stand below each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

__all__ = ["Nested", "in_tree_order"]


class Nested(Protocol):
    """A thing that may stand below another."""

    @property
    def id(self) -> str:
        """Its identifier."""
        ...

    @property
    def parent_id(self) -> str | None:
        """The identifier of the thing it stands below."""
        ...


T = TypeVar("T", bound=Nested)


def in_tree_order(items: Iterable[T]) -> Iterator[tuple[T, int]]:
    """
    Yield each thing after the one it stands below, with its depth.

    Things that stand below each other in a circle have no root; they come last, without depth, rather than not at all.

    >>> from levier import Lever
    >>> levers = [Lever(id="digital", label="Digital", parent_id="invest"), Lever(id="invest", label="Invest")]
    >>> [(lever.id, depth) for lever, depth in in_tree_order(levers)]
    [('invest', 0), ('digital', 1)]
    """
    given = tuple(items)
    below: dict[str | None, list[T]] = defaultdict(list)
    for item in given:
        below[item.parent_id].append(item)
    seen: set[str] = set()
    waiting = [(item, 0) for item in reversed(below[None])]
    while waiting:
        item, depth = waiting.pop()
        seen.add(item.id)
        yield item, depth
        waiting += [(child, depth + 1) for child in reversed(below[item.id])]
    yield from ((item, 0) for item in given if item.id not in seen)
