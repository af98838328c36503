"""
Progress by lever: how far each reform has come that pulls a lever, or one below it, itself or by a project of it.

There is no mean over reforms, not even where all are known: the weights of a reform are those of its indicators,
nothing weighs one reform against another, and a reform that pulls several levers would count as often.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import final

from attrs import frozen

from levier.compute._wording import colon, label_of, percent
from levier.compute.indicators.aggregation import Coverage
from levier.compute.indicators.explanations import joined
from levier.compute.indicators.following import territory_of
from levier.compute.indicators.readings import Reading
from levier.compute.indicators.reforms import reform_progress_of
from levier.compute.indicators.weights import WeightedProgress
from levier.compute.levers.pulls import levers_of_reforms
from levier.compute.plan.covering import coverage_said, covered
from levier.compute.statements.known import known
from levier.model.identifiers import LeverId
from levier.model.levers import Lever
from levier.model.periods import DayLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.programmes import Reform
from levier.model.terms import Lang
from levier.model.territories import NATION
from levier.model.trees import branches_of

__all__ = ["LeverProgress", "ReformProgress", "lever_progress"]


@final
@frozen(kw_only=True)
class ReformProgress:
    """
    A reform that pulls a lever, itself or by a project of it, and how far it has come.

    *progress* says why where that is not known.

    *is_several* says that the reform pulls other levers too, and stands under them as well.

    >>> digital, reform = Lever(id="digital", label="Digital"), Reform(id="r", label="R", lever_ids=["digital"])
    >>> lever_progress(Portfolio.of(digital, reform), as_of="2019-06-14")[0].reforms[0].progress.reason.en
    'no weight'
    """

    reform: Reform
    progress: WeightedProgress
    is_several: bool = False

    def explain(self, lang: Lang) -> str:
        """Say how far the reform has come, or why that is unknown, and that it stands under several levers."""
        value, reason = self.progress.value, self.progress.reason
        said = percent(value, lang, 2) if value is not None else "" if reason is None else reason.label(lang)
        several = " (sous plusieurs leviers)" if lang == "fr" else " (under several levers)"
        return f"{label_of(self.reform, lang)} {said}{several if self.is_several else ''}"


@final
@frozen(kw_only=True)
class LeverProgress:
    """
    How far the reforms have come that pull one lever, or one below it, each of them once; no mean is made of them.

    *covers* are the levers that count, the one asked first.

    >>> held = Portfolio.of(Lever(id="digital", label="Digital"))
    >>> lever_progress(held, as_of="2019-06-14")[0].explain("en")
    'Digital: no reform pulls it'
    """

    lever: Lever
    reforms: tuple[ReformProgress, ...]
    covers: tuple[LeverId, ...] = ()

    @property
    def coverage(self) -> Coverage:
        """Of which reforms the progress is known."""
        return covered({part.reform.id: part.progress.value is not None for part in self.reforms})

    @property
    def several(self) -> tuple[str, ...]:
        """The reforms that stand under other levers too."""
        return tuple(part.reform.id for part in self.reforms if part.is_several)

    def explain(self, lang: Lang) -> str:
        """Say of how many reforms of how many the progress is known, then each of them."""
        named = f"{label_of(self.lever, lang)}{colon(lang)}"
        if not self.reforms:
            return named + ("aucune réforme ne l’actionne" if lang == "fr" else "no reform pulls it")
        labels: dict[str, str] = {part.reform.id: label_of(part.reform, lang) for part in self.reforms}
        counted = coverage_said(self.coverage, labels, lang)
        return named + joined((counted, *(part.explain(lang) for part in self.reforms)), lang)


def lever_progress(
    portfolio: Portfolio, territory: str = NATION, *, as_of: DayLike, reading: Reading | str = Reading.STRICT
) -> tuple[LeverProgress, ...]:
    """
    Return, lever by lever in the order of the tree, how far the reforms that pull it or one below it have come.

    Raises:
        UnknownItemError: For a territory that the portfolio does not hold.
        InvalidValueError: If *as_of* is no day, or for a reading that there is not.

    >>> digital, reform = Lever(id="digital", label="Digital"), Reform(id="r", label="Reception", lever_ids=["digital"])
    >>> lever_progress(Portfolio.of(digital, reform), as_of="2019-06-14")[0].explain("en")
    'Digital: 0 of 1 (missing Reception); Reception no weight'
    """
    day, read = parse_day(as_of), Reading(reading)
    portfolio = known(portfolio, day)
    place = territory_of(portfolio, territory)
    levers = levers_of_reforms(portfolio)
    parts = [
        ReformProgress(
            reform=reform,
            progress=reform_progress_of(portfolio, reform.id, place.id, as_of=day, reading=read),
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
    pulling = (part for part in parts if not levers[part.reform.id].isdisjoint(covers))
    return LeverProgress(lever=branch[0], reforms=tuple(pulling), covers=covers)
