"""Aggregation: rules, coverage, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from levier import Indicator, MissingReason, Quantity, Source, Sourced, Territory, TerritoryLevel, indicators
from levier.compute.indicators.aggregation import makes_up
from levier.errors import InvalidValueError, MixedUnitsError, UnknownAggregationError, WrongLevelError
from levier.indicators import Aggregation, Coverage, RollUp, Ruleset
from levier.model.insee import ARRONDISSEMENTS, AUTHORITIES, lies_in
from levier.testing.scalars import territory_codes

Make = Callable[..., Any]
DAY = "2020-12-31"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("sum", 60),
        ("mean", 20),
        ("weighted-mean", 25),
        ("ratio-of-sums", "0.6"),
        ("minimum", 10),
        ("maximum", 30),
        ("median", 20),
    ],
)
def test_each_rule(rule: str, expected: Any) -> None:
    """Each rule gives its value, blanks skipped; ratios and weighted means use the weights."""
    values = {"01": 10, "02": 20, "03": 30, "04": None}
    found = indicators.aggregate(values, rule, weights={"01": 0, "02": 50, "03": 50})
    assert found.value == Decimal(expected)
    assert found.coverage == Coverage(reported=("01", "02", "03"), missing=("04",))
    assert found.kind is Aggregation(rule)


def test_coverage_names_who_is_missing() -> None:
    """The result names who reported and who did not, among those expected too."""
    coverage = indicators.aggregate({"01": 1}, "sum", expected=["02", "03"]).coverage
    assert coverage.missing == ("02", "03")
    assert coverage.explain("en") == "1 of 3 (missing 02, 03)"
    assert coverage.explain("fr") == "1 sur 3 (manquent 02, 03)"
    assert not coverage.is_complete
    assert str(coverage) == "1 of 3"
    assert Coverage(reported=("01",)).is_complete
    assert Coverage(reported=("01",)).explain("fr") == "1 sur 1"


def test_nobody_reports() -> None:
    """Where nobody reports there is no value, with the reason, and never a zero."""
    found = indicators.aggregate({"01": None}, "sum")
    assert (found.value, found.reason) == (None, MissingReason.NO_REPORT)
    assert (found.recorded_on, found.definition) == (None, 0)


@pytest.mark.parametrize(("rule", "reason"), [("weighted-mean", "no-weight"), ("ratio-of-sums", "no-denominator")])
def test_weights_of_zero_give_no_value(rule: str, reason: str) -> None:
    """Weights, or denominators, that add up to zero give no value, with the reason."""
    found = indicators.aggregate({"01": 1, "02": 2}, rule, weights={"01": 0, "02": 0})
    assert (found.value, found.reason) == (None, reason)


def test_a_territory_without_a_weight_is_missing() -> None:
    """Where weights count, a territory that has none is listed as missing, not weighed as zero."""
    found = indicators.aggregate({"01": 1, "02": 5}, "weighted-mean", weights={"01": 3, "02": None})
    assert found.value == 1
    assert found.coverage.missing == ("02",)


@pytest.mark.parametrize("bad", [float("nan"), Decimal("Infinity"), 1.5])
def test_a_bad_value_is_refused_with_its_territory(bad: Any) -> None:
    """NaN, infinity or a float is refused by the name of its territory, among values and among weights."""
    with pytest.raises(InvalidValueError, match=r"aggregate\.46"):
        indicators.aggregate({"46": bad}, "sum")
    with pytest.raises(InvalidValueError, match=r"aggregate\.weights\.46"):
        indicators.aggregate({"46": 1}, "weighted-mean", weights={"46": bad})


def test_a_negative_weight_or_another_unit_is_refused() -> None:
    """Weights are at least zero; quantities share their unit."""
    with pytest.raises(InvalidValueError, match="a weight of at least zero"):
        indicators.aggregate({"46": 1}, "weighted-mean", weights={"46": -1})
    with pytest.raises(MixedUnitsError):
        indicators.aggregate({"46": Quantity.exact(1, "days"), "47": Quantity.exact(1, "%")}, "sum")


def test_an_unknown_rule_is_refused() -> None:
    """An unknown rule is a typed error, with the rules that are known; so is no rule at all."""
    with pytest.raises(UnknownAggregationError, match="unknown aggregation 'moy'; give one of sum, mean"):
        indicators.aggregate({"46": 1}, "moy")


def test_an_indicator_without_a_rule_is_named(plan: Make, departments: Make) -> None:
    """Asked of an indicator that has none, the error names the indicator and the territory."""
    held = plan(*departments("75"))
    with pytest.raises(UnknownAggregationError, match="'visits', territory 'R11': it has no aggregation"):
        indicators.aggregate_of(held, "visits", "R11", as_of=DAY)
    with pytest.raises(UnknownAggregationError, match="'moy'"):
        indicators.aggregate_of(held, "visits", "R11", as_of=DAY, by="moy")


@pytest.mark.parametrize(("place", "month"), [("75", None), ("75", "2020-05")])
def test_a_territory_of_the_wrong_level_is_named(plan: Make, departments: Make, place: str, month: Any) -> None:
    """A department is not above the departments: the error names indicator, territory, level, and the month asked."""
    held = plan(*departments("75"), aggregation="sum")
    with pytest.raises(WrongLevelError) as error:
        indicators.aggregate_of(held, "visits", place, as_of=DAY, month=month)
    assert (error.value.indicator_id, error.value.territory_id, error.value.level) == ("visits", "75", "department")
    assert error.value.month == (month or "")
    assert "expected a level above department, found a territory of level department" in str(error.value)


def test_a_month_or_the_last_one(plan: Make, row: Make, departments: Make) -> None:
    """Without a month the last one reported is given; a month is given as asked, carried forward when strict."""
    rows = [row("actual", "2020-03", 5, "75", recorded_on="2020-04-01"), row("actual", "2020-05", 7, "91")]
    held = plan(*departments("75", "91"), *rows, aggregation="sum")
    last = indicators.aggregate_of(held, "visits", "R11", as_of=DAY)
    assert (last.value, str(last.period), str(last.recorded_on)) == (12, "2020-05", "2020-04-01")
    april = indicators.aggregate_of(held, "visits", "R11", as_of=DAY, month="2020-04")
    assert (april.value, str(april.period)) == (5, "2020-04")
    alone = indicators.aggregate_of(held, "visits", "R11", as_of=DAY, month="2020-05", ruleset=Ruleset.PILOTE)
    assert alone.value == 7
    nothing = indicators.aggregate_of(held, "visits", "R11", as_of=DAY, month="2019-01")
    assert (nothing.value, nothing.reason, nothing.coverage.missing) == (None, MissingReason.NO_REPORT, ("75", "91"))
    assert indicators.aggregate_of(held, "visits", "R11", as_of=DAY, kind="target").value is None


PARIS = {"75056": 100, "75101": 60, "75102": 40}


@pytest.mark.parametrize("parent", ["75", "75056", "R11", None])
def test_arrondissements_are_not_counted_beside_their_city(plan: Make, row: Make, parent: str | None) -> None:
    """Paris counts once, whatever its arrondissements name as their parent; they are what the city is made of."""
    places = [Territory(id="75", label="Paris"), Territory(id="75056", label="Paris (commune)", parent_id="75")]
    places += [Territory(id=code, label=code, parent_id=parent) for code in list(PARIS)[1:]]
    places += [Territory(id="R11", label="R11")]
    held = plan(*places, *(row("actual", "2023", value, code) for code, value in PARIS.items()), aggregation="sum")
    found = indicators.aggregate_of(held, "visits", "75", as_of="2024-01-01", from_level="municipality")
    assert (found.value, found.coverage.reported) == (100, ("75056",))
    within = indicators.aggregate_of(held, "visits", "75056", as_of="2024-01-01", from_level="municipal-arrondissement")
    assert (within.value, within.coverage.reported) == (100, ("75101", "75102"))


def test_arrondissements_stand_for_a_city_that_is_not_there(plan: Make, row: Make) -> None:
    """In data that knows Paris by its arrondissements alone, they are what a sum over municipalities counts."""
    places = [Territory(id=code, label=code) for code in ("75", "75101", "75102")]
    held = plan(*places, *(row("actual", "2023", PARIS[place.id], place.id) for place in places[1:]), aggregation="sum")
    found = indicators.aggregate_of(held, "visits", "75", as_of="2024-01-01", from_level="municipality")
    assert (found.value, found.coverage.reported) == (100, ("75101", "75102"))


near_paris = st.sampled_from(["FR", "HEX", "R11", "75", "75056", "75101", "751", "92", "92012"])
near_lyon = st.sampled_from(["R84", "69", "69D", "69M", "691", "69123", "69381", "69264", "2A", "R94", "988"])
CORSICA_AND_OVERSEAS = ("R01", "R02", "R03", "R04", "R06", "R94")


def lies_within(code: str, place: str) -> bool:
    """Return whether one place lies in another: by the codes around it, or by the regions of the Hexagon."""
    around = (code, *lies_in(code))
    in_a_region = next((each for each in around if each.startswith("R")), "R94") not in CORSICA_AND_OVERSEAS
    return in_a_region if place == "HEX" and code != "HEX" else place in around[1:]


@given(
    st.dictionaries(near_paris | near_lyon | territory_codes(), st.integers(0, 99), max_size=9),
    near_paris | near_lyon,
    st.data(),
)
def test_nothing_is_counted_beside_what_it_is_part_of(
    plan: Make, row: Make, values: dict[str, int], place: str, data: st.DataObject
) -> None:
    """A sum over any level counts each place in a territory once, none with a part of it, and leaves none out."""
    level = data.draw(st.sampled_from(list(TerritoryLevel)))
    held = plan(
        *(Territory(id=code, label=code) for code in {*values, place}),
        *(row("actual", "2023", value, code) for code, value in values.items()),
        aggregation="sum",
    )
    assume(list(TerritoryLevel).index(held.territories[place].level) < list(TerritoryLevel).index(level))
    assume(place not in {"69D", "69M"})  # by a list of their own, below
    if not makes_up(level, held.territories[place]):
        with pytest.raises(WrongLevelError):
            indicators.aggregate_of(held, "visits", place, as_of="2024-01-01", from_level=level)
        return
    found = indicators.aggregate_of(held, "visits", place, as_of="2024-01-01", from_level=level)
    counted, inside = set(found.coverage.reported), {code for code in values if lies_within(code, place)}
    expected = {code for code in inside if held.territories[code].level is level}
    wholes = {TerritoryLevel.MUNICIPALITY: ARRONDISSEMENTS, TerritoryLevel.DEPARTMENT: AUTHORITIES}.get(level, {})
    expected |= {part for part in inside & wholes.keys() if wholes[part] not in held.territories}
    assert counted == expected
    assert found.value == (sum(values[code] for code in counted) if counted else None)
    assert not any(whole in lies_in(part) for whole, part in permutations(counted, 2))


def test_weighted_by_population(plan: Make, row: Make) -> None:
    """A weighted mean uses the populations; a territory without one is missing."""
    insee = Source(id="insee", title="Insee")
    people = [{"value": 100, "source_id": "insee"}, {"value": 300, "source_id": "insee"}, None]
    places = [Territory(id="FR", label="France"), Territory(id="R11", label="R11", parent_id="FR")]
    places += [
        Territory(id=code, label=code, parent_id="R11", population=None if about is None else Sourced(**about))
        for code, about in zip(("75", "77", "91"), people, strict=True)
    ]
    rows = [row("actual", "2020-05", value, code) for code, value in (("75", 10), ("77", 20), ("91", 90))]
    held = plan(insee, *places, *rows, aggregation="weighted-mean")
    found = indicators.aggregate_of(held, "visits", "R11", as_of=DAY)
    assert found.value == Decimal("17.5")
    assert found.coverage.missing == ("91",)


def test_a_ratio_of_sums_of_two_indicators(plan: Make, row: Make, departments: Make) -> None:
    """A ratio in percent is the sum of one indicator over the sum of another, times 100; never a mean of ratios."""
    counts = [Indicator(id=name, label=name, unit="count") for name in ("kept", "handled")]
    said = [("75", 1, 2), ("91", 98, 98)]
    rows = [row("actual", "2020-05", kept, code, indicator="kept") for code, kept, _ in said]
    rows += [row("actual", "2020-04", handled, code, indicator="handled") for code, _, handled in said]
    held = plan(*departments("75", "91"), *counts, *rows, unit="%", aggregation="ratio-of-sums")
    rules = {"numerator_id": "kept", "weight_id": "handled"}
    found = indicators.aggregate_of(held, "visits", "R11", as_of=DAY, **rules)
    assert found.value == 99
    assert found.explain("fr") == "rapport des sommes\u00a0: 2 sur 2"
    again = indicators.progress_of(held, "visits", "R11", as_of=DAY, roll_up=RollUp(actual="ratio-of-sums", **rules))
    assert again.actual.value == 99


def test_denominators_of_a_later_month_do_not_count(plan: Make, row: Make, departments: Make) -> None:
    """A weight counts from its month on; where nobody has one yet, there is no value, with the reason."""
    handled = Indicator(id="handled", label="handled", unit="count")
    rows = [row("actual", "2020-05", 1, "75"), row("actual", "2020-06", 2, "75", indicator="handled")]
    held = plan(*departments("75"), handled, *rows, aggregation="ratio-of-sums")
    found = indicators.aggregate_of(held, "visits", "R11", as_of=DAY, weight_id="handled")
    assert (found.value, found.reason) == (None, MissingReason.UNKNOWN_DENOMINATOR)
    assert indicators.aggregate({"75": 1}, "ratio-of-sums").reason is found.reason
    said = indicators.progress_of(
        held, "visits", "R11", as_of=DAY, roll_up=RollUp(actual="ratio-of-sums", weight_id="handled")
    )
    assert said.reason is MissingReason.NO_BASELINE


def test_rules_apart_for_baseline_actual_and_target(plan: Make, said: Make, row: Make, departments: Make) -> None:
    """A rule may be given for one kind only; the others stay as they are typed at that level."""
    rows = [*said("75", now=30), *said("91", now=40), row("baseline", "2019-01", 10, "R11")]
    held = plan(*departments("75", "91"), *rows, row("target", "2022-12", 110, "R11"))
    found = indicators.progress_of(held, "visits", "R11", as_of=DAY, roll_up=RollUp(actual="sum"))
    assert (found.baseline.value, found.actual.value, found.target.value) == (10, 70, 110)
    assert found.value == 60


def test_parts_of_several_definitions_share_none(plan: Make, said: Make, row: Make, departments: Make) -> None:
    """A sum over territories that measure by different definitions gives no progress in the strict ruleset."""
    rows = [*said("75"), *said("91", now=None), row("actual", "2020-05", 5, "91", definition=2)]
    held = plan(*departments("75", "91"), *rows, aggregation="sum")
    assert indicators.progress_of(held, "visits", "R11", as_of=DAY).reason is MissingReason.DEFINITION_CHANGED


def test_a_target_disputed_below_is_missing_above(plan: Make, said: Make, row: Make, departments: Make) -> None:
    """Without a target that is not disputed the region has none, in both rulesets; a sound one stands alone."""
    sources = [Source(id=name, title=name) for name in ("a", "b")]
    rows = [
        *said("75", goal=None),
        *(row("target", "2022-12", len(s.id) + i, "75", source_id=s.id) for i, s in enumerate(sources)),
    ]
    held = plan(*departments("75", "91"), *sources, *rows, aggregation="sum")
    for ruleset in Ruleset:
        found = indicators.progress_of(held, "visits", "R11", as_of=DAY, ruleset=ruleset)
        assert (found.value, found.reason) == (None, MissingReason.DISPUTED)
        assert [one.observation.source_id for one in found.left_out if one.because == "disputed"] == ["a", "b"]
    sound = indicators.progress_of(held.with_(*said("91", now=20)), "visits", "R11", as_of=DAY)
    assert (sound.value, sound.target.coverage.missing) == (20, ("75",))
