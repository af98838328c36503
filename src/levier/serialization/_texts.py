"""
Texts that were read before: what most fields of one value are read from (see `_read_alone`).

A text of a document is checked, and converted, by the validators of the model and nothing else; whether it is a text
is asked then too. Texts that were found right are kept: when one is read again, Python finds it in a set or a
dictionary in a fifth of the time that a call takes. Both are emptied when they are full; what is wrong is not kept.
Only validators that depend on the value alone are asked here (`BY_VALUE`), and those that the conversion of a text
covers are not asked (`BY_TYPE`, `BY_TEXT`); the others are run for each object.

Threads share what is kept, without a lock: a text that another thread has just removed is checked again, and no
function relies on a text to stay after it was looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, NewType

from attrs import Attribute, fields

from levier._once import once
from levier.model._fields import BY_TYPE, BY_VALUE, OF_ITEMS, Validator
from levier.model._shapes import may_be_none, options_of
from levier.model.money import Euros
from levier.model.periods import Period
from levier.model.quantities import Quantity
from levier.model.terms import Term
from levier.serialization._bulk import EXACT, left_checks
from levier.serialization._problems import WrongTypeError
from levier.serialization._scalars import decode_scalar

__all__ = ["Known", "Values", "asked_once", "is_text", "texts_of", "texts_of_items"]

_KEPT, _LONGEST = 4_096, 200
"""The number of texts of one sort that are kept, and the length of the longest: in French, they take a megabyte."""


class Known(set[Any]):
    """Texts that are themselves the value of a field: those that were found right, to be looked for with `in`."""

    def __init__(self, checks: Iterable[Validator], nothing: tuple[None, ...]) -> None:
        super().__init__()
        self._checks = tuple(checks)
        self._nothing = nothing

    def learn(self, *texts: Any) -> None:
        """
        Add texts, or `None` if a field may hold it.

        Raises:
            Exception: If one of them is wrong.
        """
        for text in texts:
            if type(text) is not str and text not in self._nothing:
                raise WrongTypeError(text, "text")
            for check in self._checks:
                check(None, _SOME_FIELD, text)
            if text is None or len(text) <= _LONGEST:
                if len(self) >= _KEPT:
                    self.clear()
                self.add(text)


class Values(dict[Any, Any]):
    """The values of texts that stand for something else, to be asked for with brackets; `None` stands for itself."""

    def __init__(self, kind: Any, checks: Iterable[Validator], nothing: tuple[None, ...]) -> None:
        super().__init__()
        self._convert = _converter(kind)
        self._checks = tuple(checks)
        self._nothing = nothing

    def __missing__(self, text: Any) -> Any:
        if type(text) is not str and text not in self._nothing:
            raise WrongTypeError(text, "text")
        value = None if text is None else self._convert(text)
        for check in self._checks:
            check(None, _SOME_FIELD, value)
        if text is None or len(text) <= _LONGEST:
            if len(self) >= _KEPT:
                self.clear()
            self[text] = value
        return value


_SOME_FIELD: Attribute[Any] = fields(Quantity).unit
"""A validator that asks for nothing but the value needs a field for its message only, which nobody sees."""


def is_text(kind: Any) -> bool:
    """
    Return whether values of a type are written as texts that are kept.

    Days are not: each object gets a day of its own, because a `pendulum.Date` is not fully immutable.
    """
    return _plain(kind) in (str, Period, Euros, Decimal) or (isinstance(kind, type) and issubclass(kind, Term))


def texts_of(attribute: Attribute[Any], hint: Any) -> Known | Values:
    """Return the texts of a field."""
    (kind,), nothing = options_of(hint), (None,) if may_be_none(hint) else ()
    return _texts(_plain(kind), asked_once(attribute), nothing)


def texts_of_items(attribute: Attribute[Any], kind: Any) -> Known | Values:
    """Return the texts of the items of a field; its validator is covered if it is in `OF_ITEMS`."""
    whole: Any = attribute.validator
    check = OF_ITEMS.get(whole)
    return _texts(_plain(kind), () if check is None or check in BY_TYPE else (check,), ())


def asked_once(attribute: Attribute[Any]) -> tuple[Validator, ...]:
    """Return the validators of a field that are run once for each text."""
    return tuple(check for check in left_checks(attribute) if check in BY_VALUE)


@once
def _texts(kind: Any, checks: tuple[Validator, ...], nothing: tuple[None, ...]) -> Known | Values:
    """Return the texts of one sort: fields with the same type and the same validators share them."""
    return Known(checks, nothing) if kind is str else Values(kind, checks, nothing)


def _plain(kind: Any) -> Any:
    return str if isinstance(kind, NewType) else kind


def _converter(kind: Any) -> Callable[[str], Any]:
    if kind in (Period, Euros, Decimal):
        return lambda text: decode_scalar(EXACT if kind is Decimal else kind, text)
    return lambda text: kind._value2member_map_[text]  # the private table of terms: a call would take a term too
