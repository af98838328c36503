"""The base class of results that explain themselves."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from levier.model.terms import LangLike
from levier.wording.said import Said

__all__ = ["Explained"]

_LONGEST = 300
"""The longest `repr`, in characters, so that a list of results stays readable."""


class Explained:
    """
    A result with a sentence: a subclass defines *message*, and optionally a shorter *headline*.

    Its `repr` is the English sentence on one line, cut where it is long; a class whose values users construct keeps the
    `repr` of attrs.
    """

    __slots__ = ()

    _IS_WRITTEN: ClassVar[bool] = False
    """Whether users construct values of this class, so that its `repr` must be valid code."""

    def __init_subclass__(cls) -> None:
        """Set the `repr` of each subclass to its sentence, once attrs has built it."""
        super().__init_subclass__()
        if "__attrs_attrs__" in cls.__dict__ and not cls._IS_WRITTEN:
            type.__setattr__(cls, "__repr__", _sentence)  # type checkers keep the inherited one

    @property
    @abstractmethod
    def message(self) -> Said:
        """The full text of the result."""

    @property
    def headline(self) -> Said:
        """The short text of the result; by default, the full one."""
        return self.message

    def explain(self, lang: LangLike) -> str:
        """Return the full text in *lang*: `fr` or `en`, with or without a region."""
        return self.message.say(lang)

    def sentence(self, lang: LangLike) -> str:
        """Return the short text in *lang*."""
        return self.headline.say(lang)

    def __str__(self) -> str:
        return self.explain("en")


def _sentence(result: Explained) -> str:
    text = "; ".join(result.sentence("en").splitlines())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
