"""
Which reforms and projects are off track on a day, and why.

Four things put a plan off track: an indicator behind its path, a milestone that a document declares missed, a
confidence rating (*météo*) that asks for support, and data too old to judge by.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.indicators.alerts import confidence_on
from levier.compute.indicators.freshness import Freshness
from levier.compute.indicators.paths import OnTrack, Track
from levier.compute.indicators.status import status_of
from levier.compute.plan.milestones import MilestoneState, MilestoneVariance, milestone_slip
from levier.compute.statements.known import known
from levier.errors.final import final
from levier.model.belonging import owner_path
from levier.model.periods import Day, DayLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.programmes import ConfidenceLevel, ConfidenceRating, Project, Reform
from levier.model.terms import Term
from levier.model.territories import NATION
from levier.wording.explained import Explained
from levier.wording.messages import about, clauses, message
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = ["OffTrack", "OffTrackReason", "PlanWarning", "off_track"]

Evidence: TypeAlias = "OnTrack | MilestoneVariance | ConfidenceRating | Freshness"

_WORRYING = (ConfidenceLevel.SUPPORT_NEEDED, ConfidenceLevel.COMPROMISED)


class OffTrackReason(Term):
    """The reasons why a reform or a project is off track."""

    BEHIND_PATH = "behind-path", "en retard sur la trajectoire", "behind its path"
    LATE_MILESTONE = "late-milestone", "jalon en retard", "milestone late"
    LOW_CONFIDENCE = "low-confidence", "météo défavorable", "low confidence"
    STALE_DATA = "stale-data", "donnée pas à jour", "data not up to date"


@final
@frozen(kw_only=True, field_transformer=by_type)
class PlanWarning(Explained):
    """
    One reason why a reform or a project is off track, with its evidence.

    *subject* is the indicator or the milestone concerned; `None` for a confidence rating of the whole.

    Attributes:
        reason: The reason, such as an indicator behind its path.
        evidence: The comparison with the path, the milestone, the rating or the freshness behind it.
    """

    reason: OffTrackReason = field(converter=OffTrackReason)
    evidence: Evidence
    subject: Name | None = None

    @property
    def message(self) -> Said:
        """The reason, its subject, and the evidence."""
        if isinstance(self.evidence, ConfidenceRating):
            level, day = self.evidence.level, self.evidence.on
            return message("{reason} ({level}, {day})", reason=self.reason, level=level, day=day)
        shown = self.evidence.message
        return shown if self.subject is None else about(shown, self.subject)


@final
@frozen(kw_only=True, field_transformer=by_type)
class OffTrack(Explained):
    """
    A reform or a project that is off track on a day, and why; *path* is its path in the portfolio.

    Attributes:
        subject: The name of the reform or the project.
        as_of: The day on which it is judged.
        warnings: The reasons, each with its evidence.
    """

    subject: Name
    path: str
    as_of: Day
    warnings: tuple[PlanWarning, ...]

    @property
    def reasons(self) -> tuple[OffTrackReason, ...]:
        """Each reason once."""
        return tuple(dict.fromkeys(warning.reason for warning in self.warnings))

    @property
    def message(self) -> Said:
        """Every reason, with its evidence."""
        return about(clauses(*(warning.message for warning in self.warnings)), self.subject, as_of=self.as_of)

    @property
    def headline(self) -> Said:
        """The reasons alone."""
        return about(clauses(*self.reasons), self.subject)


@asked
def off_track(portfolio: Portfolio, *, as_of: DayLike, territory_id: str = NATION) -> tuple[OffTrack, ...]:
    """
    Return the reforms, then the projects, that are off track on a day, each with the reasons.

    Indicators are those of the reform in the given territory. A milestone past its date that no document mentions is
    not a reason, because nobody knows that it is late (`milestones_of` lists it).

    Raises:
        InvalidValueError: If *as_of* is not a valid date.

    >>> from levier import Milestone, Project
    >>> pilot = Milestone(id="pilot", label="Pilot open", planned="2019-05").not_done("2019-06-03")
    >>> plan = Portfolio.of(Project(id="desk", label="Desk", milestones=[pilot]))
    >>> [(found.path, [reason.value for reason in found.reasons]) for found in off_track(plan, as_of="2019-06-14")]
    [('projects/desk', ['late-milestone'])]
    """
    day = parse_day(as_of)
    portfolio = known(portfolio, day)
    found: list[OffTrack] = []
    things: list[Reform | Project] = [*portfolio.reforms.values(), *portfolio.projects.values()]
    for thing in things:
        warnings = [*_of_milestones(thing, day), *_of_confidence(thing, day, territory_id)]
        if isinstance(thing, Reform):
            warnings[:0] = _of_indicators(portfolio, thing, day, territory_id)
        if warnings:
            found.append(OffTrack(subject=Name.of(thing), path=owner_path(thing), as_of=day, warnings=tuple(warnings)))
    return tuple(found)


def _of_indicators(portfolio: Portfolio, reform: Reform, day: Day, territory_id: str) -> Iterator[PlanWarning]:
    if territory_id not in portfolio.territories:
        return
    for indicator_id in reform.indicator_ids:
        status = status_of(portfolio, indicator_id, territory_id, as_of=day)
        name = Name.of(portfolio.indicators[indicator_id])
        if status.track is not None and status.track.track is Track.BEHIND:
            yield PlanWarning(reason=OffTrackReason.BEHIND_PATH, evidence=status.track, subject=name)
        if status.freshness is not None and status.freshness.up_to_date is False:
            yield PlanWarning(reason=OffTrackReason.STALE_DATA, evidence=status.freshness, subject=name)


def _of_milestones(thing: Reform | Project, day: Day) -> Iterator[PlanWarning]:
    for milestone in thing.milestones:
        slip = milestone_slip(thing, milestone, day)
        if slip.state is MilestoneState.LATE:
            yield PlanWarning(reason=OffTrackReason.LATE_MILESTONE, evidence=slip)


def _of_confidence(thing: Reform | Project, day: Day, territory_id: str) -> Iterator[PlanWarning]:
    rating = confidence_on(thing.ratings, as_of=day, territory_id=territory_id)
    if rating is not None and rating.level in _WORRYING:
        yield PlanWarning(reason=OffTrackReason.LOW_CONFIDENCE, evidence=rating)
