"""Rules on reforms and on what is planned: leads, calendars, indicators, and dates that were missed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from levier.compute.checks.rules import Found, in_both, worded
from levier.compute.findings import Severity
from levier.compute.plan.milestones import MilestoneState, milestone_slip
from levier.compute.plan.slips import calendar_slip
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.programmes import Reform

__all__ = [
    "milestone_past_and_not_done",
    "project_past_its_calendar",
    "reform_without_calendar",
    "reform_without_indicator",
    "reform_without_lead",
    "reform_without_weights",
]


_TO_LOOK_AT = (MilestoneState.LATE, MilestoneState.UNREPORTED)


@worded(
    "reform-without-lead",
    Severity.WARNING,
    fr="La réforme « {reform} » n’a pas de responsable.",
    en="The reform '{reform}' has no lead.",
    mend_fr="Nommer la fonction et l’organisme qui en répondent.",
    mend_en="Name the role and the body that answer for it.",
)
def reform_without_lead(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """
    Find the reforms for which nobody answers.

    >>> plan = Portfolio.of(Reform(id="commissions", label="Fewer commissions"))
    >>> [finding.subject for finding in reform_without_lead(plan, Day(2019, 6, 14))]
    ['reforms/commissions']
    """
    return _reforms(portfolio, lambda reform: reform.lead is None)


@worded(
    "reform-without-calendar",
    Severity.WARNING,
    fr="La réforme « {reform} » n’a pas de calendrier.",
    en="The reform '{reform}' has no calendar.",
    mend_fr="Donner son début et sa fin.",
    mend_en="Give its beginning and its end.",
)
def reform_without_calendar(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find the reforms that set themselves no dates."""
    return _reforms(portfolio, lambda reform: reform.calendar is None)


@worded(
    "reform-without-indicator",
    Severity.WARNING,
    fr="La réforme « {reform} » n’a pas d’indicateur.",
    en="The reform '{reform}' has no indicator.",
    mend_fr="Lui rattacher au moins un indicateur.",
    mend_en="Attach at least one indicator to it.",
)
def reform_without_indicator(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find the reforms that nothing measures."""
    return _reforms(portfolio, lambda reform: not reform.indicator_ids)


@worded(
    "reform-without-weights",
    Severity.NOTE,
    fr="La réforme « {reform} » ne donne de poids à aucun de ses indicateurs : pas de taux d’avancement.",
    en="The reform '{reform}' gives no weight to any of its indicators: no progress.",
    mend_fr="Dire combien compte chacun de ses indicateurs, niveau par niveau.",
    mend_en="Say how much each of its indicators counts, level by level.",
)
def reform_without_weights(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find the reforms whose indicators have no weight at any level, and so without progress."""
    return _reforms(portfolio, lambda reform: bool(reform.indicator_ids) and not any(w.weight for w in reform.weights))


@worded(
    "milestone-past-and-not-done",
    Severity.WARNING,
    fr="Le jalon «\u00a0{milestone}\u00a0» était prévu ({due})\u00a0: {standing}.",
    en="The milestone '{milestone}' was due ({due}): {standing}.",
    mend_fr="Le dire atteint, et quand, ou en réviser la date avec sa raison.",
    mend_en="Mark it as done, and when, or revise its date with the reason.",
)
def milestone_past_and_not_done(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find the milestones of programmes, reforms and projects that are past, and late or not said to be reached."""
    for name in ("programmes", "reforms", "projects"):
        for owner in getattr(portfolio, name).values():
            for milestone in owner.milestones:
                slip = milestone_slip(owner, milestone, as_of)
                if slip.state in _TO_LOOK_AT:
                    yield slip.path, {"milestone": milestone, "due": slip.due, "standing": in_both(slip.standing.say)}


@worded(
    "project-past-its-calendar",
    Severity.WARNING,
    fr="Le projet « {project} » devait finir le {end} et n’est ni achevé ni arrêté au {day}.",
    en="The project '{project}' was to end on {end} and is neither completed nor stopped on {day}.",
    mend_fr="Le dire achevé ou arrêté, ou en prolonger le calendrier.",
    mend_en="Mark it as completed or stopped, or extend its calendar.",
)
def project_past_its_calendar(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """
    Find the projects whose calendar is over and that are neither completed nor stopped.

    >>> from levier import Project
    >>> plan = Portfolio.of(Project(id="p", label="One-stop shop", calendar="2019-03/2019-05"))
    >>> [finding.subject for finding in project_past_its_calendar(plan, Day(2019, 6, 14))]
    ['projects/p']
    """
    for project in portfolio.projects.values():
        slip = calendar_slip(project, as_of=as_of)
        if slip.is_late and slip.completed_on is None:
            yield f"projects/{project.id}", {"project": project, "end": slip.end, "day": as_of}


def _reforms(portfolio: Portfolio, amiss: Callable[[Reform], bool]) -> Iterator[Found]:
    for reform in portfolio.reforms.values():
        if amiss(reform):
            yield f"reforms/{reform.id}", {"reform": reform}
