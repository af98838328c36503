"""
Plans: programmes, reforms and projects, the levers that they activate, and their progress.

A `Programme` groups `Reform`s, a reform `Project`s; each has milestones, decisions, risks and confidence ratings. A
`Lever` is a way to transform; a `LeverActivation` gives the place and the cost of its use. `off_track` lists what is
off track, and why; `milestones_of` and `cost_of` cover one programme, reform or project with all that belongs to it,
`schedule_variance` its own dates, `phase_times` the phases of a project; `lever_coverage`, `lever_costs`,
`lever_progress` and `effects_of` cover the levers. An effect is an association, no proof of cause.

>>> from levier import Milestone, Portfolio, Project, plans
>>> pilot = Milestone(id="pilot", label="Pilot open", planned="2019-05").not_done("2019-06-03")
>>> plan = Portfolio.of(Project(id="desk", label="Desk", milestones=[pilot]))
>>> [found.sentence("en") for found in plans.off_track(plan, as_of="2019-06-14")]
['Desk: milestone late']
"""

from __future__ import annotations

from levier.compute.levers.activations import Activation, activations_of
from levier.compute.levers.costs import DoubleCount, LeverCost, LeverCosts, lever_costs
from levier.compute.levers.coverage import LeverCoverage, lever_coverage
from levier.compute.levers.effects import Effect, LeverEffects, effects_of
from levier.compute.levers.horizons import HorizonSize
from levier.compute.levers.plan_costs import PlanCost, cost_of
from levier.compute.levers.progress import LeverProgress, ReformProgress, lever_progress
from levier.compute.levers.starts import first_activation_day
from levier.compute.plan.life_cycles import PhaseInterval, PhaseTimes, phase_times
from levier.compute.plan.milestones import MilestoneState, MilestoneVariance, PlanMilestones, milestones_of
from levier.compute.plan.off_track import OffTrack, OffTrackReason, PlanWarning, off_track
from levier.compute.plan.variances import ScheduleVariance, schedule_variance
from levier.model.establishments import Establishment
from levier.model.events import Decision, Event, Milestone, Revision, Risk
from levier.model.extra import Extra
from levier.model.levers import EffectHorizon, EffectMechanism, IntendedEffect, Lever, LeverActivation, Method
from levier.model.lifecycle import TRANSITIONS, Phase, PhaseStep
from levier.model.names import DatedName
from levier.model.objectives import Objective, ObjectiveLevel
from levier.model.organisations import Organisation, OrganisationKind, Trait
from levier.model.programmes import ConfidenceLevel, ConfidenceRating, Lead, Programme, ProgrammeKind, Project, Reform
from levier.model.territories import NATION, Succession, Territory, TerritoryLevel

__all__ = [
    "NATION",
    "TRANSITIONS",
    "Activation",
    "ConfidenceLevel",
    "ConfidenceRating",
    "DatedName",
    "Decision",
    "DoubleCount",
    "Effect",
    "EffectHorizon",
    "EffectMechanism",
    "Establishment",
    "Event",
    "Extra",
    "HorizonSize",
    "IntendedEffect",
    "Lead",
    "Lever",
    "LeverActivation",
    "LeverCost",
    "LeverCosts",
    "LeverCoverage",
    "LeverEffects",
    "LeverProgress",
    "Method",
    "Milestone",
    "MilestoneState",
    "MilestoneVariance",
    "Objective",
    "ObjectiveLevel",
    "OffTrack",
    "OffTrackReason",
    "Organisation",
    "OrganisationKind",
    "Phase",
    "PhaseInterval",
    "PhaseStep",
    "PhaseTimes",
    "PlanCost",
    "PlanMilestones",
    "PlanWarning",
    "Programme",
    "ProgrammeKind",
    "Project",
    "Reform",
    "ReformProgress",
    "Revision",
    "Risk",
    "ScheduleVariance",
    "Succession",
    "Territory",
    "TerritoryLevel",
    "Trait",
    "activations_of",
    "cost_of",
    "effects_of",
    "first_activation_day",
    "lever_costs",
    "lever_coverage",
    "lever_progress",
    "milestones_of",
    "off_track",
    "phase_times",
    "schedule_variance",
]
