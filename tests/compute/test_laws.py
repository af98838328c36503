"""Laws that the formulas keep, whatever the numbers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from levier import Direction, Portfolio, indicators, statistics
from levier.compute.exact import EXACT
from levier.compute.indicators.freshness import is_overdue
from levier.compute.indicators.quick import select_quickly
from levier.compute.indicators.rulesets import PILOTE_CUTOFFS, Horizon
from levier.compute.indicators.series import baseline_among, series_of, target_among
from levier.indicators import Aggregation, RollUp, Ruleset
from levier.model.periods import Day, Period

Make = Callable[..., Any]
DAY = "2020-12-31"
TINY = Fraction(1, 10**40)
"""Far below what any formula rounds to."""

numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=3, allow_nan=False, allow_infinity=False)
directions = st.sampled_from([way for way in Direction if not way.is_kept])
progress_values = st.none() | st.decimals(min_value=0, max_value=100, places=2)
months = st.sampled_from(["2019-06", "2020-01", "2020-02", "2020-05", "2020-05-20", "2020-11", "2021-03"])


def measure(start: Decimal, now: Decimal, goal: Decimal, direction: Direction) -> indicators.Progress:
    """Return the progress of bare numbers."""
    return indicators.progress(baseline=start, actual=now, target=goal, direction=direction)


def mirrored(direction: Direction) -> Direction:
    """Return the direction once signs are changed."""
    return Direction.DECREASE if direction is not Direction.DECREASE else Direction.INCREASE


@given(st.tuples(numbers, numbers, numbers), directions, st.integers(1, 10**6), numbers)
def test_progress_does_not_depend_on_the_unit(
    inputs: tuple[Decimal, Decimal, Decimal], direction: Direction, factor: int, shift: Decimal
) -> None:
    """An affine change of unit, such as from Celsius to Fahrenheit, changes nothing."""
    start, now, goal = inputs
    changed = [EXACT.fma(value, factor, shift) for value in (start, now, goal)]
    assert measure(*changed, direction).unbounded == measure(start, now, goal, direction).unbounded


@given(numbers, numbers, numbers, directions)
def test_swapping_direction_mirrors(start: Decimal, now: Decimal, goal: Decimal, direction: Direction) -> None:
    """Downward is upward of the numbers with their signs changed."""
    there = measure(*map(EXACT.minus, (start, now, goal)), mirrored(direction))
    assert there.value == measure(start, now, goal, direction).value


@given(numbers, numbers, numbers, numbers, directions)
def test_progress_is_monotone(start: Decimal, one: Decimal, two: Decimal, goal: Decimal, direction: Direction) -> None:
    """A better actual value never gives less progress."""
    worse, better = sorted((one, two), reverse=direction is Direction.DECREASE)
    assert measure(start, worse, goal, direction).value <= measure(start, better, goal, direction).value


@given(numbers, numbers, numbers, directions)
def test_progress_is_bounded_and_exact(start: Decimal, now: Decimal, goal: Decimal, direction: Direction) -> None:
    """The bounded value lies in [0, 100]; the unbounded one is the exact quotient rounded half away from zero."""
    found = measure(start, now, goal, direction)
    assert 0 <= found.value <= 100
    assert found.value == min(max(found.unbounded, Decimal(0)), Decimal(100))
    if (goal > start) is (direction is not Direction.DECREASE) and goal != start:
        exact = (Fraction(now) - Fraction(start)) * 10000 / (Fraction(goal) - Fraction(start))
        whole = abs(exact) + Fraction(1, 2)
        cents = whole.numerator // whole.denominator * (-1 if exact < 0 else 1)
        assert Fraction(found.unbounded) * 100 == cents


@given(numbers, numbers, numbers, directions, st.sampled_from(Ruleset))
def test_readings_agree_on_bare_numbers(
    start: Decimal, now: Decimal, goal: Decimal, direction: Direction, ruleset: Ruleset
) -> None:
    """The table names no difference for bare numbers, and there is none."""
    found = indicators.progress(baseline=start, actual=now, target=goal, direction=direction, ruleset=ruleset)
    assert (found.value, found.unbounded) == (
        measure(start, now, goal, direction).value,
        measure(start, now, goal, direction).unbounded,
    )
    assert not found.differs_from_pilote


series_rows = st.lists(
    st.tuples(
        st.sampled_from(["baseline", "actual", "target", "forecast"]),
        months | st.just("2017-12") | st.just("2029-12") | st.just("2018/.."),
        st.integers(-5, 5) | st.sampled_from(["too-few", "coming"]),
        st.sampled_from([None, "2020-06-01", "2020-07-01"]),
    ),
    max_size=8,
    unique_by=lambda row: row[:2],
)


@given(series_rows)
def test_the_quick_choice_is_the_careful_one(row: Make, rows: list[Any]) -> None:
    """Where the one-pass choice answers at all, it chooses and leaves out what the careful one does."""
    given = [
        row(kind, when, recorded_on=on, **({"value": said} if isinstance(said, int) else {"state": said}))
        for kind, when, said, on in rows
    ]
    made = sorted(given, key=lambda r: r.key)
    as_of, limits = Day(2020, 12, 31), PILOTE_CUTOFFS.limits(Ruleset.PILOTE)
    quick = select_quickly(made, as_of, limits.first, limits.last)
    if quick is None:
        return
    careful = series_of(made, as_of)
    actual = careful.actuals[-1] if careful.actuals else None
    target = target_among(careful.targets, limits, Horizon.FINAL, 2020)
    assert quick == ((baseline_among(careful.baselines, limits), actual, target), careful.left_out)


@given(
    st.sampled_from(["2020-01", "2020-02-29", "2019", "2019-01/2019-06", "2020/..", "9999-06"]),
    st.integers(1, 24),
    st.integers(0, 12),
    st.dates(Day(2019, 1, 1), Day(2024, 12, 31)) | st.just(Day(9999, 12, 31)),
)
def test_what_is_overdue_is_not_up_to_date(last: str, periodicity: int, lag: int, day: Any) -> None:
    """The rule by months alone agrees with the freshness that names the two days."""
    asked = Day(day.year, day.month, day.day)
    found = indicators.freshness(last, periodicity_months=periodicity, lag_months=lag, as_of=asked)
    overdue = is_overdue(Period(last), periodicity_months=periodicity, lag_months=lag, as_of=asked)
    assert overdue is (found.up_to_date is False)


rolled_rows = st.lists(
    st.tuples(
        st.sampled_from(["75", "91", "77", "R11", "FR"]),
        st.sampled_from(["baseline", "actual", "target"]),
        st.sampled_from(["2019-06", "2020-01", "2020-02", "2020-05", "2020-11", "2021-12"]),
        st.integers(-5, 20),
    ),
    max_size=14,
    unique_by=lambda row: row[:3],
)
whole_plans = st.tuples(
    rolled_rows, st.sampled_from([None, *Aggregation][:3]), directions, st.sampled_from(["final", "year", "own-year"])
)


@given(whole_plans, st.sampled_from(["FR", "R11", "75"]))
def test_readings_agree_unless_a_difference_is_named(
    plan: Make, row: Make, departments: Make, drawn: Any, place: str
) -> None:
    """Over whole portfolios the rulesets give the same, or the result names the line of the table that parts them."""
    rows, rule, direction, horizon = drawn
    held = plan(*departments("75", "77", "91"), *made(row, rows), aggregation=rule, direction=direction)
    strict, pilote = (
        indicators.progress_of(held, "visits", place, as_of=DAY, ruleset=each, horizon=horizon) for each in Ruleset
    )
    assert strict.differs_from_pilote == pilote.differs_from_pilote
    if not strict.differs_from_pilote:
        assert (strict.value, strict.unbounded, strict.reason) == (pilote.value, pilote.unbounded, pilote.reason)
    assert strict.other_value == pilote.value
    assert pilote.other_value == strict.value


def made(row: Make, rows: list[Any]) -> list[Any]:
    """Return the observations of what was drawn."""
    return [row(kind, when, value, place) for place, kind, when, value in rows]


@given(whole_plans)
def test_the_table_is_progress_of_one_by_one(plan: Make, row: Make, departments: Make, drawn: Any) -> None:
    """The bulk function gives what the single one does, for every territory that has or gets a value."""
    rows, rule, direction, _ = drawn
    held = plan(*departments("75", "77", "91"), *made(row, rows), aggregation=rule, direction=direction)
    table = indicators.progress_table(held, as_of=DAY)
    assert list(table) == [indicators.progress_of(held, "visits", line.territory_id, as_of=DAY) for line in table]
    reporting = {row.territory_id for row in held.as_of(DAY).observations}
    assert reporting <= {line.territory_id for line in table}


parts = st.dictionaries(st.sampled_from(["75", "77", "78", "91", "92"]), numbers, min_size=1)


@given(parts, parts)
def test_the_sum_of_parts_is_the_whole(left: dict[str, Decimal], right: dict[str, Decimal]) -> None:
    """Sums, extremes, weighted means and ratios of two halves make those of the whole."""
    both = {f"a{place}": value for place, value in left.items()} | {
        f"b{place}": value for place, value in right.items()
    }
    weights = dict.fromkeys(both, Decimal(2))
    halves = {name: {place: value for place, value in both.items() if place.startswith(name)} for name in ("a", "b")}
    for rule in ("sum", "minimum", "maximum"):
        made = {name: indicators.aggregate(half, rule).value for name, half in halves.items()}
        assert indicators.aggregate(made, rule).value == indicators.aggregate(both, rule).value
    sizes = {name: 2 * len(half) for name, half in halves.items()}
    for rule in ("weighted-mean", "ratio-of-sums"):
        made = {name: indicators.aggregate(half, rule, weights=weights).value for name, half in halves.items()}
        if rule == "ratio-of-sums":
            made = {name: EXACT.multiply(value, sizes[name]) for name, value in made.items()}
        whole = indicators.aggregate(both, rule, weights=weights).value
        assert abs(Fraction(indicators.aggregate(made, rule, weights=sizes).value) - Fraction(whole)) < TINY


@given(
    st.dictionaries(st.sampled_from("abcde"), progress_values, min_size=1),
    st.dictionaries(st.sampled_from("abcde"), st.integers(0, 100)),
    st.integers(1, 1000),
)
def test_weights_have_no_scale(progress: dict[str, Any], weights: dict[str, int], factor: int) -> None:
    """Weights count relative to each other: any multiple of all gives the same progress and the same shares."""
    once = indicators.weighted_progress(progress, weights)
    more = indicators.weighted_progress(progress, {name: weight * factor for name, weight in weights.items()})
    assert (more.value, more.reason) == (once.value, once.reason)
    assert [part.share for part in more.contributions] == [part.share for part in once.contributions]
    counted = {part.name for part in once.contributions}
    assert counted | set(once.unweighted) == set(progress)


@given(
    st.dictionaries(st.sampled_from("abcde"), progress_values, min_size=1),
    st.dictionaries(st.sampled_from("abcde"), st.integers(0, 100)),
)
def test_a_weighted_progress_lies_between_its_parts(progress: dict[str, Any], weights: dict[str, int]) -> None:
    """A value lies between the least and the most of the weighted parts, and is the sum of their points."""
    found = indicators.weighted_progress(progress, weights)
    if found.value is None:
        return
    shown = [part.progress for part in found.contributions]
    assert Fraction(min(shown)) - TINY <= Fraction(found.value) <= Fraction(max(shown)) + TINY
    assert abs(sum(Fraction(part.points) for part in found.contributions) - Fraction(found.value)) < TINY


@given(st.integers(0, 500), st.integers(1, 500), st.sampled_from(["0.80", "0.90", "0.95", "0.99"]))
def test_wilson_holds_the_share(part: int, whole: int, confidence: str) -> None:
    """Wilson's interval lies within [0, 1] and contains the share; more confidence, a wider one."""
    assume(part <= whole)
    rate = statistics.on_time_rate(in_time=part, handled=whole)
    found = rate.interval(confidence=confidence)
    assert 0 <= found.lower <= rate.value <= found.upper <= 1
    widest = rate.interval(confidence="0.99")
    assert widest.lower <= found.lower
    assert found.upper <= widest.upper


@given(st.integers(0, 200), st.integers(1, 200), st.integers(0, 2000))
def test_a_finite_population_narrows(part: int, whole: int, beyond: int) -> None:
    """The correction never widens the interval; a census has none left."""
    assume(part <= whole)
    rate = statistics.on_time_rate(in_time=part, handled=whole)
    plain, corrected = rate.interval(), rate.interval(population=whole + beyond)
    assert plain.lower <= corrected.lower <= rate.value <= corrected.upper <= plain.upper
    if not beyond:
        assert Fraction(corrected.upper) - Fraction(corrected.lower) < TINY


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=6))
def test_pooling_counts_is_counting_once(counts: list[tuple[int, int]]) -> None:
    """Pooled rates are the rate of everything counted together, in any grouping."""
    rates = [statistics.on_time_rate(in_time=kept, handled=kept + missed) for kept, missed in counts]
    whole = statistics.pool(rates)
    assert whole.numerator == sum(kept for kept, _ in counts)
    assert whole.denominator == sum(kept + missed for kept, missed in counts)
    assert statistics.pool([statistics.pool(rates[:1]), *rates[1:]]) == whole


values_by_month = st.dictionaries(
    st.integers(0, 40).map(lambda step: str(Period(f"{2018 + step // 12}-{step % 12 + 1:02d}"))),
    st.integers(-100, 100),
    min_size=1,
)


@given(values_by_month)
def test_decumulating_and_summing_gives_the_value_back(values: dict[str, int]) -> None:
    """The increments since 1 January add up to the cumulative value."""
    rule = indicators.ComparableRule(decumulation="year", window="year", operation="sum")
    found = indicators.comparable_values(values, rule)
    assert {str(point.period): point.value for point in found} == values


@given(values_by_month, st.sampled_from(["2018-06", "2019-01", "2020-05"]))
def test_a_window_since_a_date_holds_nothing_before(values: dict[str, int], since: str) -> None:
    """In the strict ruleset no value before the date is summed, and none has a comparable one."""
    rule = indicators.ComparableRule(window="since", since=since)
    found = indicators.comparable_values(values, rule)
    kept = sorted(when for when in values if when >= since)
    assert [str(point.period) for point in found] == kept
    if kept:
        assert found[-1].value == sum(values[when] for when in kept)


@given(numbers, numbers, st.integers(1, 60), st.integers(0, 80))
def test_a_linear_path_stays_between_its_ends(start: Decimal, goal: Decimal, length: int, step: int) -> None:
    """The expected value starts at the baseline, ends at the target, and never leaves what lies between."""
    first, last, asked = (f"{2018 + month // 12}-{month % 12 + 1:02d}" for month in (0, length, step))
    path = indicators.expected_path({first: start, last: goal})
    assert path.at(first) == start
    assert path.at(last) == goal
    expected = path.at(asked)
    assert Fraction(min(start, goal)) - TINY <= Fraction(expected) <= Fraction(max(start, goal)) + TINY


@given(st.sampled_from(["sum", "mean", "minimum", "maximum", "median"]), parts)
def test_a_roll_up_of_one_month_is_the_aggregate(
    plan: Make, row: Make, departments: Make, rule: str, values: dict[str, Decimal]
) -> None:
    """Rolled up from observations of one month, a value is the aggregate of the bare numbers, in both rulesets."""
    rows = [row("actual", "2020-05", value, place) for place, value in values.items()]
    held = plan(*departments("75", "77", "78", "91", "92"), *rows)
    for ruleset in Ruleset:
        found = indicators.aggregate_of(held, "visits", "R11", as_of=DAY, by=rule, ruleset=ruleset)
        assert found.value == indicators.aggregate(values, rule).value
        assert found.coverage.expected == 5
        assert set(found.coverage.reported) == set(values)


@pytest.mark.parametrize("missing", ["baseline", "actual", "target", "direction"])
@given(numbers, numbers, numbers, directions)
def test_a_missing_input_gives_no_value_and_its_name(
    missing: str, start: Decimal, now: Decimal, goal: Decimal, direction: Direction
) -> None:
    """Missing is not zero: whichever input is missing, there is no value, and the reason names it."""
    given_inputs = {"baseline": start, "actual": now, "target": goal, "direction": direction} | {missing: None}
    found = indicators.progress(**given_inputs)
    assert (found.value, found.unbounded, found.reason) == (None, None, f"no-{missing}")


def test_a_roll_up_declared_by_an_indicator_is_its_one_rule(plan: Make) -> None:
    """The roll-up that an indicator declares uses its aggregation for all three kinds."""
    indicator: Portfolio = plan(aggregation="sum")
    rules = RollUp.of(indicator.indicators["visits"])
    assert {rules.baseline, rules.actual, rules.target} == {Aggregation.SUM}
