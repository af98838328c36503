"""The rule on changes of definition: no line may be drawn through one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from levier.compute.checks.indicators import series_by_indicator, territory_name
from levier.compute.checks.rules import Found, worded
from levier.compute.findings import Severity
from levier.compute.indicators.following import territory_of
from levier.compute.indicators.progress import Progress
from levier.model.indicators import Indicator
from levier.model.observations import ObservationKind
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.territories import TerritoryLevel
from levier.wording.messages import Message, clauses, message
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = ["definition_break_crossed"]

_LEVELS = tuple(TerritoryLevel)


@worded(
    "definition-break-crossed",
    Severity.WARNING,
    remedy=message("Restate the earlier values under the new definition, or start from a new baseline."),
)
def definition_break_crossed(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """
    Find the indicators whose progress would draw a line through a change of their definition.

    The values are those that `progress_of` chooses on the day; two of them, such as a value and its target, suffice.
    A value that documents dispute says nothing here.
    """
    for indicator, lines in series_by_indicator(portfolio, as_of):
        broken = sorted(filter(_crosses_a_break, lines), key=partial(_rank, portfolio))
        if broken:
            yield f"indicators/{indicator.id}", _said(indicator, broken[0], len(broken) - 1)


def _rank(portfolio: Portfolio, found: Progress) -> tuple[int, str]:
    """Order territories, the highest first."""
    return _LEVELS.index(territory_of(portfolio, found.territory_id).level), found.territory_id


def _used(found: Progress) -> list[tuple[ObservationKind, Any]]:
    points = zip(ObservationKind, (found.baseline, found.actual, found.target), strict=False)
    return [(kind, point) for kind, point in points if point is not None and point.value is not None]


def _crosses_a_break(found: Progress) -> bool:
    """Say whether the values used are of several definitions; one rolled up from several has the version 0."""
    versions = {point.definition for _, point in _used(found)}
    return len(versions) > 1 or 0 in versions


def _said(indicator: Indicator, found: Progress, others: int) -> Said:
    points = clauses(*(_point(kind, point) for kind, point in _used(found)))
    changed = message(
        "The indicator '{indicator}' changes definition between the values compared ({place}): {points}.",
        indicator=Name.of(indicator),
        place=territory_name(found),
        points=points,
    )
    if not others:
        return changed
    return message("{finding} Other territories in this case: {n}.", finding=changed, n=others)


def _point(kind: ObservationKind, point: Any) -> Message:
    if not point.definition:
        return message("{kind} {period} (several versions)", kind=kind, period=point.period)
    return message("{kind} {period} (version {n})", kind=kind, period=point.period, n=point.definition)
