"""Dated facts about programmes, reforms and projects: events, decisions, risks, and milestones with their revisions."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Self

from attrs import Attribute, evolve, field, frozen

from levier.errors.final import final
from levier.model._converters import TupleOf, as_id_or_none
from levier.model._fields import all_of, each, instance_of, not_blank, optional, refuse, trimmed
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
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
    A dated event that happened or is announced, with the source of its date.

    Attributes:
        id: The identifier, unique within the object that holds it.
        label: The French name.
        label_en: The English name; empty if there is none.
        on: The date, as precise as its source states it.
        extra: An application's own keys, which begin with "x-"; empty by default.

    >>> Event(id="citp-3", label="3e CITP", on=Sourced(value=Period("2019-06-20"), source_id="modernisation")).on.value
    Period('2019-06-20')
    """

    id: str = field(validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    on: Sourced[Period] = field(validator=sourced(Period))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)


@final
@frozen(kw_only=True)
class Decision:
    """
    A decision about a programme, a reform or a project, with the source of its date.

    Attributes:
        id: The identifier, unique within the object that holds it.
        label: The French name.
        label_en: The English name; empty if there is none.
        on: The date of the decision, as precise as its source states it.
        by_id: The organisation that decided, by its identifier; `None` if unknown.
        extra: An application's own keys, which begin with "x-"; empty by default.

    >>> on = Sourced(value=Period("2019-06-20"), source_id="citp-3")
    >>> Decision(id="one-counter", label="Un guichet unique", on=on, by_id="citp").by_id
    'citp'
    """

    id: str = field(validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    on: Sourced[Period] = field(validator=sourced(Period))
    by_id: OrganisationId | None = field(default=None, converter=as_id_or_none, validator=optional(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)


@final
@frozen(kw_only=True)
class Risk:
    """
    A risk, from the date on which it was raised until it is closed, with the response to it.

    Attributes:
        id: The identifier, unique within the object that holds it.
        label: The French name.
        label_en: The English name; empty if there is none.
        on: The date on which it was raised, as precise as its source states it.
        response: The measures taken against it; empty if none is known.
        closed_on: The date on which it was closed; `None` while it is open.
        extra: An application's own keys, which begin with "x-"; empty by default.

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
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)

    def is_open(self, as_of: DayLike) -> bool:
        """Return whether the risk was raised and not closed by *as_of*; a month counts from its last day."""
        day = parse_day(as_of)
        raised, closed = self.on.value.known_by, self.closed_on and self.closed_on.value.known_by
        return raised <= day and (closed is None or day < closed)


@final
@frozen(kw_only=True)
class Revision:
    """
    A new date for a milestone, with the day and the reason of the decision.

    Attributes:
        planned: The new date.
        decided_on: The day on which the new date was decided.
        because: The reason, in words.

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
    A date that a programme, a reform or a project has committed to.

    *planned* keeps the first date; *revisions* keeps every later one, so that no slip is lost.
    *done_on* is the day on which it was reached, *not_done_on* the last day on which a document states that it was not.
    Without either, it is unknown after its date whether it was reached, and `is_late` returns `None`.

    Attributes:
        id: The identifier, unique within the object that holds it.
        label: The French name.
        source_id: The document that states it, by its identifier.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If the label is blank, a date is malformed, the revisions are not in the order of their
            decisions, or the milestone was not reached on a day after the one on which it was reached.

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
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)

    @property
    def due(self) -> Period:
        """The current date: that of the last revision, or else the first plan."""
        return self.revisions[-1].planned if self.revisions else self.planned

    def due_on(self, as_of: DayLike) -> Period:
        """Return the date that was planned on the day *as_of*; later revisions are ignored."""
        day = parse_day(as_of)
        known = [revision.planned for revision in self.revisions if revision.decided_on <= day]
        return known[-1] if known else self.planned

    def is_done(self, as_of: DayLike) -> bool:
        """Return whether the milestone was reached by the day *as_of*."""
        return self.done_on is not None and self.done_on <= parse_day(as_of)

    def is_late(self, as_of: DayLike) -> bool | None:
        """
        Return whether the milestone was late on the day *as_of*, compared with the date planned then.

        `None` if that date has passed and no document states whether the milestone was reached.

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
        """Return this milestone with a new date, decided *on* a day, and the reason."""
        return evolve(self, revisions=(*self.revisions, Revision(planned=planned, decided_on=on, because=because)))

    def done(self, on: DayLike) -> Self:
        """Return this milestone, reached on the day *on*."""
        return evolve(self, done_on=on)

    def not_done(self, on: DayLike) -> Self:
        """Return this milestone, stated as not reached on the day *on*."""
        return evolve(self, not_done_on=on)
