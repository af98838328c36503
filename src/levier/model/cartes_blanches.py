"""The content of a Carte blanche: the problems found by the agents, their ideas and their experiments."""

from __future__ import annotations

from attrs import field, frozen

from levier.errors.final import final
from levier.model._converters import TupleOf, as_id_or_none
from levier.model._fields import each_once, not_blank, optional, trimmed
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
from levier.model.identifiers import SourceId, identifier, reference
from levier.model.periods import Period, as_period_or_none, is_period

__all__ = ["Experiment", "Idea", "LocalProblem"]


@final
@frozen(kw_only=True)
class LocalProblem:
    """
    A problem of the people of a living area, as agents and users described it.

    Attributes:
        id: The identifier, unique within the Carte blanche.
        label: The French name.
        label_en: The English name; empty if there is none.
        source_id: The document that states it, by its identifier.
        extra: An application's own keys, which begin with "x-"; empty by default.

    >>> LocalProblem(id="far-counters", label="Guichets éloignés", source_id="workshop").label
    'Guichets éloignés'
    """

    id: str = field(validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)


@final
@frozen(kw_only=True)
class Idea:
    """
    A proposed solution; *problem_ids* are the problems of the same Carte blanche that it addresses.

    Attributes:
        id: The identifier, unique within the Carte blanche.
        label: The French name.
        label_en: The English name; empty if there is none.
        source_id: The document that states it, by its identifier.
        extra: An application's own keys, which begin with "x-"; empty by default.

    >>> Idea(id="bus", label="Bus des services publics", problem_ids=["far-counters"]).problem_ids
    ('far-counters',)
    """

    id: str = field(validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    problem_ids: tuple[str, ...] = field(default=(), converter=TupleOf[str], validator=each_once(reference))
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)


@final
@frozen(kw_only=True)
class Experiment:
    """
    An experiment and its outcome; *idea_ids* are the ideas of the same Carte blanche that it tries.

    Attributes:
        id: The identifier, unique within the Carte blanche.
        label: The French name.
        label_en: The English name; empty if there is none.
        period: When it took place; `None` if unknown.
        outcome: Its outcome, in words; empty while unknown.
        source_id: The document that states it, by its identifier.
        extra: An application's own keys, which begin with "x-"; empty by default.

    >>> Experiment(id="bus", label="Bus des services publics", period="2019-03/2019-06").outcome
    ''
    """

    id: str = field(validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    idea_ids: tuple[str, ...] = field(default=(), converter=TupleOf[str], validator=each_once(reference))
    period: Period | None = field(default=None, converter=as_period_or_none, validator=optional(is_period))
    outcome: str = field(default="", validator=trimmed)
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)
