"""
Confidence (*météo*): said by people, never computed; here it is looked up, ordered and counted.

Source of the order: PILOTE: secured > attainable > support needed > compromised.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from levier.model.periods import Day, DayLike, parse_day
from levier.model.programmes import ConfidenceLevel, ConfidenceRating
from levier.model.territories import NATION

__all__ = ["CONFIDENCE_ORDER", "compare_confidence", "confidence_counts", "confidence_on", "latest_statement_day"]

CONFIDENCE_ORDER = (
    ConfidenceLevel.COMPROMISED,
    ConfidenceLevel.SUPPORT_NEEDED,
    ConfidenceLevel.ATTAINABLE,
    ConfidenceLevel.SECURED,
)
"""From the least to the most confident; "not given" and "not needed" are no levels of confidence."""


def compare_confidence(left: ConfidenceLevel | str, right: ConfidenceLevel | str) -> int | None:
    """
    Return 1 where *left* is the more confident, −1 where *right* is, 0 where equal; `None` where one is no level.

    >>> compare_confidence("secured", "compromised"), compare_confidence("not-given", "secured")
    (1, None)
    """
    first, second = ConfidenceLevel(left), ConfidenceLevel(right)
    if first not in CONFIDENCE_ORDER or second not in CONFIDENCE_ORDER:
        return None
    difference = CONFIDENCE_ORDER.index(first) - CONFIDENCE_ORDER.index(second)
    return (difference > 0) - (difference < 0)


def confidence_counts(levels: Iterable[ConfidenceLevel | str | None]) -> Mapping[ConfidenceLevel, int]:
    """
    Return how often each level was said, those never said among them; `None` is ignored.

    >>> counts = confidence_counts(["compromised", "compromised", None, "secured"])
    >>> counts[ConfidenceLevel.COMPROMISED], counts[ConfidenceLevel.ATTAINABLE]
    (2, 0)
    """
    counts = dict.fromkeys(ConfidenceLevel, 0)
    for level in levels:
        if level is not None:
            counts[ConfidenceLevel(level)] += 1
    return MappingProxyType(counts)


def confidence_on(
    ratings: Iterable[ConfidenceRating], *, as_of: DayLike, territory_id: str = NATION
) -> ConfidenceRating | None:
    """
    Return the last rating of a territory up to a day; the nation's are those that name no territory.

    >>> rating = ConfidenceRating(level="attainable", on="2019-06-01", by_id="ditp")
    >>> confidence_on([rating], as_of="2019-06-14") is rating, confidence_on([rating], as_of="2019-05-14")
    (True, None)
    """
    day = parse_day(as_of)
    said = [rating for rating in ratings if (rating.territory_id or NATION) == territory_id and rating.on <= day]
    return max(said, key=lambda rating: rating.on, default=None)


def latest_statement_day(days: Iterable[DayLike | None]) -> Day | None:
    """
    Return the latest of several days, such as those of ratings and comments; `None` where nothing was said.

    >>> str(latest_statement_day(["2019-01-02", None, "2024-01-03"]))
    '2024-01-03'
    """
    return max((parse_day(day) for day in days if day is not None), default=None)
