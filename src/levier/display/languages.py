"""The language to write in, from the environment, as every program of a Unix system takes it."""

from __future__ import annotations

from collections.abc import Mapping

from levier.model.terms import Lang

__all__ = ["language_of"]

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_of(environment: Mapping[str, str]) -> Lang:
    """
    Return French where the first variable that is set asks for it, English otherwise.

    >>> language_of({"LANG": "fr_FR.UTF-8"}), language_of({"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}), language_of({})
    ('fr', 'en', 'en')
    """
    asked = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return "fr" if asked.lower().startswith("fr") else "en"
