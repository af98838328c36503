"""
Checks: what the data of a portfolio says that someone should look at.

A rule is a plain function from a portfolio and a day to findings; `RULES` names those that `check` runs by default,
and a user's own stands beside them. A finding is no error, and blocks nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from attrs import fields, has

from levier.compute._wording import colon, euros, listed, number, period
from levier.compute._wording import value as unit_value
from levier.compute.budget.budget_rules import budget_verdicts, finance_act_verdicts
from levier.compute.findings import Finding, Severity
from levier.compute.plan import plan_rules
from levier.errors import InvalidValueError
from levier.model.money import Appropriations, Euros
from levier.model.periods import Day, DayLike, Period, as_day
from levier.model.portfolio import Portfolio
from levier.model.quantities import Exactness, Quantity
from levier.model.sources import Sourced, Stated
from levier.model.terms import Lang

__all__ = ["RULES", "Rule", "budget_ceilings", "check", "sources_agree"]

Rule: TypeAlias = Callable[[Portfolio, Day], Iterable[Finding]]
"""A plain function: from a portfolio, on a day, to what it finds."""


def sources_agree(portfolio: Portfolio, _as_of: Day) -> Iterator[Finding]:
    """Find the values of which several sources say different things, with the path to each."""
    for path, value in _disputed(portfolio):
        yield Finding(
            rule="sources-in-conflict",
            severity=Severity.NOTE,
            subject=path,
            fr=f"Les sources divergent{colon('fr')}{_sides(value, 'fr')}. Retenu{colon('fr')}{_preferred(value)}.",
            en=f"Sources disagree{colon('en')}{_sides(value, 'en')}. Preferred{colon('en')}{_preferred(value)}.",
            mend_fr="Trouver une source qui tranche, ou garder les deux.",
            mend_en="Find a source that settles it, or keep both.",
        )


def budget_ceilings(
    *,
    initial: Mapping[int, Appropriations] = MappingProxyType({}),
    opened: Mapping[int, Appropriations] = MappingProxyType({}),
) -> Rule:
    """
    Return the rule that finds what passes a ceiling of the LOLF, or cannot be assessed, in every year known.

    *initial* and *opened* are, by year, all that the initial finance act and all finance acts opened over the whole
    State, in euros: the bases of articles 13 and 14.

    >>> list(budget_ceilings()(Portfolio(), Day(2021, 12, 31)))
    []
    """

    def rule(portfolio: Portfolio, _as_of: Day) -> Iterator[Finding]:
        programmes = portfolio.budget_programmes.values()
        known = sorted({(programme.id, year) for programme in programmes for year in programme.years})
        verdicts = [verdict for code, year in known for verdict in budget_verdicts(portfolio, code, year)]
        for year in sorted({year for _, year in known}):
            acts = {"initial": initial.get(year), "opened": opened.get(year)}
            verdicts += finance_act_verdicts(portfolio, year, **acts)
        yield from (verdict.finding() for verdict in verdicts if verdict.holds is not True)

    return rule


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "reform-without-lead": plan_rules.reforms_have_a_lead,
        "reform-without-calendar": plan_rules.reforms_have_a_calendar,
        "reform-without-indicator": plan_rules.reforms_have_indicators,
        "indicator-without-baseline": plan_rules.indicators_have_a_baseline,
        "indicator-without-target": plan_rules.indicators_have_a_target,
        "indicator-without-recent-value": plan_rules.indicators_have_a_recent_value,
        "milestone-past-and-not-done": plan_rules.milestones_are_done,
        "award-without-contract": plan_rules.awards_have_contracts,
        "lever-without-indicator": plan_rules.levers_have_an_indicator,
        "result-without-sample-size": plan_rules.results_have_a_sample_size,
        "sources-in-conflict": sources_agree,
        "budget-ceilings": budget_ceilings(),
    }
)
"""The rules that `check` runs by default, by name."""


def check(
    portfolio: Portfolio, *, as_of: DayLike, rules: Iterable[Rule] = tuple(RULES.values())
) -> tuple[Finding, ...]:
    """
    Return what *rules* find in a portfolio on a day, rule by rule, each in the order of the portfolio.

    Pass `(*RULES.values(), my_rule)` to add a rule of your own.

    Raises:
        InvalidValueError: If *as_of* is no day.

    >>> from levier import Reform
    >>> plan = Portfolio.of(Reform(id="commissions", label="Fewer commissions", calendar="2019"))
    >>> [finding.rule for finding in check(plan, as_of="2019-06-14")]
    ['reform-without-lead', 'reform-without-indicator']
    """
    day = as_day(as_of)
    if type(day) is not Day:
        raise InvalidValueError("check", as_of, "a day such as '2019-06-14' (ISO 8601)", "as_of")
    return tuple(finding for rule in rules for finding in rule(portfolio, day))


def _disputed(portfolio: Portfolio) -> Iterator[tuple[str, Sourced[Any]]]:
    """Yield every sourced value that has alternatives, with the path to it."""
    for attribute in fields(Portfolio):
        held = getattr(portfolio, attribute.name)
        if isinstance(held, Mapping):
            for item in held.values():
                yield from _walk(item, f"{attribute.name}/{item.id}")


def _walk(value: Any, path: str) -> Iterator[tuple[str, Sourced[Any]]]:
    if isinstance(value, Sourced):
        if value.is_disputed:
            yield path, value
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _walk(item, f"{path}/{getattr(item, 'id', place)}")
    elif has(type(value)):
        for attribute in fields(type(value)):
            yield from _walk(getattr(value, attribute.name), f"{path}/{attribute.name}")


def _sides(value: Sourced[Any], lang: Lang) -> str:
    said: tuple[Sourced[Any] | Stated[Any], ...] = (value, *value.alternatives)
    return listed((f"{_written(one.value, lang)} ({one.source_id})" for one in said), lang)


def _preferred(value: Sourced[Any]) -> str:
    return f"{value.source_id}, {value.preferred_because}".rstrip(".")


def _written(value: Euros | Period | Quantity | int, lang: Lang) -> str:
    match value:
        case Euros():
            return euros(value, lang)
        case Period():
            return period(value, lang)
        case Quantity():
            return _bounds(value, lang)
        case _:
            return number(value, lang)


def _bounds(quantity: Quantity, lang: Lang) -> str:
    ends = dict.fromkeys(end for end in (quantity.lower, quantity.upper) if end is not None)
    said = (" et " if lang == "fr" else " and ").join(unit_value(end, quantity.unit, lang) for end in ends)
    exactness = quantity.exactness
    return said if exactness is Exactness.EXACT else f"{exactness.label(lang)} {said}"
