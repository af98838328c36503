"""
Translations: gettext catalogues, read through Babel at the first sentence, and cached.

English needs no catalogue: its texts are in the code. A text that a catalogue lacks stays English.
French files use ordinary spaces; the non-breaking spaces of French typography are added on reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from levier._once import once
from levier.errors import InvalidValueError
from levier.model.terms import Lang, language

__all__ = ["SOURCE_LANG", "is_translated", "language_of", "translated", "translated_plural"]

SOURCE_LANG: Lang = "en"
"""The language of the texts in the code."""
_FORMS = 2
"""The number of plural forms of the source language."""
_UNBREAKABLE: Mapping[Lang, re.Pattern[str]] = MappingProxyType({"fr": re.compile(r" (?=[:;?!»%€])|(?<=«) ")})

_Texts = Mapping[tuple[str, str], tuple[str, ...]]


def translated(text: str, lang: Lang, context: str = "") -> str:
    """
    Return a text in *lang*; *context* distinguishes texts that are equal in English only.

    >>> translated("{start} – {end}", "en")
    '{start} – {end}'
    """
    return text if lang == SOURCE_LANG else _texts(lang).get((context, text), (text,))[0]


def is_translated(text: str, lang: Lang, context: str = "") -> bool:
    """
    Return whether a catalogue has a text in *lang*; what none has is said in English.

    >>> is_translated("no such text", "fr"), is_translated("no such text", "en")
    (False, True)
    """
    return lang == SOURCE_LANG or (context, text) in _texts(lang)


def translated_plural(one: str, several: str, number: Decimal | int, lang: Lang, context: str = "") -> str:
    """
    Return the text that agrees with a number as it is shown: 0 is singular in French, 1.0 is plural in English.

    >>> translated_plural("{n} project", "{n} projects", 1, "en")
    '{n} project'
    """
    from levier.wording import _cldr

    forms = (one, several) if lang == SOURCE_LANG else _texts(lang).get((context, one), ())
    if not forms:
        return several if _cldr.plural_index(number, SOURCE_LANG, _FORMS) else one
    return forms[_cldr.plural_index(number, lang, len(forms))]


@once
def _texts(lang: Lang) -> _Texts:
    """Return the translations into a language, by context and English text."""
    from levier.wording import _cldr

    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for catalogue in _cldr.catalogues(lang):
        for entry in catalogue:
            (text, *_), forms = _forms(entry.id), _forms(entry.string)
            if text and all(forms):
                found[entry.context or "", text] = tuple(_spaced(form, lang) for form in forms)
    return MappingProxyType(found)


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the plural forms of a message; Babel gives a plain string for a message without a plural."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _spaced(text: str, lang: Lang) -> str:
    return _UNBREAKABLE[lang].sub("\u00a0", text) if lang in _UNBREAKABLE else text


_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_ENCODING = re.compile(r"[.@].*")
"""The parts of a locale after its language, as in `fr_FR.UTF-8@euro`."""


def language_of(environment: Mapping[str, str]) -> Lang:
    """
    Return the language of the first variable that is set; English for an unsupported language.

    >>> language_of({"LANG": "fr_FR.UTF-8"}), language_of({"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}), language_of({})
    ('fr', 'en', 'en')
    """
    asked = next((environment[name] for name in _VARIABLES if environment.get(name)), SOURCE_LANG)
    try:
        return language(_ENCODING.sub("", asked))
    except InvalidValueError:
        return SOURCE_LANG
