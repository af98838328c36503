"""Sentences as they were made before `levier.wording`, whose formats these functions call, until the last is gone."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from levier.compute.exact import EXACT
from levier.model.money import Euros
from levier.model.periods import Day, Period
from levier.model.quantities import DAYS, Quantity, Unit
from levier.model.terms import Lang, language
from levier.wording.formats import day, euros, number, percent, period, value
from levier.wording.formats import quantity as bounds_said
from levier.wording.said import said as said_of
from levier.wording.values import Name, Number

__all__ = ["bounds_said", "day", "euros", "number", "percent", "period", "value"]

T = TypeVar("T")

_PLURAL = 2


class Explained:
    """A result that explains itself: printed, it speaks English."""

    __slots__ = ()

    @abstractmethod
    def explain(self, lang: Lang) -> str:
        """Say the result, in *lang*."""

    def __str__(self) -> str:
        return self.explain("en")


def by_language(lang: Lang, fr: T, en: T) -> T:
    """
    Return what is said in *lang*.

    Raises:
        InvalidValueError: For any other language.

    >>> by_language("fr", "rien", "nothing")
    'rien'
    """
    return fr if language(lang) == "fr" else en


def share_said(share: Decimal, lang: Lang, decimals: int = 1) -> str:
    """
    Write a share, from 0 to 1, as a percentage.

    >>> share_said(Decimal("0.8605"), "en")
    '86.1%'
    """
    return percent(EXACT.scaleb(share, 2), lang, decimals)


def is_plural(shown: Decimal | int, lang: Lang) -> bool:
    """
    Say whether a number as it is shown takes the plural: in French from two on, in English all but a bare one.

    >>> is_plural(Decimal("1.9"), "fr"), is_plural(Decimal("1.0"), "en"), is_plural(0, "en")
    (False, True, True)
    """
    return not -_PLURAL < shown < _PLURAL if lang == "fr" else str(shown) not in {"1", "-1"}


def beside(amount: Decimal, limit: Decimal, unit: Unit | str, lang: Lang, decimals: int | None = None) -> str:
    """
    Write a value that was held against a limit: "more than" or "less than" it where the two would read alike.

    >>> beside(Decimal("50.004"), Decimal(50), "%", "en", 1), beside(Decimal(51), Decimal(50), "%", "en", 1)
    ('more than 50.0%', '51.0%')
    """
    return Number(amount, unit, decimals, limit).say(lang)


def colon(lang: Lang) -> str:
    """Return the colon of *lang*, with the spaces around it."""
    return by_language(lang, "\u00a0: ", ": ")


def listed(parts: Iterable[str], lang: Lang) -> str:
    """Put sentences side by side, with the semicolon of *lang*."""
    return by_language(lang, "\u00a0; ", "; ").join(parts)


def label_of(thing: Any, lang: Lang) -> str:
    """
    Return what a thing is called: in English where it has an English name.

    >>> from levier import Lever
    >>> label_of(Lever(id="digital", label="Numérique", label_en="Digital"), "en")
    'Digital'
    """
    return Name.of(thing).say(lang)


def days_said(days: int, lang: Lang) -> str:
    """
    Write a number of days: in French none and one are singular.

    >>> days_said(0, "en"), days_said(1, "en")
    ('0 days', '1 day')
    """
    return value(days, DAYS, lang)


def said(value: Any, lang: Lang) -> str:
    """
    Write what a sentence names: a text, a term, a number, an amount, a date, a quantity; of a thing, its label.

    >>> said(Period("2019-06"), "fr"), said(45_123, "en")
    ('juin 2019', '45,123')
    """
    if isinstance(value, Mapping):
        return str(value[lang])
    if isinstance(value, str | int | Decimal | Euros | Period | Day | Quantity):
        return said_of(value, lang)
    return label_of(value, lang)
