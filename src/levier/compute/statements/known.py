"""The knowledge of a day: the documents that were known then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

from levier.errors import InvalidValueError
from levier.model._as_known import fund_as_known, items_as_known
from levier.model.fund import Fund
from levier.model.periods import DayLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.sources import Source

__all__ = ["known", "known_fund", "known_items"]

T = TypeVar("T")
_NONE: Mapping[str, Source] = MappingProxyType({})


def known(portfolio: Portfolio, as_of: DayLike | None) -> Portfolio:
    """
    Return a portfolio as known on the day *as_of*; the whole portfolio where no day is given.

    Every public function of `levier.compute` with a portfolio and *as_of* calls this first, so that `f(portfolio,
    as_of=day) == f(portfolio.as_of(day), as_of=day)` holds for all of them.

    Raises:
        InvalidValueError: If *as_of* is not a valid date, or *portfolio* is not a portfolio.

    >>> from levier.model.sources import Source
    >>> plan = Portfolio.of(Source(id="a", title="A", published_on="2018"))
    >>> len(known(plan, "2017-06-14").sources), len(known(plan, None).sources)
    (0, 1)
    """
    if type(portfolio) is not Portfolio:
        raise InvalidValueError("portfolio", portfolio, "a value of class Portfolio")
    return portfolio if as_of is None else portfolio.as_of(as_of)


def known_fund(fund: Fund, as_of: DayLike | None, sources: Mapping[str, Source] | None = None) -> Fund:
    """
    Return a fund as known on the day *as_of*; all of it where no day is given.

    The rule is that of `Portfolio.as_of`: *sources*, where given, date what documents state; all else counts from the
    day on which it was stated, decided, signed or paid; what has no date stays.

    Raises:
        InvalidValueError: If *as_of* is not a valid date.

    >>> from levier.model.awards import Award
    >>> signed = Award(id="a", label="A", decided_on="2018-06-20", contracted_on="2018-09-01")
    >>> known_fund(Fund(id="f", label="F", awards=[signed]), "2018-08-31").award("a").contracted_on is None
    True
    """
    return fund if as_of is None else fund_as_known(fund, parse_day(as_of), sources or _NONE)


def known_items(
    items: Iterable[T], as_of: DayLike | None, sources: Mapping[str, Source] | None = None
) -> tuple[T, ...]:
    """
    Return those statements, awards or milestones that were known on the day *as_of*, as known then.

    Raises:
        InvalidValueError: If *as_of* is not a valid date.

    >>> from levier.model.savings import CostStatement
    >>> said = CostStatement(award_id="a", kind="final", amount=4, stated_on="2019-05", source_id="file")
    >>> known_items([said], "2019-05-30"), len(known_items([said], "2019-05-31"))
    ((), 1)
    """
    given = tuple(items)
    return given if as_of is None else items_as_known(given, parse_day(as_of), sources or _NONE)
