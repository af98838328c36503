"""Results that explain themselves."""

from __future__ import annotations

from abc import abstractmethod

from levier.model.terms import LangLike
from levier.wording.said import Said

__all__ = ["Explained"]


class Explained:
    """A result that explains itself: a class gives its *message*, and perhaps a shorter *headline*."""

    __slots__ = ()

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
