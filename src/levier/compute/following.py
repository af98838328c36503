"""Following one indicator in one territory: what was chosen, measured by the reading asked, beside the other one."""

from __future__ import annotations

from attrs import evolve

from levier.compute.choices import Choice, Horizon, month_of
from levier.compute.chooser import Wanted, choose
from levier.compute.measure import Asked, Notes, Progress, compared, measured
from levier.compute.readings import Difference, Reading, Reason
from levier.compute.series import quickly_chosen
from levier.model.indicators import Direction, Indicator
from levier.model.portfolio import Portfolio
from levier.model.territories import NATION, Territory, TerritoryLevel

__all__ = ["COMPUTED_LEVELS", "asked_by", "followed", "territory_of"]

COMPUTED_LEVELS = (TerritoryLevel.NATION, TerritoryLevel.REGION)
"""The levels whose values may be made of those below."""


def territory_of(portfolio: Portfolio, territory_id: str) -> Territory:
    """Return a territory of the portfolio; the nation even where it holds none."""
    if territory_id == NATION and NATION not in portfolio.territories:
        return Territory(id=NATION, label="France")
    return portfolio.territories[territory_id]


def asked_by(portfolio: Portfolio, wanted: Wanted) -> Asked:
    """Return what goes into a result of what was wanted."""
    return Asked(as_of=wanted.as_of, reading=wanted.reading, horizon=wanted.horizon, sources=portfolio.sources)


def followed(portfolio: Portfolio, indicator: Indicator, territory: Territory, wanted: Wanted) -> Progress:
    """Return the progress wanted, in the current decimal context, with where the other reading differs."""
    if _is_plain(indicator, territory, wanted):
        quick = _quickly(portfolio, indicator, territory, wanted)
        if quick is not None:
            return quick
    result, differences = _read(portfolio, indicator, territory, wanted)
    if not differences:
        return result
    other = Reading.PILOTE if wanted.reading is Reading.STRICT else Reading.STRICT
    there, more = _read(portfolio, indicator, territory, evolve(wanted, reading=other))
    return compared(result, there, tuple(dict.fromkeys((*differences, *more))))


def _is_plain(indicator: Indicator, territory: Territory, wanted: Wanted) -> bool:
    if wanted.roll_up is not None or wanted.comparable is not None or wanted.until is not None:
        return False
    typed = indicator.aggregation is None or territory.level not in COMPUTED_LEVELS
    return typed and wanted.horizon is Horizon.FINAL


def _quickly(portfolio: Portfolio, indicator: Indicator, territory: Territory, wanted: Wanted) -> Progress | None:
    rows = portfolio.observations.of(indicator.id, territory=territory.id)
    first, last = month_of(wanted.cutoffs.baseline_from), month_of(wanted.cutoffs.target_until)
    found = quickly_chosen(rows, wanted.as_of, first, last)
    if found is None:
        return None
    asked = asked_by(portfolio, wanted)
    return measured(
        *found, indicator.direction, asked=asked, indicator=indicator, territory=territory, unit=indicator.unit
    )


def _read(
    portfolio: Portfolio, indicator: Indicator, territory: Territory, wanted: Wanted
) -> tuple[Progress, tuple[Difference, ...]]:
    chosen = choose(portfolio, indicator, territory, wanted)
    upward = wanted.horizon is Horizon.OWN_YEAR and indicator.direction is Direction.DECREASE
    way = Direction.INCREASE if upward and wanted.reading is Reading.PILOTE else indicator.direction
    asked = asked_by(portfolio, wanted)
    result = measured(
        chosen.choice.baseline,
        chosen.choice.actual,
        chosen.choice.target,
        way,
        asked=asked,
        indicator=indicator,
        territory=territory,
        unit=indicator.unit,
        notes=Notes(left_out=chosen.choice.left_out, findings=chosen.findings),
    )
    result = evolve(result, direction=indicator.direction)
    broken = _crosses_a_break(chosen.choice)
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
