"""Comparable values: decumulation, windows, and what each value says of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import MissingReason, Period, indicators
from levier.errors import InvalidValueError
from levier.indicators import ComparableRule
from levier.model.periods import Precision
from levier.testing.scalars import period_texts

Make = Callable[..., Any]
DAY = "2020-12-31"
CUMULATIVE = {"2019-11": 50, "2020-01": 60, "2020-02": 100}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (ComparableRule(), [50, 60, 100]),
        (ComparableRule(decumulation="year"), [50, 60, 40]),
        (ComparableRule(decumulation="since", since="2020-01"), [50, 60, 40]),
        (ComparableRule(decumulation="since", since="2019-01"), [50, 10, 40]),
        (ComparableRule(window="year"), [50, 60, 160]),
        (ComparableRule(window="months", months=3), [50, 110, 160]),
        (ComparableRule(window="months", months=6, operation="mean"), [50, 55, 70]),
        (ComparableRule(window="months", months=24), [None, None, None]),
        (ComparableRule(window="since", since="2020-01"), [60, 160]),
        (ComparableRule(window="since"), [50, 110, 210]),
    ],
)
def test_each_rule(rule: ComparableRule, expected: list[Any]) -> None:
    """Each decumulation and each window gives its values, oldest first."""
    found = indicators.comparable_values(CUMULATIVE, rule)
    assert [point.value for point in found] == expected


def test_a_window_that_pilote_does_not_know_has_its_reason() -> None:
    """24 months is no window of the rule: no value, with the reason, in both rulesets."""
    for ruleset in indicators.Ruleset:
        found = indicators.comparable_values(CUMULATIVE, ComparableRule(window="months", months=24), ruleset=ruleset)
        assert {point.reason for point in found} == {MissingReason.UNSUPPORTED_WINDOW}


def test_a_comparable_value_says_how_it_was_made() -> None:
    """It names its month, its rule and how many values it is made of, in both languages."""
    rule = ComparableRule(decumulation="year", window="months", months=3, operation="mean", since="2019-01")
    point = indicators.comparable_values(CUMULATIVE, rule)[-1]
    assert point.explain("en") == "February 2020, decumulated since 1 January, mean of the last 3 months, 2 values"
    assert point.explain("fr") == "février 2020, décumul depuis le 1er janvier, moyenne des 3 derniers mois, 2 valeurs"
    plain = indicators.comparable_values(CUMULATIVE, ComparableRule())[0]
    assert plain.explain("en") == "November 2019, current value, 1 value"
    since = indicators.comparable_values(CUMULATIVE, ComparableRule(window="since", since="2019"))[0]
    assert since.explain("en") == "November 2019, sum since 2019, 1 value"
    dated = ComparableRule(decumulation="since", window="since", since="2019-11-15")
    assert dated.explain("fr") == "décumul depuis novembre 2019, somme depuis novembre 2019"
    assert ComparableRule(window="since").explain("en") == "sum of all values"
    assert ComparableRule(window="year").explain("fr") == "somme depuis le 1er janvier"
    assert ComparableRule(window="months", months=1).explain("fr") == "somme du dernier mois"
    assert point.definition == 1
    assert point.observations == ()


def test_a_bad_value_is_refused_with_its_month() -> None:
    """A float is refused by the name of its month."""
    with pytest.raises(InvalidValueError, match=r"comparable_values\.2020-01"):
        indicators.comparable_values({"2020-01": 1.5}, ComparableRule())


def test_two_values_of_one_month_are_refused() -> None:
    """A year, its twelve months and its December end in one month: the series has one value a month, or is refused."""
    for other in ("2020-01/2020-12", "2020-12"):
        with pytest.raises(InvalidValueError, match="at most one value a month"):
            indicators.comparable_values({"2020": 1, other: 2}, ComparableRule())
    assert len(indicators.comparable_values({"2020": 1, "2020-12": None}, ComparableRule())) == 1


def test_a_year_and_one_of_its_months_are_not_summed() -> None:
    """The sum of a window that would count days twice has no value, with the reason; a mean and increments have one."""
    both = {"2019": 7, "2020-06": 2, "2020": 10}
    found = indicators.comparable_values(both, ComparableRule(window="year"))
    assert [point.value for point in found] == [7, 2, None]
    assert found[-1].reason is MissingReason.OVERLAPPING_PERIODS
    mean = indicators.comparable_values(both, ComparableRule(window="year", operation="mean"))
    assert [point.value for point in mean] == [7, 2, 6]
    increments = indicators.comparable_values(both, ComparableRule(window="year", decumulation="year"))
    assert [point.value for point in increments] == [7, 2, 10]


@given(st.dictionaries(period_texts(date(2019, 6, 1), date(2020, 12, 31)), st.integers(-9, 9), max_size=5))
def test_a_sum_counts_no_day_twice(said: dict[str, int]) -> None:
    """The sum of all values is there if and only if no day is in two of their periods, counted day by day."""
    values = {Period(when).last_month: (Period(when), value) for when, value in said.items()}
    series = {period.text: value for period, value in values.values()}
    found = indicators.comparable_values(series, ComparableRule(window="since", since="2018"))
    for place, point in enumerate(found):
        parts = [values[month] for month in sorted(values)[: place + 1]]
        counted = Counter(day for period, _ in parts for day in days_of(period))
        has_week = any(period.precision is Precision.WEEK for period, _ in parts)
        expected = None if has_week or max(counted.values()) > 1 else sum(value for _, value in parts)
        because = MissingReason.SHORTER_THAN_A_MONTH if has_week else MissingReason.OVERLAPPING_PERIODS
        assert point.value == expected
        assert point.reason is (because if expected is None else None)


def days_of(period: Period) -> range:
    """Return the numbers of the days of a period; of 2018 to 2021 where an end is open."""
    return range(
        (period.first_day or date(2018, 1, 1)).toordinal(), (period.last_day or date(2021, 12, 31)).toordinal() + 1
    )


def test_weeks_have_no_window() -> None:
    """A window over weekly values would hold one week a month: it has no sum and no mean."""
    weekly = {"2020-W04": 10, "2020-W09": 30}
    for operation in ("sum", "mean"):
        found = indicators.comparable_values(weekly, ComparableRule(window="year", operation=operation))
        assert [point.reason for point in found] == [MissingReason.SHORTER_THAN_A_MONTH] * 2
    current = indicators.comparable_values(weekly, ComparableRule())
    assert [point.value for point in current] == [10, 30]
    increments = indicators.comparable_values(weekly, ComparableRule(window="year", decumulation="year"))
    assert [point.value for point in increments] == [10, 30]


@pytest.mark.parametrize(
    ("since", "month", "words"),
    [
        ("2019-Q2", "2019-04", "April 2019"),
        ("2019-W27", "2019-07", "July 2019"),
        ("2018-2019-SY", "2018-09", "September 2018"),
        ("2019-06/..", "2019-06", "June 2019"),
        ("2019", "2019-01", "2019"),
        ("../2019", None, None),
    ],
)
def test_a_window_begins_with_the_first_month_of_a_period(since: str, month: str | None, words: str | None) -> None:
    """Whatever period is named, its first month is the one that counts and is said; without a start, all months do."""
    rule = ComparableRule(decumulation="since", window="since", since=since)
    assert rule.first_month == (0 if month is None else Period(month).last_month)
    expected = "sum of all values" if words is None else f"decumulated since {words}, sum since {words}"
    assert words is None or rule.explain("en") == expected
    assert words is not None or rule.explain("en").endswith(expected)


def test_progress_of_a_comparable_value(plan: Make, row: Make) -> None:
    """A cumulative series is measured by its rolling sum; the observations inside it are used, by name."""
    rows = [row("baseline", "2019-01", 0), row("target", "2022-12", 200)]
    rows += [row("actual", when, value, recorded_on=f"{when}-28") for when, value in CUMULATIVE.items()]
    rule = ComparableRule(decumulation="year", window="months", months=12)
    found = indicators.progress_of(plan(*rows), "visits", as_of=DAY, comparable=rule)
    assert found.value == Decimal("75.00")
    assert len(found.actual.observations) == 3
    assert len(found.observations) == 5
    assert "sum of the last 12 months" in found.explain("en")


def test_an_unsupported_window_is_the_reason_of_a_progress(plan: Make, said: Make) -> None:
    """Where the comparable value is missing, its reason is the progress's."""
    rule = ComparableRule(window="months", months=5)
    assert (
        indicators.progress_of(plan(*said()), "visits", as_of=DAY, comparable=rule).reason
        is MissingReason.UNSUPPORTED_WINDOW
    )


def test_comparable_values_of_a_roll_up(plan: Make, said: Make, row: Make, departments: Make) -> None:
    """The values of a region are rolled up first, then made comparable; the observations of all are used."""
    rows = [
        *said("75", now=10),
        *said("91", now=20),
        row("actual", "2020-04", 5, "75"),
        row("actual", "2020-04", 0, "91"),
    ]
    held = plan(*departments("75", "91"), *rows, aggregation="sum")
    rule = ComparableRule(window="year", since="2019-01")
    found = indicators.progress_of(held, "visits", "R11", as_of=DAY, comparable=rule)
    assert found.actual.value == 35
    assert {one.value for one in found.actual.observations} == {5, 10, 20, 0}
    gap = indicators.progress_of(held.without(rows[-1]), "visits", "R11", as_of=DAY, comparable=rule)
    assert (gap.value, gap.reason) == (None, MissingReason.UNEVEN_PLACES)
    assert gap.other_value == Decimal("17.50")


def test_values_before_the_window_are_listed_by_observation(plan: Make, said: Make, departments: Make) -> None:
    """What stands before the window's start is left out, each observation of a roll-up by name."""
    held = plan(*departments("75"), *said("75", months={"actual": "2019-06"}), aggregation="sum")
    rule = ComparableRule(window="since", since="2020-01")
    found = indicators.progress_of(held, "visits", "R11", as_of=DAY, comparable=rule)
    assert found.reason is MissingReason.NO_ACTUAL
    assert [one.because.value for one in found.left_out] == ["outside-window"]


def test_no_comparable_value_through_a_change_of_definition(plan: Make, said: Make, row: Make) -> None:
    """A sum of values of two definitions is of none: no progress."""
    rows = [*said(now=10), row("actual", "2020-06", 10, definition=2)]
    found = indicators.progress_of(plan(*rows), "visits", as_of=DAY, comparable=ComparableRule(window="year"))
    assert found.actual.definition == 0
    assert found.reason is MissingReason.DEFINITION_CHANGED
