"""
Indicators and their observations: progress, attainment, status, freshness.

An `Indicator` defines a measure; an `Observation` is one value of it: a baseline, an actual value or a target, of a
period, in a territory, from a source. `follow` returns everything about one of them: `progress_of` is how far the
indicator has come from its baseline to its target, as known on a day; `attainment_of` whether the target of a year was
reached; `status_of` compares it with its peers, its past and its path, and its `distance` is what remains to the
target; `freshness_of` whether its data is up to date. `progress_table` covers every indicator in every territory,
`reform_progress_of` weights the indicators of a reform. `breakdown_of` gives the value of each code of a `Dimension`,
such as sex or age, with its share of the total. A number that cannot be computed is `None`, with a `MissingReason`.
Names without `_of` (`progress`, `distance`, `gap`, `rank`) take bare numbers.

>>> from levier import catalogue, indicators
>>> rate = indicators.follow(catalogue.action_publique_2022(), "p349-contract-signed", as_of="2020-12-31")
>>> rate.progress.value, rate.progress.reason.value
(None, 'no-baseline')
>>> print(rate.status.distance.explain("en"))
target 41 points higher, due in 48 months, that is 0.85 points more a month
"""

from __future__ import annotations

from levier.compute.coverage import Coverage
from levier.compute.indicators.aggregation import Aggregate, aggregate
from levier.compute.indicators.alerts import (
    Alert,
    AlertKind,
    Thresholds,
    alerts,
    compare_confidence,
    confidence_counts,
    confidence_on,
    latest_statement_day,
)
from levier.compute.indicators.attainment import Attainment, AttainmentVerdict, attainment, attainment_of
from levier.compute.indicators.breakdowns import BreakdownPart, DimensionBreakdown, ShareBase, breakdown_of
from levier.compute.indicators.carried import CarriedSeries, CarriedValue, carried_series_of
from levier.compute.indicators.comparable import Comparable, ComparableRule, Decumulation, Window, comparable_values
from levier.compute.indicators.follow import FollowedIndicator, follow
from levier.compute.indicators.freshness import Freshness, freshness, freshness_of
from levier.compute.indicators.paths import (
    Distance,
    ExpectedPath,
    OnTrack,
    PathShape,
    Track,
    distance,
    expected_path,
    on_track,
)
from levier.compute.indicators.positions import Gap, Side, Summary, Trend, TrendDirection, gap, rank, summary, trend
from levier.compute.indicators.progress import Progress, progress, progress_of, progress_table
from levier.compute.indicators.proposals import Proposal, ProposalStatus, proposed_progress
from levier.compute.indicators.reforms import previous_reform_progress_of, programme_progress_of, reform_progress_of
from levier.compute.indicators.rulesets import Cutoffs, Horizon, Ruleset, RulesetDifference
from levier.compute.indicators.select import aggregate_of
from levier.compute.indicators.series import ExcludedObservation, Exclusion
from levier.compute.indicators.status import (
    IndicatorStatus,
    path_of,
    peers_of,
    previous_progress_of,
    reform_status_of,
    status_of,
)
from levier.compute.indicators.weights import Contribution, WeightedProgress, weighted_progress
from levier.model.dimensions import BreakdownCode, Dimension, DimensionCode
from levier.model.figures import Figure
from levier.model.indicators import (
    Aggregation,
    Definition,
    Direction,
    Indicator,
    IndicatorKind,
    IndicatorWeight,
    RollUp,
    Viewpoint,
)
from levier.model.observations import Observation, ObservationKind, Observations, ObservationState
from levier.model.quantities import Exactness, Quantity, Unit

__all__ = [
    "Aggregate",
    "Aggregation",
    "Alert",
    "AlertKind",
    "Attainment",
    "AttainmentVerdict",
    "BreakdownCode",
    "BreakdownPart",
    "CarriedSeries",
    "CarriedValue",
    "Comparable",
    "ComparableRule",
    "Contribution",
    "Coverage",
    "Cutoffs",
    "Decumulation",
    "Definition",
    "Dimension",
    "DimensionBreakdown",
    "DimensionCode",
    "Direction",
    "Distance",
    "Exactness",
    "ExcludedObservation",
    "Exclusion",
    "ExpectedPath",
    "Figure",
    "FollowedIndicator",
    "Freshness",
    "Gap",
    "Horizon",
    "Indicator",
    "IndicatorKind",
    "IndicatorStatus",
    "IndicatorWeight",
    "Observation",
    "ObservationKind",
    "ObservationState",
    "Observations",
    "OnTrack",
    "PathShape",
    "Progress",
    "Proposal",
    "ProposalStatus",
    "Quantity",
    "RollUp",
    "Ruleset",
    "RulesetDifference",
    "ShareBase",
    "Side",
    "Summary",
    "Thresholds",
    "Track",
    "Trend",
    "TrendDirection",
    "Unit",
    "Viewpoint",
    "WeightedProgress",
    "Window",
    "aggregate",
    "aggregate_of",
    "alerts",
    "attainment",
    "attainment_of",
    "breakdown_of",
    "carried_series_of",
    "comparable_values",
    "compare_confidence",
    "confidence_counts",
    "confidence_on",
    "distance",
    "expected_path",
    "follow",
    "freshness",
    "freshness_of",
    "gap",
    "latest_statement_day",
    "on_track",
    "path_of",
    "peers_of",
    "previous_progress_of",
    "previous_reform_progress_of",
    "programme_progress_of",
    "progress",
    "progress_of",
    "progress_table",
    "proposed_progress",
    "rank",
    "reform_progress_of",
    "reform_status_of",
    "status_of",
    "summary",
    "trend",
    "weighted_progress",
]
