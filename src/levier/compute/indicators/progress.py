"""
Progress: how far an indicator has come from its baseline to its target, for bare numbers and in a portfolio.

The formula is that of PILOTE, the Government's own tool: see `levier.compute.indicators.measure`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from attrs import evolve

from levier._remembering import Remembering
from levier.compute._types import asked
from levier.compute.exact import NumberLike, as_number, common_unit
from levier.compute.indicators.aggregation import roll_ups_at
from levier.compute.indicators.areas import areas_of
from levier.compute.indicators.candidates import Query
from levier.compute.indicators.comparable import ComparableRule
from levier.compute.indicators.keeping import is_band
from levier.compute.indicators.measure import NO_NOTES, Bare, Notes, Progress, compared, measured
from levier.compute.indicators.points import (
    Given,
    cited_names,
    code_names,
    coverage_of,
    definitions_differ,
    given_target,
    part_of,
    source_names,
    why_refused,
)
from levier.compute.indicators.quick import Quick, select_quickly
from levier.compute.indicators.rulesets import (
    NO_CUTOFFS,
    BothLimits,
    Cutoffs,
    Horizon,
    Ruleset,
    RulesetDifference,
    both_limits,
)
from levier.compute.indicators.select import ObservationSelection, select_observations, territory_of
from levier.compute.statements.known import known
from levier.errors import InvalidValueError
from levier.model._fields import as_tuple
from levier.model.dimensions import BreakdownLike
from levier.model.indicators import Direction, Indicator, RollUp
from levier.model.observations import Observation
from levier.model.periods import Day, DayLike, Period, PeriodLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.territories import NATION, Territory, TerritoryLevel
from levier.wording.reasons import MissingReason
from levier.wording.values import Name

__all__ = [
    "Progress",
    "full_progress",
    "is_typed",
    "progress",
    "progress_in",
    "progress_of",
    "progress_table",
    "quick_progress",
]

_COMPUTED_LEVELS = (TerritoryLevel.NATION, TerritoryLevel.HEXAGON, TerritoryLevel.REGION)
"""The levels whose values may be computed from those below."""
_INDICATOR, _TERRITORY = attrgetter("indicator_id"), attrgetter("territory_id")


def progress(
    *,
    baseline: NumberLike | None,
    actual: NumberLike | None,
    target: NumberLike | None,
    direction: Direction | str | None,
    ruleset: Ruleset | str = Ruleset.STRICT,
) -> Progress:
    """
    Return how far *actual* has come from *baseline* to *target*.

    The two rulesets agree on bare numbers, but for a direction to keep, which PILOTE does not know; they differ in the
    observations that they select.
    A quantity carries its unit, and all quantities must share it. A target to keep within is a quantity between two
    bounds; to keep to a target needs no baseline, and gives 100 where the value is held and else 0.

    Raises:
        InvalidValueError: For a float, NaN, infinity, an unknown direction or ruleset; names the field.
        MixedUnitsError: For quantities of several units.
        InexactQuantityError: For a quantity that is published as inexact.

    >>> progress(baseline=0, actual=190, target=1_100, direction="increase").value
    Decimal('17.27')
    >>> progress(baseline=None, actual=190, target=1_100, direction="increase").reason
    <MissingReason.NO_BASELINE: 'no-baseline'>
    """
    unit = common_unit((baseline, actual, target), "measure the progress of")
    way = None if direction is None else Direction(direction)
    first, present = as_number(baseline, "progress", "baseline"), as_number(actual, "progress", "actual")
    start, now = (None if number is None else Given(value=number) for number in (first, present))
    goal = given_target(target, way, "progress")
    return measured(start, now, goal, Bare(way, unit), Query(ruleset=Ruleset(ruleset)))


def progress_of(  # noqa: PLR0913  # each is an option
    portfolio: Portfolio,
    indicator_id: str,
    territory_id: str = NATION,
    *,
    as_of: DayLike,
    ruleset: Ruleset | str = Ruleset.STRICT,
    horizon: Horizon | str = Horizon.FINAL,
    cutoffs: Cutoffs | None = None,
    roll_up: RollUp | Iterable[RollUp] | None = None,
    comparable: ComparableRule | None = None,
    until: PeriodLike | None = None,
    breakdown: BreakdownLike = (),
) -> Progress:
    """
    Return how far an indicator has come in a territory, as known on the day *as_of*.

    *horizon* selects the target: the final one, that of the year of *as_of*, or that of the actual value's own year.
    *cutoffs* override the first month of baselines and the last month of targets that the ruleset, the indicator or its
    plan sets; *until* is the last period whose actual value counts.
    Where the territories below report and the indicator has an aggregation or roll-ups (or *roll_up* gives some, one or
    a chain), the values of a region or of the nation are rolled up from theirs, those of each kind by its own rule and
    each level by its own. Progress is computed from the rolled-up values, never averaged;
    baseline, actual value and target then cover the same territories.
    *comparable* converts a cumulative or seasonal series to the basis of its target.
    *breakdown* asks about a part of the whole, such as `{"sex": "F"}`, whose own values are then used.
    Contradictory data raises no error: a value that documents dispute, or a target dated before its baseline, gives no
    progress, with the reason; callers who prefer an error raise `contradiction`.

    Raises:
        UnknownItemError: For an indicator, a territory, a dimension or a code that the portfolio does not hold.
        InvalidValueError: For a malformed day, or an unknown ruleset or horizon.

    >>> from levier import Indicator, Observation, Territory
    >>> wait = Indicator(id="waiting-time", label="Waiting time", unit="days", direction="decrease")
    >>> said = [("2018-12", "baseline", 40), ("2019-05", "actual", 25), ("2020-12", "target", 16)]
    >>> rows = [Observation(indicator_id=wait.id, period=when, kind=kind, value=value) for when, kind, value in said]
    >>> plan = Portfolio.of(wait, Territory(id="FR", label="France"), *rows)
    >>> progress_of(plan, "waiting-time", as_of="2019-06-14").value
    Decimal('62.50')
    >>> progress_of(plan, "waiting-time", as_of="2019-03-01").reason
    <MissingReason.NO_ACTUAL: 'no-actual'>
    """
    portfolio = known(portfolio, as_of)
    indicator, place = portfolio.indicators[indicator_id], territory_of(portfolio, territory_id)
    if cutoffs is not None or comparable is not None:
        _check_settings(cutoffs=(Cutoffs, cutoffs), comparable=(ComparableRule, comparable))
    query = Query(  # positional, and type checks before validation: this runs a hundred thousand times
        as_of if type(as_of) is Day else parse_day(as_of),
        ruleset if type(ruleset) is Ruleset else Ruleset(ruleset),
        horizon if type(horizon) is Horizon else Horizon(horizon),
        cutoffs or NO_CUTOFFS,
        () if roll_up is None else _chain(roll_up),
        comparable,
        None if until is None else Period(until).last_month,
        part_of(portfolio, breakdown),
    )
    return progress_in(portfolio, indicator, place, query)


def _chain(roll_up: RollUp | Iterable[RollUp]) -> tuple[RollUp, ...]:
    """Return one roll-up or several as a tuple."""
    chain = (roll_up,) if isinstance(roll_up, RollUp) else as_tuple(roll_up)
    if type(chain) is not tuple or any(type(one) is not RollUp for one in chain):
        raise InvalidValueError("progress_of", roll_up, "a value of class RollUp, or several", "roll_up")
    levels = [one.level for one in chain]
    if len(set(levels)) < len(levels):
        found = [str(level or "every level") for level in levels]
        raise InvalidValueError("progress_of", found, "one roll-up for each level", "roll_up")
    return chain


def _check_settings(**settings: tuple[type[Any], object]) -> None:
    """Raise if a setting is of another class."""
    for name, (kind, value) in settings.items():
        if value is not None and type(value) is not kind:
            raise InvalidValueError("progress_of", value, f"a value of class {kind.__name__}", name)


@asked
def progress_table(
    portfolio: Portfolio,
    *,
    as_of: DayLike,
    ruleset: Ruleset | str = Ruleset.STRICT,
    cutoffs: Cutoffs | None = None,
    breakdown: BreakdownLike = (),
) -> tuple[Progress, ...]:
    """
    Return the final progress of every indicator in every territory that has observations, there or below.

    The results equal those of `progress_of`, in the order of indicators and territories, computed in bulk.
    A contradictory series is a result without a value, with its reason; the others are computed all the same.
    *breakdown* asks about a part of the whole, such as `{"sex": "F"}`, whose own values are then used.

    Raises:
        UnknownItemError: For a dimension or a code that the portfolio does not hold.
        InvalidValueError: For a malformed day, or an unknown ruleset.

    >>> from levier import Indicator, Observation, Territory
    >>> visits = Indicator(id="visits", label="Visits", unit="count", direction="increase")
    >>> row = Observation(indicator_id="visits", period="2019-05", kind="actual", value=3)
    >>> plan = Portfolio.of(visits, Territory(id="FR", label="France"), row)
    >>> [(line.territory.id, line.reason.value) for line in progress_table(plan, as_of="2019-06-14")]
    [('FR', 'no-baseline')]
    """
    portfolio = known(portfolio, as_of)
    query = Query(
        as_of=parse_day(as_of),
        ruleset=Ruleset(ruleset),
        cutoffs=cutoffs or NO_CUTOFFS,
        breakdown=part_of(portfolio, breakdown),
    )
    typed, above = _table(portfolio, query)
    computed = [
        full_progress(portfolio, portfolio.indicators[indicator], portfolio.territories[place], query)
        for indicator, place in sorted(above)
    ]
    return tuple(sorted((*typed, *computed), key=_place)) if computed else tuple(typed)


def _table(portfolio: Portfolio, query: Query) -> tuple[list[Progress], set[tuple[str, str]]]:
    """Return the progress of every series, and the keys of the series that exist only through the territories below."""
    places, plain = portfolio.territories, _plain_names(portfolio, None)
    typed: list[Progress] = []
    above: set[tuple[str, str]] = set()
    table, part = portfolio.observations, code_names(portfolio, query.breakdown)
    rows_asked = table.broken_down(query.breakdown) if query.breakdown else table.whole
    for indicator_id, group in groupby(rows_asked.rows, key=_INDICATOR):
        indicator, series = portfolio.indicators[indicator_id], tuple(group)
        notes, limits = _sourced(portfolio, series, part), both_limits(portfolio, indicator, query.cutoffs)
        computes, is_kept = indicator.aggregation is not None or bool(indicator.roll_ups), _is_kept(indicator)
        reported = []
        for place_id, rows in groupby(series, key=_TERRITORY):
            reported.append(place_id)
            is_full = is_kept or (computes and not is_typed(indicator, places[place_id]))
            name = None if is_full else plain.get(place_id)
            found = None if name is None else select_quickly(rows, query.as_of, limits.first, limits.last)
            if name is None or found is None:
                typed.append(progress_in(portfolio, indicator, places[place_id], query))
            else:
                typed.append(_measured(found, indicator, query, name, notes))
        if computes:
            above.update((indicator_id, place) for place in _above(portfolio, reported))
    return typed, above


def _above(portfolio: Portfolio, reported: list[str]) -> set[str]:
    """Return the territories above those that reported, except those that reported themselves."""
    found = {above for place in reported for above in portfolio.territories[place].lies_in}
    return {above for above in found.difference(reported) if above in portfolio.territories}


def _place(result: Progress) -> tuple[str, str]:
    return result.indicator_id, result.territory_id


def progress_in(portfolio: Portfolio, indicator: Indicator, territory: Territory, query: Query) -> Progress:
    """Return the progress for a query, with the differences to the other ruleset."""
    found = quick_progress(portfolio, indicator, territory, query)
    return full_progress(portfolio, indicator, territory, query) if found is None else found


def quick_progress(portfolio: Portfolio, indicator: Indicator, territory: Territory, query: Query) -> Progress | None:
    """
    Return the final progress of a plain series of recorded values; `None` where the full rules are needed.

    The rulesets can then differ only by their cut-offs: no roll-up, no comparable values, one definition.
    """
    if not query.is_plain or not is_typed(indicator, territory):
        return None
    if indicator.direction is not Direction.INCREASE and _is_kept(indicator):
        return None
    name = _plain_names(portfolio, None).get(territory.id)
    if name is None:
        return None
    rows = portfolio.observations.of(indicator.id, territory_id=territory.id, breakdown=query.breakdown)
    limits = both_limits(portfolio, indicator, query.cutoffs)
    found = select_quickly(rows, query.as_of, limits.first, limits.last)
    notes = _sourced(portfolio, rows, code_names(portfolio, query.breakdown) if query.breakdown else ())
    if found is None:
        return _cut_apart(rows, indicator, territory, query, limits, notes)
    return _measured(found, indicator, query, name, notes)


def _measured(found: Quick, indicator: Indicator, query: Query, place: Name, notes: Notes) -> Progress:
    """Return the progress of a plain series, with what was left out of it."""
    points, left_out = found
    noted = evolve(notes, left_out=left_out) if left_out else notes
    return measured(*points, indicator, query, place, noted)


def _names_of_plain(portfolio: Portfolio, _: None) -> Mapping[str, Name]:
    """Return the names of the territories that no succession changes."""
    changes = areas_of(portfolio, None).changes
    return {key: Name.of(place) for key, place in portfolio.territories.items() if key not in changes}


_plain_names: Remembering[Portfolio, None, Mapping[str, Name]] = Remembering(_names_of_plain)


def _is_kept(indicator: Indicator) -> bool:
    """Return whether a progress counts all values, as it does where they are kept to a target."""
    return indicator.direction is not None and indicator.direction.is_kept


def is_typed(indicator: Indicator, territory: Territory) -> bool:
    """Return whether a territory uses its recorded values: the indicator has no rule, or it no level below."""
    if indicator.roll_ups:
        return not roll_ups_at(indicator, territory.level)
    return indicator.aggregation is None or territory.level not in _COMPUTED_LEVELS


def _sourced(portfolio: Portfolio, rows: Iterable[Observation], part: tuple[Name, ...]) -> Notes:
    names = source_names(portfolio.sources, rows)
    return Notes(sources=names, part=part) if names or part else NO_NOTES


def _cut_apart(  # noqa: PLR0913, PLR0917  # every part of the two results
    rows: Sequence[Observation],
    indicator: Indicator,
    territory: Territory,
    query: Query,
    limits: BothLimits,
    notes: Notes,
) -> Progress | None:
    """Return the strict progress beside PILOTE's, where only a cut-off of PILOTE separates them; else `None`."""
    strict, pilote, day = limits.strict, limits.pilote, query.as_of
    if query.ruleset is Ruleset.PILOTE:
        return None
    found = select_quickly(rows, day, strict.first, strict.last)
    there = None if found is None else select_quickly(filter(pilote.admits, rows), day, pilote.first, pilote.last)
    if found is None or there is None:
        return None
    place = Name.of(territory)
    other = _measured(there, indicator, evolve(query, ruleset=Ruleset.PILOTE), place, notes)
    return compared(_measured(found, indicator, query, place, notes), other, (RulesetDifference.CUTOFFS,))


def full_progress(portfolio: Portfolio, indicator: Indicator, territory: Territory, query: Query) -> Progress:
    """Return the progress for a query, by the full rules, with the differences to the other ruleset."""
    result, differences = _read(portfolio, indicator, territory, query)
    if not differences:
        return result
    there, more = _read(portfolio, indicator, territory, evolve(query, ruleset=query.ruleset.other))
    return compared(result, there, tuple(dict.fromkeys((*differences, *more))))


def _read(
    portfolio: Portfolio, indicator: Indicator, territory: Territory, query: Query
) -> tuple[Progress, tuple[RulesetDifference, ...]]:
    chosen = select_observations(portfolio, indicator, territory, query)
    sources = cited_names(portfolio.sources, chosen.values, chosen.left_out)
    part = code_names(portfolio, query.breakdown)
    notes = Notes(left_out=chosen.left_out, findings=chosen.findings, sources=sources, part=part)
    # An anomaly of PILOTE: against the target of the value's own year, it applies the upward formula to an indicator
    # that should fall. The strict ruleset keeps the direction, and reports the difference.
    upward = query.horizon is Horizon.OWN_YEAR and indicator.direction is Direction.DECREASE
    way = Direction.INCREASE if upward and query.ruleset is Ruleset.PILOTE else None
    earlier = _counted(chosen, query) if _is_kept(indicator) else ()
    result = measured(*chosen.values, indicator, query, Name.of(territory), notes, way, earlier)
    reason = why_refused(*chosen.values, ruleset=query.ruleset)
    recorded = (point for point in chosen.values if point is not None and coverage_of(point) is None)
    is_other = areas_of(portfolio, None).differ(territory.id, (point.period.last_month for point in recorded))
    if is_other and query.ruleset is Ruleset.STRICT:
        reason = reason or MissingReason.UNEVEN_PLACES
    if not _is_kept(indicator) and is_band(chosen.target):
        reason = MissingReason.BAND
    if result.value is not None and reason is not None:
        result = evolve(result, value=None, unbounded=None, reason=reason)
    differences = (
        *chosen.differences,
        *((RulesetDifference.DATED_ANNUAL,) if upward else ()),
        *((RulesetDifference.UNEVEN_PLACES,) if is_other else ()),
        *((RulesetDifference.KEPT,) if _is_kept(indicator) else ()),
        *((RulesetDifference.DEFINITION_BREAK,) if definitions_differ(*chosen.values) else ()),
    )
    return result, differences


def _counted(chosen: ObservationSelection, query: Query) -> list[Any]:
    """Return the values before the latest one that a target to keep to counts: those since the baseline."""
    start, now, goal = chosen.values
    if now is None or goal is None or query.comparable is not None:
        return []
    year = None if query.horizon is Horizon.FINAL else goal.period.last_month // 12
    since, until = -1 if start is None else start.period.last_month, now.period.last_month
    found = [point for point in chosen.actuals if since < point.period.last_month < until]
    return [point for point in found if year is None or point.period.last_month // 12 == year]
