"""Levers of transformation, how they are activated, and the effects that they are meant to have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self, cast, final

from attrs import Attribute, evolve, field, frozen

from levier.model._converters import TermOrNone, TupleOf, as_id_or_none, as_ids
from levier.model._fields import all_of, distinct, each, each_once, instance_of, not_blank, optional, refuse, trimmed
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
from levier.model.identifiers import IndicatorId, LeverId, MethodId, SourceId, TerritoryId, identifier, reference
from levier.model.indicators import Direction
from levier.model.money import Euros, is_amount
from levier.model.periods import Period, as_period_or_none, is_period
from levier.model.quantities import Quantity
from levier.model.sources import Sourced, sourced
from levier.model.terms import Term

__all__ = [
    "ActivatesLevers",
    "EffectMechanism",
    "IntendedEffect",
    "Lever",
    "LeverActivation",
    "Method",
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


@final
@frozen(kw_only=True)
class IntendedEffect:
    """
    The effect that a lever is meant to have on an indicator: its direction and, if a source states it, its size.

    This is an intention, not a measured effect.

    Attributes:
        indicator_id: The indicator that the lever is meant to change, by its identifier.
        direction: Whether the indicator is meant to increase, decrease or stay stable.
        size: The intended size, in the indicator's unit or in points; `None` if no source states it.
        mechanism: How the effect is meant to come about; `None` if no source states it.
        source_id: The document that states it, by its identifier.

    >>> IntendedEffect(indicator_id="waiting-time", direction="decrease").direction
    <Direction.DECREASE: 'decrease'>
    """

    indicator_id: IndicatorId = field(converter=IndicatorId, validator=reference)
    direction: Direction = field(converter=Direction, validator=instance_of(Direction))
    size: Quantity | None = field(default=None, validator=optional(instance_of(Quantity)))
    mechanism: EffectMechanism | None = field(
        default=None, converter=TermOrNone[EffectMechanism], validator=optional(instance_of(EffectMechanism))
    )
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))


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

    Attributes:
        id: The identifier, unique in the portfolio.
        label: The French name.
        label_en: The English name; empty if there is none.
        effects: The effects that it is meant to have, at most one for each indicator.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If the label is blank, or two effects are on one indicator.

    >>> digital = Lever(id="digital", label="Transformation numérique", label_en="Digital transformation")
    >>> digital.with_effects(IntendedEffect(indicator_id="waiting-time", direction="decrease")).effects[0].indicator_id
    'waiting-time'
    """

    id: LeverId = field(converter=LeverId, validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    parent_id: LeverId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
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
