"""
Converters with exact types, for the parameters of constructors.

A type checker takes the type of a constructor's parameter from the converter of the field, and mypy does not support a
converter that a call returns. So a converter that depends on the class of the field is a class to the type checker, as
in `TupleOf[Milestone]`. At run time this subscript returns a function, whose annotations `inspect.signature` and
`typing.get_type_hints` read.
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
    """Return a copy of a converter with these types; a copied function, because a wrapper would add a call."""
    assert isinstance(convert, FunctionType)  # noqa: S101  # for type checkers
    copied = FunctionType(convert.__code__, convert.__globals__, convert.__name__, None, convert.__closure__)
    copied.__annotations__ = {convert.__code__.co_varnames[0]: takes, "return": gives}
    return copied


def as_ids(items: Iterable[str]) -> tuple[Id, ...]:  # pyright: ignore[reportInvalidTypeVarUse]
    """Convert any iterable of identifiers, except a text, to a tuple."""
    return as_tuple(items)


def as_id_or_none(value: str | None) -> Id | None:  # pyright: ignore[reportInvalidTypeVarUse]
    """Return an identifier or `None` unchanged; the validator refuses anything else."""
    return value  # type: ignore[return-value]  # a NewType is the identity at run time


def as_decimal_or_none(value: Decimal | int | str | None) -> Decimal | None:
    """Convert an exact number; keep `None`."""
    return None if value is None else as_decimal(value)


hold_types(as_ids, as_id_or_none, as_decimal_or_none)


class TupleOf(tuple[T, ...]):
    """Converts any iterable of one class, except a text, to a tuple; a set is sorted, because it has no order."""

    __slots__ = ()

    if TYPE_CHECKING:

        def __new__(cls, items: Iterable[T]) -> Self: ...

    else:

        def __class_getitem__(cls, kind: Any) -> Callable[[Any], Any]:
            return typed(as_tuple, Iterable[kind], tuple[kind, ...])


class TermsOf(tuple[K, ...]):
    """Converts any iterable of terms or of their texts to a tuple."""

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
    """Converts a term or its text; keeps `None`."""

    if TYPE_CHECKING:

        def __new__(cls, value: K | str | None) -> K | None: ...  # type: ignore[misc]  # for type checkers

    else:

        def __class_getitem__(cls, kind: type[Term]) -> Callable[[Any], Any]:
            def as_term_or_none(value: Any) -> Any:
                return None if value is None else kind(value)

            return typed(as_term_or_none, kind | str | None, kind | None)
