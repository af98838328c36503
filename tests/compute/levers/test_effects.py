"""Effects of levers: association only, with its coverage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from levier import Indicator, IntendedEffect, Lever, PhaseStep, Programme, Project, Reform, catalogue, compute
from levier.compute import Reason

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
    """The change since the lever was pulled goes the way that was meant, or not."""
    held = plan(lever(direction), row("actual", "2019-01", 10), row("actual", "2020-05", after))
    found = compute.effects_of(held, "digital", as_of=DAY, since="2019-06-01").effects[0]
    assert (found.change, found.as_expected, found.is_measured) == (after - 10, expected, True)


@pytest.mark.parametrize(
    ("months", "since", "reason"),
    [
        ((), "2019-06-01", Reason.NOT_MEASURED),
        (("2019-01",), "2019-06-01", Reason.ONLY_BEFORE),
        (("2019-07",), "2019-06-01", Reason.ONLY_AFTER),
        (("2019-07",), None, Reason.NO_START),
    ],
)
def test_unknown_has_a_reason(plan: Make, row: Make, months: Any, since: Any, reason: Reason) -> None:
    """Not measured, measured on one side only, or nobody knows since when: no change, with the reason."""
    held = plan(lever(), *(row("actual", month, 1) for month in months))
    found = compute.effects_of(held, "digital", as_of=DAY, since=since)
    assert (found.effects[0].change, found.effects[0].as_expected, found.effects[0].reason) == (None, None, reason)
    assert found.compared.missing == ("visits",)
    assert found.coverage.missing == (("visits",) if reason is Reason.NOT_MEASURED else ())
    assert reason.en in found.explain("en")


def test_no_effect_through_a_change_of_definition(plan: Make, row: Make) -> None:
    """A value of one definition is not compared with one of another."""
    held = plan(lever(), row("actual", "2019-01", 10), row("actual", "2020-05", 14, definition=2))
    found = compute.effects_of(held, "digital", as_of=DAY, since="2019-06-01").effects[0]
    assert found.reason is Reason.DEFINITION_CHANGED


@pytest.mark.parametrize(
    ("start", "definition", "observed", "reason"),
    [
        ("2019-01", 1, (), None),
        ("2019-08", 1, (), Reason.ONLY_AFTER),
        ("2019-01", 2, (), Reason.DEFINITION_CHANGED),
        ("2019-05", 2, ("2019-02",), None),
    ],
    ids=["the value before", "too late", "another definition", "an observed value goes first"],
)
def test_a_baseline_counts_as_the_value_before(  # noqa: PLR0917  # a table of cases
    plan: Make, row: Make, start: str, definition: int, observed: tuple[str, ...], reason: Reason | None
) -> None:
    """Where nothing was observed before, the baseline is the value before, if it is early and its definition holds."""
    baseline = row("baseline", start, 10, definition=definition)
    rows = [row("actual", month, 11) for month in observed]
    held = plan(lever(), baseline, *rows, row("actual", "2020-05", 14))
    found = compute.effects_of(held, "digital", as_of=DAY, since="2019-06-01")
    (effect,) = found.effects
    assert (effect.reason, effect.is_measured, effect.is_compared) == (reason, True, reason is None)
    assert ("baseline 10 (January 2019, unsourced) → 14" in found.explain("en")) is (reason is None and not observed)
    assert effect.change == (None if reason else 14 - (11 if observed else 10))


def test_measured_means_one_thing(plan: Make, row: Make, departments: Make) -> None:
    """A baseline alone is no measure; a value of another territory is one, and the sentence says where it is not."""
    bare = plan(lever(), row("baseline", "2019-01", 10))
    elsewhere = plan(lever(), *departments("75"), row("actual", "2019-01", 10, "75"))
    for held, measured in ((bare, 0), (elsewhere, 1)):
        found = compute.effects_of(held, "digital", as_of=DAY, since="2019-06-01")
        assert len(found.coverage.reported) == len(compute.lever_coverage(held).measured.reported) == measured
    assert "Visits: measured in other territories only" in found.explain("en")
    assert compute.effects_of(elsewhere, "digital", as_of="2018-12-31", since="2018-06-01").coverage.reported == ()


def test_the_sentence_claims_no_cause(plan: Make, row: Make) -> None:
    """What is said names the values, the coverage, and that this is association."""
    other = Indicator(id="calls", label="Appels", label_en="Calls", unit="count")
    held = plan(lever("increase", "calls"), other, row("actual", "2019-01", 10), row("actual", "2020-05", 14))
    found = compute.effects_of(held, "digital", as_of=DAY, since="2019-06-01")
    assert found.coverage.expected == 2
    assert found.explain("en") == (
        "Digital, France, since 1 June 2019: measured: 1 of 2; compared before and since: 1 of 2; "
        "Visits: 10 (January 2019, unsourced) → 14 (May 2020, unsourced), as meant (increase); "
        "Calls: not measured; association, no proof of cause"
    )
    assert found.explain("fr").startswith(
        "Numérique, France, depuis le 1er juin 2019\u00a0: mesurés\u00a0: 1 sur 2\u00a0; comparés, avant et depuis"
    )
    assert found.explain("fr").endswith("association, sans preuve de cause")
    worse = compute.effects_of(held, "digital", as_of="2019-06-30", since="2018-06-01")
    assert worse.effects[0].reason is Reason.ONLY_AFTER


def test_not_as_meant_is_said(plan: Make, row: Make) -> None:
    """A move the other way is said as plainly."""
    held = plan(lever(), row("actual", "2019-01", 10), row("actual", "2020-05", 4))
    found = compute.effects_of(held, "digital", as_of=DAY, since="2019-06-01")
    assert "not as meant (increase)" in found.explain("en")
    assert "pas dans le sens attendu" in found.explain("fr")


def test_when_a_lever_was_pulled(plan: Make) -> None:
    """A lever is pulled when the first thing that pulls it began: a project's first step, else a calendar."""
    step = {"phase": "experimentation", "on": "2019-06-20", "because": "CITP 3"}
    stepped = Project(id="a", label="A", lever_ids=["digital"], steps=[PhaseStep(**step)], calendar="2018/2020")
    reform = Reform(id="b", label="B", lever_ids=["digital"], calendar="2019-07/2020-07")
    undated = Programme(id="c", label="C", kind="national", lever_ids=["digital"])
    assert str(compute.pulled_on(plan(lever(), stepped, reform, undated), "digital")) == "2019-06-20"
    assert str(compute.pulled_on(plan(lever(), reform), "digital")) == "2019-07-01"
    assert compute.pulled_on(plan(lever(), undated), "digital") is None
    held = plan(lever(), reform)
    assert str(compute.effects_of(held, "digital", as_of=DAY).since) == "2019-07-01"


def test_the_articles_levers_name_no_indicator() -> None:
    """No source names what the article's levers should move: there is nothing to measure, and that is said."""
    plan = catalogue.action_publique_2022()
    for name in plan.levers:
        found = compute.effects_of(plan, name, as_of=DAY)
        assert found.effects == ()
        assert "no indicator that it should move is named" in found.explain("en")
        assert "aucun indicateur visé" in found.explain("fr")
