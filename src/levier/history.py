"""
History: differences between portfolios, merges of several, and timelines.

`difference` of an earlier and a later portfolio returns typed changes (`Added`, `Removed`, `MovedPhase`,
`RevisedTarget`, …), grouped by reform, which explain themselves and can be applied to the earlier portfolio.
`merge` joins portfolios, with their conflicts as values; `timeline` lists every date in order.
`Portfolio.as_of` returns a portfolio as documents knew it on a day.

>>> from levier import Lever, Portfolio, history
>>> print(history.difference(Portfolio(), Portfolio.of(Lever(id="digital", label="Numérique", label_en="Digital"))))
Outside any reform
  Lever 'Digital': added
"""

from __future__ import annotations

from levier.compute.history.changes import Added, Altered, ChangedAmount, ChangedList, ChangedSource, Removed
from levier.compute.history.diff import PortfolioDifference, ReformChanges, difference
from levier.compute.history.merge import Conflict, Merger, merge
from levier.compute.history.plan_changes import (
    AnyChange,
    ChangedRating,
    MovedPhase,
    ReachedMilestone,
    RedatedMilestone,
    RevisedTarget,
)
from levier.compute.history.timeline import DatedThing, timeline

__all__ = [
    "Added",
    "Altered",
    "AnyChange",
    "ChangedAmount",
    "ChangedList",
    "ChangedRating",
    "ChangedSource",
    "Conflict",
    "DatedThing",
    "Merger",
    "MovedPhase",
    "PortfolioDifference",
    "ReachedMilestone",
    "RedatedMilestone",
    "ReformChanges",
    "Removed",
    "RevisedTarget",
    "difference",
    "merge",
    "timeline",
]
