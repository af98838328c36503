"""
Likeness: whether values may be set against each other.

No line is drawn from one definition to another, and a total is compared only with a total of the same territories.
"""

from __future__ import annotations

from typing import Any

from levier.compute.indicators.aggregation import Coverage
from levier.compute.indicators.choices import month_of
from levier.compute.indicators.rulesets import Ruleset
from levier.wording.reasons import MissingReason

__all__ = [
    "coverage_of",
    "definitions_differ",
    "is_reversed",
    "places_differ",
    "why_missing",
    "why_refused",
    "why_unlike",
]


def why_missing(point: Any, otherwise: MissingReason) -> MissingReason | None:
    """
    Return why a point has no value, *otherwise* where nothing but its absence says so; `None` where it has one.

    >>> why_missing(None, MissingReason.NO_TARGET)
    <MissingReason.NO_TARGET: 'no-target'>
    """
    if point is not None and point.value is not None:
        return None
    found: MissingReason | None = getattr(point, "reason", None)
    return found or otherwise


def why_refused(*points: Any, ruleset: Ruleset) -> MissingReason | None:
    """
    Return why values that are all there, the baseline first and the target last, give no progress; `None` if they do.

    PILOTE sets even unlike values against each other.

    >>> why_refused(None, None, ruleset=Ruleset.STRICT) is None
    True
    """
    if is_reversed(points[0], points[-1]):
        return MissingReason.TARGET_BEFORE_BASELINE
    return why_unlike(*points) if ruleset is Ruleset.STRICT else None


def why_unlike(*points: Any) -> MissingReason | None:
    """
    Return why points may not be set against each other; `None` where they may, or where one of them has no value.

    >>> from levier.model.observations import Observation
    >>> old, new = (
    ...     Observation(indicator_id="a", period=when, kind="actual", value=1, definition=version)
    ...     for when, version in (("2019", 1), ("2020", 2))
    ... )
    >>> why_unlike(old, new)
    <MissingReason.DEFINITION_CHANGED: 'definition-changed'>
    """
    if definitions_differ(*points):
        return MissingReason.DEFINITION_CHANGED
    return MissingReason.UNEVEN_PLACES if places_differ(*points) else None


def definitions_differ(*points: Any) -> bool:
    """
    Say whether points that all have a value are of several definitions; one made of several is of none, version 0.

    >>> definitions_differ(None, None)
    False
    """
    if any(point is None or point.value is None for point in points):
        return False
    versions = {getattr(point, "definition", 1) for point in points}
    return len(versions) > 1 or 0 in versions


def places_differ(*points: Any) -> bool:
    """
    Say whether points that all have a value are of different territories.

    A value typed for a territory is of the whole of it, so only a complete total may stand beside one.

    >>> places_differ(None, None)
    False
    """
    if any(point is None or point.value is None for point in points):
        return False
    coverages = [coverage_of(point) for point in points]
    made = [coverage for coverage in coverages if coverage is not None]
    if len({coverage.reported for coverage in made}) > 1:
        return True
    return len(made) < len(points) and not all(coverage.is_complete for coverage in made)


def is_reversed(baseline: Any, target: Any) -> bool:
    """
    Say whether a target is dated before its baseline; bare numbers have no dates.

    >>> is_reversed(None, None)
    False
    """
    start, goal = (getattr(point, "period", None) for point in (baseline, target))
    return start is not None and goal is not None and month_of(goal) < month_of(start)


def coverage_of(point: Any) -> Coverage | None:
    """
    Return of which territories a point is made; `None` where it is typed.

    >>> coverage_of(None) is None
    True
    """
    found: Coverage | None = getattr(point, "coverage", None)
    return found
