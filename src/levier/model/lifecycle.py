"""
The life of a project: its phases, and the table of allowed transitions.

DITP's article names framing, experimentation and deployment, the phases in which it supports a project.
The two final phases, completed and stopped, are ours, because some experiments end without a deployment.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import field, frozen

from levier.errors.final import final
from levier.model._converters import as_id_or_none
from levier.model._fields import instance_of, not_blank, optional
from levier.model.identifiers import SourceId, reference
from levier.model.periods import Day, as_day, is_day
from levier.model.terms import Term

__all__ = ["CHALLENGE_TRANSITIONS", "TRANSITIONS", "ChallengePhase", "Phase", "PhaseStep"]


class Phase(Term):
    """The phases of a project."""

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
"""The phases that may follow each phase; the code, the tests and the documentation all read this table."""


@final
@frozen(kw_only=True)
class PhaseStep:
    """
    One transition into a phase: its day and its reason.

    Attributes:
        phase: The phase that begins.
        on: The day on which it begins.
        because: The reason, in words.
        source_id: The document that states it, by its identifier.

    >>> PhaseStep(phase="experimentation", on="2019-06-20", because="third CITP").phase.label("fr")
    'Expérimentation'
    """

    phase: Phase = field(converter=Phase, validator=instance_of(Phase))
    on: Day = field(converter=as_day, validator=is_day)
    because: str = field(validator=not_blank)
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))


class ChallengePhase(Term):
    """The three phases of a challenge call, which are not those of a project."""

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
"""The stages that may follow each stage of a challenge call; teams may drop out after any of them."""
