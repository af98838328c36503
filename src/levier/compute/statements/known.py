"""What a question about a portfolio may know: the documents of the day it asks for."""

from __future__ import annotations

from levier.model.periods import DayLike
from levier.model.portfolio import Portfolio

__all__ = ["known"]


def known(portfolio: Portfolio, as_of: DayLike | None) -> Portfolio:
    """
    Return what documents known on the day *as_of* say; the whole portfolio where no day is asked.

    Every public function of `levier.compute` that takes a portfolio and *as_of* begins with this, so that
    `f(portfolio, as_of=day) == f(portfolio.as_of(day), as_of=day)` holds for all of them.

    Raises:
        InvalidValueError: If *as_of* is not a valid date.

    >>> from levier.model.sources import Source
    >>> plan = Portfolio.of(Source(id="a", title="A", published_on="2018"))
    >>> len(known(plan, "2017-06-14").sources), len(known(plan, None).sources)
    (0, 1)
    """
    return portfolio if as_of is None else portfolio.as_of(as_of)
