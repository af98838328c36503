"""What follows: pure functions over the model; time is an argument, and every number explains itself."""

from __future__ import annotations

from levier.compute import checks
from levier.compute.ageing import Vintage, age, ageing_by_award
from levier.compute.aggregates import aggregate_of
from levier.compute.aggregation import Aggregate, Coverage, aggregate
from levier.compute.alerts import Alert, AlertKind, Thresholds, alerts
from levier.compute.amounts import Absence, Amount
from levier.compute.attainment import Attainment, AttainmentVerdict, attainment, attainment_of
from levier.compute.budget_rules import budget_verdicts, finance_act_verdicts
from levier.compute.choices import Cutoffs, Exclusion, Horizon, LeftOut
from levier.compute.comparable import Comparable, ComparableRule, Decumulation, Window, comparable_values
from levier.compute.comparison import Change, change_between, execution_rate
from levier.compute.confidence import compare_confidence, confidence_counts, confidence_on, last_said
from levier.compute.derivations import BudgetMeasure
from levier.compute.effects import Effect, LeverEffects, effects_of, pulled_on
from levier.compute.execution import BudgetYear, budget_year
from levier.compute.findings import Finding, Severity
from levier.compute.freshness import Freshness, freshness, freshness_of
from levier.compute.intervals import Interval, newcombe, wilson
from levier.compute.marks import Band, Bands, MeanMark, mean_mark
from levier.compute.outstanding import Outstanding, outstanding, roll_forward
from levier.compute.paths import Distance, ExpectedPath, OnTrack, PathShape, Track, distance, expected_path, on_track
from levier.compute.positions import Gap, Side, Summary, Trend, TrendDirection, gap, ranked, summary, trend
from levier.compute.progress import Progress, progress, progress_of, progress_table
from levier.compute.proposals import Proposal, ProposalStatus, proposed_progress
from levier.compute.rates import Denominator, ExecutionRate, Ratio
from levier.compute.readings import Difference, Reading, Reason
from levier.compute.reforms import previous_reform_progress_of, programme_progress_of, reform_progress_of
from levier.compute.returns import return_on, total_savings
from levier.compute.rollup import RollUp
from levier.compute.schedules import (
    Spread,
    payment_profile,
    spread_award,
    spread_by_key,
    spread_by_milestone,
    spread_by_profile,
)
from levier.compute.service import Rate, kept_time, online_quality, pick_up_rate, pooled
from levier.compute.shares import Comparison, SampledShare, compare, share_of
from levier.compute.standing import Standing, path_of, peers_of, previous_progress_of, reform_standing_of, standing_of
from levier.compute.verdicts import LegalRule, Verdict
from levier.compute.weights import Contribution, WeightedProgress, weighted_progress

__all__ = [
    "Absence",
    "Aggregate",
    "Alert",
    "AlertKind",
    "Amount",
    "Attainment",
    "AttainmentVerdict",
    "Band",
    "Bands",
    "BudgetMeasure",
    "BudgetYear",
    "Change",
    "Comparable",
    "ComparableRule",
    "Comparison",
    "Contribution",
    "Coverage",
    "Cutoffs",
    "Decumulation",
    "Denominator",
    "Difference",
    "Distance",
    "Effect",
    "Exclusion",
    "ExecutionRate",
    "ExpectedPath",
    "Finding",
    "Freshness",
    "Gap",
    "Horizon",
    "Interval",
    "LeftOut",
    "LegalRule",
    "LeverEffects",
    "MeanMark",
    "OnTrack",
    "Outstanding",
    "PathShape",
    "Progress",
    "Proposal",
    "ProposalStatus",
    "Rate",
    "Ratio",
    "Reading",
    "Reason",
    "RollUp",
    "SampledShare",
    "Severity",
    "Side",
    "Spread",
    "Standing",
    "Summary",
    "Thresholds",
    "Track",
    "Trend",
    "TrendDirection",
    "Verdict",
    "Vintage",
    "WeightedProgress",
    "Window",
    "age",
    "ageing_by_award",
    "aggregate",
    "aggregate_of",
    "alerts",
    "attainment",
    "attainment_of",
    "budget_verdicts",
    "budget_year",
    "change_between",
    "checks",
    "comparable_values",
    "compare",
    "compare_confidence",
    "confidence_counts",
    "confidence_on",
    "distance",
    "effects_of",
    "execution_rate",
    "expected_path",
    "finance_act_verdicts",
    "freshness",
    "freshness_of",
    "gap",
    "kept_time",
    "last_said",
    "mean_mark",
    "newcombe",
    "on_track",
    "online_quality",
    "outstanding",
    "path_of",
    "payment_profile",
    "peers_of",
    "pick_up_rate",
    "pooled",
    "previous_progress_of",
    "previous_reform_progress_of",
    "programme_progress_of",
    "progress",
    "progress_of",
    "progress_table",
    "proposed_progress",
    "pulled_on",
    "ranked",
    "reform_progress_of",
    "reform_standing_of",
    "return_on",
    "roll_forward",
    "share_of",
    "spread_award",
    "spread_by_key",
    "spread_by_milestone",
    "spread_by_profile",
    "standing_of",
    "summary",
    "total_savings",
    "trend",
    "weighted_progress",
    "wilson",
]
