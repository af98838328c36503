"""Laws of savings and costs that are stated more than once: one fact, several documents, one number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Award, CostStatement, Euros, Fund, LevierError, Saving, Source
from levier.fund import (
    SavingKind,
    cost_overrun,
    costs_in_force,
    fund_years,
    latest_cost,
    leverage,
    payback_year,
    realisation,
    return_on,
    revision_history,
    savings_in_force,
    total_savings,
)

AWARDS = [Award(id="a", label="A", amount=10), Award(id="b", label="B", amount=20)]
SOURCES = {
    name: Source(id=name, title=name, published_on=day)
    for name, day in (("s", "2019-05-01"), ("t", "2021-05"), ("u", None), ("z", "2030"))
}
STATED = st.sampled_from([None, "2019", "2020-03", "2020-12-31"])
PERIODS = st.sampled_from(
    [None, "2021", "2022", "2022-01/2022-12", "2022-03", "2022-07/2023-06", "2021/2023", "2023/.."]
)

SAVINGS = st.lists(
    st.builds(
        Saving,
        award_id=st.sampled_from(["a", "a", "b", None]),
        kind=st.sampled_from(SavingKind),
        nature=st.sampled_from(["recurrent", "recurrent", "one-off", "unstated"]),
        amount=st.integers(0, 5),
        whose=st.sampled_from(["State", "State", "hospitals"]),
        method=st.just("declared"),
        period=PERIODS,
        stated_on=STATED,
        source_id=st.sampled_from(["s", "t", "u"]),
    ),
    max_size=6,
)
"""Savings of few values, so that statements of one saving are frequent."""

ONE_SERIES = SAVINGS.map(
    lambda some: [attrs.evolve(one, award_id="a", nature="recurrent", whose="State") for one in some]
)
COSTS = st.lists(
    st.builds(
        CostStatement,
        award_id=st.sampled_from(["a", "b"]),
        kind=st.sampled_from(["planned", "revised", "final"]),
        amount=st.integers(10, 13),
        stated_on=STATED,
        source_id=st.sampled_from(["s", "t", "u"]),
    ),
    max_size=6,
)


def fund(savings: list[Saving], costs: list[CostStatement] | None = None) -> Fund:
    """Return a fund of two awards with these statements."""
    return Fund(id="f", label="F", awards=AWARDS, savings=savings, costs=costs or [])


def of_kind(savings: list[Saving], kind: str) -> list[Saving]:
    """Return the savings of one kind."""
    return [one for one in savings if one.kind == kind]


QUESTIONS: dict[str, Callable[[list[Saving]], Any]] = {
    "total": lambda some: total_savings(some, sources=SOURCES),
    "total expected": lambda some: total_savings(of_kind(some, "expected"), sources=SOURCES),
    "return": lambda some: return_on(savings=of_kind(some, "achieved"), cost=7, sources=SOURCES),
    "realisation": lambda some: realisation(some, sources=SOURCES),
    "of revised": lambda some: realisation(some, against="revised", sources=SOURCES),
    "payback": lambda some: payback_year(of_kind(some, "expected"), cost=7, until=2030, sources=SOURCES),
    "history": lambda some: revision_history(some, "a", sources=SOURCES),
    "years": lambda some: fund_years(fund(some), sources=SOURCES),
    "in force": lambda some: savings_in_force(some, sources=SOURCES),
}
COST_QUESTIONS: dict[str, Callable[[Fund], Any]] = {
    "overrun": lambda held: cost_overrun(held, sources=SOURCES),
    "leverage": lambda held: leverage(held, sources=SOURCES),
    "latest": lambda held: latest_cost(held, "a", sources=SOURCES),
    "in force": lambda held: costs_in_force(held.costs, sources=SOURCES),
}


def answer(question: Callable[[Any], Any], given_statements: Any) -> Any:
    """Return what a function answers, or the error that it raises, as text."""
    try:
        return question(given_statements)
    except LevierError as error:
        return f"{type(error).__name__}: {error}"


def number(found: Any) -> Any:
    """Return the numbers of an answer, without the documents that they come from."""
    if isinstance(found, tuple):
        return tuple(number(one) for one in found)
    names = ("value", "by_year", "year", "change", "since_first", "savings", "amount", "statement")
    held = {name: number(getattr(found, name)) for name in names if hasattr(found, name)}
    return held or found


@pytest.mark.parametrize("name", QUESTIONS)
@given(SAVINGS, st.randoms(use_true_random=False))
def test_the_order_of_savings_never_decides(name: str, savings: list[Saving], random: Any) -> None:
    """The same statements in another order give the same answer, or the same refusal word for word."""
    shuffled = list(savings)
    random.shuffle(shuffled)
    assert answer(QUESTIONS[name], shuffled) == answer(QUESTIONS[name], savings)


@pytest.mark.parametrize("name", COST_QUESTIONS)
@given(COSTS, st.randoms(use_true_random=False))
def test_the_order_of_costs_never_decides(name: str, costs: list[CostStatement], random: Any) -> None:
    """The same cost statements in another order give the same answer."""
    shuffled = list(costs)
    random.shuffle(shuffled)
    assert answer(COST_QUESTIONS[name], fund([], shuffled)) == answer(COST_QUESTIONS[name], fund([], costs))


@pytest.mark.parametrize("name", ["total", "total expected", "return", "realisation", "of revised", "payback", "years"])
@given(SAVINGS)
def test_restating_the_same_amount_changes_no_number(name: str, savings: list[Saving]) -> None:
    """A later document that says again what is in force, and undisputed, leaves every number as it was."""
    again = [
        attrs.evolve(fact.statement, source_id="z", stated_on="2030")
        for fact in savings_in_force(savings, sources=SOURCES)
        if not fact.disputed
    ]
    before, after = (answer(QUESTIONS[name], some) for some in (savings, [*savings, *again]))
    assert number(after) == number(before)


@pytest.mark.parametrize("name", ["total", "total expected", "return", "realisation", "of revised", "payback", "years"])
@given(SAVINGS, st.integers(6, 9))
def test_a_later_statement_takes_the_place_of_all_before_it(name: str, savings: list[Saving], amount: int) -> None:
    """Once every saving is stated anew, what was said before decides nothing, disputes included."""
    anew = [
        attrs.evolve(fact.statement, amount=amount, source_id="z", stated_on="2030")
        for fact in savings_in_force(savings, sources=SOURCES)
    ]
    assert answer(QUESTIONS[name], [*savings, *anew]) == answer(QUESTIONS[name], anew)


@given(SAVINGS)
def test_no_number_mixes_two_kinds(savings: list[Saving]) -> None:
    """What is expected of a year is what it is without the revised and the achieved savings, and so for each kind."""
    rows = {row.year: row for row in fund_years(fund(savings))}
    for kind in SavingKind:
        alone = {row.year: row.savings for row in fund_years(fund(of_kind(savings, kind))) if row.savings}
        found = {year: tuple(one for one in row.savings if one.kind is kind) for year, row in rows.items()}
        assert {year: some for year, some in found.items() if some} == alone
    without_revised = [one for one in savings if one.kind is not SavingKind.REVISED]
    assert answer(realisation, savings) == answer(realisation, without_revised)


@given(SAVINGS)
def test_the_whole_is_never_added_to_its_parts(savings: list[Saving]) -> None:
    """Each sum of a year is that of the fund's statements or of its awards', as if the others were not there."""
    for of_fund in (True, False):
        one_level = [one for one in savings if (one.award_id is None) is of_fund]
        alone = {row.year: row.savings for row in fund_years(fund(one_level)) if row.savings}
        rows = {row.year: tuple(o for o in row.savings if o.of_fund is of_fund) for row in fund_years(fund(savings))}
        assert {year: some for year, some in rows.items() if some} == alone


@given(ONE_SERIES, st.sampled_from(SavingKind))
def test_a_recurrent_saving_is_never_added_over_years(savings: list[Saving], kind: SavingKind) -> None:
    """The total of one recurrent saving is the amount of one statement, however many years are stated."""
    given_kind = of_kind(savings, kind)
    try:
        total = total_savings(given_kind)
    except LevierError:
        return
    assert (total.value is None) is not bool(given_kind)
    assert total.value is None or total.value in {one.amount for one in given_kind}


def test_what_is_in_force_names_the_others() -> None:
    """Of three statements of a saving the last is in force; the one before is superseded, and the same is restated."""
    said = [
        Saving(
            kind="revised",
            nature="one-off",
            amount=n,
            whose="State",
            method="m",
            period="2022",
            stated_on=on,
            source_id="s",
        )
        for n, on in ((80, "2021"), (100, "2019"), (80, "2020"))
    ]
    (fact,) = savings_in_force(said)
    assert (fact.statement, fact.superseded, fact.restated) == (said[0], (said[1],), (said[2],))
    (then,) = savings_in_force(said, as_of="2019-12-31")
    assert then.statement.amount == Euros(100)


def test_a_statement_says_what_it_is_about() -> None:
    """Amount, day, method and document are what is said; the rest is what it is said of."""
    saving = Saving(
        kind="expected", nature="one-off", amount=1, whose="State", method="m", period="2022", source_id="s"
    )
    assert attrs.evolve(saving, amount=2, method="n", stated_on="2021", source_id="t").about == saving.about
    for other in ({"award_id": "a"}, {"kind": "revised"}, {"nature": "unstated"}, {"whose": "x"}, {"period": "2023"}):
        assert attrs.evolve(saving, **other).about != saving.about
    cost = CostStatement(award_id="a", kind="planned", amount=1, source_id="s")
    assert attrs.evolve(cost, amount=2, stated_on="2021", source_id="t").about == cost.about
    assert attrs.evolve(cost, kind="final").about != cost.about
