"""Base classes of immutable values that attrs does not create, and of values that are too large to copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn, Self

__all__ = ["Immutable", "Shared", "summed"]


class Shared:
    """A value whose copy is the value itself, because it cannot change."""

    __slots__ = ()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


class Immutable(Shared):
    """A value of a class written by hand, whose attributes cannot be set or deleted."""

    __slots__ = ()

    _INSTEAD: ClassVar = "make another"
    """What to do instead of setting an attribute; shown in the error."""

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable: cannot set {name!r}; {self._INSTEAD}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable: cannot delete {name!r}")


def summed(name: str, counts: Mapping[str, int]) -> str:
    """
    Return the one-line `repr` of a container, with its counts.

    >>> summed("Portfolio", {"levers": 1, "budget_programmes": 2, "territories": 1, "funds": 0})
    '<Portfolio: 1 lever, 2 budget programmes, 1 territory>'
    """
    held = ", ".join(f"{count} {_noun(named, count)}" for named, count in counts.items() if count)
    return f"<{name}: {held or 'empty'}>"


def _noun(plural: str, count: int) -> str:
    words = plural.replace("_", " ")
    if count > 1:
        return words
    return f"{words.removesuffix('ies')}y" if words.endswith("ies") else words.removesuffix("s")
