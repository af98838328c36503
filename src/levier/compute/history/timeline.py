"""Timeline: every date in a portfolio, in order, read from the fields, so that no dated fact is missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import field, fields, frozen

from levier.compute._types import asked, by_type
from levier.compute.history.base_changes import LabelledChange
from levier.compute.history.keys import YEARS, key_names, keyed_parts, segment, series_names
from levier.compute.history.label import ItemLabel, ValueWriter, label_of_versions
from levier.errors.final import final
from levier.model._fields import not_blank
from levier.model.periods import Day, Period, PeriodLike, as_period, is_period
from levier.model.portfolio import Portfolio
from levier.model.sources import Sourced
from levier.wording.messages import message
from levier.wording.said import Said
from levier.wording.values import Name
from levier.wording.vocabulary import field_name

__all__ = ["DatedThing", "timeline"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class DatedThing(LabelledChange):
    """
    One date of a thing or of one of its parts: *field* is the path of the field that holds it.

    Attributes:
        subject: The path of the thing or the part.
        label: The name of the thing with the date, in French.
        label_en: The name in English; empty where there is none.
        on: The date: a day, a month, a year or a longer period.

    >>> dated = DatedThing(
    ...     on="2019-06-20", subject="programmes/p/events/e", label="É", label_en="Event 'E'", field="on"
    ... )
    >>> print(dated)
    20 June 2019: event 'E' (date)
    """

    on: Period = field(converter=as_period, validator=is_period)
    field: str = field(validator=not_blank)  # the last one: from here on the name is taken

    @property
    def message(self) -> Said:
        """The date, the label, and the name of the field."""
        label, english = (text[:1].lower() + text[1:] for text in (self.label, self.label_en))
        thing = Name(self.subject, label, english)
        return message("{period}: {thing} ({field})", period=self.on, thing=thing, field=field_name(self.field))


@asked
def timeline(portfolio: Portfolio, *, between: PeriodLike | None = None) -> tuple[DatedThing, ...]:
    """
    Return every date in a portfolio, in order; with *between*, those that overlap a period.

    The date of a fact that several documents state is returned once.

    Raises:
        InvalidValueError: If *between* is not a valid period.

    >>> from levier import Milestone, Project
    >>> pilot = Milestone(id="pilot", label="Pilot open", planned="2019-09", done_on="2020-01-15")
    >>> plan = Portfolio.of(Project(id="p", label="FranceConnect", milestones=[pilot]))
    >>> for dated in timeline(plan, between="2020"):
    ...     print(dated)
    15 January 2020: project 'FranceConnect', milestone 'Pilot open' (completion)
    """
    span = None if between is None else Period(between)
    writer = ValueWriter((portfolio,))
    found = (dated for item in portfolio for dated in _dated(label_of_versions(writer, item, of_fact=True), item))
    kept = (dated for dated in dict.fromkeys(found) if span is None or span.overlaps(dated.on))
    return tuple(sorted(kept, key=lambda dated: (dated.on, dated.subject, dated.field)))


def _dated(label: ItemLabel, value: Any) -> Iterator[DatedThing]:
    for path, on in _dates(value, ()):
        name, field = label.name, "/".join(path)
        yield DatedThing(on=on, subject=label.path, label=name.label, label_en=name.label_en, field=field)
    for held, parts in keyed_parts(value):
        for called, part in _facts(label, held, parts):
            yield from _dated(called, part)


def _facts(label: ItemLabel, held: str, parts: Iterable[Any]) -> Iterator[tuple[ItemLabel, Any]]:
    """Yield parts with their names: several documents' statements of one fact share a name."""
    seen: Counter[tuple[str, str | None]] = Counter()
    for part in parts:
        series = series_names(part)
        names = key_names(part) if series is None else series
        place = segment(part, names), None if series is None else part.source_id
        seen[place] += 1
        yield label.part(held, part, names=names, nth=seen[place]), part


def _dates(value: Any, within: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Period]]:
    """Yield the dates of a value, except those of its parts, each with the path of its field."""
    for attribute in fields(type(value)):
        held, path = getattr(value, attribute.name), _path(attribute.name, within)
        if isinstance(held, (Day, Period)):
            yield path, Period(held)
        elif attribute.name in YEARS and held is not None:
            yield path, Period(str(held))
        elif isinstance(held, Sourced):
            yield from _dates(held, path)
        elif within and attribute.name == "alternatives":
            yield from _of_others(value, path)


def _of_others(value: Sourced[Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Period]]:
    """Yield the dates that other sources give, where they differ."""
    for other in value.alternatives:
        yield from ((where, on) for where, on in _dates(other, path) if where != path or on != value.value)


def _path(name: str, within: tuple[str, ...]) -> tuple[str, ...]:
    """Return the path of a field; a sourced value has that of its field, and its own date is the statement's."""
    if not within:
        return (name,)
    return within if name == "value" else (*within, "stated_on" if name == "on" else name)
