"""Registries: immutable mappings of things that have an identifier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import pairwise
from typing import Any, NoReturn, Protocol, Self, TypeVar, final

from levier.errors import DuplicateItemsError, InvalidValueError, UnknownItemError
from levier.model._fields import as_tuple

__all__ = ["Identified", "Registry"]


class Identified(Protocol):
    """A thing with an identifier."""

    @property
    def id(self) -> str:
        """The identifier, unique within its registry."""
        ...


T = TypeVar("T", bound=Identified)


@final
class Registry(Mapping[str, T]):
    """
    An immutable mapping from identifiers to the things that bear them, in the order of the identifiers.

    Two registries are equal when they hold equal things.

    Raises:
        DuplicateItemsError: If an identifier is given twice.
        UnknownItemError: On looking up what is not there; names the nearest.

    >>> from levier import Lever
    >>> levers = Registry([Lever(id="digital", label="Digital"), Lever(id="consult", label="Consult citizens")])
    >>> list(levers), levers["digital"].label
    (['consult', 'digital'], 'Digital')
    >>> levers["digitl"]
    Traceback (most recent call last):
        ...
    levier.errors.UnknownItemError: 'digitl' is not in the registry of Lever; did you mean 'digital'?
    """

    __slots__ = ("_hash", "_items")

    _items: dict[str, T]
    _hash: int | None

    def __init__(self, items: Iterable[T] = ()) -> None:
        """Take the things in any order."""
        given = as_tuple(items)
        try:
            identifiers = [item.id for item in given]
        except (AttributeError, TypeError):
            raise InvalidValueError("Registry", given, "things that have an id") from None
        if any(left >= right for left, right in pairwise(identifiers)):
            _refuse_duplicates(identifiers, _name(given))
            given = tuple(sorted(given, key=lambda item: item.id))
        object.__setattr__(self, "_items", {item.id: item for item in given})
        object.__setattr__(self, "_hash", None)

    def with_(self, *items: T) -> Self:
        """Return this registry with *items* added, each in the place of the one that bears its identifier."""
        merged = dict(self.items())
        merged.update(Registry(items).items())
        return type(self)(merged.values())

    def without(self, *identifiers: str) -> Self:
        """
        Return this registry without the things of these identifiers.

        Raises:
            UnknownItemError: If one of them is not there.
        """
        gone = {self[identifier].id for identifier in identifiers}
        return type(self)(item for item in self.values() if item.id not in gone)

    def __getitem__(self, identifier: str) -> T:
        try:
            return self._items[identifier]
        except KeyError:
            nearest = tuple(get_close_matches(str(identifier), self._items, n=3))
            raise UnknownItemError(_name(tuple(self._items.values())), identifier, nearest) from None

    def get(self, identifier: str, default: Any = None) -> Any:
        """Return the thing of this identifier, or *default*."""
        return self._items.get(identifier, default)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        return self._items == other._items if isinstance(other, Registry) else NotImplemented

    def __hash__(self) -> int:
        if self._hash is None:
            object.__setattr__(self, "_hash", hash(tuple(self._items.values())))
        return self._hash or 0

    def __repr__(self) -> str:
        return f"Registry({list(self._items.values())!r})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"Registry is immutable: cannot set {name!r}; use with_ or without")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"Registry is immutable: cannot delete {name!r}")

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return Registry, (tuple(self._items.values()),)


def _name(items: tuple[Identified, ...]) -> str:
    return f"the registry of {type(items[0]).__name__}" if items else "the registry, which is empty"


def _refuse_duplicates(identifiers: list[str], named: str) -> None:
    twice = sorted(identifier for identifier, times in Counter(identifiers).items() if times > 1)
    if twice:
        raise DuplicateItemsError(named, tuple(twice))
