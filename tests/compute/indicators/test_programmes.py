"""The progress of programmes: over all reforms below, each once, wherever they stand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier import Indicator, MissingReason, Observation, Portfolio, Programme, Reform, Territory, indicators
from levier.compute.coverage import Covers
from levier.indicators import IndicatorWeight, Ruleset
from levier.model.belonging import Subtree

Make = Callable[..., Any]
DAY = "2020-12-31"
NATION = Territory(id="FR", label="France")
NUMBERS = range(5)

parents = st.lists(st.none() | st.sampled_from(NUMBERS), min_size=5, max_size=5)
memberships = st.lists(st.sets(st.sampled_from(NUMBERS)), min_size=5, max_size=5)
values = st.lists(st.none() | st.integers(0, 90), min_size=5, max_size=5)
trees = st.tuples(parents, memberships, values)


def drawn_plan(drawn: Any) -> Portfolio:
    """Return five programmes below each other as drawn, and five reforms of one indicator each in some of them."""
    over, named, actuals = drawn
    things: list[Any] = [NATION]
    for n, (up, some, actual) in enumerate(zip(over, named, actuals, strict=True)):
        weight = IndicatorWeight(indicator_id=f"i{n}", level="nation", weight=1)
        things += [
            Programme(id=f"p{n}", label=f"P{n}", kind="workstream", parent_id=None if up is None else f"p{up}"),
            Indicator(id=f"i{n}", label="I", unit="count", direction="increase"),
            Reform(
                id=f"r{n}",
                label="R",
                programme_ids=[f"p{one}" for one in sorted(some)],
                indicator_ids=[f"i{n}"],
                weights=[weight],
            ),
            *rows(f"i{n}", actual),
        ]
    return Portfolio.of(*things)


def rows(indicator: str, actual: int | None) -> list[Observation]:
    """Return the way from 0 to 90, with an actual value where one is given."""
    said = [("2019-01", "baseline", 0), ("2020-05", "actual", actual), ("2022-12", "target", 90)]
    return [
        Observation(indicator_id=indicator, period=when, kind=kind, value=value)
        for when, kind, value in said
        if value is not None
    ]


def flat(plan: Portfolio, programme_id: str) -> tuple[set[str], Fraction | None]:
    """Return the reforms that reach a programme link by link, and their plain mean: a second computation."""
    found = set()
    for reform in plan.reforms.values():
        reached, waiting = set[str](), list(reform.programme_ids)
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                parent = plan.programmes[name].parent_id
                waiting += [] if parent is None else [parent]
        if programme_id in reached:
            found.add(reform.id)
    known = [indicators.reform_progress_of(plan, name, as_of=DAY).value for name in sorted(found)]
    if not known or None in known:
        return found, None
    return found, sum(map(Fraction, known), Fraction(0)) / len(known)


@given(trees, st.sampled_from(Ruleset))
def test_a_programme_is_the_flat_list_of_its_reforms(drawn: Any, ruleset: Ruleset) -> None:
    """Asking a programme is asking the reforms of its whole subtree, each once, in both rulesets, circles included."""
    plan = drawn_plan(drawn)
    for name in plan.programmes:
        found = indicators.programme_progress_of(plan, name, as_of=DAY, ruleset=ruleset)
        reforms, mean = flat(plan, name)
        assert [part.name for part in found.contributions] == sorted(reforms)
        assert found.covers == Covers.of(Subtree.of(plan, plan.programmes[name]))
        if mean is None:
            assert found.value is None
            assert (found.reason is MissingReason.NO_WEIGHT) is (not reforms)
        else:
            assert abs(Fraction(found.value) - mean) < Fraction(1, 10**50)


@given(trees, st.sampled_from(NUMBERS), st.sets(st.sampled_from(NUMBERS)), st.sampled_from(Ruleset))
def test_a_new_axis_changes_nothing(drawn: Any, number: int, moved: set[int], ruleset: Ruleset) -> None:
    """Moving reforms of a programme to a new sub-programme of it changes nobody's progress."""
    plan, name = drawn_plan(drawn), f"p{number}"
    axis = Programme(id="axis", label="Axe", kind="workstream", parent_id=name)
    theirs = [plan.reforms[f"r{one}"] for one in moved if name in plan.reforms[f"r{one}"].programme_ids]
    reforms = [
        evolve(one, programme_ids=["axis" if each == name else each for each in one.programme_ids]) for one in theirs
    ]
    after = plan.with_(axis).with_(*reforms)
    for each in plan.programmes:
        old, new = (indicators.programme_progress_of(held, each, as_of=DAY, ruleset=ruleset) for held in (plan, after))
        assert (old.value, old.reason, old.missing) == (new.value, new.reason, new.missing)
        assert [part.name for part in old.contributions] == [part.name for part in new.contributions]


@given(trees)
def test_the_order_and_the_root_change_nothing(drawn: Any) -> None:
    """A programme above another alone stands where that one does; a reform named by both counts once."""
    plan = drawn_plan(drawn).with_(
        Programme(id="top", label="Top", kind="national"),
        Programme(id="only", label="Only", kind="workstream", parent_id="top"),
        Reform(id="r0", label="R", programme_ids=["only", "top"]),
    )
    top, only = (indicators.programme_progress_of(plan, name, as_of=DAY) for name in ("top", "only"))
    assert (top.value, top.missing) == (only.value, only.missing) == (None, ("r0",))


def test_what_is_covered_is_named(plan: Make, said: Make) -> None:
    """A sentence names the sub-programmes; indicators of any of the programmes have no weight, and are named once."""
    weight = IndicatorWeight(indicator_id="visits", level="nation", weight=1)
    top = Programme(id="plan", label="Plan", kind="ministerial-plan", indicator_ids=["visits"])
    axes = [
        Programme(
            id=f"axis-{n}",
            label=f"Axe {n}",
            label_en=f"Axis {n}",
            kind="workstream",
            parent_id="plan",
            indicator_ids=["visits", *some],
        )
        for n, some in ((1, []), (2, ["calls"]))
    ]
    calls = Indicator(id="calls", label="Calls", unit="count")
    reform = Reform(id="r", label="R", programme_ids=["axis-1", "axis-2"], indicator_ids=["visits"], weights=[weight])
    held = plan(top, *axes, calls, reform, *said())
    found = indicators.programme_progress_of(held, "plan", as_of=DAY)
    assert (found.value, found.unweighted) == (50, ("visits", "calls"))
    assert (found.covers.programme_ids, found.covers.reform_ids) == (("plan", "axis-1", "axis-2"), ("r",))
    assert found.explain("en") == (
        "Plan, France, as of 31 December 2020: 50%; R: 50% (weight 100%); sub-programmes included: Axis 1, Axis 2"
    )
    assert found.explain("fr").endswith("\u00a0; sous-programmes compris\u00a0: Axe 1, Axe 2")
    alone = indicators.programme_progress_of(held, "axis-1", as_of=DAY)
    assert "included" not in alone.explain("en")
    weighted = indicators.programme_progress_of(held, "plan", as_of=DAY, weights={"r": 0})
    assert (weighted.reason, weighted.unweighted) == (MissingReason.NO_WEIGHT, ("r", "visits", "calls"))


def test_the_readings_of_a_programme_differ_as_those_of_its_reforms(plan: Make, row: Make, departments: Make) -> None:
    """Where a reform's rulesets part, so do those of the programmes above it, with the rule and the other value."""
    places = departments("75", "91")
    months = [("75", "2020-05", 40), ("91", "2020-04", 20)]
    made = [row(kind, when, value, place) for place in ("75", "91") for kind, when, value in SAME]
    weight = IndicatorWeight(indicator_id="visits", level="nation", weight=1)
    held = plan(
        *places,
        Programme(id="top", label="Top", kind="national"),
        Programme(id="axis", label="Axis", kind="workstream", parent_id="top"),
        Reform(id="r", label="R", programme_ids=["axis"], indicator_ids=["visits"], weights=[weight]),
        *made,
        *(row("actual", when, value, place) for place, when, value in months),
        aggregation="sum",
    )
    strict, pilote = (indicators.programme_progress_of(held, "top", as_of=DAY, ruleset=ruleset) for ruleset in Ruleset)
    assert strict.differs_from_pilote
    assert strict.differences == pilote.differences == (indicators.RulesetDifference.OTHER_MONTH,)
    assert (strict.value, pilote.value) == (Decimal(30), Decimal(20))
    assert (strict.other_value, pilote.other_value) == (pilote.value, strict.value)


SAME = [("baseline", "2019-01", 0), ("target", "2022-12", 100)]
