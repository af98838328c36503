"""The registries that a portfolio and an excerpt have in common, one for each kind of thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeAlias, TypeVar

from attrs import Attribute, field, fields, frozen

from levier.errors import InvalidValueError
from levier.model._converters import typed
from levier.model._fields import all_of, hold_types, instance_of, refuse_second_init
from levier.model._immutable import Shared, summed
from levier.model.budget import BudgetProgramme
from levier.model.dimensions import Dimension
from levier.model.fund import Fund
from levier.model.indicators import Indicator
from levier.model.instruments import (
    AnyInstrument,
    Campus,
    CampusSession,
    CarteBlanche,
    ChallengeCall,
    CommunityHub,
    Consultation,
    InnovationLab,
    InnovationWeek,
)
from levier.model.levers import Lever, Method
from levier.model.objectives import Objective
from levier.model.observations import Observation, Observations
from levier.model.organisations import Organisation
from levier.model.programmes import Programme, Project, Reform
from levier.model.registry import Identified, Registry
from levier.model.sources import Source
from levier.model.surveys import Survey
from levier.model.territories import Territory

Noun: TypeAlias = (
    Source
    | Territory
    | Organisation
    | Objective
    | Lever
    | Method
    | Dimension
    | Indicator
    | Survey
    | Programme
    | Reform
    | Project
    | AnyInstrument
    | BudgetProgramme
    | Fund
)

NOUNS: Mapping[type[Any], str] = MappingProxyType(
    {
        Source: "sources",
        Territory: "territories",
        Organisation: "organisations",
        Objective: "objectives",
        Lever: "levers",
        Method: "methods",
        Dimension: "dimensions",
        Indicator: "indicators",
        Survey: "surveys",
        Programme: "programmes",
        Reform: "reforms",
        Project: "projects",
        CarteBlanche: "instruments",
        ChallengeCall: "instruments",
        InnovationWeek: "instruments",
        InnovationLab: "instruments",
        Campus: "instruments",
        CampusSession: "instruments",
        CommunityHub: "instruments",
        Consultation: "instruments",
        BudgetProgramme: "budget_programmes",
        Fund: "funds",
    }
)
"""The field that holds each class of things; observations have a table of their own."""


T = TypeVar("T", bound=Identified)


class RegistryOf(Generic[T]):
    """The converter of a registry: takes an iterable of things, a mapping by identifier, or a registry."""

    if TYPE_CHECKING:

        def __new__(cls, items: Iterable[T] | Mapping[str, T]) -> Registry[T]: ...  # type: ignore[misc]

    else:

        def __class_getitem__(cls, kind: Any) -> Callable[[Any], Any]:
            return typed(_as_registry, Iterable[kind] | Mapping[str, kind], Registry[kind])


def _as_registry(items: Iterable[Any]) -> Registry[Any]:
    if isinstance(items, Registry):
        return items
    return Registry(items.values() if isinstance(items, Mapping) else items)


def _only_its_noun(instance: object, attribute: Attribute[Any], value: Registry[Any]) -> None:
    for item in value.values():
        if NOUNS.get(type(item)) != attribute.name:
            raise InvalidValueError(
                type(instance).__name__, item, f"things that belong to {attribute.name}", attribute.name
            )


def _as_observations(rows: Iterable[Observation]) -> Observations:
    return rows if isinstance(rows, Observations) else Observations(rows)


hold_types(_as_observations)


@frozen(kw_only=True)
class Things(Shared):
    """One registry for each kind of thing, and the table of observations."""

    sources: Registry[Source] = field(factory=Registry, converter=RegistryOf[Source], validator=all_of(_only_its_noun))
    territories: Registry[Territory] = field(
        factory=Registry, converter=RegistryOf[Territory], validator=all_of(_only_its_noun)
    )
    organisations: Registry[Organisation] = field(
        factory=Registry, converter=RegistryOf[Organisation], validator=all_of(_only_its_noun)
    )
    objectives: Registry[Objective] = field(
        factory=Registry, converter=RegistryOf[Objective], validator=all_of(_only_its_noun)
    )
    levers: Registry[Lever] = field(factory=Registry, converter=RegistryOf[Lever], validator=all_of(_only_its_noun))
    methods: Registry[Method] = field(factory=Registry, converter=RegistryOf[Method], validator=all_of(_only_its_noun))
    dimensions: Registry[Dimension] = field(
        factory=Registry, converter=RegistryOf[Dimension], validator=all_of(_only_its_noun)
    )
    indicators: Registry[Indicator] = field(
        factory=Registry, converter=RegistryOf[Indicator], validator=all_of(_only_its_noun)
    )
    surveys: Registry[Survey] = field(factory=Registry, converter=RegistryOf[Survey], validator=all_of(_only_its_noun))
    programmes: Registry[Programme] = field(
        factory=Registry, converter=RegistryOf[Programme], validator=all_of(_only_its_noun)
    )
    reforms: Registry[Reform] = field(factory=Registry, converter=RegistryOf[Reform], validator=all_of(_only_its_noun))
    projects: Registry[Project] = field(
        factory=Registry, converter=RegistryOf[Project], validator=all_of(_only_its_noun)
    )
    instruments: Registry[AnyInstrument] = field(
        factory=Registry, converter=RegistryOf[AnyInstrument], validator=all_of(_only_its_noun)
    )
    budget_programmes: Registry[BudgetProgramme] = field(
        factory=Registry, converter=RegistryOf[BudgetProgramme], validator=all_of(_only_its_noun)
    )
    funds: Registry[Fund] = field(factory=Registry, converter=RegistryOf[Fund], validator=all_of(_only_its_noun))
    observations: Observations = field(
        factory=Observations, converter=_as_observations, validator=instance_of(Observations)
    )

    def __attrs_pre_init__(self) -> None:
        """Refuse a second `__init__`."""
        refuse_second_init(self, "sources")

    @classmethod
    def of(cls, *items: Noun | Observation) -> Self:
        """
        Return the holder of these things, given in any order.

        Raises:
            InvalidValueError: If one of them cannot be held by a portfolio.
            DuplicateItemsError: If two things of one registry share an identifier.
        """
        return cls(**sorted_out(items, cls.__name__))

    def registries(self) -> dict[str, Registry[Any]]:
        """Return the registries by the names of their fields, in the order of the fields."""
        names = [attribute.name for attribute in fields(type(self)) if attribute.name != "observations"]
        return {name: getattr(self, name) for name in names}

    def __repr__(self) -> str:
        counts = {name: len(registry) for name, registry in self.registries().items()}
        counts["observations"] = len(self.observations)
        return summed(type(self).__name__, counts)

    def __contains__(self, item: object) -> bool:
        """
        Return whether an equal thing is held; to test an identifier, use a registry.

        Raises:
            InvalidValueError: If *item* is not a thing of a portfolio, such as an identifier; names the registry.
        """
        if isinstance(item, str):
            names = [name for name, registry in self.registries().items() if item in registry] or ["projects"]
            instead = " or ".join(f"{item!r} in portfolio.{name}" for name in names)
            raise InvalidValueError(type(self).__name__, item, f"a thing, such as a Project; write {instead}")
        if type(item) is Observation:
            return item in self.observations
        held = getattr(self, NOUNS.get(type(item), ""), None)
        return held is not None and held.get(getattr(item, "id", None)) == item

    def __iter__(self) -> Iterator[Noun | Observation]:
        """Iterate over all things, registry by registry, then over the observations: `of(*it)` equals it."""
        registered = chain.from_iterable(registry.values() for registry in self.registries().values())
        return chain(registered, self.observations)


def sorted_out(items: Iterable[Any], holder: str) -> dict[str, list[Any]]:
    """
    Return things grouped by the field that holds them.

    Raises:
        InvalidValueError: If one of them cannot be held by a portfolio; *holder* is the subject of the message.
    """
    found: dict[str, list[Any]] = defaultdict(list)
    for item in items:
        name = "observations" if type(item) is Observation else NOUNS.get(type(item))
        if name is None:
            raise InvalidValueError(holder, item, "things a portfolio holds, such as a Project or a Lever")
        found[name].append(item)
    return found
