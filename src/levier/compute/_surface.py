"""The names of `levier.compute`, gathered."""

from __future__ import annotations

from levier.compute import checks
from levier.compute.budget.ageing import Vintage, age, ageing_by_award
from levier.compute.budget.amounts import Amount
from levier.compute.budget.budget_rules import budget_verdicts, finance_act_verdicts
from levier.compute.budget.comparison import BudgetChange, change_between, execution_rate
from levier.compute.budget.derivations import BudgetMeasure
from levier.compute.budget.execution import BudgetYear, budget_year
from levier.compute.budget.outstanding import Outstanding, outstanding, roll_forward
from levier.compute.budget.rates import Denominator, ExecutionRate, Ratio
from levier.compute.budget.schedules import payment_schedules
from levier.compute.budget.verdicts import LegalRule, LegalVerdict
from levier.compute.checks.plan_findings import PlanFindings, findings_of
from levier.compute.checks.sets import (
    CONSISTENCY_RULES,
    HIERARCHY_RULES,
    INDICATOR_RULES,
    LATENESS_RULES,
    MONEY_RULES,
    REFORM_RULES,
    RULES,
    SOURCE_RULES,
    Rule,
    budget_ceilings,
    check,
)
from levier.compute.findings import Finding, Severity
from levier.compute.fund.appraisal import CallRuleVerdict, Outcome, appraise
from levier.compute.fund.balances import Balance, BalanceBy, balance, balances
from levier.compute.fund.concentration import Concentration, Holder, concentration, leverage, themes_of
from levier.compute.fund.delivery import (
    completion_share,
    contract_lead_time,
    milestone_delay,
    selectivity,
    share_contracted_within,
)
from levier.compute.fund.fund_years import FundYear, YearComparison, YearSavings, compare_funds, fund_years
from levier.compute.fund.metrics import FundMetric
from levier.compute.fund.overruns import cost_overrun, latest_cost
from levier.compute.fund.payback import Payback, payback_year
from levier.compute.fund.realisation import SavingRevision, realisation, revision_history
from levier.compute.fund.returns import return_on, total_savings
from levier.compute.fund.scenarios import CallMoved, Delay, EnvelopeCut, Scenario, apply
from levier.compute.fund.schedules import (
    Spread,
    payment_profile,
    spread_award,
    spread_by_key,
    spread_by_milestone,
    spread_by_profile,
)
from levier.compute.fund.selection import Criterion, Fall, Placed, Selection, select
from levier.compute.fund.series import costs_in_force, savings_in_force
from levier.compute.fund.staging import FundedStage, StagedFunding, staged_funding
from levier.compute.history.changes import Added, Altered, ChangedAmount, ChangedList, ChangedSource, Removed
from levier.compute.history.difference import PortfolioDifference, difference
from levier.compute.history.grouping import ReformChanges
from levier.compute.history.merging import Conflict, Merger, merge
from levier.compute.history.moves import (
    AnyChange,
    ChangedRating,
    MovedPhase,
    ReachedMilestone,
    RedatedMilestone,
    RevisedTarget,
)
from levier.compute.history.timeline import DatedThing, timeline
from levier.compute.indicators.aggregates import aggregate_of
from levier.compute.indicators.aggregation import Aggregate, Coverage, aggregate
from levier.compute.indicators.alerts import Alert, AlertKind, Thresholds, alerts
from levier.compute.indicators.attainment import Attainment, AttainmentVerdict, attainment, attainment_of
from levier.compute.indicators.choices import Cutoffs, ExcludedObservation, Exclusion, Horizon
from levier.compute.indicators.comparable import Comparable, ComparableRule, Decumulation, Window, comparable_values
from levier.compute.indicators.confidence import (
    compare_confidence,
    confidence_counts,
    confidence_on,
    latest_statement_day,
)
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
from levier.compute.indicators.rollup import RollUp
from levier.compute.indicators.rulesets import Ruleset, RulesetDifference
from levier.compute.indicators.status import (
    IndicatorStatus,
    path_of,
    peers_of,
    previous_progress_of,
    reform_status_of,
    status_of,
)
from levier.compute.indicators.weights import Contribution, WeightedProgress, weighted_progress
from levier.compute.instruments.campus import ShareOutside, share_outside
from levier.compute.instruments.cartes_blanches import CarteBlancheSummary, carte_blanche_summary
from levier.compute.instruments.challenges import StageAttrition, StageCount, stage_attrition
from levier.compute.instruments.consultations import Consultations, consultations
from levier.compute.instruments.counts import PlacedCount
from levier.compute.instruments.editions import Edition, WeekEditions, week_editions
from levier.compute.instruments.labs import Labs, labs
from levier.compute.levers.activations import Activation, activations_of
from levier.compute.levers.costs import DoubleCount, LeverCost, LeverCosts, lever_costs
from levier.compute.levers.coverage import LeverCoverage, lever_coverage
from levier.compute.levers.effects import Effect, LeverEffects, effects_of
from levier.compute.levers.plan_costs import PlanCost, cost_of
from levier.compute.levers.progress import LeverProgress, ReformProgress, lever_progress
from levier.compute.levers.starts import first_activation_day
from levier.compute.plan.life_cycles import PhaseInterval, PhaseTimes, phase_times
from levier.compute.plan.milestones import MilestoneState, MilestoneVariance
from levier.compute.plan.off_track import OffTrack, OffTrackReason, PlanWarning, off_track
from levier.compute.plan.plan_milestones import PlanMilestones, milestones_of
from levier.compute.plan.variances import ScheduleVariance, schedule_variance
from levier.compute.quality.intervals import Interval, newcombe, wilson
from levier.compute.quality.marks import Band, Bands, MeanMark, mean_mark
from levier.compute.quality.service import Rate, on_time_rate, online_quality, pick_up_rate, pool
from levier.compute.quality.shares import Comparison, SampledShare, compare, sampled_share
from levier.wording.reasons import MissingReason

__all__ = [
    "CONSISTENCY_RULES",
    "HIERARCHY_RULES",
    "INDICATOR_RULES",
    "LATENESS_RULES",
    "MONEY_RULES",
    "REFORM_RULES",
    "RULES",
    "SOURCE_RULES",
    "Activation",
    "Added",
    "Aggregate",
    "Alert",
    "AlertKind",
    "Altered",
    "Amount",
    "AnyChange",
    "Attainment",
    "AttainmentVerdict",
    "Balance",
    "BalanceBy",
    "Band",
    "Bands",
    "BudgetChange",
    "BudgetMeasure",
    "BudgetYear",
    "CallMoved",
    "CallRuleVerdict",
    "CarteBlancheSummary",
    "ChangedAmount",
    "ChangedList",
    "ChangedRating",
    "ChangedSource",
    "Comparable",
    "ComparableRule",
    "Comparison",
    "Concentration",
    "Conflict",
    "Consultations",
    "Contribution",
    "Coverage",
    "Criterion",
    "Cutoffs",
    "DatedThing",
    "Decumulation",
    "Delay",
    "Denominator",
    "Distance",
    "DoubleCount",
    "Edition",
    "Effect",
    "EnvelopeCut",
    "ExcludedObservation",
    "Exclusion",
    "ExecutionRate",
    "ExpectedPath",
    "Fall",
    "Finding",
    "FollowedIndicator",
    "Freshness",
    "FundMetric",
    "FundYear",
    "FundedStage",
    "Gap",
    "Holder",
    "Horizon",
    "IndicatorStatus",
    "Interval",
    "Labs",
    "LegalRule",
    "LegalVerdict",
    "LeverCost",
    "LeverCosts",
    "LeverCoverage",
    "LeverEffects",
    "LeverProgress",
    "MeanMark",
    "Merger",
    "MilestoneState",
    "MilestoneVariance",
    "MissingReason",
    "MovedPhase",
    "OffTrack",
    "OffTrackReason",
    "OnTrack",
    "Outcome",
    "Outstanding",
    "PathShape",
    "Payback",
    "PhaseInterval",
    "PhaseTimes",
    "Placed",
    "PlacedCount",
    "PlanCost",
    "PlanFindings",
    "PlanMilestones",
    "PlanWarning",
    "PortfolioDifference",
    "Progress",
    "Proposal",
    "ProposalStatus",
    "Rate",
    "Ratio",
    "ReachedMilestone",
    "RedatedMilestone",
    "ReformChanges",
    "ReformProgress",
    "Removed",
    "RevisedTarget",
    "RollUp",
    "Rule",
    "Ruleset",
    "RulesetDifference",
    "SampledShare",
    "SavingRevision",
    "Scenario",
    "ScheduleVariance",
    "Selection",
    "Severity",
    "ShareOutside",
    "Side",
    "Spread",
    "StageAttrition",
    "StageCount",
    "StagedFunding",
    "Summary",
    "Thresholds",
    "Track",
    "Trend",
    "TrendDirection",
    "Vintage",
    "WeekEditions",
    "WeightedProgress",
    "Window",
    "YearComparison",
    "YearSavings",
    "activations_of",
    "age",
    "ageing_by_award",
    "aggregate",
    "aggregate_of",
    "alerts",
    "apply",
    "appraise",
    "attainment",
    "attainment_of",
    "balance",
    "balances",
    "budget_ceilings",
    "budget_verdicts",
    "budget_year",
    "carte_blanche_summary",
    "change_between",
    "check",
    "checks",
    "comparable_values",
    "compare",
    "compare_confidence",
    "compare_funds",
    "completion_share",
    "concentration",
    "confidence_counts",
    "confidence_on",
    "consultations",
    "contract_lead_time",
    "cost_of",
    "cost_overrun",
    "costs_in_force",
    "difference",
    "distance",
    "effects_of",
    "execution_rate",
    "expected_path",
    "finance_act_verdicts",
    "findings_of",
    "first_activation_day",
    "follow",
    "freshness",
    "freshness_of",
    "fund_years",
    "gap",
    "labs",
    "latest_cost",
    "latest_statement_day",
    "lever_costs",
    "lever_coverage",
    "lever_progress",
    "leverage",
    "mean_mark",
    "merge",
    "milestone_delay",
    "milestones_of",
    "newcombe",
    "off_track",
    "on_time_rate",
    "on_track",
    "online_quality",
    "outstanding",
    "path_of",
    "payback_year",
    "payment_profile",
    "payment_schedules",
    "peers_of",
    "phase_times",
    "pick_up_rate",
    "pool",
    "previous_progress_of",
    "previous_reform_progress_of",
    "programme_progress_of",
    "progress",
    "progress_of",
    "progress_table",
    "proposed_progress",
    "rank",
    "realisation",
    "reform_progress_of",
    "reform_status_of",
    "return_on",
    "revision_history",
    "roll_forward",
    "sampled_share",
    "savings_in_force",
    "schedule_variance",
    "select",
    "selectivity",
    "share_contracted_within",
    "share_outside",
    "spread_award",
    "spread_by_key",
    "spread_by_milestone",
    "spread_by_profile",
    "stage_attrition",
    "staged_funding",
    "status_of",
    "summary",
    "themes_of",
    "timeline",
    "total_savings",
    "trend",
    "week_editions",
    "weighted_progress",
    "wilson",
]
