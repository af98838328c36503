"""Levers: a tree, and what each is meant to move."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from levier.errors import InvalidValueError
from levier.model.indicators import Indicator
from levier.model.levers import EffectHorizon, IntendedEffect, Lever
from levier.model.periods import Period
from levier.model.portfolio import Portfolio
from levier.model.quantities import DAYS, Quantity
from levier.model.sources import Source
from levier.testing import strategies

EFFECT = IntendedEffect(indicator_id="waiting-time", direction="decrease")


def test_children_stand_directly_below() -> None:
    """The children of a lever are those that name it as their parent, and no grandchild."""
    tree = [Lever(id=key, label=key, parent_id=above) for key, above in (("a", None), ("b", "a"), ("c", "b"))]
    assert [[child.id for child in lever.children(tree)] for lever in tree] == [["b"], ["c"], []]


def test_effects_are_added_beside_the_others() -> None:
    """A lever may be meant to move more; to move one indicator two ways is refused."""
    lever = Lever(id="digital", label="Digital").with_effects(EFFECT)
    other = IntendedEffect(indicator_id="cost", direction="decrease")
    assert lever.with_effects(other).effects == (EFFECT, other)
    with pytest.raises(InvalidValueError, match="each indicator once"):
        lever.with_effects(IntendedEffect(indicator_id="waiting-time", direction="increase"))


# ---------------------------------------------------------------- horizons

EMISSIONS = "MtCO2e"
DAYS_AROUND = ("2025-12-11", "2025-12-12")


def by(**sizes: Any) -> list[EffectHorizon]:
    """Return horizons: `by(y2030=-3)` is -3 MtCO2e by the end of 2030."""
    return [EffectHorizon(period=name[1:], size=Quantity.exact(size, EMISSIONS)) for name, size in sizes.items()]


def test_an_effect_has_a_size_for_each_horizon_and_none_between() -> None:
    """Each stated horizon has its size, in whatever form its period is written; no other period has one."""
    effect = IntendedEffect(indicator_id="ghg", horizons=by(y2050="-21", y2030="-3.2", y2040="-11"))
    assert [str(effect.meant(year)) for year in ("2030", "2040", "2050")] == [
        f"{size} {EMISSIONS}" for size in ("-3.2", "-11", "-21")
    ]
    assert effect.meant("2030-12") == effect.meant("2030-12-31") == effect.meant("2030")
    assert (effect.meant("2035"), effect.meant("2029"), effect.meant("2030/.."), effect.meant()) == (None,) * 4
    with pytest.raises(InvalidValueError, match="each horizon once"):
        IntendedEffect(indicator_id="ghg", horizons=[*by(y2030=-3), *by(y2030=-4)])
    with pytest.raises(InvalidValueError, match="a period with an end"):
        EffectHorizon(period="2030/..", size=Quantity.exact(-3, EMISSIONS))


@given(strategies.of(IntendedEffect))
def test_a_stated_horizon_is_answered_and_no_other(effect: IntendedEffect) -> None:
    """The change by a stated horizon has its size and unit, up to the sign of a decrease; another day has none."""
    for horizon in effect.horizons:
        found = effect.meant(horizon.period)
        assert found is not None
        assert found.unit == horizon.size.unit
        assert sorted(abs(bound) for bound in (found.lower, found.upper) if bound is not None) == sorted(
            abs(bound) for bound in (horizon.size.lower, horizon.size.upper) if bound is not None
        )
    ends = {horizon.period.last_day for horizon in effect.horizons}
    year = next(year for year in range(2000, 2010) if Period(str(year)).last_day not in ends)
    assert effect.meant(str(year)) is None


@given(strategies.quantities(DAYS, least=1))
def test_a_decrease_is_the_same_with_and_without_its_sign(size: Quantity) -> None:
    """A decrease of 3 days and a change of -3 days are one intention; an increase keeps its size as it is."""
    lower, upper = (None if bound is None else -bound for bound in (size.upper, size.lower))
    signed = Quantity(lower=lower, upper=upper, unit=DAYS, approximate=size.approximate, stated=size.stated)
    meant = [IntendedEffect(indicator_id="i", direction="decrease", size=one).meant() for one in (size, signed)]
    assert meant == [signed, signed]
    assert IntendedEffect(indicator_id="i", direction="increase", size=size).meant() == size
    assert IntendedEffect(indicator_id="i", size=size).meant() == size


def test_a_fall_of_at_least_three_is_a_change_of_at_most_minus_three() -> None:
    """Bounds change sides with the sign; a size that has its sign already stays."""
    for size, expected in (
        (Quantity.at_least(3, DAYS), Quantity.at_most(-3, DAYS)),
        (Quantity.between(1, 2, DAYS, stated="1 à 2"), Quantity.between(-2, -1, DAYS, stated="1 à 2")),
        (Quantity.at_most(-3, DAYS), Quantity.at_most(-3, DAYS)),
    ):
        assert IntendedEffect(indicator_id="i", direction="decrease", size=size).meant() == expected


@pytest.mark.parametrize(
    ("stated", "sizes", "expected"),
    [
        ("decrease", {}, "decrease"),
        (None, {}, None),
        (None, {"y2030": -3, "y2050": -21}, "decrease"),
        (None, {"y2030": 3, "y2050": 21}, "increase"),
        (None, {"y2030": 3, "y2050": -21}, None),
        (None, {"y2030": 0}, None),
        ("stable", {"y2030": -1}, "stable"),
    ],
)
def test_without_a_direction_the_signs_of_all_sizes_say_it(stated: Any, sizes: Any, expected: Any) -> None:
    """A stated direction holds; without one, sizes of one sign have a direction, others have none."""
    effect = IntendedEffect(indicator_id="ghg", direction=stated, horizons=by(**sizes))
    assert effect.meant_direction == expected


def test_a_bound_alone_has_a_direction_where_it_excludes_zero() -> None:
    """A fall of at least 3 is a decrease; a change of at most 3 may be either."""
    for size, expected in ((Quantity.at_most(-3, DAYS), "decrease"), (Quantity.at_most(3, DAYS), None)):
        assert IntendedEffect(indicator_id="i", size=size).meant_direction == expected
    assert IntendedEffect(indicator_id="i", size=Quantity.at_least(3, DAYS)).meant_direction == "increase"


def test_a_horizon_was_known_when_it_was_stated() -> None:
    """A horizon of 2030 is known from the publication of its document, and not only in 2030; undated, it is kept."""
    sources = [Source(id="snbc", title="SNBC", published_on="2025-12-12"), Source(id="note", title="Note")]
    stated = [
        EffectHorizon(period="2030", size=Quantity.exact(-3, EMISSIONS), source_id="snbc"),
        EffectHorizon(period="2040", size=Quantity.exact(-9, EMISSIONS), source_id="note"),
        EffectHorizon(period="2050", size=Quantity.exact(-21, EMISSIONS)),
    ]
    effect = IntendedEffect(indicator_id="ghg", horizons=stated)
    lever = Lever(id="l", label="L", effects=[effect])
    plan = Portfolio.of(*sources, lever, Indicator(id="ghg", label="GHG", unit=EMISSIONS))
    kept = {day: [str(one.period) for one in plan.as_of(day).levers["l"].effects[0].horizons] for day in DAYS_AROUND}
    assert kept == {"2025-12-11": ["2040", "2050"], "2025-12-12": ["2030", "2040", "2050"]}
