"""Phrases that a report uses in several places: texts for missing values, and names."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from levier.wording.messages import Message, message, message_in
from levier.wording.said import Value

__all__ = [
    "CONFLICTS",
    "DASH",
    "MEASURED",
    "NONE",
    "NOT_PUBLISHED",
    "NOUNS",
    "NO_CALENDAR",
    "NO_CAVEAT",
    "NO_MILESTONE",
    "UNDATED",
    "UNDER_WAY",
    "UNKNOWN",
    "in_parentheses",
    "of",
]

DASH = "–"
NONE = message("none")
NO_CAVEAT = message_in("of a caveat", "none")
NO_CALENDAR = message("no calendar")
NO_MILESTONE = message("no milestone")
NOT_PUBLISHED = message("not published")
UNDATED = message("date unknown")
UNDER_WAY = message("year in progress")
UNKNOWN = message("not given")

NOUNS: Mapping[str, Message] = MappingProxyType(
    {
        "programmes": message("Programmes"),
        "reforms": message("Reforms"),
        "projects": message("Projects"),
        "objectives": message("Objectives"),
        "levers": message("Levers"),
        "methods": message("Methods"),
        "dimensions": message("Dimensions"),
        "indicators": message("Indicators"),
        "observations": message("Observations"),
        "surveys": message("Surveys"),
        "instruments": message("Territorial instruments"),
        "budget_programmes": message("State budget programmes"),
        "funds": message("Funds"),
        "organisations": message("Organisations"),
        "territories": message("Territories"),
        "sources": message("Sources"),
    }
)
"""The registries of a portfolio, in the order that readers expect."""
MEASURED = message("Indicators with a value by that date")
CONFLICTS = message("Facts on which sources disagree")


def of(some: int, all_of_them: int) -> Message:
    """
    Return the text "n of m".

    >>> print(of(2, 3))
    2 of 3
    """
    return message("{some} of {all}", some=some, all=all_of_them)


def in_parentheses(what: Value, more: Value) -> Message:
    """
    Return a text with an addition in parentheses.

    >>> print(in_parentheses("€3", "Budget bill"))
    €3 (Budget bill)
    """
    return message("{what} ({more})", what=what, more=more)
