"""What a section is written from: a portfolio as known on a day, and the language to write in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Self, TypeVar, final

from attrs import evolve, frozen

from levier.compute.indicators.choices import month_of
from levier.compute.indicators.progress import Progress, progress_table
from levier.display.heads import NUMERIC, Head
from levier.display.pages import Cell, Column, Row, Section, Table
from levier.display.phrases import Phrase
from levier.display.scribe import Scribe
from levier.display.wording import Caption, Title
from levier.model.belonging import Owner, directly_above
from levier.model.identifiers import OrganisationId, SourceId
from levier.model.observations import Observation, ObservationKind
from levier.model.periods import Day
from levier.model.portfolio import Portfolio
from levier.model.programmes import ConfidenceRating, Lead, Programme, Project, Reform
from levier.model.registry import Registry
from levier.model.sources import Sourced
from levier.model.terms import Lang
from levier.model.territories import TerritoryLevel

__all__ = ["View"]

T = TypeVar("T", Observation, Progress)

_SHORT = 80
"""How long the reason of a rating may be to stand beside it."""


@final
@frozen(kw_only=True)
class View:
    """
    A portfolio as known on the day *as_of*, with the scribe that writes of it.

    *series* holds the observations known by then, *lines* how far each series has come, by indicator; *is_cut* says
    whether anything came later.
    """

    portfolio: Portfolio
    as_of: Day
    scribe: Scribe
    series: Mapping[str, tuple[Observation, ...]]
    lines: Mapping[str, tuple[Progress, ...]]
    is_cut: bool

    @classmethod
    def of(cls, portfolio: Portfolio, *, as_of: Day, lang: Lang) -> Self:
        """Return the view of a portfolio on a day."""
        known = portfolio.as_of(as_of)
        return cls(
            portfolio=known,
            as_of=as_of,
            scribe=Scribe(lang),
            series=_by_indicator(known.observations),
            lines=_by_indicator(progress_table(known, as_of=as_of)),
            is_cut=known is not portfolio,
        )

    def is_under_way(self, year: int) -> bool:
        """Say whether a calendar year was not over on the day: what it lacks is not yet missing."""
        return self.as_of < Day(year, 12, 31)

    def is_measured(self, indicator_id: str) -> bool:
        """Say whether an indicator has an actual value by the day, wherever it is."""
        return any(line.actual is not None for line in self.lines.get(indicator_id, ()))

    def target_years(self, indicator_id: str) -> list[int]:
        """Return the calendar years of which an indicator has a target, wherever it is."""
        rows = self.series.get(indicator_id, ())
        return sorted({month_of(row.period) // 12 for row in rows if row.kind is ObservationKind.TARGET})

    def absence(self, indicator_id: str) -> Observation | None:
        """Return the latest observation that says why an indicator was not measured, wherever it is."""
        rows = self.series.get(indicator_id, ())
        said = [row for row in rows if row.value is None and row.kind is ObservationKind.ACTUAL]
        return max(said, key=lambda row: row.period, default=None)

    def table(
        self,
        caption: Caption,
        heads: Iterable[Head],
        rows: Iterable[Row],
        *,
        about: str = "",
        notes: Iterable[str] = (),
        **values: str,
    ) -> Table:
        """Return a table under one of the captions; *about* tells apart two tables of one kind."""
        columns = [Column(id=head.value, label=self.scribe.say(head), numeric=head in NUMERIC) for head in heads]
        identifier = f"{caption.value}-{about}" if about else caption.value
        return Table(id=identifier, caption=self.scribe.say(caption, **values), columns=columns, rows=rows, notes=notes)

    def section(self, title: Title, tables: Iterable[Table], *, nothing: Phrase = Phrase.EMPTY) -> Section:
        """Return a section of the tables that have rows; the sentence *nothing* where none has."""
        shown = [table for table in tables if table.rows]
        if nothing is Phrase.EMPTY and self.is_cut:
            nothing = Phrase.NOTHING_KNOWN
        sentences = () if shown else (self.scribe.say(nothing),)
        return Section(id=title.value, title=self.scribe.say(title), sentences=sentences, tables=shown)

    def body(self, organisation_id: OrganisationId | None) -> Cell:
        """Return what a body was called on the day."""
        body = None if organisation_id is None else self.portfolio.organisations[organisation_id]
        return self.scribe.body(body, self.as_of)

    def place(self, territory_id: str) -> Cell:
        """Return the name of a territory; the nation has one even where the portfolio holds none."""
        held = self.portfolio.territories.get(territory_id)
        return self.scribe.term(TerritoryLevel.NATION) if held is None else self.scribe.name(held)

    def source(self, source_id: SourceId | None) -> Cell:
        """Return the document that says something: its publisher and its date where they are known, or its title."""
        if source_id is None:
            return self.scribe.missing(Phrase.UNKNOWN)
        source = self.portfolio.sources[source_id]
        return Cell(text=source.title, value=source.id)

    def caveat(self, fact: Sourced[Any], *texts: str) -> Cell:
        """Return what limits a sourced fact: *texts*, its scope, its caveat, its kind of source, its alternatives."""
        disputed = self.scribe.say(Phrase.DISPUTED) if fact.is_disputed else ""
        return self.scribe.reserved((*texts, fact.scope, fact.caveat, disputed), fact.reliability)

    def subject(self, path: str) -> Cell:
        """Return the name of what a path such as `indicators/waiting-time` leads to, or the path itself."""
        registry, _, rest = path.partition("/")
        held = getattr(self.portfolio, registry, None)
        if registry == "budget":
            return Cell(text=f"{self.scribe.say(Title.BUDGET)} {rest}", value=path)
        item = held.get(rest.partition("/")[0]) if isinstance(held, Registry) else None
        if not hasattr(item, "label"):
            return self.scribe.text(path)
        return evolve(self.scribe.name(item), value=path)

    def lead(self, lead: Lead | None) -> Cell:
        """Return who answers for something: a role in a body, and the person where one is named."""
        if lead is None:
            return self.scribe.missing(Phrase.NO_LEAD)
        phrase = Phrase.BY_PERSON if lead.person else Phrase.BY_ROLE
        named = {"person": lead.person, "role": lead.role, "body": self.body(lead.organisation_id).text}
        return self.scribe.text(self.scribe.say(phrase, **named))

    def rating(self, ratings: Iterable[ConfidenceRating]) -> Cell:
        """Return the latest national confidence rating said by the day."""
        said = [rating for rating in ratings if rating.territory_id is None and rating.on <= self.as_of]
        if not said:
            return self.scribe.missing(Phrase.NO_RATING)
        latest = max(said, key=lambda rating: rating.on)
        named = {"level": self.scribe.term(latest.level).text, "day": self.scribe.day(latest.on).text}
        text = self.scribe.say(Phrase.RATED, **named)
        if latest.because and len(latest.because) <= _SHORT:
            text = self.scribe.say(Phrase.RATED_BECAUSE, rated=text, because=latest.because)
        return Cell(text=text, value=f"{latest.level} {latest.on}")

    def owner(self, project: Project) -> Cell:
        """Return who carries a project: who it says, else who what it belongs to says, the nearest that does."""
        asked: list[Owner] = [project]
        found: dict[OrganisationId, Owner] = {}
        for thing in asked:  # grows while it is gone through, by what stands above and was not asked yet
            body = _carrier(thing)
            if body is None:
                asked += [one for one in directly_above(self.portfolio, thing) if one not in asked]
            else:
                found.setdefault(body, thing)
        if not found:
            return self.scribe.missing(Phrase.UNKNOWN)
        cells, phrase = [self.body(body) for body in found], _OWNED_BY.get(type(next(iter(found.values()))))
        names = ", ".join(cell.text for cell in cells)
        text = names if phrase is None else self.scribe.say(phrase, body=names)
        return evolve(cells[0], text=text, value=" ".join(cell.value or "" for cell in cells))

    def names(self, registry: str, identifiers: Collection[str], otherwise: Phrase = Phrase.NONE) -> Cell:
        """Return the names of several things of one registry."""
        if not identifiers:
            return self.scribe.missing(otherwise)
        held = getattr(self.portfolio, registry)
        cells = [self.scribe.name(held[identifier]) for identifier in identifiers]
        foreign = {cell.lang for cell in cells}
        return Cell(
            text=", ".join(cell.text for cell in cells),
            value=" ".join(sorted(identifiers)),
            lang=foreign.pop() if len(foreign) == 1 else "",
        )


_OWNED_BY: Mapping[type[Owner], Phrase] = MappingProxyType(
    {Reform: Phrase.OWNED_BY_REFORM, Programme: Phrase.OWNED_BY_PROGRAMME}
)
"""How it is said that what a thing belongs to carries it."""


def _carrier(thing: Owner) -> OrganisationId | None:
    """Return the body that owns a thing, else the one of its lead: those by which `Portfolio.where` finds it."""
    return thing.lead.organisation_id if thing.owner_id is None and thing.lead is not None else thing.owner_id


def _by_indicator(items: Iterable[T]) -> Mapping[str, tuple[T, ...]]:
    found: dict[str, list[T]] = defaultdict(list)
    for item in items:
        found[item.indicator_id].append(item)
    return MappingProxyType({identifier: tuple(some) for identifier, some in found.items()})
