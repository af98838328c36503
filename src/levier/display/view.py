"""
The input of a section: a portfolio as known on a day, the language, and tables by columns.

A table is a tuple of columns: each has its head, its alignment, and the cell of each row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, Self, TypeVar

from attrs import evolve, field, frozen

from levier.compute.indicators.progress import Progress, progress_table
from levier.display.pages import Cell, Column, Row, Section, Table
from levier.display.phrases import NONE, UNKNOWN
from levier.display.scribe import Scribe
from levier.errors.final import final
from levier.model.belonging import Owner, directly_above
from levier.model.identifiers import OrganisationId, SourceId
from levier.model.observations import Observation, ObservationKind
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.programmes import ConfidenceRating, Lead, Programme, Project, Reform
from levier.model.registry import Registry
from levier.model.sources import Sourced
from levier.model.terms import LangLike
from levier.model.territories import TerritoryLevel
from levier.model.trees import reached
from levier.wording.messages import Message, items, message, message_in
from levier.wording.said import Value
from levier.wording.values import Name

__all__ = ["ColumnOf", "Owned", "View"]

T = TypeVar("T", Observation, Progress)
R = TypeVar("R")

_EMPTY = message("The portfolio holds none.")
_NOTHING_KNOWN = message("None was known on that date.")
_SHORT = 80
"""The longest reason of a rating that is shown beside it."""


@final
@frozen
class ColumnOf(Generic[R]):
    """
    A column of a table of things of one kind: its head and the cell of each thing; a *numeric* one is right-aligned.

    *id* does not depend on the language.

    >>> ColumnOf("lever", "Lever", lambda view, lever: view.scribe.name(lever)).numeric
    False
    """

    id: str
    head: Value
    cell: Callable[[View, R], Cell]
    numeric: bool = False


class Owned(NamedTuple, Generic[R]):
    """
    A part, with the thing that it belongs to.

    >>> Owned("project", "milestone").part
    'milestone'
    """

    owner: Any
    part: R


@final
@frozen(kw_only=True)
class View:
    """
    A portfolio as known on the day *as_of*, with the scribe that writes its cells.

    *series* holds the observations known by then, *lines* the progress of each series, by indicator; *is_cut* tells
    whether any data is later.
    """

    portfolio: Portfolio
    as_of: Day
    scribe: Scribe
    series: Mapping[str, tuple[Observation, ...]]
    lines: Mapping[str, tuple[Progress, ...]]
    is_cut: bool
    _answers: dict[Hashable, Any] = field(factory=dict, init=False, eq=False, repr=False)

    @classmethod
    def of(cls, portfolio: Portfolio, *, as_of: Day, lang: LangLike) -> Self:
        """Return the view of a portfolio on a day."""
        known = portfolio.as_of(as_of)
        return cls(
            portfolio=known,
            as_of=as_of,
            scribe=Scribe(lang),
            series=_by_indicator(known.observations.whole),
            lines=_by_indicator(progress_table(known, as_of=as_of)),
            is_cut=known is not portfolio,
        )

    def once(self, about: Hashable, ask: Callable[[], R]) -> R:
        """Return `ask()`, computed once for all tables of the report that need what it is *about*."""
        if about not in self._answers:
            self._answers[about] = ask()
        found: R = self._answers[about]
        return found

    def is_under_way(self, year: int) -> bool:
        """Return whether a calendar year was not over on the day, so that its amounts are not missing yet."""
        return self.as_of < Day(year, 12, 31)

    def is_measured(self, indicator_id: str) -> bool:
        """Return whether an indicator has an actual value by the day, in any territory."""
        return any(line.actual is not None for line in self.lines.get(indicator_id, ()))

    def target_years(self, indicator_id: str) -> list[int]:
        """Return the calendar years for which an indicator has a target, in any territory."""
        rows = self.series.get(indicator_id, ())
        return sorted({row.period.last_month // 12 for row in rows if row.kind is ObservationKind.TARGET})

    def absence(self, indicator_id: str) -> Observation | None:
        """Return the latest observation that gives a reason instead of a value, in any territory."""
        rows = self.series.get(indicator_id, ())
        said = [row for row in rows if row.value is None and row.kind is ObservationKind.ACTUAL]
        return max(said, key=lambda row: row.period, default=None)

    def table(
        self,
        name: str,
        caption: Value,
        columns: Iterable[ColumnOf[R]],
        things: Iterable[tuple[str, R]],
        notes: Iterable[Value] = (),
    ) -> Table:
        """Return the table of that *name*, with a row for each thing, which is given with its path."""
        heads = tuple(columns)
        return Table(
            id=name,
            caption=self.scribe.say(caption),
            columns=[Column(id=head.id, label=self.scribe.say(head.head), numeric=head.numeric) for head in heads],
            rows=[Row(id=path, cells=[head.cell(self, thing) for head in heads]) for path, thing in things],
            notes=map(self.scribe.say, notes),
        )

    def section(self, name: str, title: Message, tables: Iterable[Table], *, nothing: Message | None = None) -> Section:
        """Return a section with the tables that have rows; where none has, *nothing*, or else the default sentence."""
        shown = [table for table in tables if table.rows]
        empty = _NOTHING_KNOWN if self.is_cut else _EMPTY
        sentences = () if shown else (self.scribe.say(nothing or empty),)
        return Section(id=name, title=self.scribe.say(title), sentences=sentences, tables=shown)

    def body(self, organisation_id: OrganisationId | None) -> Cell:
        """Return the name of an organisation on the day."""
        body = None if organisation_id is None else self.portfolio.organisations[organisation_id]
        return self.scribe.body(body, self.as_of)

    def place(self, territory_id: str) -> Cell:
        """Return the name of a territory; the nation has one even where the portfolio does not list it."""
        held = self.portfolio.territories.get(territory_id)
        return self.scribe.term(TerritoryLevel.NATION) if held is None else self.scribe.name(held)

    def source(self, source_id: SourceId | None) -> Cell:
        """Return the name of a document: its publisher and its date where they are known, or its title."""
        if source_id is None:
            return self.scribe.missing(UNKNOWN)
        source = self.portfolio.sources[source_id]
        return Cell(text=source.title, value=source.id)

    def caveat(self, fact: Sourced[Any], *texts: Value) -> Cell:
        """Return the reservations about a sourced fact: *texts*, scope, caveat, kind of source, alternatives."""
        disputed = message("sources disagree") if fact.is_disputed else ""
        return self.scribe.reserved((*texts, fact.scope, fact.caveat, disputed), fact.reliability)

    def subject(self, path: str) -> Cell:
        """Return the name of the thing at a path such as `indicators/waiting-time`, or the path itself."""
        registry, _, rest = path.partition("/")
        held = getattr(self.portfolio, registry, None)
        if registry == "budget":
            return Cell(text=self.scribe.say(message("State budget {programme}", programme=rest)), value=path)
        item: Any = held.get(rest.partition("/")[0]) if isinstance(held, Registry) else None
        if not hasattr(item, "label"):
            return self.scribe.text(path)
        return evolve(self.scribe.name(item), value=path)

    def lead(self, lead: Lead | None) -> Cell:
        """Return the lead: a role in an organisation, and the person where one is named."""
        if lead is None:
            return self.scribe.missing(message("no lead"))
        return self.scribe.text(items(lead.person, lead.role, self.body(lead.organisation_id).text))

    def rating(self, ratings: Iterable[ConfidenceRating]) -> Cell:
        """Return the latest national confidence rating given by the day."""
        said = [rating for rating in ratings if rating.territory_id is None and rating.on <= self.as_of]
        if not said:
            return self.scribe.missing(message_in("of a rating", "not given"))
        latest = max(said, key=lambda rating: rating.on)
        text = message("{level}, on {day}", level=latest.level, day=latest.on)
        if latest.because and len(latest.because) <= _SHORT:
            text = message("{level}, on {day} ({because})", level=latest.level, day=latest.on, because=latest.because)
        return Cell(text=self.scribe.say(text), value=f"{latest.level} {latest.on}")

    def owner(self, project: Project) -> Cell:
        """Return the owner of a project: its own, or else that of the nearest plan above it."""

        def onward(thing: Owner) -> tuple[Owner, ...]:
            return directly_above(self.portfolio, thing) if _carrier(thing) is None else ()

        asked: tuple[Owner, ...] = (project,)
        found: dict[OrganisationId, Owner] = {}
        for thing in reached(asked, onward):
            if (body := _carrier(thing)) is not None:
                found.setdefault(body, thing)
        if not found:
            return self.scribe.missing(UNKNOWN)
        cells = [self.body(body) for body in found]
        text = self.scribe.say(_owned(items(*(cell.text for cell in cells)), next(iter(found.values()))))
        return evolve(cells[0], text=text, value=" ".join(cell.value or "" for cell in cells))

    def names(self, registry: str, identifiers: Collection[str], otherwise: Value = NONE) -> Cell:
        """Return the names of several things of one registry."""
        if not identifiers:
            return self.scribe.missing(otherwise)
        held = getattr(self.portfolio, registry)
        foreign = {self.scribe.name(held[identifier]).lang for identifier in identifiers}
        return Cell(
            text=self.scribe.say(items(*(Name.of(held[identifier]) for identifier in identifiers))),
            value=" ".join(sorted(identifiers)),
            lang=foreign.pop() if len(foreign) == 1 else "",
        )


def _owned(body: Value, by: Owner) -> Value:
    """Return the owner of a thing, and whether it is inherited from the plan above."""
    match by:
        case Reform():
            return message("{body} (by its reform)", body=body)
        case Programme():
            return message("{body} (by its programme)", body=body)
        case _:
            return body


def _carrier(thing: Owner) -> OrganisationId | None:
    """Return the organisation that owns a thing, else that of its lead: those by which `Portfolio.where` finds it."""
    return thing.lead.organisation_id if thing.owner_id is None and thing.lead is not None else thing.owner_id


def _by_indicator(items: Iterable[T]) -> Mapping[str, tuple[T, ...]]:
    found: dict[str, list[T]] = defaultdict(list)
    for item in items:
        found[item.indicator_id].append(item)
    return MappingProxyType({identifier: tuple(some) for identifier, some in found.items()})
