"""Levers of transformation, how they are activated, and the effects that they are meant to have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self, cast

from attrs import Attribute, evolve, field, frozen

from levier.errors.final import final
from levier.model._converters import TermOrNone, TupleOf, as_id_or_none, as_ids
from levier.model._fields import (
    all_of,
    asks_of_items,
    distinct,
    each,
    each_once,
    instance_of,
    not_blank,
    optional,
    refuse,
    trimmed,
)
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
from levier.model.identifiers import IndicatorId, LeverId, MethodId, SourceId, TerritoryId, identifier, reference
from levier.model.indicators import Direction
from levier.model.money import Euros, is_amount
from levier.model.periods import Period, PeriodLike, as_period, as_period_or_none, is_period
from levier.model.quantities import Quantity
from levier.model.sources import Sourced, sourced
from levier.model.terms import Term

__all__ = [
    "ActivatesLevers",
    "EffectHorizon",
    "EffectMechanism",
    "IntendedEffect",
    "Lever",
    "LeverActivation",
    "Method",
    "has_end",
    "of_its_levers",
]


class EffectMechanism(Term):
    """The mechanism by which a lever is meant to have its effect."""

    TRANSPARENCY = "transparency", "transparence", "transparency"
    PARTICIPATION = "participation", "participation", "participation"
    PROXIMITY = "proximity", "proximité", "proximity"
    SIMPLIFICATION = "simplification", "simplification", "simplification"
    INVESTMENT = "investment", "investissement", "investment"
    SKILLS = "skills", "compétences", "skills"


def has_end(instance: object, attribute: Attribute[Any], value: Period) -> None:
    """
    Accept a period with an end.

    Raises:
        InvalidValueError: For an open-ended one, and for anything else.
    """
    is_period(instance, attribute, value)
    if value.last_day is None:
        refuse(instance, attribute, value.text, "a period with an end, such as 2030: a horizon is reached on a day")


@final
@frozen(kw_only=True)
class EffectHorizon:
    """
    The size that an intended effect is meant to have by the end of a period, such as 2030.

    Attributes:
        period: The period at whose end the effect is meant to have this size.
        size: The intended size, in the indicator's unit or in points; its sign is that of the effect's *size*.
        source_id: The document that states it, by its identifier.

    Raises:
        InvalidValueError: If the period has no end.

    >>> EffectHorizon(period="2030", size=Quantity.exact("-3.2", "MtCO2e")).size.value
    Decimal('-3.2')
    """

    period: Period = field(converter=as_period, validator=has_end)
    size: Quantity = field(validator=instance_of(Quantity))
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))


@final
@frozen(kw_only=True)
class IntendedEffect:
    """
    The effect that a lever is meant to have on an indicator, as far as sources state it: direction, size, horizons.

    This is an intention, not a measured effect.
    *size* is the size that no source dates; *horizons* are the sizes by the end of a period, in any order.
    A size is the change of the indicator, negative where it is meant to fall. Where *direction* is a decrease, a size
    without a sign is how much the indicator falls, so 3 and -3 mean the same; `meant` returns the change.

    Attributes:
        indicator_id: The indicator that the lever is meant to change, by its identifier.
        direction: Whether the indicator is meant to increase, decrease or stay stable; `None` if no source states it.
        size: The intended size, in the indicator's unit or in points; `None` if no source states it.
        horizons: The intended sizes by the end of a period, at most one for each last day.
        mechanism: How the effect is meant to come about; `None` if no source states it.
        source_id: The document that states it, by its identifier.

    Raises:
        InvalidValueError: If two horizons end on the same day.

    >>> IntendedEffect(indicator_id="waiting-time", direction="decrease").direction
    <Direction.DECREASE: 'decrease'>
    >>> sizes = [EffectHorizon(period=year, size=Quantity.exact(size, "MtCO2e")) for year, size in [("2030", -3)]]
    >>> effect = IntendedEffect(indicator_id="emissions", horizons=sizes)
    >>> print(effect.meant("2030"), effect.meant("2035"), effect.meant())
    -3 MtCO2e None None
    """

    indicator_id: IndicatorId = field(converter=IndicatorId, validator=reference)
    direction: Direction | None = field(
        default=None, converter=TermOrNone[Direction], validator=optional(instance_of(Direction))
    )
    size: Quantity | None = field(default=None, validator=optional(instance_of(Quantity)))
    horizons: tuple[EffectHorizon, ...] = field(
        default=(),
        converter=TupleOf[EffectHorizon],
        validator=all_of(each(instance_of(EffectHorizon)), distinct(lambda h: h.period.last_day, "horizon")),
    )
    mechanism: EffectMechanism | None = field(
        default=None, converter=TermOrNone[EffectMechanism], validator=optional(instance_of(EffectMechanism))
    )
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))

    def meant(self, horizon: PeriodLike | None = None) -> Quantity | None:
        """
        Return the intended change by a horizon, or the undated one; `None` if no source states it.

        Nothing is interpolated: a horizon between two others has no change. A decrease is negative.

        Raises:
            InvalidValueError: If *horizon* is not a valid period.
        """
        if horizon is None:
            return _change(self.size, self.direction)
        end = Period(horizon).last_day
        found = (stated.size for stated in self.horizons if stated.period.last_day == end)
        return _change(next(found, None), self.direction)

    @property
    def sizes(self) -> tuple[Quantity, ...]:
        """All sizes as stated: the undated one, then those of the horizons."""
        undated = () if self.size is None else (self.size,)
        return (*undated, *(horizon.size for horizon in self.horizons))

    @property
    def meant_direction(self) -> Direction | None:
        """The direction that a source states or, if none does, that of all sizes; `None` if they disagree."""
        if self.direction is not None or not self.sizes:
            return self.direction
        if all(size.lower is not None and size.lower > 0 for size in self.sizes):
            return Direction.INCREASE
        return Direction.DECREASE if all(size.upper is not None and size.upper < 0 for size in self.sizes) else None


def _change(size: Quantity | None, direction: Direction | None) -> Quantity | None:
    """Return a size as a change: without a sign, the size of a decrease is how much the indicator falls."""
    if size is None or direction is not Direction.DECREASE or _is_signed(size):
        return size
    lower, upper = (None if bound is None else bound.copy_negate() for bound in (size.upper, size.lower))
    return evolve(size, lower=lower, upper=upper)


def _is_signed(size: Quantity) -> bool:
    return any(bound is not None and bound < 0 for bound in (size.lower, size.upper))


@final
@frozen(kw_only=True)
class LeverActivation:
    """
    The activation of a lever by a programme, a reform or a project: where, when, at what cost, by which methods.

    *cost* is in euros, `None` if unknown. *territory_ids* is empty if no source says where;
    an activation in the whole country names the nation.

    Attributes:
        lever_id: The activated lever, by its identifier.
        period: When the lever is activated; `None` if unknown.
        method_ids: The methods it uses, by their identifiers.
        source_id: The document that states it, by its identifier.

    >>> LeverActivation(lever_id="digital", territory_ids=["46"], period="2019-03/..").period
    Period('2019-03/..')
    """

    lever_id: LeverId = field(converter=LeverId, validator=reference)
    territory_ids: tuple[TerritoryId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    period: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    cost: Sourced[Euros] | None = field(default=None, validator=optional(sourced(Euros, is_amount)))
    method_ids: tuple[MethodId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))


@asks_of_items
def of_its_levers(instance: Any, attribute: Attribute[Any], value: tuple[LeverActivation, ...]) -> None:
    """
    Accept the activations of levers that are among the *lever_ids* of the same object.

    Raises:
        InvalidValueError: If an activation is of another lever.
    """
    known = set(instance.lever_ids)
    for activation in value:
        if activation.lever_id not in known:
            refuse(instance, attribute, activation.lever_id, "activations of levers that lever_ids names")


class ActivatesLevers:
    """The base class of programmes, reforms and projects, which activate levers; it has no fields."""

    __slots__ = ()

    def with_levers(self, *lever_ids: str) -> Self:
        """Return a copy that activates these levers too."""
        owner: Any = self
        return cast("Self", evolve(owner, lever_ids=(*owner.lever_ids, *lever_ids)))

    def with_activations(self, *activations: LeverActivation) -> Self:
        """Return a copy with these activations added, and their levers added to *lever_ids*."""
        owner: Any = self
        levers = tuple(dict.fromkeys((*owner.lever_ids, *(activation.lever_id for activation in activations))))
        return cast("Self", evolve(owner, lever_ids=levers, activations=(*owner.activations, *activations)))


@final
@frozen(kw_only=True)
class Lever:
    """
    A lever of transformation; *parent_id* makes it a sub-lever of another.

    *objective* is what the lever is meant to achieve, in the words of its source, where no indicator says it all.

    Attributes:
        id: The identifier, unique in the portfolio.
        label: The French name.
        label_en: The English name; empty if there is none.
        objective: What it is meant to achieve, as published; empty if no source states it.
        tags: The words under which it is filed, such as a taxonomy's axes; each once, in their order.
        effects: The effects that it is meant to have, at most one for each indicator.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If the label or a tag is blank, a tag is given twice, or two effects are on one indicator.

    >>> digital = Lever(id="digital", label="Transformation numérique", label_en="Digital transformation")
    >>> digital.with_effects(IntendedEffect(indicator_id="waiting-time", direction="decrease")).effects[0].indicator_id
    'waiting-time'
    """

    id: LeverId = field(converter=LeverId, validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    parent_id: LeverId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    objective: str = field(default="", validator=trimmed)
    tags: tuple[str, ...] = field(default=(), converter=TupleOf[str], validator=each_once(not_blank))
    effects: tuple[IntendedEffect, ...] = field(
        default=(),
        converter=TupleOf[IntendedEffect],
        validator=all_of(each(instance_of(IntendedEffect)), distinct(lambda e: e.indicator_id, "indicator")),
    )
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)

    def with_effects(self, *effects: IntendedEffect) -> Self:
        """Return this lever with these intended effects added."""
        return evolve(self, effects=(*self.effects, *effects))

    def children(self, levers: Iterable[Lever]) -> tuple[Lever, ...]:
        """Return those of *levers* whose parent is this one."""
        return tuple(lever for lever in levers if lever.parent_id == self.id)


@final
@frozen(kw_only=True)
class Method:
    """
    A way of working, such as design or listening to users.

    Attributes:
        id: The identifier, unique in the portfolio.
        label: The French name.
        label_en: The English name; empty if there is none.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    >>> Method(id="nudge", label="Nudge", label_en="Nudge").id
    'nudge'
    """

    id: MethodId = field(converter=MethodId, validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)
