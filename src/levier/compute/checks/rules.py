"""
Rules: plain functions from a portfolio and a day to findings.

A rule written with `worded` says only where something is amiss, and what; its severity and the remedy stand above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import TypeAlias

from levier.compute.findings import Finding, Severity
from levier.compute.statements.known import known
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.wording.messages import Listing, clauses, plural
from levier.wording.said import Said, Value

__all__ = ["Found", "Rule", "first_few", "has_passed", "worded"]

_FEW = 5

Rule: TypeAlias = Callable[[Portfolio, Day], Iterable[Finding]]
"""A plain function: from a portfolio, on a day, to what it finds."""

Found: TypeAlias = tuple[str, Said]
"""The path of what is found, and what is said of it."""


def worded(
    rule: str, severity: Severity, *, remedy: Said
) -> Callable[[Callable[[Portfolio, Day], Iterable[Found]]], Rule]:
    """
    Make a rule of a function that finds where something is amiss: its identifier, its severity and what mends it.

    The function is given what was known on the day.

    >>> @worded("pilot", Severity.NOTE, remedy=clauses("Finish it."))
    ... def pilots(portfolio, as_of):
    ...     return ((f"projects/{project.id}", clauses(project.label)) for project in portfolio.projects.values())
    >>> from levier import Project
    >>> [finding.sentence("en") for finding in pilots(Portfolio.of(Project(id="p", label="Pilot")), Day(2019, 6, 14))]
    ['Pilot']
    """

    def decorate(find: Callable[[Portfolio, Day], Iterable[Found]]) -> Rule:
        @wraps(find)
        def worded_rule(portfolio: Portfolio, as_of: Day) -> Iterator[Finding]:
            for subject, said in find(known(portfolio, as_of), as_of):
                yield Finding(rule=rule, severity=severity, subject=subject, message=said, remedy=remedy)

        return worded_rule

    return decorate


def has_passed(months: int, since: Day, as_of: Day) -> bool:
    """
    Say whether more than so many months lie between two days; a month counts to the same day of it, or to its last.

    >>> has_passed(6, Day(2018, 8, 31), Day(2019, 2, 28)), has_passed(6, Day(2018, 8, 31), Day(2019, 3, 1))
    (False, True)
    """
    return (as_of.year * 12 + as_of.month, as_of.day) > (since.year * 12 + since.month + months, since.day)


def first_few(parts: Iterable[Value]) -> Listing:
    """
    Put the first few of several parts side by side, and count the others.

    >>> print(first_few("abcdefg"))
    a; b; c; d; e; 2 others
    """
    found = tuple(parts)
    others = len(found) - _FEW
    return clauses(*found[:_FEW], plural("{n} other", "{n} others", n=others) if others > 0 else None)
