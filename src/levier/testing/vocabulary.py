"""The words of samples: plausible French words that name no real person or organisation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from levier.model.indicators import Direction, IndicatorKind
from levier.model.lifecycle import Phase
from levier.model.organisations import OrganisationKind
from levier.model.quantities import DAYS, PERCENT, Unit

__all__ = ["DEPARTMENTS", "LEVERS", "LIVES", "MEASURES", "ORGANISATIONS", "THINGS", "VERBS"]

DEPARTMENTS: Mapping[str, str] = MappingProxyType(
    {
        "06": "Alpes-Maritimes",
        "13": "Bouches-du-Rhône",
        "22": "Côtes-d’Armor",
        "29": "Finistère",
        "2A": "Corse-du-Sud",
        "31": "Haute-Garonne",
        "33": "Gironde",
        "35": "Ille-et-Vilaine",
        "38": "Isère",
        "44": "Loire-Atlantique",
        "46": "Lot",
        "59": "Nord",
        "67": "Bas-Rhin",
        "69": "Rhône",
        "75": "Paris",
        "974": "La Réunion",
    }
)
"""Some departments, by their codes."""
VERBS = ("Accélérer", "Dématérialiser", "Fiabiliser", "Regrouper", "Rendre lisible", "Simplifier", "Suivre en ligne")
THINGS = (
    "l’accueil des usagers",
    "la demande de logement social",
    "l’inscription des élèves",
    "l’instruction des permis",
    "la paie des agents",
    "la prise de rendez-vous",
    "le paiement des fournisseurs",
    "le recrutement des apprentis",
    "les déclarations des entreprises",
    "le suivi des aides agricoles",
    "le traitement des réclamations",
)
MEASURES: tuple[tuple[str, str, Unit, Direction, IndicatorKind], ...] = (
    ("delay", "Délai moyen de traitement", DAYS, Direction.DECREASE, IndicatorKind.SERVICE_QUALITY),
    ("online", "Part des démarches faites en ligne", PERCENT, Direction.INCREASE, IndicatorKind.DEPLOYMENT),
    ("satisfied", "Part des usagers satisfaits", PERCENT, Direction.INCREASE, IndicatorKind.IMPACT),
)
LEVERS = (
    ("results", "Publier les résultats des services publics"),
    ("consult", "Consulter les citoyens"),
    ("proximity", "Déconcentrer et rapprocher"),
    ("lighter", "Alléger les procédures internes"),
    ("invest", "Investir pour transformer"),
    ("digital", "Transformation numérique des métiers"),
)
ORGANISATIONS = (
    (OrganisationKind.MINISTRY, "Ministère"),
    (OrganisationKind.INTERMINISTERIAL_DIRECTORATE, "Direction interministérielle"),
    (OrganisationKind.CENTRAL_ADMINISTRATION, "Direction générale"),
    (OrganisationKind.OPERATOR, "Agence nationale"),
    (OrganisationKind.PREFECTURE, "Préfecture"),
)
LIVES: tuple[tuple[Phase, ...], ...] = (
    (),
    (Phase.EXPERIMENTATION,),
    (Phase.DEPLOYMENT,),
    (Phase.EXPERIMENTATION, Phase.DEPLOYMENT),
    (Phase.EXPERIMENTATION, Phase.STOPPED),
    (Phase.EXPERIMENTATION, Phase.DEPLOYMENT, Phase.COMPLETED),
    (Phase.EXPERIMENTATION, Phase.FRAMING, Phase.EXPERIMENTATION, Phase.DEPLOYMENT),
)
