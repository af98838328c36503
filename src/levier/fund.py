"""
The transformation fund: calls, applications, awards, commitments, payments, and returns.

A `Fund` is an immutable value. Its steps (`with_call`, `with_application`, `with_award`, `with_contract`,
`with_commitment`, `with_payment`, `with_recovery`, `with_closing`) return a changed fund, and raise where the money is
missing (`OverpaymentError`). Before an award, `appraise` checks an application against the rules of its call and
`select` ranks the applications of an envelope; after it, `balances` and `fund_years` follow the money. Euros saved for
a euro of cost are `returns` of a fund in a portfolio, or `return_on` savings and a cost that you give. `realisation` is
achieved over expected savings; it takes `fund.savings`, of the whole fund or of its awards, as `total_savings` and
`payback_year` do. `apply` computes a scenario; `compare_funds` compares two funds year by year.

>>> from levier import catalogue, fund
>>> ap = catalogue.action_publique_2022()
>>> print(fund.returns(ap, "ftap", savings="achieved", cost="fund"))
not computable: commitments of the fund for 12 awards: no known cost
>>> print(fund.realisation(one for one in ap.funds["ftap"].savings if one.award_id is None))
savings achieved, as a share of those expected: 17.0%; 1 of 1
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
from levier.model.entries import EntryKind, JournalEntry
from levier.model.fund import Fund
from levier.model.journal import Journal
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
