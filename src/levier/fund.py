"""
The transformation fund: calls, applications, awards, commitments, payments, and returns.

A `Fund` is an immutable value. `with_call`, `with_application`, `with_award`, `with_contract`, `with_commitment`,
`with_payment` and `with_closing` return a changed fund, and raise where the money is not available. Before an award,
`appraise` checks an application against the rules of its call, and `select` ranks applications within an envelope.
After it, `balances`, `fund_years`, `payback_year`, `return_on` and `realisation` compute the results.
`apply` computes a scenario; `compare_funds` compares two funds year by year.

>>> from levier import Fund
>>> fund = Fund(id="ftap", label="Fonds pour la transformation de l’action publique")
>>> fund.available("2019-06-14") is None  # nothing says what its allocation is
True
"""

from __future__ import annotations

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
from levier.compute.fund.returns import CostBase, return_on, returns, total_savings
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
from levier.model.allocations import AllocationChange, YearClosing
from levier.model.awards import Award, Instalment
from levier.model.calls import Application, Call, CallRule, RuleKind
from levier.model.fund import Fund
from levier.model.journal import EntryKind, Journal, JournalEntry
from levier.model.savings import CostKind, CostStatement, Saving, SavingKind, SavingNature

__all__ = [
    "AllocationChange",
    "Application",
    "Award",
    "Balance",
    "BalanceBy",
    "Call",
    "CallMoved",
    "CallRule",
    "CallRuleVerdict",
    "Concentration",
    "CostBase",
    "CostKind",
    "CostStatement",
    "Criterion",
    "Delay",
    "EntryKind",
    "EnvelopeCut",
    "Fall",
    "Fund",
    "FundMetric",
    "FundYear",
    "FundedStage",
    "Holder",
    "Instalment",
    "Journal",
    "JournalEntry",
    "Outcome",
    "Payback",
    "Placed",
    "RuleKind",
    "Saving",
    "SavingKind",
    "SavingNature",
    "SavingRevision",
    "Scenario",
    "Selection",
    "Spread",
    "StagedFunding",
    "YearClosing",
    "YearComparison",
    "YearSavings",
    "apply",
    "appraise",
    "balance",
    "balances",
    "compare_funds",
    "completion_share",
    "concentration",
    "contract_lead_time",
    "cost_overrun",
    "costs_in_force",
    "fund_years",
    "latest_cost",
    "leverage",
    "milestone_delay",
    "payback_year",
    "payment_profile",
    "realisation",
    "return_on",
    "returns",
    "revision_history",
    "savings_in_force",
    "select",
    "selectivity",
    "share_contracted_within",
    "spread_award",
    "spread_by_key",
    "spread_by_milestone",
    "spread_by_profile",
    "staged_funding",
    "themes_of",
    "total_savings",
]
