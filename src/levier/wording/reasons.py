"""The reasons why a value is missing."""

from __future__ import annotations

from levier.model.terms import Term

__all__ = ["MissingReason"]


class MissingReason(Term):
    """The reason why a value is missing: of an indicator, a plan or an amount."""

    # Indicators
    NO_BASELINE = "no-baseline", "pas de valeur initiale", "no baseline"
    NO_ACTUAL = "no-actual", "pas de réalisation", "no actual value"
    NO_TARGET = "no-target", "pas de cible", "no target"
    NO_FORECAST = "no-forecast", "pas de prévision", "no forecast"
    NO_DIRECTION = "no-direction", "sens d’amélioration inconnu", "no direction"
    NO_BAND = "no-band", "cible sans les deux bornes d’une plage", "a target without both ends of a band"
    BAND = "band", "la cible est une plage, le sens n’en est pas une", "the target is a band, the direction is not"
    UNKNOWN_TO_PILOTE = (
        "unknown-to-pilote",
        "PILOTE ne connaît pas les cibles à maintenir",
        "PILOTE knows no target to keep to",
    )
    TO_BE_KEPT = "to-be-kept", "à respecter à chaque période", "to be held in each period"
    SHORTER_THAN_A_MONTH = (
        "shorter-than-a-month",
        "valeurs hebdomadaires : une seule compterait par mois",
        "weekly values: only one would count each month",
    )
    DISPUTED = "disputed", "valeurs contradictoires", "conflicting values"
    TARGET_BEFORE_BASELINE = (
        "target-before-baseline",
        "cible antérieure à la valeur initiale",
        "the target is dated before the baseline",
    )
    DEFINITION_CHANGED = "definition-changed", "la définition a changé", "the definition changed"
    UNEVEN_PLACES = "uneven-places", "territoires différents d’une valeur à l’autre", "values of different territories"
    UNSUPPORTED_WINDOW = "unsupported-window", "fenêtre non prise en charge", "a window that the rule does not know"
    OVERLAPPING_PERIODS = "overlapping-periods", "périodes qui se chevauchent", "periods that overlap"
    NO_REPORT = "no-report", "aucun territoire n’a de valeur", "no territory reports"
    NO_WEIGHT = "no-weight", "aucun poids", "no weight"
    NO_DENOMINATOR = "no-denominator", "dénominateur nul", "a denominator of zero"
    UNKNOWN_DENOMINATOR = "unknown-denominator", "dénominateur inconnu", "unknown denominator"
    NO_NUMERATOR = (
        "no-numerator",
        "numérateur inconnu, des taux ne s’additionnent pas",
        "no numerator: rates do not add up",
    )
    NOT_ADDITIVE = (
        "not-additive",
        "les valeurs de cet indicateur ne s’additionnent pas",
        "the values of this indicator do not add up",
    )
    DIVIDED = "divided", "le territoire a été divisé", "the territory was divided"
    COUNTED_TWICE = "counted-twice", "un territoire serait compté deux fois", "a territory would count twice"
    PART_WITHOUT_PROGRESS = (
        "part-without-progress",
        "un élément pondéré n’a pas de taux",
        "one weighted part has no progress",
    )
    UNEVEN_PERIODS = "uneven-periods", "périodes différentes d’une valeur à l’autre", "values of different periods"
    NOT_A_PARTITION = (
        "not-a-partition",
        "modalités dont rien ne dit qu’elles forment le tout",
        "codes that nothing says add up to the whole",
    )
    NO_TOTAL = "no-total", "total inconnu", "unknown total"
    NO_PROGRESS = "no-progress", "pas de taux d’avancement", "no progress"
    NO_PREVIOUS = "no-previous", "pas de valeur précédente", "no previous value"
    NO_PEERS = "no-peers", "pas d’autre territoire de ce niveau", "no other territory of this level"
    ZERO_MEDIAN = "zero-median", "médiane nulle", "a median of zero"
    NO_PERIODICITY = "no-frequency", "périodicité inconnue", "unknown frequency"
    NO_LAG = "no-delay", "délai de disponibilité inconnu", "unknown availability delay"
    NO_PATH = "no-path", "pas de trajectoire à cette date", "no path on that date"
    DATE_PASSED = "date-passed", "échéance passée", "the date has passed"
    TARGET_MET = "target-met", "cible déjà atteinte", "target already met"
    NOT_MEASURED = "not-measured", "non mesuré", "not measured"
    ONLY_BEFORE = "only-before", "mesuré uniquement avant cette date", "measured only before that date"
    ONLY_AFTER = "only-after", "mesuré uniquement depuis cette date", "measured only since that date"
    NO_START = "no-start", "date de début inconnue", "unknown start date"
    NO_SIZE = "no-size", "ampleur non indiquée", "no size stated"
    INEXACT_SIZE = "inexact-size", "ampleur connue par ses bornes seulement", "a size of which only bounds are known"
    SIZE_IN_ANOTHER_UNIT = "size-in-another-unit", "ampleur dans une autre unité", "a size in another unit"
    TOO_FEW = "too-few", "trop peu de réponses", "too few answers"

    # Plans, levers and instruments
    NO_CALENDAR = "no-calendar", "pas de calendrier", "no calendar"
    NO_END = "no-end", "calendrier sans fin", "a calendar without an end"
    NOT_BEGUN = "not-begun", "pas encore commencé", "not begun"
    CLOSED_BEFORE_BEGUN = "closed-before-begun", "clôture antérieure au lancement", "closed before its launch"
    CALENDAR_LATER = (
        "calendar-later",
        "le calendrier commence après la première étape",
        "the calendar begins after the first step",
    )
    NOT_DUE = "not-due", "échéance à venir", "not due yet"
    UNREPORTED = (
        "unreported",
        "échéance passée, rien ne dit s’il est atteint",
        "due date passed, nothing says whether reached",
    )
    COMPLETED_BEFORE = (
        "completed-before",
        "projet achevé avant l’échéance, rien ne dit s’il est atteint",
        "the project was completed before it was due, nothing says whether reached",
    )
    NO_COMPLETION = "no-completion", "rien ne dit si elle est achevée", "nothing says whether it is completed"
    STOPPED = "stopped", "projet arrêté", "the project was stopped"
    NOT_ACTIVATED = "nobody-activates", "levier non actionné", "not activated"
    NO_COST = "no-cost", "aucun coût connu", "no known cost"
    MEASURED_ELSEWHERE = (
        "measured-elsewhere",
        "mesuré uniquement dans d’autres territoires",
        "measured only in other territories",
    )
    ONLY_ACROSS = (
        "only-across",
        "mesuré uniquement à cheval sur cette date",
        "measured only over a period that spans that date",
    )
    NO_SESSION = "no-session", "aucune session connue", "no known session"
    NO_PLACE = "no-place", "aucune session localisée", "no session with a known location"
    NO_ATTENDANCE = (
        "no-attendance",
        "participants non comptés pour une session au moins",
        "attendance not counted for at least one session",
    )
    NOBODY_CAME = "nobody-came", "aucun participant", "no participants"
    NOBODY_PLACED = "nobody-placed", "aucun participant localisé", "no participant with a known location"
    NO_COUNT = "no-count", "participants non comptés", "attendance not counted"
    NO_EVENT = "no-event", "aucun événement décrit", "no event described"
    NO_DATE = "no-date", "date inconnue", "unknown date"
    NO_TEAMS = "no-teams", "nombre d’équipes non publié", "number of teams not published"
    NOTHING_BEFORE = "nothing-before", "nombre d’équipes antérieur inconnu", "no earlier number of teams"
    NO_ENVELOPE = "no-envelope", "enveloppe non publiée", "envelope not published"
    STAGE_WITHOUT_COST = (
        "stage-without-cost",
        "coût inconnu pour une étape au moins",
        "unknown cost for at least one stage",
    )
    CHOICE = "choice", "dépend des choix retenus", "depends on the choices made"
    NO_BOUND = "no-bound", "bornes inconnues", "unknown bounds"

    # Amounts
    NOT_PUBLISHED = "not-published", "non publié", "not published"
    INCOMPLETE = "incomplete", "donnée incomplète", "a part is missing"
    PART_YEAR = "part-year", "décompte arrêté en cours d’année", "counted over a part of the year"
    ZERO_BASE = "zero-base", "dénominateur nul", "zero denominator"
    CONTRADICTORY = "contradictory", "données contradictoires", "contradictory data"
    NOT_REACHED = "not-reached", "non atteint dans les années connues", "not reached in the years that are known"
