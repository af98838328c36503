"""Rules on what a plan must say: leads, calendars, indicators, milestones, contracts, sample sizes."""

from __future__ import annotations

from collections.abc import Iterator

from levier.compute._wording import day, period
from levier.compute.findings import Finding, Severity
from levier.model.indicators import Indicator, IndicatorKind
from levier.model.levers import Lever
from levier.model.observations import Observation, ObservationKind, ObservationState
from levier.model.periods import Day
from levier.model.portfolio import Portfolio

__all__ = [
    "awards_have_contracts",
    "indicators_have_a_baseline",
    "indicators_have_a_recent_value",
    "indicators_have_a_target",
    "levers_have_an_indicator",
    "milestones_are_done",
    "reforms_have_a_calendar",
    "reforms_have_a_lead",
    "reforms_have_indicators",
    "results_have_a_sample_size",
]

_MONTHS_TO_CONTRACT = 6
_USUAL_FREQUENCY = 12


def reforms_have_a_lead(portfolio: Portfolio, _as_of: Day) -> Iterator[Finding]:
    """
    Find the reforms for which nobody answers.

    >>> from levier import Reform
    >>> plan = Portfolio.of(Reform(id="commissions", label="Fewer commissions"))
    >>> [finding.subject for finding in reforms_have_a_lead(plan, Day(2019, 6, 14))]
    ['reforms/commissions']
    """
    for reform in portfolio.reforms.values():
        if reform.lead is None:
            yield Finding(
                rule="reform-without-lead",
                severity=Severity.WARNING,
                subject=f"reforms/{reform.id}",
                fr=f"La réforme « {reform.label} » n’a pas de responsable.",
                en=f"The reform '{reform.label_en or reform.label}' has no lead.",
                mend_fr="Nommer la fonction et l’organisme qui en répondent.",
                mend_en="Name the role and the body that answer for it.",
            )


def reforms_have_a_calendar(portfolio: Portfolio, _as_of: Day) -> Iterator[Finding]:
    """Find the reforms that set themselves no dates."""
    for reform in portfolio.reforms.values():
        if reform.calendar is None:
            yield Finding(
                rule="reform-without-calendar",
                severity=Severity.WARNING,
                subject=f"reforms/{reform.id}",
                fr=f"La réforme « {reform.label} » n’a pas de calendrier.",
                en=f"The reform '{reform.label_en or reform.label}' has no calendar.",
                mend_fr="Donner son début et sa fin.",
                mend_en="Give its beginning and its end.",
            )


def reforms_have_indicators(portfolio: Portfolio, _as_of: Day) -> Iterator[Finding]:
    """Find the reforms that nothing measures."""
    for reform in portfolio.reforms.values():
        if not reform.indicator_ids:
            yield Finding(
                rule="reform-without-indicator",
                severity=Severity.WARNING,
                subject=f"reforms/{reform.id}",
                fr=f"La réforme « {reform.label} » n’a pas d’indicateur.",
                en=f"The reform '{reform.label_en or reform.label}' has no indicator.",
                mend_fr="Lui rattacher au moins un indicateur.",
                mend_en="Attach at least one indicator to it.",
            )


def indicators_have_a_baseline(portfolio: Portfolio, as_of: Day) -> Iterator[Finding]:
    """Find the indicators without a baseline, and so without progress; those of context need none."""
    for indicator in _steered(portfolio):
        if not _values(portfolio, indicator, ObservationKind.BASELINE, as_of):
            yield Finding(
                rule="indicator-without-baseline",
                severity=Severity.NOTE,
                subject=f"indicators/{indicator.id}",
                fr=f"L’indicateur « {indicator.label} » n’a pas de valeur initiale : pas de taux d’avancement.",
                en=f"The indicator '{indicator.label_en or indicator.label}' has no baseline: no progress.",
                mend_fr="Ajouter une observation de nature « valeur initiale ».",
                mend_en="Add an observation of the kind 'baseline'.",
            )


def indicators_have_a_target(portfolio: Portfolio, as_of: Day) -> Iterator[Finding]:
    """Find the indicators without a target; those of context need none."""
    for indicator in _steered(portfolio):
        if not _values(portfolio, indicator, ObservationKind.TARGET, as_of):
            yield Finding(
                rule="indicator-without-target",
                severity=Severity.WARNING,
                subject=f"indicators/{indicator.id}",
                fr=f"L’indicateur « {indicator.label} » n’a pas de cible.",
                en=f"The indicator '{indicator.label_en or indicator.label}' has no target.",
                mend_fr="Ajouter une observation de nature « cible ».",
                mend_en="Add an observation of the kind 'target'.",
            )


def indicators_have_a_recent_value(portfolio: Portfolio, as_of: Day) -> Iterator[Finding]:
    """
    Find the indicators whose next value is overdue: by their frequency, a year where it is unknown, and their delay.

    >>> from levier.model.indicators import Indicator
    >>> plan = Portfolio.of(Indicator(id="waiting-time", label="Waiting time", unit="days"))
    >>> [finding.en for finding in indicators_have_a_recent_value(plan, Day(2019, 6, 14))]
    ["The indicator 'Waiting time' has no value yet."]
    """
    for indicator in portfolio.indicators.values():
        values = _values(portfolio, indicator, ObservationKind.ACTUAL, as_of)
        latest = max((value.period for value in values), key=lambda p: p.last_day or as_of, default=None)
        if latest is not None:
            months = (indicator.frequency or _USUAL_FREQUENCY) + (indicator.delay or 0)
            if latest.last_day is None or latest.last_day.add(months=months) >= as_of:
                continue
        since_fr = f"n’a pas de valeur depuis {period(latest, 'fr')}" if latest else "n’a encore aucune valeur"
        since_en = f"has had no value since {period(latest, 'en')}" if latest else "has no value yet"
        yield Finding(
            rule="indicator-without-recent-value",
            severity=Severity.WARNING,
            subject=f"indicators/{indicator.id}",
            fr=f"L’indicateur « {indicator.label} » {since_fr}.",
            en=f"The indicator '{indicator.label_en or indicator.label}' {since_en}.",
            mend_fr="Ajouter la dernière réalisation, ou dire pourquoi il n’y en a pas.",
            mend_en="Add the latest actual value, or say why there is none.",
        )


def milestones_are_done(portfolio: Portfolio, as_of: Day) -> Iterator[Finding]:
    """Find the milestones that are past and not done."""
    for name in ("programmes", "reforms", "projects"):
        for owner in getattr(portfolio, name).values():
            for milestone in owner.milestones:
                if milestone.is_late(as_of):
                    yield Finding(
                        rule="milestone-past-and-not-done",
                        severity=Severity.WARNING,
                        subject=f"{name}/{owner.id}/milestones/{milestone.id}",
                        fr=f"Le jalon « {milestone.label} » était prévu ({period(milestone.due, 'fr')}) et n’est pas "
                        f"atteint au {day(as_of, 'fr')}.",
                        en=f"The milestone '{milestone.label}' was due ({period(milestone.due, 'en')}) and is not "
                        f"reached on {day(as_of, 'en')}.",
                        mend_fr="Le dire atteint, ou en réviser la date avec sa raison.",
                        mend_en="Mark it as done, or revise its date with the reason.",
                    )


def awards_have_contracts(portfolio: Portfolio, as_of: Day) -> Iterator[Finding]:
    """Find the awards without a contract six months after they were decided."""
    for fund in portfolio.funds.values():
        for award in fund.awards:
            decided = award.decided_on.last_day if award.decided_on else None
            signed = award.contracted_on is not None and award.contracted_on <= as_of
            if decided is not None and not signed and decided.add(months=_MONTHS_TO_CONTRACT) < as_of:
                yield Finding(
                    rule="award-without-contract",
                    severity=Severity.WARNING,
                    subject=f"funds/{fund.id}/awards/{award.id}",
                    fr=f"Aucun contrat connu pour « {award.label} » plus de six mois après la décision "
                    f"({day(decided, 'fr')}).",
                    en=f"No known contract for '{award.label}' more than six months after the decision "
                    f"({day(decided, 'en')}).",
                    mend_fr="Donner la date de signature du contrat, ou retirer l’attribution.",
                    mend_en="Give the day the contract was signed, or withdraw the award.",
                )


def levers_have_an_indicator(portfolio: Portfolio, _as_of: Day) -> Iterator[Finding]:
    """Find the levers that are meant to move nothing measured, neither they nor any lever below them."""
    levers = tuple(portfolio.levers.values())
    for lever in levers:
        if not any(below.effects for below in _branch(lever, levers)):
            yield Finding(
                rule="lever-without-indicator",
                severity=Severity.NOTE,
                subject=f"levers/{lever.id}",
                fr=f"Le levier « {lever.label} » ne vise aucun indicateur : son effet ne peut pas être mesuré.",
                en=f"The lever '{lever.label_en or lever.label}' aims at no indicator: its effect cannot be measured.",
                mend_fr="Dire quel indicateur il doit faire bouger, et dans quel sens.",
                mend_en="Say which indicator it is meant to move, and which way.",
            )


def results_have_a_sample_size(portfolio: Portfolio, _as_of: Day) -> Iterator[Finding]:
    """Find the published shares whose number of answers is unknown: no interval can be given."""
    for survey in portfolio.surveys.values():
        for result in survey.results:
            if result.sample_size is None:
                yield Finding(
                    rule="result-without-sample-size",
                    severity=Severity.WARNING,
                    subject=f"surveys/{survey.id}/results/{result.id}",
                    fr=f"« {result.question} » ({survey.label}) : effectif inconnu, aucun intervalle possible.",
                    en=f"'{result.question}' ({survey.label}): unknown number of answers, no interval possible.",
                    mend_fr="Donner le nombre de réponses, tel que la source le publie.",
                    mend_en="Give the number of answers, as the source publishes it.",
                )


def _steered(portfolio: Portfolio) -> Iterator[Indicator]:
    for indicator in portfolio.indicators.values():
        if indicator.kind is not IndicatorKind.CONTEXT:
            yield indicator


def _values(portfolio: Portfolio, indicator: Indicator, kind: ObservationKind, as_of: Day) -> list[Observation]:
    """Return the measured values of one kind, in any territory, that are in the books on the day."""
    return [
        row
        for territory in portfolio.observations.territories(indicator.id)
        for row in portfolio.observations.of(indicator.id, territory=territory, kind=kind)
        if row.state is ObservationState.MEASURED and (row.recorded_on is None or row.recorded_on <= as_of)
        if kind is ObservationKind.TARGET or row.period.first_day <= as_of
    ]


def _branch(lever: Lever, levers: tuple[Lever, ...]) -> Iterator[Lever]:
    """Yield a lever and those below it, each once: a tree that runs in circles ends."""
    found, waiting = {lever.id}, [lever]
    while waiting:
        current = waiting.pop()
        yield current
        for child in current.children(levers):
            if child.id not in found:
                found.add(child.id)
                waiting.append(child)
