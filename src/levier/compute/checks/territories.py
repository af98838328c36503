"""Rules on territories: values of a time in which they did not exist, and municipalities of two at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from levier.compute.checks.rules import Found, RuleSet, first_few, rule
from levier.compute.findings import Severity
from levier.model.identifiers import TerritoryId
from levier.model.lifetimes import existed_in, existed_on, lifetimes
from levier.model.observations import Observation
from levier.model.periods import Day, parse_day
from levier.model.portfolio import Portfolio
from levier.model.territories import Territory, TerritoryLevel
from levier.wording.messages import Message, items, message
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = ["part_of_two", "predecessor_not_there", "value_outside_lifetime"]


@rule(
    "value-outside-lifetime",
    Severity.WARNING,
    RuleSet.CONSISTENCY,
    remedy=message("Give the value to its predecessors or its successor, or correct the dates of the territory."),
)
def value_outside_lifetime(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find values of a territory in periods in which it did not exist yet, or no longer."""
    lived = lifetimes(portfolio.territories)
    for code in sorted(lived):
        for indicator in portfolio.indicators.values():
            rows = portfolio.observations.of(indicator.id, territory_id=code)
            outside = [row for row in rows if not existed_in(lived, code, row.period)]
            if outside:
                yield (
                    f"indicators/{indicator.id}/{code}",
                    message(
                        "The indicator '{indicator}' has values of a territory that was not there ({lived}): {rows}.",
                        indicator=Name.of(indicator),
                        lived=items(Name.of(portfolio.territories[code]), *map(_span, lived[code])),
                        rows=first_few(map(_row, outside)),
                    ),
                )


@rule(
    "part-of-two",
    Severity.WARNING,
    RuleSet.CONSISTENCY,
    remedy=message("Keep it in one of them, or date them: territories of one level share no municipality."),
)
def part_of_two(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find municipalities that two territories of one level list among their parts, where both exist on the day."""
    holders: dict[tuple[TerritoryLevel, TerritoryId], list[Territory]] = defaultdict(list)
    listing = [place for place in portfolio.territories.values() if place.part_ids]
    lived = lifetimes(portfolio.territories) if listing else {}
    for place in listing:
        for part in place.part_ids if existed_on(lived, place.id, as_of) else ():
            holders[place.level, part].append(place)
    for (_, code), places in holders.items():
        for one, other in pairwise(places):
            yield (
                f"territories/{code}",
                message(
                    "'{place}' is part of '{one}' and of '{other}'.",
                    place=Name.of(portfolio.territories[code]),
                    one=Name.of(one),
                    other=Name.of(other),
                ),
            )


@rule(
    "predecessor-not-there",
    Severity.WARNING,
    RuleSet.CONSISTENCY,
    remedy=message("Correct the day of the succession, or the period of the predecessor."),
)
def predecessor_not_there(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find successions of territories that did not exist on the day before."""
    lived = lifetimes(portfolio.territories)
    changes = [(place, step) for place in portfolio.territories.values() for step in place.successions]
    for place, step in changes:
        before = date.fromordinal(max(step.on.toordinal() - 1, 1))
        for code in step.predecessor_ids:
            if not existed_on(lived, code, before):
                yield (
                    f"territories/{place.id}/successions/{step.on}",
                    message(
                        "'{predecessor}', which '{place}' succeeds on {day}, did not exist then.",
                        place=Name.of(place),
                        predecessor=Name.of(portfolio.territories[code]),
                        day=step.on,
                    ),
                )


def _row(row: Observation) -> Message:
    return message("{kind} {period}", kind=row.kind, period=row.period)


def _span(days: tuple[date, date]) -> Said:
    first, last = days
    if first == date.min:
        return message("until {day}", day=parse_day(last))
    if last == date.max:
        return message("since {day}", day=parse_day(first))
    return message("{day} to {last}", day=parse_day(first), last=parse_day(last))
