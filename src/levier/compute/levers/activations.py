"""Activations of levers: the owner, the territories, the start, the stated cost, and the methods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from attrs import evolve, field, frozen

from levier.compute._types import asked, by_type
from levier.compute.statements.known import known
from levier.errors.final import final
from levier.model.belonging import Owner, owner_path
from levier.model.identifiers import LeverId, MethodId, TerritoryId
from levier.model.levers import LeverActivation
from levier.model.money import Euros
from levier.model.periods import Day, DayLike, Precision
from levier.model.portfolio import Portfolio
from levier.model.programmes import Project
from levier.model.sources import Sourced
from levier.wording.explained import Explained
from levier.wording.messages import Detailed, Message, about, clauses, items, message
from levier.wording.said import Said, Value
from levier.wording.values import Name

__all__ = ["Activation", "activations_of", "levers_of_reforms", "owners_of"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class Activation(Explained):
    """
    One activation of a lever by *owner*; *path* is the path of the activation in the portfolio.

    *stated* is the `LeverActivation`; `None` where the owner only names the lever, so that its territories, cost and
    methods are unknown.
    *owner_since* is the day on which the owner began: a project with its first step, or else its calendar; a reform or
    a programme with its calendar.
    *place_names*, *method_names* and *source_name* are the names of the territories, the methods and the source of the
    cost; where they are empty, the identifiers are shown.

    Attributes:
        lever: The name of the lever.

    >>> from levier import Lever
    >>> lever, project = Lever(id="digital", label="Digital"), Project(id="p", label="P", lever_ids=["digital"])
    >>> (activation,) = activations_of(Portfolio.of(lever, project))
    >>> activation.path, activation.territory_ids, activation.explain("en")
    ('projects/p/lever_ids/digital', (), 'Digital: activated by P; no further details')
    """

    lever: Name
    owner: Name
    path: str
    stated: LeverActivation | None = None
    owner_since: Day | None = None
    place_names: tuple[Name, ...] = field(default=(), eq=False, repr=False)
    method_names: tuple[Name, ...] = field(default=(), eq=False, repr=False)
    source_name: Name | None = field(default=None, eq=False, repr=False)

    @property
    def owner_path(self) -> str:
        """The path of the owner in the portfolio."""
        return "/".join(self.path.split("/")[:2])

    @property
    def since(self) -> Day | None:
        """
        The day on which the activation began, else the day on which its owner did; `None` where neither is known.

        An activation dated to a month or a year counts from the last day of it.
        """
        if self.stated is not None and self.stated.period is not None:
            period = self.stated.period
            return period.known_from if period.precision is Precision.INTERVAL else period.known_by
        return self.owner_since

    @property
    def not_before(self) -> Day | None:
        """The first day on which it may have begun: earlier than *since* where only a month or a year is known."""
        if self.stated is not None and self.stated.period is not None:
            return self.stated.period.first_day or Day(1, 1, 1)
        return self.since

    @property
    def is_dated(self) -> bool:
        """Whether the activation has a period of its own."""
        return self.stated is not None and self.stated.period is not None

    @property
    def territory_ids(self) -> tuple[TerritoryId, ...]:
        """The identifiers of its territories; empty where they are unknown."""
        return () if self.stated is None else self.stated.territory_ids

    @property
    def cost(self) -> Sourced[Euros] | None:
        """The cost of the activation, as a source states it; `None` where none does."""
        return None if self.stated is None else self.stated.cost

    @property
    def method_ids(self) -> tuple[MethodId, ...]:
        """The identifiers of its methods, as far as they are known."""
        return () if self.stated is None else self.stated.method_ids

    @property
    def name(self) -> Detailed:
        """The name of the activation: its owner, its lever, and its territories as far as they are known."""
        return Detailed(self.owner, (self.lever, *self._places))

    @property
    def message(self) -> Said:
        """The owner, the start, the territories, the cost and the methods, as far as they are known."""
        return about(
            clauses(message("activated by {owner}", owner=self.owner), self._since(), *self._stated()), self.lever
        )

    @property
    def _places(self) -> tuple[Value, ...]:
        return self.place_names or self.territory_ids

    def _since(self) -> Message | None:
        if self.since is None:
            return None
        if self.is_dated:
            return message("since {day}", day=self.since)
        return message("since {day} (start of {owner})", day=self.since, owner=self.owner)

    def _stated(self) -> Iterator[Said]:
        if self.stated is None:
            yield message("no further details")
            return
        yield items(*self._places)
        yield self._cost()
        yield items(*(self.method_names or self.method_ids))

    def _cost(self) -> Message:
        if self.cost is None:
            return message("cost not stated")
        return message("{cost} ({source})", cost=self.cost.value, source=self.source_name or self.cost.source_id)


@asked
def activations_of(
    portfolio: Portfolio, lever_id: str | None = None, *, as_of: DayLike | None = None
) -> tuple[Activation, ...]:
    """
    Return the activations of a lever, or of all levers: those of programmes, then of reforms, then of projects.

    An owner may state several activations of one lever, such as one for each territory. The activations of sub-levers
    are not included.
    *as_of* is the day of knowledge; `None` uses everything recorded.

    Raises:
        UnknownItemError: For a lever that the portfolio does not hold.
        InvalidValueError: If *as_of* is not a valid date.

    >>> from levier import Lever, Territory
    >>> digital = Lever(id="digital", label="Digital")
    >>> project = Project(id="p", label="P").with_activations(LeverActivation(lever_id="digital", territory_ids=["46"]))
    >>> held = Portfolio.of(digital, project, Territory(id="46", label="Lot"))
    >>> [activation.territory_ids for activation in activations_of(held, "digital")]
    [('46',)]
    """
    portfolio = known(portfolio, as_of)
    wanted = None if lever_id is None else portfolio.levers[lever_id].id
    return tuple(activation for activation in _all(portfolio) if wanted is None or activation.lever.id == wanted)


def _all(portfolio: Portfolio) -> Iterator[Activation]:
    levers = {lever.id: Name.of(lever) for lever in portfolio.levers.values()}
    for owner in owners_of(portfolio):
        if owner.lever_ids:
            yield from _of_owner(portfolio, owner, levers)


def owners_of(portfolio: Portfolio) -> Iterator[Owner]:
    """
    Yield the things that can activate levers: the programmes, then the reforms, then the projects.

    >>> list(owners_of(Portfolio()))
    []
    """
    yield from portfolio.programmes.values()
    yield from portfolio.reforms.values()
    yield from portfolio.projects.values()


def _of_owner(portfolio: Portfolio, owner: Owner, levers: Mapping[LeverId, Name]) -> Iterator[Activation]:
    """Yield the activations of an owner, lever by lever in the order in which it names them."""
    stated: dict[str, list[tuple[str, LeverActivation]]] = defaultdict(list)
    for place, activation in enumerate(owner.activations):
        stated[activation.lever_id].append((f"activations/{place}", activation))
    path, name, since = owner_path(owner), Name.of(owner), _began(owner)
    for lever_id in owner.lever_ids:
        bare = Activation(lever=levers[lever_id], owner=name, path=f"{path}/lever_ids/{lever_id}", owner_since=since)
        if lever_id not in stated:
            yield bare
        for step, activation in stated.get(lever_id, ()):
            yield _stated(portfolio, bare, f"{path}/{step}", activation)


def _stated(portfolio: Portfolio, bare: Activation, path: str, stated: LeverActivation) -> Activation:
    """Return an activation with its stated facts, and their names."""
    return evolve(
        bare,
        path=path,
        stated=stated,
        place_names=tuple(Name.of(portfolio.territories[one]) for one in stated.territory_ids),
        method_names=tuple(Name.of(portfolio.methods[one]) for one in stated.method_ids),
        source_name=None if stated.cost is None else Name.of(portfolio.sources[stated.cost.source_id]),
    )


def _began(owner: Owner) -> Day | None:
    if isinstance(owner, Project) and owner.steps:
        return owner.steps[0].on
    return None if owner.calendar is None else owner.calendar.first_day


def levers_of_reforms(portfolio: Portfolio) -> Mapping[str, frozenset[LeverId]]:
    """
    Return the levers that each reform activates, itself or through one of its projects.

    >>> from levier import Lever, Reform
    >>> digital, reform = Lever(id="digital", label="Digital"), Reform(id="r", label="R")
    >>> project = Project(id="p", label="P", reform_id="r", lever_ids=["digital"])
    >>> levers_of_reforms(Portfolio.of(digital, reform, project))
    {'r': frozenset({'digital'})}
    """
    named: dict[str, set[LeverId]] = {reform.id: set(reform.lever_ids) for reform in portfolio.reforms.values()}
    for project in portfolio.projects.values():
        if project.reform_id is not None:
            named[project.reform_id].update(project.lever_ids)
    return {name: frozenset(levers) for name, levers in named.items()}
