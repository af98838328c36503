"""
Horizons: until when the targets of an indicator count, as the indicator or its plan states it.

An indicator's own horizon holds.
Else that of the reforms and programmes that name it, the latest of them: a reform's own, or those of its programmes; a
programme's own, or that of the programme it is part of.
Where none is stated, every target counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import inf
from typing import final
from weakref import ref

from attrs import frozen

from levier.compute.indicators.choices import NO_CUTOFFS, Cutoffs, Limits
from levier.compute.indicators.rulesets import Ruleset
from levier.model.indicators import Indicator
from levier.model.periods import Period
from levier.model.portfolio import Portfolio
from levier.model.programmes import Programme, Reform
from levier.model.trees import upward

__all__ = ["BothLimits", "both_limits", "horizon_of"]

_remembered: dict[int, tuple[ref[Portfolio], Mapping[str, Period]]] = {}
"""The horizons that the plans of each living portfolio give their indicators, by the portfolio's identity."""


def horizon_of(portfolio: Portfolio, indicator: Indicator) -> Period | None:
    """
    Return until when the final target of an indicator counts; `None` where neither it nor its plan states a horizon.

    >>> wait = Indicator(id="wait", label="Waiting time", unit="days")
    >>> plan = Programme(id="plan", label="Plan", kind="national", horizon="2022", indicator_ids=["wait"])
    >>> horizon_of(Portfolio.of(wait, plan), wait)
    Period('2022')
    """
    if indicator.horizon is not None:
        return indicator.horizon
    held = _remembered.get(id(portfolio))  # asked for each series, so read off the plans once for each portfolio
    horizons = held[1] if held is not None and held[0]() is portfolio else _of_plans(portfolio)
    return horizons.get(indicator.id)


@final
@frozen
class BothLimits:
    """
    The months that count in each ruleset, and from *first* to *last* those that count in both.

    >>> both_limits(Portfolio(), Indicator(id="wait", label="Waiting time", unit="days"), NO_CUTOFFS).strict == Limits()
    True
    """

    first: int
    last: int
    strict: Limits
    pilote: Limits


def both_limits(portfolio: Portfolio, indicator: Indicator, cutoffs: Cutoffs) -> BothLimits:
    """
    Return the months that count for an indicator in each ruleset.

    >>> both_limits(Portfolio(), Indicator(id="wait", label="Waiting time", unit="days"), NO_CUTOFFS) is _USUAL
    True
    """
    horizon = horizon_of(portfolio, indicator)
    return _USUAL if horizon is None and cutoffs is NO_CUTOFFS else _both(cutoffs, horizon)


def _both(cutoffs: Cutoffs, horizon: Period | None) -> BothLimits:
    strict, pilote = cutoffs.limits(Ruleset.STRICT, horizon), cutoffs.limits(Ruleset.PILOTE, horizon)
    return BothLimits(max(strict.first, pilote.first), min(strict.last, pilote.last), strict, pilote)


_USUAL = _both(NO_CUTOFFS, None)


def _of_plans(portfolio: Portfolio) -> Mapping[str, Period]:
    """Return, and remember, the horizons that plans give their indicators."""
    key = id(portfolio)
    found: dict[str, list[Period]] = defaultdict(list)
    for names, horizon in _stated(portfolio):
        for name in names:
            found[name].append(horizon)
    latest = {name: max(horizons, key=_last_month) for name, horizons in found.items()}
    forget = _remembered.pop  # by name, because modules are emptied before the last portfolios go
    _remembered[key] = ref(portfolio, lambda _: forget(key, None)), latest
    return latest


def _stated(portfolio: Portfolio) -> Iterator[tuple[Iterable[str], Period]]:
    """Yield the horizon of each programme and reform with the indicators that it, or a project of it, names."""
    below: dict[str, list[str]] = defaultdict(list)
    for project in portfolio.projects.values():
        if project.reform_id is not None:
            below[project.reform_id] += project.indicator_ids
    for programme in portfolio.programmes.values():
        if (horizon := _of_programme(portfolio, programme)) is not None:
            yield programme.indicator_ids, horizon
    for reform in portfolio.reforms.values():
        if (horizon := _of_reform(portfolio, reform)) is not None:
            yield (*reform.indicator_ids, *below[reform.id]), horizon


def _of_reform(portfolio: Portfolio, reform: Reform) -> Period | None:
    if reform.horizon is not None:
        return reform.horizon
    above = (_of_programme(portfolio, portfolio.programmes[name]) for name in reform.programme_ids)
    return max((horizon for horizon in above if horizon is not None), key=_last_month, default=None)


def _of_programme(portfolio: Portfolio, programme: Programme) -> Period | None:
    """Return the horizon of a programme, or of the nearest one above it that states one."""
    above = upward(portfolio.programmes, programme.id)
    return next((one.horizon for one in above if one.horizon is not None), None)


def _last_month(period: Period) -> float:
    """Return the last month of a horizon; an interval without an end has none."""
    return inf if period.last_day is None else period.last_month
