"""
Alerts, each with the threshold that was passed; and confidence ratings, whose absence raises an alert.

Confidence (*météo*) is a human judgement: it is never computed, only looked up, ordered and counted.
Source of the rules: PILOTE: a gap to the median of the level strictly below −10; a falling trend; no confidence rating.
Its order of confidence: secured > attainable > support needed > compromised.
Ours: no progress, data not up to date, behind the path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.exact import EXACT
from levier.compute.indicators.freshness import Freshness
from levier.compute.indicators.paths import OnTrack, Track, unit_of_difference
from levier.compute.indicators.positions import Gap, Trend, TrendDirection
from levier.errors.final import final
from levier.model._fields import as_decimal, number_within
from levier.model.periods import Day, DayLike, parse_day
from levier.model.programmes import ConfidenceLevel, ConfidenceRating
from levier.model.quantities import POINTS
from levier.model.terms import Term
from levier.model.territories import NATION
from levier.wording.explained import Explained
from levier.wording.messages import items, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said
from levier.wording.values import Number

__all__ = [
    "CONFIDENCE_ORDER",
    "GAP_THRESHOLD",
    "Alert",
    "AlertKind",
    "Thresholds",
    "alerts",
    "compare_confidence",
    "confidence_counts",
    "confidence_on",
    "latest_statement_day",
]

GAP_THRESHOLD = Decimal(-10)
"""The gap to the median, in points, strictly below which a territory lags."""


class AlertKind(Term):
    """The kinds of alert."""

    LAGGING = "lagging", "retard sur la médiane", "behind the median"
    FALLING = "falling", "taux d’avancement en baisse", "progress falling"
    NO_CONFIDENCE = "no-confidence", "confiance non renseignée", "confidence not given"
    NO_PROGRESS = "no-progress", "taux d’avancement non calculable", "progress not computable"
    NOT_UP_TO_DATE = "not-up-to-date", "pas à jour", "not up to date"
    OFF_TRACK = "off-track", "en retard sur la trajectoire", "behind its path"


@final
@frozen(kw_only=True, field_transformer=by_type)
class Thresholds:
    """
    The thresholds of alerts: points from the median, points of a fall, units behind the path.

    *gap* is at most zero, because a territory above the median does not lag; *fall* and *track* are at least zero.
    Progress runs from 0 to 100, so *gap* and *fall* are at most 100 points in size.

    Raises:
        InvalidValueError: For a threshold out of its range, or one that is not an exact number.

    >>> Thresholds(gap=-5).gap
    Decimal('-5')
    """

    gap: Decimal = field(default=GAP_THRESHOLD, converter=as_decimal, validator=number_within(-100, 0))
    fall: Decimal = field(default=Decimal(0), converter=as_decimal, validator=number_within(0, 100))
    track: Decimal = field(default=Decimal(0), converter=as_decimal, validator=number_within(0))


@final
@frozen(kw_only=True, field_transformer=by_type)
class Alert(Explained):
    r"""
    One alert, with the value found and the threshold it passed; both are `None` where the alert has no threshold.

    *unit* and *decimals* format the numbers in sentences; the sign is left out, because the kind of alert tells it.

    Attributes:
        kind: The kind of alert, such as a falling trend.
        found: The value that raised it, in *unit*.
        threshold: The threshold that was passed, in *unit*.

    >>> from levier.compute.indicators.positions import gap
    >>> print(alerts(gap=gap(20, [20, 40, 60]))[0])
    behind the median: 20 points (threshold: 10 points)
    """

    kind: AlertKind = field(converter=AlertKind)
    found: Decimal | None = None
    threshold: Decimal | None = None
    unit: str = POINTS
    decimals: int | None = None

    @property
    def message(self) -> Said:
        """The value found and the threshold it passed."""
        if self.found is None or self.threshold is None:
            return items(self.kind)
        limit = self.threshold.copy_abs()
        return message(
            "{alert}: {found} (threshold: {limit})",
            alert=self.kind,
            found=Number.trimmed(self.found.copy_abs(), self.unit, self.decimals, limit),
            limit=Number.trimmed(limit, self.unit, self.decimals),
        )


@asked
def alerts(  # noqa: PLR0913  # one argument for each kind of alert
    *,
    gap: Gap | None = None,
    trend: Trend | None = None,
    confidence: ConfidenceLevel | str | None = ConfidenceLevel.NOT_NEEDED,
    freshness: Freshness | None = None,
    track: OnTrack | None = None,
    thresholds: Thresholds | None = None,
) -> tuple[Alert, ...]:
    """
    Return the alerts that the given results raise, each with its threshold.

    *confidence* is the last rating: `None` and "not given" raise an alert, "not needed" does not.

    >>> from levier.compute.indicators.positions import gap
    >>> [alert.kind.value for alert in alerts(gap=gap(20, [20, 40, 60]), confidence=None)]
    ['lagging', 'no-confidence']
    """
    limits = thresholds or Thresholds()
    found: list[Alert] = []
    if gap is not None and gap.value is not None and gap.value < limits.gap:
        found.append(Alert(kind=AlertKind.LAGGING, found=gap.value, threshold=limits.gap))
    if trend is not None and trend.direction is TrendDirection.FALLING:
        found.append(Alert(kind=AlertKind.FALLING, found=trend.change, threshold=EXACT.minus(trend.tolerance)))
    if confidence is None or confidence == ConfidenceLevel.NOT_GIVEN:
        found.append(Alert(kind=AlertKind.NO_CONFIDENCE))
    if gap is not None and gap.reason is MissingReason.NO_PROGRESS:
        found.append(Alert(kind=AlertKind.NO_PROGRESS))
    if freshness is not None and freshness.up_to_date is False:
        found.append(Alert(kind=AlertKind.NOT_UP_TO_DATE))
    if track is not None and track.track is Track.BEHIND:
        shown: dict[str, Any] = {"unit": unit_of_difference(track.unit), "decimals": track.decimals}
        found.append(Alert(kind=AlertKind.OFF_TRACK, found=track.difference, threshold=limits.track, **shown))
    return tuple(found)


CONFIDENCE_ORDER = (
    ConfidenceLevel.COMPROMISED,
    ConfidenceLevel.SUPPORT_NEEDED,
    ConfidenceLevel.ATTAINABLE,
    ConfidenceLevel.SECURED,
)
"""From the least to the most confident; "not given" and "not needed" are not levels of confidence."""


@asked
def compare_confidence(left: ConfidenceLevel | str, right: ConfidenceLevel | str) -> int | None:
    """
    Return 1 where *left* is the more confident, −1 where *right* is, 0 where equal; `None` where one is not a level.

    >>> compare_confidence("secured", "compromised"), compare_confidence("not-given", "secured")
    (1, None)
    """
    first, second = ConfidenceLevel(left), ConfidenceLevel(right)
    if first not in CONFIDENCE_ORDER or second not in CONFIDENCE_ORDER:
        return None
    difference = CONFIDENCE_ORDER.index(first) - CONFIDENCE_ORDER.index(second)
    return (difference > 0) - (difference < 0)


@asked
def confidence_counts(levels: Iterable[ConfidenceLevel | str | None]) -> Mapping[ConfidenceLevel, int]:
    """
    Return how often each level was given, with 0 for the others; `None` is ignored.

    >>> counts = confidence_counts(["compromised", "compromised", None, "secured"])
    >>> counts[ConfidenceLevel.COMPROMISED], counts[ConfidenceLevel.ATTAINABLE]
    (2, 0)
    """
    counts = dict.fromkeys(ConfidenceLevel, 0)
    for level in levels:
        if level is not None:
            counts[ConfidenceLevel(level)] += 1
    return MappingProxyType(counts)


@asked
def confidence_on(
    ratings: Iterable[ConfidenceRating], *, as_of: DayLike, territory_id: str = NATION
) -> ConfidenceRating | None:
    """
    Return the last rating of a territory up to a day; a rating without a territory is the nation's.

    >>> rating = ConfidenceRating(level="attainable", on="2019-06-01", by_id="ditp")
    >>> confidence_on([rating], as_of="2019-06-14") is rating, confidence_on([rating], as_of="2019-05-14")
    (True, None)
    """
    day = parse_day(as_of)
    said = [rating for rating in ratings if (rating.territory_id or NATION) == territory_id and rating.on <= day]
    return max(said, key=lambda rating: rating.on, default=None)


@asked
def latest_statement_day(days: Iterable[DayLike | None]) -> Day | None:
    """
    Return the latest of several days, such as those of ratings and comments; `None` where there are no days.

    >>> str(latest_statement_day(["2019-01-02", None, "2024-01-03"]))
    '2024-01-03'
    """
    return max((parse_day(day) for day in days if day is not None), default=None)
