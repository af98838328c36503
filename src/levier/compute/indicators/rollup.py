"""
Roll-up: the value of a territory, computed from the values of the territories below.

PILOTE adds up values dated in the same month.
The strict ruleset carries the last known value forward within a stated limit, gives each territory its own baseline and
target, and compares only totals of the same territories.

In a chain the territories below are rolled up themselves, each level by its own rule: a part is then not a recorded
value but the parts of that territory, and the territories that totals are compared over are the lowest ones, the
*leaves*. A value recorded for a territory stands for all its leaves of that month.

A value is of the *area* that its territory had at the end of its own month (`levier.compute.indicators.areas`). A total
counts no piece of land twice: one of a month is of the territories that existed at its end, and of predecessors that
together are such a territory. Totals that are not complete are compared over the same pieces of land.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from attrs import frozen

from levier.compute.coverage import Coverage
from levier.compute.exact import EXACT
from levier.compute.indicators.aggregation import WEIGHTED, Aggregate, as_aggregation, combined
from levier.compute.indicators.areas import NO_AREAS, Areas
from levier.compute.indicators.rulesets import Horizon, Ruleset
from levier.compute.indicators.series import ExcludedObservation, Exclusion, Series, observations_of
from levier.errors.final import final
from levier.model.indicators import Aggregation, RollUp
from levier.model.observations import Observation, ObservationKind
from levier.model.periods import Period
from levier.wording.reasons import MissingReason
from levier.wording.values import Name

__all__ = ["Parts", "Place", "Rolled"]

_ACTUAL = ObservationKind.ACTUAL


class Place(Protocol):
    """A territory below: its recorded values or, in a chain, those computed from the territories below it."""

    @property
    def own(self) -> Series:
        """The recorded values."""
        ...

    @property
    def leaves(self) -> frozenset[str]:
        """The lowest territories that its values are computed from; itself where they are recorded."""
        ...

    def computed(self, kind: ObservationKind) -> Rolled | None:
        """Return the roll-up that computes a kind of value; `None` where the recorded values are used."""
        ...

    def months(self, kind: ObservationKind) -> Collection[int]:
        """Return the months in which a kind has a value."""
        ...

    def as_of_month(self, kind: ObservationKind, month: int, carried: int) -> Any:
        """Return the value of a month, or the last one before, if it may be carried forward."""
        ...

    def baseline(self) -> Any:
        """Return the baseline."""
        ...

    def target(self, horizon: Horizon, year: int) -> tuple[Any, Any]:
        """Return the target, and the recorded and the computed one if both exist."""
        ...

    def below_left_out(self) -> Iterable[ExcludedObservation]:
        """Return what was left out of its values."""
        ...

    def every_series(self) -> Iterable[Series]:
        """Return every recorded series: its own, and those of the territories below."""
        ...


@final
@frozen(kw_only=True, eq=False)
class Parts:
    """
    The part of each territory below in one value: its own baseline or target, or its actual value as of a month.

    In a chain, a part is the parts of a territory. *below* is the roll-up that aggregates them.
    """

    kind: ObservationKind
    rows: Mapping[str, Any]
    below: Rolled
    as_of: int | None = None
    """The month for which actual values are carried forward."""
    dropped: Mapping[str, Any] = MappingProxyType({})
    """The rows that do not count: of territories that did not exist, or of an area that others count."""

    @property
    def known(self) -> dict[str, Any]:
        """The parts that have a value, by territory."""
        return {place: row for place, row in self.rows.items() if row is not None}

    @property
    def month(self) -> int:
        """The month of the whole: the month requested, or the latest month of its parts."""
        return self.as_of or max((row.period.last_month for row in self.known.values()), default=0)

    @property
    def period(self) -> Period:
        """The latest period of its parts."""
        periods: list[Period] = [row.period for row in self.known.values()]
        return max(periods, key=lambda period: period.last_month)


@final
@frozen(kw_only=True, eq=False)
class Rolled:
    """
    The territories below, and how to aggregate their values.

    *lacking* gives, for each rule that cannot be applied, the reason: numerators or denominators are missing.

    >>> Rolled(rules=RollUp(), places={}, weights={}, ruleset=Ruleset.STRICT).reports(ObservationKind.ACTUAL)
    False
    """

    rules: RollUp
    places: Mapping[str, Place]
    weights: Mapping[str, Callable[[int], Decimal | None]]
    ruleset: Ruleset
    lacking: Mapping[Aggregation, MissingReason] = MappingProxyType({})
    leaves_of: Mapping[str, frozenset[str]] = MappingProxyType({})
    """The leaves of each territory below."""
    scale: Decimal = Decimal(1)
    """The factor of a ratio of sums: 100 for an indicator in percent."""
    names: Mapping[str, Name] = MappingProxyType({})
    """The names of the territories below."""
    areas: Areas = NO_AREAS
    """The areas of all territories, where one of those below changed or did not always exist."""

    @property
    def leaves(self) -> tuple[str, ...]:
        """The lowest territories below, in order."""
        return tuple(leaf for leaves in self.leaves_of.values() for leaf in sorted(leaves))

    def leaves_in(self, month: int) -> tuple[str, ...]:
        """Return the lowest territories below that existed at the end of a month, in order."""
        return tuple(leaf for leaf in self.leaves if self.areas.existed(leaf, month))

    def reports(self, kind: ObservationKind) -> bool:
        """Return whether a kind is computed at this level: it has a rule, and a territory below has a value."""
        return self.rules.rule(kind) is not None and any(each.months(kind) for each in self.places.values())

    def months(self, kind: ObservationKind, places: Collection[str] | None = None) -> list[int]:
        """Return the months in which a territory reports, in order; one of *places*, where given."""
        counted = (
            each for place, each in self.places.items() if places is None or not self._ever(place).isdisjoint(places)
        )
        return sorted({month for each in counted for month in each.months(kind)})

    def points(self, kind: ObservationKind, places: Collection[str] | None = None) -> tuple[Any, ...]:
        """Return one value for each month in which a territory reports, oldest first; of *places* only, where given."""
        made = (self.made(self.as_of_month(kind, month), places) for month in self.months(kind, places))
        return tuple(point for point in made if point is not None)

    def as_of_month(self, kind: ObservationKind, month: int) -> Parts:
        """Return each territory's value of a month; if strict, its last one, if that may be carried forward."""
        carried = 0 if self.ruleset is Ruleset.PILOTE else self.rules.carry_forward_months
        rows = {place: each.as_of_month(kind, month, carried) for place, each in self.places.items()}
        return self._parts(kind, rows, month)

    def last(self, kind: ObservationKind) -> Parts:
        """Return each territory's last value."""
        rows = {place: _last(each, kind) for place, each in self.places.items()}
        return self._parts(kind, rows)

    def baselines(self) -> Parts:
        """Return each territory's own baseline."""
        rows = {place: each.baseline() for place, each in self.places.items()}
        return self._parts(ObservationKind.BASELINE, rows)

    def targets(self, horizon: Horizon, year: int) -> Parts:
        """Return each territory's own target."""
        rows = {place: each.target(horizon, year)[0] for place, each in self.places.items()}
        return self._parts(ObservationKind.TARGET, rows)

    def _parts(self, kind: ObservationKind, rows: Mapping[str, Any], as_of: int | None = None) -> Parts:
        """Return the parts of a whole of a month, the latest of theirs where it is not given: those that count then."""
        parts = Parts(kind=kind, rows=rows, below=self, as_of=as_of)
        if not self.areas.lived:
            return parts
        there = {place: row for place, row in parts.known.items() if self.covered(place, row)}
        month = as_of or max((row.period.last_month for row in there.values()), default=0)
        counted = self._counted(there, month)
        dropped = {place: row for place, row in parts.known.items() if place not in counted}
        kept = {place: counted.get(place) for place in rows if place in counted or self.areas.existed(place, month)}
        return Parts(kind=kind, rows=kept, below=self, as_of=as_of, dropped=dropped)

    def _counted(self, rows: Mapping[str, Any], month: int) -> dict[str, Any]:
        """Return the rows that count in a whole of a month: the latest of each piece, without parts of a territory."""
        held = {place: self.covered(place, row) for place, row in rows.items()}
        found, taken = dict[str, Any](), set[str]()
        for place, row in sorted(rows.items(), key=lambda item: -item[1].period.last_month):
            is_there = not isinstance(row, Parts) or self.areas.existed(place, month)
            if is_there and taken.isdisjoint(held[place]):
                found[place] = row
                taken |= held[place]
        earlier = {place for place, row in found.items() if self._is_of_another_area(place, row, month)}
        own = {place: self._standing(place, month) for place in self.places} if earlier else {}
        holder = {piece: place for place, pieces in own.items() for piece in pieces}
        while partial := {place for place in earlier if not self._is_made_up(held[place], own, holder, taken)}:
            earlier -= partial
            taken = taken.difference(*(held[place] for place in partial))
            found = {place: row for place, row in found.items() if place not in partial}
        return {place: row for place, row in rows.items() if place in found}

    def _is_of_another_area(self, place: str, row: Any, month: int) -> bool:
        """Return whether a recorded value is of another area than its territory had at the end of a month."""
        is_recorded = self.areas.lived and row is not None and not isinstance(row, Parts)
        return bool(is_recorded) and self.covered(place, row) != self._standing(place, month)

    @staticmethod
    def _is_made_up(
        area: frozenset[str], own: Mapping[str, frozenset[str]], holder: Mapping[str, str], taken: Collection[str]
    ) -> bool:
        """Return whether each territory that an earlier area is now in is covered as a whole."""
        return all(piece in holder and own[holder[piece]].issubset(taken) for piece in area)

    def _standing(self, place: str, month: int) -> frozenset[str]:
        """Return the area of a territory at the end of a month; empty where it did not exist."""
        leaves = self.leaves_of[place]
        if not self.areas.lived:
            return leaves
        if not self.areas.existed(place, month):
            return frozenset()
        return self.areas.at(place, month) if leaves == {place} else self.areas.whole(leaves, month)

    def _ever(self, place: str) -> frozenset[str]:
        leaves = self.leaves_of[place]
        return self.areas.ever(leaves) if self.areas.lived else leaves

    def covered(self, place: str, row: Any) -> frozenset[str]:
        """Return the area that a part covers: that of its territory at the end of its own month."""
        if not isinstance(row, Parts):
            return self._standing(place, row.period.last_month)
        return frozenset[str]().union(*(row.below.covered(*each) for each in row.known.items()))

    def _leaves(self, place: str, month: int) -> Iterator[str]:
        return (leaf for leaf in sorted(self.leaves_of[place]) if self.areas.existed(leaf, month))

    def expected(self, parts: Parts) -> Iterator[tuple[str, frozenset[str]]]:
        """Yield the leaves that a whole is expected to cover, with their areas: those that existed in its month."""
        month = parts.month
        for place, row in parts.rows.items():
            if isinstance(row, Parts):
                yield from row.below.expected(row)
            elif self.areas.existed(place, month):
                yield from ((leaf, self.areas.at(leaf, month)) for leaf in self._leaves(place, month))

    def is_complete(self, parts: Parts) -> bool:
        """Return whether a whole misses nothing of its area, so that it stands for its whole territory."""
        found = self._used(parts)
        return bool(found) and all(area <= found for _, area in self.expected(parts))

    def usable(self, parts: Parts) -> frozenset[str]:
        """Return the area whose part counts; where nothing of it is missing, what is nowhere in its month is in it."""
        found = self._used(parts)
        return self._widened(parts, found) if self.is_complete(parts) else found

    def _widened(self, parts: Parts, area: frozenset[str]) -> frozenset[str]:
        """Return the area of a complete whole, with what is nowhere in its month."""
        return area | self.areas.whole(self.leaves, parts.month) if self.areas.lived else area

    def _used(self, parts: Parts) -> frozenset[str]:
        """Return the area of the parts that have a value, and a weight where the rule needs one."""
        weights, found = self._weights(parts), set[str]()
        for place, row in parts.known.items():
            if weights[place] is None:
                continue
            if isinstance(row, Parts):
                found |= row.below.usable(row)
            elif row.value is not None:
                found |= self.covered(place, row)
        return frozenset(found)

    def cut(self, parts: Parts, places: frozenset[str]) -> frozenset[str]:
        """Return an area without that of a territory whose recorded value covers more."""
        for place, row in parts.known.items():
            if isinstance(row, Parts):
                places = row.below.cut(row, places)
            elif not (area := self.covered(place, row)) <= places:
                places -= area
        return places

    def made(self, parts: Parts, places: Collection[str] | None = None) -> Aggregate | None:
        """Return the aggregate of parts, those of *places* only where given; `None` where there are no parts."""
        weights = self._weights(parts)
        each = {place: self._part(place, row, parts, places) for place, row in parts.known.items()}
        if not each:
            return None
        rule = as_aggregation(self.rules.rule(parts.kind))
        used = [place for place, one in each.items() if one.value is not None and weights[place] is not None]
        numbers = [each[place].value or Decimal(0) for place in used]
        value = combined(rule, numbers, [weights[place] or Decimal(0) for place in used])
        reason = self.lacking.get(rule) or (None if value is not None else _why_none(rule, each.values(), used))
        area = frozenset[str]().union(*(each[place].area for place in used))
        missing = tuple(leaf for leaf, needed in self.expected(parts) if not needed <= area)
        if used and not missing:
            area = self._widened(parts, area)
        return Aggregate(
            kind=rule,
            value=None if reason is not None else self._scaled(rule, value),
            reason=reason,
            coverage=Coverage(
                reported=tuple(dict.fromkeys(leaf for place in used for leaf in each[place].leaves)),
                missing=missing,
                carried=tuple(one for place in used for one in each[place].carried),
            ).named(self.names),
            period=parts.period,
            observations=tuple(row for place in used for row in each[place].observations),
            area=() if not self.areas.lived else tuple(sorted(area if places is None else area.intersection(places))),
        )

    def _part(self, place: str, row: Any, parts: Parts, places: Collection[str] | None) -> _Part:
        """Return the value of one part; none where a recorded value covers more than *places* do."""
        if isinstance(row, Parts):
            total: Any = row.below.made(row, places)  # a part that is there has parts itself
            of, area = total.coverage, frozenset(total.area or total.coverage.reported)
            return _Part(total.value, total.reason, of.reported, of.carried, total.observations, area)
        area = self.covered(place, row)
        if places is not None and not area.issubset(places):
            return _Part(None, MissingReason.UNEVEN_PLACES)
        month = row.period.last_month
        carried = ((place, row.period),) if month < (parts.as_of or 0) else ()
        leaves = tuple(self._leaves(place, month))
        return _Part(row.value, getattr(row, "reason", None), leaves, carried, observations_of(row), area)

    def too_old(self, month: int, *, was_there: bool = True) -> Iterator[ExcludedObservation]:
        """
        Yield the last actual values of the territories that have no part in a month, with the reason.

        They reported too long before to be carried forward, did not exist then, or had another area. *was_there* is
        whether the territory above existed.
        """
        parts = self.as_of_month(_ACTUAL, month)
        known = parts.known if was_there else {}
        for place, each in self.places.items():
            below = each.computed(_ACTUAL)
            if below is not None:
                yield from below.too_old(month, was_there=was_there and self.areas.existed(place, month))
            elif place not in known:
                past = [row for row in each.own.actuals if row.period.last_month <= month]
                otherwise = Exclusion.UNMATCHED if place in parts.dropped else Exclusion.TOO_OLD
                for row in past[-1:]:
                    yield from self._out(place, row, month, otherwise if was_there else Exclusion.NOT_THEN)

    def _out(self, place: str, row: Any, month: int, otherwise: Exclusion) -> Iterator[ExcludedObservation]:
        """Yield the values of a row that is in no whole of a month: of a territory that did not exist, or otherwise."""
        was_there = self.areas.existed(place, month) and self.covered(place, row)
        because = otherwise if was_there else Exclusion.NOT_THEN
        return (ExcludedObservation(observation=one, because=because) for one in observations_of(row))

    def not_then(self, kind: ObservationKind, areas: Areas, around: tuple[str, ...]) -> Iterator[ExcludedObservation]:
        """Yield the values of a kind in months in which their territory, or one of those *around* it, did not exist."""
        for place, each in self.places.items() if areas.lived else ():
            chained, below = (*around, place), each.computed(kind)
            if below is not None:
                yield from below.not_then(kind, areas, chained)
                continue
            for row in each.own.of_kind(kind):
                if not all(areas.existed(one, row.period.last_month) for one in chained):
                    rows = observations_of(row)
                    yield from (ExcludedObservation(observation=one, because=Exclusion.NOT_THEN) for one in rows)

    def dropped(self, parts: Parts) -> Iterator[ExcludedObservation]:
        """Yield the values of territories that have no part in a whole, because they ended or had another area."""
        for place, row in parts.dropped.items():
            if not isinstance(row, Parts):
                yield from self._out(place, row, parts.month, Exclusion.UNMATCHED)
                continue
            for one in (*row.known.values(), *row.dropped.values()):
                rows = observations_of(row.below.made(one) if isinstance(one, Parts) else one)
                yield from (ExcludedObservation(observation=each, because=Exclusion.NOT_THEN) for each in rows)
        for row in parts.known.values():
            if isinstance(row, Parts):
                yield from row.below.dropped(row)

    def unmatched(self, parts: Parts, places: frozenset[str]) -> Iterator[ExcludedObservation]:
        """Yield the values of territories that lack one of the other kinds of value."""
        weights = self._weights(parts)
        for place, row in sorted(parts.known.items(), key=lambda item: item[0]):
            if isinstance(row, Parts):
                yield from row.below.unmatched(row, places)
            elif row.value is not None and weights[place] is not None and not self.covered(place, row) <= places:
                for one in observations_of(row):
                    yield ExcludedObservation(observation=one, because=Exclusion.UNMATCHED)

    def months_differ(self, kind: ObservationKind) -> bool:
        """Return whether the territories that report do so in different months."""
        months = [set(found) for each in self.places.values() if (found := each.months(kind))]
        below = (each.computed(kind) for each in self.places.values())
        return any(month != months[0] for month in months) or any(
            one.months_differ(kind) for one in below if one is not None
        )

    def _scaled(self, rule: Aggregation, value: Decimal | None) -> Decimal | None:
        is_ratio = rule is Aggregation.RATIO_OF_SUMS
        return EXACT.multiply(value, self.scale) if is_ratio and value is not None else value

    def _weights(self, parts: Parts) -> Mapping[str, Decimal | None]:
        rule = self.rules.rule(parts.kind)
        if rule not in WEIGHTED or rule in self.lacking:
            return dict.fromkeys(parts.rows, Decimal(1))
        return {
            place: self.weights[place](self._weighed_in(place, row, parts.month)) for place, row in parts.rows.items()
        }

    def _weighed_in(self, place: str, row: Any, month: int) -> int:
        """Return the month of the weight of a part: its own, where its territory had another area in it."""
        found: int = row.period.last_month if self._is_of_another_area(place, row, month) else month
        return found


class _Part(NamedTuple):
    """The value of one part, with the leaves and the area that it covers, and the values that it carries forward."""

    value: Decimal | None
    reason: MissingReason | None
    leaves: tuple[str, ...] = ()
    carried: tuple[tuple[str, Period], ...] = ()
    observations: tuple[Observation, ...] = ()
    area: frozenset[str] = frozenset()


def _why_none(rule: Aggregation, parts: Collection[_Part], used: Collection[str]) -> MissingReason:
    """Return why parts have no aggregate: none has a value, such as where all are disputed, or weights are missing."""
    reasons = [part.reason for part in parts if part.value is None]
    if len(reasons) == len(parts):
        return next((reason for reason in reasons if reason is not None), MissingReason.NO_REPORT)
    return WEIGHTED[rule][bool(used)]


def _last(place: Place, kind: ObservationKind) -> Any:
    below = place.computed(kind)
    if below is None:
        return next(reversed(place.own.of_kind(kind)), None)
    parts = below.last(kind)
    return parts if parts.known else None
