"""Laws of the one rule for a fact that several documents state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from levier import BudgetLine, Source
from levier.budget import OutstandingStatement
from levier.compute.statements.in_force import InForce, by_fact, in_force, stated_day, trust
from levier.model.appropriations import Appropriations

PUBLISHED = {"a": "2019-05-01", "b": "2020-05-01", "c": None, "d": "2020-05"}
SOURCES: Mapping[str, Any] = {
    name: Source(id=name, title=name, published_on=published) for name, published in PUBLISHED.items()
}


def line(amount: int, source: str, reliability: str) -> BudgetLine:
    """Return what one document states of one budget line."""
    amounts = Appropriations(amount, amount)
    return BudgetLine(year=2020, stage="voted", amounts=amounts, source_id=source, reliability=reliability)


LINES = st.lists(
    st.builds(
        line,
        st.integers(0, 2),
        st.sampled_from(sorted(PUBLISHED)),
        st.sampled_from(["official", "article", "secondary", "computed"]),
    ),
    min_size=1,
    max_size=6,
)


def chosen(lines: list[BudgetLine]) -> InForce[BudgetLine]:
    """Return what is in force of lines of one fact."""
    found = in_force(lines, says=lambda one: one.amounts, sources=SOURCES)
    assert found is not None
    return found


@given(LINES, st.randoms(use_true_random=False))
def test_the_order_of_the_list_never_decides(lines: list[BudgetLine], random: Any) -> None:
    """Statements in another order give the same statement in force, and the same fate to each of the others."""
    shuffled = list(lines)
    random.shuffle(shuffled)
    assert chosen(shuffled) == chosen(lines)


@given(LINES)
def test_every_statement_has_one_fate(lines: list[BudgetLine]) -> None:
    """What is in force and the others are together the statements given, each as often as it was given."""
    found = chosen(lines)
    assert sorted(map(repr, (found.statement, *found.others))) == sorted(map(repr, lines))


@given(LINES)
def test_no_other_statement_has_a_better_claim(lines: list[BudgetLine]) -> None:
    """Compared one by one, no statement is more trusted than the one in force, nor as trusted and stated later."""
    found = chosen(lines)
    best = found.statement
    for other in lines:
        assert trust(other) <= trust(best)
        assert trust(other) < trust(best) or stated_day(other, SOURCES) <= stated_day(best, SOURCES)
    for other in found.restated:
        assert other.amounts == best.amounts
    for other in found.disputed:
        assert other.amounts != best.amounts
        assert (trust(other), stated_day(other, SOURCES)) == (trust(best), stated_day(best, SOURCES))
    for other in found.superseded:
        assert other.amounts != best.amounts
        assert (trust(other), stated_day(other, SOURCES)) != (trust(best), stated_day(best, SOURCES))


def test_nothing_stated_is_nothing_in_force() -> None:
    """Without a statement there is none in force."""
    assert in_force([], says=repr) is None
    assert by_fact([], about=repr, says=repr) == {}


def test_undated_statements_count_as_the_earliest() -> None:
    """A dated document prevails over an undated one, whichever is listed first."""
    dated = OutstandingStatement(on="2019-12-31", amount=48, source_id="a")
    undated = OutstandingStatement(on="2019-12-31", amount=50, source_id="c")
    for given_lines in ([dated, undated], [undated, dated]):
        found = in_force(given_lines, says=lambda one: one.amount, sources=SOURCES)
        assert found == InForce(statement=dated, superseded=(undated,))


def test_facts_are_told_apart_by_what_they_are_about() -> None:
    """Statements of two days are two facts, in the order in which they first appear."""
    later = OutstandingStatement(on="2020-12-31", amount=48, source_id="a")
    earlier = OutstandingStatement(on="2019-12-31", amount=50, source_id="a")
    found = by_fact([later, earlier, later], about=lambda one: one.on, says=lambda one: one.amount)
    assert [fact.isoformat() for fact in found] == ["2020-12-31", "2019-12-31"]
    assert found[later.on] == InForce(statement=later, restated=(later,))
