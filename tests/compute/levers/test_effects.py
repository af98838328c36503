"""Effects of levers: association only, with its coverage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import (
    Indicator,
    IntendedEffect,
    Lever,
    LeverActivation,
    MissingReason,
    Period,
    Programme,
    Project,
    Reform,
    Source,
    catalogue,
    indicators,
    plans,
)
from levier.compute.levers.moves import point
from levier.model.periods import Day
from levier.plans import PhaseStep

Make = Callable[..., Any]
DAY = "2020-12-31"


def lever(direction: str = "increase", *more: str) -> Lever:
    """Return a lever meant to move `visits`, and other indicators."""
    effects = [IntendedEffect(indicator_id=name, direction=direction) for name in ("visits", *more)]
    return Lever(id="digital", label="Numérique", label_en="Digital", effects=effects)


@pytest.mark.parametrize(
    ("direction", "after", "expected"),
    [
        ("increase", 14, True),
        ("increase", 10, False),
        ("decrease", 8, True),
        ("decrease", 14, False),
        ("stable", 10, True),
        ("stable", 9, False),
    ],
)
def test_moved_as_meant_or_not(plan: Make, row: Make, direction: str, after: int, expected: bool) -> None:
    """The change since the lever was activated goes the way that was meant, or not."""
    held = plan(lever(direction), row("actual", "2019-01", 10), row("actual", "2020-05", after))
    found = plans.effects_of(held, "digital", as_of=DAY, since="2019-06-01").effects[0]
    assert (found.change, found.as_expected, found.is_measured) == (after - 10, expected, True)


@pytest.mark.parametrize(
    ("months", "since", "reason"),
    [
        ((), "2019-06-01", MissingReason.NOT_MEASURED),
        (("2019-01",), "2019-06-01", MissingReason.ONLY_BEFORE),
        (("2019-07",), "2019-06-01", MissingReason.ONLY_AFTER),
        (("2019-07",), None, MissingReason.NO_START),
    ],
)
def test_unknown_has_a_reason(plan: Make, row: Make, months: Any, since: Any, reason: MissingReason) -> None:
    """Not measured, measured on one side only, or nobody knows since when: no change, with the reason."""
    held = plan(lever(), *(row("actual", month, 1) for month in months))
    found = plans.effects_of(held, "digital", as_of=DAY, since=since)
    assert (found.effects[0].change, found.effects[0].as_expected, found.effects[0].reason) == (None, None, reason)
    assert found.compared.missing == ("visits",)
    assert found.coverage.missing == (("visits",) if reason is MissingReason.NOT_MEASURED else ())
    assert reason.en in found.explain("en")


def test_no_effect_through_a_change_of_definition(plan: Make, row: Make) -> None:
    """A value of one definition is not compared with one of another."""
    held = plan(lever(), row("actual", "2019-01", 10), row("actual", "2020-05", 14, definition=2))
    found = plans.effects_of(held, "digital", as_of=DAY, since="2019-06-01").effects[0]
    assert found.reason is MissingReason.DEFINITION_CHANGED


def test_no_effect_between_sums_of_several_definitions(plan: Make, row: Make, departments: Make) -> None:
    """Two sums, each over values of two definitions, are no more comparable than their parts."""
    rows = [
        row("actual", when, 1, place, definition=number)
        for when in ("2019-01", "2020-05")
        for number, place in enumerate(("75", "91"), start=1)
    ]
    held = plan(lever(), *departments("75", "91"), *rows, aggregation="sum")
    (effect,) = plans.effects_of(held, "digital", as_of=DAY, since="2019-06-01").effects
    assert (effect.change, effect.reason) == (None, MissingReason.DEFINITION_CHANGED)


@pytest.mark.parametrize(
    ("start", "definition", "observed", "reason"),
    [
        ("2019-01", 1, (), None),
        ("2019-08", 1, (), MissingReason.ONLY_AFTER),
        ("2019-01", 2, (), MissingReason.DEFINITION_CHANGED),
        ("2019-05", 2, ("2019-02",), None),
    ],
    ids=["the value before", "too late", "another definition", "an observed value goes first"],
)
def test_a_baseline_counts_as_the_value_before(  # noqa: PLR0917  # a table of cases
    plan: Make, row: Make, start: str, definition: int, observed: tuple[str, ...], reason: MissingReason | None
) -> None:
    """Where nothing was observed before, the baseline is the value before, if it is early and its definition holds."""
    baseline = row("baseline", start, 10, definition=definition)
    rows = [row("actual", month, 11) for month in observed]
    held = plan(lever(), baseline, *rows, row("actual", "2020-05", 14))
    found = plans.effects_of(held, "digital", as_of=DAY, since="2019-06-01")
    (effect,) = found.effects
    assert (effect.reason, effect.is_measured, effect.is_compared) == (reason, True, reason is None)
    assert ("baseline 10 (January 2019, unsourced) → 14" in found.explain("en")) is (reason is None and not observed)
    assert effect.change == (None if reason else 14 - (11 if observed else 10))


def test_measured_means_one_thing(plan: Make, row: Make, departments: Make) -> None:
    """A baseline alone is no measure; a value of another territory is one, and the sentence says where it is not."""
    bare = plan(lever(), row("baseline", "2019-01", 10))
    elsewhere = plan(lever(), *departments("75"), row("actual", "2019-01", 10, "75"))
    for held, measured in ((bare, 0), (elsewhere, 1)):
        found = plans.effects_of(held, "digital", as_of=DAY, since="2019-06-01")
        assert len(found.coverage.reported) == len(plans.lever_coverage(held).measured.reported) == measured
    assert "Visits: measured only in other territories" in found.explain("en")
    assert plans.effects_of(elsewhere, "digital", as_of="2018-12-31", since="2018-06-01").coverage.reported == ()


def test_the_sentence_claims_no_cause(plan: Make, row: Make) -> None:
    """What is said names the values, the coverage, and that this is association."""
    other = Indicator(id="calls", label="Appels", label_en="Calls", unit="count")
    held = plan(lever("increase", "calls"), other, row("actual", "2019-01", 10), row("actual", "2020-05", 14))
    found = plans.effects_of(held, "digital", as_of=DAY, since="2019-06-01")
    assert found.coverage.expected == 2
    assert found.explain("en") == (
        "Digital, France, since 1 June 2019: indicators measured: 1 of 2; compared before and after: 1 of 2; "
        "Visits: 10 (January 2019, unsourced) → 14 (May 2020, unsourced), as expected (increase); "
        "Calls: not measured; association, no proof of cause"
    )
    assert found.explain("fr").startswith(
        "Numérique, France, depuis le 1er juin 2019\u00a0: indicateurs mesurés\u00a0: 1 sur 2\u00a0; "
        "comparés avant et après"
    )
    assert found.explain("fr").endswith("association, sans preuve de causalité")
    worse = plans.effects_of(held, "digital", as_of="2019-06-30", since="2018-06-01")
    assert worse.effects[0].reason is MissingReason.ONLY_AFTER


def test_not_as_expected_is_said(plan: Make, row: Make) -> None:
    """A move the other way is said as plainly."""
    held = plan(lever(), row("actual", "2019-01", 10), row("actual", "2020-05", 4))
    found = plans.effects_of(held, "digital", as_of=DAY, since="2019-06-01")
    assert "not as expected (increase)" in found.explain("en")
    assert "pas dans le sens attendu" in found.explain("fr")


def test_when_a_lever_was_activated(plan: Make) -> None:
    """A lever is activated when the first thing that activates it began: a project's first step, else a calendar."""
    step = {"phase": "experimentation", "on": "2019-06-20", "because": "CITP 3"}
    stepped = Project(id="a", label="A", lever_ids=["digital"], steps=[PhaseStep(**step)], calendar="2018/2020")
    reform = Reform(id="b", label="B", lever_ids=["digital"], calendar="2019-07/2020-07")
    undated = Programme(id="c", label="C", kind="national", lever_ids=["digital"])
    assert str(plans.first_activation_day(plan(lever(), stepped, reform, undated), "digital")) == "2019-06-20"
    assert str(plans.first_activation_day(plan(lever(), reform), "digital")) == "2019-07-01"
    assert plans.first_activation_day(plan(lever(), undated), "digital") is None
    held = plan(lever(), reform)
    assert str(plans.effects_of(held, "digital", as_of=DAY).since) == "2019-07-01"


def test_the_articles_levers_name_no_indicator() -> None:
    """No source names what the article's levers should move: there is nothing to measure, and that is said."""
    plan = catalogue.action_publique_2022()
    for name in plan.levers:
        found = plans.effects_of(plan, name, as_of=DAY)
        assert found.effects == ()
        assert "no target indicator" in found.explain("en")
        assert "aucun indicateur visé" in found.explain("fr")


# ---------------------------------------------------------------- before and since


def days_of(period: Period) -> set[Day]:
    """Return the days of a period, one by one; those of one without an end up to 2021."""
    last = period.last_day or Day(2021, 12, 31)
    return {Day.fromordinal(number) for number in range(period.first_day.toordinal(), last.toordinal() + 1)}


months = st.integers(0, 23).map(lambda n: f"{2019 + n // 12}-{n % 12 + 1:02d}")
quarters = st.integers(0, 7).map(lambda n: f"{2019 + n // 4}-{n % 4 * 3 + 1:02d}/{2019 + n // 4}-{n % 4 * 3 + 3:02d}")
some_days = st.dates(Day(2019, 1, 1), Day(2020, 12, 31)).map(str)
measured = st.lists(
    months | quarters | some_days | st.sampled_from(["2019", "2020", "2019-06/.."]),
    max_size=8,
    unique_by=lambda text: Period(text).last_month,
)
starts = some_days | months | st.sampled_from(["2019", "2020", "2019-03/2020-02"])


around = st.tuples(measured, st.none() | months | some_days, starts, st.booleans())


@given(around)
def test_a_value_is_before_or_since_only_as_a_whole(plan: Make, row: Make, drawn: Any) -> None:
    """Day by day: every day of the value before is before the activation, every day of the value since is not."""
    when, start, activated, by_hand = drawn
    values = [row("actual", each, number) for number, each in enumerate(when)]
    baseline = [] if start is None else [row("baseline", start, 100)]
    reform = Reform(id="r", label="R").with_activations(LeverActivation(lever_id="digital", period=activated))
    since = Period(activated).last_day if by_hand else None
    held = plan(lever(), reform, *values, *baseline)
    (effect,) = plans.effects_of(held, "digital", as_of=DAY, since=since).effects
    possible = {since} if by_hand else days_of(Period(activated))
    if not by_hand and "/" in activated:
        possible = {Period(activated).first_day}
    days = {each: days_of(each.period) for each in (*values, *baseline)}
    known = sorted(values, key=lambda each: each.period.last_month)
    before = [each for each in known if each.period.last_day and max(days[each]) < min(possible)]
    after = [each for each in known if min(days[each]) >= max(possible)]
    early = [each for each in baseline if max(days[each]) < min(possible)]
    assert effect.before == (before or early or [None])[-1]
    assert effect.after == (after or [None])[-1]
    assert effect.across == tuple(each for each in known if each not in (*before, *after))
    if known:
        assert (effect.change is None) is (not (before or early) or not after)


def test_the_month_of_the_pull_is_neither_before_nor_since(plan: Make, row: Make) -> None:
    """Activated in the middle of June, the lever is judged by May and July; June would hold days of both."""
    values = [row("actual", f"2019-{month:02d}", month) for month in (5, 6, 7)]
    (effect,) = plans.effects_of(plan(lever(), *values), "digital", as_of=DAY, since="2019-06-15").effects
    assert (effect.before.value, effect.after.value, effect.across) == (5, 7, (values[1],))
    first = plans.effects_of(plan(lever(), *values), "digital", as_of=DAY, since="2019-06-01").effects[0]
    assert (first.before.value, first.after.value, first.across) == (5, 7, ())


@pytest.mark.parametrize(
    ("months", "reason", "said"),
    [
        (("2019",), MissingReason.ONLY_ACROSS, "Visits: measured only over a period that spans that date (2019)"),
        (
            ("2018-05", "2019"),
            MissingReason.ONLY_BEFORE,
            "only before that date (period that spans it: 2019)",
        ),
        (
            ("2019", "2020-05"),
            MissingReason.ONLY_AFTER,
            "only since that date (period that spans it: 2019)",
        ),
        (("2020-05",), MissingReason.ONLY_AFTER, "Visits: measured only since that date;"),
    ],
)
def test_a_value_across_is_named_where_one_is_missing(
    plan: Make, row: Make, months: tuple[str, ...], reason: object, said: str
) -> None:
    """A value of the whole year stands for neither side of a day in it, and the sentence says that it is there."""
    held = plan(lever(), *(row("actual", month, 1) for month in months))
    found = plans.effects_of(held, "digital", as_of=DAY, since="2019-06-01")
    assert (found.effects[0].change, found.effects[0].reason) == (None, reason)
    assert said in found.explain("en")
    assert ("à cheval" in found.explain("fr")) is ("span" in said)


def test_a_sum_is_before_only_with_all_its_parts(plan: Make, row: Make, departments: Make) -> None:
    """A part carried forward from before the activation is a part of a sum of after, which then is neither."""
    rows = [row("actual", "2019-05", 3, "75"), row("actual", "2019-06", 4, "91"), row("actual", "2019-05", 5, "91")]
    held = plan(lever(), *departments("75", "91"), *rows, aggregation="sum")
    (effect,) = plans.effects_of(held, "digital", as_of=DAY, since="2019-06-01").effects
    assert (effect.before.value, effect.after) == (8, None)
    assert [point.value for point in effect.across] == [7]


# ---------------------------------------------------------------- branches

lever_trees = st.lists(st.none() | st.integers(0, 3), min_size=4, max_size=4)
intended = st.lists(st.sets(st.sampled_from(["visits", "calls"])), min_size=4, max_size=4)
activated_levers = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([None, "2019-03", "2019-09-01/.."])), max_size=3
)
series = st.lists(st.tuples(st.sampled_from(["visits", "calls"]), months), max_size=6, unique=True)


@given(st.tuples(lever_trees, intended, activated_levers, series))
def test_the_effects_of_a_branch_are_those_of_its_levers(plan: Make, row: Make, drawn: Any) -> None:
    """Asking a lever is asking each lever of its branch: every effect once, since its own lever was activated."""
    over, effects, activations, observed = drawn
    levers = [
        Lever(
            id=f"l{n}",
            label="L",
            parent_id=None if up is None else f"l{up}",
            effects=[IntendedEffect(indicator_id=name, direction="increase") for name in sorted(effects[n])],
        )
        for n, up in enumerate(over)
    ]
    reforms = [
        Reform(id=f"r{n}", label="R").with_activations(LeverActivation(lever_id=f"l{number}", period=period))
        for n, (number, period) in enumerate(activations)
    ]
    rows = [row("actual", when, value, indicator=name) for value, (name, when) in enumerate(observed)]
    held = plan(Indicator(id="calls", label="Calls", unit="count"), *levers, *reforms, *rows)
    found = {name: plans.effects_of(held, name, as_of=DAY) for name in held.levers}
    own = {name: [one for one in each.effects if one.lever == each.lever] for name, each in found.items()}
    for name, each in found.items():
        assert each.covers[0] == name
        assert list(each.effects) == [effect for below in each.covers for effect in own[below]]
        assert set(each.coverage.reported) <= {indicator for indicator, _ in observed}
        compared = {one.indicator.id for one in each.effects if one.is_compared}
        assert set(each.compared.reported) == compared


def test_an_effect_of_a_lever_below_says_whose_it_is(plan: Make, row: Make) -> None:
    """A lever above others tells what they should move, each since its own activation; nothing is asked of it alone."""
    above, below = Lever(id="invest", label="Investir", label_en="Invest"), lever()
    tree = (
        above,
        Lever(id="digital", label="Numérique", label_en="Digital", parent_id="invest", effects=below.effects),
    )
    early = Reform(id="r", label="R").with_activations(LeverActivation(lever_id="invest", period="2018-01-01/.."))
    late = Reform(id="s", label="S").with_activations(LeverActivation(lever_id="digital", period="2019-06-01/.."))
    held = plan(*tree, early, late, row("actual", "2019-01", 10), row("actual", "2020-05", 14))
    found = plans.effects_of(held, "invest", as_of=DAY)
    assert (str(found.since), found.covers) == ("2018-01-01", ("invest", "digital"))
    assert found.explain("en") == (
        "Invest, France, since 1 January 2018: indicators measured: 1 of 1; compared before and after: 1 of 1; "
        "Digital, since 1 June 2019: Visits: 10 (January 2019, unsourced) → 14 (May 2020, unsourced), "
        "as expected (increase); association, no proof of cause"
    )
    assert "Numérique, depuis le 1er juin 2019\u00a0: Visits\u00a0: 10" in found.explain("fr")


def test_a_pull_of_some_day_of_a_year_may_be_of_any(plan: Make, row: Make) -> None:
    """Known to the year, an activation leaves the whole year between before and since."""
    reform = Reform(id="r", label="R").with_activations(LeverActivation(lever_id="digital", period="2019"))
    held = plan(
        lever(), reform, *(row("actual", f"{year}-{month}", 1) for year in (2018, 2019, 2020) for month in (12,))
    )
    found = plans.effects_of(held, "digital", as_of="2021-06-30")
    assert str(found.since) == "2019-12-31"
    assert [str(point.period) for point in (found.effects[0].before, found.effects[0].after)] == [
        "2018-12",
        "2020-12",
    ]
    assert [str(point.period) for point in found.effects[0].across] == ["2019-12"]


def test_a_disputed_value_and_totals_of_different_places_are_not_compared(
    plan: Callable[..., Any], row: Callable[..., Any], departments: Callable[..., Any]
) -> None:
    """What documents dispute has no value to compare, and a department that begins to report moves no total."""
    sources = [Source(id=name, title=name) for name in ("a", "b")]
    rivals = [
        row("actual", "2020-05", value, source_id=source.id) for value, source in zip((7, 9), sources, strict=True)
    ]
    disputed = plan(lever(), *sources, row("actual", "2019-01", 5), *rivals)
    (found,) = plans.effects_of(disputed, "digital", as_of="2020-12-31", since="2019-06-01").effects
    assert (found.change, found.reason) == (None, MissingReason.DISPUTED)
    rows = [row("actual", when, 5, "75") for when in ("2019-01", "2020-05")]
    uneven = plan(lever(), *departments("75", "91"), *rows, row("actual", "2020-05", 50, "91"), aggregation="sum")
    (found,) = plans.effects_of(uneven, "digital", as_of="2020-12-31", since="2019-06-01").effects
    assert (found.change, found.reason) == (None, MissingReason.UNEVEN_PLACES)


def test_a_total_says_what_it_was_made_of(plan: Make, row: Make, departments: Make) -> None:
    """In the place of a document stands the rule, with how many territories were added up."""
    rows = [row("actual", "2020-05", value, place) for place, value in (("75", 3), ("77", 4))]
    held = plan(*departments("75", "77"), *rows, aggregation="sum")
    total = indicators.aggregate_of(held, "visits", territory_id="R11", as_of=DAY)
    assert point(total, "").say("en") == "7 (May 2020, sum: 2 of 2)"
