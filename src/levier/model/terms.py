"""Closed vocabularies: terms that carry their French and English labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import EnumType, StrEnum
from inspect import Parameter, Signature
from types import MappingProxyType
from typing import Any, Literal, Self, TypeAlias, TypeVar, cast

from levier._fixed import FixedMember
from levier.errors import InvalidValueError
from levier.errors.final import ClosedType
from levier.errors.pickles import remade

__all__ = ["LANGS", "Lang", "LangLike", "Term", "language"]

T = TypeVar("T")

Lang = Literal["fr", "en"]
LangLike: TypeAlias = Lang | str
"""A language, with or without a region: `fr`, `fr-FR`, `en_GB`."""

LANGS: Mapping[str, Lang] = MappingProxyType({"fr": "fr", "en": "en"})
"""The supported languages."""
_TAG = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]{2,8})*")


def language(tag: LangLike) -> Lang:
    """
    Return the language of a language tag; a region is allowed and ignored.

    Raises:
        InvalidValueError: If the language is not supported.

    >>> language("fr-FR"), language("en_GB")
    ('fr', 'en')
    """
    spoken = (LANGS.get(tag) if type(tag) is str else None) or LANGS.get(_primary(tag))  # nearly all are bare
    if spoken is None:
        raise InvalidValueError("lang", tag, "'fr' or 'en', with or without a region ('fr-FR')")
    return spoken


def _primary(tag: Any) -> str:
    """Return the language part of a tag, in lower case; an empty text if it is not a tag."""
    found = _TAG.fullmatch(tag) if isinstance(tag, str) else None
    return found[1].lower() if found else ""


class _Vocabulary(ClosedType):
    """The metaclass of vocabularies: a call returns the member that has a text, and raises our own error otherwise."""

    @property
    def __signature__(cls) -> Signature:  # noqa: N805  # as below
        """The signature of a vocabulary: it takes one of its members, or the text of one."""
        return Signature([Parameter("value", Parameter.POSITIONAL_ONLY, annotation=cls | str)])

    def __call__(cls: type[T], value: T | str, *more: Any, **named: Any) -> T:  # noqa: N805  # a metaclass
        if more or named:  # pragma: no cover  # enum's functional API creates a class this way
            return cast("T", EnumType.__call__(cast("Any", cls), value, *more, **named))
        known: dict[str, T] = cast("Any", cls)._value2member_map_
        if isinstance(value, str) and value in known:
            return known[value]
        raise InvalidValueError(cls.__name__, value, "one of " + ", ".join(known))


class Term(FixedMember, StrEnum, metaclass=_Vocabulary):
    """
    The base of closed vocabularies; each member is the text that documents hold, with a French and an English label.

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
        """Create a member from its text and its two labels."""
        member = str.__new__(cls, value)
        member._value_ = value
        member._labels = fr, en  # noqa: SLF001  # its own class, during construction
        return member

    def __reduce_ex__(self, proto: Any) -> tuple[Any, ...]:
        return remade(type(self), type(self), (self.value,))

    @property
    def fr(self) -> str:
        """The French label."""
        return self._labels[0]

    @property
    def en(self) -> str:
        """The English label."""
        return self._labels[1]

    def label(self, lang: LangLike) -> str:
        """Return the label in *lang*."""
        return self.fr if language(lang) == "fr" else self.en
