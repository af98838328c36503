"""Movements that several documents tell: each counts once, the latest account holds, look-alikes are named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Appropriations, BudgetLine, BudgetMovement, BudgetProgramme, Euros, Period, Portfolio, Source
from levier.budget import BudgetMeasure, BudgetYear
from levier.budget import year as budget_year
from levier.compute.budget.derivations import movement_amount
from levier.compute.budget.movements import Movement, _may_agree, look_alikes, may_be_one_day, movements_in_force
from levier.model.appropriations import AppropriationKind
from levier.rules import MONEY_RULES, check

COMMITMENT, PAYMENT = AppropriationKind.COMMITMENT, AppropriationKind.PAYMENT
DOCUMENTS = {
    "order": Source(id="order", title="Order", published_on="2021-03-20"),
    "report": Source(id="report", title="Report", published_on="2022-05"),
    "audit": Source(id="audit", title="Audit", published_on="2022-05"),
    "note": Source(id="note", title="Note"),
}


def told(source: str, commitment: int | None = 100, payment: int | None = 10, **more: Any) -> BudgetMovement:
    """Return what a document tells of a carry-over of 2021."""
    because = "unpublished" if commitment is None or payment is None else ""
    given = {"year": 2021, "kind": "carry-over", "missing_because": because, "source_id": source, **more}
    return BudgetMovement(amounts=Appropriations(commitment, payment), **given)


def counted(*movements: BudgetMovement) -> tuple[Movement, ...]:
    """Return the movements that count."""
    return movements_in_force(movements, DOCUMENTS)


def sums(*movements: BudgetMovement) -> list[Euros | None]:
    """Return what the movements come to, commitments and payments, by a sum over what counts."""
    found = counted(*movements)
    sides = [[movement_amount(movement, of).value for movement in found] for of in AppropriationKind]
    return [None if None in side else Euros.total(one for one in side if one is not None) for side in sides]


def alike(*movements: BudgetMovement) -> int:
    """Return how many findings name movements that look alike."""
    programme = BudgetProgramme(id=1, label="P", movements=movements)
    plan = Portfolio.of(programme, *DOCUMENTS.values())
    rule = MONEY_RULES["movements-alike"]
    return len(check(plan, as_of="2023-01-01", rules=[rule]))


# ---------------------------------------------------------------- one movement of several documents


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"on": "2021-03-12"}, {"on": "2021-03-12"}),
        ({"on": "2021-03"}, {"on": "2021-03-12"}),  # to the month, and to the day
        ({"on": "2021"}, {"on": "2021-03"}),
        ({}, {"on": "2021-03-12"}),  # no day
        ({"on": "2021-03-10/2021-03-15"}, {"on": "2021-03-12"}),
        ({"counterpart": "exercice 2020"}, {}),  # no counterpart
        ({"title": "other"}, {"title": "other"}),
        ({"action": "01"}, {"action": "01"}),
    ],
)
def test_a_movement_of_two_documents_counts_once(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Two documents that agree on all that both say tell one movement, however precisely each dates it."""
    first, second = told("report", **one), told("order", **other)
    for movements in ([first, second], [second, first]):
        (found,) = counted(*movements)
        assert (found.statement, found.restated) == (first, (second,))  # the report is later
    assert alike(first, second) == 0


@pytest.mark.parametrize(
    "other",
    [
        {"year": 2022},
        {"kind": "transfer"},
        {"on": "2021-04"},
        {"title": "staff"},
        {"action": "02"},
        {"counterpart": "programme 218"},
    ],
)
def test_what_differs_is_another_movement(other: dict[str, Any]) -> None:
    """Another year, kind, day, part or counterpart makes another movement, and both count."""
    base = {"on": "2021-03-12", "title": "other", "action": "01", "counterpart": "exercice 2020"}
    assert len(counted(told("report", **base), told("order", **{**base, **other}))) == 2


def test_each_movement_of_a_list_finds_its_own() -> None:
    """Two documents that list the same three movements tell three; two equal ones stay two."""
    lists = [told(source, cents, 0, kind="virement") for source in ("report", "order") for cents in (-5, -5, -3)]
    assert sums(*lists) == [Euros(-13), Euros(0)]
    assert len(counted(*lists)) == 3


def test_a_vaguer_document_finds_the_movements_of_a_precise_one() -> None:
    """Of a movement dated to March and one dated to the year, each is one of two that another document dates."""
    precise = [told("order", on=day) for day in ("2021-03-12", "2021-06-01")]
    vague = [told("report", on=day) for day in ("2021", "2021-03")]
    assert len(counted(*precise, *vague)) == 2
    assert len(counted(*precise, vague[1])) == 2


def test_a_side_that_one_document_lacks_is_the_others() -> None:
    """A report that gives commitments alone and an order that gives payments too, or alone, tell one movement."""
    for other in (told("order", 100, 10), told("order", None, 10)):
        assert sums(told("report", 100, None), other) == [Euros(100), Euros(10)]
    assert sums(told("report", 100, None), told("order", None, 10, on="2021-03")) == [None, None]
    (found,) = counted(told("report", 100, None), told("order", 100, 10))
    amount = movement_amount(found, PAYMENT)
    assert (amount.value, amount.source_ids) == (Euros(10), ("order",))


# ---------------------------------------------------------------- accounts that differ


def test_the_later_account_of_a_movement_holds() -> None:
    """Two documents that differ by the amounts alone give two accounts: the later counts, and both are named."""
    earlier, later = told("order", 90, 9), told("report", 100, 10)
    for movements in ([earlier, later], [later, earlier]):
        (found,) = counted(*movements)
        assert (found.statement, found.superseded, found.disputed) == (later, (earlier,), ())
        amount = movement_amount(found, COMMITMENT)
        assert [(one.value, one.source_id) for one in amount.alternatives] == [(Euros(90), "order")]
    assert alike(earlier, later) == 1


def test_accounts_of_equal_rank_are_disputed() -> None:
    """Of two documents of one day the first identifier is shown, in any order, and the amount says who disputes it."""
    one, other = told("report", 100), told("audit", 90)
    for movements in ([one, other], [other, one]):
        (found,) = counted(*movements)
        assert (found.statement, found.disputed) == (other, (one,))
    assert movement_amount(found, COMMITMENT).explain("en") == "€90 (carry-over, 2021) (disputed by report)"
    assert (
        movement_amount(found, COMMITMENT)
        .explain("fr")
        .endswith("\u00a0€ (report, 2021) (montant contesté par report)")
    )


def test_a_total_and_its_parts_are_two_accounts() -> None:
    """One document tells two movements, a later one their total of the same about: the total counts, alone."""
    parts = [told("order", -5, 0, kind="virement"), told("order", -3, 0, kind="virement")]
    assert sums(*parts, told("report", -8, 0, kind="virement")) == [Euros(-8), Euros(0)]
    assert sums(*parts, told("note", -9, 0, kind="virement")) == [Euros(-8), Euros(0)]


def test_documents_that_share_a_movement_tell_one_account() -> None:
    """What a document adds to a movement that it shares with another is no rival of it, and counts."""
    shared = [told("report", 5, 0), told("order", 5, 0)]
    assert sums(*shared, told("order", 3, 0)) == [Euros(8), Euros(0)]
    first, second = counted(*shared, told("order", 3, 0), told("note", 7, 0))
    assert {one.statement.amounts[COMMITMENT] for one in (first, second)} == {Euros(5), Euros(3)}
    assert [one.source_id for one in (*first.superseded, *second.superseded)] == ["note"]


# ---------------------------------------------------------------- look-alikes


@pytest.mark.parametrize(
    "movements",
    [
        (told("report", on="2021-03-12"), told("report", on="2021-03-12")),  # one document, twice
        (told("report", on="2021-03"), told("report", on="2021-03-12")),
        (told("report"), told("report")),
        (told("report", 100), told("order", 90, on="2021-03-12")),  # other amounts, and one is not dated
        (told("report", counterpart="programme 218"), told("order", counterpart="P218")),  # written otherwise
        (told("report"), told("order", title="other")),  # the whole, and a part of it
        (told("report"), told("report", action="01")),
    ],
)
def test_movements_that_look_alike_are_named(movements: tuple[BudgetMovement, BudgetMovement]) -> None:
    """Both count, and one finding names them with their documents, in both languages."""
    assert len(counted(*movements)) == 2
    plan = Portfolio.of(BudgetProgramme(id=1, label="P", movements=movements), *DOCUMENTS.values())
    (found,) = check(plan, as_of="2023-01-01", rules=[MONEY_RULES["movements-alike"]])
    assert found.subject == "budget_programmes/1/2021"
    for said in (found.sentence("fr"), str(found)):
        assert all(f"[{one.source_id}]" in said for one in movements)
    assert str(found).endswith("Both are counted.")
    assert found.sentence("fr").endswith("Les deux sont comptés.")


@pytest.mark.parametrize(
    "movements",
    [
        (told("report", on="2021-03-12"), told("report", on="2021-04-12")),
        (told("report", 100), told("report", 90)),  # one document tells its movements apart
        (told("report", counterpart="programme 218"), told("report", counterpart="programme 129")),
        (told("report"), told("order", 90, title="other")),
        (told("report", on="2021-03"), told("order", on="2021-04")),
        (told("report", title="staff"), told("order", title="other")),
        (told("report", action="01"), told("order", action="02")),
        (told("report", kind="freeze"), told("order", kind="release")),
    ],
)
def test_movements_told_apart_are_not(movements: Sequence[BudgetMovement]) -> None:
    """Days, counterparts, parts and kinds tell movements apart, and so does a document that gives several."""
    assert alike(*movements) == 0


def test_what_a_precise_document_explains_is_no_look_alike() -> None:
    """A movement that one document dates is not like a later one, though another document does not date it."""
    dated, undated = told("order", on="2021-03-12"), told("report")
    other = told("note", 40, 4, on="2021-06-01")
    assert len(counted(dated, undated, other)) == 2
    assert alike(dated, undated, other) == 0
    assert list(look_alikes(counted(dated, undated, other))) == []


def test_a_counterpart_that_one_document_leaves_out_may_be_the_same() -> None:
    """Two documents of which one names no counterpart may tell of one movement; two that name others do not."""
    named, bare = told("report", counterpart="programme 218"), told("order")
    assert _may_agree(named, bare)
    assert _may_agree(bare, named)
    assert not _may_agree(named, told("order", counterpart="programme 129"))


def test_days_that_may_be_one() -> None:
    """A day lies in its month and its year; what has begun and not ended may hold any later day; no day may be any."""
    assert may_be_one_day(None, Period("2021-03"))
    assert may_be_one_day(Period("2021-03/.."), Period("2024"))
    assert not may_be_one_day(Period("2021-03/.."), Period("2021-02"))


# ---------------------------------------------------------------- laws

SIDES = st.tuples(st.sampled_from([None, 0, 5, 7]), st.sampled_from([0, 5]))
DRAWN = st.lists(
    st.builds(
        lambda source, sides, kind, day, title, counterpart: told(
            source, *sides, kind=kind, on=day, title=title, counterpart=counterpart
        ),
        st.sampled_from(sorted(DOCUMENTS)),
        SIDES,
        st.sampled_from(["carry-over", "transfer"]),
        st.sampled_from([None, "2021", "2021-03", "2021-03-12", "2021-04-02"]),
        st.sampled_from(["all", "staff"]),
        st.sampled_from(["", "programme 218", "programme 129"]),
    ),
    max_size=7,
)


def year_of(movements: Sequence[BudgetMovement]) -> BudgetYear:
    """Return 2021 of a programme that voted 1,000 and holds these movements."""
    voted = BudgetLine(year=2021, stage="voted", amounts=Appropriations(1000, 1000), source_id="report")
    programme = BudgetProgramme(id=1, label="P", lines=[voted], movements=movements)
    return budget_year(Portfolio.of(programme, *DOCUMENTS.values()), 1, 2021)


@given(DRAWN, st.randoms(use_true_random=False))
def test_the_order_of_movements_never_decides(movements: list[BudgetMovement], random: Any) -> None:
    """Movements in another order count the same, look alike the same, and open the same."""
    shuffled = list(movements)
    random.shuffle(shuffled)
    assert counted(*shuffled) == counted(*movements)
    assert list(look_alikes(counted(*shuffled))) == list(look_alikes(counted(*movements)))
    assert year_of(shuffled) == year_of(movements)


@given(DRAWN)
def test_every_statement_of_a_movement_has_one_fate(movements: list[BudgetMovement]) -> None:
    """What counts, with all that is kept beside it, is every statement given, each as often as it was given."""
    found = [one for movement in counted(*movements) for one in (movement.statement, *movement.others)]
    assert sorted(map(repr, found)) == sorted(map(repr, movements))


@given(DRAWN)
def test_statements_of_one_movement_agree(movements: list[BudgetMovement]) -> None:
    """Compared one by one, the statements of one movement are of different documents and contradict nowhere."""
    for movement in counted(*movements):
        same = [movement.statement, *movement.restated]
        assert len({one.source_id for one in same}) == len(same)
        assert len({(one.year, one.kind, one.action, one.title) for one in same}) == 1
        assert len({one.counterpart for one in same} - {""}) <= 1
        for of in AppropriationKind:
            assert len({one.amounts[of] for one in same} - {None}) <= 1
        spans = [(one.on.first_day, one.on.last_day) for one in same if one.on is not None]
        assert all(first <= last for first, _ in spans for _, last in spans if last is not None)


@given(
    st.lists(st.tuples(SIDES, st.sampled_from(["2021-03-12", "2021-04-02"])), max_size=5),
    st.sampled_from(["order", "audit", "note"]),
    st.sampled_from([None, "2021", "exact"]),
    st.data(),
)
def test_a_movement_told_again_changes_no_number(
    rows: list[Any], source: str, day: str | None, data: st.DataObject
) -> None:
    """A second document that tells any of the movements of a first one, as precisely or not, changes nothing."""
    first = [told("report", *sides, on=on) for sides, on in rows]
    again = data.draw(st.lists(st.sampled_from(rows), unique_by=id, max_size=len(rows))) if rows else []
    second = [told(source, *sides, on=on if day == "exact" else day) for sides, on in again]
    for measure in (BudgetMeasure.OPENED, BudgetMeasure.UNATTRIBUTED):
        for of in AppropriationKind:
            assert year_of([*first, *second]).amount(measure, of).value == year_of(first).amount(measure, of).value


@given(SIDES, SIDES, st.sampled_from(["order", "report", "audit", "note"]))
def test_the_latest_account_replaces_the_others(one: Any, other: Any, source: str) -> None:
    """Of one movement of an order, a document of a later day replaces the amounts; one that nothing dates does not."""
    held, said = told("order", *one, on="2021-03-12"), told(source, *other, on="2021-03-12")
    if source == "order":
        assert len(counted(held, said)) == 2
        return
    kept = one if source == "note" else other
    expected = [None if cents is None else Euros(cents) for cents in kept]
    for found, wanted in zip(sums(held, said), expected, strict=True):
        assert found == wanted or wanted is None
