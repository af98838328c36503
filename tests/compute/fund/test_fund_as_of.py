"""A fund as of a day: what was stated, decided, signed and paid by then, and nothing of what came later."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier import (
    Application,
    Award,
    Call,
    CostStatement,
    Fund,
    JournalEntry,
    Lever,
    LevierError,
    Milestone,
    MissingReason,
    Organisation,
    Portfolio,
    Project,
    Saving,
    Source,
)
from levier.budget import ageing_by_award
from levier.compute.exact import rounded
from levier.compute.statements.known import known_fund, known_items
from levier.errors import UnknownItemError
from levier.fund import (
    balance,
    balances,
    compare_funds,
    completion_share,
    concentration,
    contract_lead_time,
    cost_overrun,
    fund_years,
    latest_cost,
    leverage,
    milestone_delay,
    payback_year,
    realisation,
    return_on,
    revision_history,
    savings_in_force,
    selectivity,
    share_contracted_within,
    themes_of,
    total_savings,
)
from levier.testing import strategies

DRAWN = strategies.of(Fund)
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))

OF_A_FUND: dict[str, Callable[[Fund, Any], Any]] = {
    "years": lambda fund, day: fund_years(fund, as_of=day),
    "comparison": lambda fund, day: compare_funds(fund, fund, as_of=day),
    "overrun": lambda fund, day: cost_overrun(fund, as_of=day),
    "leverage": lambda fund, day: leverage(fund, as_of=day),
    "lead time": lambda fund, day: contract_lead_time(fund, as_of=day),
    "within": lambda fund, day: share_contracted_within(fund, as_of=day),
    "concentration": lambda fund, day: concentration(fund.awards, as_of=day),
    "balance": lambda fund, day: balance(fund, as_of=day),
    "balances": lambda fund, day: balances(fund, as_of=day),
    "by owner": lambda fund, day: balances(fund, by="owner", as_of=day),
    "by year": lambda fund, day: balances(fund, by="year", as_of=day),
    "ageing": lambda fund, day: ageing_by_award(fund, as_of=day),
    "selectivity": lambda fund, day: selectivity(fund, "c", as_of=day),
    "latest cost": lambda fund, day: latest_cost(fund, "a", as_of=day),
}
OF_SAVINGS: dict[str, Callable[[Iterable[Saving], Any], Any]] = {
    "in force": lambda some, day: savings_in_force(some, as_of=day),
    "total": lambda some, day: total_savings(some, as_of=day),
    "return": lambda some, day: return_on(savings=some, cost=1, as_of=day),
    "realisation": lambda some, day: realisation(some, as_of=day),
    "payback": lambda some, day: payback_year(some, cost=1, as_of=day),
    "history": lambda some, day: revision_history(some, None, as_of=day),
}


def answer(question: Callable[..., Any], *given_values: Any) -> Any:
    """Return what a function answers, or the error that it raises, as text."""
    try:
        return question(*given_values)
    except LevierError as error:
        return f"{type(error).__name__}: {error}"


def saving(amount: int, kind: str, stated_on: str | None, period: str | None = "2022") -> Saving:
    """Return a recurrent saving of award a."""
    about = {"nature": "recurrent", "whose": "State", "method": "declared", "source_id": "s"}
    return Saving(award_id="a", kind=kind, amount=amount, period=period, stated_on=stated_on, **about)


RUNNING = Fund(
    id="f",
    label="F",
    calls=[Call(id="c", label="C", opened_on="2018-01-15")],
    applications=[
        Application(
            id=name,
            label=name,
            call_id="c",
            owner_id="o",
            requested=50,
            total_cost=200,
            submitted_on=f"2018-0{place}-01",
        )
        for place, name in enumerate("abx", 2)
    ],
    awards=[
        Award(
            id="a", label="A", call_id="c", owner_id="o", amount=50, decided_on="2018-06-20", contracted_on="2018-09-01"
        ),
        Award(
            id="b", label="B", call_id="c", owner_id="q", amount=150, decided_on="2019-02", contracted_on="2019-06-01"
        ),
    ],
    entries=[
        JournalEntry(award_id="a", kind="commitment", amount=50, on="2018-10-01"),
        JournalEntry(award_id="b", kind="commitment", amount=90, on="2019-07-01"),
        JournalEntry(award_id="a", kind="payment", amount=20, on="2020-03-01"),
    ],
    savings=[
        saving(9, "expected", "2018-12"),
        saving(7, "expected", "2020-06-01"),
        saving(3, "achieved", None),
    ],
    costs=[
        CostStatement(award_id="a", kind=kind, amount=amount, stated_on=on, source_id="s")
        for kind, amount, on in (("planned", 100, "2018-07"), ("revised", 120, "2019-05-01"), ("final", 150, "2020-12"))
    ],
)


@given(DRAWN, DAYS)
def test_a_question_of_a_day_is_one_of_the_fund_of_that_day(fund: Fund, day: date) -> None:
    """What came after the day decides nothing: the fund cut to it gives the same answer, or the same refusal."""
    for one in (fund, RUNNING):
        known = known_fund(one, day)
        for name, question in OF_A_FUND.items():
            assert answer(question, one, day) == answer(question, known, day), name


@given(st.lists(strategies.of(Saving), max_size=4), DAYS)
def test_a_question_of_a_day_is_one_of_what_was_stated_by_it(savings: list[Saving], day: date) -> None:
    """Statements of later days decide nothing."""
    for some in (savings, RUNNING.savings):
        known = known_items(some, day)
        for name, question in OF_SAVINGS.items():
            assert answer(question, some, day) == answer(question, known, day), name


@given(DAYS, st.sampled_from([None, "2017", "2018-11"]))
def test_a_fund_alone_is_cut_as_its_portfolio_cuts_it(day: date, published: str | None) -> None:
    """One rule: what a portfolio of the day holds of a fund is what the fund alone is known to be on that day."""
    bodies = [Organisation(id=name, label=name, kind="ministry") for name in "oq"]
    source = Source(id="s", title="S", published_on=published)
    savings = [evolve(one, stated_on=None) for one in RUNNING.savings]
    fund = evolve(RUNNING, savings=savings if published else RUNNING.savings)
    plan = Portfolio.of(fund, source, *bodies).as_of(day)
    expected = known_fund(fund, day, {"s": source})
    if published and day < source.published_on.known_by:  # type: ignore[union-attr]  # it is given
        expected = evolve(expected, savings=(), costs=())  # a portfolio holds no statement of a document it lacks
    assert plan.funds["f"] == expected


@given(strategies.portfolios(), DAYS)
def test_the_share_of_completed_projects_is_that_of_the_portfolio_of_the_day(plan: Portfolio, day: date) -> None:
    """Law of every question that takes a portfolio: cut before or within the function, the answer is one."""
    for fund in (*plan.funds.values(), RUNNING):
        assert completion_share(plan, fund, as_of=day) == completion_share(plan.as_of(day), fund, as_of=day)
    for award in (award for fund in plan.funds.values() for award in fund.awards):
        assert themes_of(plan, as_of=day)(award) == themes_of(plan.as_of(day), as_of=day)(award)


def test_what_each_day_knows() -> None:
    """The numbers of one fund, day by day, as one would have read them then."""
    assert selectivity(RUNNING, "c", as_of="2018-03-15").value == 0
    assert selectivity(RUNNING, "c", as_of="2018-07-01").coverage.is_complete
    third = selectivity(RUNNING, "c", as_of="2018-07-01").value
    assert third is not None
    assert rounded(third, 1) == Decimal("33.3")
    with pytest.raises(UnknownItemError):
        selectivity(RUNNING, "c", as_of="2018-01-14")
    assert contract_lead_time(RUNNING, as_of="2018-08-31").reason is MissingReason.NOT_PUBLISHED
    assert contract_lead_time(RUNNING, as_of="2018-09-01").value == 73
    assert concentration(RUNNING.awards, as_of="2019-02-27").top(1) == 100
    assert concentration(RUNNING.awards, as_of="2019-02-28").top(1) == 75
    assert [cost_overrun(RUNNING, as_of=day).value for day in ("2019-04-30", "2019-05-01", "2020-12-31")] == [
        None,
        20,
        50,
    ]
    assert [leverage(RUNNING, as_of=day).value for day in ("2018-06-20", "2018-12-31")] == [3, 1]
    done = [realisation(RUNNING.savings, as_of=day) for day in ("2022-12-30", "2022-12-31")]
    assert [one.coverage.reported for one in done] == [(), ("a",)]
    assert rounded(done[1].value or Decimal(0), 1) == Decimal("42.9")  # 3 of 7: the forecast of June 2020, not of 9


def test_a_project_that_was_not_known_has_no_theme_and_no_phase() -> None:
    """A project that a document of 2021 states is none of 2020; without a day it is there."""
    project = Project(id="p", label="P", lever_ids=["digital"], source_ids=["paper"])
    fund = Fund(id="f", label="F", awards=[Award(id="a", label="A", amount=1, project_id="p")])
    paper = Source(id="paper", title="Paper", published_on="2021")
    plan = Portfolio.of(fund, project, paper, Lever(id="digital", label="D"))
    (award,) = fund.awards
    assert [themes_of(plan, as_of=day)(award) for day in ("2020-01-01", "2021-12-31", None)] == [
        None,
        "digital",
        "digital",
    ]
    shares = [completion_share(plan, fund, as_of=day) for day in ("2020-01-01", "2021-12-31", None)]
    assert [share.coverage.missing for share in shares] == [("a",), (), ()]


def test_a_milestone_is_as_late_as_was_known() -> None:
    """Revised in October 2019 to January 2020, done in March: on time, then late by the revision, then by the day."""
    pilot = Milestone(id="pilot", label="P", planned="2019-09").revised_to("2020-01", on="2019-10-01", because="x")
    done = pilot.done("2020-03-31")
    assert [milestone_delay([done], as_of=day).value for day in ("2019-09-30", "2019-12-31", "2020-03-31")] == [
        0,
        123,
        183,
    ]
