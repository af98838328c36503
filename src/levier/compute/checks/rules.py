"""
Rules: plain functions from a portfolio and a day to findings, and the words in which most of them say what they find.

A rule written with `worded` says only where something is amiss; its severity and its sentences stand above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import Any, TypeAlias

from levier.compute._wording import listed, said
from levier.compute.findings import Finding, Severity
from levier.compute.statements.known import known
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.terms import Lang

__all__ = ["Found", "Rule", "first_few", "has_passed", "in_both", "worded"]

_FEW = 5

Rule: TypeAlias = Callable[[Portfolio, Day], Iterable[Finding]]
"""A plain function: from a portfolio, on a day, to what it finds."""

Found: TypeAlias = tuple[str, Mapping[str, Any]]
"""The path of what is found, and what the sentences about it name: things, dates, numbers, texts."""


def worded(  # noqa: PLR0913  # each is a part of a finding
    rule: str, severity: Severity, *, fr: str, en: str, mend_fr: str, mend_en: str
) -> Callable[[Callable[[Portfolio, Day], Iterable[Found]]], Rule]:
    """
    Make a rule of a function that finds where something is amiss: its identifier, severity, sentences and what mends.

    The function is given what was known on the day.
    The sentences name what was found in braces, each written as the language wants it: a thing by its label.

    >>> @worded("pilot", Severity.NOTE, fr="« {it} » !", en="'{it}'!", mend_fr="Finir.", mend_en="Finish.")
    ... def pilots(portfolio, as_of):
    ...     return ((f"projects/{project.id}", {"it": project}) for project in portfolio.projects.values())
    >>> from levier import Project
    >>> [finding.en for finding in pilots(Portfolio.of(Project(id="p", label="Pilot")), Day(2019, 6, 14))]
    ["'Pilot'!"]
    """

    def decorate(find: Callable[[Portfolio, Day], Iterable[Found]]) -> Rule:
        @wraps(find)
        def worded_rule(portfolio: Portfolio, as_of: Day) -> Iterator[Finding]:
            for subject, named in find(known(portfolio, as_of), as_of):
                yield Finding(
                    rule=rule,
                    severity=severity,
                    subject=subject,
                    fr=fr.format_map(_spoken(named, "fr")),
                    en=en.format_map(_spoken(named, "en")),
                    mend_fr=mend_fr,
                    mend_en=mend_en,
                )

        return worded_rule

    return decorate


def has_passed(months: int, since: Day, as_of: Day) -> bool:
    """
    Say whether more than so many months lie between two days; a month counts to the same day of it, or to its last.

    >>> has_passed(6, Day(2018, 8, 31), Day(2019, 2, 28)), has_passed(6, Day(2018, 8, 31), Day(2019, 3, 1))
    (False, True)
    """
    return (as_of.year * 12 + as_of.month, as_of.day) > (since.year * 12 + since.month + months, since.day)


def first_few(parts: Iterable[str], lang: Lang) -> str:
    """
    Put the first few of several parts side by side, and count the others.

    >>> first_few("abcdefg", "en")
    'a; b; c; d; e; 2 other(s)'
    """
    found = tuple(parts)
    others = len(found) - _FEW
    more = f"{others} autre(s)" if lang == "fr" else f"{others} other(s)"
    return listed([*found[:_FEW], *((more,) if others > 0 else ())], lang)


def in_both(write: Callable[[Lang], str]) -> Mapping[Lang, str]:
    """
    Return what *write* says in each of the two languages, for a sentence to name.

    >>> in_both({"fr": "oui", "en": "yes"}.__getitem__)
    {'fr': 'oui', 'en': 'yes'}
    """
    return {"fr": write("fr"), "en": write("en")}


def _spoken(named: Mapping[str, Any], lang: Lang) -> dict[str, str]:
    return {name: said(value, lang) for name, value in named.items()}
