"""Territorial instruments: one campus with its sessions, and some of each other kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from levier.model.cartes_blanches import Experiment, Idea, LocalProblem
from levier.model.challenges import ChallengeStage
from levier.model.figures import Figure
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
    LocalEvent,
)
from levier.model.lifecycle import ChallengePhase
from levier.model.periods import Period
from levier.model.quantities import COUNT, EUROS, PERCENT, Quantity
from levier.model.sources import Reliability, Sourced
from levier.testing.draws import Draws
from levier.testing.inventing.documents import KIT, YEARS, dated
from levier.testing.vocabulary import DEPARTMENTS

__all__ = ["instruments"]

_PLACES = tuple(DEPARTMENTS)
_KINDS = 7


def instruments(draws: Draws, count: int, owners: Sequence[str], reforms: Sequence[str]) -> Iterator[AnyInstrument]:
    """Yield the campus, and so many others; each kind in turn."""
    outside = Sourced(value=Quantity.at_least(66, PERCENT, stated="plus des deux tiers"), source_id=KIT)
    yield Campus(
        id="campus",
        label="Campus de la transformation",
        audience=["agents", "encadrants"],
        figures=[Figure(id="outside-paris", label="Sessions hors de Paris", value=outside)],
        source_ids=[KIT],
    )
    for number in range(1, count):
        yield _instrument(draws, number, owners, reforms)


def _instrument(draws: Draws, number: int, owners: Sequence[str], reforms: Sequence[str]) -> AnyInstrument:
    place, year, owner = draws.one_of(_PLACES), draws.one_of(YEARS[:4]), draws.one_of(owners)
    named, opened = DEPARTMENTS[place], dated(str(year), KIT)
    common: dict[str, Any] = {"id": f"instrument-{number:04d}", "source_ids": [KIT]}
    made: AnyInstrument
    match number % _KINDS:
        case 0:
            made = CarteBlanche(
                label=f"Carte blanche {named}",
                territory_id=place,
                living_area=f"bassin de vie de {named}",
                initiator_id=owner,
                launched_on=dated(f"{year}-02-04", KIT),
                closed_on=dated(f"{year}-11-18", KIT),
                outcome="deux démarches réunies en une",
                **_story(year),
                **common,
            )
        case 1:
            made = _challenge(draws, f"Défis {year}", opened, common)
        case 2:
            made = InnovationWeek(
                label=f"Semaine {year}",
                edition=year - BEFORE_FIRST_WEEK,
                period=opened,
                events=list(_events(draws, year, owner)),
                **common,
            )
        case 3:
            made = InnovationLab(
                label=f"Laboratoire {named}",
                territory_id=place,
                partner_ids=[owner],
                opened_on=opened,
                grant=Sourced(value=draws.euros(50, 300), source_id=KIT),
                **common,
            )
        case 4:
            taken = Sourced(value=Quantity.about(draws.between(2, 90) * 100, COUNT), source_id=KIT)
            made = Consultation(
                label=f"Consultation {named}",
                initiator_id=owner,
                period=opened,
                questions=["Quelles démarches sont les plus difficiles ?"],
                participation=taken,
                outcome="trois propositions reprises",
                reform_ids=reforms[:1],
                **common,
            )
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


def _story(year: int) -> dict[str, Any]:
    """Return what agents found, thought of and tried."""
    return {
        "problems": [LocalProblem(id="forms", label="Deux dossiers pour une aide", source_id=KIT)],
        "ideas": [Idea(id="one-form", label="Un dossier unique", problem_ids=["forms"], source_id=KIT)],
        "experiments": [
            Experiment(
                id="desk",
                label="Un guichet commun pendant six mois",
                idea_ids=["one-form"],
                period=Period(f"{year}-04/{year}-10"),
                outcome="délai réduit d’un tiers",
                source_id=KIT,
            )
        ],
    }


def _challenge(draws: Draws, label: str, deadline: Sourced[Period], common: dict[str, Any]) -> ChallengeCall:
    """Return a call that keeps fewer teams from stage to stage, and gives each of them more."""
    stages: list[ChallengeStage] = []
    teams = draws.between(12, 20)
    for place, phase in enumerate(ChallengePhase):
        grant = Quantity.exact(draws.between(20, 60) * 1000 * (place + 1), EUROS)
        stages.append(ChallengeStage(phase=phase, teams=Quantity.exact(teams, COUNT), grant=grant, source_id=KIT))
        teams = max(1, teams // 2)
    envelope = Sourced(value=draws.euros(3_000, 6_000), source_id=KIT, reliability=Reliability.SECONDARY)
    return ChallengeCall(label=label, envelope=envelope, deadline=deadline, stages=stages, **common)


def _events(draws: Draws, year: int, owner: str) -> Iterator[LocalEvent]:
    for place, label in (("46", "Portes ouvertes"), ("75", "Conférence")):
        yield LocalEvent(
            id=f"event-{place}",
            label=label,
            territory_id=place,
            period=f"{year}-11-2{draws.between(0, 8)}",
            organiser_id=owner,
            attendance=draws.between(20, 400),
            source_id=KIT,
        )
