"""
Territorial instruments: labs, campuses, innovation weeks, Cartes blanches, challenges, hubs, consultations.

Each class of `Instrument` is one instrument that the DITP described in June 2019, with its own facts. `stage_attrition`
returns how many teams a `ChallengeCall` keeps from stage to stage, `share_outside` the share of a `Campus`'s sessions
outside a territory, `carte_blanche_summary` the results of a `CarteBlanche`; `week_editions`, `labs` and
`consultations` summarise the others.

>>> from levier import catalogue, instruments
>>> ap = catalogue.action_publique_2022()
>>> {type(one).__name__ for one in ap.instruments.values()} <= set(instruments.__all__)
True
"""

from __future__ import annotations

from levier.compute.instruments.campus import ShareOutside, share_outside
from levier.compute.instruments.cartes_blanches import CarteBlancheSummary, carte_blanche_summary
from levier.compute.instruments.challenges import StageAttrition, StageCount, stage_attrition
from levier.compute.instruments.consultations import Consultations, consultations
from levier.compute.instruments.counts import PlacedCount
from levier.compute.instruments.editions import Edition, WeekEditions, week_editions
from levier.compute.instruments.labs import Labs, labs
from levier.model.cartes_blanches import Experiment, Idea, LocalProblem
from levier.model.challenges import ChallengeStage
from levier.model.instruments import (
    Campus,
    CampusSession,
    CarteBlanche,
    ChallengeCall,
    CommunityHub,
    Consultation,
    InnovationLab,
    InnovationWeek,
    Instrument,
    LocalEvent,
)
from levier.model.lifecycle import CHALLENGE_TRANSITIONS, ChallengePhase

__all__ = [
    "CHALLENGE_TRANSITIONS",
    "Campus",
    "CampusSession",
    "CarteBlanche",
    "CarteBlancheSummary",
    "ChallengeCall",
    "ChallengePhase",
    "ChallengeStage",
    "CommunityHub",
    "Consultation",
    "Consultations",
    "Edition",
    "Experiment",
    "Idea",
    "InnovationLab",
    "InnovationWeek",
    "Instrument",
    "Labs",
    "LocalEvent",
    "LocalProblem",
    "PlacedCount",
    "ShareOutside",
    "StageAttrition",
    "StageCount",
    "WeekEditions",
    "carte_blanche_summary",
    "consultations",
    "labs",
    "share_outside",
    "stage_attrition",
    "week_editions",
]
