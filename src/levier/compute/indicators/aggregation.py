"""
Aggregation: one value for a territory from those of the territories below it, never from averaged progress.

Source of the rules: PILOTE (sum and plain mean, blanks skipped); the other rules are ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, localcontext
from types import MappingProxyType
from typing import final

from attrs import evolve, field, frozen

from levier.compute._types import by_type
from levier.compute.exact import EXACT, NumberLike, as_number, common_unit, mean
from levier.errors import InvalidValueError, UnknownAggregationError
from levier.model._converters import TermOrNone
from levier.model.indicators import Aggregation
from levier.model.observations import Observation
from levier.model.periods import Day, Period
from levier.wording.explained import Explained
from levier.wording.messages import about, items, message, plural
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value

__all__ = ["WEIGHTED", "Aggregate", "Coverage", "aggregate", "as_aggregation", "combined", "median"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class Coverage(Explained):
    """
    Who reported, of those expected.

    *missing_names* are what those that are missing are called, in their order; without any, they are their identifiers.
    *carried* are those that reported whose value is of an earlier period than the whole, with that period.

    Attributes:
        reported: Those that have a value.
        missing: Those that have none.

    >>> august = Period("2020-08")
    >>> Coverage(reported=("75", "91"), missing=("77",), carried=(("75", august),)).explain("en")
    '2 of 3, 1 carried from August 2020 (missing 77)'
    """

    reported: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    missing_names: tuple[Value, ...] = field(default=(), eq=False, repr=False)
    carried: tuple[tuple[str, Period], ...] = field(default=(), repr=False)

    @property
    def expected(self) -> int:
        """How many were expected."""
        return len(self.reported) + len(self.missing)

    @property
    def is_complete(self) -> bool:
        """Whether all reported."""
        return not self.missing

    def named(self, names: Mapping[str, Value]) -> Coverage:
        """Return this coverage with what those that are missing are called, by their identifiers."""
        return evolve(self, missing_names=tuple(names.get(missing, missing) for missing in self.missing))

    @property
    def counted(self) -> Said:
        """How many reported of how many expected, and how many values are carried forward, from when."""
        periods = sorted(Counter(when for _, when in self.carried).items())
        carried = (
            plural("{n} carried from {period}", "{n} carried from {period}", n=many, period=when)
            for when, many in periods
        )
        return items(message("{n} of {expected}", n=len(self.reported), expected=self.expected), *carried)

    @property
    def message(self) -> Said:
        """How many reported of how many expected, from when values are carried forward, and which are missing."""
        if not self.missing:
            return self.counted
        return plural(
            "{counted} (missing {names})",
            "{counted} (missing {names})",
            n=len(self.missing),
            counted=self.counted,
            names=items(*(self.missing_names or self.missing)),
        )

    def __str__(self) -> str:
        return f"{len(self.reported)} of {self.expected}"


@final
@frozen(kw_only=True, field_transformer=by_type)
class Aggregate(Explained):
    """
    A value made of those of several territories, with its coverage and what it was made of.

    *value* is `None` where *reason* says why.
    *period* is the latest period among the parts, `None` for raw values.

    Attributes:
        kind: Of which kind it is.
        coverage: How much of what was expected is there.
        observations: The observations.

    >>> result = aggregate({"75": 10, "91": 20, "77": None}, "sum")
    >>> result.value, result.coverage.missing
    (Decimal('30'), ('77',))
    """

    kind: Aggregation = field(converter=Aggregation)
    value: Decimal | None = None
    reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])
    coverage: Coverage = Coverage()
    period: Period | None = None
    observations: tuple[Observation, ...] = field(default=(), repr=False)

    @property
    def recorded_on(self) -> Day | None:
        """The day the last of its parts entered the books."""
        return max((row.recorded_on for row in self.observations if row.recorded_on is not None), default=None)

    @property
    def definition(self) -> int:
        """The version of the definition its parts share; 0 where they share none."""
        versions = {row.definition for row in self.observations}
        return versions.pop() if len(versions) == 1 else 0

    @property
    def message(self) -> Said:
        """By which rule, and of how many territories, the value was made."""
        return about(self.coverage.message, self.kind)


def as_aggregation(found: Aggregation | str | None, indicator_id: str = "", territory_id: str = "") -> Aggregation:
    """
    Return the rule of this name.

    Raises:
        UnknownAggregationError: If there is none: an unknown rule never gives a number, not even a sentinel.

    >>> as_aggregation("moy", "IND-001", "FR")
    Traceback (most recent call last):
        ...
    levier.errors.UnknownAggregationError: indicator 'IND-001', territory 'FR': unknown aggregation 'moy'; ...
    """
    try:
        return Aggregation(found or "")
    except InvalidValueError:
        known = tuple(kind.value for kind in Aggregation)
        raise UnknownAggregationError(indicator_id, territory_id, found or "", known) from None


def aggregate(
    values: Mapping[str, NumberLike | None],
    kind: Aggregation | str,
    *,
    weights: Mapping[str, NumberLike | None] | None = None,
    expected: Iterable[str] = (),
) -> Aggregate:
    """
    Return one value for those of *values*, by territory; blanks are skipped, and listed as missing.

    *weights* are the weights of a weighted mean, or the denominators of a ratio of sums, whose numerators are *values*;
    a territory without a weight is missing.
    *expected* names territories that should report beside those of *values*.
    Sum, mean, median, minimum and maximum are in the unit of *values*; a ratio of sums is a share, from 0 to 1 for
    parts of a whole.

    Raises:
        UnknownAggregationError: For a rule that is not known.
        InvalidValueError: For NaN, infinity, a float, or a negative weight; names the territory.
        MixedUnitsError: For quantities of several units.

    >>> aggregate({"75": 90, "91": 20}, "ratio-of-sums", weights={"75": 100, "91": 1000}).value
    Decimal('0.1')
    """
    rule = as_aggregation(kind)
    common_unit(values.values(), "aggregate")
    numbers = {place: as_number(value, "aggregate", place) for place, value in values.items()}
    shares = _weights(weights or {})
    weighted = rule in WEIGHTED
    known = {
        place: number
        for place, number in numbers.items()
        if number is not None and (not weighted or shares.get(place) is not None)
    }
    everyone = sorted({*numbers, *expected})
    coverage = Coverage(reported=tuple(sorted(known)), missing=tuple(place for place in everyone if place not in known))
    if all(number is None for number in numbers.values()):
        return Aggregate(kind=rule, reason=MissingReason.NO_REPORT, coverage=coverage)
    value = combined(rule, list(known.values()), [shares.get(place) or Decimal(0) for place in known])
    reason = None if value is not None else WEIGHTED[rule][bool(known)]
    return Aggregate(kind=rule, value=value, reason=reason, coverage=coverage)


def _weights(given: Mapping[str, NumberLike | None]) -> dict[str, Decimal | None]:
    found = {place: as_number(weight, "aggregate.weights", place) for place, weight in given.items()}
    for place, weight in found.items():
        if weight is not None and weight < 0:
            raise InvalidValueError("aggregate.weights", weight, "a weight of at least zero", place)
    return found


def combined(rule: Aggregation, values: list[Decimal], weights: list[Decimal]) -> Decimal | None:
    """Return the value of numbers by *rule*; `None` where the weights add up to zero, or there are none."""
    if not values:
        return None
    with localcontext(EXACT):
        return _RULES[rule](values, weights)


def median(values: Iterable[Decimal]) -> Decimal:
    """
    Return the middle of at least one value; of an even number, the mean of the two middle ones.

    >>> median([Decimal(42), Decimal(40), Decimal(60), Decimal(55)])
    Decimal('48.5')
    """
    ranked = sorted(values)
    half = len(ranked) // 2
    return ranked[half] if len(ranked) % 2 else mean(ranked[half - 1 : half + 1])


def _weighted_mean(values: list[Decimal], weights: list[Decimal]) -> Decimal | None:
    total = sum(weights, Decimal(0))
    products = (value * weight for value, weight in zip(values, weights, strict=True))
    return sum(products, Decimal(0)) / total if total else None


def _ratio_of_sums(values: list[Decimal], weights: list[Decimal]) -> Decimal | None:
    total = sum(weights, Decimal(0))
    return sum(values, Decimal(0)) / total if total else None


_RULES: Mapping[Aggregation, Callable[[list[Decimal], list[Decimal]], Decimal | None]] = MappingProxyType(
    {
        Aggregation.SUM: lambda values, _: sum(values, Decimal(0)),
        Aggregation.MEAN: lambda values, _: mean(values),
        Aggregation.WEIGHTED_MEAN: _weighted_mean,
        Aggregation.RATIO_OF_SUMS: _ratio_of_sums,
        Aggregation.MINIMUM: lambda values, _: min(values),
        Aggregation.MAXIMUM: lambda values, _: max(values),
        Aggregation.MEDIAN: lambda values, _: median(values),
    }
)
WEIGHTED = MappingProxyType(
    {
        Aggregation.WEIGHTED_MEAN: (MissingReason.NO_WEIGHT, MissingReason.NO_WEIGHT),
        Aggregation.RATIO_OF_SUMS: (MissingReason.UNKNOWN_DENOMINATOR, MissingReason.NO_DENOMINATOR),
    }
)
"""The rules that need weights, and why there is no value: without any, or with those that add up to zero."""
