"""Following one indicator in one territory: what was chosen, measured by the reading asked, beside the other one."""

from __future__ import annotations

from attrs import evolve

from levier.compute.indicators.choices import Choice, Cutoffs, Horizon
from levier.compute.indicators.chooser import Wanted, choose
from levier.compute.indicators.measure import Asked, Bare, Notes, Progress, compared, measured
from levier.compute.indicators.readings import Difference, Reading, Reason
from levier.compute.indicators.series import quickly_chosen
from levier.model.indicators import Direction, Indicator
from levier.model.portfolio import Portfolio
from levier.model.territories import NATION, Territory, TerritoryLevel

__all__ = ["COMPUTED_LEVELS", "asked_by", "carefully", "followed", "is_typed", "plainly", "territory_of"]

COMPUTED_LEVELS = (TerritoryLevel.NATION, TerritoryLevel.REGION)
"""The levels whose values may be made of those below."""


def territory_of(portfolio: Portfolio, territory_id: str) -> Territory:
    """Return a territory of the portfolio; the nation even where it holds none."""
    found: Territory | None = portfolio.territories.get(territory_id)
    if found is None and territory_id == NATION:
        return Territory(id=NATION, label="France")
    return found or portfolio.territories[territory_id]


def asked_by(portfolio: Portfolio, indicator: Indicator, wanted: Wanted) -> Asked:
    """Return what goes into a result of what was wanted."""
    return Asked(indicator, wanted.as_of, wanted.reading, wanted.horizon, portfolio.sources)


def followed(portfolio: Portfolio, indicator: Indicator, territory: Territory, wanted: Wanted) -> Progress:
    """Return the progress wanted, with where the other reading differs."""
    if wanted.is_plain:
        found = plainly(portfolio, territory, asked_by(portfolio, indicator, wanted), wanted.cutoffs)
        if found is not None:
            return found
    return carefully(portfolio, indicator, territory, wanted)


def plainly(portfolio: Portfolio, territory: Territory, asked: Asked, cutoffs: Cutoffs) -> Progress | None:
    """
    Return the final progress where values are typed and ask no question, as most do; else `None`: go carefully.

    Here the two readings cannot differ: nothing is rolled up, comparable, or of two definitions.
    """
    indicator, as_of = asked.about, asked.as_of
    if isinstance(indicator, Bare) or as_of is None or not is_typed(indicator, territory):
        return None
    rows = portfolio.observations.of(indicator.id, territory=territory.id)
    found = quickly_chosen(rows, as_of, cutoffs.baseline_from.last_month, cutoffs.target_until.last_month)
    if found is None:
        return None
    return measured(*found, asked, territory)


def carefully(portfolio: Portfolio, indicator: Indicator, territory: Territory, wanted: Wanted) -> Progress:
    """Return the progress wanted, by the rules in full, with where the other reading differs."""
    result, differences = _read(portfolio, indicator, territory, wanted)
    if not differences:
        return result
    other = Reading.PILOTE if wanted.reading is Reading.STRICT else Reading.STRICT
    there, more = _read(portfolio, indicator, territory, evolve(wanted, reading=other))
    return compared(result, there, tuple(dict.fromkeys((*differences, *more))))


def is_typed(indicator: Indicator, territory: Territory) -> bool:
    """Say whether the values of a territory are typed there, for want of a rule or of a level below."""
    return indicator.aggregation is None or territory.level not in COMPUTED_LEVELS


def _read(
    portfolio: Portfolio, indicator: Indicator, territory: Territory, wanted: Wanted
) -> tuple[Progress, tuple[Difference, ...]]:
    chosen = choose(portfolio, indicator, territory, wanted)
    choice, asked = chosen.choice, asked_by(portfolio, indicator, wanted)
    notes = Notes(left_out=choice.left_out, findings=chosen.findings)
    upward = wanted.horizon is Horizon.OWN_YEAR and indicator.direction is Direction.DECREASE
    way = Direction.INCREASE if upward and wanted.reading is Reading.PILOTE else None
    result = measured(choice.baseline, choice.actual, choice.target, asked, territory, notes, way)
    broken = _crosses_a_break(choice)
    if broken and wanted.reading is Reading.STRICT:
        result = evolve(result, value=None, unbounded=None, reason=Reason.DEFINITION_CHANGED)
    differences = (
        *chosen.differences,
        *((Difference.DATED_ANNUAL,) if upward else ()),
        *((Difference.DEFINITION_BREAK,) if broken else ()),
    )
    return result, differences


def _crosses_a_break(choice: Choice) -> bool:
    points = (choice.baseline, choice.actual, choice.target)
    if any(point is None or point.value is None for point in points):
        return False
    return len({point.definition for point in points}) > 1 or not choice.actual.definition
