"""Words that agree with a number, and what things of a portfolio are called in a sentence."""

from __future__ import annotations

from decimal import Decimal

from levier.compute._wording import is_plural, label_of
from levier.model.portfolio import Portfolio
from levier.model.sources import Source
from levier.model.terms import Lang

__all__ = ["agreed", "called"]


def agreed(number: Decimal | int, one: str, several: str, lang: Lang) -> str:
    """
    Return the word that agrees with a number: in French singular below two, in English for one alone.

    >>> agreed(0, "compté", "comptés", "fr"), agreed(2, "compté", "comptés", "fr"), agreed(0, "day", "days", "en")
    ('compté', 'comptés', 'days')
    """
    return several if is_plural(number, lang) else one


def called(portfolio: Portfolio | None, registry: str, identifier: str, lang: Lang) -> str:
    """
    Return what a thing of a portfolio is called, a source by its title; its identifier where no portfolio is given.

    >>> called(Portfolio.of(Source(id="note", title="Note au comité")), "sources", "note", "en")
    'Note au comité'
    >>> called(None, "sources", "note", "en")
    'note'
    """
    if portfolio is None:
        return identifier
    thing = getattr(portfolio, registry)[identifier]
    return thing.title if isinstance(thing, Source) else label_of(thing, lang)
