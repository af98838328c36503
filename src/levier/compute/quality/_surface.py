"""The names of `levier.compute.quality`, gathered."""

from __future__ import annotations

from levier.compute.quality.intervals import NORMAL_QUANTILES, Interval, newcombe, wilson
from levier.compute.quality.marks import (
    AVAILABILITY,
    FIVE_SMILEYS,
    HELP_REACHABLE,
    MINIMUM_REVIEWS,
    SATISFACTION,
    THREE_ANSWERS,
    Band,
    Bands,
    MeanMark,
    mean_mark,
)
from levier.compute.quality.service import Rate, on_time_rate, online_quality, pick_up_rate, pool
from levier.compute.quality.shares import Comparison, SampledShare, compare, sampled_share

__all__ = [
    "AVAILABILITY",
    "FIVE_SMILEYS",
    "HELP_REACHABLE",
    "MINIMUM_REVIEWS",
    "NORMAL_QUANTILES",
    "SATISFACTION",
    "THREE_ANSWERS",
    "Band",
    "Bands",
    "Comparison",
    "Interval",
    "MeanMark",
    "Rate",
    "SampledShare",
    "compare",
    "mean_mark",
    "newcombe",
    "on_time_rate",
    "online_quality",
    "pick_up_rate",
    "pool",
    "sampled_share",
    "wilson",
]
