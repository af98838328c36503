"""
Rules: what in a portfolio contradicts itself, is late, is missing or is dubious.

`check` checks a portfolio against the rules and returns `Finding`s, each with a severity, what it is about, what was
found and how to fix it. A finding is no error: the data may be right.
`RULES` are all rules, in sets that compose (`MONEY_RULES`, `INDICATOR_RULES`, …); a rule of yours is a function of a
portfolio and a day.

>>> from levier import Lever, Portfolio, rules
>>> plan = Portfolio.of(Lever(id="digital", label="Numérique"))
>>> [finding.rule for finding in rules.check(plan, as_of="2019-06-14")]
['lever-without-indicator', 'source-missing']
"""

from __future__ import annotations

from levier.compute.checks.check import (
    CONSISTENCY_RULES,
    HIERARCHY_RULES,
    INDICATOR_RULES,
    LATENESS_RULES,
    MONEY_RULES,
    REFORM_RULES,
    RULES,
    SOURCE_RULES,
    PlanFindings,
    check,
    findings_of,
)
from levier.compute.checks.money import budget_ceilings
from levier.compute.checks.rules import Rule
from levier.compute.findings import Finding, Severity

__all__ = [
    "CONSISTENCY_RULES",
    "HIERARCHY_RULES",
    "INDICATOR_RULES",
    "LATENESS_RULES",
    "MONEY_RULES",
    "REFORM_RULES",
    "RULES",
    "SOURCE_RULES",
    "Finding",
    "PlanFindings",
    "Rule",
    "Severity",
    "budget_ceilings",
    "check",
    "findings_of",
]
