"""Attainment: was the target met, and if not, did things improve?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from levier import MissingReason, Quantity, Source, catalogue, indicators
from levier.errors import InvalidValueError, MixedUnitsError, UnknownItemError
from levier.indicators import AttainmentVerdict
from levier.model.terms import Lang

Make = Callable[..., Any]


@pytest.mark.parametrize(
    ("actual", "target", "direction", "previous", "verdict"),
    [
        (60, 60, "decrease", None, "met"),
        (61, 60, "decrease", 71, "improved"),
        (95, 60, "decrease", 71, "not-improved"),
        (95, 60, "decrease", 95, "not-improved"),
        (95, 60, "decrease", None, "not-met"),
        (90, 90, "increase", None, "met"),
        (89, 90, "increase", 80, "improved"),
        (79, 90, "increase", 80, "not-improved"),
        (50, 50, "stable", None, "met"),
        (48, 50, "stable", 45, "improved"),
        (45, 50, "stable", 48, "not-improved"),
    ],
)
def test_verdict(actual: int, target: int, direction: str, previous: int | None, verdict: str) -> None:
    """Met at or beyond the target; else better or not than before; else unknown whether."""
    found = indicators.attainment(actual, target, direction, previous)
    assert found.verdict == verdict
    assert found.met is (verdict == "met")
    assert found.improved is {"improved": True, "not-improved": False}.get(verdict)


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        ((None, 60, "decrease"), MissingReason.NO_ACTUAL),
        ((95, None, "decrease"), MissingReason.NO_TARGET),
        ((95, 60, None), MissingReason.NO_DIRECTION),
    ],
)
def test_unknown_has_a_reason(inputs: tuple[Any, Any, Any], reason: MissingReason) -> None:
    """A missing value, target or direction gives no verdict, with the reason."""
    found = indicators.attainment(*inputs)
    assert (found.verdict, found.met, found.reason) == (AttainmentVerdict.UNKNOWN, None, reason)
    assert reason.en in str(found)


def test_bad_numbers_are_refused() -> None:
    """A float, or quantities of two units, are refused."""
    with pytest.raises(InvalidValueError, match=r"attainment\.previous"):
        indicators.attainment(95, 60, "decrease", 71.5)
    with pytest.raises(MixedUnitsError):
        indicators.attainment(Quantity.exact(95, "days"), Quantity.exact(2, "months"), "decrease")


def test_the_appraisal_time_of_2020() -> None:
    """2020: 95 days for a target of 60: not met, and not improved on the 71 days of 2019."""
    found = indicators.attainment_of(catalogue.action_publique_2022(), "p349-appraisal-time", year=2020)
    assert found.verdict is AttainmentVerdict.NOT_IMPROVED
    assert (found.actual.value, found.target.value, found.previous.value) == (95, 60, 71)
    assert len(found.observations) == 3
    said = found.explain("fr")
    assert "non atteinte, sans progrès" in said
    assert "95\u00a0jours" in said
    assert "pour une cible de 60\u00a0jours" in said
    assert "not met and not improved; 95 days" in found.explain("en")


def test_the_year_chooses_target_value_and_previous(plan: Make, row: Make) -> None:
    """The target and the value are the year's latest, the previous value the latest before it."""
    rows = [row("target", "2019", 10), row("target", "2020", 20), row("actual", "2018-12", 5)]
    held = plan(*rows, row("actual", "2020-03", 12), row("actual", "2020-09", 15))
    found = indicators.attainment_of(held, "visits", 2020)
    assert (found.actual.value, found.target.value, found.previous.value) == (15, 20, 5)
    assert found.verdict is AttainmentVerdict.IMPROVED
    assert indicators.attainment_of(held, "visits", 2019).reason is MissingReason.NO_ACTUAL
    assert indicators.attainment_of(held, "visits", 2020, as_of="2020-06-30").actual.value == 12


def test_no_verdict_through_a_change_of_definition(plan: Make, row: Make) -> None:
    """A value is judged by a target of its own definition, and compared with a previous value of its own."""
    rows = [row("actual", "2019", 5), row("actual", "2020", 15, definition=2)]
    other = indicators.attainment_of(plan(*rows, row("target", "2020", 20)), "visits", 2020)
    assert other.reason is MissingReason.DEFINITION_CHANGED
    own = indicators.attainment_of(plan(*rows, row("target", "2020", 20, definition=2)), "visits", 2020)
    assert (own.verdict, own.reason) == (AttainmentVerdict.NOT_MET, MissingReason.DEFINITION_CHANGED)


def test_a_restated_target_is_used_and_the_earlier_listed(plan: Make, row: Make) -> None:
    """A later document's target is used; the earlier is left out by name; without dates there is no verdict."""
    dated = [Source(id=f"pap-{year}", title=f"PAP {year}", published_on=str(year)) for year in (2019, 2020)]
    undated = [Source(id=source.id, title=source.title) for source in dated]
    rows = [row("target", "2021", 60 + year, source_id=f"pap-{year}") for year in (2019, 2020)]
    held = plan(*dated, *rows, row("actual", "2021", 2079))
    found = indicators.attainment_of(held, "visits", 2021)
    assert found.target.source_id == "pap-2020"
    assert [one.because.value for one in found.left_out] == ["superseded"]
    assert "excluded values: target 2021 (replaced by a later recording)" in found.explain("en")
    disputed = indicators.attainment_of(plan(*undated, *rows, row("actual", "2021", 2079)), "visits", 2021)
    assert (disputed.verdict, disputed.reason) == (AttainmentVerdict.UNKNOWN, MissingReason.DISPUTED)
    assert "target 2,079 (2021, PAP 2019): contradicted by another value of its month" in disputed.explain("en")


@pytest.mark.parametrize("unknown", ["indicator", "territory"])
def test_a_verdict_on_something_unknown_names_nothing(unknown: str) -> None:
    """The sentence begins with indicator and territory where both are known, and with the verdict otherwise."""
    found = indicators.attainment_of(catalogue.action_publique_2022(), "p349-appraisal-time", year=2020)
    bare = evolve(found, **{unknown: None})
    langs: tuple[Lang, ...] = ("fr", "en")
    for lang in langs:
        assert ", France, " in found.explain(lang)
        assert bare.explain(lang).startswith(found.verdict.label(lang))


@pytest.mark.parametrize(("indicator", "territory"), [("visits", "nowhere"), ("nothing", "FR")])
def test_what_is_not_held_is_not_judged(plan: Make, row: Make, indicator: str, territory: str) -> None:
    """An indicator or a territory that the portfolio does not hold is refused by its name."""
    held = plan(row("actual", "2020", 15), row("target", "2020", 20))
    with pytest.raises(UnknownItemError, match="nowhere" if territory == "nowhere" else "nothing"):
        indicators.attainment_of(held, indicator, 2020, territory)
