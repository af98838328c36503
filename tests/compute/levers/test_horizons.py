"""Effects by horizon: the size intended by 2030, what came of it, and nothing between two horizons unless asked for."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import EffectHorizon, Indicator, IntendedEffect, Lever, MissingReason, Quantity, plans
from levier.errors import InvalidValueError
from levier.model.periods import Period

Make = Callable[..., Any]
DAY = "2045-12-31"
SINCE = "2024-01-01"


def read(said: Any, lang: str) -> str:
    """Return what is said, with plain spaces and hyphens."""
    text: str = said.explain(lang) if hasattr(said, "explain") else said.say(lang)
    return text.replace("\u00a0", " ").replace("\u2212", "-")


def lever(sizes: dict[str, Any], unit: str = "visits", **more: Any) -> Lever:
    """Return a lever meant to move `visits`, by these horizons."""
    horizons = [
        EffectHorizon(period=period, size=size if isinstance(size, Quantity) else Quantity.exact(size, unit))
        for period, size in sizes.items()
    ]
    effect = IntendedEffect(indicator_id="visits", horizons=horizons, **more)
    return Lever(id="l", label="Levier", label_en="Lever", effects=[effect])


@pytest.fixture(scope="session")
def asked(plan: Make, row: Make) -> Make:
    """Return the effect by a horizon of a lever with some sizes, of 100 visits in 2023 and others since."""

    def ask(sizes: dict[str, Any], values: dict[str, Any], horizon: str | None, **more: Any) -> plans.Effect:
        asking = {"shape": more.pop("shape", None), "as_of": more.pop("as_of", DAY)}
        rows = [row("actual", when, value) for when, value in {"2023": 100, **values}.items()]
        held = plan(lever(sizes, **more), *rows, unit="visits")
        (effect,) = plans.effects_of(held, "l", since=SINCE, horizon=horizon, **asking).effects
        return effect

    return ask


STATED = {"2030": -40, "2040": -80}


def test_the_size_of_a_horizon_is_compared_with_the_change_by_then(asked: Make) -> None:
    """By 2030 the value of 2030 counts and not that of 2035; by 2040 that of 2035 does, the last one known by then."""
    values = {"2030": 90, "2035": 50}
    by_2030, by_2040 = (asked(STATED, values, horizon) for horizon in ("2030", "2040"))
    assert (by_2030.after.value, by_2030.change, by_2030.by_horizon.percent) == (90, -10, 25)
    assert (by_2040.after.value, by_2040.change, by_2040.by_horizon.percent) == (50, -50, Decimal("62.5"))
    assert str(by_2040.by_horizon.change) == "-80 visits"
    assert read(by_2030, "en") == (
        "Visits: 100 visits (2023, unsourced) → 90 visits (2030, unsourced), as expected (decrease), "
        "change intended by 2030: -40 visits, of which 25% has come"
    )
    assert read(by_2030, "fr").endswith("variation visée à l’horizon 2030 : -40 visits, réalisée à 25 %")


def test_nothing_is_interpolated_between_two_horizons(asked: Make) -> None:
    """No source states a size for 2035, and none is invented; where the asker says how it runs, it is said too."""
    bare = asked(STATED, {"2035": 70}, "2035")
    assert (bare.by_horizon.change, bare.by_horizon.percent, bare.by_horizon.reason) == (
        None,
        None,
        MissingReason.NO_SIZE,
    )
    assert bare.change == -30  # what was observed is known all the same
    assert read(bare, "en").endswith("intended by 2035: no size stated")
    linear, steps = (asked(STATED, {"2035": 70}, "2035", shape=shape).by_horizon for shape in ("linear", "stepwise"))
    assert (linear.change.value, linear.percent, linear.shape) == (-60, 50, "linear")
    assert (steps.change.value, steps.percent) == (-40, 75)
    assert "change intended by 2035: -60 visits (linear between two horizons)" in read(linear.message, "en")
    assert "entre deux horizons : linéaire" in read(linear.message, "fr")
    stated = asked(STATED, {"2030": 90}, "2030", shape="linear").by_horizon
    assert (stated.change.value, stated.shape) == (-40, None)  # a stated size is not interpolated


@pytest.mark.parametrize("horizon", ["2029", "2041", "2050-06"])
def test_no_shape_reaches_beyond_the_stated_horizons(asked: Make, horizon: str) -> None:
    """Before the first horizon and after the last one, no path runs, whatever its shape."""
    found = asked(STATED, {"2025": 90}, horizon, shape="linear").by_horizon
    assert (found.change, found.reason) == (None, MissingReason.NO_SIZE)


@pytest.mark.parametrize(
    "sizes",
    [
        {},
        {"2030": Quantity.at_least(-40, "visits"), "2040": -80},
        {"2030": Quantity.exact(-40, "points"), "2040": -80},
        {"2030-12-15": -40, "2030-12-31": -41, "2040": -80},
    ],
    ids=["no horizon", "a bound", "two units", "two days of a month"],
)
def test_what_makes_no_path_is_not_interpolated(asked: Make, sizes: dict[str, Any]) -> None:
    """Bounds, two units or two sizes of one month make no path through the horizons."""
    assert asked(sizes, {"2025": 90}, "2035", shape="linear").by_horizon.change is None


@pytest.mark.parametrize(
    ("size", "reason"),
    [
        (Quantity.at_most(-40, "visits"), MissingReason.INEXACT_SIZE),
        (Quantity.about(-40, "visits"), MissingReason.INEXACT_SIZE),
        (Quantity.exact(-40, "%"), MissingReason.SIZE_IN_ANOTHER_UNIT),
        (Quantity.exact(0, "visits"), MissingReason.NO_DENOMINATOR),
    ],
)
def test_a_size_that_no_change_is_a_part_of_says_why(asked: Make, size: Quantity, reason: MissingReason) -> None:
    """Of bounds, of another unit and of zero no percentage is computed: the size is shown, with the reason."""
    found = asked({"2030": size}, {"2030": 90}, "2030").by_horizon
    assert (found.change, found.percent, found.reason) == (size, None, reason)
    assert f"of which an unknown part has come ({reason.en})" in read(found.message, "en")


def test_a_percentage_moves_by_points(plan: Make, row: Make) -> None:
    """A size in points is in the unit of the changes of a percentage."""
    held = plan(lever({"2030": 10}, "points"), row("actual", "2023", 20), row("actual", "2026", 24), unit="%")
    (effect,) = plans.effects_of(held, "l", as_of=DAY, since=SINCE, horizon="2030").effects
    assert (effect.change, effect.by_horizon.percent) == (4, 40)


def test_a_change_the_other_way_is_said(asked: Make) -> None:
    """A rise where a fall is meant is a part of less than zero, which the sentence puts in words."""
    found = asked(STATED, {"2026": 110}, "2030")
    assert (found.as_expected, found.by_horizon.percent) == (False, -25)
    assert read(found, "en").endswith("-40 visits; moved the other way, by 25% of it")
    assert read(found, "fr").endswith("en sens inverse à hauteur de 25 %")


def test_what_is_unknown_of_the_change_is_unknown_of_its_part(asked: Make, plan: Make) -> None:
    """Measured only after the horizon, never, or before the start: the size stands, the part has the same reason."""
    late = asked(STATED, {"2031": 90}, "2030")
    assert (late.after, late.reason, late.by_horizon.reason) == (
        None,
        MissingReason.ONLY_BEFORE,
        MissingReason.ONLY_BEFORE,
    )
    assert str(late.by_horizon.change) == "-40 visits"
    held = plan(lever(STATED), unit="visits")
    (never,) = plans.effects_of(held, "l", as_of=DAY, since=SINCE, horizon="2030").effects
    assert (never.is_measured, never.by_horizon.reason) == (False, MissingReason.NOT_MEASURED)


def test_measured_only_later_than_the_horizon_is_measured(plan: Make, row: Make) -> None:
    """A value of 2031 is none by 2030, but the indicator is not "not measured"."""
    held = plan(lever(STATED), row("actual", "2031", 60), unit="visits")
    (effect,) = plans.effects_of(held, "l", as_of=DAY, since=SINCE, horizon="2030").effects
    assert (effect.is_measured, effect.reason) == (True, MissingReason.NO_ACTUAL)


def test_without_a_direction_a_change_is_neither_expected_nor_not(asked: Make) -> None:
    """Where no source says which way, the change is shown and not judged."""
    found = asked({}, {"2026": 110}, None)
    assert (found.change, found.as_expected, found.reason, found.by_horizon) == (
        10,
        None,
        MissingReason.NO_DIRECTION,
        None,
    )
    assert found.is_compared
    assert read(found, "en").endswith("110 visits (2026, unsourced), no intended direction")
    assert read(found, "fr").endswith("sens visé inconnu")


def test_a_horizon_without_an_end_is_refused(plan: Make) -> None:
    """A question for the horizon "2030/.." has no day to answer for."""
    with pytest.raises(InvalidValueError, match="a period with an end"):
        plans.effects_of(plan(lever(STATED)), "l", as_of=DAY, horizon="2030/..")


# ---------------------------------------------------------------- laws

years = st.integers(2025, 2045).map(str)
sizes_by_year = st.dictionaries(years, st.integers(-100, 100), max_size=4)
values_by_year = st.dictionaries(years, st.integers(0, 200), max_size=5)
drawn = st.tuples(sizes_by_year, values_by_year, years, st.sampled_from([None, "linear", "stepwise"]))


@given(drawn)
def test_an_answer_for_a_horizon_is_of_that_horizon(asked: Make, given: Any) -> None:
    """Against a second computation: the stated size or, with a shape, the path; the last value by then; their ratio."""
    sizes, values, horizon, shape = given
    found = asked(sizes, values, horizon, shape=shape)
    expected = second_size(sizes, int(horizon), shape)
    held = found.by_horizon
    assert (None if held.change is None else Fraction(held.change.value)) == pytest.approx(expected)
    by_then = [int(year) for year in values if year <= horizon]
    after = values[str(max(by_then))] if by_then else None
    assert (None if found.after is None else found.after.value) == after
    assert found.change == (None if after is None else after - 100)
    if expected and after is not None:
        assert held.percent is not None
        assert float(held.percent) == pytest.approx(float(100 * (after - 100) / expected))
    else:
        assert held.percent is None
        assert held.reason is not None


def second_size(sizes: dict[str, int], year: int, shape: str | None) -> Fraction | None:
    """Return the size by a year, with fractions: stated, or between its two neighbours."""
    if str(year) in sizes:
        return Fraction(sizes[str(year)])
    before = [int(one) for one in sizes if int(one) < year]
    after = [int(one) for one in sizes if int(one) > year]
    if shape is None or not before or not after:
        return None
    low, high = Fraction(sizes[str(max(before))]), Fraction(sizes[str(min(after))])
    if shape == "stepwise":
        return low
    return low + (high - low) * (year - max(before)) / (min(after) - max(before))


@given(drawn)
def test_horizons_change_no_answer_that_asks_for_none(asked: Make, given: Any) -> None:
    """Beside a stated direction, horizons change nothing of the change since the activation."""
    sizes, values, *_ = given
    for way in ("increase", "decrease"):
        with_them, without = (asked(held, values, None, direction=way) for held in (sizes, {}))
        names = ("before", "after", "change", "as_expected", "reason", "across")
        assert [getattr(with_them, name) for name in names] == [getattr(without, name) for name in names]


def test_each_lever_of_a_branch_has_its_own_size(plan: Make, row: Make) -> None:
    """A lever above another lists both effects, each with its own size by the horizon."""
    above = lever(STATED)
    below = Lever(
        id="below",
        label="Sous-levier",
        parent_id="l",
        effects=[
            IntendedEffect(
                indicator_id="calls", horizons=[EffectHorizon(period="2030", size=Quantity.exact(-5, "calls"))]
            )
        ],
    )
    held = plan(above, below, Indicator(id="calls", label="Appels", unit="calls"), row("actual", "2026", 90))
    found = plans.effects_of(held, "l", as_of=DAY, horizon="2030")
    assert [str(one.by_horizon.change) for one in found.effects if one.by_horizon] == ["-40 visits", "-5 calls"]
    assert all(Period("2030") == one.by_horizon.horizon for one in found.effects if one.by_horizon)
