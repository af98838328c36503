"""Results that explain themselves."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from levier.model.terms import LangLike
from levier.wording.said import Said

__all__ = ["Explained"]

_LONGEST = 300
"""How many characters a `repr` has at most: a list of results should stay readable."""


class Explained:
    """
    A result that explains itself: a class gives its *message*, and perhaps a shorter *headline*.

    Its `repr` is its sentence in English, on one line and cut where it is long; a class that people write keeps the
    `repr` of a value.
    """

    __slots__ = ()

    _IS_WRITTEN: ClassVar[bool] = False
    """Whether people write values of this class, and read them back from their `repr`."""

    def __init_subclass__(cls) -> None:
        """Give each result, once attrs has made it, its sentence for a `repr`."""
        super().__init_subclass__()
        if "__attrs_attrs__" in cls.__dict__ and not cls._IS_WRITTEN:
            type.__setattr__(cls, "__repr__", _sentence)  # to a type checker, the class keeps the one it inherits

    @property
    @abstractmethod
    def message(self) -> Said:
        """What the result says, in full."""

    @property
    def headline(self) -> Said:
        """What the result says in short: by default, in full."""
        return self.message

    def explain(self, lang: LangLike) -> str:
        """Return in *lang* what the result says: `fr` or `en`, with or without a region."""
        return self.message.say(lang)

    def sentence(self, lang: LangLike) -> str:
        """Return in *lang* what the result says in short."""
        return self.headline.say(lang)

    def __str__(self) -> str:
        return self.explain("en")


def _sentence(result: Explained) -> str:
    text = "; ".join(result.sentence("en").splitlines())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
