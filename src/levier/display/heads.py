"""The heads of columns, in French and English, as data."""

from __future__ import annotations

from levier.model.terms import Term

__all__ = ["NUMERIC", "Head"]


class Head(Term):
    """The heads of columns."""

    WHAT = "what", "Objet", "Item"
    NUMBER = "number", "Nombre", "Number"
    PROGRAMME = "programme", "Programme", "Programme"
    KIND = "kind", "Nature", "Kind"
    OWNER = "owner", "Porteur", "Owner"
    LEAD = "lead", "Responsable", "Lead"
    CALENDAR = "calendar", "Calendrier", "Calendar"
    REFORMS = "reforms", "Réformes", "Reforms"
    PROJECTS = "projects", "Projets", "Projects"
    REFORM = "reform", "Réforme", "Reform"
    PROJECT = "project", "Projet", "Project"
    INDICATORS = "indicators", "Indicateurs", "Indicators"
    LATE = "late", "Jalons en retard, projets compris", "Late milestones, projects included"
    UNREPORTED = "unreported", "Jalons échus, sans nouvelles", "Milestones past due, no news"
    FINDINGS = "findings", "Constats", "Findings"
    CONFIDENCE = "confidence", "Confiance (météo)", "Confidence"
    PHASE = "phase", "Phase", "Phase"
    SINCE = "since", "Depuis le", "Since"
    BECAUSE = "because", "Motif", "Because"
    LEVERS = "levers", "Leviers", "Levers"
    MILESTONE = "milestone", "Jalon", "Milestone"
    PLANNED = "planned", "Prévu", "Planned"
    DUE = "due", "Échéance actuelle", "Due now"
    SLIP = "slip", "Écart au calendrier", "Calendar slip"
    NEXT = "next", "Prochain jalon", "Next milestone"
    STATE = "state", "État", "State"
    DATE = "date", "Date", "Date"
    RISK = "risk", "Risque", "Risk"
    RAISED = "raised", "Signalé", "Raised"
    RESPONSE = "response", "Réponse", "Response"
    DECISION = "decision", "Décision", "Decision"
    DECIDED_BY = "decided-by", "Prise par", "Taken by"
    PLEDGED_BY = "pledged-by", "Engagement de", "Pledged by"
    EVENT = "event", "Événement", "Event"
    BODY = "body", "Organisme", "Body"
    TRAIT = "trait", "Trait", "Trait"
    DURATION = "duration", "Depuis", "For"
    LEVER = "lever", "Levier", "Lever"
    MOVES = "moves", "Doit faire bouger", "Should move"
    DIRECTION = "direction", "Sens voulu", "Wanted direction"
    SIZE = "size", "Ampleur voulue", "Wanted size"
    MEASURED = "measured", "Mesuré\u00a0?", "Measured?"
    PULLED_BY = "pulled-by", "Actionné par", "Pulled by"
    OWN = "own", "En propre", "Its own"
    SHARED = "shared", "Partagé avec d’autres leviers", "Shared with other levers"
    KNOWN = "known", "Actions au coût connu", "Pulls of known cost"
    OVERLAP = "overlap", "Peut-être compté deux fois", "Perhaps counted twice"
    INDICATOR = "indicator", "Indicateur", "Indicator"
    TERRITORY = "territory", "Territoire", "Territory"
    LATEST = "latest", "Dernière valeur", "Latest value"
    PERIOD = "period", "Période", "Period"
    BASELINE = "baseline", "Valeur initiale", "Baseline"
    TARGET = "target", "Cible", "Target"
    TARGET_PERIOD = "target-period", "Échéance de la cible", "Target for"
    ATTAINMENT = "attainment", "Cible atteinte\u00a0?", "Target met?"
    PROGRESS = "progress", "Avancement", "Progress"
    VERSION = "version", "Version", "Version"
    DEFINITION = "definition", "Définition", "Definition"
    QUESTION = "question", "Question", "Question"
    SHARE = "share", "Part", "Share"
    SAMPLE = "sample", "Effectif (n)", "Sample (n)"
    BASE = "base", "Base", "Base"
    CAVEAT = "caveat", "Réserve", "Caveat"
    FIGURE = "figure", "Chiffre", "Figure"
    UNIT = "unit", "Unité", "Unit"
    FREQUENCY = "frequency", "Une valeur tous les", "One value every"
    UNIVERSE = "universe", "Ce qui est compté", "What is counted"
    VALUE = "value", "Valeur", "Value"
    SOURCE = "source", "Source", "Source"
    INSTRUMENT = "instrument", "Instrument", "Instrument"
    PLACE = "place", "Lieu", "Place"
    TEAMS = "teams", "Équipes", "Teams"
    LEFT = "left", "Part des équipes d’avant", "Share of the teams before"
    GRANT = "grant", "Par équipe", "For each"
    COST = "cost", "Coût", "Cost"
    YEAR = "year", "Année", "Year"
    APPROPRIATION = "appropriation", "AE ou CP", "Commitment or payment"
    VOTED = "voted", "Crédits votés", "Voted"
    OPENED = "opened", "Crédits ouverts", "Opened"
    USED = "used", "Crédits consommés", "Used"
    UNSPENT = "unspent", "Crédits non consommés", "Unspent"
    CARRIED_OVER = "carried-over", "Crédits reportés sur l’année suivante", "Carried over to the next year"
    DENOMINATOR = "denominator", "Rapporté aux", "Over"
    RATE = "rate", "Taux", "Rate"
    HOW = "how", "Calcul", "How it is computed"
    END_OF_YEAR = "end-of-year", "Fin", "End of"
    BY_FLOWS = "by-flows", "Par les flux", "By the flows"
    PUBLISHED = "published", "Publié", "Published"
    DIFFERENCE = "difference", "Écart avec le publié", "Difference from the published"
    FORECAST = "forecast", "Prévu", "Forecast"
    FORECAST_BY = "forecast-by", "Origine de la prévision", "Forecast by"
    GAP = "gap", "Prévu en trop", "Forecast in excess"
    AMOUNT = "amount", "Montant", "Amount"
    METHOD = "method", "Méthode", "Method"
    CALL = "call", "Appel à projets", "Call"
    OPENED_ON = "opened-on", "Ouvert le", "Opened on"
    DECIDED_ON = "decided-on", "Décidé le", "Decided on"
    AWARDS = "awards", "Lauréats connus", "Known awards"
    AWARDED = "awarded", "Montants connus", "Known amounts"
    RULES = "rules", "Règles", "Rules"
    AWARD = "award", "Lauréat", "Award"
    CONTRACT = "contract", "Contrat signé le", "Contract signed on"
    COMMITTED = "committed", "Engagé", "Committed"
    PAID = "paid", "Payé", "Paid"
    OUTSTANDING = "outstanding", "Reste à payer", "Outstanding"
    SAVING = "saving", "Économie", "Saving"
    STATED = "stated", "Énoncée", "Stated"
    NATURE = "nature", "Récurrence", "Recurrence"
    WHOSE = "whose", "Au profit de", "Whose"
    SEVERITY = "severity", "Gravité", "Severity"
    SUBJECT = "subject", "Objet", "Subject"
    FINDING = "finding", "Constat", "Finding"
    MEND = "mend", "Que faire", "What to do"
    FACT = "fact", "Fait", "Fact"
    PREFERRED = "preferred", "Valeur retenue", "Value kept"
    ALTERNATIVES = "alternatives", "Autres valeurs", "Other values"
    WHY = "why", "Raison du choix", "Why it is kept"
    TITLE = "title", "Document", "Document"
    PUBLISHER = "publisher", "Éditeur", "Publisher"
    URL = "url", "Adresse", "Address"


NUMERIC = frozenset(
    {
        Head.NUMBER,
        Head.REFORMS,
        Head.PROJECTS,
        Head.INDICATORS,
        Head.LATE,
        Head.UNREPORTED,
        Head.FINDINGS,
        Head.BASELINE,
        Head.LATEST,
        Head.TARGET,
        Head.PROGRESS,
        Head.SHARE,
        Head.SAMPLE,
        Head.VALUE,
        Head.VOTED,
        Head.OPENED,
        Head.USED,
        Head.UNSPENT,
        Head.CARRIED_OVER,
        Head.RATE,
        Head.BY_FLOWS,
        Head.PUBLISHED,
        Head.DIFFERENCE,
        Head.FORECAST,
        Head.GAP,
        Head.AMOUNT,
        Head.AWARDS,
        Head.AWARDED,
        Head.COMMITTED,
        Head.PAID,
        Head.OUTSTANDING,
        Head.TEAMS,
        Head.LEFT,
        Head.GRANT,
        Head.COST,
        Head.OWN,
        Head.SHARED,
        Head.KNOWN,
    }
)
"""The columns of numbers, which line up on the right."""
