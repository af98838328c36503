"""
Registries: immutable mappings from identifiers to things.

The theory of the pages. A dictionary that is copied for each change costs as much as it is large, so that building a
portfolio of n things one by one would take n² steps. A registry therefore keeps its things sorted by identifier and cut
into pages of about 256, and holds the first identifier of each page. Three properties follow:

- A lookup bisects the first identifiers and reads one dictionary.
- A change copies the pages that it touches and shares the others with the registry that it came from.
- Two registries that grew from one are compared by skipping the pages that they share, by identity (`changes`), so
  that a difference costs as much as what differs.

The invariants: pages are never changed, no page is empty unless the registry is, and pages and their things are in
the order of the identifiers. A page may grow to twice its usual length before it is cut again, so that additions
in one place do not cut a page each time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, ValuesView
from difflib import get_close_matches
from itertools import chain, pairwise
from types import MappingProxyType
from typing import Any, Protocol, Self, TypeAlias, TypeVar, cast, overload

from levier.errors import DuplicateItemsError, InvalidValueError, UnknownItemError
from levier.errors.final import final
from levier.model._fields import as_tuple
from levier.model._immutable import Immutable
from levier.model.trees import Branch, tree_of

__all__ = ["Identified", "Registry", "unknown_item"]


class Identified(Protocol):
    """An object with an identifier."""

    @property
    def id(self) -> Any:
        """
        The identifier, a text, unique within its registry.

        Typed as `Any`, because pyright accepts a field that has a converter for no other type of a protocol's property.
        """
        ...


T = TypeVar("T", bound=Identified)
D = TypeVar("D")

R = TypeVar("R", bound="Registry[Any]")
_Page: TypeAlias = Mapping[str, T]
_EMPTY: Mapping[str, Any] = MappingProxyType({})
_PAGE = 256
_FEW = 8
_LISTED = 3
"""How many identifiers are listed where none is like the one that was looked up."""


@final
class Registry(Immutable, Mapping[str, T]):
    """
    An immutable mapping from identifiers to the things that have them, sorted by identifier.

    Two registries are equal if they hold equal things.

    Raises:
        DuplicateItemsError: If two things share an identifier.
        UnknownItemError: On lookup of an identifier that the registry does not hold; suggests the nearest ones.

    >>> from levier import Lever
    >>> levers = Registry([Lever(id="digital", label="Digital"), Lever(id="consult", label="Consult citizens")])
    >>> list(levers), levers["digital"].label
    (['consult', 'digital'], 'Digital')
    >>> levers["digitl"]
    Traceback (most recent call last):
        ...
    levier.errors.UnknownItemError: 'digitl' is not in the registry of Lever; did you mean 'digital'?
    """

    __slots__ = ("_hash", "_pages", "_starts")

    _INSTEAD = "use with_ or without"

    _pages: tuple[_Page[T], ...]
    """The things by identifier; at least one page, and no empty page unless the registry is empty."""
    _starts: tuple[str, ...]
    """The first identifier of each page except the first: bisecting it gives the page of an identifier."""
    _hash: int | None

    def __new__(cls, items: Iterable[T] = ()) -> Self:
        """Create a registry of *items*, given in any order."""
        given = as_tuple(items)
        try:
            held = {item.id: item for item in given}
        except (AttributeError, TypeError):
            raise InvalidValueError("Registry", given, "things that have an id") from None
        if not set(map(type, held)) <= {str}:
            raise InvalidValueError("Registry", given, "things whose id is a text")
        if len(held) < len(given):
            raise DuplicateItemsError(_name(given), _twice(given))
        return _bound(object.__new__(cls), _cut(held))

    def with_(self, *items: T) -> Self:
        """Return this registry with *items* added; an item replaces the one with the same identifier."""
        added: dict[int, dict[str, T]] = defaultdict(dict)
        for item in Registry(items).values():
            added[bisect_right(self._starts, item.id)][item.id] = item
        return self._with_pages({place: {**self._pages[place], **page} for place, page in added.items()})

    def without(self, *identifiers: str) -> Self:
        """
        Return this registry without the things that have these identifiers.

        Raises:
            UnknownItemError: If the registry does not hold one of them.
        """
        gone: dict[int, set[str]] = defaultdict(set)
        for item in map(self.__getitem__, identifiers):
            gone[bisect_right(self._starts, item.id)].add(item.id)
        left = {
            place: {identifier: item for identifier, item in self._pages[place].items() if identifier not in names}
            for place, names in gone.items()
        }
        return self._with_pages(left)

    def changes(self, later: Registry[T]) -> Iterator[tuple[T | None, T | None]]:
        """
        Yield the differences between this registry and a *later* one, as pairs of before and after; `None` if absent.

        >>> from levier import Method
        >>> old = Registry([Method(id="design", label="Design"), Method(id="nudge", label="Nudge")])
        >>> new = old.without("nudge").with_(Method(id="listening", label="Listening"))
        >>> [(before and before.id, after and after.id) for before, after in old.changes(new)]
        [(None, 'listening'), ('nudge', None)]
        """
        mine, theirs = _unshared(self._pages, later._pages), _unshared(later._pages, self._pages)
        for identifier in sorted(mine | theirs):
            before, after = mine.get(identifier), theirs.get(identifier)
            if before is not after and before != after:
                yield before, after

    def tree(self) -> tuple[Branch[Any], ...]:
        """
        Return the things as the branches of a tree, by their *parent_id*; see `tree_of`.

        Raises:
            InvalidValueError: If the things have no *parent_id*, such as methods.

        >>> from levier import Lever
        >>> invest = Lever(id="invest", label="Invest to transform")
        >>> print(*Registry([invest, Lever(id="digital", label="Digital", parent_id="invest")]).tree())
        Invest to transform
          Digital
        """
        try:
            return tree_of(cast("Registry[Any]", self).values())
        except AttributeError:
            raise InvalidValueError("Registry.tree", self, "things that have a parent_id, such as levers") from None

    def _with_pages(self, changed: Mapping[int, _Page[T]]) -> Self:
        """Return this registry with some pages replaced; the new ones are sorted and cut."""
        pages = list(self._pages)
        for place in sorted(changed, reverse=True):
            pages[place : place + 1] = _cut(changed[place])
        return _bound(object.__new__(type(self)), tuple(pages))

    def __getitem__(self, identifier: str) -> T:
        try:
            return self._pages[bisect_right(self._starts, identifier)][identifier]
        except (KeyError, TypeError):
            raise self._unknown(identifier) from None

    def _unknown(self, identifier: object) -> UnknownItemError:
        """Return the error for an identifier that is not here; in a large registry, like ones are of nearby pages."""
        name = _name(tuple(self.values()))
        if len(self._pages) <= _FEW:
            return unknown_item(name, identifier, tuple(self))
        place = bisect_right(self._starts, str(identifier))
        nearby = chain.from_iterable(self._pages[max(place - 1, 0) : place + 2])
        return UnknownItemError(name, identifier, tuple(get_close_matches(str(identifier), nearby, n=3)))

    @overload
    def get(self, identifier: str, default: None = None, /) -> T | None: ...

    @overload
    def get(self, identifier: str, default: T, /) -> T: ...

    @overload
    def get(self, identifier: str, default: D, /) -> T | D: ...

    def get(self, identifier: str, default: T | D | None = None, /) -> T | D | None:
        """Return the thing with this identifier, or *default*."""
        try:
            return self._pages[bisect_right(self._starts, identifier)].get(identifier, default)
        except TypeError:  # an unhashable or unordered key is not an identifier
            return default

    def values(self) -> ValuesView[T]:
        """Return a view of the things, sorted by identifier."""
        return _Values(self)

    def __contains__(self, identifier: object) -> bool:
        return isinstance(identifier, str) and identifier in self._pages[bisect_right(self._starts, identifier)]

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self._pages)

    def __len__(self) -> int:
        return sum(map(len, self._pages))

    def __eq__(self, other: object) -> bool:
        return _held(self) == _held(other) if isinstance(other, Registry) else NotImplemented

    def __hash__(self) -> int:
        if self._hash is None:
            object.__setattr__(self, "_hash", hash(_held(self)))
        return self._hash or 0

    def __repr__(self) -> str:
        return f"<Registry: {len(self)} {_kind(self.values())}>" if self else "<Registry: empty>"

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return Registry, (_held(self),)


class _Values(ValuesView[T]):
    """Iterates over the pages; the view of the standard library would look up each identifier."""

    _mapping: Registry[T]

    def __iter__(self) -> Iterator[T]:
        return iter(_held(self._mapping))


def _held(registry: Registry[T]) -> tuple[T, ...]:
    return tuple(chain.from_iterable(page.values() for page in registry._pages))  # noqa: SLF001  # its own module


def _bound(registry: R, pages: tuple[_Page[Any], ...]) -> R:
    object.__setattr__(registry, "_pages", pages or (_EMPTY,))
    object.__setattr__(registry, "_starts", tuple(next(iter(page)) for page in pages[1:]))
    object.__setattr__(registry, "_hash", None)
    return registry


def _cut(held: _Page[T]) -> tuple[_Page[T], ...]:
    """Return things as sorted pages; a page of up to twice the usual length is not cut."""
    identifiers = list(held)
    if any(left > right for left, right in pairwise(identifiers)):
        identifiers.sort()
    length = _PAGE if len(identifiers) > 2 * _PAGE else 2 * _PAGE
    parts = (identifiers[start : start + length] for start in range(0, len(identifiers), length))
    return tuple(MappingProxyType({identifier: held[identifier] for identifier in part}) for part in parts)


def _unshared(pages: tuple[_Page[T], ...], others: tuple[_Page[T], ...]) -> dict[str, T]:
    """Return the things of the pages that are not the same objects as any of *others*."""
    shared = set(map(id, others))
    found: dict[str, T] = {}
    for page in pages:
        if id(page) not in shared:
            found.update(page)
    return found


def unknown_item(where: str, wanted: object, known: Collection[str]) -> UnknownItemError:
    """
    Return the error for an identifier that is not there, with the known ones that are most like it, or all if few.

    Among very many none is looked for, because it would take longer than all else.
    """
    nearest = get_close_matches(str(wanted), known, n=3) if len(known) <= _FEW * _PAGE else []
    only = f", only {', '.join(map(repr, known))}" if not nearest and 0 < len(known) <= _LISTED else ""
    return UnknownItemError(where + only, wanted, tuple(nearest))


def _name(items: tuple[Identified, ...]) -> str:
    return f"the registry of {_kind(items)}" if items else "the registry, which is empty"


def _kind(items: Iterable[Any]) -> str:
    """Return the name of the class of things, or "things" if there are several classes."""
    kinds = {type(item).__name__ for item in items}
    return kinds.pop() if len(kinds) == 1 else "things"


def _twice(items: tuple[Identified, ...]) -> tuple[str, ...]:
    return tuple(sorted(identifier for identifier, times in Counter(item.id for item in items).items() if times > 1))
