"""
Checks: what the data of a portfolio says that someone should look at.

A rule is a plain function from a portfolio and a day to findings. `RULES` names those that `check` runs by default;
the smaller sets are parts of it, and a user's own rule stands beside them. A finding is no error, and blocks nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from levier.compute.checks.consistency import closed_before_begun, session_of_no_campus, stage_with_more_teams
from levier.compute.checks.contradictions import month_disputed, target_before_baseline
from levier.compute.checks.definitions import definition_break_crossed
from levier.compute.checks.hierarchies import circular_hierarchy, circular_succession
from levier.compute.checks.indicators import (
    indicator_without_baseline,
    indicator_without_recent_value,
    indicator_without_target,
    lever_without_indicator,
)
from levier.compute.checks.money import (
    award_without_contract,
    budget_ceilings,
    budget_statements_disputed,
    movements_alike,
)
from levier.compute.checks.reforms import (
    milestone_past_and_not_done,
    project_past_its_calendar,
    reform_without_calendar,
    reform_without_indicator,
    reform_without_lead,
    reform_without_weights,
)
from levier.compute.checks.rules import Rule
from levier.compute.checks.sources import (
    result_without_sample_size,
    source_missing,
    sources_in_conflict,
    value_without_source,
)
from levier.compute.checks.units import effect_in_another_unit, value_off_scale, value_out_of_range
from levier.compute.findings import Finding
from levier.compute.statements.known import known
from levier.errors import InvalidValueError
from levier.model.periods import Day, DayLike, as_day
from levier.model.portfolio import Portfolio

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

REFORM_RULES: MappingProxyType[str, Rule] = MappingProxyType(
    {
        "reform-without-lead": reform_without_lead,
        "reform-without-calendar": reform_without_calendar,
        "reform-without-indicator": reform_without_indicator,
    }
)
"""What the ministries' transformation plans ask of each reform: a lead, a calendar and indicators."""

INDICATOR_RULES: MappingProxyType[str, Rule] = MappingProxyType(
    {
        "indicator-without-baseline": indicator_without_baseline,
        "indicator-without-target": indicator_without_target,
        "indicator-without-recent-value": indicator_without_recent_value,
        "definition-break-crossed": definition_break_crossed,
        "month-disputed": month_disputed,
        "target-before-baseline": target_before_baseline,
        "reform-without-weights": reform_without_weights,
        "lever-without-indicator": lever_without_indicator,
        "result-without-sample-size": result_without_sample_size,
    }
)
"""What it takes to measure: start and goal, how old the last value is, whether values compare, what each weighs."""

LATENESS_RULES: MappingProxyType[str, Rule] = MappingProxyType(
    {
        "indicator-without-recent-value": indicator_without_recent_value,
        "milestone-past-and-not-done": milestone_past_and_not_done,
        "project-past-its-calendar": project_past_its_calendar,
        "award-without-contract": award_without_contract,
    }
)
"""What should have happened by the day."""

HIERARCHY_RULES: MappingProxyType[str, Rule] = MappingProxyType(
    {
        "circular-hierarchy": circular_hierarchy,
        "circular-succession": circular_succession,
    }
)
"""What stands below itself; a parent that is not there is refused by `Portfolio`, on construction."""

CONSISTENCY_RULES: MappingProxyType[str, Rule] = MappingProxyType(
    {
        "closed-before-begun": closed_before_begun,
        "session-of-no-campus": session_of_no_campus,
        "stage-with-more-teams": stage_with_more_teams,
        "value-off-scale": value_off_scale,
        "value-out-of-range": value_out_of_range,
        "effect-in-another-unit": effect_in_another_unit,
    }
)
"""What cannot all be right: dates out of order, a reference to the wrong kind of thing, numbers that grow or jump."""

SOURCE_RULES: MappingProxyType[str, Rule] = MappingProxyType(
    {
        "source-missing": source_missing,
        "value-without-source": value_without_source,
        "sources-in-conflict": sources_in_conflict,
    }
)
"""Who says so, and whether another says otherwise."""

MONEY_RULES: MappingProxyType[str, Rule] = MappingProxyType(
    {
        "award-without-contract": award_without_contract,
        "movements-alike": movements_alike,
        "budget-statements-disputed": budget_statements_disputed,
        "budget-ceilings": budget_ceilings(),
    }
)
"""What the fund and the organic law on finance acts ask, and what the documents of a budget leave open."""

RULES: MappingProxyType[str, Rule] = MappingProxyType(
    {
        **REFORM_RULES,
        **INDICATOR_RULES,
        **LATENESS_RULES,
        **HIERARCHY_RULES,
        **CONSISTENCY_RULES,
        **SOURCE_RULES,
        **MONEY_RULES,
    }
)
"""The rules that `check` runs by default, by name: all of the sets, each rule once."""


def check(
    portfolio: Portfolio, *, as_of: DayLike, rules: Mapping[str, Rule] | Iterable[Rule] = RULES
) -> tuple[Finding, ...]:
    """
    Return what *rules* find in a portfolio as known on a day, rule by rule, each in the order of the portfolio.

    Sets are mappings and compose as such: `REFORM_RULES | MONEY_RULES | {"mine": my_rule}`; `[my_rule]` does as well.

    Raises:
        InvalidValueError: If *as_of* is no day, or *rules* holds what cannot be called.

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
    given = tuple(rules.values() if isinstance(rules, Mapping) else rules)
    for rule in given:
        if not callable(rule):
            raise InvalidValueError("check", rule, "functions from a portfolio and a day to findings", "rules")
    portfolio = known(portfolio, day)
    return tuple(finding for rule in given for finding in rule(portfolio, day))
