"""
Every question about an indicator answers from the same values.

Baseline, actual value and target are chosen by one function; the quick way and the careful one, the single question and
the table, progress, attainment, standing, path, freshness and the checks never contradict each other. All on drawn
portfolios in which several documents state the same facts.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from levier import (
    Direction,
    Indicator,
    MissingReason,
    Observation,
    Portfolio,
    Source,
    Sourced,
    Territory,
    indicators,
    rules,
)
from levier.compute.checks.check import RULES
from levier.compute.exact import EXACT
from levier.compute.indicators import select
from levier.compute.indicators.candidates import Query
from levier.compute.indicators.points import Given, coverage_of, definitions_differ, places_differ
from levier.compute.indicators.progress import full_progress, is_typed, quick_progress
from levier.compute.indicators.series import series_of
from levier.indicators import Aggregation, Cutoffs, Ruleset
from levier.model.periods import Day, parse_day

Make = Callable[..., Any]
PLACES = ("FR", "R11", "75", "77", "91")
DAYS = st.sampled_from(("2019-06-30", "2020-02-01", "2020-06-30", "2020-12-31", "2022-01-01"))
CUTOFFS = st.sampled_from((None, Cutoffs(target_until="2021"), Cutoffs(baseline_from="2019-06")))


@given(st.data())
def test_the_quick_way_and_the_careful_one_are_one(plans: SearchStrategy[Portfolio], data: st.DataObject) -> None:
    """One by one, in the table and by the rules in full: the same result, in both rulesets."""
    plan, day, cutoffs = data.draw(plans), data.draw(DAYS), data.draw(CUTOFFS)
    known = plan.as_of(day)
    for ruleset in Ruleset:
        table = {
            line.territory_id: line
            for line in indicators.progress_table(plan, as_of=day, ruleset=ruleset, cutoffs=cutoffs)
        }
        query = Query(as_of=parse_day(day), ruleset=ruleset, cutoffs=cutoffs or Cutoffs())
        for place in PLACES:
            with localcontext(EXACT):
                careful = full_progress(known, known.indicators["visits"], known.territories[place], query)
            single = indicators.progress_of(plan, "visits", place, as_of=day, ruleset=ruleset, cutoffs=cutoffs)
            assert single == careful == table.get(place, careful)
        assert set(known.observations.territories("visits")) <= set(table)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("rule", [None, *Aggregation])
def test_the_quick_way_is_taken_where_values_are_typed(
    plan: Make, said: Make, departments: Make, rule: Aggregation | None, place: str
) -> None:
    """A sound series asks no question, unless a rule and a level below could give the value of the territory."""
    held = plan(*departments("75", "77", "91"), *said(place), aggregation=rule)
    indicator, territory, day = held.indicators["visits"], held.territories[place], Day(2020, 6, 30)
    query = Query(as_of=day)
    found = quick_progress(held, indicator, territory, query)
    ends = Cutoffs(baseline_from="2019-01", target_until="2022-12")  # the very months of the baseline and of the target
    bounded = quick_progress(held, indicator, territory, evolve(query, cutoffs=ends))
    assert (None if bounded is None else evolve(bounded, asked=query)) == found
    may_roll_up = rule is not None and place in ("FR", "R11")
    assert is_typed(indicator, territory) is not may_roll_up
    assert found == (None if may_roll_up else indicators.progress_of(held, "visits", place, as_of=day))


def test_what_is_missing_differs_from_nothing(row: Make) -> None:
    """Points of which one is missing, or has no value, are neither of several definitions nor of several places."""
    held, empty = row("actual", "2020", 1, definition=2), row("target", "2021", state="coming")
    for missing in (None, empty):
        assert definitions_differ(held, missing) is False
        assert places_differ(held, missing) is False
    assert definitions_differ(held, row("target", "2021", 1)) is True


@given(st.data())
def test_readings_agree_unless_a_difference_is_named(plans: SearchStrategy[Portfolio], data: st.DataObject) -> None:
    """Whichever ruleset is asked, it gives the other's value, and says by which rule where they differ."""
    plan, day, place = data.draw(plans), data.draw(DAYS), data.draw(st.sampled_from(PLACES))
    horizon = data.draw(st.sampled_from(("final", "year", "own-year")))
    strict, pilote = (
        indicators.progress_of(plan, "visits", place, as_of=day, ruleset=ruleset, horizon=horizon)
        for ruleset in Ruleset
    )
    assert (strict.other_value, pilote.other_value) == (pilote.value, strict.value)
    assert strict.differs_from_pilote == pilote.differs_from_pilote
    if not strict.differs_from_pilote:
        assert (strict.unbounded, strict.reason) == (pilote.unbounded, pilote.reason)


@given(st.data())
def test_what_takes_no_part_changes_nothing(plans: SearchStrategy[Portfolio], data: st.DataObject) -> None:
    """Forecasts, another indicator and another region change no answer about a region or a department."""
    plan, day, place = data.draw(plans), data.draw(DAYS), data.draw(st.sampled_from(PLACES[1:]))
    elsewhere = [Territory(id="R94", label="Corse", parent_id=None), Territory(id="2A", label="South", parent_id="R94")]
    other = Indicator(id="other", label="Other", unit="count", aggregation="sum")
    rows = [
        Observation(indicator_id=name, territory_id=where, period=when, kind=kind, value=7)
        for name, where, when, kind in (
            ("visits", place, "2031", "forecast"),
            ("visits", "2A", "2019-12", "actual"),
            ("other", place, "2019-12", "target"),
        )
    ]
    found = indicators.progress_of(plan, "visits", place, as_of=day)
    assert indicators.progress_of(plan.with_(other, *elsewhere, *rows), "visits", place, as_of=day) == found


@given(st.data())
def test_the_order_of_a_list_decides_nothing(plans: SearchStrategy[Portfolio], data: st.DataObject) -> None:
    """A series says the same in whatever order its rows are given."""
    plan, place = data.draw(plans), data.draw(st.sampled_from(PLACES))
    rows = plan.observations.of("visits", territory_id=place)
    shuffled = data.draw(st.permutations(rows))
    one, other = (series_of(given_rows, Day(2020, 12, 31), plan.sources) for given_rows in (rows, shuffled))
    assert (one.baselines, one.actuals, one.targets) == (other.baselines, other.actuals, other.targets)
    assert set(map(str, one.left_out)) == set(map(str, other.left_out))


@given(st.data())
def test_all_questions_answer_from_the_same_values(plans: SearchStrategy[Portfolio], data: st.DataObject) -> None:
    """Standing, path, freshness and attainment are of the values that the progress is of, and give the same reasons."""
    plan, day, place = data.draw(plans), data.draw(DAYS), data.draw(st.sampled_from(PLACES))
    found = indicators.progress_of(plan, "visits", place, as_of=day)
    standing = indicators.status_of(plan, "visits", place, as_of=day)
    assert standing.progress == found
    assert standing.freshness == indicators.freshness_of(plan, "visits", place, as_of=day)
    assert standing.freshness.last == (None if found.actual is None else found.actual.period)
    path = indicators.path_of(plan, "visits", place, as_of=day)
    if path is not None:
        assert (path.points[0][1], path.points[-1][1]) == (found.baseline.value, found.target.value)
    if found.value is not None:
        assert standing.track.reason in (None, MissingReason.NO_PATH)
        assert standing.distance.remaining == EXACT.subtract(found.target.value, found.actual.value)
    elif found.reason is not MissingReason.NO_DIRECTION:
        assert (standing.track.track, standing.track.reason) == (None, found.reason)
    if found.actual is not None:
        year = found.actual.period.last_month // 12
        attained = indicators.attainment_of(plan, "visits", year, place, as_of=day)
        assert attained.actual.period == found.actual.period
        if coverage_of(found.actual) is None:
            assert attained.actual == found.actual


@given(st.data())
def test_the_checks_answer_from_the_same_values(plans: SearchStrategy[Portfolio], data: st.DataObject) -> None:
    """A rule finds what is missing, contradicted or late where the results themselves say so, and nowhere else."""
    plan, day = data.draw(plans), data.draw(DAYS)
    lines = indicators.progress_table(plan, as_of=day)
    found = {
        name: bool(rules.check(plan, as_of=day, rules=[RULES[name]]))
        for name in (
            "indicator-without-baseline",
            "indicator-without-target",
            "month-disputed",
            "target-before-baseline",
        )
    }
    is_kept = any(one.direction is not None and one.direction.is_kept for one in plan.indicators.values())
    assert found["indicator-without-baseline"] == (not is_kept and all(line.baseline is None for line in lines))
    assert found["indicator-without-target"] == all(line.target is None for line in lines)
    assert found["month-disputed"] == any(one.because == "disputed" for line in lines for one in line.left_out)
    reasons = {line.reason for line in lines}
    assert found["target-before-baseline"] or MissingReason.TARGET_BEFORE_BASELINE not in reasons
    assert found["month-disputed"] or MissingReason.DISPUTED not in reasons


# ---------------------------------------------------------------- like for like


def by_hand(rows: list[tuple[str, str, str, int]], direction: Direction) -> Decimal | None:
    """Return the progress of the sum of the departments that have all three values, by the shortest honest loop."""
    last: dict[tuple[str, str], tuple[str, int]] = {}
    for place, kind, when, value in rows:
        if kind == "baseline":  # of one import, the oldest
            last.setdefault((place, kind), (when, value))
            if when < last[place, kind][0]:
                last[place, kind] = when, value
        else:
            last[place, kind] = max(last.get((place, kind), ("", 0)), (when, value))
    newest = max((when for (_, kind), (when, _) in last.items() if kind == "actual"), default=None)
    if newest is None:
        return None

    def months(when: str) -> int:
        return int(when[:4]) * 12 + int(when[5:7])

    whole = [
        place
        for place in ("75", "77", "91")
        if all((place, kind) in last for kind in ("baseline", "actual", "target"))
        and months(newest) - months(last[place, "actual"][0]) <= 12
    ]
    if not whole:
        return None
    sums = [sum(last[place, kind][1] for place in whole) for kind in ("baseline", "actual", "target")]
    latest = {kind: max(when for (_, of), (when, _) in last.items() if of == kind) for kind in ("baseline", "target")}
    if latest["target"] < latest["baseline"]:
        return None
    return indicators.progress(baseline=sums[0], actual=sums[1], target=sums[2], direction=direction).value


parts = st.lists(
    st.tuples(
        st.sampled_from(("75", "77", "91")),
        st.sampled_from(("baseline", "actual", "target")),
        st.sampled_from(("2018-12", "2019-06", "2019-11", "2020-05", "2020-11")),
        st.integers(-5, 20),
    ),
    max_size=14,
    unique_by=lambda row: row[:3],
)


@given(parts, st.sampled_from([way for way in Direction if not way.is_kept]))
def test_totals_are_of_the_same_territories(
    plan: Make, row: Make, departments: Make, rows: list[Any], direction: Direction
) -> None:
    """The progress of a sum is that of the departments with all three values, computed a second way."""
    held = plan(
        *departments("75", "77", "91"),
        *(row(kind, when, value, place) for place, kind, when, value in rows),
        aggregation="sum",
        direction=direction,
    )
    found = indicators.progress_of(held, "visits", as_of="2020-12-31")
    assert found.value == by_hand(rows, direction)
    made = [point for point in (found.baseline, found.actual, found.target) if point is not None]
    if found.value is not None:
        assert len({point.coverage.reported for point in made}) == 1
    else:
        assert found.reason is not None


def test_a_part_missing_from_one_value_is_missing_from_all(plan: Make, row: Make, departments: Make) -> None:
    """A department without a baseline takes no part, and its values are listed; PILOTE's number stands beside."""
    said = [("75", "2019-12", "baseline", 100), ("75", "2020-06", "actual", 110), ("75", "2022-12", "target", 120)]
    said += [("91", "2020-06", "actual", 500), ("91", "2022-12", "target", 520)]
    held = plan(
        *departments("75", "91"),
        *(row(kind, when, value, place) for place, when, kind, value in said),
        aggregation="sum",
    )
    found = indicators.progress_of(held, "visits", as_of="2020-12-31")
    assert (found.value, found.other_value) == (50, Decimal("94.44"))
    assert indicators.RulesetDifference.UNEVEN_PLACES in found.differences
    assert [str(point.coverage) for point in (found.baseline, found.actual, found.target)] == ["1 of 2"] * 3
    assert [(one.observation.territory_id, one.because.value) for one in found.left_out] == [("91", "unmatched")] * 2
    assert found.findings == ()
    assert indicators.aggregate_of(held, "visits", as_of="2020-12-31").value == 610


def test_a_partial_total_is_not_set_against_a_whole(plan: Make, said: Make, row: Make, departments: Make) -> None:
    """Beside a target typed for the whole nation, a total of some departments gives no progress, with the reason."""
    rows = [*said("75"), row("target", "2022-12", 1000)]
    held = plan(*departments("75", "91"), *rows, aggregation="sum")
    found = indicators.progress_of(held, "visits", as_of="2020-12-31")
    assert (found.value, found.reason) == (None, MissingReason.UNEVEN_PLACES)
    attained = indicators.attainment_of(held.with_(row("target", "2020-12", 500)), "visits", 2020)
    assert (attained.met, attained.reason) == (None, MissingReason.UNEVEN_PLACES)
    standing = indicators.status_of(held, "visits", as_of="2020-12-31")
    assert (standing.track.reason, standing.distance) == (MissingReason.UNEVEN_PLACES, None)
    whole = indicators.progress_of(held.with_(*said("91", goal=None)), "visits", as_of="2020-12-31")
    assert whole.value == 10


def test_no_trend_between_totals_of_different_territories(plan: Make, said: Make, row: Make, departments: Make) -> None:
    """A department that begins to report makes no rise."""
    rows = [*said("75"), *said("91", now=None), row("actual", "2020-06", 90, "91")]
    held = plan(*departments("75", "91"), *rows, aggregation="sum")
    standing = indicators.status_of(held, "visits", as_of="2020-12-31")
    assert (standing.progress.value, standing.previous.value) == (70, 50)
    assert standing.trend.reason is MissingReason.UNEVEN_PLACES
    assert standing.progress.actual.explain("en") == "sum: 2 of 2, 1 carried from May 2020"
    assert standing.progress.actual.explain("fr") == "somme\u00a0: 2 sur 2, 1 reportée (mai 2020)"


# ---------------------------------------------------------------- rates


@pytest.mark.parametrize("rule", ["ratio-of-sums", "weighted-mean"])
def test_rates_are_not_added_up_and_divided_by_people(plan: Make, row: Make, departments: Make, rule: str) -> None:
    """Without their denominators the rates of places have none together; with them they do; counts have people."""
    insee = Source(id="insee", title="Insee")
    people = {"75": 2_000_000, "91": 1_000_000}
    populations = {place: Sourced(value=number, source_id="insee") for place, number in people.items()}
    places = [evolve(place, population=populations.get(place.id)) for place in departments("75", "91")]
    rows = [row("actual", "2020-05", value, place) for place, value in (("75", 50), ("91", 60))]
    asked = Indicator(id="asked", label="Asked", unit="count")
    asked_rows = [
        row("actual", "2020-05", value, place, indicator="asked") for place, value in (("75", 10), ("91", 30))
    ]
    held = plan(insee, *places, *rows, asked, *asked_rows, aggregation=rule, unit="%")
    found = indicators.aggregate_of(held, "visits", as_of="2020-12-31")
    assert (found.value, found.reason) == (None, MissingReason.UNKNOWN_DENOMINATOR)
    assert indicators.progress_of(held, "visits", as_of="2020-12-31").actual.reason is found.reason
    weighed = indicators.aggregate_of(held, "visits", as_of="2020-12-31", weight_id="asked")
    if rule == "weighted-mean":
        assert weighed.value == Decimal("57.5")
    else:
        assert weighed.reason is MissingReason.NO_NUMERATOR
    typed = indicators.progress_of(held.with_(row("actual", "2020-05", 55)), "visits", as_of="2020-12-31")
    assert typed.actual.value == 55


@pytest.mark.parametrize("ruleset", Ruleset)
def test_an_aggregate_is_the_value_that_progress_is_computed_from(
    plan: Make, said: Make, row: Make, departments: Make, ruleset: Ruleset
) -> None:
    """Baseline, actual value and target of a roll-up are the same, asked one by one or for the progress."""
    rows = [*said("75"), *said("91", months={"baseline": "2019-03", "actual": "2020-05", "target": "2021-12"})]
    held = plan(*departments("75", "91"), *rows, row("target", "2022-12", 60, "91"), aggregation="sum")
    found = indicators.progress_of(held, "visits", as_of="2020-12-31", ruleset=ruleset)
    for kind in ("baseline", "actual", "target"):
        made = indicators.aggregate_of(held, "visits", as_of="2020-12-31", kind=kind, ruleset=ruleset)
        assert made == getattr(found, kind)
    empty = plan(*departments("75"), aggregation="sum")
    for kind in ("baseline", "actual", "target"):
        made = indicators.aggregate_of(empty, "visits", as_of="2020-12-31", kind=kind, ruleset=ruleset)
        assert made.reason is MissingReason.NO_REPORT


def test_forecasts_make_no_total(plan: Make, row: Make, departments: Make) -> None:
    """Nothing is computed from forecasts, and an actual value never stands in for one."""
    held = plan(
        *departments("75"), row("forecast", "2020-05", 9, "75"), row("actual", "2020-05", 5, "75"), aggregation="sum"
    )
    found = indicators.aggregate_of(held, "visits", as_of="2020-12-31", kind="forecast")
    assert (found.value, found.reason) == (None, MissingReason.NO_REPORT)


# ---------------------------------------------------------------- one statement of several


@pytest.mark.parametrize("ruleset", Ruleset)
@pytest.mark.parametrize(
    "case", [("2020-07-01", "2020-08-01", 55), ("2020-08-01", "2020-07-01", 50), ("2020-07-01", None, 50)]
)
def test_a_blank_erases_only_what_was_stated_before(
    plan: Make, said: Make, row: Make, ruleset: Ruleset, case: tuple[str, str | None, int]
) -> None:
    """For one exact date the latest statement is in force, a blank among others; only then does it erase its month."""
    blank, value, expected = case
    sources = [Source(id="a", title="A"), Source(id="b", title="B")]
    rows = [
        row("actual", "2020-06", None, state="not-collected", source_id="a", recorded_on=blank),
        row("actual", "2020-06", 55, source_id="b", recorded_on=value),
    ]
    found = indicators.progress_of(plan(*said(), *sources, *rows), "visits", as_of="2020-12-31", ruleset=ruleset)
    assert found.value == expected


@pytest.mark.parametrize("aggregation", [None, *Aggregation])
def test_one_period_however_written_is_one_date(plan: Make, said: Make, row: Make, aggregation: Any) -> None:
    """2020 and 2020-01/2020-12 are one exact date: the later statement of it is in force."""
    sources = [Source(id="a", title="A", published_on="2020-11"), Source(id="b", title="B", published_on="2020-12-01")]
    rows = [
        row("actual", "2020", None, state="not-collected", source_id="a"),
        row("actual", "2020-01/2020-12", 70, source_id="b"),
    ]
    held = plan(*said(), *sources, *rows, aggregation=aggregation)
    assert indicators.progress_of(held, "visits", as_of="2020-12-31").value == 70


def test_a_target_without_a_value_says_so() -> None:
    """Of two targets, the one that cannot be added up has no value, and is not taken for zero."""
    indicator = Indicator(id="i", label="I", unit="days")
    assert select._value(Given(value=None), indicator).say("en") == "no value"  # noqa: SLF001  # what it is given
    assert select._value(Given(value=Decimal("2.50")), indicator).say("en") == "2.5 days"  # noqa: SLF001  # as above
