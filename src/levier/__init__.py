"""
France's public transformation as immutable values: programmes, levers, indicators and the fund's budget.

Here are the nouns that people build, their values, and `load`, `loads`, `dump` and `dumps`.
Questions are asked by subject: `levier.indicators`, `levier.budget`, `levier.fund`, `levier.plans`,
`levier.instruments`, `levier.statistics`, `levier.history`, `levier.rules`. Reference data is in `levier.catalogue`,
formats in `levier.serialization`, reports in `levier.display`, tools for your tests in `levier.testing`, and all
errors in `levier.errors`.

Importing levier does nothing but define names: each is loaded from its module when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from levier._version import __version__

if TYPE_CHECKING:
    from levier import (
        budget,
        catalogue,
        display,
        errors,
        fund,
        history,
        indicators,
        instruments,
        plans,
        rules,
        serialization,
        statistics,
        testing,
    )
    from levier.errors import InvalidDocumentError, LevierError
    from levier.model.appropriations import Appropriations, Execution
    from levier.model.awards import Award
    from levier.model.budget import BudgetProgramme
    from levier.model.budget_lines import BudgetLine, BudgetMovement, ExecutionLine
    from levier.model.calls import Application, Call, CallRule
    from levier.model.dimensions import BreakdownCode, Dimension, DimensionCode
    from levier.model.entries import JournalEntry
    from levier.model.events import Decision, Event, Milestone, Risk
    from levier.model.figures import Figure
    from levier.model.fund import Fund
    from levier.model.indicators import Direction, Indicator
    from levier.model.instruments import (
        Campus,
        CampusSession,
        CarteBlanche,
        ChallengeCall,
        CommunityHub,
        Consultation,
        InnovationLab,
        InnovationWeek,
    )
    from levier.model.levers import EffectHorizon, IntendedEffect, Lever, LeverActivation, Method
    from levier.model.lifecycle import Phase
    from levier.model.money import Euros
    from levier.model.objectives import Objective
    from levier.model.observations import Observation, ObservationKind
    from levier.model.organisations import Organisation, OrganisationKind
    from levier.model.periods import Day, Period
    from levier.model.portfolio import Portfolio
    from levier.model.programmes import Programme, Project, Reform
    from levier.model.quantities import Quantity, Unit
    from levier.model.registry import Registry
    from levier.model.savings import CostStatement, Saving
    from levier.model.sources import Reliability, Source, Sourced
    from levier.model.surveys import Survey
    from levier.model.territories import NATION, Territory, TerritoryLevel
    from levier.serialization import dump, dumps, load, loads
    from levier.wording.reasons import MissingReason

__all__ = [
    "NATION",
    "Application",
    "Appropriations",
    "Award",
    "BreakdownCode",
    "BudgetLine",
    "BudgetMovement",
    "BudgetProgramme",
    "Call",
    "CallRule",
    "Campus",
    "CampusSession",
    "CarteBlanche",
    "ChallengeCall",
    "CommunityHub",
    "Consultation",
    "CostStatement",
    "Day",
    "Decision",
    "Dimension",
    "DimensionCode",
    "Direction",
    "EffectHorizon",
    "Euros",
    "Event",
    "Execution",
    "ExecutionLine",
    "Figure",
    "Fund",
    "Indicator",
    "InnovationLab",
    "InnovationWeek",
    "IntendedEffect",
    "InvalidDocumentError",
    "JournalEntry",
    "Lever",
    "LeverActivation",
    "LevierError",
    "Method",
    "Milestone",
    "MissingReason",
    "Objective",
    "Observation",
    "ObservationKind",
    "Organisation",
    "OrganisationKind",
    "Period",
    "Phase",
    "Portfolio",
    "Programme",
    "Project",
    "Quantity",
    "Reform",
    "Registry",
    "Reliability",
    "Risk",
    "Saving",
    "Source",
    "Sourced",
    "Survey",
    "Territory",
    "TerritoryLevel",
    "Unit",
    "__version__",
    "budget",
    "catalogue",
    "display",
    "dump",
    "dumps",
    "errors",
    "fund",
    "history",
    "indicators",
    "instruments",
    "load",
    "loads",
    "plans",
    "rules",
    "serialization",
    "statistics",
    "testing",
]

_HOMES = {
    "levier.errors": "InvalidDocumentError LevierError",
    "levier.model.appropriations": "Appropriations Execution",
    "levier.model.awards": "Award",
    "levier.model.budget": "BudgetProgramme",
    "levier.model.budget_lines": "BudgetLine BudgetMovement ExecutionLine",
    "levier.model.calls": "Application Call CallRule",
    "levier.model.entries": "JournalEntry",
    "levier.model.dimensions": "BreakdownCode Dimension DimensionCode",
    "levier.model.events": "Decision Event Milestone Risk",
    "levier.model.figures": "Figure",
    "levier.model.fund": "Fund",
    "levier.model.indicators": "Direction Indicator",
    "levier.model.instruments": (
        "Campus CampusSession CarteBlanche ChallengeCall CommunityHub Consultation InnovationLab InnovationWeek"
    ),
    "levier.model.levers": "EffectHorizon IntendedEffect Lever LeverActivation Method",
    "levier.model.lifecycle": "Phase",
    "levier.model.money": "Euros",
    "levier.model.objectives": "Objective",
    "levier.model.observations": "Observation ObservationKind",
    "levier.model.organisations": "Organisation OrganisationKind",
    "levier.model.periods": "Day Period",
    "levier.model.portfolio": "Portfolio",
    "levier.model.programmes": "Programme Project Reform",
    "levier.model.quantities": "Quantity Unit",
    "levier.model.registry": "Registry",
    "levier.model.savings": "CostStatement Saving",
    "levier.model.sources": "Reliability Source Sourced",
    "levier.model.surveys": "Survey",
    "levier.model.territories": "NATION Territory TerritoryLevel",
    "levier.serialization": "dump dumps load loads",
    "levier.wording.reasons": "MissingReason",
}
_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}
_SUBJECTS = ("budget", "fund", "history", "indicators", "instruments", "plans", "rules", "statistics")
_ROOMS = frozenset({*_SUBJECTS, "catalogue", "display", "errors", "serialization", "testing"})


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
        globals()[name] = value
        return value
    if name in _ROOMS:
        return import_module(f"levier.{name}")
    raise AttributeError(f"module 'levier' has no attribute {name!r}{_way_out(name)}")


def _way_out(name: str) -> str:
    """Return where a name stands that is not at the top level; nothing where it stands nowhere."""
    if not name.startswith("_"):
        for room in ("errors", *_SUBJECTS):
            if name in import_module(f"levier.{room}").__all__:
                return f"; import it from levier.{room}"
    return ""


def __dir__() -> list[str]:
    return __all__
