"""Totals over territories that merged, divided, began or ended: compared over the same area, never the same codes."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from levier import Indicator, Observation, Portfolio, Source, Sourced, Territory
from levier.indicators import RollUp, aggregate_of, follow, progress_of, progress_table
from levier.plans import Succession

DAY = "2030-01-01"
ALL = dict.fromkeys(("baseline", "actual", "target"), "sum")
BY_TOWN = RollUp(level="department", from_level="municipality", **ALL)
BY_DEPARTMENT = RollUp(level="region", from_level="department", **ALL)
VISITS = Indicator(
    id="visits",
    label="Visits",
    unit="count",
    direction="increase",
    aggregation="sum",
    roll_ups=(BY_TOWN, BY_DEPARTMENT),
)
FRAME = (Territory(id="R84", label="Auvergne-Rhône-Alpes"), *(Territory(id=code, label=code) for code in ("73", "74")))


def row(place: str, kind: str, when: str, value: Any, indicator: str = "visits") -> Observation:
    """Return one value."""
    return Observation(indicator_id=indicator, territory_id=place, period=when, kind=kind, value=value)


def place(code: str, *successions: tuple[str, Iterable[str]], period: str | None = None) -> Territory:
    """Return a territory with its successions, each a day and the codes taken over."""
    steps = [Succession(on=day, predecessor_ids=codes) for day, codes in successions]
    return Territory(id=code, label=f"Commune {code}", successions=steps, period=period)


def used(found: Any) -> list[Decimal | None]:
    """Return the three values of a progress."""
    return [None if one is None else one.value for one in (found.baseline, found.actual, found.target)]


def left_out(found: Any) -> set[tuple[str, str, str]]:
    """Return the territory, the kind and the reason of what was left out."""
    return {(one.observation.territory_id, one.observation.kind.value, one.because.value) for one in found.left_out}


def asked(*things: Any, of: str = "74", **more: Any) -> Any:
    """Return the progress of a department of these things."""
    return progress_of(Portfolio.of(*FRAME, VISITS, *things), "visits", of, as_of=DAY, **more)


ANNECY, SEYNOD = place("74010", ("2017-01-01", ("74010", "74268"))), place("74268")
MERGED = (ANNECY, SEYNOD)
THEN = [row("74010", "baseline", "2016", 70), row("74268", "baseline", "2016", 30)]
NOW = [row("74010", "actual", "2019", 120), row("74010", "target", "2022", 200)]

# ---------------------------------------------------------------- laws


@frozen
class History:
    """A drawn history: the territories, and the plots of land of each in each year."""

    places: tuple[Territory, ...]
    land: dict[int, dict[str, frozenset[int]]]


YEARS = range(2015, 2023)
PLOTS = 12


@st.composite
def histories(draw: st.DrawFn, divisions: bool = True) -> History:
    """Draw mergers, under a code of one of them or a new one, and divisions, within a department or across two."""
    codes = [f"7{3 + number % 2}0{number:02}" for number in range(10, 10 + draw(st.integers(2, 5)))]
    land = {code: frozenset(range(PLOTS)[n :: len(codes)]) for n, code in enumerate(codes)}
    steps: dict[str, list[Succession]] = {code: [] for code in codes}
    found = dict[int, dict[str, frozenset[int]]]()
    for year in YEARS:
        now = f"{year}-01-01"
        joined = draw(st.lists(st.sampled_from(sorted(land)), unique=True, max_size=3))
        if len(joined) == 1 and divisions and len(land[joined[0]]) > 1 and draw(st.booleans()):
            plots = sorted(land.pop(joined[0]))
            for number, half in enumerate((plots[::2], plots[1::2])):
                code = f"7{draw(st.integers(3, 4))}{year - 2000}{number}"
                steps[code] = [Succession(on=now, predecessor_ids=joined)]
                land[code] = frozenset(half)
        elif len(joined) > 1:
            kept = joined[0] if draw(st.booleans()) else f"7{draw(st.integers(3, 4))}{year - 2000}5"
            steps.setdefault(kept, []).append(Succession(on=now, predecessor_ids=joined))
            land[kept] = frozenset[int]().union(*(land.pop(code) for code in joined))
        found[year] = dict(land)
    return History(tuple(Territory(id=c, label=c, successions=said) for c, said in steps.items()), found)


years = st.tuples(*[st.sampled_from(YEARS)] * 2).map(sorted)
TIMES = {"baseline": 1, "actual": 2, "target": 3}


def grown(history: History, dates: dict[str, int], gone: set[tuple[str, str]], weights: list[int]) -> list[Observation]:
    """Return values of land that doubles everywhere up to the actual value, and has thrice as much as its target."""
    return [
        row(code, kind, f"{dates[kind]}-12", times * sum(weights[plot] for plot in plots))
        for kind, times in TIMES.items()
        for code, plots in history.land[dates[kind]].items()
        if (code, kind) not in gone
    ]


plots_of_land = st.lists(st.integers(1, 99), min_size=PLOTS, max_size=PLOTS)
misses = st.sets(st.tuples(st.integers(0, 9), st.sampled_from(sorted(TIMES))), max_size=3)


@given(histories(), years, misses, plots_of_land, st.sampled_from(["73", "74", "R84"]), st.booleans())
def test_what_doubles_everywhere_is_half_way(  # noqa: PLR0917  # drawn
    history: History, when: list[int], missed: set[tuple[int, str]], weights: list[int], of: str, typed: bool
) -> None:
    """
    Whatever merged, divided or did not report: a progress is 50 %, or refused.

    Only a target recorded for a department that lost or won land may say something else: it is for its own land.
    """
    dates = {"baseline": when[0], "actual": when[1], "target": 2022}
    names = {kind: sorted(history.land[year]) for kind, year in dates.items()}
    gone = {(names[kind][n % len(names[kind])], kind) for n, kind in missed}
    rows = grown(history, dates, gone, weights)
    if typed:  # the targets of the departments are recorded, those of their towns are not
        rows = [one for one in rows if one.kind.value != "target"]
        for department in ("73", "74"):
            there = [plots for code, plots in history.land[2022].items() if code.startswith(department)]
            rows.append(row(department, "target", "2022-12", 3 * sum(weights[plot] for one in there for plot in one)))
    plan = Portfolio.of(*FRAME, VISITS, *history.places, *rows)
    found = progress_of(plan, "visits", of, as_of=DAY)
    inside = {
        frozenset(plot for code, plots in land.items() if code.startswith(of) for plot in plots)
        for land in history.land.values()
    }
    moved = of != "R84" and len(inside) > 1
    assert (moved and typed) or found.value in {None, 50}
    if not gone and not moved:
        assert found.value == 50 or not any(code.startswith(of) for code in history.land[2022])


@given(histories(divisions=False), years, misses, plots_of_land)
def test_totals_are_compared_over_the_same_plots(
    history: History, when: list[int], missed: set[tuple[int, str]], weights: list[int]
) -> None:
    """The three totals of a region are those that a second computation on plots of land gives."""
    dates = {"baseline": when[0], "actual": when[1], "target": 2022}
    names = {kind: sorted(history.land[year]) for kind, year in dates.items()}
    gone = {(names[kind][n % len(names[kind])], kind) for n, kind in missed}
    held = {
        kind: {code: plots for code, plots in history.land[year].items() if (code, kind) not in gone}
        for kind, year in dates.items()
    }
    everything = frozenset(range(PLOTS))
    unions = {kind: frozenset[int]().union(*one.values()) for kind, one in held.items()}
    same = frozenset.intersection(*unions.values())
    while cut := {
        plot for one in held.values() for plots in one.values() if not plots <= same for plot in plots & same
    }:
        same -= cut
    rules_ = RollUp(level="region", from_level="municipality", **ALL)
    rows = grown(history, dates, gone, weights)
    found = asked(*history.places, *rows, of="R84", roll_up=rules_)
    if not same:
        assert found.value is None
        return
    assert used(found) == [times * sum(weights[plot] for plot in same) for times in TIMES.values()]
    dropped = {(code, kind, "unmatched") for kind, one in held.items() for code, plots in one.items() if plots - same}
    assert left_out(found) == dropped
    assert (same == everything) is (not gone)


@given(histories(divisions=False), st.data(), plots_of_land)
def test_a_total_of_several_months_counts_each_plot_once(
    history: History, data: st.DataObject, weights: list[int]
) -> None:
    """Baselines of several years: the total is that of the land of the territories that are not missing from it."""
    codes = sorted({code for land in history.land.values() for code in land})
    rows = []
    for code in codes:
        there = [year for year, land in history.land.items() if code in land]
        for year in data.draw(st.lists(st.sampled_from(there), max_size=1)):
            value = sum(weights[plot] for plot in history.land[year][code])
            rows.append(row(code, "baseline", f"{year}-12", value))
    plan = Portfolio.of(*FRAME, VISITS, *history.places, *rows)
    rules_: Any = {"as_of": DAY, "kind": "baseline", "from_level": "municipality"}
    total = aggregate_of(plan, "visits", "R84", by="sum", **rules_)
    if not rows:
        assert total.value is None
        return
    last = history.land[max(one.period.year for one in rows)]
    there = [plots for code, plots in last.items() if code not in total.coverage.missing]
    assert total.value == sum(weights[plot] for plots in there for plot in plots)


# ---------------------------------------------------------------- one level


def test_a_complete_total_stands_for_its_territory_across_a_merger() -> None:
    """Annecy 70 and Seynod 30 are 100 before the merger; 120 of 200 are 20 % of the way, not 38.46 %."""
    found = asked(*MERGED, *THEN, *NOW)
    assert (used(found), found.value, found.left_out) == ([100, 120, 200], 20, ())
    assert found.baseline.coverage.reported == ("74010", "74268")
    assert found.actual.coverage.reported == found.target.coverage.reported == ("74010",)
    assert used(asked(*MERGED, *THEN, *NOW, of="R84")) == [100, 120, 200]
    plan = Portfolio.of(*FRAME, VISITS, *MERGED, *THEN, *NOW, row("74010", "actual", "2018", 110))
    lines = {line.territory_id: line.value for line in progress_table(plan, as_of=DAY)}
    assert (lines["74"], lines["R84"]) == (20, 20)
    assert follow(plan, "visits", as_of=DAY, territory_id="74").previous.value == 10
    assert "uneven-places" not in {one.value for one in found.differences}


def test_a_total_without_a_predecessor_is_not_compared() -> None:
    """Without Seynod's baseline Annecy's is of a smaller area: refused alone, left out beside another town."""
    assert asked(*MERGED, THEN[0], *NOW).reason.value == "uneven-places"
    other = [row("74282", kind, when, value) for kind, when, value in
             (("baseline", "2016", 10), ("actual", "2019", 20), ("target", "2022", 30))]  # fmt: skip
    found = asked(*MERGED, place("74282"), THEN[0], *NOW, *other)
    assert (used(found), found.value) == ([10, 20, 30], 50)
    assert left_out(found) == {("74010", kind, "unmatched") for kind in ALL}
    assert found.actual.coverage.missing == ("74010",)
    assert found.baseline.coverage.missing == ("74010", "74268")
    assert "uneven-places" in {one.value for one in found.differences}


def test_all_predecessors_correspond_to_their_successor_in_an_incomplete_total() -> None:
    """Where another town lacks a value, the merged town is compared with its predecessors all the same."""
    found = asked(*MERGED, place("74282"), *THEN, *NOW, row("74282", "actual", "2019", 999))
    assert (used(found), found.value) == ([100, 120, 200], 20)
    assert left_out(found) == {("74282", "actual", "unmatched")}


@pytest.mark.parametrize("code", ["74268", "74020"])
def test_the_code_of_a_merged_territory_does_not_matter(code: str) -> None:
    """Whether it took the code of one of its predecessors or a new one, the totals are the same."""
    new = place(code, ("2017-01-01", ("74010", "74268")))
    rows = [row(code, "actual", "2019", 120), row(code, "target", "2022", 200)]
    others = [place(one) for one in ("74010", "74268") if one != code]
    assert used(asked(new, *others, *THEN, *rows)) == [100, 120, 200]


def test_a_divided_territory_is_compared_with_all_that_became_of_it() -> None:
    """Both halves of a town that was divided are the town; one of them is not."""
    halves = [place(code, ("2017-01-01", ("74268",))) for code in ("74020", "74030")]
    kinds = (("actual", "2019", 12), ("target", "2022", 20))
    rows = [row(half.id, kind, when, value) for half in halves for kind, when, value in kinds]
    before = row("74268", "baseline", "2016", 20)
    found = asked(SEYNOD, *halves, before, *rows)
    assert (used(found), found.value) == ([20, 24, 40], 20)
    assert asked(SEYNOD, *halves, before, *rows[:2]).reason.value == "uneven-places"


def test_a_town_that_is_established_again_and_what_remained_make_up_the_merged_one() -> None:
    """Annecy of 2018 is what Annecy and Seynod of 2020 are together; neither is comparable with its earlier self."""
    rest = place("74010", ("2017-01-01", ("74010", "74268")), ("2019-01-01", ("74010",)))
    again = place("74268", ("2019-01-01", ("74010",)))
    before = row("74010", "baseline", "2018", 100)
    now = [row(code, kind, when, value) for code, share in (("74010", 1), ("74268", 2))
           for kind, when, value in (("actual", "2020", 40 * share), ("target", "2022", 50 * share))]  # fmt: skip
    found = asked(rest, again, before, *now)
    assert (used(found), found.value) == ([100, 120, 150], 40)
    assert asked(rest, again, before, *now[:2]).reason.value == "uneven-places"
    mixed = asked(rest, again, before, *now, row("74268", "baseline", "2020", 60))
    assert mixed.baseline.value == 60
    assert ("74010", "baseline", "unmatched") in left_out(mixed)


def test_what_remained_is_smaller_under_the_same_code() -> None:
    """A town that lives on after another took a part of it over is not compared with what it was before."""
    places = place("74268", period="1943/.."), place("74010", ("2017-01-01", ("74010", "74268")))
    rows = [row("74268", kind, when, 5) for kind, when in (("actual", "2019"), ("target", "2022"))]
    found = asked(*places, *THEN, *rows)
    assert found.value is None
    whole = asked(*places, *THEN, *rows, *NOW)
    assert used(whole) == [100, 125, 205]


def test_codes_that_were_exchanged_are_other_areas() -> None:
    """Two towns that took each other's codes: each is compared with what had the other code before."""
    places = place("74010", ("2017-01-01", ("74268",))), place("74268", ("2017-01-01", ("74010",)))
    other = row("74268", "actual", "2019", 999)
    found = asked(*places, THEN[1], *NOW, other)
    assert (used(found), left_out(found)) == ([30, 120, 200], {("74268", "actual", "unmatched")})


def test_towns_that_began_or_ended_without_a_succession_do_not_make_a_total_incomplete() -> None:
    """A total of all that existed at its month stands for its department, whose area nothing says to have changed."""
    places = place("74010", period="1943/2017"), place("74020", period="2018/..")
    rows = [
        row("74010", "baseline", "2016", 100),
        row("74020", "actual", "2019", 120),
        row("74020", "target", "2022", 200),
    ]
    assert (used(asked(*places, *rows)), asked(*places, *rows).value) == ([100, 120, 200], 20)
    beside = [row("73065", "actual", "2019", 999)]
    found = asked(*places, place("73065"), *rows, *beside, of="R84")
    assert (used(found), left_out(found)) == ([100, 120, 200], {("73065", "actual", "unmatched")})


def test_recorded_values_of_one_code_are_not_compared_across_its_merger() -> None:
    """Annecy's own 70 of before is of another area than its 120 of after; PILOTE compares them, and that is said."""
    late = place("74010", ("2020-01-01", ("74010", "74268"))), SEYNOD
    rows = [row("74010", kind, when, value) for kind, when, value in
            (("baseline", "2019", 70), ("actual", "2020", 120), ("target", "2022", 200))]  # fmt: skip
    found = asked(*late, *rows, of="74010")
    assert (found.value, found.reason.value, used(found)) == (None, "uneven-places", [70, 120, 200])
    assert found.other_value == Decimal("38.46")
    assert "uneven-places" in {one.value for one in found.differences}
    plan = Portfolio.of(*FRAME, VISITS, *late, *rows)
    assert [line.value for line in progress_table(plan, as_of=DAY) if line.territory_id == "74010"] == [None]
    pilote = asked(*late, *rows, of="74010", ruleset="pilote")
    assert (pilote.value, pilote.other_value) == (Decimal("38.46"), None)
    since = row("74010", "baseline", "2017", 100)
    assert asked(*MERGED, *NOW, since, of="74010").value == 20
    new = place("74020", ("2017-01-01", ("74010", "74268")))
    restated = [row("74020", kind, when, value) for kind, when, value in
                (("baseline", "2016", 100), ("actual", "2019", 120), ("target", "2022", 200))]  # fmt: skip
    assert asked(new, SEYNOD, place("74010"), *restated, of="74020").value == 20


# ---------------------------------------------------------------- values of several months in one total


def test_predecessors_count_together_in_a_total_of_a_later_month() -> None:
    """Baselines of 2016 are added to another town's of 2018 where they are of all predecessors; else left out."""
    later = row("74282", "baseline", "2018", 1000)
    about: Any = {"as_of": DAY, "kind": "baseline", "from_level": "municipality"}
    plan = Portfolio.of(*FRAME, VISITS, *MERGED, place("74282"), *THEN, later)
    total = aggregate_of(plan, "visits", "74", **about)
    assert (total.value, total.coverage.reported, total.coverage.missing) == (1100, ("74010", "74268", "74282"), ())
    for gone, left in ((THEN[0], ("74268", "baseline", "not-then")), (THEN[1], ("74010", "baseline", "unmatched"))):
        partial = plan.without(gone)
        total = aggregate_of(partial, "visits", "74", **about)
        assert (total.value, total.coverage.missing) == (1000, ("74010",))
        assert left_out(progress_of(partial, "visits", "74", as_of=DAY)) == {left}


def test_values_before_a_merger_are_carried_forward_together() -> None:
    """In February 2017 the last values of both predecessors are Annecy's; one of them alone is not."""
    rows = [row("74010", "actual", "2016-12", 70), row("74268", "actual", "2016-12", 30)]
    later = row("74282", "actual", "2017-02", 1)
    both = asked(*MERGED, place("74282"), *rows, later)
    assert (both.actual.value, both.actual.coverage.missing) == (101, ())
    assert dict(both.actual.coverage.carried).keys() == {"74010", "74268"}
    alone = asked(*MERGED, place("74282"), rows[0], later)
    assert (alone.actual.value, alone.actual.coverage.missing) == (1, ("74010",))
    assert left_out(alone) == {("74010", "actual", "unmatched")}
    assert left_out(asked(*MERGED, place("74282"), rows[1], later)) == {("74268", "actual", "not-then")}


def test_baselines_and_targets_of_ended_territories_are_left_out_with_their_reason() -> None:
    """What Seynod planned for 2022 and what was said of it in 2018 is listed, by both rulesets."""
    ended = [row("74268", "target", "2022", 500), row("74268", "baseline", "2018", 5)]
    listed = {("74268", "target", "not-then"), ("74268", "baseline", "not-then")}
    for ruleset in ("strict", "pilote"):
        found = asked(*MERGED, *NOW, *THEN, *ended, ruleset=ruleset)
        assert used(found)[1:] == [120, 200]
        assert listed <= left_out(found)
        assert left_out(asked(*MERGED, *ended, ruleset=ruleset)) == listed
        assert left_out(asked(*MERGED, *ended, of="R84", ruleset=ruleset)) == listed


def test_no_report_misses_those_that_existed() -> None:
    """A month without a value misses the towns of that month."""
    plan = Portfolio.of(*FRAME, VISITS, *MERGED)
    for month, codes in (("2016-12", ("74010", "74268")), ("2019-12", ("74010",))):
        found = aggregate_of(plan, "visits", "74", as_of=DAY, month=month, from_level="municipality")
        assert (found.reason.value, found.coverage.missing) == ("no-report", codes)


# ---------------------------------------------------------------- chains


def test_a_recorded_target_is_for_the_towns_of_its_month() -> None:
    """Targets that departments enter are compared with totals of all their towns, merged or not."""
    rows = [*THEN, NOW[0], row("74", "target", "2022", 200)]
    found = asked(*MERGED, *rows, of="R84")
    assert (used(found), found.value) == ([100, 120, 200], 20)
    assert used(asked(*MERGED, *rows)) == [100, 120, 200]
    assert asked(*MERGED, *rows[1:], of="R84").value is None


def test_a_town_that_went_to_another_department_counts_once() -> None:
    """A region's total counts what moved between its departments once, whatever the months of their values."""
    moved = place("73065", ("2017-01-01", ("73065", "74268")))
    old = [row("74010", "baseline", "2016", 70), row("74268", "baseline", "2016", 30)]
    new = [row("73065", "baseline", "2018", 1000)]
    found = asked(moved, place("74010"), SEYNOD, *old, *new, of="R84")
    assert (found.baseline.value, found.baseline.coverage.missing) == (1000, ("74010",))
    assert left_out(found) == {(code, "baseline", "not-then") for code in ("74010", "74268")}
    same = [row("73065", "baseline", "2016", 500)]
    now = [row("73065", "actual", "2019", 600), *NOW]
    whole = asked(moved, place("74010"), SEYNOD, *old, *same, *now, row("73065", "target", "2022", 700), of="R84")
    assert used(whole) == [600, 720, 900]


def test_what_a_department_lost_is_left_out_of_its_earlier_total() -> None:
    """A department is compared over the land that it kept, though both totals are complete."""
    moved = place("73065", ("2017-01-01", ("73065", "74268")))
    now = [row("74010", "actual", "2019", 120), row("74010", "target", "2022", 170)]
    found = asked(moved, place("74010"), SEYNOD, *THEN, *now)
    assert (used(found), found.value) == ([70, 120, 170], 50)
    assert left_out(found) == {("74268", "baseline", "unmatched")}


def test_a_department_that_ended_has_no_part_in_later_totals() -> None:
    """The baselines of its towns are left out of a later total, with the reason."""
    ended = Territory(id="73", label="Savoie", period="1860/2016")
    rows = [row("73065", "baseline", "2016", 5), row("74010", "baseline", "2018", 7), row("73065", "target", "2022", 9)]
    plan = Portfolio.of(*FRAME, VISITS, place("73065"), place("74010"), *rows).with_(ended)
    found = progress_of(plan, "visits", "R84", as_of=DAY)
    assert (found.baseline.value, found.baseline.coverage.missing) == (7, ())
    assert left_out(found) == {("73065", kind, "not-then") for kind in ("baseline", "target")}


# ---------------------------------------------------------------- weights


def test_a_weight_of_another_area_weighs_nothing() -> None:
    """A mean is weighted by the people of the same area: those of before a merger are not those of after it."""
    people = Indicator(id="people", label="People", unit="count")
    rules_ = RollUp(level="department", from_level="municipality", weight_id="people",
                    **dict.fromkeys(ALL, "weighted-mean"))  # fmt: skip
    wait = Indicator(id="visits", label="Wait", unit="days", roll_ups=[rules_])
    heads = [row("74010", "actual", "2016", 30, "people"), row("74268", "actual", "2016", 10, "people")]
    rows = [row("74010", "actual", "2016-12", 8), row("74268", "actual", "2016-12", 4)]
    plan = Portfolio.of(*FRAME, wait, people, *MERGED, *rows, *heads)
    assert aggregate_of(plan, "visits", "74", as_of=DAY).value == 7
    later = plan.with_(row("74010", "actual", "2018-12", 6))
    assert aggregate_of(later, "visits", "74", as_of=DAY).reason.value == "no-weight"
    weighed = later.with_(row("74010", "actual", "2018", 40, "people"))
    assert aggregate_of(weighed, "visits", "74", as_of=DAY).value == 6
    carried = plan.with_(
        place("74282"), row("74282", "actual", "2017-02", 11), row("74282", "actual", "2017", 40, "people")
    )
    found = aggregate_of(carried, "visits", "74", as_of=DAY)
    assert (found.value, found.coverage.missing) == (7, ("74282",))


def test_a_population_weighs_the_area_that_it_was_counted_in() -> None:
    """The people of Annecy are those of the merged town, unless they were counted before."""
    wait = Indicator(id="visits", label="Wait", unit="days", direction="decrease")
    insee = Source(id="insee", title="Populations")
    rows = [row("74010", "actual", "2016", 8), row("74268", "actual", "2016", 4), row("74282", "actual", "2016", 100)]

    def mean(when: str, counted: str | None) -> Any:
        """Return the mean of a month, with the people of Annecy as counted on a day."""
        annecy = Sourced(value=3, source_id="insee", on=counted)
        others = [Territory(id=code, label=code, population=Sourced(value=1, source_id="insee")) for code in ("74268",)]
        places = [Territory(id="74010", label="Annecy", successions=ANNECY.successions, population=annecy), *others]
        plan = Portfolio.of(*FRAME, wait, insee, *places, place("74282"), *rows, row("74010", "actual", "2019", 6))
        rules_: Any = {"by": "weighted-mean", "from_level": "municipality", "month": when}
        return aggregate_of(plan, "visits", "74", as_of=DAY, **rules_)

    assert (mean("2016-12", "2015-01-01").value, mean("2019-12", "2015-01-01").value) == (7, None)
    assert (mean("2016-12", None).value, mean("2019-12", None).value) == (4, 6)
    assert mean("2016-12", None).coverage.missing == ("74010", "74282")
