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

from attrs import field, frozen

from levier.compute._wording import by_language, colon, period
from levier.compute.exact import EXACT, NumberLike, as_number, common_unit, mean
from levier.compute.indicators.readings import Reason
from levier.errors import InvalidValueError, UnknownAggregationError
from levier.model.indicators import Aggregation
from levier.model.observations import Observation
from levier.model.periods import Day, Period
from levier.model.terms import Lang

__all__ = ["WEIGHTED", "Aggregate", "Coverage", "aggregate", "as_aggregation", "combined", "median"]


@final
@frozen(kw_only=True)
class Coverage:
    """
    Who reported, of those expected.

    *missing_fr* and *missing_en* are the words for those that are missing, where their names are words of ours.
    *carried* are those that reported whose value is of an earlier period than the whole, with that period.

    >>> august = Period("2020-08")
    >>> Coverage(reported=("75", "91"), missing=("77",), carried=(("75", august),)).explain("en")
    '2 of 3, 1 carried from August 2020 (missing 77)'
    """

    reported: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    missing_fr: tuple[str, ...] = field(default=(), eq=False, repr=False)
    missing_en: tuple[str, ...] = field(default=(), eq=False, repr=False)
    carried: tuple[tuple[str, Period], ...] = field(default=(), repr=False)

    @property
    def expected(self) -> int:
        """How many were expected."""
        return len(self.reported) + len(self.missing)

    @property
    def is_complete(self) -> bool:
        """Whether all reported."""
        return not self.missing

    def counted(self, lang: Lang) -> str:
        """Say how many reported of how many expected, and how many values are carried forward, from when."""
        said = f"{len(self.reported)} {'sur' if lang == 'fr' else 'of'} {self.expected}"
        return ", ".join((said, *(_carried(many, when, lang) for when, many in self._carried())))

    def explain(self, lang: Lang) -> str:
        """Say how many reported of how many expected, from when values are carried forward, and which are missing."""
        words: tuple[str, ...] = by_language(lang, self.missing_fr, self.missing_en)
        said, gone = self.counted(lang), ", ".join(words or self.missing)
        word = "missing" if lang == "en" else "manque" if len(self.missing) == 1 else "manquent"
        return f"{said} ({word} {gone})" if gone else said

    def _carried(self) -> list[tuple[Period, int]]:
        return sorted(Counter(when for _, when in self.carried).items())

    def __str__(self) -> str:
        return f"{len(self.reported)} of {self.expected}"


def _carried(many: int, when: Period, lang: Lang) -> str:
    if lang == "fr":
        return f"{many} reportée{'s' if many > 1 else ''} ({period(when, lang)})"
    return f"{many} carried from {period(when, lang)}"


@final
@frozen(kw_only=True)
class Aggregate:
    """
    A value made of those of several territories, with its coverage and what it was made of.

    *value* is `None` where *reason* says why.
    *period* is the latest period among the parts, `None` for raw values.

    >>> result = aggregate({"75": 10, "91": 20, "77": None}, "sum")
    >>> result.value, result.coverage.missing
    (Decimal('30'), ('77',))
    """

    kind: Aggregation
    value: Decimal | None = None
    reason: Reason | None = None
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

    def explain(self, lang: Lang) -> str:
        """Say by which rule, and of how many territories, the value was made."""
        return f"{self.kind.label(lang)}{colon(lang)}{self.coverage.explain(lang)}"


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
        return Aggregate(kind=rule, reason=Reason.NO_REPORT, coverage=coverage)
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
        Aggregation.WEIGHTED_MEAN: (Reason.NO_WEIGHT, Reason.NO_WEIGHT),
        Aggregation.RATIO_OF_SUMS: (Reason.UNKNOWN_DENOMINATOR, Reason.NO_DENOMINATOR),
    }
)
"""The rules that need weights, and why there is no value: without any, or with those that add up to zero."""
