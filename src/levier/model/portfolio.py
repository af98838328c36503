"""The portfolio: one registry a noun, and no reference that leads nowhere; and excerpts, some of its things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self, TypeVar, final

from attrs import evolve, fields, frozen

from levier.errors import DanglingReference, DanglingReferenceError
from levier.model._as_known import as_known, remembered
from levier.model._things import NOUNS, Noun, Things, sorted_out
from levier.model._where import Criterion, closed_over, in_phase, matching, of_lever, of_ministry, of_territory
from levier.model.lifecycle import Phase
from levier.model.observations import Observation
from levier.model.organisations import Organisation
from levier.model.periods import Day, DayLike, parse_day
from levier.model.references import find_references, referenced
from levier.model.registry import Registry

__all__ = ["NOUNS", "Excerpt", "Noun", "Portfolio"]

P = TypeVar("P", bound="Portfolio")


@final
@frozen(kw_only=True, repr=False)
class Portfolio(Things):
    """
    Everything one knows of a transformation: one registry a noun, and the table of observations.

    Equal portfolios hold equal things, in whatever order they were given.

    Attributes:
        sources: The sources.
        territories: The territories.
        organisations: The organisations.
        objectives: The objectives.
        levers: The levers.
        methods: The methods.
        indicators: The indicators.
        surveys: The surveys.
        programmes: The programmes.
        reforms: The reforms.
        projects: The projects.
        instruments: The territorial instruments.
        budget_programmes: The budget programmes.
        funds: The funds.
        observations: The observations.

    Raises:
        DanglingReferenceError: If anything refers to what the portfolio does not hold; all such references at once.
        DuplicateItemsError: If two things of one noun share an identifier.

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
        Return the portfolio of these things, in any order.

        Raises:
            InvalidValueError: If one of them is nothing that a portfolio holds.
            DanglingReferenceError: If anything refers to what is not among them.
            DuplicateItemsError: If two of one noun share an identifier.
        """
        return super().of(*items)

    def with_(self, *items: Noun | Observation) -> Self:
        """
        Return this portfolio with *items* added, each in the place of what bears its identifier or key.

        What does not change is shared with this portfolio, and only the references of *items* are resolved.

        Raises:
            InvalidValueError: If one of them is nothing that a portfolio holds.
            DanglingReferenceError: If anything refers to what is not there.
            DuplicateItemsError: If two of *items* share an identifier.
        """
        made = self._replacing(
            {name: getattr(self, name).with_(*new) for name, new in sorted_out(items, "Portfolio").items()}
        )
        made._resolve(items)  # noqa: SLF001  # its own class; what was there before refers to nothing that has gone
        return made

    def without(self, *items: Noun | Observation) -> Self:
        """
        Return this portfolio without what bears the identifiers or the keys of *items*.

        Raises:
            UnknownItemError: If nothing bears one of them.
            DanglingReferenceError: If something that stays refers to them.
        """
        changed: dict[str, Any] = {}
        for name, gone in sorted_out(items, "Portfolio").items():
            keys = gone if name == "observations" else [item.id for item in gone]
            changed[name] = getattr(self, name).without(*keys)
        return evolve(self, **changed)

    def as_of(self, day: DayLike) -> Self:
        """
        Return this portfolio as it was known on a day; the portfolio itself where that was everything.

        A thing was known once a document that states it was published, or else since its own date
        (`levier.model.dating.known_since` says which); what nothing dates stays.
        What refers to something left out loses the reference, or is left out where it cannot be without it.
        Every function that takes a portfolio and `as_of` asks this portfolio first; the last few answers are kept.

        Raises:
            InvalidValueError: If *day* is not a valid date.

        >>> from levier.model.sources import Source
        >>> plan = Portfolio.of(Source(id="a", title="A", published_on="2018"), Source(id="b", title="B"))
        >>> list(plan.as_of("2018-06-01").sources)
        ['b']
        """
        return remembered(self, parse_day(day), _cut)

    def where(
        self,
        *,
        ministry_id: str | None = None,
        lever_id: str | None = None,
        territory_id: str | None = None,
        phase: Phase | str | None = None,
    ) -> Self:
        """
        Return the programmes, reforms, projects and instruments that are all that is asked, with all they refer to.

        *ministry_id* is a body that owns, leads or initiated them, or one above it; *lever_id* one that they activate,
        or one above it; *territory_id* where they are, or what lies around it; *phase* that of projects.
        What a project does not say it has from its reform, a reform from its programmes.
        The observations of their indicators come along: with *territory_id*, those within it and above it.
        A fund stays out, unless something refers to it. Without any criterion it is the portfolio itself.

        Raises:
            UnknownItemError: If the portfolio holds no such body, lever or territory.
            InvalidValueError: For a phase that there is not.

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
        """Return the bodies that succeed this one."""
        found = self.organisations[organisation_id]
        return tuple(body for body in self.organisations.values() if found.id in body.predecessor_ids)

    def _replacing(self, changed: Mapping[str, Any]) -> Self:
        """Return a copy in which some registries are others, whose references have yet to be resolved."""
        made = object.__new__(type(self))
        for attribute in fields(type(self)):
            object.__setattr__(made, attribute.name, changed.get(attribute.name, getattr(self, attribute.name)))
        return made

    def _resolve(self, items: Iterable[Any]) -> None:
        """Refuse what of *items* refers to what is not here."""
        held, given = self.registries(), tuple(items)
        wanted = referenced(given)
        if any(identifier not in held[name] for name, identifiers in wanted.items() for identifier in identifiers):
            raise DanglingReferenceError(tuple(_dangling(given, held)))


def _cut(whole: P, day: Day) -> P:
    changed: dict[str, Any] = as_known(whole.registries(), whole.observations, day)
    return evolve(whole, **changed) if changed else whole


def _dangling(items: Iterable[Any], held: Mapping[str, Registry[Any]]) -> Iterator[DanglingReference]:
    for item in items:
        place = f"observations[{' '.join(item.key)!r}]" if isinstance(item, Observation) else ""
        owner = place or f"{NOUNS[type(item)]}[{item.id!r}]"
        for path, target, registry in find_references(item):
            if target not in held[registry]:
                steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
                yield DanglingReference(owner + "".join(steps), target, registry)


@final
@frozen(kw_only=True, repr=False)
class Excerpt(Things):
    """
    Some of the things of a portfolio, whose references may lead out of it.

    It has the fields of a `Portfolio`, and promises less: what its things refer to need not be there.

    Raises:
        DuplicateItemsError: If two things of one noun share an identifier.

    >>> from levier import Project
    >>> Excerpt.of(Project(id="p", label="P", lever_ids=["digital"])).levers
    <Registry: empty>
    """
