"""
Progress by lever: the progress of each reform that activates a lever or its sub-levers, itself or through a project.

There is no mean over reforms, even where all are known: the weights of a reform are those of its indicators, no weight
compares reforms with each other, and a reform that activates several levers would count several times.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from levier.compute._types import asked, by_type
from levier.compute.coverage import Coverage
from levier.compute.indicators.reforms import reform_progress_of
from levier.compute.indicators.rulesets import Ruleset
from levier.compute.indicators.select import territory_of
from levier.compute.indicators.weights import WeightedProgress
from levier.compute.levers.activations import levers_of_reforms
from levier.compute.statements.known import known
from levier.errors.final import final
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
    The progress of a reform that activates a lever, itself or through one of its projects.

    Where *progress* has no value, it carries the reason.

    *is_several* marks a reform that activates other levers too, and is listed under them as well.

    Attributes:
        reform: The name of the reform.

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
        """The progress of the reform, or why it is unknown, and whether it is listed under several levers."""
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
    The progress of the reforms that activate a lever or its sub-levers, each reform once, without a mean.

    *covers* are the levers that count, the lever itself first.

    Attributes:
        lever: The name of the lever.
        reforms: The reforms, each with its progress.

    >>> held = Portfolio.of(Lever(id="digital", label="Digital"))
    >>> lever_progress(held, as_of="2019-06-14")[0].explain("en")
    'Digital: no reform activates it'
    """

    lever: Name
    reforms: tuple[ReformProgress, ...]
    covers: tuple[LeverId, ...] = ()

    @property
    def coverage(self) -> Coverage:
        """The reforms whose progress is known."""
        names = {part.reform.id: part.reform for part in self.reforms}
        return Coverage.of({part.reform.id: part.progress.value is not None for part in self.reforms}, names)

    @property
    def several(self) -> tuple[str, ...]:
        """The reforms that are listed under other levers too."""
        return tuple(part.reform.id for part in self.reforms if part.is_several)

    @property
    def message(self) -> Said:
        """How many of the reforms have a known progress, then each of them."""
        if not self.reforms:
            return about(message("no reform activates it"), self.lever)
        known = message("known progress: {coverage}", coverage=self.coverage.message)
        return about(clauses(known, *(part.message for part in self.reforms)), self.lever)


@asked
def lever_progress(
    portfolio: Portfolio, territory_id: str = NATION, *, as_of: DayLike, ruleset: Ruleset | str = Ruleset.STRICT
) -> tuple[LeverProgress, ...]:
    """
    Return, lever by lever in the order of the tree, the progress of the reforms that activate it or its sub-levers.

    Raises:
        UnknownItemError: For a territory that the portfolio does not hold.
        InvalidValueError: If *as_of* is not a valid date, or *ruleset* is unknown.

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
