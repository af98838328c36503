"""
Checks: run rules on a portfolio, or on one plan in it, and return their findings.

`RULES` are those that `check` runs by default; the smaller sets are parts of it, and users add their own rules to them.
A finding is not an error, and blocks nothing.
Findings come set by set, in each set by module as `_MODULES` lists them, and in a module from top to bottom; a rule of
two sets runs once, with the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from levier.compute._types import asked, by_type
from levier.compute.checks import breakdowns, consistency, indicators, money, plans, series, sources, territories
from levier.compute.checks.rules import Rule, Rules, RuleSet, rules_of
from levier.compute.coverage import Covers
from levier.compute.findings import Finding
from levier.compute.statements.known import known
from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model.belonging import Owner, Subtree, owner_path
from levier.model.periods import Day, DayLike, as_day, parse_day
from levier.model.portfolio import Portfolio
from levier.wording.explained import Explained
from levier.wording.messages import Listing, message
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = [
    "CONSISTENCY_RULES",
    "HIERARCHY_RULES",
    "INDICATOR_RULES",
    "LATENESS_RULES",
    "MONEY_RULES",
    "REFORM_RULES",
    "RULES",
    "SOURCE_RULES",
    "PlanFindings",
    "check",
    "findings_about",
    "findings_of",
]

_MODULES = (indicators, consistency, series, breakdowns, territories, plans, sources, money)

REFORM_RULES: Rules = rules_of(RuleSet.REFORM, _MODULES)
"""What the ministries' transformation plans require of each reform: a lead, a calendar and indicators."""

INDICATOR_RULES: Rules = rules_of(RuleSet.INDICATOR, _MODULES)
"""Requirements of measurement: baseline and target, a recent value, comparable values, and weights."""

LATENESS_RULES: Rules = rules_of(RuleSet.LATENESS, _MODULES)
"""Events that should have happened by the day."""

HIERARCHY_RULES: Rules = rules_of(RuleSet.HIERARCHY, _MODULES)
"""Cycles of parents; a missing parent is rejected by `Portfolio` on construction."""

CONSISTENCY_RULES: Rules = rules_of(RuleSet.CONSISTENCY, _MODULES)
"""Contradictions: dates out of order, references to the wrong kind of thing, numbers that grow or jump."""

SOURCE_RULES: Rules = rules_of(RuleSet.SOURCE, _MODULES)
"""Missing sources, and sources that disagree."""

MONEY_RULES: Rules = rules_of(RuleSet.MONEY, _MODULES)
"""Requirements of the fund and of the organic law on finance acts, and gaps in budget documents."""

RULES: Rules = Rules({name: rule for chosen in RuleSet for name, rule in rules_of(chosen, _MODULES).items()})
"""The rules that `check` runs by default, by name: all of the sets, each rule once."""


@final
@frozen(kw_only=True, field_transformer=by_type)
class PlanFindings(Explained):
    """
    The findings about a programme, a reform or a project and all that belongs to it, on a day.

    *covers* is the plan with all that belongs to it, the indicators it follows and the awards of its projects.

    Attributes:
        subject: The name of the programme, the reform or the project.
        as_of: The day of knowledge: what was recorded later is ignored.
        findings: The findings, in the order of the rules.

    >>> from levier import Reform
    >>> reform = Reform(id="r", label="Reception", calendar="2019", indicator_ids=[])
    >>> found = findings_of(Portfolio.of(reform), reform, as_of="2019-06-14")
    >>> [finding.rule for finding in found.findings]
    ['reform-without-lead', 'reform-without-indicator', 'source-missing']
    """

    subject: Name
    as_of: Day
    covers: Covers
    findings: tuple[Finding, ...]

    @property
    def message(self) -> Said:
        """The number of findings and their subject, then each of them."""
        counted = message(
            "{subject}, as of {day}: findings: {n}; {covers}.",
            subject=self.subject,
            day=self.as_of,
            n=len(self.findings),
            covers=self.covers.message,
        )
        return Listing((counted, *(finding.message for finding in self.findings)), _SENTENCES)


_SENTENCES = message("{before} {after}", before="", after="")


def _listed(rules: Any) -> tuple[Rule, ...]:
    """Return rules in their order, each a function; raise in the name of `check` if one is not."""
    held = tuple(rules.values() if isinstance(rules, Mapping) else rules) if isinstance(rules, Iterable) else (rules,)
    for rule in held:
        if rule is rules or not callable(rule):
            raise InvalidValueError("check", rule, "functions from a portfolio and a day to findings", "rules")
    return held


@asked
def check(
    portfolio: Portfolio, *, as_of: DayLike, rules: Mapping[str, Rule] | Iterable[Rule] = RULES
) -> tuple[Finding, ...]:
    """
    Return the findings of *rules* in a portfolio as known on a day, rule by rule, each in the order of the portfolio.

    Sets of rules are mappings, joined by `|`: `REFORM_RULES | MONEY_RULES | {"mine": my_rule}`; `[my_rule]` works too.

    Raises:
        InvalidValueError: If *as_of* is not a valid date, or a rule is not callable.

    >>> from levier import Reform
    >>> plan = Portfolio.of(Reform(id="commissions", label="Fewer commissions", calendar="2019"))
    >>> [finding.rule for finding in check(plan, as_of="2019-06-14", rules=REFORM_RULES)]
    ['reform-without-lead', 'reform-without-indicator']
    >>> [finding.rule for finding in check(plan, as_of="2019-06-14", rules=REFORM_RULES | SOURCE_RULES)]
    ['reform-without-lead', 'reform-without-indicator', 'source-missing']
    """
    day = as_day(as_of)
    if type(day) is not Day:
        raise InvalidValueError("check", as_of, "a day such as '2019-06-14' (ISO 8601)", "as_of")
    given = _listed(rules)
    portfolio = known(portfolio, day)
    return tuple(finding for rule in given for finding in rule(portfolio, day))


@asked
def findings_of(
    portfolio: Portfolio, subject: Owner, *, as_of: DayLike, rules: Mapping[str, Rule] | Iterable[Rule] = RULES
) -> PlanFindings:
    """
    Return the findings of *rules* about a programme, a reform or a project and all that belongs to it, on a day.

    Only documents known on that day count.

    Raises:
        UnknownItemError: If the portfolio does not hold the subject, or did not on that day.
        InvalidValueError: If *as_of* is not a valid date, or a rule is not callable.

    >>> from levier import Programme, Reform
    >>> plan = Programme(id="plan", label="Plan", kind="ministerial-plan")
    >>> axis = Programme(id="axis", label="Axe 1", kind="workstream", parent_id="plan")
    >>> held = Portfolio.of(plan, axis, Reform(id="r", label="R", programme_ids=["axis"]))
    >>> from levier.rules import REFORM_RULES
    >>> [finding.subject for finding in findings_of(held, plan, as_of="2019-06-14", rules=REFORM_RULES).findings]
    ['reforms/r', 'reforms/r', 'reforms/r']
    """
    asked = parse_day(as_of)
    held = known(portfolio, asked)
    covers = Subtree.of(held, subject)
    found = findings_about(covers, check(held, as_of=asked, rules=rules), held)
    return PlanFindings(subject=Name.of(covers.things[0]), as_of=asked, covers=Covers.of(covers), findings=found)


def findings_about(covers: Subtree, findings: Iterable[Finding], portfolio: Portfolio) -> tuple[Finding, ...]:
    """
    Return those findings that are about a part of a subtree, its indicators or its awards.

    >>> findings_about(Subtree(), [], Portfolio())
    ()
    """
    paths = set(_paths(covers, portfolio))
    return tuple(finding for finding in findings if not paths.isdisjoint(_leading_to(finding.subject)))


def _leading_to(path: str) -> Iterator[str]:
    """Yield a path and the paths that contain it: for a milestone, that of its project."""
    steps = path.split("/")
    yield from ("/".join(steps[:length]) for length in range(1, len(steps) + 1))


def _paths(covers: Subtree, portfolio: Portfolio) -> Iterator[str]:
    """Yield the paths of a subtree, of the indicators that it follows, and of the awards of its projects."""
    for thing in covers.things:
        yield owner_path(thing)
        yield from (f"indicators/{indicator}" for indicator in thing.indicator_ids)
    projects = set(covers.project_ids)
    for fund in portfolio.funds.values():
        yield from (f"funds/{fund.id}/awards/{award.id}" for award in fund.awards if award.project_id in projects)
