"""
Closed classes: no subclass, copies that are the value itself, and pickles that say which release wrote them.

`final` is that of `typing` for type checkers. At run time it also refuses a subclass when its `class` statement runs,
and closes what attrs has made: it stands above `@frozen`.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import EnumType
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import frozen

from levier._fixed import FixedType
from levier._watching import made
from levier.errors.pickles import OtherReleaseError, reduced, refuse_state, with_release
from levier.errors.root import LevierError

if TYPE_CHECKING:
    from typing import final

__all__ = ["IS_TWIN", "ClosedType", "FinalClassError", "final"]

T = TypeVar("T")

IS_TWIN = "_IS_TWIN"
"""The name in the body of a class that may derive from a final one: it stands for it while documents are read."""


def _final(cls: type[T]) -> type[T]:
    """Close a class; see the module."""
    given: dict[str, Any] = {"__final__": True, "__init_subclass__": _REFUSAL}
    if "__attrs_attrs__" in cls.__dict__ and not issubclass(cls, BaseException):
        given |= {"__reduce__": reduced, "__setstate__": refuse_state, "__copy__": _same, "__deepcopy__": _same}
    elif "__reduce__" in cls.__dict__:
        given |= {"__reduce__": with_release(cls.__dict__["__reduce__"])}
    for name, value in given.items():
        type.__setattr__(cls, name, value)
    made(cls)
    return cls


def _same(value: T, memo: object = None) -> T:  # noqa: ARG001  # the memo of a deep copy
    return value


def _refuse_subclass(cls: type[Any], /, **_: Any) -> None:
    """Refuse a subclass of a final class, but for the twins of the serializer, which nobody sees."""
    if IS_TWIN not in cls.__dict__:
        base = next(each for each in cls.__mro__[1:] if "__final__" in each.__dict__)
        raise FinalClassError(base.__name__, cls.__name__)


_REFUSAL: Any = classmethod(_refuse_subclass)

if not TYPE_CHECKING:
    final: Callable[[type[T]], type[T]] = _final
    _final(OtherReleaseError)  # it stands below this module


class ClosedType(FixedType):
    """The class of vocabularies, whose terms are final."""

    @classmethod
    def __prepare__(metacls, cls: str, bases: tuple[type, ...], **kwds: Any) -> Any:  # type: ignore[override]  # noqa: N804
        """Refuse a vocabulary that would add terms to another one."""
        for base in bases:
            if isinstance(base, EnumType) and len(base):
                raise FinalClassError(base.__name__, cls)
        return super().__prepare__(cls, bases, **kwds)


@final
@frozen
class FinalClassError(LevierError, TypeError):
    """
    A class was derived from a final one; the message names the two ways that work.

    >>> from levier import Project
    >>> class OurProject(Project):
    ...     cost_centre: str
    Traceback (most recent call last):
        ...
    levier.errors.FinalClassError: Project is final, so OurProject cannot derive from it: make an attrs class of ...
    """

    base: str
    subclass: str

    def __str__(self) -> str:
        return (
            f"{self.base} is final, so {self.subclass} cannot derive from it: make an attrs class of your own "
            f"with a field of {self.base} (composition), or keep keys of your own in its `extra`, "
            "under names that begin with 'x-', where it has one"
        )
