"""
Aggregation: one value for a territory, computed from the values of the territories below it.

Progress itself is never averaged. Source of the rules: PILOTE (sum and plain mean, blanks skipped); the other rules are
ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, localcontext
from types import MappingProxyType

from attrs import evolve, field, frozen

from levier.compute._types import asked, by_type
from levier.compute.coverage import Coverage
from levier.compute.exact import EXACT, NumberLike, as_number, common_unit, mean
from levier.errors import InvalidValueError, UnknownAggregationError
from levier.errors.final import final
from levier.model._converters import TermOrNone
from levier.model.identifiers import TerritoryId
from levier.model.indicators import Aggregation, Indicator, RollUp
from levier.model.insee import AUTHORITIES
from levier.model.observations import Observation
from levier.model.periods import Day, Period
from levier.model.portfolio import Portfolio
from levier.model.quantities import MARK_OUT_OF_10, PERCENT, POINTS, RATIO, SHARE
from levier.model.registry import Registry
from levier.model.territories import Territory, TerritoryLevel
from levier.wording.explained import Explained
from levier.wording.messages import about
from levier.wording.reasons import MissingReason
from levier.wording.said import Said

__all__ = [
    "NEVER_ADDED",
    "RATES",
    "WEIGHTED",
    "Aggregate",
    "aggregate",
    "as_aggregation",
    "combined",
    "makes_up",
    "median",
    "roll_ups_at",
    "territories_below",
]

RATES = frozenset({PERCENT, RATIO, SHARE})
"""The units whose values only their denominators can weight."""
_LEVELS = tuple(TerritoryLevel)
NEVER_ADDED = RATES | {MARK_OUT_OF_10, POINTS}
"""The units whose values never add up."""


@final
@frozen(kw_only=True, field_transformer=by_type)
class Aggregate(Explained):
    """
    A value aggregated from several territories, with its coverage and the observations it was computed from.

    *value* is `None` where *reason* says why.
    *period* is the latest period among the parts, `None` for raw values.

    Attributes:
        kind: The rule that was applied, such as the sum.
        coverage: Which of the expected territories have a value, and which do not.
        observations: The observations that were aggregated.
        area: The pieces of land that it covers; empty where no territory below merged, divided, began or ended.

    >>> result = aggregate({"75": 10, "91": 20, "77": None}, "sum")
    >>> result.value, result.coverage.missing
    (Decimal('30'), ('77',))
    """

    kind: Aggregation = field(converter=Aggregation)
    value: Decimal | None = None
    reason: MissingReason | None = field(default=None, converter=TermOrNone[MissingReason])
    coverage: Coverage = field(factory=Coverage)
    period: Period | None = None
    observations: tuple[Observation, ...] = field(default=(), repr=False)
    area: tuple[str, ...] = field(default=(), eq=False, repr=False)

    @property
    def recorded_on(self) -> Day | None:
        """The latest day on which one of its parts was recorded."""
        return max((row.recorded_on for row in self.observations if row.recorded_on is not None), default=None)

    @property
    def definition(self) -> int:
        """The version of the definition that all its parts share; 0 where they do not share one."""
        versions = {row.definition for row in self.observations}
        return versions.pop() if len(versions) == 1 else 0

    @property
    def message(self) -> Said:
        """The rule, and how many territories the value was computed from."""
        return about(self.coverage.message, self.kind)


def as_aggregation(found: Aggregation | str | None, indicator_id: str = "", territory_id: str = "") -> Aggregation:
    """
    Return the aggregation rule of this name.

    Raises:
        UnknownAggregationError: If the name is unknown; no sentinel value is ever returned.

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


@asked
def aggregate(
    values: Mapping[str, NumberLike | None],
    kind: Aggregation | str,
    *,
    weights: Mapping[str, NumberLike | None] | None = None,
    expected: Iterable[str] = (),
) -> Aggregate:
    """
    Return one value from *values*, given by territory; blanks are skipped and listed as missing.

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
    """Return the value of numbers by *rule*; `None` where there are no numbers or the weights add up to zero."""
    if not values:
        return None
    with localcontext(EXACT):
        return _RULES[rule](values, weights)


def median(values: Iterable[Decimal]) -> Decimal:
    """
    Return the median of at least one value; of an even number of values, the mean of the two in the middle.

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
"""The rules that need weights, and the reason for no value: no weights, or weights that add up to zero."""


def roll_ups_at(indicator: Indicator, level: TerritoryLevel, asked: tuple[RollUp, ...] = ()) -> tuple[RollUp, ...]:
    """
    Return the rules that compute an indicator's values at a level, to be tried in order; empty: they are recorded.

    *asked* are the roll-ups that a caller gives, and replace those of the indicator. Its one aggregation applies to
    levels without rules of their own: from departments, or from regions where no department reports.

    >>> rules = (RollUp(level="region", actual="sum"),)
    >>> visits = Indicator(id="visits", label="Visits", unit="count", aggregation="mean", roll_ups=rules)
    >>> [roll_ups_at(visits, level)[0].actual.value for level in (TerritoryLevel.REGION, TerritoryLevel.NATION)]
    ['sum', 'mean']
    """
    given = asked or indicator.roll_ups
    own = [one for one in given if one.level is level] or [one for one in given if one.level is None]
    if not own and not asked and indicator.aggregation is not None:
        rules = RollUp.of(indicator)
        own = [rules, evolve(rules, from_level=TerritoryLevel.REGION)]
    return tuple(one for one in own if _LEVELS.index(level) < _LEVELS.index(one.from_level))


def territories_below(portfolio: Portfolio, territory_id: str, level: TerritoryLevel) -> tuple[str, ...]:
    """
    Return the territories of *level* inside a territory, by their official codes, whatever parent they name.

    The municipal arrondissements of Paris, Lyon and Marseille are returned only where their city is absent, and the two
    authorities 69D and 69M only where the department 69 is: they are parts of it, so both together would count the same
    people twice. Where a level does not make up the territory (`makes_up`), none is returned.

    >>> places = [Territory(id=code, label=code) for code in ("R11", "75", "75056", "75101", "92012")]
    >>> territories_below(Portfolio.of(*places), "R11", TerritoryLevel.MUNICIPALITY)
    ('75056', '92012')
    """
    held = portfolio.territories
    around = held.get(territory_id) or Territory(id=TerritoryId(territory_id), label=territory_id)
    if not makes_up(level, around):
        return ()
    if around.level in _TOLD_BY_CODES:
        inside = (place for place in held.values() if territory_id in place.lies_in)
    else:
        inside = (place for place in held.values() if around.contains(place))
    return tuple(place.id for place in inside if place.level is level or _stands_for_whole(place, level, held))


def makes_up(level: TerritoryLevel, territory: Territory) -> bool:
    """
    Return whether the territories of a level, together, make up a territory of a level above.

    The Hexagon is only a part of the nation, the two authorities 69D and 69M make up the department 69 only, and
    intercommunalities cross the borders of all but the nation.

    >>> rhone = Territory(id="69", label="Rhône")
    >>> [makes_up(TerritoryLevel(level), rhone) for level in ("departmental-authority", "intercommunality")]
    [True, False]
    """
    match level:
        case TerritoryLevel.HEXAGON:
            return False
        case TerritoryLevel.DEPARTMENTAL_AUTHORITY:
            return territory.id in AUTHORITIES.values()
        case TerritoryLevel.INTERCOMMUNALITY:
            return territory.level is TerritoryLevel.NATION
        case _:
            return True


def _stands_for_whole(place: Territory, level: TerritoryLevel, held: Registry[Territory]) -> bool:
    return _WHOLES.get(place.level) is level and place.lies_in[0] not in held


_TOLD_BY_CODES = frozenset({TerritoryLevel.NATION, TerritoryLevel.REGION, TerritoryLevel.DEPARTMENT})
"""The levels of which the code of a territory tells which one it lies in."""
_WHOLES: Mapping[TerritoryLevel, TerritoryLevel] = MappingProxyType(
    {
        TerritoryLevel.DEPARTMENTAL_AUTHORITY: TerritoryLevel.DEPARTMENT,
        TerritoryLevel.MUNICIPAL_ARRONDISSEMENT: TerritoryLevel.MUNICIPALITY,
    }
)
"""The levels whose territories are parts of one, with the level of that one."""
