"""The portfolio: one registry for each kind of thing, all references resolved; and excerpts, parts of a portfolio."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Self

from attrs import evolve, fields, frozen

from levier._remembering import Remembering
from levier.errors import DanglingReference, DanglingReferenceError
from levier.errors.final import final
from levier.model._as_known import as_known
from levier.model._things import NOUNS, Noun, Things, sorted_out
from levier.model._where import Criterion, closed_over, in_phase, matching, of_lever, of_ministry, of_territory
from levier.model.dimensions import Dimension
from levier.model.lifecycle import Phase
from levier.model.lifetimes import existed_on, lifetimes
from levier.model.observations import Observation
from levier.model.organisations import Organisation
from levier.model.periods import Day, DayLike, parse_day
from levier.model.references import find_references, referenced, with_missing
from levier.model.registry import Registry
from levier.model.territories import Territory, TerritoryLevel

__all__ = ["NOUNS", "Excerpt", "Noun", "Portfolio"]


@final
@frozen(kw_only=True, repr=False)
class Portfolio(Things):
    """
    All that is known of a transformation: one registry for each kind of thing, and the table of observations.

    Two portfolios are equal if they hold equal things, whatever the order in which these were given.

    Attributes:
        sources: The documents that state the facts.
        territories: The nation, its regions, departments and municipalities, and others that a plan needs.
        organisations: The public bodies, such as ministries, agencies and local authorities.
        objectives: The strategies and objectives that indicators measure.
        levers: The levers of transformation, which form a tree.
        methods: The ways of working, such as design.
        dimensions: The dimensions that values are broken down by, such as sex or age, with their codes.
        indicators: The definitions of the indicators, without their values.
        surveys: The surveys, with their results.
        programmes: The programmes of transformation.
        reforms: The reforms.
        projects: The projects.
        instruments: The territorial instruments, such as a Carte blanche or an innovation week.
        budget_programmes: The programmes of the State budget, with their lines.
        funds: The funds, with their calls, awards and journals.
        observations: The values of the indicators, by territory and period.

    Raises:
        DanglingReferenceError: If any reference leads to a thing that the portfolio does not hold; lists all of them.
        DuplicateItemsError: If two things of one registry share an identifier.

    >>> from levier import Lever, Project
    >>> plan = Portfolio.of(Lever(id="digital", label="Digital"), Project(id="p", label="P", lever_ids=["digital"]))
    >>> plan.projects["p"].lever_ids
    ('digital',)
    >>> Portfolio.of(Project(id="p", label="P", lever_ids=["digital"], owner_id="dinum"))
    Traceback (most recent call last):
        ...
    levier.errors.DanglingReferenceError: 2 dangling reference(s); add what they name or remove them:
      projects['p'].owner_id names 'dinum', which is not in organisations
      projects['p'].lever_ids[0] names 'digital', which is not in levers
    """

    def __attrs_post_init__(self) -> None:
        """Resolve every reference."""
        self._resolve(self)

    @classmethod
    def of(cls, *items: Noun | Observation) -> Self:
        """
        Return the portfolio of these things, given in any order.

        Raises:
            InvalidValueError: If one of them cannot be held by a portfolio.
            DanglingReferenceError: If any reference leads to a thing that is not among them.
            DuplicateItemsError: If two things of one registry share an identifier.
        """
        return super().of(*items)

    def with_(self, *items: Noun | Observation) -> Self:
        """
        Return this portfolio with *items* added; an item replaces the one with the same identifier or key.

        Unchanged registries are shared with this portfolio, and only the references of *items* are resolved again.

        Raises:
            InvalidValueError: If one of them cannot be held by a portfolio.
            DanglingReferenceError: If any reference of *items* leads to a thing that is not there.
            DuplicateItemsError: If two of *items* share an identifier.
        """
        made = self._replacing(
            {name: getattr(self, name).with_(*new) for name, new in sorted_out(items, "Portfolio").items()}
        )
        made._resolve(items)  # noqa: SLF001  # its own class; nothing was removed, so older references still hold
        return made

    def without(self, *items: Noun | Observation) -> Self:
        """
        Return this portfolio without the things that have the identifiers or keys of *items*.

        Raises:
            UnknownItemError: If the portfolio does not hold one of them.
            DanglingReferenceError: If a remaining thing refers to one of them.
        """
        changed: dict[str, Any] = {}
        for name, gone in sorted_out(items, "Portfolio").items():
            keys = gone if name == "observations" else [item.id for item in gone]
            changed[name] = getattr(self, name).without(*keys)
        return evolve(self, **changed)

    def as_of(self, day: DayLike) -> Portfolio:
        """
        Return this portfolio as it was known on *day*; the portfolio itself if nothing became known later.

        A thing is known from the publication of the first document that states it, or, if no such document is dated,
        from its own date (see `levier.model.dating.known_since`). A thing without any date is kept.
        A thing that refers to an excluded one loses the reference or, if the reference is required, is excluded too.
        Bodies and territories have the name of the day, and a territory that began later is excluded with its values.
        Every function that takes a portfolio and `as_of` calls this method first; the last few results are cached.

        Raises:
            InvalidValueError: If *day* is not a valid date.

        >>> from levier.model.sources import Source
        >>> plan = Portfolio.of(Source(id="a", title="A", published_on="2018"), Source(id="b", title="B"))
        >>> list(plan.as_of("2018-06-01").sources)
        ['b']
        """
        return _known(self, day if type(day) is Day else parse_day(day))

    def where(
        self,
        *,
        ministry_id: str | None = None,
        lever_id: str | None = None,
        territory_id: str | None = None,
        phase: Phase | str | None = None,
    ) -> Self:
        """
        Return the programmes, reforms, projects and instruments that meet all criteria, with everything they refer to.

        *ministry_id* is an organisation that owns, leads or initiated them, or one above it in the tree.
        *lever_id* is a lever that they activate, or one above it; *territory_id* a territory that they are in, or one
        around it; *phase* a phase of projects.
        A project that lacks the property takes it from its reform, a reform from its programmes.
        The observations of their indicators are kept; with *territory_id*, only those within or above that territory.
        A fund is kept only if something refers to it. Without any criterion, return the portfolio itself.

        Raises:
            UnknownItemError: If the portfolio does not hold the organisation, the lever or the territory.
            InvalidValueError: If *phase* is not a phase.

        >>> from levier import Lever, Project
        >>> plan = Portfolio.of(
        ...     Lever(id="digital", label="Digital"),
        ...     Project(id="a", label="A", lever_ids=["digital"]),
        ...     Project(id="b", label="B"),
        ... )
        >>> list(plan.where(lever_id="digital").projects), list(plan.where(phase="framing").projects)
        (['a'], ['a', 'b'])
        """
        held = self.registries()
        criteria: list[Criterion] = []
        if ministry_id is not None:
            criteria.append(of_ministry(held, ministry_id))
        if lever_id is not None:
            criteria.append(of_lever(held, lever_id))
        if territory_id is not None:
            criteria.append(of_territory(held, territory_id))
        if phase is not None:
            criteria.append(in_phase(phase))
        if not criteria:
            return self
        return type(self)(**closed_over(matching(self, criteria), held, self.observations, territory_id))

    def successors(self, organisation_id: str) -> tuple[Organisation, ...]:
        """Return the organisations that name this one among their predecessors."""
        found = self.organisations[organisation_id]
        return tuple(body for body in self.organisations.values() if found.id in body.predecessor_ids)

    def territory_successors(self, territory_id: str) -> tuple[Territory, ...]:
        """Return the other territories that name this one among the predecessors of a succession."""
        found = self.territories[territory_id]
        return tuple(place for place in self.territories.values() if found.id in place.predecessor_ids)

    def territories_on(self, day: DayLike, *, level: TerritoryLevel | str | None = None) -> tuple[Territory, ...]:
        """
        Return the territories that existed on *day*, of one level where it is given; see `levier.model.lifetimes`.

        A territory without a period that nothing succeeds and that succeeds nothing always existed.

        Raises:
            InvalidValueError: If *day* is not a valid date, or *level* is not a level.

        >>> from levier.plans import Succession
        >>> merger = Succession(on="2017-01-01", predecessor_ids=["74010", "74268"])
        >>> annecy = Territory(id="74010", label="Annecy", successions=[merger])
        >>> plan = Portfolio.of(annecy, Territory(id="74268", label="Seynod"))
        >>> [[place.label for place in plan.territories_on(day)] for day in ("2016-12-31", "2017-01-01")]
        [['Annecy', 'Seynod'], ['Annecy']]
        """
        asked, wanted = parse_day(day), None if level is None else TerritoryLevel(level)
        lived = lifetimes(self.territories)
        existing = (place for place in self.territories.values() if existed_on(lived, place.id, asked))
        return tuple(place for place in existing if wanted is None or place.level is wanted)

    def _replacing(self, changed: Mapping[str, Any]) -> Self:
        """Return a copy with some registries replaced; the caller resolves their references."""
        made = object.__new__(type(self))
        for attribute in fields(type(self)):
            object.__setattr__(made, attribute.name, changed.get(attribute.name, getattr(self, attribute.name)))
        return made

    def _resolve(self, items: Iterable[Any]) -> None:
        """Raise if any reference of *items* dangles, or if a breakdown names a code that its dimension lacks."""
        held, given = self.registries(), tuple(items)
        wanted = referenced(given)
        if any(identifier not in held[name] for name, identifiers in wanted.items() for identifier in identifiers):
            raise DanglingReferenceError(tuple(_dangling(given, held)))
        if not self.dimensions:
            return
        # A dimension that is given may replace one with more codes, so then all breakdowns are resolved.
        rows = self.observations if any(type(item) is Dimension for item in given) else given
        if unknown := tuple(_unknown_codes(rows, self.dimensions)):
            raise DanglingReferenceError(unknown)


def _cut(whole: Portfolio, day: Day) -> Portfolio:
    changed: dict[str, Any] = as_known(whole.registries(), whole.observations, day)
    if not changed:
        return whole
    made = evolve(whole, **changed)
    _known.keep(made, day, made)  # the cut of a cut on the same day is itself
    return made


_known: Remembering[Portfolio, Day, Portfolio] = Remembering(_cut)


def _unknown_codes(items: Iterable[Any], dimensions: Registry[Dimension]) -> Iterator[DanglingReference]:
    for row in items:
        for place, one in enumerate(row.breakdown if type(row) is Observation else ()):
            if dimensions[one.dimension_id].code(one.code) is None:
                where = f"dimensions[{one.dimension_id!r}].codes"
                yield DanglingReference(f"{_owner(row)}.breakdown[{place}].code", one.code, where)


def _owner(item: Any) -> str:
    if isinstance(item, Observation):
        return f"observations[{' '.join(item.key)!r}]"
    return f"{NOUNS[type(item)]}[{item.id!r}]"


def _dangling(items: Sequence[Any], held: Mapping[str, Registry[Any]]) -> Iterator[DanglingReference]:
    for item in map(items.__getitem__, with_missing(items, held)):
        owner = _owner(item)
        for path, target, registry in find_references(item):
            if target not in held[registry]:
                steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
                yield DanglingReference(owner + "".join(steps), target, registry)


@final
@frozen(kw_only=True, repr=False)
class Excerpt(Things):
    """
    A part of a portfolio, whose references may lead out of it.

    It has the fields of a `Portfolio` but resolves no references: the things that its own refer to may be missing.

    Raises:
        DuplicateItemsError: If two things of one registry share an identifier.

    >>> from levier import Project
    >>> Excerpt.of(Project(id="p", label="P", lever_ids=["digital"])).levers
    <Registry: empty>
    """
