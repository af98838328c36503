"""Following one indicator in one territory: what was chosen, measured by the ruleset asked, beside the other one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import evolve

from levier.compute.indicators.choices import Choice, Horizon
from levier.compute.indicators.chooser import Wanted, choose
from levier.compute.indicators.explanations import cited_names, source_names
from levier.compute.indicators.horizons import BothLimits, both_limits
from levier.compute.indicators.likeness import definitions_differ, why_refused
from levier.compute.indicators.measure import Asked, Notes, Progress, compared, measured
from levier.compute.indicators.rulesets import Ruleset, RulesetDifference
from levier.compute.indicators.series import quickly_chosen
from levier.model.indicators import Direction, Indicator
from levier.model.observations import Observation
from levier.model.portfolio import Portfolio
from levier.model.territories import NATION, Territory, TerritoryLevel
from levier.wording.values import Name

__all__ = [
    "COMPUTED_LEVELS",
    "asked_by",
    "carefully",
    "cut_apart",
    "followed",
    "is_typed",
    "plainly",
    "territory_of",
]

COMPUTED_LEVELS = (TerritoryLevel.NATION, TerritoryLevel.REGION)
"""The levels whose values may be made of those below."""


def territory_of(portfolio: Portfolio, territory_id: str) -> Territory:
    """Return a territory of the portfolio; the nation even where it holds none."""
    found: Territory | None = portfolio.territories.get(territory_id)
    if found is None and territory_id == NATION:
        return Territory(id=NATION, label="France")
    return found or portfolio.territories[territory_id]


def asked_by(indicator: Indicator, wanted: Wanted, sources: tuple[Name, ...]) -> Asked:
    """Return what goes into a result of what was wanted, with what the documents behind its values are called."""
    return Asked(indicator, wanted.as_of, wanted.ruleset, wanted.horizon, sources)


def followed(portfolio: Portfolio, indicator: Indicator, territory: Territory, wanted: Wanted) -> Progress:
    """Return the progress wanted, with where the other ruleset differs."""
    if wanted.is_plain:
        limits = both_limits(portfolio, indicator, wanted.cutoffs)
        rows = portfolio.observations.of(indicator.id, territory_id=territory.id)
        asked = asked_by(indicator, wanted, source_names(portfolio.sources, rows))
        found = plainly(rows, indicator, territory, asked, limits)
        if found is not None:
            return found
    return carefully(portfolio, indicator, territory, wanted)


def plainly(
    rows: Iterable[Observation], indicator: Indicator, territory: Territory, asked: Asked, limits: BothLimits
) -> Progress | None:
    """
    Return the final progress where values are typed and ask no question, as most do; else `None`: go carefully.

    *rows* are all observations of the indicator in the territory.

    Here the rulesets can differ by their cut-offs alone: nothing is rolled up, comparable, or of two definitions.
    """
    if asked.as_of is None or not is_typed(indicator, territory):
        return None
    found = quickly_chosen(rows, asked.as_of, limits.first, limits.last)
    if found is None:
        return cut_apart(rows, territory, asked, limits)
    return measured(*found, asked, Name.of(territory))


def cut_apart(rows: Iterable[Observation], territory: Territory, asked: Asked, limits: BothLimits) -> Progress | None:
    """Return the strict progress beside PILOTE's, where all that parts them is a cut-off of PILOTE; else `None`."""
    strict, pilote, day = limits.strict, limits.pilote, asked.as_of
    if asked.ruleset is Ruleset.PILOTE or day is None:
        return None
    given = tuple(rows)
    found = quickly_chosen(given, day, strict.first, strict.last)
    there = None if found is None else quickly_chosen(filter(pilote.admits, given), day, pilote.first, pilote.last)
    if found is None or there is None:
        return None
    place = Name.of(territory)
    other = measured(*there, evolve(asked, ruleset=Ruleset.PILOTE), place)
    return compared(measured(*found, asked, place), other, (RulesetDifference.CUTOFFS,))


def carefully(portfolio: Portfolio, indicator: Indicator, territory: Territory, wanted: Wanted) -> Progress:
    """Return the progress wanted, by the rules in full, with where the other ruleset differs."""
    result, differences = _read(portfolio, indicator, territory, wanted)
    if not differences:
        return result
    other = Ruleset.PILOTE if wanted.ruleset is Ruleset.STRICT else Ruleset.STRICT
    there, more = _read(portfolio, indicator, territory, evolve(wanted, ruleset=other))
    return compared(result, there, tuple(dict.fromkeys((*differences, *more))))


def is_typed(indicator: Indicator, territory: Territory) -> bool:
    """Say whether the values of a territory are typed there, for want of a rule or of a level below."""
    return indicator.aggregation is None or territory.level not in COMPUTED_LEVELS


def _read(
    portfolio: Portfolio, indicator: Indicator, territory: Territory, wanted: Wanted
) -> tuple[Progress, tuple[RulesetDifference, ...]]:
    chosen = choose(portfolio, indicator, territory, wanted)
    choice = chosen.choice
    asked = asked_by(indicator, wanted, cited_names(portfolio.sources, _points(choice), choice.left_out))
    notes = Notes(left_out=choice.left_out, findings=chosen.findings)
    upward = wanted.horizon is Horizon.OWN_YEAR and indicator.direction is Direction.DECREASE
    way = Direction.INCREASE if upward and wanted.ruleset is Ruleset.PILOTE else None
    result = measured(*_points(choice), asked, Name.of(territory), notes, way)
    reason = why_refused(*_points(choice), ruleset=wanted.ruleset)
    if result.value is not None and reason is not None:
        result = evolve(result, value=None, unbounded=None, reason=reason)
    differences = (
        *chosen.differences,
        *((RulesetDifference.DATED_ANNUAL,) if upward else ()),
        *((RulesetDifference.DEFINITION_BREAK,) if definitions_differ(*_points(choice)) else ()),
    )
    return result, differences


def _points(choice: Choice) -> tuple[Any, Any, Any]:
    return choice.baseline, choice.actual, choice.target
