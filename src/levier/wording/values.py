"""Values in sentences: names of things, and numbers with their unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from attrs import frozen

from levier.errors.final import final
from levier.model.quantities import EUROS, Quantity, Unit
from levier.model.sources import Source
from levier.model.terms import Lang, LangLike, language
from levier.wording import formats
from levier.wording.catalogue import SOURCE_LANG, translated
from levier.wording.said import Said
from levier.wording.shown import MOST_DECIMALS, decimals_needed, reads_alike, shown

__all__ = ["LABEL_LANG", "HasLabels", "Name", "Number", "Rounded", "foreign"]

LABEL_LANG: Lang = "fr"
"""The language of a portfolio's labels and texts, except those that end in `_en`."""


class HasLabels(Protocol):
    """An object with a label in French and an optional `label_en` in English."""

    @property
    def label(self) -> str:
        """The label, in French."""


@final
@frozen
class Name(Said):
    """
    The name of a thing: its English name in English, if there is one; its identifier where it has no name.

    >>> Name("digital", "Numérique", "Digital").say("en"), Name("digital").say("en")
    ('Digital', 'digital')
    """

    id: str
    label: str = ""
    label_en: str = ""

    @classmethod
    def of(cls, thing: HasLabels | Source) -> Name:
        """
        Return the name of a thing; of a source, its title.

        >>> from levier import Lever
        >>> Name.of(Lever(id="digital", label="Numérique", label_en="Digital"))
        Name(id='digital', label='Numérique', label_en='Digital')
        """
        label = thing.title if isinstance(thing, Source) else thing.label
        return cls(str(getattr(thing, "id", "")), label, getattr(thing, "label_en", ""))

    def say(self, lang: LangLike) -> str:
        """Return the name in *lang*."""
        english = self.label_en if language(lang) == SOURCE_LANG else ""
        return english or self.label or self.id

    def lang(self, lang: LangLike) -> Lang:
        """Return the language of the name in *lang*: French where a thing has no English name."""
        return SOURCE_LANG if self.label_en and language(lang) == SOURCE_LANG else LABEL_LANG


def foreign(text_lang: Lang, lang: LangLike) -> str:
    """
    Return the language of a text inside another text in *lang*; empty where it is the same.

    >>> foreign("fr", "en"), foreign("fr", "fr-FR")
    ('fr', '')
    """
    return "" if language(lang) == text_lang else text_lang


@final
@frozen
class Number(Said):
    """
    A number with its unit and its number of decimals; where that is not stated, at most two.

    *against* is the limit it was compared with: where the two look the same, the number is "more than" or "less than"
    it.

    >>> Number(Decimal("86.25"), "%", 1).say("en"), Number(3, "days").say("en"), Number(1200).say("en")
    ('86.3%', '3 days', '1,200')
    >>> Number(Decimal("50.004"), "%", 1, against=Decimal(50)).say("en")
    'more than 50.0%'
    """

    amount: Decimal | int
    unit: Unit | str = ""
    decimals: int | None = None
    against: Decimal | None = None

    @classmethod
    def trimmed(
        cls, amount: Decimal | int, unit: Unit | str = "", decimals: int | None = None, against: Decimal | None = None
    ) -> Number:
        """
        Return a number with at most *decimals* decimals, without trailing zeros; euros have two or none.

        >>> print(Number.trimmed(Decimal("62.50"), "%", 2), Number.trimmed(Decimal("62.50"), "EUR", 1))
        62.5% €62.50
        >>> print(Number.trimmed(Decimal("79.999"), "%", 2, against=Decimal(80)))
        less than 80%
        """
        exact = Decimal(amount)
        is_alike = against is not None and reads_alike(exact, against, decimals)
        limit = against if is_alike else None
        needed = decimals_needed(exact if limit is None else limit, decimals)
        return cls(amount, unit, MOST_DECIMALS if needed and unit == EUROS else needed, limit)

    @property
    def shown(self) -> Decimal:
        """The number as it is printed, which the words beside it agree with."""
        return shown(Decimal(self.amount), self.decimals)

    def say(self, lang: LangLike) -> str:
        """Return the number in *lang*."""
        if self.against is None or not reads_alike(Decimal(self.amount), self.against, self.decimals):
            return formats.value(self.amount, self.unit, lang, self.decimals)
        limit, spoken = formats.value(self.against, self.unit, lang, self.decimals), language(lang)
        if self.amount > self.against:
            return translated("more than {limit}", spoken).format(limit=limit)
        return translated("less than {limit}", spoken).format(limit=limit)


@final
@frozen
class Rounded(Said):
    """
    A quantity with its precision, rounded: a quotient has too many decimals to read.

    >>> print(Rounded(Quantity.between(Decimal("12.5"), Decimal("20.8333333"), "%"), 1))
    12.5% to 20.8%
    """

    quantity: Quantity
    decimals: int

    def say(self, lang: LangLike) -> str:
        """Return the quantity in *lang*."""
        return formats.quantity(self.quantity, lang, self.decimals)
