"""
Converters that say, for each field, what it takes.

A type checker reads the parameter of a constructor off the field's converter, and mypy knows no converter that a call
makes. So those that depend on a field's class are classes to the checker, as in `TupleOf[Milestone]`; at run time that
subscript is a function, whose annotations `inspect.signature` and `typing.get_type_hints` read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from types import FunctionType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from levier.model._fields import as_decimal, as_tuple, hold_types
from levier.model.terms import Term

T = TypeVar("T")
Id = TypeVar("Id", bound=str)
K = TypeVar("K", bound=Term)

__all__ = ["TermOrNone", "TermsOf", "TupleOf", "as_decimal_or_none", "as_id_or_none", "as_ids"]


def typed(convert: Callable[[Any], Any], takes: Any, gives: Any) -> Callable[[Any], Any]:
    """Return a converter with its types: the same code in another function, because a wrapper would cost a call."""
    assert isinstance(convert, FunctionType)  # noqa: S101  # for type checkers
    copied = FunctionType(convert.__code__, convert.__globals__, convert.__name__, None, convert.__closure__)
    copied.__annotations__ = {convert.__code__.co_varnames[0]: takes, "return": gives}
    return copied


def as_ids(items: Iterable[str]) -> tuple[Id, ...]:  # pyright: ignore[reportInvalidTypeVarUse]
    """Take any iterable of identifiers but a text."""
    return as_tuple(items)


def as_id_or_none(value: str | None) -> Id | None:  # pyright: ignore[reportInvalidTypeVarUse]
    """Take an identifier, or none; what is no text is refused by the validator behind."""
    return value  # type: ignore[return-value]  # a new type of text is no other thing at run time


def as_decimal_or_none(value: Decimal | int | str | None) -> Decimal | None:
    """Take an exact number, or none."""
    return None if value is None else as_decimal(value)


hold_types(as_ids, as_id_or_none, as_decimal_or_none)


class TupleOf(tuple[T, ...]):
    """Takes any iterable of things of one class but a text; a set, which has no order, is sorted."""

    __slots__ = ()

    if TYPE_CHECKING:

        def __new__(cls, items: Iterable[T]) -> Self: ...

    else:

        def __class_getitem__(cls, kind: Any) -> Callable[[Any], Any]:
            return typed(as_tuple, Iterable[kind], tuple[kind, ...])


class TermsOf(tuple[K, ...]):
    """Takes any iterable of terms, or of their texts."""

    __slots__ = ()

    if TYPE_CHECKING:

        def __new__(cls, items: Iterable[K | str]) -> Self: ...

    else:

        def __class_getitem__(cls, kind: type[Term]) -> Callable[[Any], Any]:
            def as_terms(items: Any) -> Any:
                given = as_tuple(items)
                return tuple(map(kind, given)) if type(given) is tuple else given

            return typed(as_terms, Iterable[kind | str], tuple[kind, ...])


class TermOrNone(Generic[K]):
    """Takes a term, its text, or none."""

    if TYPE_CHECKING:

        def __new__(cls, value: K | str | None) -> K | None: ...  # type: ignore[misc]  # no value of its own

    else:

        def __class_getitem__(cls, kind: type[Term]) -> Callable[[Any], Any]:
            def as_term_or_none(value: Any) -> Any:
                return None if value is None else kind(value)

            return typed(as_term_or_none, kind | str | None, kind | None)
