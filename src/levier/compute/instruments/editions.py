"""Innovation weeks, edition by edition: which are known, which are missing, and what took place in each."""

from __future__ import annotations

from typing import final

from attrs import field, frozen

from levier.compute._wording import bounds_said, colon, number
from levier.compute.indicators.aggregation import Coverage
from levier.compute.indicators.explanations import joined
from levier.compute.plan.covering import covered
from levier.compute.statements.known import known
from levier.model._fields import each, instance_of, integer, optional
from levier.model.instruments import InnovationWeek
from levier.model.periods import DayLike
from levier.model.portfolio import Portfolio
from levier.model.quantities import Quantity
from levier.model.terms import Lang
from levier.wording.reasons import MissingReason

__all__ = ["Edition", "WeekEditions", "week_editions"]

_EVENTS = "events"


@final
@frozen(kw_only=True)
class Edition:
    """
    One edition: the events that are described, those that a source counts, and how many people were counted.

    *events* and *attendance* are `None` where no event is described: that is not to say that there was none.
    *attendance* adds up the events where people were counted; *coverage* lists the events where they were, and were
    not. *published* is the number of events that a source gives.

    >>> from levier import catalogue
    >>> first = week_editions(catalogue.action_publique_2022()).editions[0]
    >>> first.events, first.reason.en
    (None, 'no event is described')
    """

    week: InnovationWeek = field(validator=instance_of(InnovationWeek))
    events: int | None = field(validator=optional(integer(1)))
    attendance: int | None = field(validator=optional(integer(0)))
    coverage: Coverage = field(validator=instance_of(Coverage))
    published: Quantity | None = field(validator=optional(instance_of(Quantity)))
    reason: MissingReason | None = field(default=None, validator=optional(instance_of(MissingReason)))

    def explain(self, lang: Lang) -> str:
        """Say how many events are described and published, and how many people came to how many of them."""
        words = (
            ("événements décrits", "publiés", "participants")
            if lang == "fr"
            else ("events described", "published", "attended")
        )
        described = "" if self.events is None else f"{number(self.events, lang)} {words[0]}"
        stated = (
            "" if self.published is None else f"{self.published.stated or bounds_said(self.published, lang)} {words[1]}"
        )
        people = "" if self.attendance is None else f"{number(self.attendance, lang)} {words[2]}"
        rests = f" ({self.coverage.explain(lang)})" if self.coverage.expected else ""
        reason = "" if self.reason is None else self.reason.label(lang)
        return f"{self.week.label}{colon(lang)}" + joined((described, stated, f"{people or reason}{rests}"), lang)


@final
@frozen(kw_only=True)
class WeekEditions:
    """
    The editions that are known, in order; *coverage* counts those from the first known to the last.

    >>> from levier import catalogue
    >>> found = week_editions(catalogue.action_publique_2022())
    >>> found.coverage.reported, found.coverage.missing
    (('1', '5', '6', '9', '11'), ('2', '3', '4', '7', '8', '10'))
    """

    editions: tuple[Edition, ...] = field(validator=each(instance_of(Edition)))
    coverage: Coverage = field(validator=instance_of(Coverage))

    def explain(self, lang: Lang) -> str:
        """Say which editions are known of those between the first and the last, then each."""
        word = "éditions connues" if lang == "fr" else "editions known"
        counted = f"{word}{colon(lang)}{self.coverage.explain(lang)}"
        return joined((counted, *(edition.explain(lang) for edition in self.editions)), lang)


def week_editions(portfolio: Portfolio, *, as_of: DayLike | None = None) -> WeekEditions:
    """
    Return the innovation weeks of a portfolio, edition by edition.

    Which editions came before the first known, or after the last, nobody can say from this.
    On the day *as_of* it is what was known then; without one, everything.

    Raises:
        InvalidValueError: If *as_of* is no day.

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
        coverage=covered({str(edition): edition in numbers for edition in between}),
    )


def _edition(week: InnovationWeek) -> Edition:
    counted = [event.attendance for event in week.events if event.attendance is not None]
    published = (figure.value.value for figure in week.figures if figure.id == _EVENTS)
    return Edition(
        week=week,
        events=len(week.events) or None,
        attendance=sum(counted) if counted else None,
        coverage=covered({event.id: event.attendance is not None for event in week.events}),
        published=next(published, None),
        reason=None if counted else MissingReason.NO_COUNT if week.events else MissingReason.NO_EVENT,
    )
