"""The language to write in, from the environment, as every program of a Unix system takes it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from levier.errors import InvalidValueError
from levier.model.terms import Lang, language
from levier.wording.catalogue import SOURCE_LANG

__all__ = ["language_of"]

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_ENCODING = re.compile(r"[.@].*")
"""What a locale says besides its language: `fr_FR.UTF-8@euro`."""


def language_of(environment: Mapping[str, str]) -> Lang:
    """
    Return the language that the first variable that is set asks for; English for one that levier does not speak.

    >>> language_of({"LANG": "fr_FR.UTF-8"}), language_of({"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}), language_of({})
    ('fr', 'en', 'en')
    """
    asked = next((environment[name] for name in _VARIABLES if environment.get(name)), SOURCE_LANG)
    try:
        return language(_ENCODING.sub("", asked))
    except InvalidValueError:
        return SOURCE_LANG
