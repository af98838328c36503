"""The assertions about portfolios: silent on what is right, and precise on the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier import (
    Campus,
    CommunityHub,
    Day,
    Indicator,
    Lever,
    Observation,
    Organisation,
    Portfolio,
    Project,
    Territory,
)
from levier.errors import InvalidValueError
from levier.rules import MONEY_RULES, Finding, check
from levier.testing import (
    assert_explains,
    assert_no_findings,
    assert_round_trips,
    assert_same_portfolio,
    build,
)


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
    assert difference([], Portfolio()) == ["found is of the class list, not a Portfolio"]
    assert difference(Portfolio(), None) == ["expected is of the class NoneType, not a Portfolio"]


PLAN = Portfolio.of(build(Lever), build(Project))


def found(**options: Any) -> list[str]:
    """Return the lines of the message about the findings of a plan."""
    with pytest.raises(AssertionError) as error:
        assert_no_findings(PLAN, as_of="2020-01-01", **options)
    return str(error.value).splitlines()


def test_every_finding_is_listed() -> None:
    """Each finding is listed with its severity, rule, subject, sentence and remedy, and its rule can be left out."""
    first, *listed, way_out = found()
    expected = check(PLAN, as_of="2020-01-01")
    assert first == "found as of 2020-01-01:"
    assert len(listed) == len(expected) > 2
    for line, finding in zip(listed, expected, strict=True):
        assert line.startswith(f"  {finding.severity} {finding.rule} at {finding.subject}: {finding.explain('en')}")
        assert finding.mend("en") in line
    assert way_out.endswith(f"but={sorted({finding.rule for finding in expected})}")


def test_rules_are_left_out_by_name() -> None:
    """One name or several are left out, and nothing is found once all of them are."""
    assert "source-missing" not in "".join(found(but="source-missing"))
    assert_no_findings(PLAN, as_of="2020-01-01", but={finding.rule for finding in check(PLAN, as_of="2020-01-01")})
    assert_no_findings(Portfolio(), as_of="2020-01-01")


def test_rules_may_be_chosen() -> None:
    """Other rules, a user's own among them, are run in place of all; their names may be left out too."""

    def mine(plan: Portfolio, day: Day) -> Iterator[Finding]:
        yield Finding(rule="mine", severity="note", subject=f"plans/{len(plan.projects)}", message=f"of {day.year}")

    assert found(rules=[mine])[1:] == [
        "  note mine at plans/1: of 2020",
        "leave out a rule by its name, if it does not matter here: but=['mine']",
    ]
    assert_no_findings(PLAN, as_of="2020-01-01", rules=iter([mine]), but=["mine"])
    assert_no_findings(PLAN, as_of="2020-01-01", rules=MONEY_RULES | {"mine": mine}, but=["mine"])


@pytest.mark.parametrize(
    ("name", "expected"), [("source-mising", "expected 'source-missing'"), ("x", "expected the name of a rule")]
)
def test_a_rule_that_is_none_is_refused(name: str, expected: str) -> None:
    """A slip in the name of a rule is refused with the names near it, not taken as nothing to leave out."""
    with pytest.raises(InvalidValueError, match=expected):
        assert_no_findings(PLAN, as_of="2020-01-01", but=name)


@pytest.mark.parametrize("rules", [(), {}, iter(())])
def test_no_rule_is_refused(rules: Any) -> None:
    """An assertion that asks for nothing would pass on every plan."""
    with pytest.raises(InvalidValueError, match="at least one rule"):
        assert_no_findings(PLAN, as_of="2020-01-01", rules=rules)


def test_what_cannot_be_checked_is_refused() -> None:
    """A day that is none is the caller's mistake, as for `check`."""
    with pytest.raises(InvalidValueError, match="ISO 8601"):
        assert_no_findings(PLAN, as_of="14/06/2019")


@pytest.mark.parametrize(
    "fail",
    [
        lambda: assert_same_portfolio(PLAN, Portfolio()),
        lambda: assert_no_findings(PLAN, as_of="2020-01-01"),
        lambda: assert_round_trips(check(PLAN, as_of="2020-01-01")[0]),
        lambda: assert_explains(3),
    ],
)
def test_failures_point_at_the_test(fail: Callable[[], None]) -> None:
    """Pytest shows the line of the test, and nothing of ours."""
    with pytest.raises(AssertionError) as error:
        fail()
    shown = [entry for entry in error.traceback.filter(error) if "levier/testing" in str(entry.path)]
    assert len(error.traceback) > 2
    assert shown == []
