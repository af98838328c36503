"""The rules on series, closer: scales and ranges of units, effects in another unit, changes of definition."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import (
    EffectHorizon,
    Indicator,
    IntendedEffect,
    Lever,
    MissingReason,
    Observation,
    Portfolio,
    Quantity,
    Territory,
    catalogue,
)
from levier.compute.checks.check import RULES
from levier.indicators import progress_of
from levier.rules import Finding, check

DAY = "2030-12-31"
PLACES = [Territory(id="FR", label="France"), Territory(id="46", label="Lot", parent_id="FR")]


def found_by(rule: str, *things: Any) -> tuple[Finding, ...]:
    """Return what one rule finds."""
    return check(Portfolio.of(*PLACES, *things), as_of=DAY, rules=[RULES[rule]])


def indicator(unit: str, **more: Any) -> Indicator:
    """Return an indicator in some unit."""
    return Indicator(id="i", label="Taux", label_en="Rate", unit=unit, **more)


def row(kind: str, year: int, value: Any, place: str = "FR", **more: Any) -> Observation:
    """Return a value of a year."""
    return Observation(indicator_id="i", territory_id=place, period=str(year), kind=kind, value=value, **more)


def series(values: list[Any], **more: Any) -> list[Observation]:
    """Return actual values, one a year."""
    return [row("actual", 2000 + place, value, **more) for place, value in enumerate(values)]


# ---------------------------------------------------------------- jumps


@st.composite
def smooth(draw: st.DrawFn) -> list[int]:
    """Draw a series in which no value is more than three times its neighbour, nor less than a third."""
    values = [draw(st.integers(10_000, 10**7))]
    for percent in draw(st.lists(st.integers(34, 299), min_size=1, max_size=8)):
        values.append(max(values[-1] * percent // 100, 1000))
    return values


units = st.sampled_from(["%", "share", "count", "EUR", "days", "ETP"])
places = st.integers(-9, 9)


def scaled(number: int, power: int) -> Decimal:
    """Return a number times a power of ten, exactly."""
    return Decimal(f"{number}E{power}")


@given(smooth(), units, places, st.booleans())
def test_a_smooth_series_is_never_found(values: list[int], unit: str, power: int, minus: bool) -> None:
    """No series is found whose steps are less than √10, whatever its unit, its size and its sign."""
    assert all(Fraction(1, 10) < Fraction(one, other) ** 2 < 10 for one, other in pairwise(values))
    rows = series([scaled(-value if minus else value, power) for value in values])
    assert found_by("value-off-scale", indicator(unit), *rows) == ()


@given(smooth(), units, places, st.sampled_from([2, -2]), st.data())
def test_one_value_a_hundred_times_off_is_found(
    values: list[int], unit: str, power: int, slip: int, data: st.DataObject
) -> None:
    """One value of such a series, the first and the last too, times or by a hundred, is found and named."""
    wrong = data.draw(st.integers(0, len(values) - 1))
    exact = [scaled(value, power + (slip if place == wrong else 0)) for place, value in enumerate(values)]
    (found,) = found_by("value-off-scale", indicator(unit), *series(exact))
    assert found.subject == "indicators/i/FR"
    assert f"({2000 + wrong})" in str(found)
    assert f"({2000 + wrong})" in found.sentence("fr")


@pytest.mark.parametrize(
    ("values", "is_found"),
    [
        (["78", "0.78", "79"], True),
        (["78", "780", "79"], True),
        (["0.78"], False),
        (["78", "0.78"], True),
        (["99", "101", "140"], False),
        (["30", "120"], True),
        (["0", "78", "0", "77"], False),
        (["1", "12", "40", "75"], False),
    ],
)
def test_a_percentage_has_one_scale(values: list[str], is_found: bool) -> None:
    """0.78 and 780 among values near 78 are found; a rate that passes 100 in small steps or starts from zero is not."""
    assert bool(found_by("value-off-scale", indicator("%"), *series(values))) is is_found


def test_the_sentence_names_both_values_and_their_dates() -> None:
    """What is found is said with both values, in their unit, in both languages."""
    (found,) = found_by("value-off-scale", indicator("%"), *series(["78", "0.78"]))
    assert str(found).startswith("The indicator 'Rate' changes scale from one value to the next (France): ")
    assert str(found).endswith(": actual 78% (2000) → actual 0.78% (2001).")
    assert "réalisation 78\u00a0% (2000) → réalisation 0,78\u00a0% (2001)" in found.sentence("fr")


def test_a_target_may_be_a_hundred_times_the_baseline() -> None:
    """A count may be meant to grow a hundredfold; two observed values, or two targets, that do are found."""
    start, now, goal = row("baseline", 2018, 10), row("actual", 2019, 12), row("target", 2022, 1000)
    assert found_by("value-off-scale", indicator("count"), start, now, goal) == ()
    assert found_by("value-off-scale", indicator("count"), start, row("actual", 2019, 1200), goal)
    assert found_by("value-off-scale", indicator("count"), start, now, goal, row("target", 2023, 100_000))
    assert found_by("value-off-scale", indicator("%"), row("baseline", 2018, 78), row("target", 2022, "0.85"))
    assert found_by("value-off-scale", indicator("share"), row("baseline", 2018, "0.78"), row("target", 2022, 85))


def test_series_and_definitions_are_apart() -> None:
    """Another territory, another definition and what is recorded later are not compared."""
    assert found_by("value-off-scale", indicator("count"), row("actual", 2019, 1), row("actual", 2020, 100, "46")) == ()
    later = row("actual", 2020, 100, definition=2)
    assert found_by("value-off-scale", indicator("count"), row("actual", 2019, 1), later) == ()
    announced = row("actual", 2020, 100, recorded_on="2031-01-01")
    assert found_by("value-off-scale", indicator("count"), row("actual", 2019, 1), announced) == ()


# ---------------------------------------------------------------- ranges


@pytest.mark.parametrize(
    ("unit", "kind", "value", "is_found"),
    [
        ("%", "target", "100", False),
        ("%", "target", "100.01", True),
        ("%", "target", "-1", True),
        ("%", "forecast", "120", True),
        ("%", "actual", "417.5", False),
        ("share", "actual", "1.01", True),
        ("share", "baseline", "-0.01", True),
        ("/10", "actual", "10.1", True),
        ("/10", "target", "10", False),
        ("count", "actual", "-1", True),
        ("count", "target", "1000000", False),
        ("days", "target", "-1", True),
        ("days", "actual", "-1", False),
        ("months", "actual", "-1", False),
        ("points", "target", "-5", False),
        ("EUR", "target", "-5", False),
        ("ratio", "target", "-5", False),
        ("ETP", "target", "-5", False),
    ],
)
def test_values_that_a_unit_does_not_have(unit: str, kind: str, value: str, is_found: bool) -> None:
    """Each unit with a range is held to it; a rate may pass 100 %, and units without a range may be anything."""
    found = found_by("value-out-of-range", indicator(unit), row(kind, 2020, value))
    assert [one.subject for one in found] == (["indicators/i/FR"] if is_found else [])


def test_what_lies_outside_is_listed_by_territory() -> None:
    """One finding a territory lists every value outside; a value that is not measured is none."""
    rows = [row("target", 2020, 120), row("target", 2021, 130), row("target", 2021, 140, "46"), row("target", 2022, 90)]
    missing = row("target", 2023, None, state="not-collected")
    lot, nation = found_by("value-out-of-range", indicator("%"), *rows, missing)
    assert str(nation).endswith("(France): target 120% (2020); target 130% (2021).")
    assert lot.sentence("fr").endswith("(Lot)\u00a0: cible 140\u00a0% (2021).")


# ---------------------------------------------------------------- effects


@pytest.mark.parametrize("unit", ["days", "%", "points", "share", "EUR"])
@pytest.mark.parametrize("size", ["days", "%", "points", "share", "EUR"])
def test_an_effect_is_in_the_unit_of_its_indicator(unit: str, size: str) -> None:
    """An effect in another unit is found; that on a percentage may be in points."""
    effect = IntendedEffect(indicator_id="i", direction="increase", size=Quantity.at_least(5, size))
    found = found_by("effect-in-another-unit", indicator(unit), Lever(id="l", label="L", effects=[effect]))
    assert [one.subject for one in found] == (
        [] if size == unit or (unit, size) == ("%", "points") else ["levers/l/effects/i"]
    )
    unsized = Lever(id="l", label="L", effects=[IntendedEffect(indicator_id="i", direction="increase")])
    assert found_by("effect-in-another-unit", indicator(unit), unsized) == ()


def test_each_unit_of_the_horizons_is_found_once() -> None:
    """The sizes of several horizons are each in the unit of the indicator, and a wrong unit is one finding."""
    units = [("2030", "MtCO2e"), ("2040", "TWh"), ("2050", "TWh")]
    sizes = [EffectHorizon(period=year, size=Quantity.exact(-3, unit)) for year, unit in units]
    effect = IntendedEffect(indicator_id="i", horizons=sizes)
    (found,) = found_by("effect-in-another-unit", indicator("MtCO2e"), Lever(id="l", label="L", effects=[effect]))
    assert "'TWh'" in found.sentence("en")


@pytest.mark.parametrize(
    ("direction", "size", "is_found"),
    [
        (None, Quantity.between(-3, 3, "days"), False),
        ("increase", Quantity.exact(3, "days"), False),
        ("increase", Quantity.exact(-3, "days"), True),
        ("increase", Quantity.between(-3, 3, "days"), True),
        ("decrease", Quantity.exact(3, "days"), False),
        ("decrease", Quantity.exact(-3, "days"), False),
        ("decrease", Quantity.between(-3, 3, "days"), True),
        ("decrease", Quantity.at_most(3, "days"), False),
        ("stable", Quantity.exact(0, "days"), False),
        ("stable", Quantity.exact(3, "days"), True),
        ("stable", Quantity.between(-3, 3, "days"), False),
    ],
)
def test_a_size_goes_the_way_of_its_effect(direction: Any, size: Quantity, is_found: bool) -> None:
    """An increase of -3 and a stable value that moves by 3 are found, with a size of a horizon as with the undated."""
    horizon = EffectHorizon(period="2030", size=size)
    for effect in (
        IntendedEffect(indicator_id="i", direction=direction, size=size),
        IntendedEffect(indicator_id="i", direction=direction, horizons=[horizon]),
    ):
        lever = Lever(id="l", label="L", effects=[effect])
        found = found_by("effect-against-its-direction", indicator("days"), lever)
        assert [one.subject for one in found] == (["levers/l/effects/i"] if is_found else [])


END_OF_2020 = "2020-12-31"


def broken_in(plan: Portfolio, as_of: str = END_OF_2020) -> tuple[Finding, ...]:
    """Return what the rule finds."""
    return check(plan, as_of=as_of, rules=[RULES["definition-break-crossed"]])


@pytest.fixture
def crossed(row: Callable[..., Any]) -> Callable[..., Iterable[Any]]:
    """Make a baseline of one definition, an actual value and a target of the next, in a territory."""

    def make(place: str = "FR") -> Iterable[Any]:
        yield row("baseline", "2019-01", 0, place)
        yield row("actual", "2020-05", 50, place, definition=2)
        yield row("target", "2022-12", 100, place, definition=2)

    return make


def test_versions_and_periods_are_named(plan: Callable[..., Any], crossed: Callable[..., Any]) -> None:
    """Where progress says that the definition changed, the finding says which values, of when, by which version."""
    made = plan(*crossed())
    assert progress_of(made, "visits", as_of=END_OF_2020).reason is MissingReason.DEFINITION_CHANGED
    (found,) = broken_in(made)
    assert str(found) == (
        "The indicator 'Visits' changes definition between the values compared (France): "
        "baseline January 2019 (version 1); actual May 2020 (version 2); target December 2022 (version 2)."
    )
    assert found.sentence("fr") == (
        "L’indicateur «\u00a0Visits\u00a0» change de définition entre les valeurs comparées (France)\u00a0: "
        "valeur initiale janvier 2019 (version 1)\u00a0; réalisation mai 2020 (version 2)\u00a0; "
        "cible décembre 2022 (version 2)."
    )


def test_values_of_the_day_are_compared(plan: Callable[..., Any], crossed: Callable[..., Any], row: Any) -> None:
    """A value not there on the day crosses nothing; two values suffice; a new baseline of the new definition mends."""
    start, now, goal = crossed()
    assert broken_in(plan(start, now, goal), as_of="2020-01-01") != ()
    assert broken_in(plan(start, now), as_of="2020-01-01") == ()
    assert broken_in(plan(start, now)) != ()
    again = row("baseline", "2020-01", 10, definition=2, recorded_on="2020-06-01")
    assert broken_in(plan(start, again, now, goal)) == ()


def test_an_indicator_is_found_once(
    plan: Callable[..., Any], crossed: Callable[..., Any], departments: Callable[..., Any]
) -> None:
    """Of several territories the highest is told of, and the others are counted."""
    rows = [row for place in ("75", "FR", "77") for row in crossed(place)]
    (found,) = broken_in(plan(*departments("75", "77"), *rows))
    assert "(France)" in str(found)
    assert str(found).endswith(". Other territories in this case: 2.")
    assert found.sentence("fr").endswith(". Autres territoires dans ce cas\u00a0: 2.")


def test_values_rolled_up_from_several_definitions_are_found(
    plan: Callable[..., Any], said: Callable[..., Any], departments: Callable[..., Any]
) -> None:
    """Where departments count by different definitions, their sum is of several, and says so."""
    rows = [*said("75"), *said("77", definition=2)]
    made = plan(*departments("75", "77"), *rows, aggregation="sum")
    assert progress_of(made, "visits", as_of=END_OF_2020).reason is MissingReason.DEFINITION_CHANGED
    (found,) = broken_in(made)
    assert "(France)" in str(found)
    assert "actual May 2020 (several versions)" in str(found)
    assert str(found).endswith("Other territories in this case: 1.")


def test_a_disputed_value_says_nothing(plan: Callable[..., Any], row: Callable[..., Any]) -> None:
    """A month of two values that nothing tells apart has no version; the other values are judged all the same."""
    twice = [row("actual", "2020-05", 1), row("actual", "2020-05-31", 2, definition=2)]
    assert broken_in(plan(*twice)) == ()
    early = [row("baseline", "2020-01", 0), row("target", "2019-01", 1, definition=2)]
    assert broken_in(plan(*twice, *early)) != ()


def test_the_funds_own_indicator_changed_its_definition() -> None:
    """By the end of 2022, the fund's share of contracts in time has a value and a target of two definitions."""
    known = catalogue.action_publique_2022()
    assert [finding.subject for finding in broken_in(known, "2022-12-31")] == ["indicators/p349-contract-signed"]
    assert broken_in(known, "2023-12-31") == ()
