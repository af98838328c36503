"""
Rules: functions from a portfolio and a day to findings, registered in one table.

A rule written with `rule` only yields where a problem is, and what it is; its identifier, severity, sets and remedy are
in the decorator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum, auto
from functools import wraps
from types import ModuleType
from typing import NamedTuple, TypeAlias

from attrs import frozen

from levier.compute.findings import Finding, Severity
from levier.compute.statements.known import known
from levier.errors.final import ClosedType, final
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.wording.messages import Listing, clauses, plural
from levier.wording.said import Said, Value

__all__ = ["Found", "Rule", "RuleSet", "Rules", "enter", "first_few", "has_passed", "rule", "rules_of"]

_FEW = 5

Rule: TypeAlias = Callable[[Portfolio, Day], Iterable[Finding]]
"""A function from a portfolio and a day to findings."""

Found: TypeAlias = tuple[str, Said]
"""The path of a finding, and its message."""


@final
@frozen(repr=False, eq=False)
class Rules(Mapping[str, Rule]):
    """
    A read-only mapping of rules by name; `|` joins two of them.

    >>> Rules({"mine": lambda portfolio, day: ()}) | {"yours": lambda portfolio, day: ()}
    <Rules: 2>
    """

    _held: Mapping[str, Rule]

    def __getitem__(self, name: str) -> Rule:
        return self._held[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __or__(self, other: Mapping[str, Rule]) -> Rules:
        return Rules({**self, **other})

    def __ror__(self, other: Mapping[str, Rule]) -> Rules:
        return Rules({**other, **self})

    def __repr__(self) -> str:
        return f"<Rules: {len(self)}>"


class RuleSet(Enum, metaclass=ClosedType):
    """The sets of rules, in the order in which they run."""

    REFORM = auto()
    INDICATOR = auto()
    LATENESS = auto()
    HIERARCHY = auto()
    CONSISTENCY = auto()
    SOURCE = auto()
    MONEY = auto()


class _Entry(NamedTuple):
    name: str
    rule: Rule
    sets: tuple[RuleSet, ...]


_TABLE: list[_Entry] = []


def enter(name: str, written: Rule, *sets: RuleSet) -> None:
    """Add a rule to the table."""
    _TABLE.append(_Entry(name, written, sets))


def rules_of(chosen: RuleSet, modules: Iterable[ModuleType]) -> Rules:
    """
    Return the rules of a set, module by module and in each from top to bottom.

    The modules are an argument because the table itself is in the order of imports.
    """
    names = [module.__name__ for module in modules]
    entries = (entry for name in names for entry in _TABLE if entry.rule.__module__ == name)
    return Rules({entry.name: entry.rule for entry in entries if chosen in entry.sets})


def rule(
    name: str, severity: Severity, *sets: RuleSet, remedy: Said
) -> Callable[[Callable[[Portfolio, Day], Iterable[Found]]], Rule]:
    """
    Register a function that finds problems as a rule, with its identifier, severity, sets and remedy.

    The function receives the portfolio as known on the day.

    >>> @rule("pilot", Severity.NOTE, remedy=clauses("Finish it."))
    ... def pilots(portfolio, as_of):
    ...     return ((f"projects/{project.id}", clauses(project.label)) for project in portfolio.projects.values())
    >>> from levier import Project
    >>> [finding.sentence("en") for finding in pilots(Portfolio.of(Project(id="p", label="Pilot")), Day(2019, 6, 14))]
    ['Pilot']
    """

    def decorate(find: Callable[[Portfolio, Day], Iterable[Found]]) -> Rule:
        @wraps(find)
        def written(portfolio: Portfolio, as_of: Day) -> Iterator[Finding]:
            for subject, said in find(known(portfolio, as_of), as_of):
                yield Finding(rule=name, severity=severity, subject=subject, message=said, remedy=remedy)

        enter(name, written, *sets)
        return written

    return decorate


def has_passed(months: int, since: Day, as_of: Day) -> bool:
    """
    Return whether more than *months* months lie between two days; a month ends on the same day of it, or its last.

    >>> has_passed(6, Day(2018, 8, 31), Day(2019, 2, 28)), has_passed(6, Day(2018, 8, 31), Day(2019, 3, 1))
    (False, True)
    """
    return (as_of.year * 12 + as_of.month, as_of.day) > (since.year * 12 + since.month + months, since.day)


def first_few(parts: Iterable[Value]) -> Listing:
    """
    Return the first few of several parts as a list, and the number of the others.

    >>> print(first_few("abcdefg"))
    a; b; c; d; e; 2 others
    """
    found = tuple(parts)
    others = len(found) - _FEW
    return clauses(*found[:_FEW], plural("{n} other", "{n} others", n=others) if others > 0 else None)
