"""The texts and values that a message can contain, and how each kind is written."""

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import Decimal
from functools import singledispatch
from typing import TypeAlias

from levier.model.money import Euros
from levier.model.periods import Day, Period
from levier.model.quantities import Quantity
from levier.model.terms import LangLike, Term, language
from levier.wording import formats
from levier.wording.catalogue import translated

__all__ = ["Said", "Value", "said"]


class Said(ABC):
    """A translatable text or value: a message, a listing, a name or a number."""

    __slots__ = ()

    @abstractmethod
    def say(self, lang: LangLike) -> str:
        """Return the text in *lang*, with or without a region (`fr`, `fr-FR`)."""

    def __str__(self) -> str:
        return self.say("en")


Value: TypeAlias = str | int | Decimal | Euros | Day | Period | Quantity | Said
"""A term is written as its label; any other text as it is, and a whole number with grouping."""


@singledispatch
def said(value: Value, lang: LangLike) -> str:  # noqa: ARG001  # every kind takes a language
    """
    Return a value as a sentence writes it.

    >>> said(Period("2019-06"), "fr"), said(45_123, "en"), said(True, "en")
    ('juin 2019', '45,123', 'yes')
    """
    raise TypeError(f"a {type(value).__name__} stands in no sentence: give its label, or a message")


@said.register
def _(value: Said, lang: LangLike) -> str:
    return value.say(lang)


@said.register
def _(value: str, lang: LangLike) -> str:  # noqa: ARG001  # as above
    return str(value)


@said.register
def _(value: Term, lang: LangLike) -> str:
    return value.label(lang)


@said.register
def _(value: bool, lang: LangLike) -> str:  # noqa: FBT001  # the value itself
    return translated("yes", language(lang)) if value else translated("no", language(lang))


said.register(int, formats.number)
said.register(Decimal, formats.number)
said.register(Euros, formats.euros)
said.register(Day, formats.day)
said.register(Period, formats.period)
said.register(Quantity, formats.quantity)
