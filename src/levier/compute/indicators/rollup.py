"""
Roll-up: the value of a territory, computed from the values of the territories below.

PILOTE adds up values dated in the same month.
The strict ruleset carries the last known value forward within a stated limit, gives each territory its own baseline and
target, and compares only totals of the same territories.

In a chain the territories below are rolled up themselves, each level by its own rule: a part is then not a recorded
value but the parts of that territory, and the territories that totals are compared over are the lowest ones, the
*leaves*. A value recorded for a territory stands for all its leaves.

Only territories that existed at the end of a month have a part in its total: a merged one would count twice.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from attrs import evolve, frozen

from levier.compute.coverage import Coverage
from levier.compute.exact import EXACT
from levier.compute.indicators.aggregation import WEIGHTED, Aggregate, as_aggregation, combined
from levier.compute.indicators.rulesets import Horizon, Ruleset
from levier.compute.indicators.series import ExcludedObservation, Exclusion, Series, observations_of
from levier.errors.final import final
from levier.model.indicators import Aggregation, RollUp
from levier.model.lifetimes import Lifetime, existed_on
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
    lived: Mapping[str, Lifetime] = MappingProxyType({})
    """The lifetimes of the territories below, and of the leaves, that did not always exist."""

    @property
    def leaves(self) -> tuple[str, ...]:
        """The lowest territories below, in order."""
        return tuple(leaf for leaves in self.leaves_of.values() for leaf in sorted(leaves))

    def reports(self, kind: ObservationKind) -> bool:
        """Return whether a kind is computed at this level: it has a rule, and a territory below has a value."""
        return self.rules.rule(kind) is not None and any(each.months(kind) for each in self.places.values())

    def months(self, kind: ObservationKind, places: Collection[str] | None = None) -> list[int]:
        """Return the months in which a territory reports, in order; one of *places*, where given."""
        leaves = self.leaves_of
        counted = (
            each for place, each in self.places.items() if places is None or not leaves[place].isdisjoint(places)
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
        return Parts(kind=kind, rows=self._existing(rows, month), below=self, as_of=month)

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

    def _parts(self, kind: ObservationKind, rows: Mapping[str, Any]) -> Parts:
        """Return the parts of a whole, dated to the latest of them: those of the territories that existed then."""
        parts = Parts(kind=kind, rows=rows, below=self)
        return evolve(parts, rows=self._existing(rows, parts.month)) if self.lived else parts

    def _existing(self, rows: Mapping[str, Any], month: int) -> Mapping[str, Any]:
        """Return the rows of the territories that existed at the end of a month."""
        return {place: row for place, row in rows.items() if self._existed(place, month)} if self.lived else rows

    def _existed(self, place: str, month: int) -> bool:
        year, number = divmod(max(month, 12), 12)
        return existed_on(self.lived, place, date(year, number + 1, monthrange(year, number + 1)[1]))

    def expected(self, parts: Parts) -> Iterator[str]:
        """Yield the leaves that a whole is expected to cover: those that existed at the end of its month."""
        for place, row in parts.rows.items():
            if isinstance(row, Parts):
                yield from row.below.expected(row)
            else:
                yield from (leaf for leaf in sorted(self.leaves_of[place]) if self._existed(leaf, parts.month))

    def usable(self, parts: Parts) -> frozenset[str]:
        """Return the leaves whose part counts: it has a value, and a weight where the rule needs one."""
        weights, found = self._weights(parts), set[str]()
        for place, row in parts.known.items():
            if weights[place] is None:
                continue
            if isinstance(row, Parts):
                found |= row.below.usable(row)
            elif row.value is not None:
                found |= self.leaves_of[place]
        return frozenset(found)

    def cut(self, parts: Parts, places: frozenset[str]) -> frozenset[str]:
        """Return *places* without those of a territory whose recorded value covers more than they do."""
        for place, row in parts.known.items():
            if isinstance(row, Parts):
                places = row.below.cut(row, places)
            elif not self.leaves_of[place] <= places:
                places -= self.leaves_of[place]
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
        reported = dict.fromkeys(leaf for place in used for leaf in each[place].leaves)
        return Aggregate(
            kind=rule,
            value=None if reason is not None else self._scaled(rule, value),
            reason=reason,
            coverage=Coverage(
                reported=tuple(reported),
                missing=tuple(leaf for leaf in self.expected(parts) if leaf not in reported),
                carried=tuple(one for place in used for one in each[place].carried),
            ).named(self.names),
            period=parts.period,
            observations=tuple(row for place in used for row in each[place].observations),
        )

    def _part(self, place: str, row: Any, parts: Parts, places: Collection[str] | None) -> _Part:
        """Return the value of one part; none where a recorded value covers more than *places* do."""
        if isinstance(row, Parts):
            total: Any = row.below.made(row, places)  # a part that is there has parts itself
            return _Part(total.value, total.reason, total.coverage.reported, total.coverage.carried, total.observations)
        leaves = self.leaves_of[place]
        if places is not None and not leaves.issubset(places):
            return _Part(None, MissingReason.UNEVEN_PLACES)
        carried = ((place, row.period),) if row.period.last_month < (parts.as_of or 0) else ()
        return _Part(row.value, getattr(row, "reason", None), tuple(sorted(leaves)), carried, observations_of(row))

    def too_old(self, month: int, *, was_there: bool = True) -> Iterator[ExcludedObservation]:
        """
        Yield the last values of the territories that reported too long before a month to be carried forward.

        Those of territories that did not exist then are yielded too; *was_there* is whether the one above existed.
        """
        known = self.as_of_month(_ACTUAL, month).known if was_there else {}
        for place, each in self.places.items():
            existed, below = was_there and self._existed(place, month), each.computed(_ACTUAL)
            if below is not None:
                yield from below.too_old(month, was_there=existed)
            elif place not in known:
                past = [row for row in each.own.actuals if row.period.last_month <= month]
                because = Exclusion.TOO_OLD if existed else Exclusion.NOT_THEN
                for row in observations_of(past[-1]) if past else ():
                    yield ExcludedObservation(observation=row, because=because)

    def unmatched(self, parts: Parts, places: frozenset[str]) -> Iterator[ExcludedObservation]:
        """Yield the values of territories that lack one of the other kinds of value."""
        weights = self._weights(parts)
        for place, row in sorted(parts.known.items(), key=lambda item: item[0]):
            if isinstance(row, Parts):
                yield from row.below.unmatched(row, places)
            elif row.value is not None and weights[place] is not None and not self.leaves_of[place] <= places:
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
        return {place: self.weights[place](parts.month) for place in parts.rows}


class _Part(NamedTuple):
    """The value of one part, with the leaves that it covers and the values that it carries forward."""

    value: Decimal | None
    reason: MissingReason | None
    leaves: tuple[str, ...] = ()
    carried: tuple[tuple[str, Period], ...] = ()
    observations: tuple[Observation, ...] = ()


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
