"""What the fields of the model, and the things and parts that stand in them, are called in French and in English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from levier.compute._wording import by_language, said
from levier.model.quantities import COUNT, DAYS, EUROS, MARK_OUT_OF_10, MONTHS, POINTS, RATIO, SHARE, Quantity, Unit
from levier.model.terms import Lang, Term

__all__ = ["FIELDS", "THINGS", "YEARS", "InstrumentKind", "field_label", "quantity_label", "thing_label", "unit_label"]

_Words = Mapping[str, tuple[str, str]]

THINGS: _Words = MappingProxyType(
    {
        "actions": ("action", "action"),
        "allocation_changes": ("variation de la dotation", "change of the allocation"),
        "alternatives": ("autre source", "other source"),
        "applications": ("candidature", "application"),
        "awards": ("attribution", "award"),
        "budget_links": ("ligne du budget", "budget line"),
        "budget_programmes": ("programme budgétaire", "budget programme"),
        "calls": ("appel à projets", "call"),
        "closings": ("clôture", "closing"),
        "costs": ("coût", "cost"),
        "decisions": ("décision", "decision"),
        "definitions": ("définition", "definition"),
        "effects": ("effet visé", "intended effect"),
        "entries": ("écriture", "entry"),
        "events": ("événement", "event"),
        "executions": ("consommation", "execution"),
        "experiments": ("expérience", "experiment"),
        "figures": ("chiffre", "figure"),
        "funds": ("fonds", "fund"),
        "horizon": ("horizon des cibles", "horizon of the targets"),
        "ideas": ("idée", "idea"),
        "indicators": ("indicateur", "indicator"),
        "instalments": ("tranche", "instalment"),
        "instruments": ("dispositif", "instrument"),
        "levers": ("levier", "lever"),
        "lines": ("crédits", "appropriations"),
        "methods": ("méthode", "method"),
        "milestones": ("jalon", "milestone"),
        "missions": ("nom de la mission", "name of the mission"),
        "movements": ("mouvement", "movement"),
        "names": ("nom", "name"),
        "objectives": ("objectif", "objective"),
        "observations": ("valeur", "value"),
        "organisations": ("organisme", "organisation"),
        "outstanding": ("restes à payer", "outstanding commitments"),
        "payments": ("paiement prévu", "scheduled payment"),
        "problems": ("problème", "problem"),
        "programmes": ("programme", "programme"),
        "projects": ("projet", "project"),
        "pulls": ("levier actionné", "lever pulled"),
        "ratings": ("météo", "confidence rating"),
        "reforms": ("réforme", "reform"),
        "results": ("résultat", "result"),
        "revisions": ("nouvelle échéance", "new date"),
        "risks": ("risque", "risk"),
        "rules": ("règle", "rule"),
        "savings": ("économie", "saving"),
        "schedules": ("échéancier", "payment schedule"),
        "scope_changes": ("changement de périmètre", "change of scope"),
        "sources": ("source", "source"),
        "stages": ("étape", "stage"),
        "steps": ("passage de phase", "move of phase"),
        "surveys": ("enquête", "survey"),
        "territories": ("territoire", "territory"),
        "traits": ("trait", "trait"),
        "weights": ("pondération", "weight"),
    }
)
"""What one of the things, or parts, in a field of several is called."""

FIELDS: _Words = MappingProxyType(
    {
        "acronym": ("sigle", "acronym"),
        "action": ("action", "action"),
        "aggregation": ("règle d’agrégation", "aggregation"),
        "allocation": ("dotation", "allocation"),
        "amount": ("montant", "amount"),
        "amounts": ("montants", "amounts"),
        "approximate": ("approximation", "approximation"),
        "attendance": ("participants", "attendance"),
        "audience": ("public", "audience"),
        "award_id": ("attribution", "award"),
        "base": ("base", "base"),
        "because": ("motif", "reason"),
        "budget_action": ("action budgétaire", "budget action"),
        "budget_programme_id": ("programme budgétaire", "budget programme"),
        "by_id": ("auteur", "author"),
        "calendar": ("calendrier", "calendar"),
        "call_id": ("appel à projets", "call"),
        "campus_id": ("campus", "campus"),
        "caveat": ("réserve", "caveat"),
        "closed_on": ("clôture", "closing"),
        "code": ("code", "code"),
        "commitment": ("AE", "commitment"),
        "committed": ("engagé", "committed"),
        "condition": ("condition", "condition"),
        "contracted_on": ("contrat", "contract"),
        "cost": ("coût", "cost"),
        "counterpart": ("contrepartie", "counterpart"),
        "deadline": ("date limite", "deadline"),
        "decided_on": ("décision", "decision"),
        "decimals": ("décimales", "decimals"),
        "definition": ("version de la définition", "version of the definition"),
        "delay": ("délai de disponibilité en mois", "availability delay in months"),
        "direction": ("tendance attendue", "direction"),
        "document": ("pièce demandée", "document asked"),
        "documents": ("pièces", "documents"),
        "done_on": ("réalisation", "completion"),
        "due": ("échéance", "due date"),
        "duration": ("durée", "duration"),
        "edition": ("édition", "edition"),
        "envelope": ("enveloppe", "envelope"),
        "except_in": ("territoires exclus", "territories left out"),
        "frequency": ("périodicité en mois", "months between values"),
        "grant": ("subvention", "grant"),
        "id": ("identifiant", "identifier"),
        "idea_ids": ("idées", "ideas"),
        "indicator_id": ("indicateur", "indicator"),
        "indicator_ids": ("indicateurs", "indicators"),
        "initiator_id": ("initiateur", "initiator"),
        "is_forecast": ("prévision", "forecast"),
        "kind": ("nature", "kind"),
        "label": ("libellé", "label"),
        "label_en": ("libellé anglais", "English label"),
        "lapsed": ("crédits tombés", "lapsed"),
        "launched_on": ("lancement", "launch"),
        "lead": ("responsable", "lead"),
        "level": ("niveau", "level"),
        "lever_id": ("levier", "lever"),
        "lever_ids": ("leviers", "levers"),
        "licence": ("licence", "licence"),
        "living_area": ("bassin de vie", "living area"),
        "lower": ("borne basse", "lower bound"),
        "mechanism": ("mécanisme", "mechanism"),
        "method": ("méthode", "method"),
        "method_ids": ("méthodes", "methods"),
        "missing_because": ("motif d’absence", "reason for the absence"),
        "mission": ("mission", "mission"),
        "mode": ("mode de recueil", "mode"),
        "name": ("nom", "name"),
        "nature": ("nature", "nature"),
        "not_done_on": ("constat de non-réalisation", "last found not done"),
        "objective_ids": ("objectifs", "objectives"),
        "on": ("date", "date"),
        "opened_on": ("ouverture", "opening"),
        "organisation_id": ("organisme", "organisation"),
        "organiser_id": ("organisateur", "organiser"),
        "outcome": ("suites", "outcome"),
        "owner_id": ("porteur", "owner"),
        "owner_kinds": ("porteurs éligibles", "kinds of owner"),
        "paid": ("payé", "paid"),
        "parent_code": ("action parente", "parent action"),
        "parent_id": ("rattachement", "parent"),
        "participation": ("participation", "participation"),
        "partner_ids": ("partenaires", "partners"),
        "payment": ("CP", "payment"),
        "period": ("période", "period"),
        "person": ("personne", "person"),
        "phase": ("phase", "phase"),
        "planned": ("échéance prévue", "planned date"),
        "pledged_by_ids": ("engagement public de", "public pledge of"),
        "population": ("population", "population"),
        "predecessor_ids": ("prédécesseurs", "predecessors"),
        "preferred_because": ("motif de la préférence", "reason for the preference"),
        "problem_ids": ("problèmes", "problems"),
        "programme_ids": ("programmes", "programmes"),
        "project_id": ("projet", "project"),
        "published_on": ("publication", "publication"),
        "publisher": ("éditeur", "publisher"),
        "question": ("question", "question"),
        "questions": ("questions", "questions"),
        "recorded_on": ("enregistrement", "recording"),
        "reform_id": ("réforme", "reform"),
        "reform_ids": ("réformes", "reforms"),
        "reliability": ("fiabilité", "reliability"),
        "requested": ("montant demandé", "amount requested"),
        "response": ("réponse", "response"),
        "role": ("fonction", "role"),
        "sample_size": ("répondants", "sample size"),
        "scope": ("périmètre", "scope"),
        "self_selected": ("échantillon spontané", "self-selected sample"),
        "share": ("part", "share"),
        "since": ("début", "start"),
        "siren": ("SIREN", "SIREN"),
        "siret": ("SIRET", "SIRET"),
        "size": ("ampleur", "size"),
        "solidary_from": ("solidarité", "solidarity"),
        "source_id": ("source", "source"),
        "source_ids": ("sources", "sources"),
        "stage": ("stade", "stage"),
        "state": ("état", "state"),
        "stated": ("texte publié", "text as published"),
        "stated_on": ("énoncé", "statement"),
        "stock": ("encours", "stock"),
        "submitted_on": ("dépôt", "submission"),
        "supporting_ids": ("contributeurs", "supporting bodies"),
        "teams": ("équipes", "teams"),
        "territory_id": ("territoire", "territory"),
        "territory_ids": ("territoires", "territories"),
        "text": ("texte", "text"),
        "title": ("titre", "title"),
        "total_cost": ("coût complet", "total cost"),
        "unit": ("unité", "unit"),
        "universe": ("champ", "universe"),
        "until": ("arrêt du décompte", "end of the count"),
        "upper": ("borne haute", "upper bound"),
        "url": ("adresse", "address"),
        "value": ("valeur", "value"),
        "version": ("version", "version"),
        "viewpoint": ("point de vue", "viewpoint"),
        "weight": ("poids", "weight"),
        "whose": ("bénéficiaire", "whose"),
        "year": ("exercice", "year"),
        "years": ("années", "years"),
    }
)
"""What a field of one value is called."""

YEARS = ("since", "year")
"""Fields that hold a year, a whole number that is written without grouping."""


UNITS: _Words = MappingProxyType(
    {
        COUNT: ("nombre", "number"),
        DAYS: ("jours", "days"),
        EUROS: ("euros", "euros"),
        MARK_OUT_OF_10: ("note sur 10", "mark out of 10"),
        MONTHS: ("mois", "months"),
        POINTS: ("points", "points"),
        RATIO: ("rapport", "ratio"),
        SHARE: ("part (de 0 à 1)", "share (from 0 to 1)"),
    }
)
"""What a unit that formulas know is called; any other is written as it is given."""


class InstrumentKind(Term):
    """The kinds of territorial instruments."""

    CARTE_BLANCHE = "carte-blanche", "Carte blanche", "Carte blanche"
    CHALLENGE_CALL = "challenge-call", "défi", "challenge call"
    INNOVATION_WEEK = "innovation-week", "semaine de l’innovation publique", "innovation week"
    INNOVATION_LAB = "innovation-lab", "laboratoire d’innovation", "innovation lab"
    CAMPUS = "campus", "campus", "campus"
    CAMPUS_SESSION = "campus-session", "session du campus", "campus session"
    COMMUNITY_HUB = "community-hub", "hub des communautés", "community hub"
    CONSULTATION = "consultation", "consultation", "consultation"


def thing_label(name: str, lang: Lang) -> str:
    """
    Return what one of the things in a field is called.

    >>> thing_label("milestones", "fr"), thing_label("milestones", "en")
    ('jalon', 'milestone')
    """
    return _in(THINGS.get(name, (name, name)), lang)


def field_label(path: str, lang: Lang) -> str:
    """
    Return what a field is called, or a field of what stands in a field.

    >>> field_label("allocation/source_id", "fr"), field_label("done_on", "en")
    ('dotation, source', 'completion')
    """
    return ", ".join(_in(FIELDS.get(name) or THINGS.get(name, (name, name)), lang) for name in path.split("/"))


def quantity_label(quantity: Quantity, lang: Lang) -> str:
    """
    Return a quantity in words, with the wording of its source where that says more.

    >>> quantity_label(Quantity.about(40, COUNT, stated="une quarantaine"), "fr")
    'environ 40 (une quarantaine)'
    """
    return said(quantity, lang) + (f" ({quantity.stated})" if quantity.stated else "")


def unit_label(unit: Unit, lang: Lang) -> str:
    """
    Return what a unit is called.

    >>> unit_label(DAYS, "fr"), unit_label(Unit("kWh"), "fr")
    ('jours', 'kWh')
    """
    return _in(UNITS.get(unit, (unit, unit)), lang)


def _in(words: tuple[str, str], lang: Lang) -> str:
    return by_language(lang, *words)
