"""
The State budget: appropriations granted, spending, and commitments still to be paid.

A `BudgetProgramme`, such as 349, holds what documents state: `BudgetLine` (the appropriations of a year, at a stage),
`ExecutionLine` (the amounts used), `BudgetMovement`. A commitment is not a payment, and an unpublished amount is
missing, never zero. `year` returns the figures of one year (`voted`, `opened`, `used`) and those derived from them
(`available`, `unspent`, `carried_over`, `lapsed`, and the precautionary `reserve` by its `ReserveRate`);
`change_between` compares two such years. An `ExecutionRate` names its denominator; `outstanding` returns the
commitments not yet paid at the end of a year; `budget_verdicts` checks a programme against the organic law on finance
acts (LOLF).

>>> from levier import budget, catalogue
>>> year = budget.year(catalogue.action_publique_2022(), 349, year=2021)
>>> print(year.execution_rate("commitment", over="voted").explain("en"))
417.5% = €166,988,229 committed / €40,000,000 voted (initial budget act 2021)
>>> print(budget.outstanding(catalogue.action_publique_2022(), 349, year=2021).by_flows.explain("en"))
€160,937,041 outstanding at the end of 2021, by the flows
"""

from __future__ import annotations

from levier.compute.budget.ageing import Vintage, age, ageing_by_award
from levier.compute.budget.amounts import Amount
from levier.compute.budget.budget_rules import budget_verdicts, finance_act_verdicts
from levier.compute.budget.comparison import BudgetChange, change_between, execution_rate
from levier.compute.budget.derivations import BudgetMeasure
from levier.compute.budget.execution import BudgetYear
from levier.compute.budget.execution import budget_year as year
from levier.compute.budget.outstanding import Outstanding, outstanding, roll_forward
from levier.compute.budget.rates import Denominator, ExecutionRate, Ratio
from levier.compute.budget.schedules import payment_schedules
from levier.compute.budget.verdicts import LegalRule, LegalVerdict
from levier.model.appropriations import AppropriationKind, Appropriations, Execution
from levier.model.budget import (
    BudgetAction,
    BudgetLink,
    BudgetProgramme,
    OutstandingStatement,
    PaymentSchedule,
    ScheduledPayment,
    ScopeChange,
)
from levier.model.budget_lines import BudgetLine, BudgetMovement, BudgetStage, ExecutionLine, MovementKind, TitleGroup
from levier.model.money import Euros
from levier.model.reserves import ReserveRate

__all__ = [
    "Amount",
    "AppropriationKind",
    "Appropriations",
    "BudgetAction",
    "BudgetChange",
    "BudgetLine",
    "BudgetLink",
    "BudgetMeasure",
    "BudgetMovement",
    "BudgetProgramme",
    "BudgetStage",
    "BudgetYear",
    "Denominator",
    "Euros",
    "Execution",
    "ExecutionLine",
    "ExecutionRate",
    "LegalRule",
    "LegalVerdict",
    "MovementKind",
    "Outstanding",
    "OutstandingStatement",
    "PaymentSchedule",
    "Ratio",
    "ReserveRate",
    "ScheduledPayment",
    "ScopeChange",
    "TitleGroup",
    "Vintage",
    "age",
    "ageing_by_award",
    "budget_verdicts",
    "change_between",
    "execution_rate",
    "finance_act_verdicts",
    "outstanding",
    "payment_schedules",
    "roll_forward",
    "year",
]
