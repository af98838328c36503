"""
Status: an indicator or a reform in a territory, compared with its peers and with its own past and path.

Source of the rules: PILOTE; the expected path and the distance to the target are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from attrs import evolve, frozen

from levier._remembering import Remembering
from levier.compute._types import asked, by_type
from levier.compute.exact import EXACT
from levier.compute.indicators.aggregation import median
from levier.compute.indicators.alerts import Alert, Thresholds, alerts, confidence_on
from levier.compute.indicators.candidates import Query
from levier.compute.indicators.freshness import Freshness, freshness_of
from levier.compute.indicators.keeping import is_band, limits_of
from levier.compute.indicators.measure import Progress
from levier.compute.indicators.paths import (
    Distance,
    ExpectedPath,
    OnTrack,
    PathShape,
    Track,
    distance,
    expected_path,
    on_track,
)
from levier.compute.indicators.points import is_reversed, part_of, places_differ, why_missing, why_unlike
from levier.compute.indicators.positions import Gap, Trend, gap, gap_to, trend
from levier.compute.indicators.progress import progress_in
from levier.compute.indicators.reforms import previous_reform_progress_of, reform_progress_of
from levier.compute.indicators.rulesets import Ruleset
from levier.compute.indicators.select import actual_months, territory_of
from levier.compute.indicators.series import held_point
from levier.compute.indicators.weights import WeightedProgress
from levier.compute.statements.known import known
from levier.errors.final import final
from levier.model.dimensions import BreakdownLike
from levier.model.indicators import Direction
from levier.model.periods import DayLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.programmes import ConfidenceRating
from levier.model.territories import NATION, Territory, TerritoryLevel
from levier.wording.explained import Explained
from levier.wording.messages import clauses
from levier.wording.reasons import MissingReason
from levier.wording.said import Said

__all__ = [
    "IndicatorStatus",
    "path_of",
    "peers_of",
    "previous_progress_of",
    "reform_status_of",
    "status_of",
]


@final
@frozen(kw_only=True, field_transformer=by_type)
class IndicatorStatus(Explained):
    """
    The status of an indicator or a reform in a territory on a day.

    *previous* is the progress before the last value; *confidence* is the last rating, of a reform; *track* and
    *freshness* are those of an indicator.

    Attributes:
        progress: The progress from baseline to target, in percent.
        gap: The gap to the median of the level, in points.
        trend: The change since the previous value, in points.
        alerts: The alerts, each with the threshold that was passed.
        distance: The distance to the target, in the indicator's unit.

    >>> from levier import Indicator, Observation, Territory
    >>> visits = Indicator(id="visits", label="Visits", unit="count", direction="increase")
    >>> said = [
    ...     ("2018-12", "baseline", 0),
    ...     ("2019-04", "actual", 30),
    ...     ("2019-05", "actual", 20),
    ...     ("2020-12", "target", 90),
    ... ]
    >>> rows = [Observation(indicator_id="visits", period=when, kind=kind, value=value) for when, kind, value in said]
    >>> plan = Portfolio.of(visits, Territory(id="FR", label="France"), *rows)
    >>> standing = status_of(plan, "visits", as_of="2019-06-14")
    >>> standing.trend.direction.label("en"), [alert.kind.label("en") for alert in standing.alerts]
    ('falling', ['progress falling'])
    """

    progress: Progress | WeightedProgress
    previous: Progress | WeightedProgress | None
    gap: Gap
    trend: Trend
    alerts: tuple[Alert, ...] = ()
    freshness: Freshness | None = None
    track: OnTrack | None = None
    distance: Distance | None = None
    confidence: ConfidenceRating | None = None

    @property
    def message(self) -> Said:
        """The status: progress, gap, trend, freshness, track, and the alerts."""
        parts = (self.progress, self.gap, self.trend, self.freshness, self.track, self.distance, *self.alerts)
        return clauses(*(part.message for part in parts if part is not None))


@asked
def peers_of(portfolio: Portfolio, territory_id: str, *, on: DayLike | None = None) -> tuple[str, ...]:
    """
    Return the territories of the same level as a territory, itself included; empty for the nation.

    Where *on* is given, only those that existed on that day.

    Raises:
        UnknownItemError: For a territory that the portfolio does not hold.
        InvalidValueError: If *on* is not a valid date.

    >>> from levier import Territory
    >>> plan = Portfolio.of(Territory(id="46", label="Lot"), Territory(id="12", label="Aveyron"))
    >>> peers_of(plan, "46")
    ('12', '46')
    """
    level = territory_of(portfolio, territory_id).level
    return tuple(place.id for place in _of_level(portfolio, level, on))


def _of_level(portfolio: Portfolio, level: TerritoryLevel, on: DayLike | None) -> tuple[Territory, ...]:
    """Return the territories of a level; none for the nation, which has no peers."""
    if level is TerritoryLevel.NATION:
        return ()
    places = portfolio.territories.values() if on is None else portfolio.territories_on(on)
    return tuple(place for place in places if place.level is level)


@asked
def previous_progress_of(  # noqa: PLR0913  # each is an option
    portfolio: Portfolio,
    indicator_id: str,
    territory_id: str = NATION,
    *,
    as_of: DayLike,
    ruleset: Ruleset | str = Ruleset.STRICT,
    breakdown: BreakdownLike = (),
) -> Progress | None:
    """
    Return the progress of an indicator before its last actual value; `None` where there is only one value.

    *breakdown* asks about a part of the whole, such as `{"sex": "F"}`, whose own values are then used.

    Raises:
        UnknownItemError: For an indicator, a territory, a dimension or a code that the portfolio does not hold.
    """
    portfolio = known(portfolio, as_of)
    indicator, place = portfolio.indicators[indicator_id], territory_of(portfolio, territory_id)
    query = Query(as_of=parse_day(as_of), ruleset=Ruleset(ruleset), breakdown=part_of(portfolio, breakdown))
    months = actual_months(portfolio, indicator, place, query)
    if len(months) < 2:  # noqa: PLR2004  # the second-to-last needs two
        return None
    return progress_in(portfolio, indicator, place, evolve(query, until=months[-2]))


@asked
def path_of(  # noqa: PLR0913  # each is an option
    portfolio: Portfolio,
    indicator_id: str,
    territory_id: str = NATION,
    *,
    as_of: DayLike,
    shape: PathShape | str = PathShape.LINEAR,
    breakdown: BreakdownLike = (),
) -> ExpectedPath | None:
    """
    Return the expected path of an indicator: from its baseline to its final target.

    `None` where there is no path; `status_of` gives the reason, under `track`.
    *breakdown* asks about a part of the whole, such as `{"sex": "F"}`, whose own values are then used.

    Raises:
        UnknownItemError: For an indicator, a territory, a dimension or a code that the portfolio does not hold.
    """
    portfolio = known(portfolio, as_of)
    indicator, place = portfolio.indicators[indicator_id], territory_of(portfolio, territory_id)
    query = Query(as_of=parse_day(as_of), breakdown=part_of(portfolio, breakdown))
    found = progress_in(portfolio, indicator, place, query)
    return _path(found, PathShape(shape))


def _flat(found: Progress) -> ExpectedPath | None:
    """Return the limit that a value is to be kept at, from the earliest of its dates; a band is no single path."""
    dates = [held_point(point).period for point in (found.baseline, found.actual, found.target) if point is not None]
    first, goal = min(dates, key=lambda period: period.last_month), held_point(found.target)
    return None if getattr(goal, "upper", None) is not None else expected_path({str(first): goal.value})


def _path(found: Progress, shape: PathShape) -> ExpectedPath | None:
    start, goal = found.baseline, found.target
    if _why_no_path(found) is not None:
        return None
    if found.direction is not None and found.direction.is_kept:
        return _flat(found)
    points: Mapping[str, Any] = {str(each.period): each.value for each in map(held_point, (start, goal))}
    return expected_path(points, shape)


def _why_no_path(found: Progress) -> MissingReason | None:
    """Return why there is no path from the baseline to the target; `None` where there is one."""
    start, goal = found.baseline, found.target
    if found.direction is not None and found.direction.is_kept:
        return found.reason
    missing = why_missing(start, MissingReason.NO_BASELINE) or why_missing(goal, MissingReason.NO_TARGET)
    if missing is not None:
        return missing
    if is_reversed(start, goal):
        return MissingReason.TARGET_BEFORE_BASELINE
    same = held_point(start).period.last_month == held_point(goal).period.last_month
    return why_unlike(start, goal) or (MissingReason.NO_PATH if same else None)


@asked
def status_of(  # noqa: PLR0913  # each is an option
    portfolio: Portfolio,
    indicator_id: str,
    territory_id: str = NATION,
    *,
    as_of: DayLike,
    ruleset: Ruleset | str = Ruleset.STRICT,
    thresholds: Thresholds | None = None,
    path: ExpectedPath | None = None,
    breakdown: BreakdownLike = (),
) -> IndicatorStatus:
    """
    Return the status of an indicator in a territory: progress, gap, trend, freshness, track, alerts.

    *path* is the expected path; `None` means the straight line from baseline to target.
    Every part is computed from the values of the progress, so that no two parts contradict each other.
    *breakdown* asks about a part of the whole, such as `{"sex": "F"}`, whose own values are then used.

    Raises:
        UnknownItemError: For an indicator, a territory, a dimension or a code that the portfolio does not hold.
    """
    portfolio, limits = known(portfolio, as_of), thresholds or Thresholds()
    indicator, place = portfolio.indicators[indicator_id], territory_of(portfolio, territory_id)
    part = part_of(portfolio, breakdown)
    query = Query(as_of=parse_day(as_of), ruleset=Ruleset(ruleset), breakdown=part)
    now = progress_in(portfolio, indicator, place, query)
    (middle,) = _medians(portfolio, (indicator.id, place.level, query))
    before = previous_progress_of(portfolio, indicator_id, territory_id, as_of=as_of, ruleset=ruleset, breakdown=part)
    apart = gap_to(now.value, middle, query.ruleset)
    way = _trend(now, before, limits)
    fresh = freshness_of(portfolio, indicator_id, territory_id, as_of=as_of, breakdown=part)
    track = _track(now, path, limits)
    return IndicatorStatus(
        progress=now,
        previous=before,
        gap=apart,
        trend=way,
        freshness=fresh,
        track=track,
        distance=_distance(now),
        alerts=alerts(gap=apart, trend=way, freshness=fresh, track=track, thresholds=limits),
    )


def _median_of(portfolio: Portfolio, about: _Level) -> tuple[Decimal | None]:
    """Return the median progress of all territories of a level; alone in a tuple, as `Remembering` takes no `None`."""
    indicator_id, level, query = about
    indicator, places = portfolio.indicators[indicator_id], _of_level(portfolio, level, query.as_of)
    found = (progress_in(portfolio, indicator, place, query).value for place in places)
    numbers = [value for value in found if value is not None]
    return (median(numbers) if numbers else None,)


_Level: TypeAlias = tuple[str, TerritoryLevel, Query]
_medians: Remembering[Portfolio, _Level, tuple[Decimal | None]] = Remembering(_median_of)
"""Computed once for all territories of a level: a hundred of them would each compute the progress of a hundred."""


def _trend(now: Progress, before: Progress | None, limits: Thresholds) -> Trend:
    """Return the trend of a progress; in the strict ruleset none between values of different territories."""
    if before is not None and now.ruleset is Ruleset.STRICT and places_differ(before.actual, now.actual):
        return Trend(direction=None, reason=MissingReason.UNEVEN_PLACES, tolerance=limits.fall)
    return trend(now.value, None if before is None else before.value, tolerance=limits.fall, ruleset=now.ruleset)


def _track(now: Progress, path: ExpectedPath | None, limits: Thresholds) -> OnTrack:
    if path is None and now.direction is not None and now.direction.is_kept:
        return _held(now, limits)
    line = path or _path(now, PathShape.LINEAR)
    reason = why_missing(now.actual, MissingReason.NO_ACTUAL) if path is not None else _why_no_track(now)
    if line is None or reason is not None:
        return OnTrack(track=None, reason=reason)
    return on_track(
        held_point(now.actual).value,
        held_point(now.actual).period,
        line,
        now.direction,
        tolerance=limits.track,
        **_written(now),
    )


def _held(now: Progress, limits: Thresholds) -> OnTrack:
    """Return whether the latest value is held to its target, within the tolerance of the track."""
    band = None if now.kept is None or now.direction is None else limits_of(now.target, now.direction)
    if now.kept is None or band is None:
        return OnTrack(track=None, reason=now.reason)
    value = held_point(now.actual).value
    limit, outside = band.nearest(value), now.kept.outside
    track = Track.ON_TRACK if outside.copy_abs() <= limits.track else Track.BEHIND
    return OnTrack(track=track, expected=limit, difference=EXACT.subtract(value, limit), is_kept=True, **_written(now))


def _why_no_track(now: Progress) -> MissingReason | None:
    """Return why there is no path to compare a value with: there is no progress, or no path."""
    if now.reason is not None and now.reason is not MissingReason.NO_DIRECTION:
        return now.reason
    return _why_no_path(now) or why_unlike(now.baseline, now.actual, now.target)


def _distance(now: Progress) -> Distance | None:
    """Return the distance to the target; `None` where a value is missing, or the two are not comparable."""
    missing = why_missing(now.actual, MissingReason.NO_ACTUAL) or why_missing(now.target, MissingReason.NO_TARGET)
    if missing is not None or why_unlike(now.actual, now.target) is not None:
        return None
    ends: dict[str, Any] = {"on": held_point(now.actual).period, "target_on": held_point(now.target).period}
    value, goal, way = held_point(now.actual).value, held_point(now.target).value, now.direction
    if way is not None and way.is_kept:
        band = limits_of(now.target, way)
        if band is None:
            return None
        goal = band.nearest(value)
        way = Direction.KEEP_AT_OR_BELOW if goal == band.upper else Direction.KEEP_AT_OR_ABOVE
    elif is_band(now.target):
        return None
    ends |= _written(now) | {"direction": way}
    return distance(value, goal, **ends)


def _written(now: Progress) -> dict[str, Any]:
    return {"unit": now.unit, "decimals": now.about.decimals}


@asked
def reform_status_of(  # noqa: PLR0913  # each is an option
    portfolio: Portfolio,
    reform_id: str,
    territory_id: str = NATION,
    *,
    as_of: DayLike,
    ruleset: Ruleset | str = Ruleset.STRICT,
    thresholds: Thresholds | None = None,
) -> IndicatorStatus:
    """
    Return the status of a reform in a territory: progress, gap, trend, confidence rating, alerts.

    Raises:
        UnknownItemError: For a reform or a territory that the portfolio does not hold.
    """
    portfolio, limits = known(portfolio, as_of), thresholds or Thresholds()
    now = reform_progress_of(portfolio, reform_id, territory_id, as_of=as_of, ruleset=ruleset)
    others = [
        reform_progress_of(portfolio, reform_id, peer, as_of=as_of, ruleset=ruleset).value
        for peer in peers_of(portfolio, territory_id, on=as_of)
    ]
    before = previous_reform_progress_of(portfolio, reform_id, territory_id, as_of=as_of, ruleset=ruleset)
    apart = gap(now.value, others, ruleset=ruleset)
    way = trend(now.value, None if before is None else before.value, tolerance=limits.fall, ruleset=ruleset)
    said = confidence_on(portfolio.reforms[reform_id].ratings, as_of=as_of, territory_id=territory_id)
    level = None if said is None else said.level
    return IndicatorStatus(
        progress=now,
        previous=before,
        gap=apart,
        trend=way,
        confidence=said,
        alerts=alerts(gap=apart, trend=way, confidence=level, thresholds=limits),
    )
