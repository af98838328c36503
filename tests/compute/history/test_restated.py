"""One fact told by another document: its source changed, or its value was revised from one document to the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier import (
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
    Figure,
    Fund,
    Indicator,
    Observation,
    Portfolio,
    Project,
    Quantity,
    Saving,
    Source,
    Sourced,
    Territory,
)
from levier.budget import OutstandingStatement, PaymentSchedule, ScheduledPayment
from levier.compute.history.align import align, beyond, pair_restated
from levier.compute.history.base_changes import ValueChange
from levier.history import (
    Added,
    ChangedSource,
    PortfolioDifference,
    Removed,
    RevisedTarget,
    difference,
    merge,
    timeline,
)
from levier.model.quantities import COUNT
from levier.serialization import structure, unstructure
from levier.wording.said import said

MAY = Source(id="may", title="Tableau de bord", published_on="2024-05")
JUNE = Source(id="june", title="Tableau de bord", published_on="2024-06")
NOTE = Source(id="note", title="Note")
AROUND = (
    MAY,
    JUNE,
    NOTE,
    Territory(id="FR", label="France"),
    Indicator(id="delay", label="Délai", label_en="Delay", unit="days"),
)
DOCUMENTS = "Tableau de bord, 2024-05", "Tableau de bord, 2024-06"
SPACE = "\u00a0"


def programme(**parts: Any) -> BudgetProgramme:
    """Return a budget programme with some statements."""
    return BudgetProgramme(id=349, label="B", **parts)


def fund(**parts: Any) -> Fund:
    """Return a fund of one award with some statements."""
    return Fund(id="f", label="F", awards=[Award(id="a", label="Cloud")], **parts)


def row(value: Any, source: str | None, kind: str = "actual", **more: Any) -> Observation:
    """Return one observation of the year 2024."""
    return Observation(indicator_id="delay", period="2024", kind=kind, value=value, source_id=source, **more)


def line(value: int, source: str, **more: Any) -> BudgetLine:
    """Return what a document says was voted for 2024."""
    return BudgetLine(year=2024, stage="voted", amounts=Appropriations(value, 9), source_id=source, **more)


def movement(value: int, source: str) -> BudgetMovement:
    """Return what a document says was moved in 2024."""
    return BudgetMovement(year=2024, kind="virement", amounts=Appropriations(value, 9), source_id=source)


def schedule(value: int, source: str) -> PaymentSchedule:
    """Return what a document expects to be paid in 2025."""
    return PaymentSchedule(payments=[ScheduledPayment(2025, value)], stock=99, source_id=source)


def saving(value: int, source: str) -> Saving:
    """Return what a document expects to be saved, by a method of its own."""
    return Saving(kind="expected", nature="one-off", amount=value, whose="État", method=source, source_id=source)


STATED: dict[str, Callable[[int, str], Any]] = {
    "line": lambda value, source: programme(lines=[line(value, source)]),
    "execution": lambda value, source: programme(
        executions=[ExecutionLine(year=2024, amounts=Execution(value, 9), source_id=source)]
    ),
    "movement": lambda value, source: programme(movements=[movement(value, source)]),
    "outstanding": lambda value, source: programme(
        outstanding=[OutstandingStatement(on="2024-01-31", amount=value, source_id=source)]
    ),
    "schedule": lambda value, source: programme(schedules=[schedule(value, source)]),
    "saving": lambda value, source: fund(savings=[saving(value, source)]),
    "cost": lambda value, source: fund(
        costs=[CostStatement(award_id="a", kind="planned", amount=value, source_id=source)]
    ),
    "rule": lambda value, source: fund(
        calls=[Call(id="c", label="C", rules=[CallRule(kind="floor", text="Plancher", amount=value, source_id=source)])]
    ),
    "figure": lambda value, source: fund(
        figures=[Figure(id="n", label="N", value=Sourced(value=Quantity.exact(value, COUNT), source_id=source))]
    ),
    "allocation": lambda value, source: fund(allocation=Sourced(value=Euros(value), source_id=source)),
    "award": lambda value, source: Fund(
        id="f", label="F", awards=[Award(id="a", label="Cloud", amount=value, source_ids=[source])]
    ),
    "baseline": lambda value, source: row(value, source, "baseline"),
    "actual": row,
    "target": lambda value, source: row(value, source, "target"),
    "forecast": lambda value, source: row(value, source, "forecast"),
}
stated = pytest.mark.parametrize("make", STATED.values(), ids=STATED)


def moved(before: Any, after: Any) -> PortfolioDifference:
    """Return what changes where one thing takes the place of another, applied and written as it must be."""
    old, new = (Portfolio.of(*AROUND, *(side if isinstance(side, list) else [side])) for side in (before, after))
    found = difference(old, new)
    assert found.applied_to(old) == new
    assert structure(unstructure(found), PortfolioDifference) == found
    return found


def of_values(found: PortfolioDifference) -> list[ValueChange]:
    """Return the changes of values that name two documents."""
    values = [change for change in found.changes if isinstance(change, ValueChange)]
    return [change for change in values if change.before_source != change.after_source]


@stated
def test_the_same_value_of_another_document(make: Callable[[int, str], Any]) -> None:
    """Nothing went and nothing came: of the value the source changed, and that is said once, in both languages."""
    found = moved(make(20, "may"), make(20, "june"))
    (change,) = (change for change in found.changes if isinstance(change, ChangedSource))
    assert (change.before, change.after) == DOCUMENTS
    assert change.sentence("en").endswith(f": source changed ({DOCUMENTS[0]} → {DOCUMENTS[1]})")
    assert change.sentence("fr").endswith(f"{SPACE}: changement de source ({DOCUMENTS[0]} → {DOCUMENTS[1]})")
    assert not any(isinstance(change, (Added, Removed)) for change in found.changes)
    assert of_values(found) == []


@stated
def test_another_value_of_another_document(make: Callable[[int, str], Any]) -> None:
    """The value is revised from the one to the other, each with its document; the source is not said again."""
    found = moved(make(20, "may"), make(21, "june"))
    (change,) = of_values(found)
    assert (change.before_source, change.after_source) == DOCUMENTS
    before, after = (said(value, "en") for value in change.values)
    assert change.sentence("en").endswith(f": revised from {before} ({DOCUMENTS[0]}) to {after} ({DOCUMENTS[1]})")
    assert ("20" in before, "21" in after) == (True, True)
    assert not any(isinstance(change, (Added, Removed, ChangedSource)) for change in found.changes)


@given(st.data())
def test_a_whole_dashboard_moves_in_one_line(data: st.DataObject) -> None:
    """Each value keeps its change, but what moved from one document to another is told in one line that counts it."""
    periods = data.draw(st.lists(st.integers(1990, 2030), min_size=2, max_size=20, unique=True))
    day = data.draw(st.sampled_from([{}, {"recorded_on": "2024-06-01"}]))
    rows = [row(value, "may", "actual") for value, _ in enumerate(periods)]
    old = [evolve(one, period=str(year)) for one, year in zip(rows, periods, strict=True)]
    new = [evolve(one, source_id="june", **day) for one in old]
    revised = data.draw(st.integers(0, len(periods) - 1))
    new[revised] = evolve(new[revised], value=1000)
    found = moved(old, new)
    kinds = [type(change) for change in found.changes]
    assert kinds.count(ChangedSource) == len(periods) - 1
    assert not {Added, Removed} & set(kinds)
    lines = found.explain("fr").splitlines()[1:]
    assert len(lines) == 2 + len(day)
    assert any(text in lines[0] + lines[-1] for text in (f"{len(periods) - 1} valeurs", "changement de source"))


def test_when_it_was_said_is_said_with_the_source() -> None:
    """The day on which each document recorded a value belongs to the change of source; a caveat is its own change."""
    found = moved(row(20, "may", recorded_on="2024-05-02"), row(20, "june", recorded_on="2024-06-03"))
    assert str(found.changes[0]).endswith(
        f"source changed ({DOCUMENTS[0]} → {DOCUMENTS[1]}; recording: 2 May 2024 → 3 June 2024)"
    )
    caveat, source = moved(
        programme(lines=[line(20, "may")]), programme(lines=[line(20, "june", caveat="provisoire")])
    ).changes
    assert str(caveat).endswith("'2024, voted, all titles', caveat: none → provisoire")
    assert isinstance(source, ChangedSource)
    names = [
        named(one)
        for one in (Sourced(value=Euros(2), source_id="may"), Sourced(value=Euros(2), source_id="june", on="2024"))
    ]
    (change,) = moved(*names).changes
    assert str(change).endswith("date: none → 2024)")


def named(allocation: Sourced[Euros]) -> Fund:
    """Return a fund with an allocation."""
    return fund(allocation=allocation)


@pytest.mark.parametrize("make", [STATED[name] for name in ("line", "execution", "outstanding", "saving", "cost")])
def test_a_later_document_beside_the_earlier(make: Callable[[int, str], Any]) -> None:
    """A document that came later revises what the earlier one says; an earlier one, or the same value, is added."""
    may, june = make(20, "may"), make(21, "june")
    assert [change.after_source for change in of_values(moved(may, both(may, june)))] == [DOCUMENTS[1]]
    assert {type(change) for change in moved(june, both(june, may)).changes} == {Added}
    assert {type(change) for change in moved(may, both(may, make(20, "june"))).changes} == {Added}


def both(one: Any, other: Any) -> Any:
    """Return a thing with the statements of two."""
    names = ("lines", "executions", "movements", "outstanding") if hasattr(one, "lines") else ("savings", "costs")
    parts = {name: getattr(one, name) for name in names}
    return evolve(one, **{name: held + getattr(other, name) for name, held in parts.items()})


def test_values_beside_each_other_are_revised_like_targets() -> None:
    """An actual value that a later document states otherwise is revised; what nothing dates revises nothing."""
    held = row(20, "may")
    (change,) = of_values(moved(held, [held, row(21, "june")]))
    assert str(change) == (
        f"Indicator 'Delay', actual, 2024, value: revised from 20 days ({DOCUMENTS[0]}) to 21 days ({DOCUMENTS[1]})"
    )
    assert isinstance(moved(held, [held, row(21, "note")]).changes[0], Added)
    (change,) = moved(row(20, None, "target"), row(21, "note", "target")).changes
    assert isinstance(change, RevisedTarget)
    assert str(change).endswith("revised from 20 days (no source) to 21 days (Note)")
    assert change.sentence("fr").endswith(f"révision de 20{SPACE}jours (sans source) à 21{SPACE}jours (Note)")
    (change,) = moved(row(20, "note"), row(20, None)).changes
    assert change.sentence("fr").endswith("changement de source (Note → sans source)")


def test_what_cannot_be_told_apart_went_and_came() -> None:
    """Of movements that look alike, those of one value are the same; the rest is the same only if it is alone."""
    alike = [programme(movements=[movement(value, source) for value in (20, 21)]) for source in ("may", "june")]
    assert {type(change) for change in moved(*alike).changes} == {ChangedSource}
    rest = programme(movements=[movement(21, "june"), movement(30, "june")])
    assert len(of_values(moved(alike[0], rest))) == 1
    other = programme(movements=[movement(30, "june"), movement(31, "june")])
    assert {type(change) for change in moved(alike[0], other).changes} == {Added, Removed}
    held = programme(movements=[movement(20, "may")])
    assert {
        type(change) for change in moved(held, both(held, programme(movements=[movement(21, "june")]))).changes
    } == {Added}


@given(st.permutations([(value, source) for value in (20, 21) for source in ("may", "june")]))
def test_where_statements_stand_in_a_list_decides_nothing(order: list[tuple[int, str]]) -> None:
    """The same statements in any order differ from others by the same changes, from themselves by the order only."""
    first = programme(movements=[movement(*each) for each in sorted(order)])
    again = programme(movements=[movement(*each) for each in order])
    others = programme(movements=[movement(20, "note"), movement(30, "may")])
    assert {str(change) for change in moved(first, others).changes} == {
        str(change) for change in moved(again, others).changes
    }
    assert {change.sentence("fr")[-13:] for change in moved(first, again).changes} <= {"ordre modifié"}


def test_the_things_of_a_document_move_with_it() -> None:
    """A thing whose only document is another now changed its source; one more document is one more in its list."""
    project = Project(id="p", label="P", source_ids=["may"])
    (change,) = moved(project, evolve(project, source_ids=["june"])).changes
    assert isinstance(change, ChangedSource)
    (change,) = moved(project, evolve(project, source_ids=["may", "note"])).changes
    assert str(change) == "Project 'P', sources: added (Note)"


def test_merged_statements_of_two_documents_stand_side_by_side() -> None:
    """A merger takes no statement for the revision of another: both are said, each with its document."""
    plans = [Portfolio.of(*AROUND, thing) for thing in (programme(lines=[line(20, "may")]), programme())]
    later = Portfolio.of(*AROUND, programme(lines=[line(20, "may"), line(21, "june")]))
    (conflict,) = merge(plans[0], later).conflicts
    assert conflict.sentence("en") == (
        "Budget programme 'B', appropriations '2024, voted, all titles, Tableau de bord': "
        "commitment: €21; payment: €9 discarded"
    )
    (conflict,) = merge(plans[0], Portfolio.of(*AROUND, programme(lines=[line(21, "june")]))).conflicts
    assert conflict.sentence("en") == (
        f"Budget programme 'B', appropriations '2024, voted, all titles', amounts, commitment: "
        f"€20 ({DOCUMENTS[0]}) kept, €21 ({DOCUMENTS[1]}) discarded"
    )


def test_a_whole_year_is_one_fact_however_it_is_written() -> None:
    """A count to 31 December by another document is that of the whole year, as everywhere: nothing went and came."""
    given_ = {"year": 2024, "amounts": Execution(20, 9)}
    before = ExecutionLine(**given_, source_id="may")
    for value in (20, 21):
        after = ExecutionLine(year=2024, amounts=Execution(value, 9), until="2024-12-31", source_id="june")
        found = moved(programme(executions=[before]), programme(executions=[after]))
        assert not any(isinstance(change, Added | Removed) for change in found.changes)
        assert any(isinstance(change, ChangedSource) for change in found.changes) is (value == 20)


def test_a_fact_of_two_documents_has_its_date_once() -> None:
    """The timeline shows each date of a fact once, whichever documents tell it, and two facts of one document twice."""
    told = [programme(lines=[line(20, "may"), line(20, "june")]), row(20, "may"), row(21, "june")]
    assert [dated.on.text for dated in timeline(Portfolio.of(*AROUND, *told), between="2024-01")] == ["2024", "2024"]
    alike = programme(movements=[movement(20, "may"), movement(30, "may"), movement(20, "june")])
    found = [dated for dated in timeline(Portfolio.of(*AROUND, alike)) if "movements" in dated.subject]
    assert len({dated.subject for dated in found}) == len(found) == 2


def test_lists_side_by_side() -> None:
    """What both lists hold as often is set aside; what is left is paired by key, then by series, then stays alone."""
    one, other = row(1, "may"), row(2, "may")
    assert beyond([one, one, other], [other, one]) == [one]
    assert align([one, one], [one]) == [(one, None)]
    assert align([one], [other]) == [(one, other)]
    assert align([one], [other, other]) == [(one, None), (None, other), (None, other)]
    assert pair_restated([(one, other), (None, one)]) == [(one, other), (None, one)]
