"""The assertions: silent on equal portfolios, and precise on others."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier import Campus, CommunityHub, Indicator, Lever, Observation, Organisation, Portfolio, Project, Territory
from levier.testing import assert_same_portfolio, build


def difference(found: Any, expected: Any) -> list[str]:
    """Return the lines of the message about two portfolios that differ."""
    with pytest.raises(AssertionError) as error:
        assert_same_portfolio(found, expected)
    return str(error.value).splitlines()


@given(st.from_type(Portfolio))
def test_equal_portfolios_pass(portfolio: Portfolio) -> None:
    """A portfolio is the same as one made of its parts."""
    assert_same_portfolio(Portfolio.of(*portfolio), portfolio)


def test_everything_that_differs_is_listed() -> None:
    """What is missing, extra and different is named by noun and identifier, with the field and both values."""
    lever, project = build(Lever), build(Project, label="Old", lever_ids=["lever"])
    expected = Portfolio.of(lever, project)
    found = Portfolio.of(evolve(project, label="New", lever_ids=[]), build(Organisation))
    assert difference(found, expected) == [
        "portfolios differ:",
        "  organisations['organisation']: extra, not expected",
        "  levers['lever']: missing",
        "  projects['project'].label: found 'New', expected 'Old'",
        "  projects['project'].lever_ids: found (), expected ('lever',)",
    ]


def test_observations_are_named_by_their_key() -> None:
    """An observation is named by indicator, territory, period and kind."""
    row, about = build(Observation, period="2020", value=95), (build(Indicator), build(Territory))
    found, expected = Portfolio.of(*about, evolve(row, value=96)), Portfolio.of(*about, row)
    assert difference(found, expected)[1:] == [
        "  observations['indicator FR 2020 baseline'].value: found Decimal('96'), expected Decimal('95')"
    ]


def test_kinds_of_instruments_differ() -> None:
    """Two instruments of one identifier and two kinds are told apart by their class."""
    found, expected = Portfolio.of(build(Campus, id="x")), Portfolio.of(build(CommunityHub, id="x"))
    assert difference(found, expected)[1:] == ["  instruments['x']: found a Campus, expected a CommunityHub"]


def test_only_portfolios_are_compared() -> None:
    """A list of things is no portfolio, on either side."""
    assert difference([], Portfolio()) == ["found is a list, not a Portfolio"]
    assert difference(Portfolio(), None) == ["expected is a NoneType, not a Portfolio"]
