"""Proposed values: beside the official progress, never in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from levier import Quantity, indicators
from levier.errors import InvalidValueError, WrongUnitError
from levier.indicators import Proposal

Make = Callable[..., Any]
DAY = "2020-12-31"


def test_the_latest_pending_proposal_stands_beside(plan: Make, said: Make) -> None:
    """Only pending proposals count, the latest wins, and the official progress does not change."""
    official = indicators.progress_of(plan(*said(now=40), unit="days"), "visits", as_of=DAY)
    said_so = [("55", "2024-07-01", "pending"), ("60", "2024-07-05", "pending"), ("70", "2024-07-09", "refused")]
    proposals = [Proposal(value=value, on=on, status=status) for value, on, status in said_so]
    found = indicators.proposed_progress(official, proposals)
    assert (found.value, official.value) == (60, 40)
    assert found.indicator_id == "visits"
    assert "latest value 60 days" in str(found)
    assert indicators.proposed_progress(official, proposals[2:]) is None


def test_a_proposal_in_another_unit_is_refused(plan: Make, said: Make) -> None:
    """A proposal in another unit is refused with the indicator, the territory, the month and both units."""
    official = indicators.progress_of(plan(*said(), unit="days"), "visits", as_of=DAY)
    with pytest.raises(WrongUnitError) as error:
        indicators.proposed_progress(official, [Proposal(value=Quantity.exact(2, "months"), on="2024-07-01")])
    assert str(error.value) == (
        "indicator 'visits', territory 'FR', 2024-07: expected a value in 'days', found 2 months; convert it first"
    )
    own = indicators.proposed_progress(official, [Proposal(value=Quantity.exact(60, "days"), on="2024-07-01")])
    assert own.value == 60
    with pytest.raises(InvalidValueError, match=r"Proposal\.value: .*, found 0.5"):
        indicators.proposed_progress(official, [Proposal(value=0.5, on="2024-07-01")])
    assert indicators.proposed_progress(official, [Proposal(value=None, on="2024-07-01")]).reason == "no-actual"


def test_a_proposal_is_measured_from_a_sound_baseline_only(
    plan: Callable[..., Any], said: Callable[..., Any], row: Callable[..., Any]
) -> None:
    """Where the target is dated before its baseline, or is of another definition, a proposal gives no number either."""
    for rows, reason in (
        (said(months={"target": "2018-06"}), "target-before-baseline"),
        ([*said(goal=None), row("target", "2022-12", 100, definition=2)], "definition-changed"),
    ):
        official = indicators.progress_of(plan(*rows), "visits", as_of="2020-12-31")
        proposed = indicators.proposed_progress(official, [indicators.Proposal(value=60, on="2020-12-01")])
        assert (proposed.value, proposed.reason, official.reason) == (None, reason, reason)
