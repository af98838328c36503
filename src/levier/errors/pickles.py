"""
Pickles: what another release wrote is completed or refused, with both releases named, and never half built.

A pickle holds the path of the class, the release, the names of the fields and their values. The same release with the
same fields sets them, as attrs does. Otherwise the constructor makes the value: what is missing gets its default, and
what no longer fits is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial, wraps
from importlib import import_module
from operator import attrgetter
from typing import Any, NamedTuple, NoReturn, final

from attrs import NOTHING, fields, frozen

from levier._once import once
from levier._version import __version__
from levier.errors.root import LevierError

__all__ = ["OtherReleaseError", "made", "reduced", "refuse_state", "remade", "restored", "with_release"]

RELEASE: str = __version__
"""The release that pickles name."""


@final
@frozen
class OtherReleaseError(LevierError, ValueError):
    """
    A pickle of another release holds a value that this release does not have; the message names both.

    Attributes:
        kind: The class of the value.
        written_by: The release that pickled it.
        read_by: The release that reads it.
        reason: The fields that are unknown or missing, or why the value is refused.
    """

    kind: str
    written_by: str
    read_by: str
    reason: str

    def __str__(self) -> str:
        return (
            f"{self.kind}: pickled by levier {self.written_by}, which levier {self.read_by} cannot read "
            f"({self.reason}); to exchange values between releases, write documents (levier.dumps)"
        )


class _Plan(NamedTuple):
    """How the values of a class are pickled: its path, the names of its fields, and what reads and sets them."""

    path: str
    names: tuple[str, ...]
    values: Callable[[Any], Any]
    setters: tuple[Callable[[Any, Any], None], ...]


@once
def _plan_of(cls: type[Any]) -> _Plan:
    names = tuple(each.name for each in fields(cls))
    values: Callable[[Any], Any] = attrgetter(*names) if len(names) > 1 else partial(_few, names)
    setters = tuple(getattr(cls, name).__set__ for name in names)
    return _Plan(f"{cls.__module__}:{cls.__qualname__}", names, values, setters)


def _few(names: tuple[str, ...], value: Any) -> tuple[Any, ...]:
    """Return the values of at most one field, which `attrgetter` would not put in a tuple."""
    return tuple(getattr(value, name) for name in names)


@cache  # not `once`, which would import while it holds a lock
def _class_at(path: str) -> type[Any]:
    module, _, name = path.partition(":")
    found: type[Any] = getattr(import_module(module), name)
    return found


def reduced(value: Any) -> tuple[Any, ...]:
    """Return how to rebuild a value of an attrs class: its `__reduce__`."""
    plan = _plan_of(type(value))
    return restored, (plan.path, RELEASE, plan.names, plan.values(value))


def restored(path: str, release: str, names: tuple[str, ...], values: tuple[Any, ...]) -> Any:
    """
    Return the value of an attrs class that a pickle holds.

    Raises:
        OtherReleaseError: If another release wrote it, and it cannot be a value of this one.
    """
    try:
        cls = _class_at(path)
    except (ImportError, AttributeError):
        raise OtherReleaseError(path.partition(":")[2], release, RELEASE, "there is no such class") from None
    plan = _plan_of(cls)
    if release != RELEASE or names != plan.names:
        return _completed(cls, release, dict(zip(names, values, strict=True)))
    value = object.__new__(cls)
    for set_field, held in zip(plan.setters, values, strict=True):
        set_field(value, held)
    return value


def _completed(cls: type[Any], release: str, held: dict[str, Any]) -> Any:
    """Return a value of a class whose fields were others in another release."""
    attributes = {each.name: each for each in fields(cls)}
    lacking = [name for name, each in attributes.items() if name not in held and each.default is NOTHING]
    if unknown := held.keys() - attributes:
        raise OtherReleaseError(cls.__name__, release, RELEASE, f"unknown: {', '.join(sorted(unknown))}")
    if lacking:
        raise OtherReleaseError(cls.__name__, release, RELEASE, f"missing: {', '.join(lacking)}")
    try:
        return cls(**{str(attributes[name].alias): value for name, value in held.items()})
    except (LevierError, TypeError) as error:
        raise OtherReleaseError(cls.__name__, release, RELEASE, str(error)) from error


def with_release(reduce: Callable[[Any], tuple[Any, ...]]) -> Callable[[Any], tuple[Any, ...]]:
    """Return the `__reduce__` of a class that is not attrs, or of an error, which names the release too."""

    @wraps(reduce)
    def reduced_with_release(value: Any) -> tuple[Any, ...]:
        return remade(type(value), *reduce(value))

    return reduced_with_release


def remade(kind: type[Any], make: Callable[..., Any], held: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return how to make a value of a class again from what its constructor takes."""
    return made, (kind.__name__, RELEASE, make, held)


def made(kind: str, release: str, make: Callable[..., Any], held: tuple[Any, ...]) -> Any:
    """
    Return the value that a constructor makes of what a pickle holds.

    Raises:
        OtherReleaseError: If another release wrote it, and this one refuses it.
    """
    try:
        return make(*held)
    except (LevierError, TypeError) as error:
        if release == RELEASE:
            raise
        raise OtherReleaseError(kind, release, RELEASE, str(error)) from error


def refuse_state(value: Any, state: object) -> NoReturn:  # noqa: ARG001  # what an attrs class without release wrote
    """
    Refuse the pickle of a release before pickles named theirs.

    Raises:
        OtherReleaseError: Always.
    """
    raise OtherReleaseError(
        type(value).__name__, "of an unknown release", RELEASE, "it does not say which release wrote it"
    )
