"""
Published quality of service: shares with their sample, intervals, marks, and surveys.

A `SampledShare` carries the number of answers behind it; `wilson` and `newcombe` return its interval and that of a
difference. A `Rate` names what is counted and over what (`pick_up_rate`, `on_time_rate`, `online_quality`); `pool`
joins the rates of several services by their counts, never by their percentages. `mean_mark` is the mean of marks out of
ten, hidden below a minimum number of reviews. A `Survey` records who asked whom, when and how.

>>> from levier import statistics
>>> print(statistics.on_time_rate(in_time=45, handled=50).explain("en"))
90.0% = 45 / 50 (procedures handled in time / procedures handled)
"""

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
from levier.model.surveys import Survey, SurveyMode, SurveyResult

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
    "Survey",
    "SurveyMode",
    "SurveyResult",
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
