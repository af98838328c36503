"""
The conditions that validators and classes check, as data.

A validator only refuses; its facts describe beforehand what it would refuse, for the JSON Schema and the strategies.
Facts may state less than the validator checks, never more: a schema built of them refuses no valid document.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

from attrs import astuple, frozen, has

from levier.errors.final import final

S = TypeVar("S")


@final
@frozen
class Matching:
    """
    A text that fully matches a regular expression; for a class, the texts of its values.

    *pattern* means the same in Python and in ECMAScript: it spells out character classes and matches no surrogates.
    """

    pattern: str


@final
@frozen
class Filled:
    """A text of at least one character."""


@final
@frozen
class Shared:
    """Facts that many fields share, under one name and with one description."""

    name: str
    meaning: str
    facts: tuple[Fact, ...]


@final
@frozen
class Between:
    """A number, an amount, or both bounds of a quantity, from *minimum* to *maximum*; `None` means no limit."""

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
    """A sequence of unique values."""


@final
@frozen
class DistinctBy:
    """A sequence of values with unique results of *key*."""

    key: Callable[[Any], object]


@frozen
class Each:
    """A sequence in which these facts hold for every item."""

    facts: tuple[Fact, ...]


@final
@frozen
class Stating:
    """A sourced value: these facts hold for the value and each of its alternatives."""

    facts: tuple[Fact, ...]


@final
@frozen
class OfClass:
    """A value of one of these classes, with the facts that hold for each class."""

    facts: tuple[tuple[type[Any], tuple[Fact, ...]], ...]


@final
@frozen
class OpenSet:
    """An open class of texts, some of which are known, with their meaning."""

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
"""The facts of validators and classes, held weakly, because some validators are created at run time."""


def states(*facts: Fact) -> Callable[[S], S]:
    """Return a decorator that records the facts of a validator or a class."""

    def note(subject: S) -> S:
        _FACTS[subject] = facts
        return subject

    return note


def facts_of(subject: Any) -> tuple[Fact, ...]:
    """Return the facts of a validator, of a combination of validators, or of a class."""
    if has(type(subject)):  # attrs combines several validators into one object
        (checks,) = astuple(subject, recurse=False)
        return tuple(fact for check in checks for fact in facts_of(check))
    return _FACTS.get(subject, ()) if subject is not None else ()
