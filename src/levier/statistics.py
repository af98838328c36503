"""
Published quality of service: shares with their sample, intervals, marks, and surveys.

A `SampledShare` carries the number of answers behind it (`sampled_share` reads it from a `Survey`, which records who
asked whom, when and how). `compare` returns by how much two shares of one question differ, with the interval of the
difference: where `is_significant`, that interval leaves out 0. `wilson` and `newcombe` give these intervals of bare
numbers. A `Rate` names what is counted and over what (`pick_up_rate`, `on_time_rate`, `online_quality`); rates of
several services are pooled by their counts (`pool`), never by their percentages. `mean_mark` is the mean of marks out
of ten, with the number of reviews it needs.

>>> from levier import statistics
>>> asked = {"question": "Satisfied?", "population": "firms"}
>>> new, old = (statistics.SampledShare(share=share, n=1000, **asked) for share in ("0.86", "0.80"))
>>> found = statistics.compare(new, old)
>>> print(found.explain("en"), found.is_significant)
6.0 points (95% confidence interval: 2.7 to 9.3 points) True
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
