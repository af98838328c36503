"""How plans speak: names, days, bounds, in French and English; and why something about a plan is not known."""

from __future__ import annotations

from typing import Any

from levier.compute._wording import number, value
from levier.model.periods import Day
from levier.model.quantities import Exactness, Quantity
from levier.model.terms import Lang, Term

__all__ = ["PlanReason", "bounds_said", "days_between", "days_said", "label_of"]


class PlanReason(Term):
    """Why something about a plan, a lever or an instrument is not known."""

    NO_CALENDAR = "no-calendar", "pas de calendrier", "no calendar"
    NO_END = "no-end", "calendrier sans fin", "a calendar without an end"
    NOT_BEGUN = "not-begun", "pas encore commencé", "not begun"
    CALENDAR_LATER = (
        "calendar-later",
        "le calendrier commence après la première étape",
        "the calendar begins after the first step",
    )
    NOT_DUE = "not-due", "échéance à venir", "not due yet"
    NO_COMPLETION = "no-completion", "rien ne dit si elle est achevée", "nothing says whether it is completed"
    STOPPED = "stopped", "projet arrêté", "the project was stopped"
    NOBODY_PULLS = "nobody-pulls", "personne ne l’actionne", "nobody pulls it"
    NO_COST = "no-cost", "aucun coût connu", "no cost is known"
    NO_SESSION = "no-session", "aucune session connue", "no session is known"
    NO_PLACE = "no-place", "aucune session ne peut être située", "no session can be placed"
    NO_ATTENDANCE = "no-attendance", "une session au moins sans participants comptés", "a session without attendance"
    NOBODY_CAME = "nobody-came", "aucun participant", "nobody attended"
    NO_COUNT = "no-count", "participants non comptés", "attendance was not counted"
    NO_EVENT = "no-event", "aucun événement décrit", "no event is described"
    NO_DATE = "no-date", "date inconnue", "unknown date"
    NO_TEAMS = "no-teams", "nombre d’équipes non publié", "the number of teams is not published"
    NOTHING_BEFORE = "nothing-before", "rien de connu avant", "nothing is known before"
    NO_BOUND = "no-bound", "nombres sans borne", "numbers without bounds"


def label_of(thing: Any, lang: Lang) -> str:
    """
    Return what a thing is called: in English where it has an English name.

    >>> from levier import Lever
    >>> label_of(Lever(id="digital", label="Numérique", label_en="Digital"), "en")
    'Digital'
    """
    english: str = getattr(thing, "label_en", "") if lang == "en" else ""
    return english or str(thing.label)


def days_between(first: Day, last: Day) -> int:
    """
    Return how many days after *first* the day *last* is; negative where it is before.

    >>> days_between(Day(2019, 6, 14), Day(2019, 6, 20))
    6
    """
    return last.toordinal() - first.toordinal()


def days_said(days: int, lang: Lang) -> str:
    """
    Write a number of days: in French none and one are singular.

    >>> days_said(0, "en"), days_said(1, "en")
    ('0 days', '1 day')
    """
    if lang == "fr":
        return f"{number(days, lang)}\u00a0{'jours' if days > 1 else 'jour'}"
    return f"{number(days, lang)} {'day' if days == 1 else 'days'}"


def bounds_said(quantity: Quantity, lang: Lang, decimals: int | None = None) -> str:
    """
    Write a quantity with its unit, or its bounds.

    >>> bounds_said(Quantity.between("12.5", "20.83", "%"), "en", 1)
    '12.5% to 20.8%'
    >>> bounds_said(Quantity.at_least(350, "count"), "en")
    'at least 350'
    """
    ends = [value(end, quantity.unit, lang, decimals) for end in (quantity.lower, quantity.upper) if end is not None]
    match quantity.exactness:
        case Exactness.EXACT:
            return ends[0]
        case Exactness.BETWEEN:
            return f"de {ends[0]} à {ends[1]}" if lang == "fr" else f"{ends[0]} to {ends[1]}"
        case exactness:
            return f"{exactness.label(lang)} {ends[0]}"
