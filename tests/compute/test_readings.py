"""Where the strict ruleset differs from PILOTE: each line of the table, both rulesets side by side, and named."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from levier import Indicator, MissingReason, Portfolio, Reform, Territory
from levier.errors import InvalidValueError, UnknownAggregationError
from levier.indicators import (
    ComparableRule,
    IndicatorWeight,
    Progress,
    RollUp,
    Ruleset,
    RulesetDifference,
    gap,
    previous_reform_progress_of,
    progress_of,
    summary,
    trend,
)

Make = Callable[..., Any]
DAY = "2020-12-31"


def both(plan: Portfolio, place: str = "FR", **how: Any) -> dict[Ruleset, Progress]:
    """Return the progress of `visits` in each ruleset."""
    return {ruleset: progress_of(plan, "visits", place, as_of=DAY, ruleset=ruleset, **how) for ruleset in Ruleset}


def values(found: dict[Ruleset, Progress]) -> tuple[Decimal | None, Decimal | None]:
    """Return the strict value and PILOTE's."""
    return found[Ruleset.STRICT].value, found[Ruleset.PILOTE].value


def test_a_median_of_zero_gives_a_gap() -> None:
    """PILOTE has no gap where the median is exactly 0; the strict ruleset keeps 0 as a value."""
    strict, pilote = (gap(10, [0, 10, -10], ruleset=ruleset) for ruleset in Ruleset)
    assert (strict.value, strict.reason) == (10, None)
    assert (pilote.value, pilote.reason) == (None, MissingReason.ZERO_MEDIAN)
    assert strict.differences == pilote.differences == (RulesetDifference.ZERO_MEDIAN,)


def test_a_progress_of_zero_counts() -> None:
    """PILOTE, in one view, drops 0 from the minimum and the median; the strict ruleset counts it."""
    made = {ruleset: summary({"75": 0, "77": 40, "91": 60}, ruleset=ruleset) for ruleset in Ruleset}
    assert (made[Ruleset.STRICT].minimum, made[Ruleset.STRICT].median) == (0, 40)
    assert (made[Ruleset.PILOTE].minimum, made[Ruleset.PILOTE].median) == (40, 50)
    assert made[Ruleset.STRICT].differences == (RulesetDifference.ZERO_DROPPED,)


def test_no_trend_without_a_previous_value() -> None:
    """PILOTE says "stagnation" where there is no previous value; the strict ruleset gives no trend, with the reason."""
    strict, pilote = (trend(10, None, ruleset=ruleset) for ruleset in Ruleset)
    assert (strict.direction, strict.reason) == (None, MissingReason.NO_PREVIOUS)
    assert pilote.direction == "level"
    assert strict.differences == pilote.differences == (RulesetDifference.NO_PREVIOUS,)


def test_an_unsupported_aggregation_is_an_error() -> None:
    """PILOTE publishes −1.212121 for an unsupported operation; here it cannot even be written down, in any ruleset."""
    with pytest.raises(InvalidValueError, match="moy"):
        Indicator(id="visits", label="Visits", unit="count", aggregation="moy")
    with pytest.raises(UnknownAggregationError, match="'moy'"):
        RollUp(actual="moy")


def test_departments_that_report_in_other_months_stay_in_the_total(plan: Make, said: Make, departments: Make) -> None:
    """PILOTE's total is of one month; the strict one carries the last known value forward, and says of how many."""
    rows = [*said("75", now=90, months={"actual": "2020-04"}), *said("91", now=100, goal=1000)]
    held = plan(*departments("75", "91"), *rows, aggregation="sum")
    found = both(held, "R11")
    assert values(found) == (Decimal("17.27"), Decimal("9.09"))
    assert found[Ruleset.STRICT].differences == (RulesetDifference.OTHER_MONTH,)
    assert found[Ruleset.STRICT].other_value == Decimal("9.09")
    assert found[Ruleset.STRICT].actual.coverage.reported == ("75", "91")
    assert found[Ruleset.PILOTE].actual.coverage.missing == ("75",)


def test_a_value_is_carried_forward_within_the_limit_only(plan: Make, said: Make, departments: Make) -> None:
    """Beyond the stated limit a department is missing from the total, and its last value is listed as too old."""
    rows = [*said("75", now=90, months={"actual": "2020-01"}), *said("91", now=100, goal=1000)]
    held = plan(*departments("75", "91"), *rows)
    rules = RollUp(baseline="sum", actual="sum", target="sum", carry_forward_months=3)
    found = progress_of(held, "visits", "R11", as_of=DAY, roll_up=rules)
    assert [point.value for point in (found.baseline, found.actual, found.target)] == [0, 100, 1000]
    assert [point.coverage.missing for point in (found.baseline, found.actual, found.target)] == [("75",)] * 3
    assert [one.because for one in found.left_out] == ["too-old", "unmatched", "unmatched"]
    assert found.value == 10


def test_targets_never_take_part_in_decumulation(plan: Make, row: Make) -> None:
    """A target-only row between two actual values makes PILOTE count twice; targets never take part here."""
    rows = [row("baseline", "2019-01", 0), row("actual", "2019-11", 50), row("actual", "2020-01", 60)]
    held = plan(*rows, row("target", "2019-12", 100), row("target", "2022-12", 200))
    rule = ComparableRule(decumulation="since", window="since", since="2019-01")
    found = both(held, comparable=rule)
    assert [found[ruleset].actual.value for ruleset in Ruleset] == [60, 110]
    assert values(found) == (Decimal("30.00"), Decimal("55.00"))
    assert found[Ruleset.STRICT].differences == (RulesetDifference.TARGET_ROW,)


def test_the_custom_date_bounds_the_window(plan: Make, row: Make) -> None:
    """PILOTE's window starts at the first value whatever the date chosen; here the date bounds it."""
    rows = [row("baseline", "2018-06", 0), row("actual", "2018-12", 5), row("actual", "2020-01", 10)]
    held = plan(*rows, row("target", "2022-12", 100))
    found = both(held, comparable=ComparableRule(window="since", since="2019-01"))
    assert values(found) == (Decimal("10.00"), Decimal("15.00"))
    assert found[Ruleset.STRICT].differences == (RulesetDifference.WINDOW_START,)
    assert [one.because for one in found[Ruleset.STRICT].left_out] == ["outside-window"]


def test_the_dated_annual_progress_of_a_downward_indicator(plan: Make, row: Make) -> None:
    """PILOTE uses the upward formula for it; the strict reading the right one."""
    rows = [row("baseline", "2019-01", 100), row("actual", "2020-06", 80), row("target", "2020-12", 60)]
    found = both(plan(*rows, direction="decrease"), horizon="own-year")
    assert values(found) == (Decimal("50.00"), Decimal("100.00"))
    assert found[Ruleset.STRICT].differences == (RulesetDifference.DATED_ANNUAL,)
    assert found[Ruleset.STRICT].direction == found[Ruleset.PILOTE].direction == "decrease"


def test_previous_progress_counts_weighted_indicators_only(row: Make) -> None:
    """A date of an indicator without weight makes PILOTE's previous progress the current one; here it does not."""
    rows = [row("actual", "2020-09", 20, indicator="b")]
    for kind, when, value in (("baseline", "2019-01", 0), ("target", "2022-12", 100)):
        rows += [row(kind, when, value, indicator=name) for name in ("a", "b")]
    rows += [row("actual", "2020-05", 30, indicator="a"), row("actual", "2020-06", 50, indicator="a")]
    indicators = [Indicator(id=name, label=name, unit="count", direction="increase") for name in ("a", "b")]
    weights = [IndicatorWeight(indicator_id=name, level="nation", weight=w) for name, w in (("a", 100), ("b", 0))]
    reform = Reform(id="r", label="R", indicator_ids=["a", "b"], weights=weights)
    held = Portfolio.of(reform, *indicators, Territory(id="FR", label="France"), *rows)
    before = {r: previous_reform_progress_of(held, "r", as_of=DAY, ruleset=r) for r in Ruleset}
    assert [before[ruleset].value for ruleset in Ruleset] == [30, 50]
    assert before[Ruleset.STRICT].differences == (RulesetDifference.UNWEIGHTED_DATE,)
    assert before[Ruleset.STRICT].other_value == 50


@pytest.mark.parametrize("ruleset", Ruleset)
def test_this_year_is_the_year_asked(plan: Make, row: Make, ruleset: Ruleset) -> None:
    """PILOTE's year is the server clock's; here, in both rulesets, it is that of the day asked."""
    rows = [row("baseline", "2019-01", 0), row("actual", "2020-06", 40)]
    held = plan(*rows, row("target", "2020-12", 50), row("target", "2021-12", 80))
    found = [
        progress_of(held, "visits", as_of=day, horizon="year", ruleset=ruleset).value
        for day in ("2020-07-01", "2021-07-01", "2022-07-01")
    ]
    assert found == [Decimal("80.00"), Decimal("50.00"), None]


def test_a_typed_national_target_stays(plan: Make, said: Make, row: Make, departments: Make) -> None:
    """In PILOTE a sum, even partial, replaces the typed target; here the typed one stays, and a finding says both."""
    rows = [*said("75", goal=300), *said("91", goal=None), row("target", "2022-12", 1000)]
    held = plan(*departments("75", "91"), *rows, aggregation="sum")
    found = both(held)
    assert [found[ruleset].target.value for ruleset in Ruleset] == [1000, 300]
    assert values(found) == (Decimal("10.00"), Decimal("33.33"))
    assert found[Ruleset.STRICT].differences == (RulesetDifference.TYPED_TARGET, RulesetDifference.UNEVEN_PLACES)
    finding = found[Ruleset.STRICT].findings[0]
    assert finding.rule == "two-targets"
    assert "1,000" in finding.sentence("en")
    assert "300" in finding.sentence("fr")


def test_no_line_runs_through_a_change_of_definition(plan: Make, row: Make) -> None:
    """PILOTE knows no versions of a definition; here no progress is measured from one version to another."""
    rows = [row("baseline", "2019-01", 0), row("target", "2022-12", 100, definition=2)]
    found = both(plan(*rows, row("actual", "2020-05", 50, definition=2)))
    assert values(found) == (None, Decimal("50.00"))
    assert found[Ruleset.STRICT].reason is MissingReason.DEFINITION_CHANGED
    assert found[Ruleset.STRICT].differences == (RulesetDifference.DEFINITION_BREAK,)
    assert found[Ruleset.PILOTE].differs_from_pilote


def test_the_readings_agree_elsewhere(plan: Make, said: Make, departments: Make) -> None:
    """Where no line of the table applies, both rulesets give the same, and no difference is named."""
    rows = [*said("75"), *said("91", now=20)]
    held = plan(*departments("75", "91"), *rows, aggregation="sum")
    for place in ("FR", "R11", "75"):
        found = both(held, place)
        assert values(found)[0] == values(found)[1] is not None
        assert found[Ruleset.STRICT].differences == ()
        assert found[Ruleset.STRICT].other_value == found[Ruleset.STRICT].value


def test_the_sentence_names_the_difference(plan: Make, said: Make, departments: Make) -> None:
    """The explanation says what the other ruleset gives, and by which rule."""
    rows = [*said("75", now=90, months={"actual": "2020-04"}), *said("91", now=100, goal=1000)]
    found = both(plan(*departments("75", "91"), *rows, aggregation="sum"), "R11")
    assert "PILOTE's rules: 9.09% (PILOTE adds up only" in found[Ruleset.STRICT].explain("en")
    assert "règles strictes\u00a0: 17,27\u00a0%" in found[Ruleset.PILOTE].explain("fr")
