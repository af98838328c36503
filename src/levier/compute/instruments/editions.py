"""Innovation weeks by edition: known and missing editions, and the events of each."""

from __future__ import annotations

from attrs import field, frozen

from levier.compute._types import asked, by_type
from levier.compute.coverage import Coverage
from levier.compute.statements.known import known
from levier.errors.final import final
from levier.model._fields import each, instance_of, integer, optional
from levier.model.instruments import InnovationWeek
from levier.model.periods import DayLike
from levier.model.portfolio import Portfolio
from levier.model.quantities import Quantity
from levier.wording.explained import Explained
from levier.wording.messages import Message, about, clauses, message
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, Value
from levier.wording.values import Name

__all__ = ["Edition", "WeekEditions", "week_editions"]

_EVENTS = "events"


@final
@frozen(kw_only=True, field_transformer=by_type)
class Edition(Explained):
    """
    One edition: the events described, the number of events published, and the attendance.

    *number* is the number of the edition, from 1.
    *events* and *attendance* are `None` where no event is described, which does not mean that there was none.
    *attendance* is the total of the events with a count; *coverage* lists the events with and without one. *published*
    is the number of events that a source gives.

    Attributes:
        week: The name of the innovation week.
        reason: Why the events are unknown; `None` where they are known.

    >>> from levier import catalogue
    >>> first = week_editions(catalogue.action_publique_2022()).editions[0]
    >>> first.events, first.reason.en
    (None, 'no event described')
    """

    week: Name = field(validator=instance_of(Name))
    number: int = field(validator=integer(1))
    events: int | None = field(validator=optional(integer(1)))
    attendance: int | None = field(validator=optional(integer(0)))
    coverage: Coverage = field(validator=instance_of(Coverage))
    published: Quantity | None = field(validator=optional(instance_of(Quantity)))
    reason: MissingReason | None = field(default=None, validator=optional(instance_of(MissingReason)))

    @property
    def message(self) -> Said:
        """The number of events described and published, and the attendance with its coverage."""
        return about(clauses(self._described(), self._published(), self._people(), self._counted()), self.week)

    def _described(self) -> Message | None:
        if self.events is None:
            return None
        return message("events described: {n}", n=self.events)

    def _published(self) -> Message | None:
        if self.published is None:
            return None
        return message("events according to the source: {number}", number=self.published.stated or self.published)

    def _people(self) -> Value | None:
        return self.reason if self.attendance is None else message("participants: {n}", n=self.attendance)

    def _counted(self) -> Message | None:
        if not self.coverage.expected:
            return None
        return message("events with a known attendance: {coverage}", coverage=self.coverage.message)


@final
@frozen(kw_only=True, field_transformer=by_type)
class WeekEditions(Explained):
    """
    The known editions, in order; *coverage* counts those from the first known to the last known.

    Attributes:
        editions: The editions, in order of their number.

    >>> from levier import catalogue
    >>> found = week_editions(catalogue.action_publique_2022())
    >>> found.coverage.reported, found.coverage.missing
    (('1', '5', '6', '9', '11'), ('2', '3', '4', '7', '8', '10'))
    """

    editions: tuple[Edition, ...] = field(validator=each(instance_of(Edition)))
    coverage: Coverage = field(validator=instance_of(Coverage))

    @property
    def message(self) -> Said:
        """The known editions, of those between the first and the last, then each."""
        counted = message("known editions: {coverage}", coverage=self.coverage.message)
        return clauses(counted, *(edition.message for edition in self.editions))


@asked
def week_editions(portfolio: Portfolio, *, as_of: DayLike | None = None) -> WeekEditions:
    """
    Return the innovation weeks of a portfolio, edition by edition.

    Editions before the first known one, or after the last, cannot be inferred.
    *as_of* is the day of knowledge; `None` uses everything recorded.

    Raises:
        InvalidValueError: If *as_of* is not a valid date.

    >>> from levier import catalogue
    >>> week_editions(catalogue.action_publique_2022()).editions[3].published.stated
    'plus de 350'
    """
    portfolio = known(portfolio, as_of)
    weeks = [one for one in portfolio.instruments.values() if isinstance(one, InnovationWeek)]
    ordered = sorted(weeks, key=lambda week: (week.edition, week.id))
    numbers = {week.edition for week in ordered}
    between = range(min(numbers), max(numbers) + 1) if numbers else range(0)
    return WeekEditions(
        editions=tuple(map(_edition, ordered)),
        coverage=Coverage.of({str(edition): edition in numbers for edition in between}),
    )


def _edition(week: InnovationWeek) -> Edition:
    counted = [event.attendance for event in week.events if event.attendance is not None]
    published = (figure.value.value for figure in week.figures if figure.id == _EVENTS)
    names: dict[str, Name] = {event.id: Name.of(event) for event in week.events}
    return Edition(
        week=Name.of(week),
        number=week.edition,
        events=len(week.events) or None,
        attendance=sum(counted) if counted else None,
        coverage=Coverage.of({event.id: event.attendance is not None for event in week.events}, names),
        published=next(published, None),
        reason=None if counted else MissingReason.NO_COUNT if week.events else MissingReason.NO_EVENT,
    )
