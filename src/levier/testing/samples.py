"""
Samples: invented, plausible, of any size, and the same for the same seed on every machine and Python.

They show the shape of real data, never its values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from levier.errors import InvalidValueError
from levier.model.appropriations import Appropriations
from levier.model.awards import Award, Instalment
from levier.model.budget import BudgetAction, BudgetProgramme
from levier.model.budget_lines import BudgetLine, BudgetStage
from levier.model.calls import Call
from levier.model.challenges import ChallengeStage
from levier.model.entries import EntryKind, JournalEntry
from levier.model.events import Milestone
from levier.model.fund import Fund
from levier.model.indicators import Direction, Indicator
from levier.model.instruments import (
    BEFORE_FIRST_WEEK,
    AnyInstrument,
    Campus,
    CampusSession,
    CarteBlanche,
    ChallengeCall,
    CommunityHub,
    Consultation,
    InnovationLab,
    InnovationWeek,
)
from levier.model.levers import IntendedEffect, Lever
from levier.model.lifecycle import ChallengePhase, PhaseStep
from levier.model.observations import Observation, ObservationKind, ObservationState
from levier.model.organisations import Organisation
from levier.model.periods import Period
from levier.model.portfolio import Portfolio
from levier.model.programmes import Lead, Project
from levier.model.quantities import COUNT, EUROS, Quantity
from levier.model.sources import Reliability, Source, Sourced
from levier.model.territories import Territory
from levier.testing.draws import Draws
from levier.testing.vocabulary import DEPARTMENTS, LEVERS, LIVES, MEASURES, ORGANISATIONS, THINGS, VERBS

__all__ = ["fund", "portfolio"]

_MONTHS = tuple(Period(f"2021-{month:02d}") for month in range(1, 11))
_BASELINE, _TARGET = Period("2020"), Period("2022")
_YEARS = (2018, 2019, 2020, 2021, 2022)
_PROJECTS_A_PROGRAMME = 20
_SOURCES = 12
_ENOUGH = 30


def portfolio(projects: int = 2000, seed: int = 7) -> Portfolio:
    """
    Return an invented portfolio with this number of projects, each with its indicators and its money.

    A project has 3 indicators of 12 observations, an owner, levers, milestones, steps, and 5 budget lines, in
    budget programmes of at most 100 lines. There are also instruments of every kind, sources and departments.
    The same *projects* and *seed* give the same bytes of `levier.dumps`, on every machine and Python.

    Raises:
        InvalidValueError: If *projects* is not a whole number of at least zero, or *seed* not a whole number.

    >>> plan = portfolio(projects=2)
    >>> len(plan.projects), len(plan.indicators), len(plan.observations)
    (2, 6, 72)
    """
    _check("portfolio", "projects", projects, least=0)
    _check("portfolio", "seed", seed)
    draws = Draws(seed)
    organisations = list(_organisations(min(50, projects + 3)))
    owners = [body.id for body in organisations]
    carried = [_project(draws, number, owners) for number in range(1, projects + 1)]
    return Portfolio(
        sources=_sources(draws),
        territories=_territories(),
        organisations=organisations,
        levers=_levers(carried),
        indicators=[indicator for project in carried for indicator in _indicators(draws, project)],
        projects=carried,
        instruments=_instruments(draws, 8 + projects // 10, owners),
        budget_programmes=_budget_programmes(draws, carried, owners),
        observations=[row for project in carried for row in _observations(draws, project)],
    )


def fund(awards: int = 50, seed: int = 7) -> Fund:
    """
    Return an invented fund with this number of awards, all under contract, with their instalments and a journal.

    The first award is committed and has no payment; the others are committed in part or whole, and paid in part.
    It refers to nothing outside itself, so any portfolio can hold it.

    Raises:
        InvalidValueError: If *awards* is not a whole number of at least one, or *seed* not a whole number.

    >>> sample = fund(awards=2)
    >>> first = sample.awards[0]
    >>> sample.committed(first.id) == sample.outstanding(first.id) == first.amount
    True
    """
    _check("fund", "awards", awards, least=1)
    _check("fund", "seed", seed)
    draws = Draws(seed)
    calls = [
        Call(id=f"call-{year}", label=f"Appel à projets {year}", opened_on=f"{year}-02", decided_on=f"{year}-06-20")
        for year in _YEARS[:3]
    ]
    granted = [_award(draws, number, draws.one_of(_YEARS[:3])) for number in range(1, awards + 1)]
    return Fund(
        id="sample-fund",
        label="Fonds pour la transformation de l’action publique",
        calls=calls,
        awards=granted,
        entries=[entry for place, award in enumerate(granted) for entry in _entries(draws, award, is_paid=place > 0)],
    )


def _check(sample: str, name: str, found: object, least: int | None = None) -> None:
    if type(found) is not int or (least is not None and found < least):
        expected = "a whole number" if least is None else f"a whole number of at least {least}"
        raise InvalidValueError(f"samples.{sample}", found, expected, name)


def __dir__() -> list[str]:
    return __all__


def _sources(draws: Draws) -> Iterator[Source]:
    for number in range(_SOURCES):
        yield Source(
            id=_source(number),
            title=f"Rapport d’avancement n° {number + 1}",
            publisher="Direction du suivi",
            published_on=draws.day(draws.one_of(_YEARS)),
        )


def _source(number: int) -> str:
    return f"report-{number % _SOURCES + 1:02d}"


def _territories() -> Iterator[Territory]:
    yield Territory(id="FR", label="France")
    for code, label in DEPARTMENTS.items():
        yield Territory(id=code, label=label, parent_id="FR")


def _organisations(count: int) -> Iterator[Organisation]:
    for number in range(1, count + 1):
        kind, label = ORGANISATIONS[number % len(ORGANISATIONS)]
        yield Organisation(id=f"body-{number:02d}", label=f"{label} n° {number}", kind=kind)


def _levers(projects: list[Project]) -> Iterator[Lever]:
    measured = [project.indicator_ids[0] for project in projects[: len(LEVERS)]]
    for place, (name, label) in enumerate(LEVERS):
        effects = [
            IntendedEffect(indicator_id=indicator, direction=Direction.DECREASE)
            for indicator in measured[place : place + 1]
        ]
        yield Lever(id=name, label=label, effects=effects)


def _project(draws: Draws, number: int, owners: Sequence[str]) -> Project:
    identifier, owner, department = f"project-{number:04d}", draws.one_of(owners), draws.one_of(list(DEPARTMENTS))
    first_lever = draws.between(0, len(LEVERS) - 2)
    return Project(
        id=identifier,
        label=f"{draws.one_of(VERBS)} {draws.one_of(THINGS)} ({DEPARTMENTS[department]})",
        owner_id=owner,
        lead=Lead(organisation_id=owner, role="directeur de projet"),
        calendar=Period("2018/2022"),
        steps=[
            PhaseStep(phase=phase, on=draws.day(2018 + place), because="décision du comité de pilotage")
            for place, phase in enumerate(draws.one_of(LIVES))
        ],
        territory_ids=[department],
        indicator_ids=[f"{identifier}-{name}" for name, *_ in MEASURES],
        lever_ids=[name for name, _ in LEVERS[first_lever : first_lever + 2]],
        milestones=list(_milestones(draws)),
        source_ids=[_source(number)],
    )


def _milestones(draws: Draws) -> Iterator[Milestone]:
    opened = Milestone(id="opened", label="Ouverture aux premiers usagers", planned=f"2019-{draws.between(1, 12):02d}")
    if draws.between(1, 3) == 1:
        opened = opened.revised_to("2020-06", on="2019-12-02", because="marché notifié plus tard que prévu")
    yield opened.done(draws.day(2020))
    yield Milestone(id="everywhere", label="Ouverture à tous", planned="2022")


def _indicators(draws: Draws, project: Project) -> Iterator[Indicator]:
    for identifier, (_, label, unit, direction, kind) in zip(project.indicator_ids, MEASURES, strict=True):
        yield Indicator(
            id=identifier,
            label=f"{label} : {project.label}",
            unit=unit,
            universe="demandes closes dans la période",
            direction=direction,
            kind=kind,
            periodicity_months=1,
            lag_months=draws.between(0, 3),
            decimals=1,
        )


def _observations(draws: Draws, project: Project) -> Iterator[Observation]:
    (territory,), (source,) = project.territory_ids, project.source_ids
    for indicator in project.indicator_ids:
        common: dict[str, Any] = {"indicator_id": indicator, "territory_id": territory, "source_id": source}
        yield Observation(period=_BASELINE, kind=ObservationKind.BASELINE, value=draws.tenths(10, 60), **common)
        for month in _MONTHS:
            answers = draws.between(0, 400)
            yield Observation(
                period=month,
                kind=ObservationKind.ACTUAL,
                value=draws.tenths(10, 90) if answers >= _ENOUGH else None,
                state=ObservationState.MEASURED if answers >= _ENOUGH else ObservationState.TOO_FEW,
                sample_size=answers,
                **common,
            )
        yield Observation(period=_TARGET, kind=ObservationKind.TARGET, value=draws.tenths(40, 90), **common)


def _budget_programmes(draws: Draws, projects: list[Project], owners: Sequence[str]) -> Iterator[BudgetProgramme]:
    for first in range(0, len(projects), _PROJECTS_A_PROGRAMME):
        number = 1 + first // _PROJECTS_A_PROGRAMME
        funded = projects[first : first + _PROJECTS_A_PROGRAMME]
        codes = [f"{place:02d}" for place in range(1, len(funded) + 1)]
        yield BudgetProgramme(
            id=f"budget-{number:03d}",
            label=f"Modernisation n° {number}",
            mission="Transformation",
            owner_id=draws.one_of(owners),
            actions=[BudgetAction(code=code, label=item.label) for code, item in zip(codes, funded, strict=True)],
            lines=[line for code in codes for line in _lines(draws, code)],
        )


def _lines(draws: Draws, action: str) -> Iterator[BudgetLine]:
    for place, year in enumerate(_YEARS):
        committed, paid = draws.euros(100, 9_000), draws.euros(50, 6_000)
        is_published = draws.between(1, 50) > 1
        yield BudgetLine(
            year=year,
            stage=BudgetStage.VOTED,
            action=action,
            amounts=Appropriations(committed, paid if is_published else None),
            missing_because="" if is_published else "crédits de paiement non publiés par action",
            source_id=_source(place),
        )


def _instruments(draws: Draws, count: int, owners: Sequence[str]) -> Iterator[AnyInstrument]:
    yield Campus(id="campus", label="Campus de la transformation", source_ids=[_source(0)])
    for number in range(1, count):
        yield _instrument(draws, number, owners)


def _instrument(draws: Draws, number: int, owners: Sequence[str]) -> AnyInstrument:
    place, year, owner = draws.one_of(list(DEPARTMENTS)), draws.one_of(_YEARS), draws.one_of(owners)
    named = DEPARTMENTS[place]
    common: dict[str, Any] = {"id": f"instrument-{number:04d}", "source_ids": [_source(number)]}
    dated = Sourced(value=Period(str(year)), source_id=_source(number), reliability=Reliability.OFFICIAL)
    made: AnyInstrument
    match number % 7:
        case 0:
            made = CarteBlanche(label=f"Carte blanche {named}", territory_id=place, launched_on=dated, **common)
        case 1:
            made = ChallengeCall(label=f"Défis {year}", stages=list(_stages(draws)), deadline=dated, **common)
        case 2:
            made = InnovationWeek(label=f"Semaine {year}", edition=year - BEFORE_FIRST_WEEK, period=dated, **common)
        case 3:
            made = InnovationLab(label=f"Laboratoire {named}", territory_id=place, partner_ids=[owner], **common)
        case 4:
            made = Consultation(label=f"Consultation {named}", initiator_id=owner, period=dated, **common)
        case 5:
            made = CommunityHub(label=f"Communauté {number}", **common)
        case _:
            made = CampusSession(
                label=f"Session {named}",
                campus_id="campus",
                territory_id=place,
                period=draws.day(year),
                attendance=draws.between(8, 120),
                **common,
            )
    return made


def _stages(draws: Draws) -> Iterator[ChallengeStage]:
    for phase in ChallengePhase:
        teams, grant = draws.between(3, 12), draws.between(20, 200) * 1000
        yield ChallengeStage(phase=phase, teams=Quantity.exact(teams, COUNT), grant=Quantity.exact(grant, EUROS))


def _award(draws: Draws, number: int, year: int) -> Award:
    first, second, third = draws.euros(100, 4_000), draws.euros(100, 8_000), draws.euros(100, 4_000)
    return Award(
        id=f"award-{number:03d}",
        label=f"{draws.one_of(VERBS)} {draws.one_of(THINGS)}",
        call_id=f"call-{year}",
        amount=first + second + third,
        decided_on=f"{year}-06-20",
        contracted_on=f"{year}-{draws.between(7, 12):02d}-01",
        instalments=[
            Instalment(amount=first, due=f"{year + 1}-01", condition="contrat signé"),
            Instalment(amount=second, due=f"{year + 2}-01", condition="jalon intermédiaire atteint"),
            Instalment(amount=third, due=f"{year + 3}-01", condition="bilan remis"),
        ],
    )


def _entries(draws: Draws, award: Award, *, is_paid: bool) -> Iterator[JournalEntry]:
    """Yield the commitment of an award on the day of its contract, and a payment the year after."""
    assert award.contracted_on is not None  # every sampled award is under contract
    parts = award.instalments[: draws.between(1, 3)] if is_paid else award.instalments
    for part in parts:
        yield JournalEntry(award_id=award.id, kind=EntryKind.COMMITMENT, amount=part.amount, on=award.contracted_on)
    if is_paid and draws.between(1, 4) > 1:
        paid, day = parts[0].amount, draws.day(award.contracted_on.year + 1)
        yield JournalEntry(award_id=award.id, kind=EntryKind.PAYMENT, amount=paid, on=day)
