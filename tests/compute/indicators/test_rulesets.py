"""Horizons: until when targets count, by the ruleset, the caller, the indicator and its plan; and PILOTE's rule 544."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any
from weakref import ref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Indicator, MissingReason, Portfolio, Programme, Project, Reform, Territory, indicators, rules
from levier.compute.checks.check import RULES
from levier.compute.indicators.rulesets import horizon_of
from levier.display.report import report
from levier.indicators import Cutoffs, Ruleset, RulesetDifference
from levier.model.periods import Period

Make = Callable[..., Any]
DAY = "2026-06-01"


@pytest.fixture
def far(plan: Make, row: Make) -> Callable[..., Portfolio]:
    """Make an indicator with targets of 2022, 2025 and 2030."""

    def make(*things: Any, **about: Any) -> Portfolio:
        rows = [row("baseline", "2017-06", 0), row("actual", "2025-06", 5)]
        rows += [row("target", year, value) for year, value in (("2022", 20), ("2025", 25), ("2030", 10))]
        return plan(*rows, *things, **about)

    return make


def followed(held: Portfolio, **how: Any) -> indicators.Progress:
    """Return the progress of `visits` on the day."""
    return indicators.progress_of(held, "visits", as_of=DAY, **how)


def test_the_strict_reading_has_no_cut_off_of_its_own(far: Callable[..., Portfolio]) -> None:
    """A target of 2030 and a baseline of 2017 count; PILOTE's cut-offs are PILOTE's, and the difference is named."""
    strict, pilote = (followed(far(), ruleset=ruleset) for ruleset in Ruleset)
    assert (strict.value, str(strict.target.period)) == (50, "2030")
    assert strict.left_out == ()
    assert (pilote.value, pilote.reason) == (None, MissingReason.NO_BASELINE)
    assert strict.differences == pilote.differences == (RulesetDifference.CUTOFFS,)
    assert "PILOTE takes baselines since January 2018 and targets until January 2028" in strict.explain("en")


def test_every_question_honours_the_horizon_of_an_indicator(far: Callable[..., Portfolio]) -> None:
    """Progress, table, standing, path, reform, checks and report use the last target up to the horizon."""
    weight = {"indicator_id": "visits", "level": "nation", "weight": 1}
    reform = Reform(id="r", label="R", indicator_ids=["visits"], weights=[_weight(**weight)])
    held = far(reform, horizon="2026")
    found = followed(held)
    assert (found.value, str(found.target.period)) == (20, "2025")
    assert [(str(one.observation.period), one.because.value) for one in found.left_out] == [("2030", "after-cutoff")]
    assert indicators.progress_table(held, as_of=DAY) == (found,)
    assert indicators.status_of(held, "visits", as_of=DAY).distance.remaining == 20
    assert indicators.path_of(held, "visits", as_of=DAY).points[-1][1] == 25
    assert indicators.reform_progress_of(held, "r", as_of=DAY).value == 20
    assert indicators.aggregate_of(held, "visits", as_of=DAY, by="sum", kind="target").reason is MissingReason.NO_REPORT
    early = far(horizon="2021")
    assert followed(early).reason is MissingReason.NO_TARGET
    rule = [RULES["indicator-without-target"]]
    assert [one.subject for one in rules.check(early, as_of=DAY, rules=rule)] == ["indicators/visits"]
    assert rules.check(held, as_of=DAY, rules=rule) == ()
    assert "aucune cible" in str(report(early, as_of=DAY, lang="fr"))
    assert "aucune cible" not in str(report(held, as_of=DAY, lang="fr"))


def _weight(**about: Any) -> Any:
    from levier.indicators import IndicatorWeight

    return IndicatorWeight(**about)


def test_a_caller_has_the_last_word(far: Callable[..., Portfolio]) -> None:
    """What is given as cut-offs holds in both rulesets, before the horizon and before PILOTE's; each by itself."""
    held = far(horizon="2022")
    assert followed(held, cutoffs=Cutoffs(target_until="2025")).value == 20
    assert followed(held, cutoffs=Cutoffs(baseline_from="2017")).value == 25
    assert followed(held, cutoffs=Cutoffs(baseline_from="2018")).reason is MissingReason.NO_BASELINE
    both = Cutoffs(baseline_from="2017", target_until="2030")
    strict, pilote = (followed(held, ruleset=ruleset, cutoffs=both) for ruleset in Ruleset)
    assert strict.value == pilote.value == 50
    assert strict.differences == ()


def test_pilote_does_not_know_a_horizon(far: Callable[..., Portfolio], row: Make) -> None:
    """PILOTE has its own cut-off, whatever an indicator or its plan states."""
    held = far(row("baseline", "2019-01", 0), horizon="2022")
    strict, pilote = (followed(held, ruleset=ruleset) for ruleset in Ruleset)
    assert [str(one.target.period) for one in (strict, pilote)] == ["2022", "2025"]
    assert strict.differences == (RulesetDifference.CUTOFFS,)


def test_an_open_horizon_is_no_limit(far: Callable[..., Portfolio]) -> None:
    """An interval without an end ends nothing."""
    assert followed(far(horizon="2020/..")).value == 50


def test_a_plan_states_the_horizon_of_its_indicators(far: Callable[..., Portfolio]) -> None:
    """A reform's holds before its programmes', a programme's for what is below it; of several plans the latest."""
    plans = {
        "plan": Programme(id="plan", label="Plan", kind="national", horizon="2022"),
        "axis": Programme(id="axis", label="Axis", kind="workstream", parent_id="plan"),
        "other": Programme(id="other", label="Other", kind="national", horizon="2025"),
        "silent": Programme(id="silent", label="Silent", kind="national"),
    }

    def horizon(*things: Any) -> Any:
        held = far(*plans.values(), *things)
        return horizon_of(held, held.indicators["visits"])

    def reform(*programmes: str, **more: Any) -> Reform:
        return Reform(id="r", label="R", programme_ids=programmes, **more)

    named = {"indicator_ids": ["visits"]}
    project = Project(id="p", label="P", reform_id="r", **named)
    assert horizon() is None
    assert horizon(reform("plan")) is None
    assert horizon(reform("silent", **named)) is None
    assert horizon(reform("axis", **named)) == Period("2022")
    assert horizon(reform("axis"), project) == Period("2022")
    assert horizon(reform("axis", "other", **named)) == Period("2025")
    assert horizon(reform("other", horizon="2021", **named)) == Period("2021")
    assert horizon(Programme(id="more", label="More", kind="national", parent_id="plan", **named)) == Period("2022")
    held = far(*plans.values(), reform("axis", **named))
    assert str(followed(held).target.period) == "2022"
    assert indicators.progress_table(held, as_of=DAY) == (followed(held),)


def test_plans_that_go_round_in_a_circle_state_nothing(far: Callable[..., Portfolio]) -> None:
    """Parents that are each other's end the search."""
    one, other = (
        Programme(id=n, label=n, kind="national", parent_id=p, indicator_ids=["visits"]) for n, p in ("ab", "ba")
    )
    held = far(one, other)
    assert horizon_of(held, held.indicators["visits"]) is None


def test_a_horizon_known_later_does_not_count_yet(far: Callable[..., Portfolio]) -> None:
    """A plan that only a later document states has no say on the day."""
    from levier import Source

    late = Source(id="late", title="Late", published_on="2026-12-31")
    plan_of_late = Programme(
        id="plan", label="Plan", kind="national", horizon="2022", indicator_ids=["visits"], source_ids=["late"]
    )
    held = far(late, plan_of_late)
    assert [indicators.progress_of(held, "visits", as_of=day).value for day in (DAY, "2026-12-31")] == [50, 25]


@given(st.sampled_from(("2021", "2022-06", "2025", "2029", "2031", None)), st.sampled_from(("reform", "programme")))
def test_a_plans_horizon_is_as_good_as_the_indicators_own(
    plan: Make, row: Make, horizon: str | None, owner: str
) -> None:
    """Stated by the plan or by the indicator, a horizon chooses the same target."""
    rows = [row("baseline", "2019-01", 0), row("actual", "2025-06", 5)]
    rows += [row("target", year, value) for year, value in (("2022", 20), ("2025", 25), ("2030", 10))]
    programme = Programme(id="p", label="P", kind="national", horizon=horizon if owner == "programme" else None)
    reform = Reform(
        id="r",
        label="R",
        programme_ids=["p"],
        indicator_ids=["visits"],
        horizon=horizon if owner == "reform" else None,
    )
    own, of_plan = followed(plan(*rows, horizon=horizon)), followed(plan(*rows, programme, reform))
    assert (own.value, own.reason, own.target, own.left_out) == (
        of_plan.value,
        of_plan.reason,
        of_plan.target,
        of_plan.left_out,
    )


# ---------------------------------------------------------------- rule 544


@pytest.fixture
def tree(plan: Make, row: Make, departments: Make) -> Callable[..., Portfolio]:
    """Make two departments with a sum of 0, 60 and 120, and what is typed above them."""

    def make(*typed: tuple[str, str, str, int], recorded: str | None = None) -> Portfolio:
        said = (("baseline", "2024-01", 0), ("actual", "2024-06", 30), ("target", "2025-12", 60))
        below = [
            row(kind, when, value, place, recorded_on=recorded) for place in ("75", "91") for kind, when, value in said
        ]
        above = [row(kind, when, value, place, recorded_on="2024-03-01") for place, kind, when, value in typed]
        return plan(*departments("75", "91"), *below, *above, aggregation="sum")

    return make


def pilote(held: Portfolio, place: str = "FR", **how: Any) -> indicators.Progress:
    """Return PILOTE's progress at the end of 2024."""
    return indicators.progress_of(held, "visits", place, as_of="2024-12-31", ruleset="pilote", **how)


def test_a_typed_national_target_competes_for_the_months_without_a_sum(tree: Callable[..., Portfolio]) -> None:
    """The later of the sum and the typed one counts; a typed one of a month with a sum is replaced by it."""
    assert pilote(tree(("FR", "target", "2026-12", 600))).value == Decimal("10.00")
    assert pilote(tree(("FR", "target", "2024-12", 600))).value == Decimal("50.00")
    assert pilote(tree(("FR", "target", "2025-12-31", 600))).value == Decimal("50.00")
    replaced = pilote(tree(("FR", "target", "2025-12-31", 600)))
    assert [one.because.value for one in replaced.left_out] == ["computed-level"]
    beyond = pilote(tree(("FR", "target", "2030-12", 600)))
    assert (beyond.value, beyond.target.value) == (Decimal("50.00"), 120)
    assert pilote(tree(("R11", "target", "2026-12", 600)), "R11").value == Decimal("50.00")


def test_a_years_target_competes_too(tree: Callable[..., Portfolio]) -> None:
    """Of the target of a year the latest of that year counts, summed or typed."""
    held = tree(("FR", "target", "2026-12", 600), ("FR", "target", "2025-06", 240))
    values = [pilote(held, horizon="year", cutoffs=Cutoffs(year=year)).target for year in (2025, 2026)]
    assert [target.value for target in values] == [120, 600]


def test_a_typed_national_baseline_competes_by_its_recording(tree: Callable[..., Portfolio]) -> None:
    """The latest recorded baseline counts, typed or summed; of one recording the oldest; the strict one is the sum."""
    typed = ("FR", "baseline", "2023-01", 20)
    assert pilote(tree(typed)).baseline.value == 20
    assert pilote(tree(typed, recorded="2024-07-01")).baseline.value == 0
    assert pilote(tree(typed, recorded="2024-03-01")).baseline.value == 20
    assert pilote(tree(("FR", "baseline", "2024-01-15", 20))).baseline.value == 0
    found = pilote(tree(typed))
    assert (found.value, found.other_value) == (Decimal("40.00"), Decimal("50.00"))
    assert RulesetDifference.TYPED_BASELINE in found.differences


def test_the_nation_alone_has_rule_544(tree: Callable[..., Portfolio]) -> None:
    """A region's typed baseline takes no part where its departments report."""
    found = pilote(tree(("R11", "baseline", "2023-01", 20)), "R11")
    assert found.baseline.value == 0
    assert [one.because.value for one in found.left_out] == ["computed-level"]


def test_what_is_remembered_of_a_plan_goes_with_it(far: Callable[..., Portfolio]) -> None:
    """Threads find the same horizon; a portfolio is not kept alive by it, and the end of a program says nothing."""

    def found() -> tuple[set[Any], Any]:
        held = far(Programme(id="p", label="P", kind="national", horizon="2022", indicator_ids=["visits"]))
        with ThreadPoolExecutor(8) as pool:
            return set(pool.map(lambda _: horizon_of(held, held.indicators["visits"]), range(64))), ref(held)

    horizons, gone = found()
    gc.collect()
    assert (horizons, gone()) == ({Period("2022")}, None)
    ask = "import sys; from levier import catalogue, indicators; plan = catalogue.action_publique_2022();"
    ask += "indicators.progress_table(plan, as_of='2024-01-01'); sys.displayhook = lambda _, last=plan: last"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True)
    assert done.stderr == b""


def test_an_indicator_may_stand_alone() -> None:
    """Without a plan an indicator has the horizon it states, or none."""
    bare = Indicator(id="visits", label="Visits", unit="count")
    held = Portfolio.of(bare, Territory(id="FR", label="France"))
    assert horizon_of(held, bare) is None
