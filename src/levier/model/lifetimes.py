"""
Lifetimes: when territories existed, by their own periods and by successions.

A territory with a period existed in it. Without one, it began with a succession of which it is no predecessor itself,
and it ended on the day before another took it over, unless it is its own predecessor then. So nobody has to write the
same day twice, and a code may come back, as that of a municipality that is established again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeAlias

from levier.model.periods import Period
from levier.model.territories import Territory

__all__ = ["Lifetime", "existed_in", "existed_on", "lifetimes"]

Lifetime: TypeAlias = tuple[tuple[date, date], ...]
"""The first and last days between which a territory existed; those of the calendar where nothing began or ended it."""


def lifetimes(territories: Mapping[str, Territory]) -> dict[str, Lifetime]:
    """
    Return the lifetimes of the territories of which something is said; all others always existed.

    >>> from levier.plans import Succession
    >>> merger = Succession(on="2017-01-01", predecessor_ids=["74010", "74268"])
    >>> annecy = Territory(id="74010", label="Annecy", successions=[merger])
    >>> lived = lifetimes({"74010": annecy, "74268": Territory(id="74268", label="Seynod")})
    >>> [(code, *map(str, spans[0])) for code, spans in lived.items()]
    [('74010', '0001-01-01', '9999-12-31'), ('74268', '0001-01-01', '2016-12-31')]
    """
    dated: dict[str, Territory] = {
        place.id: place for place in territories.values() if place.successions or place.period is not None
    }
    taken: dict[str, set[date]] = defaultdict(set)
    for place in dated.values():
        for step in place.successions:
            for code in step.predecessor_ids:
                if code != place.id and not _goes_on(dated.get(code), step.on):
                    taken[code].add(step.on)
    codes = dict.fromkeys((*dated, *taken))
    return {code: _lifetime(dated.get(code), taken.get(code, ())) for code in codes}


def existed_on(lived: Mapping[str, Lifetime], territory_id: str, day: date) -> bool:
    """
    Return whether a territory existed on a day, by the lifetimes of its portfolio.

    >>> existed_on({}, "46", date(2019, 6, 14))
    True
    """
    return territory_id not in lived or any(first <= day <= last for first, last in lived[territory_id])


def existed_in(lived: Mapping[str, Lifetime], territory_id: str, period: Period) -> bool:
    """
    Return whether a territory existed on a day of a period; of one without an end, on its first day.

    >>> existed_in({"74268": ((date.min, date(2016, 12, 31)),)}, "74268", Period("2017"))
    False
    """
    begun, ended = period.first_day or date.min, period.known_by
    return territory_id not in lived or any(first <= ended and begun <= last for first, last in lived[territory_id])


def _goes_on(place: Territory | None, day: date) -> bool:
    """Return whether a territory that was taken over on a day says itself that it existed afterwards."""
    later = () if place is None else (step for step in place.successions if step.on >= day)
    following = min(later, key=lambda step: step.on, default=None)
    return place is not None and following is not None and place.id in following.predecessor_ids


def _lifetime(place: Territory | None, taken: Iterable[date]) -> Lifetime:
    if place is not None and place.period is not None:
        return ((place.period.first_day or date.min, place.period.last_day or date.max),)
    steps = () if place is None else place.successions
    begun = [step.on for step in steps if place is not None and place.id not in step.predecessor_ids]
    return tuple(_spans(sorted([*((day, False) for day in taken), *((day, True) for day in begun)])))


def _spans(events: list[tuple[date, bool]]) -> Iterable[tuple[date, date]]:
    """Yield the spans between ends and beginnings, in the order of their days; of one day, the end comes first."""
    start = None if events and events[0][1] else date.min
    for day, is_beginning in events:
        if is_beginning:
            start = start or day
        elif start is not None and start < day:
            yield start, date.fromordinal(day.toordinal() - 1)
            start = None
    if start is not None:
        yield start, date.max
