"""What agents find, think up and try under a Carte blanche: problems, ideas, experiments."""

from __future__ import annotations

from typing import final

from attrs import field, frozen

from levier.model._converters import TupleOf, as_id_or_none
from levier.model._fields import each_once, not_blank, optional, trimmed
from levier.model.identifiers import SourceId, identifier, reference
from levier.model.periods import Period, as_period_or_none, is_period

__all__ = ["Experiment", "Idea", "LocalProblem"]


@final
@frozen(kw_only=True)
class LocalProblem:
    """
    What does not work for the people of a living area, as agents and users said.

    Attributes:
        id: The identifier, unique among its like.
        label: The name, in French.
        label_en: The name in English; empty where there is none.
        source_id: The source that states it.

    >>> LocalProblem(id="far-counters", label="Guichets éloignés", source_id="workshop").label
    'Guichets éloignés'
    """

    id: str = field(validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))


@final
@frozen(kw_only=True)
class Idea:
    """
    An answer that was thought up; *problem_ids* are the problems of the same Carte blanche that it answers.

    Attributes:
        id: The identifier, unique among its like.
        label: The name, in French.
        label_en: The name in English; empty where there is none.
        source_id: The source that states it.

    >>> Idea(id="bus", label="Bus des services publics", problem_ids=["far-counters"]).problem_ids
    ('far-counters',)
    """

    id: str = field(validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    problem_ids: tuple[str, ...] = field(default=(), converter=TupleOf[str], validator=each_once(reference))
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))


@final
@frozen(kw_only=True)
class Experiment:
    """
    An idea that was tried: when, and what came of it; *idea_ids* are ideas of the same Carte blanche.

    Attributes:
        id: The identifier, unique among its like.
        label: The name, in French.
        label_en: The name in English; empty where there is none.
        period: The period that it is of.
        outcome: What came of it.
        source_id: The source that states it.

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
