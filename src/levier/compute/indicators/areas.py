"""
Areas: the land that territories covered at a month, so that totals are compared over the same area.

A code may stand for another area after a merger, so codes do not tell whether two totals cover the same. The area of a
territory is a set of *pieces*. A piece is what went the same way through all successions: Annecy after its merger is
made up of the pieces of its predecessors, and a territory that was divided of those of its successors.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import chain

from attrs import field, frozen

from levier._remembering import Remembering
from levier.errors.final import final
from levier.model.lifetimes import Lifetime, existed_on, lifetimes
from levier.model.portfolio import Portfolio
from levier.model.territories import Territory

__all__ = ["NO_AREAS", "Areas", "areas_of"]

_Version = tuple[str, int]
"""A territory between two of the days on which its area changed: its code, and how many changes came before."""


@lru_cache(maxsize=1024)
def _last_day(month: int) -> date:
    """Return the last day of a month, numbered as `Period.last_month` does."""
    year, number = divmod(max(month, 12), 12)
    return date(year, number + 1, monthrange(year, number + 1)[1])


@final
@frozen(kw_only=True)
class Areas:
    """
    The areas of the territories of a portfolio, at the end of each month.

    >>> from levier.plans import Succession
    >>> merger = Succession(on="2017-01-01", predecessor_ids=["74010", "74268"])
    >>> annecy = Territory(id="74010", label="Annecy", successions=[merger])
    >>> areas = Areas.of({"74010": annecy, "74268": Territory(id="74268", label="Seynod")})
    >>> before, after = 2016 * 12 + 11, 2019 * 12
    >>> areas.at("74010", before) | areas.at("74268", before) == areas.at("74010", after)
    True
    >>> areas.at("74268", after), sorted(areas.at("75", after))
    (frozenset(), ['75'])
    """

    lived: Mapping[str, Lifetime] = field(factory=dict)
    changes: Mapping[str, tuple[date, ...]] = field(factory=dict)
    """The days on which the area of a territory may have changed, in order."""
    pieces: Mapping[_Version, frozenset[str]] = field(factory=dict)
    ways: Mapping[str, tuple[_Version, ...]] = field(factory=dict)
    """The territories that each piece was part of, in the order of time."""

    @classmethod
    def of(cls, territories: Mapping[str, Territory]) -> Areas:
        """Return the areas of territories, by their successions and periods."""
        lived = lifetimes(territories)
        steps: dict[tuple[str, date], tuple[str, ...]] = {
            (place.id, step.on): step.predecessor_ids for place in territories.values() for step in place.successions
        }
        days: dict[str, set[date]] = defaultdict(set)
        for (code, day), before in steps.items():
            for one in (code, *before):
                days[one].add(day)
        changes = {code: tuple(sorted(found)) for code, found in days.items()}
        found = {">".join(f"{code}.{n}" for code, n in way): way for way in _ways(lived, changes, steps)}
        pieces: dict[_Version, set[str]] = defaultdict(set)
        for piece, way in found.items():
            for version in way:
                pieces[version].add(piece)
        held = {version: frozenset(inside) for version, inside in pieces.items()}
        return cls(lived=lived, changes=changes, pieces=held, ways=found)

    def existed(self, code: str, month: int) -> bool:
        """Return whether a territory existed at the end of a month."""
        return code not in self.lived or existed_on(self.lived, code, _last_day(month))

    def at(self, code: str, month: int) -> frozenset[str]:
        """Return the pieces of a territory at the end of a month; none where it did not exist."""
        if code not in self.changes:
            return frozenset((code,)) if self.existed(code, month) else frozenset()
        return self.pieces.get(self._version(code, month), frozenset()) if self.existed(code, month) else frozenset()

    def differ(self, code: str, months: Iterable[int]) -> bool:
        """Return whether a territory had several areas in these months; one in which it did not exist tells none."""
        return code in self.changes and len({self.at(code, month) for month in months} - {frozenset()}) > 1

    def latest(self, code: str) -> frozenset[str]:
        """Return the pieces of a territory that changed, as it last was."""
        numbers = range(len(self.changes[code]), -1, -1)
        return next((self.pieces[code, number] for number in numbers if (code, number) in self.pieces), frozenset())

    def ever(self, codes: Iterable[str]) -> frozenset[str]:
        """Return the pieces that territories had at any time."""
        return frozenset(chain.from_iterable(map(self._ever, codes)))

    def whole(self, codes: Collection[str], month: int) -> frozenset[str]:
        """
        Return the pieces of a territory that is made up of others, at the end of a month; none where none existed.

        A piece that is nowhere at that month, because a territory began or ended without a succession, is in it.
        """
        here = frozenset(chain.from_iterable(self.at(code, month) for code in codes))
        return here | {piece for piece in self.ever(codes) if not self._is_somewhere(piece, month)} if here else here

    def _ever(self, code: str) -> Iterable[str]:
        if code not in self.changes:
            return (code,)
        versions = ((code, number) for number in range(len(self.changes[code]) + 1))
        return chain.from_iterable(self.pieces.get(version, ()) for version in versions)

    def _is_somewhere(self, piece: str, month: int) -> bool:
        way = self.ways.get(piece)
        if way is None:
            return self.existed(piece, month)
        return any(self._version(code, month) == (code, n) and self.existed(code, month) for code, n in way)

    def _version(self, code: str, month: int) -> _Version:
        return code, bisect_right(self.changes[code], _last_day(month))


def _ways(
    lived: Mapping[str, Lifetime],
    changes: Mapping[str, tuple[date, ...]],
    steps: Mapping[tuple[str, date], tuple[str, ...]],
) -> Iterator[tuple[_Version, ...]]:
    """Yield each way from a territory through its successors, the earliest first, that existed at some time."""
    before: dict[_Version, list[_Version]] = {
        (code, number): [] for code, days in changes.items() for number in range(len(days) + 1)
    }
    named = {(code, day) for (_, day), codes in steps.items() for code in codes}
    for code, days in changes.items():
        for number, day in enumerate(days):
            codes = steps.get((code, day), ())
            before[code, number + 1] = [(one, bisect_left(changes[one], day)) for one in codes]
            eve = date.fromordinal(max(day.toordinal() - 1, 1))
            went_on = existed_on(lived, code, eve) and existed_on(lived, code, day)
            if went_on and ((code, day) in named) is not bool(codes):  # what remained, or what others joined
                before[code, number + 1].append((code, number))
    left = {version for versions in before.values() for version in versions}
    ways: dict[_Version, list[tuple[_Version, ...]]] = {}
    for version in sorted(before, key=lambda one: (changes[one[0]][one[1] - 1] if one[1] else date.min, one[1])):
        ways[version] = [(*way, version) for one in before[version] for way in ways[one]] or [(version,)]
    for version, found in ways.items():
        if version not in left:
            yield from (way for way in found if any(_existed(lived, changes, one) for one in way))


def _existed(lived: Mapping[str, Lifetime], changes: Mapping[str, tuple[date, ...]], version: _Version) -> bool:
    code, number = version
    begun, *ended = (date.min, *changes[code], date.max)[number : number + 2]
    return any(first < ended[0] and begun <= last for first, last in lived.get(code, ((date.min, date.max),)))


NO_AREAS = Areas()
"""The areas of territories that never changed: each is its own only piece."""

areas_of: Remembering[Portfolio, None, Areas] = Remembering(lambda portfolio, _: Areas.of(portfolio.territories))
"""The areas of a portfolio, remembered as long as it lives."""
