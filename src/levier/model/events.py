"""What happens when: events, decisions, risks, and milestones whose every revision is kept."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Self, final

from attrs import Attribute, evolve, field, frozen

from levier.model._converters import TupleOf, as_id_or_none
from levier.model._fields import all_of, each, instance_of, not_blank, optional, refuse, trimmed
from levier.model.identifiers import OrganisationId, SourceId, identifier, reference
from levier.model.periods import (
    Day,
    DayLike,
    Period,
    PeriodLike,
    as_day,
    as_day_or_none,
    as_period,
    is_day,
    is_period,
    parse_day,
)
from levier.model.sources import Sourced, sourced

__all__ = ["Decision", "Event", "Milestone", "Revision", "Risk"]


@final
@frozen(kw_only=True)
class Event:
    """
    Something that happened, or is announced, on a date that a source gives.

    Attributes:
        id: The identifier, unique among its like.
        label: The name, in French.
        label_en: The name in English; empty where there is none.
        on: On which day, or in which period.

    >>> Event(id="citp-3", label="3e CITP", on=Sourced(value=Period("2019-06-20"), source_id="modernisation")).on.value
    Period('2019-06-20')
    """

    id: str = field(validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    on: Sourced[Period] = field(validator=sourced(Period))


@final
@frozen(kw_only=True)
class Decision:
    """
    Something that a body decided about a programme, a reform or a project, on a date that a source gives.

    Attributes:
        id: The identifier, unique among its like.
        label: The name, in French.
        label_en: The name in English; empty where there is none.
        on: On which day, or in which period.
        by_id: The organisation that said or decided it.

    >>> on = Sourced(value=Period("2019-06-20"), source_id="citp-3")
    >>> Decision(id="one-counter", label="Un guichet unique", on=on, by_id="citp").by_id
    'citp'
    """

    id: str = field(validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    on: Sourced[Period] = field(validator=sourced(Period))
    by_id: OrganisationId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))


@final
@frozen(kw_only=True)
class Risk:
    """
    What may go wrong: raised on a date that a source gives, with what is done about it, until it is closed.

    Attributes:
        id: The identifier, unique among its like.
        label: The name, in French.
        label_en: The name in English; empty where there is none.
        on: On which day, or in which period.
        response: What is done about it.
        closed_on: When it was closed; `None` while it is open.

    >>> risk = Risk(id="late-contract", label="Marché tardif", on=Sourced(value=Period("2019-03"), source_id="note"))
    >>> risk.is_open("2019-03-30"), risk.is_open("2019-06-14")
    (False, True)
    """

    id: str = field(validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    on: Sourced[Period] = field(validator=sourced(Period))
    response: str = field(default="", validator=trimmed)
    closed_on: Sourced[Period] | None = field(default=None, validator=optional(sourced(Period)))

    def is_open(self, as_of: DayLike) -> bool:
        """Say whether the risk was raised and not closed on the day *as_of*; a month counts from its last day."""
        day = parse_day(as_of)
        raised, closed = self.on.value.known_by, self.closed_on and self.closed_on.value.known_by
        return raised <= day and (closed is None or day < closed)


@final
@frozen(kw_only=True)
class Revision:
    """
    A new date for a milestone: which, decided when, and why.

    Attributes:
        planned: The date that was then planned.
        decided_on: When it was decided.
        because: Why, in words.

    >>> Revision(planned="2020-06", decided_on="2019-11-15", because="late contract").planned
    Period('2020-06')
    """

    planned: Period = field(converter=as_period, validator=is_period)
    decided_on: Day = field(converter=as_day, validator=is_day)
    because: str = field(validator=not_blank)


def _oldest_first(instance: Milestone, attribute: Attribute[Any], value: tuple[Revision, ...]) -> None:
    for earlier, later in pairwise(value):
        if later.decided_on < earlier.decided_on:
            refuse(instance, attribute, str(later.decided_on), f"a decision not before {earlier.decided_on}")


def _before_done(instance: Milestone, attribute: Attribute[Any], value: Day | None) -> None:
    if value is not None and instance.done_on is not None and instance.done_on <= value:
        refuse(instance, attribute, str(value), f"a day before it was reached, on {instance.done_on}")


@final
@frozen(kw_only=True)
class Milestone:
    """
    A date that a reform or a project set itself.

    The first plan stays in *planned*; what moved it stays in *revisions*.
    *done_on* is the day on which it was reached, *not_done_on* the last day on which a document says that it was not.
    Without either nothing says whether it was reached: past its date it is then not known to be late.

    Attributes:
        id: The identifier, unique among its like.
        label: The name, in French.
        source_id: The source that states it.

    Raises:
        InvalidValueError: For a blank label, a malformed date, revisions out of the order of their decisions, or a
            milestone that was reached and yet not reached later.

    >>> pilot = Milestone(id="pilot", label="Pilot open", planned="2019-09")
    >>> late = pilot.revised_to("2020-01", on="2019-10-01", because="contract signed late")
    >>> late.planned, late.due, late.done_on is None
    (Period('2019-09'), Period('2020-01'), True)
    """

    id: str = field(validator=identifier)
    label: str = field(validator=not_blank)
    planned: Period = field(converter=as_period, validator=is_period)
    revisions: tuple[Revision, ...] = field(
        default=(), converter=TupleOf[Revision], validator=all_of(each(instance_of(Revision)), _oldest_first)
    )
    done_on: Day | None = field(default=None, converter=as_day_or_none, validator=optional(is_day))
    not_done_on: Day | None = field(
        default=None, converter=as_day_or_none, validator=all_of(optional(is_day), _before_done)
    )
    source_id: SourceId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))

    @property
    def due(self) -> Period:
        """The date that holds now: that of the last revision, or the first plan."""
        return self.revisions[-1].planned if self.revisions else self.planned

    def due_on(self, as_of: DayLike) -> Period:
        """Return the date that held on the day *as_of*: what was decided later was not known then."""
        day = parse_day(as_of)
        known = [revision.planned for revision in self.revisions if revision.decided_on <= day]
        return known[-1] if known else self.planned

    def is_done(self, as_of: DayLike) -> bool:
        """Say whether the milestone was reached by the day *as_of*."""
        return self.done_on is not None and self.done_on <= parse_day(as_of)

    def is_late(self, as_of: DayLike) -> bool | None:
        """
        Say whether the milestone was missed on the day *as_of*, by the date that held then.

        `None` where that date has passed and nothing says whether the milestone was reached.

        >>> pilot = Milestone(id="pilot", label="Pilot open", planned="2019-09", not_done_on="2019-10-15")
        >>> pilot.is_late("2019-09-30"), pilot.is_late("2019-10-14"), pilot.is_late("2019-10-15")
        (False, None, True)
        """
        day, due = parse_day(as_of), self.due_on(as_of)
        if self.is_done(day) or not due.is_before(day):
            return False
        missed = self.not_done_on
        return True if missed is not None and missed <= day and due.is_before(missed) else None

    def revised_to(self, planned: PeriodLike, *, on: DayLike, because: str) -> Self:
        """Return this milestone with a new date, and the reason for it."""
        return evolve(self, revisions=(*self.revisions, Revision(planned=planned, decided_on=on, because=because)))

    def done(self, on: DayLike) -> Self:
        """Return this milestone as reached on the day *on*."""
        return evolve(self, done_on=on)

    def not_done(self, on: DayLike) -> Self:
        """Return this milestone as not reached yet on the day *on*."""
        return evolve(self, not_done_on=on)
