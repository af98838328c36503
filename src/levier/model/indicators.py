"""Indicators: what is measured, on which population, in which unit and direction, and how often."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from attrs import Attribute, field, frozen

from levier.errors import InvalidValueError, UnknownAggregationError
from levier.errors.final import final
from levier.model._converters import TermOrNone, TupleOf, as_id_or_none, as_ids
from levier.model._facts import Between, OneOf, states
from levier.model._fields import (
    all_of,
    as_decimal,
    decimal,
    distinct,
    each,
    each_once,
    hold_types,
    instance_of,
    integer,
    not_blank,
    optional,
    refuse,
    trimmed,
)
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
from levier.model.identifiers import IndicatorId, SourceId, TerritoryId, identifier, is_identifier, reference
from levier.model.observations import ObservationKind
from levier.model.periods import Period, as_period_or_none, is_period
from levier.model.quantities import Unit
from levier.model.terms import Term
from levier.model.territories import TerritoryLevel

__all__ = [
    "CARRY_FORWARD",
    "Aggregation",
    "Definition",
    "Direction",
    "Indicator",
    "IndicatorKind",
    "IndicatorWeight",
    "RollUp",
    "Viewpoint",
]

_PERIODS_IN_MONTHS = (1, 3, 6, 12, 24, 36, 72)


class Direction(Term):
    """
    The direction in which an indicator is meant to move, or the side of its target on which it is to be kept.

    `STABLE` is PILOTE's: it is measured like an increase. The others hold every value to the target.
    """

    INCREASE = "increase", "à la hausse", "increase"
    DECREASE = "decrease", "à la baisse", "decrease"
    STABLE = "stable", "stable", "stable"
    KEEP_AT_OR_BELOW = "keep-at-or-below", "à maintenir au plus à la cible", "keep at or below"
    KEEP_AT_OR_ABOVE = "keep-at-or-above", "à maintenir au moins à la cible", "keep at or above"
    KEEP_WITHIN = "keep-within", "à maintenir dans une plage", "keep within a band"

    @property
    def is_kept(self) -> bool:
        """Whether values are held to the target in every period, instead of moved towards it."""
        return self in _KEPT


_KEPT = (Direction.KEEP_AT_OR_BELOW, Direction.KEEP_AT_OR_ABOVE, Direction.KEEP_WITHIN)


class IndicatorKind(Term):
    """The kinds of indicator, in the vocabulary of DITP's tool PILOTE."""

    IMPACT = "impact", "impact", "impact"
    DEPLOYMENT = "deployment", "déploiement", "deployment"
    SERVICE_QUALITY = "service-quality", "qualité de service", "quality of service"
    REBOUND = "rebound", "effet rebond", "rebound effect"
    CONTEXT = "context", "contexte", "context"
    FINANCIAL = "financial", "financier", "financial"


class Viewpoint(Term):
    """The point of view of a budget indicator, as annual performance plans classify it."""

    CITIZEN = "citizen", "point de vue du citoyen", "citizen"
    USER = "user", "point de vue de l’usager", "user"
    TAXPAYER = "taxpayer", "point de vue du contribuable", "taxpayer"


class Aggregation(Term):
    """The rule that computes the value of a territory from those of the territories below it."""

    SUM = "sum", "somme", "sum"
    MEAN = "mean", "moyenne", "mean"
    WEIGHTED_MEAN = "weighted-mean", "moyenne pondérée", "weighted mean"
    RATIO_OF_SUMS = "ratio-of-sums", "rapport des sommes", "ratio of sums"
    MINIMUM = "minimum", "minimum", "minimum"
    MAXIMUM = "maximum", "maximum", "maximum"
    MEDIAN = "median", "médiane", "median"


CARRY_FORWARD = 12
"""The default number of months for which the strict ruleset carries a value forward."""
_LEVELS = tuple(TerritoryLevel)


def _rule(found: Aggregation | str | None) -> Aggregation | None:
    """
    Return the aggregation rule of this name; keep `None`.

    Raises:
        UnknownAggregationError: If the name is unknown.
        InvalidValueError: If it is no name.
    """
    try:
        return None if found is None else Aggregation(found)
    except InvalidValueError:
        if type(found) is not str or not is_identifier(found):
            raise  # no name at all
        raise UnknownAggregationError("", "", found, tuple(kind.value for kind in Aggregation)) from None


hold_types(_rule)


def _above(instance: RollUp, attribute: Attribute[Any], value: TerritoryLevel) -> None:
    """Refuse a level whose values would be computed from its own or from those of a wider one."""
    if instance.level is not None and _LEVELS.index(instance.level) >= _LEVELS.index(value):
        refuse(instance, attribute, value.value, f"a level below the {instance.level.en}")


@final
@frozen(kw_only=True)
class RollUp:
    """
    The rules that compute a territory's values from those below it: for baseline, actual value and target.

    *level* is the level whose values are computed; `None` means every level above *from_level* without rules of its
    own. Rules of several levels form a chain: the nation's from the regions', and these from the departments'.
    Where a rule is `None`, the value recorded at that level is used as it is.
    *from_level* is the level whose values are aggregated; *carry_forward_months* is how many months the strict ruleset
    keeps a value.
    *weight_id* is the indicator that weights a weighted mean; `None` means population, except for rates, which only
    their denominators can weight.
    A ratio of sums divides the values of *numerator_id* (the indicator's own where `None`) by those of *weight_id*. It
    needs denominators, and its numerators may not be rates, because rates do not add up.

    Attributes:
        baseline: The rule for baselines; `None` uses the recorded value.
        actual: The rule for actual values; `None` uses the recorded value.
        target: The rule for targets; `None` uses the recorded value.

    Raises:
        UnknownAggregationError: For a rule that is not known.
        InvalidValueError: If *level* is not above *from_level*.

    >>> RollUp(actual="sum").from_level
    <TerritoryLevel.DEPARTMENT: 'department'>
    >>> RollUp(level="nation", from_level="region", target="mean").rule("target")
    <Aggregation.MEAN: 'mean'>
    """

    level: TerritoryLevel | None = field(
        default=None, converter=TermOrNone[TerritoryLevel], validator=optional(instance_of(TerritoryLevel))
    )
    baseline: Aggregation | None = field(default=None, converter=_rule, validator=optional(instance_of(Aggregation)))
    actual: Aggregation | None = field(default=None, converter=_rule, validator=optional(instance_of(Aggregation)))
    target: Aggregation | None = field(default=None, converter=_rule, validator=optional(instance_of(Aggregation)))
    from_level: TerritoryLevel = field(
        default=TerritoryLevel.DEPARTMENT,
        converter=TerritoryLevel,
        validator=all_of(instance_of(TerritoryLevel), _above),
    )
    carry_forward_months: int = field(default=CARRY_FORWARD, validator=integer(0, 1200))
    numerator_id: IndicatorId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    weight_id: IndicatorId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))

    @classmethod
    def of(cls, indicator: Indicator) -> RollUp:
        """Return the roll-up of an indicator's one aggregation, for all levels and all three kinds of value."""
        rule = indicator.aggregation
        return cls(baseline=rule, actual=rule, target=rule)

    def rule(self, kind: ObservationKind | str) -> Aggregation | None:
        """Return the rule for one kind of value; `None` for forecasts, which are never aggregated."""
        wanted = ObservationKind(kind)
        if wanted is ObservationKind.FORECAST:
            return None
        rules = {_BASELINE: self.baseline, _ACTUAL: self.actual, _TARGET: self.target}
        return rules[wanted]


_ACTUAL, _BASELINE, _TARGET = ObservationKind.ACTUAL, ObservationKind.BASELINE, ObservationKind.TARGET


@final
@frozen(kw_only=True)
class Definition:
    """
    One version of the definition of an indicator; values of two versions are never compared.

    *version* counts from 1; *period* is when the definition applied, `None` if unknown.

    Attributes:
        text: The definition, as published.
        source_id: The document that states it, by its identifier.

    >>> Definition(version=2, text="Contract signed within six months", period="2020/..").version
    2
    """

    version: int = field(validator=integer(1))
    text: str = field(validator=not_blank)
    period: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))


@states(OneOf(_PERIODS_IN_MONTHS))
def _known_frequency(instance: object, attribute: Attribute[Any], value: int) -> None:
    if type(value) is not int or value not in _PERIODS_IN_MONTHS:
        refuse(instance, attribute, value, f"a period in months, one of {', '.join(map(str, _PERIODS_IN_MONTHS))}")


def _oldest_first(instance: object, attribute: Attribute[Any], value: tuple[Definition, ...]) -> None:
    versions = [definition.version for definition in value]
    if versions != sorted(versions):
        refuse(instance, attribute, versions, "the versions of the definition in their order, oldest first")


@final
@frozen(kw_only=True)
class Indicator:
    """
    A measure that is followed over time and by territory, without its values: these are observations.

    *unit* is the unit of its values; *universe* says what is counted, on which population.
    *direction* is the direction of improvement, `None` if no source states it.
    *periodicity_months* is the number of months between two values (1, 3, 6, 12, 24, 36 or 72), `None` if unknown.
    *lag_months* is the number of months between the end of a period and the publication of its value; `None` if
    unknown.
    *decimals* is the number of decimals of its values as published. If it is `None`, sentences show at most two.
    *horizon* is the end of the period that its final target is for; if it is `None`, that of its programme or reform.
    *parent_id* makes it a sub-indicator of another.
    *aggregation* is one rule for the values of regions and of the nation, from those of departments; *roll_ups* are
    other rules, by level and kind of value, which replace it at their levels.
    *definitions* lists the versions of its definition, oldest first; without any, there is a single version, 1.

    Attributes:
        id: The identifier, unique in the portfolio.
        label: The French name.
        label_en: The English name; empty if there is none.
        kind: The kind of result that it measures, such as impact or deployment; `None` if unknown.
        viewpoint: The point of view of a budget indicator: citizen, user or taxpayer; `None` for other indicators.
        aggregation: The rule that aggregates the values of territories; `None` if unknown, and then none is aggregated.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If the unit is blank, the periodicity is not in the list, two definitions share a version,
            the versions are out of order, or two roll-ups share a level.

    >>> Indicator(id="appraisal-time", label="Délai d’instruction", unit="days", direction="decrease").direction
    <Direction.DECREASE: 'decrease'>
    """

    id: IndicatorId = field(converter=IndicatorId, validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    unit: Unit = field(converter=Unit, validator=not_blank)
    universe: str = field(default="", validator=trimmed)
    direction: Direction | None = field(
        default=None, converter=TermOrNone[Direction], validator=optional(instance_of(Direction))
    )
    kind: IndicatorKind | None = field(
        default=None, converter=TermOrNone[IndicatorKind], validator=optional(instance_of(IndicatorKind))
    )
    viewpoint: Viewpoint | None = field(
        default=None, converter=TermOrNone[Viewpoint], validator=optional(instance_of(Viewpoint))
    )
    aggregation: Aggregation | None = field(
        default=None, converter=TermOrNone[Aggregation], validator=optional(instance_of(Aggregation))
    )
    periodicity_months: int | None = field(default=None, validator=optional(_known_frequency))
    lag_months: int | None = field(default=None, validator=optional(integer(0, 72)))
    decimals: int | None = field(default=None, validator=optional(integer(0, 6)))
    horizon: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    parent_id: IndicatorId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    definitions: tuple[Definition, ...] = field(
        default=(),
        converter=TupleOf[Definition],
        validator=all_of(
            each(instance_of(Definition)),
            distinct(lambda d: d.version, "version of the definition"),
            _oldest_first,
        ),
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    roll_ups: tuple[RollUp, ...] = field(
        default=(),
        converter=TupleOf[RollUp],
        validator=all_of(each(instance_of(RollUp)), distinct(lambda one: one.level, "level of the roll-ups")),
    )
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)


@states(Between(0))
def _weight(instance: IndicatorWeight, attribute: Attribute[Any], value: Decimal) -> None:
    decimal(instance, attribute, value)
    if value < 0:
        refuse(instance, attribute, value, "a weight of at least zero")


@final
@frozen(kw_only=True)
class IndicatorWeight:
    """
    The weight of an indicator in the progress of a reform, for the territories of one level.

    Weights are relative: 30 and 30 give the same result as 50 and 50; an indicator of weight 0 does not count.
    *except_in* lists the territories where the indicator does not apply.

    Attributes:
        indicator_id: The indicator, by its identifier.
        level: The level of the territories that the weight is for.
        weight: The weight, a number of at least zero, without a unit.

    Raises:
        InvalidValueError: If the weight is negative or the level unknown.

    >>> IndicatorWeight(indicator_id="waiting-time", level="department", weight=60).weight
    Decimal('60')
    """

    indicator_id: IndicatorId = field(converter=IndicatorId, validator=reference)
    level: TerritoryLevel = field(converter=TerritoryLevel, validator=instance_of(TerritoryLevel))
    weight: Decimal = field(converter=as_decimal, validator=_weight)
    except_in: tuple[TerritoryId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
