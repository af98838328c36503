"""Levers pulled: by which programme, reform or project, where, since when, at what stated cost, by which methods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import final

from attrs import field, frozen

from levier.compute._wording import colon, day, euros, label_of
from levier.compute.indicators.explanations import joined
from levier.compute.plan.agreement import called
from levier.compute.statements.known import known
from levier.model.belonging import Owner, path_of
from levier.model.identifiers import LeverId, MethodId, TerritoryId
from levier.model.levers import Lever, LeverPull
from levier.model.money import Euros
from levier.model.periods import Day, DayLike, Precision
from levier.model.portfolio import Portfolio
from levier.model.programmes import Project
from levier.model.sources import Sourced
from levier.model.terms import Lang

__all__ = ["Pull", "levers_of_reforms", "names_of", "pulls_of"]

_REGISTRIES = ("programmes", "reforms", "projects")


@final
@frozen(kw_only=True)
class Pull:
    """
    One pull of a lever; *owner* is what pulls it, *path* where the pull stands in the portfolio.

    *stated* is what is said of the pull, `None` where the owner names the lever and says no more: then nothing is known
    of where, at what cost and by which methods.
    *portfolio* is where it was found: sentences take from it what territories, methods and sources are called.

    >>> lever, project = Lever(id="digital", label="Digital"), Project(id="p", label="P", lever_ids=["digital"])
    >>> (pull,) = pulls_of(Portfolio.of(lever, project))
    >>> pull.path, pull.territory_ids, pull.explain("en")
    ('projects/p/lever_ids/digital', (), 'Digital: pulled by P; nothing more is known')
    """

    lever: Lever
    owner: Owner
    path: str
    stated: LeverPull | None = None
    portfolio: Portfolio | None = field(default=None, eq=False, repr=False)

    @property
    def owner_path(self) -> str:
        """Where the owner stands in the portfolio."""
        return "/".join(self.path.split("/")[:2])

    @property
    def since(self) -> Day | None:
        """
        The day on which the pull began, else the day on which its owner did; `None` where neither is known.

        A pull of some day of a month or a year, which says no more, counts from the last day of it.
        A project begins with its first step, else with its calendar; a reform or a programme with its calendar.
        """
        if self.stated is not None and self.stated.period is not None:
            period = self.stated.period
            return period.first_day if period.precision is Precision.INTERVAL else period.known_by
        if isinstance(self.owner, Project) and self.owner.steps:
            return self.owner.steps[0].on
        return None if self.owner.calendar is None else self.owner.calendar.first_day

    @property
    def not_before(self) -> Day | None:
        """The first day on which it may have begun: earlier than *since* where only a month or a year is known."""
        if self.stated is not None and self.stated.period is not None:
            return self.stated.period.first_day
        return self.since

    @property
    def is_dated(self) -> bool:
        """Whether the pull has a period of its own."""
        return self.stated is not None and self.stated.period is not None

    @property
    def territory_ids(self) -> tuple[TerritoryId, ...]:
        """Where it is pulled; empty where that is not said."""
        return () if self.stated is None else self.stated.territory_ids

    @property
    def cost(self) -> Sourced[Euros] | None:
        """What the pull costs, as a source states it; `None` where none does."""
        return None if self.stated is None else self.stated.cost

    @property
    def method_ids(self) -> tuple[MethodId, ...]:
        """By which methods it is pulled, as far as that is known."""
        return () if self.stated is None else self.stated.method_ids

    def named(self, lang: Lang) -> str:
        """Name the pull by what pulls it, its lever and where it is pulled, as far as that is known."""
        places = self._names("territories", self.territory_ids, lang)
        return f"{label_of(self.owner, lang)} ({', '.join((label_of(self.lever, lang), *places))})"

    def explain(self, lang: Lang) -> str:
        """Say who pulls the lever, since when, where, at what cost and by which methods, as far as it is known."""
        words = ("actionné par", "on n’en sait pas plus") if lang == "fr" else ("pulled by", "nothing more is known")
        known = (self._since(lang), self._where(lang), self._cost(lang), self._methods(lang))
        parts = known if self.stated is not None else (self._since(lang), words[1])
        return f"{label_of(self.lever, lang)}{colon(lang)}" + joined(
            (f"{words[0]} {label_of(self.owner, lang)}", *parts), lang
        )

    def _since(self, lang: Lang) -> str:
        if self.since is None:
            return ""
        said = f"{'depuis le' if lang == 'fr' else 'since'} {day(self.since, lang)}"
        owners = " (début du porteur)" if lang == "fr" else " (the start of what pulls it)"
        return said if self.is_dated else said + owners

    def _where(self, lang: Lang) -> str:
        return ", ".join(self._names("territories", self.territory_ids, lang))

    def _methods(self, lang: Lang) -> str:
        return ", ".join(self._names("methods", self.method_ids, lang))

    def _names(self, registry: str, identifiers: Iterable[str], lang: Lang) -> list[str]:
        return [called(self.portfolio, registry, identifier, lang) for identifier in identifiers]

    def _cost(self, lang: Lang) -> str:
        if self.cost is None:
            return "coût non énoncé" if lang == "fr" else "no stated cost"
        return f"{euros(self.cost.value, lang)} ({called(self.portfolio, 'sources', self.cost.source_id, lang)})"


def pulls_of(portfolio: Portfolio, lever_id: str | None = None, *, as_of: DayLike | None = None) -> tuple[Pull, ...]:
    """
    Return every pull of a lever, or of all levers: those of programmes, then of reforms, then of projects.

    An owner may state several pulls of one lever, such as one a territory. The pulls of levers that stand below are not
    among those of a lever.
    On the day *as_of* it is what was known then; without one, everything.

    Raises:
        UnknownItemError: For a lever that the portfolio does not hold.
        InvalidValueError: If *as_of* is no day.

    >>> digital = Lever(id="digital", label="Digital")
    >>> project = Project(id="p", label="P").with_pulls(LeverPull(lever_id="digital", territory_ids=["46"]))
    >>> from levier import Territory
    >>> held = Portfolio.of(digital, project, Territory(id="46", label="Lot"))
    >>> [pull.territory_ids for pull in pulls_of(held, "digital")]
    [('46',)]
    """
    portfolio = known(portfolio, as_of)
    wanted = None if lever_id is None else portfolio.levers[lever_id].id
    return tuple(pull for pull in _all(portfolio) if wanted is None or pull.lever.id == wanted)


def _all(portfolio: Portfolio) -> Iterator[Pull]:
    for registry in _REGISTRIES:
        owners: Iterable[Owner] = getattr(portfolio, registry).values()
        for owner in owners:
            yield from _of_owner(portfolio, owner, path_of(owner))


def _of_owner(portfolio: Portfolio, owner: Owner, path: str) -> Iterator[Pull]:
    """Yield the pulls of an owner, lever by lever in the order in which it names them."""
    stated: dict[str, list[tuple[str, LeverPull | None]]] = defaultdict(list)
    for place, pull in enumerate(owner.pulls):
        stated[pull.lever_id].append((f"pulls/{place}", pull))
    for lever_id in owner.lever_ids:
        for step, found in stated[lever_id] or [(f"lever_ids/{lever_id}", None)]:
            lever = portfolio.levers[lever_id]
            yield Pull(lever=lever, owner=owner, path=f"{path}/{step}", stated=found, portfolio=portfolio)


def names_of(pulls: Iterable[Pull], lang: Lang) -> Mapping[str, str]:
    """
    Return what pulls and their owners are called, by their paths, and their levers, by their identifiers.

    >>> lever, project = Lever(id="digital", label="Digital"), Project(id="p", label="P", lever_ids=["digital"])
    >>> names_of(pulls_of(Portfolio.of(lever, project)), "en")
    {'projects/p/lever_ids/digital': 'P (Digital)', 'projects/p': 'P', 'digital': 'Digital'}
    """
    named: dict[str, str] = {}
    for pull in pulls:
        named[pull.path] = pull.named(lang)
        named[pull.owner_path] = label_of(pull.owner, lang)
        named[pull.lever.id] = label_of(pull.lever, lang)
    return named


def levers_of_reforms(portfolio: Portfolio) -> Mapping[str, frozenset[LeverId]]:
    """
    Return which levers each reform pulls, itself or by one of its projects.

    >>> from levier import Reform
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
