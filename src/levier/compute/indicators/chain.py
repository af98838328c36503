"""
Chain: the values that may answer a query, level by level.

The values of a territory are recorded or computed from those of the territories below it, and the values of these are
again recorded or computed, each level by its own rules. Without rules by level, all come from one level in one step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeVar, cast

from attrs import evolve

from levier.compute.exact import HUNDRED
from levier.compute.indicators.aggregation import RATES, WEIGHTED, roll_ups_at, territories_below
from levier.compute.indicators.areas import NO_AREAS, Areas, areas_of
from levier.compute.indicators.candidates import Candidates, Query
from levier.compute.indicators.rollup import Rolled
from levier.compute.indicators.rulesets import BothLimits, Ruleset, both_limits
from levier.compute.indicators.series import series_of
from levier.model.indicators import Aggregation, Indicator, RollUp
from levier.model.insee import COLLECTIVITIES
from levier.model.observations import ObservationKind
from levier.model.periods import Period
from levier.model.portfolio import Portfolio
from levier.model.quantities import PERCENT
from levier.model.territories import Territory, TerritoryLevel
from levier.wording.reasons import MissingReason
from levier.wording.values import Name

__all__ = ["candidates_for", "rolled"]

T = TypeVar("T")


def candidates_for(portfolio: Portfolio, indicator: Indicator, territory: Territory, query: Query) -> Candidates:
    """Return the candidates for one indicator in one territory."""
    limits = both_limits(portfolio, indicator, query.cutoffs)
    return _candidates(portfolio, indicator, territory, query, limits)


def _candidates(
    portfolio: Portfolio, indicator: Indicator, territory: Territory, query: Query, both: BothLimits
) -> Candidates:
    below = _below(portfolio, indicator, territory, query, both)
    return _recorded(portfolio, indicator, territory, query, both, below)


def _recorded(  # noqa: PLR0913, PLR0917  # the series, and what is below it
    portfolio: Portfolio,
    indicator: Indicator,
    territory: Territory,
    query: Query,
    both: BothLimits,
    below: Rolled | None = None,
) -> Candidates:
    rows = portfolio.observations.of(indicator.id, territory_id=territory.id, breakdown=query.breakdown)
    is_strict = query.ruleset is Ruleset.STRICT
    return Candidates(
        place=territory.id,
        own=series_of(rows, query.as_of, portfolio.sources),
        below=below,
        query=query,
        limits=both.strict if is_strict else both.pilote,
        others=both.pilote if is_strict else both.strict,
        sources=portfolio.sources,
        is_nation=territory.level is TerritoryLevel.NATION,
    )


def _below(
    portfolio: Portfolio, indicator: Indicator, territory: Territory, query: Query, both: BothLimits
) -> Rolled | None:
    """Return the values of the territories below, where this territory's are computed from them; else `None`."""
    for rules in roll_ups_at(indicator, territory.level, query.roll_ups):
        found = _rolled(portfolio, indicator, territory, rules, query, both)
        if any(found.reports(kind) for kind in ObservationKind):
            return found
    return None


def rolled(portfolio: Portfolio, indicator: Indicator, territory: Territory, rules: RollUp, query: Query) -> Rolled:
    """Return the roll-up of *indicator* by *rules* from the territories below *territory*."""
    return _rolled(portfolio, indicator, territory, rules, query, both_limits(portfolio, indicator, query.cutoffs))


def _rolled(  # noqa: PLR0913, PLR0917  # the rules, and the query that they answer
    portfolio: Portfolio, indicator: Indicator, territory: Territory, rules: RollUp, query: Query, both: BothLimits
) -> Rolled:
    """
    Return the roll-up of *indicator* by *rules*; in a chain the territories below are rolled up by rules of their own.

    With a breakdown, values and weights are those of the part; a population is that of the whole, so it weights none.
    """
    named = portfolio.indicators[rules.numerator_id or indicator.id]
    below = query if named is indicator else evolve(query, roll_ups=())
    is_chain = rules in (query.roll_ups or indicator.roll_ups)
    make = _candidates if is_chain else _recorded
    found = {
        code: make(portfolio, named, portfolio.territories[code], below, both)
        for code in territories_below(portfolio, territory.id, rules.from_level)
    }
    places = {code: one for code, one in found.items() if _is_expected(portfolio, named, one)}
    deeper = [one.below for one in places.values() if one.below is not None]
    asked = {rules.baseline, rules.actual, rules.target}
    return Rolled(
        rules=rules,
        places=places,
        weights=_weights(portfolio, rules, places, query, make) if not asked.isdisjoint(WEIGHTED) else {},
        ruleset=query.ruleset,
        lacking=_lacking(rules, named),
        leaves_of={code: one.leaves for code, one in places.items()},
        scale=HUNDRED if indicator.unit == PERCENT else Decimal(1),
        names=_joined({code: Name.of(portfolio.territories[code]) for code in places}, *(one.names for one in deeper)),
        areas=_areas(portfolio, places, deeper),
    )


def _joined(*tables: Mapping[str, T]) -> dict[str, T]:
    return {code: one for table in tables for code, one in table.items()}


def _is_expected(portfolio: Portfolio, indicator: Indicator, one: Candidates) -> bool:
    """
    Return whether a total is expected to cover a territory: an overseas collectivity only where it has a value.

    "France" is 101 departments; who adds a collectivity says so.
    Source: Insee, définition « France (champ statistique) » (https://www.insee.fr/fr/metadonnees/definition/c1696).
    """
    if one.place not in COLLECTIVITIES or portfolio.observations.of(indicator.id, territory_id=one.place):
        return True
    return any(one.months(kind) for kind in ObservationKind)


def _areas(portfolio: Portfolio, places: Iterable[str], deeper: Iterable[Rolled]) -> Areas:
    """Return the areas of all territories, where one of these changed or did not always exist."""
    areas = areas_of(portfolio, None)
    is_needed = any(code in areas.lived for code in places) or any(one.areas.lived for one in deeper)
    return areas if is_needed else NO_AREAS


def _lacking(rules: RollUp, named: Indicator) -> Mapping[Aggregation, MissingReason]:
    """Return the rules that cannot be applied: rates do not add up, and only their denominators can weight them."""
    is_rate, found = named.unit in RATES, dict[Aggregation, MissingReason]()
    if rules.weight_id is None:
        found[Aggregation.RATIO_OF_SUMS] = MissingReason.UNKNOWN_DENOMINATOR
        if is_rate:
            found[Aggregation.WEIGHTED_MEAN] = MissingReason.UNKNOWN_DENOMINATOR
    elif is_rate:
        found[Aggregation.RATIO_OF_SUMS] = MissingReason.NO_NUMERATOR
    return MappingProxyType(found)


def _weights(
    portfolio: Portfolio, rules: RollUp, codes: Iterable[str], query: Query, make: Callable[..., Candidates]
) -> dict[str, Callable[[int], Decimal | None]]:
    places, areas = (portfolio.territories[code] for code in codes), areas_of(portfolio, None)
    if rules.weight_id is None:
        return {place.id: _population(place, areas, is_whole=not query.breakdown) for place in places}
    weight, asked = portfolio.indicators[rules.weight_id], evolve(query, roll_ups=())
    limits = both_limits(portfolio, weight, query.cutoffs)
    held = {place.id: make(portfolio, weight, place, asked, limits) for place in places}
    return {code: _weight_at(one.of_kind(ObservationKind.ACTUAL), code, areas) for code, one in held.items()}


def _population(territory: Territory, areas: Areas, *, is_whole: bool) -> Callable[[int], Decimal | None]:
    """Return the function that gives the people of a territory in a month; none if it had another area in it."""
    held, code = territory.population if is_whole else None, territory.id
    people = None if held is None else Decimal(held.value)
    if held is None or code not in areas.changes:
        return lambda _: people
    counted = areas.latest(code) if held.on is None else areas.at(code, Period(held.on).last_month)
    return lambda month: people if areas.at(code, month) == counted else None


def _weight_at(rows: Iterable[Any], code: str, areas: Areas) -> Callable[[int], Decimal | None]:
    """Return the function that gives the last weight up to a month; none if it was of another area, before a merger."""
    latest = tuple(rows)[::-1]

    def at(month: int) -> Decimal | None:
        last = next((row for row in latest if row.period.last_month <= month), None)
        if last is None or areas.at(code, last.period.last_month) != areas.at(code, month):
            return None
        return cast("Decimal | None", last.value)

    return at
