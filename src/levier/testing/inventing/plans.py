"""The plan: bodies, territories, levers, programmes, reforms and projects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

from levier.model.budget import BudgetLink
from levier.model.establishments import Establishment
from levier.model.events import Decision, Event, Milestone, Risk
from levier.model.figures import Figure
from levier.model.indicators import Direction, IndicatorWeight
from levier.model.levers import EffectHorizon, EffectMechanism, IntendedEffect, Lever, LeverActivation, Method
from levier.model.lifecycle import Phase, PhaseStep
from levier.model.names import DatedName
from levier.model.organisations import Organisation, Trait
from levier.model.periods import Period
from levier.model.programmes import ConfidenceLevel, ConfidenceRating, Lead, Programme, ProgrammeKind, Project, Reform
from levier.model.quantities import COUNT, DAYS, Quantity
from levier.model.sources import Sourced
from levier.model.territories import NATION, Succession, Territory, TerritoryLevel
from levier.testing.draws import Draws
from levier.testing.inventing.documents import KIT, PLAN, REPORTS, dated
from levier.testing.inventing.measures import COMMON, WAIT
from levier.testing.vocabulary import DEPARTMENTS, LEVERS, LIVES, MEASURES, ORGANISATIONS, THINGS, VERBS

__all__ = [
    "PROJECTS_A_BUDGET",
    "budget_of",
    "levers",
    "methods",
    "organisations",
    "programmes",
    "project",
    "reforms",
    "territories",
]

PROJECTS_A_BUDGET = 20
"""So many projects share a budget programme, each with an action of its own."""
_PROJECTS_A_REFORM, _REFORMS_A_PROGRAMME = 10, 5
_TOP = "transformation"
_CALENDAR, _HORIZON = Period("2018/2022"), Period("2022")
_LEVELS = tuple(ConfidenceLevel)[:4]
_MEASURED = 4
"""A reform is measured by the first indicator of so many of its projects, at most."""


def budget_of(number: int) -> tuple[str, str]:
    """Return the budget programme and the action that finance the project of this number."""
    programme, action = divmod(number - 1, PROJECTS_A_BUDGET)
    return f"budget-{programme + 1:03d}", f"{action + 1:02d}"


def territories() -> Iterator[Territory]:
    """Yield the nation, some departments, and two municipalities, one of which took in the other."""
    yield Territory(id=NATION, label="France")
    for code, label in DEPARTMENTS.items():
        yield Territory(id=code, label=label, parent_id=NATION)
    yield Territory(id="74268", label="Seynod", parent_id=NATION)
    merger = Succession(on="2017-01-01", predecessor_ids=["74010", "74268"], source_id=PLAN)
    yield Territory(id="74010", label="Annecy", parent_id=NATION, successions=[merger])


def organisations(count: int) -> Iterator[Organisation]:
    """Yield bodies of every kind; the first has a legal form, a number that nobody bears, and an earlier name."""
    for number in range(1, count + 1):
        kind, label = ORGANISATIONS[number % len(ORGANISATIONS)]
        about = _ABOUT_THE_FIRST if number == 1 else {}
        yield Organisation(id=f"body-{number:02d}", label=f"{label} n° {number}", kind=kind, **about)


_ABOUT_THE_FIRST: Mapping[str, Any] = MappingProxyType(
    {
        "acronym": "D1",
        "siren": "000000000",
        "establishments": [Establishment(siret="00000000000000", label="Siège", territory_id="75", source_id=PLAN)],
        "territory_id": NATION,
        "names": [DatedName(name="Mission n° 1", period="2008/2019", source_id=PLAN)],
        "traits": [Trait(label="Service à compétence nationale", source_id=PLAN)],
        "source_ids": [PLAN],
    }
)


def methods() -> Iterator[Method]:
    """Yield the two ways of working."""
    yield Method(id="design", label="Design de service", label_en="Service design", source_ids=[PLAN])
    yield Method(id="agile", label="Développement agile", label_en="Agile development", source_ids=[PLAN])


def levers(projects: Sequence[Project]) -> Iterator[Lever]:
    """Yield the levers: each is meant to shorten the waiting time of all, and the delay of one project."""
    measured = [project.indicator_ids[0] for project in projects[: len(LEVERS)]]
    for place, (name, label) in enumerate(LEVERS):
        shorter = EffectHorizon(period=_HORIZON, size=Quantity.exact(-10 - place, DAYS), source_id=PLAN)
        effects = [
            IntendedEffect(
                indicator_id=indicator,
                direction=Direction.DECREASE,
                horizons=[shorter],
                mechanism=EffectMechanism.SIMPLIFICATION,
                source_id=PLAN,
            )
            for indicator in (WAIT, *measured[place : place + 1])
        ]
        yield Lever(id=name, label=label, effects=effects, source_ids=[PLAN])


# ---------------------------------------------------------------- programmes and reforms


def programmes(draws: Draws, reforms: int, owners: Sequence[str]) -> Iterator[Programme]:
    """Yield the programme of the whole plan, and a workstream for every few reforms."""
    yield Programme(
        id=_TOP,
        label="Transformer les services publics",
        label_en="Transforming public services",
        kind=ProgrammeKind.NATIONAL,
        owner_id=owners[0],
        lead=Lead(organisation_id=owners[0], role="directrice du programme"),
        calendar=_CALENDAR,
        horizon=_HORIZON,
        objective_ids=["fast"],
        indicator_ids=COMMON,
        method_ids=["design"],
        events=[Event(id="launch", label="Lancement du programme", on=dated("2018-01-15", PLAN))],
        figures=[
            Figure(
                id="sites",
                label="Sites ouverts",
                value=Sourced(value=Quantity.at_least(300, COUNT, stated="plus de 300"), source_id=REPORTS[3]),
                period="2022-03",
            )
        ],
        source_ids=[PLAN],
    )
    for number in range(1, 2 + (reforms - 1) // _REFORMS_A_PROGRAMME):
        yield Programme(
            id=f"axis-{number:02d}",
            label=f"Axe {number}",
            kind=ProgrammeKind.WORKSTREAM,
            parent_id=_TOP,
            owner_id=draws.one_of(owners),
            calendar=_CALENDAR,
            horizon=_HORIZON,
            source_ids=[PLAN],
        )


def reforms(draws: Draws, projects: Sequence[Project], owners: Sequence[str]) -> Iterator[Reform]:
    """Yield a reform for every few projects, measured by the first indicators of some of them."""
    for number, first in enumerate(range(0, len(projects), _PROJECTS_A_REFORM), start=1):
        owned = projects[first : first + _PROJECTS_A_REFORM]
        owner, measured = draws.one_of(owners), [one.indicator_ids[1] for one in owned[:_MEASURED]]
        lever = owned[0].lever_ids[0]
        yield Reform(
            id=f"reform-{number:03d}",
            label=f"Réforme n° {number} : {draws.one_of(VERBS).lower()} {draws.one_of(THINGS)}",
            programme_ids=[f"axis-{1 + (number - 1) // _REFORMS_A_PROGRAMME:02d}"],
            owner_id=owner,
            lead=_lead(owner),
            calendar=_CALENDAR,
            horizon=_HORIZON,
            indicator_ids=measured,
            weights=[
                IndicatorWeight(indicator_id=name, level=TerritoryLevel.NATION, weight=1 + place)
                for place, name in enumerate(measured)
            ],
            lever_ids=[lever],
            activations=[LeverActivation(lever_id=lever, period=_ACTIVE, method_ids=["agile"], source_id=PLAN)],
            method_ids=["agile"],
            ratings=[_rating(owner, on, draws.between(0, 3)) for on in ("2021-06-15", "2021-12-15", "2022-05-15")],
            milestones=_MILESTONES,
            risks=[_risk(draws.between(0, 2), is_closed=not number % 2)],
            decisions=[_decision(owner)],
            source_ids=[PLAN],
        )


_ACTIVE = Period("2021-01/2022-12")


_MILESTONES = (
    Milestone(id="law", label="Décret publié", planned="2020-06", source_id=PLAN).done("2020-07-10"),
    Milestone(id="trained", label="Agents formés", planned="2022-03", source_id=PLAN).not_done("2022-05-02"),
)


@cache
def _rating(owner: str, on: str, place: int) -> ConfidenceRating:
    return ConfidenceRating(level=_LEVELS[place], on=on, by_id=owner, because=_COMMENTS[place])


_COMMENTS = (
    "les jalons de l’année sont tenus",
    "un retard de deux mois est rattrapable",
    "deux recrutements sont bloqués",
    "le marché est infructueux",
)


@cache
def _risk(place: int, *, is_closed: bool) -> Risk:
    return Risk(
        id="late-contract",
        label=("Marché notifié en retard", "Équipe incomplète", "Données non disponibles")[place],
        on=dated("2021-03", REPORTS[0]),
        response="suivi mensuel avec le prestataire",
        closed_on=dated("2021-11", REPORTS[2]) if is_closed else None,
    )


@cache
def _decision(owner: str) -> Decision:
    return Decision(
        id="go-on", label="Poursuite décidée par le comité", on=dated("2021-10-05", REPORTS[1]), by_id=owner
    )


# ---------------------------------------------------------------- projects


def project(draws: Draws, number: int, owners: Sequence[str]) -> Project:
    """Return one project, with its indicators, levers, milestones, steps and money."""
    life = LIVES[(number + 4) % len(LIVES)]  # the first one is completed
    identifier, owner, department = f"project-{number:04d}", draws.one_of(owners), draws.one_of(_PLACES)
    first_lever, (programme, action) = draws.between(0, len(LEVERS) - 2), budget_of(number)
    lever_ids = [name for name, _ in LEVERS[first_lever : first_lever + 2]]
    cost = Sourced(value=draws.euros(100, 900), source_id=PLAN)
    return Project(
        id=identifier,
        label=f"{draws.one_of(VERBS)} {draws.one_of(THINGS)} ({DEPARTMENTS[department]})",
        owner_id=owner,
        reform_id=f"reform-{1 + (number - 1) // _PROJECTS_A_REFORM:03d}",
        lead=_lead(owner),
        calendar=_CALENDAR,
        steps=[
            PhaseStep(phase=phase, on=draws.day(2022 - len(life) + place), because="décision du comité de pilotage")
            for place, phase in enumerate(life)
        ],
        territory_ids=[department],
        indicator_ids=[f"{identifier}-{name}" for name, *_ in MEASURES],
        lever_ids=lever_ids,
        activations=[LeverActivation(lever_id=lever_ids[0], territory_ids=[department], period=_ACTIVE, cost=cost)],
        milestones=list(_milestones(draws, is_over=life[-1:] == (Phase.COMPLETED,))),
        ratings=[_rating(owner, "2022-05-20", draws.between(0, 3))],
        risks=[_risk(draws.between(0, 2), is_closed=not number % 2)] if number % 3 == 0 else [],
        budget_links=[BudgetLink(budget_programme_id=programme, action=action)],
        source_ids=[PLAN, KIT] if number % 3 == 0 else [PLAN],
    )


_PLACES = tuple(DEPARTMENTS)


@cache
def _lead(owner: str) -> Lead:
    return Lead(organisation_id=owner, role="directeur de projet")


def _milestones(draws: Draws, *, is_over: bool) -> Iterator[Milestone]:
    """Yield the milestones of a project: done, late or revised, and still to come unless the project is over."""
    opened = Milestone(id="opened", label="Ouverture aux premiers usagers", planned=f"2019-{draws.between(1, 12):02d}")
    if draws.between(1, 3) == 1:
        opened = opened.revised_to("2020-06", on="2019-12-02", because="marché notifié plus tard que prévu")
    yield opened.done(draws.day(2020))
    yield draws.one_of(_OVER if is_over else _HALFWAY)
    yield draws.one_of(_EVERYWHERE[:1] if is_over else _EVERYWHERE[1:])


_HALF = Milestone(id="halfway", label="Ouverture dans la moitié des sites", planned="2022-03")
_HALFWAY = (_HALF.not_done("2022-05-02"), *(_HALF.done(f"2022-{month:02d}-15") for month in range(1, 6)))
_OVER = tuple(_HALF.done(f"2021-{month:02d}-15") for month in range(1, 6))
_ALL = Milestone(id="everywhere", label="Ouverture à tous", planned="2022")
_REVISED = _ALL.revised_to("2023-06", on="2022-04-11", because="déploiement plus long que prévu")
_EVERYWHERE = (_ALL.done("2021-12-15"), _REVISED, _ALL, _ALL, _ALL)
