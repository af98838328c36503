"""
Progress of reforms and programmes: the weighted progress of their parts, computed from a portfolio.

Source of the rule: PILOTE (`compute_ta_ch.sql`, `int_ponderation_reelle.sql`, `agg_all_replicate.sql`).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from attrs import evolve

from levier.compute._types import asked
from levier.compute.coverage import Covers
from levier.compute.exact import NumberLike
from levier.compute.indicators.candidates import Query
from levier.compute.indicators.measure import Progress
from levier.compute.indicators.progress import progress_in
from levier.compute.indicators.rulesets import NO_CUTOFFS, Cutoffs, Ruleset, RulesetDifference
from levier.compute.indicators.select import actual_months, territory_of
from levier.compute.indicators.weights import WeightedProgress, weighted_progress
from levier.compute.statements.known import known
from levier.model.belonging import Subtree
from levier.model.periods import DayLike, Period, PeriodLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.programmes import Reform
from levier.model.territories import NATION, Territory, TerritoryLevel
from levier.wording.said import Value
from levier.wording.values import Name

__all__ = [
    "previous_reform_progress_of",
    "programme_progress",
    "programme_progress_of",
    "reform_progress_of",
    "shared_territory",
    "weights_in",
]


@asked
def reform_progress_of(  # noqa: PLR0913  # each is an option
    portfolio: Portfolio,
    reform_id: str,
    territory_id: str = NATION,
    *,
    as_of: DayLike,
    ruleset: Ruleset | str = Ruleset.STRICT,
    cutoffs: Cutoffs | None = None,
    until: PeriodLike | None = None,
) -> WeightedProgress:
    """
    Return the progress of a reform in a territory: its indicators' progress, weighted as declared for that level.

    In a solidary reform the territories below a level take the values of that level.

    Raises:
        UnknownItemError: For a reform or a territory that the portfolio does not hold.

    >>> from levier import Indicator, Observation
    >>> from levier.indicators import IndicatorWeight
    >>> wait = Indicator(id="wait", label="Waiting time", unit="days", direction="decrease")
    >>> said = [("2018-12", "baseline", 40), ("2019-05", "actual", 25), ("2020-12", "target", 16)]
    >>> rows = [Observation(indicator_id="wait", period=when, kind=kind, value=value) for when, kind, value in said]
    >>> weight = IndicatorWeight(indicator_id="wait", level="nation", weight=1)
    >>> reform = Reform(id="r", label="Reception", indicator_ids=["wait"], weights=[weight])
    >>> plan = Portfolio.of(wait, reform, Territory(id="FR", label="France"), *rows)
    >>> print(reform_progress_of(plan, "r", as_of="2019-06-14"))
    Reception, France, as of 14 June 2019: 62.5%; Waiting time: 62.5% (weight 100%)
    """
    query = Query(
        as_of=parse_day(as_of),
        ruleset=Ruleset(ruleset),
        cutoffs=cutoffs or NO_CUTOFFS,
        until=None if until is None else Period(until).last_month,
    )
    portfolio = known(portfolio, as_of)
    reform, place = portfolio.reforms[reform_id], territory_of(portfolio, territory_id)
    result = _reform(portfolio, reform, place, query)
    differences = {difference: None for part in result.contributions for difference in _differences(part.detail)}
    if not differences:
        return result
    there = _reform(portfolio, reform, place, evolve(query, ruleset=query.ruleset.other))
    return evolve(result, differences=tuple(differences), other_value=there.value)


def _differences(detail: Progress | WeightedProgress | None) -> tuple[RulesetDifference, ...]:
    return () if detail is None else detail.differences


def _reform(portfolio: Portfolio, reform: Reform, place: Territory, query: Query) -> WeightedProgress:
    read_in = shared_territory(portfolio, reform, place)
    weights = weights_in(reform, place)
    details: dict[str, Progress] = {
        name: progress_in(portfolio, portfolio.indicators[name], read_in, query) for name in reform.indicator_ids
    }
    indicators = [portfolio.indicators[name] for name in reform.indicator_ids]
    labels: dict[str, Value] = {one.id: Name.of(one) for one in indicators}
    result = weighted_progress({name: detail.value for name, detail in details.items()}, weights, labels=labels)
    return evolve(
        result,
        contributions=tuple(evolve(part, detail=details[part.name]) for part in result.contributions),
        subject=Name.of(reform),
        territory=Name.of(place),
        as_of=query.as_of,
        ruleset=query.ruleset,
    )


def weights_in(reform: Reform, place: Territory) -> dict[str, Decimal]:
    """Return the declared weights of a reform's indicators in a territory; 0 where an indicator does not apply."""
    return {
        weight.indicator_id: Decimal(0) if place.id in weight.except_in else weight.weight
        for weight in reform.weights
        if weight.level is place.level
    }


def shared_territory(portfolio: Portfolio, reform: Reform, place: Territory) -> Territory:
    """Return the territory whose values apply in *place*: in a solidary reform the one above it, if the plan has it."""
    levels = list(TerritoryLevel)
    if reform.solidary_from is None:
        return place
    above = [portfolio.territories[name] for name in place.lies_in if name in portfolio.territories]
    solidary = levels[levels.index(reform.solidary_from) :]
    return ([place] + [each for each in above if each.level in solidary])[-1]


@asked
def previous_reform_progress_of(
    portfolio: Portfolio,
    reform_id: str,
    territory_id: str = NATION,
    *,
    as_of: DayLike,
    ruleset: Ruleset | str = Ruleset.STRICT,
) -> WeightedProgress | None:
    """
    Return the progress of a reform at its second-to-last month with actual values; `None` without one.

    The strict ruleset counts the months of weighted indicators, PILOTE those of all indicators.

    Raises:
        UnknownItemError: For a reform or a territory that the portfolio does not hold.
    """
    query = Query(as_of=parse_day(as_of), ruleset=Ruleset(ruleset))
    portfolio = known(portfolio, as_of)
    reform, place = portfolio.reforms[reform_id], territory_of(portfolio, territory_id)
    result = _previous(portfolio, reform, place, query)
    other = _previous(portfolio, reform, place, evolve(query, ruleset=query.ruleset.other))
    values = [None if each is None else each.value for each in (result, other)]
    if result is None or values[0] == values[1]:
        return result
    return evolve(result, differences=(*result.differences, RulesetDifference.UNWEIGHTED_DATE), other_value=values[1])


def _previous(portfolio: Portfolio, reform: Reform, place: Territory, query: Query) -> WeightedProgress | None:
    weights = weights_in(reform, place)
    read_in = shared_territory(portfolio, reform, place)
    counted = [name for name in reform.indicator_ids if weights.get(name) or query.ruleset is Ruleset.PILOTE]
    months: set[int] = set()
    for name in counted:
        months.update(actual_months(portfolio, portfolio.indicators[name], read_in, query))
    if len(months) < 2:  # noqa: PLR2004  # the second-to-last needs two
        return None
    return _reform(portfolio, reform, place, evolve(query, until=sorted(months)[-2]))


@asked
def programme_progress_of(  # noqa: PLR0913  # each is an option
    portfolio: Portfolio,
    programme_id: str,
    territory_id: str = NATION,
    *,
    as_of: DayLike,
    weights: Mapping[str, NumberLike] | None = None,
    ruleset: Ruleset | str = Ruleset.STRICT,
) -> WeightedProgress:
    """
    Return the progress of a programme: that of its reforms, by *weights*, or with equal weights where none are given.

    The reforms of the programmes below it count too, each once, whatever their place in the tree.
    The progress is missing as soon as one weighted reform's is. Indicators attached to a programme directly have no
    weight; they are listed in `unweighted`.

    Raises:
        UnknownItemError: For a programme or a territory that the portfolio does not hold.

    >>> from levier import Programme
    >>> plan = Programme(id="plan", label="Plan", kind="ministerial-plan")
    >>> axis = Programme(id="axis", label="Axe 1", kind="workstream", parent_id="plan")
    >>> reform = Reform(id="r", label="Reception", programme_ids=["axis"])
    >>> found = programme_progress_of(Portfolio.of(plan, axis, reform), "plan", as_of="2019-06-14")
    >>> found.missing, found.covers.programme_ids
    (('r',), ('plan', 'axis'))
    """
    portfolio = known(portfolio, as_of)
    programme, place = portfolio.programmes[programme_id], territory_of(portfolio, territory_id)
    covers = Subtree.of(portfolio, programme)
    details: dict[str, WeightedProgress] = {
        name: reform_progress_of(portfolio, name, territory_id, as_of=as_of, ruleset=ruleset)
        for name in covers.reform_ids
    }
    result = programme_progress(covers, details, weights)
    return evolve(
        result,
        subject=Name.of(programme),
        territory=Name.of(place),
        as_of=parse_day(as_of),
        ruleset=Ruleset(ruleset),
    )


def programme_progress(
    covers: Subtree, details: Mapping[str, WeightedProgress], weights: Mapping[str, NumberLike] | None = None
) -> WeightedProgress:
    """
    Return the progress of a programme with all that belongs to it, from that of each of its reforms.

    >>> programme_progress(Subtree(), {}).reason
    <MissingReason.NO_WEIGHT: 'no-weight'>
    """
    declared: Mapping[str, NumberLike] = weights if weights is not None else dict.fromkeys(details, 1)
    labels: dict[str, Value] = {reform.id: Name.of(reform) for reform in covers.reforms}
    result = weighted_progress({name: detail.value for name, detail in details.items()}, declared, labels=labels)
    contributions = tuple(evolve(part, detail=details[part.name]) for part in result.contributions)
    differences = tuple(dict.fromkeys(found for part in contributions for found in _differences(part.detail)))
    others = {name: detail.other_value if detail.differences else detail.value for name, detail in details.items()}
    own = dict.fromkeys(name for programme in covers.programmes for name in programme.indicator_ids)
    return evolve(
        result,
        contributions=contributions,
        unweighted=(*result.unweighted, *own),
        differences=differences,
        other_value=weighted_progress(others, declared).value if differences else None,
        covers=Covers.of(covers),
    )
