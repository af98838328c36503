"""What remains to be paid: the roll-forward, its reconciliation, its forecasts, and its age."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import (
    Appropriations,
    Award,
    BudgetLine,
    BudgetProgramme,
    Euros,
    Execution,
    ExecutionLine,
    Fund,
    MissingReason,
    Portfolio,
    Source,
    catalogue,
)
from levier.budget import (
    Outstanding,
    OutstandingStatement,
    PaymentSchedule,
    ScheduledPayment,
    ScopeChange,
    Vintage,
    age,
    ageing_by_award,
    outstanding,
    payment_schedules,
    roll_forward,
)
from levier.compute.budget.amounts import Amount
from levier.compute.budget.outstanding import _with_term
from levier.compute.exact import rounded
from levier.errors import ContradictoryFlowsError, ScopeChangedError
from levier.model.periods import Day
from levier.rules import MONEY_RULES
from levier.wording.values import Name


def official(year: int, **more: Any) -> Outstanding:
    """Return what programme 349 has left to pay, from the catalogue."""
    return outstanding(catalogue.action_publique_2022(), 349, year=year, **more)


def programme(flows: dict[int, tuple[int | None, int]], *documents: Source, **more: Any) -> Portfolio:
    """Return a portfolio of one programme that committed and paid so much in each year."""
    spent = [
        ExecutionLine(
            year=year,
            amounts=Execution(committed, paid),
            missing_because="unpublished" if committed is None else "",
            source_id="rap",
        )
        for year, (committed, paid) in flows.items()
    ]
    held = BudgetProgramme(id=349, label="P", executions=spent, **more)
    return Portfolio.of(held, Source(id="rap", title="RAP"), *documents)


# ---------------------------------------------------------------- programme 349, to the euro


def test_end_of_2019_is_one_euro_above_the_published_figure() -> None:
    """The flows give 47,880,022, the document 47,880,021: the euro is shown, not absorbed."""
    end = official(2019)
    assert end.previous.value == Euros(20_145_997)
    assert end.by_flows.value == Euros(47_880_022)
    assert end.published is not None
    assert end.published.value == Euros(47_880_021)
    assert end.difference is not None
    assert end.difference.value == Euros(1)
    assert end.by_flows.is_inferred


def test_end_of_2020_by_the_flows_and_by_the_bill() -> None:
    """From the published count, the flows give 127,868,473; the bill forecast 396,790,541, 3.1 times as much."""
    end = official(2020)
    assert end.previous.value == Euros(47_880_021)
    assert end.by_flows.value == Euros(127_868_473)
    assert end.forecast.value == Euros(396_790_541)
    assert end.gap.value == Euros(396_790_541 - 127_868_473)
    assert end.forecast_ratio.value is not None
    assert rounded(end.forecast_ratio.value, 1) == Decimal("3.1")
    assert (end.published, end.difference) == (None, None)


def test_the_bills_method_gives_the_bills_figure() -> None:
    """47,880,021 + 544,523,095 − 195,612,575 is the bill's 396,790,541: all that is open is taken as committed."""
    assert roll_forward(47_880_021, committed=544_523_095, paid=195_612_575) == Euros(396_790_541)
    plan = catalogue.action_publique_2022()
    p349 = plan.budget_programmes["349"]
    bare = BudgetProgramme(
        id=349,
        label="P",
        lines=p349.lines,
        executions=p349.executions,
        outstanding=[statement for statement in p349.outstanding if not statement.is_forecast],
    )
    end = outstanding(plan.with_(bare), 349, year=2020)
    assert end.forecast.value == Euros(396_790_541)
    assert "by the method of the budget bill" in end.forecast.label.say("en")


def test_later_years_roll_on() -> None:
    """Without a published count, a year starts from what the flows gave for the one before."""
    end = official(2021)
    assert end.previous.value == Euros(127_868_473)
    assert end.by_flows.value == Euros(127_868_473 + 166_988_229 - 133_919_661)
    assert end.cover_time.value is not None
    assert rounded(end.cover_time.value, 2) == Decimal("1.20")


def test_the_roll_forward_explains_itself() -> None:
    """The explanation is the sum with its parts, then what documents say, in both languages."""
    said = official(2020).explain("en")
    assert said == (
        "€127,868,473 outstanding at the end of 2020, by the flows = "
        "€47,880,021 outstanding at the end of 2019, published + €151,897,345 committed − €71,908,893 paid; "
        "€396,790,541 outstanding at the end of 2020, forecast by the budget bill; €268,922,068 forecast in excess"
    )
    assert "1\u00a0€ de plus que le montant publié" in official(2019).explain("fr")


def test_a_change_of_scope_stops_the_roll_forward() -> None:
    """Other actions join the programme in 2022: rolling on is refused, or asked for by name and flagged."""
    with pytest.raises(ScopeChangedError, match="2021, 2022"):
        official(2022)
    with pytest.raises(ScopeChangedError, match="2021, 2022"):
        official(2023)
    assert official(2022, across_scope_change=True).crosses_scope_change
    assert official(2023, across_scope_change=True).crosses_scope_change
    assert not official(2021, across_scope_change=True).crosses_scope_change


def test_the_published_schedule_keeps_its_remainder() -> None:
    """The bill breaks down three years; the 21,182,733 due later are a remainder, not spread."""
    (schedule,) = catalogue.action_publique_2022().budget_programmes["349"].schedules
    assert [payment.amount for payment in schedule.payments] == [
        Euros(144_820_799),
        Euros(144_999_832),
        Euros(85_787_177),
    ]
    assert schedule.remainder == Euros(21_182_733)


# ---------------------------------------------------------------- where it starts, and what is unknown


def test_a_programme_starts_from_nothing_in_its_first_year() -> None:
    """Before its first year nothing was committed; where that year is unknown, so is the start."""
    flows = {2018: (20, 5)}
    assert outstanding(programme(flows, since=2018), 349, year=2018).by_flows.value == Euros(15)
    unknown = outstanding(programme(flows), 349, year=2018)
    assert unknown.by_flows.value is None
    assert unknown.previous.reason is MissingReason.NOT_PUBLISHED
    assert unknown.vintages == ()
    assert "not published" in unknown.explain("en")


def test_an_unknown_flow_is_not_zero() -> None:
    """A year whose commitments are unknown has no roll-forward, nor has the next."""
    plan = programme({2018: (None, 0), 2019: (10, 1)}, since=2018)
    assert outstanding(plan, 349, year=2018).by_flows.value is None
    assert outstanding(plan, 349, year=2019).by_flows.value is None


def test_decommitments_count_where_the_caller_knows_them() -> None:
    """What was released during the year is taken off, and said."""
    end = outstanding(programme({2018: (20, 5)}, since=2018), 349, year=2018, decommitted=3)
    assert end.by_flows.value == Euros(12)
    assert end.explain("en").startswith(
        "€12 outstanding at the end of 2018, by the flows = €0 outstanding at the end of 2017, "
        "before the programme began + €20 committed − €5 paid − €3 decommitted"
    )
    assert end.vintages == (Vintage(year=2018, amount=Euros(12)),)


def test_contradictory_flows_of_a_portfolio_are_a_reason() -> None:
    """The data's faults are no errors: more paid than committed gives no figure, and the reason."""
    end = outstanding(programme({2018: (20, 25)}, since=2018), 349, year=2018)
    assert end.by_flows.reason is MissingReason.CONTRADICTORY
    assert end.vintages == ()


def test_a_count_keeps_its_caveat() -> None:
    """What a document says of its count stays with it; a count of another day is not the year's."""
    counts = [
        OutstandingStatement(on="2018-06-30", amount=1, source_id="rap"),
        OutstandingStatement(on="2018-12-31", amount=15, source_id="rap", caveat="rounded"),
    ]
    end = outstanding(programme({2018: (20, 5)}, since=2018, outstanding=counts), 349, year=2018)
    assert end.published is not None
    assert end.published.caveats == ("rounded",)


def test_the_latest_count_and_the_latest_forecast_hold() -> None:
    """Whatever the order, the latest published count and forecast are in force, and what they replace is named."""
    documents = [Source(id=name, title=name, published_on=day) for name, day in (("b", "2019-05"), ("a", "2020-05"))]
    counts = [
        OutstandingStatement(on="2018-12-31", amount=amount, is_forecast=is_forecast, source_id=source)
        for is_forecast in (False, True)
        for amount, source in ((15, "a"), (14, "b"))
    ]
    for listed in (counts, counts[::-1]):
        plan = programme({2018: (20, 5)}, *documents, since=2018, outstanding=listed)
        end = outstanding(plan, 349, year=2018)
        for amount in (end.published, end.forecast):
            assert amount is not None
            assert (amount.value, amount.source_ids) == (Euros(15), ("a",))
            assert [(other.value, other.source_id) for other in amount.alternatives] == [(Euros(14), "b")]
        then = outstanding(plan, 349, year=2018, as_of="2019-12-31")
        assert then.published is not None
        assert (then.published.value, then.published.alternatives) == (Euros(14), ())


def test_counts_of_equal_rank_are_disputed() -> None:
    """Two counts that nothing ranks are both named where the count is said; one that says the same is a source."""
    counts = [
        OutstandingStatement(on="2018-12-31", amount=amount, source_id=source)
        for amount, source in ((15, "rap"), (14, "note"), (14, "audit"))
    ]
    documents = [Source(id=name, title=name) for name in ("note", "audit")]
    end = outstanding(programme({2018: (20, 5)}, *documents, since=2018, outstanding=counts), 349, year=2018)
    assert end.published is not None
    assert end.published.source_ids == ("audit", "note")
    assert "€14 outstanding at the end of 2018, published (disputed by rap)" in end.explain("en")


def test_the_flows_of_a_part_of_a_year_do_not_reach_its_end() -> None:
    """A year counted to a day has no stock at its end by the flows, nor has the next; the reason names the day."""
    spent = [
        ExecutionLine(year=2018, amounts=Execution(20, 5), until="2018-11-30", source_id="rap"),
        ExecutionLine(year=2019, amounts=Execution(1, 1), source_id="rap"),
    ]
    held = BudgetProgramme(id=349, label="P", since=2018, executions=spent)
    plan = Portfolio.of(held, Source(id="rap", title="RAP"))
    end = outstanding(plan, 349, year=2018)
    assert (end.by_flows.value, end.by_flows.reason, end.vintages) == (None, MissingReason.PART_YEAR, ())
    assert end.explain("en").startswith(
        "outstanding at the end of 2018, by the flows: counted over a part of the year (30 November 2018) = "
    )
    assert "€5 paid by 30 November 2018" in end.explain("en")
    assert outstanding(plan, 349, year=2019).by_flows.value is None


# ---------------------------------------------------------------- schedules


def test_the_latest_schedule_of_a_stock_holds() -> None:
    """Two bills break down one stock: the later holds, the other is kept; the order of years is nobody's news."""
    years = [ScheduledPayment(2021, 60), ScheduledPayment(2022, 30)]
    bill, later, same = (
        PaymentSchedule(payments=payments, stock=100, source_id=source)
        for payments, source in (
            (years, "bill"),
            ([ScheduledPayment(2021, 70)], "later"),
            ([ScheduledPayment(2021, 70)], "again"),
        )
    )
    other = PaymentSchedule(payments=[ScheduledPayment(2022, 9)], stock=9, source_id="bill")
    whole = [
        PaymentSchedule(payments=[], stock=stock, source_id=source) for stock, source in ((5, "bill"), (6, "later"))
    ]
    documents = [
        Source(id=name, title=name, published_on=day)
        for name, day in (("bill", "2020-10"), ("later", "2021-10"), ("again", "2021-10"))
    ]
    for held in ([bill, later, same, other, *whole], [*whole, other, same, later, bill]):
        plan = Portfolio.of(BudgetProgramme(id=349, label="P", schedules=held), *documents)
        found = payment_schedules(plan, 349)
        assert [one.statement for one in found] == [*whole, same, other]
        assert (found[2].restated, found[2].superseded) == ((later,), (bill,))
    assert [one.statement for one in payment_schedules(plan, 349, as_of="2021-01-01")] == [whole[0], bill, other]


def test_schedules_that_say_the_same_in_another_order_are_one() -> None:
    """The order in which a document lists the years is no other schedule."""
    years = [ScheduledPayment(2021, 60), ScheduledPayment(2022, 30)]
    held = [
        PaymentSchedule(payments=payments, stock=100, source_id=source)
        for payments, source in ((years, "rap"), (years[::-1], "note"))
    ]
    plan = programme({2020: (1, 1)}, Source(id="note", title="Note"), schedules=held)
    (found,) = payment_schedules(plan, 349)
    assert len(found.restated) == 1


# ---------------------------------------------------------------- what equal documents dispute


def test_what_equal_documents_dispute_is_found() -> None:
    """Every kind of statement that documents of one rank state differently is a finding, with amounts and documents."""
    pair = [("rap", 5), ("note", 6)]
    held = BudgetProgramme(
        id=349,
        label="P",
        lines=[BudgetLine(year=2018, stage="voted", amounts=Appropriations(n, 1), source_id=s) for s, n in pair],
        executions=[
            ExecutionLine(year=2018, amounts=Execution(1, n), until="2018-11-30", source_id=s) for s, n in pair
        ],
        outstanding=[OutstandingStatement(on="2018-12-31", amount=n, is_forecast=True, source_id=s) for s, n in pair],
        schedules=[PaymentSchedule(payments=[ScheduledPayment(2019, 1)], stock=n, source_id=s) for s, n in pair],
    )
    plan = Portfolio.of(held, Source(id="rap", title="RAP"), Source(id="note", title="Note"))
    rule = MONEY_RULES["budget-statements-disputed"]
    found = [
        str(one).removeprefix("Documents of equal rank contradict each other. ") for one in rule(plan, Day(2020, 1, 1))
    ]
    assert found == [
        "Kept: €6 of commitment appropriations voted (initial budget act 2018) (disputed by rap). Others: €5 [rap].",
        "Kept: €6 paid (2018) by 30 November 2018 (disputed by rap). Others: €5 [rap].",
        "Kept: €6 outstanding on 31 December 2018, forecast (disputed by rap). Others: €5 [rap].",
        "Kept: €6 outstanding at the end of 2018, by the schedule (disputed by rap). Others: €5 [rap].",
    ]


def test_a_scope_that_changes_in_the_first_year_changes_nothing() -> None:
    """A programme that starts from nothing crosses no change of scope in its first year."""
    plan = programme({2018: (20, 5)}, since=2018, scope_changes=[ScopeChange(year=2018, label="x")])
    assert not outstanding(plan, 349, year=2018).crosses_scope_change


def test_the_bills_method_falls_back_on_all_titles() -> None:
    """Where title 2 is not told apart, the method of the bill is applied to all titles."""
    lines = [
        BudgetLine(year=2018, stage="voted", amounts=Appropriations(100, 40), source_id="rap"),
        BudgetLine(year=2018, stage="opened", amounts=Appropriations(90, 40), source_id="rap"),
    ]
    assert outstanding(programme({2018: (20, 5)}, since=2018, lines=lines), 349, year=2018).forecast.value == Euros(50)


# ---------------------------------------------------------------- with bare amounts

flows = st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 100)), min_size=1, max_size=8)


def test_more_paid_than_there_is_raises() -> None:
    """Raw figures that contradict each other are the caller's: the error says how much was there and was released."""
    with pytest.raises(ContradictoryFlowsError, match=r"13\.00 EUR paid or released, but only 12\.00 EUR") as caught:
        roll_forward(10, committed=2, paid=11, decommitted=2)
    assert caught.value.released - caught.value.committed == Euros(1)


@given(flows)
def test_ageing_adds_up_to_the_roll_forward(years: list[tuple[int, int]]) -> None:
    """The vintages sum to the roll-forward, and no vintage passes what its year committed."""
    stock: tuple[Vintage, ...] = ()
    total = Euros(0)
    for year, (committed, percent) in enumerate(years, start=2000):
        paid = Euros.of_cents((total.cents + committed * 100) * percent // 100)
        total = roll_forward(total, committed=committed, paid=paid)
        stock = age(stock, year=year, committed=committed, paid=paid)
        assert Euros.total(vintage.amount for vintage in stock) == total
    made = dict(enumerate((committed for committed, _ in years), start=2000))
    assert all(Euros(0) < vintage.amount <= Euros(made[vintage.year]) for vintage in stock)


@given(flows)
def test_the_oldest_are_paid_first(years: list[tuple[int, int]]) -> None:
    """Computed apart: what is left of a year is what the later commitments do not account for."""
    stock: tuple[Vintage, ...] = ()
    total = 0
    for year, (committed, percent) in enumerate(years, start=2000):
        paid = (total + committed) * percent // 100
        total += committed - paid
        stock = age(stock, year=year, committed=committed, paid=paid)
    expected, left = {}, total
    for year, (committed, _) in reversed(list(enumerate(years, start=2000))):
        expected[year] = min(left, committed)
        left -= expected[year]
    found = {vintage.year: vintage.amount for vintage in stock}
    assert found == {year: Euros(value) for year, value in expected.items() if value}


def test_ageing_refuses_what_was_never_committed() -> None:
    """Paying more than the stock holds raises."""
    with pytest.raises(ContradictoryFlowsError, match="commitments of 2019 and before"):
        age([], year=2019, committed=1, paid=2)


def test_an_opening_stock_is_of_its_year_or_before() -> None:
    """A published count has no years of commitment: its vintage says so, and is paid before the others."""
    assert official(2020).vintages == (Vintage(year=2020, amount=Euros(127_868_473)),)
    lot = Vintage(year=2019, amount=Euros(50), or_before=True)
    assert age([lot], year=2020, committed=10, paid=20)[0] == Vintage(year=2019, amount=Euros(30), or_before=True)


def test_each_award_pays_its_own_oldest_commitments() -> None:
    """By award, a payment never settles another award's commitment, and later entries are not counted."""
    awards = [Award(id=name, label=name, amount=100, contracted_on="2018-01-01") for name in ("a", "b")]
    fund = (
        Fund(id="f", label="F", awards=awards)
        .with_commitment("a", 60, on="2018-03-01")
        .with_commitment("b", 80, on="2019-03-01")
        .with_commitment("a", 40, on="2019-04-01")
        .with_payment("b", 50, on="2019-05-01")
        .with_decommitment("a", 10, on="2019-06-01")
        .with_payment("b", 5, on="2020-01-01")
    )
    assert ageing_by_award(fund, as_of="2019-12-31") == (
        Vintage(year=2018, amount=Euros(50)),
        Vintage(year=2019, amount=Euros(70)),
    )
    assert ageing_by_award(fund, as_of="2017-01-01") == ()


def test_what_is_entered_on_the_day_itself_is_aged() -> None:
    """Commitments and payments count from their own day on."""
    fund = Fund(id="f", label="F", awards=[Award(id="a", label="A", amount=100, contracted_on="2018-01-01")])
    fund = fund.with_commitment("a", 60, on="2018-10-01").with_payment("a", 10, on="2018-10-02")
    aged = [ageing_by_award(fund, as_of=day) for day in ("2018-09-30", "2018-10-01", "2018-10-02")]
    assert [[(one.year, one.amount) for one in some] for some in aged] == [[], [(2018, Euros(60))], [(2018, Euros(50))]]


@pytest.mark.parametrize(
    ("amount", "is_added", "said"),
    [
        (5, True, "+ €5"),
        (-5, True, "− €5"),
        (5, False, "− €5"),
        (-5, False, "+ €5"),
        (0, True, "+ €0"),
        (0, False, "− €0"),
    ],
)
def test_a_term_has_one_sign(amount: int, is_added: bool, said: str) -> None:  # a case of the table
    """What is below zero is taken away rather than added, and the reverse: no sentence has two signs in a row."""
    part = Amount(value=Euros(amount), label=Name("", "engagés", "committed"))
    assert _with_term(Name("", "x", "x"), part, is_added=is_added).say("en") == f"x {said} committed"
