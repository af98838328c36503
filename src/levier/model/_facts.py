"""
What validators and classes ask, as facts that can be read.

A validator refuses; its facts say beforehand what it would refuse, to whoever describes the model.
Facts may say less than the validator asks, never more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar, final
from weakref import WeakKeyDictionary

from attrs import astuple, frozen, has

S = TypeVar("S")


@final
@frozen
class Matching:
    """
    A text, the whole of which matches a regular expression; for a class, the texts that its values are written as.

    *pattern* reads the same in Python and in ECMAScript, so it spells out its classes of characters and matches no
    surrogates.
    """

    pattern: str


@final
@frozen
class Filled:
    """A text of at least one character."""


@final
@frozen
class Shared:
    """What many fields ask alike: what that is called, what it says in words, and its facts."""

    name: str
    meaning: str
    facts: tuple[Fact, ...]


@final
@frozen
class Between:
    """A number, an amount, or a quantity with both its bounds, from *minimum* to *maximum*; `None` is no limit."""

    minimum: int
    maximum: int | None = None


@final
@frozen
class NonZero:
    """An amount other than zero."""


@final
@frozen
class OneOf:
    """One of these values."""

    values: tuple[int | str, ...]


@final
@frozen
class InUnit:
    """A quantity in one of these units."""

    units: tuple[str, ...]


@final
@frozen
class NoneTwice:
    """A sequence that holds no value twice."""


@final
@frozen
class DistinctBy:
    """A sequence of values no two of which share what *key* gives."""

    key: Callable[[Any], object]


@frozen
class Each:
    """A sequence of which every item keeps these facts."""

    facts: tuple[Fact, ...]


@final
@frozen
class Stating:
    """A sourced value that keeps these facts, as each of its alternatives does."""

    facts: tuple[Fact, ...]


@final
@frozen
class OfClass:
    """A value of one of these classes, which keeps the facts that stand beside its class."""

    facts: tuple[tuple[type[Any], tuple[Fact, ...]], ...]


@final
@frozen
class OpenSet:
    """A class of words of which some are known: what they mean, and which these are."""

    meaning: str
    known: tuple[str, ...]


Fact: TypeAlias = (
    Matching
    | Filled
    | Shared
    | Between
    | NonZero
    | OneOf
    | InUnit
    | NoneTwice
    | DistinctBy
    | Each
    | Stating
    | OfClass
    | OpenSet
)

_FACTS: WeakKeyDictionary[Any, tuple[Fact, ...]] = WeakKeyDictionary()
"""The facts of validators and classes; of those that are still there, because some validators are made at run time."""


def states(*facts: Fact) -> Callable[[S], S]:
    """Return what notes that a validator, or a class, asks for *facts*."""

    def note(subject: S) -> S:
        _FACTS[subject] = facts
        return subject

    return note


def facts_of(subject: Any) -> tuple[Fact, ...]:
    """Return the facts that a validator, all of a field's validators, or a class asks for."""
    if has(type(subject)):  # several validators, which attrs holds in one
        (checks,) = astuple(subject, recurse=False)
        return tuple(fact for check in checks for fact in facts_of(check))
    return _FACTS.get(subject, ()) if subject is not None else ()
