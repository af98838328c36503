"""Closed vocabularies: terms with their French and English labels as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import EnumType, StrEnum
from inspect import Parameter, Signature
from types import MappingProxyType
from typing import Any, Literal, Self, TypeAlias, TypeVar, cast

from levier._fixed import FixedMember, FixedType
from levier.errors import InvalidValueError

__all__ = ["LANGS", "Lang", "LangLike", "Term", "language"]

T = TypeVar("T")

Lang = Literal["fr", "en"]
LangLike: TypeAlias = Lang | str
"""A language, with or without a region: `fr`, `fr-FR`, `en_GB`."""

LANGS: Mapping[str, Lang] = MappingProxyType({"fr": "fr", "en": "en"})
"""The languages that levier speaks."""
_TAG = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]{2,8})*")


def language(tag: LangLike) -> Lang:
    """
    Return the language of a tag; the region may be there, and changes nothing.

    Raises:
        InvalidValueError: For a language that levier does not speak.

    >>> language("fr-FR"), language("en_GB")
    ('fr', 'en')
    """
    spoken = LANGS.get(_primary(tag))
    if spoken is None:
        raise InvalidValueError("lang", tag, "'fr' or 'en', with or without a region ('fr-FR')")
    return spoken


def _primary(tag: Any) -> str:
    """Return the language of a tag, whichever it is; nothing for what is no tag."""
    found = _TAG.fullmatch(tag) if isinstance(tag, str) else None
    return found[1].lower() if found else ""


class _Vocabulary(FixedType):
    """The class of vocabularies: a call finds a member by its text, and asks nothing else of what it is given."""

    @property
    def __signature__(cls) -> Signature:  # noqa: N805  # as below
        """What a vocabulary is called with: one of its members, or the text of one."""
        return Signature([Parameter("value", Parameter.POSITIONAL_ONLY, annotation=cls | str)])

    def __call__(cls: type[T], value: T | str, *more: Any, **named: Any) -> T:  # noqa: N805  # the class of a class
        if more or named:  # pragma: no cover  # a new vocabulary is made by a call, as Python's own may be
            return cast("T", EnumType.__call__(cast("Any", cls), value, *more, **named))
        known: dict[str, T] = cast("Any", cls)._value2member_map_
        if isinstance(value, str) and value in known:
            return known[value]
        raise InvalidValueError(cls.__name__, value, "one of " + ", ".join(known))


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

    def label(self, lang: LangLike) -> str:
        """Return the label in *lang*."""
        return self.fr if language(lang) == "fr" else self.en
