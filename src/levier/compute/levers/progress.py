"""
Progress by lever: how far each reform has come that activates a lever, or one below it, itself or by a project of it.

There is no mean over reforms, not even where all are known: the weights of a reform are those of its indicators,
nothing weighs one reform against another, and a reform that activates several levers would count as often.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import final

from attrs import frozen

from levier.compute._types import by_type
from levier.compute.coverage import Coverage
from levier.compute.indicators.reforms import reform_progress_of
from levier.compute.indicators.rulesets import Ruleset
from levier.compute.indicators.select import territory_of
from levier.compute.indicators.weights import WeightedProgress
from levier.compute.levers.activations import levers_of_reforms
from levier.compute.statements.known import known
from levier.model.identifiers import LeverId
from levier.model.levers import Lever
from levier.model.periods import DayLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.quantities import PERCENT
from levier.model.territories import NATION
from levier.model.trees import branches_of
from levier.wording.explained import Explained
from levier.wording.messages import about, clauses, items, message
from levier.wording.said import Said, Value
from levier.wording.values import Name, Number

__all__ = ["LeverProgress", "ReformProgress", "lever_progress"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class ReformProgress(Explained):
    """
    A reform that activates a lever, itself or by a project of it, and how far it has come.

    *progress* says why where that is not known.

    *is_several* says that the reform activates other levers too, and stands under them as well.

    Attributes:
        reform: The reform.

    >>> from levier import Reform
    >>> digital, reform = Lever(id="digital", label="Digital"), Reform(id="r", label="R", lever_ids=["digital"])
    >>> lever_progress(Portfolio.of(digital, reform), as_of="2019-06-14")[0].reforms[0].progress.reason.en
    'no weight'
    """

    reform: Name
    progress: WeightedProgress
    is_several: bool = False

    @property
    def message(self) -> Said:
        """How far the reform has come, or why that is unknown, and that it stands under several levers."""
        if not self.is_several:
            return about(items(self._progress), self.reform)
        return about(message("{progress} (activates several levers)", progress=self._progress), self.reform)

    @property
    def _progress(self) -> Value:
        value, reason = self.progress.value, self.progress.reason
        return (reason or "") if value is None else Number(value, PERCENT, 2)


@final
@frozen(kw_only=True, field_transformer=by_type)
class LeverProgress(Explained):
    """
    How far the reforms have come that activate one lever, or one below it, each of them once; no mean is made of them.

    *covers* are the levers that count, the one asked first.

    Attributes:
        lever: The lever.
        reforms: The reforms.

    >>> held = Portfolio.of(Lever(id="digital", label="Digital"))
    >>> lever_progress(held, as_of="2019-06-14")[0].explain("en")
    'Digital: no reform activates it'
    """

    lever: Name
    reforms: tuple[ReformProgress, ...]
    covers: tuple[LeverId, ...] = ()

    @property
    def coverage(self) -> Coverage:
        """Of which reforms the progress is known."""
        names = {part.reform.id: part.reform for part in self.reforms}
        return Coverage.of({part.reform.id: part.progress.value is not None for part in self.reforms}, names)

    @property
    def several(self) -> tuple[str, ...]:
        """The reforms that stand under other levers too."""
        return tuple(part.reform.id for part in self.reforms if part.is_several)

    @property
    def message(self) -> Said:
        """Of how many reforms of how many the progress is known, then each of them."""
        if not self.reforms:
            return about(message("no reform activates it"), self.lever)
        known = message("known progress: {coverage}", coverage=self.coverage.message)
        return about(clauses(known, *(part.message for part in self.reforms)), self.lever)


def lever_progress(
    portfolio: Portfolio, territory_id: str = NATION, *, as_of: DayLike, ruleset: Ruleset | str = Ruleset.STRICT
) -> tuple[LeverProgress, ...]:
    """
    Return, lever by lever in the order of the tree, how far the reforms that activate it or one below it have come.

    Raises:
        UnknownItemError: For a territory that the portfolio does not hold.
        InvalidValueError: If *as_of* is no day, or for a ruleset that there is not.

    >>> from levier import Reform
    >>> digital, reform = Lever(id="digital", label="Digital"), Reform(id="r", label="Reception", lever_ids=["digital"])
    >>> lever_progress(Portfolio.of(digital, reform), as_of="2019-06-14")[0].explain("en")
    'Digital: known progress: 0 of 1 (missing Reception); Reception: no weight'
    """
    day, read = parse_day(as_of), Ruleset(ruleset)
    portfolio = known(portfolio, day)
    place = territory_of(portfolio, territory_id)
    levers = levers_of_reforms(portfolio)
    parts = [
        ReformProgress(
            reform=Name.of(reform),
            progress=reform_progress_of(portfolio, reform.id, place.id, as_of=day, ruleset=read),
            is_several=len(levers[reform.id]) > 1,
        )
        for reform in portfolio.reforms.values()
        if levers[reform.id]
    ]
    return tuple(_of_lever(branch, parts, levers) for branch in branches_of(portfolio.levers).values())


def _of_lever(
    branch: tuple[Lever, ...], parts: Iterable[ReformProgress], levers: Mapping[str, frozenset[LeverId]]
) -> LeverProgress:
    covers = tuple(lever.id for lever in branch)
    activating = (part for part in parts if not levers[part.reform.id].isdisjoint(covers))
    return LeverProgress(lever=Name.of(branch[0]), reforms=tuple(activating), covers=covers)
