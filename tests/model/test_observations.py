"""The table of observations: a sequence in the order of its keys, with an index by series."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier.errors import DuplicateItemsError, InvalidValueError, UnknownItemError
from levier.model.appropriations import Appropriations
from levier.model.budget_lines import BudgetLine
from levier.model.dimensions import BreakdownCode
from levier.model.observations import Observation, ObservationKind, Observations, ObservationState
from levier.testing.strategies import of

rows = st.lists(of(Observation), max_size=6, unique_by=lambda row: row.key)


def row(period: str = "2020", **written: Any) -> Observation:
    """Return an observation of one indicator, with what the test says of it."""
    return Observation(**{"indicator_id": "i", "period": period, "kind": "actual", "value": 1, **written})


@given(rows, st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(some: list[Observation], random: Any) -> None:
    """Shuffled rows make an equal table with the same hash, in the order of their keys."""
    shuffled = list(some)
    random.shuffle(shuffled)
    table = Observations(some)
    assert Observations(shuffled) == table
    assert hash(Observations(shuffled)) == hash(table) == hash(table)
    assert [found.key for found in table] == sorted(found.key for found in some)


@pytest.mark.parametrize("first", [None, "s"])
@pytest.mark.parametrize("second", [None, "s"])
def test_rows_that_differ_by_their_source_alone_are_two(first: str | None, second: str | None) -> None:
    """A row without a source comes before the same one with a source; with the same source, or none, it is one row."""
    some = [row(source_id=first), row(source_id=second)]
    if first == second:
        with pytest.raises(DuplicateItemsError):
            Observations(some)
    else:
        assert [found.source_id for found in Observations(some)] == [None, "s"]


@given(rows)
def test_a_table_is_a_sequence(some: list[Observation]) -> None:
    """Length, places, slices, membership and iteration agree with the tuple of its rows."""
    table = Observations(some)
    assert tuple(table) == table.rows
    assert len(table) == len(some)
    assert table[1:3] == table.rows[1:3]
    assert all(table[place] is table.rows[place] for place in range(len(table)))
    assert all(found in table for found in some)
    assert list(reversed(table)) == list(table.rows)[::-1]


@given(rows)
def test_series_part_the_table(some: list[Observation]) -> None:
    """Each row is in the series of its indicator and territory, of its kind, and in no other."""
    table = Observations(some)
    found = [
        seen
        for part in (table.whole, *map(table.broken_down, table.breakdowns))
        for indicator in {seen.indicator_id for seen in some}
        for territory in part.territories(indicator)
        for seen in part.of(indicator, territory_id=territory)
    ]
    assert sorted(seen.key for seen in found) == [seen.key for seen in table]
    assert [seen for name in sorted({seen.indicator_id for seen in some}) for seen in table.of_indicator(name)] == list(
        table
    )
    for seen in some:
        series = table.of(seen.indicator_id, territory_id=seen.territory_id, kind=seen.kind, breakdown=seen.breakdown)
        assert seen in series
        assert {other.kind for other in series} == {seen.kind}


def test_what_was_never_observed_has_an_empty_series() -> None:
    """An unknown indicator or territory has no rows and no territories, rather than an error."""
    table = Observations([row()])
    assert table.of("i") == table.rows
    assert table.of("other") == table.of("i", territory_id="46") == table.of("i", kind=ObservationKind.TARGET) == ()
    assert table.territories("other") == Observations().territories("i") == ()


@given(rows)
def test_with_and_without_undo_each_other(some: list[Observation]) -> None:
    """Rows that were added can be taken away again; a row takes the place of the one that has its key."""
    table = Observations(some)
    assert Observations().with_(*some) == table
    assert table.with_(*some) == table
    assert table.without(*some) == Observations()
    for seen in some:
        changed = evolve(seen, recorded_on="2030-01-01")
        assert changed in table.with_(changed)
        assert len(table.with_(changed)) == len(table)


def test_taking_away_what_is_not_there_is_refused() -> None:
    """A row that the table does not have is named by its key."""
    with pytest.raises(UnknownItemError, match=r"^'i FR 2021 actual' is not in the table of observations$"):
        Observations([row()]).without(row("2021"))


def test_all_duplicate_keys_are_named() -> None:
    """Every key that is given twice is named, once."""
    again = [row(value=value) for value in (1, 2, 3)]
    with pytest.raises(DuplicateItemsError) as caught:
        Observations([*again, row("2021"), row("2021", source_id="s")])
    assert caught.value.keys == ("i FR 2020 actual",)


LINE = BudgetLine(year=2021, stage="voted", amounts=Appropriations(1, 1), source_id="s")


@pytest.mark.parametrize("given_rows", [3, "ab", [LINE], [row(), 3]], ids=type)
def test_only_observations_are_held(given_rows: Any) -> None:
    """What is no sequence of observations is refused, a line of the budget too, although it has a key."""
    with pytest.raises(InvalidValueError, match=r"^Observations: expected observations"):
        Observations(given_rows)
    with pytest.raises(InvalidValueError, match=r"^Observations: expected observations"):
        Observations().with_(given_rows)


@pytest.mark.parametrize("state", list(ObservationState))
@pytest.mark.parametrize("value", [None, 0, 95])
def test_a_value_is_there_when_measured_and_only_then(state: ObservationState, value: int | None) -> None:
    """Missing is not zero: a measured row has a value, zero too, and any other state has none."""
    if (state is ObservationState.MEASURED) is (value is not None):
        assert row(state=state, value=value).state is state
    else:
        with pytest.raises(InvalidValueError) as caught:
            row(state=state, value=value)
        assert caught.value.field == "state"


def test_a_target_restated_later_stands_beside_the_first() -> None:
    """Two documents that state one target give two rows, and neither erases the other."""
    stated = [row(kind="target", source_id=document, value=value) for document, value in (("pap", 60), ("rap", 70))]
    assert Observations(stated).of("i", kind=ObservationKind.TARGET) == tuple(stated)
    assert Observations(stated) != object()


def many(count: int, **written: Any) -> list[Observation]:
    """Return so many rows of ten series, enough for several pages."""
    return [
        row(f"{2000 + number // 120}-{number // 10 % 12 + 1:02d}", territory_id=f"T{number % 10}", **written)
        for number in range(count)
    ]


OLD, SPARE = many(1_200), many(2_000, value=2)


@given(st.lists(st.integers(0, 1_999), max_size=8), st.lists(st.integers(0, 1_199), max_size=8, unique=True))
def test_a_changed_table_equals_one_made_afresh(new: list[int], gone: list[int]) -> None:
    """A table of many pages, changed in many places, equals one made of the same rows, and its series are the same."""
    old, spare = OLD, SPARE
    added = list({spare[place].key: spare[place] for place in new}.values())
    changed = Observations(old).with_(*added).without(*(old[place] for place in gone))
    left = {seen.key: seen for seen in (*old, *added)}
    for place in gone:
        del left[old[place].key]
    fresh = Observations(left.values())
    assert (changed, len(changed), hash(changed)) == (fresh, len(fresh), hash(fresh))
    assert changed.territories("i") == fresh.territories("i")
    for territory in fresh.territories("i"):
        series = tuple(seen for seen in fresh if seen.territory_id == territory)
        assert changed.of("i", territory_id=territory) == fresh.of("i", territory_id=territory) == series


@given(st.lists(st.integers(0, 1_999), max_size=8), st.lists(st.integers(0, 1_199), max_size=8, unique=True))
def test_changes_are_those_of_two_dictionaries(new: list[int], gone: list[int]) -> None:
    """Changes between two tables, pages shared or not, are what the keys and values of both say, in their order."""
    old, spare = OLD, SPARE
    table = Observations(old)
    later = table.with_(*{spare[place].key: spare[place] for place in new}.values())
    later = later.without(*(old[place] for place in gone))
    before, after = {seen.key: seen for seen in table}, {seen.key: seen for seen in later}
    expected = [
        (before.get(key), after.get(key)) for key in sorted(before | after) if before.get(key) != after.get(key)
    ]
    assert list(table.changes(later)) == list(table.changes(Observations(later.rows))) == expected


def test_a_row_added_shares_the_other_pages() -> None:
    """One row changed among ten thousand: the pages of the others are the very same objects."""
    old = Observations(many(10_000))
    new = old.with_(evolve(old[5_000], value=3))
    theirs, ours = set(map(id, new._pages)), set(map(id, old._pages))  # noqa: SLF001  # what a user cannot see
    assert len(ours - theirs) == len(theirs - ours) == 1
    assert new[5_000].value == 3
    assert old[5_000].value == 1


def test_a_series_goes_on_over_several_pages() -> None:
    """A series longer than two pages is found whole, wherever pages were cut."""
    days = [row(f"{2000 + number // 300}-{number // 25 % 12 + 1:02d}-{number % 25 + 1:02d}") for number in range(1_500)]
    table = Observations([*days, row(indicator_id="h"), row(indicator_id="j")])
    assert table.of("i") == tuple(days)
    assert table.territories("i") == ("FR",)
    assert [len(table.of(name)) for name in "hj"] == [1, 1]


@pytest.mark.parametrize(
    "part", [None, "sex", 3, [("sex", "F")], [BreakdownCode("sex", "F"), BreakdownCode("sex", "M")]]
)
def test_what_names_no_part_is_refused(part: Any) -> None:
    """A part that is named in another way would have no observations, which looks like a fact."""
    rows = Observations([Observation(indicator_id="a", period="2020", kind="actual", value=2, breakdown={"sex": "F"})])
    for ask in (lambda: rows.of("a", breakdown=part), lambda: rows.broken_down(part)):
        with pytest.raises(InvalidValueError, match="codes by dimension"):
            ask()


@pytest.mark.parametrize("before", [0, 1, 255, 256, 257, 511, 512, 513, 1_024])
@pytest.mark.parametrize("length", [1, 255, 256, 257, 600])
def test_a_series_may_begin_and_end_at_any_place_of_a_page(before: int, length: int) -> None:
    """Wherever pages are cut, a series is found whole, and so are those beside it."""
    table = Observations(
        row(f"{2000 + number // 300}-{number // 25 % 12 + 1:02d}-{number % 25 + 1:02d}", indicator_id=name)
        for name, count in (("a", before), ("i", length), ("z", 300))
        for number in range(count)
    )
    for seen in (table, table.with_(row("2099", indicator_id="a"), row("2099", indicator_id="z"))):
        for name in "aiz":
            wanted = tuple(one for one in seen if one.indicator_id == name)
            assert seen.of(name) == seen.of_indicator(name) == wanted
        assert seen.of("b") == seen.of_indicator("b") == seen.of("zz") == ()
