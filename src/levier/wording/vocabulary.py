"""Names of the model's fields, and of the things and parts that they hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from levier.model.quantities import Quantity
from levier.model.terms import Term
from levier.wording.messages import Message, items, message, message_in
from levier.wording.said import Said, Value

__all__ = ["FIELDS", "THINGS", "InstrumentKind", "field_name", "quantity_in_words", "thing_name"]

THINGS: Mapping[str, Message] = MappingProxyType(
    {
        "actions": message_in("thing", "action"),
        "allocation_changes": message_in("thing", "change in allocation"),
        "alternatives": message_in("thing", "other source"),
        "applications": message_in("thing", "application"),
        "awards": message_in("thing", "award"),
        "budget_links": message_in("thing", "budget line"),
        "budget_programmes": message_in("thing", "budget programme"),
        "calls": message_in("thing", "call"),
        "closings": message_in("thing", "closing"),
        "codes": message_in("thing", "code"),
        "costs": message_in("thing", "cost"),
        "decisions": message_in("thing", "decision"),
        "definitions": message_in("thing", "definition"),
        "dimensions": message_in("thing", "dimension"),
        "effects": message_in("thing", "intended effect"),
        "entries": message_in("thing", "entry"),
        "establishments": message_in("thing", "establishment"),
        "events": message_in("thing", "event"),
        "executions": message_in("thing", "execution"),
        "experiments": message_in("thing", "experiment"),
        "figures": message_in("thing", "figure"),
        "funds": message_in("thing", "fund"),
        "horizon": message_in("thing", "target horizon"),
        "horizons": message_in("thing", "effect horizon"),
        "ideas": message_in("thing", "idea"),
        "indicators": message_in("thing", "indicator"),
        "instalments": message_in("thing", "instalment"),
        "instruments": message_in("thing", "instrument"),
        "levers": message_in("thing", "lever"),
        "lines": message_in("thing", "appropriations"),
        "methods": message_in("thing", "method"),
        "milestones": message_in("thing", "milestone"),
        "missions": message_in("thing", "mission name"),
        "movements": message_in("thing", "movement"),
        "names": message_in("thing", "name"),
        "objectives": message_in("thing", "objective"),
        "observations": message_in("thing", "value"),
        "organisations": message_in("thing", "organisation"),
        "outstanding": message_in("thing", "outstanding commitments"),
        "payments": message_in("thing", "scheduled payment"),
        "problems": message_in("thing", "problem"),
        "programmes": message_in("thing", "programme"),
        "projects": message_in("thing", "project"),
        "activations": message_in("thing", "activated lever"),
        "ratings": message_in("thing", "confidence rating"),
        "reforms": message_in("thing", "reform"),
        "reserve_rates": message_in("thing", "reserve rate"),
        "results": message_in("thing", "result"),
        "revisions": message_in("thing", "new date"),
        "risks": message_in("thing", "risk"),
        "roll_ups": message_in("thing", "roll-up"),
        "rules": message_in("thing", "rule"),
        "savings": message_in("thing", "saving"),
        "schedules": message_in("thing", "payment schedule"),
        "scope_changes": message_in("thing", "change in scope"),
        "sources": message_in("thing", "source"),
        "stages": message_in("thing", "stage"),
        "steps": message_in("thing", "phase change"),
        "successions": message_in("thing", "succession"),
        "surveys": message_in("thing", "survey"),
        "territories": message_in("thing", "territory"),
        "traits": message_in("thing", "trait"),
        "weights": message_in("thing", "weight"),
    }
)
"""The singular names of the things, or parts, in a field of several."""

FIELDS: Mapping[str, Message] = MappingProxyType(
    {
        "acronym": message_in("field", "acronym"),
        "actual": message_in("field", "actual value"),
        "action": message_in("field", "action"),
        "aggregation": message_in("field", "aggregation"),
        "allocation": message_in("field", "allocation"),
        "amount": message_in("field", "amount"),
        "amounts": message_in("field", "amounts"),
        "approximate": message_in("field", "approximation"),
        "attendance": message_in("field", "attendance"),
        "audience": message_in("field", "audience"),
        "award_id": message_in("field", "award"),
        "base": message_in("field", "base"),
        "baseline": message_in("field", "baseline"),
        "because": message_in("field", "reason"),
        "breakdown": message_in("field", "breakdown"),
        "budget_action": message_in("field", "budget action"),
        "budget_programme_id": message_in("field", "budget programme"),
        "by_id": message_in("field", "author"),
        "calendar": message_in("field", "calendar"),
        "call_id": message_in("field", "call"),
        "campus_id": message_in("field", "campus"),
        "carry_forward_months": message_in("field", "months carried forward"),
        "caveat": message_in("field", "caveat"),
        "extra": message_in("field", "own keys"),
        "closed_on": message_in("field", "closing"),
        "code": message_in("field", "code"),
        "commitment": message_in("field", "commitment"),
        "committed": message_in("field", "committed"),
        "condition": message_in("field", "condition"),
        "contracted_on": message_in("field", "contract"),
        "cost": message_in("field", "cost"),
        "counterpart": message_in("field", "counterpart"),
        "deadline": message_in("field", "deadline"),
        "decided_on": message_in("field", "decision"),
        "decimals": message_in("field", "decimals"),
        "definition": message_in("field", "definition version"),
        "lag_months": message_in("field", "publication lag in months"),
        "dimension_id": message_in("field", "dimension"),
        "direction": message_in("field", "expected change"),
        "document": message_in("field", "requested document"),
        "documents": message_in("field", "documents"),
        "done_on": message_in("field", "completion"),
        "due": message_in("field", "due date"),
        "duration": message_in("field", "duration"),
        "edition": message_in("field", "edition"),
        "envelope": message_in("field", "envelope"),
        "except_in": message_in("field", "excluded territories"),
        "periodicity_months": message_in("field", "months between values"),
        "from_level": message_in("field", "aggregated level"),
        "grant": message_in("field", "grant"),
        "head_office": message_in("field", "head office"),
        "id": message_in("field", "identifier"),
        "idea_ids": message_in("field", "ideas"),
        "indicator_id": message_in("field", "indicator"),
        "indicator_ids": message_in("field", "indicators"),
        "initiator_id": message_in("field", "initiator"),
        "is_forecast": message_in("field", "forecast"),
        "is_partition": message_in("field", "codes that add up to the whole"),
        "kind": message_in("field", "kind"),
        "label": message_in("field", "label"),
        "label_en": message_in("field", "English label"),
        "lapsed": message_in("field", "lapsed appropriations"),
        "launched_on": message_in("field", "launch"),
        "lead": message_in("field", "lead"),
        "level": message_in("field", "level"),
        "lever_id": message_in("field", "lever"),
        "lever_ids": message_in("field", "levers"),
        "licence": message_in("field", "licence"),
        "living_area": message_in("field", "living area"),
        "lower": message_in("field", "lower bound"),
        "mechanism": message_in("field", "mechanism"),
        "method": message_in("field", "method"),
        "method_ids": message_in("field", "methods"),
        "missing_because": message_in("field", "reason for the absence"),
        "mission": message_in("field", "mission"),
        "mode": message_in("field", "mode"),
        "name": message_in("field", "name"),
        "nature": message_in("field", "nature"),
        "not_done_on": message_in("field", "last reported as not reached"),
        "numerator_id": message_in("field", "numerator"),
        "objective": message_in("field", "objective"),
        "objective_ids": message_in("field", "objectives"),
        "on": message_in("field", "date"),
        "opened_on": message_in("field", "opening"),
        "organisation_id": message_in("field", "organisation"),
        "organiser_id": message_in("field", "organiser"),
        "outcome": message_in("field", "outcome"),
        "owner_id": message_in("field", "owner"),
        "owner_kinds": message_in("field", "eligible kinds of owner"),
        "paid": message_in("field", "paid"),
        "parent_code": message_in("field", "parent action"),
        "parent_id": message_in("field", "parent"),
        "part_ids": message_in("field", "parts"),
        "participation": message_in("field", "participation"),
        "partner_ids": message_in("field", "partners"),
        "payment": message_in("field", "payment"),
        "period": message_in("field", "period"),
        "person": message_in("field", "person"),
        "phase": message_in("field", "phase"),
        "planned": message_in("field", "planned date"),
        "pledged_by_ids": message_in("field", "public pledge by"),
        "population": message_in("field", "population"),
        "predecessor_ids": message_in("field", "predecessors"),
        "preferred_because": message_in("field", "reason for the preference"),
        "problem_ids": message_in("field", "problems"),
        "programme_ids": message_in("field", "programmes"),
        "project_id": message_in("field", "project"),
        "published_on": message_in("field", "publication"),
        "publisher": message_in("field", "publisher"),
        "question": message_in("field", "question"),
        "questions": message_in("field", "questions"),
        "recorded_on": message_in("field", "recording"),
        "reform_id": message_in("field", "reform"),
        "reform_ids": message_in("field", "reforms"),
        "reliability": message_in("field", "reliability"),
        "requested": message_in("field", "amount requested"),
        "response": message_in("field", "response"),
        "role": message_in("field", "role"),
        "sample_size": message_in("field", "sample size"),
        "scope": message_in("field", "scope"),
        "self_selected": message_in("field", "self-selected sample"),
        "share": message_in("field", "share"),
        "since": message_in("field", "start"),
        "siren": message_in("field", "SIREN"),
        "siret": message_in("field", "SIRET"),
        "size": message_in("field", "intended size"),
        "solidary_from": message_in("field", "solidarity"),
        "source_id": message_in("field", "source"),
        "source_ids": message_in("field", "sources"),
        "stage": message_in("field", "stage"),
        "state": message_in("field", "state"),
        "stated": message_in("field", "text as published"),
        "stated_on": message_in("field", "statement"),
        "stock": message_in("field", "stock"),
        "submitted_on": message_in("field", "submission"),
        "supporting_ids": message_in("field", "supporting organisations"),
        "tags": message_in("field", "tags"),
        "teams": message_in("field", "teams"),
        "territory_id": message_in("field", "territory"),
        "territory_ids": message_in("field", "territories"),
        "text": message_in("field", "text"),
        "title": message_in("field", "title"),
        "total_cost": message_in("field", "total cost"),
        "unit": message_in("field", "unit"),
        "universe": message_in("field", "universe"),
        "until": message_in("field", "cut-off date"),
        "upper": message_in("field", "upper bound"),
        "url": message_in("field", "address"),
        "value": message_in("field", "value"),
        "version": message_in("field", "version"),
        "viewpoint": message_in("field", "viewpoint"),
        "weight": message_in("field", "weight"),
        "whose": message_in("field", "beneficiary"),
        "year": message_in("field", "year"),
        "years": message_in("field", "years"),
        "target": message_in("field", "target"),
        "weight_id": message_in("field", "weighting indicator"),
    }
)
"""The names of fields of one value."""


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


def thing_name(name: str) -> Value:
    """
    Return the singular name of the things in a field.

    >>> thing_name("milestones").say("fr")
    'jalon'
    """
    return THINGS.get(name, name)


def field_name(path: str) -> Said:
    """
    Return the name of a field, or of a field inside a field.

    >>> field_name("allocation/source_id").say("fr"), field_name("done_on").say("en")
    ('dotation, source', 'completion')
    """
    return items(*(FIELDS.get(name) or thing_name(name) for name in path.split("/")))


def quantity_in_words(quantity: Quantity) -> Value:
    """
    Return a quantity in words, with the wording of its source where that is more precise.

    >>> from levier.model.quantities import COUNT
    >>> quantity_in_words(Quantity.about(40, COUNT, stated="une quarantaine")).say("fr")
    'environ 40 (une quarantaine)'
    """
    if not quantity.stated:
        return quantity
    return message("{quantity} ({stated})", quantity=quantity, stated=quantity.stated)
