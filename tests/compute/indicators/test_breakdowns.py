"""Breakdowns: values, shares and sums by the codes of a dimension, and every other question about the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import BreakdownCode, Dimension, DimensionCode, Indicator, Observation, Portfolio, Source, Territory, rules
from levier.errors import InvalidValueError, UnknownItemError
from levier.indicators import (
    RollUp,
    ShareBase,
    aggregate_of,
    attainment_of,
    breakdown_of,
    follow,
    freshness_of,
    path_of,
    previous_progress_of,
    progress_of,
    progress_table,
    status_of,
)

FRANCE = Territory(id="FR", label="France")
PLACES = (
    FRANCE,
    Territory(id="R11", label="Île-de-France"),
    *(Territory(id=code, label=code) for code in ("75", "77")),
)
JOBS = Indicator(id="jobs", label="Emplois", unit="count", aggregation="sum", direction="increase", decimals=0)
RATE = Indicator(id="rate", label="Taux", unit="%", aggregation="weighted-mean", direction="increase")
DAY = "2024-06-01"


def dimension(name: str, *codes: str, is_partition: bool = True) -> Dimension:
    """Return a dimension with these codes."""
    held = [DimensionCode(code=code, label=f"Modalité {code}", label_en=f"Code {code}") for code in codes]
    return Dimension(id=name, label=f"Dimension {name}", codes=held, is_partition=is_partition)


SEX, AGE, CHANNEL = (
    dimension("sex", "F", "M"),
    dimension("age", "0-24", "25+"),
    dimension("channel", "web", "desk", is_partition=False),
)


def row(
    value: Any, breakdown: Mapping[str, str] | Iterable[BreakdownCode] = (), *, place: str = "FR", **more: Any
) -> Observation:
    """Return a value of 2023, of the jobs in France unless another is named."""
    about = {"indicator_id": "jobs", "period": "2023", "kind": "actual", **more}
    return Observation(territory_id=place, value=value, breakdown=breakdown, **about)


def plan(*rows: Observation) -> Portfolio:
    """Return the portfolio of the indicators, the dimensions and these values."""
    return Portfolio.of(*PLACES, JOBS, RATE, SEX, AGE, CHANNEL, *rows)


def by(rows: Iterable[Observation], name: str = "sex", indicator: str = "jobs", **more: Any) -> Any:
    """Return a breakdown on the day."""
    return breakdown_of(plan(*rows), indicator, name, as_of=DAY, **more)


# ---------------------------------------------------------------- laws


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=2), st.integers(0, 10**6))
def test_shares_and_sums_are_those_of_plain_arithmetic(values: list[int], total: int) -> None:
    """Sum, difference and shares are what integers give, with a total and without one."""
    rows = [row(value, {"sex": code}) for code, value in zip("FM", values, strict=True)]
    alone, beside = by(rows), by([row(total), *rows])
    assert alone.sum.value == beside.sum.value == sum(values)
    assert (alone.difference, alone.agrees) == (None, None)
    assert (beside.difference, beside.agrees) == (total - sum(values), total == sum(values))
    for found, base in ((alone, sum(values)), (beside, total)):
        for part, value in zip(found.parts, values, strict=True):
            assert (
                part.share is None
                if base == 0
                else abs(Fraction(part.share) * base - 100 * value) < Fraction(max(base, 1), 10**9)
            )
        assert (found.base is None) == (base == 0)
    if sum(values):
        assert abs(sum(Fraction(part.share) for part in alone.parts) - 100) < Fraction(1, 10**9)


@given(
    st.dictionaries(
        st.sampled_from([(sex, age) for sex in ("F", "M", "") for age in ("0-24", "25+", "")]), st.integers(1, 99)
    )
)
def test_parts_change_no_answer_about_the_whole(values: dict[tuple[str, str], int]) -> None:
    """Whatever parts a portfolio holds, each question about the whole answers as if there were none."""
    kinds = (("baseline", "2020"), ("actual", "2023"), ("target", "2026"))
    rows = [
        row(
            value + nth,
            {name: code for name, code in zip(("sex", "age"), codes, strict=True) if code},
            kind=kind,
            period=when,
        )
        for codes, value in values.items()
        for nth, (kind, when) in enumerate(kinds)
    ]
    mixed, whole = plan(*rows), plan(*(one for one in rows if not one.breakdown))
    assert progress_table(mixed, as_of=DAY) == progress_table(whole, as_of=DAY)
    for ask in (progress_of, status_of, freshness_of, path_of, previous_progress_of):
        assert ask(mixed, "jobs", as_of=DAY) == ask(whole, "jobs", as_of=DAY)
    assert attainment_of(mixed, "jobs", 2023, as_of=DAY) == attainment_of(whole, "jobs", 2023, as_of=DAY)
    assert aggregate_of(mixed, "jobs", as_of=DAY) == aggregate_of(whole, "jobs", as_of=DAY)


@given(st.lists(st.integers(1, 99), min_size=3, max_size=3))
def test_a_part_is_asked_as_a_whole_of_its_own(values: list[int]) -> None:
    """The progress of a part is that of a portfolio in which its values are those of the whole."""
    kinds = (("baseline", "2020"), ("actual", "2023"), ("target", "2026"))
    part = [row(value, {"sex": "F"}, kind=kind, period=when) for value, (kind, when) in zip(values, kinds, strict=True)]
    whole = [row(value, kind=kind, period=when) for value, (kind, when) in zip(values, kinds, strict=True)]
    noise = [row(1000, kind=kind, period=when) for kind, when in kinds]
    asked, alone = plan(*part, *noise), plan(*whole)
    found = progress_of(asked, "jobs", as_of=DAY, breakdown={"sex": "F"})
    assert (found.value, found.reason) == (
        progress_of(alone, "jobs", as_of=DAY).value,
        progress_of(alone, "jobs", as_of=DAY).reason,
    )
    assert progress_table(asked, as_of=DAY, breakdown={"sex": "F"}) == (found,)


# ---------------------------------------------------------------- the parts beside the total


def test_a_missing_code_is_named_and_nothing_is_compared() -> None:
    """With one of two codes there is a sum of one, no comparison, and a share of the recorded total only."""
    found = by([row(10), row(6, {"sex": "F"})])
    assert (found.sum.value, found.coverage.missing, found.difference) == (6, ("M",), None)
    assert found.difference_reason.value == "incomplete"
    assert [part.share for part in found.parts] == [60, None]
    assert "Code M: no value (no actual value)" in found.explain("en")
    alone = by([row(6, {"sex": "F"})])
    assert (alone.base, alone.share_reason.value) == (None, "no-total")
    assert "no total" in alone.explain("en")


def test_a_breakdown_of_nothing_says_so() -> None:
    """Without any value there is no period, no sum and no share."""
    found = by([])
    assert (found.period, found.total, found.sum.value, found.sum.reason.value) == (None, None, None, "no-actual")
    assert found.share_reason.value == "no-actual"
    for kind, reason in (("baseline", "no-baseline"), ("target", "no-target"), ("forecast", "no-forecast")):
        assert [part.reason.value for part in by([], kind=kind).parts] == [reason, reason]


def test_rates_are_shown_and_never_added() -> None:
    """A rate by sex gives each value, without a sum, a share or a difference."""
    rows = [
        row(50, indicator_id="rate"),
        *(row(value, {"sex": code}, indicator_id="rate") for code, value in (("F", 60), ("M", 40))),
    ]
    found = by(rows, indicator="rate")
    assert [part.value for part in found.parts] == [60, 40]
    assert [part.share for part in found.parts] == [None, None]
    assert {found.sum.reason.value, found.share_reason.value, found.difference_reason.value} == {"not-additive"}
    assert "Code F 60%" in found.explain("en")


def test_channels_that_overlap_have_shares_and_no_sum() -> None:
    """Codes of no partition have their share of the recorded total; they add up to nothing."""
    rows = [row(10), row(8, {"channel": "web"}), row(5, {"channel": "desk"})]
    found = by(rows, "channel")
    assert [part.share for part in found.parts] == [80, 50]
    assert (found.base, found.sum.value, found.difference_reason.value) == (ShareBase.TOTAL, None, "not-a-partition")
    assert rules.check(plan(*rows), as_of=DAY, rules=[rules.CONSISTENCY_RULES["total-differs-from-parts"]]) == ()
    assert by(rows[1:], "channel").share_reason.value == "not-a-partition"


@pytest.mark.parametrize(
    ("of_m", "reason"), [({"period": "2023-12"}, "uneven-periods"), ({"definition": 2}, "definition-changed")]
)
def test_values_that_are_no_parts_of_one_whole_are_not_added(of_m: Any, reason: str) -> None:
    """A month beside a year, or another definition: the values are shown and nothing is computed of them."""
    found = by([row(10), row(6, {"sex": "F"}), row(4, {"sex": "M"}, **of_m)])
    assert [part.value for part in found.parts] == [6, 4]
    assert {found.sum.reason.value, found.share_reason.value, found.difference_reason.value} == {reason}


def test_a_disputed_value_is_none_of_the_parts() -> None:
    """Documents that contradict each other give no value, so no total and no part."""
    said = [Source(id=name, title=name, published_on="2024-01") for name in ("one", "two")]
    rows = [row(6, {"sex": "F"}, source_id="one"), row(7, {"sex": "F"}, source_id="two"), row(4, {"sex": "M"})]
    found = breakdown_of(plan().with_(*said, *rows), "jobs", "sex", as_of=DAY)
    assert (found.parts[0].reason.value, found.coverage.missing) == ("disputed", ("F",))
    totals = [row(9, source_id="one"), row(10, source_id="two"), row(6, {"sex": "F"}), row(4, {"sex": "M"})]
    both = breakdown_of(plan().with_(*said, *totals), "jobs", "sex", as_of=DAY)
    assert (both.base, both.difference_reason.value) == (ShareBase.SUM, "disputed")


def test_a_total_of_other_periods_is_not_compared() -> None:
    """A total of a month is no total of a year that ends with it."""
    found = by([row(10, period="2023-12"), row(6, {"sex": "F"}), row(4, {"sex": "M"})])
    assert (found.sum.value, found.difference_reason.value) == (10, "uneven-periods")


def test_a_part_is_divided_by_another_dimension() -> None:
    """Within an age, the whole is the value of that age."""
    rows = [row(99), row(10, {"age": "25+"}), row(6, {"age": "25+", "sex": "F"}), row(4, {"age": "25+", "sex": "M"})]
    found = by(rows, within={"age": "25+"})
    assert (found.total.value, found.agrees, [part.share for part in found.parts]) == (10, True, [60, 40])
    assert found.explain("en").startswith(
        "Emplois, Code 25+, France, 2023, by Dimension sex, as of 1 June 2024: total 10"
    )
    with pytest.raises(InvalidValueError, match="codes of other dimensions"):
        by(rows, within={"sex": "F"})


def test_a_whole_of_zero_has_no_shares() -> None:
    """Nothing is a share of zero, and the breakdown says so."""
    found = by([row(0), row(0, {"sex": "F"}), row(0, {"sex": "M"})])
    assert (found.base, found.share_reason.value, found.agrees) == (None, "zero-base", True)
    assert "the total equals the sum of its parts" in found.explain("en")
    assert by([row(9), row(6, {"sex": "F"}), row(4, {"sex": "M"})]).explain("en").endswith("sum of its parts: −1")


def test_a_period_is_asked_for() -> None:
    """The last period is the default; another one is asked for by its name."""
    rows = [row(value, {"sex": "F"}, period=year) for year, value in (("2022", 5), ("2023", 6))]
    assert [by(rows, **more).parts[0].value for more in ({}, {"period": "2022"})] == [6, 5]
    assert by(rows, period="2021").parts[0].reason.value == "no-actual"


def test_parts_are_rolled_up_from_the_territories_below() -> None:
    """The women of a region are those of its departments; a department without them is named."""
    rows = [
        *(row(value, place=code) for code, value in (("75", 10), ("77", 20))),
        *(row(value, {"sex": "F"}, place=code) for code, value in (("75", 6), ("77", 9))),
        *(row(value, {"sex": "M"}, place=code) for code, value in (("75", 4), ("77", 10))),
    ]
    found = by(rows, territory_id="R11")
    assert (found.total.value, [part.value for part in found.parts], found.difference) == (30, [15, 14], 1)
    partial = by(rows[:-1], territory_id="R11")
    assert (partial.sum.reason.value, partial.difference) == ("uneven-places", None)
    assert aggregate_of(plan(*rows), "jobs", "R11", as_of=DAY, breakdown={"sex": "F"}).value == 15


def test_a_population_weights_no_part() -> None:
    """The population of a territory is that of the whole, so it does not weight women; women do."""
    people = Indicator(id="people", label="Population", unit="count", aggregation="sum")
    rates = [row(value, {"sex": "F"}, place=code, indicator_id="rate") for code, value in (("75", 40), ("77", 70))]
    women = [row(value, {"sex": "F"}, place=code, indicator_id="people") for code, value in (("75", 200), ("77", 100))]
    held = plan(*rates).with_(people, *women)
    rules_ = {"as_of": DAY, "by": "weighted-mean", "breakdown": {"sex": "F"}}
    assert aggregate_of(held, "rate", "R11", **rules_, weight_id="people").value == 50
    days = plan().with_(
        Indicator(id="wait", label="Attente", unit="days"), row(3, {"sex": "F"}, place="75", indicator_id="wait")
    )
    assert aggregate_of(days, "wait", "R11", **rules_).reason.value == "no-weight"
    assert (
        progress_of(held, "rate", "R11", as_of=DAY, roll_up=RollUp(actual="mean"), breakdown={"sex": "F"}).actual.value
        == 55
    )


# ---------------------------------------------------------------- who is asked about


def test_every_sentence_names_the_part() -> None:
    """A progress and an attainment of women say that they are of women."""
    held = plan(
        *(
            row(value, {"sex": "F"}, kind=kind, period=when)
            for kind, when, value in (
                ("baseline", "2020", 0),
                ("actual", "2022", 3),
                ("actual", "2023", 6),
                ("target", "2023", 10),
            )
        )
    )
    one = follow(held, "jobs", as_of=DAY, breakdown={"sex": "F"})
    assert one.progress.explain("en").startswith("Emplois, Code F, France, as of 1 June 2024: 60%")
    assert one.progress.explain("fr").startswith("Emplois, Modalité F, France")
    assert one.attainment(2023).explain("en").startswith("Emplois, Code F, France, target 2023: not met but improved")
    assert (one.previous.value, one.status.progress.value, one.path is not None) == (30, 60, True)
    assert (one.freshness.last.text, one.status.trend.direction.value, one.distance.remaining) == ("2023", "rising", 4)
    assert follow(held, "jobs", as_of=DAY).progress.reason.value == "no-baseline"


@pytest.mark.parametrize("codes", [{"size": "big"}, {"sex": "X"}])
def test_an_unknown_part_is_refused(codes: dict[str, str]) -> None:
    """A dimension or a code that the portfolio does not hold is refused, with the known ones."""
    with pytest.raises(UnknownItemError, match="is not in"):
        progress_of(plan(), "jobs", as_of=DAY, breakdown=codes)


@pytest.mark.parametrize("codes", ["F", 3, [3]])
def test_what_is_no_part_is_refused(codes: Any) -> None:
    """Anything but codes by dimension is refused."""
    with pytest.raises(InvalidValueError):
        progress_of(plan(), "jobs", as_of=DAY, breakdown=codes)


# ---------------------------------------------------------------- the finding


def test_a_total_that_differs_is_found() -> None:
    """INSEE, census of 2014: 1,055 men and 1,070 women of 25 to 39, rounded one by one, and 2,126 in all."""
    held = plan(row(2126), row(1070, {"sex": "F"}), row(1055, {"sex": "M"}), row(7, {"sex": "F"}, indicator_id="rate"))
    (found,) = rules.check(held, as_of=DAY, rules=[rules.CONSISTENCY_RULES["total-differs-from-parts"]])
    assert found.subject == "indicators/jobs/FR"
    assert "actual 2023 by Dimension sex: 2,126 in total, 2,125 in all parts" in str(found)


def test_values_of_parts_are_checked_as_others_are() -> None:
    """A negative count of women is out of range, and is said to be of women."""
    found = rules.check(plan(row(-1, {"sex": "F"}, kind="target"), row(5)), as_of=DAY, rules=rules.CONSISTENCY_RULES)
    assert [(one.rule, "France, Code F" in str(one)) for one in found] == [("value-out-of-range", True)]
    jump = plan(*(row(value, {"sex": "F"}, period=year) for year, value in (("2022", 1), ("2023", 100))), row(7))
    found = rules.check(jump, as_of=DAY, rules=rules.CONSISTENCY_RULES)
    assert [(one.rule, "France, Code F" in str(one)) for one in found] == [("value-off-scale", True)]
