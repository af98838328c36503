"""Strategies and objectives, and the indicators that measure them."""

from __future__ import annotations

from attrs import field, frozen

from levier.errors.final import final
from levier.model._converters import as_id_or_none, as_ids
from levier.model._fields import each_once, instance_of, not_blank, optional, trimmed
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
from levier.model.identifiers import IndicatorId, ObjectiveId, SourceId, identifier, reference
from levier.model.terms import Term

__all__ = ["Objective", "ObjectiveLevel"]


class ObjectiveLevel(Term):
    """The two upper levels of the hierarchy strategy › objective › indicator › sub-indicator."""

    STRATEGY = "strategy", "stratégie", "strategy"
    OBJECTIVE = "objective", "objectif", "objective"


@final
@frozen(kw_only=True)
class Objective:
    """
    A goal of a programme or of a budget programme.

    *parent_id* is the strategy that an objective belongs to.

    Source: LOLF, article 51, 5°: annual performance plans give strategy, objectives and indicators.

    Attributes:
        id: The identifier, unique in the portfolio.
        label: The French name.
        label_en: The English name; empty if there is none.
        level: Whether it is a strategy or an objective.
        indicator_ids: The indicators that measure it, by their identifiers.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    >>> Objective(id="users", label="Améliorer la qualité de service", label_en="Better services").level
    <ObjectiveLevel.OBJECTIVE: 'objective'>
    """

    id: ObjectiveId = field(converter=ObjectiveId, validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    level: ObjectiveLevel = field(
        default=ObjectiveLevel.OBJECTIVE, converter=ObjectiveLevel, validator=instance_of(ObjectiveLevel)
    )
    parent_id: ObjectiveId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    indicator_ids: tuple[IndicatorId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)
