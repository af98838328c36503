"""Rules on plans: missing facts of reforms and levers, and missed dates of milestones and projects."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from levier.compute.checks.rules import Found, RuleSet, rule
from levier.compute.findings import Severity
from levier.compute.plan.milestones import MilestoneState, milestone_slip, milestone_state
from levier.compute.plan.variances import slip_of
from levier.model.indicators import Direction, Indicator
from levier.model.levers import Lever
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.programmes import Reform
from levier.model.quantities import PERCENT, POINTS, Exactness, Quantity, Unit
from levier.wording.messages import Message, message
from levier.wording.values import Name

__all__ = [
    "effect_against_its_direction",
    "effect_in_another_unit",
    "lever_without_indicator",
    "milestone_past_and_not_done",
    "project_past_its_calendar",
    "reform_without_calendar",
    "reform_without_indicator",
    "reform_without_lead",
    "reform_without_weights",
]


_TO_LOOK_AT = (MilestoneState.LATE, MilestoneState.UNREPORTED)


@rule(
    "reform-without-lead",
    Severity.WARNING,
    RuleSet.REFORM,
    remedy=message("Name the role and the organisation that are accountable for it."),
)
def reform_without_lead(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """
    Find reforms without a lead.

    >>> plan = Portfolio.of(Reform(id="commissions", label="Fewer commissions"))
    >>> [finding.subject for finding in reform_without_lead(plan, Day(2019, 6, 14))]
    ['reforms/commissions']
    """
    for path, reform in _reforms(portfolio, lambda reform: reform.lead is None):
        yield path, message("The reform '{reform}' has no lead.", reform=reform)


@rule("reform-without-calendar", Severity.WARNING, RuleSet.REFORM, remedy=message("Give its start and end dates."))
def reform_without_calendar(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find reforms without a calendar."""
    for path, reform in _reforms(portfolio, lambda reform: reform.calendar is None):
        yield path, message("The reform '{reform}' has no calendar.", reform=reform)


@rule(
    "reform-without-indicator", Severity.WARNING, RuleSet.REFORM, remedy=message("Attach at least one indicator to it.")
)
def reform_without_indicator(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find reforms without an indicator."""
    for path, reform in _reforms(portfolio, lambda reform: not reform.indicator_ids):
        yield path, message("The reform '{reform}' has no indicator.", reform=reform)


@rule(
    "reform-without-weights",
    Severity.NOTE,
    RuleSet.INDICATOR,
    remedy=message("Weight each of its indicators, at each level."),
)
def reform_without_weights(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find reforms whose indicators have no weight at any level, hence without progress."""
    for path, reform in _reforms(
        portfolio, lambda reform: bool(reform.indicator_ids) and not any(w.weight for w in reform.weights)
    ):
        yield (
            path,
            message(
                "The reform '{reform}' gives no weight to any of its indicators: its progress cannot be computed.",
                reform=reform,
            ),
        )


@rule(
    "milestone-past-and-not-done",
    Severity.WARNING,
    RuleSet.LATENESS,
    remedy=message("Mark it as reached, with the date, or revise its date and give the reason."),
)
def milestone_past_and_not_done(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """Find milestones of programmes, reforms and projects that are past their date, and late or unreported."""
    for name in ("programmes", "reforms", "projects"):
        for owner in getattr(portfolio, name).values():
            for milestone in owner.milestones:
                if milestone_state(owner, milestone, as_of) in _TO_LOOK_AT:
                    slip = milestone_slip(owner, milestone, as_of)
                    yield (
                        slip.path,
                        message(
                            "The milestone '{milestone}' was due ({due}): {standing}.",
                            milestone=Name.of(milestone),
                            due=slip.due,
                            standing=slip.standing,
                        ),
                    )


@rule(
    "project-past-its-calendar",
    Severity.WARNING,
    RuleSet.LATENESS,
    remedy=message("Mark it as completed or stopped, or extend its calendar."),
)
def project_past_its_calendar(portfolio: Portfolio, as_of: Day) -> Iterator[Found]:
    """
    Find projects whose calendar is over and that are neither completed nor stopped.

    >>> from levier import Project
    >>> plan = Portfolio.of(Project(id="p", label="One-stop shop", calendar="2019-03/2019-05"))
    >>> [finding.subject for finding in project_past_its_calendar(plan, Day(2019, 6, 14))]
    ['projects/p']
    """
    for project in portfolio.projects.values():
        end, completed_on, days, _ = slip_of(project, as_of)
        if end is not None and days is not None and days > 0 and completed_on is None:
            yield (
                f"projects/{project.id}",
                message(
                    "The project '{project}' was due to end on {end} and was neither completed nor stopped by {day}.",
                    project=Name.of(project),
                    end=end,
                    day=as_of,
                ),
            )


@rule(
    "lever-without-indicator",
    Severity.NOTE,
    RuleSet.INDICATOR,
    remedy=message("State which indicator it should change, and in which direction."),
)
def lever_without_indicator(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find levers without an indicator to move; a lever with sub-levers is measured by theirs."""
    above = {lever.parent_id for lever in portfolio.levers.values()}
    for lever in portfolio.levers.values():
        if not lever.effects and lever.id not in above:
            yield (
                f"levers/{lever.id}",
                message(
                    "The lever '{lever}' targets no indicator: its effect cannot be measured.", lever=Name.of(lever)
                ),
            )


@rule(
    "effect-in-another-unit",
    Severity.WARNING,
    RuleSet.CONSISTENCY,
    remedy=message("State the effect in the unit of the indicator, in points for a percentage."),
)
def effect_in_another_unit(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """Find effects of levers whose size is in another unit than their indicator."""
    for lever in portfolio.levers.values():
        for effect in lever.effects:
            indicator = portfolio.indicators[effect.indicator_id]
            for unit in dict.fromkeys(size.unit for size in effect.sizes):
                if not _fits(unit, indicator.unit):
                    yield f"levers/{lever.id}/effects/{indicator.id}", _other_unit(lever, indicator, unit)


@rule(
    "effect-against-its-direction",
    Severity.WARNING,
    RuleSet.CONSISTENCY,
    remedy=message("State the size as a change in that direction, or leave the direction out."),
)
def effect_against_its_direction(portfolio: Portfolio, _as_of: Day) -> Iterator[Found]:
    """
    Find effects with a size that contradicts their direction, such as an increase of -3.

    A decrease may be stated with or without a sign; only bounds on both sides of zero contradict it.
    """
    for lever in portfolio.levers.values():
        for effect in lever.effects:
            for size in effect.sizes:
                if effect.direction is not None and _contradicts(size, effect.direction):
                    yield (
                        f"levers/{lever.id}/effects/{effect.indicator_id}",
                        message(
                            "The effect of the lever '{lever}' on '{indicator}' is stated as '{direction}', "
                            "and its size as {size}.",
                            lever=Name.of(lever),
                            indicator=Name.of(portfolio.indicators[effect.indicator_id]),
                            direction=effect.direction,
                            size=size,
                        ),
                    )


def _contradicts(size: Quantity, direction: Direction) -> bool:
    falls = any(bound is not None and bound < 0 for bound in (size.lower, size.upper))
    rises = any(bound is not None and bound > 0 for bound in (size.lower, size.upper))
    if direction is Direction.INCREASE:
        return falls
    if direction is Direction.DECREASE:
        return falls and rises
    return size.exactness is Exactness.EXACT and size.value != 0


def _reforms(portfolio: Portfolio, amiss: Callable[[Reform], bool]) -> Iterator[tuple[str, Name]]:
    for reform in portfolio.reforms.values():
        if amiss(reform):
            yield f"reforms/{reform.id}", Name.of(reform)


def _other_unit(lever: Lever, indicator: Indicator, found: Unit) -> Message:
    return message(
        "The effect of the lever '{lever}' on '{indicator}' is stated in '{found}', the indicator in '{unit}'.",
        lever=Name.of(lever),
        indicator=Name.of(indicator),
        found=found,
        unit=indicator.unit,
    )


def _fits(size: Unit, unit: Unit) -> bool:
    return size == unit or (unit == PERCENT and size == POINTS)
