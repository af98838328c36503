"""
Rules: checks for data that is contradictory, late, missing or doubtful.

`check` runs the rules on a portfolio and returns `Finding`s, each with a severity, a subject, a message and a remedy. A
finding is not an error: the data may be right. `RULES` are all rules, in sets that can be joined (`MONEY_RULES`,
`INDICATOR_RULES`, …); your own rule is a function of a portfolio and a day.

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
