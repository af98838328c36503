"""Small questions about the State's budget and the fund: every branch of what is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Any

from attrs import evolve
from golden_said import Case, case

from levier import (
    Application,
    Appropriations,
    Award,
    BudgetLine,
    BudgetMovement,
    BudgetProgramme,
    Call,
    CallRule,
    CostStatement,
    Euros,
    Execution,
    ExecutionLine,
    Fund,
    JournalEntry,
    Milestone,
    Period,
    Portfolio,
    Saving,
    Source,
    Sourced,
)
from levier.budget import (
    Amount,
    BudgetChange,
    BudgetMeasure,
    Denominator,
    ExecutionRate,
    OutstandingStatement,
    PaymentSchedule,
    ScheduledPayment,
    ScopeChange,
    ageing_by_award,
    budget_verdicts,
    change_between,
    execution_rate,
    finance_act_verdicts,
    outstanding,
)
from levier.budget import year as budget_year
from levier.compute.budget.amounts import Label
from levier.fund import (
    CostBase,
    Criterion,
    Instalment,
    appraise,
    balance,
    completion_share,
    concentration,
    contract_lead_time,
    cost_overrun,
    fund_years,
    leverage,
    milestone_delay,
    payback_year,
    realisation,
    return_on,
    returns,
    revision_history,
    select,
    selectivity,
    share_contracted_within,
    spread_award,
    spread_by_milestone,
    total_savings,
)
from levier.model.appropriations import AppropriationKind
from levier.model.periods import Day
from levier.rules import budget_ceilings, check
from levier.wording.reasons import MissingReason
from levier.wording.values import Name

DOCUMENTS = (
    Source(id="rap", title="RAP 2020", published_on="2021-05"),
    Source(id="audit", title="Audit de la Cour", published_on="2021-05"),
    Source(id="note", title="Note sans date"),
)
WHOLE = Appropriations(1000, 1000)
NATURES = (AppropriationKind.COMMITMENT, AppropriationKind.PAYMENT)


def line(commitment: Any, payment: Any, **more: Any) -> BudgetLine:
    """Return what a document says of a year of a programme."""
    because = "non publié par action" if None in (commitment, payment) else ""
    given = {"year": 2020, "stage": "voted", "missing_because": because, "source_id": "rap", **more}
    return BudgetLine(amounts=Appropriations(commitment, payment), **given)


def used(commitment: Any, payment: Any, **more: Any) -> ExecutionLine:
    """Return what a document says was used."""
    because = "non publié" if None in (commitment, payment) else ""
    given = {"year": 2020, "missing_because": because, "source_id": "rap", **more}
    return ExecutionLine(amounts=Execution(commitment, payment), **given)


def moved(kind: str, commitment: Any, payment: Any, **more: Any) -> BudgetMovement:
    """Return a movement of 2020."""
    because = "non publié" if None in (commitment, payment) else ""
    given = {"year": 2020, "missing_because": because, "source_id": "rap", **more}
    return BudgetMovement(kind=kind, amounts=Appropriations(commitment, payment), **given)


def programme(*records: Any, code: int = 349, **more: Any) -> Portfolio:
    """Return a portfolio of one programme that holds these records."""
    kinds = {
        "lines": BudgetLine,
        "executions": ExecutionLine,
        "movements": BudgetMovement,
        "outstanding": OutstandingStatement,
        "schedules": PaymentSchedule,
        "scope_changes": ScopeChange,
    }
    parts = {name: [one for one in records if isinstance(one, kind)] for name, kind in kinds.items()}
    return Portfolio.of(BudgetProgramme(id=code, label="Transformation", **parts, **more), *DOCUMENTS)


def amounts() -> Iterator[Case]:
    """Yield what is said of amounts, their sums, their quotients and their changes."""
    voted = Amount.of(100, fr="votés", en="voted")
    cents = Amount.of("100.5", fr="votés", en="voted")
    less = Amount.of(40, fr="payés", en="paid")
    nothing = Amount.of(0, fr="engagés", en="committed")
    opened, paid = Name("", "ouverts", "opened"), Name("", "payés", "paid")
    missing = Amount(value=None, label=opened, reason=MissingReason.NOT_PUBLISHED)
    told = evolve(missing, detail=Name("", "rien n’est publié", "nothing is published"))
    until = Amount(value=Euros(5), label=paid, until=Day(2020, 6, 30))
    disputed = Amount(value=Euros(5), label=paid, is_inferred=True, disputed_by=("rap", "audit"))
    below = Amount(value=Euros(-5), label=Label(Name("", "de plus", "more"), below=Name("", "de moins", "less")))
    for name, amount in {
        "known": voted,
        "with cents": cents,
        "below zero": below,
        "missing": missing,
        "missing, with why": told,
        "until a day": until,
        "disputed": disputed,
    }.items():
        yield f"amount {name}", amount
    for name, top, base in (
        ("known", less, voted),
        ("zero", less, nothing),
        ("missing", missing, voted),
        ("missing twice", missing, told),
    ):
        yield case(f"rate: {name}", ExecutionRate, of="payment", over="voted", numerator=top, denominator=base)
        yield case(f"return: {name}", return_on, savings=top, cost=base)
        yield case(f"change: {name}", BudgetChange, before=base, after=top)
        crossing = {"crosses_scope_change": True}
        yield case(f"crossing: {name}", BudgetChange, before=base, after=top, **crossing)
    rate = {"of": "payment", "over": "voted", "numerator": less, "denominator": voted, "crosses_scope_change": True}
    yield case("rate over a change of scope", ExecutionRate, **rate)


def budget() -> Iterator[Case]:
    """Yield what is said of budget years, of what remains to be paid, and of the rules of law."""
    plans = {
        "one side": programme(line(100, None), used(50, None)),
        "whole": programme(
            line(90, 90, stage="bill"),
            line(100, 90),
            moved("carry-over", 5, 4),
            moved("advance-decree", 3, 3, on="2020-03-12"),
            moved("cancellation", -2, -2),
            line(106, 95, stage="opened"),
            line(4, 4, stage="frozen"),
            used(110, 60),
        ),
        "by title": programme(
            line(10, 8, title="staff"),
            line(90, 90, title="other"),
            used(5, 5, title="staff"),
            used(80, 70, title="other"),
        ),
        "by action": programme(line(10, 8, action="01"), line(90, 90, action="02"), used(5, 5, action="01")),
        "disputed": programme(line(100, 90), line(100, 95, source_id="audit"), used(10, 5)),
        "to a day": programme(line(100, 90), used(10, 5, until="2020-06-30")),
        "a change of scope": programme(
            line(100, 90),
            used(10, 5),
            line(300, 290, year=2021),
            used(100, 90, year=2021),
            ScopeChange(year=2021, label="D’autres actions s’ajoutent", label_en="Other actions join", source_id="rap"),
        ),
    }
    for name, plan in plans.items():
        years = []
        for year in plan.budget_programmes["349"].years:
            yield case(f"year: {name} {year}", budget_year, plan, 349, year)
            yield case(f"outstanding: {name} {year}", outstanding, plan, 349, year=year)
            years.append(budget_year(plan, 349, year))
            for of, over in product(NATURES, Denominator):
                across = {"across_scope_change": True}
                yield case(f"rate: {name} {year} {of} {over}", execution_rate, years, of=of, over=over, **across)
        if len(years) > 1:
            more = {"measure": BudgetMeasure.VOTED, "of": AppropriationKind.PAYMENT}
            yield case(f"change: {name}, refused", change_between, *years[-2:], **more)
            yield case(f"change: {name}", change_between, *years[-2:], **more, across_scope_change=True)
    action = plans["by action"]
    yield case("year of an action", budget_year, action, 349, 2020, action="01")
    yield case("year of a title", budget_year, plans["by title"], 349, 2020, title="staff")
    yield from _outstanding()
    yield from _rules()


def _outstanding() -> Iterator[Case]:
    flows = (used(100, 40, year=2019), used(50, 60, year=2020), line(120, 70), line(120, 70, stage="opened"))
    said = OutstandingStatement(on="2019-12-31", amount=61, source_id="rap")
    forecast = OutstandingStatement(on="2020-12-31", amount=45, source_id="note", is_forecast=True)
    schedule = PaymentSchedule(payments=[ScheduledPayment(2021, 30)], stock=50, source_id="rap")
    for name, records in {
        "flows": flows,
        "published": (*flows, said),
        "forecast": (*flows, said, forecast),
        "published later": (*flows, said, OutstandingStatement(on="2020-12-31", amount=52, source_id="rap")),
        "disputed": (*flows, said, OutstandingStatement(on="2019-12-31", amount=59, source_id="audit")),
        "schedule": (*flows, schedule),
        "schedules that differ": (
            *flows,
            schedule,
            PaymentSchedule(payments=[ScheduledPayment(2021, 30)], stock=55, source_id="audit"),
        ),
        "execution disputed": (*flows, used(52, 60, source_id="audit"), used(1, 2, year=2018, until="2018-06-30")),
        "one side": (used(None, 40, year=2019), used(50, 60)),
    }.items():
        plan = programme(*records)
        for year in (2019, 2020):
            yield case(f"outstanding: {name} {year}", outstanding, plan, 349, year=year)
        yield case(f"outstanding: {name}, decommitted", outstanding, plan, 349, year=2020, decommitted=7)
        yield case(f"findings: {name}", check, plan, as_of="2023-01-01")
    below = programme(used(-5, -7, year=2019))
    yield case("outstanding: below zero", outstanding, below, 349, year=2019, decommitted=-3)


def _rules() -> Iterator[Case]:
    other, staff = line(900, 900, title="other"), line(100, 100, title="staff")
    for name, records, more in (
        ("title 2", (line(10, 8, title="staff"),), {}),
        ("title 2, missing", (line(10, None, title="staff", stage="opened"),), {}),
        ("virements", (line(1000, 1000), moved("virement", 15, 5), moved("virement", -15, -5)), {}),
        ("virements of title 2", (line(1000, 1000), staff, moved("virement", -3, -3, title="staff")), {}),
        ("virements into title 2", (line(1000, 1000), staff, moved("virement", 3, 3, title="staff")), {}),
        ("fungibility", (staff, moved("asymmetric-fungibility", 3, 3, title="staff")), {}),
        (
            "virements from another title",
            (line(1000, 1000), staff, moved("virement", 3, 3, title="staff"), moved("virement", -3, -3, title="other")),
            {},
        ),
        ("overall carry-over", (line(1000, 1000), moved("carry-over", 60, 60, year=2021)), {}),
        (
            "carried undivided, all spent",
            (
                other,
                line(5, 5, title="staff", stage="opened"),
                used(5, 5, title="staff"),
                moved("carry-over", 0, 20, year=2021),
            ),
            {},
        ),
        (
            "carried, assigned, not published",
            (other, moved("carry-over", 3, None, title="other", year=2021)),
            {"assigned": 15},
        ),
        ("virements without a vote", (line(None, 1000), moved("virement", 15, 5)), {}),
        ("carried into title 2", (line(10, 10), moved("carry-over", 5, 0, title="staff", year=2021)), {}),
        ("carried, undivided", (line(10, 10), moved("carry-over", 5, 0, year=2021)), {}),
        ("carried within", (other, moved("carry-over", 0, 1, title="other", year=2021)), {}),
        ("carried beyond", (other, moved("carry-over", 0, 40, title="other", year=2021)), {}),
        ("carried, assigned", (other, moved("carry-over", 0, 40, title="other", year=2021)), {"assigned": 15}),
        ("carried of title 2", (staff, moved("carry-over", 0, 4, title="staff", year=2021)), {}),
        ("carried, not published", (other, moved("carry-over", 3, None, year=2021)), {}),
    ):
        plan = programme(*records)
        yield case(f"law: {name}", budget_verdicts, plan, 349, 2020, **more)
        yield case(f"law, found: {name}", check, plan, as_of="2024-01-01")
    later = programme(
        line(100, 100, title="staff", year=2022), moved("carry-over", 1, 200, title="staff", year=2023), other
    )
    yield case("law since 2022, found in title 2", check, later, as_of="2024-01-01")
    yield case("law since 2022", budget_verdicts, later, 349, 2022)
    carried = programme(line(900, 900, title="other", year=2022), moved("carry-over", 0, 40, title="other", year=2023))
    yield case("law since 2022, other titles", budget_verdicts, carried, 349, 2022)
    yield case("law since 2022, found", check, carried, as_of="2024-01-01")
    decrees = programme(line(1, 1), moved("advance-decree", 19, 0), moved("cancellation", -4, -16))
    yield case("decrees", finance_act_verdicts, decrees, 2020, initial=WHOLE, opened=WHOLE)
    yield case("decrees without a base", finance_act_verdicts, decrees, 2020, initial=Appropriations(1, 1))
    ceilings = budget_ceilings(initial={2020: WHOLE}, opened={2020: WHOLE})
    yield case("decrees, found", check, decrees, as_of="2024-01-01", rules=[ceilings])
    alike = {"on": "2020-03-12", "title": "other", "action": "01", "counterpart": "exercice 2019"}
    same = (moved("virement", -5, -5), moved("virement", -5, -6, source_id="audit", counterpart="programme 218"))
    yield case("movements that may be one", check, programme(*same), as_of="2024-01-01")
    twins = (
        moved("virement", -5, -5, **alike),
        moved("virement", -5, -5, source_id="audit", on="2020-03", counterpart="programme 218"),
        moved("carry-over", 100, 10),
        moved("carry-over", 100, 11, source_id="audit"),
    )
    yield case("movements alike", check, programme(*twins), as_of="2024-01-01")


def asked(name: str, amount: int, **more: Any) -> Application:
    """Return an application for an amount."""
    given = {"call_id": "c", "owner_id": "o", "total_cost": 100, **more}
    return Application(id=name, label=name, requested=amount, **given)


def selecting() -> Iterator[Case]:
    """Yield what is said of applications: by rule of their call, and as they are taken or fall."""
    rules = {
        "owners": CallRule(kind="eligible-owners", text="Ministères", owner_kinds=["ministry"], source_id="rap"),
        "ceiling": CallRule(kind="ceiling", text="50 au plus", amount=50, source_id="rap"),
        "floor": CallRule(kind="floor", text="20 au moins", amount=20, source_id="rap"),
        "co-funding": CallRule(kind="co-funding", text="La moitié", share="0.5", source_id="rap"),
        "return": CallRule(kind="return", text="1 € pour 1 €", share=1, years=3, source_id="rap"),
        "document": CallRule(kind="document", text="Une lettre", document="lettre", source_id="rap"),
        "dated": CallRule(kind="ceiling", text="En 2018", amount=50, period="2018", source_id="rap"),
        "of operators": CallRule(
            kind="ceiling", text="Opérateurs", amount=5, owner_kinds=["operator"], source_id="rap"
        ),
    }
    for name, rule in rules.items():
        call = Call(id="c", label="Appel", rules=[rule])
        for number, (one, more) in enumerate(
            (
                (asked("a", 60), {}),
                (asked("a", 10, documents=["lettre"]), {"owner_kind": "ministry", "recurrent": 10, "on": "2020"}),
                (asked("a", 60), {"owner_kind": "operator", "recurrent": 10, "on": "2018"}),
                (asked("a", 0, total_cost=0), {"recurrent": 3}),
                (asked("a", 500_001, total_cost=1_000_000), {"recurrent": Euros("500000.99")}),
            )
        ):
            yield case(f"rule {name} {number}", appraise, one, call, **more)
    files = [asked("best", 60), asked("big", 60), asked("small", 30), asked("unmarked", 1)]
    marks = [Criterion(id="c", label="Critère", mark={"best": 3, "big": 2, "small": Decimal("1.255")}.get)]
    call = Call(id="c", label="Appel", rules=[rules["ceiling"]])
    verdicts = {one.id: appraise(one, call) for one in files}
    for name, more in {"overtaking": {}, "strict": {"overtaking": False}, "by rules": {"verdicts": verdicts}}.items():
        chosen = select(files, 100, marks, **more)
        yield f"selection: {name}", (*chosen.taken, *chosen.fallen)
        yield f"selection: {name}, ties", "\n".join(chosen.tie_rule.say(lang) for lang in ("fr", "en"))


def saving(award_id: str | None, amount: int, period: str | None = "2020/..", **more: Any) -> Saving:
    """Return an expected recurrent saving of the State."""
    about = {"kind": "expected", "nature": "recurrent", "whose": "État", "method": "déclaré", "source_id": "rap"}
    return Saving(award_id=award_id, amount=amount, period=period, **{**about, **more})


def cost(award_id: str, kind: str, amount: int, **more: Any) -> CostStatement:
    """Return the cost of an award."""
    return CostStatement(award_id=award_id, kind=kind, amount=amount, **{"source_id": "rap", **more})


def award(name: str, amount: Any = None, decided_on: str | None = None, **more: Any) -> Award:
    """Return an award, labelled by its name."""
    return Award(id=name, label=name, amount=amount, decided_on=decided_on, **more)


def funds() -> Iterator[Case]:
    """Yield what is said of funds: balances, returns, delivery and scenarios."""
    sources = {source.id: source for source in DOCUMENTS}
    fund = Fund(
        id="f",
        label="Fonds",
        allocation=Sourced(value=Euros(1000), source_id="rap"),
        calls=[Call(id="one", label="Un", opened_on="2018-01-15", decided_on="2018-06-20")],
        applications=[asked("a", 100, call_id="one"), asked("b", 200, call_id="one")],
        awards=[
            award("a", 500, "2018-06-30", contracted_on="2018-08-31", call_id="one", owner_id="x"),
            award("b", 400, "2019", contracted_on="2019-02-01", owner_id="y"),
            award("c", owner_id="x"),
            award("d", 100, "2019-06-20"),
        ],
        entries=[
            JournalEntry(award_id="a", kind="commitment", amount=300, on="2018-08-31"),
            JournalEntry(award_id="a", kind="payment", amount=100, on="2018-12-31"),
            JournalEntry(award_id="b", kind="commitment", amount=400, on="2019-02-01"),
            JournalEntry(award_id="b", kind="decommitment", amount=50, on="2020-02-01"),
        ],
        savings=[
            saving("a", 70, "2020"),
            saving("a", 60, "2020", kind="achieved"),
            saving("b", 70, "2020", nature="one-off"),
            saving("b", 90, "2020", source_id="audit", nature="one-off"),
            saving(None, 9, None),
        ],
        costs=[
            cost("a", "planned", 400),
            cost("a", "final", 500),
            cost("b", "planned", 50),
            cost("b", "planned", 60, source_id="audit"),
        ],
    )
    bare = Fund(id="bare", label="Nu", awards=[award("a"), award("b", 0)])
    cheap = Fund(
        id="cheap", label="Bon marché", awards=[award("a")], costs=[cost("a", "planned", 50), cost("a", "final", 40)]
    )
    for held in (fund, bare, cheap):
        dated = {"as_of": "2022-12-31", "sources": sources}
        plan = Portfolio.of(*DOCUMENTS)
        yield case(f"{held.id}: balance", balance, held)
        yield case(f"{held.id}: completion", completion_share, plan, held)
        yield case(f"{held.id}: concentration", concentration, held.awards)
        yield case(f"{held.id}: lead time", contract_lead_time, held)
        yield case(f"{held.id}: contracted within", share_contracted_within, held, as_of="2020-12-31")
        yield case(f"{held.id}: overrun", cost_overrun, held, **dated)
        yield case(f"{held.id}: leverage", leverage, held, **dated)
        yield case(f"{held.id}: realisation", realisation, held.savings, **dated)
        yield case(f"{held.id}: realisation, revised", realisation, held.savings, against="revised", **dated)
        yield case(f"{held.id}: years", fund_years, held, **dated)
        yield case(f"{held.id}: revisions", revision_history, held.savings, "b", **dated)
    mixed = Fund(
        id="mixed",
        label="Mélange",
        awards=[award("a", 100, call_id=None), award("b", 100)],
        costs=[cost("a", "final", 300), cost("b", "planned", 400)],
    )
    yield case("leverage of costs of two kinds", leverage, mixed, as_of="2022-12-31", sources=sources)
    yield case("selectivity", selectivity, fund, "one")
    yield case("selectivity of no call", selectivity, fund, "two")
    for name, savings, more in (
        ("paid back", [saving("a", 60)], {}),
        ("projected", [saving("a", 20, "2020/..")], {"until": 2030}),
        ("not by then", [saving("a", 1)], {"until": 2022}),
        ("none", [], {}),
        ("revised", [saving("a", 60, kind="revised")], {}),
        ("projected to the year", [saving("a", 20, "2020")], {"until": 2040}),
        ("undated", [saving("a", 1, None)], {}),
        ("one year", [saving("a", 1, "2020")], {}),
        ("one-off", [saving("a", 200, "2020", nature="one-off")], {}),
        ("two of one award", [saving("a", 60), saving("b", 50, "2019")], {}),
    ):
        yield case(f"payback: {name}", payback_year, savings, cost=100, **more)
        yield case(f"total: {name}", total_savings, savings)
        yield case(f"return: {name}", return_on, savings=savings, cost=100)
    yield case("payback, cost missing", payback_year, [saving("a", 60)], cost=total_savings([]))
    one = Fund(
        id="one", label="Un", savings=[saving("a", 60)], costs=[cost("a", "final", 400)], awards=[award("a", 100)]
    )
    whole = Fund(id="whole", label="Tout", savings=[saving(None, 90)], awards=[award("a", 100), award("b", 50)])
    for held in (one, whole):
        plan = Portfolio.of(*DOCUMENTS, held)
        for base in CostBase:
            yield case(
                f"return of the fund {held.id} over {base.value}", returns, plan, held.id, savings="expected", cost=base
            )
    yield case("return, mixed", return_on, savings=fund.savings, cost=100)
    early = Milestone(id="m", label="M", planned="2019-09")
    for name, some in {
        "early": [early.done("2019-09-20")],
        "late": [early.done("2019-10-10")],
        "on time": [early.done("2019-09-30")],
        "none done": [early],
        "none": [],
    }.items():
        yield case(f"schedule slip: {name}", milestone_delay, some)
    one = award("a", 100, instalments=[Instalment(amount=60, due="2018-10"), Instalment(amount=40)])
    yield case("spread of an award", spread_award, one)
    yield case("spread by milestone", spread_by_milestone, 100, [(Period("2018-10"), 1), (Period("2019"), 2)])
    yield case("ageing", ageing_by_award, fund, as_of="2020-12-31")


CASES = {"amounts": amounts, "budget-small": budget, "selection": selecting, "funds-small": funds}
