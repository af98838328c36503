"""
The life of a project: phases, and the table of the moves between them.

Framing, experimentation and deployment are the phases in which DITP supports a project, in the article's words;
the two ends, completed and stopped, are ours, because experiments do end without deployment.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import final

from attrs import field, frozen

from levier.model._converters import as_id_or_none
from levier.model._fields import instance_of, not_blank, optional
from levier.model.identifiers import SourceId, reference
from levier.model.periods import Day, as_day, is_day
from levier.model.terms import Term

__all__ = ["CHALLENGE_TRANSITIONS", "TRANSITIONS", "ChallengePhase", "Phase", "PhaseStep"]


class Phase(Term):
    """Where a project stands in its life."""

    FRAMING = "framing", "Cadrage", "Framing"
    EXPERIMENTATION = "experimentation", "Expérimentation", "Experimentation"
    DEPLOYMENT = "deployment", "Déploiement", "Deployment"
    COMPLETED = "completed", "Achevé", "Completed"
    STOPPED = "stopped", "Arrêté", "Stopped"


TRANSITIONS: Mapping[Phase, tuple[Phase, ...]] = MappingProxyType(
    {
        Phase.FRAMING: (Phase.EXPERIMENTATION, Phase.DEPLOYMENT, Phase.STOPPED),
        Phase.EXPERIMENTATION: (Phase.FRAMING, Phase.DEPLOYMENT, Phase.STOPPED),
        Phase.DEPLOYMENT: (Phase.EXPERIMENTATION, Phase.COMPLETED, Phase.STOPPED),
        Phase.STOPPED: (Phase.FRAMING,),
        Phase.COMPLETED: (),
    }
)
"""Where a project may go from each phase; read by the code, the tests and the docs."""


@final
@frozen(kw_only=True)
class PhaseStep:
    """
    One move into a phase: when, and because of what.

    Attributes:
        phase: The phase.
        on: On which day, or in which period.
        because: Why, in words.
        source_id: The source that states it.

    >>> PhaseStep(phase="experimentation", on="2019-06-20", because="third CITP").phase.label("fr")
    'Expérimentation'
    """

    phase: Phase = field(converter=Phase, validator=instance_of(Phase))
    on: Day = field(converter=as_day, validator=is_day)
    because: str = field(validator=not_blank)
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))


class ChallengePhase(Term):
    """The challenge calls' own three phases; never merged with those of projects."""

    EXPLORATION = "exploration", "exploration", "exploration"
    INCUBATION = "incubation", "incubation", "incubation"
    EXPERIMENTATION = "experimentation", "expérimentation", "experimentation"


CHALLENGE_TRANSITIONS: Mapping[ChallengePhase, tuple[ChallengePhase, ...]] = MappingProxyType(
    {
        ChallengePhase.EXPLORATION: (ChallengePhase.INCUBATION,),
        ChallengePhase.INCUBATION: (ChallengePhase.EXPERIMENTATION,),
        ChallengePhase.EXPERIMENTATION: (),
    }
)
"""Which stage of a challenge call may follow which; a team may fall out after any."""
