"""Roll-ups by level and kind of value: department, region, nation, each by its own rule, in every question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import levier
from levier import Indicator, Observation, Portfolio, Reform, Sourced, Territory, TerritoryLevel
from levier.errors import DanglingReferenceError, InvalidValueError, UnknownAggregationError, WrongLevelError
from levier.indicators import (
    Aggregation,
    IndicatorWeight,
    RollUp,
    aggregate_of,
    attainment_of,
    follow,
    freshness_of,
    previous_progress_of,
    progress_of,
    progress_table,
    reform_progress_of,
    status_of,
)
from levier.plans import Succession

REGIONS = {"R11": ("75", "77"), "R84": ("01", "69")}
PLACES = (
    Territory(id="FR", label="France"),
    *(Territory(id=code, label=code) for code in REGIONS),
    *(Territory(id=code, label=code) for codes in REGIONS.values() for code in codes),
)
WHEN = {"baseline": "2019-01", "actual": "2020-05", "target": "2022-12"}
DAY = "2020-12-31"
BY_HAND: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "sum": lambda values: sum(values, Fraction(0)),
    "mean": lambda values: sum(values, Fraction(0)) / len(values),
    "minimum": min,
    "maximum": max,
    "median": lambda values: Fraction(median(values)),
}
"""The rules, written a second time."""


def row(kind: str, value: Any, place: str, when: str = "", **more: Any) -> Observation:
    """Return a value of the visits in its usual month."""
    about = {"indicator_id": "visits", **more}
    return Observation(territory_id=place, kind=kind, period=when or WHEN[kind], value=value, **about)


def plan(rows: Iterable[Observation], *roll_ups: RollUp, things: Iterable[Any] = (), **more: Any) -> Portfolio:
    """Return the portfolio of one indicator with these roll-ups."""
    about = {"unit": "count", "direction": "increase", **more}
    return Portfolio.of(Indicator(id="visits", label="Visits", roll_ups=roll_ups, **about), *PLACES, *things, *rows)


def chain(region: dict[str, str | None], nation: dict[str, str | None]) -> tuple[RollUp, RollUp]:
    """Return the rules of the two levels."""
    return RollUp(level="region", **region), RollUp(level="nation", from_level="region", **nation)


def every(values: dict[str, dict[str, int]]) -> list[Observation]:
    """Return the three values of each department."""
    return [row(kind, value, place) for place, kinds in values.items() for kind, value in kinds.items()]


def used(found: Any) -> list[Decimal | None]:
    """Return the three values of a progress."""
    return [None if one is None else one.value for one in (found.baseline, found.actual, found.target)]


def is_near(found: Any, expected: Fraction) -> bool:
    """Return whether a number is the exact one, up to the digits of our arithmetic."""
    return abs(Fraction(found) - expected) <= abs(expected) / 10**20


DEPARTMENTS = [code for codes in REGIONS.values() for code in codes]
rules = st.fixed_dictionaries({kind: st.sampled_from(sorted(BY_HAND)) for kind in WHEN})
values = st.fixed_dictionaries(
    {code: st.fixed_dictionaries({k: st.integers(0, 999) for k in WHEN}) for code in DEPARTMENTS}
)


# ---------------------------------------------------------------- laws


@given(rules, rules, values)
def test_each_level_follows_its_own_rule(
    region: dict[str, str], nation: dict[str, str], held: dict[str, dict[str, int]]
) -> None:
    """Each of the three values of a region and of the nation is what the rule of its level and kind gives by hand."""
    known = plan(every(held), *chain(region, nation))
    by_region = {
        code: {kind: BY_HAND[region[kind]]([Fraction(held[place][kind]) for place in places]) for kind in WHEN}
        for code, places in REGIONS.items()
    }
    expected = by_region | {
        "FR": {kind: BY_HAND[nation[kind]]([by_region[code][kind] for code in REGIONS]) for kind in WHEN}
    }
    for place, kinds in expected.items():
        found = progress_of(known, "visits", place, as_of=DAY)
        assert all(map(is_near, used(found), kinds.values())), place
        for kind in WHEN:
            total = aggregate_of(known, "visits", place, as_of=DAY, kind=kind)
            assert is_near(total.value, kinds[kind])
            assert total.kind.value == (nation if place == "FR" else region)[kind]
    rows = {line.territory_id: line for line in progress_table(known, as_of=DAY)}
    assert {place: used(rows[place]) for place in expected} == {
        place: used(progress_of(known, "visits", place, as_of=DAY)) for place in expected
    }


@given(rules, rules, values, st.sets(st.tuples(st.sampled_from(DEPARTMENTS), st.sampled_from(sorted(WHEN)))))
def test_a_chain_compares_the_same_departments(
    region: dict[str, str], nation: dict[str, str], held: dict[str, dict[str, int]], gone: set[tuple[str, str]]
) -> None:
    """Where departments lack a kind of value, all three totals are of those that have all, at both levels."""
    left = {place: {k: v for k, v in kinds.items() if (place, k) not in gone} for place, kinds in held.items()}
    full = [place for place in DEPARTMENTS if len(left[place]) == len(WHEN)]
    found = progress_of(plan(every(left), *chain(region, nation)), "visits", as_of=DAY)
    if not full:
        assert found.value is None
        return
    by_region = [
        {kind: BY_HAND[region[kind]]([Fraction(held[place][kind]) for place in there]) for kind in WHEN}
        for places in REGIONS.values()
        if (there := [place for place in places if place in full])
    ]
    expected = [BY_HAND[nation[kind]]([one[kind] for one in by_region]) for kind in WHEN]
    assert all(map(is_near, used(found), expected))
    assert found.actual.coverage.reported == tuple(full)
    assert found.actual.coverage.missing == tuple(place for place in DEPARTMENTS if place not in full)
    dropped = {(one.observation.territory_id, str(one.observation.kind)) for one in found.left_out}
    assert dropped == {(place, kind) for place in DEPARTMENTS if place not in full for kind in left[place]}


@given(
    st.sampled_from(sorted(BY_HAND)), values, st.sampled_from(["FR", *REGIONS]), st.sampled_from(["strict", "pilote"])
)
def test_one_aggregation_is_the_same_as_its_rules_written_out(
    rule: str, held: dict[str, dict[str, int]], place: str, ruleset: str
) -> None:
    """The shorthand of one rule gives what the same rule gives for every level and kind, and so does the argument."""
    spelt = RollUp(baseline=rule, actual=rule, target=rule)
    short, long, bare = plan(every(held), aggregation=rule), plan(every(held), spelt), plan(every(held))
    asked = [
        progress_of(known, "visits", place, as_of=DAY, ruleset=ruleset, roll_up=given_)
        for known, given_ in ((short, None), (long, None), (bare, spelt), (bare, [spelt]))
    ]
    assert all(used(one) == used(asked[0]) and one.value == asked[0].value for one in asked)
    assert asked[0].actual.coverage == asked[1].actual.coverage


@given(st.from_type(RollUp))
def test_what_is_drawn_loads_again(rules_: RollUp) -> None:
    """Any roll-up is written and read, alone and in its indicator."""
    assert levier.loads(levier.dumps(rules_), type=RollUp) == rules_
    indicator = Indicator(id="i", label="I", unit="count", roll_ups=[rules_])
    assert levier.loads(levier.dumps(indicator), type=Indicator) == indicator


# ---------------------------------------------------------------- in every question

VALUES = {
    "75": {"baseline": 0, "actual": 10, "target": 40},
    "77": {"baseline": 0, "actual": 30, "target": 60},
    "01": {"baseline": 0, "actual": 20, "target": 100},
    "69": {"baseline": 0, "actual": 60, "target": 300},
}
SUM_OF_SUMS = (
    {"baseline": "sum", "actual": "sum", "target": "mean"},
    {"baseline": "sum", "actual": "mean", "target": "maximum"},
)
"""Regions: actual values 40 and 80, targets 50 and 200; nation: actual value 60, target 200, so 30 %."""


def test_every_question_asks_the_rule_of_the_level_and_the_kind() -> None:
    """Progress, table, follow, status, attainment, freshness, a reform and what was before agree on 30 %."""
    earlier = [
        row("actual", value // 2, place, "2020-04") for place, value in (("75", 10), ("77", 30), ("01", 20), ("69", 60))
    ]
    weights = [IndicatorWeight(indicator_id="visits", level=level, weight=1) for level in ("nation", "region")]
    reform = Reform(id="r", label="R", indicator_ids=["visits"], weights=weights)
    held = plan([*every(VALUES), *earlier], *chain(*SUM_OF_SUMS), things=[reform], periodicity_months=12, lag_months=0)
    one = follow(held, "visits", as_of=DAY)
    assert [one.progress.value, one.status.progress.value, one.previous.value] == [30, 30, 15]
    assert previous_progress_of(held, "visits", as_of=DAY).value == 15
    assert [line.value for line in progress_table(held, as_of=DAY) if line.territory_id == "FR"] == [30]
    assert reform_progress_of(held, "r", as_of=DAY).value == 30
    assert [reform_progress_of(held, "r", code, as_of=DAY).value for code in REGIONS] == [80, 40]
    assert status_of(held, "visits", "R84", as_of=DAY).gap.value == -20
    assert status_of(held, "visits", "R84", as_of=DAY).trend.change == 20
    assert attainment_of(held, "visits", 2022, as_of=DAY).target.value == 200
    assert [freshness_of(held, "visits", as_of=day).up_to_date for day in (DAY, "2021-06-30")] == [True, False]
    assert freshness_of(held, "visits", as_of="2021-06-30").late == ("R11", "R84")
    assert one.path.at("2022-12") == 200
    assert one.distance.remaining == 140


def test_a_recorded_target_of_a_region_stays_with_a_total_of_all_its_departments() -> None:
    """Where a level enters its targets, its own count; a region that lacks a department is then compared with none."""
    rows = [one for one in every(VALUES) if one.kind.value != "target"]
    typed = [row("target", 80, "R11"), row("target", 400, "R84")]
    rules_ = chain({"baseline": "sum", "actual": "sum", "target": None}, dict.fromkeys(WHEN, "sum"))
    held = plan([*rows, *typed], *rules_)
    assert used(progress_of(held, "visits", "R11", as_of=DAY)) == [0, 40, 80]
    whole = progress_of(held, "visits", as_of=DAY)
    assert (used(whole), whole.value) == ([0, 120, 480], 25)
    assert whole.target.coverage.reported == ("75", "77", "01", "69")
    partial = progress_of(held.without(row("actual", 30, "77")), "visits", as_of=DAY)
    assert used(partial) == [0, 80, 400]
    assert partial.actual.coverage.missing == ("75", "77")
    assert {one.observation.territory_id for one in partial.left_out} == {"R11", "75", "77"}
    alone = progress_of(held.without(row("actual", 30, "77")), "visits", "R11", as_of=DAY)
    assert alone.reason.value == "uneven-places"


def test_a_region_without_departments_stands_for_itself() -> None:
    """A region that no department of reports is counted with the values that it recorded."""
    rows = [one for one in every(VALUES) if one.territory_id in REGIONS["R11"]]
    typed = [row(kind, value, "R84") for kind, value in (("baseline", 0), ("actual", 5), ("target", 10))]
    found = progress_of(plan([*rows, *typed], *chain(*[dict.fromkeys(WHEN, "sum")] * 2)), "visits", as_of=DAY)
    assert used(found) == [0, 45, 110]
    assert found.actual.coverage.reported == ("75", "77", "R84")


def test_values_are_carried_forward_at_the_level_that_reports() -> None:
    """A department's value is carried within its region's limit, a recorded region's within the nation's."""
    rows = [one for one in every(VALUES) if (one.territory_id, one.kind.value) != ("75", "actual")]
    rows.append(row("actual", 10, "75", "2020-01"))
    for months, expected in ((4, 120), (3, 110)):
        rules_ = (
            RollUp(level="region", actual="sum", carry_forward_months=months),
            RollUp(level="nation", from_level="region", actual="sum"),
        )
        total = aggregate_of(plan(rows, *rules_), "visits", as_of=DAY)
        assert total.value == expected
        assert (total.coverage.carried != ()) == (months == 4)
    stale = progress_of(plan(rows, *rules_), "visits", as_of=DAY)
    assert [(one.observation.territory_id, one.because.value) for one in stale.left_out] == [("75", "too-old")]
    typed = [row("actual", 7, "R84", "2020-03"), row("actual", 3, "75"), row("actual", 1, "75", "2020-06")]
    found = aggregate_of(plan(typed, *chain({"actual": "sum"}, {"actual": "sum"})), "visits", as_of=DAY)
    assert (found.value, dict(found.coverage.carried)) == (8, {"R84": levier.Period("2020-03")})


def test_pilote_adds_up_one_month_at_every_level() -> None:
    """By PILOTE's rules a department that reports in another month is in no total of it, nor is its region."""
    rows = [*(one for one in every(VALUES) if one.kind.value != "actual")]
    rows += [
        row("actual", 10, "75"),
        row("actual", 30, "77", "2020-04"),
        row("actual", 20, "01"),
        row("actual", 60, "69"),
    ]
    held = plan(rows, *chain(*[dict.fromkeys(WHEN, "sum")] * 2))
    found = progress_of(held, "visits", as_of=DAY, ruleset="pilote")
    assert used(found) == [0, 90, 500]
    assert (found.other_value, progress_of(held, "visits", as_of=DAY).actual.value) == (
        progress_of(held, "visits", as_of=DAY).value,
        120,
    )
    assert "other-month" in [one.value for one in found.differences]
    typed = progress_of(plan([*every(VALUES), row("actual", 1, "R11")], *chain(*SUM_OF_SUMS)), "visits", as_of=DAY)
    assert [(one.observation.territory_id, one.because.value) for one in typed.left_out] == [("R11", "computed-level")]


def test_weights_are_those_of_the_level() -> None:
    """A nation's mean weights regions by their people, which are the sum of their departments'."""
    people = Indicator(id="people", label="People", unit="count", aggregation="sum")
    rates = [row("actual", value, place) for place, value in (("75", 10), ("77", 20), ("01", 40), ("69", 70))]
    heads = [
        row("actual", value, place, indicator_id="people")
        for place, value in (("75", 1), ("77", 3), ("01", 4), ("69", 2))
    ]
    rules_ = (
        RollUp(level="region", actual="mean"),
        RollUp(level="nation", from_level="region", actual="weighted-mean", weight_id="people"),
    )
    found = aggregate_of(plan([*rates, *heads], *rules_, things=[people], unit="days"), "visits", as_of=DAY)
    assert found.value == Decimal(15 * 4 + 55 * 6) / 10
    partial = plan([*rates, *heads[:2]], *rules_, things=[people], unit="days")
    assert aggregate_of(partial, "visits", as_of=DAY).value == 15
    assert (
        aggregate_of(plan(rates, *rules_, things=[people], unit="days"), "visits", as_of=DAY).reason.value
        == "no-weight"
    )


def test_a_rate_is_the_ratio_of_its_own_sums_at_every_level() -> None:
    """Numerators and denominators are summed to each level by the rules of their own indicators."""
    summed = {"unit": "count", "aggregation": "sum"}
    done, handled = (Indicator(id=name, label=name, **summed) for name in ("done", "handled"))
    rows = [
        row("actual", value, place, indicator_id="done") for place, value in zip(DEPARTMENTS, (1, 2, 3, 4), strict=True)
    ]
    rows += [
        row("actual", value, place, indicator_id="handled")
        for place, value in zip(DEPARTMENTS, (10, 10, 10, 20), strict=True)
    ]
    parts = {"actual": "ratio-of-sums", "numerator_id": "done", "weight_id": "handled"}
    rules_ = RollUp(level="region", **parts), RollUp(level="nation", from_level="region", **parts)
    held = plan(rows, *rules_, things=[done, handled], unit="%")
    assert [aggregate_of(held, "visits", place, as_of=DAY).value for place in ("R11", "FR")] == [15, 20]


def test_a_region_whose_rule_cannot_be_applied_gives_the_reason() -> None:
    """Where every region lacks its weights, the nation says so."""
    rates = [row("actual", value, place) for place, value in (("75", 10), ("01", 40))]
    rules_ = RollUp(level="region", actual="weighted-mean"), RollUp(level="nation", from_level="region", actual="mean")
    found = progress_of(plan(rates, *rules_, unit="days"), "visits", as_of=DAY)
    assert (found.actual.value, found.actual.reason.value) == (None, "no-weight")
    cities = [Territory(id=code, label=code, population=Sourced(value=1, source_id="s")) for code in ("75", "01")]
    source = levier.Source(id="s", title="S")
    weighted = plan(rates, *rules_, unit="days").with_(source, *cities)
    assert progress_of(weighted, "visits", as_of=DAY).actual.value == 25


def test_levels_without_rules_have_the_one_aggregation_or_none() -> None:
    """Rules of one level leave the others to the aggregation of the indicator, or to what is recorded."""
    rows = [*every(VALUES), row("actual", 999, "FR")]
    mean = RollUp(level="region", actual="mean")
    with_one, with_none = plan(rows, mean, aggregation="sum"), plan(rows, mean)
    assert [progress_of(with_one, "visits", place, as_of=DAY).actual.value for place in ("R11", "FR")] == [20, 120]
    assert [progress_of(with_none, "visits", place, as_of=DAY).actual.value for place in ("R11", "FR")] == [20, 999]
    assert progress_of(with_none, "visits", "75", as_of=DAY).actual.value == 10
    assert aggregate_of(with_none, "visits", "R11", as_of=DAY, by="maximum").value == 30
    with pytest.raises(UnknownAggregationError):
        aggregate_of(with_none, "visits", "FR", as_of=DAY)
    with pytest.raises(UnknownAggregationError):
        aggregate_of(with_none, "visits", "R11", as_of=DAY, kind="target")
    with pytest.raises(WrongLevelError):
        aggregate_of(with_none, "visits", "R11", as_of=DAY, from_level="region")


def test_options_of_an_aggregate_replace_those_of_the_indicator() -> None:
    """A limit given in a question holds in it, the rules of the indicator stay."""
    rows = [row("actual", 10, "75", "2020-01"), row("actual", 30, "77")]
    held = plan(rows, RollUp(level="region", actual="sum"))
    assert [aggregate_of(held, "visits", "R11", as_of=DAY, carry_forward_months=n).value for n in (4, 3)] == [40, 30]
    whole = plan(rows, RollUp(actual="sum"))
    assert [aggregate_of(whole, "visits", place, as_of=DAY).value for place in ("R11", "FR")] == [40, 40]


# ---------------------------------------------------------------- territories in time

BY_TOWN = (
    RollUp(level="department", from_level="municipality", **dict.fromkeys(WHEN, "sum")),
    RollUp(level="region", from_level="department", **dict.fromkeys(WHEN, "sum")),
)
MERGER = Succession(on="2020-01-01", predecessor_ids=["01004", "01033"])
TOWNS = (
    Territory(id="01004", label="Ambérieu", successions=[MERGER]),
    Territory(id="01033", label="Bellegarde"),
    Territory(id="69123", label="Lyon"),
)


def codes_left_out(found: Any) -> dict[str, str]:
    """Return why the value of each territory was left out."""
    return {one.observation.territory_id: one.because.value for one in found.left_out}


def test_a_merged_territory_is_in_no_total_of_a_chain() -> None:
    """Two levels up, a merged town is neither counted nor missed, and its last value is left out with the reason."""
    gone = [row("actual", 50, "01033", "2019-12"), row("target", 500, "01033"), row("baseline", 2, "01033")]
    rows = [row(kind, value, code) for code in ("01004", "69123") for kind, value in zip(WHEN, (1, 5, 8), strict=True)]
    found = progress_of(plan([*rows, *gone], *BY_TOWN, things=TOWNS), "visits", "R84", as_of=DAY)
    assert (used(found), found.value) == ([4, 10, 16], 50)
    assert found.baseline.coverage.reported == ("01004", "01033", "69123")
    assert found.actual.coverage.reported == found.target.coverage.reported == ("01004", "69123")
    assert found.actual.coverage.missing == found.target.coverage.missing == ()
    assert codes_left_out(found) == {"01033": "not-then"}
    before = aggregate_of(
        plan([*rows, *gone, row("actual", 3, "01004", "2019-12")], *BY_TOWN, things=TOWNS),
        "visits",
        "R84",
        as_of=DAY,
        month="2019-12",
    )
    assert (before.value, before.coverage.missing) == (53, ("69123",))


def test_a_part_without_values_misses_only_the_towns_of_its_day() -> None:
    """Where a whole department reports nothing, the towns that it misses are those that existed in the month."""
    known = plan([row("actual", 5, "69123"), row("actual", 1, "01004", "2010"), row("actual", 1, "01033", "2010")],
                 *BY_TOWN, things=TOWNS)  # fmt: skip
    total = aggregate_of(known, "visits", "R84", as_of=DAY)
    assert (total.value, total.coverage.missing) == (5, ("01004",))
    stale = progress_of(known, "visits", "R84", as_of=DAY)
    assert codes_left_out(stale) == {"01004": "too-old", "01033": "not-then"}


def test_what_lies_in_a_territory_that_ended_is_left_out_with_it() -> None:
    """A department that is no more has no part in a region, nor have its towns, though they still report."""
    ended = Territory(id="01", label="Ain", period="1790/2018")
    rows = [row("actual", 5, "01004"), row("actual", 7, "69123")]
    found = progress_of(plan(rows, *BY_TOWN, things=TOWNS).with_(ended), "visits", "R84", as_of=DAY)
    assert (found.actual.value, found.actual.coverage.reported) == (7, ("69123",))
    assert codes_left_out(found) == {"01004": "not-then"}


def test_a_collectivity_is_expected_where_one_of_its_towns_reports() -> None:
    """France is 101 departments; a collectivity counts where it has a value, be it computed."""
    nation = RollUp(level="nation", **dict.fromkeys(WHEN, "sum"))
    beside = [Territory(id=code, label=code) for code in ("975", "988", "98818")]
    rows = [row("actual", 5, "01004"), row("actual", 2, "98818"), row("actual", 1, "75")]
    known = plan(rows, BY_TOWN[0], nation, things=[*TOWNS, *beside])
    total = aggregate_of(known, "visits", as_of=DAY)
    assert (total.value, total.coverage.missing) == (8, ("69", "77"))
    assert total.coverage.reported == ("01004", "75", "98818")


def test_a_recorded_target_is_compared_across_a_merger() -> None:
    """A target recorded for a department is for the towns of its month, so a total of all of them is held to it."""
    rules_ = (
        RollUp(level="department", from_level="municipality", actual="sum", baseline="sum"),
        RollUp(level="region", **dict.fromkeys(WHEN, "sum")),
    )
    rows = [
        row("target", 15, "01"),
        row("actual", 6, "01004"),
        row("baseline", 1, "01004"),
        row("baseline", 2, "01033"),
    ]
    for place in ("01", "R84"):
        found = progress_of(plan(rows, *rules_, things=TOWNS), "visits", place, as_of=DAY)
        assert (used(found), found.value) == ([3, 6, 15], 25)
    assert found.target.coverage.reported == found.actual.coverage.reported == ("01004",)
    for gone in (rows[1], rows[3]):
        partial = progress_of(plan(rows, *rules_, things=TOWNS).without(gone), "visits", "R84", as_of=DAY)
        assert partial.value is None


# ---------------------------------------------------------------- what is refused


def test_a_chain_has_an_order_and_a_level_once() -> None:
    """A level is computed from a lower one, once; what it weights by resolves."""
    with pytest.raises(InvalidValueError, match="a level below the region, found 'nation'"):
        RollUp(level="region", from_level="nation", actual="sum")
    with pytest.raises(levier.InvalidDocumentError, match="expected one of nation"):
        levier.serialization.structure({"from_level": "planet"}, RollUp)
    with pytest.raises(InvalidValueError, match="each level of the roll-ups once"):
        plan([], RollUp(level="region"), RollUp(level="region", actual="sum"))
    with pytest.raises(DanglingReferenceError, match=r"roll_ups\[0\].weight_id names 'people'"):
        plan([], RollUp(actual="weighted-mean", weight_id="people"))
    with pytest.raises(InvalidValueError, match="one roll-up for each level"):
        progress_of(plan([]), "visits", as_of=DAY, roll_up=[RollUp(actual="sum"), RollUp(actual="mean")])
    with pytest.raises(InvalidValueError, match="a value of class RollUp, or several"):
        progress_of(plan([]), "visits", as_of=DAY, roll_up=["sum"])
    assert RollUp(actual="sum").rule("forecast") is None
    assert [RollUp(actual="sum").rule(kind) for kind in ("actual", "target")] == [Aggregation.SUM, None]
    assert RollUp(level="region").level is TerritoryLevel.REGION
