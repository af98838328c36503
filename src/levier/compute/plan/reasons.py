"""Why something about a plan, a lever or an instrument is not known."""

from __future__ import annotations

from levier.model.terms import Term

__all__ = ["PlanReason"]


class PlanReason(Term):
    """Why something about a plan, a lever or an instrument is not known."""

    NO_CALENDAR = "no-calendar", "pas de calendrier", "no calendar"
    NO_END = "no-end", "calendrier sans fin", "a calendar without an end"
    NOT_BEGUN = "not-begun", "pas encore commencé", "not begun"
    CLOSED_BEFORE_BEGUN = "closed-before-begun", "clôture antérieure au lancement", "closed before it was launched"
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
    NOBODY_PULLS = "nobody-pulls", "personne ne l’actionne", "nobody pulls it"
    NO_COST = "no-cost", "aucun coût connu", "no cost is known"
    MEASURED_ELSEWHERE = (
        "measured-elsewhere",
        "mesuré dans d’autres territoires seulement",
        "measured in other territories only",
    )
    ONLY_ACROSS = (
        "only-across",
        "mesuré seulement à cheval sur ce jour",
        "measured only across that day",
    )
    NO_SESSION = "no-session", "aucune session connue", "no session is known"
    NO_PLACE = "no-place", "aucune session ne peut être située", "no session can be placed"
    NO_ATTENDANCE = "no-attendance", "une session au moins sans participants comptés", "a session without attendance"
    NOBODY_CAME = "nobody-came", "aucun participant", "nobody attended"
    NOBODY_PLACED = "nobody-placed", "aucun participant ne peut être situé", "nobody who attended can be placed"
    NO_COUNT = "no-count", "participants non comptés", "attendance was not counted"
    NO_EVENT = "no-event", "aucun événement décrit", "no event is described"
    NO_DATE = "no-date", "date inconnue", "unknown date"
    NO_TEAMS = "no-teams", "nombre d’équipes non publié", "the number of teams is not published"
    NOTHING_BEFORE = "nothing-before", "rien de connu avant", "nothing is known before"
    NO_ENVELOPE = "no-envelope", "enveloppe non publiée", "the envelope is not published"
    STAGE_WITHOUT_COST = "stage-without-cost", "une étape au moins sans coût connu", "a stage without a known cost"
    CHOICE = "choice", "selon les choix", "depends on the choice"
    NO_BOUND = "no-bound", "nombres sans borne", "numbers without bounds"
