"""Closed vocabularies: terms with their French and English labels as data."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal, Self, cast

from levier._fixed import FixedMember, FixedType
from levier.errors import InvalidValueError

__all__ = ["Lang", "Term"]

Lang = Literal["fr", "en"]


class _Vocabulary(FixedType):
    """The class of vocabularies: a call finds a member by its text, and asks nothing else of what it is given."""

    def __call__(cls, value: Any, *more: Any, **named: Any) -> Any:  # noqa: N805  # the class of a class
        if more or named:  # pragma: no cover  # a new vocabulary is made by a call, as Python's own may be
            return super().__call__(value, *more, **named)
        if isinstance(value, str) and value in cls._value2member_map_:
            return cls._value2member_map_[value]
        raise InvalidValueError(cls.__name__, value, "one of " + ", ".join(cast("Any", cls)._value2member_map_))


class Term(FixedMember, StrEnum, metaclass=_Vocabulary):
    """
    A closed set of kinds; each member is its written form and carries a French and an English label, for good.

    >>> from levier import Phase
    >>> Phase.FRAMING.label("fr"), Phase("framing").label("en")
    ('Cadrage', 'Framing')
    >>> Phase("done")
    Traceback (most recent call last):
        ...
    levier.errors.InvalidValueError: Phase: expected one of framing, ..., found 'done'
    """

    _labels: tuple[str, str]

    def __new__(cls, value: str, fr: str = "", en: str = "") -> Self:
        """Make a member from its written form and its two labels."""
        member = str.__new__(cls, value)
        member._value_ = value
        member._labels = fr, en  # noqa: SLF001  # its own, before it is one
        return member

    @property
    def fr(self) -> str:
        """The French label."""
        return self._labels[0]

    @property
    def en(self) -> str:
        """The English label."""
        return self._labels[1]

    def label(self, lang: Lang) -> str:
        """Return the label in *lang*."""
        match lang:
            case "fr":
                return self.fr
            case "en":
                return self.en
            case _:
                raise InvalidValueError("lang", lang, "'fr' or 'en'")
