"""
France's public transformation as immutable values: programmes, levers, indicators and the fund's budget.

Importing levier does nothing but define names: each is loaded from its module when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from levier._version import __version__
from levier.errors import (
    AboveCeilingError,
    ClosedYearError,
    ContradictoryFlowsError,
    DanglingReference,
    DanglingReferenceError,
    DuplicateItemsError,
    EnvelopeExceededError,
    ForbiddenTransitionError,
    InexactQuantityError,
    InsufficientAllocationError,
    InvalidDocumentError,
    InvalidValueError,
    LevierError,
    LimitExceededError,
    MisappliedDifferenceError,
    MissingExtraError,
    MissingSampleSizeError,
    MixedUnitsError,
    NotContractedError,
    OvercommitmentError,
    OverpaymentError,
    Problem,
    ProblemCode,
    RepeatedMonthError,
    ScopeChangedError,
    TargetBeforeBaselineError,
    UnknownAggregationError,
    UnknownItemError,
    UnlikeSharesError,
    WrongLevelError,
    WrongUnitError,
)

if TYPE_CHECKING:
    from levier import (
        budget,
        catalogue,
        compute,
        display,
        fund,
        history,
        indicators,
        instruments,
        model,
        plans,
        rules,
        serialization,
        statistics,
        testing,
    )
    from levier.compute.budget.rates import Denominator
    from levier.model.allocations import AllocationChange, YearClosing
    from levier.model.awards import Award, Instalment
    from levier.model.budget import (
        BudgetAction,
        BudgetLine,
        BudgetLink,
        BudgetMovement,
        BudgetProgramme,
        BudgetStage,
        ExecutionLine,
        MovementKind,
        OutstandingStatement,
        PaymentSchedule,
        ScheduledPayment,
        ScopeChange,
        TitleGroup,
    )
    from levier.model.calls import Application, Call, CallRule, RuleKind
    from levier.model.cartes_blanches import Experiment, Idea, LocalProblem
    from levier.model.challenges import ChallengeStage
    from levier.model.events import Decision, Event, Milestone, Revision, Risk
    from levier.model.excerpts import Excerpt
    from levier.model.figures import Figure
    from levier.model.fund import Fund
    from levier.model.indicators import (
        Aggregation,
        Definition,
        Direction,
        Indicator,
        IndicatorKind,
        IndicatorWeight,
        Viewpoint,
    )
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
    from levier.model.journal import EntryKind, Journal, JournalEntry
    from levier.model.levers import EffectMechanism, IntendedEffect, Lever, LeverActivation
    from levier.model.lifecycle import CHALLENGE_TRANSITIONS, TRANSITIONS, ChallengePhase, Phase, PhaseStep
    from levier.model.methods import Method
    from levier.model.money import AppropriationKind, Appropriations, Euros, Execution
    from levier.model.objectives import Objective, ObjectiveLevel
    from levier.model.observations import Observation, ObservationKind, Observations, ObservationState
    from levier.model.organisations import DatedName, Organisation, OrganisationKind, Trait
    from levier.model.periods import Day, Period, Precision
    from levier.model.portfolio import Portfolio
    from levier.model.programmes import (
        ConfidenceLevel,
        ConfidenceRating,
        Lead,
        Programme,
        ProgrammeKind,
        Project,
        Reform,
    )
    from levier.model.quantities import Exactness, Quantity, Unit
    from levier.model.registry import Registry
    from levier.model.savings import CostKind, CostStatement, Saving, SavingKind, SavingNature
    from levier.model.sources import Reliability, Source, Sourced, Stated
    from levier.model.surveys import Survey, SurveyMode, SurveyResult
    from levier.model.terms import Term
    from levier.model.territories import NATION, Territory, TerritoryLevel
    from levier.serialization import dump, dumps, load, loads

__all__ = [
    "CHALLENGE_TRANSITIONS",
    "NATION",
    "TRANSITIONS",
    "AboveCeilingError",
    "Aggregation",
    "AllocationChange",
    "Application",
    "AppropriationKind",
    "Appropriations",
    "Award",
    "BudgetAction",
    "BudgetLine",
    "BudgetLink",
    "BudgetMovement",
    "BudgetProgramme",
    "BudgetStage",
    "Call",
    "CallRule",
    "Campus",
    "CampusSession",
    "CarteBlanche",
    "ChallengeCall",
    "ChallengePhase",
    "ChallengeStage",
    "ClosedYearError",
    "CommunityHub",
    "ConfidenceLevel",
    "ConfidenceRating",
    "Consultation",
    "ContradictoryFlowsError",
    "CostKind",
    "CostStatement",
    "DanglingReference",
    "DanglingReferenceError",
    "DatedName",
    "Day",
    "Decision",
    "Definition",
    "Denominator",
    "Direction",
    "DuplicateItemsError",
    "EffectMechanism",
    "EntryKind",
    "EnvelopeExceededError",
    "Euros",
    "Event",
    "Exactness",
    "Excerpt",
    "Execution",
    "ExecutionLine",
    "Experiment",
    "Figure",
    "ForbiddenTransitionError",
    "Fund",
    "Idea",
    "Indicator",
    "IndicatorKind",
    "IndicatorWeight",
    "InexactQuantityError",
    "InnovationLab",
    "InnovationWeek",
    "Instalment",
    "Instrument",
    "InsufficientAllocationError",
    "IntendedEffect",
    "InvalidDocumentError",
    "InvalidValueError",
    "Journal",
    "JournalEntry",
    "Lead",
    "Lever",
    "LeverActivation",
    "LevierError",
    "LimitExceededError",
    "LocalEvent",
    "LocalProblem",
    "Method",
    "Milestone",
    "MisappliedDifferenceError",
    "MissingExtraError",
    "MissingSampleSizeError",
    "MixedUnitsError",
    "MovementKind",
    "NotContractedError",
    "Objective",
    "ObjectiveLevel",
    "Observation",
    "ObservationKind",
    "ObservationState",
    "Observations",
    "Organisation",
    "OrganisationKind",
    "OutstandingStatement",
    "OvercommitmentError",
    "OverpaymentError",
    "PaymentSchedule",
    "Period",
    "Phase",
    "PhaseStep",
    "Portfolio",
    "Precision",
    "Problem",
    "ProblemCode",
    "Programme",
    "ProgrammeKind",
    "Project",
    "Quantity",
    "Reform",
    "Registry",
    "Reliability",
    "RepeatedMonthError",
    "Revision",
    "Risk",
    "RuleKind",
    "Saving",
    "SavingKind",
    "SavingNature",
    "ScheduledPayment",
    "ScopeChange",
    "ScopeChangedError",
    "Source",
    "Sourced",
    "Stated",
    "Survey",
    "SurveyMode",
    "SurveyResult",
    "TargetBeforeBaselineError",
    "Term",
    "Territory",
    "TerritoryLevel",
    "TitleGroup",
    "Trait",
    "Unit",
    "UnknownAggregationError",
    "UnknownItemError",
    "UnlikeSharesError",
    "Viewpoint",
    "WrongLevelError",
    "WrongUnitError",
    "YearClosing",
    "__version__",
    "budget",
    "catalogue",
    "compute",
    "display",
    "dump",
    "dumps",
    "fund",
    "history",
    "indicators",
    "instruments",
    "load",
    "loads",
    "model",
    "plans",
    "rules",
    "serialization",
    "statistics",
    "testing",
]

_HOMES = {
    "levier.compute.budget.rates": "Denominator",
    "levier.model.allocations": "AllocationChange YearClosing",
    "levier.model.awards": "Award Instalment",
    "levier.model.budget": (
        "BudgetAction BudgetLine BudgetLink BudgetMovement BudgetProgramme BudgetStage ExecutionLine "
        "MovementKind OutstandingStatement PaymentSchedule ScheduledPayment ScopeChange TitleGroup"
    ),
    "levier.model.calls": "Application Call CallRule RuleKind",
    "levier.model.cartes_blanches": "Experiment Idea LocalProblem",
    "levier.model.challenges": "ChallengeStage",
    "levier.model.events": "Decision Event Milestone Revision Risk",
    "levier.model.excerpts": "Excerpt",
    "levier.model.figures": "Figure",
    "levier.model.fund": "Fund",
    "levier.model.indicators": "Aggregation Definition Direction Indicator IndicatorKind IndicatorWeight Viewpoint",
    "levier.model.instruments": (
        "Campus CampusSession CarteBlanche ChallengeCall CommunityHub Consultation InnovationLab InnovationWeek "
        "Instrument LocalEvent"
    ),
    "levier.model.journal": "EntryKind Journal JournalEntry",
    "levier.model.levers": "EffectMechanism IntendedEffect Lever LeverActivation",
    "levier.model.lifecycle": "CHALLENGE_TRANSITIONS TRANSITIONS ChallengePhase Phase PhaseStep",
    "levier.model.methods": "Method",
    "levier.model.money": "AppropriationKind Appropriations Euros Execution",
    "levier.model.objectives": "Objective ObjectiveLevel",
    "levier.model.observations": "Observation ObservationKind ObservationState Observations",
    "levier.model.organisations": "DatedName Organisation OrganisationKind Trait",
    "levier.model.periods": "Day Period Precision",
    "levier.model.portfolio": "Portfolio",
    "levier.model.programmes": ("ConfidenceLevel ConfidenceRating Lead Programme ProgrammeKind Project Reform"),
    "levier.model.quantities": "Exactness Quantity Unit",
    "levier.model.registry": "Registry",
    "levier.model.savings": "CostKind CostStatement Saving SavingKind SavingNature",
    "levier.model.sources": "Reliability Source Sourced Stated",
    "levier.model.surveys": "Survey SurveyMode SurveyResult",
    "levier.model.terms": "Term",
    "levier.model.territories": "NATION Territory TerritoryLevel",
    "levier.serialization": "dump dumps load loads",
}
_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}
_ROOMS = frozenset(
    {
        "budget",
        "catalogue",
        "compute",
        "display",
        "fund",
        "history",
        "indicators",
        "instruments",
        "model",
        "plans",
        "rules",
        "serialization",
        "statistics",
        "testing",
    }
)


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
        globals()[name] = value
        return value
    if name in _ROOMS:
        return import_module(f"levier.{name}")
    raise AttributeError(f"module 'levier' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
