"""What a report says in more than one place: mostly what stands in a cell where there is no value."""

from __future__ import annotations

from levier.wording.messages import Message, message, message_in
from levier.wording.said import Value

__all__ = [
    "DASH",
    "NONE",
    "NOT_PUBLISHED",
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


def of(some: int, all_of_them: int) -> Message:
    """
    Say how many of all there are.

    >>> print(of(2, 3))
    2 of 3
    """
    return message("{some} of {all}", some=some, all=all_of_them)


def in_parentheses(what: Value, more: Value) -> Message:
    """
    Return something with more about it in parentheses.

    >>> print(in_parentheses("€3", "Budget bill"))
    €3 (Budget bill)
    """
    return message("{what} ({more})", what=what, more=more)
