"""The names of `levier.compute.checks`, gathered."""

from __future__ import annotations

from levier.compute.checks.money import budget_ceilings
from levier.compute.checks.rules import Rule
from levier.compute.checks.sets import (
    CONSISTENCY_RULES,
    HIERARCHY_RULES,
    INDICATOR_RULES,
    LATENESS_RULES,
    MONEY_RULES,
    REFORM_RULES,
    RULES,
    SOURCE_RULES,
    check,
)

__all__ = [
    "CONSISTENCY_RULES",
    "HIERARCHY_RULES",
    "INDICATOR_RULES",
    "LATENESS_RULES",
    "MONEY_RULES",
    "REFORM_RULES",
    "RULES",
    "SOURCE_RULES",
    "Rule",
    "budget_ceilings",
    "check",
]
