"""Laws of every answer about a budget: the order of statements, the day that is asked, and facts told twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier import (
    Appropriations,
    BudgetLine,
    BudgetMovement,
    BudgetProgramme,
    Execution,
    ExecutionLine,
    LevierError,
    Portfolio,
    Source,
)
from levier.budget import (
    AppropriationKind,
    BudgetAction,
    BudgetMeasure,
    Denominator,
    OutstandingStatement,
    PaymentSchedule,
    ScheduledPayment,
    ScopeChange,
    budget_verdicts,
    execution_rate,
    finance_act_verdicts,
    outstanding,
    payment_schedules,
)
from levier.budget import (
    year as budget_year,
)
from levier.model.budget_lines import TitleGroup
from levier.model.periods import Day
from levier.plans import DatedName
from levier.rules import MONEY_RULES, check

YEARS = (2020, 2021)
DOCUMENTS = (
    Source(id="act", title="Act", published_on="2019-12-28"),
    Source(id="bill", title="Bill", published_on="2020-10-01"),
    Source(id="rap", title="Report", published_on="2022-05"),
    Source(id="audit", title="Audit", published_on="2022-05-31"),  # known on the same day as the report
    Source(id="press", title="Press"),
)
BASE = Appropriations(10_000, 10_000)
TUPLES = (
    "lines",
    "executions",
    "movements",
    "outstanding",
    "schedules",
    "scope_changes",
    "names",
    "missions",
    "actions",
)

# ---------------------------------------------------------------- what is drawn

documents = st.sampled_from([document.id for document in DOCUMENTS])
amounts = st.sampled_from([0, 5, 10, 40])
titles = st.sampled_from([TitleGroup.ALL, TitleGroup.ALL, TitleGroup.STAFF, TitleGroup.OTHER])
reliabilities = st.sampled_from(["official", "official", "secondary", "computed"])
sides = st.tuples(st.none() | amounts, amounts)


def reasoned(pair: tuple[int | None, int]) -> str:
    """Return the reason of a missing side."""
    return "" if pair[0] is not None else "unpublished"


def lines(sources: st.SearchStrategy[str]) -> st.SearchStrategy[BudgetLine]:
    """Return budget lines of a few facts, so that documents meet."""
    return st.builds(
        lambda year, stage, title, pair, source, reliability: BudgetLine(
            year=year,
            stage=stage,
            title=title,
            amounts=Appropriations(*pair),
            missing_because=reasoned(pair),
            source_id=source,
            reliability=reliability,
        ),
        st.sampled_from(YEARS),
        st.sampled_from(["bill", "voted", "opened", "frozen"]),
        titles,
        sides,
        sources,
        reliabilities,
    )


def executions(sources: st.SearchStrategy[str]) -> st.SearchStrategy[ExecutionLine]:
    """Return counts of whole years and of parts of them."""
    return st.builds(
        lambda year, until, title, pair, source, reliability: ExecutionLine(
            year=year,
            until=until and f"{year}-{until}",
            title=title,
            amounts=Execution(*pair),
            missing_because=reasoned(pair),
            source_id=source,
            reliability=reliability,
        ),
        st.sampled_from(YEARS),
        st.sampled_from([None, None, "12-31", "11-30", "09-15"]),
        titles,
        sides,
        sources,
        reliabilities,
    )


def movements(sources: st.SearchStrategy[str]) -> st.SearchStrategy[BudgetMovement]:
    """Return movements of a few kinds and days."""
    return st.builds(
        lambda year, kind, on, title, pair, source: BudgetMovement(
            year=year,
            kind=kind,
            on=on and f"{year}-{on}",
            title=title,
            amounts=Appropriations(*pair),
            missing_because=reasoned(pair),
            source_id=source,
        ),
        st.sampled_from((*YEARS, 2022)),
        st.sampled_from(["carry-over", "virement", "asymmetric-fungibility", "cancellation", "advance-decree"]),
        st.sampled_from([None, "03", "03-12"]),
        titles,
        st.tuples(st.none() | st.sampled_from([-5, 5, 10]), st.sampled_from([-5, 0, 5])),
        sources,
    )


def stocks(sources: st.SearchStrategy[str]) -> st.SearchStrategy[OutstandingStatement]:
    """Return counts and forecasts of the ends of years."""
    return st.builds(
        lambda year, amount, is_forecast, source: OutstandingStatement(
            on=f"{year}-12-31", amount=amount, is_forecast=is_forecast, source_id=source
        ),
        st.sampled_from((2019, *YEARS)),
        amounts,
        st.booleans(),
        sources,
    )


def schedules(sources: st.SearchStrategy[str]) -> st.SearchStrategy[PaymentSchedule]:
    """Return schedules of a few stocks."""
    return st.builds(
        lambda year, paid, source: PaymentSchedule(
            payments=[] if year is None else [ScheduledPayment(year, paid)], stock=50, source_id=source
        ),
        st.sampled_from([None, 2021, 2022]),
        amounts,
        sources,
    )


def programmes(sources: st.SearchStrategy[str]) -> st.SearchStrategy[BudgetProgramme]:
    """Return programmes that these documents tell of."""
    held = {
        "lines": st.lists(lines(sources), max_size=8, unique_by=lambda one: one.key),
        "executions": st.lists(executions(sources), max_size=6, unique_by=lambda one: one.key),
        "movements": st.lists(movements(sources), max_size=5),
        "outstanding": st.lists(stocks(sources), max_size=4),
        "schedules": st.lists(schedules(sources), max_size=3),
    }
    return st.builds(
        BudgetProgramme,
        id=st.just("349"),
        label=st.just("Now"),
        mission=st.just("Mission now"),
        since=st.sampled_from([None, 2020]),
        scope_changes=st.sampled_from([(), (ScopeChange(year=2021, label="a"), ScopeChange(year=2021, label="b"))]),
        names=st.just((DatedName(name="Once", period="2019/2021"), DatedName(name="Now", period="2021/.."))),
        missions=st.just((DatedName(name="Old", period="2018/2020"), DatedName(name="Mission now", period="2020/.."))),
        actions=st.just((BudgetAction(code="01", label="A"), BudgetAction(code="02", label="B"))),
        **held,
    )


def plan_of(programme: BudgetProgramme) -> Portfolio:
    """Return the portfolio of a programme with the documents."""
    return Portfolio.of(programme, *DOCUMENTS)


# ---------------------------------------------------------------- what is asked


def rate(plan: Portfolio, as_of: Any) -> Any:
    """Return a rate over two years of a budget."""
    years = [budget_year(plan, 349, year, as_of=as_of) for year in YEARS]
    return execution_rate(years, of=AppropriationKind.PAYMENT, over=Denominator.OPENED, across_scope_change=True)


QUESTIONS: dict[str, Callable[[Portfolio, Any], Any]] = {
    "finance acts": lambda plan, day: finance_act_verdicts(plan, 2021, initial=BASE, opened=BASE, as_of=day),
    "schedules": lambda plan, day: payment_schedules(plan, 349, as_of=day),
    "rate": rate,
} | {
    f"{name} {year}": question
    for year in YEARS
    for name, question in {
        "verdicts": lambda plan, day, year=year: budget_verdicts(plan, 349, year, as_of=day),
        "outstanding": lambda plan, day, year=year: outstanding(
            plan, 349, year=year, as_of=day, across_scope_change=True
        ),
        **{
            f"year of {title}": lambda plan, day, year=year, title=title: budget_year(
                plan, 349, year, title=title, as_of=day
            )
            for title in TitleGroup
        },
    }.items()
}


def answer(question: Callable[[Portfolio, Any], Any], plan: Portfolio, as_of: Any = None) -> Any:
    """Return the answer, or the error in its place."""
    try:
        found = question(plan, as_of)
    except LevierError as error:
        return type(error), str(error)
    return found, found.explain("fr") if hasattr(found, "explain") else repr(found)


def numbers(plan: Portfolio) -> Iterator[Any]:
    """Yield every number that the questions give, without the documents."""
    for year, title in product(YEARS, TitleGroup):
        try:
            found = budget_year(plan, 349, year, title=title)
        except LevierError as error:
            yield type(error)
            continue
        yield [
            (amount.value, amount.until)
            for measure, of in product(BudgetMeasure, AppropriationKind)
            for amount in [found.amount(measure, of)]
        ]
        if title is TitleGroup.ALL:
            end = outstanding(plan, 349, year=year, across_scope_change=True)
            yield end.by_flows.value, end.forecast.value, end.published and end.published.value
            yield [(one.rule.id, one.amount.value, one.excess) for one in budget_verdicts(plan, 349, year)]
    yield [found.statement.payments for found in payment_schedules(plan, 349)]


# ---------------------------------------------------------------- the laws


@given(programmes(documents), st.randoms(use_true_random=False))
def test_the_order_of_listing_never_decides(programme: BudgetProgramme, random: Random) -> None:
    """Every tuple of statements in another order gives the same answers, errors and findings included."""
    shuffled = {name: random.sample(held, len(held)) for name in TUPLES for held in [getattr(programme, name)]}
    plan, other = plan_of(programme), plan_of(evolve(programme, **shuffled))
    for name, question in QUESTIONS.items():
        assert answer(question, other) == answer(question, plan), name
    assert check(other, as_of="2023-01-01", rules=MONEY_RULES) == check(plan, as_of="2023-01-01", rules=MONEY_RULES)
    then, same = (held.as_of("2021-06-01").budget_programmes["349"] for held in (plan, other))
    assert (then.label, then.mission) == (same.label, same.mission) == ("Once", "Mission now")


DAYS = st.sampled_from(["2019-12-28", "2020-12-31", "2021-06-01", "2021-12-31", "2022-05-31", "2023-01-01"])


@given(programmes(documents), DAYS)
def test_a_question_of_a_day_is_asked_of_what_was_known(programme: BudgetProgramme, day: str) -> None:
    """Asked as of a day, every function answers as if the portfolio held no more than was known on that day."""
    plan = plan_of(programme)
    for name, question in QUESTIONS.items():
        assert answer(question, plan, day) == answer(question, plan.as_of(day), day), name
        assert answer(question, plan, day) == answer(question, plan.as_of(day)), name
    for rule in MONEY_RULES.values():
        on = Day.fromisoformat(day)
        assert list(rule(plan, on)) == list(rule(plan.as_of(on), on))


def again(programme: BudgetProgramme, source: str, random: Random) -> dict[str, Any]:
    """Return the statements of a programme with some of them told again by another document."""
    changed: dict[str, Any] = {}
    for name in ("lines", "executions", "movements", "outstanding", "schedules"):
        held = getattr(programme, name)
        told = random.sample(held, random.randint(0, len(held)))
        changed[name] = [*held, *(evolve(one, source_id=source) for one in told)]
    return changed


single = st.builds(
    lambda programme: evolve(
        programme,
        outstanding={one.about: one for one in programme.outstanding}.values(),
        schedules={one.about: one for one in programme.schedules if one.payments}.values(),
    ),
    programmes(st.just("bill")),
)
"""Programmes of which one document tells, without a contradiction of its own."""


@given(single, st.sampled_from(["act", "rap", "press"]), st.randoms(use_true_random=False))
def test_a_fact_told_again_changes_no_number(programme: BudgetProgramme, source: str, random: Random) -> None:
    """A second document, earlier, later or undated, that tells any of the facts again, changes no number."""
    told = plan_of(evolve(programme, **again(programme, source, random)))
    assert list(numbers(told)) == list(numbers(plan_of(programme)))


FACTS: dict[str, Callable[[int, str], dict[str, Any]]] = {
    "line": lambda cents, source: {
        "lines": [BudgetLine(year=2020, stage="voted", amounts=Appropriations(cents, cents), source_id=source)]
    },
    "execution": lambda cents, source: {
        "executions": [ExecutionLine(year=2020, amounts=Execution(cents, cents), source_id=source)]
    },
    "part of a year": lambda cents, source: {
        "executions": [ExecutionLine(year=2020, until="2020-11-30", amounts=Execution(cents, 0), source_id=source)]
    },
    "movement": lambda cents, source: {
        "movements": [BudgetMovement(year=2020, kind="transfer", amounts=Appropriations(cents, 0), source_id=source)]
    },
    "count": lambda cents, source: {
        "outstanding": [OutstandingStatement(on="2020-12-31", amount=cents, source_id=source)]
    },
    "forecast": lambda cents, source: {
        "outstanding": [OutstandingStatement(on="2020-12-31", amount=cents, is_forecast=True, source_id=source)]
    },
    "schedule": lambda cents, source: {
        "schedules": [PaymentSchedule(payments=[ScheduledPayment(2021, cents)], stock=99, source_id=source)]
    },
}
ORDER = ("press", "act", "bill", "rap")
"""Documents in the order of the rule: what nothing dates comes first."""
bare = BudgetProgramme(
    id=349,
    label="P",
    lines=[
        BudgetLine(year=2020, stage=stage, title=title, amounts=Appropriations(7, 7), source_id="act")
        for stage, title in (("bill", "all"), ("voted", "other"), ("opened", "staff"))
    ],
)


@pytest.mark.parametrize("fact", FACTS)
@given(
    st.dictionaries(st.sampled_from(ORDER), st.integers(1, 9), min_size=1, max_size=4),
    st.randoms(use_true_random=False),
)
def test_the_latest_statement_holds(fact: str, said: dict[str, int], random: Random) -> None:
    """Of any number of documents that state one fact the last one's number holds, in any order of listing."""
    statements: dict[str, list[Any]] = {}
    for source in random.sample(list(said), len(said)):
        for name, told in FACTS[fact](said[source], source).items():
            statements.setdefault(name, list(getattr(bare, name))).extend(told)
    last = max(said, key=ORDER.index)
    assert list(numbers(plan_of(evolve(bare, **statements)))) == told_alone(fact, said[last], last)


@cache
def told_alone(fact: str, cents: int, source: str) -> list[Any]:
    """Return the numbers where only one document states a fact."""
    alone = {name: [*getattr(bare, name), *told] for name, told in FACTS[fact](cents, source).items()}
    return list(numbers(plan_of(evolve(bare, **alone))))
