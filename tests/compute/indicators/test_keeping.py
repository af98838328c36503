"""Targets to keep to: at or below a limit, at or above it, within a band."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier import (
    Direction,
    Indicator,
    IntendedEffect,
    Lever,
    LeverActivation,
    MissingReason,
    Observation,
    Portfolio,
    Programme,
    Quantity,
    Territory,
    indicators,
    plans,
    rules,
)
from levier.compute.indicators.keeping import Limits, kept_over, limits_of
from levier.compute.indicators.points import Given
from levier.display.markdown import to_markdown
from levier.display.report import report
from levier.errors import InvalidValueError
from levier.indicators import AttainmentVerdict, Ruleset, Track

BELOW, ABOVE, WITHIN = Direction.KEEP_AT_OR_BELOW, Direction.KEEP_AT_OR_ABOVE, Direction.KEEP_WITHIN
DAY = "2024-12-31"
MONTHS = [f"2024-{month:02}" for month in range(1, 13)]
Plan = Callable[..., Portfolio]


def followed(direction: Direction | str, values: list[Any], target: Any, upper: Any = None, **more: Any) -> Portfolio:
    """Return a plan with one indicator, its monthly values of 2024, and one target of December."""
    wait = Indicator(id="wait", label="Attente", label_en="Wait", unit="days", direction=direction, **more)
    rows = [
        Observation(indicator_id="wait", period=month, kind="actual", value=value)
        for month, value in zip(MONTHS, values, strict=False)
    ]
    goal = [] if target is None else [
        Observation(indicator_id="wait", period="2024-12", kind="target", value=target, upper=upper)
    ]  # fmt: skip
    return Portfolio.of(wait, Territory(id="FR", label="France"), *rows, *goal)


def is_held(value: int, direction: Direction, low: int, high: int) -> bool:
    """Return whether a value is where it is to be kept, said in words of arithmetic only."""
    return {BELOW: value <= low, ABOVE: value >= low, WITHIN: low <= value <= high}[direction]


@given(
    st.sampled_from([BELOW, ABOVE, WITHIN]),
    st.lists(st.integers(-20, 20), min_size=1, max_size=12),
    st.integers(-10, 10),
    st.integers(0, 10),
)
def test_progress_is_the_share_of_periods_held(direction: Direction, values: list[int], low: int, width: int) -> None:
    """The share of the values that are held, counted one by one; the path is flat, and nothing is ever ahead of it."""
    high = low + width
    plan = followed(direction, values, low, high if direction is WITHIN else None)
    held = [is_held(value, direction, low, high) for value in values]
    found = indicators.progress_of(plan, "wait", as_of=DAY)
    assert found.kept is not None
    assert (found.kept.held, found.kept.periods) == (sum(held), len(held))
    assert found.value == found.unbounded
    assert Fraction(found.value) * 100 == (2 * 100 * 100 * sum(held) + len(held)) // (2 * len(held))
    assert (found.kept.outside == 0) is found.kept.is_held is held[-1]
    judged = indicators.attainment_of(plan, "wait", 2024, as_of=DAY)
    assert judged.met is held[-1]
    assert judged.kept == found.kept
    standing = indicators.status_of(plan, "wait", as_of=DAY)
    assert standing.track is not None
    assert standing.track.track is (Track.ON_TRACK if held[-1] else Track.BEHIND)
    assert any(alert.kind.value == "off-track" for alert in standing.alerts) is not held[-1]
    assert indicators.progress_table(plan, as_of=DAY) == (found,)
    assert found.explain("fr")
    assert found.explain("en")


@given(st.integers(-20, 20), st.integers(-20, 20), st.integers(-9, 9), st.integers(0, 9))
def test_a_value_less_far_outside_is_an_improvement(now: int, before: int, low: int, width: int) -> None:
    """Not held, a value has improved where it is nearer to the band than the one before, by distance to its ends."""
    band = Quantity.between(low, low + width, "days") if width else Quantity.exact(low, "days")
    if not width:
        return
    judged = indicators.attainment(Quantity.exact(now, "days"), band, WITHIN, previous=Quantity.exact(before, "days"))
    away, was = (max(low - value, value - low - width, 0) for value in (now, before))
    expected = AttainmentVerdict.MET if not away else (
        AttainmentVerdict.IMPROVED if away < was else AttainmentVerdict.NOT_IMPROVED
    )  # fmt: skip
    assert judged.verdict is expected
    assert judged.kept is not None
    assert abs(judged.kept.outside) == away


def test_in_words() -> None:
    """Progress, attainment, track and distance say how often the target was held, and how far outside the value is."""
    plan = followed(BELOW, [50, 70, 55, 64], 60)
    found = indicators.progress_of(plan, "wait", as_of=DAY)
    assert found.value == 50
    words = found.explain("en")
    assert "50% of the periods held (2 of 4)" in words
    assert "keep at or below: 60 days" in words
    assert "outside by 4 days" in words
    assert "50\u00a0% des périodes respectées (2 sur 4)" in found.explain("fr")
    judged = indicators.attainment_of(plan, "wait", 2024, as_of=DAY)
    assert "outside by 4 days, held in 2 of 4 periods" in judged.explain("en")
    standing = indicators.status_of(plan, "wait", as_of=DAY)
    assert standing.track is not None
    assert standing.track.explain("en") == "not held to its target (limit: 60 days)"
    assert standing.distance is not None
    assert standing.distance.explain("en") == "target 4 days lower, to be held in each period"
    assert standing.trend.explain("en") == "progress down by 16.7 points"
    held = indicators.status_of(followed(WITHIN, [50, 58], 40, 60), "wait", as_of=DAY)
    assert held.track is not None
    assert held.distance is not None
    assert held.track.explain("en") == "held to its target (limit: 60 days)"
    assert held.distance.explain("en") == "target already met, by a margin of 2 days"
    assert "keep within a band: 40 days to 60 days" in held.progress.explain("en")


def test_the_path_is_flat() -> None:
    """The path of a limit is the limit from the first value on; a band has no single path."""
    path = indicators.path_of(followed(ABOVE, [90, 96], 95), "wait", as_of=DAY)
    assert path is not None
    assert [path.at(when) for when in ("2024-02", "2024-06", "2030")] == [95, 95, 95]
    assert indicators.path_of(followed(WITHIN, [90], 80, 95), "wait", as_of=DAY) is None
    assert indicators.path_of(followed(ABOVE, [90], None), "wait", as_of=DAY) is None
    standing = indicators.status_of(followed(ABOVE, [90], None), "wait", as_of=DAY)
    assert standing.track is not None
    assert standing.track.reason is MissingReason.NO_TARGET
    assert standing.distance is None


def test_a_tolerance_of_the_track_is_one_of_the_limit() -> None:
    """A value outside by no more than the tolerance is on track, though it is not held."""
    plan = followed(BELOW, [62], 60)
    lenient = indicators.status_of(plan, "wait", as_of=DAY, thresholds=indicators.Thresholds(track=2))
    assert lenient.track is not None
    assert lenient.track.track is Track.ON_TRACK
    assert lenient.progress.value == 0


def test_only_values_since_the_baseline_count() -> None:
    """Values up to the baseline were before the commitment; the horizon of a year counts that year's values."""
    plan = followed(BELOW, [70, 70, 50, 50], 60)
    start = Observation(indicator_id="wait", period="2024-02", kind="baseline", value=70)
    found = indicators.progress_of(plan.with_(start), "wait", as_of=DAY)
    assert (found.value, found.kept and found.kept.periods) == (100, 2)
    old = Observation(indicator_id="wait", period="2023-06", kind="actual", value=99)
    yearly = indicators.progress_of(plan.with_(old), "wait", as_of=DAY, horizon="year")
    assert (yearly.kept and yearly.kept.periods, yearly.value) == (4, 50)
    final = indicators.progress_of(plan.with_(old), "wait", as_of=DAY)
    assert (final.kept and final.kept.periods, final.value) == (5, 40)


def test_values_of_another_definition_are_not_counted() -> None:
    """A value counts where it compares with the latest; where that does not compare with the target, nothing does."""
    plan = followed(BELOW, [50], 60)
    new = [
        Observation(indicator_id="wait", period="2024-02", kind="actual", value=70, definition=2),
        Observation(indicator_id="wait", period="2024-12", kind="target", value=60, definition=2, source_id=None),
    ]
    found = indicators.progress_of(plan.with_(*new), "wait", as_of=DAY)
    assert (found.kept and found.kept.periods, found.value) == (1, 0)
    unlike = indicators.progress_of(plan.with_(new[0]), "wait", as_of=DAY)
    assert unlike.reason is MissingReason.DEFINITION_CHANGED


def test_pilote_refuses_and_the_strict_rules_say_so() -> None:
    """PILOTE's ruleset gives no value, with the reason; the strict result names the difference."""
    plan = followed(BELOW, [50], 60)
    there = indicators.progress_of(plan, "wait", as_of=DAY, ruleset="pilote")
    assert (there.value, there.reason) == (None, MissingReason.UNKNOWN_TO_PILOTE)
    here = indicators.progress_of(plan, "wait", as_of=DAY)
    assert [one.value for one in here.differences] == ["kept"]
    assert here.ruleset is Ruleset.STRICT


def test_a_band_is_for_a_direction_within_and_for_no_other() -> None:
    """A band under another direction has no progress, nor a limit for a band; attainment gives the same reason."""
    for direction, upper, reason in (
        ("increase", 70, MissingReason.BAND),
        ("decrease", 70, MissingReason.BAND),
        ("stable", 70, MissingReason.BAND),
        ("keep-at-or-below", 70, MissingReason.BAND),
        ("keep-at-or-above", 70, MissingReason.BAND),
        ("keep-within", None, MissingReason.NO_BAND),
    ):
        plan = followed(direction, [65], 60, upper)
        start = Observation(indicator_id="wait", period="2023-12", kind="baseline", value=80)
        found = indicators.progress_of(plan.with_(start), "wait", as_of=DAY)
        assert (found.value, found.reason) == (None, reason)
        assert indicators.attainment_of(plan, "wait", 2024, as_of=DAY).reason is reason
        assert indicators.status_of(plan.with_(start), "wait", as_of=DAY).distance is None


def test_bands_of_territories_are_not_added() -> None:
    """The total of bands is no band: the nation has no progress, with the reason, and each department has its own."""
    wait = Indicator(id="wait", label="Attente", unit="count", direction="keep-within", aggregation="sum")
    places = [Territory(id="FR", label="France")]
    places += [Territory(id=one, label=one, parent_id="FR") for one in ("01", "02")]
    rows = [
        Observation(indicator_id="wait", territory_id=place, period="2024-06", kind=kind, value=value, upper=upper)
        for place in ("01", "02")
        for kind, value, upper in (("actual", 5, None), ("target", 4, 6))
    ]
    plan = Portfolio.of(wait, *places, *rows)
    assert indicators.progress_of(plan, "wait", as_of=DAY).reason is MissingReason.NO_BAND
    assert indicators.progress_of(plan, "wait", "01", as_of=DAY).value == 100
    rising = plan.with_(Indicator(id="wait", label="Attente", unit="count", direction="increase", aggregation="sum"))
    assert indicators.attainment_of(rising, "wait", 2024, as_of=DAY).reason is MissingReason.BAND


def test_comparable_values_count_once() -> None:
    """A converted series counts its latest comparable value only, because the others are not comparable to it."""
    plan = followed(BELOW, [50, 70], 60)
    found = indicators.progress_of(plan, "wait", as_of=DAY, comparable=indicators.ComparableRule())
    assert (found.kept and found.kept.periods, found.value) == (1, 0)


@pytest.mark.parametrize(
    ("actual", "target", "direction", "expected"),
    [
        (58, 60, "keep-at-or-below", 100),
        (60, 60, "keep-at-or-below", 100),
        (61, 60, "keep-at-or-below", 0),
        (61, Quantity.at_most(60, "days"), "keep-at-or-below", 0),
        (96, Quantity.at_least(95, "days"), "keep-at-or-above", 100),
        (94, 95, "keep-at-or-above", 0),
        (4, Quantity.between(3, 5, "days"), "keep-within", 100),
        (6, Quantity.between(3, 5, "days"), "keep-within", 0),
    ],
)
def test_bare_numbers_are_held_or_not(actual: int, target: Any, direction: str, expected: int) -> None:
    """Without a baseline, one value is held or it is not; a quantity states the limit that its bounds are."""
    found = indicators.progress(baseline=None, actual=actual, target=target, direction=direction)
    assert found.value == expected
    assert indicators.attainment(actual, target, direction).met is (expected == 100)


def test_bare_numbers_without_limits() -> None:
    """One number is no band, and a bound on the wrong side is no limit."""
    assert indicators.progress(baseline=1, actual=4, target=3, direction="keep-within").reason is MissingReason.NO_BAND
    with pytest.raises(ValueError, match="inexact"):
        indicators.progress(baseline=1, actual=4, target=Quantity.at_least(3, "days"), direction="keep-at-or-below")
    assert indicators.progress(baseline=1, actual=None, target=3, direction=BELOW).reason is MissingReason.NO_ACTUAL
    assert indicators.attainment(7, None, BELOW).reason is MissingReason.NO_TARGET
    missed = indicators.attainment(7, 5, BELOW)
    assert (missed.verdict, missed.reason) == (AttainmentVerdict.NOT_MET, MissingReason.NO_PREVIOUS)


def test_bare_paths_and_distances() -> None:
    """On a path of limits a value is held or behind; a band needs its two ends."""
    path = indicators.expected_path({"2024-01": 60})
    judged = [indicators.on_track(value, "2024-06", path, BELOW).track for value in (50, 60, 61)]
    assert judged == [Track.ON_TRACK, Track.ON_TRACK, Track.BEHIND]
    assert indicators.on_track(50, "2024-06", path, ABOVE).track is Track.BEHIND
    assert indicators.on_track(50, "2024-06", path, WITHIN).reason is MissingReason.NO_BAND
    dates = {"on": "2024-06", "target_on": "2024-12"}
    assert indicators.distance(50, 60, direction=BELOW, **dates).reason is MissingReason.TARGET_MET
    assert indicators.distance(50, 60, direction=ABOVE, **dates).reason is MissingReason.TO_BE_KEPT
    assert indicators.distance(70, 60, direction=ABOVE, **dates).reason is MissingReason.TARGET_MET
    assert indicators.distance(50, 60, direction=WITHIN, **dates).per_month is None


def test_an_effect_that_keeps_is_judged_by_its_target() -> None:
    """A lever that is to keep an indicator is as expected where the value since is held; without a target, unknown."""
    lever = Lever(
        id="cap", label="Plafond", effects=[IntendedEffect(indicator_id="wait", direction="keep-at-or-below")]
    )
    cap = LeverActivation(lever_id="cap", period="2024-02-15/..")
    active = Programme(id="p", label="P", kind="national", lever_ids=["cap"], activations=[cap])
    for values, target, expected in (([50, 70, 55], 60, True), ([50, 70, 65], 60, False), ([50, 70, 65], None, None)):
        plan = followed(BELOW, values, target).with_(lever, active)
        (found,) = plans.effects_of(plan, "cap", as_of=DAY).effects
        assert found.as_expected is expected
        assert found.explain("fr")
    assert "no target to compare with" in found.explain("en")


def test_only_a_target_with_a_value_has_an_upper_end() -> None:
    """An upper end belongs to a target, and is not below its lower end."""
    common: dict[str, Any] = {"indicator_id": "wait", "period": "2024"}
    assert Observation(**common, kind="target", value=3, upper="5.0").upper == 5
    for kind, value, upper, more in (
        ("actual", 3, 5, {}),
        ("target", 3, 2, {}),
        ("target", None, 5, {"state": "coming"}),
        ("target", 3, 5.5, {}),
    ):
        with pytest.raises(InvalidValueError, match="upper"):
            Observation(**common, kind=kind, value=value, upper=upper, **more)


def test_nearer_and_farther_outside() -> None:
    """Not held, a value improves towards the limit and not away from it; held, no distance is said."""
    for before, expected in ((90, AttainmentVerdict.IMPROVED), (65, AttainmentVerdict.NOT_IMPROVED)):
        assert indicators.attainment(70, 60, BELOW, previous=before).verdict is expected
    assert indicators.attainment(58, 60, BELOW).explain("en") == "met; 58 for a target of 60; held in 1 of 1 period"


def test_two_bands_with_one_lower_end_contradict_each_other() -> None:
    """Of two statements of a month, another upper end is another target."""
    plan = followed(WITHIN, [5], 4, 6)
    other = Observation(indicator_id="wait", period="2024-12-31", kind="target", value=4, upper=7)
    assert indicators.progress_of(plan.with_(other), "wait", as_of=DAY).reason is MissingReason.DISPUTED
    same = evolve(other, upper=6)
    assert indicators.progress_of(plan.with_(same), "wait", as_of=DAY).value == 100


def test_limits() -> None:
    """The nearest of two limits is taken, the upper one of two that are as near; a limit has one side."""
    band = Limits(Decimal(3), Decimal(5))
    assert [band.nearest(Decimal(value)) for value in (1, 4, 9)] == [3, 5, 5]
    assert [band.outside(Decimal(value)) for value in (1, 4, 9)] == [-2, 0, 4]
    assert limits_of(Given(value=Decimal(3)), ABOVE) == Limits(Decimal(3), None)
    assert kept_over([Given(value=Decimal(9))], Given(value=Decimal(4)), band).held == 1


def test_a_proposal_replaces_the_latest_value() -> None:
    """A proposed value counts in the place of the latest one; the periods before it stay."""
    official = indicators.progress_of(followed(BELOW, [50, 70, 55, 64], 60), "wait", as_of=DAY)
    proposed = indicators.proposed_progress(official, [indicators.Proposal(value=58, on="2024-12-01")])
    assert proposed is not None
    assert (official.value, proposed.value) == (50, 75)
    assert proposed.kept is not None
    assert proposed.kept.is_held


def test_the_report_and_the_checks_know_targets_to_keep_to() -> None:
    """A report shows both ends of a band; no check asks for the baseline of what is kept."""
    plan = followed(WITHIN, [50, 58], 40, 60)
    text = to_markdown(report(plan, as_of=DAY, lang="en"))
    assert "40 days to 60 days" in text
    assert "indicator-without-baseline" not in {found.rule for found in rules.check(plan, as_of=DAY)}
    rising = followed("increase", [50, 58], 60)
    assert "indicator-without-baseline" in {found.rule for found in rules.check(rising, as_of=DAY)}
